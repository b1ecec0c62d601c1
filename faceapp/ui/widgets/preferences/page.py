"""What every page of the preferences is made of: groups of rows that a search can filter and mark."""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from faceapp.ui import theme
from faceapp.ui.widgets.page_parts import label

_COLUMN = 640  # the widest that rows are comfortable to read


class Found(QLabel):
    """Words in which what is searched for is marked."""

    def __init__(self, text: str, role: str) -> None:
        super().__init__()
        self._words = text
        self._wanted = ""
        self.setWordWrap(True)
        if role:
            self.setProperty("role", role)
        theme.signals().changed.connect(self._show)
        self._show()

    @property
    def words(self) -> str:
        return self._words

    def set_words(self, text: str) -> None:
        self._words = text
        self._show()

    def mark(self, wanted: str) -> None:
        """Mark where ``wanted`` (no upper case) stands; "" marks nothing."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._show()

    @Slot()
    def _show(self) -> None:
        at = self._words.lower().find(self._wanted) if self._wanted else -1
        self.setAccessibleName(self._words)
        if at < 0:
            self.setTextFormat(Qt.TextFormat.PlainText)
            self.setText(self._words)
            return
        tokens = theme.current()
        end = at + len(self._wanted)
        before, hit, after = (html.escape(part) for part in (self._words[:at], self._words[at:end], self._words[end:]))
        self.setTextFormat(Qt.TextFormat.RichText)
        style = f"background-color: {tokens.accent}; color: {tokens.on_accent}"
        self.setText(f'{before}<span style="{style}">{hit}</span>{after}')


class Row(QWidget):
    """What a setting is called, what it means, and the control for it: beside the words, or below if it is wide."""

    def __init__(
        self, title: str, hint: str = "", control: QWidget | None = None, *, below: bool = False, more: str = ""
    ) -> None:
        """``more`` are other words that a search shall find it by."""
        super().__init__()
        self.title, self.hint = Found(title, ""), Found(hint, "small")
        self._more = more
        self.hint.setVisible(bool(hint))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.hint)
        self.side = QHBoxLayout()
        self.side.setSpacing(theme.SPACE_2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.SPACE_4, theme.SPACE_3, theme.SPACE_4, theme.SPACE_3)
        whole.setSpacing(theme.SPACE_2)
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE_4)
        top.addLayout(words, 1)
        top.addLayout(self.side)
        whole.addLayout(top)
        if control is not None:
            if below:
                whole.addWidget(control)
            else:
                self.side.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
            if not control.accessibleName():
                control.setAccessibleName(title)

    def set_hint(self, text: str) -> None:
        self.hint.set_words(text)
        self.hint.setVisible(bool(text))

    def search(self, wanted: str) -> bool:
        """Mark what is looked for; return whether it is here."""
        self.title.mark(wanted)
        self.hint.mark(wanted)
        return wanted in f"{self.title.words}\n{self.hint.words}\n{self._more}".lower()


class Group(QWidget):
    """Rows in a frame, under a small heading."""

    def __init__(self, title: str, rows: Sequence[Row] = ()) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_2)
        self.title = Found(title, "strong")
        self.title.setVisible(bool(title))
        column.addWidget(self.title)
        frame = QFrame()
        frame.setProperty("surface", "card")
        self._inside = QVBoxLayout(frame)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(0)
        column.addWidget(frame)
        self.rows: list[Row] = []
        self._lines: list[QFrame] = []
        self._wanted = ""
        self.set_rows(rows)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these instead of those before, which are gone."""
        while (item := self._inside.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.rows, self._lines = list(rows), []
        for row in self.rows:
            line = QFrame()
            line.setProperty("role", "line")
            self._lines.append(line)
            self._inside.addWidget(line)
            self._inside.addWidget(row)
        self.search(self._wanted)

    def search(self, wanted: str) -> bool:
        """Show only the rows that hold what is looked for; return whether there are any."""
        self._wanted = wanted
        self.title.mark(wanted)
        hits = [row.search(wanted) for row in self.rows]
        shown = [True] * len(hits) if wanted in self.title.words.lower() else hits
        for row, line, visible in zip(self.rows, self._lines, shown, strict=True):
            row.setVisible(visible)
            line.setVisible(visible and row is not self._first(shown))
        self.setVisible(any(shown))
        return any(shown)

    def _first(self, shown: Sequence[bool]) -> Row | None:
        return next((row for row, visible in zip(self.rows, shown, strict=True) if visible), None)


class PreferencesPage(QScrollArea):
    """A page: its title, a line of advice, groups. ``error`` says what went wrong, in place."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setProperty("surface", "bg")
        inner.setMaximumWidth(_COLUMN)
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(theme.SPACE_6, theme.SPACE_4, theme.SPACE_6, theme.SPACE_6)
        self.column.setSpacing(theme.SPACE_4)
        self._heading, self._advice = Found("", "heading"), Found("", "muted")
        self.error = label("", "")
        self.error.setProperty("tone", "bad")
        self.error.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.error.hide()
        for part in (self._heading, self._advice, self.error):
            self.column.addWidget(part)
        self.groups: list[Group] = []
        self.column.addStretch(1)
        self.setWidget(inner)

    def set_title(self, title: str, advice: str = "") -> None:
        self.title = title
        self.setAccessibleName(title)
        self._heading.set_words(title)
        self._advice.set_words(advice)
        self._advice.setVisible(bool(advice))

    def add(self, *groups: Group) -> None:
        for group in groups:
            self.groups.append(group)
            self.column.insertWidget(self.column.count() - 1, group)

    def set_error(self, text: str) -> None:
        """Say what went wrong; "" takes it back."""
        self.error.setText(text)
        self.error.setVisible(bool(text))
        if text:
            self.ensureWidgetVisible(self.error)

    def search(self, wanted: str) -> bool:
        """Show only what holds ``wanted`` (no upper case), and mark it; return whether it is here."""
        self._heading.mark(wanted)
        self._advice.mark(wanted)
        if wanted and wanted in f"{self.title}\n{self._advice.words}".lower():
            for group in self.groups:
                group.search("")
                for row in group.rows:
                    row.search(wanted)
            return True
        hits = [group.search(wanted) for group in self.groups]
        return any(hits)
