"""The window of the preferences: a line to search in, the pages on the left, the rows of one on the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from faceapp.ui import theme
from faceapp.ui.widgets.page_parts import label
from faceapp.ui.widgets.preferences.page import PreferencesPage

_SIDE = 190
_ROW = 30


class PreferencesWindow(QDialog):
    """Shows pages; ``reopen_requested``: what was changed shall hold now."""

    reopen_requested = Signal()
    shown_page = Signal(object)  # PreferencesPage

    def __init__(self, pages: Sequence[PreferencesPage], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Preferences"))
        self.pages = list(pages)
        self.search = QLineEdit()
        self.search.setProperty("kind", "search")
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search the preferences"))
        keys = QKeySequence(QKeySequence.StandardKey.Find)
        tip = self.tr("Search the preferences ({keys})")
        self.search.setToolTip(tip.replace("{keys}", keys.toString(QKeySequence.SequenceFormat.NativeText)))
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setProperty("surface", "panel")
        self.list.setAccessibleName(self.tr("Pages"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing = label("", "muted")
        self.nothing.hide()
        self._stack = QStackedWidget()
        for page in self.pages:
            item = QListWidgetItem(page.title)
            item.setSizeHint(QSize(0, _ROW))
            self.list.addItem(item)
            self._stack.addWidget(page)
        self._stack.addWidget(QWidget())  # what a search shows that finds nothing
        side = QWidget()
        side.setProperty("surface", "panel")
        side.setFixedWidth(_SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(theme.SPACE_3, theme.SPACE_3, theme.SPACE_3, theme.SPACE_3)
        column.setSpacing(theme.SPACE_3)
        column.addWidget(self.search)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        self.footer, self.later, self.reopen = self._made_footer()
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._stack, 1)
        right.addWidget(self.footer)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addLayout(right, 1)
        self.search.textChanged.connect(self._on_search)
        self.list.currentRowChanged.connect(self._on_row)
        QShortcut(keys, self, self._focus_search)
        self.setMinimumSize(QSize(640, 420))
        self.resize(860, 640)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _made_footer(self) -> tuple[QWidget, QLabel, QPushButton]:
        footer = QWidget()
        footer.setProperty("surface", "panel")
        footer.setProperty("edge", "top")
        words = label("", "small")
        button = QPushButton(self.tr("Apply Now"))
        button.setToolTip(self.tr("Close the library and open it again; this takes a moment"))
        button.setAutoDefault(False)
        button.clicked.connect(self.reopen_requested)
        row = QHBoxLayout(footer)
        row.setContentsMargins(theme.SPACE_6, theme.SPACE_2, theme.SPACE_4, theme.SPACE_2)
        row.addWidget(words, 1)
        row.addWidget(button)
        footer.hide()
        return footer, words, button

    def set_waiting(self, waiting: bool) -> None:
        """Say whether changes wait until the library is opened anew."""
        self.later.setText(self.tr("Some changes apply from the next start."))
        self.footer.setVisible(waiting)

    def page(self) -> PreferencesPage:
        """Return the page that is shown."""
        return self.pages[self.list.currentRow()]

    def show_page(self, page: PreferencesPage) -> None:
        self.search.clear()
        self.list.setCurrentRow(self.pages.index(page))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
        elif event.key() == Qt.Key.Key_Down and self.focusWidget() is self.search:
            self.list.setFocus()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    @Slot(str)
    def _on_search(self, text: str) -> None:
        wanted = text.strip().lower()
        hits = [page.search(wanted) for page in self.pages]
        for row, hit in enumerate(hits):
            self.list.item(row).setHidden(not hit)
        self.nothing.setText(self.tr("Nothing is called “{text}”.").replace("{text}", text.strip()))
        self.nothing.setVisible(not any(hits))
        if any(hits) and not hits[self.list.currentRow()]:
            self.list.setCurrentRow(hits.index(True))
        self._stack.setCurrentIndex(self.list.currentRow() if any(hits) else len(self.pages))

    @Slot(int)
    def _on_row(self, row: int) -> None:
        if row >= 0:
            self._stack.setCurrentIndex(row)
            self.shown_page.emit(self.pages[row])
