from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from faceapp.errors import PhotoError
from faceapp.imaging import limits
from faceapp.imaging.decode import read_photo
from faceapp.imaging.files import read_bytes
from faceapp.imaging.refusals import shown_name
from tests.imaging.support import assert_corners, corners_picture, encoded, refused
from tests.permissions import permissions

posix = pytest.mark.skipif(os.name != "posix", reason="POSIX files")


def test_missing(tmp_path: Path) -> None:
    refused(tmp_path / "gone.jpg", "not there any more")
    refused(tmp_path / "no folder" / "gone.jpg", "not there any more")


@posix
def test_links(tmp_path: Path) -> None:
    link, target = tmp_path / "link.jpg", tmp_path / "target.jpg"
    link.symlink_to(target)
    refused(link, "link to a file that is not there")
    target.write_bytes(encoded(corners_picture(), "JPEG", quality=95))
    assert_corners(read_photo(link).pixels)
    loop = tmp_path / "loop.jpg"
    loop.symlink_to(loop)
    refused(loop, "cannot be read")


def test_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "folder.jpg"
    folder.mkdir()
    refused(folder, "not an ordinary file")


@posix
def test_pipes_sockets_and_devices_never_hang(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.jpg"
    os.mkfifo(pipe)
    refused(pipe, "not an ordinary file")
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(tmp_path)  # the name of a socket is short
        try:
            listener.bind("socket.jpg")
        finally:
            os.chdir(here)
        refused(tmp_path / "socket.jpg", "not an ordinary file")
    refused(Path("/dev/zero"), "not an ordinary file")


@posix
def test_a_file_swapped_for_a_pipe_after_the_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe, photo = tmp_path / "pipe.jpg", tmp_path / "photo.jpg"
    os.mkfifo(pipe)
    photo.write_bytes(b"x")
    facts = photo.stat()
    monkeypatch.setattr(Path, "stat", lambda *_, **__: facts)
    refused(pipe, "not an ordinary file")


def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "secret.jpg"
    path.write_bytes(b"x")
    with permissions(path, 0):
        refused(path, "not allowed to read")


@posix
@pytest.mark.skipif(sys.platform == "darwin", reason="file names are UTF-8 there")
def test_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9 \xff.jpg")
    path.write_bytes(encoded(corners_picture(), "JPEG", quality=95))
    assert_corners(read_photo(path).pixels)
    path.write_bytes(b"no picture")
    with pytest.raises(PhotoError) as caught:
        read_photo(path)
    str(caught.value).encode("utf-8")


def test_names_are_shown_as_one_harmless_line() -> None:
    assert shown_name("a.jpg") == "“a.jpg”"
    assert shown_name("a\n\x1b[2J\u202eb.jpg") == "“a��[2J�b.jpg”"
    assert shown_name("Øре 😀.jpg") == "“Øре 😀.jpg”"


def test_paths_nobody_can_open(tmp_path: Path) -> None:
    refused(tmp_path / "nul\0byte.jpg", "cannot be read|not there")
    refused(tmp_path / ("x" * 300), "cannot be read|not there")
    refused(tmp_path.joinpath(*["x" * 100] * 50, "a.jpg"), "longer than 4,096 bytes")


def test_a_file_that_grows_or_shrinks_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "coming.jpg"
    real = os.fstat

    def meanwhile(size: int) -> None:
        """Let the file have another size right after it was first looked at."""

        def look(file: int) -> os.stat_result:
            seen = real(file)
            os.truncate(path, size)
            return seen

        monkeypatch.setattr(os, "fstat", look)

    for size in (0, 999, 1_001, 50_000):
        path.write_bytes(bytes(1_000))
        meanwhile(size)
        with pytest.raises(PhotoError, match=r"“coming.jpg” is being written by another program\."):
            read_bytes(path)
        monkeypatch.undo()


def test_a_file_of_the_same_size_that_is_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some programs take the room on the disk first, and fill it then."""
    path = tmp_path / "coming.jpg"
    path.write_bytes(bytes(1_000))
    real = os.fstat

    def look(file: int) -> os.stat_result:
        seen = real(file)
        os.utime(path, ns=(0, seen.st_mtime_ns + 10**9))
        return seen

    monkeypatch.setattr(os, "fstat", look)
    with pytest.raises(PhotoError, match="is being written"):
        read_bytes(path)


def test_large_files(tmp_path: Path) -> None:
    path = tmp_path / "sparse.jpg"
    with path.open("wb") as file:
        file.truncate(limits.MAX_FILE_BYTES + 1)  # takes no room on the disk
    refused(path, "larger than 1,024 MB")
