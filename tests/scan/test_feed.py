"""Which photo goes next."""

from __future__ import annotations

from pathlib import Path

from faceapp.scan.feed import Feed
from faceapp.types_scan import PendingPhoto


def photo(number: int, size: int, folder: int = 1, name: str = "") -> PendingPhoto:
    root = Path(f"/{folder}")
    return PendingPhoto(number, folder, root, root / (name or f"{number:05}.jpg"), size)


def drained(feed: Feed) -> list[int]:
    """Take all that can go at once."""
    taken = []
    while (one := feed.take()) is not None:
        taken.append(one.id)
    return taken


def feed_of(*photos: PendingPhoto, preferred: int | None = None) -> Feed:
    feed = Feed(lambda: preferred)
    feed.fill(photos)
    return feed


def test_photos_go_in_their_order() -> None:
    feed = feed_of(photo(5, 10), photo(3, 11), photo(9, 12, folder=2))
    assert len(feed) == 3
    assert drained(feed) == [5, 3, 9]
    assert len(feed) == 0


def test_the_preferred_folder_goes_first_and_may_change() -> None:
    preferred: list[int | None] = [2]
    feed = Feed(lambda: preferred[0])
    feed.fill([photo(n, n, folder=1 + n % 3) for n in range(9)])  # folders 1, 2, 3, 1, 2, 3, …
    assert [feed.take().id, feed.take().id] == [1, 4]  # type: ignore[union-attr]
    preferred[0] = 3
    assert [feed.take().id, feed.take().id] == [2, 5]  # type: ignore[union-attr]
    preferred[0] = 77
    assert drained(feed) == [0, 3, 6, 7, 8]


def test_a_photo_of_the_same_size_waits_for_the_first_and_others_go_meanwhile() -> None:
    feed = feed_of(photo(1, 10), photo(2, 10), photo(3, 11), photo(4, 10), photo(5, 12))
    assert drained(feed) == [1, 3, 5]
    feed.answered(photo(3, 11))
    assert feed.take() is None
    feed.answered(photo(1, 10))
    assert drained(feed) == [2]
    feed.answered(photo(2, 10))
    assert drained(feed) == [4]


def test_after_two_answers_a_size_is_no_reason_to_wait() -> None:
    feed = feed_of(*(photo(n, 10) for n in range(10_000)))
    for number in range(2):
        assert drained(feed) == [number]
        feed.answered(photo(number, 10))
    for first in range(2, 10_000, 6):
        together = [feed.take() for _ in range(6)]
        assert [one.id for one in together if one] == list(range(first, min(first + 6, 10_000)))
        for one in filter(None, together):
            feed.answered(one)


def test_then_only_copies_by_their_names_wait() -> None:
    names = ["b.nef", "b copy.nef", "c.nef", "c (1).nef", "d.nef"]
    feed = feed_of(photo(1, 10), photo(2, 10), *(photo(n, 10, name=name) for n, name in enumerate(names, 3)))
    for number in (1, 2):
        assert drained(feed) == [number]
        feed.answered(photo(number, 10))
    assert drained(feed) == [3, 5, 7]
    feed.answered(photo(3, 10, name="b.nef"))
    assert drained(feed) == [4]


def test_one_name_in_many_folders_does_not_hold_back_for_long() -> None:
    feed = feed_of(*(photo(n, 10, name="scan.tif") for n in range(100)))
    for number in range(2):
        assert drained(feed) == [number]
        feed.answered(photo(number, 10, name="scan.tif"))
    assert drained(feed) == list(range(2, 100))


def test_what_is_held_back_does_not_hide_what_comes_later_for_long() -> None:
    feed = feed_of(*(photo(n, 10) for n in range(300)), photo(5000, 11))
    assert drained(feed) == [0]  # 5,000 is too far away to look for, and the next answer is near
    feed.answered(photo(0, 10))
    assert drained(feed) == [1]
    feed.answered(photo(1, 10))
    assert drained(feed) == [*range(2, 300), 5000]


def test_a_held_back_photo_of_the_preferred_folder_lets_the_others_go() -> None:
    feed = feed_of(photo(1, 10), photo(2, 10), photo(3, 11, folder=2), preferred=1)
    assert drained(feed) == [1, 3]


def test_new_files_wait_for_one_of_their_size_that_is_being_read() -> None:
    feed = feed_of(photo(1, 10))
    assert drained(feed) == [1]
    feed.fill([photo(2, 10)])
    assert feed.is_repeated(10)
    assert feed.take() is None
    feed.answered(photo(1, 10))
    assert drained(feed) == [2]


def test_a_folder_can_be_dropped() -> None:
    feed = feed_of(photo(1, 10), photo(2, 11, folder=2), photo(3, 12))
    assert feed.sizes() == {10, 11, 12}
    assert feed.take() is not None
    feed.drop_folder(1)
    assert (len(feed), feed.sizes()) == (1, {10, 11})  # the first is being read
    assert drained(feed) == [2]
