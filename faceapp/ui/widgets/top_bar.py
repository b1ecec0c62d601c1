"""The bar along the top of the window: the search field and the ways to bring pictures in."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from faceapp.ui import icons, theme
from faceapp.ui.widgets.search_field import SearchField

HEIGHT = 52
_UNDO_WIDTH = 200  # of its words, before they are cut


class TopBar(QWidget):
    """``search`` is the field; who listens to it tells it what to offer."""

    add_folder_requested = Signal()
    open_query_requested = Signal()
    undo_requested = Signal()
    filter_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.setProperty("edge", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        title = QLabel("Faceapp")
        title.setProperty("role", "heading")
        self.search = SearchField()

        self.undo = QPushButton()
        self.undo.setProperty("kind", "quiet")
        self.undo.clicked.connect(self._on_undo)
        self.undo.hide()
        self.filter = QPushButton(self.tr("Filter"))
        self.filter.setProperty("kind", "quiet")
        self.filter.setIcon(icons.icon("filter", "text_2"))
        self.filter.setIconSize(QSize(16, 16))
        self.filter.setCheckable(True)
        self.filter.setToolTip(self.tr("Show only some photos or faces ({key})").replace("{key}", _native("Ctrl+L")))
        self.filter.clicked.connect(self.filter_toggled)
        self.open_query = QPushButton(self.tr("Open picture…"))
        self.open_query.setProperty("kind", "quiet")
        self.open_query.setToolTip(
            self.tr("Find the people of a picture from anywhere ({key})").replace("{key}", _native("Ctrl+Shift+O"))
        )
        self.open_query.clicked.connect(self._on_open)
        self.add_folder = QPushButton(self.tr("Add folder"))
        self.add_folder.setToolTip(self.tr("Choose a folder with photos ({key})").replace("{key}", _native("Ctrl+O")))
        self.add_folder.clicked.connect(self._on_add)
        right = QHBoxLayout()
        right.setSpacing(theme.SPACE_3)
        right.addStretch(1)
        right.addWidget(self.undo)
        right.addWidget(self.filter)
        right.addWidget(self.open_query)
        right.addWidget(self.add_folder)

        grid = QGridLayout(self)
        grid.setContentsMargins(theme.SPACE_4, 0, theme.SPACE_4, 1)
        grid.setHorizontalSpacing(theme.SPACE_3)
        grid.addWidget(title, 0, 0)
        grid.addWidget(self.search, 0, 1)
        grid.addLayout(right, 0, 2)
        # The same width on both sides keeps the field in the middle of the window; a narrow one gives that up first.
        right_width = right.sizeHint().width()
        grid.setColumnMinimumWidth(0, right_width - self.filter.sizeHint().width() - right.spacing())
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 1)

    def set_undo(self, text: str) -> None:
        """Offer to undo the last step, in words; "" while there is none."""
        shown = self.undo.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, _UNDO_WIDTH)
        self.undo.setText(shown.replace("&", "&&"))
        self.undo.setAccessibleName(text)
        self.undo.setToolTip(f"{text} ({_native('Ctrl+Z')})")
        self.undo.setVisible(bool(text))

    def focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    @Slot()
    def _on_undo(self) -> None:
        self.undo_requested.emit()

    @Slot()
    def _on_open(self) -> None:
        self.open_query_requested.emit()

    @Slot()
    def _on_add(self) -> None:
        self.add_folder_requested.emit()


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
