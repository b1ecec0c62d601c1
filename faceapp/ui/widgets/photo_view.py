"""A photo with a box around every face. A click on a box tells which face."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QTransform,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from faceapp.types import Box
from faceapp.ui import theme, words

_TALLEST: Final = 1.25  # height over width, of a portrait photo beside others
_LEAST_HIT: Final = 16.0  # pixels that a small face can be clicked in
_BOX_RADIUS: Final = 6.0


@dataclass(frozen=True, slots=True)
class FaceBox:
    """A face on a photo. ``label``: the name, or a suggestion, "" for nothing."""

    face_id: int
    box: Box
    label: str = ""
    named: bool = False


class PhotoView(QWidget):
    """Shows a photo as large as fits. The left and right arrows (and Tab) go from face to face, Enter clicks.

    Signals
    -------
    face_clicked(object)
        The face id.
    """

    face_clicked = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, rounded: bool = True) -> None:
        super().__init__(parent)
        self._pixmap: QPixmap | None = None
        self._faces: tuple[FaceBox, ...] = ()
        self._error = ""
        self._selected: int | None = None
        self._hovered = -1
        self._focused = -1  # by keyboard
        self._pressed_at: QPointF | None = None
        self._rounded = rounded
        self.faces_shown = True
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(rounded)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Photo"))
        theme.signals().changed.connect(self.paint_again)

    def set_photo(self, pixmap: QPixmap | None, faces: Sequence[FaceBox] = ()) -> None:
        """Show a photo, or that it is being fetched (None)."""
        self._error = ""
        self._pixmap = None if pixmap is None or pixmap.isNull() else pixmap
        self._faces = tuple(faces)
        self._hovered = self._focused = -1
        self._describe()
        self.updateGeometry()
        self.update()

    def set_faces(self, faces: Sequence[FaceBox]) -> None:
        """Show other boxes on the same photo."""
        self._faces = tuple(faces)
        self._hovered = self._focused = -1
        self._describe()
        self.update()

    def set_error(self, text: str) -> None:
        """Say why there is no photo, or only the thumbnail that is shown already."""
        self._error = text
        self._describe()
        self.update()

    def set_selected(self, face_id: int | None) -> None:
        self._selected = face_id
        self._describe()
        self.update()

    def set_faces_shown(self, shown: bool) -> None:
        self.faces_shown = shown
        self._hovered = self._focused = -1
        self.update()

    @property
    def faces(self) -> tuple[FaceBox, ...]:
        return self._faces

    @property
    def active_face(self) -> FaceBox | None:
        """The face that the keyboard is on, or else the pointer."""
        at = self._focused if self._focused >= 0 else self._hovered
        return self._faces[at] if at >= 0 else None

    def focus_face(self, face_id: int) -> None:
        """Bring the keyboard to a face."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._focus(next((i for i, face in enumerate(self._faces) if face.face_id == face_id), -1))

    @property
    def pixmap(self) -> QPixmap | None:
        return self._pixmap

    def picture_rect(self) -> QRectF:
        """Return where the photo lies in the widget."""
        if self._pixmap is None:
            return QRectF(self.rect())
        fitted = self.shown_size(self._pixmap).scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        rect = QRectF(0, 0, fitted.width(), fitted.height())
        rect.moveCenter(QRectF(self.rect()).center())
        if self._rounded:
            rect.moveTop(0)
        return rect

    def shown_size(self, pixmap: QPixmap) -> QSize:
        """Return the size of the photo as it lies in the widget, before it is fitted."""
        return QSize(pixmap.size())

    def shown_box(self, box: Box) -> Box:
        """Return a box of the photo as it lies in the widget, in fractions of the picture."""
        return box

    def face_rect(self, face: FaceBox) -> QRectF:
        """Return where a face lies in the widget."""
        area, box = self.picture_rect(), self.shown_box(face.box)
        left, top = area.left() + box.x * area.width(), area.top() + box.y * area.height()
        return QRectF(left, top, box.w * area.width(), box.h * area.height())

    def face_at(self, where: QPointF) -> int:
        """Return the position in ``faces`` of the smallest face at a point, -1 if there is none."""
        if not self.faces_shown:
            return -1
        found, least = -1, float("inf")
        for i, face in enumerate(self._faces):
            rect = self.face_rect(face)
            wide = max(0.0, (_LEAST_HIT - rect.width()) / 2)
            high = max(0.0, (_LEAST_HIT - rect.height()) / 2)
            size = rect.width() * rect.height()
            if size < least and rect.adjusted(-wide, -high, wide, high).contains(where):
                found, least = i, size
        return found

    def sizeHint(self) -> QSize:
        return QSize(308, self.heightForWidth(308))

    def heightForWidth(self, width: int) -> int:
        if self._pixmap is None:
            return round(width * 0.75)
        return round(width * min(_TALLEST, self._pixmap.height() / self._pixmap.width()))

    @Slot()
    def paint_again(self) -> None:
        self.update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if self._pixmap is None:
            self._paint_placeholder(painter)
        else:
            self._paint_photo(painter, self._pixmap)
            if self.faces_shown:
                self._paint_faces(painter)
            if self._error:
                self._paint_remark(painter, self._error)
        if self._rounded and self.hasFocus() and (self._pixmap is None or self._focused < 0):  # no face has the ring
            painter.setPen(QPen(QColor(theme.current().accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.RADIUS_M, theme.RADIUS_M)
        painter.end()

    def _paint_placeholder(self, painter: QPainter) -> None:
        colours = theme.current()
        radius = theme.RADIUS_M if self._rounded else 0
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.placeholder if self._rounded else colours.bg))
        painter.drawRoundedRect(self.rect(), radius, radius)
        if self._error:
            painter.setPen(QColor(colours.text_2))
            words = QRectF(self.rect()).adjusted(theme.SPACE_4, 0, -theme.SPACE_4, 0)
            painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self._error)

    def _paint_photo(self, painter: QPainter, pixmap: QPixmap) -> None:
        rect = self.picture_rect()
        if not self._rounded:
            painter.drawPixmap(rect, pixmap, QRectF(pixmap.rect()))
            return
        brush = QBrush(pixmap)
        place = QTransform.fromTranslate(rect.left(), rect.top())
        brush.setTransform(place.scale(rect.width() / pixmap.width(), rect.height() / pixmap.height()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush)
        painter.drawRoundedRect(rect, theme.RADIUS_M, theme.RADIUS_M)

    def _paint_remark(self, painter: QPainter, text: str) -> None:
        """Paint a sentence on the lower edge of the photo."""
        colours, wrap = theme.current(), int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        painter.setFont(self.font())
        room = QRectF(self.rect()).adjusted(theme.SPACE_6, 0, -theme.SPACE_6, -theme.SPACE_6)
        said = painter.fontMetrics().boundingRect(room.toRect(), wrap, text)
        pill = QRectF(0, 0, said.width() + 2 * theme.SPACE_4, said.height() + 2 * theme.SPACE_2)
        pill.moveCenter(room.center())
        pill.moveBottom(room.bottom())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.pill))
        painter.drawRoundedRect(pill, theme.RADIUS_M, theme.RADIUS_M)
        painter.setPen(QColor(colours.on_pill))
        painter.drawText(pill, wrap, text)

    def _paint_faces(self, painter: QPainter) -> None:
        colours = theme.current()
        font = QFont(self.font())
        font.setPixelSize(theme.FONT_XS)
        painter.setFont(font)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for i, face in enumerate(self._faces):
            chosen = face.face_id == self._selected
            focused = i == self._focused and self.hasFocus()
            rect = self.face_rect(face).adjusted(1, 1, -1, -1)
            if chosen or focused:
                painter.setPen(QPen(QColor(colours.halo), 2))
                painter.drawRoundedRect(rect.adjusted(-2, -2, 2, 2), _BOX_RADIUS + 2, _BOX_RADIUS + 2)
            if focused:
                for colour, width in ((colours.halo, 6), (colours.on_pill, 2)):  # shows on dark and light pictures
                    painter.setPen(QPen(QColor(colour), width))
                    painter.drawRoundedRect(rect.adjusted(-4, -4, 4, 4), _BOX_RADIUS + 4, _BOX_RADIUS + 4)
            bright = colours.on_pill if i == self._hovered else colours.box
            painter.setPen(QPen(QColor(colours.accent if chosen else bright), 2))
            painter.drawRoundedRect(rect, _BOX_RADIUS, _BOX_RADIUS)
        for i, face in enumerate(self._faces):
            active = i in (self._hovered, self._focused) or face.face_id == self._selected
            text = face.label or (self.tr("Name…") if active else "")
            if text:
                self._paint_label(painter, self.face_rect(face), text)
                painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_label(self, painter: QPainter, face: QRectF, text: str) -> None:
        colours = theme.current()
        metrics = QFontMetricsF(painter.font())
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(60.0, face.width() * 2))
        pill = QRectF(face.left(), face.bottom() + 4, metrics.horizontalAdvance(text) + 12, 16)
        area = self.picture_rect().intersected(QRectF(self.rect()))
        if not area.intersects(face):
            return
        if pill.bottom() > area.bottom():  # no room below: above, else inside the box
            above = face.top() - 20 >= area.top()
            pill.moveBottom(face.top() - 4 if above else min(face.bottom(), area.bottom()) - 4)
        pill.moveLeft(max(area.left() + 2, min(pill.left(), area.right() - pill.width() - 2)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.pill))
        painter.drawRoundedRect(pill, 4, 4)
        painter.setPen(QColor(colours.on_pill))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)

    # Input

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.face_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        start, self._pressed_at = self._pressed_at, None
        if start is None or event.button() != Qt.MouseButton.LeftButton:
            return
        dragged = (event.position() - start).manhattanLength() >= QApplication.startDragDistance()
        face = self.face_at(event.position())
        if face >= 0 and not dragged:
            self.face_clicked.emit(self._faces[face].face_id)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Down) and self._faces:
            step = -1 if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Up) else 1
            self._focus((self._focused + step) % len(self._faces) if self._focused >= 0 else 0)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._focused >= 0:
            self.face_clicked.emit(self._faces[self._focused].face_id)
        else:
            event.ignore()

    def focusNextPrevChild(self, forward: bool) -> bool:
        target = self._focused + (1 if forward else -1)
        if self.faces_shown and self.hasFocus() and 0 <= target < len(self._faces):
            self._focus(target)
            return True
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() == Qt.FocusReason.BacktabFocusReason:
            self._focus(len(self._faces) - 1)
        elif event.reason() == Qt.FocusReason.TabFocusReason:
            self._focus(0 if self._faces else -1)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._focus(-1)

    def _focus(self, face: int) -> None:
        self._focused = face
        self._describe()
        self.update()

    def _hover(self, face: int) -> None:
        if face == self._hovered:
            return
        self._hovered = face
        self.setCursor(Qt.CursorShape.PointingHandCursor if face >= 0 else Qt.CursorShape.ArrowCursor)
        label = self._faces[face].label if face >= 0 else ""
        search = self.tr("Find {0} in all photos").format(label) if label else self.tr("Find this face in all photos")
        self.setToolTip(search if face >= 0 else "")
        self.update()

    def _describe(self) -> None:
        """Tell a screen reader where the keyboard is."""
        shown = self._focused
        if self._error and shown < 0:
            self.setAccessibleDescription(self._error)
            return
        if shown < 0:
            shown = next((i for i, face in enumerate(self._faces) if face.face_id == self._selected), -1)
        if shown < 0:
            self.setAccessibleDescription(words.faces(len(self._faces)))
            return
        label = self._faces[shown].label or self.tr("unnamed")
        self.setAccessibleDescription(self.tr("Face {0} of {1}: {2}").format(shown + 1, len(self._faces), label))
