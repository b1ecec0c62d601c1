"""The window end to end: folders in, faces found, people named."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QSettings, Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QLineEdit,
    QScrollBar,
    QWidget,
)

from faceapp.types import Combine, FloatArray
from faceapp.ui import theme
from faceapp.ui.commands import MENUS
from faceapp.ui.widgets.photo_view import PhotoView
from faceapp.ui.widgets.sidebar import PageKey
from tests.ui.window import (
    CTRL,
    LEFT,
    LIKENESS,
    NONE,
    STRANGERS,
    Album,
    Desk,
    Gate,
    OpenDesk,
    PaintedAnalyser,
    album,
    colour,
    colour_at,
    desk,
    open_desk,
    paint,
    png,
    scores,
    wait_until,
)

__all__ = ["album", "desk", "open_desk"]  # fixtures

A = ["a0.png A", "a1.png A", "ab.png A"]  # the matches of the first, best first


# Folders and pages


def test_a_new_library_welcomes_and_a_folder_takes_its_place(open_desk: OpenDesk, album: Album) -> None:
    desk = open_desk()
    assert desk.window.first_start.isVisible()
    assert not desk.window.grid.isVisible()
    desk.window.reading.add([album.folder])
    desk.settle()
    assert desk.window.grid.isVisible()
    assert not desk.window.first_start.isVisible()
    assert len(desk.shown()) == 6


def test_a_folder_given_at_the_start_is_read_and_shown_newest_first(desk: Desk) -> None:
    assert desk.shown() == ["a1.png", "c0.png", "ab.png", "b1.png", "a0.png", "nobody.png"]
    assert desk.count("photos") == "Photos, 6"
    assert desk.count("faces") == "Faces, 6"
    assert desk.count("people") == "People, 0"
    assert "6 photos read" in desk.window.status.text()
    row = desk.window.sidebar.row(("folder", 1))
    assert row is not None
    assert row.accessibleName() == "album, 6 photos, up to date"
    assert not desk.window.match_bar.isVisible()


def test_tiles_show_the_photo_and_its_name(desk: Desk) -> None:
    wait_until(lambda: all(tile.pixmap is not None and tile.title for tile in desk.tiles()), "tiles")
    tile = desk.tiles()[0]
    assert tile.title == "a1.png"
    assert tile.pixmap is not None
    assert colour_at(tile.pixmap, 80 / 600, 110 / 400) == pytest.approx(colour("A1")[::-1], abs=12)
    assert colour_at(tile.pixmap, 0.9, 0.9) == pytest.approx((128, 128, 128), abs=6)


def test_a_deleted_cache_comes_back_by_itself(desk: Desk, open_desk: OpenDesk) -> None:
    cache = desk.config.library_dir / "cache"
    desk.close()
    shutil.rmtree(cache)
    again = open_desk()
    for page in ("photos", "faces"):
        again.page(page)
        wait_until(lambda: again.tiles() and all(tile.pixmap is not None for tile in again.tiles()), page)
    again.close()
    assert cache.is_dir()


def test_pages_by_mouse_and_by_key(desk: Desk, album: Album) -> None:
    desk.page("faces")
    assert len(desk.shown()) == 6
    assert desk.window.grid.tiles.kind == "face"
    desk.page("folder", 1)
    assert len(desk.shown()) == 6
    assert desk.window.grid.tiles.kind == "photo"
    desk.page("people")
    assert desk.shown() == []
    assert "Nobody has a name yet" in desk.empty_words()
    desk.window.activateWindow()
    desk.key(Qt.Key.Key_2, CTRL)
    assert desk.window.grid.tiles.kind == "face"
    assert len(desk.shown()) == 6


def test_new_changed_and_deleted_photos_are_noticed(desk: Desk, album: Album) -> None:
    album.photo("d0.png", "D0")
    (album.folder / "nobody.png").unlink()
    album.photo("c0.png", "C0", "D1")
    desk.act("rescan")
    assert set(desk.shown()) == {"a0.png", "a1.png", "ab.png", "b1.png", "c0.png", "d0.png"}
    assert desk.count("faces") == "Faces, 8"
    desk.search("d0.png D")
    assert desk.shown() == ["d0.png D", "c0.png D"]


# Searching


def test_a_click_on_a_face_finds_all_its_matches_best_first(desk: Desk) -> None:
    desk.search("a0.png A")
    assert desk.shown() == A
    assert scores(desk) == pytest.approx(LIKENESS[:3], abs=1e-4)
    assert desk.bar.sentence() == "3 faces in 3 photos\nprobably all of them right\nbalanced, 0.40"
    assert len(desk.chips()) == 1
    assert desk.chips()[0].label() == "This face"
    assert desk.bar.name_button.text() == "Name these 3…"
    # Clicking a match only chooses it: the panel says why it is here.
    desk.click(desk.face("ab.png A"))
    assert desk.shown() == A
    assert len(desk.chips()) == 1
    assert desk.window.inspector.selected_face() == desk.face("ab.png A")
    assert desk.window.inspector._score.text() == "0.85"


def test_dragging_the_line_cuts_without_searching_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    gallery, search = desk.services.gallery, desk.services.gallery.search

    def counting(probes: FloatArray, combine: Combine = Combine.ANY, **limits: Any) -> object:
        calls.append(len(probes))
        return search(probes, combine, **limits)

    monkeypatch.setattr(gallery, "search", counting)
    desk.search("a0.png A")
    assert calls == [1]
    slider = desk.bar.slider
    y = round(slider._track().center().y())

    def at(score: float) -> QPoint:
        return QPoint(round(slider._x(score)), y)

    QTest.mousePress(slider, LEFT, NONE, at(0.4))
    seen = []
    for score in (0.6, 0.9, 0.97, 0.25, 0.2):
        QTest.mouseMove(slider, at(score))
        wait_until(lambda wanted=score: abs(slider.score() - wanted) < 0.01)
        seen.append((len(desk.shown()), desk.bar.sentence().splitlines()[0]))
    QTest.mouseRelease(slider, LEFT, NONE, at(0.2))
    desk.settle()
    assert seen == [
        (3, "3 faces in 3 photos"),
        (2, "2 faces in 2 photos"),
        (1, "1 face in 1 photo"),
        (6, "6 faces in 5 photos"),
        (6, "6 faces in 5 photos"),
    ]
    assert scores(desk)[-1] == pytest.approx(STRANGERS * LIKENESS[1], abs=1e-3)  # b1.png
    assert list(scores(desk)) == sorted(scores(desk), reverse=True)
    assert calls == [1]


def test_keys_move_the_line(desk: Desk) -> None:
    desk.search("a0.png A")
    slider = desk.bar.slider
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert desk.window.query.threshold == pytest.approx(0.41)
    QTest.keyClick(slider, Qt.Key.Key_End)
    assert desk.window.query.threshold == 1.0
    assert len(desk.shown()) <= 1
    QTest.keyClick(slider, Qt.Key.Key_Home)
    assert len(desk.shown()) == 6
    for action, threshold in (("wider", 0.2), ("stricter", 0.21), ("stricter", 0.22), ("wider", 0.21)):
        desk.act(action)
        assert desk.window.query.threshold == pytest.approx(threshold)
        assert slider.score() == pytest.approx(threshold)
    desk.window.activateWindow()
    desk.key(Qt.Key.Key_Right, CTRL)
    assert desk.window.query.threshold == pytest.approx(0.22)
    desk.key(Qt.Key.Key_Left, CTRL)
    assert desk.window.query.threshold == pytest.approx(0.21)


def test_no_match_left_says_what_to_do(desk: Desk) -> None:
    mime = QMimeData()
    mime.setData("image/png", QByteArray(png(paint("A3"))))  # alike to all of A's, the same as none
    assert desk.drop(mime, desk.window.grid.viewport())
    assert desk.shown() == A
    QTest.keyClick(desk.bar.slider, Qt.Key.Key_End)
    assert desk.shown() == []
    assert desk.bar.sentence() == "No match at this threshold.\nDrag the line to the left."
    assert "No match" in desk.empty_words()
    assert not desk.bar.name_button.isEnabled()


def click_face(view: PhotoView, face_id: int) -> None:
    box = next(box for box in view.faces if box.face_id == face_id)
    QTest.mouseClick(view, LEFT, NONE, view.face_rect(box).center().toPoint())


def test_a_face_in_the_panel_starts_a_search(desk: Desk) -> None:
    desk.click(desk.photo("ab.png"))
    view = desk.window.inspector.photo_view
    wait_until(lambda: view.pixmap is not None and len(view.faces) == 2, "the panel")
    click_face(view, desk.face("ab.png B"))
    desk.settle()
    assert desk.shown() == ["ab.png B", "b1.png B"]
    assert desk.bar.isVisible()


def test_a_face_in_the_viewer_starts_a_search(desk: Desk) -> None:
    desk.double_click(desk.photo("ab.png"))
    viewer = desk.window.viewer
    assert viewer.isVisible()
    wait_until(lambda: viewer.view.pixmap is not None and len(viewer.view.faces) == 2, "the viewer")
    click_face(viewer.view, desk.face("ab.png A"))
    desk.settle()
    assert not viewer.isVisible()
    assert desk.shown() == ["ab.png A", "a0.png A", "a1.png A"]


def test_the_viewer_follows_the_grid_and_gives_the_window_back(desk: Desk) -> None:
    desk.click(desk.photo("a1.png"))
    desk.window.grid.setFocus()
    desk.key(Qt.Key.Key_Return)
    viewer = desk.window.viewer
    assert viewer.current_id == desk.photo("a1.png")
    QTest.keyClick(viewer, Qt.Key.Key_Right)
    desk.settle()
    assert viewer.current_id == desk.photo("c0.png")
    assert viewer.bar.title.full_text().startswith("c0.png")
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    desk.settle()
    assert not viewer.isVisible()
    assert len(desk.shown()) == 6


def test_two_faces_any_or_all_and_one_again(desk: Desk) -> None:
    desk.search("a0.png A")
    assert not desk.bar.combine.isVisible()
    desk.button(desk.bar.add_button)
    desk.page("faces")
    assert len(desk.chips()) == 1  # the search is still on
    assert len(desk.shown()) == 6
    desk.click(desk.face("b1.png B"))
    assert len(desk.chips()) == 2
    assert not desk.bar.add_button.isChecked()
    assert desk.bar.combine.isVisible()
    assert set(desk.shown()) == {*A, "ab.png B", "b1.png B"}
    desk.bar.combine.choose(Combine.ALL)
    desk.settle()
    assert set(desk.shown()) == {"ab.png A", "ab.png B"}
    assert desk.bar.sentence().startswith("2 faces in 1 photo\n")
    desk.bar.combine.choose(Combine.ANY)
    desk.settle()
    desk.take_out(desk.chips()[0])
    assert len(desk.chips()) == 1
    assert desk.shown() == ["b1.png B", "ab.png B"]
    desk.take_out(desk.chips()[0])
    assert not desk.bar.isVisible()
    assert len(desk.shown()) == 6


def test_escape_ends_the_search_where_it_began(desk: Desk) -> None:
    desk.search("a0.png A")
    assert len(desk.shown()) == 3
    desk.key(Qt.Key.Key_Escape)
    assert not desk.bar.isVisible()
    assert not desk.window.query.active
    assert desk.window.pages.key == ("faces",)
    assert len(desk.shown()) == 6
    assert scores(desk) == []


def test_escape_takes_back_plus_face_before_it_ends_the_search(desk: Desk) -> None:
    desk.search("a0.png A")
    desk.button(desk.bar.add_button)
    desk.key(Qt.Key.Key_Escape)
    assert not desk.bar.add_button.isChecked()
    assert desk.shown() == A


def test_order_by_date(desk: Desk) -> None:
    desk.search("a0.png A")
    desk.bar.sort.choose("newest")
    desk.settle()
    assert desk.shown() == ["a1.png A", "ab.png A", "a0.png A"]
    desk.bar.sort.choose("oldest")
    desk.settle()
    assert desk.shown() == ["a0.png A", "ab.png A", "a1.png A"]
    assert scores(desk) == pytest.approx([1.0, 0.85, 0.95], abs=1e-4)
    desk.window.query.set_threshold(0.9)
    assert desk.shown() == ["a0.png A", "a1.png A"]
    desk.bar.sort.choose("best")
    desk.settle()
    assert desk.shown() == ["a0.png A", "a1.png A"]


# People


def test_a_name_for_every_match_survives_the_window(desk: Desk, open_desk: OpenDesk) -> None:
    desk.search("a0.png A")
    desk.button(desk.bar.name_button)
    desk.name("Ada  Lovelace")
    assert desk.count("people") == "People, 1"
    wait_until(lambda: [tile.title for tile in desk.tiles()] == ["Ada Lovelace"] * 3, "names on the tiles")
    assert all(tile.named for tile in desk.tiles())
    assert [chip.label() for chip in desk.chips()] == ["Ada Lovelace"]
    desk.key(Qt.Key.Key_Escape)
    desk.page("people")
    wait_until(lambda: [tile.title for tile in desk.tiles()] == ["Ada Lovelace"], "the person")
    desk.close()

    again = open_desk()
    assert again.count("people") == "People, 1"
    assert again.count("faces") == "Faces, 6"
    again.page("people")
    wait_until(lambda: [tile.title for tile in again.tiles()] == ["Ada Lovelace"], "the person")
    again.double_click(again.tiles()[0].id)
    assert again.window.pages.key[0] == "person"
    assert sorted(again.shown()) == A


def test_an_album_follows_the_library_and_survives_the_window(desk: Desk, open_desk: OpenDesk, album: Album) -> None:
    desk.search("a0.png A")
    desk.act("keep_album")
    dialog = desk.window.albums.dialog
    assert dialog is not None
    dialog.edit.selectAll()
    QTest.keyClicks(dialog.edit, "All of A")
    QTest.keyClick(dialog.edit, Qt.Key.Key_Return)
    kept = ("album", 1)
    wait_until(lambda: row_words(desk, kept) == "All of A, 3", "the album with its count")
    shown = sorted(desk.shown())
    desk.close()
    album.photo("new.png", "A1")
    again = open_desk(library=desk.config.library_dir)
    again.window.albums.counts.pause_ms = 20
    wait_until(lambda: row_words(again, kept) == "All of A, 4", "the new photo in the album")
    again.page(*kept)
    assert sorted(again.shown()) == sorted([*shown, "new.png A"])
    again.act("remove_album")
    assert again.window.sidebar.row(kept) is None
    again.act("undo")
    wait_until(lambda: row_words(again, kept) == "All of A, 4", "the album back")


def row_words(desk: Desk, key: PageKey) -> str:
    row = desk.window.sidebar.row(key)
    return row.accessibleName() if row is not None else ""


def test_a_name_for_two_faces_that_were_chosen(desk: Desk) -> None:
    desk.page("faces")
    desk.click(desk.face("a0.png A"), CTRL)
    desk.click(desk.face("c0.png C"), CTRL)
    assert not desk.bar.isVisible()  # choosing does not search
    desk.act("name")
    desk.name("Both")
    (person,) = desk.services.reader.people()
    assert (person.name, person.faces) == ("Both", 2)
    wait_until(lambda: sum(tile.title == "Both" for tile in desk.tiles()) == 2, "names on the tiles")
    assert {tile.id for tile in desk.tiles() if tile.named} == {desk.face("a0.png A"), desk.face("c0.png C")}


def test_only_the_chosen_matches_are_named(desk: Desk) -> None:
    desk.search("a0.png A")
    desk.click(desk.face("a0.png A"))
    desk.click(desk.face("ab.png A"), CTRL)
    assert desk.bar.name_button.text() == "Name 2 selected…"
    desk.button(desk.bar.name_button)
    desk.name("Ada")
    wait_until(lambda: [tile.title for tile in desk.tiles()] == ["Ada", "", "Ada"], "two names")


def test_a_name_by_way_of_the_panel_and_the_search_field(desk: Desk) -> None:
    desk.search("b1.png B")
    desk.click(desk.face("b1.png B"))
    desk.button(desk.window.inspector._name)
    desk.name("Bob")
    desk.act("find_person")
    field = desk.window.top_bar.search
    QTest.keyClicks(field, "bob")
    QTest.keyClick(field, Qt.Key.Key_Return)
    desk.settle()
    assert desk.window.pages.key[0] == "person"
    assert not desk.bar.isVisible()
    assert desk.shown() == ["b1.png B"]


def test_cancelling_the_name_changes_nothing(desk: Desk) -> None:
    desk.search("a0.png A")
    desk.button(desk.bar.name_button)
    dialog = desk.dialog()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    desk.settle()
    assert desk.services.reader.people() == []
    assert desk.shown() == A


# Reading


def many(tmp_path: Path, count: int) -> Album:
    made = Album(tmp_path / "many")
    for number in range(count):
        made.photo(f"{number:02}.png", "ABC"[number % 3] + str(number % 4))
    return made


def test_progress_then_cancel_then_the_rest(open_desk: OpenDesk, tmp_path: Path) -> None:
    folder = many(tmp_path, 30).folder
    gate = Gate(6)
    analyser = PaintedAnalyser(gate)
    desk = open_desk(folder, analyser=analyser, wait=False)
    status = desk.window.status
    try:
        wait_until(lambda: "of 30 photos" in status.text(), "progress")
        assert "Reading many" in status.text()
        assert status._bar.maximum() == 30
        assert desk.window.actions_by_id["pause"].isEnabled()
        wait_until(lambda: desk.window.grid.tiles.rowCount() > 0, "the first photos")  # while the others are being read
        assert desk.window.session.scanning is not None
        QTest.mouseClick(status._cancel, LEFT)
    finally:
        gate.open()
    desk.settle()
    counts = desk.services.reader.counts(0.5)
    assert counts.pending > 0
    assert 6 <= analyser.calls < 30
    assert len(desk.shown()) == analyser.calls
    assert not desk.window.actions_by_id["pause"].isEnabled()
    assert "Reading" not in status.text()

    desk.act("rescan")
    assert len(desk.shown()) == 30
    assert desk.services.reader.counts(0.5).pending == 0
    assert analyser.calls == 30  # no photo twice
    assert "30 photos read" in status.text()


def test_closing_in_the_middle_keeps_what_was_read(
    open_desk: OpenDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = many(tmp_path, 30).folder
    gate = Gate(6)
    analyser = PaintedAnalyser(gate)
    desk = open_desk(folder, analyser=analyser, wait=False)
    session, cancel = desk.window.session, desk.window.session.cancel_scan

    def cancel_and_let_go() -> None:
        cancel()
        gate.open()

    monkeypatch.setattr(session, "cancel_scan", cancel_and_let_go)  # closing must come by here
    try:
        wait_until(lambda: analyser.calls > 6, "reading")
        desk.close()
    finally:
        gate.open()
    read = analyser.calls
    assert read < 30

    again = open_desk(analyser=analyser)  # goes on by itself
    assert len(again.shown()) == 30
    assert analyser.calls == 30


def test_pause_holds_the_photos_back_until_resume(open_desk: OpenDesk, tmp_path: Path) -> None:
    folder = many(tmp_path, 40).folder
    gate = Gate(4)
    analyser = PaintedAnalyser(gate)
    desk = open_desk(folder, analyser=analyser, wait=False)
    status, pause = desk.window.status, desk.window.actions_by_id["pause"]
    told: list[int] = []
    desk.window.session.scan_progressed.connect(lambda _: told.append(analyser.calls))
    try:
        wait_until(lambda: "of 40 photos" in status.text(), "progress")
        QTest.mouseClick(status._pause, LEFT)
        assert pause.isChecked()
        assert status._pause.text() == "Resume"
        assert "Paused" in status.text()
    finally:
        gate.open()
    told.clear()
    wait_until(lambda: len(told) > 6 and len(set(told[-5:])) == 1, "quiet")  # five reports without a new photo
    assert analyser.calls < 40
    assert desk.window.session.scanning is not None
    pause.trigger()
    assert status._pause.text() == "Pause"
    desk.settle()
    assert len(desk.shown()) == 40
    assert analyser.calls == 40


def test_searching_goes_on_while_photos_are_read(open_desk: OpenDesk, tmp_path: Path) -> None:
    album = many(tmp_path, 30)
    gate = Gate(12)
    desk = open_desk(album.folder, analyser=PaintedAnalyser(gate), wait=False)
    window = desk.window
    try:
        wait_until(lambda: window.grid.tiles.rowCount() >= 6, "the first photos")
        window.actions_by_id["faces"].trigger()
        wait_until(lambda: window.grid.tiles.kind == "face" and window.grid.tiles.rowCount() >= 6, "the first faces")
        probe = window.grid.tiles.id_at(0)
        QTest.mouseClick(window.grid.viewport(), LEFT, NONE, desk.place(probe))
        wait_until(lambda: window.query.matches is not None, "an answer")
        few = window.query.count
        assert window.session.scanning is not None
        assert few >= 1
    finally:
        gate.open()
    desk.settle()
    wait_until(lambda: window.query.count > few, "the new faces in the answer")
    assert len(desk.shown()) == window.query.count
    assert len({name.split()[1] for name in desk.shown()}) == 1


# Upright photos


def test_a_photo_that_was_stored_lying_is_upright_everywhere(open_desk: OpenDesk, tmp_path: Path) -> None:
    pixels = np.full((400, 300, 3), 128, np.uint8)
    pixels[:120, :90] = colour("A0")[::-1]
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # shown by a quarter turn clockwise
    stored = Image.fromarray(pixels).transpose(Image.Transpose.ROTATE_90)
    stored.save(buffer, "JPEG", quality=95, subsampling=0, exif=exif)
    assert stored.size == (400, 300)
    album = Album(tmp_path / "turned")
    album.file("turned.jpg", buffer.getvalue())
    desk = open_desk(album.folder)
    red = pytest.approx(colour("A0")[::-1], abs=25)
    grey = pytest.approx((128, 128, 128), abs=12)

    wait_until(lambda: desk.tiles()[0].pixmap is not None, "the tile")
    tile = desk.tiles()[0].pixmap
    assert tile is not None
    assert tile.height() > tile.width()
    desk.click(desk.photo("turned.jpg"))
    panel, viewer = desk.window.inspector.photo_view, desk.window.viewer
    wait_until(lambda: panel.pixmap is not None and panel.faces, "the panel")
    desk.double_click(desk.photo("turned.jpg"))
    view = viewer.view
    wait_until(lambda: view.pixmap is not None and view.pixmap.width() == 300 and view.faces, "the viewer")
    assert panel.pixmap is not None
    assert view.pixmap is not None
    assert (view.pixmap.width(), view.pixmap.height()) == (300, 400)
    for pixmap in (tile, panel.pixmap, view.pixmap):
        assert colour_at(pixmap, 0.02, 0.02) == red
        assert colour_at(pixmap, 0.98, 0.02) == grey
        assert colour_at(pixmap, 0.02, 0.98) == grey
    for shown in (panel, view):
        (face,) = shown.faces
        assert (face.box.x, face.box.y, face.box.w, face.box.h) == pytest.approx((0, 0, 0.3, 0.3), abs=0.02)
        place, whole = shown.face_rect(face), shown.picture_rect()
        assert abs(place.left() - whole.left()) < 8
        assert abs(place.top() - whole.top()) < 8
    assert "300 × 400" in desk.window.inspector.fact("size")


# Menus, keys, names for screen readers, colours


def test_every_action_has_words_and_its_own_key(desk: Desk) -> None:
    actions = desk.window.actions_by_id
    commands = {command.id: command for _, menu in MENUS for command in menu if command.id}
    assert set(actions) == set(commands)
    keys = [key.toString() for action in actions.values() for key in action.shortcuts()]
    assert len(keys) == len(set(keys))
    for name, action in actions.items():
        assert action.text(), name
        assert action.shortcuts() or commands[name].group or name == "about", name
    in_menus = [action for menu in desk.window.menuBar().actions() for action in menu.menu().actions()]
    assert set(in_menus) >= set(actions.values())


def nameless(window: QWidget) -> list[str]:
    found = []
    for kind in (QAbstractButton, QLineEdit, QAbstractSlider, QAbstractItemView):
        for widget in window.findChildren(kind):
            inside = isinstance(widget, QScrollBar) or isinstance(widget.parentWidget(), QLineEdit)
            if inside or not widget.isVisible():
                continue
            text = widget.text() if isinstance(widget, QAbstractButton) else ""
            if not (widget.accessibleName() or text):
                found.append(f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}")
    return found


def test_everything_has_a_name_for_screen_readers(open_desk: OpenDesk, album: Album) -> None:
    desk = open_desk()
    assert nameless(desk.window) == []  # the welcome
    album.file("broken.jpg", b"this is no picture")
    desk.window.reading.add([album.folder])
    desk.settle()
    desk.search("a0.png A")
    desk.click(desk.face("ab.png A"))
    assert desk.window.inspector.isVisible()
    assert nameless(desk.window) == []
    desk.double_click(desk.face("ab.png A"))
    assert desk.window.viewer.isVisible()
    assert nameless(desk.window) == []
    desk.window.viewer.close_viewer()
    desk.page("problems")
    assert desk.window.problems.isVisible()
    assert nameless(desk.window) == []


def test_actions_are_off_where_they_make_no_sense(desk: Desk) -> None:
    actions = desk.window.actions_by_id
    for name in ("stricter", "wider", "close_query", "search_face", "add_face", "name", "pause", "cancel_scan"):
        assert not actions[name].isEnabled(), name
    desk.search("a0.png A")
    for name in ("stricter", "wider", "close_query", "name"):
        assert actions[name].isEnabled(), name
    desk.click(desk.face("a0.png A"))
    assert actions["search_face"].isEnabled()
    assert actions["show_in_folder"].isEnabled()
    desk.act("close_query")
    assert not actions["stricter"].isEnabled()


def test_the_panel_goes_and_comes(desk: Desk) -> None:
    assert desk.window.inspector.isVisible()
    desk.act("inspector")
    assert not desk.window.inspector.isVisible()
    desk.act("inspector")
    assert desk.window.inspector.isVisible()


def test_light_and_dark_and_what_the_next_start_remembers(
    open_desk: OpenDesk, tmp_path: Path, qapp: QApplication
) -> None:
    def settings() -> QSettings:
        return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)

    base = QPalette.ColorRole.Base
    desk = open_desk(settings=settings())
    desk.act("scheme_dark")
    assert theme.current().dark
    dark = qapp.palette().color(base)
    assert dark.lightness() < 80
    desk.act("scheme_light")
    assert not theme.current().dark
    assert qapp.palette().color(base).lightness() > 200
    desk.act("scheme_dark")
    desk.window.resize(770, 610)  # fits the screen of the offscreen platform
    size = desk.window.size()
    assert size.height() < 700
    desk.close()
    theme.apply(qapp, "light")

    again = open_desk(settings=settings())
    assert again.window.actions_by_id["scheme_dark"].isChecked()
    assert qapp.palette().color(base) == dark
    assert again.window.size() == size
    again.act("scheme_system")
