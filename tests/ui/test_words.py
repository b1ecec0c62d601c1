"""The sentences of the window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from faceapp.types import Box, Face, Guess, HideReason, Marks, Quality, Standing
from faceapp.types_scan import ScanProgress
from faceapp.ui import match_words, words
from faceapp.ui.people import face_words


@pytest.fixture(autouse=True)
def _british() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


def progress(**changes: object) -> ScanProgress:
    values: dict[str, object] = {
        "folder": Path("/photos/Camera uploads"),
        "walking": False,
        "total": 9871,
        "done": 6120,
        "skipped": 0,
        "failed": 0,
        "faces": 0,
        "seconds": 218.0,
    }
    return ScanProgress(**(values | changes))  # type: ignore[arg-type]


def face(face_id: int, name: str | None) -> Face:
    quality = Quality(size_px=214, sharpness=300, norm=20, yaw=0.0)
    return Face(face_id, 1, Box(0.1, 0.1, 0.2, 0.2), (), 0.9, quality, face_id if name else None, name)


@pytest.mark.parametrize(
    ("faces", "photos", "said"),
    [
        (134, 120, "134 faces in 120 photos"),
        (1, 1, "1 face in 1 photo"),
        (2, 1, "2 faces in 1 photo"),
        (131604, 48120, "131,604 faces in 48,120 photos"),
        (0, 0, "No match at this threshold. Drag the line to the left."),
    ],
)
def test_a_result_is_told_with_the_right_plural(faces: int, photos: int, said: str) -> None:
    assert match_words.match_result(faces, photos) == said


def test_other_counts_have_plurals() -> None:
    assert [words.people(n) for n in (0, 1, 2)] == ["0 people", "1 person", "2 people"]
    assert [words.problems(n) for n in (1, 12)] == ["1 problem", "12 problems"]
    assert [match_words.name_these(n) for n in (0, 1, 134)] == ["Name…", "Name this face…", "Name these 134…"]
    assert match_words.name_selected(12) == "Name 12 selected…"


@pytest.mark.parametrize(
    ("score", "said"),
    [
        (0.50, "cautious, 0.50"),
        (0.4955, "cautious, 0.50"),  # the word agrees with the number that is shown
        (0.42, "balanced, 0.42"),
        (0.33, "balanced, 0.33"),
        (0.32, "wide, 0.32"),
        (0.25, "everything, 0.25"),
    ],
)
def test_a_threshold_is_told_in_a_word_and_a_number(score: float, said: str) -> None:
    assert match_words.threshold(score, Marks(cautious=0.5, balanced=0.33, everything=0.25)) == said


def test_without_marks_a_threshold_is_a_number() -> None:
    assert match_words.threshold(0.4, None) == "0.40"


@pytest.mark.parametrize(
    ("expected", "shown", "said"),
    [
        (0.49, 134, "probably all of them right"),
        (0.51, 134, "about 1 of them is someone else"),
        (12.4, 134, "about 12 of them are someone else"),
        (5.0, 4, "probably none of them right"),
        (0.01, 1, "very likely the same person"),
        (0.95, 1, "very likely someone else"),
    ],
)
def test_strangers_are_told_in_whole_people(expected: float, shown: int, said: str) -> None:
    assert match_words.strangers(expected, shown) == said


def test_what_is_missed_is_told_in_a_hundred() -> None:
    assert match_words.missed(0.052) == "about 5 in 100 faces of this person are left out"
    assert match_words.missed(0.001) == "hardly any face of this person is left out"
    assert match_words.missed_short(0.052) == "about 5 in 100 left out"
    assert match_words.missed_short(0.0) == "hardly any left out"


def test_a_chance_is_never_certain() -> None:
    assert match_words.chance_figure(1.0) == "very likely the same person (99 %)"
    assert match_words.chance_figure(0.8) == "probably the same person (80 %)"
    assert match_words.chance_figure(0.5) == "perhaps the same person (50 %)"
    assert match_words.chance_figure(0.2) == "probably someone else (20 %)"
    assert match_words.chance_figure(0.0) == "very likely someone else (1 %)"


def test_scan_progress_tells_count_speed_and_time() -> None:
    assert words.scan_progress(progress()) == "6,120 of 9,871 photos · 28 a second · about 2 min left"
    assert words.scan_title(progress()) == "Reading Camera uploads"


def test_scan_progress_leaves_out_what_is_not_known() -> None:
    assert words.scan_progress(progress(walking=True, done=0, total=0, seconds=0.0)) == "Looking for photos…"
    assert words.scan_progress(progress(walking=True, done=0, total=120, seconds=0.0)) == "120 photos found so far"
    assert words.scan_progress(progress(done=9871, skipped=9871, seconds=1.0)) == "9,871 of 9,871 photos"
    assert words.scan_progress(progress(walking=True, done=60, seconds=60.0)) == "60 of 9,871 photos · 1.0 a second"
    assert words.scan_title(progress(folder=None)) == "Reading photos"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (3, "a few seconds left"),
        (34, "about 30 s left"),
        (58, "about 1 min left"),
        (134, "about 2 min left"),
        (3600, "about 1 h left"),
        (5400, "about 1 h 30 min left"),
        (40000, "about 11 h left"),
    ],
)
def test_time_left_is_rough(seconds: float, said: str) -> None:
    assert words.time_left(seconds) == said


def test_the_result_of_a_scan_names_problems_only_if_there_are_any() -> None:
    assert words.scan_result(9871, 12) == "9,871 photos read, 12 problems"
    assert words.scan_result(1, 0) == "1 photo read"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("en_GB", "14 July 2009, 16:32"),
        ("de_DE", "14. Juli 2009, 16:32"),
        ("fr_FR", "14 juillet 2009, 16:32"),
        ("es_ES", "14 de julio de 2009, 16:32"),
    ],
)
def test_a_date_follows_the_locale_without_the_weekday(name: str, said: str) -> None:
    QLocale.setDefault(QLocale(name))
    assert words.date_time(datetime(2009, 7, 14, 16, 32)) == said


def test_the_c_locale_still_groups_digits() -> None:
    QLocale.setDefault(QLocale.c())
    assert words.number(131604) == "131,604"


def test_size_and_place_of_a_photo() -> None:
    assert words.picture_size(4000, 3000, 3_100_000) == "4,000 × 3,000 · 3.1 MB"
    assert words.picture_size(0, 0, 3_100_000) == "3.1 MB"
    folder = Path("/home/u/Pictures")
    assert words.place(folder / "2009" / "Summer" / "a.jpg", folder) == "Pictures / 2009 / Summer"
    assert words.place(folder / "a.jpg", folder) == "Pictures"
    assert words.place(Path("/other/a.jpg"), folder) == str(Path("/other"))


@pytest.mark.parametrize(
    ("sharpness", "yaw", "said"),
    [
        (300, 0.1, "214 px, sharp, looking straight ahead"),
        (80, -0.4, "214 px, a little soft, turned a little"),
        (10, 0.9, "214 px, blurred, turned away"),
    ],
)
def test_quality_in_words(sharpness: float, yaw: float, said: str) -> None:
    assert words.quality(Quality(size_px=214.3, sharpness=sharpness, norm=20, yaw=yaw)) == said


def test_who_is_in_a_photo() -> None:
    assert face_words.people_of([face(1, "Ben"), face(2, None), face(1, "Ben")]) == "Ben, 1 unnamed"
    assert face_words.people_of([face(1, "Ben"), face(2, "Anna")]) == "Ben, Anna"
    assert face_words.people_of([]) == "No face found"
    assert face_words.people_of([face(1, "Ben"), replace(face(2, None), rejected=("Ben",))]) == "Ben, 1 unnamed"


@pytest.mark.parametrize(
    ("rejected", "title", "hint"),
    [
        (("Anna",), "Not Anna", "You said this is not Anna"),
        (("Anna", "Ben"), "Not Anna, nor 1 other", "You said this is not Anna, Ben"),
        (("Anna {n}", "Ben", "Cid"), "Not Anna {n}, nor 2 others", "You said this is not Anna {n}, Ben, Cid"),
    ],
)
def test_a_tile_says_whom_a_face_is_not(rejected: tuple[str, ...], title: str, hint: str) -> None:
    tile = face_words.face_tile(replace(face(1, None), rejected=rejected))
    assert (tile.title, tile.mark, tile.spoken) == (title, "rejected", title)
    assert tile.hint == f"{hint}\n214 px, sharp, looking straight ahead"


def test_what_a_face_is_goes_before_whom_it_is_not() -> None:
    not_anna = replace(face(1, None), rejected=("Anna",))
    for known, title, mark in (
        (replace(not_anna, person_id=1, person_name="Ben"), "Ben", "named"),
        (replace(not_anna, guess=Guess(1, "Ben", Standing.AUTOMATIC, 0.7, 0.3)), "Ben", "automatic"),
        (replace(not_anna, guess=Guess(1, "Ben", Standing.SUGGESTED, 0.5, 0.1)), "Ben?", "suggested"),
        (replace(not_anna, hidden=HideReason.STRANGER), "Stranger", "hidden"),
        (replace(not_anna, rejected=()), "", ""),
    ):
        tile = face_words.face_tile(known)
        assert (tile.title, tile.mark) == (title, mark)
        assert "Anna" not in tile.hint + tile.spoken


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a photo – été.jpg", "a photo – été.jpg"),
        ("two\nlines\t.jpg", "two\ufffdlines\ufffd.jpg"),
        ("odd \udcff.jpg", "odd \ufffd.jpg"),
    ],
)
def test_any_name_fits_one_line(name: str, shown: str) -> None:
    assert words.printable(name) == shown


def test_one_and_many_problems() -> None:
    assert words.unreadable(1) == "1 photo could not be read"
    assert words.unreadable(1200) == "1,200 photos could not be read"
    assert words.ignored(1) == "1 photo is off the list until its file changes."
    assert words.ignored(2) == "2 photos are off the list until their files change."
    assert words.trying_again(1) == "Trying 1 photo again…"
