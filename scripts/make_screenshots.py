"""Draw the pictures of ``docs/screenshots`` from the portraits that the project carries.

    uv run python scripts/make_screenshots.py [--out docs/screenshots]

A small album is made of the portraits in ``tests/portraits`` (each with a few variants: mirrored, brighter,
cropped, turned), read by the real program into a library of its own, and the real window is photographed.
"""

from __future__ import annotations

import argparse
import datetime
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image, ImageEnhance, ImageOps
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from faceapp.bootstrap import open_services
from faceapp.config import Config
from faceapp.ui import theme
from faceapp.ui.main_window import MainWindow

ROOT = Path(__file__).resolve().parent.parent
PORTRAITS = ROOT / "tests" / "portraits"
EXIF_IFD, TAKEN, CAMERA, ORIENTATION = 0x8769, 0x9003, 0x0110, 0x0112


def cropped(picture: Image.Image) -> Image.Image:
    width, height = picture.size
    return picture.crop((width // 10, height // 20, width - width // 10, height - height // 6))


VARIANTS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "": lambda picture: picture,
    "-mirrored": ImageOps.mirror,
    "-bright": lambda picture: ImageEnhance.Brightness(picture).enhance(1.25),
    "-crop": cropped,
    "-grey": lambda picture: ImageOps.grayscale(picture).convert("RGB"),
    "-tilted": lambda picture: picture.rotate(7, Image.Resampling.BICUBIC, fillcolor=(60, 66, 72)),
}


def make_album(folder: Path) -> None:
    """Write the album: JPEG files with dates, one of them stored on its side."""
    folder.mkdir(parents=True)
    day = datetime.datetime(2012, 5, 4, 10, 30)
    for path in sorted(PORTRAITS.iterdir()):
        if path.suffix not in (".jpg", ".png") or "partial" in path.stem:
            continue
        original = Image.open(path).convert("RGB")
        original.thumbnail((1600, 1600))
        for suffix, change in VARIANTS.items():
            day += datetime.timedelta(days=37, hours=5)
            exif = Image.Exif()
            exif[CAMERA] = "Sample camera"
            exif.get_ifd(EXIF_IFD)[TAKEN] = f"{day:%Y:%m:%d %H:%M:%S}"
            picture = change(original)
            if suffix == "-bright":
                picture, exif[ORIENTATION] = picture.rotate(90, expand=True), 6
            picture.save(folder / f"{path.stem}{suffix}.jpg", quality=90, exif=exif)


def break_some(folder: Path) -> None:
    """Add files that cannot be read."""
    whole = (folder / "biden.jpg").read_bytes()
    (folder / "IMG_2041.jpg").write_bytes(whole[: len(whole) // 2])
    (folder / "IMG_2042.jpg").write_bytes(b"")
    (folder / "scan of a letter.png").write_text("Dear all,")


def run_until(done: Callable[[], bool]) -> None:
    """Run the event loop until a condition holds; give up after a minute."""
    end = time.monotonic() + 60
    loop = QEventLoop()
    poll = QTimer(interval=20)
    poll.timeout.connect(lambda: loop.quit() if done() or time.monotonic() > end else None)
    poll.start()
    loop.exec()
    poll.stop()
    if not done():
        raise TimeoutError("the window did not get there within a minute")


def settle(window: MainWindow) -> None:
    """Let answers and pictures arrive: until nothing has run for a little while."""
    quiet_since = time.monotonic()

    def quiet() -> bool:
        nonlocal quiet_since
        if not (window.tasks.idle and window.reviewing.idle):
            quiet_since = time.monotonic()
        return time.monotonic() - quiet_since > 0.4

    run_until(quiet)


class Camera:
    """Photographs the window, light and dark."""

    def __init__(self, window: MainWindow, out: Path) -> None:
        self._window = window
        self._out = out

    def take(self, name: str, widget: QWidget | None = None) -> None:
        for scheme in ("dark", "light"):
            self._window.actions_by_id[f"scheme_{scheme}"].trigger()
            settle(self._window)
            (widget or self._window).grab().save(str(self._out / f"{name}-{scheme}.png"))


def first_face(window: MainWindow, name: str) -> int:
    """Return the id of the best face in the photo of that name."""
    reader = window.session.services.reader
    photo = next(p for p in reader.photos(reader.photo_ids().tolist()) if p.path.name == name)
    return max(reader.faces_of_photo(photo.id, 0.5), key=lambda face: face.box.w * face.box.h).id


def photograph(window: MainWindow, out: Path, album: Path) -> None:
    camera = Camera(window, out)
    window.start()
    run_until(lambda: window.reading.overview is not None)
    camera.take("first-start")

    window.reading.add([album])
    run_until(lambda: window.grid.tiles.rowCount() >= 8)
    window.session.set_paused(True)
    camera.take("scanning")
    window.session.set_paused(False)
    run_until(lambda: window.session.scanning is None)
    settle(window)
    camera.take("photos")

    names = {"grace_hopper.jpg": "Grace Hopper", "astronaut.jpg": "Eileen Collins", "biden.jpg": "Joe Biden"}
    for file, name in names.items():
        window.searching.search_face(first_face(window, file))
        settle(window)
        window.session.name_faces(window.searching.face_ids(), name, failed=print)
        settle(window)
    window.searching.close()
    window.navigation.show_page(("faces",))
    settle(window)
    camera.take("faces")

    window.searching.search_face(first_face(window, "obama.jpg"))
    settle(window)
    window.grid.select_id(window.grid.tiles.id_at(2))
    window.grid.setFocus()
    camera.take("matches")
    camera.take("inspector", window.inspector)
    camera.take("slider", window.match_bar)
    window.searching.name_these()
    dialog = window.searching.dialog
    assert dialog is not None
    settle(window)
    camera.take("naming", dialog)
    dialog.reject()
    window.searching.search_face(first_face(window, "biden.jpg"), add=True)
    settle(window)
    camera.take("two-faces")
    window.viewing.open_current()
    settle(window)
    camera.take("viewer")
    window.viewer.close_viewer()
    window.searching.close()
    photograph_people(window, camera)

    window.navigation.show_page(("models",))
    settle(window)
    camera.take("models")

    break_some(album)
    window.reading.rescan()
    run_until(lambda: window.session.scanning is None)
    window.navigation.show_page(("problems",))
    settle(window)
    camera.take("problems")


def photograph_people(window: MainWindow, camera: Camera) -> None:
    """Photograph groups, people, a person, a question, a reason and the history."""
    run_until(lambda: not window.grouping.waiting)
    window.navigation.show_page(("people",))
    settle(window)
    window.grid.select_id(window.grid.tiles.id_at(0))
    camera.take("people")
    window.navigation.show_person(window.grid.tiles.id_at(0))
    settle(window)
    camera.take("person")
    window.navigation.show_page(("review",))
    settle(window)
    camera.take("review")
    window.navigation.show_page(("history",))
    settle(window)
    camera.take("history")
    window.why(first_face(window, "astronaut-mirrored.jpg"))
    settle(window)
    camera.take("why", window.explaining.panel)
    window.explaining.panel.reject()


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "screenshots")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    theme.apply(app, "light")
    with tempfile.TemporaryDirectory() as folder:
        album = Path(folder) / "Pictures"
        make_album(album)
        config = Config(library_dir=Path(folder) / "library")
        window = MainWindow(lambda: open_services(config, hnsw="background"))
        window.show()
        try:
            photograph(window, args.out, album)
        finally:
            window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
