"""The viewer and what lies over the window: how each is brought to the screen, and put away again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from faceapp.ui.widgets.crash_dialog import CrashDialog
from screenshots import album
from screenshots.camera import run_until
from screenshots.stage import OTHERS, Shown, Stage, page

_CRASH = """Faceapp 0.1.0, Python 3.13.1, Qt 6.10.1, Linux

Traceback (most recent call last):
  File "faceapp/ui/widgets/timeline.py", line 88, in mouseMoveEvent
    self.moved.emit(self._years[self._row_at(event.position().y())])
IndexError: list index out of range
"""


# The viewer


@page(OTHERS, "viewer")
def viewer(stage: Stage) -> Shown:
    yield from _viewed(stage, "obama2.jpg")


@page(OTHERS, "viewer-information")
def viewer_information(stage: Stage) -> Shown:
    stage.window.viewer.actions_by_id["info"].setChecked(True)
    yield from _viewed(stage, "leni 2.jpg")
    stage.window.viewer.actions_by_id["info"].setChecked(False)


@page(OTHERS, "viewer-panorama")
def viewer_panorama(stage: Stage) -> Shown:
    yield from _viewed(stage, next(file for file, width, height, _ in album.LANDSCAPES if width > 4 * height))


@page(OTHERS, "viewer-drawing")
def viewer_drawing(stage: Stage) -> Shown:
    shown = _viewed(stage, "q 2.jpg")
    next(shown)
    viewer = stage.window.viewer
    viewer.actions_by_id["draw"].setChecked(True)
    area, left = viewer.view.picture_rect(), Qt.MouseButton.LeftButton
    start, end = (area.topLeft() + QPoint(round(area.width() * x), round(area.height() * y)) for x, y in _DRAWN)
    QTest.mousePress(viewer.drawing, left, pos=start.toPoint())
    QTest.mouseMove(viewer.drawing, end.toPoint())
    yield None
    viewer.actions_by_id["draw"].setChecked(False)
    next(shown, None)


_DRAWN = ((0.3, 0.18), (0.78, 0.76))


def _viewed(stage: Stage, file: str) -> Shown:
    stage.page("photos")
    tiles = stage.window.grid.tiles
    reader = stage.window.session.services.reader
    photo = next(one.id for one in reader.photos(tiles.ids.tolist()) if one.path.name == file)
    stage.window.viewing.open(photo)
    stage.settle()
    yield None
    stage.window.viewer.close_viewer()


# What lies over the window


@page(OTHERS, "palette")
def palette(stage: Stage) -> Shown:
    stage.page("photos")
    stage.do("palette")
    stage.window.command_palette.view.line.setText(stage.letters)
    stage.settle()
    yield None
    stage.window.command_palette.view.leave()


@page(OTHERS, "completions")
def completions(stage: Stage) -> Shown:
    stage.page("photos")
    field = stage.window.top_bar.search
    field.setFocus()
    QTest.keyClicks(field, "ma 2012")
    stage.settle()
    yield None
    field.leave()
    stage.window.grid.setFocus()


@page(OTHERS, "face-picker")
def face_picker(stage: Stage) -> Shown:
    stage.page("photos")
    stage.window.intake.take_paths([stage.places.couple])
    run_until(lambda: stage.window.searching.dialog is not None, "the question which face is meant")
    dialog = stage.window.searching.dialog
    assert dialog is not None
    yield dialog
    dialog.reject()


@page(OTHERS, "crash")
def crash(stage: Stage) -> Shown:
    dialog = CrashDialog(_CRASH, stage.window)
    dialog.count_one_more()
    dialog.show()
    yield dialog
    dialog.close()


def _preferences(name: str) -> Callable[[Stage], Shown]:
    def show(stage: Stage) -> Shown:
        stage.window.preferences.show_page(name)
        stage.settle()
        yield stage.window.preferences.dialog
        assert stage.window.preferences.dialog is not None
        stage.window.preferences.dialog.close()

    return show


for _name in ("folders", "models", "thresholds", "performance", "language", "appearance", "privacy", "backups"):
    page(OTHERS, f"preferences-{_name}")(_preferences(_name))
