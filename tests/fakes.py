"""Stand-ins for the rooms that need models or a database, and small pictures for them to look at.

``write_photo(path, faces=2)`` makes a flat picture whose brightness says how many faces ``FakeAnalyser`` sees in it.
"""

from __future__ import annotations

import hashlib
import os
import threading
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np

from faceapp.errors import PhotoError
from faceapp.types import AnalysedFace, Box, DecodedPhoto, Detection, Folder, PhotoState, Pixels, Quality
from faceapp.types_scan import (
    FailedPhoto,
    FoundFile,
    IndexedPhoto,
    KnownFile,
    PendingPhoto,
    SamePhoto,
    SavedFaces,
    Twin,
)

_STEP = 40  # brightness a face


def picture(faces: int = 1, tint: int = 0, size: tuple[int, int] = (48, 32)) -> Pixels:
    """Return a flat picture, (width, height) = ``size``. Different ``tint`` (0 to 255) means different embeddings."""
    width, height = size
    pixels = np.empty((height, width, 3), np.uint8)
    pixels[:] = (faces * _STEP, tint, 128)
    return pixels


def write_photo(path: Path, faces: int = 1, *, tint: int = 0, mtime: int | None = None) -> Path:
    """Write ``picture`` as PNG or JPEG, by the suffix. ``mtime`` in seconds orders files by age."""
    path.parent.mkdir(parents=True, exist_ok=True)
    done, data = cv2.imencode(path.suffix, picture(faces, tint))
    assert done
    path.write_bytes(data.tobytes())
    if mtime is not None:
        os.utime(path, (mtime, mtime))
    return path


def fake_bytes(path: Path) -> bytes:
    """Read a file as ``imaging.decode.read_bytes`` does, without its care for what is no file."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise PhotoError(f"{path.name} cannot be read ({error.strerror}).") from error


def fake_decode(data: bytes, name: str) -> DecodedPhoto:
    """Decode as ``imaging.decode`` does, without its care for formats."""
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) if data else None
    if pixels is None:
        raise PhotoError(f"{name} is not a picture.")
    return DecodedPhoto(np.asarray(pixels, np.uint8), hashlib.sha256(data).digest(), None, None)


def fake_jpeg(pixels: Pixels, box: Box | None = None) -> bytes:
    """Stand for a thumbnail, or a tile around ``box``."""
    return cv2.imencode(".jpg", pixels[:8, :8])[1].tobytes()


def unit_vector(seed: int, dimension: int) -> np.ndarray:
    """Return a vector (dimension,) float32 of length 1 that depends on nothing but the seed."""
    vector = np.random.default_rng(seed).standard_normal(dimension).astype(np.float32)
    return np.asarray(vector / np.linalg.norm(vector), np.float32)


class FakeAnalyser:
    """Implements ``ports.Analyser``: reads the number of faces off the brightness. ``calls`` counts the pictures."""

    def __init__(self, dimension: int = 8, before: Callable[[Pixels], None] | None = None) -> None:
        self._dimension = dimension
        self._before = before  # called first; may wait or raise
        self._lock = threading.Lock()
        self.calls = 0

    @property
    def dimension(self) -> int:
        return self._dimension

    @property
    def model_id(self) -> str:
        return "fake"

    @property
    def slider_minimum(self) -> float:
        return 0.2

    @property
    def search_threshold(self) -> float:
        return 0.4

    def analyse(self, pixels: Pixels, overview: Pixels | None = None) -> list[AnalysedFace]:
        with self._lock:
            self.calls += 1
        if self._before is not None:
            self._before(pixels)
        blue, green, _ = (round(float(value)) for value in pixels.reshape(-1, 3).mean(axis=0))
        return [self._face(number, green) for number in range(round(blue / _STEP))]

    def embed(self, pixels: Pixels, detections: Sequence[Detection]) -> list[AnalysedFace]:
        quality = Quality(size_px=64.0, sharpness=100.0, norm=3.0, yaw=0.0)
        seeds = [zlib.crc32(repr(detection.box).encode()) for detection in detections]
        return [
            AnalysedFace(detection, quality, unit_vector(seed, self._dimension))
            for detection, seed in zip(detections, seeds, strict=True)
        ]

    def _face(self, number: int, tint: int) -> AnalysedFace:
        x = 0.05 + 0.15 * number
        marks = tuple((x + dx, 0.5 + dy) for dx, dy in ((0.02, 0), (0.08, 0), (0.05, 0.05), (0.03, 0.1), (0.07, 0.1)))
        return AnalysedFace(
            Detection(Box(x, 0.4, 0.1, 0.2), marks, 0.9),
            Quality(size_px=64.0, sharpness=100.0, norm=3.0, yaw=0.0),
            unit_vector(1000 * tint + number, self._dimension),
        )


@dataclass
class Row:
    """A photo in ``FakeStore``."""

    id: int
    folder_id: int
    file: FoundFile
    state: PhotoState
    result: IndexedPhoto | FailedPhoto | None = None
    missing_since: datetime | None = None


class FakeStore:
    """Implements ``ports.ScanStore`` in memory. ``saves`` holds every batch; ``listeners`` hear of each write."""

    def __init__(self) -> None:
        self.roots: list[Path] = []
        self.rows: dict[int, Row] = {}
        self.saves: list[list[IndexedPhoto | FailedPhoto | SamePhoto]] = []
        self.face_ids: dict[int, list[int]] = {}  # by photo
        self.listeners: list[Callable[[SavedFaces], None]] = []
        self.threads: set[str] = set()  # names of the threads that wrote
        self._next_face = self._next_photo = 1

    def add_folder(self, path: Path) -> Folder:
        self.threads.add(threading.current_thread().name)
        if path not in self.roots:
            self.roots.append(path)
        return self._folder(self.roots.index(path) + 1)

    def folders(self) -> list[Folder]:
        return [self._folder(number) for number in range(1, len(self.roots) + 1)]

    def count_faces(self, folder_ids: Sequence[int]) -> int:
        return sum(
            len(self.face_ids.get(row.id, ()))
            for row in self.rows.values()
            if row.folder_id in folder_ids and row.state is PhotoState.INDEXED
        )

    def known_files(self, folder_id: int) -> dict[str, KnownFile]:
        return {
            row.file.path: KnownFile(row.id, row.file.size, row.file.mtime_ns, row.state)
            for row in self.rows.values()
            if row.folder_id == folder_id
        }

    def put_pending(self, folder_id: int, files: Sequence[FoundFile]) -> SavedFaces:
        self.threads.add(threading.current_thread().name)
        by_path = {row.file.path: row.id for row in self.rows.values() if row.folder_id == folder_id}
        removed: list[int] = []
        for file in files:
            photo_id = by_path.get(file.path, self._next_photo)
            self._next_photo = max(self._next_photo, photo_id + 1)
            removed += self.face_ids.pop(photo_id, [])
            self.rows[photo_id] = Row(photo_id, folder_id, file, PhotoState.PENDING)
        return self._announce(removed=removed)

    def mark_missing(self, photo_ids: Sequence[int]) -> SavedFaces:
        for photo_id in photo_ids:
            self.rows[photo_id].state = PhotoState.MISSING
            self.rows[photo_id].missing_since = datetime.now(UTC)
        return self._announce(removed=[face for photo in photo_ids for face in self.face_ids.get(photo, ())])

    def mark_found(self, photo_ids: Sequence[int]) -> SavedFaces:
        for photo_id in photo_ids:
            row = self.rows[photo_id]
            row.state = PhotoState.INDEXED if isinstance(row.result, IndexedPhoto) else PhotoState.PENDING
        return self._announce(added=[p for p in photo_ids if self.rows[p].state is PhotoState.INDEXED])

    def forget_missing(self, before: datetime) -> int:
        old = [
            row.id
            for row in self.rows.values()
            if row.state is PhotoState.MISSING and row.missing_since is not None and row.missing_since < before
        ]
        for photo_id in old:
            del self.rows[photo_id]
            self.face_ids.pop(photo_id, None)
        return len(old)

    def pending(self, folder_ids: Sequence[int]) -> list[PendingPhoto]:
        rows = [r for r in self.rows.values() if r.folder_id in folder_ids and r.state is PhotoState.PENDING]
        rows.sort(key=lambda row: (-row.file.mtime_ns, row.id))
        return [PendingPhoto(row.id, row.folder_id, self._root(row), self._path(row), row.file.size) for row in rows]

    def twins(self, size: int) -> list[Twin]:
        return [
            Twin(row.id, self._root(row), self._path(row), row.result.content_hash)
            for row in self.rows.values()
            if row.file.size == size and isinstance(row.result, IndexedPhoto)
        ]

    def save(self, results: Sequence[IndexedPhoto | FailedPhoto | SamePhoto]) -> SavedFaces:
        self.threads.add(threading.current_thread().name)
        self.saves.append(list(results))
        added: list[int] = []
        for result in results:
            row = self.rows[result.photo_id]
            if isinstance(result, SamePhoto):
                row = self._save_same(row, result)
            else:
                row.result = result
                row.state = PhotoState.FAILED
            if isinstance(row.result, IndexedPhoto):
                row.state = PhotoState.INDEXED
                if row.id not in self.face_ids:
                    self.face_ids[row.id] = list(range(self._next_face, self._next_face + len(row.result.faces)))
                    self._next_face += len(row.result.faces)
                    added.append(row.id)
        return self._announce(added=added, photos=[result.photo_id for result in results])

    def _save_same(self, row: Row, same: SamePhoto) -> Row:
        """Let the twin take over the row's path, or the row have the twin's faces, too."""
        twin = self.rows[same.twin_id]
        assert isinstance(twin.result, IndexedPhoto)
        assert twin.result.content_hash == same.content_hash
        if not same.moved:
            row.result = replace(twin.result, photo_id=row.id)
            return row
        assert not self._path(twin).exists()
        del self.rows[row.id]
        twin.folder_id, twin.file = row.folder_id, row.file
        return twin

    def _root(self, row: Row) -> Path:
        return self.roots[row.folder_id - 1]

    def _path(self, row: Row) -> Path:
        return self._root(row) / row.file.path

    def states(self) -> dict[str, str]:
        """Return the state of every photo by relative path, for tests to compare."""
        return {Path(row.file.path).as_posix(): row.state.value for row in self.rows.values()}

    def facts(self) -> list[tuple[str, str, int, bytes]]:
        """Return what was stored, sorted, without ids: path, state, faces, content hash."""
        return sorted(
            (Path(row.file.path).as_posix(), row.state.value, len(self.face_ids.get(row.id, ())), _hash(row.result))
            for row in self.rows.values()
        )

    def reason(self, name: str) -> str:
        """Return why the photo of that relative path failed."""
        result = next(row.result for row in self.rows.values() if Path(row.file.path).as_posix() == name)
        assert isinstance(result, FailedPhoto)
        return result.reason

    def _folder(self, folder_id: int) -> Folder:
        states = [row.state for row in self.rows.values() if row.folder_id == folder_id]
        here = [state for state in states if state is not PhotoState.MISSING]
        return Folder(
            folder_id,
            self.roots[folder_id - 1],
            len(here),
            here.count(PhotoState.PENDING),
            here.count(PhotoState.FAILED),
        )

    def _announce(
        self, added: Sequence[int] = (), removed: Sequence[int] = (), photos: Sequence[int] = ()
    ) -> SavedFaces:
        pairs = [(face, photo) for photo in added for face in self.face_ids.get(photo, ())]
        vectors = [
            face.embedding
            for photo in added
            if isinstance(result := self.rows[photo].result, IndexedPhoto)
            for face in result.faces
        ]
        saved = SavedFaces(
            np.array([face for face, _ in pairs], np.int64),
            np.array([photo for _, photo in pairs], np.int64),
            np.array([zlib.crc32(vector.tobytes()) for vector in vectors], np.int64),
            np.stack(vectors) if vectors else np.zeros((0, 0), np.float32),
            np.array(removed, np.int64),
            list(photos),
        )
        for listener in self.listeners:
            listener(saved)
        return saved


def _hash(result: IndexedPhoto | FailedPhoto | None) -> bytes:
    return result.content_hash if isinstance(result, IndexedPhoto) else b""
