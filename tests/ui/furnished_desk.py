"""A library in memory in which every page has something to show: what lists and walks of the whole window use."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from faceapp.ports import Services
from faceapp.types import Counts, DecodedPhoto, HideReason, Problem, Standing
from faceapp.types_people import QuestionKind, Step, Verb
from faceapp.types_upkeep import Backup, Part, Stored
from tests.ui.album_desk import AlbumDesk, AlbumStore
from tests.ui.embedders import FakeEmbedders
from tests.ui.questions import FakeReview, Ledger, question
from tests.ui.test_why_panel import FakeExplainer

ANNA, BEN = 1, 2
GROUP = 7
_DAY = datetime(2024, 5, 4, 12, tzinfo=UTC)


class FurnishedStore(AlbumStore):
    """Two people, a group, somebody hidden, two problems, a question of each kind, a step, two models."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.names = {ANNA: "Anna", BEN: "Ben"}
        self.faces_of(0, 4, person=ANNA, standing=Standing.CONFIRMED)
        self.faces_of(0, 1, person=ANNA, standing=Standing.AUTOMATIC)
        self.faces_of(0, 2, person=ANNA, standing=Standing.SUGGESTED)
        self.faces_of(1, 3, person=BEN, standing=Standing.CONFIRMED)
        self.faces_of(2, 3, group=GROUP)
        self.faces_of(2, 2, group=GROUP + 1)
        self.faces_of(3, 1, hidden=HideReason.STRANGER)
        self.asked = []

    def problems(self) -> list[Any]:
        return [Problem(n, self.folder / f"broken {n}.jpg", "It is cut off. Copy it again.") for n in (8001, 8002)]

    def counts(self, min_score: float) -> Counts:
        return replace(super().counts(min_score), failed=len(self.problems()))

    def history(self, limit: int = 200) -> list[Step]:
        first = Step(1, Verb.NAME, _DAY, False, 4, ("Anna",))
        return [*super().history(limit), first]

    def _photo(self, *_what: object) -> DecodedPhoto:
        return DecodedPhoto(np.full((400, 600, 3), 200, np.uint8), b"x" * 32, None, None)

    def services(self, library: Path) -> Services:
        asked = [question(kind.value, kind) for kind in QuestionKind]
        library.mkdir(exist_ok=True)
        backup = Backup(library / "backups" / "a.sqlite", _DAY, 1234)
        upkeep = SimpleNamespace(
            stored=lambda: [Stored(part, library / part.value, 1234) for part in Part],
            backups=lambda: [backup],
            forgetting=lambda person_id: SimpleNamespace(
                person_id=person_id, name="Anna", faces=4, decisions=1, albums=(), backups=1
            ),
        )
        return replace(
            super().services(library),
            review=FakeReview(Ledger(), asked),
            embedders=FakeEmbedders(),
            explainer=FakeExplainer(),
            problems=cast(Any, SimpleNamespace(retry=lambda _ids: None, set_ignored=lambda _ids, _on: None)),
            pictures=cast(Any, SimpleNamespace(read=self._photo)),
            folders=cast(Any, SimpleNamespace(remove_folder=lambda _id: 0)),
            upkeep=cast(Any, upkeep),
        )


class EmptyStore(AlbumStore):
    """A library without a folder: the first start."""

    def folders(self) -> list[Any]:
        return []


class FurnishedDesk(AlbumDesk):
    """A window over a ``FurnishedStore``, and how its parts are opened."""

    def select(self, count: int = 1) -> None:
        """Select the first tiles of the page, by the keyboard."""
        grid = self.window.grid
        grid.setFocus()
        QTest.keyClick(grid, Qt.Key.Key_Home)
        for _ in range(count - 1):
            QTest.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        self.settle()

    def search(self) -> None:
        """Look for the first face."""
        self.page("faces")
        self.window.searching.search_face(self.ids()[0])
        self.settle()

    def view(self) -> None:
        """Open the first photo in the viewer."""
        self.page("photos")
        self.window.viewing.open(self.ids()[0])
        self.settle()

    def keep_album(self) -> None:
        """Keep a search as an album, unless that was done, and open it."""
        if not self.store.albums():
            self.search()
            self.window.albums.keep()
            super().keep("Anna's faces")
        self.open_album(self.store.albums()[0].id)
