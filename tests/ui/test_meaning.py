"""What the words of the search field mean."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from faceapp.types import Combine, Folder, Person
from faceapp.types_search import Album, Filter, Search
from faceapp.ui.meaning import Known, Meaning, nothing_called, offers, understand

TODAY = date(2026, 11, 22)
ANNA, MEIER, BEN, ANNABEL, AN_NA, MAY = 2**40, 2, 3, 4, 5, 6
ROME, CAMERA, LUO_MA = 1, 2, 3
MARCH_2019, JULY_2018, MARCH_2017 = 49 * 12 + 2, 48 * 12 + 6, 47 * 12 + 2


@pytest.fixture(scope="module")
def known() -> Known:
    people = [
        Person(MEIER, "Anna Meier", 10, 9, 12),
        Person(ANNA, "Anna Schmidt", 30, 28, 11),
        Person(BEN, "Ben", 5, 5, None),
        Person(ANNABEL, "Annabel", 1, 1, None),
        Person(AN_NA, "安娜", 3, 3, None),
        Person(MAY, "May", 1, 1, None),
    ]
    folders = [
        Folder(ROME, Path("/pictures/Rome"), 9, 0, 0),
        Folder(CAMERA, Path("/pictures/Camera uploads"), 9, 0, 0),
        Folder(LUO_MA, Path("/pictures/罗马"), 9, 0, 0),
    ]
    album = Album(7, "Hiking crew", Search((), Combine.ANY, 0.4))
    return Known(people, folders, [album], [MARCH_2019, JULY_2018, MARCH_2017])


def year(first: int, last: int | None = None) -> tuple[date, date]:
    return date(first, 1, 1), date(last or first, 12, 31)


@pytest.mark.parametrize(
    ("text", "people", "days", "folders", "unknown"),
    [
        ("Anna 2019 Rome", (ANNA, MEIER), year(2019), (ROME,), ()),
        ("anna schmidt", (ANNA,), None, (), ()),
        ("SCHMIDT", (ANNA,), None, (), ()),
        ("Rome, 2019, Ben", (BEN,), year(2019), (ROME,), ()),
        ("Anna and Ben", (ANNA, MEIER, BEN), None, (), ()),
        ("photos of Ben from 2019 in Rome", (BEN,), year(2019), (ROME,), ()),
        ("last year camera uploads", (), year(2025), (CAMERA,), ()),
        ("2018 2020", (), year(2018, 2020), (), ()),
        ("Anna May 2019", (ANNA, MEIER), (date(2019, 5, 1), date(2019, 5, 31)), (), ()),  # not May
        ("Anna May", (ANNA, MEIER, MAY), None, (), ()),
        ("annab 2019", (ANNABEL,), year(2019), (), ()),  # a name that is not finished
        ("Ben ro", (BEN,), None, (ROME,), ()),
        ("安娜2019年3月罗马", (AN_NA,), (date(2019, 3, 1), date(2019, 3, 31)), (LUO_MA,), ()),
        ("安娜 2019", (AN_NA,), year(2019), (), ()),
        ("Ben xyz 2019 qq ww", (BEN,), year(2019), (), ("xyz", "qq", "ww")),
        ("xyz", (), None, (), ("xyz",)),
        ("陌生人2019年", (), year(2019), (), ("陌生人",)),
        ("", (), None, (), ()),
    ],
)
def test_several_words_go_together(
    known: Known,
    text: str,
    people: tuple[int, ...],
    days: tuple[date, date] | None,
    folders: tuple[int, ...],
    unknown: tuple[str, ...],
) -> None:
    found = understand(text, known, TODAY)
    first, last = days or (None, None)
    assert found.filter == Filter(people=people, taken_from=first, taken_to=last, folders=folders)
    assert found.unknown == unknown


def test_an_open_end_stays_open(known: Known) -> None:
    found = understand("Ben since 2019", known, TODAY).filter
    assert (found.taken_from, found.taken_to) == (date(2019, 1, 1), None)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("ann", ["Anna Schmidt", "Anna Meier", "Annabel"]),
        ("be", ["Ben", "Annabel"]),
        ("as", ["Anna Schmidt"]),
        ("anna", ["Anna Schmidt", "Anna Meier", "Annabel", "Anna Schmidt or Anna Meier"]),
        ("20", ["2019", "2018", "2017", "March 2019", "July 2018"]),
        ("201", ["2019", "2018", "2017", "March 2019", "July 2018"]),
        ("mar", ["March 2019", "March 2017"]),
        ("mar 2017", ["March 2017"]),
        ("summer", ["Summer 2019", "Summer 2018", "Summer 2017"]),
        ("yest", ["Yesterday"]),
        ("2019年3月", ["March 2019"]),
        ("rome", ["Rome"]),
        ("hik", ["Hiking crew"]),
        ("Ben 2019 ro", ["Ben · 2019 · Rome"]),
        ("Ben mar", ["Ben · March 2019", "Ben · March 2017"]),
        ("Ben 2019", ["Ben · 2019", "Ben · March 2019"]),
        ("Ben & anna s", ["Ben or Anna Schmidt"]),
        ("Ben xyz", ["Ben"]),
        ("xyz", []),
        ("", []),
    ],
)
def test_what_is_typed_is_completed(known: Known, text: str, offered: list[str]) -> None:
    found = [offer.text for offer in offers(text, known, TODAY)]
    assert found[: len(offered)] == offered
    assert bool(found) == bool(offered)


def test_one_thing_leads_to_its_page_several_to_a_filter(known: Known) -> None:
    alone = offers("ben", known, TODAY)[0]
    assert (alone.kind, alone.id, alone.detail) == ("person", BEN, "5 photos")
    assert offers("hiking", known, TODAY)[0].id == 7
    folder = offers("rome", known, TODAY)[0]
    assert (folder.kind, folder.id, folder.detail) == ("folder", ROME, str(Path("/pictures")))
    both = offers("ben rome", known, TODAY)[0]
    assert both.id is None
    assert both.meaning == Meaning(people=(BEN,), folders=(ROME,))


def test_what_is_not_understood_is_said(known: Known) -> None:
    (offer,) = offers("Ben xyz", known, TODAY)
    assert offer.detail == "Nothing is called “xyz”."
    assert offer.meaning.unknown == ("xyz",)
    assert nothing_called(["a", "b"]) == "Nothing is called “a b”."


def test_an_exact_name_goes_ahead_of_what_only_begins_so(known: Known) -> None:
    with_romero = Known([Person(1, "Romero", 9, 9, None)], [Folder(ROME, Path("/Rome"), 1, 0, 0)])
    assert [offer.text for offer in offers("rome", with_romero, TODAY)] == ["Rome", "Romero"]


def test_many_people_of_one_name_are_counted(known: Known) -> None:
    many = Known([Person(n, f"Anna {n}x", 1, 1, None) for n in range(5)])
    assert many.in_words(understand("anna", many, TODAY)) == "5 people"
