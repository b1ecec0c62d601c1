"""The sample photos."""

from __future__ import annotations

from pathlib import Path

from faceapp.imaging.decode import decode_bytes
from faceapp.imaging.samples import NAMES, make_samples, remove_samples


def test_there_are_as_many_as_are_named_and_no_two_alike(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "Sample photos"
    make_samples(folder)
    photos = [decode_bytes((folder / name).read_bytes(), name) for name in NAMES]
    assert sorted(path.name for path in folder.iterdir()) == sorted(NAMES)
    assert len({photo.content_hash for photo in photos}) == 24
    assert all(min(photo.width, photo.height) == 900 for photo in photos)
    assert {photo.camera for photo in photos} == {"Faceapp sample"}
    assert len({photo.taken.date() for photo in photos if photo.taken is not None}) == 4


def test_made_again_they_are_the_same(tmp_path: Path) -> None:
    for name in ("one", "two"):
        make_samples(tmp_path / name)
    assert all((tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes() for name in NAMES)


def test_removing_takes_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "Sample photos"
    make_samples(folder)
    mine = folder / "mine.jpg"
    mine.write_bytes(b"mine")
    (folder / NAMES[3]).unlink()
    remove_samples(folder)
    assert list(folder.iterdir()) == [mine]
    mine.unlink()
    remove_samples(folder)
    assert not folder.exists()
    remove_samples(folder)  # twice is as good as once
