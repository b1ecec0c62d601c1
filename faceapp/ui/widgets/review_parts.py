"""What the review is made of: faces side by side, and answers that show their key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget

from faceapp.ui import theme, words
from faceapp.ui.people import review_words
from faceapp.ui.widgets.parts import draw_picture

_BADGE = 26


class FaceMosaic(QWidget):
    """A few faces in square cells, as large as there is room."""

    opened = Signal(object)  # face id, by a double click

    def __init__(self, radius: int = theme.RADIUS_S, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._radius = radius
        self._faces: tuple[int, ...] = ()
        self._pixmaps: dict[int, QPixmap] = {}
        self._sharp: set[int] = set()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.signals().changed.connect(self._repaint)

    def faces(self) -> tuple[int, ...]:
        return self._faces

    def show_faces(self, face_ids: Sequence[int], name: str) -> None:
        """Show the first faces; their pictures come by ``put``."""
        self._faces = tuple(face_ids[: review_words.SHOWN])
        self._pixmaps.clear()
        self._sharp.clear()
        self.setAccessibleName(name)
        self.update()

    def put(self, face_id: int, pixmap: QPixmap, *, sharp: bool = False) -> None:
        """Set a face's picture; a sharp one is not replaced by a coarse one."""
        if face_id in self._faces and (sharp or face_id not in self._sharp):
            self._pixmaps[face_id] = pixmap
            if sharp:
                self._sharp.add(face_id)
            self.update()

    def pixmap(self, face_id: int) -> QPixmap | None:
        return self._pixmaps.get(face_id)

    @Slot()
    def _repaint(self) -> None:
        self.update()

    def cells(self) -> list[QRectF]:
        """Return where the faces are: in as many columns as make them largest."""
        count, gap = len(self._faces), theme.SPACE_2
        side, columns = 0.0, 1
        for across in range(1, count + 1):
            down = -(-count // across)
            fits = min((self.width() - gap * (across - 1)) / across, (self.height() - gap * (down - 1)) / down)
            if fits >= side:
                side, columns = fits, across
        whole = int(side)
        return [
            QRectF(at % columns * (whole + gap), at // columns * (whole + gap), whole, whole) for at in range(count)
        ]

    def sizeHint(self) -> QSize:
        return self.maximumSize()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        for face_id, cell in zip(self._faces, self.cells(), strict=True):
            if cell.contains(event.position()):
                self.opened.emit(face_id)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for face_id, cell in zip(self._faces, self.cells(), strict=True):
            draw_picture(painter, cell, self._pixmaps.get(face_id), self._radius)


class AnswerButton(QPushButton):
    """An answer with its key on the left and what it is worth on the right."""

    HEIGHT = 42

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._badge = ""
        self._note = ""
        self.setFixedHeight(self.HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys where they are
        self.setAutoDefault(False)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)
        self._flash = QTimer(self, singleShot=True, interval=140)
        self._flash.timeout.connect(self._release)

    def set_answer(self, text: str, badge: str, key: str, note: str = "") -> None:
        """``badge`` is painted for the key, ``key`` is its name."""
        self._badge, self._note = badge, note
        self.setText(text)
        self.setToolTip(f"{text} ({key})")
        self.setAccessibleName(words.phrases(f"{text} ({key})", note))
        self.update()

    def note(self) -> str:
        return self._note

    def flash(self) -> None:
        """Show that the key was taken."""
        self.setDown(True)
        self._flash.start()

    @Slot()
    def _release(self) -> None:
        self.setDown(False)

    def sizeHint(self) -> QSize:
        return QSize(240, self.HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.current()
        ink = QColor(tokens.text if self.isEnabled() else tokens.text_3)

        font = QFont(self.font())
        font.setWeight(QFont.Weight.Bold)
        font.setPixelSize(theme.FONT_S)
        painter.setFont(font)
        wide = max(_BADGE, painter.fontMetrics().horizontalAdvance(self._badge) + theme.SPACE_3)
        badge = QRectF(theme.SPACE_3, (self.height() - _BADGE) / 2, wide, _BADGE)
        painter.setPen(QColor(tokens.line))
        painter.setBrush(QColor(tokens.bg))
        painter.drawRoundedRect(badge.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setPen(ink)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, self._badge)

        painter.setFont(self.font())
        line = QRectF(self.rect()).adjusted(badge.right() + theme.SPACE_3, 0, -theme.SPACE_3, 0)
        note_wide = painter.fontMetrics().horizontalAdvance(self._note)
        room = int(line.width()) - (note_wide + theme.SPACE_3 if self._note else 0)
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        centre = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, centre | Qt.AlignmentFlag.AlignLeft, text)
        painter.setPen(QColor(tokens.text_2 if self.isEnabled() else tokens.text_3))
        painter.drawText(line, centre | Qt.AlignmentFlag.AlignRight, self._note)
