"""Copying a person's photos into a folder of the user's own, beside the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, QStandardPaths, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from faceapp.interop.export import Exported, export_photos
from faceapp.jobs import CancelToken
from faceapp.ports import Services
from faceapp.types import Person, Standing
from faceapp.ui import error_words, words
from faceapp.ui.job import Job
from faceapp.ui.session import sentence

if TYPE_CHECKING:
    from faceapp.ui.main_window import MainWindow

_translate = QCoreApplication.translate
_HERS = (Standing.CONFIRMED, Standing.AUTOMATIC)  # what the person's page shows as hers


@dataclass(frozen=True, slots=True)
class _Outcome:
    name: str
    folder: Path
    done: Exported


class Exporting(QObject):
    """Asks for a folder, copies one person's photos into it, says how it went. GUI thread only."""

    changed = Signal()  # began or ended

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._dialog: QFileDialog | None = None
        self._job = Job("export", self)
        self._job.changed.connect(self.changed)
        self._job.progressed.connect(self._on_progress)
        self._job.ended.connect(self._on_ended)
        self._job.stopped.connect(self._on_stopped)
        self._job.failed.connect(self._on_failed)
        window.session.closing.connect(self._job.stop)
        window.session.users.append(partial(getattr, self._job, "running"))

    @property
    def running(self) -> bool:
        return self._job.running

    @property
    def person(self) -> Person | None:
        """Return whose photos would be exported: the one person who is selected, or whose page is shown."""
        verbs = self._window.people_pages.verbs
        chosen = verbs.chosen()
        if len(chosen.people) == 1 and not chosen.groups:
            return self._window.people_pages.asking.person(chosen.people[0])
        return verbs.person_of_page()

    def close(self) -> None:
        self._job.close()

    def choose(self) -> None:
        """Ask where the photos go. The window lives on behind the question."""
        person = self.person
        if person is None or self._job.running:
            return
        title = self.tr("Export the photos of {name}").replace("{name}", person.name)
        start = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation)
        dialog = self._dialog = QFileDialog(self._window, title, start)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, self.tr("Export"))
        dialog.fileSelected.connect(partial(self._on_folder, person))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_folder(self, person: Person, folder: str) -> None:
        self.export(person, Path(folder))

    def export(self, person: Person, folder: Path) -> None:
        """Copy the photos that show a person into a folder."""
        services = self._window.session.services
        text = self.tr("The photos of {name} are being copied to {folder}.")
        told = text.format(name=person.name, folder=words.printable(str(folder)))
        self._window.notice.show_notice("info", told, (self.tr("Stop"), self._job.stop))
        self._job.start(partial(_export, services, person, folder))

    @Slot(object)
    def _on_progress(self, progress: object) -> None:
        done, total = cast(tuple[int, int], progress)
        text = self.tr("Exporting: {done} of {photos}")
        self._window.status.show_message(text.format(done=words.number(done), photos=words.photos(total)))

    @Slot(object)
    def _on_ended(self, outcome: object) -> None:
        found = cast(_Outcome, outcome)
        show = (self.tr("Show folder"), partial(_open, found.folder))
        text = said(found.name, found.folder, found.done)
        self._window.notice.show_notice("warning" if found.done.problems else "info", text, show)

    @Slot()
    def _on_stopped(self) -> None:
        self._window.notice.show_notice(
            "info", self.tr("The export was stopped. What was copied stays; exporting again goes on from here.")
        )

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._window.notice.show_notice("error", sentence(error))


def said(name: str, folder: Path, done: Exported) -> str:
    """Return how an export went, in up to three sentences."""
    parts = [
        _translate("Exporting", "{photos} of {name} copied to {folder}.").format(
            photos=words.photos(done.written), name=name, folder=words.printable(str(folder))
        )
    ]
    if done.skipped:
        lay = _translate("Exporting", "{photos} lay there already.")
        parts.append(lay.format(photos=words.photos(done.skipped)))
    if done.problems:
        first = done.problems[0]
        text = _translate("Exporting", "{photos} could not be copied, {file} for example: {reason}")
        parts.append(
            text.format(
                photos=words.photos(len(done.problems)),
                file=words.printable(first.path.name),
                reason=error_words.told(first.reason),
            )
        )
    return " ".join(parts)


def _export(
    services: Services, person: Person, folder: Path, cancel: CancelToken, progress: Callable[[object], None]
) -> _Outcome:
    """Do it; on a worker."""
    found = services.people_reader.person_faces(person.id)
    ids = list(dict.fromkeys(found.photo_ids[np.isin(found.standings, _HERS)].tolist()))
    photos = [photo.path for photo in services.reader.photos(ids)]
    step = max(1, len(photos) // 100)

    def tell(done: int) -> None:
        if done % step == 0 or done == len(photos):
            progress((done, len(photos)))

    library = services.config.library_dir
    keep_out_of = [library, *(own.path for own in services.reader.folders())]
    return _Outcome(
        person.name, folder, export_photos(photos, folder, keep_out_of=keep_out_of, cancel=cancel, progress=tell)
    )


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
