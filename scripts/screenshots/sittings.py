"""Sittings: each is one window, in a process of its own, for a language, a scale and a library."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from faceapp.app import open_library
from faceapp.config import Config
from faceapp.ui import language, motion, theme
from faceapp.ui.main_window import MainWindow
from screenshots.camera import Camera, run_until, settle
from screenshots.libraries import Places
from screenshots.overlays import OTHERS
from screenshots.pages import MAIN
from screenshots.stage import Page, Stage

_SIZE = 1440, 900


@dataclass(frozen=True)
class Sitting:
    """``suffix`` stands in the names of the pictures, before the scheme."""

    library: str
    suffix: str = ""
    schemes: tuple[str, ...] = ("light",)
    language: str = "en"
    scale: float = 1.0
    all_pages: bool = False

    def name(self, page: str, scheme: str) -> str:
        return "-".join(part for part in (page, self.suffix, scheme) if part)

    @property
    def environment(self) -> dict[str, str]:
        return {"QT_SCALE_FACTOR": str(self.scale)}


BOTH = ("dark", "light")
SITTINGS: Mapping[str, Sitting] = {
    "start": Sitting("start", schemes=BOTH),
    "usual": Sitting("usual", schemes=BOTH, all_pages=True),
    "start-zh": Sitting("start", "zh", language="zh_CN"),
    "usual-zh": Sitting("usual", "zh", language="zh_CN", all_pages=True),
    "usual-150": Sitting("usual", "150", schemes=BOTH, scale=1.5),
    "0": Sitting("0", "0"),
    "1": Sitting("1", "1"),
    "40000": Sitting("40000", "40000"),
}
_START = ("first-start", "reading", "closing", "first-name")


def pages_of(name: str) -> tuple[str, ...]:
    """Return the names of the pages that a sitting photographs."""
    sitting = SITTINGS[name]
    if sitting.library == "start":
        return _START
    return (*MAIN, *OTHERS) if sitting.all_pages else tuple(MAIN)


def sit(name: str, places: Places, out: Path, only: str) -> int:
    """Photograph all pages of a sitting that are wanted; return how many pictures were taken."""
    sitting = SITTINGS[name]
    app = QApplication([])
    app.setCursorFlashTime(0)
    theme.apply(app, "light")
    motion.choose("less")
    language.install(app, sitting.language)
    library = places.home / "Faceapp" / "library"
    shutil.rmtree(library, ignore_errors=True)
    if places.library(sitting.library).exists():
        shutil.copytree(places.library(sitting.library), library)
    with _window(Config(library_dir=library, language=sitting.language)) as window:
        camera = Camera(window, out, sitting.name, sitting.schemes, only)
        if sitting.library == "start":
            _begin(window, camera, places)
        else:
            _show(Stage(window, places), camera, sitting)
        return camera.taken


@contextmanager
def _window(config: Config) -> Iterator[MainWindow]:
    window = MainWindow(lambda: open_library(config))
    window.resize(*_SIZE)
    window.show()
    window.start()
    try:
        run_until(lambda: window.session.overview is not None, "the library")
        yield window
    finally:
        window.closing.quit()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _show(stage: Stage, camera: Camera, sitting: Sitting) -> None:
    window = stage.window
    run_until(lambda: window.session.scanning is None and not window.grouping.waiting, "the scan at the start")
    settle(window)
    if sitting.library == "usual":
        stage.subject, stage.somebody = stage.face("obama.jpg"), stage.person("Grace Hopper")
        stage.letters = "命名" if sitting.language == "zh_CN" else stage.letters
    elif sitting.library != "0":
        stage.subject = _a_face(stage)
    pages: dict[str, Page] = MAIN | OTHERS if sitting.all_pages else MAIN
    for name, page in pages.items():
        if camera.wants(name):
            begun = time.monotonic()
            with page(stage) as widget:
                camera.take(name, widget)
            print(f"  {name} {time.monotonic() - begun:.1f} s", flush=True)


def _a_face(stage: Stage) -> int:
    """Return a face of the person with most."""
    overview = stage.window.session.overview
    assert overview is not None
    person = overview.people[0]
    stage.somebody = person.id
    return int(stage.window.session.services.people_reader.person_faces(person.id).face_ids[0])


def _begin(window: MainWindow, camera: Camera, places: Places) -> None:
    """Photograph the first minutes with a library."""
    settle(window)
    camera.take("first-start")
    if not any(camera.wants(page) for page in _START[1:]):
        return
    window.reading.add([places.pictures.resolve()])
    run_until(lambda: window.grid.tiles.rowCount() >= 12, "the first photos")
    window.reading.set_paused(True)
    settle(window)
    window.reading.show_details()
    camera.take("reading")
    window.reading.details.hide()
    window.close()
    assert window.closing.dialog is not None
    camera.take("closing", window.closing.dialog)
    window.closing.dialog.reject()
    window.reading.set_paused(False)
    run_until(lambda: window.session.scanning is None and not window.grouping.waiting, "the end of the scan")
    settle(window)
    camera.take("first-name")


def environment(places: Places, sitting: Sitting | None = None) -> dict[str, str]:
    """Return the environment of a process that knows nothing of the user's own settings."""
    home = str(places.home)
    own = {"HOME": home, "USERPROFILE": home, "QT_QPA_PLATFORM": "offscreen"}
    own |= {f"XDG_{kind}_HOME": f"{home}/.{kind.lower()}" for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    return dict(os.environ) | own | (sitting.environment if sitting is not None else {})
