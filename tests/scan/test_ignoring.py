"""Names and patterns that the user wants left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from faceapp.config import Config
from faceapp.scan.ignoring import ignored_by
from faceapp.scan.targets import plan
from faceapp.scan.walk import covers, walk_photos
from tests.fakes import write_photo


def test_without_patterns_nobody_need_ask() -> None:
    assert ignored_by(Config().ignore) is None
    assert ignored_by(["", "  ", "/"]) is None


@pytest.mark.parametrize(
    ("pattern", "path", "folder"),
    [
        ("thumbs", "thumbs", True),
        ("thumbs", "2019/thumbs", True),
        ("*_small.jpg", "2019/a_small.jpg", False),
        ("*_SMALL.jpg", "2019/a_small.JPG", False),
        (" IMG_?.jpg ", "IMG_1.jpg", False),
        ("[ab].jpg", "x/b.jpg", False),
        ("cache/", "2019/cache", True),
        ("*/cache/*", "cache", True),
        ("*/cache/*", "2019/cache/a.jpg", False),
        ("2019/raw", "2019/raw", True),
        ("/2019", "2019", True),
        ("2019/raw/", "2019/raw", True),
        ("2019/*.png", "2019/06/a.png", False),
        ("a.b", "a.b", False),
    ],
)
def test_it_fits(pattern: str, path: str, folder: bool) -> None:
    ignored = ignored_by(["something else", pattern])
    assert ignored is not None
    assert ignored(path, folder)


@pytest.mark.parametrize(
    ("pattern", "path", "folder"),
    [
        ("thumbs", "thumbs2", True),
        ("thumbs", "my thumbs", True),
        ("*_small.jpg", "x_small.jpg/a.jpg", False),  # the folder fits, and is not entered; the file does not
        ("cache/", "cache", False),
        ("*/cache/*", "2019/cached/a.jpg", False),
        ("2019/raw", "old/2019/raw", True),
        ("/2019", "old/2019", True),
        ("a.b", "axb", False),
    ],
)
def test_it_does_not_fit(pattern: str, path: str, folder: bool) -> None:
    ignored = ignored_by([pattern])
    assert ignored is not None
    assert not ignored(path, folder)


def test_the_walk_passes_over_what_is_ignored(tmp_path: Path) -> None:
    for name in ("a.jpg", "a_small.jpg", "cache/b.jpg", "2019/cache/c.jpg", "2019/d.jpg", "2019/raw/e.jpg"):
        write_photo(tmp_path / name)
    ignored = ignored_by(["*_small.jpg", "cache/", "2019/raw"])
    found = {Path(path).as_posix() for batch in walk_photos(tmp_path, {".jpg"}, ignored=ignored) for path, *_ in batch}
    assert found == {"a.jpg", "2019/d.jpg"}


def test_an_ignored_folder_that_is_given_by_name_is_one_of_its_own() -> None:
    root, inner = Path("/p"), Path("/p/2019/raw/best")
    ignored = ignored_by(["raw"])
    assert covers(root, inner)
    assert not covers(root, inner, ignored)
    assert covers(root / "2019" / "raw", inner, ignored)
    (target,) = plan([inner], [root], Path("/library"), ignored)
    assert (target.root, target.start) == (inner, Path())
