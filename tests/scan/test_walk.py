from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from faceapp.jobs import Cancelled
from faceapp.scan.walk import FolderError, check_folder, covers, walk_photos
from tests.fakes import write_photo
from tests.permissions import permissions

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")
SUFFIXES = {".jpg", ".png"}


def names(root: Path, **extra: object) -> set[str]:
    batches = walk_photos(root, SUFFIXES, **extra)  # type: ignore[arg-type]
    return {Path(path).as_posix() for batch in batches for path, _, _ in batch}


def test_photos_are_found_with_size_and_time(tmp_path: Path) -> None:
    photo = write_photo(tmp_path / "2024" / "a.PNG", mtime=1_700_000_000)
    (tmp_path / "notes.txt").write_text("no photo")
    (tmp_path / "folder.jpg").mkdir()
    ((found,),) = walk_photos(tmp_path, SUFFIXES)
    assert found == (os.fspath(Path("2024/a.PNG")), photo.stat().st_size, 1_700_000_000 * 10**9)


def test_hidden_files_other_programs_thumbnails_and_bins_are_passed_over(tmp_path: Path) -> None:
    for name in ("._a.jpg", ".thumbnails/b.jpg", ".Trash/c.jpg", "@eaDir/d.jpg", "$RECYCLE.BIN/e.jpg", "f.jpg"):
        write_photo(tmp_path / name)
    assert names(tmp_path) == {"f.jpg"}


def test_the_library_inside_is_passed_over_and_a_part_can_be_walked(tmp_path: Path) -> None:
    for name in ("library/tile.jpg", "2023/a.jpg", "2024/b.jpg", "2024/06/c.jpg"):
        write_photo(tmp_path / name)
    assert names(tmp_path, skip={tmp_path / "library"}) == {"2023/a.jpg", "2024/b.jpg", "2024/06/c.jpg"}
    assert names(tmp_path, start="2024") == {"2024/b.jpg", "2024/06/c.jpg"}


@posix
def test_links_to_files_count_links_to_folders_do_not_and_loops_end(tmp_path: Path) -> None:
    write_photo(tmp_path / "in" / "a.jpg")
    outside = write_photo(tmp_path / "out" / "b.jpg")
    inside = tmp_path / "in"
    (inside / "linked.jpg").symlink_to(outside)
    (inside / "loop").symlink_to(inside, target_is_directory=True)
    (inside / "elsewhere").symlink_to(outside.parent, target_is_directory=True)
    (inside / "nowhere.jpg").symlink_to(inside / "missing")
    (inside / "self.jpg").symlink_to("self.jpg")
    unreadable: list[str] = []
    found = names(inside, on_unreadable=lambda path, _: unreadable.append(path))
    assert found == {"a.jpg", "linked.jpg", "nowhere.jpg", "self.jpg"}  # of the last two the reader says what is wrong
    assert unreadable == []


@posix
def test_what_is_called_a_photo_is_listed_whatever_it_is(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    assert names(tmp_path) == {"pipe.jpg"}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_names_that_are_not_text_survive(tmp_path: Path) -> None:
    name = b"caf\xe9.jpg"
    raw = os.path.join(os.fsencode(tmp_path), name)  # noqa: PTH118
    with open(raw, "wb") as file:  # noqa: PTH123
        file.write(b"x")
    ((found,),) = walk_photos(tmp_path, SUFFIXES)
    assert os.fsencode(found[0]) == name


@posix
def test_an_unreadable_folder_is_reported_and_the_rest_is_walked(tmp_path: Path) -> None:
    write_photo(tmp_path / "a.jpg")
    secret = write_photo(tmp_path / "secret" / "b.jpg").parent
    problems: dict[str, str] = {}
    with permissions(secret, 0):
        assert names(tmp_path, on_unreadable=problems.__setitem__) == {"a.jpg"}
        with pytest.raises(FolderError, match="may not open"):
            check_folder(secret)
    assert list(problems) == ["secret"]
    assert str(secret) in problems["secret"]


def test_folders_that_cannot_be_scanned_say_what_to_do(tmp_path: Path) -> None:
    photo = write_photo(tmp_path / "a.jpg")
    with pytest.raises(FolderError, match=r"cannot be found.*connect the drive"):
        list(walk_photos(tmp_path / "gone", SUFFIXES))
    with pytest.raises(FolderError, match="is not a folder"):
        check_folder(photo)


def test_check_can_end_the_walk(tmp_path: Path) -> None:
    write_photo(tmp_path / "a.jpg")

    def check() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        names(tmp_path, check=check)


def test_covers() -> None:
    assert covers(Path("/p"), Path("/p"))
    assert covers(Path("/p"), Path("/p/2024/06"))
    assert covers(Path("/.home/p"), Path("/.home/p/2024"))
    assert not covers(Path("/p"), Path("/p/.private/2024"))
    assert not covers(Path("/p"), Path("/photos"))
