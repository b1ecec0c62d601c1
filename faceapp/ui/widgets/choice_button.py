"""A button that shows the one choice of a few and offers the others in a menu."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from faceapp.ui import icons


class ChoiceButton(QPushButton):
    """``chosen`` follows the user only, never ``set_choice``."""

    chosen = Signal(object)  # key

    def __init__(self, name: str, choices: Sequence[tuple[object, str]], parent: QWidget | None = None) -> None:
        """Offer (key, text) pairs, the first one chosen. ``name`` says what is chosen, for screen readers."""
        super().__init__(parent)
        self._name = name
        self._short = False
        self.setIcon(icons.icon("chevron-down", "text_2"))
        self.setIconSize(QSize(14, 14))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow behind the word
        menu = QMenu(self)
        menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        group = QActionGroup(menu)
        self._actions: list[tuple[object, QAction]] = []
        for key, text in choices:
            action = menu.addAction(text)
            action.setCheckable(True)
            group.addAction(action)
            self._actions.append((key, action))
        group.triggered.connect(self._on_triggered)
        self.setMenu(menu)
        self.set_choice(choices[0][0])

    def choice(self) -> object:
        return next(key for key, action in self._actions if action.isChecked())

    def set_choice(self, key: object) -> None:
        next(action for own, action in self._actions if own == key).setChecked(True)
        self._relabel()

    def set_short(self, short: bool) -> None:
        """Leave the words to the tooltip where room is scarce."""
        self._short = short
        self._relabel()

    def choose(self, key: object) -> None:
        """Choose as the user does in the menu."""
        next(action for own, action in self._actions if own == key).trigger()

    def _relabel(self) -> None:
        text = next(action.text() for _key, action in self._actions if action.isChecked())
        self.setText("" if self._short else text)
        self.setAccessibleName(f"{self._name}: {text}")
        self.setToolTip(f"{self._name}: {text}")

    @Slot(QAction)
    def _on_triggered(self, _action: QAction) -> None:
        self._relabel()
        self.chosen.emit(self.choice())
