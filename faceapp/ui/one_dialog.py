"""One question at a time: a dialog that is open gives way to the next."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog


class OneDialog(QObject):
    """Shows dialogs without a loop of their own: the window goes on living behind them. GUI thread only."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.current: QDialog | None = None

    def open(self, dialog: QDialog) -> None:
        """Show a dialog instead of the one that is open; it is deleted when it ends."""
        if self.current is not None:
            self.current.reject()
        self.current = dialog
        dialog.finished.connect(self._forget)
        dialog.open()

    @Slot()
    def _forget(self) -> None:
        dialog, self.current = self.current, None
        if dialog is not None:
            dialog.deleteLater()
