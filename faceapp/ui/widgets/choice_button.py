"""Buttons that show the one choice of a few and offer the others in a menu."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget, QWidgetAction

from faceapp.ui import icons, theme, words


class Choices(QObject):
    """One choice of a few in a menu. ``chosen`` follows the user only, never ``set_choice``."""

    chosen = Signal(object)  # key
    changed = Signal()  # by whomever

    def __init__(self, menu: QMenu, name: str, choices: Sequence[tuple[object, str]]) -> None:
        """Offer (key, text) pairs, the first one chosen. ``name`` says what is chosen."""
        super().__init__(menu)
        self.name = name
        self._group = QActionGroup(menu)
        self._actions: list[tuple[object, QAction]] = []
        for key, text in choices:
            action = menu.addAction(text)
            action.setCheckable(True)
            self._group.addAction(action)
            self._actions.append((key, action))
        self._actions[0][1].setChecked(True)
        self._group.triggered.connect(self._on_triggered)

    def choice(self) -> object:
        return next(key for key, action in self._actions if action.isChecked())

    def text(self) -> str:
        """Return the words of what is chosen."""
        return next(action.text() for _key, action in self._actions if action.isChecked())

    def set_choice(self, key: object) -> None:
        next(action for own, action in self._actions if own == key).setChecked(True)
        self.changed.emit()

    def set_enabled(self, enabled: bool) -> None:
        self._group.setEnabled(enabled)

    def choose(self, key: object) -> None:
        """Choose as the user does in the menu."""
        next(action for own, action in self._actions if own == key).trigger()

    @Slot(QAction)
    def _on_triggered(self, _action: QAction) -> None:
        self.changed.emit()
        self.chosen.emit(self.choice())


class MenuButton(QPushButton):
    """A button with a menu; ``set_short`` lets it say less where room is scarce."""

    def __init__(self, parent: QWidget | None = None, *, icon: str = "chevron-down") -> None:
        super().__init__(parent)
        self._short = False
        self._whole = self._brief = ""
        self._icon = icon
        self.setIconSize(QSize(14, 14))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow behind the word
        menu = QMenu(self)
        menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setMenu(menu)
        self.set_short(False)

    def set_short(self, short: bool) -> None:
        self._short = short
        self.setIcon(icons.icon(self._icon if short else "chevron-down", "text_2"))
        self.setText(self._brief if short else self._whole)

    def set_words(self, text: str, brief: str, meaning: str) -> None:
        """Show a text, or a brief one; ``meaning`` says it to screen readers and in the tooltip."""
        self._whole, self._brief = text, brief
        self.set_short(self._short)
        self.setAccessibleName(meaning)
        self.setToolTip(meaning)


class ChoiceButton(MenuButton):
    """``chosen`` follows the user only, never ``set_choice``."""

    chosen = Signal(object)  # key

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[object, str]],
        brief: Mapping[object, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Offer (key, text) pairs, the first one chosen. ``name`` says what is chosen, for screen readers.

        ``brief`` are the words of each key where room is scarce.
        """
        super().__init__(parent)
        self._briefs = brief or {}
        self._choices = Choices(self.menu(), name, choices)
        self._choices.changed.connect(self._relabel)
        self._choices.chosen.connect(self.chosen)
        self._relabel()

    def choice(self) -> object:
        return self._choices.choice()

    def set_choice(self, key: object) -> None:
        self._choices.set_choice(key)

    def choose(self, key: object) -> None:
        """Choose as the user does in the menu."""
        self._choices.choose(key)

    @Slot()
    def _relabel(self) -> None:
        text = self._choices.text()
        self.set_words(text, self._briefs.get(self.choice(), ""), words.titled(self._choices.name, text))


def add_heading(menu: QMenu, text: str) -> None:
    """Add a line to a menu that only says what follows."""
    label = QLabel(text)
    label.setProperty("role", "section")
    label.setContentsMargins(theme.SPACE_3, theme.SPACE_2, theme.SPACE_3, 2)
    heading = QWidgetAction(menu)
    heading.setDefaultWidget(label)
    heading.setEnabled(False)  # the keyboard passes over it
    menu.addAction(heading)
