"""The window with the bundled models, on the portraits that the project carries, and no socket anywhere.

The whole program runs in a process of its own, in which every use of Python's sockets is refused.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import traceback
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QTimer, QUrl
from PySide6.QtWidgets import QApplication

from faceapp.ui.main_window import MainWindow

ROOT = Path(__file__).parent.parent.parent
PORTRAITS = ROOT / "tests" / "portraits"
SCANNED = ("obama.jpg", "obama2.jpg", "obama3.jpg", "biden.jpg", "astronaut.png", "grace_hopper.jpg")
THREE = {"obama.jpg", "obama2.jpg", "obama3.jpg"}

PROGRAM = """
import sys
def refuse(event, args):
    if event.startswith("socket."):
        raise RuntimeError("a socket was used: " + event)
sys.addaudithook(refuse)
from tests.ui.test_window_real import run
sys.exit(run(sys.argv[1:]))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what the window showed, step by step."""
    folder = tmp_path_factory.mktemp("window")
    album = folder / "album"
    album.mkdir()
    for name in SCANNED:
        shutil.copy(PORTRAITS / name, album / name)
    outside = folder / "outside.jpg"
    shutil.copy(PORTRAITS / "biden.jpg", outside)
    home = folder / "home"
    home.mkdir()
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "--library", str(folder / "library"), str(album)],
        cwd=ROOT,
        env=env | {"FACEAPP_TEST_QUERY": str(outside)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_every_portrait_is_read(told: dict[str, list[str]]) -> None:
    assert set(told["photos"]) == set(SCANNED)
    assert told["problems"] == ["Problems, 0"]
    assert set(told["faces"]) >= {"obama.jpg", "biden.jpg", "astronaut.png", "grace_hopper.jpg"}


def test_a_click_finds_the_person_and_nobody_else(told: dict[str, list[str]]) -> None:
    assert told["click"][0] == "obama.jpg"  # itself
    assert set(told["click"]) == THREE & set(told["faces"])
    assert len(told["click"]) >= 2


def test_a_dropped_picture_finds_the_person(told: dict[str, list[str]]) -> None:
    assert told["drop"] == ["biden.jpg"]
    assert told["chips"] == ["outside.jpg"]


def test_a_name_lasts_and_no_thread_is_left(told: dict[str, list[str]]) -> None:
    assert told["people"] == ["Joe Biden"]
    assert told["threads"] == []


def test_no_socket_was_opened(told: dict[str, list[str]]) -> None:
    assert told["socket"] == ["a socket was used: socket.__new__"]  # the guard was on guard, and met nothing before
    assert told["network modules"] == []


# What runs in the process of its own


def run(arguments: list[str]) -> int:
    """Run the program with a user who looks around, print what was seen, and return the exit code."""
    from faceapp import app

    QApplication(["faceapp"])
    QTimer.singleShot(0, look_around)
    return app.main(arguments)


def look_around() -> None:
    try:
        print(json.dumps(use(*[w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)])), flush=True)
        QApplication.exit(0)
    except BaseException:
        traceback.print_exc()
        QApplication.exit(1)


def use(window: MainWindow) -> dict[str, list[str]]:
    from faceapp.config import Config
    from tests.ui.window import Desk, wait_until

    desk = Desk(window, Config())
    wait_until(lambda: window.session.is_open, "the library")
    desk.settle()
    seen = {"photos": names(desk), "problems": [desk.count("problems")]}
    desk.page("faces")
    seen["faces"] = names(desk)
    at = seen["faces"].index("obama.jpg")
    desk.click(window.grid.tiles.id_at(at))
    seen["click"] = names(desk)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(os.environ["FACEAPP_TEST_QUERY"])])
    assert desk.drop(mime, window.grid.viewport())
    seen["drop"] = names(desk)
    seen["chips"] = [chip.label() for chip in desk.chips()]
    desk.button(desk.bar.name_button)
    desk.name("Joe Biden")
    seen["people"] = [person.name for person in desk.services.reader.people()]
    desk.close()
    mine = ("scan", "hnsw")
    seen["threads"] = [thread.name for thread in threading.enumerate() if thread.name.startswith(mine)]
    seen["network modules"] = [module for module in sys.modules if module.startswith("PySide6.QtNetwork")]
    seen["socket"] = []
    try:
        socket.socket()
    except RuntimeError as error:
        seen["socket"] = [str(error)]
    return seen


def names(desk: object) -> list[str]:
    """Return the file names of what the grid shows, in order."""
    from tests.ui.window import Desk

    assert isinstance(desk, Desk)
    tiles, reader = desk.window.grid.tiles, desk.services.reader
    if tiles.kind == "photo":
        photo_ids = tiles.ids.tolist()
    else:
        photo_ids = [face.photo_id for face in reader.faces(tiles.ids.tolist())]
    return [reader.photos([photo_id])[0].path.name for photo_id in photo_ids]
