"""The verbs on people as the window uses them: on a worker, undoable, with a word of what was done or why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from faceapp.ports_people import PeopleStore
from faceapp.types import HideReason, Naming
from faceapp.types_people import Change, DecisionConflict
from faceapp.ui import words
from faceapp.ui.people import step_words
from faceapp.ui.session import Session, sentence

_Act = Callable[[PeopleStore, bool], Naming | Change | None]  # the flag: take back what is in the way


class Deciding(QObject):
    """Ends in ``decided``, or in ``refused`` with a sentence. GUI thread only.

    A decision that contradicts earlier ones is asked about: they can be taken back in the same step.
    """

    decided = Signal(object)  # Naming or Change
    refused = Signal(str, str)  # kind and sentence
    said = Signal(str)  # for the status strip

    def __init__(self, window: QWidget, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._dialog: QMessageBox | None = None

    @property
    def dialog(self) -> QMessageBox | None:
        """Return the question that is open, if one is."""
        return self._dialog

    def name(self, face_ids: Sequence[int], name: str) -> None:
        """Confirm faces as the person of that name."""
        self._do(lambda store, take_back: store.name_faces(face_ids, name, take_back=take_back))

    def clear(self, face_ids: Sequence[int]) -> None:
        """Take the name off faces, or show hidden ones again."""
        self._do(lambda store, _: store.clear(face_ids))

    def reject(self, face_ids: Sequence[int], person_id: int) -> None:
        self._do(lambda store, _: store.reject(face_ids, person_id))

    def hide(self, face_ids: Sequence[int], reason: HideReason) -> None:
        self._do(lambda store, _: store.hide(face_ids, reason))

    def same(self, face_ids: Sequence[int]) -> None:
        self._do(lambda store, take_back: store.same(face_ids, take_back=take_back))

    def different(self, face_ids: Sequence[int], others: Sequence[int]) -> None:
        self._do(lambda store, take_back: store.different(face_ids, others, take_back=take_back))

    def merge(self, person_ids: Sequence[int], into: int) -> None:
        self._do(lambda store, take_back: store.merge(person_ids, into, take_back=take_back))

    def split(self, face_ids: Sequence[int], rest: Sequence[int]) -> None:
        self._do(lambda store, take_back: store.split(face_ids, rest, take_back=take_back))

    def rename(self, person_id: int, name: str) -> None:
        self._do(lambda store, _: store.rename(person_id, name))

    def set_cover(self, person_id: int, face_id: int) -> None:
        self._do(lambda store, _: store.set_cover(person_id, face_id))

    def set_born(self, person_id: int, born: date | None) -> None:
        self._do(lambda store, _: store.set_born(person_id, born))

    @Slot()
    def undo(self) -> None:
        """Undo the last step."""
        self._do(lambda store, _: store.undo(), partial(self._said_undone, self.tr("There is nothing to undo.")))

    @Slot()
    def redo(self) -> None:
        """Do the step again that was undone last."""
        self._do(lambda store, _: store.redo(), partial(self._said_undone, self.tr("There is nothing to redo.")))

    def _do(self, act: _Act, say: Callable[[Naming | Change | None], object] | None = None) -> None:
        if self._session.is_open:
            self._session.decide(lambda store: act(store, False), partial(self._on_failure, act), say or self._say)

    def _say(self, result: Naming | Change | None) -> None:
        if isinstance(result, Naming):
            self.said.emit(self.tr("{faces}: {name}").format(faces=words.faces(len(result.face_ids)), name=result.name))
        elif result is not None:
            self.said.emit(step_words.done(result.step))
        if result is not None:
            self.decided.emit(result)

    def _said_undone(self, nothing: str, result: Naming | Change | None) -> None:
        if result is None:
            self.said.emit(nothing)
        elif isinstance(result, Change):
            self.said.emit((step_words.undone if result.step.undone else step_words.redone)(result.step))
            self.decided.emit(result)

    def _on_failure(self, act: _Act, error: Exception) -> None:
        if isinstance(error, DecisionConflict):
            self._ask(act, error)
        else:
            self.refused.emit("error", sentence(error))

    def _ask(self, act: _Act, conflict: DecisionConflict) -> None:
        """Ask whether to take back what was said before; the window goes on living behind the question."""
        if self._dialog is not None:
            self._dialog.reject()
        dialog = self._dialog = QMessageBox(self._window)
        dialog.setIcon(QMessageBox.Icon.Question)
        dialog.setWindowTitle(self.tr("You said something else before"))
        dialog.setText(self.tr("You said something else before"))
        dialog.setInformativeText(sentence(conflict))
        take_back = dialog.addButton(
            words.answers_to_take_back(len(conflict.conflicts)), QMessageBox.ButtonRole.AcceptRole
        )
        leave = dialog.addButton(self.tr("Leave as it is"), QMessageBox.ButtonRole.RejectRole)
        dialog.setDefaultButton(leave)
        dialog.setEscapeButton(leave)
        take_back.clicked.connect(partial(self._take_back, act))
        dialog.finished.connect(self._forget)
        dialog.open()

    def _take_back(self, act: _Act) -> None:
        self._session.decide(lambda store: act(store, True), partial(self._on_failure, act), self._say)

    @Slot()
    def _forget(self) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.deleteLater()
