"""The right panel: one photo, the faces in it, and what is known of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from faceapp.types import Face, Photo
from faceapp.ui import match_words, theme, words
from faceapp.ui.people import face_words
from faceapp.ui.widgets.beside import Beside
from faceapp.ui.widgets.face_row import FaceRow
from faceapp.ui.widgets.parts import PictureButton
from faceapp.ui.widgets.photo_facts import PhotoFacts
from faceapp.ui.widgets.photo_view import FaceBox, PhotoView
from faceapp.ui.widgets.tab_order import follow_layout

SIMILAR = 5
_SIMILAR_SIDE = 56
_PHOTO_HEIGHT = (120, 420)  # the least and the most


class Inspector(Beside):
    """Shows what it is given; knows no library. A click on a face anywhere in it asks for a search."""

    face_clicked = Signal(object)  # face id
    name_requested = Signal(object)  # face id
    confirm_requested = Signal(object)  # face id: it is whom it seems to be
    reject_requested = Signal(object)  # face id: it is not whom it seems to be
    open_requested = Signal(object)  # photo id
    show_in_folder_requested = Signal(object)  # photo id

    def __init__(self, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        super().__init__(
            translate("Inspector", "Information"),
            translate("Inspector", "Choose a photo or a face to see who is in it."),
            parent,
        )
        self._photo: Photo | None = None
        self._faces: dict[int, Face] = {}
        self._rows: dict[int, FaceRow] = {}
        self._similar: dict[int, PictureButton] = {}
        self._thumbs: dict[int, QPixmap] = {}
        self._selected: int | None = None

        self.column.setSpacing(0)
        self.photo_view = PhotoView()
        self.photo_view.face_clicked.connect(self._on_face)
        self.column.addWidget(self.photo_view)
        self._offline = QLabel(words.not_connected())
        self._offline.setProperty("role", "muted")
        self._offline.setWordWrap(True)
        self._offline.setContentsMargins(0, theme.SPACE_2, 0, 0)
        self.column.addWidget(self._offline)
        self.column.addSpacing(theme.SPACE_4)
        self._facts = PhotoFacts()
        self.column.addWidget(self._facts)
        self.column.addSpacing(theme.SPACE_3)
        self.column.addLayout(self._build_photo_buttons())
        self._match = self._build_match()
        self._face_part, self._face_list = self._section(self.tr("Faces"))
        self._name = QPushButton()
        self._name.clicked.connect(self._on_name)
        self._name.setToolTip(self.tr("Say who this is (Ctrl+N)"))
        self._yes, self._no = QPushButton(), QPushButton(self.tr("No"))
        self._yes.setProperty("kind", "primary")
        self._yes.setToolTip(self.tr("Say that this is who it seems to be"))
        self._no.setToolTip(self.tr("Say that this is somebody else"))
        self._yes.clicked.connect(self._on_yes)
        self._no.clicked.connect(self._on_no)
        named = QHBoxLayout()
        named.setSpacing(theme.SPACE_2)
        for button in (self._yes, self._no, self._name):
            named.addWidget(button)
        named.addStretch(1)
        self._face_part.layout().addLayout(named)  # type: ignore[union-attr]
        self._similar_part, similar = self._section(self.tr("Most similar"))
        self._similar_row = QHBoxLayout()
        self._similar_row.setSpacing(6)
        similar.addLayout(self._similar_row)
        self.column.addStretch(1)
        self.clear()

    # --- parts

    def _build_photo_buttons(self) -> QHBoxLayout:
        self._open = QPushButton(self.tr("Open"))
        self._open.setToolTip(self.tr("Open in the viewer (Enter)"))
        self._open.clicked.connect(self._on_open)
        self._show = QPushButton(self.tr("Show in folder"))
        self._show.setToolTip(self.tr("Show the file in its folder (Ctrl+Shift+R)"))
        self._show.clicked.connect(self._on_show)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_2)
        row.addWidget(self._open)
        row.addWidget(self._show)
        row.addStretch(1)
        return row

    def _build_match(self) -> QWidget:
        part, inside = self._section(self.tr("Why it matches"))
        self._score = QLabel()
        self._score.setProperty("role", "title")
        self._likelihood = QLabel()
        self._likelihood.setWordWrap(True)
        about = QLabel(self.tr("how alike this face and the one you look for are; 1.00 is the same picture"))
        about.setProperty("role", "muted")
        about.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_3)
        row.addWidget(self._score)
        row.addWidget(about, 1)
        inside.addWidget(self._likelihood)
        inside.addSpacing(theme.SPACE_1)
        inside.addLayout(row)
        return part

    def _section(self, title: str) -> tuple[QWidget, QVBoxLayout]:
        """Add a part with a line and a heading over it; return it and the layout for what is in it."""
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, theme.SPACE_4, 0, 0)
        column.setSpacing(theme.SPACE_2)
        line = QFrame()
        line.setProperty("role", "line")
        column.addWidget(line)
        column.addSpacing(theme.SPACE_1)
        heading = QLabel(title)
        heading.setProperty("role", "strong")
        column.addWidget(heading)
        inside = QVBoxLayout()
        inside.setSpacing(2)
        column.addLayout(inside)
        self.column.addWidget(part)
        return part, inside

    # --- what is shown

    def show_photo(self, photo: Photo, folder_path: Path | None, faces: Sequence[Face], pixmap: QPixmap | None) -> None:
        """Show a photo and its faces; the selected face, the match and similar faces are set after it."""
        self._photo = photo
        self._faces = {face.id: face for face in faces}
        self._facts.show_photo(photo, folder_path, faces)
        self.set_pixmap(pixmap)
        self._fit_photo()
        self._fill_faces(faces)
        self.set_connected(True)
        self.set_selected_face(None)
        self.show_match(None)
        self.set_similar(())
        self.show_content()

    def set_connected(self, connected: bool) -> None:
        """Say whether the photo itself can be reached; what is known of it is shown anyway."""
        self._offline.setVisible(not connected)
        self._show.setEnabled(connected)

    def set_pixmap(self, pixmap: QPixmap | None) -> None:
        """Give the photo its picture when it has been loaded."""
        self.photo_view.set_photo(pixmap, self._boxes())
        self.photo_view.set_selected(self._selected)

    def _boxes(self) -> list[FaceBox]:
        """Return the boxes of the photo: named, "Ann?" if guessed, others if selected: words hide faces."""
        return [
            FaceBox(
                face.id,
                face.box,
                face_words.label(face) if face_words.name(face) or face.id == self._selected else "",
                face.person_id is not None,
            )
            for face in self._faces.values()
        ]

    def set_face_pixmap(self, face_id: int, pixmap: QPixmap) -> None:
        """Give a face its tile, wherever it is shown."""
        self._thumbs[face_id] = pixmap
        for shown in (self._rows.get(face_id), self._similar.get(face_id)):
            if shown is not None:
                shown.set_pixmap(pixmap)

    def set_selected_face(self, face_id: int | None) -> None:
        """Mark a face of the photo; "Name…" means this one."""
        self._selected = face_id if face_id in self._faces else None
        for own, row in self._rows.items():
            row.setChecked(own == self._selected)
            if own == self._selected:
                self._face_list.removeWidget(row)
                self._face_list.insertWidget(0, row)  # in a crowd, the one that is looked at comes first
                follow_layout(self)
        self.photo_view.set_faces(self._boxes())
        self.photo_view.set_selected(self._selected)
        chosen = self._faces[self._selected] if self._selected is not None else None
        self._name.setVisible(chosen is not None)
        if chosen is not None:
            named = chosen.person_id is not None
            self._name.setText(self.tr("Change name…") if named else self.tr("Name…"))
        guess = chosen.guess if chosen is not None and chosen.person_id is None and chosen.hidden is None else None
        for button in (self._yes, self._no):
            button.setVisible(guess is not None)
        if guess is not None:
            self._yes.setText(self.tr("Yes, {name}").format(name=guess.name))

    def selected_face(self) -> int | None:
        return self._selected

    def show_match(self, score: float | None, chance: float | None = None) -> None:
        """Show how alike the selected face is to the query, a cosine, and the chance that it is the same person.

        None hides it.
        """
        self._match.setVisible(score is not None)
        sure = match_words.chance_figure(chance) if chance is not None else ""
        self._likelihood.setText(sure[:1].upper() + sure[1:])
        self._likelihood.setVisible(bool(sure))
        if score is not None:
            self._score.setText(words.decimal(score))

    def likelihood(self) -> str:
        """Return how sure the match is, in words; "" if nothing matches."""
        return self._likelihood.text()

    def set_similar(self, found: Sequence[tuple[int, float]]) -> None:
        """Show up to five faces of the library with their scores; pictures come by ``set_face_pixmap``."""
        for button in self._similar.values():
            self._similar_row.removeWidget(button)
            button.hide()
            button.deleteLater()
        while self._similar_row.takeAt(0) is not None:
            pass
        self._similar = {}
        for face_id, score in found[:SIMILAR]:
            told = self.tr("Similar face, {score}. Click to search for it.").replace("{score}", words.decimal(score))
            button = PictureButton(_SIMILAR_SIDE, told)
            button.set_caption(words.decimal(score))
            button.set_pixmap(self._thumbs.get(face_id))
            button.setProperty("face_id", face_id)
            button.clicked.connect(self._on_part_clicked)
            self._similar[face_id] = button
            self._similar_row.addWidget(button)
            button.show()
        self._similar_row.addStretch(1)
        self._similar_part.setVisible(bool(self._similar))
        follow_layout(self)

    def clear(self) -> None:
        """Show the hint of the empty state."""
        self._photo = None
        self._faces = {}
        self._thumbs = {}
        self._fill_faces(())
        self.set_selected_face(None)
        self.photo_view.set_photo(None, ())
        self.set_similar(())
        self.show_empty()

    def fact(self, key: str) -> str:
        """Return one of the facts, as ``PhotoFacts.fact``."""
        return self._facts.fact(key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_photo()

    def _fill_faces(self, faces: Sequence[Face]) -> None:
        for row in self._rows.values():
            self._face_list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = {}
        for face in faces:
            row = FaceRow(face_words.label(face), face_words.quality(face), named=face.person_id is not None)
            row.set_pixmap(self._thumbs.get(face.id))
            row.setProperty("face_id", face.id)
            row.clicked.connect(self._on_part_clicked)
            self._rows[face.id] = row
            self._face_list.addWidget(row)
            row.show()
        self._face_part.setVisible(bool(faces))
        follow_layout(self)

    def _fit_photo(self) -> None:
        """Give the photo the height of its shape at the panel's width."""
        if self._photo is None:
            return
        wide = max(1, self.width() - 1 - 2 * theme.SPACE_4)
        shape = self._photo.height / self._photo.width if self._photo.width and self._photo.height else 0.75
        least, most = _PHOTO_HEIGHT
        self.photo_view.setFixedHeight(round(min(most, max(least, wide * shape))))

    # --- what was asked

    @Slot(object)
    def _on_face(self, face_id: int) -> None:
        self.face_clicked.emit(face_id)

    @Slot()
    def _on_part_clicked(self) -> None:
        part = self.sender()
        for face_id, own in (*self._rows.items(), *self._similar.items()):
            if own is part:
                # The owner of the panel decides what is selected.
                own.setChecked(face_id == self._selected)
                self.face_clicked.emit(face_id)
                return

    @Slot()
    def _on_name(self) -> None:
        if self._selected is not None:
            self.name_requested.emit(self._selected)

    @Slot()
    def _on_yes(self) -> None:
        if self._selected is not None:
            self.confirm_requested.emit(self._selected)

    @Slot()
    def _on_no(self) -> None:
        if self._selected is not None:
            self.reject_requested.emit(self._selected)

    @Slot()
    def _on_open(self) -> None:
        if self._photo is not None:
            self.open_requested.emit(self._photo.id)

    @Slot()
    def _on_show(self) -> None:
        if self._photo is not None:
            self.show_in_folder_requested.emit(self._photo.id)
