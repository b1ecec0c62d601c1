"""Judges the model in use on pairs of pictures, beside the window, and shows what came out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol, cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from faceapp.jobs import CancelToken
from faceapp.ports import Services
from faceapp.ui import model_words, words
from faceapp.ui.job import Job
from faceapp.ui.session import Session, sentence
from faceapp.ui.widgets.evaluate_page import EvaluatePage


@dataclass(frozen=True, slots=True)
class Looked:
    """How many pictures were looked at."""

    done: int
    total: int
    seconds: float


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """What an evaluation says, ready to be shown."""

    title: str
    rows: Sequence[tuple[str, str]]
    remark: str
    curve: QImage | None
    worst: QImage | None
    save: Callable[[Path, CancelToken], object]  # writes the report into a folder; on a worker


class Judge(Protocol):
    """Evaluates, on a worker. Raises ``FaceappError`` with a sentence, ``Cancelled`` when it was stopped."""

    def __call__(
        self, sources: Sequence[Path], services: Services, cancel: CancelToken, progress: Callable[[object], None]
    ) -> Judgement: ...


class Evaluating(QObject):
    """Connects the page with the work. GUI thread only."""

    said = Signal(str)  # for the status strip

    def __init__(self, window: QWidget, page: EvaluatePage, session: Session, judge: Judge) -> None:
        super().__init__(window)
        self._window = window
        self._page = page
        self._session = session
        self._judge = judge
        self._judgement: Judgement | None = None
        self._job = Job("evaluate", self)
        self._saving = Job("report", self)
        page.file_requested.connect(self.choose_file)
        page.folder_requested.connect(self.choose_folder)
        page.save_requested.connect(self.choose_report)
        page.stop_requested.connect(self._job.stop)
        page.progress.pause_toggled.connect(self._set_paused)
        self._job.progressed.connect(self._on_progress)
        self._job.ended.connect(self._on_judged)
        self._job.stopped.connect(partial(page.set_running, False))
        for job in (self._job, self._saving):
            job.failed.connect(self._on_failure)
            session.closing.connect(job.stop)
            session.users.append(partial(getattr, job, "running"))
        self._saving.ended.connect(self._on_saved)

    @property
    def running(self) -> bool:
        return self._job.running or self._saving.running

    def close(self) -> None:
        self._job.close()
        self._saving.close()

    @Slot()
    def choose_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self._window, self.tr("Evaluate on the pairs of a file"))
        if chosen:
            self.evaluate([Path(chosen)])

    @Slot()
    def choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self._window, self.tr("Evaluate on a folder of people"))
        if chosen:
            self.evaluate([Path(chosen)])

    def evaluate(self, sources: Sequence[Path]) -> None:
        """Judge the model in use on a pairs file, or on folders that hold a folder for each person."""
        if not self._session.is_open or self._job.running:
            return
        services = self._session.services
        self._page.set_running(True)
        self._job.start(lambda cancel, progress: self._judge(sources, services, cancel, progress))

    @Slot(bool)
    def _set_paused(self, paused: bool) -> None:
        self._job.set_paused(paused)
        self._page.progress.set_paused(self._job.paused)

    @Slot(object)
    def _on_progress(self, progress: Looked) -> None:
        said = model_words.looked(progress.done, progress.total, progress.seconds)
        self._page.progress.set_progress(progress.done, progress.total, said)

    @Slot(object)
    def _on_judged(self, outcome: object) -> None:
        found = self._judgement = cast(Judgement, outcome)
        self._page.show_result(found.title, found.rows, found.remark, found.curve, found.worst)

    @Slot(object)
    def _on_failure(self, error: Exception) -> None:
        self._page.set_running(self._job.running)
        self._page.set_error(sentence(error))

    # The report

    @Slot()
    def choose_report(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self._window, self.tr("A folder for the report"))
        if chosen:
            self.save_report(Path(chosen))

    def save_report(self, folder: Path) -> None:
        if self._judgement is None or self._saving.running:
            return
        save = self._judgement.save

        def work(cancel: CancelToken, _progress: object) -> object:
            save(folder, cancel)
            return folder

        self._page.set_error("")
        self._saving.start(work)

    @Slot(object)
    def _on_saved(self, folder: object) -> None:
        self.said.emit(self.tr("The report is in {folder}").replace("{folder}", words.printable(str(folder))))
