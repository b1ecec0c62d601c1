"""The right panel on pages of people: one person or group, and what to do about her."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from faceapp.types import Person
from faceapp.types_people import Group, PersonDetails
from faceapp.ui import theme, words
from faceapp.ui.people import face_words
from faceapp.ui.widgets.beside import Beside
from faceapp.ui.widgets.name_edit import NameEdit
from faceapp.ui.widgets.page_parts import label
from faceapp.ui.widgets.parts import PictureButton
from faceapp.ui.widgets.tab_order import follow_layout

FACES = 9
_COLUMNS = 3
_SIDE = 96
_OFTEN = 3  # people named as often seen together
_BORN = "born"  # target of a link
_LINKS = Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard


class PersonPanel(Beside):
    """Shows what it is given; knows no library."""

    open_requested = Signal(object)  # person id
    open_group_requested = Signal(object)  # group id
    review_requested = Signal(object)  # person id
    born_requested = Signal(object)  # person id
    face_clicked = Signal(object)  # face id
    named = Signal(object, str)  # group id, name
    merge_requested = Signal()  # of what is selected

    def __init__(self, parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        super().__init__(
            translate("PersonPanel", "About this person"),
            translate("PersonPanel", "Choose a person to see more of her or him."),
            parent,
        )
        self._person: int | None = None
        self._group: int | None = None
        self._pictures: dict[int, PictureButton] = {}

        column = self.column
        column.setSpacing(theme.SPACE_1)
        self._title = label("", "heading")
        self._detail = label("", "muted")
        column.addWidget(self._title)
        column.addWidget(self._detail)
        column.addSpacing(theme.SPACE_2)
        self._faces = QGridLayout()
        self._faces.setSpacing(theme.SPACE_2)
        self._faces.setColumnStretch(_COLUMNS, 1)
        column.addLayout(self._faces)
        column.addSpacing(theme.SPACE_4)
        self._facts = self._build_facts()
        column.addWidget(self._facts)
        self._naming = self._build_naming()
        column.addWidget(self._naming)
        column.addSpacing(theme.SPACE_3)
        column.addLayout(self._build_buttons())
        column.addStretch(1)
        theme.signals().changed.connect(self._recolour_links)

    # --- parts

    def _build_facts(self) -> QWidget:
        part = QWidget()
        grid = QGridLayout(part)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, 84)
        grid.setColumnStretch(1, 1)
        self._values: dict[str, QLabel] = {}
        heads = {"born": self.tr("Born"), "often": self.tr("Often with"), "review": self.tr("To review")}
        for at, (key, text) in enumerate(heads.items()):
            head, value = label(text, "faint"), label("", "")
            head.setAlignment(Qt.AlignmentFlag.AlignTop)
            value.setTextFormat(Qt.TextFormat.RichText)
            value.setProperty("head", text)
            value.linkActivated.connect(self._on_link)
            grid.addWidget(head, at, 0)
            grid.addWidget(value, at, 1)
            self._values[key] = value
        return part

    def _build_naming(self) -> QWidget:
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_2)
        self.name_edit = NameEdit()
        self.name_edit.returnPressed.connect(self._on_name)
        self.name_button = QPushButton(self.tr("Name"))
        self.name_button.setProperty("kind", "primary")
        self.name_button.clicked.connect(self._on_name)
        self.name_edit.textChanged.connect(self._on_typing)
        self._on_typing()
        row.addWidget(self.name_edit, 1)
        row.addWidget(self.name_button)
        return part

    def _build_buttons(self) -> QHBoxLayout:
        self.review = QPushButton()
        self.review.setProperty("kind", "primary")
        self.review.clicked.connect(self._on_review)
        self.open = QPushButton()
        self.open.clicked.connect(self._on_open)
        self.merge = QPushButton()
        self.merge.setProperty("kind", "primary")
        self.merge.clicked.connect(self.merge_requested)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_2)
        for button in (self.review, self.merge, self.open):
            row.addWidget(button)
        row.addStretch(1)
        return row

    # --- what is shown

    @property
    def person_id(self) -> int | None:
        return self._person

    @property
    def group_id(self) -> int | None:
        return self._group

    def show_person(self, details: PersonDetails, face_ids: Sequence[int], *, opens: bool = True) -> None:
        """Show a person; pictures come by ``set_face_pixmap``. ``opens``: offer to go to the page of faces."""
        self._person, self._group = details.id, None
        self._title.setText(details.name)
        self._detail.setText(face_words.photos_and_years(details))
        self._set_faces(face_ids)
        born = words.date(details.born) if details.born is not None else self.tr("Add…")
        self._set_fact("born", [(_BORN, born)], "")
        often = [(f"person:{who}", name) for who, name, _together in details.often_with[:_OFTEN]]
        self._set_fact("often", often, self.tr("nobody yet"))
        self._set_fact("review", [], words.faces(details.suggested) if details.suggested else self.tr("nothing"))
        self._show_parts(facts=True, review=details.suggested > 0, opens=opens)
        self.review.setText(face_words.review(details.suggested))
        self.open.setText(self.tr("Open"))

    def _set_fact(self, key: str, links: Sequence[tuple[str, str]], otherwise: str) -> None:
        """Show links as (target, words), or words where there are none: those are no stop of the Tab key."""
        value = self._values[key]
        value.setTextInteractionFlags(_LINKS if links else Qt.TextInteractionFlag.NoTextInteraction)
        value.setText(words.names(_link(*link) for link in links) or otherwise)
        told = words.names(text for _target, text in links) or otherwise
        value.setAccessibleName(f"{value.property('head')}: {told}")

    @Slot()
    def _recolour_links(self) -> None:
        """A label keeps the colour that links had when it was filled."""
        for value in self._values.values():
            text = value.text()
            value.clear()
            value.setText(text)

    def show_group(
        self, group: Group, face_ids: Sequence[int], people: Sequence[Person], *, opens: bool = True
    ) -> None:
        """Show a group without a name, and a line to name it."""
        if group.id != self._group:
            self.name_edit.clear()
        self._person, self._group = None, group.id
        self._title.setText(face_words.who_is_this())
        self._detail.setText(words.faces_in_photos(group.faces, group.photos))
        self._set_faces(face_ids)
        self.name_edit.set_people(people)
        self._show_parts(naming=True, opens=opens)
        self.open.setText(self.tr("Open"))

    def show_several(self, people: int, groups: int, face_ids: Sequence[int]) -> None:
        """Show how many are selected, a face of each, and that they can become one."""
        self._person = self._group = None
        self._title.setText(
            words.phrases(words.people(people) if people else "", face_words.groups(groups) if groups else "")
        )
        self._detail.setText(self.tr("If they are all the same person, make them one. It can be undone."))
        self._set_faces(face_ids)
        self._show_parts(merge=True)
        self.merge.setText(self.tr("They are one person"))

    def clear(self, words_instead: str = "") -> None:
        """Show the hint of the empty state."""
        self._person = self._group = None
        self._set_faces(())
        self.show_empty(words_instead)

    def set_face_pixmap(self, face_id: int, pixmap: QPixmap) -> None:
        if face_id in self._pictures:
            self._pictures[face_id].set_pixmap(pixmap)

    def fact(self, key: str) -> str:
        """Return what a row says: born, often, review."""
        return self._values[key].text()

    def title(self) -> str:
        return self._title.text()

    def _show_parts(
        self,
        *,
        facts: bool = False,
        naming: bool = False,
        review: bool = False,
        merge: bool = False,
        opens: bool = False,
    ) -> None:
        self._facts.setVisible(facts)
        self._naming.setVisible(naming)
        self.review.setVisible(review)
        self.merge.setVisible(merge)
        self.open.setVisible(opens)
        self.show_content()

    def _set_faces(self, face_ids: Sequence[int]) -> None:
        wanted = list(face_ids[:FACES])
        if wanted == list(self._pictures):
            return
        for button in self._pictures.values():
            self._faces.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._pictures = {}
        for at, face_id in enumerate(wanted):
            button = PictureButton(_SIDE, self.tr("Face {n}. Click to find every match.").replace("{n}", str(at + 1)))
            button.setProperty("face_id", face_id)
            button.clicked.connect(self._on_face)
            self._faces.addWidget(button, at // _COLUMNS, at % _COLUMNS)
            self._pictures[face_id] = button
            button.show()
        follow_layout(self)

    # --- what was asked

    @Slot()
    def _on_face(self) -> None:
        sender = self.sender()
        face_id = next((i for i, own in self._pictures.items() if own is sender), None)
        if face_id is not None:
            self.face_clicked.emit(face_id)

    @Slot(str)
    def _on_link(self, target: str) -> None:
        what, _, number = target.partition(":")
        if what == "person":
            self.open_requested.emit(int(number))
        elif self._person is not None:
            self.born_requested.emit(self._person)

    @Slot()
    def _on_typing(self) -> None:
        self.name_button.setEnabled(bool(self.name_edit.name))

    @Slot()
    def _on_name(self) -> None:
        if self._group is not None and self.name_edit.name:
            self.named.emit(self._group, self.name_edit.name)

    @Slot()
    def _on_review(self) -> None:
        if self._person is not None:
            self.review_requested.emit(self._person)

    @Slot()
    def _on_open(self) -> None:
        if self._person is not None:
            self.open_requested.emit(self._person)
        elif self._group is not None:
            self.open_group_requested.emit(self._group)


def _link(target: str, text: str) -> str:
    return f'<a href="{target}" style="text-decoration: none">{escape(text)}</a>'
