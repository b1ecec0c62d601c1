"""The parts of a filter in words, each with the filter that is left without it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QCoreApplication

from faceapp.types_search import Filter
from faceapp.ui import months, words

_translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class FilterPart:
    """One thing that is set. ``rest`` is the filter without it."""

    text: str  # on its chip: "2019 to 2020"
    spoken: str  # in a sentence: "taken 2019 to 2020"
    rest: Filter


def parts(only: Filter, people: Mapping[int, str], folders: Mapping[int, str]) -> list[FilterPart]:
    """Return what is set, in the order in which the panel asks for it; names by id, of those that still are."""
    found = []
    for person_id in only.people:
        name = people.get(person_id) or _translate("filter", "Somebody who is gone")
        left = tuple(i for i in only.people if i != person_id)
        found.append(_part(name, _translate("filter", "showing {x}"), replace(only, people=left)))
    if only.taken_from is not None or only.taken_to is not None:
        rest = replace(only, taken_from=None, taken_to=None)
        found.append(_part(dates(only.taken_from, only.taken_to), _translate("filter", "taken {x}"), rest))
    for folder_id in only.folders:
        name = folders.get(folder_id) or _translate("filter", "A folder that is gone")
        left = tuple(i for i in only.folders if i != folder_id)
        found.append(_part(name, _translate("filter", "in the folder {x}"), replace(only, folders=left)))
    faces = _translate("filter", "faces {x}")
    if only.named is not None:
        text = _translate("filter", "with a name") if only.named else _translate("filter", "without a name")
        found.append(_part(text, faces, replace(only, named=None)))
    if only.least_size is not None:
        text = _translate("filter", "{n} px and larger").replace("{n}", words.number(only.least_size))
        found.append(_part(text, faces, replace(only, least_size=None)))
    if only.clear:
        spoken = _translate("filter", "clear faces only")
        found.append(FilterPart(_translate("filter", "clear"), spoken, replace(only, clear=False)))
    return found


def dates(first: date | None, last: date | None) -> str:
    """Return a span of days: "2019", "March 2019", "2019 to 2020", "since 1 May 2019", "until 3 June 2020"."""
    start = first is None or (first.month, first.day) == (1, 1)
    end = last is None or (last.month, last.day) == (12, 31)
    whole = start and end

    def day(given: date) -> str:
        return str(given.year) if whole else words.date(given)

    if first is None:
        return _translate("filter", "until {day}").replace("{day}", day(last)) if last is not None else ""
    if last is None:
        return _translate("filter", "since {day}").replace("{day}", day(first))
    if first == last or (whole and first.year == last.year):
        return day(first)
    if first.day == 1 and last == first.replace(day=monthrange(first.year, first.month)[1]):
        return months.month((first.year - 1970) * 12 + first.month - 1)
    return _translate("filter", "{first} to {last}").replace("{first}", day(first)).replace("{last}", day(last))


def _part(text: str, sentence: str, rest: Filter) -> FilterPart:
    return FilterPart(text, sentence.replace("{x}", text), rest)
