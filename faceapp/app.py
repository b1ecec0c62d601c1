"""``faceapp [FOLDER…]``: opens the window."""

from __future__ import annotations

import argparse
import ctypes
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from faceapp import __version__, logs
from faceapp.config import Config, load_config
from faceapp.errors import FaceappError
from faceapp.ports import Services
from faceapp.ui import icons, language, theme
from faceapp.ui.crashes import Crashes
from faceapp.ui.main_window import MainWindow
from faceapp.ui.watchdog import Watchdog


def main(arguments: Sequence[str]) -> int:
    """Open the window and return the exit code when it is closed."""
    args = _parse(arguments)
    missing = what_the_screen_lacks(os.environ)
    if missing is not None:
        print(f"faceapp: {missing}", file=sys.stderr)
        return 2
    logs.start()
    app = QApplication.instance() or QApplication(["faceapp"])
    assert isinstance(app, QApplication)
    app.setApplicationName("Faceapp")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("faceapp")
    theme.apply(app, "system")
    app.setWindowIcon(icons.icon("app"))
    try:
        config = load_config(args.library.absolute() if args.library else None)
    except FaceappError as error:
        print(f"faceapp: {error}", file=sys.stderr)
        return 2
    language.install(app, config.language)
    settings = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Faceapp", "window")
    window = MainWindow(
        lambda: open_library(load_config(config.library_dir)),
        given=[path.absolute() for path in args.folders],
        settings=settings,
    )
    crashes = Crashes(lambda: QApplication.activeModalWidget() or window, app)
    crashes.install()
    watchdog = Watchdog(app)
    window.closing.agreed.connect(watchdog.stop)  # closing waits for the photos in flight
    window.show()
    QTimer.singleShot(0, window.start)  # the heavy imports happen after the first paint
    watchdog.start()
    code: int = app.exec()
    watchdog.stop()
    crashes.uninstall()
    logs.stop()
    return code


def what_the_screen_lacks(environment: Mapping[str, str], plugin: Path | None = None) -> str | None:
    """Return in words why no window can open on Linux, None if one can: Qt itself would abort the process.

    ``plugin`` is Qt's plugin for X11, by default the one that came with it.
    """
    if not sys.platform.startswith("linux") or environment.get("QT_QPA_PLATFORM"):
        return None
    if environment.get("WAYLAND_DISPLAY"):
        return None
    if not environment.get("DISPLAY"):
        return "There is no screen to open a window on. The commands work without one: see `faceapp --help`."
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)
    try:
        ctypes.CDLL(str(plugin or Path(folder) / "platforms" / "libqxcb.so"))
    except OSError as error:
        return f"The window needs a system library that is missing ({error}). The README lists what to install."
    return None


def open_library(config: Config) -> Services:
    """Open a library as the window does."""
    from faceapp.bootstrap import (
        open_services,
    )  # imports OpenCV, onnxruntime and SQLAlchemy: not before the window shows

    return open_services(config, background=True)


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="faceapp", description="Open the window; folders given are added and read.")
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument(
        "--library", type=Path, metavar="DIR", help="the library folder (default: in the user's data folder)"
    )
    return parser.parse_args(arguments)
