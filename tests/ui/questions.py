"""A library whose questions, reasons and steps are made up: what the pages about them are tried on."""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import cv2
import numpy as np

from faceapp.errors import FaceappError
from faceapp.types import Box, DecodedPhoto, Face, Person, Photo, PhotoState, Pixels, Quality
from faceapp.types_people import Answer, Change, Question, QuestionKind, Step, Verb
from faceapp.ui.pixmaps import PixmapCache
from tests.ui import services
from tests.ui.services import Fakes
from tests.ui.window import WAIT_MS

DAY = datetime(2024, 5, 4, 12, tzinfo=UTC)


def question(key: str, kind: QuestionKind = QuestionKind.PERSON, *, faces: int = 1, settles: int = 9) -> Question:
    """Return a question about Ann; its faces are numbered by its key, so that no two questions share one."""
    first = 100 * (1 + sum(key.encode()) % 90)
    ids = tuple(range(first, first + faces))
    about = kind not in (QuestionKind.NAME, QuestionKind.GROUPS)
    two = kind is QuestionKind.PEOPLE
    examples = () if kind is QuestionKind.NAME else tuple(range(first + 50, first + 56))
    person = (1, "Ann") if about else (None, "")
    other = (2, "Bob") if two else (None, "")
    return Question(key, kind, ids, *person, examples, *other, settles, 0.5)


class Ledger:
    """Steps that can be undone; ``written`` are those that hold, as (verb, key of the question)."""

    def __init__(self) -> None:
        self.steps: list[Step] = []  # oldest first
        self.error: Exception | None = None

    @property
    def written(self) -> list[str]:
        return [step.note for step in self.steps if not step.undone]

    def do(self, note: str, verb: Verb = Verb.NAME, faces: int = 1, people: tuple[str, ...] = ("Ann",)) -> Change:
        self.steps = [step for step in self.steps if not step.undone]
        number = len(self.steps) + 1
        self.steps.append(Step(number, verb, DAY + timedelta(minutes=number), False, faces, people, note))
        return Change(self.steps[-1], (1,), (1,))

    def history(self, limit: int = 200) -> list[Step]:
        return self.steps[::-1][:limit]

    def undo(self) -> Change | None:
        return self._turn([at for at, step in enumerate(self.steps) if not step.undone][-1:], True)

    def redo(self) -> Change | None:
        return self._turn([at for at, step in enumerate(self.steps) if step.undone][:1], False)

    def _turn(self, found: list[int], undone: bool) -> Change | None:
        if self.error is not None:
            raise self.error
        for at in found:
            self.steps[at] = replace(self.steps[at], undone=undone)
            return Change(self.steps[at], (1,), (1,))
        return None


class FakeReview:
    """Asks ``asked`` until it is answered. Writing an answer waits for ``may_write``."""

    def __init__(self, ledger: Ledger, asked: Sequence[Question] = ()) -> None:
        self.ledger = ledger
        self.asked = list(asked)
        self.answers: list[tuple[str, Answer, str]] = []
        self.may_write = threading.Event()
        self.may_write.set()
        self.error: Exception | None = None  # of the next answer

    def questions(self, limit: int = 50, *, skip: Collection[str] = ()) -> list[Question]:
        if self.error is not None and self.error.args == ("look",):
            raise self.error
        return [q for q in self.asked if q.key not in skip and q.key not in self.ledger.written][:limit]

    def forecast(self, questions: Sequence[Question]) -> float:
        return min(1.0, 0.235 * len(questions))

    def answer(self, question: Question, answer: Answer, name: str = "") -> Change | None:
        assert self.may_write.wait(WAIT_MS / 1000)
        if self.error is not None:
            error, self.error = self.error, None
            raise error
        self.answers.append((question.key, answer, name))
        return self.ledger.do(question.key)


class FakePhotos:
    """Every face has a photo and a tile; the tile is dark, the photo bright. ``closed`` photos cannot be read."""

    def __init__(self) -> None:
        self.closed = False
        self.folders: list[object] = []

    def face(self, face_id: int) -> bytes:
        return cv2.imencode(".jpg", np.full((224, 224, 3), 40, np.uint8))[1].tobytes()

    def photo(self, photo_id: int) -> bytes | None:
        return None

    def faces(self, ids: Sequence[int]) -> list[Face]:
        return [
            Face(face_id, face_id, Box(0.2, 0.2, 0.5, 0.5), (), 0.9, Quality(200, 200, 20, 0), None, None)
            for face_id in ids
        ]

    def photos(self, ids: Sequence[int]) -> list[Photo]:
        return [
            Photo(photo_id, 1, Path(f"/{photo_id}.jpg"), 900, 900, 9, b"x" * 32, None, None, PhotoState.INDEXED, None)
            for photo_id in ids
        ]  # fmt: skip

    def read(self, source: Path | bytes, name: str | None = None) -> DecodedPhoto:
        if self.closed:
            raise FaceappError("The photo cannot be read.")
        pixels: Pixels = np.full((900, 900, 3), 220, np.uint8)
        return DecodedPhoto(pixels, b"x" * 32, None, None)


class Asked:
    """An open session over the above, and the pixmaps of its faces."""

    def __init__(self, tmp_path: Path, asked: Sequence[Question] = (), **others: object) -> None:
        self.fakes: Fakes = services.make(tmp_path)
        self.ledger = Ledger()
        self.review = FakeReview(self.ledger, asked)
        self.photos = FakePhotos()
        self.fakes.open()
        session = self.fakes.session
        photos = cast(Any, self.photos)
        session._services = replace(
            session.services,
            people=cast(Any, self.ledger),
            review=self.review,
            thumbnails=photos,
            pictures=photos,
            reader=cast(Any, _Reader(self.fakes.reader, self.photos)),
            **cast(Any, others),
        )
        self.session = session
        self.tasks = self.fakes.tasks
        self.pixmaps = PixmapCache(session, self.tasks)

    def settle(self) -> None:
        self.fakes.settle()

    def close(self) -> None:
        self.review.may_write.set()
        self.fakes.close()


class _Reader:
    """Photos and faces of the one, everything else of the other."""

    def __init__(self, other: services.FakeReader, photos: FakePhotos) -> None:
        self._other = other
        self.faces, self.photos = photos.faces, photos.photos

    def people(self) -> list[Person]:
        return [Person(1, "Ann", 12, 9, None), Person(2, "Sara", 1, 1, None)]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._other, name)
