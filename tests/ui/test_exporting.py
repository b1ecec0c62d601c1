"""Copying a person's photos out of the window."""

from __future__ import annotations

from pathlib import Path

import pytest

from faceapp.types import Person
from tests.ui.window import Album, Desk, OpenDesk, album, open_desk, wait_until

__all__ = ["album", "open_desk"]

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def desk(open_desk: OpenDesk, album: Album) -> Desk:
    """Return a window that knows Ann, who is on two photos."""
    made = open_desk(album.folder)
    faces = made.faces()
    made.services.people.name_faces([faces["a0.png A"], faces["a1.png A"]], "Ann")
    made.window.session.refresh_overview()
    made.settle()
    return made


def ann(desk: Desk) -> Person:
    return desk.services.reader.people()[0]


def export(desk: Desk, folder: Path) -> str:
    """Export and return what is said of it."""
    desk.window.exporting.export(ann(desk), folder)
    wait_until(lambda: not desk.window.exporting.running, "the export")
    desk.settle()
    return desk.notice()


def test_only_her_photos_are_copied_and_nothing_twice(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert export(desk, out) == f"2 photos of Ann copied to {out}."
    assert sorted(path.name for path in out.iterdir()) == ["a0.png", "a1.png"]
    assert export(desk, out) == f"0 photos of Ann copied to {out}. 2 photos lay there already."
    assert sorted(path.name for path in out.iterdir()) == ["a0.png", "a1.png"]


def test_a_photo_that_is_gone_is_named(desk: Desk, album: Album, tmp_path: Path) -> None:
    (album.folder / "a1.png").unlink()
    said = export(desk, tmp_path / "out")
    assert "1 photo of Ann copied" in said
    assert "1 photo could not be copied, a1.png for example" in said
    assert desk.window.notice.kind() == "warning"


def test_nothing_is_written_into_a_photo_folder(desk: Desk, album: Album) -> None:
    before = sorted(album.folder.iterdir())
    said = export(desk, album.folder / "out")
    assert "Choose a folder outside of it" in said
    assert desk.window.notice.kind() == "error"
    assert sorted(album.folder.iterdir()) == before


def test_it_is_offered_for_one_person_only(desk: Desk) -> None:
    action = desk.window.actions_by_id["export"]
    desk.page("photos")
    assert not action.isEnabled()
    desk.window.navigation.show_person(ann(desk).id)
    desk.settle()
    assert action.isEnabled()
    assert desk.window.exporting.person == ann(desk)
