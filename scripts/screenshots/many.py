"""A library of 40,000 photos, written straight into a database: the photos of a small one, over and over.

Every photo is a file of its own name, linked to one of a few, so that what reads photos finds them. Most people are
drawn, and differ in their vectors more than in their looks.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from faceapp.library.ledger.holds import Kind
from faceapp.library.library import DATABASE_FILE, Library
from faceapp.types import FloatArray, IdArray, PhotoState, Standing
from faceapp.types_people import Verb
from screenshots import drawing

PHOTOS = 40_000
PEOPLE = 1_200  # with a name
STRANGERS = 160  # without
FAMOUS = {"Barack Obama": "obama", "Grace Hopper": "grace", "Eileen Collins": "astronaut", "Joe Biden": "biden"}
_FAMOUS, _NAMELESS, _VIEWS = 0.4, 0.04, 0.12  # shares of the photos
_NOISE = 0.72  # a face is its person's direction and this much of another: cosines of one person are about 0.65
_DOUBT = 1.9  # of a face that is hard to tell
_SHARES = {Standing.CONFIRMED: 0.64, Standing.AUTOMATIC: 0.30, Standing.SUGGESTED: 0.06}
_DIMENSION = 512
_SIDE = 640  # pixels
_FIRST_US = round(datetime(2004, 3, 1, tzinfo=UTC).timestamp() * 1e6)
_SPAN_US = round(20.3 * 365.25 * 86_400 * 1e6)
_GIVEN = "Ada Ben Clara David Elif Farid Greta Hugo Ines Jonas Kira Luis Mei Noor Olga Pavel Qing Rosa Sven Tomo"
_FAMILY = (
    "Albrecht Brandt Castillo Dubois Eriksen Fischer García Haddad Ivanova Jansen Kowalski Lindqvist Moreau Nakamura "
    "O’Connor Petrov Quispe Rossi Şahin Tanaka Ueda Vasquez Weber Xu Yılmaz Zimmermann Achterberg Bauer Chen Dąbrowska"
)
_MIDDLE = ("", "M. ")  # as many names as people

Record = dict[str, Any]


@dataclass(frozen=True, eq=False)
class _Pattern:
    """A photo that is used over and over; ``face``: the row of its largest one."""

    photo: Record
    file: Path
    face: Record | None


def make(small: Path, pictures: Path, large: Path, folder: Path, model: str) -> None:
    """Write a library into ``large`` and its photos into ``folder``, out of a small library and its folder.

    ``model`` is the embedder of both.
    """
    known = list(_known(small, pictures))
    crowd = list(_crowd(folder.parent / "Drawn"))
    looks = [[p for p in known if p.face and p.file.stem.startswith(stem)] for stem in FAMOUS.values()]
    views = [p for p in known if p.face is None]
    patterns = [*itertools.chain(*looks), *crowd, *views]
    rng = np.random.default_rng(5)
    who, dice = _choose_people(rng), Random(5)
    of = np.array([patterns.index(_pattern(one, views, looks, crowd, dice)) for one in who.tolist()])
    moments = np.sort(rng.integers(_FIRST_US, _FIRST_US + _SPAN_US, PHOTOS))
    names = _link(patterns, of, moments, folder)
    Library.open(large, model=model).close()
    with closing(sqlite3.connect(large / DATABASE_FILE)) as connection, connection:
        connection.execute("INSERT INTO folder VALUES (1, ?)", (os.fsencode(folder.resolve()),))
        _write_photos(connection, patterns, of, moments, names)
        _write_people(connection, rng)
        _write_faces(connection, patterns, of, who, model, rng)


def _pattern(
    one: int, views: Sequence[_Pattern], looks: Sequence[Sequence[_Pattern]], crowd: Sequence[_Pattern], rng: Random
) -> _Pattern:
    """Return a picture of somebody."""
    if not one:
        return rng.choice(views)
    return rng.choice(looks[one - 1]) if one <= len(looks) else crowd[one % len(crowd)]


def _choose_people(rng: np.random.Generator) -> IdArray:
    """Return who each photo shows: 0 nobody, then those with a name, then others."""
    share = rng.random(PHOTOS)
    weights = 1 / np.arange(6, PEOPLE + 6 - len(FAMOUS))
    others = rng.choice(np.arange(len(FAMOUS) + 1, PEOPLE + 1), PHOTOS, p=weights / weights.sum())
    who = np.where(share < _NAMELESS, rng.integers(PEOPLE + 1, PEOPLE + STRANGERS + 1, PHOTOS), others)
    famous = rng.integers(2, len(FAMOUS) + 1, PHOTOS)
    who = np.where(share > 1 - _FAMOUS, famous, who)
    who = np.where(share > 1 - _FAMOUS * 0.7, 1, who)
    return np.where((share > _NAMELESS) & (share < _NAMELESS + _VIEWS), 0, who)


def _known(library: Path, pictures: Path) -> Iterator[_Pattern]:
    """Return the photos of the small library."""
    with closing(sqlite3.connect(library / DATABASE_FILE)) as connection:
        connection.row_factory = sqlite3.Row
        read = connection.execute
        (folder,) = read("SELECT id FROM folder WHERE path = ?", (os.fsencode(pictures.resolve()),)).fetchone()
        for photo in read("SELECT * FROM photo WHERE folder_id = ? AND state = 'indexed'", (folder,)).fetchall():
            face = read(
                "SELECT * FROM face WHERE photo_id = ? AND score >= 0.5 ORDER BY w * h DESC LIMIT 1", (photo["id"],)
            ).fetchone()
            yield _Pattern(dict(photo), pictures / os.fsdecode(photo["path"]), dict(face) if face else None)


def _crowd(folder: Path) -> Iterator[_Pattern]:
    """Draw people who are nobody."""
    folder.mkdir(parents=True)
    for number, looks in enumerate(drawing.crowd()):
        lean = 0.04 * (number % 3 - 1)
        picture, (x, y, w, h) = drawing.person(_SIDE, looks, lean=lean)
        file = folder / f"{number}.jpg"
        picture.save(file, quality=88)
        landmarks = np.array(drawing.LANDMARKS, "<f4") + np.array([lean, 0], "<f4")
        photo = {
            "size": file.stat().st_size,
            "mtime_ns": file.stat().st_mtime_ns,
            "content_hash": hashlib.sha256(file.read_bytes()).digest(),
            "width": _SIDE,
            "height": _SIDE,
        }
        face = {"x": x, "y": y, "w": w, "h": h, "landmarks": landmarks.tobytes(), "score": 0.97}
        face |= {"size_px": w * _SIDE, "sharpness": 200.0, "norm": 22.0, "yaw": 0.05}
        yield _Pattern(photo, file, face)


def _link(patterns: Sequence[_Pattern], of: IdArray, moments: IdArray, folder: Path) -> list[str]:
    """Give every photo a file; return their paths in the folder."""
    names = []
    months = moments.astype("datetime64[us]").astype("datetime64[M]").astype(str).tolist()
    for month in sorted(set(months)):
        (folder / month).mkdir(parents=True)
    for number, (pattern, month) in enumerate(zip(of.tolist(), months, strict=True), start=1):
        name = f"{month}/IMG_{number:05}.jpg"
        os.link(patterns[pattern].file, folder / name)
        names.append(name)
    return names


def _write_photos(
    connection: sqlite3.Connection, patterns: Sequence[_Pattern], of: IdArray, moments: IdArray, names: Sequence[str]
) -> None:
    connection.executemany(
        "INSERT INTO photo (id, folder_id, path, size, mtime_ns, content_hash, width, height, taken_us, camera, state, "
        "attempts) VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, 'Sample camera', ?, 1)",
        (
            (
                number,
                os.fsencode(name),
                photo["size"],
                photo["mtime_ns"],
                photo["content_hash"],
                photo["width"],
                photo["height"],
                moment,
                PhotoState.INDEXED.value,
            )
            for number, (photo, moment, name) in enumerate(
                zip((patterns[p].photo for p in of.tolist()), moments.tolist(), names, strict=True), start=1
            )
        ),
    )


def _write_people(connection: sqlite3.Connection, rng: np.random.Generator) -> None:
    now = datetime.now(UTC).isoformat()
    pairs = [
        f"{given} {middle}{family}" for middle in _MIDDLE for family in _FAMILY.split() for given in _GIVEN.split()
    ]
    others = rng.permutation(pairs).tolist()
    names = list(enumerate([*FAMOUS, *others[: PEOPLE - len(FAMOUS)]], start=1))
    write = connection.executemany
    write(
        "INSERT INTO person (id, name, key, created) VALUES (?, ?, ?, ?)",
        ((i, name, name.casefold(), now) for i, name in names),
    )
    write(
        "INSERT INTO step (id, verb, created, faces, people) VALUES (?, ?, ?, 1, ?)",
        ((i, Verb.NAME.value, now, json.dumps([name])) for i, name in names),
    )
    write(
        "INSERT INTO decision (step_id, kind, person_id, value) VALUES (?, ?, ?, ?)",
        ((i, Kind.NAME.value, i, name) for i, name in names),
    )


def _write_faces(
    connection: sqlite3.Connection,
    patterns: Sequence[_Pattern],
    of: IdArray,
    shown: IdArray,
    model: str,
    rng: np.random.Generator,
) -> None:
    """Write one face a photo, whose id is the photo's; of those with a name some are decided, others guessed."""
    numbers = np.flatnonzero(shown) + 1
    who = shown[numbers - 1]
    standings = rng.choice(list(_SHARES), len(numbers), p=list(_SHARES.values()))
    standings[np.unique(who, return_index=True)[1]] = Standing.CONFIRMED  # nobody is a person without a face
    standings[who > PEOPLE] = Standing.NOBODY
    rows = [
        (number, patterns[of[number - 1]].face or {}, person, standing)
        for number, person, standing in zip(numbers.tolist(), who.tolist(), standings.tolist(), strict=True)
    ]
    confirmed = [row for row in rows if row[3] == Standing.CONFIRMED]
    guessed = [row for row in rows if row[3] != Standing.CONFIRMED]
    write = connection.executemany
    write(
        "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?)",
        ((n, n.to_bytes(32, "big"), f["x"], f["y"], f["w"], f["h"]) for n, f, _, _ in confirmed),
    )
    write(
        "INSERT INTO decision (step_id, kind, place_id, person_id) VALUES (?, ?, ?, ?)",
        ((person, Kind.CONFIRM.value, n, person) for n, _, person, _ in confirmed),
    )
    columns = ("x", "y", "w", "h", "landmarks", "score", "size_px", "sharpness", "norm", "yaw")
    write(
        f"INSERT INTO face (id, photo_id, {', '.join(columns)}) VALUES (?, ?{', ?' * len(columns)})",
        ((n, n, *(face[column] for column in columns)) for n, face, _, _ in rows),
    )
    write(
        "INSERT INTO decided (face_id, photo_id, place_id, person_id, norm) VALUES (?, ?, ?, ?, ?)",
        ((n, n, n, person, face["norm"]) for n, face, person, _ in confirmed),
    )
    write(
        "INSERT INTO membership (face_id, photo_id, group_id, person_id, standing, score, margin) "
        "VALUES (?, ?, ?, ?, ?, 0.6, 0.1)",
        ((n, n, *((0, person) if standing else (person, None)), standing) for n, _, person, standing in guessed),
    )
    centres = _unit(rng.standard_normal((PEOPLE + STRANGERS + 1, _DIMENSION)))
    noise = np.where(standings == Standing.SUGGESTED, _DOUBT, _NOISE)[:, None]
    vectors = _unit(centres[who] + noise * _unit(rng.standard_normal((len(who), _DIMENSION)))).astype("<f2")
    blobs = ((number, row.tobytes()) for number, row in zip(numbers.tolist(), vectors, strict=True))
    write(
        "INSERT INTO embedding (face_id, model, vector, crc32) VALUES (?, ?, ?, ?)",
        ((number, model, blob, zlib.crc32(blob)) for number, blob in blobs),
    )


def _unit(vectors: FloatArray) -> FloatArray:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
