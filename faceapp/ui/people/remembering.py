"""The history of what was decided: listing it, and going back or forward to any point."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Slot

from faceapp.ports_people import PeopleStore
from faceapp.types_people import Change, Step
from faceapp.ui.session import Act, Session, sentence
from faceapp.ui.tasks import Tasks
from faceapp.ui.widgets.history_page import HistoryPage

LIMIT = 200  # steps


class Remembering(QObject):
    """Fills the page of the history and does what it says. GUI thread only."""

    def __init__(self, page: HistoryPage, session: Session, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self._session = session
        self._tasks = tasks
        page.undo_requested.connect(self._undo_to)
        page.redo_requested.connect(self._redo_to)

    @Slot()
    def load(self) -> None:
        if self._session.is_open:
            store = self._session.services.people
            self._tasks.run(lambda: store.history(LIMIT), done=self._on_steps, key="history", owner=self)

    def _on_steps(self, steps: Sequence[Step]) -> None:
        self._page.set_steps(steps)

    @Slot(object)
    def _undo_to(self, step_id: int) -> None:
        """Undo the latest steps down to this one."""
        self._turn(partial(_undo_to, step_id))

    @Slot(object)
    def _redo_to(self, step_id: int) -> None:
        """Do the undone steps again up to this one."""
        self._turn(partial(_redo_to, step_id))

    def _turn(self, act: Act) -> None:
        if self._session.is_open:
            self._page.set_error("")
            self._session.decide(act, self._on_failure, self._on_turned)

    def _on_turned(self, _change: object) -> None:
        self.load()

    def _on_failure(self, error: Exception) -> None:
        self._page.set_error(sentence(error))
        self._session.announce_guessed()  # some steps may have been turned
        self.load()


def _undo_to(step_id: int, store: PeopleStore) -> Change | None:
    return _until(step_id, store.undo) if _is_there(store, step_id, undone=False) else None


def _redo_to(step_id: int, store: PeopleStore) -> Change | None:
    return _until(step_id, store.redo) if _is_there(store, step_id, undone=True) else None


def _is_there(store: PeopleStore, step_id: int, *, undone: bool) -> bool:
    """Return whether a step of the list still is what the list says: else nothing would stop at it."""
    return any(step.id == step_id and step.undone == undone for step in store.history(LIMIT))


def _until(step_id: int, turn: Callable[[], Change | None]) -> Change | None:
    """Turn step after step, on a worker; return the last change."""
    change = turn()
    while change is not None and change.step.id != step_id:
        change = turn()
    return change
