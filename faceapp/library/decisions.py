"""The verbs of the user about people. Each is one step of the ledger, written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection

from faceapp.errors import FaceappError
from faceapp.library import albums, marked_faces
from faceapp.library.connections import Database
from faceapp.library.driver import fetch, fetch_column
from faceapp.library.ledger import holds
from faceapp.library.ledger.conflicts import Web, entries
from faceapp.library.ledger.holds import Entry, Finals, Kind, State
from faceapp.library.ledger.places import choose, places_of, put_in, put_person
from faceapp.library.ledger.settling import name_key
from faceapp.library.ledger.writing import Each, first_undone, last_done, mark, settle_step, write_step
from faceapp.library.rows import last_id
from faceapp.library.tables import person
from faceapp.types import AnalysedFace, HideReason, Naming, PhotoState
from faceapp.types_people import Change, Step, Verb
from faceapp.types_scan import SavedFaces
from faceapp.types_search import Search

MAX_NAME = 200  # characters; the table holds to it as well
_ALL_PAIRS = 1000  # of places that are different, each is written down up to this number

T = TypeVar("T")


class LibraryPeopleStore:
    """The ``PeopleStore`` of a library.

    ``model`` makes the embeddings of the searches that are kept and of drawn faces; ``announce`` is told of the latter.
    """

    def __init__(
        self, database: Database, model: str = "", announce: Callable[[SavedFaces], object] = lambda saved: None
    ) -> None:
        self._database = database
        self._model = model
        self._announce = announce

    def name_faces(self, face_ids: Sequence[int], name: str, *, take_back: bool = False) -> Naming:
        with self._database.write(durable=True) as connection:
            chosen = choose(connection, face_ids)
            places = chosen.places
            finals = Finals(connection)
            person_id, spelling, is_new = _find_or_number(connection, name)
            earlier = [place for place in places if place not in chosen.fresh]
            silent = dict.fromkeys(holds.silent(connection, earlier))
            told = [place for place in earlier if place not in silent]
            states = holds.states(connection, told)
            faces: list[int] = []
            new = [place for place in places if place not in states or states[place].person_id != person_id]
            if new:
                before = _people_of(states, new)
                rows = [Entry(Kind.NAME, person=person_id, value=spelling)] if is_new else []
                in_the_way = Web(connection, finals).name(new, person_id)
                rows += entries(connection, in_the_way, take_back=take_back)
                there = set(new)
                for place, said in holds.rejections(connection, finals.members([person_id])):
                    if place in there:
                        rows.append(Entry(Kind.UNREJECT, place, person=said))
                each = [Each(Kind.CONFIRM, new, person_id)]
                known = holds.names(connection, before)
                people = [spelling, *(known[id_] for id_ in before)]
                verb = Verb.MOVE if before else Verb.NAME
                step = write_step(connection, verb, rows, each, faces=len(new), people=people)
                involved = [*told, *(one for row in rows for one in (row.place, row.other) if one is not None)]
                settle_step(connection, step, involved)
                faces += put_in(connection, chosen, person_id)
                if silent:
                    faces += put_person(connection, silent, person_id)
            return Naming(person_id, spelling, sorted([*_faces_in(connection, told), *faces]))

    def clear(self, face_ids: Sequence[int]) -> Change:
        with self._database.write(durable=True) as connection:
            places = places_of(connection, face_ids)
            states = holds.states(connection, places)
            people = _people_of(states, places)
            hidden = any(state.hidden is not None for state in states.values())
            verb = Verb.SHOW if hidden and not people else Verb.CLEAR
            return _done(connection, verb, [], len(places), people, each=[Each(Kind.CLEAR, places)])

    def reject(self, face_ids: Sequence[int], person_id: int) -> Change:
        with self._database.write(durable=True) as connection:
            places, finals = places_of(connection, face_ids), Finals(connection)
            _check_here(connection, [person_id])
            states, web = holds.states(connection, places), Web(connection, finals)
            hers = [place for place in places if place in states and states[place].person_id == person_id]
            for place in hers:
                web.person.pop(place, None)
            # Faces said to be the same as hers are not any more: the user has just seen these.
            rows = [one.undo for one in web.cut(web.paired.intersection(places), person_id)]
            rows += [Entry(Kind.CLEAR, place) for place in hers]
            each = [Each(Kind.REJECT, places, person_id)]
            return _done(connection, Verb.REJECT, rows, len(places), [person_id], each=each)

    def same(self, face_ids: Sequence[int], *, take_back: bool = False) -> Change:
        with self._database.write(durable=True) as connection:
            places, finals = places_of(connection, face_ids), Finals(connection)
            if len(places) < 2:
                raise FaceappError("It takes two faces to be the same person. Choose at least two different ones.")
            web = Web(connection, finals, holds.states(connection, places))
            rows = list(entries(connection, web.join(places), take_back=take_back))
            rows += _same(places)
            return _done(connection, Verb.SAME, rows, len(places))

    def different(self, face_ids: Sequence[int], others: Sequence[int], *, take_back: bool = False) -> Change:
        with self._database.write(durable=True) as connection:
            finals = Finals(connection)
            places, rest = _two_sides(connection, face_ids, others)
            web = Web(connection, finals, holds.states(connection, [*places, *rest]))
            rows = list(entries(connection, web.part(places, rest), take_back=take_back))
            if len(places) * len(rest) <= _ALL_PAIRS:
                rows += [Entry(Kind.DIFFERENT, one, other) for one in places for other in rest]
            else:
                rows += [Entry(Kind.DIFFERENT, places[0], other) for other in rest]
                rows += [Entry(Kind.DIFFERENT, one, rest[0]) for one in places[1:]]
            return _done(connection, Verb.DIFFERENT, rows, len(places) + len(rest))

    def apart(self, person_id: int, other_id: int) -> Change:
        with self._database.write(durable=True) as connection:
            _check_here(connection, [person_id, other_id])
            if person_id == other_id:
                raise FaceappError("This is one person. Choose two people to keep apart.")
            rows = [Entry(Kind.APART, person=person_id, other_person=other_id)]
            return _done(connection, Verb.DIFFERENT, rows, 0, [person_id, other_id])

    def hide(self, face_ids: Sequence[int], reason: HideReason) -> Change:
        with self._database.write(durable=True) as connection:
            places = places_of(connection, face_ids)
            people = _people_of(holds.states(connection, places), places)
            each = [Each(Kind.HIDE, places, value=str(reason))]
            return _done(connection, Verb.HIDE, [], len(places), people, str(reason), each=each)

    def merge(self, person_ids: Sequence[int], into: int, *, take_back: bool = False) -> Change:
        with self._database.write(durable=True) as connection:
            others = [id_ for id_ in dict.fromkeys(int(id_) for id_ in person_ids) if id_ != into]
            _check_here(connection, [into, *others])
            if not others:
                raise FaceappError("It takes two people to make one. Choose another person to merge with.")
            web = Web(connection, Finals(connection))
            rows = list(entries(connection, web.merge(others, into), take_back=take_back))
            rows += [Entry(Kind.MERGE, person=other, other_person=into) for other in others]
            rows += _birth_of_merged(connection, others, into)
            faces = _count_places(connection, [into, *others])
            return _done(connection, Verb.MERGE, rows, faces, [into, *others])

    def split(self, face_ids: Sequence[int], rest: Sequence[int], *, take_back: bool = False) -> Change:
        with self._database.write(durable=True) as connection:
            finals, places = Finals(connection), places_of(connection, face_ids)
            leaving = set(places)  # with their copies
            others = [place for place in places_of(connection, rest) if place not in leaving] if rest else []
            states, guesses = holds.states(connection, [*places, *others]), _guessed(connection, places)
            owned = {place: state.person_id for place, state in states.items() if state.person_id is not None}
            people = list(dict.fromkeys([*_people_of(states, places), *(person_id for _, person_id in guesses)]))
            if len(places) == 1 and not others and not people:
                raise FaceappError("This face is nobody yet, so there is nobody to split it from. Give it a name.")
            web = Web(connection, finals, states)
            for place in places:
                web.person.pop(place, None)
            in_the_way = [one for id_ in people for one in web.cut(web.paired.intersection(places), id_)]
            in_the_way += web.join(places)
            in_the_way += web.part(places[:1], others)
            rows = list(entries(connection, in_the_way, take_back=take_back))
            rows += [Entry(Kind.CLEAR, place) for place in places if place in owned]
            not_them = [*((place, owned[place]) for place in places if place in owned), *guesses]
            rows += [Entry(Kind.REJECT, place, person=person_id) for place, person_id in not_them]
            rows += _same(places)
            rows += [Entry(Kind.DIFFERENT, places[0], other) for other in others]
            return _done(connection, Verb.SPLIT, rows, len(places), people)

    def rename(self, person_id: int, name: str) -> Change:
        with self._database.write(durable=True) as connection:
            before = _check_here(connection, [person_id])[person_id]
            _check_length(name)
            sql = "SELECT name FROM person WHERE key = ? AND id != ?"
            taken = connection.exec_driver_sql(sql, (name_key(name), person_id)).scalar()
            if taken is not None:
                raise FaceappError(f"Somebody else is called {taken} already. Merge {before} with {taken} instead.")
            rows = [Entry(Kind.NAME, person=person_id, value=name)]
            return settle_step(
                connection, write_step(connection, Verb.RENAME, rows, faces=0, people=[name], note=before)
            )

    def set_cover(self, person_id: int, face_id: int) -> Change:
        with self._database.write(durable=True) as connection:
            name = _check_here(connection, [person_id])[person_id]
            (place,) = places_of(connection, [face_id])
            state = holds.states(connection, [place]).get(place)
            if state is not None and (state.hidden is not None or state.person_id not in (None, person_id)):
                raise FaceappError(f"This face is not {name}, so it cannot be the cover. Choose one of {name}'s faces.")
            return _done(connection, Verb.COVER, [Entry(Kind.COVER, place, person=person_id)], 1, [person_id])

    def set_born(self, person_id: int, born: date | None) -> Change:
        with self._database.write(durable=True) as connection:
            _check_here(connection, [person_id])
            value = None if born is None else born.isoformat()
            return _done(
                connection, Verb.BORN, [Entry(Kind.BORN, person=person_id, value=value)], 0, [person_id], value or ""
            )

    def save_album(self, name: str, search: Search, album_id: int | None = None) -> Change:
        _check_length(name)
        with self._database.write(durable=True) as connection:
            return albums.save_album(connection, self._model, name, search, album_id)

    def remove_album(self, album_id: int) -> Change:
        with self._database.write(durable=True) as connection:
            return albums.remove_album(connection, album_id)

    def mark_face(self, photo_id: int, content_hash: bytes, face: AnalysedFace) -> Change:
        def write(connection: Connection) -> int:
            return marked_faces.write_mark(connection, self._model, photo_id, content_hash, face)

        change = self._follow(write)
        assert change is not None
        return change

    def undo(self) -> Change | None:
        return self._mark(last_done, undone=True)

    def redo(self) -> Change | None:
        return self._mark(first_undone, undone=False)

    def history(self, limit: int = 200) -> list[Step]:
        with self._database.read() as connection:
            return holds.history(connection, limit)

    def said_of(self, face_id: int) -> list[Step]:
        with self._database.read() as connection:
            return holds.said_of(connection, face_id)

    def _mark(self, find: Callable[[Connection], int | None], *, undone: bool) -> Change | None:
        def write(connection: Connection) -> int | None:
            step = find(connection)
            if step is not None:
                mark(connection, step, undone=undone)
            return step

        return self._follow(write)

    def _follow(self, write: Callable[[Connection], int | None]) -> Change | None:
        """Write a step that may put faces into photos or take them out; None if there is none."""
        with self._database.exclusive():
            with self._database.write(durable=True) as connection:
                step = write(connection)
                if step is None:
                    return None
                saved = marked_faces.follow_step(connection, self._model, step)
                change = settle_step(connection, step)
            if saved is not None:
                self._announce(saved)
            return change


def _done(
    connection: Connection,
    verb: Verb,
    rows: Iterable[Entry],
    faces: int,
    people: Iterable[int] = (),
    note: str = "",
    *,
    each: Sequence[Each] = (),
) -> Change:
    known = holds.names(connection)
    named = [known[id_] for id_ in people]
    return settle_step(connection, write_step(connection, verb, rows, each, faces=faces, people=named, note=note))


def _two_sides(connection: Connection, face_ids: Sequence[int], others: Sequence[int]) -> tuple[list[int], list[int]]:
    places, rest = places_of(connection, face_ids), places_of(connection, others)
    if not set(places).isdisjoint(rest):
        raise FaceappError("A face is on both sides, itself or in a copy of its photo. Choose it on one side only.")
    return places, rest


def _faces_in(connection: Connection, places: Iterable[int]) -> list[int]:
    sql = "SELECT c.face_id FROM json_each(?) here CROSS JOIN decided c ON c.place_id = here.value"
    return sorted(fetch_column(connection, sql, (holds.listed(places),)))


def _guessed(connection: Connection, places: Iterable[int]) -> list[tuple[int, int]]:
    """Return who the faces in view are guessed to be: place and person."""
    sql = f"""
        SELECT DISTINCT c.place_id, m.person_id FROM json_each(?) here
        CROSS JOIN decided c ON c.place_id = here.value CROSS JOIN membership m ON m.face_id = c.face_id
        CROSS JOIN photo p ON p.id = c.photo_id
        WHERE m.person_id IS NOT NULL AND p.state = '{PhotoState.INDEXED}' ORDER BY c.place_id, m.person_id
    """
    return fetch(connection, sql, (holds.listed(places),))


def _same(places: Sequence[int]) -> list[Entry]:
    return [Entry(Kind.SAME, places[0], other) for other in places[1:]]


def _people_of(states: dict[int, State], places: Iterable[int]) -> list[int]:
    """Return whose places these are, most places first."""
    number: dict[int, int] = {}
    for place in places:
        if place in states and (person_id := states[place].person_id) is not None:
            number[person_id] = number.get(person_id, 0) + 1
    return sorted(number, key=lambda person_id: (-number[person_id], person_id))


def _find_or_number(connection: Connection, name: str) -> tuple[int, str, bool]:
    """Return who has a name, be it somebody who has lost all faces, else the number of a new person.

    With the name as it is written, and whether they are new.
    """
    _check_length(name)
    key = name_key(name)
    found = connection.exec_driver_sql("SELECT id, name FROM person WHERE key = ?", (key,)).one_or_none()
    if found is not None:
        return int(found[0]), str(found[1]), False
    sql = """
        SELECT DISTINCT person_id FROM decision
        WHERE place_id IS NULL AND kind = 'name' AND person_id NOT IN (SELECT id FROM person)
    """
    known = holds.names(connection, fetch_column(connection, sql))
    earlier = [person_id for person_id, there in known.items() if name_key(there) == key]
    return (earlier[-1], known[earlier[-1]], False) if earlier else (last_id(connection, person) + 1, name, True)


def _check_length(name: str) -> None:
    if not 1 <= len(name) <= MAX_NAME:
        raise FaceappError("A name has 1 to 200 characters. Type another name.")


def _check_here(connection: Connection, people: Collection[int]) -> dict[int, str]:
    """Return the names of people; refuse those that there are not."""
    sql = "SELECT id, name FROM person WHERE id IN (SELECT value FROM json_each(?))"
    found: dict[int, str] = dict(connection.exec_driver_sql(sql, (holds.listed(people),)).all())
    missing = sorted(set(people) - found.keys())
    if missing:
        numbers = ", ".join(str(number) for number in missing)
        raise FaceappError(
            f"There is no person {numbers} in this library any more. Look them up again; nothing was changed."
        )
    return found


def _birth_of_merged(connection: Connection, others: Sequence[int], into: int) -> list[Entry]:
    """Return the birth date that a person takes over from those who become them, if they have none."""
    sql = "SELECT id, born FROM person WHERE born IS NOT NULL AND id IN (SELECT value FROM json_each(?))"
    born: dict[int, str] = dict(connection.exec_driver_sql(sql, (holds.listed([into, *others]),)).all())
    known = [born[other] for other in others if other in born]
    return [Entry(Kind.BORN, person=into, value=known[0])] if known and into not in born else []


def _count_places(connection: Connection, people: Collection[int]) -> int:
    """Return how many places are one of these people."""
    members = holds.listed(Finals(connection).members(people))
    sql = f"""
        {
        holds.states_sql(
            "SELECT DISTINCT place_id FROM decision WHERE kind = 'confirm' "
            "AND person_id IN (SELECT value FROM json_each(:members))"
        )
    }
        SELECT count(*) FROM state WHERE person_id IN (SELECT value FROM json_each(:people))
    """
    return int(connection.exec_driver_sql(sql, {"members": members, "people": holds.listed(people)}).scalar_one())
