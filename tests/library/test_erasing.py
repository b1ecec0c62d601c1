"""Forgetting for good: what went cannot be found in any file of the library, what stays is sound."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from faceapp.errors import FaceappError, LibraryLockedError
from faceapp.library import vectors
from faceapp.library.driver import fetch_column
from faceapp.library.erasing import erase
from faceapp.library.ledger.settling import differences
from faceapp.library.library import Library
from faceapp.library.upkeep import LibraryUpkeep
from faceapp.types import Combine
from faceapp.types_search import Filter, Role, Search, SearchFace
from faceapp.types_upkeep import Part
from tests.library.making import LEFT, MODEL, RIGHT, a_face, a_result, put, unit

NAME, EARLIER = "Annabella", "Kunigunde"  # nothing else in a library reads like these


@pytest.fixture
def upkeep(library: Library) -> LibraryUpkeep:
    return library.upkeep({})


def read(library: Library, root: Path, *names: str) -> list[int]:
    """Let photos be read that show two faces each; return the faces."""
    results = [
        a_result(id_, [a_face(LEFT, seed=2 * id_), a_face(RIGHT, seed=2 * id_ + 1)])
        for id_ in put(library, root, *names)
    ]
    return [int(face_id) for face_id in library.scan_store.save(results).face_ids]


def files_with(folder: Path, text: str | bytes) -> list[str]:
    """Return the files of a library in which a text can be found."""
    wanted = text.encode() if isinstance(text, str) else text
    return [path.name for path in sorted(folder.rglob("*")) if path.is_file() and wanted in path.read_bytes()]


def sound(library: Library) -> bool:
    with library._database.read() as connection:
        return differences(connection) == (0, 0) and library.check() == []


def count(library: Library, table: str) -> int:
    with library._database.read() as connection:
        return int(fetch_column(connection, f"SELECT count(*) FROM {table}")[0])


def looking_for(label: str, *, face_id: int | None = None, people: tuple[int, ...] = ()) -> Search:
    faces = [SearchFace(label, Role.INCLUDE, face_id, None if face_id else unit(3))]
    return Search(faces, Combine.ANY, 0.5, Filter(people=people))


def test_nothing_of_a_person_is_left(library: Library, upkeep: LibraryUpkeep, root: Path) -> None:
    one, two, three, four = read(library, root, "a.jpg", "b.jpg")
    person = library.people.name_faces([one], EARLIER).person_id
    library.people.rename(person, NAME)
    library.people.name_faces([three], "Bob")
    library.people.name_faces([two], NAME)
    library.people.name_faces([two], "Bob")  # a move: the step names both
    library.people.clear([one])  # the step names her, but no row of it does
    library.people.name_faces([one], NAME)
    library.people.reject([four], person)
    library.people.undo()  # could be done again
    for name in (NAME, EARLIER):
        assert files_with(library.folder, name)
    upkeep.forget_person(person)
    for name in (NAME, EARLIER):
        assert files_with(library.folder, name) == []
    assert [p.name for p in library.reader.people()] == ["Bob"]
    assert {face.id: face.person_name for face in library.reader.faces([one, two, three, four])} == {
        one: None,
        two: "Bob",
        three: "Bob",
        four: None,
    }
    assert sound(library)


def test_what_else_was_said_still_holds_and_can_be_undone(library: Library, upkeep: LibraryUpkeep, root: Path) -> None:
    one, two, three, four = read(library, root, "a.jpg", "b.jpg")
    person = library.people.name_faces([one, two], NAME).person_id
    library.people.name_faces([three], "Bob")
    library.people.different([one], [three])
    upkeep.forget_person(person)
    assert sound(library)
    library.people.name_faces([four], "Bob")
    assert library.people.undo() is not None
    assert [(p.name, p.faces) for p in library.reader.people()] == [("Bob", 1)]
    again = library.people.name_faces([one], NAME)
    assert list(again.face_ids) == [one]  # nobody remembers the other face
    assert sound(library)


def test_somebody_who_became_her_goes_as_well(library: Library, upkeep: LibraryUpkeep, root: Path) -> None:
    one, two, *_ = read(library, root, "a.jpg")
    her = library.people.name_faces([one], NAME).person_id
    other = library.people.name_faces([two], EARLIER).person_id
    library.people.merge([other], her)
    upkeep.forget_person(her)
    assert files_with(library.folder, NAME) == files_with(library.folder, EARLIER) == []
    assert library.reader.people() == []
    assert count(library, "decision") == count(library, "step") == count(library, "place") == 0
    assert sound(library)


def test_albums_that_look_for_her_go_and_others_stay(library: Library, upkeep: LibraryUpkeep, root: Path) -> None:
    one, two, three, _ = read(library, root, "a.jpg", "b.jpg")
    her = library.people.name_faces([one], NAME).person_id
    bob = library.people.name_faces([three], "Bob").person_id
    keep = library.people.save_album
    keep("by her face", looking_for("a face", face_id=one))
    keep("by her label", looking_for(NAME))
    keep("by the filter", looking_for("x.jpg", people=(bob, her)))
    keep(f"{NAME.upper()} in Rome", looking_for("y.jpg"))
    keep(f"{NAME}s and others", looking_for("z.jpg", face_id=two))  # another word
    keep("Bob", looking_for("Bob", people=(bob,)))
    told = upkeep.forgetting(her)
    assert (told.name, told.faces) == (NAME, 1)
    assert told.albums == (f"{NAME.upper()} in Rome", "by her face", "by her label", "by the filter")
    assert told.decisions == 5
    upkeep.forget_person(her)
    assert [album.name for album in library.people_reader.albums()] == [f"{NAME}s and others", "Bob"]
    assert sound(library)


def test_an_album_that_was_changed_goes_with_what_it_was_before(
    library: Library, upkeep: LibraryUpkeep, root: Path
) -> None:
    (one, _) = read(library, root, "a.jpg")
    her = library.people.name_faces([one], NAME).person_id
    library.people.save_album("holidays", looking_for(NAME))
    (album,) = library.people_reader.albums()
    library.people.save_album("holidays", looking_for("x.jpg"), album.id)
    upkeep.forget_person(her)
    assert files_with(library.folder, NAME) == []
    assert library.people_reader.albums() == []


def test_a_name_that_somebody_else_has_stays_theirs(library: Library, upkeep: LibraryUpkeep, root: Path) -> None:
    one, two, *_ = read(library, root, "a.jpg")
    her = library.people.name_faces([one], NAME).person_id
    library.people.rename(her, EARLIER)
    library.people.name_faces([two], NAME)
    upkeep.forget_person(her)
    assert [step.people for step in library.people.history()] == [(NAME,)]
    assert files_with(library.folder, EARLIER) == []
    assert sound(library)


def test_backups_go_only_if_that_is_said(library: Library, upkeep: LibraryUpkeep, root: Path) -> None:
    one, two, *_ = read(library, root, "a.jpg")
    her = library.people.name_faces([one], NAME).person_id
    made = upkeep.back_up()
    assert upkeep.forgetting(her).backups == 1
    upkeep.forget_person(her)
    assert files_with(library.folder, NAME) == [made.path.name]
    upkeep.forget_person(library.people.name_faces([two], "Bob").person_id, backups=True)
    assert upkeep.backups() == []
    assert files_with(library.folder, NAME) == []


def test_nobody_is_refused(upkeep: LibraryUpkeep) -> None:
    for act in (upkeep.forgetting, upkeep.forget_person):
        with pytest.raises(FaceappError, match="no person 4711"):
            act(4711)


def test_erasing_leaves_the_folders_and_nothing_else(library: Library, upkeep: LibraryUpkeep, root: Path) -> None:
    one, *_ = read(library, root, "a.jpg", "b.jpg")
    library.people.name_faces([one], NAME)
    library.people.save_album("holidays", looking_for(NAME))
    vector = vectors.pack(unit(2)[np.newaxis])[0].tobytes()
    kept = library.id
    library.close()
    (library.folder / "cache" / "faces.vectors").write_bytes(vector)
    assert len(files_with(library.folder, vector)) == 2
    upkeep.erase()
    for trace in (NAME, "holidays", "a.jpg", vector, b"tile 1 0"):
        assert files_with(library.folder, trace) == []
    with Library.open(library.folder, model=MODEL) as again:
        assert again.id == kept
        assert [folder.path for folder in again.reader.folders()] == [root]
        assert again.reader.people() == []
        assert again.people.history() == []
        assert sound(again)
        (face_id, _) = read(again, root, "a.jpg")
        assert face_id > one  # ids are never used twice
        assert again.reader.faces([face_id])[0].person_name is None


def test_the_folders_can_go_as_well_and_backups(library: Library, upkeep: LibraryUpkeep, root: Path) -> None:
    read(library, root, "a.jpg")
    upkeep.back_up()
    library.close()
    upkeep.erase(folders=True, backups=True)
    assert files_with(library.folder, str(root)) == []
    assert upkeep.backups() == []


def test_a_library_in_use_is_not_erased(library: Library, root: Path) -> None:
    read(library, root, "a.jpg")
    with pytest.raises(LibraryLockedError):
        erase(library.folder, folders=False)
    assert count(library, "photo") == 1


def test_sizes_are_of_what_lies_there(library: Library, root: Path, tmp_path: Path) -> None:
    logs = tmp_path / "logs" / "old"
    logs.mkdir(parents=True)
    (logs / "a.log").write_bytes(b"x" * 1000)
    upkeep = library.upkeep({Part.LOGS: tmp_path / "logs", Part.MODELS: tmp_path / "none"})
    (library.folder / "cache" / "faces.hnsw").write_bytes(b"x" * 500)
    backup = upkeep.back_up()
    sizes = {stored.part: stored.size for stored in upkeep.stored()}
    assert sizes[Part.LOGS] == 1000
    assert sizes[Part.MODELS] == 0
    assert sizes[Part.VECTORS] == 500
    assert sizes[Part.BACKUPS] == backup.size
    assert sizes[Part.DATABASE] >= (library.folder / "library.sqlite").stat().st_size
    assert sizes[Part.THUMBNAILS] > 0
