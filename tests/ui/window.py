"""The whole window over a real library, with an analyser that sees painted squares as faces.

``Album.photo("ab.png", "A0", "B1")`` writes a picture of two faces: person A in her first likeness, person B in his
second. Likenesses of one person score 0.38 to 0.95 with each other, two people 0.1 to 0.3, so that the default
threshold of 0.4 parts them.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QEvent, QEventLoop, QMimeData, QPoint, QPointF, QSettings, Qt, QTimer
from PySide6.QtGui import QColor, QDragEnterEvent, QDragMoveEvent, QDropEvent, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QToolButton, QWidget

from faceapp.bootstrap import open_services
from faceapp.config import Config
from faceapp.ports import Embedders, Services
from faceapp.ports_search import Gallery
from faceapp.types import AnalysedFace, Box, Detection, FloatArray, Pixels, Quality
from faceapp.types_people import Regrouping
from faceapp.ui import judging
from faceapp.ui.evaluating import Judge
from faceapp.ui.main_window import MainWindow
from faceapp.ui.tiles import Tile
from faceapp.ui.widgets.match_bar import MatchBar
from faceapp.ui.widgets.query_chip import QueryChip
from faceapp.ui.widgets.sidebar import PageKey
from tests.fakes import FakeAnalyser
from tests.ui.calibration import FakeCalibrator

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier

WAIT_MS = 20_000  # until a test gives up
PEOPLE = "ABCDEF"
LIKENESS = (1.0, 0.95, 0.85, 0.7, 0.55)  # cosine of a person's likenesses with the first
STRANGERS = 0.3  # cosine of two people's first likenesses
SIZE = (600, 400)  # of a photo, width and height
FACE = (80, 100)
GREY = 128
NOTHING_GUESSED = Regrouping(0, 0, 0, 0, 0, 0, 0, 0, 0, 0.0)
_DIMENSION = 1 + len(PEOPLE) * (1 + len(LIKENESS))


def wait_until(done: Callable[[], object], what: str = "") -> None:
    """Run the event loop until ``done()`` is true, or fail. Unlike ``QTest.qWait`` it lets the workers run."""
    loop, poll, limit = QEventLoop(), QTimer(), QTimer()
    met = False

    def look() -> None:
        nonlocal met
        met = met or bool(done())
        if met:
            loop.quit()

    poll.timeout.connect(look)
    limit.setSingleShot(True)
    limit.timeout.connect(loop.quit)
    limit.start(WAIT_MS)
    poll.start(2)
    look()
    if not met:
        loop.exec()
    poll.stop()
    limit.stop()
    if not met:
        raise AssertionError(f"waited in vain for {what or 'what the test wants'}")


# Painted faces


def colour(face: str) -> tuple[int, int, int]:
    """Return the BGR colour of a face such as "A0"."""
    hsv = np.array([[[30 * PEOPLE.index(face[0]), 255, 250 - 30 * int(face[1])]]], np.uint8)
    blue, green, red = (int(value) for value in cv2.cvtColor(hsv, cv2.COLOR_HSV2BGR)[0, 0])
    return blue, green, red


def embedding(face: str) -> FloatArray:
    """Return the unit vector of a face such as "A0"."""
    person, number = PEOPLE.index(face[0]), int(face[1])
    alike = LIKENESS[number]
    vector = np.zeros(_DIMENSION, np.float32)
    vector[0] = alike * STRANGERS**0.5
    vector[1 + person] = alike * (1 - STRANGERS) ** 0.5
    vector[1 + len(PEOPLE) + person * len(LIKENESS) + number] = (1 - alike**2) ** 0.5
    return np.asarray(vector / np.linalg.norm(vector), np.float32)


def paint(*faces: str, size: tuple[int, int] = SIZE) -> Pixels:
    """Return a grey picture with faces from left to right."""
    pixels = np.full((size[1], size[0], 3), GREY, np.uint8)
    for at, face in enumerate(faces):
        left, top = 40 + at * (FACE[0] + 40), 60
        pixels[top : top + FACE[1], left : left + FACE[0]] = colour(face)
    return pixels


def png(pixels: Pixels) -> bytes:
    return cv2.imencode(".png", pixels)[1].tobytes()


class NoGuesses:
    """Groups that never come: guesses arrive whenever a background job is done, and most tests are not about them."""

    def regroup(self, **_: object) -> Regrouping:
        return NOTHING_GUESSED

    def follow(self, **_: object) -> Regrouping:
        return NOTHING_GUESSED


class PaintedAnalyser(FakeAnalyser):
    """Sees every coloured square as a face; what it looks like tells who it is."""

    def __init__(self, before: Callable[[Pixels], None] | None = None) -> None:
        super().__init__(_DIMENSION, before)

    @property
    def model_id(self) -> str:
        return "painted"

    @property
    def slider_minimum(self) -> float:
        return 0.2

    def analyse(self, pixels: Pixels, overview: Pixels | None = None) -> list[AnalysedFace]:
        with self._lock:
            self.calls += 1
        if self._before is not None:
            self._before(pixels)
        height, width = pixels.shape[:2]
        spread = pixels.max(axis=2).astype(int) - pixels.min(axis=2)
        number, _, stats, _ = cv2.connectedComponentsWithStats((spread > 80).astype(np.uint8))
        found = []
        for x, y, w, h, area in (tuple(int(value) for value in row) for row in stats[1:number]):
            if area < 100:
                continue
            middle = cv2.cvtColor(pixels[y + h // 2 : y + h // 2 + 1, x + w // 2 : x + w // 2 + 1], cv2.COLOR_BGR2HSV)
            hue, _, value = (int(part) for part in middle[0, 0])
            face = f"{PEOPLE[round(hue / 30) % len(PEOPLE)]}{round((250 - value) / 30)}"
            box = Box(x / width, y / height, w / width, h / height)
            marks = tuple((box.x + box.w * dx, box.y + box.h * dy) for dx, dy in _MARKS)
            quality = Quality(size_px=float(min(w, h)), sharpness=200.0, norm=20.0, yaw=0.0)
            found.append(AnalysedFace(Detection(box, marks, 0.9), quality, embedding(face)))
        return sorted(found, key=lambda face: face.detection.box.x)


_MARKS = ((0.3, 0.4), (0.7, 0.4), (0.5, 0.6), (0.35, 0.8), (0.65, 0.8))


class Gate:
    """Lets the first pictures through and holds the others back until it is opened."""

    def __init__(self, first: int) -> None:
        self._left = threading.Semaphore(first)
        self._open = threading.Event()

    def __call__(self, _pixels: Pixels) -> None:
        if not self._open.is_set() and not self._left.acquire(blocking=False):
            self._open.wait(WAIT_MS / 1000)

    def open(self) -> None:
        self._open.set()


class Album:
    """A folder of painted photos, each a minute newer than the one before."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        self._minutes = 0

    def photo(self, name: str, *faces: str) -> Path:
        """Write a photo that is like no other, or the two would share one look."""
        pixels = paint(*faces)
        pixels[-1, -1] = self._minutes
        return self.file(name, png(pixels))

    def file(self, name: str, data: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(data)
        self._minutes += 1
        moment = 1_700_000_000 + 60 * self._minutes
        os.utime(path, (moment, moment))
        return path


# The window


class Desk:
    """An open window and what a user does with it. Faces are called by photo and person: ``"ab.png B"``."""

    def __init__(self, window: MainWindow, config: Config, *, guesses: bool = False) -> None:
        self.window = window
        self.config = config
        self.guesses = guesses  # whether real groups follow, so that their end is waited for

    @property
    def services(self) -> Services:
        return self.window.session.services

    @property
    def bar(self) -> MatchBar:
        return self.window.match_bar

    def settle(self) -> None:
        """Wait until nothing is read, asked or about to be."""
        window, idle = self.window, 0

        def quiet() -> bool:
            nonlocal idle
            working = window.session.scanning or not window.tasks.idle or window.session._refresh.isActive()
            working = working or (self.guesses and window.grouping.waiting)
            idle = 0 if working else idle + 1
            return idle >= 3  # what was painted meanwhile may have asked for more

        wait_until(quiet, "an idle window")

    def close(self) -> None:
        """Close as the user does; nothing may be left running."""
        self.window.closing.choice = "stop"  # what is being read may wait
        self.window.close()
        assert not self.window.isVisible()
        assert not self.window.session.is_open
        assert not [t.name for t in threading.enumerate() if t.name.startswith(("scan", "hnsw"))]

    # What is shown

    def faces(self) -> dict[str, int]:
        """Return the id of every face of the library by its name."""
        reader = self.services.reader
        found = {}
        for face in reader.faces(reader.face_ids(min_score=0.0).tolist()):
            vector = self.services.gallery.embedding(face.id)
            assert vector is not None
            who = max(PEOPLE, key=lambda person: float(embedding(f"{person}0") @ vector))
            found[f"{reader.photos([face.photo_id])[0].path.name} {who}"] = face.id
        return found

    def face(self, name: str) -> int:
        return self.faces()[name]

    def photo(self, name: str) -> int:
        reader = self.services.reader
        return next(p.id for p in reader.photos(reader.photo_ids().tolist()) if p.path.name == name)

    def shown(self) -> list[str]:
        """Return what the grid shows, in order: names of photos or faces."""
        tiles = self.window.grid.tiles
        if tiles.kind == "photo":
            return [photo.path.name for photo in self.services.reader.photos(tiles.ids.tolist())]
        names = {face_id: name for name, face_id in self.faces().items()}
        return [names[int(face_id)] for face_id in tiles.ids]

    def tiles(self) -> list[Tile]:
        tiles = self.window.grid.tiles
        return [tiles.tile(row) for row in range(tiles.rowCount())]

    def chips(self) -> list[QueryChip]:
        chips = [chip for chip in self.bar.findChildren(QueryChip) if chip.isVisibleTo(self.bar)]
        return sorted(chips, key=lambda chip: chip.x())

    def count(self, page: str) -> str:
        """Return what a row of the sidebar says: name and number."""
        row = self.window.sidebar.row((page,))
        assert row is not None
        return row.accessibleName()

    def empty_words(self) -> str:
        """Return what stands in a grid without tiles."""
        empty = self.window.grid._empty
        return f"{empty.title} {empty.hint}"

    def notice(self) -> str:
        """Return the notice that is shown, "" if there is none."""
        return self.window.notice.text() if self.window.notice.isVisible() else ""

    def dialog(self) -> QDialog:
        """Return the dialog that is open."""
        wait_until(lambda: [d for d in self.window.findChildren(QDialog) if d.isVisible()], "a dialog")
        return next(d for d in self.window.findChildren(QDialog) if d.isVisible())

    # What the user does

    def page(self, *key: object) -> None:
        """Click a row of the sidebar."""
        wanted: PageKey = key
        row = self.window.sidebar.row(wanted)
        assert row is not None
        assert row.isVisible()
        QTest.mouseClick(row, LEFT)
        self.settle()

    def act(self, name: str) -> None:
        """Choose an action of the menus."""
        action = self.window.actions_by_id[name]
        assert action.isEnabled(), name
        action.trigger()
        self.settle()

    def place(self, item_id: int) -> QPoint:
        """Return the middle of a tile in the grid's viewport."""
        grid = self.window.grid
        row = grid.tiles.row_of(item_id)
        assert row >= 0
        grid.scrollTo(grid.tiles.index(row))
        return grid.visualRect(grid.tiles.index(row)).center()

    def click(self, item_id: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseClick(self.window.grid.viewport(), LEFT, modifiers, self.place(item_id))
        self.settle()

    def double_click(self, item_id: int) -> None:
        QTest.mouseDClick(self.window.grid.viewport(), LEFT, NONE, self.place(item_id))
        self.settle()

    def search(self, name: str) -> None:
        """Click a face on the page of faces."""
        self.page("faces")
        self.click(self.face(name))
        assert self.bar.isVisible()

    def button(self, widget: QWidget) -> None:
        assert widget.isVisible()
        assert widget.isEnabled()
        QTest.mouseClick(widget, LEFT)
        self.settle()

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.window.grid, key, modifiers)
        self.settle()

    def take_out(self, chip: QueryChip) -> None:
        self.button(chip.findChildren(QToolButton)[0])

    def name(self, text: str) -> None:
        """Fill in the dialog that asks for a name."""
        dialog = self.dialog()
        QTest.keyClicks(dialog.edit, text)  # type: ignore[attr-defined]
        QTest.keyClick(dialog.edit, Qt.Key.Key_Return)  # type: ignore[attr-defined]
        self.settle()

    def drop(self, mime: QMimeData, widget: QWidget, where: QPoint | None = None) -> bool:
        """Let something fall on a widget; return whether it fits."""
        fits = drop(self.window, mime, widget, where)
        self.settle()
        return fits


def drop(window: QWidget, mime: QMimeData, widget: QWidget, where: QPoint | None = None) -> bool:
    """Let something fall, by the way that events of the window system take. Return whether it fits."""
    at = QPointF(widget.mapTo(window, widget.rect().center() if where is None else where))
    handle, copy = window.windowHandle(), Qt.DropAction.CopyAction
    enter = QDragEnterEvent(at.toPoint(), copy, mime, LEFT, NONE)
    QApplication.sendEvent(handle, enter)
    move = QDragMoveEvent(at.toPoint(), copy, mime, LEFT, NONE)
    if enter.isAccepted():  # as Qt does for the window system
        move.setDropAction(enter.dropAction())
        move.accept()
    QApplication.sendEvent(handle, move)
    if not move.isAccepted():
        QApplication.sendEvent(handle, QEvent(QEvent.Type.DragLeave))
        return False
    QApplication.sendEvent(handle, QDropEvent(at, copy, mime, LEFT, NONE))
    return True


OpenDesk = Callable[..., Desk]


@pytest.fixture
def album(tmp_path: Path) -> Album:
    """Return an album of three photos of A, two of B (one of them with A), one of C, and one of nobody."""
    made = Album(tmp_path / "album")
    made.photo("nobody.png")
    made.photo("a0.png", "A0")
    made.photo("b1.png", "B1")
    made.photo("ab.png", "A2", "B0")
    made.photo("c0.png", "C0")
    made.photo("a1.png", "A1")
    return made


@pytest.fixture
def open_desk(qapp: QApplication, tmp_path: Path) -> Iterator[OpenDesk]:
    """Return a function that opens a window; what is open at the end is closed."""
    desks: list[Desk] = []

    def make(
        *given: Path,
        analyser: PaintedAnalyser | None = None,
        library: Path | None = None,
        settings: QSettings | None = None,
        calibrator: FakeCalibrator | None = None,
        embedders: Embedders | None = None,
        gallery: Callable[[Gallery], Gallery] | None = None,
        judge: Judge = judging.judge,
        guesses: bool = False,
        wait: bool = True,
    ) -> Desk:
        config = Config(library_dir=library or tmp_path / "library", workers=2)
        seer = analyser or PaintedAnalyser()
        desk_calibrator = calibrator or FakeCalibrator()

        def open_with_fakes() -> Services:
            opened = open_services(config, analyser=seer)
            return replace(
                opened,
                calibrator=desk_calibrator,
                embedders=embedders or opened.embedders,
                groups=opened.groups if guesses else NoGuesses(),
                gallery=gallery(opened.gallery) if gallery is not None else opened.gallery,
            )

        window = MainWindow(open_with_fakes, given=given, settings=settings, judge=judge)
        window.session._refresh.setInterval(20)
        window.grouping.after_decision_ms = window.grouping.after_photos_ms = window.grouping.after_opening_ms = 20
        desk = Desk(window, config, guesses=guesses)
        desks.append(desk)
        window.show()
        window.start()
        if wait:
            wait_until(lambda: window.session.is_open, "the library")
            desk.settle()
        return desk

    yield make
    for desk in desks:
        desk.close()
        desk.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def desk(open_desk: OpenDesk, album: Album) -> Desk:
    """Return a window that has read the album."""
    return open_desk(album.folder)


def colour_at(pixmap: QPixmap, x: float, y: float) -> tuple[int, int, int]:
    """Return the red, green and blue of a pixmap at fractions of its width and height."""
    image = pixmap.toImage()
    found: QColor = image.pixelColor(int(x * (image.width() - 1)), int(y * (image.height() - 1)))
    return found.red(), found.green(), found.blue()


def scores(desk: Desk) -> Sequence[float]:
    return [tile.score for tile in desk.tiles() if tile.score is not None]
