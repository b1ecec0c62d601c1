"""The first person to name, and the Pictures folder on the welcome."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from faceapp.ui.first_minutes import SETTING
from faceapp.ui.widgets.first_name_hint import FACES, FirstNameHint
from tests.ui.window import LEFT, Album, Desk, OpenDesk, open_desk, wait_until

__all__ = ["open_desk"]  # fixtures

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def family(tmp_path: Path) -> Album:
    """Return an album with four photos of B."""
    made = Album(tmp_path / "family")
    for number in range(4):
        made.photo(f"b{number}.png", f"B{number % 2}")
    return made


def asked(desk: Desk) -> FirstNameHint:
    hint = desk.window.first_minutes.hint
    wait_until(lambda: hint.isVisible() and desk.window.tasks.idle, "the question")
    return hint


def test_the_largest_group_is_asked_about_without_taking_the_focus(open_desk: OpenDesk, family: Album) -> None:
    desk = open_desk(family.folder, guesses=True)
    hint = asked(desk)
    names = {face_id: name for name, face_id in desk.faces().items()}
    assert sorted(names[face_id] for face_id in hint.face_ids) == [f"b{number}.png B" for number in range(4)]
    assert "4 photos" in hint.accessibleName()
    assert not hint.isAncestorOf(QApplication.focusWidget() or desk.window)
    wait_until(lambda: hint.faces.waiting == 0, "the faces")
    desk.page("review")
    assert not hint.isVisible()
    desk.page("photos")
    assert hint.isVisible()


def test_a_name_ends_it_for_good(open_desk: OpenDesk, family: Album, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    desk = open_desk(family.folder, guesses=True, settings=settings)
    hint = asked(desk)
    assert not hint.name_button.isEnabled()
    QTest.keyClicks(hint.edit, "Bea")
    QTest.keyClick(hint.edit, Qt.Key.Key_Return)
    desk.settle()
    assert [(person.name, person.faces) for person in desk.services.reader.people()] == [("Bea", 4)]
    assert not hint.isVisible()
    desk.page("photos")
    assert not hint.isVisible()
    assert settings.value(SETTING, type=bool) is True
    desk.window.acting.actions["undo"].trigger()  # nobody has a name again
    desk.settle()
    assert not hint.isVisible()


def test_who_does_not_want_to_be_asked_is_not(open_desk: OpenDesk, family: Album, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    desk = open_desk(family.folder, guesses=True, settings=settings)
    hint = asked(desk)
    QTest.keyClick(hint.edit, Qt.Key.Key_Escape)
    assert not hint.isVisible()
    desk.close()
    again = open_desk(guesses=True, settings=settings)
    assert again.window.session.overview is not None
    assert again.window.session.overview.groups == 1
    assert not again.window.first_minutes.hint.isVisible()


def test_what_is_being_typed_stays(open_desk: OpenDesk, family: Album) -> None:
    desk = open_desk(family.folder, guesses=True)
    hint = asked(desk)
    before = hint.face_ids
    QTest.keyClicks(hint.edit, "Be")
    for number in range(3):
        family.photo(f"new{number}.png", "A0", "A1")
    desk.act("rescan")
    assert hint.isVisible()
    assert (hint.face_ids, hint.edit.text()) == (before, "Be")


def test_nobody_is_asked_about_when_somebody_has_a_name(open_desk: OpenDesk, family: Album) -> None:
    desk = open_desk(family.folder)
    desk.window.session.name_faces([desk.face("b0.png B")], "Bea", lambda error: None)
    desk.settle()
    desk.services.groups.follow()
    assert not desk.window.first_minutes.hint.isVisible()


def test_the_close_button(qtbot: QtBot) -> None:
    hint = FirstNameHint()
    qtbot.addWidget(hint)
    hint.resize(900, 90)
    hint.show_group(range(20), 20)
    with qtbot.waitSignal(hint.dismissed):
        QTest.mouseClick(hint.close_button, LEFT)


def test_a_narrow_hint_keeps_the_name(qtbot: QtBot) -> None:
    hint = FirstNameHint()
    qtbot.addWidget(hint)
    hint.resize(1000, 90)
    hint.show_group(range(20), 20)
    assert hint.faces.room == FACES
    hint.resize(480, 90)
    assert hint.width() == 480  # nothing forces it wider
    assert 1 <= hint.faces.room < FACES
    assert hint.edit.isVisible()
    assert hint.edit.width() >= 120


def test_the_pictures_folder_is_offered_only_where_there_is_one(
    open_desk: OpenDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures = tmp_path / "Pictures"
    monkeypatch.setattr("faceapp.ui.first_minutes.pictures_folder", lambda: pictures)
    welcome = open_desk().window.first_start
    assert not welcome.use_pictures.isVisible()
    pictures.mkdir()
    welcome = open_desk(library=tmp_path / "other").window.first_start
    assert welcome.use_pictures.isVisible()
    assert welcome.place() == str(pictures)
