from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np
import pytest

from faceapp.index import checksums
from faceapp.index.checksums import block_sums

BLOCK = 1 << 19


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checksums, "BLOCK_BYTES", BLOCK)


@pytest.mark.parametrize("start", [0, 1, 4096, BLOCK])
@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 5 * BLOCK, 5 * BLOCK + 12345])
def test_every_block_has_its_crc32(tmp_path: Path, size: int, start: int) -> None:
    data = np.random.default_rng(size).bytes(size)
    (tmp_path / "file").write_bytes(data)
    expected = [zlib.crc32(data[top : top + BLOCK]) for top in range(start, size, BLOCK)]
    assert block_sums(tmp_path / "file", start) == expected


def test_one_processor_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(np.random.default_rng(1).bytes(3 * BLOCK))
    expected = block_sums(tmp_path / "file")
    monkeypatch.setattr("os.cpu_count", lambda: None)
    assert block_sums(tmp_path / "file") == expected


def test_swapped_blocks_are_noticed(tmp_path: Path) -> None:
    data = np.random.default_rng(2).bytes(2 * BLOCK)
    (tmp_path / "file").write_bytes(data)
    (tmp_path / "swapped").write_bytes(data[BLOCK:] + data[:BLOCK])
    assert block_sums(tmp_path / "swapped") != block_sums(tmp_path / "file")


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        block_sums(tmp_path / "none")
