"""The picture cache may be lost at any moment, and is never wrong."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faceapp.library.library import Library
from faceapp.library.thumbnails import ThumbnailStore
from tests.library.making import MODEL, a_face, a_result, put


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ThumbnailStore]:
    opened = ThumbnailStore(tmp_path / "thumbnails.sqlite", "mine", write=True)
    yield opened
    opened.close()


def reopened(path: Path, library_id: str = "mine", *, write: bool = True) -> dict[int, bytes | None]:
    store = ThumbnailStore(path, library_id, write=write)
    try:
        return {i: store.photo(i) for i in range(1, 4)}
    finally:
        store.close()


def test_pictures_come_back_until_they_are_deleted(store: ThumbnailStore) -> None:
    store.put(photos={1: b"one", 2: b"two"}, faces={1: b"face"})
    store.put(photos={2: b"two again"}, faces={})
    assert [store.photo(i) for i in (1, 2, 3)] == [b"one", b"two again", None]
    assert [store.face(i) for i in (1, 2)] == [b"face", None]
    store.delete(photos=[1])
    assert (store.photo(1), store.face(1)) == (None, b"face")
    store.forget_beyond(last_photo_id=5, last_face_id=0)
    assert (store.photo(2), store.face(1)) == (b"two again", None)


@pytest.mark.parametrize("damage", [b"", b"not a database at all" * 500])
def test_a_damaged_cache_is_begun_anew(store: ThumbnailStore, tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "thumbnails.sqlite"
    store.put(photos={1: b"one"}, faces={})
    store.close()
    path.write_bytes(damage)
    assert reopened(path, write=False) == {1: None, 2: None, 3: None}
    assert path.read_bytes() == damage  # who only reads deletes nothing
    again = ThumbnailStore(path, "mine", write=True)
    assert again.photo(1) is None
    again.put(photos={1: b"new"}, faces={})
    assert again.photo(1) == b"new"
    again.close()


def test_the_cache_of_another_library_is_never_shown(store: ThumbnailStore, tmp_path: Path) -> None:
    path = tmp_path / "thumbnails.sqlite"
    store.put(photos={1: b"one"}, faces={})
    store.close()
    assert reopened(path)[1] == b"one"
    assert reopened(path, "another", write=False)[1] is None
    assert reopened(path)[1] == b"one"
    assert reopened(path, "another")[1] is None
    assert reopened(path)[1] is None  # and is gone


def test_a_picture_with_damaged_bytes_is_a_miss(store: ThumbnailStore, tmp_path: Path) -> None:
    store.put(photos={1: b"one", 2: b"two", 3: b"three"}, faces={})
    store.close()
    connection = sqlite3.connect(tmp_path / "thumbnails.sqlite")
    connection.execute("UPDATE photo SET jpeg = x'00ff' WHERE id = 1")
    connection.execute("UPDATE photo SET jpeg = 'text' WHERE id = 2")
    connection.commit()
    connection.close()
    assert reopened(tmp_path / "thumbnails.sqlite") == {1: None, 2: None, 3: b"three"}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 10**9), st.binary(min_size=1, max_size=64)), min_size=1, max_size=20))
def test_random_damage_gives_the_right_picture_or_none(
    tmp_path_factory: pytest.TempPathFactory, damage: list[tuple[int, bytes]]
) -> None:
    path = tmp_path_factory.mktemp("cache") / "thumbnails.sqlite"
    pictures = {i: bytes([i]) * 3000 for i in range(1, 40)}
    store = ThumbnailStore(path, "mine", write=True)
    store.put(photos=pictures, faces={})
    store.close()
    content = bytearray(path.read_bytes())
    for at, noise in damage:
        at %= len(content)
        content[at : at + len(noise)] = noise[: len(content) - at]
    path.write_bytes(content)
    logging.disable(logging.WARNING)
    store = ThumbnailStore(path, "mine", write=True)
    try:
        assert all(store.photo(i) in (picture, None) for i, picture in pictures.items())
        for i, picture in pictures.items():
            store.put(photos={i: picture}, faces={})
    finally:
        store.close()
        logging.disable(logging.NOTSET)


def test_a_cache_that_breaks_while_open_is_begun_anew(store: ThumbnailStore, tmp_path: Path) -> None:
    path = tmp_path / "thumbnails.sqlite"
    pictures = {i: bytes([i]) * 5000 for i in range(1, 50)}
    store.put(photos=pictures, faces={})
    store.close()
    with path.open("rb+") as file:
        file.seek(2 * 8192)
        file.write(b"\xff" * (path.stat().st_size - 2 * 8192))
    again = ThumbnailStore(path, "mine", write=True)
    again.put(photos=pictures, faces=pictures)
    again.put(photos=pictures, faces=pictures)
    assert [again.photo(i) for i in pictures] == list(pictures.values())
    again.close()


def test_pictures_that_cannot_be_kept_are_a_miss_never_an_older_one(store: ThumbnailStore) -> None:
    store.put(photos={1: b"old"}, faces={})
    assert store._database is not None
    with store._database.write() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    store.put(photos={1: b"new", 2: bytes(100_000)}, faces={})
    assert (store.photo(1), store.photo(2)) == (None, None)


def test_a_folder_that_cannot_hold_a_cache_means_no_pictures(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    store = ThumbnailStore(tmp_path / "file" / "thumbnails.sqlite", "mine", write=True)
    store.put(photos={1: b"one"}, faces={})
    store.delete(photos=[1])
    assert store.photo(1) is None
    store.close()


def test_a_library_forgets_pictures_of_faces_it_never_kept(library: Library, root: Path) -> None:
    (photo_id,) = put(library, root, "a.jpg")
    library.scan_store.save([a_result(photo_id, [a_face()])])
    library.thumbnails.put(photos={77: b"x"}, faces={2: b"left over from a kill"})
    library.close()
    with Library.open(library.folder, model=MODEL) as again:
        assert again.thumbnails.photo(77) is None
        assert again.thumbnails.face(2) is None
        assert again.thumbnails.face(1) == b"tile 1 0"


def test_deleting_the_cache_costs_only_the_pictures(library: Library, root: Path) -> None:
    (photo_id,) = put(library, root, "a.jpg")
    library.scan_store.save([a_result(photo_id, [a_face()])])
    library.close()
    for path in (library.folder / "cache").iterdir():
        path.unlink()
    with Library.open(library.folder, model=MODEL) as again:
        assert again.thumbnails.photo(photo_id) is None
        assert again.reader.counts(0).faces == 1
        again.scan_store.save([a_result(photo_id, [a_face()])])
        assert again.thumbnails.photo(photo_id) is not None
