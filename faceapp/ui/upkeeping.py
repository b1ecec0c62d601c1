"""Looking after the open library: its folders, its backups, and forgetting for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

from faceapp.types import Folder
from faceapp.types_upkeep import Backup, Forgetting, Part, Stored
from faceapp.ui import upkeep_words, words
from faceapp.ui.overview import Overview
from faceapp.ui.session import Session, sentence
from faceapp.ui.tasks import Tasks
from faceapp.ui.widgets.preferences.backups_page import BackupsPage
from faceapp.ui.widgets.preferences.confirmation import EraseConfirmation, ForgetConfirmation
from faceapp.ui.widgets.preferences.folders_page import FolderLine, FoldersPage
from faceapp.ui.widgets.preferences.page import PreferencesPage
from faceapp.ui.widgets.preferences.privacy_page import PrivacyPage


class Upkeeping(QObject):
    """Fills three pages of the preferences and does what is asked on them. GUI thread only."""

    said = Signal(str)  # for the status strip
    forgot = Signal()  # somebody, or everything: what was searched for may hold names

    def __init__(
        self, session: Session, tasks: Tasks, folders: FoldersPage, privacy: PrivacyPage, backups: BackupsPage
    ) -> None:
        super().__init__(session)
        self._session = session
        self._tasks = tasks
        self._folders, self._privacy, self._backups = folders, privacy, backups
        self._then: Callable[[], None] | None = None  # when no scan runs any more
        self._outcome: tuple[PreferencesPage, str | Exception] | None = None  # of what was done while closed
        self._places: dict[Part, Path] = {}
        folders.remove_requested.connect(self.ask_to_remove)
        privacy.open_requested.connect(_show_in_folder)
        privacy.forget_requested.connect(self.ask_to_forget)
        privacy.erase_requested.connect(self.ask_to_erase)
        backups.back_up_requested.connect(self.back_up)
        backups.save_requested.connect(self._save)
        backups.choose_requested.connect(self._choose)
        backups.restore_requested.connect(self.ask_to_restore)
        backups.open_requested.connect(self._open_backups)
        session.overview_changed.connect(self.show_folders)
        session.scan_started.connect(self.show_folders)
        session.scan_ended.connect(self._on_idle)
        session.scan_failed.connect(self._on_idle)
        session.opened.connect(self._on_opened)

    @Slot()
    def load(self) -> None:
        """Look anew at what is kept where."""
        if self._session.is_open and not self._session.reopening:
            upkeep = self._session.services.upkeep
            self._tasks.run(upkeep.stored, done=self._on_stored, failed=self._fail(self._privacy), key="stored")
            self._tasks.run(upkeep.backups, done=self._on_backups, failed=self._fail(self._backups), key="backups")
            self.show_folders()

    def _on_stored(self, stored: Sequence[Stored]) -> None:
        self._places = {one.part: one.path for one in stored}
        self._privacy.set_stored(stored)

    def _on_backups(self, backups: Sequence[Backup]) -> None:
        self._backups.set_backups(backups)

    # Folders

    @Slot()
    def show_folders(self) -> None:
        overview = self._session.overview
        if overview is not None:
            self._folders.set_folders([self._line(folder, overview) for folder in overview.folders])

    def _line(self, folder: Folder, overview: Overview) -> FolderLine:
        reading = any(path.is_relative_to(folder.path) for path in self._session.scanning or ())
        said = upkeep_words.folder_state(folder, online=folder.id in overview.online, reading=reading)
        return FolderLine(folder.id, folder.path, said)

    @Slot(object)
    def ask_to_remove(self, folder_id: int) -> None:
        overview = self._session.overview
        folder = next((f for f in overview.folders if f.id == folder_id), None) if overview is not None else None
        if folder is not None:
            title = self.tr("Remove {folder}?").replace("{folder}", words.folder_name(folder.path))
            verb, act = self.tr("Remove"), partial(self.remove, folder)
            _ask(self._folders, title, upkeep_words.removing(folder), verb, self.tr("Cancel"), act)

    def remove(self, folder: Folder) -> None:
        """Take a folder out of the library; what else was being read goes on after that."""
        others = [path for path in self._session.scanning or () if not path.is_relative_to(folder.path)]

        def work() -> int:
            return services.folders.remove_folder(folder.id)

        def done(photos: int) -> None:
            self._folders.set_error("")
            self._session.announce_guessed()
            if others:
                self._session.scan(others, quiet=True)
            self.said.emit(upkeep_words.removed(words.folder_name(folder.path), photos))
            self.load()

        services = self._session.services
        failed = self._fail(self._folders)
        self._when_idle(lambda: self._tasks.run(work, done=done, failed=failed, priority=1, owner=self))

    # Forgetting

    @Slot()
    def ask_to_forget(self) -> None:
        overview = self._session.overview
        people = overview.people if overview is not None else ()
        dialog = ForgetConfirmation(people, self._privacy.window())
        upkeep = self._session.services.upkeep

        def tell(goes: Forgetting) -> None:
            dialog.set_words(goes.person_id, upkeep_words.what_goes(goes))

        def ask(person_id: int) -> None:
            work = partial(upkeep.forgetting, person_id)
            self._tasks.run(work, done=tell, failed=self._fail(self._privacy), key="forgetting", owner=dialog)

        dialog.asked.connect(ask)
        dialog.accepted.connect(lambda: self._forget(dialog))
        _open(dialog)

    def _forget(self, dialog: ForgetConfirmation) -> None:
        person = dialog.person()
        if person is None:
            return
        work = partial(self._session.services.upkeep.forget_person, person.id, backups=dialog.backups)

        def done(_: None) -> None:
            self._privacy.set_error("")
            self._session.announce_guessed()
            self.forgot.emit()
            self.said.emit(upkeep_words.forgotten(person.name))
            self.load()

        self._tasks.run(work, done=done, failed=self._fail(self._privacy), priority=1, owner=self)

    @Slot()
    def ask_to_erase(self) -> None:
        dialog = EraseConfirmation(upkeep_words.erasing(), self._privacy.window())
        dialog.accepted.connect(lambda: self._erase(folders=dialog.folders, backups=dialog.backups))
        _open(dialog)

    def _erase(self, *, folders: bool, backups: bool) -> None:
        self.forgot.emit()
        work = partial(self._session.services.upkeep.erase, folders=folders, backups=backups)
        self._do_closed(self._privacy, work, upkeep_words.erased())

    # Backups

    @Slot()
    def back_up(self, target: Path | None = None) -> None:
        """Make a backup, by default beside the others."""
        self._backups.set_busy(self.tr("Being copied…"))
        work = partial(self._session.services.upkeep.back_up, target)
        self._tasks.run(work, done=self._on_backed_up, failed=self._fail(self._backups), owner=self)

    def _on_backed_up(self, backup: Backup) -> None:
        self._backups.set_error("")
        self._backups.set_busy("")
        self._backups.state.set_hint(upkeep_words.backed_up(backup))
        self.load()

    @Slot()
    def _save(self) -> None:
        name = f"faceapp-{datetime.now():%Y-%m-%d}.sqlite"
        chosen, _ = QFileDialog.getSaveFileName(self._backups, self.tr("Save a copy of the library"), name)
        if chosen:
            self.back_up(Path(chosen))

    @Slot()
    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self._backups, self.tr("Put back a copy of the library"))
        if chosen:
            self.ask_to_restore(Path(chosen))

    @Slot(object)
    def ask_to_restore(self, path: Path) -> None:
        self._tasks.run(partial(_made, path), done=partial(self._ask_to_restore, path), owner=self)

    def _ask_to_restore(self, path: Path, made: datetime) -> None:
        def restore() -> None:
            work = partial(self._session.services.upkeep.restore, path)
            self._do_closed(self._backups, work, upkeep_words.restored(made))

        title, verb = self.tr("Put this backup back?"), self.tr("Restore")
        _ask(self._backups, title, upkeep_words.restoring(made), verb, self.tr("Cancel"), restore)

    @Slot()
    def _open_backups(self) -> None:
        if Part.BACKUPS in self._places:
            _show_in_folder(self._places[Part.BACKUPS])

    # One after the other

    def _do_closed(self, page: PreferencesPage, work: Callable[[], object], done: str) -> None:
        """Do something while the library is closed; whatever comes of it, the library is opened again."""
        self._backups.set_busy(self.tr("The library is being opened anew…"))

        def between() -> None:
            try:
                work()
            except Exception as error:  # told when the library is open again
                self._outcome = page, error
            else:
                self._outcome = page, done

        self._when_idle(partial(self._session.reopen, between))

    @Slot()
    def _on_opened(self) -> None:
        outcome, self._outcome = self._outcome, None
        self._backups.set_busy("")
        if outcome is not None:
            page, said = outcome
            page.set_error(sentence(said) if isinstance(said, Exception) else "")
            if isinstance(said, str):
                self.said.emit(said)
        if self._privacy.window().isVisible():
            self.load()

    def _when_idle(self, then: Callable[[], None]) -> None:
        """Stop reading, and do something when it has come to its end."""
        if self._session.scanning is None:
            then()
        else:
            self._then = then
            self._session.cancel_scan()

    @Slot()
    def _on_idle(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()
        self.show_folders()

    def _fail(self, page: PreferencesPage) -> Callable[[Exception], None]:
        def failed(error: Exception) -> None:
            self._backups.set_busy("")
            page.set_error(sentence(error))

        return failed


def _made(path: Path) -> datetime:
    """Return when a backup was made, on a worker."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _show_in_folder(path: Path) -> None:
    """Show a file or folder; where it is not there yet, the folder that it will lie in."""
    here = path if path.is_dir() else path.parent
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(here)))


def _open(dialog: QDialog) -> None:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _ask(parent: QWidget, title: str, text: str, verb: str, cancel: str, act: Callable[[], None]) -> None:
    """Ask whether something shall be done; the window behind goes on living."""
    box = QMessageBox(parent.window())
    box.setWindowTitle(title)
    box.setText(title)
    box.setInformativeText(text)
    yes = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(cancel, QMessageBox.ButtonRole.RejectRole))
    box.buttonClicked.connect(lambda button: act() if button is yes else None)
    _open(box)
