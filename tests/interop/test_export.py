"""Exporting: dates and content arrive, nothing is overwritten, nothing goes into a photo folder."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from faceapp.errors import FaceappError
from faceapp.interop.export import Way, export_photos
from faceapp.jobs import CancelToken
from tests.permissions import permissions

TAKEN = 1_000_000_000  # seconds


def photo(path: Path, content: bytes = b"one") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (TAKEN, TAKEN))
    return path


def listing(folder: Path) -> dict[str, bytes]:
    """Return what lies in a folder, hidden files included."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def album(tmp_path: Path) -> list[Path]:
    return [photo(tmp_path / "a" / "IMG.JPG", b"one"), photo(tmp_path / "b" / "IMG.JPG", b"two")]


def test_copies_keep_content_and_date_and_photos_stay_as_they_were(album: list[Path], tmp_path: Path) -> None:
    done = export_photos(album, tmp_path / "new" / "out")
    assert (done.written, done.skipped, done.problems, done.cancelled) == (2, 0, (), False)
    out = tmp_path / "new" / "out"
    assert listing(out) == {"IMG.JPG": b"one", "IMG (2).JPG": b"two"}
    assert {path.stat().st_mtime for path in out.iterdir()} == {TAKEN}
    assert [path.read_bytes() for path in album] == [b"one", b"two"]


@pytest.mark.parametrize("way", list(Way))
def test_the_second_export_writes_nothing(album: list[Path], tmp_path: Path, way: Way) -> None:
    out = tmp_path / "out"
    export_photos(album, out, way=way)
    before = {path.name: path.lstat().st_ino for path in out.iterdir()}
    done = export_photos(album, out, way=way)
    assert (done.written, done.skipped) == (0, 2)
    assert {path.name: path.lstat().st_ino for path in out.iterdir()} == before


def test_what_lies_there_is_never_overwritten(album: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    photo(out / "IMG.JPG", b"mine")
    (out / "IMG (2).JPG").mkdir()
    (out / "IMG (3).JPG").symlink_to(tmp_path / "nowhere")
    done = export_photos(album[:1], out)
    assert done.written == 1
    assert (out / "IMG.JPG").read_bytes() == b"mine"
    assert (out / "IMG (4).JPG").read_bytes() == b"one"
    assert not (tmp_path / "nowhere").exists()


def test_a_name_taken_while_copying_is_not_overwritten(
    album: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    real = shutil.copystat

    def slow(source: Path, part: Path) -> None:
        (out / "IMG.JPG").write_bytes(b"somebody else's")
        real(source, part)

    monkeypatch.setattr(shutil, "copystat", slow)
    assert export_photos(album[:1], out).written == 1
    assert listing(out) == {"IMG.JPG": b"somebody else's", "IMG (2).JPG": b"one"}


def test_links_lead_to_the_photo(album: list[Path], tmp_path: Path) -> None:
    export_photos(album[:1], tmp_path / "hard", way=Way.HARD)
    assert (tmp_path / "hard" / "IMG.JPG").samefile(album[0])
    assert not (tmp_path / "hard" / "IMG.JPG").is_symlink()
    export_photos(album[:1], tmp_path / "pointer", way=Way.SYMBOLIC)
    assert (tmp_path / "pointer" / "IMG.JPG").readlink() == album[0].resolve()


def test_a_photo_that_is_a_link_is_exported_under_its_own_name(album: list[Path], tmp_path: Path) -> None:
    link = tmp_path / "a" / "grandma.jpg"
    link.symlink_to(album[0])
    for way in Way:
        export_photos([link], tmp_path / way, way=way)
        assert listing(tmp_path / way) == {"grandma.jpg": b"one"}


@pytest.mark.parametrize("way", list(Way))
def test_photos_that_cannot_be_read_are_listed_and_the_rest_arrives(
    album: list[Path], tmp_path: Path, way: Way
) -> None:
    gone, pipe, circle = (tmp_path / "a" / name for name in ("gone.jpg", "pipe.jpg", "circle.jpg"))
    os.mkfifo(pipe)
    circle.symlink_to(circle)
    done = export_photos([gone, album[0], pipe, circle], tmp_path / "out", way=way)
    assert done.written == 1
    assert [problem.path for problem in done.problems] == [gone, pipe, circle]
    assert "not there" in done.problems[0].reason
    assert "ordinary file" in done.problems[1].reason
    assert listing(tmp_path / "out") == {"IMG.JPG": b"one"}


def test_a_photo_that_may_not_be_read_is_listed(album: list[Path], tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out").chmod(0o777)
    with permissions(album[0], 0o000):
        done = export_photos(album, tmp_path / "out")
    (problem,) = done.problems
    assert "permissions" in problem.reason
    assert listing(tmp_path / "out") == {"IMG.JPG": b"two"}


def test_a_link_to_another_drive_is_listed(album: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    done = export_photos(album, tmp_path / "out", way=Way.HARD)
    assert done.written == 0
    assert all("another drive" in problem.reason for problem in done.problems)


def test_a_full_disk_ends_the_export_and_leaves_no_half_photo(
    album: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = shutil.copyfile

    def fill(source: Path, part: Path) -> None:
        real(source, part)
        if source.read_bytes() == b"two":
            part.write_bytes(b"t")
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", fill)
    with pytest.raises(FaceappError, match="1 photos were"):
        export_photos(album, tmp_path / "out")
    assert listing(tmp_path / "out") == {"IMG.JPG": b"one"}


def test_a_cancelled_export_says_so(album: list[Path], tmp_path: Path) -> None:
    cancel = CancelToken()
    done = export_photos(album, tmp_path / "out", cancel=cancel, progress=lambda _: cancel.cancel())
    assert (done.written, done.cancelled) == (1, True)


@pytest.mark.parametrize("inside", ["a", "a/new/deep", "a/.hidden", "link/new", "b/../a"])
def test_photo_folders_are_never_written_to(album: list[Path], tmp_path: Path, inside: str) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "a")
    before = listing(tmp_path / "a")
    with pytest.raises(FaceappError, match="never writes"):
        export_photos(album, tmp_path / inside, keep_out_of=[tmp_path / "a"])
    assert listing(tmp_path / "a") == before


def test_a_photo_folder_under_another_path_is_known_again(album: list[Path], tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "a")
    with pytest.raises(FaceappError, match="never writes"):
        export_photos(album, tmp_path / "a" / "new", keep_out_of=[tmp_path / "link"])
    assert not (tmp_path / "a" / "new").exists()


def test_a_folder_beside_or_around_a_photo_folder_may_be_written_to(album: list[Path], tmp_path: Path) -> None:
    roots = [tmp_path / "a", tmp_path / "unplugged"]
    assert export_photos(album, tmp_path / "a2", keep_out_of=roots).written == 2
    assert export_photos(album, tmp_path, keep_out_of=roots).written == 2


def test_a_folder_that_cannot_be_written_to_is_refused(album: list[Path], tmp_path: Path) -> None:
    file = photo(tmp_path / "file")
    with pytest.raises(FaceappError, match="Choose another folder"):
        export_photos(album, file)
    (tmp_path / "locked").mkdir()
    with permissions(tmp_path / "locked", 0o555), pytest.raises(FaceappError, match="Choose another folder"):
        export_photos(album, tmp_path / "locked")
