"""How the rooms call each other about people: the ledger of decisions, groups, questions, reasons."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Protocol

from faceapp.jobs import CancelToken
from faceapp.types import AnalysedFace, FloatArray, HideReason, IdArray, Naming, Pixels
from faceapp.types_people import (
    Answer,
    Change,
    FaceFacts,
    Group,
    Grouping,
    PersonDetails,
    PersonFaces,
    Question,
    Regrouping,
    Step,
    Ties,
    Why,
)
from faceapp.types_search import Album, Search


class PeopleStore(Protocol):
    """The ledger: what the user decided about people. Every call is one step, durable when it returns.

    A decision points at content hash + box, so it holds for every copy of a file and survives rescan, move, edit,
    regrouping and another model. Raises ``FaceappError`` with a sentence for unknown faces or people, and
    ``DecisionConflict`` if an earlier decision says the opposite; then nothing is written. With ``take_back`` the
    decisions in the way are taken back in the same step.
    """

    def name_faces(self, face_ids: Sequence[int], name: str, *, take_back: bool = False) -> Naming:
        """Confirm faces as the person of that name (made if new; compared without case)."""

    def clear(self, face_ids: Sequence[int]) -> Change:
        """Take the name off faces, or show hidden ones again. They may be guessed anew."""

    def reject(self, face_ids: Sequence[int], person_id: int) -> Change:
        """Faces are not that person; those that were lose the name."""

    def same(self, face_ids: Sequence[int], *, take_back: bool = False) -> Change:
        """All these faces are one person, whoever that is."""

    def different(self, face_ids: Sequence[int], others: Sequence[int], *, take_back: bool = False) -> Change:
        """None of ``face_ids`` is the person of any of ``others``."""

    def apart(self, person_id: int, other_id: int) -> Change:
        """Two people are two, however alike."""

    def hide(self, face_ids: Sequence[int], reason: HideReason) -> Change: ...
    def merge(self, person_ids: Sequence[int], into: int, *, take_back: bool = False) -> Change:
        """People are one, who keeps the name of ``into``."""

    def split(self, face_ids: Sequence[int], rest: Sequence[int], *, take_back: bool = False) -> Change:
        """Faces are one person who is not that of ``rest``. Those with a name lose it and are rejected for it."""

    def rename(self, person_id: int, name: str) -> Change:
        """Give a person another name. A name that someone else has is refused: that is a merge."""

    def set_cover(self, person_id: int, face_id: int) -> Change: ...
    def set_born(self, person_id: int, born: date | None) -> Change: ...
    def save_album(self, name: str, search: Search, album_id: int | None = None) -> Change:
        """Keep a search as a new album, or give an album another name or search. The step's note is the name.

        Raises ``FaceappError`` for an empty name and for one that another album has (compared without case).
        """

    def remove_album(self, album_id: int) -> Change: ...
    def mark_face(self, photo_id: int, content_hash: bytes, face: AnalysedFace) -> Change:
        """Keep a face that the user drew, in every photo of that content, whatever a detector finds there.

        Raises ``FaceIsThere`` if there is one at that place, ``FaceappError`` if the photo has changed since.
        """

    def undo(self) -> Change | None:
        """Undo the last step that is not undone; None if there is none."""

    def redo(self) -> Change | None:
        """Do the first undone step again; None if there is none. A new step forgets the undone ones."""

    def history(self, limit: int = 200) -> list[Step]:
        """Return the steps, latest first, undone ones included."""

    def said_of(self, face_id: int) -> list[Step]:
        """Return the steps that say something of a face and hold, latest first."""


class PeopleReader(Protocol):
    """What views and guesses ask about people. Safe from any thread; never waits for a long write."""

    def details(self, person_id: int) -> PersonDetails | None: ...
    def person_faces(self, person_id: int, *, suggested: bool = False) -> PersonFaces: ...
    def albums(self) -> list[Album]:
        """Return the albums in order of name, their faces as faces of today."""

    def hidden_ids(self) -> IdArray:
        """Return the hidden faces, newest photo first."""

    def groups(self) -> list[Group]:
        """Return the groups without a name that have two faces or more, most faces first."""

    def group_faces(self, group_id: int) -> IdArray:
        """Return the faces of a group, the most typical first."""

    def guesses_waiting(self) -> int:
        """Return how many faces have a suggested person."""

    def facts(self) -> FaceFacts:
        """Return what grouping needs to know of all faces in view that are not hidden."""

    def ties(self) -> Ties: ...
    def grouping(self) -> Grouping:
        """Return the guesses that are stored, in order of face id; confirmed faces are left out."""


class GroupStore(Protocol):
    """Keeps guesses. They are no decisions: losing them loses nothing."""

    def save(self, grouping: Grouping) -> int:
        """Replace all guesses; return how many faces changed. Faces that are gone or decided since are left out."""


class Groups(Protocol):
    """Groups faces and guesses names. Everything but reading takes its time: on a worker."""

    def regroup(
        self,
        *,
        preview: bool = False,
        cancel: CancelToken | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> Regrouping:
        """Group all faces anew; ``preview`` changes nothing. ``progress`` gets the share done, 0 to 1."""

    def follow(self, *, cancel: CancelToken | None = None) -> Regrouping:
        """Bring groups and guesses up to date with new faces and decisions; groups that stand stay."""


class Review(Protocol):
    """What is worth asking, and what an answer means. Reads the whole gallery: on a worker."""

    def questions(self, limit: int = 50, *, skip: Collection[str] = ()) -> list[Question]:
        """Return questions, those that settle most faces first; none that was answered, or whose key is in ``skip``."""

    def forecast(self, questions: Sequence[Question]) -> float:
        """Return the share (0 to 1) of all unnamed faces that these questions would settle."""

    def answer(self, question: Question, answer: Answer, name: str = "") -> Change | None:
        """Write down what an answer means; ``name`` answers who a group is. None for SKIP."""


class Explainer(Protocol):
    """Says why."""

    def explain(self, face_id: int, *, person_id: int | None = None, probe: FloatArray | None = None) -> Why:
        """Explain a face: as a match of a probe (D,), or as somebody, by default the person it has or may be."""

    def aligned(self, face_id: int) -> Pixels:
        """Return the face as the embedder sees it, BGR. Reads the photo: on a worker. Raises ``PhotoError``."""
