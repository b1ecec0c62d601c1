"""The preferences over a real library: what is chosen is kept, what is asked for is done, everything can be found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from faceapp import config as configuring
from faceapp.config import Config, load_config
from faceapp.types_upkeep import Part
from faceapp.ui import motion
from faceapp.ui.preferences import Preferences
from faceapp.ui.widgets.preferences.confirmation import EraseConfirmation, ForgetConfirmation
from faceapp.ui.widgets.preferences.controls import Switch
from faceapp.ui.widgets.preferences.window import PreferencesWindow
from tests.ui.window import LEFT, Album, Desk, OpenDesk, album, open_desk, wait_until

__all__ = ["album", "open_desk"]

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture(autouse=True)
def settings_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Keep the user's own settings out of it."""
    path = tmp_path / "settings" / "faceapp.toml"
    monkeypatch.setattr(configuring, "config_file", lambda: path)
    yield path
    motion.choose("system")


@pytest.fixture
def desk(open_desk: OpenDesk, album: Album) -> Desk:
    made = open_desk(album.folder)
    made.act("preferences")
    return made


def preferences(desk: Desk) -> Preferences:
    return desk.window.preferences


def dialog(desk: Desk) -> PreferencesWindow:
    shown = preferences(desk).dialog
    assert shown is not None
    assert shown.isVisible()
    return shown


def pages(desk: Desk) -> list[str]:
    """Return the pages that can be chosen."""
    listed = dialog(desk).list
    return [listed.item(row).text() for row in range(listed.count()) if not listed.item(row).isHidden()]


def click(desk: Desk, button: QPushButton) -> None:
    """Press a button of the page that it is on."""
    assert button.isEnabled()
    button.click()
    settle(desk)


def settle(desk: Desk) -> None:
    wait_until(lambda: desk.window.session.is_open and not desk.window.session.reopening, "the library")
    desk.settle()


def answer(desk: Desk, text: str) -> None:
    """Press a button of the question that is open."""
    (box,) = [box for box in dialog(desk).findChildren(QMessageBox) if box.isVisible()]
    next(button for button in box.buttons() if button.text() == text).click()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settle(desk)


def kept(desk: Desk) -> Config:
    return load_config(desk.config.library_dir, configuring.config_file())


def test_the_search_leaves_what_fits_and_marks_it(desk: Desk) -> None:
    window = dialog(desk)
    everything = pages(desk)
    assert everything == [page.title for page in window.pages]
    assert len(everything) == 8
    QTest.keyClicks(window.search, "PROCESSOR")
    assert pages(desk) == ["Performance"]
    page = window.page()
    assert page.title == "Performance"
    rows = [row for group in page.groups for row in group.rows]
    assert [row.title.words for row in rows if row.isVisible()] == ["Read gently", "Processors used"]
    shown = next(row for row in rows if row.title.words == "Processors used")
    assert "<span" in shown.title.text()
    assert shown.title.accessibleName() == "Processors used"
    QTest.keyClick(window.search, Qt.Key.Key_Escape)
    assert window.isVisible()
    assert pages(desk) == everything
    assert "<span" not in shown.title.text()
    assert all(row.isVisible() for row in rows)


def test_what_is_not_there_is_said(desk: Desk) -> None:
    window = dialog(desk)
    QTest.keyClicks(window.search, "<b>xyz")
    assert pages(desk) == []
    assert window.nothing.isVisible()
    assert "<b>xyz" in window.nothing.text()


def test_a_page_is_found_by_its_name_with_all_its_rows(desk: Desk) -> None:
    QTest.keyClicks(dialog(desk).search, "privacy")
    page = dialog(desk).page()
    assert page.title == "Privacy"
    assert all(row.isVisible() for group in page.groups for row in group.rows)


def test_the_keyboard_goes_from_the_search_to_the_pages(desk: Desk) -> None:
    window = dialog(desk)
    window.activateWindow()
    window.search.setFocus()
    QTest.keyClick(window.search, Qt.Key.Key_Down)
    assert window.focusWidget() is window.list
    QTest.keyClick(window.list, Qt.Key.Key_Down)
    assert window.page() is preferences(desk).models
    QTest.keyClick(window.list, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_thresholds_are_kept_and_hold_when_the_library_is_opened_anew(desk: Desk) -> None:
    page = preferences(desk).thresholds
    assert (page.store.value(), page.show_from.value()) == (35, 50)
    assert not dialog(desk).footer.isVisible()
    QTest.keyClick(page.show_from.slider, Qt.Key.Key_Right)
    desk.settle()
    assert page.show_from.value_label.text().startswith("55")
    assert kept(desk).show_score == 0.55
    assert dialog(desk).footer.isVisible()
    QTest.keyClick(page.show_from.slider, Qt.Key.Key_Left)
    desk.settle()
    assert kept(desk).show_score == 0.5
    assert not dialog(desk).footer.isVisible()


def test_applying_now_opens_the_library_with_what_was_chosen(
    open_desk: OpenDesk, album: Album, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(album.folder)
    opening = desk.window.session._open_services

    def open_as_kept() -> object:
        desk.config = kept(desk)
        services = opening()
        object.__setattr__(services, "config", desk.config)
        services.scanner._config = desk.config  # type: ignore[attr-defined]
        return services

    monkeypatch.setattr(desk.window.session, "_open_services", open_as_kept)
    desk.act("preferences")
    page = preferences(desk).folders
    page.patterns.setPlainText("a*.png\n\n a*.png\nnobody.png")
    page.take_patterns()
    desk.settle()
    assert kept(desk).ignore == ("a*.png", "nobody.png")
    click(desk, dialog(desk).reopen)
    assert not dialog(desk).footer.isVisible()
    reader = desk.services.reader
    assert {photo.path.name for photo in reader.photos(reader.photo_ids().tolist())} == {"b1.png", "c0.png"}


def test_a_settings_file_that_cannot_be_written_is_told(desk: Desk, settings_file: Path) -> None:
    settings_file.parent.write_text("no folder")
    preferences(desk).language.choice.choose("zh_CN")
    desk.settle()
    assert "cannot be written" in dialog(desk).page().error.text()


def test_language_waits_for_the_next_start(desk: Desk) -> None:
    preferences(desk).language.choice.choose("zh_CN")
    desk.settle()
    assert kept(desk).language == "zh_CN"
    assert not dialog(desk).footer.isVisible()  # opening the library anew would not help
    assert "next start" in preferences(desk).language.row.hint.words


def test_performance_is_kept_and_gentle_holds_at_once(desk: Desk) -> None:
    page = preferences(desk).performance
    page.memory.choose(2048)
    QTest.mouseClick(page.gentle, LEFT)
    desk.settle()
    assert kept(desk).photo_memory_mb == 2048
    assert desk.window.session.gentle
    desk.window.actions_by_id["gentle"].setChecked(False)
    assert not page.gentle.isChecked()


def test_appearance_holds_at_once_and_after_a_start(open_desk: OpenDesk, album: Album, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    desk = open_desk(album.folder, settings=settings)
    desk.act("preferences")
    page = preferences(desk).appearance
    page.scheme.choose("dark")
    assert desk.window.actions_by_id["scheme_dark"].isChecked()
    page.scheme.choose("light")
    QTest.keyClick(page.tiles.slider, Qt.Key.Key_End)
    page.motion.choose("less")
    assert motion.reduced()
    size = desk.window.grid.tile_size
    assert size == page.tiles.value()
    desk.act("zoom_out")
    assert page.tiles.value() < size
    size = desk.window.grid.tile_size
    desk.close()
    motion.choose("system")
    again = open_desk(settings=settings)
    assert again.window.grid.tile_size == size
    assert motion.chosen() == "less"


def test_where_searches_begin_is_the_next_search(desk: Desk) -> None:
    page = preferences(desk).thresholds
    assert page.leaning.choice() == "balanced"
    page.leaning.choose("cautious")
    dialog(desk).close()
    desk.search("a0.png A")
    marks = desk.window.query.marks
    assert marks is not None
    assert desk.window.query.threshold == pytest.approx(marks.cautious, abs=0.001)


def test_a_folder_is_removed_when_that_is_confirmed(desk: Desk, album: Album) -> None:
    page = preferences(desk).folders
    (folder,) = desk.services.reader.folders()
    desk.services.people.name_faces([desk.face("a0.png A")], "Ann")
    click(desk, page.remove_buttons[folder.id])
    answer(desk, "Cancel")
    assert desk.services.reader.folders() == [folder]
    click(desk, page.remove_buttons[folder.id])
    answer(desk, "Remove")
    assert desk.services.reader.folders() == []
    assert page.remove_buttons == {}
    assert len(desk.services.gallery) == 0
    assert len(list(album.folder.iterdir())) == 6  # the photos stay
    desk.window.session.scan([album.folder])
    desk.settle()
    assert [(person.name, person.faces) for person in desk.services.reader.people()] == [("Ann", 1)]


def test_without_a_library_only_the_look_can_be_chosen(open_desk: OpenDesk, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "library.sqlite").write_bytes(b"no database" * 400)
    desk = open_desk(library=broken, wait=False)
    wait_until(lambda: "cannot be opened" in desk.empty_words(), "the refusal")
    desk.act("preferences")
    assert [page.title for page in dialog(desk).pages if page.isEnabled()] == ["Appearance"]


def test_sizes_are_shown_with_where_they_lie(desk: Desk) -> None:
    page = preferences(desk).privacy
    settle(desk)
    assert set(page.open_buttons) == set(Part)
    words = [row.title.words for group in page.groups for row in group.rows]
    assert any(text.startswith("Database") and "kB" in text for text in words)


def test_a_person_is_forgotten_when_the_whole_name_is_typed(desk: Desk) -> None:
    desk.services.people.name_faces([desk.face("a0.png A")], "Annabella")
    desk.window.session.announce_guessed()
    desk.settle()
    desk.window.finding.recent.note("Annabella 2019")
    click(desk, preferences(desk).privacy.forget)
    (asked,) = dialog(desk).findChildren(ForgetConfirmation)
    QTest.keyClicks(asked.edit, "Annab")
    desk.settle()
    assert not asked.ok.isEnabled()
    QTest.keyClicks(asked.edit, "ella")
    desk.settle()
    assert asked.ok.isEnabled()
    assert asked.ok.text() == "Forget Annabella"
    assert "1 face, and 1 decision" in asked.words.text()
    asked.ok.click()
    desk.settle()
    assert desk.services.reader.people() == []
    assert desk.window.finding.recent.kept == []
    held = [path for path in desk.config.library_dir.rglob("*") if path.is_file() and b"Annabella" in path.read_bytes()]
    assert held == []


def test_everything_is_forgotten_when_the_word_is_typed(desk: Desk) -> None:
    click(desk, preferences(desk).privacy.erase)
    (asked,) = dialog(desk).findChildren(EraseConfirmation)
    QTest.keyClicks(asked.edit, "forge")
    assert not asked.ok.isEnabled()
    QTest.keyClicks(asked.edit, "T")
    asked.ok.click()
    settle(desk)
    assert len(desk.services.gallery) == 0
    assert [folder.photos for folder in desk.services.reader.folders()] == [0]
    assert preferences(desk).privacy.error.text() == ""


def test_a_backup_is_made_and_put_back(desk: Desk) -> None:
    page = preferences(desk).backups
    desk.services.people.name_faces([desk.face("a0.png A")], "Ann")
    click(desk, page.now)
    (button,) = page.restore_buttons
    desk.services.people.name_faces([desk.face("b1.png B")], "Bob")
    click(desk, button)
    answer(desk, "Restore")
    assert [person.name for person in desk.services.reader.people()] == ["Ann"]
    assert len(page.restore_buttons) == 2
    assert page.error.text() == ""


def test_a_file_that_is_no_backup_is_refused_and_the_library_goes_on(desk: Desk, tmp_path: Path) -> None:
    bad = tmp_path / "bad.sqlite"
    bad.write_bytes(b"a photo" * 300)
    preferences(desk).upkeeping.ask_to_restore(bad)
    desk.settle()
    answer(desk, "Restore")
    assert "damaged" in preferences(desk).backups.error.text()
    assert len(desk.services.gallery) == 6


def test_the_switch_says_what_it_is_without_colour(desk: Desk) -> None:
    switch = Switch("Gently")
    off = switch.grab().toImage()
    switch.setChecked(True)
    on = switch.grab().toImage()
    across = range(off.width())
    middle = off.height() // 2
    assert [off.pixelColor(x, middle).lightness() for x in across] != [
        on.pixelColor(x, middle).lightness() for x in across
    ]
