"""What a page holds, read on a worker: which tiles in which order, and what its header says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cmp_to_key
from typing import Final, Literal

import numpy as np
from PySide6.QtCore import QCollator, Qt

from faceapp.people.oddness import likeness_to_the_rest
from faceapp.ports import Services
from faceapp.types import FloatArray, IdArray, Person
from faceapp.types_people import Group, PersonDetails, PersonFaces
from faceapp.types_search import NO_FILTER, Album, Filter
from faceapp.ui import months, words
from faceapp.ui.people import face_words
from faceapp.ui.sections import Sections
from faceapp.ui.tile import Kind, TileDetails, group_tile
from faceapp.ui.widgets.sidebar import PageKey

Order = Literal["photos", "name", "recent", "newest", "typical", "odd"]

PEOPLE_ORDERS: Final[tuple[Order, ...]] = ("photos", "name", "recent")
PERSON_ORDERS: Final[tuple[Order, ...]] = ("newest", "odd")
GROUP_ORDERS: Final[tuple[Order, ...]] = ("typical", "odd")
NOTHING: Final[IdArray] = np.empty(0, np.int64)
UNKNOWN: Final = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """The tiles of a page in their order, and what else is known of it."""

    kind: Kind = "photo"
    ids: IdArray = field(default_factory=lambda: NOTHING)
    people: Mapping[int, Person] = field(default_factory=dict)  # on pages of people
    groups: Mapping[int, Group] = field(default_factory=dict)
    person: PersonDetails | None = None  # on the page of a person; None there: she is gone
    group: Group | None = None  # on the page of a group; None there: it is gone
    faces: PersonFaces | None = None  # on the page of a person
    odd: FloatArray | None = None  # likeness to the rest, of ``ids``, where they are in that order
    album: Album | None = None  # on the page of an album; None there: it is gone
    sections: Sections = field(default_factory=lambda: Sections.of(()))  # months, where the tiles are in order of date

    @property
    def of_people(self) -> bool:
        return self.kind == "person"

    def describe(self, tile_id: int) -> TileDetails:
        """Return what a tile of a page of people says."""
        if tile_id < 0:
            group = self.groups.get(group_tile(tile_id))
            return face_words.group_details(group) if group is not None else TileDetails()
        person = self.people.get(tile_id)
        return face_words.person_tile(person) if person is not None else TileDetails()

    def filtered(self, text: str) -> IdArray:
        """Return the ids of the people whose name holds a text, whatever its case; groups only where it is empty."""
        wanted = text.casefold().split()
        if not wanted or not self.of_people:
            return self.ids
        names = ((i, self.people[i].name.casefold()) for i in self.ids.tolist() if i in self.people)
        return np.array([i for i, name in names if all(part in name for part in wanted)], np.int64)


def read(services: Services, key: PageKey, order: Order | None, only: Filter = NO_FILTER) -> Content:
    """Return what a page holds; of photos and faces ``only`` what a filter lets through. On a worker."""
    match key[0]:
        case "faces":
            return _faces(services, only)
        case "hidden":
            return Content("face", services.people_reader.hidden_ids())
        case "people":
            return _people(services, order)
        case "groups":
            groups = services.people_reader.groups()
            return Content("person", _group_ids(groups), groups={group.id: group for group in groups})
        case "person":
            return _person(services, int(str(key[1])), order, photos=key[2:] == ("photos",))
        case "group":
            return _group(services, int(str(key[1])), order)
        case "folder":
            return _photos(services, only, folder_id=int(str(key[1])))
        case "album":
            album = next((a for a in services.people_reader.albums() if a.id == key[1]), None)
            return _photos(services, only, album=album) if album is not None else Content()
    return _photos(services, only)


def _photos(services: Services, only: Filter, *, folder_id: int | None = None, album: Album | None = None) -> Content:
    """Return photos under their months. What is filtered already on an album's page is a change of its filter."""
    ids, moments = services.reader.photo_dates()
    if album is not None and only.empty:
        only = album.search.filter
    if folder_id is not None or not only.empty:
        kept = np.isin(ids, services.reader.photo_ids(folder_id=folder_id, only=only))
        ids, moments = ids[kept], moments[kept]
    return Content("photo", ids, album=album, sections=months.by_date(months.months_of(moments), words.photos))


def _faces(services: Services, only: Filter) -> Content:
    """Return faces under the months of their photos.

    A face without an embedding is not in the listing: it stands between faces of its month, so it goes with them.
    """
    ids = services.reader.face_ids(min_score=services.config.show_score, only=only)
    listing, (photo_ids, moments) = services.reader.vector_listing(), services.reader.photo_dates()
    photos = look_up(ids, listing.face_ids, listing.photo_ids)
    order = np.argsort(photo_ids)
    of = look_up(photos, photo_ids[order], months.months_of(moments)[order])
    return Content("face", ids, sections=months.by_date(_filled(of), words.faces))


def look_up(wanted: IdArray, ids: IdArray, values: IdArray) -> IdArray:
    """Return the values of ids (ascending); ``UNKNOWN`` of those that are not among them."""
    if not len(ids):
        return np.full(len(wanted), UNKNOWN, np.int64)
    place = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    return np.where(ids[place] == wanted, values[place], UNKNOWN)


def _filled(months_of_rows: IdArray) -> IdArray:
    """Return months with the unknown ones those of the row before, or at the top of the first known one."""
    known = np.flatnonzero(months_of_rows != UNKNOWN)
    if not len(known):
        return months_of_rows[:0]
    before = np.searchsorted(known, np.arange(len(months_of_rows)), side="right") - 1
    return months_of_rows[known[np.maximum(before, 0)]]


def _people(services: Services, order: Order | None) -> Content:
    """People first, then the groups that have no name."""
    people = services.reader.people()
    if order == "name":
        collator = QCollator(words.locale())
        collator.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        collator.setNumericMode(True)
        people.sort(key=cmp_to_key(lambda a, b: collator.compare(a.name, b.name)))
    elif order == "recent":
        seen = _last_seen(services)
        people.sort(key=lambda person: -seen.get(person.id, 0))
    else:
        people.sort(key=lambda person: -person.photos)
    groups = services.people_reader.groups()
    ids = np.concatenate((np.array([p.id for p in people], np.int64), _group_ids(groups)))
    return Content("person", ids, {p.id: p for p in people}, {g.id: g for g in groups})


def _group_ids(groups: Sequence[Group]) -> IdArray:
    return np.array([group_tile(group.id) for group in groups], np.int64)


def _last_seen(services: Services) -> dict[int, int]:
    """Return when each person was photographed last, as far as the user said who it is."""
    facts = services.people_reader.facts()
    people, at = np.unique(facts.person_ids, return_inverse=True)
    last = np.full(len(people), np.iinfo(np.int64).min)
    np.maximum.at(last, at, facts.shown_us)
    return dict(zip(people.tolist(), last.tolist(), strict=True))


def _person(services: Services, person_id: int, order: Order | None, *, photos: bool) -> Content:
    reader = services.people_reader
    details = reader.details(person_id)
    if details is None:
        return Content("face")
    faces = reader.person_faces(person_id)
    if photos:
        _, first = np.unique(faces.photo_ids, return_index=True)
        return Content("photo", faces.photo_ids[np.sort(first)], person=details, faces=faces)
    if order == "odd":
        ids, odd = _odd_first(services, faces.face_ids)
        return Content("face", ids, person=details, faces=faces, odd=odd)
    return Content("face", faces.face_ids, person=details, faces=faces)


def _group(services: Services, group_id: int, order: Order | None) -> Content:
    group = next((g for g in services.people_reader.groups() if g.id == group_id), None)
    if group is None:
        return Content("face")
    ids = services.people_reader.group_faces(group_id)
    if order == "odd":
        ids, odd = _odd_first(services, ids)
        return Content("face", ids, group=group, odd=odd)
    return Content("face", ids, group=group)


def _odd_first(services: Services, face_ids: IdArray) -> tuple[IdArray, FloatArray]:
    """Return faces and how alike they are to the others, the least alike first; those without a vector come last."""
    found = [(face_id, services.gallery.embedding(face_id)) for face_id in face_ids.tolist()]
    known = [(face_id, vector) for face_id, vector in found if vector is not None]
    if not known:
        return face_ids, np.ones(len(face_ids), np.float32)
    alike = likeness_to_the_rest(np.stack([vector for _, vector in known]))
    order = np.argsort(alike, kind="stable")
    ids = [known[i][0] for i in order] + [face_id for face_id, vector in found if vector is None]
    scores = np.ones(len(ids), np.float32)
    scores[: len(known)] = alike[order]
    return np.array(ids, np.int64), scores
