"""What the menu of a tile offers about people. The same verbs are in the menus of the window."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu

from faceapp.types import HideReason
from faceapp.ui.pages import Pages
from faceapp.ui.people import face_words
from faceapp.ui.people.verbs import PeopleVerbs
from faceapp.ui.tile import TileDetails

_CONTEXT = "people"


def _(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)


def add_faces(menu: QMenu, verbs: PeopleVerbs, pages: Pages, details: TileDetails) -> None:
    """Offer what can be done to the selected faces; ``details`` are those of the one under the pointer."""
    faces = verbs.chosen().faces
    menu.addSeparator()
    if pages.key == ("hidden",):
        menu.addAction(_("Show &Again"), verbs.show_again)
        return
    person = verbs.person_of_page()
    if details.mark in ("automatic", "suggested"):
        menu.addAction(_("&Yes, This Is {name}").format(name=details.title.removesuffix("?")), verbs.confirm)
    if person is not None:
        menu.addAction(_("No&t {name}").format(name=person.name), verbs.reject)
    elif details.mark in ("automatic", "suggested", "named"):
        menu.addAction(_("No&t {name}").format(name=details.title.removesuffix("?")), verbs.reject)
    menu.addAction(_("&Move to…"), verbs.move)
    if pages.person_id is not None or pages.group_id is not None:
        menu.addAction(_("S&plit Off"), verbs.split)
    if person is not None and len(faces) == 1:
        menu.addAction(_("Make &Cover"), verbs.make_cover)
    if len(faces) > 1:
        menu.addAction(_("T&hese Are One Person"), verbs.are_same)
    if len(faces) == 2:
        menu.addAction(_("These Are Two P&eople"), verbs.are_different)
    menu.addSeparator()
    menu.addMenu(_hide(menu, verbs))
    menu.addAction(_("Hide Everybody Without a Name in &These Photos"), verbs.hide_unnamed)


def add_people(menu: QMenu, verbs: PeopleVerbs) -> None:
    """Offer what can be done to the selected people and groups."""
    chosen = verbs.chosen()
    count = len(chosen.people) + len(chosen.groups)
    menu.addSeparator()
    if count > 1:
        menu.addAction(_("T&hese Are One Person"), verbs.merge)
    if chosen.people and count == 1:
        menu.addAction(_("&Rename…"), verbs.ask_new_name)
        menu.addAction(_("&Merge Into…"), verbs.merge_into)
        menu.addAction(_("Date of &Birth…"), partial(verbs.ask_born, None))
    if chosen.groups and not chosen.people:
        menu.addAction(_("&Name…"), verbs.name)
        menu.addMenu(_hide(menu, verbs))


def add_photos(menu: QMenu, verbs: PeopleVerbs) -> None:
    menu.addSeparator()
    menu.addAction(_("Hide Everybody Without a Name in &These Photos"), verbs.hide_unnamed)


def _hide(menu: QMenu, verbs: PeopleVerbs) -> QMenu:
    made = QMenu(_("&Hide As"), menu)
    for reason in HideReason:
        made.addAction(face_words.hide_as(reason), partial(verbs.hide, reason))
    return made
