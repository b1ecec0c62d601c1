"""What is being read, in full: how far, how fast, which folders, what was found, which files came last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from faceapp.types_scan import ScanProgress
from faceapp.ui import theme, words
from faceapp.ui.widgets.nav_row import FolderRow
from faceapp.ui.widgets.page_parts import label
from faceapp.ui.widgets.parts import ElidedLabel

WIDTH = 380
FOLDERS = 8  # rows; of more folders the rest is counted
RECENT = 5
_translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class ReadingFacts:
    """``folders`` are those that are read; ``recent`` are names of files, the last one first."""

    progress: ScanProgress
    paused: bool
    folders: Sequence[FolderRow]
    recent: Sequence[str]


class ReadingDetails(QFrame):
    """A card over the status strip that goes with a click elsewhere or with Esc."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("surface", "card")
        self.setAccessibleName(self.tr("Details of reading"))
        self.setFixedWidth(WIDTH)
        self._title = label("", "heading")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Photos read"))
        self._sentence = label("", "small")
        self._body = QWidget()
        self._grid = QGridLayout(self._body)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_4, theme.SPACE_3, theme.SPACE_4, theme.SPACE_4)
        column.setSpacing(theme.SPACE_2)
        for widget in (self._title, self._bar, self._sentence, self._body):
            column.addWidget(widget)

    def set_facts(self, facts: ReadingFacts) -> None:
        """Show where reading is now."""
        progress = facts.progress
        self._title.setText(self.tr("Paused") if facts.paused else words.scan_title(progress))
        self._bar.setRange(0, max(1, progress.total))
        self._bar.setValue(min(progress.done, progress.total))
        self._sentence.setText(words.scan_progress(progress))
        old = self._body
        self._begin_rows()
        self._add_row(self.tr("Faces found"), words.number(progress.faces))
        self._add_row(self.tr("Unchanged"), words.number(progress.skipped))
        self._add_row(self.tr("Could not be read"), words.number(progress.failed))
        self._add_row(self.tr("Time so far"), duration(progress.seconds))
        if facts.folders:
            self._add_section(self.tr("FOLDERS"))
            for folder in facts.folders[:FOLDERS]:
                self._add_row(folder.name, folder_state(folder), str(folder.path))
            if len(facts.folders) > FOLDERS:
                self._add_row(more(len(facts.folders) - FOLDERS), "")
        if facts.recent:
            self._add_section(self.tr("READ LAST"))
            for name in facts.recent[:RECENT]:
                self._add_wide(name)
        self._end_rows(old)

    def show_above(self, anchor: QWidget) -> None:
        """Show the card over the left end of a widget at the window's lower edge."""
        self.move(anchor.mapToGlobal(QPoint(theme.SPACE_2, -self.height() - theme.SPACE_2)))
        self.show()

    def text(self) -> str:
        """Return all that the card says."""
        rows = self._body.findChildren(QLabel)
        said = (row.full_text() if isinstance(row, ElidedLabel) else row.text() for row in rows)
        return "\n".join([self._title.text(), self._sentence.text(), *said])

    def _begin_rows(self) -> None:
        """Make the rows anew: folders and files come and go."""
        self._body = QWidget()
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SPACE_3)
        self._grid.setVerticalSpacing(theme.SPACE_1)
        self._grid.setColumnStretch(1, 1)

    def _end_rows(self, old: QWidget) -> None:
        """Put the rows in the place of the old ones. What was never shown would count as having no size."""
        for row in self._body.findChildren(QWidget):
            row.show()
        self._column.replaceWidget(old, self._body)
        self._body.show()
        old.hide()
        old.deleteLater()
        self.adjustSize()

    def _add_row(self, left: str, right: str, tip: str = "") -> None:
        row = self._grid.rowCount()
        name, value = ElidedLabel(), QLabel(right)
        name.set_full_text(left, tip)
        name.setAccessibleName(f"{left}: {right}" if right else left)
        value.setProperty("role", "muted")
        value.setTextFormat(Qt.TextFormat.PlainText)
        self._grid.addWidget(name, row, 0, 1, 2)
        self._grid.addWidget(value, row, 2, Qt.AlignmentFlag.AlignRight)

    def _add_section(self, title: str) -> None:
        section = QLabel(title)
        section.setProperty("role", "section")
        section.setContentsMargins(0, theme.SPACE_2, 0, 0)
        self._grid.addWidget(section, self._grid.rowCount(), 0, 1, 3)

    def _add_wide(self, text: str) -> None:
        line = ElidedLabel(text, Qt.TextElideMode.ElideMiddle)
        line.setProperty("role", "muted")
        self._grid.addWidget(line, self._grid.rowCount(), 0, 1, 3)


def folder_state(folder: FolderRow) -> str:
    """Return what a line says of a folder: "9,871 photos · being read"."""
    state = {
        "idle": _translate("ReadingDetails", "up to date"),
        "scanning": _translate("ReadingDetails", "being read"),
        "offline": _translate("ReadingDetails", "not connected"),
        "problems": words.problems(folder.failed),
    }[folder.state]
    return f"{words.photos(folder.photos)} · {state}"


def duration(seconds: float) -> str:
    """Return how long something has taken: "12 s", "3 min", "2 h 5 min"."""
    if seconds < 60:
        return _translate("ReadingDetails", "{n} s").replace("{n}", words.number(int(seconds)))
    minutes = int(seconds // 60)
    if minutes < 60:
        return _translate("ReadingDetails", "{n} min").replace("{n}", words.number(minutes))
    both = _translate("ReadingDetails", "{h} h {m} min")
    return both.replace("{h}", words.number(minutes // 60)).replace("{m}", words.number(minutes % 60))


def more(n: int) -> str:
    one, many = (
        _translate("ReadingDetails", "and {n} more folder", None, n),
        _translate("ReadingDetails", "and {n} more folders", None, n),
    )
    return words.counted(one if n == 1 else many, n)
