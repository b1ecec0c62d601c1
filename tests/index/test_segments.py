from __future__ import annotations

import errno
import hashlib
import itertools
import json
import os
import random
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from faceapp.index import segments
from faceapp.index.checksums import BLOCK_BYTES
from faceapp.index.segments import Origin, Segment, discard, read_segments, write_segment
from tests.index.support import unit

ORIGIN = Origin("library", "model", 32)
PARTS = ("face_ids", "sums", "steps", "errors", "codes", "vectors")


@dataclass(frozen=True)
class Rows:
    """What goes into a segment; made up, as a segment only keeps it."""

    face_ids: Any
    sums: Any
    vectors: Any
    codes: Any
    steps: Any
    errors: Any


def make_rows(count: int = 300, dimension: int = ORIGIN.dimension, seed: int = 1) -> Rows:
    rng = np.random.default_rng(seed)
    return Rows(
        rng.permutation(count) + 10 * seed,
        rng.integers(1, 1 << 32, count),
        unit(rng, count, dimension),
        rng.integers(-127, 128, (count, dimension), np.int8),
        rng.random(count, np.float32),
        rng.random(count, np.float32),
    )


def write(folder: Path, rows: Rows, origin: Origin = ORIGIN) -> Segment:
    return write_segment(folder, origin, rows.face_ids, rows.sums, rows.vectors, rows.codes, rows.steps, rows.errors)


def assert_same(segment: Segment, rows: Rows) -> None:
    for part in PARTS:
        kept, given = getattr(segment, part), getattr(rows, part)
        assert kept.dtype == given.dtype
        assert kept.shape == given.shape
        assert kept.tobytes() == given.tobytes()
        assert kept.flags.aligned
        assert not kept.flags.writeable


def assert_refused(path: Path, origin: Origin = ORIGIN) -> None:
    assert read_segments(path.parent, origin) == []
    assert not path.exists(), "it is ours and of no use"


@pytest.mark.parametrize(("count", "dimension"), [(1, 1), (300, 32), (4096, 64), (3000, 512)])
def test_what_is_written_is_read(tmp_path: Path, count: int, dimension: int) -> None:
    origin, rows = replace(ORIGIN, dimension=dimension), make_rows(count, dimension)
    assert_same(write(tmp_path / "new" / "folder", rows, origin), rows)
    (found,) = read_segments(tmp_path / "new" / "folder", origin)
    assert_same(found, rows)
    assert [found.path] == list((tmp_path / "new" / "folder").iterdir())


def test_blocks_make_the_same_file_as_the_whole(tmp_path: Path) -> None:
    rows = make_rows()
    cuts = [0, 7, 7, 150, 300]
    in_blocks = replace(
        rows,
        vectors=(rows.vectors[top:end] for top, end in itertools.pairwise(cuts)),
        codes=[rows.codes[:299], rows.codes[299:]],
    )
    one, other = write(tmp_path / "one", rows), write(tmp_path / "other", in_blocks)
    assert one.path.name == other.path.name
    assert one.path.read_bytes() == other.path.read_bytes()


def test_rows_may_lie_in_memory_in_any_way(tmp_path: Path) -> None:
    rows = make_rows()
    turned = replace(rows, vectors=np.asfortranarray(rows.vectors), sums=np.repeat(rows.sums, 2)[::2])
    assert_same(write(tmp_path, turned), rows)


@pytest.mark.parametrize(
    "wrong",
    [
        {"codes": make_rows(299).codes},
        {"vectors": make_rows(301).vectors},
        {"vectors": make_rows(300, 31).vectors},
        {"vectors": [make_rows(100).vectors] * 2},
        {"vectors": [make_rows(200).vectors] * 2},
        {"vectors": []},
        {"vectors": make_rows(0).vectors},
        {"vectors": make_rows().steps},
        {"sums": make_rows(299).sums},
        {"face_ids": make_rows(0).face_ids},
    ],
)
def test_arrays_that_do_not_fit_together(tmp_path: Path, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="segment"):
        write(tmp_path, replace(make_rows(), **wrong))
    assert not list(tmp_path.iterdir())


def test_the_newest_comes_first_and_what_is_merged_goes(tmp_path: Path) -> None:
    written = [write(tmp_path, make_rows(seed=seed)) for seed in (1, 2, 3)]
    assert [found.path for found in read_segments(tmp_path, ORIGIN)] == [each.path for each in reversed(written)]
    discard(written[:2])
    discard(written[:2])  # gone already
    last = write(tmp_path, make_rows(seed=4))
    assert [found.path for found in read_segments(tmp_path, ORIGIN)] == [last.path, written[2].path]


@pytest.mark.skipif(os.name != "posix", reason="Windows does not delete a file that is mapped")
def test_a_deleted_segment_still_shows_its_rows(tmp_path: Path) -> None:
    rows = make_rows()
    segment = write(tmp_path, rows)
    discard([segment])
    assert not list(tmp_path.iterdir())
    assert_same(segment, rows)


@pytest.mark.parametrize(
    "other", [{"library_id": "another"}, {"model_id": "another"}, {"dimension": 31}, {"dimension": 64}]
)
def test_of_another_library_or_model(tmp_path: Path, other: dict[str, Any]) -> None:
    assert_refused(write(tmp_path, make_rows()).path, replace(ORIGIN, **other))


FIELDS = [
    *((name,) for name in ("sequence", "count", "size", "range", "sums", "origin", "build", "offsets")),
    *(("origin", name) for name in ("library_id", "model_id", "dimension")),
    *(("build", name) for name in ("codes", "blocks")),
    *(("offsets", name) for name in PARTS),
]


def facts_of(path: Path) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(path.read_bytes()[segments._HASHED_FROM : segments._HEADER_BYTES])
    return facts


def put_header(path: Path, header: bytes) -> Path:
    """Give the first segment of a folder another header, and the name that goes with it."""
    path.write_bytes(header + path.read_bytes()[len(header) :])
    return path.replace(path.with_name(segments._name(header, 1)))


def test_a_header_put_back_does_no_harm(tmp_path: Path) -> None:
    path = write(tmp_path, make_rows()).path
    facts = facts_of(path)
    assert set(facts) == {name for name, *_ in FIELDS}
    assert put_header(path, segments._header(facts)) == path
    assert_same(read_segments(tmp_path, ORIGIN)[0], make_rows())


@pytest.mark.parametrize("field", FIELDS, ids="-".join)
def test_every_field_of_the_header_counts(tmp_path: Path, field: tuple[str, ...]) -> None:
    *parents, name = field
    for change in ("other", "none", "absent"):
        path = write(tmp_path, make_rows()).path
        place = facts = facts_of(path)
        for parent in parents:
            place = place[parent]
        if change == "absent":
            del place[name]
        elif change == "other" and isinstance(place[name], int):
            place[name] += 1
        elif change == "other" and isinstance(place[name], str):
            place[name] = place[name].replace(place[name][0], "x")
        else:
            place[name] = None
        assert_refused(put_header(path, segments._header(facts)))


@pytest.mark.parametrize("body", ["", "[]", "{}", "null", "7", "{", '{"count": -1}', '{"count": 1e99}'])
def test_headers_of_other_makers(tmp_path: Path, body: str) -> None:
    path = write(tmp_path, make_rows()).path
    filled = body.encode().ljust(segments._HEADER_BYTES - segments._HASHED_FROM)
    start = path.read_bytes()[: len(segments._MAGIC) + 4]
    assert_refused(put_header(path, start + hashlib.sha256(filled).digest() + filled))


def test_another_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, make_rows()).path
    monkeypatch.setattr(segments, "_VERSION", 2)
    assert_refused(path)


def ends() -> list[int]:
    """Return the places in a file of ``make_rows()`` where something begins or ends."""
    places = segments._places(300, ORIGIN.dimension).values()
    return [8, 12, 44, segments._HEADER_BYTES, *(at for place in places for at in (place.offset, place.end))]


@pytest.mark.parametrize("end", sorted(set(ends())))
def test_cut_anywhere(tmp_path: Path, end: int) -> None:
    for size in (end - 1, end, end + 1):
        path = write(tmp_path, make_rows()).path
        if size == path.stat().st_size:
            size += 4096
        with path.open("rb+") as file:
            file.truncate(size)  # or made longer, past the end
        assert_refused(path)


def test_every_byte_is_vouched_for(tmp_path: Path) -> None:
    path = write(tmp_path, make_rows()).path
    whole = path.read_bytes()
    chance = random.Random(1)
    edges = [at + by for at in ends() for by in (-1, 0) if at + by < len(whole)]
    for at in [*edges, *(chance.randrange(len(whole)) for _ in range(200))]:
        damaged = bytearray(whole)
        damaged[at] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        assert_refused(path)


def test_blocks_of_a_large_file(tmp_path: Path) -> None:
    """Of three blocks: each counts, and so does their order."""
    origin, rows = replace(ORIGIN, dimension=512), make_rows(4000, 512)
    whole = write(tmp_path / "whole", rows, origin).path.read_bytes()
    size, top = BLOCK_BYTES, segments._HEADER_BYTES
    assert 2 * size < len(whole) - top < 3 * size
    first, second, rest = whole[top : top + size], whole[top + size : top + 2 * size], whole[top + 2 * size :]
    for payload in (
        second + first + rest,
        first + first + rest,
        first[:-1] + bytes([first[-1] ^ 1]) + second + rest,
        first + second[:-1] + bytes([second[-1] ^ 1]) + rest,
        first + second + rest[:-1] + bytes([rest[-1] ^ 1]),
    ):
        path = write(tmp_path / "damaged", rows, origin).path
        path.write_bytes(whole[:top] + payload)
        assert_refused(path, origin)


def test_a_file_under_the_name_of_another(tmp_path: Path) -> None:
    one, other = (write(tmp_path, make_rows(seed=seed)).path for seed in (1, 2))
    kept = write(tmp_path, make_rows(seed=3)).path
    between = one.replace(tmp_path / "between")
    other.replace(one)
    between.replace(other)
    assert [found.path for found in read_segments(tmp_path, ORIGIN)] == [kept]
    assert list(tmp_path.iterdir()) == [kept]


def test_what_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    path = write(tmp_path, make_rows()).path
    strange = [
        tmp_path / name for name in ("faces.hnsw", "vectors-1-0.seg", f"{path.stem} (2).seg", "vectors-1.tmp", "a.tmp")
    ]
    for each in strange:
        each.write_bytes(b"something")
    folder = tmp_path / "vectors-00000009-0123456789ab.seg"
    folder.mkdir()
    assert [found.path for found in read_segments(tmp_path, ORIGIN)] == [path]
    assert sorted(tmp_path.iterdir()) == sorted([path, folder, *strange])


def test_temporary_files_of_processes_that_ended_go(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    for process in (ended.pid, os.getpid(), os.getppid()):
        (tmp_path / f"vectors-{process}-01234567.tmp").write_bytes(b"half")
    assert read_segments(tmp_path, ORIGIN) == []
    assert [left.name for left in tmp_path.iterdir()] == [f"vectors-{os.getppid()}-01234567.tmp"]


def test_who_may_not_tidy_up_only_reads(tmp_path: Path) -> None:
    sound, damaged = (write(tmp_path, make_rows(seed=seed)).path for seed in (1, 2))
    damaged.write_bytes(b"")
    left = tmp_path / f"vectors-{os.getpid()}-01234567.tmp"
    left.write_bytes(b"half")
    assert [found.path for found in read_segments(tmp_path, ORIGIN, tidy=False)] == [sound]
    assert sorted(tmp_path.iterdir()) == sorted([sound, damaged, left])


def test_folders_that_cannot_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_segments(tmp_path / "none", ORIGIN) == []
    (tmp_path / "file").write_bytes(b"")
    assert read_segments(tmp_path / "file", ORIGIN) == []

    def refuse(_: Path) -> None:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert read_segments(tmp_path, ORIGIN) == []


def test_a_file_that_cannot_be_read_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, make_rows()).path

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, "the disk is failing")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refuse)
        assert read_segments(tmp_path, ORIGIN) == []
    assert [found.path for found in read_segments(tmp_path, ORIGIN)] == [path]


def test_a_file_that_cannot_be_deleted_is_only_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, while it is mapped."""
    segment = write(tmp_path, make_rows())
    with segment.path.open("ab") as file:
        file.write(b"more")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "in use")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        assert read_segments(tmp_path, ORIGIN) == []
        discard([segment])
    assert segment.path.exists()
    assert_refused(segment.path)
