"""What can go wrong around the window is said in words, and the window lives on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from faceapp.bootstrap import open_services
from faceapp.config import Config
from faceapp.errors import ModelError
from faceapp.types import Pixels
from tests.permissions import permissions
from tests.ui.window import (
    LEFT,
    Album,
    Desk,
    OpenDesk,
    PaintedAnalyser,
    album,
    desk,
    open_desk,
    wait_until,
)

__all__ = ["album", "desk", "open_desk"]  # fixtures


def test_an_empty_folder_says_so(open_desk: OpenDesk, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "notes.txt").write_text("not a photo")
    desk = open_desk(empty)
    assert "There are no photos in that folder" in desk.notice()
    assert desk.window.notice.kind() == "info"
    assert "No photos here" in desk.empty_words()
    QTest.mouseClick(desk.window.notice._close, LEFT)
    assert desk.notice() == ""


def test_a_folder_that_is_not_there_says_so(desk: Desk, tmp_path: Path) -> None:
    desk.window.reading.add([tmp_path / "nowhere"])
    desk.settle()
    assert "nowhere" in desk.notice()
    assert "Traceback" not in desk.notice()
    assert len(desk.shown()) == 6


def test_a_file_that_cannot_be_read_has_its_reason_on_the_page_of_problems(open_desk: OpenDesk, album: Album) -> None:
    album.file("broken.jpg", b"this is no picture")
    desk = open_desk(album.folder)
    assert len(desk.shown()) == 6
    assert desk.count("problems") == "Problems, 1"
    assert "1 problem" in desk.window.status.text()
    folder = desk.window.sidebar.row(("folder", 1))
    assert folder is not None
    assert "could not be read" in folder.accessibleName()
    desk.button(desk.window.status._problems)
    assert desk.window.problems.isVisible()
    model = desk.window.problems.list.model()
    assert model.rowCount() == 1
    file, reason = model.index(0, 0).data().splitlines()
    assert file == "broken.jpg"
    assert len(reason) > 10
    desk.page("photos")
    assert not desk.window.problems.isVisible()

    album.photo("broken.jpg", "A3")  # mended: a picture after all
    desk.act("rescan")
    assert desk.count("problems") == "Problems, 0"
    assert "broken.jpg" in desk.shown()


def test_without_problems_there_is_no_row_for_them(desk: Desk) -> None:
    row = desk.window.sidebar.row(("problems",))
    assert row is not None
    assert not row.isVisible()


def sad(open_desk: OpenDesk) -> Desk:
    """Open a window whose library does not open."""
    desk = open_desk(wait=False)
    wait_until(lambda: "cannot be opened" in desk.empty_words(), "the sentence")
    assert not desk.window.session.is_open
    assert not desk.window.sidebar.isEnabled()
    assert not desk.window.top_bar.isEnabled()
    assert "No library is open" in desk.window.status.text()
    assert desk.window.grid.isVisible()
    for action in ("add_folder", "rescan", "paste", "open_query"):
        assert not desk.window.actions_by_id[action].isEnabled()
    return desk


def test_a_library_that_may_not_be_written(open_desk: OpenDesk, tmp_path: Path) -> None:
    library = tmp_path / "library"
    library.mkdir()
    with permissions(library, 0o555):
        desk = sad(open_desk)
        assert str(library) in desk.empty_words()
        assert "may not write" in desk.empty_words()
        desk.close()
    assert list(library.iterdir()) == []


def test_a_second_copy_is_told_to_wait(open_desk: OpenDesk, desk: Desk) -> None:
    first = desk
    second = sad(open_desk)
    assert "Another Faceapp is using the library" in second.empty_words()
    second.close()
    first.search("a0.png A")  # undisturbed
    assert len(first.shown()) == 3
    first.close()
    third = open_desk()  # the lock is free again
    assert len(third.shown()) == 6


def test_another_program_holds_the_library(open_desk: OpenDesk, tmp_path: Path) -> None:
    first = open_services(Config(library_dir=tmp_path / "library"), analyser=PaintedAnalyser())
    try:
        desk = sad(open_desk)
        assert "Another Faceapp is using the library" in desk.empty_words()
        desk.close()
    finally:
        first.close()


def test_a_damaged_library(open_desk: OpenDesk, tmp_path: Path) -> None:
    library = tmp_path / "library"
    library.mkdir()
    (library / "library.sqlite").write_bytes(b"this is no database" * 1000)
    desk = sad(open_desk)
    assert "damaged" in desk.empty_words()


def test_an_error_of_ours_is_said_too(open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("odd")

    monkeypatch.setattr("tests.ui.window.open_services", fail)
    desk = sad(open_desk)
    assert "ZeroDivisionError: odd" in desk.empty_words()
    assert "photos and names are safe" in desk.empty_words()


def test_a_model_that_breaks_in_the_middle(open_desk: OpenDesk, album: Album) -> None:
    broken = True

    def before(_: Pixels) -> None:
        if broken:
            raise ModelError("The model is damaged. Reinstall Faceapp.")

    desk = open_desk(album.folder, analyser=PaintedAnalyser(before))
    assert desk.notice() == "The model is damaged. Reinstall Faceapp."
    assert desk.window.notice.kind() == "error"
    assert desk.window.session.scanning is None
    assert desk.services.reader.counts(0.5).failed == 0
    broken = False
    desk.act("rescan")
    assert len(desk.shown()) == 6


def test_a_search_that_fails_leaves_a_notice(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **_limits: object) -> None:
        raise ValueError("odd")

    with monkeypatch.context() as patch:
        patch.setattr(desk.services.gallery, "search", fail)
        desk.page("faces")
        desk.click(desk.face("a0.png A"))
        assert "Something went wrong inside Faceapp (ValueError: odd)" in desk.notice()
    desk.key(Qt.Key.Key_Escape)
    desk.search("a0.png A")
    assert len(desk.shown()) == 3


def test_a_task_that_fails_leaves_a_notice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("odd")

    monkeypatch.setattr(desk.services.reader, "faces_of_photo", fail)
    desk.click(desk.photo("a0.png"))
    assert "ValueError: odd" in desk.notice()
    assert "a task failed" in caplog.text


def test_a_folder_that_was_unplugged_stays_searchable(desk: Desk, album: Album, open_desk: OpenDesk) -> None:
    desk.close()
    shutil.move(album.folder, album.folder.with_name("elsewhere"))
    again = open_desk()
    row = again.window.sidebar.row(("folder", 1))
    assert row is not None
    assert "not connected" in row.accessibleName()
    again.search("a0.png A")
    assert len(again.shown()) == 3
    again.double_click(again.face("a0.png A"))
    view = again.window.viewer.view
    wait_until(lambda: "not connected" in view.accessibleDescription(), "the reason")


def test_closing_while_the_library_opens(open_desk: OpenDesk, tmp_path: Path) -> None:
    desk = open_desk(wait=False)
    desk.close()
    # The lock is free: the library was closed, whether or not it had been opened by then.
    again = open_desk()
    assert again.window.session.is_open


def test_closing_in_the_middle_of_a_search_and_twice(desk: Desk, open_desk: OpenDesk) -> None:
    desk.page("faces")
    QTest.mouseClick(desk.window.grid.viewport(), LEFT, pos=desk.place(desk.face("a0.png A")))
    desk.close()
    desk.close()
    assert len(open_desk().shown()) == 6
