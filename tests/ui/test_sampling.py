"""Sample photos: made on request, labelled, gone with one click."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from faceapp.config import Config
from faceapp.imaging.samples import NAMES
from faceapp.ui.sampling import NAME, sample_folder
from tests.ui.window import LEFT, Album, Desk, OpenDesk, album, open_desk, wait_until

__all__ = ["album", "open_desk"]  # fixtures

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put the user's data folder into the test's."""
    folder = tmp_path / "data"
    monkeypatch.setattr("platformdirs.user_data_dir", lambda *_names, **_more: str(folder))
    return folder


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Make two painted photos instead of portraits, whose faces the painted analyser sees."""
    made: list[Path] = []

    def make(folder: Path) -> None:
        folder.parent.mkdir(parents=True, exist_ok=True)
        album = Album(folder)
        made.extend([album.photo(NAMES[0], "A0", "B0"), album.photo(NAMES[1], "A1")])

    monkeypatch.setattr("faceapp.imaging.samples.make_samples", make)
    return made


def try_samples(desk: Desk) -> None:
    QTest.mouseClick(desk.window.first_start.samples, LEFT)
    wait_until(lambda: desk.window.session.overview is not None and bool(desk.window.session.overview.folders), "them")
    desk.settle()


def said(desk: Desk) -> str:
    bar = desk.window.sampling.bar
    return bar.text() if bar.isVisible() else ""


def test_every_library_has_a_place_of_its_own_among_the_programs_data(data: Path, tmp_path: Path) -> None:
    one, two = sample_folder(tmp_path / "one"), sample_folder(tmp_path / "two")
    assert one != two
    assert one == sample_folder(tmp_path / "one")
    assert one.is_relative_to(data)
    assert one.name == NAME


def test_they_are_read_and_labelled(open_desk: OpenDesk, few: list[Path]) -> None:
    desk = open_desk()
    assert said(desk) == ""
    try_samples(desk)
    assert sorted(desk.shown()) == sorted(NAMES[:2])
    assert said(desk).startswith("These are sample photos")
    desk.page("faces")
    assert said(desk) == ""
    desk.page("photos")
    assert said(desk) != ""
    desk.window.sampling.bar.dismiss()
    desk.page("photos")
    assert said(desk) == ""


def test_one_click_removes_all_of_it_and_nothing_else(open_desk: OpenDesk, few: list[Path], album: Album) -> None:
    desk = open_desk()
    try_samples(desk)
    desk.window.reading.add([album.folder])
    desk.settle()
    faces = desk.faces()
    people = desk.services.people
    people.name_faces([faces[f"{NAMES[0]} B"]], "Bob")
    people.name_faces([faces[f"{NAMES[1]} A"], faces["a0.png A"]], "Ann")
    desk.window.session.announce_guessed()
    desk.settle()
    desk.page("photos")
    QTest.mouseClick(desk.window.sampling.bar._action, LEFT)
    wait_until(lambda: desk.window.sampling.folder is None, "them to go")
    desk.settle()
    assert said(desk) == ""
    assert [person.name for person in desk.services.reader.people()] == ["Ann"]
    assert desk.services.reader.people()[0].faces == 1
    assert len(desk.shown()) == 6
    assert all(path.name not in NAMES for path in album.folder.iterdir())
    assert not any(path.exists() for path in few)
    assert not few[0].parent.parent.exists()


def test_they_are_known_after_a_restart(open_desk: OpenDesk, few: list[Path]) -> None:
    desk = open_desk()
    try_samples(desk)
    desk.close()
    again = open_desk()
    wait_until(lambda: said(again), "the label")


def test_removing_stops_what_is_read_first(open_desk: OpenDesk, few: list[Path], album: Album) -> None:
    desk = open_desk()
    try_samples(desk)
    desk.window.reading.add([album.folder])
    assert desk.window.session.scanning is not None
    desk.window.sampling.remove()
    wait_until(lambda: desk.window.sampling.folder is None, "them to go")
    desk.settle()
    assert not any(path.exists() for path in few)


def test_a_full_disk_is_said(open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    def make(_folder: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("faceapp.imaging.samples.make_samples", make)
    desk = open_desk()
    QTest.mouseClick(desk.window.first_start.samples, LEFT)
    assert not desk.window.first_start.samples.isEnabled()
    desk.settle()
    assert "No space left on device" in desk.notice()
    assert desk.window.first_start.samples.isEnabled()


def test_the_real_ones_make_four_groups(tmp_path: Path) -> None:
    """With the bundled models, everybody is found and nobody is mixed up."""
    from faceapp.bootstrap import open_services
    from faceapp.imaging.samples import make_samples

    folder = tmp_path / "samples"
    make_samples(folder)
    services = open_services(Config(library_dir=tmp_path / "library", workers=2))
    try:
        summary = services.scanner.scan([folder])
        services.groups.follow()
        assert (summary.photos, summary.faces, summary.failed) == (24, 30, 0)
        assert sorted(group.faces for group in services.people_reader.groups()) == [5, 6, 6, 13]
    finally:
        services.close()
