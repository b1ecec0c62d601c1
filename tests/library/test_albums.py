"""Albums are decisions: they can be undone, and survive whatever happens to the facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faceapp.errors import FaceappError
from faceapp.library import albums as kept_albums
from faceapp.library.decisions import LibraryPeopleStore
from faceapp.library.driver import fetch
from faceapp.library.ledger.settling import differences
from faceapp.library.library import Library
from faceapp.library.people_reader import LibraryPeopleReader
from faceapp.types import Box, Combine
from faceapp.types_people import Verb
from faceapp.types_scan import FoundFile
from faceapp.types_search import NO_FILTER, Album, Filter, GroupBy, Role, Rows, Search, SearchFace
from tests.library.making import LEFT, MODEL, RIGHT, a_face, a_result, put, unit

NUDGED = Box(LEFT.x + 0.02, LEFT.y, LEFT.w, LEFT.h)
PICTURE = SearchFace("\udcff.jpg", Role.INCLUDE, None, unit(9), b"a JPEG")


def store(library: Library, model: str = MODEL) -> LibraryPeopleStore:
    return LibraryPeopleStore(library._database, model)


def albums(library: Library, model: str = MODEL) -> list[Album]:
    return LibraryPeopleReader(library._database, model).albums()


def of(*face_ids: int, only: Filter = NO_FILTER) -> Search:
    """Return a search for faces of the library."""
    faces = [SearchFace(f"face {face_id}", Role.INCLUDE, face_id, None) for face_id in face_ids]
    return Search(faces, Combine.ANY, 0.5, only)


def shown(library: Library) -> dict[str, list[int | None]]:
    """Return the faces of today of each album."""
    return {album.name: [face.face_id for face in album.search.faces] for album in albums(library)}


def read(library: Library, root: Path, *names: str) -> list[int]:
    """Let photos be read that show two faces each, on the left and on the right; return the faces."""
    results = [
        a_result(id_, [a_face(LEFT, seed=2 * id_), a_face(RIGHT, seed=2 * id_ + 1)])
        for id_ in put(library, root, *names)
    ]
    return [int(face_id) for face_id in library.scan_store.save(results).face_ids]


def change(library: Library, name: str, size: int) -> None:
    library.scan_store.put_pending(1, [FoundFile(name, size, size)])


def test_an_album_comes_back_as_it_was_kept(library: Library, root: Path) -> None:
    left, _ = read(library, root, "a.jpg")
    only = Filter((3, 4), date(2019, 1, 1), date(2020, 12, 31), (1,), True, 80, True)
    away = SearchFace("not her", Role.EXCLUDE, None, unit(8), b"another")
    faces = [SearchFace("Ann", Role.INCLUDE, left, None), PICTURE, away, SearchFace("lost", Role.OFF, None, None)]
    search = Search(faces, Combine.ALL, 0.42, only, "newest", Rows.PHOTOS, GroupBy.DATE)
    done = store(library).save_album("Ann in Rome", search)
    assert (done.step.verb, done.step.note, done.step.faces) == (Verb.SAVE_ALBUM, "Ann in Rome", 0)
    assert (list(done.face_ids), list(done.person_ids)) == ([], [])
    (album,) = albums(library)
    assert album.name == "Ann in Rome"
    for part in ("combine", "threshold", "filter", "sort", "rows", "group_by"):
        assert getattr(album.search, part) == getattr(search, part)
    found = list(album.search.faces)
    assert [(f.label, f.role, f.face_id, f.picture) for f in found] == [
        (f.label, f.role, f.face_id, f.picture) for f in faces
    ]
    for one, seed in zip(found, (2, 9, 8), strict=False):
        assert one.embedding is not None
        assert float(one.embedding @ unit(seed)) == pytest.approx(1, abs=1e-4)
        assert float(np.linalg.norm(one.embedding)) == pytest.approx(1, abs=1e-6)
    assert found[3].embedding is None


def test_a_face_of_the_library_has_the_vector_that_the_library_has(library: Library, root: Path) -> None:
    left, _ = read(library, root, "a.jpg")
    store(library).save_album("Ann", Search([SearchFace("Ann", Role.INCLUDE, left, unit(7))], Combine.ANY, 0.5))
    (album,) = albums(library)
    embedding = album.search.faces[0].embedding
    assert embedding is not None
    assert float(embedding @ unit(2)) == pytest.approx(1, abs=1e-4)


def test_albums_are_listed_by_name_and_no_two_have_one(library: Library, root: Path) -> None:
    (face_id, _) = read(library, root, "a.jpg")
    keeping = store(library)
    for name in ("zoo", "Éloïse", "Anna"):
        keeping.save_album(name, of(face_id))
    assert [album.name for album in albums(library)] == ["Anna", "zoo", "Éloïse"]
    zoo = albums(library)[1].id
    for album_id in (None, zoo):
        with pytest.raises(FaceappError, match="an album “Éloïse” already"):
            keeping.save_album("éLOÏSE", of(face_id), album_id)
    for bad in ("", "x" * 201):
        with pytest.raises(FaceappError, match="1 to 200 characters"):
            keeping.save_album(bad, of(face_id))
    with pytest.raises(FaceappError, match="no album 99"):
        keeping.save_album("new", of(face_id), 99)
    with pytest.raises(FaceappError, match="no album 99"):
        keeping.remove_album(99)
    assert len(library.people.history()) == 3
    keeping.save_album("ZOO", of(face_id), zoo)  # its own name it may write otherwise
    assert [album.name for album in albums(library)] == ["Anna", "ZOO", "Éloïse"]


def test_an_album_that_was_removed_comes_back_and_its_number_is_never_given_again(library: Library, root: Path) -> None:
    one, other = read(library, root, "a.jpg")
    keeping = store(library)
    keeping.save_album("Ann", of(one))
    (first,) = albums(library)
    keeping.save_album("Anna", of(one, other), first.id)
    (changed,) = albums(library)
    assert (changed.id, changed.name, len(changed.search.faces)) == (first.id, "Anna", 2)
    assert keeping.remove_album(first.id).step.note == "Anna"
    assert albums(library) == []
    keeping.save_album("Anna", of(one))  # a new one: the name is free
    assert albums(library)[0].id != first.id
    names = []
    while keeping.undo() is not None:
        names.append([(album.name, album.id == first.id) for album in albums(library)])
    assert names == [[], [("Anna", True)], [("Ann", True)], []]
    assert keeping.redo() is not None
    assert [album.id for album in albums(library)] == [first.id]
    keeping.undo()
    keeping.save_album("Ben", of(other))  # forgets the undone steps
    assert albums(library)[0].id > first.id


def test_an_album_survives_reading_again_a_move_a_copy_and_forgetting_all_facts(library: Library, root: Path) -> None:
    left, right = read(library, root, "a.jpg")
    store(library).save_album("both", of(right, left))
    saved = library.scan_store.save([a_result(1, [a_face(RIGHT), a_face(NUDGED)])])
    right, nudged = saved.face_ids.tolist()
    assert shown(library) == {"both": [right, nudged]}

    (copy,) = put(library, root, "copy.jpg")
    copied = library.scan_store.save([a_result(copy, [a_face(LEFT), a_face(RIGHT)], of="photo 1")]).face_ids.tolist()
    assert shown(library) == {"both": [right, nudged]}
    library.scan_store.mark_missing([1])
    assert shown(library) == {"both": [copied[1], copied[0]]}
    library.scan_store.mark_missing([copy])
    assert shown(library) == {"both": [None, None]}
    assert all(face.embedding is not None for face in albums(library)[0].search.faces)

    library.forget_facts()
    (again,) = put(library, root, "moved.jpg")
    left, right = library.scan_store.save(
        [a_result(again, [a_face(LEFT), a_face(RIGHT)], of="photo 1")]
    ).face_ids.tolist()
    assert shown(library) == {"both": [right, left]}
    assert library.check() == []


def test_an_album_follows_an_edited_photo(library: Library, root: Path) -> None:
    left, _ = read(library, root, "a.jpg")
    store(library).save_album("left", of(left))
    change(library, "a.jpg", 7)
    nudged = int(library.scan_store.save([a_result(1, [a_face(NUDGED, seed=2)], of="edited")]).face_ids[0])
    assert shown(library) == {"left": [nudged]}
    (album,) = albums(library)
    store(library).save_album("changed then", album.search, album.id)
    assert shown(library) == {"changed then": [nudged]}
    store(library).undo()
    assert shown(library) == {"left": [nudged]}


def test_an_album_and_names_follow_a_photo_that_is_edited_and_restored(library: Library, root: Path) -> None:
    left, right = read(library, root, "a.jpg")
    store(library).save_album("then", of(left, right))
    library.people.name_faces([left], "Ann")
    change(library, "a.jpg", 7)
    faces = [a_face(LEFT, seed=2), a_face(RIGHT, seed=3)]
    left, right = library.scan_store.save([a_result(1, faces, of="edited")]).face_ids.tolist()
    library.people.name_faces([right], "Bob")
    store(library).save_album("now", of(left, right))
    change(library, "a.jpg", 8)
    left, right = library.scan_store.save([a_result(1, faces)]).face_ids.tolist()
    assert shown(library) == {"then": [left, right], "now": [left, right]}
    assert [face.person_name for face in library.reader.faces([left, right])] == ["Ann", "Bob"]


def test_what_is_out_of_view_is_not_lost_when_an_album_is_renamed(library: Library, root: Path) -> None:
    left, right = read(library, root, "a.jpg")
    search = of(left, right)
    store(library).save_album("Ann", replace(search, faces=[*search.faces, PICTURE]))
    library.scan_store.mark_missing([1])
    (album,) = albums(library)
    faces = [replace(album.search.faces[1], role=Role.OFF), album.search.faces[0], album.search.faces[2]]
    store(library).save_album("Anna", replace(album.search, faces=faces), album.id)
    library.scan_store.mark_found([1])
    assert shown(library) == {"Anna": [right, left, None]}
    (album,) = albums(library)
    assert [face.role for face in album.search.faces] == [Role.OFF, Role.INCLUDE, Role.INCLUDE]
    assert album.search.faces[2].picture == PICTURE.picture


def test_embeddings_of_another_model_wait_until_it_is_used_again(library: Library) -> None:
    store(library).save_album("drop", Search([PICTURE], Combine.ANY, 0.5))
    (album,) = albums(library, "another")
    assert album.search.faces[0].embedding is None
    assert album.search.faces[0].picture == PICTURE.picture
    store(library, "another").save_album("renamed", album.search, album.id)
    assert albums(library, "another")[0].search.faces[0].embedding is None
    (album,) = albums(library)
    assert album.name == "renamed"
    assert album.search.faces[0].embedding is not None


def test_a_face_that_went_while_the_album_was_put_together_leaves_its_embedding(library: Library, root: Path) -> None:
    left, _ = read(library, root, "a.jpg")
    change(library, "a.jpg", 7)
    faces = [SearchFace("gone", Role.INCLUDE, left, unit(2)), SearchFace("never there", Role.INCLUDE, 99, None)]
    store(library).save_album("Ann", Search(faces, Combine.ANY, 0.5))
    gone, never = albums(library)[0].search.faces
    assert gone.face_id is None
    assert gone.embedding is not None
    assert (never.face_id, never.embedding) == (None, None)


def test_people_of_a_filter_are_who_they_have_become(library: Library, root: Path) -> None:
    left, right = read(library, root, "a.jpg")
    ann, bob = (library.people.name_faces([id_], name).person_id for id_, name in ((left, "Ann"), (right, "Bob")))
    store(library).save_album("both", of(only=Filter(people=(ann, bob))))
    library.people.merge([bob], ann)
    (album,) = albums(library)
    assert album.search.filter.people == (ann,)
    library.people.undo()
    (album,) = albums(library)
    assert album.search.filter.people == (ann, bob)


def test_an_album_says_nothing_of_who_a_face_is(library: Library, root: Path) -> None:
    left, right = read(library, root, "a.jpg")
    person = library.people.name_faces([left], "Ann").person_id
    keeping = store(library)
    keeping.save_album("all", of(left, right))
    assert [step.verb for step in library.people.said_of(left)] == [Verb.NAME]
    assert library.people.said_of(right) == []
    undone = keeping.undo()
    assert undone is not None
    assert (list(undone.face_ids), list(undone.person_ids)) == ([], [])
    keeping.redo()
    assert list(library.people.name_faces([right], "Ann").face_ids) == [right]
    assert [one.faces for one in library.reader.people()] == [2]
    library.people.reject([left, right], person)
    with library._database.read() as connection:
        assert differences(connection) == (0, 0)
    assert library.check() == []


def test_only_the_rows_of_albums_are_read(library: Library, root: Path) -> None:
    (face_id, _) = read(library, root, "a.jpg")
    store(library).save_album("Ann", of(face_id))
    with library._database.read() as connection:
        for sql, parameters in ((kept_albums._HOLDING, ()), (kept_albums._FACES_NOW, ("[1]",))):
            plan = [row[3] for row in fetch(connection, f"EXPLAIN QUERY PLAN {sql}", parameters)]
            assert any("SEARCH d USING INDEX" in line for line in plan), plan
            assert not any(line.startswith(("SCAN d", "SCAN c", "SCAN p", "SCAN s")) for line in plan), plan


steps = st.lists(
    st.one_of(
        st.tuples(st.just("save"), st.sampled_from(["Ann", "Bob", "ann"]), st.none() | st.integers(0, 2)),
        st.tuples(st.just("remove"), st.just(""), st.integers(0, 2)),
        st.tuples(st.just("undo"), st.just(""), st.none()),
        st.tuples(st.just("redo"), st.just(""), st.none()),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_whatever_is_kept_and_undone_the_last_word_holds(
    tmp_path_factory: pytest.TempPathFactory, todo: list[tuple[str, str, int | None]]
) -> None:
    with Library.open(tmp_path_factory.mktemp("library"), model=MODEL) as library:
        keeping = store(library)
        done: list[dict[int, str]] = [{}]  # what holds after each step
        undone: list[dict[int, str]] = []
        for verb, name, number in todo:
            now = done[-1]
            ids = sorted(now)
            album_id = None if number is None else ids[number] if number < len(ids) else 999
            if verb in ("undo", "redo"):
                if verb == "undo" and len(done) > 1:
                    undone.append(done.pop())
                elif verb == "redo" and undone:
                    done.append(undone.pop())
                keeping.undo() if verb == "undo" else keeping.redo()
            elif album_id == 999 or any(
                verb == "save" and other.casefold() == name.casefold() and id_ != album_id for id_, other in now.items()
            ):
                with pytest.raises(FaceappError):
                    keeping.save_album(name, of(), album_id) if verb == "save" else keeping.remove_album(999)
            elif verb == "remove":
                keeping.remove_album(album_id or 0)
                done.append({id_: other for id_, other in now.items() if id_ != album_id})
                undone = []
            else:
                made = keeping.save_album(name, of(), album_id)
                done.append(now | {album_id or made.step.id: name})
                undone = []
            assert {album.id: album.name for album in albums(library)} == done[-1]
