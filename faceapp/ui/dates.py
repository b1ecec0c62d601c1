"""Spans of days as people write them: "2019", "March 2019", "summer 2019", "yesterday", "2018 to 2020", "2019年3月"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale

from faceapp.ui import fuzzy, words
from faceapp.ui import months as months_in_words

_translate = QCoreApplication.translate

_YEARS = range(1800, 2200)
_ENGLISH, _CHINESE = QLocale(QLocale.Language.English), QLocale(QLocale.Language.Chinese)
_SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}  # and the month that each begins with
_T = QLocale.Country
# Where they begin half a year later.
_SOUTH: Final = (_T.Argentina, _T.Australia, _T.Chile, _T.NewZealand, _T.Paraguay, _T.SouthAfrica, _T.Uruguay)
_LITTLE: Final = {"of", "the", "de", "del", "le", "den", "der", "st", "nd", "rd", "th"}  # around a day


@dataclass(frozen=True, slots=True)
class Span:
    """Both days included; None: no end on that side."""

    first: date | None
    last: date | None

    def joined(self, other: Span) -> Span:
        """Return the span from the earlier beginning to the later end."""
        firsts = [day for day in (self.first, other.first) if day is not None]
        lasts = [day for day in (self.last, other.last) if day is not None]
        return Span(min(firsts) if len(firsts) == 2 else None, max(lasts) if len(lasts) == 2 else None)


def span(text: str, today: date | None = None) -> Span | None:
    """Return the days that a text means, None if it means none. ``today`` is for tests."""
    text = fuzzy.plain(text)
    if not text:
        return None
    today = today or date.today()  # photos bear local time, too
    return _open(text, today) or _between(text, today) or _single(text, today)


def _single(text: str, today: date) -> Span | None:
    try:
        return _relative(today).get(text) or _season(text, today) or _numbers(text) or _named(text) or _local(text)
    except ValueError:  # no such day
        return None


def _open(text: str, today: date) -> Span | None:
    """Read "since 2019" and "until 2019", as the chips of the filter say them."""
    for pattern in ("since {day}", _translate("filter", "since {day}")):
        if (inner := _inside(pattern, text)) and (found := _single(inner, today)):
            return Span(found.first, None)
    for pattern in ("until {day}", _translate("filter", "until {day}")):
        if (inner := _inside(pattern, text)) and (found := _single(inner, today)):
            return Span(None, found.last)
    if (inner := _inside("before {day}", text)) and (found := _single(inner, today)) and found.first:
        return Span(None, found.first - timedelta(1))
    if (inner := _inside("after {day}", text)) and (found := _single(inner, today)) and found.last:
        return Span(found.last + timedelta(1), None)
    return None


def _inside(pattern: str, text: str) -> str:
    before, _, after = (fuzzy.plain(part) for part in pattern.partition("{day}"))
    if text.startswith(before) and text.endswith(after) and len(text) > len(before) + len(after):
        return text[len(before) : len(text) - len(after)].strip()
    return ""


def _between(text: str, today: date) -> Span | None:
    """Read "2018 to 2020", "May 2018 – July 2019"."""
    joint = fuzzy.plain(
        _translate("filter", "{first} to {last}").replace("{first}", " ").replace("{last}", " ")
    )  # the word between, in the language of the window
    for sign in (" to ", f" {joint} ", joint if not joint.isascii() else " - ", " - ", "–", "—", "~", "至", "到"):
        first, parted, last = text.partition(sign)
        if parted and (one := _single(first.strip(), today)) and (two := _single(last.strip(), today)):
            return one.joined(two)
    if found := re.fullmatch(r"(\d{4})-(\d{4})", text):
        one, two = _whole(int(found[1])), _whole(int(found[2]))
        return one.joined(two)
    return None


def _relative(today: date) -> dict[str, Span]:
    """Return the words that follow the calendar, in English and in the language of the window."""
    found: dict[str, Span] = {}
    for english, local, means in _relatives(today):
        found[english] = found[fuzzy.plain(local)] = means
    return found


def _relatives(today: date) -> Iterator[tuple[str, str, Span]]:
    day = timedelta(1)
    start = (words.locale().firstDayOfWeek().value - 1) % 7
    week = today - day * ((today.weekday() - start) % 7)
    last_month = today.replace(day=1) - day
    yield "today", _translate("dates", "today"), Span(today, today)
    yield "yesterday", _translate("dates", "yesterday"), Span(today - day, today - day)
    yield "this week", _translate("dates", "this week"), Span(week, week + 6 * day)
    yield "last week", _translate("dates", "last week"), Span(week - 7 * day, week - day)
    yield "this month", _translate("dates", "this month"), _whole(today.year, today.month)
    yield "last month", _translate("dates", "last month"), _whole(last_month.year, last_month.month)
    yield "this year", _translate("dates", "this year"), _whole(today.year)
    yield "last year", _translate("dates", "last year"), _whole(today.year - 1)


def season_names() -> dict[str, str]:
    """Return the seasons, by their English name, in the language of the window."""
    return {
        "spring": _translate("dates", "spring"),
        "summer": _translate("dates", "summer"),
        "autumn": _translate("dates", "autumn"),
        "winter": _translate("dates", "winter"),
    }


def _season(text: str, today: date) -> Span | None:
    """Read "summer 2019" and "last summer". A winter bears the year that it begins in."""
    names = {fuzzy.plain(local): name for name, local in season_names().items()}
    for word, name in (names | {own: own for own in _SEASONS} | {"fall": "autumn"}).items():
        if word not in text:
            continue
        rest = " ".join(text.replace(word, " ", 1).split())
        if rest == "last":
            return next(s for s in (_season_of(name, today.year - n) for n in range(3)) if s.last and s.last < today)
        if year := re.fullmatch(r"(?:in )?(\d{4}) ?年?(?:的)?", rest):
            return _season_of(name, int(year[1]))
        if (whole := _relative(today).get(rest)) and whole.first and rest.endswith("year"):
            return _season_of(name, whole.first.year)
    return None


def _season_of(name: str, year: int) -> Span:
    month = _SEASONS[name]
    if words.locale().territory() in _SOUTH:
        month = (month + 5) % 12 + 1
    end_year, end_month = (year + 1, month + 2 - 12) if month + 2 > 12 else (year, month + 2)
    return Span(_whole(year, month).first, _whole(end_year, end_month).last)


def _numbers(text: str) -> Span | None:
    """Read 2019, 2019-03, 2019/03/14, 2019年3月14日 and 1990s."""
    if found := re.fullmatch(r"(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?", text):
        return _whole(*(int(group) for group in found.groups() if group))
    if found := re.fullmatch(r"(\d{4}) ?[年년](?: ?(\d{1,2}) ?[月월](?: ?(\d{1,2}) ?[日号號일])?)?", text):
        return _whole(*(int(group) for group in found.groups() if group))
    if found := re.fullmatch(r"(\d{3}0)(?:'?s| ?年代)", text):
        return _whole(int(found[1])).joined(_whole(int(found[1]) + 9))
    return None


def _named(text: str) -> Span | None:
    """Read a month by its name, a year and perhaps a day, in any order: "14 July 2009", "三月 2019"."""
    months = _months(words.locale().name())
    year = month = day = 0
    for part in re.findall(r"\d+|[^\W\d_]+", text.replace("年", " ").replace("日", " ")):
        if part.isdigit() and len(part) == 4 and not year:
            year = int(part)
        elif part.isdigit() and len(part) < 3 and not day:
            day = int(part)
        elif part in months and not month:
            month = months[part]
        elif part not in _LITTLE:
            return None
    if not (year and month):
        return None
    return _whole(year, month, day) if day else _whole(year, month)


@lru_cache(maxsize=4)
def _months(locale_name: str) -> dict[str, int]:
    """Return the months by their names and short names, in English, Chinese and as the locale has them."""
    found = {}
    for locale in (_ENGLISH, _CHINESE, QLocale(locale_name)):
        for form in (QLocale.FormatType.LongFormat, QLocale.FormatType.ShortFormat):
            for month in range(1, 13):
                for name in (locale.monthName(month, form), locale.standaloneMonthName(month, form)):
                    found[fuzzy.plain(name).strip(".")] = month
    return found


def _local(text: str) -> Span | None:
    """Read days and months in figures as the locale and others write them: 14/7/2009, 14.7.2009, 7/2009."""
    locale = words.locale()
    for pattern in (short_pattern(), "d.M.yyyy"):
        if (made := locale.toDate(text, pattern)).isValid():
            return _whole(made.year(), made.month(), made.day())
    if found := re.fullmatch(r"(\d{1,2})[./](\d{4})", text):
        return _whole(int(found[2]), int(found[1]))
    return None


def short_pattern() -> str:
    """Return the locale's short way to write a day, the year in full, for Qt: "dd/MM/yyyy"."""
    return re.sub("y+", "yyyy", words.locale().dateFormat(QLocale.FormatType.ShortFormat))


def _whole(year: int, month: int | None = None, day: int | None = None) -> Span:
    if year not in _YEARS:
        raise ValueError(year)
    if month is None:
        return Span(date(year, 1, 1), date(year, 12, 31))
    if day is None:
        return Span(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
    return Span(date(year, month, day), date(year, month, day))


def phrases(months: Collection[int], today: date | None = None) -> Iterable[tuple[str, Span]]:
    """Return what may be meant by the first letters of a date, likeliest first, where there are photos.

    ``months`` are counted from January 1970. All is in the language of the window.
    """
    today = today or date.today()
    there = sorted(months, reverse=True)
    years = sorted({1970 + month // 12 for month in there}, reverse=True)
    for _english, local, means in _relatives(today):
        yield local, means
    for year in years:
        yield str(year), _whole(year)
    for month in there:
        yield months_in_words.month(month), _whole(1970 + month // 12, month % 12 + 1)
    for year in years:
        for name, local in season_names().items():
            pattern = _translate("dates", "{season} {year}")
            yield pattern.replace("{season}", local).replace("{year}", str(year)), _season_of(name, year)
