"""Changes on the disk show up by themselves, and drives come and go."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from faceapp.types import Folder
from faceapp.ui.watching import Watching
from tests.ui.services import Fakes, make
from tests.ui.window import wait_until


class Scene:
    """A library of two folders that is watched."""

    def __init__(self, fakes: Fakes, watching: Watching, one: Folder, two: Folder) -> None:
        self.fakes = fakes
        self.watching = watching
        self.one = one
        self.two = two

    def look(self) -> None:
        """Do what happens every ten seconds."""
        self.fakes.session.check_drives()
        self.fakes.settle()


@pytest.fixture
def scene(qtbot: QtBot, tmp_path: Path) -> Iterator[Scene]:
    fakes = make(tmp_path)
    made = Scene(
        fakes, Watching(fakes.session, fakes.tasks), fakes.folder(tmp_path / "one"), fakes.folder(tmp_path / "two")
    )
    fakes.open()
    yield made
    made.watching.close()
    fakes.close()
    assert all(watch.stopped for watch in fakes.watches)


def test_all_folders_are_watched_by_one_watch(scene: Scene) -> None:
    assert [watch.folders for watch in scene.fakes.watches] == [[scene.one.path, scene.two.path]]
    scene.fakes.refresh()
    assert len(scene.fakes.watches) == 1  # nothing changed


def test_a_change_is_read_quietly(scene: Scene) -> None:
    heard: list[bool] = []
    scene.fakes.session.scan_started.connect(heard.append)
    inside = scene.one.path / "2024"
    watcher = threading.Thread(target=scene.fakes.watches[0].on_change, args=[[inside]])
    watcher.start()
    watcher.join()
    wait_until(lambda: scene.fakes.scanner.calls, "the scan")
    scene.fakes.settle()
    assert scene.fakes.scanner.calls == [[inside]]
    assert heard == [True]


def test_a_change_during_the_scan_of_that_folder_is_read_after_it(scene: Scene) -> None:
    scene.fakes.scanner.hold()
    scene.fakes.session.scan([scene.one.path])
    scene.fakes.watches[0].on_change([scene.one.path])
    scene.fakes.scanner.let_go()
    scene.fakes.settle()
    assert scene.fakes.scanner.calls == [[scene.one.path], [scene.one.path]]


def test_a_folder_that_is_added_is_watched_too(scene: Scene, tmp_path: Path) -> None:
    added = scene.fakes.folder(tmp_path / "a new one")
    scene.fakes.refresh()
    assert scene.fakes.watches[0].stopped
    assert scene.fakes.watches[1].folders == [added.path, scene.one.path, scene.two.path]
    assert scene.fakes.scanner.calls == []  # whoever added it has it read


def test_a_drive_goes_and_comes_back(scene: Scene) -> None:
    elsewhere = scene.two.path.with_name("elsewhere")
    shutil.move(scene.two.path, elsewhere)
    scene.look()
    assert scene.fakes.watches[-1].folders == [scene.one.path]
    assert scene.fakes.scanner.calls == []
    shutil.move(elsewhere, scene.two.path)
    scene.look()
    assert scene.fakes.watches[-1].folders == [scene.one.path, scene.two.path]
    assert scene.fakes.scanner.calls == [[scene.two.path]]
    assert [watch.stopped for watch in scene.fakes.watches] == [True, True, False]


def test_without_a_folder_nothing_is_watched(scene: Scene) -> None:
    shutil.rmtree(scene.one.path)
    shutil.rmtree(scene.two.path)
    scene.look()
    assert len(scene.fakes.watches) == 1
    assert scene.fakes.watches[0].stopped


def test_without_a_watch_the_window_lives_on(scene: Scene, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    scene.fakes.watch_error = OSError("too many watches")
    crashes: list[Exception] = []
    scene.fakes.tasks.crashed.connect(crashes.append)
    scene.fakes.folder(tmp_path / "three")
    scene.fakes.refresh()
    assert "cannot be watched" in caplog.text
    assert crashes == []
    scene.fakes.session.scan([scene.one.path])
    scene.fakes.settle()
    assert scene.fakes.scanner.calls == [[scene.one.path]]


def test_closing_while_a_watch_is_made_leaves_none(qtbot: QtBot, tmp_path: Path) -> None:
    fakes = make(tmp_path)
    watching = Watching(fakes.session, fakes.tasks)
    fakes.folder(tmp_path / "one")
    begun, go_on, make_watch = threading.Event(), threading.Event(), fakes.watch

    def slowly(folders: list[Path], on_change: object) -> object:
        begun.set()
        assert go_on.wait(10)
        return make_watch(folders, on_change)  # type: ignore[arg-type]

    fakes.watch = slowly  # type: ignore[assignment, method-assign]
    fakes.session.open()
    wait_until(begun.is_set, "the watch")
    threading.Timer(0.05, go_on.set).start()
    watching.close()
    fakes.close()
    assert [watch.stopped for watch in fakes.watches] == [True]


def test_a_change_that_comes_with_the_end_is_not_read(scene: Scene) -> None:
    watcher = threading.Thread(target=scene.fakes.watches[0].on_change, args=[[scene.one.path]])
    watcher.start()
    watcher.join()
    scene.watching.close()
    scene.fakes.close()
    QCoreApplication.sendPostedEvents()  # it had not been heard yet
    assert scene.fakes.scanner.calls == []
