"""Photos that could not be read: trying again and ignoring, and that every number agrees."""

from __future__ import annotations

from pathlib import Path

import pytest

from faceapp.library.library import Library
from faceapp.types import PhotoState
from faceapp.types_scan import FailedPhoto, FoundFile
from tests.library.making import a_result, put


@pytest.fixture
def failed(library: Library, root: Path) -> list[int]:
    photo_ids = put(library, root, "b.jpg", "a.jpg", "c.jpg")
    library.scan_store.save([FailedPhoto(id_, "It is torn.") for id_ in photo_ids[:2]] + [a_result(photo_ids[2])])
    return photo_ids


def numbers(library: Library) -> tuple[list[str], int, int]:
    """Return the names in the list of problems, and how many failed by the counts and by the folder."""
    (folder,) = library.reader.folders()
    assert folder.photos == folder.pending + folder.failed + library.reader.counts(0).photos
    return [p.path.name for p in library.reader.problems()], library.reader.counts(0).failed, folder.failed


def test_problems_come_in_order_of_path(library: Library, failed: list[int]) -> None:
    assert numbers(library) == (["a.jpg", "b.jpg"], 2, 2)


def test_an_ignored_problem_is_counted_nowhere_and_can_be_put_back(library: Library, failed: list[int]) -> None:
    b, a, _ = failed
    library.problems.set_ignored([a], True)
    assert numbers(library) == (["b.jpg"], 1, 1)
    library.problems.set_ignored([b, a], True)
    assert numbers(library) == ([], 0, 0)
    library.close()
    with Library.open(library.folder, model="other") as again:
        assert numbers(again) == ([], 0, 0)
        again.problems.set_ignored([a, b], False)
        assert numbers(again) == (["a.jpg", "b.jpg"], 2, 2)


def test_a_problem_is_ignored_until_its_file_changes(library: Library, failed: list[int]) -> None:
    b, a, _ = failed
    library.problems.set_ignored([a, b], True)
    known = library.scan_store.known_files(1)
    library.scan_store.put_pending(1, [FoundFile("a.jpg", *known["a.jpg"][1:3]), FoundFile("b.jpg", 7, 7)])
    library.scan_store.save([FailedPhoto(a, "It is torn."), FailedPhoto(b, "It is torn.")])
    assert numbers(library) == (["b.jpg"], 1, 1)


def test_an_ignored_problem_stays_so_while_its_file_is_away(library: Library, failed: list[int]) -> None:
    library.problems.set_ignored(failed[:2], True)
    library.scan_store.mark_missing(failed[:2])
    library.scan_store.mark_found(failed[:2])
    assert numbers(library) == ([], 0, 0)


def test_trying_again_queues_what_failed_and_nothing_else(library: Library, root: Path, failed: list[int]) -> None:
    _, a, c = failed
    library.problems.retry([a, c, 99])
    assert [photo.id for photo in library.scan_store.pending([1])] == [a]
    assert numbers(library) == (["b.jpg"], 1, 1)
    (photo,) = library.reader.photos([a])
    assert (photo.state, photo.reason) == (PhotoState.PENDING, None)
    library.scan_store.save([a_result(a)])
    assert library.reader.photos([a])[0].state is PhotoState.INDEXED


def test_nothing_chosen_changes_nothing(library: Library, failed: list[int]) -> None:
    library.problems.retry([])
    library.problems.set_ignored([], True)
    assert numbers(library) == (["a.jpg", "b.jpg"], 2, 2)
