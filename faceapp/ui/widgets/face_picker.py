"""Asks which faces of a picture to look for, when it shows more than one person."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from faceapp.types import Box
from faceapp.ui import theme, words
from faceapp.ui.widgets.parts import PictureButton
from faceapp.ui.widgets.photo_view import FaceBox, PhotoView

_TILE = 64


class FacePicker(QDialog):
    """The picture with its boxes, and a row of its faces for the keyboard. Faces are known by their index.

    A click chooses a face or takes it back. ``selected`` is the answer once the dialog was accepted.
    """

    def __init__(self, pixmap: QPixmap, boxes: Sequence[Box], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes = list(boxes)
        self._chosen: set[int] = set()
        self.setWindowTitle(self.tr("Who are you looking for?"))
        heading = QLabel(self.tr("Who are you looking for?"))
        heading.setProperty("role", "heading")
        self._hint = QLabel()
        self._hint.setProperty("role", "muted")
        self._pixmap = pixmap
        self.photo_view = PhotoView()
        self.photo_view.set_photo(pixmap)
        self.photo_view.setMinimumSize(420, 280)
        self.photo_view.face_clicked.connect(self.toggle)
        self._tiles: list[PictureButton] = []

        self.use_all = QPushButton(self.tr("Use all"))
        self.use_all.setToolTip(self.tr("Look for every face of this picture"))
        self.use_all.setAutoDefault(False)
        self.use_all.clicked.connect(self._on_all)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.setToolTip(self.tr("Search for nobody (Esc)"))
        cancel.clicked.connect(self.reject)
        self.search = QPushButton(self.tr("Search"))
        self.search.setProperty("kind", "primary")
        self.search.setDefault(True)
        self.search.setToolTip(self.tr("Look for the chosen faces (Enter)"))
        self.search.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_2)
        buttons.addWidget(self.use_all)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.search)

        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_6, theme.SPACE_6, theme.SPACE_6, theme.SPACE_4)
        column.setSpacing(theme.SPACE_3)
        column.addWidget(heading)
        column.addWidget(self._hint)
        column.addWidget(self.photo_view, 1)
        column.addWidget(self._build_tiles())
        column.addLayout(buttons)
        self.resize(720, 640)
        self._refresh()

    def _build_tiles(self) -> QScrollArea:
        holder = QWidget()
        holder.setProperty("surface", "bg")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_2)
        for index, box in enumerate(self._boxes):
            tile = PictureButton(_TILE, self._label(index))
            tile.setCheckable(True)
            tile.set_pixmap(_cut(self._pixmap, box))
            tile.clicked.connect(self._on_tile)
            row.addWidget(tile)
            self._tiles.append(tile)
        row.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(holder)
        area.setFixedHeight(_TILE + 12)
        return area

    @property
    def selected(self) -> list[int]:
        """The chosen faces as indices into the boxes, ascending."""
        return sorted(self._chosen)

    @Slot(object)
    def toggle(self, index: int) -> None:
        """Choose a face or take it back."""
        self._chosen ^= {index}
        self._refresh()

    @Slot()
    def accept(self) -> None:
        if self._chosen:
            super().accept()

    @Slot()
    def _on_tile(self) -> None:
        tile = self.sender()
        for index, own in enumerate(self._tiles):
            if own is tile:
                self.toggle(index)

    @Slot()
    def _on_all(self) -> None:
        self._chosen = set(range(len(self._boxes)))
        self._refresh()
        self.accept()

    def _label(self, index: int) -> str:
        return self.tr("Face {n}").replace("{n}", words.number(index + 1))

    def _refresh(self) -> None:
        faces = [
            FaceBox(index, box, f"✓ {index + 1}" if index in self._chosen else str(index + 1), index in self._chosen)
            for index, box in enumerate(self._boxes)
        ]
        self.photo_view.set_faces(faces)
        for index, tile in enumerate(self._tiles):
            tile.setChecked(index in self._chosen)
        # The view marks one box; with several chosen the labels tell which.
        self.photo_view.set_selected(next(iter(self._chosen)) if len(self._chosen) == 1 else None)
        self.search.setEnabled(bool(self._chosen))
        if self._chosen:
            total = self.tr("{n} of {faces} chosen")
            text = total.replace("{n}", words.number(len(self._chosen))).replace(
                "{faces}", words.faces(len(self._boxes))
            )
        else:
            text = self.tr("{faces} in this picture. Click one or more.").replace(
                "{faces}", words.faces(len(self._boxes))
            )
        self._hint.setText(text)


def _cut(pixmap: QPixmap, box: Box) -> QPixmap:
    """Return a square around a face, with a little of what surrounds it."""
    x, y, w, h = box.to_pixels(pixmap.width(), pixmap.height())
    side = min(round(1.4 * max(w, h)), pixmap.width(), pixmap.height())
    left = min(max(0, x + w // 2 - side // 2), pixmap.width() - side)
    top = min(max(0, y + h // 2 - side // 2), pixmap.height() - side)
    return pixmap.copy(QRect(left, top, max(1, side), max(1, side)))
