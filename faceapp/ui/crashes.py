"""Errors that nobody caught, on whichever thread: into the log, and once to the user. Work goes on."""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QObject, QUrl, Signal, Slot, qVersion
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget
from shiboken6 import Shiboken

from faceapp import __version__, logs
from faceapp.ui.widgets.crash_dialog import CrashDialog

_log = logging.getLogger(__name__)
_Kind = tuple[type[BaseException], str, int]


@dataclass(frozen=True, slots=True)
class Crash:
    """An error that nobody caught. ``again``: the same line has failed in the same way before."""

    details: str
    again: bool


class Crashes(QObject):
    """Hears of errors on any thread, tells of them on the GUI thread. Made there.

    The same error is told of once: what fails at every repaint must not open a dialog at every repaint.
    """

    _happened = Signal(object)  # Crash

    def __init__(self, window: Callable[[], QWidget | None], parent: QObject | None = None) -> None:
        """``window`` tells over which window to say it."""
        super().__init__(parent)
        self._window = window
        self._lock = threading.Lock()
        self._known: set[_Kind] = set()
        self.dialog: CrashDialog | None = None  # while it is open
        self._happened.connect(self._tell)

    def install(self) -> None:
        """Hear of everything that nobody catches, until ``uninstall``."""
        sys.excepthook = self.caught
        threading.excepthook = self._on_thread

    def uninstall(self) -> None:
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Write an error down and tell of it. Any thread; Ctrl+C in a terminal ends the program."""
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.exit(130)
            return
        with self._lock:
            same = _kind_of(kind, trace)
            again = same in self._known
            self._known.add(same)
        if again:
            _log.error("uncaught error, as before: %s: %s", kind.__name__, error)
        else:
            _log.error("uncaught error", exc_info=(kind, error, trace))
        self._happened.emit(Crash("".join(traceback.format_exception(kind, error, trace)), again))

    def _on_thread(self, args: threading.ExceptHookArgs) -> None:
        if not issubclass(args.exc_type, SystemExit):
            self.caught(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)

    @Slot(object)
    def _tell(self, crash: Crash) -> None:
        if self.dialog is not None and Shiboken.isValid(self.dialog):  # it may have gone with its window
            self.dialog.count_one_more()
        elif not crash.again:
            self.dialog = CrashDialog(f"{machine()}\n\n{crash.details}", self._window())
            self.dialog.log_requested.connect(open_log)
            self.dialog.finished.connect(self._forget)
            self.dialog.show()

    @Slot()
    def _forget(self) -> None:
        self.dialog = None


def open_log() -> None:
    """Show the log, or the folder where it would be."""
    path = logs.log_file()
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path if path.is_file() else _nearest(path.parent))))


def machine() -> str:
    """Return what a report of an error must say first: versions, no names."""
    return f"Faceapp {__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}"


def _nearest(folder: Path) -> Path:
    return next(place for place in (folder, *folder.parents) if place.is_dir())


def _kind_of(kind: type[BaseException], trace: TracebackType | None) -> _Kind:
    """Return what tells one error from another: its type and the line that raised it."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return (kind, trace.tb_frame.f_code.co_filename, trace.tb_lineno) if trace is not None else (kind, "", 0)
