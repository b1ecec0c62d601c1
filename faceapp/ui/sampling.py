"""Sample photos for who wants to try it first: made on request, labelled, and gone with one click."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import platformdirs
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from faceapp.errors import FaceappError
from faceapp.ports import Services
from faceapp.types import Folder
from faceapp.ui.session import sentence
from faceapp.ui.widgets.notice import NoticeBar

if TYPE_CHECKING:
    from faceapp.ui.main_window import MainWindow

NAME: Final = "Sample photos"  # the folder, as the sidebar shows it


def sample_folder(library: Path) -> Path:
    """Return where the samples of a library are kept: among the program's own data, never among photos."""
    mark = hashlib.blake2b(str(library).encode(errors="surrogateescape"), digest_size=4).hexdigest()
    return Path(platformdirs.user_data_dir("Faceapp", appauthor=False)) / "samples" / mark / NAME


class Sampling(QObject):
    """Makes the samples, says what they are while they are shown, and removes them. GUI thread only."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._folder: Path | None = None  # resolved, as the library knows it
        self._dismissed = False
        self._leaving = False  # they go as soon as nothing is being read
        self.bar = NoticeBar()
        above(window, self.bar)
        self.bar.dismissed.connect(self._on_dismissed)
        window.first_start.samples_requested.connect(self.make)
        window.session.opened.connect(self._find)
        window.session.scan_ended.connect(self._go_on)
        window.session.scan_failed.connect(self._go_on)
        window.navigation.stack_shown.connect(self._show)

    @Slot()
    def make(self) -> None:
        """Make the samples and read them."""
        session = self._window.session
        if not session.is_open:
            return
        folder = sample_folder(session.services.config.library_dir)
        self._window.first_start.set_busy(True)

        def work() -> Path:
            from faceapp.imaging.samples import make_samples  # loads Pillow

            try:
                make_samples(folder)
            except OSError as error:
                raise FaceappError(
                    self.tr("The sample photos cannot be written to {folder} ({error}). Use a photo folder instead.")
                    .replace("{folder}", str(folder))
                    .replace("{error}", error.strerror or str(error))
                ) from error
            return folder.resolve()

        self._window.tasks.run(work, done=self._made, failed=self._failed)

    def _made(self, folder: Path) -> None:
        self._window.first_start.set_busy(False)
        self._folder = folder
        self._dismissed = False
        self._window.reading.add([folder])

    def _failed(self, error: Exception) -> None:
        self._window.first_start.set_busy(False)
        self._window.notice.show_notice("error", sentence(error))

    @Slot()
    def _find(self) -> None:
        """Ask whether this library has samples from an earlier day."""
        library = self._window.session.services.config.library_dir
        self._window.tasks.run(lambda: sample_folder(library).resolve(), done=self._found, owner=self)

    def _found(self, folder: Path) -> None:
        self._folder = folder
        self._show()

    @property
    def folder(self) -> Folder | None:
        """Return the folder of the samples as the library has it, None if it has none."""
        overview = self._window.session.overview
        folders = overview.folders if overview is not None else ()
        return next((folder for folder in folders if folder.path == self._folder), None)

    @Slot()
    def _show(self) -> None:
        folder, key = self.folder, self._window.pages.key
        here = folder is not None and key in (("photos",), ("folder", folder.id)) and not self._window.pages.answering
        if not here or self._dismissed:
            self.bar.hide()
        elif not self.bar.isVisibleTo(self._window):
            self.bar.show_notice(
                "info",
                self.tr("These are sample photos, to try Faceapp with."),
                (self.tr("Remove Them"), self.remove),
            )

    @Slot()
    def _on_dismissed(self) -> None:
        self._dismissed = True

    def remove(self) -> None:
        """Remove the samples: what was read of them, the names given to them, and the files."""
        self._leaving = True
        if self._window.session.scanning is not None:
            self._window.session.cancel_scan()
        else:
            self._go_on()

    @Slot()
    def _go_on(self) -> None:
        folder, session = self.folder, self._window.session
        if not self._leaving or not session.is_open:
            return
        self._leaving = False
        if folder is not None:
            services = session.services
            self._window.tasks.run(lambda: _remove(services, folder), done=self._removed, failed=self._failed)

    def _removed(self, _: None) -> None:
        self._window.session.announce_guessed()
        self._window.status.show_message(self.tr("The sample photos are gone"))


def above(window: MainWindow, bar: QWidget) -> None:
    """Put a bar over the pages, under the notice of the window."""
    centre = window.notice.parentWidget()
    column = centre.layout() if centre is not None else None
    assert isinstance(column, QVBoxLayout)
    column.insertWidget(column.indexOf(window.notice) + 1, bar)


def _remove(services: Services, folder: Folder) -> None:
    """Take the samples back, on a worker."""
    from faceapp.imaging.samples import remove_samples

    reader = services.reader
    faces = reader.faces(reader.face_ids(min_score=0.0, folder_id=folder.id).tolist())
    named = [face.id for face in faces if face.person_id is not None]
    if named:
        services.people.clear(named)
    services.folders.remove_folder(folder.id)
    remove_samples(folder.path)
    with suppress(OSError):
        folder.path.parent.rmdir()
