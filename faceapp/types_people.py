"""The words of what is decided and guessed about people: frozen data, no SQL, no ONNX, no Qt.

A *decision* is the user's word and never changes by itself. A *guess* (groups, automatic names, suggestions) is
computed around the decisions and may be thrown away at any time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from faceapp.errors import FaceappError
from faceapp.types import FloatArray, IdArray, Standing


class Verb(StrEnum):
    """What a step of the ledger did. The words for it are made where it is shown."""

    NAME = "name"  # faces got a name
    MOVE = "move"  # faces went from one person to another
    CLEAR = "clear"  # faces lost their name
    REJECT = "reject"  # faces are not that person
    SAME = "same"
    DIFFERENT = "different"
    HIDE = "hide"
    SHOW = "show"
    MERGE = "merge"  # people became one
    SPLIT = "split"  # faces left their person or group
    RENAME = "rename"
    COVER = "cover"
    BORN = "born"
    SAVE_ALBUM = "save album"  # a search was kept, or changed
    REMOVE_ALBUM = "remove album"
    MARK_FACE = "mark face"  # a face that the detector missed was drawn


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the user did, which can be undone as a whole."""

    id: int
    verb: Verb
    created: datetime  # aware, UTC
    undone: bool
    faces: int  # that it was said of, copies in duplicate files not counted
    people: tuple[str, ...]  # their names at that time, the one it was done to or for first
    note: str = (
        ""  # the reason of a HIDE, the old name of a RENAME, the date of a BORN (ISO 8601), the name of an album
    )


@dataclass(frozen=True, slots=True)
class Change:
    """What a step, its undoing or redoing changed, for views to follow."""

    step: Step
    face_ids: Sequence[int]  # faces of today that it is about, copies in duplicate files included
    person_ids: Sequence[int]  # people that came, went or changed, the one it is about first


class ConflictKind(StrEnum):
    DIFFERENT = "different"  # two faces were said to be different people
    SAME = "same"  # two faces were said to be the same person
    REJECTED = "rejected"  # a face was said not to be a person
    APART = "apart"  # two people were said to be two


@dataclass(frozen=True, slots=True)
class Conflict:
    """An earlier decision that a new one contradicts."""

    kind: ConflictKind
    face_id: int | None
    other_face_id: int | None
    people: tuple[str, ...]
    said: datetime  # aware, UTC


class DecisionConflict(FaceappError):  # noqa: N818
    """A new decision contradicts earlier ones, which stand in ``conflicts``; nothing was written."""

    def __init__(self, message: str, conflicts: Sequence[Conflict]) -> None:
        super().__init__(message)
        self.conflicts = tuple(conflicts)


class FaceIsThere(FaceappError):  # noqa: N818
    """A face that was drawn is in the library already; nothing was written."""

    def __init__(self, message: str, face_id: int) -> None:
        super().__init__(message)
        self.face_id = face_id


@dataclass(frozen=True, slots=True, eq=False)
class Ties:
    """What the user said, as faces and people of today: the hard constraints of grouping. Each (M, 2) int64."""

    same: IdArray  # face, face
    different: IdArray  # face, face
    rejected: IdArray  # face, person
    apart: IdArray  # person, person


@dataclass(frozen=True, slots=True, eq=False)
class FaceFacts:
    """What grouping knows of all faces in view that are not hidden. Arrays (N,), aligned, in order of face id."""

    face_ids: IdArray
    photo_ids: IdArray
    contents: IdArray  # equal numbers: photos of equal content, so a face and its copy are one
    person_ids: IdArray  # confirmed; 0: nobody
    norm: FloatArray  # of the raw embedding
    score: FloatArray  # detector confidence
    shown_us: IdArray  # date taken, else the file's: microseconds since 1970


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """What grouping found. Arrays (N,), aligned. Confirmed faces are there with their person and no group."""

    face_ids: IdArray
    group_ids: IdArray  # 0: in no group
    person_ids: IdArray  # confirmed, automatic or suggested person; 0: nobody
    standings: IdArray  # ``Standing``
    scores: FloatArray  # likeness to that person or group, a cosine; 0 where there is neither
    margins: FloatArray  # ahead of the runner-up
    runner_ups: IdArray  # the second-best person; 0: nobody


@dataclass(frozen=True, slots=True)
class Group:
    """Faces that seem to be one person who has no name yet."""

    id: int
    faces: int
    photos: int
    cover_face_id: int


@dataclass(frozen=True, slots=True)
class Regrouping:
    """What a grouping changed, or would change."""

    groups: int
    grouped: int  # faces in a group
    alone: int  # unnamed faces in no group
    automatic: int
    suggested: int
    new_groups: int  # that share no face with an earlier one
    joined: int  # earlier groups that became part of another
    parted: int  # earlier groups whose faces went to several
    moved: int  # faces that had a group, or an automatic or suggested person, and have another or none now
    seconds: float
    changed: int = 0  # faces of which something else is said now than before, if anything was said


@dataclass(frozen=True, slots=True, eq=False)
class PersonFaces:
    """All faces of a person, newest first, arrays (N,), aligned."""

    face_ids: IdArray
    photo_ids: IdArray
    standings: IdArray  # ``Standing``: CONFIRMED and AUTOMATIC; SUGGESTED where asked for
    scores: FloatArray  # likeness to the person; 1 where it is not known
    shown_us: IdArray  # date taken, else the file's: microseconds since 1970


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """What the page of a person says."""

    id: int
    name: str
    faces: int  # confirmed and automatic
    automatic: int
    suggested: int
    photos: int
    born: date | None
    first: datetime | None  # of the photos
    last: datetime | None
    cover_face_id: int | None
    often_with: tuple[tuple[int, str, int], ...]  # person, name, photos together; most first


class QuestionKind(StrEnum):
    PERSON = "person"  # are these faces that person?
    GROUPS = "groups"  # are these two groups one person?
    PEOPLE = "people"  # are these two people one?
    TWICE = "twice"  # the person is in one photo twice: is this face she?
    NAME = "name"  # who is this group?


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    STRANGER = "stranger"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Question:
    """Something only the user knows. ``faces`` are asked about, the clearest first."""

    key: str  # equal for equal questions, also after a restart
    kind: QuestionKind
    faces: tuple[int, ...]
    person_id: int | None  # PERSON, TWICE, PEOPLE
    person_name: str
    examples: tuple[int, ...]  # faces to compare with, best first: of the person, or of the other group
    other_person_id: int | None  # PEOPLE
    other_name: str
    settles: int  # unnamed faces that a YES settles
    score: float  # cosine


class QualityFlag(StrEnum):
    """Why a face is hard to tell."""

    SMALL = "small"
    BLURRED = "blurred"
    TURNED = "turned"
    FAINT = "faint"  # the detector was not sure


@dataclass(frozen=True, slots=True)
class Vote:
    """An example of a person and how alike it is."""

    face_id: int
    score: float


@dataclass(frozen=True, slots=True)
class Why:
    """Why a face matched, was suggested or was named."""

    face_id: int
    other_face_id: int | None  # the one it is shown beside: the query, or the example that voted most
    person_id: int | None
    person_name: str
    standing: Standing
    score: float  # cosine with ``other_face_id``
    person_score: float | None  # likeness to the person
    rank: float | None  # share (0 to 1) of the person's own faces that are less like her than this one
    votes: tuple[Vote, ...]  # best first
    runner_up: str  # the second-best person, "" for none
    runner_up_score: float | None
    margin: float | None
    chance: float | None  # (0 to 1) that both are one person, as the library is calibrated
    flags: tuple[QualityFlag, ...]
    other_flags: tuple[QualityFlag, ...]
    said: tuple[Step, ...]  # what the user said of the face, latest first
