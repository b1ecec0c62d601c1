"""One calm question, before anybody has a name: who is this?"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from faceapp.ui import icons, theme, words
from faceapp.ui.widgets.name_edit import NameEdit
from faceapp.ui.widgets.parts import ElidedLabel, draw_picture

FACES = 6
_SIDE = 48
_GAP = theme.SPACE_1
_NAME_WIDTH = 180


class FirstNameHint(QWidget):
    """Faces of one group and a line for the name. Takes no focus by itself."""

    named = Signal(str)
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.faces = _Faces()
        self._title = QLabel(self.tr("Who is this?"))
        self._title.setProperty("role", "heading")
        self._advice = ElidedLabel()
        self._advice.setProperty("role", "muted")
        self.edit = NameEdit()
        self.edit.setPlaceholderText(self.tr("Type a name"))
        self.edit.setAccessibleName(self.tr("Who is this? Name of the person in these pictures"))
        self.edit.setToolTip(self.tr("Type a name and press Enter"))
        self.edit.setMinimumWidth(120)
        self.edit.setMaximumWidth(_NAME_WIDTH)
        self.edit.textChanged.connect(self._on_text)
        self.edit.returnPressed.connect(self._on_name)
        self.name_button = QPushButton(self.tr("Name"))
        self.name_button.setProperty("kind", "primary")
        self.name_button.setAccessibleName(self.tr("Name this person"))
        self.name_button.setToolTip(self.tr("Give these faces the name (Enter)"))
        self.name_button.clicked.connect(self._on_name)
        self.close_button = QToolButton()
        self.close_button.setProperty("kind", "icon")
        self.close_button.setIcon(icons.icon("close", "text_2"))
        self.close_button.setIconSize(QSize(16, 16))
        self.close_button.setAccessibleName(self.tr("Do not ask"))
        self.close_button.setToolTip(self.tr("Do not ask; unnamed groups are in the panel on the left (Esc)"))
        self.close_button.clicked.connect(self.dismissed)
        said = QVBoxLayout()
        said.setSpacing(theme.SPACE_1)
        said.addStretch(1)
        said.addWidget(self._title)
        said.addWidget(self._advice)
        said.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_4 + theme.SPACE_3, theme.SPACE_3 + 10, theme.SPACE_4 + theme.SPACE_2, 10)
        row.setSpacing(theme.SPACE_1)
        row.addWidget(self.faces, 3)
        row.addSpacing(theme.SPACE_2)
        row.addLayout(said, 2)
        row.addSpacing(theme.SPACE_2)
        row.addWidget(self.edit, 1)
        row.addSpacing(theme.SPACE_1)
        row.addWidget(self.name_button)
        row.addWidget(self.close_button)
        theme.signals().changed.connect(self._repaint)
        self._on_text("")
        self.hide()

    @property
    def face_ids(self) -> Sequence[int]:
        """Return the faces whose pictures are shown."""
        return self.faces.face_ids

    def show_group(self, face_ids: Sequence[int], photos: int) -> None:
        """Ask about a group, by its first faces. Their pictures may come later."""
        self.faces.set_faces(face_ids[:FACES])
        found = self.tr("In {photos}. Name them once.")
        self._advice.set_full_text(found.replace("{photos}", words.photos(photos)))
        self.setAccessibleName(f"{self._title.text()} {self._advice.full_text()}")
        self.show()

    def set_face_pixmap(self, face_id: int, pixmap: QPixmap) -> None:
        self.faces.set_pixmap(face_id, pixmap)

    @Slot(str)
    def _on_text(self, _text: str) -> None:
        self.name_button.setEnabled(bool(self.edit.name))

    @Slot()
    def _on_name(self) -> None:
        if self.edit.name:
            self.named.emit(self.edit.name)

    @Slot()
    def _repaint(self) -> None:
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(tokens.line))
        painter.setBrush(QColor(tokens.panel))
        card = QRectF(self.rect()).adjusted(theme.SPACE_4 + 0.5, theme.SPACE_3 + 0.5, -theme.SPACE_4 - 0.5, -0.5)
        painter.drawRoundedRect(card, theme.RADIUS_M, theme.RADIUS_M)


class _Faces(QWidget):
    """As many pictures side by side as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self.face_ids: Sequence[int] = ()
        self._pixmaps: dict[int, QPixmap] = {}
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_faces(self, face_ids: Sequence[int]) -> None:
        self.face_ids = tuple(face_ids)
        self._pixmaps = {}
        self.setMaximumWidth(max(_SIDE, len(self.face_ids) * (_SIDE + _GAP) - _GAP))
        self.updateGeometry()
        self.update()

    def set_pixmap(self, face_id: int, pixmap: QPixmap) -> None:
        if face_id in self.face_ids:
            self._pixmaps[face_id] = pixmap
            self.update()

    @property
    def waiting(self) -> int:
        """How many pictures are still to come."""
        return len(self.face_ids) - len(self._pixmaps)

    @property
    def room(self) -> int:
        """How many pictures are shown."""
        return min(len(self.face_ids), (self.width() + _GAP) // (_SIDE + _GAP))

    def sizeHint(self) -> QSize:
        return QSize(self.maximumWidth() if self.face_ids else _SIDE, _SIDE)

    def minimumSizeHint(self) -> QSize:
        return QSize(_SIDE, _SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for at, face_id in enumerate(self.face_ids[: self.room]):
            place = QRectF(at * (_SIDE + _GAP), 0, _SIDE, _SIDE)
            draw_picture(painter, place, self._pixmaps.get(face_id), theme.RADIUS_S)
