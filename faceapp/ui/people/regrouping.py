"""Grouping all faces anew on request: says first what it would change."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from faceapp.types_people import Regrouping
from faceapp.ui import words
from faceapp.ui.people import face_words
from faceapp.ui.people.grouping import Grouping

_translate = QCoreApplication.translate


class AskingToRegroup(QObject):
    """Asks, waits for the answer without a loop of its own, and groups. GUI thread only."""

    said = Signal(str)  # for the status strip

    def __init__(self, window: QWidget, grouping: Grouping) -> None:
        super().__init__(window)
        self._window = window
        self._grouping = grouping
        self._asked = False
        self._dialog: QMessageBox | None = None
        grouping.previewed.connect(self._on_preview)
        grouping.grouped.connect(self._on_grouped)

    @property
    def dialog(self) -> QMessageBox | None:
        """Return the question that is open, if one is."""
        return self._dialog

    @Slot()
    def ask(self) -> None:
        """Find out what grouping anew would change, then ask."""
        self.said.emit(self.tr("Looking at what grouping anew would change…"))
        self._grouping.regroup(preview=True)

    @Slot(object)
    def _on_preview(self, found: Regrouping) -> None:
        if not found.changed:
            self.said.emit(self.tr("Grouping anew would change nothing."))
            return
        if self._dialog is not None:
            self._dialog.reject()
        dialog = self._dialog = QMessageBox(self._window)
        dialog.setIcon(QMessageBox.Icon.Question)
        dialog.setWindowTitle(self.tr("Group all faces anew?"))
        dialog.setText(self.tr("Group all faces anew?"))
        dialog.setInformativeText(change(found))
        go = dialog.addButton(self.tr("Group anew"), QMessageBox.ButtonRole.AcceptRole)
        leave = dialog.addButton(self.tr("Leave as it is"), QMessageBox.ButtonRole.RejectRole)
        dialog.setDefaultButton(leave)
        dialog.setEscapeButton(leave)
        go.clicked.connect(self._go)
        dialog.finished.connect(self._forget)
        dialog.open()

    @Slot()
    def _go(self) -> None:
        self._asked = True
        self.said.emit(self.tr("Grouping…"))
        self._grouping.regroup()

    @Slot(object)
    def _on_grouped(self, found: Regrouping) -> None:
        if self._asked:
            self._asked = False
            self.said.emit(self.tr("Grouped: {groups}").format(groups=face_words.groups(found.groups)))

    @Slot()
    def _forget(self) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.deleteLater()


def change(found: Regrouping) -> str:
    """Return what a grouping would change, in a few sentences."""
    moved = _translate("AskingToRegroup", "{faces} would be in another group or have another suggestion.")
    afterwards = _translate(
        "AskingToRegroup", "{groups} afterwards: {new} new, {joined} joined with another, {parted} parted."
    ).format(
        groups=face_words.groups(found.groups),
        new=words.number(found.new_groups),
        joined=words.number(found.joined),
        parted=words.number(found.parted),
    )
    kept = _translate("AskingToRegroup", "Names and everything else that you decided stay as they are.")
    return words.sentences(moved.format(faces=words.faces(found.changed)), afterwards, kept)
