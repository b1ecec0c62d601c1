"""Reading folders, as the window tells of it: the sidebar's rows, the status strip, the notices."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from faceapp.types import Folder, ScanProgress, ScanSummary
from faceapp.ui import words
from faceapp.ui.session import Overview, Session, sentence
from faceapp.ui.widgets.notice import NoticeBar
from faceapp.ui.widgets.sidebar import FolderRow, FolderState, Sidebar
from faceapp.ui.widgets.status_strip import StatusStrip


def pictures_folder() -> Path:
    """Return the user's Pictures folder, which need not exist."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))


class Reading(QObject):
    """Shows what the session reads and passes on what the user wants read. GUI thread only."""

    changed = Signal()  # a scan began, paused or ended

    def __init__(
        self, window: QWidget, session: Session, sidebar: Sidebar, status: StatusStrip, notice: NoticeBar
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._sidebar = sidebar
        self._status = status
        self._notice = notice
        self._overview: Overview | None = None
        session.overview_changed.connect(self._on_overview)
        session.scan_started.connect(self._on_started)
        session.scan_progressed.connect(self._on_progress)
        session.scan_ended.connect(self._on_ended)
        session.scan_failed.connect(self._on_failed)
        status.pause_toggled.connect(self.set_paused)
        status.cancel_requested.connect(session.cancel_scan)

    @property
    def overview(self) -> Overview | None:
        return self._overview

    # What the user wants

    def add(self, folders: Sequence[Path]) -> None:
        """Add folders and read them."""
        if self._session.is_open:
            self._session.scan(folders)

    def choose(self) -> None:
        """Ask for a folder."""
        chosen = QFileDialog.getExistingDirectory(self._window, self.tr("Add a photo folder"), str(pictures_folder()))
        if chosen:
            self.add([Path(chosen)])

    def add_pictures(self) -> None:
        self.add([pictures_folder()])

    def rescan(self) -> None:
        """Look for new photos in every folder that can be reached."""
        overview = self._overview
        if overview is not None:
            self._session.scan([folder.path for folder in overview.folders if folder.id in overview.online])

    @Slot(bool)
    def set_paused(self, paused: bool) -> None:
        self._session.set_paused(paused)
        self._status.set_paused(self._session.paused)
        self.changed.emit()

    # What happens

    @Slot(object)
    def _on_overview(self, overview: Overview) -> None:
        first, self._overview = self._overview is None, overview
        self._sidebar.set_counts(overview.counts)
        self._show_folders()
        if first:
            self.rescan()
        if self._session.scanning is None:
            counts = overview.counts
            some = counts.photos or counts.failed
            self._status.set_idle(
                words.scan_result(counts.photos, counts.failed) if some else "", problems=counts.failed
            )

    def _show_folders(self) -> None:
        if self._overview is not None:
            self._sidebar.set_folders([self._row(folder, self._overview) for folder in self._overview.folders])

    def _row(self, folder: Folder, overview: Overview) -> FolderRow:
        state: FolderState = "idle"
        if folder.id not in overview.online:
            state = "offline"
        elif folder.path == self._session.scanning:
            state = "scanning"
        elif folder.failed:
            state = "problems"
        return FolderRow(folder.id, words.folder_name(folder.path), folder.path, folder.photos, state)

    @Slot()
    def _on_started(self) -> None:
        self._status.set_paused(False)
        self._show_folders()
        self.changed.emit()

    @Slot(object)
    def _on_progress(self, progress: ScanProgress) -> None:
        if self._session.scanning is not None:
            self._status.set_progress(progress)

    @Slot(object)
    def _on_ended(self, summary: ScanSummary) -> None:
        if not summary.photos and not summary.cancelled:
            self._notice.show_notice(
                "info",
                self.tr("There are no photos in that folder. Add one that holds pictures, JPEG or PNG for example."),
            )
        self._after()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._notice.show_notice("error", sentence(error))
        self._after()

    def _after(self) -> None:
        if self._session.is_open:
            self._session.refresh_overview()
            self._session.content_changed.emit()
        self.changed.emit()
