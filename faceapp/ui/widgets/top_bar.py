"""The bar along the top of the window: the search field and the ways to bring pictures in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPen, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from faceapp.types import Person
from faceapp.ui import theme

HEIGHT = 52
_SEARCH_WIDTH = 460
_UNDO_WIDTH = 200  # of its words, before they are cut
_ID_ROLE = Qt.ItemDataRole.UserRole


class TopBar(QWidget):
    """``person_chosen`` follows a completed name; ``accepted`` any other text and Enter."""

    person_search_changed = Signal(str)
    accepted = Signal(str)
    person_chosen = Signal(object)  # person id
    add_folder_requested = Signal()
    open_query_requested = Signal()
    undo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.setProperty("edge", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        title = QLabel("Faceapp")
        title.setProperty("role", "heading")
        self.search = SearchField()
        self._people = QStandardItemModel(self)
        completer = QCompleter(self._people, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(10)
        completer.activated.connect(self._on_completed)
        self.search.setCompleter(completer)
        self.search.textEdited.connect(self._on_edited)
        self.search.returnPressed.connect(self._on_return)

        self.undo = QPushButton()
        self.undo.setProperty("kind", "quiet")
        self.undo.clicked.connect(self._on_undo)
        self.undo.hide()
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
        right.addWidget(self.open_query)
        right.addWidget(self.add_folder)

        grid = QGridLayout(self)
        grid.setContentsMargins(theme.SPACE_4, 0, theme.SPACE_4, 1)
        grid.setHorizontalSpacing(theme.SPACE_3)
        grid.addWidget(title, 0, 0)
        grid.addWidget(self.search, 0, 1)
        grid.addLayout(right, 0, 2)
        # The same least width on both sides keeps the field in the middle of the window.
        grid.setColumnMinimumWidth(0, right.sizeHint().width())
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 1)

    def set_people(self, people: Sequence[Person]) -> None:
        """Offer these names while typing."""
        self._people.clear()
        for person in people:
            item = QStandardItem(person.name)
            item.setData(person.id, _ID_ROLE)
            item.setEditable(False)
            self._people.appendRow(item)

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

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self.person_search_changed.emit(text.strip())

    @Slot(str)
    def _on_completed(self, name: str) -> None:
        found = self._people.findItems(name, Qt.MatchFlag.MatchExactly)
        if found:
            self._choose(found[0].data(_ID_ROLE))

    @Slot()
    def _on_return(self) -> None:
        text = self.search.text().strip()
        exact = Qt.MatchFlag.MatchFixedString  # without case
        found = self._people.findItems(text, exact) or self._people.findItems(text, Qt.MatchFlag.MatchContains)
        if text and len(found) == 1:
            self._choose(found[0].data(_ID_ROLE))
        elif text:
            self.accepted.emit(text)

    def _choose(self, person_id: object) -> None:
        self.person_chosen.emit(person_id)
        # Later: the completer writes the name into the field after this signal.
        QTimer.singleShot(0, self.search, self.search.clear)

    @Slot()
    def _on_undo(self) -> None:
        self.undo_requested.emit()

    @Slot()
    def _on_open(self) -> None:
        self.open_query_requested.emit()

    @Slot()
    def _on_add(self) -> None:
        self.add_folder_requested.emit()


class SearchField(QLineEdit):
    """A round field that shows its shortcut while it is empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "search")
        self.setMaximumWidth(_SEARCH_WIDTH)
        self.setMinimumWidth(200)
        self.setPlaceholderText(self.tr("Search people or drop a picture"))
        self.setAccessibleName(self.tr("Search people"))
        self.setAcceptDrops(False)  # else it would take a dropped file as text; the window searches with it
        self.setClearButtonEnabled(True)
        self._hint = _native("Ctrl+K").replace("+", " ")
        self.setToolTip(self.tr("Search people ({key})").replace("{key}", _native("Ctrl+K")))
        theme.signals().changed.connect(self._repaint)

    def sizeHint(self) -> QSize:
        return QSize(_SEARCH_WIDTH, super().sizeHint().height())

    @Slot()
    def _repaint(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.text():
            return
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.font()
        font.setPixelSize(theme.FONT_XS)
        painter.setFont(font)
        wide = painter.fontMetrics().horizontalAdvance(self._hint) + 12
        frame = QRect(self.width() - wide - 14, (self.height() - 18) // 2, wide, 18)
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawRoundedRect(frame.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(QColor(tokens.text_3))
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, self._hint)


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
