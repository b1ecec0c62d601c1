"""Whatever is decided, in whatever order: nothing contradicts itself, all can be undone, copies follow decisions."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from faceapp.errors import FaceappError
from faceapp.library.ledger import holds
from faceapp.library.ledger.parts import Parts
from faceapp.library.ledger.settling import differences, settle_all
from faceapp.library.library import Library
from faceapp.types import HideReason
from faceapp.types_people import DecisionConflict
from faceapp.types_scan import FoundFile
from tests.library.making import LEFT, MODEL, RIGHT, a_face, a_result, put

NAMES = ("Ann", "Bob", "Cid", "ann")
Store = Any

faces = st.lists(st.integers(0, 6), min_size=1, max_size=3, unique=True)  # places in the list of faces
person = st.integers(0, 3)  # places in the list of people
flag = st.booleans()
verbs = st.one_of(
    st.tuples(st.just("name"), faces, st.sampled_from(NAMES), flag),
    st.tuples(st.just("clear"), faces),
    st.tuples(st.just("reject"), faces, person),
    st.tuples(st.just("same"), faces, flag),
    st.tuples(st.just("different"), faces, faces, flag),
    st.tuples(st.just("apart"), person, person),
    st.tuples(st.just("hide"), faces, st.sampled_from(HideReason)),
    st.tuples(st.just("merge"), person, person, flag),
    st.tuples(st.just("split"), faces, st.one_of(st.just([]), faces), flag),
    st.tuples(st.just("rename"), person, st.sampled_from(NAMES)),
    st.tuples(st.just("cover"), person, faces),
    st.tuples(st.just("born"), person, st.sampled_from([None, date(1980, 1, 2)])),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
    st.tuples(st.just("edit")),
    st.tuples(st.just("guess"), st.integers(0, 6), person),
)


def act(library: Library, said: tuple[Any, ...]) -> bool:
    """Do one thing; return whether it was not refused."""
    verb, *rest = said
    people = sorted(one.id for one in library.reader.people())
    here = [face.id for photo in library.reader.photo_ids() for face in library.reader.faces_of_photo(int(photo), 0)]

    def chosen(which: list[int]) -> list[int]:
        return [here[number % len(here)] for number in which]

    def who(which: int) -> int:
        return people[which] if which < len(people) else 99

    store = library.people
    todo: dict[str, Callable[..., object]] = {
        "name": lambda f, name, back: store.name_faces(chosen(f), name, take_back=back),
        "clear": lambda f: store.clear(chosen(f)),
        "reject": lambda f, p: store.reject(chosen(f), who(p)),
        "same": lambda f, back: store.same(chosen(f), take_back=back),
        "different": lambda f, g, back: store.different(chosen(f), chosen(g), take_back=back),
        "apart": lambda p, q: store.apart(who(p), who(q)),
        "hide": lambda f, why: store.hide(chosen(f), why),
        "merge": lambda p, q, back: store.merge([who(p)], who(q), take_back=back),
        "split": lambda f, g, back: store.split(chosen(f), chosen(g), take_back=back),
        "rename": lambda p, name: store.rename(who(p), name),
        "cover": lambda p, f: store.set_cover(who(p), chosen(f)[0]),
        "born": lambda p, day: store.set_born(who(p), day),
        "undo": store.undo,
        "redo": store.redo,
        "edit": lambda: edit(library),
        "guess": lambda f, p: guess(library, chosen([f])[0], who(p)),
    }
    try:
        todo[verb](*rest)
    except FaceappError:
        return False
    return True


def edit(library: Library) -> None:
    """Let the first photo change and be read again: its faces stay where they are."""
    (path,) = [path for path, known in library.scan_store.known_files(1).items() if known.photo_id == 1]
    number = len(library.people.history()) + library.scan_store.known_files(1)[path].size
    library.scan_store.put_pending(1, [FoundFile(path, number, number)])
    library.scan_store.save([a_result(1, [a_face(LEFT), a_face(RIGHT)], of=f"edited {number}")])


def guess(library: Library, face_id: int, person_id: int) -> None:
    with contextlib.suppress(FaceappError), library._database.write() as connection:
        decided = "SELECT 1 FROM decided WHERE face_id = ? AND (person_id IS NOT NULL OR hidden IS NOT NULL)"
        known = connection.exec_driver_sql("SELECT 1 FROM person WHERE id = ?", (person_id,)).first()
        rejected = [face_id, person_id] in holds.ties_of(connection).rejected.tolist()
        if known and not rejected and not connection.exec_driver_sql(decided, (face_id,)).first():
            sql = "REPLACE INTO membership SELECT id, photo_id, 0, ?, 3, 0.5, 0.1, NULL FROM face WHERE id = ?"
            connection.exec_driver_sql(sql, (person_id, face_id))


def snapshot(connection: Connection) -> list[Any]:
    """Return everything that follows from decisions. ``created`` is when a row was made first."""
    tables = (
        "SELECT * FROM decided WHERE person_id IS NOT NULL OR hidden IS NOT NULL ORDER BY face_id",
        "SELECT id, name, key, born, cover_id FROM person ORDER BY id",
    )
    return [connection.exec_driver_sql(sql).all() for sql in tables]


def check_sound(connection: Connection) -> None:
    """Nothing that holds contradicts anything else that does; guesses contradict nothing."""
    finals, states = holds.Finals(connection), holds.states(connection, range(1, 100))
    same, different = holds.pairs(connection)
    parts = Parts()
    for one, two in same:
        parts.join(one, two)
    owners = {place: state.person_id for place, state in states.items() if state.person_id is not None}
    for place, owner in owners.items():
        parts.join(place, -owner)
    people = set(owners.values())
    assert len({parts.find(-owner) for owner in people}) == len(people)
    assert not [pair for pair in different if parts.find(pair[0]) == parts.find(pair[1])]
    for place, said in holds.rejections(connection):
        assert parts.find(place) != parts.find(-finals.of(said)) or finals.of(said) not in people
    for one, two in holds.aparts(connection):
        assert finals.of(one) != finals.of(two)
    contradicted = """
        SELECT count(*) FROM membership m LEFT JOIN decided d ON d.face_id = m.face_id
        WHERE d.person_id IS NOT NULL OR d.hidden IS NOT NULL OR (m.person_id IS NULL AND m.standing != 0)
    """
    assert connection.exec_driver_sql(contradicted).scalar_one() == 0
    guesses = "SELECT d.place_id, m.person_id FROM membership m JOIN decided d ON d.face_id = m.face_id"
    wrong = {(place, finals.of(said)) for place, said in holds.rejections(connection)}
    assert not wrong & {(place, who) for place, who in connection.exec_driver_sql(guesses)}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(verbs, max_size=20))
def test_copies_follow_decisions_and_all_can_be_undone(
    tmp_path_factory: pytest.TempPathFactory, todo: list[tuple[Any, ...]]
) -> None:
    with Library.open(tmp_path_factory.mktemp("library"), model=MODEL) as library:
        photos = put(library, Path("/photos"), "a", "b", "c", "d")
        contents = ["one", "two", "two", "three"]
        for photo_id, of in zip(photos, contents, strict=True):
            library.scan_store.save([a_result(photo_id, [a_face(LEFT), a_face(RIGHT)], of=of)])
        for said in todo:
            with library._database.read() as connection:
                before = snapshot(connection), holds.history(connection, 99)
            done = act(library, said)
            with library._database.read() as connection:
                after = snapshot(connection), holds.history(connection, 99)
                assert differences(connection) == (0, 0)
                check_sound(connection)
            if not done:
                assert after == before
            elif said[0] not in ("undo", "redo", "edit", "guess") and after[1] != before[1]:
                library.people.undo()
                with library._database.read() as connection:
                    assert snapshot(connection) == before[0]
                library.people.redo()
                with library._database.read() as connection:
                    assert snapshot(connection) == after[0]
        with library._database.write() as connection:
            before_all = snapshot(connection)
            connection.exec_driver_sql("UPDATE decided SET person_id = NULL, hidden = 'statue', photo_id = 0, norm = 0")
            connection.exec_driver_sql("DELETE FROM person")
            settle_all(connection)
            assert snapshot(connection) == before_all


def test_a_refusal_of_opposites_is_a_conflict(library: Library, root: Path) -> None:
    (photo,) = put(library, root, "a.jpg")
    one, two = library.scan_store.save([a_result(photo, [a_face(LEFT), a_face(RIGHT)])]).face_ids.tolist()
    library.people.different([one], [two])
    with pytest.raises(DecisionConflict):
        library.people.same([one, two])
