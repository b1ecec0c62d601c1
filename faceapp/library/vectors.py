"""Embeddings and landmarks as bytes.

Vectors are kept as float16 (a cosine moves by at most about 5e-5). Whoever saves gets
back what a later start will read, so that the scores of a face never change.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from faceapp.types import FloatArray, Landmarks

_HALF = np.dtype("<f2")
_SINGLE = np.dtype("<f4")


def pack(embeddings: FloatArray) -> NDArray[np.float16]:
    """Return (N, D) vectors as they are stored, one row a vector.

    Raises ``ValueError`` for a vector that is not finite or has no direction: one would spoil every search.
    """
    packed = np.ascontiguousarray(embeddings, dtype=_HALF)
    lengths = _lengths(packed.astype(np.float32))
    if not bool(np.all(np.isfinite(lengths) & (lengths > 0))):
        raise ValueError("An embedding is not finite or zero.")
    return packed


def unpack(packed: NDArray[np.float16]) -> FloatArray:
    """Return stored (N, D) vectors as float32 of length 1."""
    vectors = packed.astype(np.float32)
    vectors /= _lengths(vectors)[:, np.newaxis]
    return vectors


def _lengths(vectors: FloatArray) -> FloatArray:
    # A sum along each row by itself: the same bits however many rows there are.
    squares: FloatArray = np.sqrt(np.add.reduce(vectors * vectors, axis=1))
    return squares


def from_blobs(blobs: Sequence[bytes]) -> NDArray[np.float16]:
    """Return stored vectors of one length as (N, D)."""
    return np.frombuffer(b"".join(blobs), dtype=_HALF).reshape(len(blobs), -1)


def checksum(blob: bytes) -> int:
    return zlib.crc32(blob)


def pack_landmarks(landmarks: Landmarks) -> bytes:
    return np.asarray(landmarks, dtype=_SINGLE).tobytes()


def unpack_landmarks(blob: bytes) -> Landmarks:
    return tuple((float(x), float(y)) for x, y in np.frombuffer(blob, dtype=_SINGLE).reshape(-1, 2))
