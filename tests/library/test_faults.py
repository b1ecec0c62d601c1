"""A full disk, a failing one, another program's lock: said in words at every write, and the old state stays whole."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from faceapp.errors import LibraryError
from faceapp.library import connections
from faceapp.library.connections import Database
from faceapp.library.library import Library
from faceapp.types_scan import FailedPhoto, FoundFile, SamePhoto
from tests.library.making import LEFT, MODEL, RIGHT, a_face, a_result, content, put

MANY = 100  # photos a write below is about: more than fits into the last pages of a file
LONG = "x" * 200


class Scene:
    """A library with photos in every state, so that each write has something to do."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.store = library.scan_store
        self.waiting, self.read, self.torn, self.gone = (list(range(n, n + MANY)) for n in range(1, 4 * MANY, MANY))

    def fill(self) -> None:
        names = [f"{state} {i}.jpg" for state in ("waiting", "read", "torn", "gone") for i in range(MANY)]
        assert put(self.library, Path("/photos"), *names) == self.waiting + self.read + self.torn + self.gone
        self.store.save([a_result(id_, [a_face(LEFT), a_face(RIGHT)]) for id_ in self.read])
        self.store.save([FailedPhoto(id_, "It is torn.") for id_ in self.torn])
        self.store.save([a_result(id_, [a_face(LEFT)]) for id_ in self.gone])
        self.store.mark_missing(self.gone)

    def save(self) -> None:
        self.store.save([a_result(id_, [a_face(LEFT, seed=id_)]) for id_ in self.waiting])

    def save_failures(self) -> None:
        self.store.save([FailedPhoto(id_, LONG) for id_ in self.waiting])

    def save_copies(self) -> None:
        self.store.save([self._same(here, id_, False) for here, id_ in zip(self.waiting, self.read, strict=True)])

    def save_moves(self) -> None:
        self.store.save([self._same(here, id_, True) for here, id_ in zip(self.waiting, self.gone, strict=True)])

    def put_new(self) -> None:
        self.store.put_pending(1, [FoundFile(f"{LONG} {i}.jpg", 1, 1) for i in range(MANY)])

    def put_changed(self) -> None:
        self.store.put_pending(1, [FoundFile(f"read {i}.jpg", 1 << 40, 1 << 60) for i in range(MANY)])

    def mark_missing(self) -> None:
        self.store.mark_missing(self.read)

    def mark_found(self) -> None:
        self.store.mark_found(self.gone)

    def forget(self) -> None:
        self.store.forget_missing(datetime(2999, 1, 1, tzinfo=UTC))

    def add_folder(self) -> None:
        self.store.add_folder(Path("/" + LONG * 100))

    def name(self) -> None:
        self.library.people.name_faces(self.library.reader.face_ids(min_score=0).tolist(), "Ann")

    def retry(self) -> None:
        self.library.problems.retry(self.torn)

    def ignore(self) -> None:
        self.library.problems.set_ignored(self.torn, True)

    @staticmethod
    def _same(here: int, twin: int, moved: bool) -> SamePhoto:
        return SamePhoto(here, twin, content(f"photo {twin}"), moved)


WRITES: list[Callable[[Scene], None]] = [
    Scene.save,
    Scene.save_failures,
    Scene.save_copies,
    Scene.save_moves,
    Scene.put_new,
    Scene.put_changed,
    Scene.mark_missing,
    Scene.mark_found,
    Scene.forget,
    Scene.add_folder,
    Scene.name,
    Scene.retry,
    Scene.ignore,
]
GROWING = [Scene.save, Scene.save_failures, Scene.save_copies, Scene.put_new, Scene.add_folder, Scene.name]


def named(writes: Sequence[Callable[[Scene], None]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("write", writes, ids=lambda write: write.__name__)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filled") / "library"
    with Library.open(folder, model=MODEL) as library:
        Scene(library).fill()
    return folder


@pytest.fixture
def scene(tmp_path: Path, filled: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    monkeypatch.setattr(connections, "BUSY_SECONDS", 0.02)
    shutil.copytree(filled, tmp_path / "library")
    with Library.open(tmp_path / "library", model=MODEL) as library:
        yield Scene(library)


def dump(library: Library) -> list[str]:
    """Return every row of the database as a reader sees it."""
    with contextlib.closing(sqlite3.connect(library.folder / "library.sqlite")) as connection:
        return list(connection.iterdump())


def fails(
    scene: Scene, write: Callable[[Scene], None], fault: contextlib.AbstractContextManager[None], told: str
) -> None:
    """Check that a write under a fault says so, changes and announces nothing, and works once the fault is gone."""
    heard: list[object] = []
    scene.library.on_saved(heard.append)
    before = dump(scene.library)
    with fault, pytest.raises(LibraryError, match=told):
        write(scene)
    assert dump(scene.library) == before
    assert heard == []
    assert scene.library.check() == []
    write(scene)
    assert dump(scene.library) != before
    assert scene.library.check() == []


@contextlib.contextmanager
def full(database: Database) -> Iterator[None]:
    def limit(pages: int) -> None:
        with database.write() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    limit(1)  # SQLite takes at least the pages there are
    try:
        yield
    finally:
        limit(1 << 30)


@contextlib.contextmanager
def failing(_: Database) -> Iterator[None]:
    """Let every write to a file fail, as one to a bad sector does."""
    resource = pytest.importorskip("resource", reason="limits of POSIX")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextlib.contextmanager
def locked(database: Database) -> Iterator[None]:
    with contextlib.closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@named(GROWING)
def test_a_full_disk(scene: Scene, write: Callable[[Scene], None]) -> None:
    fails(scene, write, full(scene.library._database), "is full")


@named(WRITES)
def test_a_failing_disk(scene: Scene, write: Callable[[Scene], None]) -> None:
    fails(scene, write, failing(scene.library._database), "disk failed")


@named(WRITES)
def test_a_database_held_by_another_program(scene: Scene, write: Callable[[Scene], None]) -> None:
    fails(scene, write, locked(scene.library._database), "busy")


@pytest.mark.parametrize("fault", [full, failing, locked])
def test_thumbnails_that_cannot_be_written_are_a_miss_and_nothing_worse(
    scene: Scene, fault: Callable[[Database], contextlib.AbstractContextManager[None]]
) -> None:
    store = scene.library.thumbnails
    one, other = scene.read[:2]
    big = bytes(100_000)
    before = store.photo(one)
    assert store._database is not None
    with fault(store._database):
        store.put(photos={10**6: big}, faces={10**6: big})
        store.copy(photos={10**6: one, **{10**6 + n: id_ for n, id_ in enumerate(scene.read * 50)}}, faces={})
        store.delete(photos=[other])
        assert store.photo(one) == before is not None
    assert store.photo(10**6) is None
    store.put(photos={10**6: big}, faces={})
    assert store.photo(10**6) == big


@pytest.mark.parametrize("fault", [full, locked])
def test_a_scan_goes_on_without_its_thumbnails(
    scene: Scene, fault: Callable[[Database], contextlib.AbstractContextManager[None]]
) -> None:
    assert scene.library.thumbnails._database is not None
    with fault(scene.library.thumbnails._database):
        scene.save()
        scene.save_copies()
    assert scene.library.reader.counts(0).photos == 2 * MANY
    assert scene.library.check() == []
