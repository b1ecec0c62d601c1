"""Making the vectors that an embedder lacks, beside those of the others, from stored landmarks.

The database is the queue: what is saved stays, so stopping, a crash and going on later are one path.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait

from faceapp.errors import LibraryError, ModelError
from faceapp.jobs import CancelToken
from faceapp.library.embeddings import LibraryVectorStore
from faceapp.processes import ChildrenBroken, PoolClosed, Workforce
from faceapp.scan.photo_work import Reembed, Reembedded
from faceapp.scan.reasons import words_of
from faceapp.types import FloatArray, ReembedProgress
from faceapp.types_scan import FailedPhoto

log = logging.getLogger(__name__)

_FACES = 16  # of one request: with a slow model and a photo of a crowd, all at once would take a child's whole time
_ENOUGH = 2  # requests waiting in the pool beyond the two that each child may hold
_TICK = 0.1  # seconds between looks at the cancel token
_LAST_WAIT = 5.0  # seconds for what has begun when the run is cancelled
_SAVE_FACES = 256  # in one transaction at most,
_SAVE_SECONDS = 1.0  # and this often

Answer = Reembedded | FailedPhoto


class Reembedding:
    """One run. Everything happens on the thread that calls ``run``; it alone writes."""

    def __init__(
        self,
        model_id: str,
        store: LibraryVectorStore,
        pool: Workforce,
        *,
        cancel: CancelToken,
        progress: Callable[[ReembedProgress], None] | None,
    ) -> None:
        self._model_id = model_id
        self._store = store
        self._pool = pool
        self._cancel = cancel
        self._listener = progress
        self._requests = self._wanted()
        self._in_flight: dict[Future[Answer], Reembed] = {}
        self._unsaved: dict[int, FloatArray] = {}
        self._begun = self._saved_at = time.monotonic()
        self._total = store.missing(model_id)
        self._done = self._failed = 0

    def run(self) -> ReembedProgress:
        """Embed until nothing is missing or the run is cancelled; ``failed`` counts faces left without a vector.

        Raises ``ModelError``, ``ChildrenBroken`` and what the store raises; what was embedded until then is kept.
        """
        self._tell()
        try:
            while not self._cancel.cancelled:
                self._hand_out()
                if not self._in_flight and not self._cancel.paused:
                    break
                self._receive(_TICK)
                self._save_if_due()
        except BaseException:
            self._wind_down(0.0)
            raise
        self._wind_down(_LAST_WAIT)
        self._tell()
        return self._progress()

    def _wanted(self) -> Iterator[Reembed]:
        for page in self._store.faces_without(self._model_id):
            for photo in page:
                for start in range(0, len(photo.faces), _FACES):
                    faces = photo.faces[start : start + _FACES]
                    yield Reembed(photo.id, photo.path, photo.size, photo.content_hash, self._model_id, faces)

    def _hand_out(self) -> None:
        if self._cancel.paused:
            return
        most = max(1, self._pool.count - 1) if self._cancel.gentle else 2 * self._pool.count + _ENOUGH
        while len(self._in_flight) < most and (request := next(self._requests, None)) is not None:
            self._in_flight[self._pool.submit(request)] = request

    def _receive(self, seconds: float) -> None:
        if not self._in_flight:
            time.sleep(seconds)  # paused
            return
        for future in wait(self._in_flight, timeout=seconds, return_when=FIRST_COMPLETED).done:
            self._on_answer(self._in_flight.pop(future), future)

    def _on_answer(self, request: Reembed, future: Future[Answer]) -> None:
        try:
            answer = future.result()
        except CancelledError:
            return
        except (ModelError, LibraryError, ChildrenBroken, PoolClosed):
            raise
        except Exception as error:  # a child did not survive this photo: the others are embedded all the same
            answer = FailedPhoto(request.photo_id, words_of(error, request.path.name))
        if isinstance(answer, FailedPhoto):
            log.info("%s: %s", request.path, answer.reason)
            self._failed += len(request.faces)
        else:
            self._unsaved.update(answer.vectors)
            self._failed += len(request.faces) - len(answer.vectors)

    def _save_if_due(self) -> None:
        if len(self._unsaved) >= _SAVE_FACES or time.monotonic() - self._saved_at >= _SAVE_SECONDS:
            self._save()
            self._tell()

    def _save(self) -> None:
        unsaved, self._unsaved = self._unsaved, {}
        self._done += self._store.save_vectors(self._model_id, unsaved)
        self._saved_at = time.monotonic()

    def _wind_down(self, seconds: float) -> None:
        """Take back what nobody began, wait for the rest, save what came."""
        for future in self._in_flight:
            future.cancel()
        for future in wait(self._in_flight, timeout=seconds).done:
            request = self._in_flight.pop(future)
            if not future.cancelled() and future.exception() is None:
                self._on_answer(request, future)
        self._save()

    def _progress(self) -> ReembedProgress:
        return ReembedProgress(self._done, self._total, self._failed, time.monotonic() - self._begun)

    def _tell(self) -> None:
        if self._listener is not None:
            self._listener(self._progress())
