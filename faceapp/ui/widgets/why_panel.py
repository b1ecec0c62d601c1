"""Why a face has its name, or was found: both faces as the recognition sees them, and what speaks for it in words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from faceapp.types_people import Why
from faceapp.ui import theme, words
from faceapp.ui.people import step_words, why_words
from faceapp.ui.widgets.page_parts import label
from faceapp.ui.widgets.parts import Picture, PictureButton

SIDE = 224  # of a face
_VOTE = 64
_MOST_VOTES = 6
_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class WhyPanel(QDialog):
    """Shows a reason, and leaves the window as usable as before. Every text can be selected."""

    face_clicked = Signal(object)  # id of an example

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.face_id: int | None = None
        self.other_face_id: int | None = None
        self._tiles: dict[int, PictureButton] = {}
        self.setWindowTitle(self.tr("Why?"))
        self._heading = label("", "heading")
        self._summary = label("", "muted")
        self.pictures = (Picture(SIDE, theme.RADIUS_M), Picture(SIDE, theme.RADIUS_M))
        self.captions = (label("", "small"), label("", "small"))
        faces = QHBoxLayout()
        faces.setSpacing(theme.SPACE_4)
        for picture, caption in zip(self.pictures, self.captions, strict=True):
            column = QVBoxLayout()
            column.setSpacing(theme.SPACE_1)
            caption.setFixedWidth(SIDE)
            caption.setTextInteractionFlags(_SELECTABLE)
            column.addWidget(picture)
            column.addWidget(caption)
            column.addStretch(1)
            faces.addLayout(column)
        faces.addStretch(1)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(theme.SPACE_4)
        self._facts.setVerticalSpacing(theme.SPACE_2)
        self._facts.setColumnStretch(1, 1)
        inner = QWidget()
        inner.setProperty("surface", "bg")
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.SPACE_6, theme.SPACE_6, theme.SPACE_6, theme.SPACE_3)
        column.setSpacing(theme.SPACE_3)
        column.addWidget(self._heading)
        column.addWidget(self._summary)
        column.addLayout(faces)
        column.addLayout(self._facts)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(theme.SPACE_6, 0, theme.SPACE_6, theme.SPACE_4)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area, 1)
        whole.addLayout(buttons)
        for text in (self._heading, self._summary):
            text.setTextInteractionFlags(_SELECTABLE)
        self.resize(2 * SIDE + theme.SPACE_4 + 2 * theme.SPACE_6 + 72, 720)

    def ask(self, face_id: int) -> None:
        """Show that the reasons for a face are looked for."""
        self.face_id, self.other_face_id = face_id, None
        self._heading.setText(self.tr("Why?"))
        self._summary.setText(self.tr("Comparing…"))
        self._set_captions("", "")
        for picture in self.pictures:
            picture.set_pixmap(None)
        self.pictures[1].hide()
        self._clear_facts()

    def show_why(self, why: Why, *, looked_for: bool = False) -> None:
        """Show the reasons, of a match of a query or of a name; pictures come by ``put_aligned`` and ``put_tile``."""
        self.other_face_id = why.other_face_id
        self.setWindowTitle(why_words.title(why))
        self._heading.setText(why_words.title(why))
        self._summary.setText(why_words.summary(why))
        self._set_captions(self.tr("This face"), why_words.other_caption(why, looked_for))
        self.pictures[1].setVisible(why.other_face_id is not None)
        self._clear_facts()
        self._add_fact(self.tr("Name"), why_words.standing(why))
        self._add_fact(self.tr("Likeness"), why_words.likeness(why))
        self._add_fact(self.tr("Rank"), why_words.rank(why))
        if why.person_name:
            self._add_fact(self.tr("Second"), why_words.runner_up(why))
        self._add_votes(why)
        flags = self.tr("This face: {quality}").replace("{quality}", why_words.quality(why.flags))
        if why.other_face_id is not None:
            other = self.tr("The other: {quality}").replace("{quality}", why_words.quality(why.other_flags))
            flags = f"{flags}\n{other}"
        self._add_fact(self.tr("Quality"), flags)
        said = [f"{step_words.text(step)} ({words.date_time(step.created.astimezone())})" for step in why.said]
        self._add_fact(self.tr("You said"), "\n".join(said) or self.tr("Nothing of this face yet"))

    def show_error(self, text: str) -> None:
        self._heading.setText(self.tr("The reason could not be found"))
        self._summary.setText(text)

    def put_aligned(self, face_id: int, pixmap: QPixmap) -> None:
        """Show a face as the recognition sees it."""
        for picture, own in zip(self.pictures, (self.face_id, self.other_face_id), strict=True):
            if own == face_id:
                picture.set_pixmap(pixmap)

    def put_tile(self, face_id: int, pixmap: QPixmap) -> None:
        """Show a tile where there is nothing better yet."""
        if face_id in self._tiles:
            self._tiles[face_id].set_pixmap(pixmap)
        for picture, own in zip(self.pictures, (self.face_id, self.other_face_id), strict=True):
            if own == face_id and picture.pixmap() is None:
                picture.set_pixmap(pixmap)

    def set_trouble(self, face_id: int, text: str) -> None:
        """Say below a face why it is shown as its tile only."""
        for caption, own in zip(self.captions, (self.face_id, self.other_face_id), strict=True):
            if own == face_id:
                caption.setText(f"{caption.text()}\n{text}".strip())

    def face_ids(self) -> list[int]:
        """Return every face that is shown."""
        return [face for face in (self.face_id, self.other_face_id, *self._tiles) if face is not None]

    def texts(self) -> dict[str, str]:
        """Return what is said, by its heading; the title and the summary under "" and "summary"."""
        found = {"": self._heading.text(), "summary": self._summary.text()}
        for row in range(self._facts.rowCount()):
            cells = [self._facts.itemAtPosition(row, column) for column in (0, 1)]
            name, value = (getattr(cell.widget(), "text", str)() if cell is not None else "" for cell in cells)
            if name:
                found[name] = value
        return found

    def _set_captions(self, *texts: str) -> None:
        for picture, caption, text in zip(self.pictures, self.captions, texts, strict=True):
            caption.setText(text)
            picture.setAccessibleName(text)

    def _clear_facts(self) -> None:
        self._tiles.clear()
        while (item := self._facts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _add_fact(self, name: str, text: str) -> None:
        if text:
            value = label(text, "")
            value.setTextInteractionFlags(_SELECTABLE)
            value.setAccessibleName(words.titled(name, text))
            self._add_row(name, value)

    def _add_votes(self, why: Why) -> None:
        """Show the examples that speak for it, the most alike first."""
        if not why.votes:
            return
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_2)
        for vote in why.votes[:_MOST_VOTES]:
            tile = PictureButton(_VOTE, why_words.vote(vote.score, why.person_name))
            tile.set_caption(words.decimal(vote.score))
            tile.setProperty("face_id", vote.face_id)
            tile.clicked.connect(self._on_tile)
            self._tiles[vote.face_id] = tile
            row.addWidget(tile)
        row.addStretch(1)
        self._add_row(self.tr("Compared with"), holder)

    def _add_row(self, name: str, value: QWidget) -> None:
        at = self._facts.rowCount()
        head = label(name, "muted")
        head.setWordWrap(False)
        self._facts.addWidget(head, at, 0, Qt.AlignmentFlag.AlignTop)
        self._facts.addWidget(value, at, 1)

    @Slot()
    def _on_tile(self) -> None:
        tile = self.sender()
        if isinstance(tile, PictureButton):
            self.face_clicked.emit(tile.property("face_id"))
