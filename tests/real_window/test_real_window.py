"""Faceapp as a program of its own on a virtual X server: real keys, and a drop that comes from another program.

What the window shows is read as a user would: its title and its pixels.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PORTRAITS = ROOT / "tests" / "portraits"
PHOTOS = ("obama.jpg", "obama2.jpg", "obama3.jpg", "biden.jpg")
SCREEN = (1600, 1000)
WAIT_S = 60.0  # until the test gives up
QUESTION = "^Name "  # how the title of the question for a name begins
NEEDED = ("Xvfb", "xdotool")


def missing() -> str:
    """Return why no window can be opened here, "" if one can."""
    if not sys.platform.startswith("linux"):
        return "a virtual X server is Linux's own"
    lacking = [name for name in NEEDED if shutil.which(name) is None]
    if lacking:
        return f"not installed here: {', '.join(lacking)}"
    from faceapp.app import what_the_screen_lacks

    return what_the_screen_lacks({"DISPLAY": ":0"}) or ""


pytestmark = [pytest.mark.skipif(bool(missing()), reason=missing() or "-"), pytest.mark.timeout(180)]


def wait_for(done: Callable[[], object], what: str) -> None:
    """Look again and again until it is so, or fail. The window is another program: nothing tells."""
    deadline = time.monotonic() + WAIT_S
    while not done():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited in vain for {what}")
        time.sleep(0.05)


@dataclass
class Screen:
    """A virtual screen with Faceapp on it."""

    display: str
    folder: Path
    log: Path

    @property
    def env(self) -> dict[str, str]:
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        places = {name: str(home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
        return os.environ | places | {"DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb", "LANGUAGE": "en"}

    def do(self, *words: object) -> str:
        """Run xdotool and return what it says."""
        done = subprocess.run(
            ["xdotool", *(str(word) for word in words)],
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
            timeout=WAIT_S,
        )
        return done.stdout.strip()

    def window(self, title: str) -> str:
        """Wait for a window that is shown and return its number."""
        wait_for(lambda: self.do("search", "--onlyvisible", "--name", title), f"the window {title}")
        return self.do("search", "--onlyvisible", "--name", title).split()[0]

    def start(self, *words: object) -> subprocess.Popen[bytes]:
        """Start another program on this screen."""
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *(str(word) for word in words)], cwd=ROOT, env=self.env, stdout=log, stderr=log
            )


@contextlib.contextmanager
def running(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """End a program when it is no longer needed."""
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    reader, writer = os.pipe()
    size = f"{SCREEN[0]}x{SCREEN[1]}x24"
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", size, "-nolisten", "tcp", "-noreset"]
    log = tmp_path / "log"
    with log.open("wb") as out:
        server = subprocess.Popen(command, pass_fds=[writer], stdout=out, stderr=out)
    os.close(writer)
    with running(server), os.fdopen(reader) as told:
        number = told.readline().strip()
        assert number, log.read_text()
        yield Screen(f":{number}", tmp_path, log)


def drag(screen: Screen, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Drag from one place of the screen to another, in steps: programs follow the pointer."""
    screen.do("mousemove", "--sync", *start, "mousedown", 1)
    for step in range(1, 11):
        share = step / 10
        x, y = (round(a + (b - a) * share) for a, b in zip(start, end, strict=True))
        screen.do("mousemove", "--sync", x, y)
    screen.do("mouseup", 1)


def ask(screen: Screen, library: Path, *words: str) -> list[dict[str, object]]:
    """Ask the command line, which reads the library while the window is open."""
    command = [sys.executable, "-m", "faceapp", *words, "--json", "--library", str(library)]
    done = subprocess.run(command, cwd=ROOT, env=screen.env, capture_output=True, text=True, check=False)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_keys_and_a_drop_from_another_program(screen: Screen) -> None:
    photos, outside = screen.folder / "photos", screen.folder / "outside.jpg"
    photos.mkdir()
    for name in PHOTOS:
        shutil.copy(PORTRAITS / name, photos / name)
    shutil.copy(PORTRAITS / "biden.jpg", outside)
    library = screen.folder / "library"
    with running(screen.start("-m", "faceapp", photos, "--library", library)) as faceapp:
        window = screen.window("Faceapp")
        screen.do("windowsize", "--sync", window, 1300, 1000)
        screen.do("windowfocus", "--sync", window)
        wait_for(lambda: len(ask(screen, library, "faces")) >= len(PHOTOS), "the photos to be read")

        # A picture is dragged out of another program and let go in Faceapp. What it found gets a name by the keyboard:
        # keys that ask for one only while a search is shown.
        source = ROOT / "tests" / "real_window" / "source.py"
        with running(screen.start(source, outside, 1400, 40)):
            screen.window("Drag source")
            drag(screen, (1480, 100), (700, 500))
            screen.do("windowfocus", "--sync", window)
            wait_for(lambda: asked_for_a_name(screen, window), "the question who was found")
        screen.do("windowfocus", "--sync", screen.window(QUESTION))  # what a window manager would do
        screen.do("type", "Joe")
        screen.do("key", "Return")
        wait_for(lambda: ask(screen, library, "people"), "the name")
        named = ask(screen, library, "people")
        assert [(person["name"], person["faces"]) for person in named] == [("Joe", 1)]
        files = {str(face["photo"]) for face in ask(screen, library, "faces") if face.get("person") == "Joe"}
        assert {Path(file).name for file in files} == {"biden.jpg"}

        screen.do("windowfocus", "--sync", window)
        screen.do("key", "ctrl+q")
        assert faceapp.wait(WAIT_S) == 0
    assert "Traceback" not in screen.log.read_text(errors="replace")


def asked_for_a_name(screen: Screen, window: str) -> bool:
    """Return whether the question for a name is there; if not, press the keys that ask it."""
    if screen.do("search", "--onlyvisible", "--name", QUESTION):
        return True
    screen.do("windowfocus", "--sync", window, "key", "ctrl+n")
    return False
