"""Checksums that tell whether a large file of vectors is what was written. They guard against accidents, not malice."""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

BLOCK_BYTES = 1 << 22
_READ_BYTES = 1 << 18  # stays in the processor's cache between being read and being summed
_THREADS = 2


def block_sums(path: Path, start: int = 0) -> list[int]:
    """Return the crc32 of every ``BLOCK_BYTES`` of a file from byte ``start`` on; the last block may be shorter.

    Two threads each read every other block, as zlib lets other threads run. Raises ``OSError``.
    """
    blocks = range(start, path.stat().st_size, BLOCK_BYTES)
    threads = min(_THREADS, os.cpu_count() or 1, len(blocks))
    if threads < 2:
        return _sums(path, blocks)
    with ThreadPoolExecutor(threads, "checksums") as pool:
        parts = list(pool.map(lambda first: _sums(path, blocks[first::threads]), range(threads)))
    return [parts[number % threads][number // threads] for number in range(len(blocks))]


def _sums(path: Path, tops: Sequence[int]) -> list[int]:
    sums = []
    buffer = memoryview(bytearray(_READ_BYTES))
    with path.open("rb", buffering=0) as file:
        for top in tops:
            file.seek(top)
            left, value = BLOCK_BYTES, 0
            while left and (count := file.readinto(buffer[:left])):
                value = zlib.crc32(buffer[:count], value)
                left -= count
            sums.append(value)
    return sums
