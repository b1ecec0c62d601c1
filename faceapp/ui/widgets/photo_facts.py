"""What is known of a photo, as a table of two columns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from faceapp.types import Face, Photo
from faceapp.ui import error_words, words
from faceapp.ui.people import face_words
from faceapp.ui.widgets.parts import ElidedLabel


class PhotoFacts(QWidget):
    """A fact that is not known has no row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, 74)
        grid.setColumnStretch(1, 1)
        self._rows: dict[str, tuple[QLabel, ElidedLabel]] = {}
        heads = {
            "file": self.tr("File"),
            "taken": self.tr("Taken"),
            "camera": self.tr("Camera"),
            "place": self.tr("Place"),
            "size": self.tr("Size"),
            "people": self.tr("People"),
            "problem": self.tr("Problem"),
        }
        for at, (key, text) in enumerate(heads.items()):
            head = QLabel(text)
            head.setProperty("role", "faint")
            mode = Qt.TextElideMode.ElideMiddle if key in ("place", "file") else Qt.TextElideMode.ElideRight
            value = ElidedLabel(mode=mode)
            grid.addWidget(head, at, 0)
            grid.addWidget(value, at, 1)
            self._rows[key] = (head, value)

    def show_photo(self, photo: Photo, folder: Path | None, faces: Sequence[Face]) -> None:
        """``folder`` is the library folder that the photo lies in: the place is told from there on."""
        problem = error_words.told(photo.reason or "")
        values = {
            "file": (photo.path.name, str(photo.path)),
            "taken": (words.date_time(photo.taken) if photo.taken else "", ""),
            "camera": (photo.camera or "", ""),
            "place": (words.place(photo.path, folder), str(photo.path)),
            "size": (words.picture_size(photo.width, photo.height, photo.size), ""),
            "people": (face_words.people_of(faces), ""),
            "problem": (problem, problem),
        }
        for key, (text, tip) in values.items():
            for label in self._rows[key]:
                label.setVisible(bool(text))
            self._rows[key][1].set_full_text(text, tip)

    def fact(self, key: str) -> str:
        """Return what a row says, "" if there is none: file, taken, camera, place, size, people, problem."""
        return self._rows[key][1].full_text()
