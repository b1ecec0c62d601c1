"""What the words of the search field mean: people, days, folders and albums of a library. No widgets.

``understand`` takes several together ("Anna 2019 Rome"), ``offers`` completes what is being typed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from typing import Final, Literal, TypeVar

from PySide6.QtCore import QCoreApplication

from faceapp.types import Folder, Person
from faceapp.types_search import Album, Filter
from faceapp.ui import dates, filter_words, fuzzy, words
from faceapp.ui.dates import Span

Kind = Literal["all", "person", "date", "folder", "album"]

LEAST: Final = 0.45  # score of a name that is offered: it holds the letters, or they are its initials
_BEGINS: Final = 0.7  # score of a name whose words begin so
_PEOPLE: Final = 6  # offered at once
_OTHERS: Final = 5  # dates, folders and albums
_NAMED: Final = 3  # people before they are only counted
_KEPT: Final = 50  # answers of one library
_LONGEST: Final = 12  # words of one name or date
# A run of letters, or one Chinese character: those are written without spaces.
_TOKEN: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\s,;，、&+·\u3040-\u30ff\u3400-\u9fff]+")

_T = TypeVar("_T")
_translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Meaning:
    """Ids of what is named; ``unknown`` are the words that mean nothing."""

    people: tuple[int, ...] = ()
    span: Span | None = None
    folders: tuple[int, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def filter(self) -> Filter:
        first, last = (self.span.first, self.span.last) if self.span else (None, None)
        return Filter(people=self.people, taken_from=first, taken_to=last, folders=self.folders)

    @property
    def parts(self) -> int:
        """Return how many things are named."""
        return len(self.people) + (self.span is not None) + len(self.folders)

    def joined(self, other: Meaning) -> Meaning:
        spans = [span for span in (self.span, other.span) if span is not None]
        return Meaning(
            tuple(dict.fromkeys(self.people + other.people)),
            spans[0].joined(spans[1]) if len(spans) == 2 else next(iter(spans), None),
            tuple(dict.fromkeys(self.folders + other.folders)),
            self.unknown + other.unknown,
        )


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to go on. ``id`` is of the person, folder or album that alone is meant, None for a filter."""

    kind: Kind
    text: str
    detail: str
    meaning: Meaning
    id: int | None = None
    face_id: int | None = None


class Known:
    """The names of a library, made ready to be looked up: once for each overview."""

    def __init__(
        self,
        people: Sequence[Person] = (),
        folders: Sequence[Folder] = (),
        albums: Sequence[Album] = (),
        months: Collection[int] = (),
    ) -> None:
        """``months`` are those in which photos were taken, counted from January 1970."""
        by_photos = sorted(people, key=lambda person: -person.photos)
        self.people = [(fuzzy.folded(person.name), person) for person in by_photos]
        self._asked: dict[str, list[tuple[float, Person]]] = {}
        self.folders = [(fuzzy.folded(words.folder_name(folder.path)), folder) for folder in folders]
        self.albums = [(fuzzy.folded(album.name), album) for album in albums]
        self.months = months
        self._phrases: tuple[date | None, list[tuple[str, Span]]] = (None, [])
        self._person_by_id = {person.id: person for person in people}
        self.person_names = {person.id: person.name for person in people}
        self.folder_names = {folder.id: words.folder_name(folder.path) for folder in folders}
        self._people_by_name: dict[str, list[int]] = defaultdict(list)
        self._people_by_words: dict[str, list[int]] = defaultdict(list)
        for name, person in self.people:
            self._people_by_name[" ".join(name.words)].append(person.id)
            for phrase in _phrases(name.words):
                self._people_by_words[phrase].append(person.id)
        self._folders_by_name: dict[str, list[int]] = defaultdict(list)
        for name, folder in self.folders:
            self._folders_by_name[" ".join(name.words)].append(folder.id)

    def person(self, person_id: int) -> Person:
        return self._person_by_id[person_id]

    def exactly(self, text: str, today: date | None = None) -> Meaning | None:
        """Return what whole words mean: everybody of that name, a span of days, or folders."""
        key = " ".join(fuzzy.folded(text).words)
        if people := self._people_by_name.get(key) or self._people_by_words.get(key):
            return Meaning(people=tuple(people))
        if span := dates.span(text, today):
            return Meaning(span=span)
        if folders := self._folders_by_name.get(key):
            return Meaning(folders=tuple(folders))
        return None

    def beginning(self, text: str, *, people_first: bool = True) -> Meaning | None:
        """Return the likeliest person or folder of whose name a word begins so."""
        people = [Meaning(people=(p.id,)) for rank, p in self.fitting_people(text)[:1] if rank >= _BEGINS]
        folders = [Meaning(folders=(f.id,)) for rank, f in fitting(text, self.folders)[:1] if rank >= _BEGINS]
        return next(iter(people + folders if people_first else folders + people), None)

    def fitting_people(self, text: str) -> list[tuple[float, Person]]:
        """Return whom a text may name, with scores, best first. Kept: one answer asks several times."""
        if text not in self._asked:
            if len(self._asked) > _KEPT:
                self._asked.clear()
            self._asked[text] = fitting(text, self.people)
        return self._asked[text]

    def phrases(self, today: date) -> Sequence[tuple[str, Span]]:
        """Return the dates that are offered on a day."""
        if self._phrases[0] != today:
            self._phrases = (today, list(dates.phrases(self.months, today)))
        return self._phrases[1]

    def in_words(self, meaning: Meaning) -> str:
        """Return "Anna or Ben · 2019 · Rome"."""
        only = meaning.filter
        parts = filter_words.parts(replace(only, people=()), {}, self.folder_names)
        said = [part.text[:1].upper() + part.text[1:] for part in parts]
        names = [self.person_names[person_id] for person_id in meaning.people]
        if len(names) > _NAMED:
            said.insert(0, words.people(len(names)))
        elif names:
            either = _translate("finding", "{a} or {b}")
            said.insert(0, reduce(lambda a, b: either.replace("{a}", a).replace("{b}", b), names))
        return " · ".join(said)


def understand(text: str, known: Known, today: date | None = None) -> Meaning:
    """Return what a text means: whole names and dates, the longest first, then the beginnings of names."""
    tokens = [found.span() for found in _TOKEN.finditer(text)]
    little = set(fuzzy.plain(_translate("finding", "and at from in of on or photos the with")).split())
    meaning = Meaning()
    unknown: list[tuple[int, int]] = []
    at = 0
    while at < len(tokens):
        start, stop = tokens[at]
        part, after = _longest(text, tokens, at, known, today)
        if part is None and fuzzy.plain(text[start:stop]) not in little:
            part = known.beginning(text[start:stop], people_first=not meaning.people)
            if part is None:
                unknown.append((start, stop))
        if part is not None:
            meaning = meaning.joined(part)
        at = after
    return replace(meaning, unknown=tuple(_runs(text, unknown)))


def _longest(
    text: str, tokens: Sequence[tuple[int, int]], at: int, known: Known, today: date | None
) -> tuple[Meaning | None, int]:
    """Return what the most tokens from one on mean together, and which token comes after them."""
    for after in range(min(len(tokens), at + _LONGEST), at, -1):
        if part := known.exactly(text[tokens[at][0] : tokens[after - 1][1]], today):
            return part, after
    return None, at + 1


def _runs(text: str, places: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Yield the pieces of a text, those that touch as one."""
    start = end = 0
    for first, last in places:
        if first > end and end:
            yield text[start:end]
        if first > end or not end:
            start = first
        end = last
    if end:
        yield text[start:end]


def _phrases(names: Sequence[str]) -> Iterator[str]:
    """Yield every row of words of a name: "anna", "anna maria", "maria"."""
    for start in range(len(names)):
        for end in range(start + 1, min(len(names), start + _LONGEST) + 1):
            yield " ".join(names[start:end])


def nothing_called(unknown: Sequence[str]) -> str:
    """Say which words mean nothing."""
    said = _translate("finding", "Nothing is called “{word}”.")
    return said.replace("{word}", " ".join(unknown))


def offers(text: str, known: Known, today: date | None = None) -> list[Offer]:
    """Return how a text may be meant: all of it together first, then by kind."""
    text = " ".join(text.split())
    whole = understand(text, known, today)
    found: list[Offer] = []
    start = 0
    for start in (token.start() for token in _TOKEN.finditer(text)):
        before = understand(text[:start], known, today)
        if not before.unknown and (found := _completed(text[start:], before, known, today)):
            break
    together = whole.parts > 1 or (whole.parts > 0 and whole.unknown)
    if together and all(offer.meaning != whole for offer in found):
        detail = nothing_called(whole.unknown) if whole.unknown else ""
        # Ahead of all together go: each of several people who bear one name, several words that one name begins with,
        # and what may be meant where a word means nothing yet.
        late = found and (start == 0 or whole.unknown or len(_TOKEN.findall(text[start:])) > 1)
        found.insert(len(found) if late else 0, Offer("all", known.in_words(whole), detail, whole))
    return found


def _completed(text: str, before: Meaning, known: Known, today: date | None) -> list[Offer]:
    """Return what the end of a text may become after what was understood before it; an exact name goes ahead."""
    alone = before == Meaning()

    def offer(kind: Kind, one: Meaning, said: str, detail: str, own_id: int, face_id: int | None = None) -> Offer:
        if alone:
            return Offer(kind, said, detail, one, own_id, face_id)
        both = before.joined(one)
        return Offer(kind, known.in_words(both), "", both, None, face_id)

    people = [
        (rank, offer("person", Meaning(people=(p.id,)), p.name, words.photos(p.photos), p.id, p.cover_face_id))
        for rank, p in known.fitting_people(text)[:_PEOPLE]
    ]
    folders = [
        (rank, offer("folder", Meaning(folders=(f.id,)), known.folder_names[f.id], str(f.path.parent), f.id))
        for rank, f in fitting(text, known.folders)[:_OTHERS]
    ]
    groups = [people, _dates(text, before, known, today)[:_OTHERS], folders]
    if alone:
        albums = fitting(text, known.albums)[:_OTHERS]
        groups.append([(rank, Offer("album", album.name, "", before, album.id)) for rank, album in albums])
    # People are "any of them", so after a person a day or folder is likelier than another person.
    groups.sort(key=lambda group: (not group or group[0][0] < fuzzy.WHOLE, group is people and bool(before.people)))
    return [made for group in groups for _rank, made in group]


def _dates(text: str, before: Meaning, known: Known, today: date | None) -> list[tuple[float, Offer]]:
    """Return the days that a text means, and what it may be the beginning of."""
    rated: dict[Span, tuple[float, str]] = {}
    if exact := dates.span(text, today):
        rated[exact] = (fuzzy.WHOLE, "")
    query = fuzzy.folded(text)
    for phrase, span in known.phrases(today or date.today()):
        rank = fuzzy.fit(query, fuzzy.folded(phrase))
        if rank >= _BEGINS and (span not in rated or not rated[span][1]):
            rated[span] = (rated[span][0] if span in rated else fuzzy.WORDS, phrase)
    made = []
    for span, (rank, phrase) in rated.items():
        meaning = before.joined(Meaning(span=span))
        days = known.in_words(Meaning(span=span))
        said = (phrase[:1].upper() + phrase[1:]) or days
        if before == Meaning():
            made.append((rank, Offer("date", said, days if days != said else "", meaning)))
        else:
            made.append((rank, Offer("date", known.in_words(meaning), "", meaning)))
    return made


def fitting(text: str, named: Sequence[tuple[fuzzy.Folded, _T]]) -> list[tuple[float, _T]]:
    """Return what a text may name, with scores in tenths, best first; of equals, what came first stays first."""
    query = fuzzy.folded(text)
    found = [(round(rank, 1), one) for name, one in named if (rank := fuzzy.fit(query, name)) >= LEAST]
    found.sort(key=lambda row: -row[0])
    return found
