"""A face of the query: its picture, its name, what it does in the search, and a cross to take it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QActionGroup, QColor, QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from faceapp.types_search import Role
from faceapp.ui import icons, match_words, theme
from faceapp.ui.widgets.parts import ElidedLabel, PaintedButton, Picture, draw_focus, draw_picture

HEIGHT = 46
_SIDE = 36
_BEHIND_CROSS = 7
_NAME_WIDTH = 130
_FADED = 0.35  # opacity of a picture that says nothing
_STROKE = 3.0  # across a picture that is left out
_NEXT: Final = {Role.INCLUDE: Role.EXCLUDE, Role.EXCLUDE: Role.OFF, Role.OFF: Role.INCLUDE}


@dataclass(frozen=True, slots=True, eq=False)
class ChipData:
    """A query face. ``key`` comes back in what its chip asks for."""

    key: object
    pixmap: QPixmap | None
    label: str
    role: Role = Role.INCLUDE
    usable: bool = True  # else it can only be off


class QueryChip(PaintedButton):
    """One chip. A click changes its role: looked for, left out, off, looked for. A menu offers each.

    ``compact`` leaves the name to the tooltip, ``bare`` the cross to the menu and the Delete key as well.
    """

    role_chosen = Signal(object)  # Role: asked for by the user, not shown yet
    removed = Signal()

    def __init__(self, data: ChipData, *, compact: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._picture = _ChipPicture(data.pixmap)
        self._sign = QLabel(self.tr("not"))
        self._sign.setProperty("tone", "bad")
        self._name = ElidedLabel()
        self._name.setMaximumWidth(_NAME_WIDTH)
        for part in (self._picture, self._sign, self._name):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._remove = QToolButton()
        self._remove.setProperty("kind", "icon")
        self._remove.setIcon(icons.icon("close", "text_2"))
        self._remove.setIconSize(QSize(14, 14))
        self._remove.setStyleSheet(
            "QToolButton { min-width: 20px; min-height: 20px; border-radius: 11px; }"
            "QToolButton:focus { min-width: 18px; min-height: 18px; }"
        )
        self._remove.setToolTip(self.tr("Take out of the search (Delete)"))
        self._remove.clicked.connect(self._on_remove)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(5, 5, _BEHIND_CROSS, 5)
        for widget in (self._picture, self._sign, self._name, self._remove):
            self._row.addWidget(widget)
        self.clicked.connect(self._on_clicked)
        self._compact, self._bare = compact, False
        self._data = data
        self.set_data(data)

    @property
    def role(self) -> Role:
        return self._data.role

    def set_data(self, data: ChipData) -> None:
        """Show another name or role of the same face."""
        self._data = data
        text = data.label or self.tr("This face")
        self._name.set_full_text(text)
        role = "faint" if data.role is Role.OFF else "muted" if data.role is Role.EXCLUDE else ""
        if self._name.property("role") != role:
            self._name.setProperty("role", role)
            self._name.style().polish(self._name)
        self.setAccessibleName(match_words.role_of(text, data.role))
        self.setToolTip(match_words.chip_tip(text, data.role, usable=data.usable))
        self._remove.setAccessibleName(self.tr("Take {name} out of the search").replace("{name}", text))
        self._picture.set_role(data.role)
        if data.pixmap is not None:
            self._picture.set_pixmap(data.pixmap)
        self.set_compact(self._compact, bare=self._bare)
        self.update()

    def set_pixmap(self, pixmap: QPixmap | None) -> None:
        self._picture.set_pixmap(pixmap)

    def set_compact(self, compact: bool, *, bare: bool = False) -> None:
        """Leave the name to the tooltip, or show it."""
        self._compact, self._bare = compact, bare
        margin = self._row.contentsMargins()
        margin.setRight(margin.left() if bare else _BEHIND_CROSS)
        self._row.setContentsMargins(margin)
        self._remove.setVisible(not bare)
        self._name.setVisible(not compact)
        self._sign.setVisible(not compact and self._data.role is Role.EXCLUDE)
        self._row.setSpacing(theme.SPACE_1 if compact else theme.SPACE_2)
        self.updateGeometry()

    def wide(self, *, compact: bool, bare: bool = False) -> int:
        """Return the width in pixels with or without the name and the cross."""
        left = self._row.contentsMargins().left()
        if bare:
            return 2 * left + _SIDE
        wide = left + _BEHIND_CROSS + _SIDE + self._remove.sizeHint().width()
        if compact:
            return wide + theme.SPACE_1
        wide += min(_NAME_WIDTH, self._name.sizeHint().width()) + 2 * theme.SPACE_2
        if self._data.role is Role.EXCLUDE:
            wide += self._sign.sizeHint().width() + theme.SPACE_2
        return wide

    def sizeHint(self) -> QSize:
        return QSize(self.wide(compact=self._compact, bare=self._bare), HEIGHT)

    def key_stops(self) -> list[QWidget]:
        """Return where the keyboard stops, from left to right."""
        return [self, self._remove]

    def label(self) -> str:
        return self._name.full_text()

    def menu(self) -> QMenu:
        """Return the menu of this chip."""
        menu = QMenu(self)
        group = QActionGroup(menu)
        for role in Role:
            action = menu.addAction(match_words.role_name(role))
            action.setCheckable(True)
            action.setChecked(role is self._data.role)
            action.setEnabled(self._data.usable or role is Role.OFF)
            action.setData(role)
            group.addAction(action)
        group.triggered.connect(lambda action: self.role_chosen.emit(Role(action.data())))
        menu.addSeparator()
        menu.addAction(self.tr("Take Out of the Search")).triggered.connect(self._on_remove)
        return menu

    @Slot()
    def _on_clicked(self) -> None:
        if self._data.usable:
            self.role_chosen.emit(_NEXT[self._data.role])

    @Slot()
    def _on_remove(self) -> None:
        self.removed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, HEIGHT)) if by_key else event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = tokens.bad if self.role is Role.EXCLUDE else tokens.text_3 if self.role is Role.OFF else tokens.line
        dashed = Qt.PenStyle.DashLine if self.role is Role.OFF else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(colour), 1, dashed))
        painter.setBrush(QColor(tokens.hover if self.underMouse() else tokens.raised))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()), HEIGHT / 2 - 1)


class _ChipPicture(Picture):
    """A round picture: struck through if its person is left out, faded if it says nothing."""

    def __init__(self, pixmap: QPixmap | None) -> None:
        super().__init__(_SIDE, _SIDE / 2, pixmap)
        self._role = Role.INCLUDE

    def set_role(self, role: Role) -> None:
        self._role = role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, frame = theme.current(), QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(_FADED if self._role is Role.OFF else 1.0)
        draw_picture(painter, frame, self.pixmap(), _SIDE / 2)
        if self._role is not Role.EXCLUDE:
            return
        ring = frame.adjusted(_STROKE / 2, _STROKE / 2, -_STROKE / 2, -_STROKE / 2)
        inset = ring.width() / 2 * (1 - 0.5**0.5)  # where the diagonal meets the ring
        ends = ring.adjusted(inset, inset, -inset, -inset)
        for colour, width in ((tokens.raised, _STROKE + 2), (tokens.bad, _STROKE)):  # it must show on any picture
            painter.setPen(QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(ends.bottomLeft(), ends.topRight())
