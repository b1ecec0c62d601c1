"""Reading folders, as the window tells of it: the sidebar's rows, the status strip, the notices."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QPoint, QStandardPaths, QTimer, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from faceapp.scan.walk import FolderError
from faceapp.types import Folder
from faceapp.types_scan import ScanProgress, ScanSummary
from faceapp.ui import words
from faceapp.ui.session import Overview, Session, sentence
from faceapp.ui.tasks import Tasks
from faceapp.ui.widgets.notice import NoticeBar
from faceapp.ui.widgets.reading_details import RECENT, ReadingDetails, ReadingFacts
from faceapp.ui.widgets.sidebar import FolderRow, FolderState, Sidebar
from faceapp.ui.widgets.status_strip import StatusStrip

_PATIENCE_MS: Final = 1000  # a scan that nobody asked for and that is over sooner is not told of


def pictures_folder() -> Path:
    """Return the user's Pictures folder, which need not exist."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))


def window_title(progress: ScanProgress | None) -> str:
    """Return the title, with how far reading is: task bars show it."""
    if progress is None or progress.walking or not progress.total:
        return "Faceapp"
    done = QCoreApplication.translate("Reading", "({percent}) Faceapp")
    return done.replace("{percent}", words.percent(progress.done / progress.total, 0))


class Reading(QObject):
    """Shows what the session reads and passes on what the user wants read. GUI thread only."""

    changed = Signal()  # a scan began, paused or ended
    problems_requested = Signal()

    def __init__(
        self,
        window: QWidget,
        session: Session,
        sidebar: Sidebar,
        status: StatusStrip,
        notice: NoticeBar,
        tasks: Tasks,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._sidebar = sidebar
        self._status = status
        self._notice = notice
        self._tasks = tasks
        self._started = False  # the folders were read once
        self._added: set[Path] = set()  # folders that the user chose and that were not read yet
        self._scanned: Sequence[Path] = ()  # by the scan that runs
        self._told = False  # of the scan that runs
        self._walking = False
        self._progress: ScanProgress | None = None
        self._recent: Sequence[str] = ()
        self.details = ReadingDetails(window)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._tell)
        session.overview_changed.connect(self._on_overview)
        session.scan_started.connect(self._on_started)
        session.scan_progressed.connect(self._on_progress)
        session.scan_ended.connect(self._on_ended)
        session.scan_failed.connect(self._on_failed)
        status.pause_toggled.connect(self.set_paused)
        status.gentle_toggled.connect(self.set_gentle)
        status.cancel_requested.connect(session.cancel_scan)
        status.problems_requested.connect(self.problems_requested)
        status.details_requested.connect(self.show_details)
        session.photos_saved.connect(self._on_saved)
        sidebar.folder_menu_requested.connect(self._folder_menu)

    @property
    def overview(self) -> Overview | None:
        return self._session.overview

    @property
    def told(self) -> bool:
        """Whether photos are being read and the user knows of it."""
        return self._told

    # What the user wants

    def add(self, folders: Sequence[Path]) -> None:
        """Add folders and read them."""
        if self._session.is_open and folders:
            self._added.update(folders)
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
        if (overview := self.overview) is not None:
            self._session.scan([folder.path for folder in overview.folders if folder.id in overview.online])

    @Slot(bool)
    def set_paused(self, paused: bool) -> None:
        self._session.set_paused(paused)
        self._status.set_paused(self._session.paused)
        self._show_details()
        self.changed.emit()

    @Slot(bool)
    def set_gentle(self, gentle: bool) -> None:
        self._session.set_gentle(gentle)
        self._status.set_gentle(gentle)
        self.changed.emit()

    @Slot()
    def show_details(self) -> None:
        """Open what there is to know of the scan that runs."""
        if self._told and self._progress is not None:
            self.details.set_facts(self._facts(self._progress))
            self.details.show_above(self._status)

    def _facts(self, progress: ScanProgress) -> ReadingFacts:
        overview = self.overview
        folders = overview.folders if overview is not None else ()
        asked = [folder for folder in folders if any(path.is_relative_to(folder.path) for path in self._scanned)]
        rows = [self._row(folder, overview) for folder in asked] if overview is not None else []
        return ReadingFacts(progress, self._session.paused, rows, self._recent)

    def _show_details(self) -> None:
        if self.details.isVisible() and self._progress is not None:
            self.details.set_facts(self._facts(self._progress))

    @Slot(object)
    def _on_saved(self, photo_ids: Sequence[int]) -> None:
        """Read the names of the files that came last, while somebody looks."""
        if self.details.isVisible() and photo_ids:
            reader, last = self._session.services.reader, sorted(photo_ids)[-RECENT:]
            self._tasks.run(
                lambda: [words.printable(photo.path.name) for photo in reader.photos(last)],
                done=self._on_recent,
                key="recent",
                owner=self,
            )

    def _on_recent(self, names: list[str]) -> None:
        self._recent = names[::-1]
        self._show_details()

    @Slot(object, QPoint)
    def _folder_menu(self, folder_id: int, where: QPoint) -> None:
        overview = self.overview
        folder = next((f for f in overview.folders if f.id == folder_id), None) if overview else None
        if overview is None or folder is None:
            return
        menu = QMenu(self._window)
        look = menu.addAction(self.tr("Look for New Photos"), partial(self._session.scan, [folder.path]))
        look.setEnabled(folder.id in overview.online)
        if folder.failed:
            menu.addAction(self.tr("Show Problems"), self.problems_requested.emit)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)

    # What happens

    @Slot(object)
    def _on_overview(self, overview: Overview) -> None:
        self._sidebar.set_counts(overview.counts)
        self._show_folders()
        if not self._started:
            self._started = True
            self.rescan()
        if not self._told:
            counts = overview.counts
            some = counts.photos or counts.failed
            self._status.set_idle(
                words.scan_result(counts.photos, counts.failed) if some else "", problems=counts.failed
            )

    def _show_folders(self) -> None:
        if (overview := self.overview) is not None:
            self._sidebar.set_folders([self._row(folder, overview) for folder in overview.folders])

    def _row(self, folder: Folder, overview: Overview) -> FolderRow:
        state: FolderState = "idle"
        if folder.id not in overview.online:
            state = "offline"
        elif self._told and self._is_read(folder):
            state = "scanning"
        elif folder.failed:
            state = "problems"
        return FolderRow(folder.id, words.folder_name(folder.path), folder.path, folder.photos, state, folder.failed)

    def _is_read(self, folder: Folder) -> bool:
        """Whether photos of a folder are being looked for, or wait to be read."""
        asked = any(path.is_relative_to(folder.path) for path in self._scanned)
        return asked and (self._walking or folder.pending > 0)

    @Slot(bool)
    def _on_started(self, quiet: bool) -> None:
        self._walking = True
        self._scanned = self._session.scanning or ()
        self._status.set_paused(False)
        if quiet:
            self._patience.start()
        else:
            self._tell()

    @Slot()
    def _tell(self) -> None:
        """Show that photos are being read."""
        self._told = True
        self._show_folders()
        self.changed.emit()

    @Slot(object)
    def _on_progress(self, progress: ScanProgress) -> None:
        self._walking = progress.walking
        self._progress = progress
        if self._told:
            self._status.set_progress(progress)
            self._window.setWindowTitle(window_title(progress))
            self._show_details()

    @Slot(object)
    def _on_ended(self, summary: ScanSummary) -> None:
        if self._added.intersection(self._scanned) and not summary.photos and not summary.cancelled:
            self._notice.show_notice(
                "info",
                self.tr("There are no photos in that folder. Add one that holds pictures, JPEG or PNG for example."),
            )
        self._after()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if self._told or not isinstance(error, FolderError):
            self._notice.show_notice("error", sentence(error))
        else:  # nobody asked, and a folder is gone: its row says so
            self._session.refresh_overview()
        self._after()

    def _after(self) -> None:
        """What was read is announced as it is saved; here only the end of it is told."""
        self._patience.stop()
        self._added.difference_update(self._scanned)
        told, self._told, self._scanned = self._told, False, ()
        self._progress, self._recent = None, ()
        self._window.setWindowTitle(window_title(None))
        self.details.hide()
        if told and self._session.is_open:
            self._session.refresh_overview()
            self._session.content_changed.emit()
        self.changed.emit()
