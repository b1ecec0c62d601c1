"""The photos that could not be read: listing them, trying them again, taking them off the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from faceapp.ports import Services
from faceapp.types import Problem
from faceapp.ui import words
from faceapp.ui.session import Session, sentence
from faceapp.ui.tasks import Tasks
from faceapp.ui.widgets.notice import NoticeBar
from faceapp.ui.widgets.problems import ProblemList


class Mending(QObject):
    """Fills the page of problems and does what its actions say. GUI thread only."""

    said = Signal(str)  # for the status strip

    def __init__(
        self, page: ProblemList, notice: NoticeBar, session: Session, tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._notice = notice
        self._session = session
        self._tasks = tasks

    @Slot()
    def load(self) -> None:
        if self._session.is_open:
            self._tasks.run(self._session.services.reader.problems, done=self._page.set_problems, key="problems")

    def retry_selected(self) -> None:
        if problems := self._page.selected():
            self._retry(lambda _: problems)

    def retry_all(self) -> None:
        self._retry(lambda services: services.reader.problems())

    def _retry(self, read: Callable[[Services], Sequence[Problem]]) -> None:
        services = self._session.services

        def work() -> Sequence[Problem]:
            problems = read(services)
            services.problems.retry([problem.photo_id for problem in problems])
            return problems

        self._tasks.run(work, done=self._on_retried, failed=self._on_failure, owner=self)

    def _on_retried(self, problems: Sequence[Problem]) -> None:
        overview = self._session.overview
        folders = overview.folders if overview is not None else ()
        online = overview.online if overview is not None else frozenset()
        asked = {folder for folder in folders for problem in problems if problem.path.is_relative_to(folder.path)}
        here = [folder.path for folder in asked if folder.id in online]
        if here:
            self.said.emit(words.trying_again(len(problems)))
            self._session.scan(here, again=True)
        if len(here) < len(asked):
            self._notice.show_notice(
                "info", self.tr("Some of these photos lie on a drive that is not connected. They are read when it is.")
            )
        self._after()

    def ignore_selected(self) -> None:
        self._set_ignored([problem.photo_id for problem in self._page.selected()], True)

    def _set_ignored(self, photo_ids: Sequence[int], ignored: bool) -> None:
        if photo_ids:
            self._tasks.run(
                partial(self._session.services.problems.set_ignored, photo_ids, ignored),
                done=partial(self._on_ignored, photo_ids, ignored),
                failed=self._on_failure,
                owner=self,
            )

    def _on_ignored(self, photo_ids: Sequence[int], ignored: bool, _: None) -> None:
        if ignored:
            undo = partial(self._set_ignored, photo_ids, False)
            self._notice.show_notice("info", words.ignored(len(photo_ids)), (self.tr("Undo"), undo))
        self._after()

    def _after(self) -> None:
        self.load()
        self._session.refresh_overview()

    def _on_failure(self, error: Exception) -> None:
        self._notice.show_notice("error", sentence(error))
