"""The embedders of a library: listed, added, prepared, compared, changed over to and dropped."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from faceapp.embedders.comparing import candidates, disagreements
from faceapp.embedders.reembedding import Reembedding
from faceapp.errors import ModelError
from faceapp.faces.catalogue import Catalogue, EmbedderModel, read_model
from faceapp.jobs import CancelToken
from faceapp.library.embeddings import LibraryVectorStore
from faceapp.ports import Reader, Recognition
from faceapp.ports_search import Gallery
from faceapp.processes import Workforce
from faceapp.types import Disagreement, EmbedderInfo, ModelState, ReembedProgress

Contain = Callable[[Callable[[], Any]], Any]  # does a picklable task where a crash does no harm


class LibraryEmbedders:
    """Implements ``ports.Embedders``. Safe from any thread.

    ``catalogue`` is read anew for each answer, as models come and go. ``folder`` is where the library keeps models of
    the user. ``pool`` answers ``photo_work.Reembed``. ``contain`` runs what tries out strange model files.
    """

    def __init__(
        self,
        catalogue: Callable[[], Catalogue],
        folder: Path,
        store: LibraryVectorStore,
        recognition: Recognition,
        reader: Reader,
        gallery: Gallery,
        pool: Workforce,
        contain: Contain = lambda task: task(),
    ) -> None:
        self._catalogue = catalogue
        self._folder = folder
        self._store = store
        self._recognition = recognition
        self._reader = reader
        self._gallery = gallery
        self._pool = pool
        self._contain = contain
        self._adding = threading.Lock()  # the list is written as a whole: two at a time would lose an entry
        self._looked_at: dict[tuple[Path, str, int, int], str | None] = {}  # what is wrong, by file as it was then

    def listed(self) -> list[EmbedderInfo]:
        """Return every embedder, the one in use first; also those that have vectors here but no model any more."""
        catalogue = self._catalogue()
        faces, counts = self._store.counts()
        found = [self._info(model, faces, counts.get(model.id, 0)) for model in catalogue.embedders.values()]
        for broken in catalogue.broken:
            mine = broken.id not in catalogue.embedders  # else it is broken for having the id of another
            state = self._state(broken.id, ModelState.BROKEN) if mine else ModelState.BROKEN
            facts = (broken.licence, broken.source, broken.sha256, "")
            vectors = counts.get(broken.id, 0) if mine else 0
            found.append(EmbedderInfo(broken.id, broken.name, state, broken.problem, False, *facts, vectors))
        known = {info.id for info in found}
        for model_id in sorted({self._recognition.model_id, *counts} - known):
            state = self._state(model_id, ModelState.BROKEN)
            problem = f"The model {model_id} is not in the list of models any more. Add it again, or drop its vectors."
            found.append(
                EmbedderInfo(model_id, model_id, state, problem, False, "", "", "", "", counts.get(model_id, 0))
            )
        return sorted(found, key=lambda info: info.state is not ModelState.IN_USE)

    def propose(self, path: Path) -> Mapping[str, object]:
        """Return a contract for an .onnx file, as the fields of a manifest entry. Raises ``ModelError``."""
        from faceapp.faces.proposal import propose_contract

        contract: Mapping[str, object] = self._contain(partial(propose_contract, path.absolute()))
        return contract

    def add(self, path: Path, contract: Mapping[str, object]) -> EmbedderInfo:
        """Check a model against its contract on bundled pictures and keep a copy of it. Raises ``ModelError``.

        An id whose vectors are here already is refused, unless they are of the very same file: vectors of two models
        must never be taken for those of one.
        """
        model_id = str(contract.get("id", ""))
        if model_id in self._store.counts()[1] and self._store.maker(model_id) != _sha256(path):
            raise _another(model_id)
        with self._adding:
            added = self._contain(partial(_add, path.absolute(), dict(contract), self._folder))
        return next(info for info in self.listed() if info.id == added)

    def embed_all(
        self,
        model_id: str,
        *,
        cancel: CancelToken | None = None,
        progress: Callable[[ReembedProgress], None] | None = None,
    ) -> ReembedProgress:
        """Make the vectors that are missing beside those in use, from stored landmarks.

        Returns what was done in this run; a run that was stopped is gone on with by another.
        Raises ``ModelError`` if the model cannot be used.
        """
        model = self._sound(model_id)
        maker = self._store.maker(model_id)
        if maker is None:
            self._store.note_maker(model_id, model.sha256)
        elif maker != model.sha256:
            raise _another(model_id)
        run = Reembedding(model_id, self._store, self._pool, cancel=cancel or CancelToken(), progress=progress)
        return run.run()

    def use(self, model_id: str) -> None:
        """Use an embedder from the next opening of the library on. Raises ``ModelError`` unless it is ready."""
        self._sound(model_id)
        self._store.use(model_id)

    def compare(self, model_id: str, limit: int = 200) -> list[Disagreement]:
        """Return pairs of faces about which that embedder and the one in use disagree, the most surprising first.

        Looks at a few thousand faces, those that have vectors of both. Raises ``ModelError`` if there are none.
        """
        model = self._known(model_id)
        in_use = self._recognition
        face_ids, new = self._store.vectors_of(model_id, candidates(self._reader, self._gallery).tolist())
        both, old = self._store.vectors_of(in_use.model_id, face_ids.tolist())
        if not len(both):
            raise ModelError(
                f"There is nothing to compare: no face has a vector of {model_id} yet. "
                f"Prepare it first (`faceapp models embed {model_id}`)."
            )
        rows = {int(face_id): row for row, face_id in enumerate(face_ids)}
        new = new[[rows[int(face_id)] for face_id in both]]
        return disagreements(both, old, new, in_use.search_threshold, model.search, limit)

    def drop(self, model_id: str) -> int:
        """Delete the vectors of an embedder that is not in use; return how many. It can be embedded anew."""
        return self._store.drop_vectors(model_id)

    def _info(self, model: EmbedderModel, faces: int, vectors: int) -> EmbedderInfo:
        problem = self._problem(model)
        state = ModelState.READY if vectors >= faces else ModelState.AVAILABLE
        return EmbedderInfo(
            id=model.id,
            name=model.name,
            state=self._state(model.id, state if problem is None else ModelState.BROKEN),
            problem=problem,
            bundled=model.bundled,
            licence=model.licence,
            source=model.source,
            sha256=model.sha256,
            contract=model.words,
            vectors=vectors,
        )

    def _state(self, model_id: str, otherwise: ModelState) -> ModelState:
        return ModelState.IN_USE if model_id == self._recognition.model_id else otherwise

    def _problem(self, model: EmbedderModel) -> str | None:
        """Return what is wrong with a model's file; it is read once, and again when it was written since."""
        try:
            file = model.path.stat()
        except OSError:
            key = (model.path, model.sha256, -1, -1)
        else:
            key = (model.path, model.sha256, file.st_size, file.st_mtime_ns)
        if key not in self._looked_at:
            try:
                read_model(model)
                self._looked_at[key] = None
            except ModelError as error:
                self._looked_at[key] = str(error)
        return self._looked_at[key]

    def _known(self, model_id: str) -> EmbedderModel:
        return self._catalogue().choose_embedder(model_id)

    def _sound(self, model_id: str) -> EmbedderModel:
        """Return a model. Raises ``ModelError`` unless it is known and its file is what it should be."""
        model = self._known(model_id)
        read_model(model)
        return model


def _another(model_id: str) -> ModelError:
    return ModelError(
        f"This library has vectors that another file made under the id {model_id}. "
        f"Delete them first with `faceapp models drop {model_id}`, or give the new model another id."
    )


def _sha256(path: Path) -> str | None:
    """Return a file's sha256; None if it cannot be read, which whoever needs it says better."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _add(path: Path, contract: Mapping[str, object], folder: Path) -> str:
    from faceapp.faces.adding import add_model

    return add_model(path, contract, folder).id
