"""The approximate index beside the exact one, and its file. A cache: it may be missing, damaged or deleted.

hnswlib is optional, reads out of bounds when it is given a wrong file, and crashes when it is
changed while it is queried. So a lock guards every call, and a file reaches it only after its
checksum and everything it must agree with were verified. Whatever it raises becomes ``HnswError``.

An index is two files: ``NAME`` holds magic, checksum and a JSON header; the payload's checksums, one a block,
stand in the header and name ``STEM-<16 digits>.bin``, which hnswlib reads. The header is replaced last
and atomically, so a kill at any moment leaves a whole old index or a whole new one.

Measured on two cores, 512 numbers a face, faces as in ``projection``, ``candidates(200)`` = 800 asked for:

    faces       built by one thread   memory   median   99th    true top 200, by size of person
    100,000     44 s                  73 MB    1.5 ms   2.5 ms  0.99 to 1.00
    1,000,000   610 s                 750 MB   2.1 ms   3.6 ms  0.95 to 1.00; 0.94 of those with 5,000 to 20,000

To score the 800 exactly takes 0.7 ms more. Half of ``ef_construction`` would halve the building and miss up to 0.015
of the true ones. hnswlib holds the interpreter's lock while it loads: 0.14 s for 100,000 faces.
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
import psutil

from faceapp.index.checksums import block_sums
from faceapp.index.locks import ReadWriteLock
from faceapp.index.projection import SEED, axes_of, project
from faceapp.types import FloatArray, IdArray

_MAGIC = b"FACEHNSW"
_VERSION = 2
_M = 16
_EF_CONSTRUCTION = 200
_EF_SEARCH = 256
_SPACE = "ip"
_HEADER_BYTES = 1 << 16
_MOST_WORN = 1.5  # elements with the deleted ones, over those that count
_GROWTH = 8  # room for one more in so many when there is none left
_BYTES_BESIDE = 260  # a face takes beside its projected vector: links 137, hash table 56, lock 40, and small things
_SLACK = 1.5  # over what an index takes, that must be free


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


def graph_bytes(faces: int, dimension: int) -> int:
    """Return about how much memory an index of so many vectors (D,) takes; never less than was measured."""
    return faces * (4 * axes_of(dimension) + _BYTES_BESIDE)


def free_bytes() -> int:
    """Return how much memory can be had without other programs being pushed out."""
    return int(psutil.virtual_memory().available)


def memory_is_short(faces: int, dimension: int) -> bool:
    """Return whether an index of so many vectors (D,) had better be left out: there is not enough free memory."""
    return graph_bytes(faces, dimension) * _SLACK > free_bytes()


def _check_memory(faces: int, dimension: int) -> None:
    if memory_is_short(faces, dimension):
        needed, free = graph_bytes(faces, dimension) / 1e6, free_bytes() / 1e6
        raise HnswError(f"memory is short: {faces:,} faces take about {needed:,.0f} MB, and {free:,.0f} MB are free")


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
    """Labels are face ids, vectors (N, D) float32 of length 1, which are projected here. Safe from any thread.

    Which faces are here is known to hnswlib alone; a second list would take nearly as much as their links.
    """

    def __init__(self, dimension: int, capacity: int = 1024) -> None:
        self._start(dimension)
        self._count = 0
        _check_memory(capacity, dimension)
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
        self._dimension = dimension
        self._index: Any = library.Index(space=_SPACE, dim=axes_of(dimension))

    def __len__(self) -> int:
        return self._count

    @classmethod
    def load(cls, path: Path, identity: Identity, face_ids: IdArray) -> HnswIndex:
        """Load the index of exactly these faces. Raises ``HnswError`` when the file is not that, whole."""
        try:
            header = _read_header(path)
            if (
                header is None
                or header["identity"] != asdict(identity)
                or header["build"] != _build_facts(identity.dimension)
            ):
                raise HnswError("the index file is damaged, stale or of another library")
            payload = _payload_path(path, header["sums"])
            if payload.stat().st_size != header["size"] or block_sums(payload) != header["sums"]:
                raise HnswError("the index file is damaged")
            if header["elements"] > _MOST_WORN * max(len(face_ids), 1):
                raise HnswError("the index file holds too many deleted faces")
            _check_memory(header["elements"], identity.dimension)
            loaded = cls.__new__(cls)
            loaded._start(identity.dimension)
            loaded._index.load_index(str(payload), max_elements=header["elements"] + 1024)
            loaded._index.set_ef(_EF_SEARCH)
            if loaded._index.get_current_count() != header["elements"]:
                raise HnswError("the index file holds another number of faces than it says")
            loaded._count = len(face_ids)
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
            sums = block_sums(part)
            header = {
                "identity": asdict(identity),
                "build": _build_facts(identity.dimension),
                "size": size,
                "elements": elements,
                "sums": sums,
            }
            payload = _payload_path(path, sums)
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
            projected = project(vectors, self._dimension)
            with self._lock.write():
                room = int(self._index.get_max_elements())
                wanted = int(self._index.get_current_count()) + len(face_ids)
                if wanted > room:
                    wanted = max(wanted, room + room // _GROWTH)
                    _check_memory(wanted - room, self._dimension)
                    self._index.resize_index(wanted)
                fresh = np.unique(face_ids)
                self._discard(fresh)  # adding takes the mark away; so each counts once
                self._index.add_items(projected, face_ids, num_threads=threads)
                self._count += len(fresh)
        except HnswError:
            raise
        except Exception as error:
            raise HnswError(f"hnswlib cannot add faces: {error}") from error

    def remove(self, face_ids: IdArray) -> None:
        """Mark faces as deleted; ids that are not here are left alone. Raises ``HnswError``."""
        try:
            with self._lock.write():
                self._discard(face_ids)
        except Exception as error:
            raise HnswError(f"hnswlib cannot remove faces: {error}") from error

    def _discard(self, face_ids: IdArray) -> None:
        for face_id in face_ids.tolist():
            with contextlib.suppress(RuntimeError):  # is not here, or marked already
                self._index.mark_deleted(face_id)
                self._count -= 1

    def nearest(self, probe: FloatArray, k: int) -> IdArray:
        """Return about the ``k`` nearest face ids, (M,). Raises ``HnswError`` when too few can be reached.

        Nearest by projection: ask for ``projection.candidates`` of those that are wanted, and score them exactly.
        """
        try:
            projected = project(probe, self._dimension)
            with self._lock.read():
                k = min(k, self._count)
                if k < 1:
                    return np.empty(0, np.int64)
                labels, _ = self._index.knn_query(projected, k=k, num_threads=1)
        except Exception as error:
            raise HnswError(f"hnswlib cannot answer: {error}") from error
        return np.asarray(labels, np.int64).ravel()


def _build_facts(dimension: int) -> dict[str, Any]:
    """Return what decides what a payload holds and how hnswlib lays it out."""
    return {
        "axes": axes_of(dimension),
        "seed": SEED,
        "space": _SPACE,
        "m": _M,
        "ef_construction": _EF_CONSTRUCTION,
        "hnswlib": importlib.metadata.version("hnswlib"),
        "machine": f"{platform.machine()} {sys.byteorder} {sys.maxsize}",
    }


def _payload_path(path: Path, sums: list[int]) -> Path:
    digest = hashlib.sha256(np.array(sums, "<u4").tobytes()).hexdigest()
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
