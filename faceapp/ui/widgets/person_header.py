"""The part above the faces of a person or a group: the name, the years, the order, what to do with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from faceapp.types_people import Group, PersonDetails
from faceapp.ui import theme, words
from faceapp.ui.people import face_words
from faceapp.ui.widgets.choice_button import ChoiceButton
from faceapp.ui.widgets.parts import ElidedLabel
from faceapp.ui.widgets.timeline import Timeline

_NAME_WIDTH = (80, 560)  # the least and the most
_NARROW = 640
_TITLE_INSET = 6  # of the words in their field


class TitleEdit(QLineEdit):
    """A heading that can be typed over: Enter or leaving it keeps the new words, Esc the old ones."""

    changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = ""
        self.setProperty("kind", "title")
        self.setAccessibleName(self.tr("Name"))
        self.setToolTip(self.tr("Click to change the name"))
        self.setMaxLength(200)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._fit)
        self.returnPressed.connect(self._keep)

    def set_title(self, text: str) -> None:
        """Show a name, unless another one is being typed."""
        if text != self._kept or not self.hasFocus():
            self._kept = text
            self.setText(text)
            self.setCursorPosition(0)
            self.setToolTip(f"{text}\n{self.tr('Click to change the name')}")

    @Slot()
    def _keep(self) -> None:
        typed = " ".join(self.text().split())
        self.setText(self._kept)  # until the library says so
        if typed and typed != self._kept:
            self.changed.emit(typed)
        self.clearFocus()

    @Slot()
    def _fit(self) -> None:
        least, most = _NAME_WIDTH
        wanted = max(least, min(most, self.fontMetrics().horizontalAdvance(self.text()) + 24))
        self.setMaximumWidth(wanted)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self.maximumWidth(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(_NAME_WIDTH[0], super().minimumSizeHint().height())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """What does not fit ends in "…" while nobody types."""
        super().paintEvent(event)
        inside = self.rect().adjusted(_TITLE_INSET, 0, -_TITLE_INSET, 0)
        metrics = self.fontMetrics()
        if self.hasFocus() or metrics.horizontalAdvance(self.text()) <= inside.width():
            return
        colours = theme.current()
        painter = QPainter(self)
        painter.fillRect(inside.adjusted(0, 2, _TITLE_INSET, -2), QColor(colours.bg))
        painter.setPen(QColor(colours.text))
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self._kept)
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason and self.text() != self._kept:
            self._keep()


class _Header(QWidget):
    """What both headers have: a surface, a row, an order."""

    sorted = Signal(object)  # Order

    def __init__(self, orders: Sequence[tuple[object, str]], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._detail = ElidedLabel()
        self._detail.setProperty("role", "muted")
        self.order = ChoiceButton(self.tr("Order"), orders)
        self.order.chosen.connect(self.sorted)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.SPACE_4, theme.SPACE_4, theme.SPACE_4 + 10, 0)
        self.column.setSpacing(theme.SPACE_2)
        self.row = QHBoxLayout()
        self.row.setSpacing(theme.SPACE_2)
        self.column.addLayout(self.row)

    def detail(self) -> str:
        return self._detail.full_text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where room is scarce, the name and the buttons come first; the panel tells the rest."""
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        self.order.set_short(narrow)
        self._detail.setVisible(not narrow)


class PersonHeader(_Header):
    """Of a person."""

    renamed = Signal(str)
    year_chosen = Signal(int)
    photos_toggled = Signal(bool)
    review_requested = Signal()

    def __init__(self, orders: Sequence[tuple[object, str]], parent: QWidget | None = None) -> None:
        super().__init__(orders, parent)
        self.title = TitleEdit()
        self.title.changed.connect(self.renamed)
        self.photos = QPushButton(self.tr("Photos"))
        self.photos.setCheckable(True)
        self.photos.setToolTip(self.tr("Show the whole photos instead of the faces"))
        self.photos.clicked.connect(self.photos_toggled)
        self.review = QPushButton()
        self.review.setProperty("kind", "primary")
        self.review.clicked.connect(self.review_requested)
        self.timeline = Timeline()
        self.timeline.year_chosen.connect(self.year_chosen)
        margins = self.column.contentsMargins()
        margins.setLeft(margins.left() - _TITLE_INSET)  # the words in line with the tiles
        self.column.setContentsMargins(margins)
        self.row.addWidget(self.title)
        self.row.addWidget(self._detail, 1)
        self.row.addStretch(0)
        for widget in (self.order, self.photos, self.review):
            self.row.addWidget(widget)
        years = QHBoxLayout()
        years.setContentsMargins(_TITLE_INSET, 0, 0, 0)
        years.addWidget(self.timeline)
        self.column.addLayout(years)

    def show_person(self, details: PersonDetails, years: Mapping[int, int], *, photos: bool) -> None:
        """``years``: faces in each. ``photos``: whole photos are shown, which have one order only."""
        self.title.set_title(details.name)
        parts = [words.faces_in_photos(details.faces, details.photos)]
        if details.automatic:
            parts.append(face_words.automatic(details.automatic))
        self._detail.set_full_text(" · ".join(parts))
        self.photos.setChecked(photos)
        self.order.setVisible(not photos and details.faces > 2)
        self.review.setVisible(details.suggested > 0)
        self.review.setText(face_words.review(details.suggested))
        self.timeline.set_counts(years)
        self.timeline.setVisible(len(years) > 1 and not photos)


class GroupHeader(_Header):
    """Of a group without a name."""

    name_requested = Signal()
    split_requested = Signal()

    def __init__(self, orders: Sequence[tuple[object, str]], parent: QWidget | None = None) -> None:
        super().__init__(orders, parent)
        title = ElidedLabel(face_words.who_is_this())
        title.setProperty("role", "title")
        self.name = QPushButton(self.tr("Name this group…"))
        self.name.setProperty("kind", "primary")
        self.name.clicked.connect(self.name_requested)
        self.split = QPushButton()
        self.split.clicked.connect(self.split_requested)
        self.row.addWidget(title)
        self.row.addWidget(self._detail, 1)
        for widget in (self.order, self.split, self.name):
            self.row.addWidget(widget)
        self.set_selected(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.name.setText(self.tr("Name…") if event.size().width() < _NARROW else self.tr("Name this group…"))

    def show_group(self, group: Group) -> None:
        self._detail.set_full_text(words.faces_in_photos(group.faces, group.photos))
        self.order.setVisible(group.faces > 2)

    def set_selected(self, count: int) -> None:
        """Offer to part the faces that are selected; while there are none, to find the odd ones."""
        self.split.setText(face_words.split_off(count) if count else self.tr("Not one person: split…"))
        self.split.setToolTip(
            self.tr("Make the selected faces a group of their own")
            if count
            else self.tr("Show first who looks least like the rest, to select them")
        )
