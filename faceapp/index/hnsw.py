"""The approximate index beside the exact one, and its file. A cache: it may be missing, damaged or deleted.

hnswlib is optional, reads out of bounds when it is given a wrong file, and crashes when it is
changed while it is queried. So a lock guards every call, and a file reaches it only after its
checksum and everything it must agree with were verified. Whatever it raises becomes ``HnswError``.

An index is two files: ``NAME`` holds magic, checksum and a JSON header; the header's checksum of
the payload names ``STEM-<first 16 digits>.bin``, which hnswlib reads. The header is replaced last
and atomically, so a kill at any moment leaves a whole old index or a whole new one.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import importlib.metadata
import json
import os
import platform
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from faceapp.index.locks import ReadWriteLock
from faceapp.types import FloatArray, IdArray

_MAGIC = b"FACEHNSW"
_VERSION = 1
_M = 16
_EF_CONSTRUCTION = 200
_EF_SEARCH = 256
_SPACE = "ip"
_HEADER_BYTES = 1 << 16
_READ_BYTES = 1 << 22
_MOST_WORN = 1.5  # elements with the deleted ones, over those that count


class HnswError(Exception):
    """hnswlib is missing, failed or was given a file that is not to be trusted: use the exact index."""


def hnsw_available() -> bool:
    """Return whether hnswlib is installed and loads on this machine."""
    return _library() is not None


def _library() -> Any:
    try:
        return importlib.import_module("hnswlib")
    except Exception:  # a build for another processor can fail in more ways than ImportError
        return None


@dataclass(frozen=True, slots=True)
class Identity:
    """What an index file must agree with to be of any use. ``contents`` is ``ExactIndex.fingerprint()``."""

    library_id: str
    model_id: str
    dimension: int
    count: int
    last_face_id: int
    contents: str


class HnswIndex:
    """Labels are face ids, vectors (N, D) float32 of length 1. Safe from any thread."""

    def __init__(self, dimension: int, capacity: int = 1024) -> None:
        self._start(dimension)
        self._live: set[int] = set()
        try:
            self._index.init_index(max_elements=max(capacity, 1), M=_M, ef_construction=_EF_CONSTRUCTION)
            self._index.set_ef(_EF_SEARCH)
        except Exception as error:
            raise HnswError(f"hnswlib cannot make an index: {error}") from error

    def _start(self, dimension: int) -> None:
        library = _library()
        if library is None:
            raise HnswError("hnswlib is not installed")
        self._lock = ReadWriteLock()
        self._index: Any = library.Index(space=_SPACE, dim=dimension)

    def __len__(self) -> int:
        return len(self._live)

    @classmethod
    def load(cls, path: Path, identity: Identity, face_ids: IdArray) -> HnswIndex:
        """Load the index of exactly these faces. Raises ``HnswError`` when the file is not that, whole."""
        try:
            header = _read_header(path)
            if header is None or header["identity"] != asdict(identity) or header["build"] != _build_facts():
                raise HnswError("the index file is damaged, stale or of another library")
            payload = _payload_path(path, header["sha256"])
            if payload.stat().st_size != header["size"] or _sha256(payload) != header["sha256"]:
                raise HnswError("the index file is damaged")
            if header["elements"] > _MOST_WORN * max(len(face_ids), 1):
                raise HnswError("the index file holds too many deleted faces")
            loaded = cls.__new__(cls)
            loaded._start(identity.dimension)
            loaded._index.load_index(str(payload), max_elements=header["elements"] + 1024)
            loaded._index.set_ef(_EF_SEARCH)
            if loaded._index.get_current_count() != header["elements"]:
                raise HnswError("the index file holds another number of faces than it says")
            loaded._live = set(face_ids.tolist())
        except HnswError:
            raise
        except Exception as error:
            raise HnswError(f"the index file cannot be used: {error}") from error
        return loaded

    def save(self, path: Path, identity: Identity) -> None:
        """Write the index, durably or not at all. Raises ``HnswError``. Additions wait, queries do not."""
        part = path.with_name(f"{path.stem}-payload.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with self._lock.read():
                self._index.save_index(str(part))
                size, elements = int(self._index.index_file_size()), int(self._index.get_current_count())
            if part.stat().st_size != size:  # hnswlib says nothing of a full disk
                raise HnswError("the disk is full")
            digest = _sha256(part)
            header = {
                "identity": asdict(identity),
                "build": _build_facts(),
                "size": size,
                "elements": elements,
                "sha256": digest,
            }
            payload = _payload_path(path, digest)
            _settle(part, payload)
            _write_header(path, header)
            for old in path.parent.glob(f"{path.stem}-*.bin"):
                if old != payload:
                    old.unlink(missing_ok=True)
        except HnswError:
            raise
        except Exception as error:
            raise HnswError(f"the index cannot be saved: {error}") from error
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)

    def add(self, face_ids: IdArray, vectors: FloatArray, threads: int = 1) -> None:
        """Add or update faces. Raises ``HnswError``; the index is then not to be used any more."""
        if not len(face_ids):
            return
        try:
            with self._lock.write():
                room = int(self._index.get_max_elements())
                wanted = int(self._index.get_current_count()) + len(face_ids)
                if wanted > room:
                    self._index.resize_index(max(wanted, room + room // 2))
                self._index.add_items(vectors, face_ids, num_threads=threads)
                self._live.update(face_ids.tolist())
        except Exception as error:
            raise HnswError(f"hnswlib cannot add faces: {error}") from error

    def remove(self, face_ids: IdArray) -> None:
        """Mark faces as deleted; ids that are not here are left alone. Raises ``HnswError``."""
        try:
            with self._lock.write():
                for face_id in face_ids.tolist():
                    if face_id in self._live:
                        self._index.mark_deleted(face_id)
                        self._live.discard(face_id)
        except Exception as error:
            raise HnswError(f"hnswlib cannot remove faces: {error}") from error

    def nearest(self, probe: FloatArray, k: int) -> IdArray:
        """Return about the ``k`` nearest face ids, (M,). Raises ``HnswError`` when too few can be reached."""
        try:
            with self._lock.read():
                k = min(k, len(self._live))
                if k < 1:
                    return np.empty(0, np.int64)
                labels, _ = self._index.knn_query(probe, k=k, num_threads=1)
        except Exception as error:
            raise HnswError(f"hnswlib cannot answer: {error}") from error
        return np.asarray(labels, np.int64).ravel()


def _build_facts() -> dict[str, Any]:
    """Return what decides how hnswlib lays out a payload."""
    return {
        "space": _SPACE,
        "m": _M,
        "ef_construction": _EF_CONSTRUCTION,
        "hnswlib": importlib.metadata.version("hnswlib"),
        "machine": f"{platform.machine()} {sys.byteorder} {sys.maxsize}",
    }


def _payload_path(path: Path, digest: str) -> Path:
    return path.with_name(f"{path.stem}-{digest[:16]}.bin")


def _read_header(path: Path) -> dict[str, Any] | None:
    """Return the header if it is whole and of this version, else None."""
    with path.open("rb") as file:
        data = file.read(_HEADER_BYTES)
    start = len(_MAGIC) + 4 + 32
    body = data[start:]
    if data[:start] != _MAGIC + _VERSION.to_bytes(4, "little") + hashlib.sha256(body).digest():
        return None
    header: dict[str, Any] = json.loads(body)
    return header


def _write_header(path: Path, header: dict[str, Any]) -> None:
    body = json.dumps(header).encode()
    part = path.with_name(f"{path.stem}-header.tmp")
    part.write_bytes(_MAGIC + _VERSION.to_bytes(4, "little") + hashlib.sha256(body).digest() + body)
    _settle(part, path)


def _settle(part: Path, final: Path) -> None:
    """Put a finished file in its place so that it survives a power cut."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(final)
    if os.name == "posix":
        folder = os.open(final.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_READ_BYTES):
            digest.update(block)
    return digest.hexdigest()
