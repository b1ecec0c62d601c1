"""Spans of days as people write them, in several languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QLocale

from faceapp.ui import dates
from faceapp.ui.dates import Span

TODAY = date(2026, 11, 22)  # a Sunday


@pytest.fixture(params=["en_US"])
def locale(request: pytest.FixtureRequest) -> Iterator[str]:
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


def days(first: str, last: str) -> Span:
    return Span(date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None)


@pytest.mark.usefixtures("locale")
@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019", "2019-01-01", "2019-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2019/03/14", "2019-03-14", "2019-03-14"),
        ("7/2009", "2009-07-01", "2009-07-31"),
        ("14.7.2009", "2009-07-14", "2009-07-14"),
        ("7/14/2009", "2009-07-14", "2009-07-14"),
        ("1990s", "1990-01-01", "1999-12-31"),
        ("March 2019", "2019-03-01", "2019-03-31"),
        ("mar 2019", "2019-03-01", "2019-03-31"),
        ("2019 march", "2019-03-01", "2019-03-31"),
        ("14 July 2009", "2009-07-14", "2009-07-14"),
        ("July 14th, 2009", "2009-07-14", "2009-07-14"),
        ("the 14th of July 2009", "2009-07-14", "2009-07-14"),
        ("summer 2019", "2019-06-01", "2019-08-31"),
        ("Fall 2018", "2018-09-01", "2018-11-30"),
        ("winter 2019", "2019-12-01", "2020-02-29"),
        ("spring in 2018", "2018-03-01", "2018-05-31"),
        ("last summer", "2026-06-01", "2026-08-31"),
        ("last winter", "2025-12-01", "2026-02-28"),
        ("summer last year", "2025-06-01", "2025-08-31"),
        ("Today", "2026-11-22", "2026-11-22"),
        ("yesterday", "2026-11-21", "2026-11-21"),
        ("this week", "2026-11-22", "2026-11-28"),  # begins on Sunday in the United States
        ("last week", "2026-11-15", "2026-11-21"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("this year", "2026-01-01", "2026-12-31"),
        ("last  year", "2025-01-01", "2025-12-31"),
        ("since 2019", "2019-01-01", ""),
        ("until May 2019", "", "2019-05-31"),
        ("before 2019", "", "2018-12-31"),
        ("after 2019", "2020-01-01", ""),
        ("2018 to 2020", "2018-01-01", "2020-12-31"),
        ("2018-2020", "2018-01-01", "2020-12-31"),
        ("May 2018 – July 2019", "2018-05-01", "2019-07-31"),
        ("2019年", "2019-01-01", "2019-12-31"),
        ("2019年3月", "2019-03-01", "2019-03-31"),
        ("2019 年 3 月", "2019-03-01", "2019-03-31"),
        ("2019年3月14日", "2019-03-14", "2019-03-14"),
        ("2019年3月14号", "2019-03-14", "2019-03-14"),
        ("2019年十二月", "2019-12-01", "2019-12-31"),
        ("2018年到2020年", "2018-01-01", "2020-12-31"),
        ("1990年代", "1990-01-01", "1999-12-31"),
    ],
)
def test_days_as_people_write_them(text: str, first: str, last: str) -> None:
    assert dates.span(text, TODAY) == days(first, last)


@pytest.mark.usefixtures("locale")
@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "20",
        "0999",
        "soon",
        "May",
        "summer",
        "2019-13",
        "2019-02-30",
        "31 February 2019",
        "2019年13月",
        "to 2019",
    ],
)
def test_what_means_no_days(text: str) -> None:
    assert dates.span(text, TODAY) is None


@pytest.mark.parametrize(
    ("locale", "text", "first", "last"),
    [
        ("de_DE", "März 2019", "2019-03-01", "2019-03-31"),
        ("de_DE", "marz 2019", "2019-03-01", "2019-03-31"),
        ("de_DE", "14. Juli 2009", "2009-07-14", "2009-07-14"),
        ("de_DE", "July 2009", "2009-07-01", "2009-07-31"),
        ("fr_FR", "14 juillet 2009", "2009-07-14", "2009-07-14"),
        ("fr_FR", "14/07/2009", "2009-07-14", "2009-07-14"),
        ("es_ES", "14 de julio de 2009", "2009-07-14", "2009-07-14"),
        ("zh_CN", "三月 2019", "2019-03-01", "2019-03-31"),
        ("zh_CN", "2019/3/14", "2019-03-14", "2019-03-14"),
        ("de_DE", "last week", "2026-11-09", "2026-11-15"),  # begins on Monday
        ("en_AU", "summer 2019", "2019-12-01", "2020-02-29"),
        ("en_AU", "winter 2019", "2019-06-01", "2019-08-31"),
    ],
    indirect=["locale"],
)
def test_days_in_other_places(locale: str, text: str, first: str, last: str) -> None:
    assert dates.span(text, TODAY) == days(first, last)


@pytest.mark.usefixtures("locale")
def test_phrases_are_of_where_photos_are_and_mean_what_they_say() -> None:
    march_2019, july_2018 = 49 * 12 + 2, 48 * 12 + 6
    found = dict(dates.phrases([july_2018, march_2019], TODAY))
    assert [text for text in found if text.startswith("2")] == ["2019", "2018"]
    assert "March 2019" in found
    assert "April 2019" not in found
    assert found["autumn 2018"] == days("2018-09-01", "2018-11-30")
    for text, span in found.items():
        assert dates.span(text, TODAY) == span


def test_spans_join_to_the_longest() -> None:
    one, other = days("2018-01-01", "2018-12-31"), days("2020-01-01", "")
    assert one.joined(other) == days("2018-01-01", "")
    assert other.joined(one) == one.joined(other)
