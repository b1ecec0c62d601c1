"""From an empty library to exported photos by the keyboard alone, with the bundled models.

Every step goes in as keys to whatever has the focus, by the way that the window system's own keys take. What the
window shows is only read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import cv2
import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from faceapp.app import open_library
from faceapp.config import Config
from faceapp.types_people import QuestionKind
from faceapp.ui.main_window import MainWindow
from tests.ui.window import wait_until

pytestmark = [pytest.mark.qt_log_ignore("This plugin does not support"), pytest.mark.timeout(240)]

PORTRAITS = Path(__file__).parent.parent / "portraits"
PEOPLE = {  # who is on which portrait
    "Obama": ("obama.jpg", "obama2.jpg", "obama3.jpg"),
    "Biden": ("biden.jpg",),
    "Eileen Collins": ("astronaut.png",),
    "Grace Hopper": ("grace_hopper.jpg",),
}
YEARS = range(2015, 2019)
QUESTIONS = 10


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of every portrait in four years: as it is, mirrored, and both of them darker."""
    made = tmp_path / "photos"
    made.mkdir()
    for name in (name for names in PEOPLE.values() for name in names):
        pixels = cv2.imread(str(PORTRAITS / name))
        high = 640 / max(pixels.shape[:2])
        pixels = cv2.resize(pixels, None, fx=high, fy=high, interpolation=cv2.INTER_AREA)
        for number, year in enumerate(YEARS):
            shown = cv2.flip(pixels, 1) if number % 2 else pixels
            shown = cv2.convertScaleAbs(shown, alpha=0.7) if number > 1 else shown
            path = made / f"{Path(name).stem} {year}.jpg"
            cv2.imwrite(str(path), shown)
            moment = datetime(year, 6, 1, 12).timestamp()
            os.utime(path, (moment, moment))
    return made


class Keyboard:
    """Somebody with a keyboard in front of the window, and nothing else."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    def press(self, keys: str) -> None:
        """Press a combination such as "Ctrl+N"."""
        if QGuiApplication.focusWindow() is None:  # a dialog was closed; a window manager would do this
            self.window.activateWindow()
        wait_until(lambda: QGuiApplication.focusWindow() is not None, "a window in focus")
        combination = QKeySequence(keys)[0]
        QTest.keyClick(QGuiApplication.focusWindow(), combination.key(), combination.keyboardModifiers())

    def type(self, text: str) -> None:
        for letter in text:
            QTest.keyClick(QGuiApplication.focusWindow(), letter)

    def settle(self) -> None:
        window, idle = self.window, 0

        def quiet() -> bool:
            nonlocal idle
            working = window.session.scanning or not window.tasks.idle or window.session._refresh.isActive()
            working = working or window.grouping.waiting or window.grouping.running or not window.reviewing.idle
            idle = 0 if working else idle + 1
            return idle >= 5

        wait_until(quiet, "an idle window")

    def do(self, keys: str) -> None:
        self.press(keys)
        self.settle()

    def to_the_grid(self) -> None:
        """Press Tab until the grid has the keyboard."""
        for _ in range(60):
            if QApplication.focusWidget() is self.window.grid:
                return
            self.press("Tab")
        raise AssertionError("Tab does not come to the grid")

    def choose_folder(self, keys: str, path: Path) -> None:
        """Press keys that open the dialog for folders, and type a path there."""
        self.press(keys)
        wait_until(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog), "the dialog for folders")
        wait_until(lambda: isinstance(QApplication.focusWidget(), QLineEdit), "its line")
        self.press("Ctrl+A")
        self.type(str(path))
        self.press("Return")

    # What is shown

    def photos(self) -> list[str]:
        tiles, reader = self.window.grid.tiles, self.window.session.services.reader
        assert tiles.kind == "photo"
        return sorted(photo.path.name for photo in reader.photos(tiles.ids.tolist()))

    def people(self) -> dict[str, int]:
        return {person.name: person.faces for person in self.window.session.services.reader.people()}

    def who(self, face_ids: list[int]) -> str:
        """Return whom most of these faces show, by the names of their files."""
        reader = self.window.session.services.reader
        files = [reader.photos([face.photo_id])[0].path.name for face in reader.faces(face_ids)]
        return max(PEOPLE, key=lambda name: sum(file.startswith(tuple(_stems(name))) for file in files))


def _stems(name: str) -> list[str]:
    return [f"{Path(file).stem} " for file in PEOPLE[name]]


@pytest.fixture
def keyboard(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Keyboard]:
    monkeypatch.setenv("HOME", str(tmp_path))
    config = Config(library_dir=tmp_path / "library", workers=2)
    window = MainWindow(lambda: open_library(config))
    window.session._refresh.setInterval(20)
    window.grouping.after_decision_ms = window.grouping.after_photos_ms = window.grouping.after_opening_ms = 20
    window.show()
    window.start()
    wait_until(lambda: window.session.is_open and window.isActiveWindow(), "the window")
    yield Keyboard(window)
    window.closing.choice = "stop"
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_from_the_first_folder_to_an_export(keyboard: Keyboard, folder: Path, tmp_path: Path) -> None:
    window = keyboard.window
    keyboard.settle()
    assert window.first_start.isVisible()

    # Add a folder: the dialog runs a loop of its own, so its keys are waiting for it.
    choose_in_a_loop(keyboard, "Ctrl+O", folder)
    for so_far in (6, 12, 18, 24):  # a busy machine is given its time for each
        wait_until(lambda some=so_far: photos_read(window) >= some, "all photos")
    keyboard.settle()

    # Find a person: the first face of her that the arrow keys come to.
    keyboard.do("Ctrl+2")
    keyboard.to_the_grid()
    keyboard.press("Home")
    for _ in range(window.grid.tiles.rowCount()):
        if keyboard.who([window.grid.current_id() or 0]) == "Obama":
            break
        keyboard.press("Right")
    keyboard.settle()
    keyboard.do("Ctrl+E")
    assert window.match_bar.isVisible()
    found = window.grid.tiles.ids.tolist()
    assert len(found) >= 6
    assert keyboard.who(found) == "Obama"

    # Name all that was found.
    keyboard.press("Ctrl+N")
    wait_until(lambda: QApplication.activeModalWidget() is not None, "the question for a name")
    keyboard.type("Obama")
    keyboard.do("Return")
    assert keyboard.people() == {"Obama": len(found)}
    keyboard.do("Ctrl+W")

    # Review: ten answers, or as many as there are questions.
    keyboard.do("Ctrl+5")
    answered = 0
    while (asked := window.review_page.question) is not None and answered < QUESTIONS:
        if asked.kind is QuestionKind.NAME:
            keyboard.type(keyboard.who(list(asked.faces)))
            keyboard.do("Return")
        else:
            keyboard.do("Y")
        answered += 1
    assert answered >= 3
    named = keyboard.people()
    assert {"Obama", "Biden", "Eileen Collins", "Grace Hopper"} >= set(named)
    assert len(named) >= 3

    # Undo the last answer, and do it again.
    keyboard.do("Ctrl+1")
    keyboard.do("Ctrl+Z")
    assert keyboard.people() != named
    keyboard.do("Ctrl+Shift+Z")
    assert keyboard.people() == named

    # Search by date.
    keyboard.press("Ctrl+F")
    keyboard.type("2017")
    keyboard.settle()
    keyboard.do("Return")
    assert keyboard.photos() == sorted(path.name for path in folder.iterdir() if "2017" in path.name)

    # Export the photos of the person who was named first.
    keyboard.do("Ctrl+3")
    keyboard.to_the_grid()
    keyboard.press("Home")
    people = [window.grid.tiles.tile(row).title for row in range(window.grid.tiles.rowCount())]
    for _ in range(people.index("Obama")):
        keyboard.press("Right")
    keyboard.settle()
    out = tmp_path / "out"
    out.mkdir()
    keyboard.choose_folder("Ctrl+Shift+Y", out)
    wait_until(lambda: not window.exporting.running and window.notice.isVisible(), "the export")
    exported = sorted(path.name for path in out.iterdir())
    assert len(exported) == window.session.services.people_reader.details(1).photos  # type: ignore[union-attr]
    assert exported
    assert all(name.startswith(("obama ", "obama2 ", "obama3 ")) for name in exported)


def photos_read(window: MainWindow) -> int:
    overview = window.session.overview
    return overview.counts.photos - overview.counts.pending if overview is not None else 0


def choose_in_a_loop(keyboard: Keyboard, keys: str, path: Path) -> None:
    """As ``choose_folder``, for a dialog that does not return before it is answered."""
    answered: list[bool] = []

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog) and isinstance(QApplication.focusWidget(), QLineEdit):
            again.stop()
            keyboard.press("Ctrl+A")
            keyboard.type(str(path))
            keyboard.press("Return")
            answered.append(True)

    again = QTimer(interval=10)
    again.timeout.connect(answer)
    again.start()
    keyboard.press(keys)
    again.stop()
    assert answered
