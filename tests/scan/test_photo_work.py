"""What a child process does with a photo, here in this one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import ArrayLike

from faceapp.errors import FaceappError, ModelError, PhotoError
from faceapp.faces.alignment import ARCFACE_TEMPLATE, align
from faceapp.processes import ChildDied, ChildrenBroken, ChildTimedOut, ChildTooLarge, PoolClosed
from faceapp.processes.threads import ThreadPool
from faceapp.scan.photo_work import FindFaces, Index, PhotoWork, Read
from faceapp.scan.pictures import ContainedPictures
from faceapp.scan.reasons import words_of
from faceapp.types import Box, DecodedPhoto, Landmarks, Pixels
from faceapp.types_scan import FailedPhoto, IndexedPhoto, PendingPhoto, SamePhoto, Twin
from tests.fakes import FakeAnalyser, fake_bytes, fake_decode, fake_jpeg, write_photo


class Bench:
    """A ``PhotoWork`` over fakes that notes what it was asked to do."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.analyser = FakeAnalyser()
        self.reads = 0
        self.decodes = 0
        self.icc: bytes | None = None
        self.work = PhotoWork(
            self.analyser, self._read, self._decode, self._half, _thumbnail, _tile, _display, align=_aligned
        )

    def _read(self, path: Path) -> bytes:
        self.reads += 1
        return fake_bytes(path)

    def _decode(self, data: bytes, name: str) -> DecodedPhoto:
        self.decodes += 1
        return replace(fake_decode(data, name), icc=self.icc)

    def _half(self, pixels: Pixels) -> Pixels:
        return pixels[::2, ::2]

    def photo(self, name: str, faces: int = 2) -> PendingPhoto:
        path = write_photo(self.folder / name, faces)
        return PendingPhoto(7, 1, self.folder, path, path.stat().st_size)


def _thumbnail(pixels: Pixels, icc: bytes | None) -> bytes:
    return b"%d %s" % (pixels.shape[1], icc or b"sRGB")


def _tile(pixels: Pixels, box: Box, icc: bytes | None) -> bytes:
    return fake_jpeg(pixels, box)


def _display(pixels: Pixels, icc: bytes | None) -> Pixels:
    return 255 - pixels


def _aligned(pixels: Pixels, landmarks: ArrayLike, height: int) -> Pixels:
    return align(pixels, landmarks, height, height)


def twin(path: Path, number: int = 3, content: bytes | None = None) -> Twin:
    return Twin(number, path.parent, path, hashlib.sha256(path.read_bytes() if content is None else content).digest())


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path / "photos")


def test_a_photo_becomes_faces_and_small_pictures(bench: Bench) -> None:
    photo = bench.photo("a.png", faces=2)
    result = bench.work(Index(photo))
    assert isinstance(result, IndexedPhoto)
    assert (result.photo_id, result.width, result.height) == (7, 48, 32)
    assert result.content_hash == hashlib.sha256(photo.path.read_bytes()).digest()
    assert len(result.faces) == len(result.tiles) == 2
    assert result.thumbnail == b"24 sRGB"  # made from the overview


def test_small_pictures_are_told_the_colour_profile(bench: Bench) -> None:
    bench.icc = b"P3"
    result = bench.work(Index(bench.photo("a.png")))
    assert isinstance(result, IndexedPhoto)
    assert result.thumbnail == b"24 P3"


def test_the_file_is_read_ahead_once(bench: Bench) -> None:
    index = Index(bench.photo("a.png"))
    prepared = bench.work.prepare(index)
    assert bench.reads == 1
    assert isinstance(bench.work(prepared), IndexedPhoto)
    assert bench.reads == 1


def test_very_large_files_are_not_read_ahead(bench: Bench) -> None:
    index = Index(replace(bench.photo("a.png"), size=1 << 30))
    assert bench.work.prepare(index) is index
    assert bench.reads == 0


@pytest.mark.parametrize("content", [b"", b"no picture"])
def test_a_bad_file_is_a_failure_with_its_reason(bench: Bench, content: bytes) -> None:
    photo = bench.photo("bad.png")
    photo.path.write_bytes(content)
    assert bench.work(Index(photo)) == FailedPhoto(7, "bad.png is not a picture.")


def test_a_file_that_is_gone_is_a_failure(bench: Bench) -> None:
    photo = bench.photo("gone.png")
    photo.path.unlink()
    with pytest.raises(PhotoError):
        bench.work.prepare(Index(photo))  # a pool passes the request on as it is
    result = bench.work(Index(photo))
    assert isinstance(result, FailedPhoto)
    assert "gone.png cannot be read" in result.reason


@pytest.mark.parametrize(
    ("error", "words"),
    [(MemoryError(), "not enough memory"), (KeyError("oops"), "could not work with “a.png” (KeyError")],
)
def test_other_errors_are_a_failure_of_that_photo(bench: Bench, error: Exception, words: str) -> None:
    bench.work = replace(bench.work, analyser=FakeAnalyser(before=_raising(error)))
    result = bench.work(Index(bench.photo("a.png")))
    assert isinstance(result, FailedPhoto)
    assert words in result.reason


def test_a_broken_model_is_not_the_photos_fault(bench: Bench) -> None:
    bench.work = replace(bench.work, analyser=FakeAnalyser(before=_raising(ModelError("no model"))))
    with pytest.raises(ModelError):
        bench.work(Index(bench.photo("a.png")))


def _raising(error: Exception) -> Callable[[Pixels], None]:
    def stumble(_: Pixels) -> None:
        raise error

    return stumble


# The same content


def test_a_copy_is_not_decoded(bench: Bench) -> None:
    photo = bench.photo("copy.png")
    original = write_photo(bench.folder / "original.png", 2)
    content = hashlib.sha256(original.read_bytes()).digest()
    for request in (Index(photo, (twin(original),)), bench.work.prepare(Index(photo, (twin(original),)))):
        assert bench.work(request) == SamePhoto(7, 3, content, moved=False)
    assert bench.decodes == 0


def test_a_photo_whose_twin_has_gone_was_moved(bench: Bench) -> None:
    photo = bench.photo("new/name.png")
    data = photo.path.read_bytes()
    here = write_photo(bench.folder / "copy.png", 2)
    gone = Twin(4, bench.folder, bench.folder / "old" / "name.png", hashlib.sha256(data).digest())
    result = bench.work(Index(photo, (twin(here), gone)))
    assert isinstance(result, SamePhoto)
    assert (result.twin_id, result.moved) == (4, True)


def test_a_file_that_was_only_touched_is_its_own_twin(bench: Bench) -> None:
    photo = bench.photo("a.png")
    content = hashlib.sha256(photo.path.read_bytes()).digest()
    gone = Twin(4, bench.folder, bench.folder / "gone.png", content)
    itself = Twin(photo.id, bench.folder, photo.path, content)
    assert bench.work(Index(photo, (gone, itself))) == SamePhoto(photo.id, photo.id, content, moved=False)


@pytest.mark.parametrize("drive", ["missing", "empty"])
def test_a_twin_on_a_drive_that_is_not_there_has_not_moved(bench: Bench, tmp_path: Path, drive: str) -> None:
    photo = bench.photo("a.png")
    root = tmp_path / "drive"
    if drive == "empty":
        root.mkdir()
    away = Twin(4, root, root / "a.png", hashlib.sha256(photo.path.read_bytes()).digest())
    result = bench.work(Index(photo, (away,)))
    assert isinstance(result, SamePhoto)
    assert not result.moved


def test_a_twin_of_the_same_size_only_is_no_twin(bench: Bench) -> None:
    photo = bench.photo("a.png")
    other = twin(photo.path, content=bytes(photo.size))
    assert isinstance(bench.work(Index(photo, (other,))), IndexedPhoto)


# Pictures for the user


@pytest.fixture
def pictures(bench: Bench) -> Iterator[ContainedPictures]:
    pool = ThreadPool(bench.work, 1)
    yield ContainedPictures(pool)
    pool.close()


def test_pictures_come_from_files_and_bytes(bench: Bench, pictures: ContainedPictures) -> None:
    path = bench.photo("a.png", faces=3).path
    for source in (path, path.read_bytes()):
        photo, faces = pictures.find_faces(source)
        assert (photo.width, len(faces)) == (48, 3)
        assert np.array_equal(pictures.read(source).pixels, photo.pixels)


def test_pictures_are_shown_in_srgb_but_analysed_as_they_are(bench: Bench, pictures: ContainedPictures) -> None:
    path = bench.photo("a.png", faces=3).path
    plain = pictures.read(path)
    bench.icc = b"P3"
    photo, faces = pictures.find_faces(path)
    for shown in (photo, pictures.read(path)):
        assert shown.icc is None
        assert np.array_equal(shown.pixels, 255 - plain.pixels)
    assert len(faces) == 3


def test_a_relative_path_means_the_callers_folder(
    bench: Bench, pictures: ContainedPictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.photo("a.png")
    asked: list[Path] = []
    object.__setattr__(bench.work, "read_bytes", lambda path: asked.append(path) or fake_bytes(path))
    monkeypatch.chdir(bench.folder)
    pictures.read(Path("a.png"))
    assert asked == [bench.folder / "a.png"]


def test_errors_call_the_picture_by_its_name(bench: Bench, pictures: ContainedPictures) -> None:
    with pytest.raises(PhotoError, match="the clipboard is not a picture"):
        pictures.find_faces(b"no picture", "the clipboard")
    with pytest.raises(PhotoError, match=r"none\.jpg cannot be read"):
        pictures.read(bench.folder / "none.jpg")


def spotted(bench: Bench, marks: np.ndarray) -> Path:
    """Write a photo of 200 × 160 pixels with a bright spot at the first landmark; ``marks`` (5, 2) in pixels."""
    pixels = np.zeros((160, 200, 3), np.uint8)
    x, y = marks[0].round().astype(int)
    pixels[y - 2 : y + 3, x - 2 : x + 3] = 255
    path = bench.folder / "spot.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(cv2.imencode(".png", pixels)[1].tobytes())
    return path


def fractions(marks: np.ndarray) -> Landmarks:
    return tuple((float(x) / 200, float(y) / 160) for x, y in marks)


@pytest.mark.parametrize("size", [112, 224])
def test_a_face_is_turned_upright_in_the_size_that_is_asked_for(
    bench: Bench, pictures: ContainedPictures, size: int
) -> None:
    lying = ARCFACE_TEMPLATE[:, ::-1] * (1, -1) + (30, 130)  # a quarter turn
    face = pictures.aligned(spotted(bench, lying), fractions(lying), size)
    assert face.shape == (size, size, 3)
    y, x = np.unravel_index(cv2.GaussianBlur(face[..., 0], (0, 0), 2).argmax(), face.shape[:2])
    assert np.hypot(*(np.array([x, y]) - ARCFACE_TEMPLATE[0] * size / 112)) < 2.5
    assert bench.analyser.calls == 0


def test_an_aligned_face_is_shown_in_srgb(bench: Bench, pictures: ContainedPictures) -> None:
    marks = ARCFACE_TEMPLATE + 20
    path = spotted(bench, marks)
    plain = pictures.aligned(path, fractions(marks))
    bench.icc = b"P3"
    assert np.array_equal(pictures.aligned(path, fractions(marks)), 255 - plain)


def test_a_face_without_landmarks_cannot_be_aligned(bench: Bench, pictures: ContainedPictures) -> None:
    path = spotted(bench, ARCFACE_TEMPLATE)
    with pytest.raises(PhotoError, match=r"not known where eyes.*spot\.png"):
        pictures.aligned(path, ((0.5, 0.5),) * 5)
    with pytest.raises(PhotoError, match=r"none\.jpg cannot be read"):
        pictures.aligned(bench.folder / "none.jpg", fractions(ARCFACE_TEMPLATE))


class BrokenPool:
    """Answers everything with one error."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def submit(self, request: Read | FindFaces, *, urgent: bool = False) -> Future[Any]:
        assert urgent
        future: Future[Any] = Future()
        future.set_exception(self.error)
        return future


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (ChildDied("was ended by SIGSEGV"), PhotoError, "“a.jpg” made the picture decoder crash (it was ended by"),
        (ChildDied("was ended by SIGKILL", killed=True), PhotoError, "lack of memory"),
        (ChildTimedOut(60.0), PhotoError, "“a.jpg” took longer than 60 seconds to open"),
        (ChildTooLarge(3 << 30), PhotoError, "“a.jpg” needed more than 3 GB of memory"),
        (ChildrenBroken("ended with code 1"), ChildrenBroken, "install it anew"),
        (PoolClosed(), PoolClosed, "closing"),
    ],
)  # fmt: skip
def test_what_befalls_a_child_is_told_in_words(error: FaceappError, kind: type[FaceappError], words: str) -> None:
    pictures = ContainedPictures(BrokenPool(error))  # type: ignore[arg-type]
    for ask in (pictures.read, pictures.find_faces):
        with pytest.raises(kind) as caught:
            ask(Path("somewhere/a.jpg"))
        assert words in str(caught.value)


def test_names_that_no_terminal_can_show_are_made_printable() -> None:
    words = words_of(ChildTimedOut(60.0), "bad\udcff\nname.jpg")
    assert words.encode("utf-8")
    assert "\n" not in words
