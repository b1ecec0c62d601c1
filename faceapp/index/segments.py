"""Files of vectors beside the library: immutable, verified before they are used, and deletable at any time.

``vectors-<sequence>-<digest>.seg`` is a header of fixed size, then the arrays of ``Segment``, each at a
multiple of 4,096 bytes, little-endian whatever the machine. The header holds magic, format version, its own
sha256, and as JSON whose vectors these are, where the arrays lie and the crc32 of every block behind it; the
first digits of the sha256 are part of the name. So every byte of a file is vouched for, and so is its name.

A file is written under a temporary name, made durable, then renamed: a kill or a full disk at any moment
leaves a whole file or none. It is never changed afterwards, above all never truncated, as reading a mapped
page that is gone ends the process; what replaces it is a new file. Whether a row is still true the caller
must decide, by its face id and sum.
"""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import math
import os
import re
import secrets
import stat
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import psutil
from numpy.typing import NDArray

from faceapp.index.checksums import BLOCK_BYTES, block_sums
from faceapp.types import FloatArray, IdArray

_log = logging.getLogger(__name__)
_MAGIC = b"FACEVECS"
_VERSION = 1
_BUILD = {"codes": "int8, 127 steps each way", "blocks": BLOCK_BYTES}
_HEADER_BYTES = 1 << 16  # holds the sums of 30 GB
_HASHED_FROM = len(_MAGIC) + 4 + hashlib.sha256().digest_size
_PAGE = 4096
_CHUNK_BYTES = 1 << 22
_NAME = re.compile(r"vectors-(\d{8,})-[0-9a-f]{12}\.seg")
_PART_NAME = re.compile(r"vectors-(\d{1,9})-[0-9a-f]{8}\.tmp")  # the number is that of the process that writes it
_COLUMNS = {"face_ids": "<i8", "sums": "<i8", "steps": "<f4", "errors": "<f4"}  # (N,)
_MATRICES = {"codes": "i1", "vectors": "<f4"}  # (N, D)


@dataclass(frozen=True, slots=True)
class Origin:
    """What a segment must agree with to be of any use."""

    library_id: str
    model_id: str
    dimension: int


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """Rows of one file, mapped read-only, all arrays aligned. Whose they are today the library must say."""

    path: Path
    face_ids: IdArray  # (N,)
    sums: IdArray  # (N,) int64, as in ``VectorListing``
    vectors: FloatArray  # (N, D) float32 of length 1, mapped
    codes: NDArray[np.int8]  # (N, D) mapped, see ``codes.encode``
    steps: FloatArray  # (N,)
    errors: FloatArray  # (N,)


def write_segment(
    folder: Path,
    origin: Origin,
    face_ids: IdArray,
    sums: IdArray,
    vectors: FloatArray | Iterable[FloatArray],
    codes: NDArray[np.int8] | Iterable[NDArray[np.int8]],
    steps: FloatArray,
    errors: FloatArray,
) -> Segment:
    """Write rows as the newest segment of a folder, durably, and return it mapped.

    ``vectors`` and ``codes`` are (N, D), or blocks of them in order, (n, D) each: codes are asked for first,
    and no block before the one ahead of it is written. Raises ``OSError``, and leaves no file behind, when the
    disk is full or fails; ``ValueError`` when there are no rows or the arrays do not fit together.
    """
    if not len(face_ids):
        raise ValueError("a segment needs rows")
    places = _places(len(face_ids), origin.dimension)
    given = {"face_ids": face_ids, "sums": sums, "steps": steps, "errors": errors, "codes": codes, "vectors": vectors}
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"vectors-{os.getpid()}-{secrets.token_hex(4)}.tmp"
    written = [part]
    try:
        with part.open("xb") as file:
            file.write(bytes(_HEADER_BYTES))
            payload = _Payload(file)
            for name, place in places.items():
                payload.write(bytes(place.offset - payload.position))
                for block in _blocks(given[name], place):
                    payload.write(block)
            ids = np.asarray(face_ids)
            facts = _facts(origin, _next_sequence(folder), places)
            header = _header(facts | {"range": [int(ids.min()), int(ids.max())], "sums": _packed(payload.sums())})
            file.seek(0)
            file.write(header)
            file.flush()
            os.fsync(file.fileno())
        path = folder / _name(header, facts["sequence"])
        part.replace(path)
        written.append(path)
        _sync(folder)
        with path.open("rb") as file:
            return _mapped(path, file, places)
    except BaseException:
        for leftover in written:
            _delete(leftover)
        raise


def read_segments(folder: Path, origin: Origin, *, tidy: bool = True) -> list[Segment]:
    """Return the whole segments of this origin, newest first. Reads every byte of them once.

    Files that are damaged, stale or of another library or model are left out and, if ``tidy``, deleted, as well
    as what a kill left behind. What cannot be read or deleted is only left out. Never raises for what a file holds.
    """
    try:
        paths = list(folder.iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        _log.warning("doing without the files of vectors: %s", error)
        return []
    segments: list[tuple[int, Segment]] = []
    for path in paths:
        if tidy and _left_behind(path):
            _delete(path)
        elif named := _NAME.fullmatch(path.name):
            try:
                if stat.S_ISREG(path.lstat().st_mode):
                    segments.append((int(named[1]), _verified(path, origin, int(named[1]))))
            except (OSError, MemoryError, OverflowError) as error:
                _log.warning("%s is not used this time: %s", path.name, error)
            except (ValueError, KeyError, TypeError) as error:
                _log.warning("%s is not used: %s", path.name, error)
                if tidy:
                    _delete(path)
    return [segment for _, segment in sorted(segments, key=lambda numbered: numbered[0], reverse=True)]


def discard(segments: Iterable[Segment]) -> None:
    """Delete files that are not needed any more. What Windows does not delete while it is mapped stays.

    Arrays of theirs that are still in use keep what they show.
    """
    for segment in segments:
        _delete(segment.path)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an array lies in the file."""

    offset: int  # bytes
    shape: tuple[int, ...]
    dtype: str

    @property
    def size(self) -> int:
        return math.prod(self.shape) * np.dtype(self.dtype).itemsize

    @property
    def end(self) -> int:
        return self.offset + self.size


def _places(count: int, dimension: int) -> dict[str, _Place]:
    places: dict[str, _Place] = {}
    top = _HEADER_BYTES
    for name, dtype in (_COLUMNS | _MATRICES).items():
        shape = (count,) if name in _COLUMNS else (count, dimension)
        places[name] = _Place(top, shape, dtype)
        top = -(-places[name].end // _PAGE) * _PAGE
    return places


class _Payload:
    """What follows the header: writes it and sums its blocks, as ``block_sums`` does for a file."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._full: list[int] = []
        self._value = 0
        self.position = _HEADER_BYTES

    def write(self, data: bytes | memoryview) -> None:
        self._file.write(data)
        rest = memoryview(data)
        while len(rest):
            done = (self.position - _HEADER_BYTES) % BLOCK_BYTES
            head, rest = rest[: BLOCK_BYTES - done], rest[BLOCK_BYTES - done :]
            self._value = zlib.crc32(head, self._value)
            self.position += len(head)
            if done + len(head) == BLOCK_BYTES:
                self._full.append(self._value)
                self._value = 0

    def sums(self) -> list[int]:
        partly = (self.position - _HEADER_BYTES) % BLOCK_BYTES
        return [*self._full, self._value] if partly else self._full


def _blocks(given: Any, place: _Place) -> Iterator[memoryview]:
    """Yield the bytes of an array, or of the blocks of one. Raises ``ValueError`` if it has another shape."""
    count, width = place.shape[0], place.shape[1:]
    if isinstance(given, np.ndarray):
        rows = max(1, _CHUNK_BYTES * count // place.size)
        blocks: Iterable[Any] = (given[top : top + rows] for top in range(0, len(given), rows))
    else:
        blocks = given
    seen = 0
    for block in blocks:
        seen += len(block)
        if block.shape[1:] != width or seen > count:
            break
        yield np.ascontiguousarray(block, place.dtype).reshape(-1).view(np.uint8).data
    else:
        if seen == count:
            return
    raise ValueError(f"a segment of {count} rows of {width} was given others")


def _facts(origin: Origin, sequence: int, places: dict[str, _Place]) -> dict[str, Any]:
    """Return what is known of a file before its bytes are."""
    return {
        "origin": asdict(origin),
        "sequence": sequence,
        "count": places["face_ids"].shape[0],
        "build": _BUILD,
        "offsets": {name: place.offset for name, place in places.items()},
        "size": places["vectors"].end,
    }


def _header(facts: dict[str, Any]) -> bytes:
    body = json.dumps(facts).encode()
    if len(body) > _HEADER_BYTES - _HASHED_FROM:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    body = body.ljust(_HEADER_BYTES - _HASHED_FROM)
    return _MAGIC + _VERSION.to_bytes(4, "little") + hashlib.sha256(body).digest() + body


def _packed(sums: list[int]) -> str:
    return np.array(sums, "<u4").tobytes().hex()


def _name(header: bytes, sequence: int) -> str:
    return f"vectors-{sequence:08}-{hashlib.sha256(header).hexdigest()[:12]}.seg"


def _next_sequence(folder: Path) -> int:
    return 1 + max((int(named[1]) for path in folder.iterdir() if (named := _NAME.fullmatch(path.name))), default=0)


def _verified(path: Path, origin: Origin, sequence: int) -> Segment:
    """Map a file that is whole, and is what its name says. Raises ``ValueError`` and the like, or ``OSError``."""
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
        body = header[_HASHED_FROM:]
        if header[:_HASHED_FROM] != _MAGIC + _VERSION.to_bytes(4, "little") + hashlib.sha256(body).digest():
            raise ValueError("damaged or of another version")
        facts: dict[str, Any] = json.loads(body)
        places = _places(facts["count"], origin.dimension)
        due = _facts(origin, sequence, places)
        if path.name != _name(header, sequence) or any(facts[name] != value for name, value in due.items()):
            raise ValueError("of another library or model")
        if os.fstat(file.fileno()).st_size != due["size"] or _packed(block_sums(path, _HEADER_BYTES)) != facts["sums"]:
            raise ValueError("damaged")
        segment = _mapped(path, file, places)
    if facts["range"] != [int(segment.face_ids.min()), int(segment.face_ids.max())]:
        raise ValueError("it holds other faces than it says")
    return segment


def _mapped(path: Path, file: BinaryIO, places: dict[str, _Place]) -> Segment:
    whole = np.asarray(np.memmap(file, np.uint8, mode="r"))
    arrays: dict[str, Any] = {
        name: whole[place.offset : place.end].view(place.dtype).reshape(place.shape) for name, place in places.items()
    }
    return Segment(path, **arrays)


def _left_behind(path: Path) -> bool:
    """Return whether this is the temporary file of a process that ended. Another one may be writing."""
    named = _PART_NAME.fullmatch(path.name)
    return named is not None and (int(named[1]) == os.getpid() or not psutil.pid_exists(int(named[1])))


def _delete(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        _log.info("%s stays for now: %s", path.name, error)


def _sync(folder: Path) -> None:
    """Make a rename survive a power cut, where the system needs to be told."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
