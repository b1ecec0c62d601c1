"""What a child process does to embed known faces, here in this one."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import ArrayLike

from faceapp.errors import ModelError
from faceapp.scan.photo_work import PhotoWork, Reembed, Reembedded
from faceapp.types import Landmarks, Pixels
from faceapp.types_scan import FailedPhoto
from tests.embedders.rig import NEW, Embedder
from tests.fakes import FakeAnalyser, fake_bytes, fake_decode, fake_jpeg, write_photo

MARKS: Landmarks = ((0.07, 0.5), (0.13, 0.5), (0.1, 0.55), (0.08, 0.6), (0.12, 0.6))


class Bench:
    """A ``PhotoWork`` over fakes. ``landmarks`` are those that the embedder was given, in pixels."""

    def __init__(self) -> None:
        self.analyser = FakeAnalyser()
        self.landmarks: list[Any] = []
        self.reads = 0
        self.wanted: list[str] = []
        self.work = PhotoWork(
            self.analyser,
            self._read,
            fake_decode,
            lambda pixels: pixels,
            lambda pixels, icc: fake_jpeg(pixels),
            lambda pixels, box, icc: fake_jpeg(pixels, box),
            embedder=self._embedder,
        )

    def _read(self, path: Path) -> bytes:
        self.reads += 1
        return fake_bytes(path)

    def _embedder(self, model_id: str) -> Embedder:
        self.wanted.append(model_id)
        bench = self

        class Noting(Embedder):
            def align(self, pixels: Pixels, landmarks: ArrayLike) -> Pixels:
                bench.landmarks.append(landmarks)
                if np.ptp(np.asarray(landmarks)) == 0:
                    raise ValueError("points must not all coincide")
                return super().align(pixels, landmarks)

        return Noting(model_id)


@pytest.fixture
def bench() -> Bench:
    return Bench()


def request(path: Path, *faces: tuple[int, Landmarks], size: int | None = None) -> Reembed:
    content = hashlib.sha256(path.read_bytes()).digest()
    return Reembed(7, path, path.stat().st_size if size is None else size, content, NEW, faces or ((3, MARKS),))


def test_known_faces_are_aligned_in_the_full_picture_and_nothing_is_detected(bench: Bench, tmp_path: Path) -> None:
    path = write_photo(tmp_path / "a.png", faces=2)
    answer = bench.work(request(path))
    assert isinstance(answer, Reembedded)
    assert list(answer.vectors) == [3]
    assert np.linalg.norm(answer.vectors[3]) == pytest.approx(1)
    assert np.allclose(bench.landmarks[0], np.array(MARKS) * (48, 32))
    assert bench.wanted == [NEW]
    assert bench.analyser.calls == 0


def test_the_file_is_read_ahead_once_unless_it_is_very_large(bench: Bench, tmp_path: Path) -> None:
    path = write_photo(tmp_path / "a.png")
    prepared = bench.work.prepare(request(path))
    assert bench.reads == 1
    assert isinstance(bench.work(prepared), Reembedded)
    assert bench.reads == 1
    large = request(path, size=1 << 30)
    assert bench.work.prepare(large) is large


def test_a_photo_that_was_edited_since_is_not_embedded(bench: Bench, tmp_path: Path) -> None:
    path = write_photo(tmp_path / "a.png", tint=1)
    wanted = request(path)
    write_photo(path, tint=2)
    assert bench.work(wanted) == FailedPhoto(7, "a.png has changed since it was read. Scan its folder again.")


def test_a_photo_that_is_gone_is_a_failure_with_its_reason(bench: Bench, tmp_path: Path) -> None:
    path = write_photo(tmp_path / "a.png")
    wanted = request(path)
    path.unlink()
    answer = bench.work(wanted)
    assert isinstance(answer, FailedPhoto)
    assert "a.png" in answer.reason


def test_landmarks_without_a_position_leave_their_face_out(bench: Bench, tmp_path: Path) -> None:
    path = write_photo(tmp_path / "a.png")
    answer = bench.work(request(path, (3, MARKS), (4, ((0.0, 0.0),) * 5)))
    assert isinstance(answer, Reembedded)
    assert list(answer.vectors) == [3]


def test_an_unknown_embedder_is_the_models_error_not_the_photos(tmp_path: Path) -> None:
    plain = PhotoWork(FakeAnalyser(), fake_bytes, fake_decode, lambda p: p, lambda p, i: b"", lambda p, b, i: b"")
    with pytest.raises(ModelError, match="There is no model new"):
        plain(request(write_photo(tmp_path / "a.png")))
