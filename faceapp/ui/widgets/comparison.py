"""Pairs of faces about which two models disagree, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from faceapp.types import Disagreement
from faceapp.ui import theme, words
from faceapp.ui.widgets.page_parts import card, label
from faceapp.ui.widgets.parts import PictureButton
from faceapp.ui.widgets.tab_order import follow_layout

_SIDE = 84


class Comparison(QWidget):
    """A list of pairs with what each model says. A click on a face asks for it."""

    face_clicked = Signal(object)  # face id
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Where two models disagree"))
        self._tiles: dict[int, list[PictureButton]] = {}
        self._sentences: list[str] = []
        self._title = label("", "strong")
        self.close_button = QPushButton(self.tr("Back to the models"))
        self.close_button.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.SPACE_2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_3)
        column.addLayout(head)
        column.addLayout(self._rows)
        self.hide()

    def show_pairs(self, old: str, new: str, pairs: Sequence[Disagreement]) -> None:
        """Show pairs, the most surprising first; pictures come by ``set_pixmap``."""
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._tiles, self._sentences = {}, []
        title = self.tr("{old} and {new} agree on every pair that was looked at.")
        if pairs:
            title = self.tr("{old} (in use) and {new} disagree on these pairs:")
        self._title.setText(title.replace("{old}", old).replace("{new}", new))
        for pair in pairs:
            self._rows.addWidget(self._row(pair))
        follow_layout(self)
        self.show()
        self.close_button.setFocus()

    def face_ids(self) -> list[int]:
        return list(self._tiles)

    def set_pixmap(self, face_id: int, pixmap: QPixmap) -> None:
        for tile in self._tiles.get(face_id, ()):
            tile.set_pixmap(pixmap)

    def sentences(self) -> list[str]:
        """Return what each row says."""
        return list(self._sentences)

    def _row(self, pair: Disagreement) -> QWidget:
        frame, inside = card()
        # Only pairs on which the two differ come here, so the higher score is the one that says "same".
        same_before = pair.old_score > pair.new_score
        said = (
            self.tr("In use: the same person. New: two people.")
            if same_before
            else self.tr("In use: two people. New: the same person.")
        )
        scores = self.tr("{old} with the model in use, {new} with the new one")
        scores = scores.replace("{old}", words.decimal(pair.old_score)).replace("{new}", words.decimal(pair.new_score))
        self._sentences.append(words.sentences(said, scores))
        frame.setAccessibleName(self._sentences[-1])
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_2)
        for face_id in (pair.face_a, pair.face_b):
            tile = PictureButton(_SIDE, self.tr("A face of this pair. Click to search for it."))
            tile.setProperty("face_id", face_id)
            tile.clicked.connect(self._on_tile)
            self._tiles.setdefault(face_id, []).append(tile)
            row.addWidget(tile)
        text = QVBoxLayout()
        text.setSpacing(2)
        text.addStretch(1)
        text.addWidget(label(said, ""))
        text.addWidget(label(scores, "muted"))
        text.addStretch(1)
        row.addSpacing(theme.SPACE_2)
        row.addLayout(text, 1)
        inside.addLayout(row)
        return frame

    @Slot()
    def _on_tile(self) -> None:
        tile = self.sender()
        if isinstance(tile, PictureButton):
            tile.setChecked(False)
            self.face_clicked.emit(tile.property("face_id"))
