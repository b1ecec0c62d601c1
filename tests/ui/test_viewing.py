"""The viewer in the window: what it shows, the whole screen, the slideshow of a page and of a person."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from faceapp.ui.widgets.viewer import Viewer
from tests.ui.window import Album, Desk, OpenDesk, album, open_desk

__all__ = ["album", "open_desk"]


def look_at(desk: Desk, photo: str) -> Viewer:
    desk.page("photos")
    desk.double_click(desk.photo(photo))
    assert desk.window.viewer.isVisible()
    return desk.window.viewer


def test_facts_of_the_photo_stand_beside_it(open_desk: OpenDesk, album: Album) -> None:
    desk = open_desk(album.folder)
    viewer = look_at(desk, "ab.png")
    QTest.keyClick(viewer, Qt.Key.Key_I)
    facts = viewer.panel.facts
    assert (facts.fact("file"), facts.fact("people")) == ("ab.png", "2 unnamed")
    assert facts.fact("size").startswith("600 × 400")


def test_the_whole_screen_is_given_back(open_desk: OpenDesk, album: Album) -> None:
    desk = open_desk(album.folder)
    window, viewer = desk.window, look_at(desk, "ab.png")
    QTest.keyClick(viewer, Qt.Key.Key_F11)
    assert window.isFullScreen()
    assert window.menuBar().maximumHeight() == 0
    assert window.menuBar().isVisible()  # hidden, its shortcuts would be dead
    window.setWindowState(Qt.WindowState.WindowNoState)  # as a window manager does
    assert not viewer.full_screen
    assert window.menuBar().maximumHeight() > 0
    QTest.keyClick(viewer, Qt.Key.Key_F)
    assert window.isFullScreen()
    viewer.close_viewer()
    assert not window.isFullScreen()
    look_at(desk, "ab.png").set_full_screen(True)
    desk.window.close()
    assert not window.isFullScreen()


def test_a_slideshow_of_the_page_begins_at_the_chosen_photo(open_desk: OpenDesk, album: Album) -> None:
    desk = open_desk(album.folder)
    desk.page("photos")
    desk.click(desk.photo("ab.png"))
    desk.act("slideshow")
    viewer = desk.window.viewer
    assert viewer.current_id == desk.photo("ab.png")
    assert viewer.slideshow.playing
    assert viewer.full_screen
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    assert not viewer.isVisible()


def test_a_slideshow_of_a_person_shows_only_her(open_desk: OpenDesk, album: Album) -> None:
    desk = open_desk(album.folder)
    people, faces = desk.services.people, desk.faces()
    ada = people.name_faces([faces["a0.png A"], faces["ab.png A"]], "Ada").person_id
    people.name_faces([faces["b1.png B"]], "Ben")
    desk.window.session.announce_guessed()
    desk.settle()
    viewer = desk.window.viewer
    wanted = {desk.photo("a0.png"), desk.photo("ab.png")}
    desk.page("people")
    desk.click(ada)
    desk.act("slideshow")
    assert set(viewer._ids.tolist()) == wanted
    viewer.close_viewer()
    desk.window.navigation.show_person(ada)
    desk.settle()
    desk.act("slideshow")
    assert set(viewer._ids.tolist()) == wanted
    assert viewer.slideshow.playing


def test_a_face_is_named_and_looked_for_from_the_viewer(open_desk: OpenDesk, album: Album) -> None:
    desk = open_desk(album.folder)
    viewer = look_at(desk, "c0.png")
    desk.settle()
    QTest.keyClick(viewer, Qt.Key.Key_N)
    desk.name("Cleo")
    (face,) = viewer.view.faces
    assert face.label == "Cleo"
    viewer.open_menu(face, viewer.mapToGlobal(viewer.rect().center()))
    menu = next(menu for menu in viewer.findChildren(QMenu) if menu.isVisible())
    texts = [action.text() for action in menu.actions()]
    assert texts[:3] == ["&Find This Face", "&Name…", "Sho&w in Folder"]
    menu.actions()[0].trigger()
    menu.close()
    desk.settle()
    assert not viewer.isVisible()
    assert desk.bar.isVisible()
