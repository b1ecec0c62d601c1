#!/usr/bin/env python3
"""What the pages of people, and naming a large group, cost in a library of a quarter of a million faces.

    python benchmarks/people.py [--faces 250000] [--people 5000] [--largest 20000] [--follow]

A library without pictures is written straight into the database: three faces in five are confirmed, one in four is an
automatic guess, the rest are suggested or in groups; one person and one group without a name have ``--largest`` faces.
Then, medians of several rounds:

    baseline        SQLite reads the whole table of faces: all other figures are also said as multiples of it
    people page     people() and groups()
    person page     details() and person_faces() of the largest person
    name            the faces of the largest group become somebody, and that is undone
    name_again      they become somebody else after that
    follow          1,000 new faces join groups and people (``--follow``: with a made gallery of 512 numbers a face;
                    a first one, not counted, brings the made guesses in line with it)

Ends with one JSON line.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import numpy as np

from faceapp.library.connections import Database
from faceapp.library.decisions import LibraryPeopleStore
from faceapp.library.group_store import LibraryGroupStore
from faceapp.library.ledger.holds import Kind
from faceapp.library.migrations import prepare
from faceapp.library.people_reader import LibraryPeopleReader
from faceapp.library.reader import LibraryReader
from faceapp.types import FloatArray, IdArray, PhotoState, Standing
from faceapp.types_people import Verb

MODEL = "made"
DIMENSION = 512
FACES_A_PHOTO = 2.5
SHARES = {Standing.CONFIRMED: 0.60, Standing.AUTOMATIC: 0.25, Standing.SUGGESTED: 0.05, Standing.NOBODY: 0.10}
NOISE = 0.72  # a face is its person's direction and this much of another: cosines of one person are about 0.65
NEW_FACES = 1_000
ROUNDS = 7
TARGETS_MS = {
    "people": 200,
    "groups": 200,
    "people_page": 300,
    "details": 150,
    "person_faces": 150,
    "facts": 1500,
    "name": 300,
    "undo": 300,
    "name_again": 300,
    "follow": 5000,
}


@dataclass(frozen=True)
class Made:
    """A made library. Arrays (N,), aligned; the largest group has the number 0 in ``people``."""

    face_ids: IdArray
    photo_ids: IdArray
    people: IdArray  # who each face truly is
    standings: IdArray


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--faces", type=int, default=250_000)
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--largest", type=int, default=20_000, help="faces of the largest person and group")
    parser.add_argument("--follow", action="store_true", help="let new faces join as well")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="faceapp-people-") as place:
        path = Path(place) / "library.sqlite"
        prepare(path, Path(place) / "backups")
        made = make(path, args.faces, args.people, args.largest)
        with closing(Database(path, write=True)) as database:
            result = measure(database, made)
        result |= measure_naming(path, made.face_ids[made.people == 0])
        if args.follow:
            with closing(Database(path, write=True)) as database:
                result |= measure_following(database, made)
    baseline = result["baseline"]
    for name, milliseconds in result.items():
        print(f"{name:14} {milliseconds:9.1f} ms {milliseconds / baseline:8.2f} × baseline")
    report = {
        "faces": args.faces,
        "people": args.people,
        "largest": args.largest,
        "ms": {name: round(value, 1) for name, value in result.items()},
        "ratio": {name: round(value / baseline, 2) for name, value in result.items()},
        "target_ms": {name: target for name, target in TARGETS_MS.items() if name in result},
        "missed": [name for name, value in result.items() if value > TARGETS_MS.get(name, np.inf)],
    }
    print(json.dumps(report))


def measure(database: Database, made: Made) -> dict[str, float]:
    """Return milliseconds by what was done."""
    reader, people_reader = LibraryReader(database, MODEL), LibraryPeopleReader(database)
    largest = max(reader.people(), key=lambda person: person.faces).id
    group = max(people_reader.groups(), key=lambda group: group.faces).id

    def baseline() -> None:
        with database.read() as connection:
            connection.exec_driver_sql("SELECT sum(norm) FROM face").all()

    result = {
        "baseline": median_ms(baseline),
        "people": median_ms(reader.people),
        "groups": median_ms(people_reader.groups),
        "people_page": median_ms(lambda: (reader.people(), people_reader.groups())),
        "details": median_ms(lambda: people_reader.details(largest)),
        "person_faces": median_ms(lambda: people_reader.person_faces(largest)),
        "group_faces": median_ms(lambda: people_reader.group_faces(group)),
        "facts": median_ms(people_reader.facts),
        "grouping": median_ms(people_reader.grouping),
    }
    guesses, store = people_reader.grouping(), LibraryGroupStore(database)
    begun = time.perf_counter()
    assert store.save(guesses) == 0
    result["save_nothing"] = (time.perf_counter() - begun) * 1000
    return result


def measure_naming(path: Path, faces: IdArray) -> dict[str, float]:
    """Name faces of which nothing was said yet, in a new copy of the library each time."""
    copy, chosen = path.with_name("copy.sqlite"), faces.tolist()
    took: dict[str, list[float]] = {"name": [], "undo": [], "name_again": []}
    for _ in range(5):
        shutil.copyfile(path, copy)
        with closing(Database(copy, write=True)) as database:
            store = LibraryPeopleStore(database)
            took["name"].append(timed(partial(store.name_faces, chosen, "Somebody")))
            took["undo"].append(timed(store.undo))
            took["name_again"].append(timed(partial(store.name_faces, chosen, "Somebody Else")))
            (named,) = (person for person in LibraryReader(database, MODEL).people() if person.name == "Somebody Else")
            assert named.faces == len(chosen)
    return {name: statistics.median(times) for name, times in took.items()}


def measure_following(database: Database, made: Made) -> dict[str, float]:
    """Let new faces join groups and people."""
    from faceapp.index.gallery import FaceGallery
    from faceapp.people.groups import LibraryGroups

    rng = np.random.default_rng(2)
    centres = unit(rng.standard_normal((int(made.people.max()) + 1, DIMENSION)))
    gallery = FaceGallery(DIMENSION)
    for some in np.array_split(np.arange(len(made.face_ids)), 100):
        gallery.add(made.face_ids[some], made.photo_ids[some], vectors_of(made.people[some], centres, rng))
    recognition = SimpleNamespace(model_id=MODEL, dimension=DIMENSION, slider_minimum=0.2, search_threshold=0.363)
    people_reader, store = LibraryPeopleReader(database), LibraryGroupStore(database)
    groups = LibraryGroups(gallery, people_reader, store, recognition, 0.5)
    first = timed(groups.follow)
    people = rng.choice(made.people, NEW_FACES)
    first_face, first_photo = int(made.face_ids[-1]) + 1, int(made.photo_ids[-1]) + 1
    new = Made(
        face_ids=np.arange(first_face, first_face + NEW_FACES),
        photo_ids=np.arange(first_photo, first_photo + NEW_FACES),
        people=people,
        standings=np.full(NEW_FACES, Standing.NOBODY),
    )
    with database.write() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        write_faces(driver, new, rng)
        driver.execute("DELETE FROM membership WHERE face_id >= ?", (first_face,))  # nobody has guessed yet
    gallery.add(new.face_ids, new.photo_ids, vectors_of(people, centres, rng))
    return {"follow_first": first, "follow": timed(groups.follow)}


def make(path: Path, faces: int, people: int, largest: int) -> Made:
    """Write a library into an empty database."""
    rng = np.random.default_rng(1)
    photos = np.sort(rng.integers(1, round(faces / FACES_A_PHOTO) + 1, faces))
    weights = 1 / np.arange(10, people + 9)
    others = rng.choice(np.arange(2, people + 1), faces - 2 * largest, p=weights / weights.sum())
    who = rng.permutation(np.concatenate([np.zeros(largest, np.int64), np.ones(largest, np.int64), others]))
    standings = rng.choice(list(SHARES), faces, p=list(SHARES.values()))
    standings[who == 0] = Standing.NOBODY
    standings[np.unique(who, return_index=True)[1][1:]] = Standing.CONFIRMED  # nobody is a person without a face
    made = Made(np.arange(1, faces + 1), photos, who, standings)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO folder VALUES (1, ?)", (b"/photos",))
        now = datetime.now(UTC).isoformat()
        write = connection.executemany
        numbers = range(1, people + 1)
        names = [(number, f"Person {number:05}") for number in numbers]
        write(
            "INSERT INTO person (id, name, key, created) VALUES (?, ?, ?, ?)",
            ((i, n, n.lower(), now) for i, n in names),
        )
        write(
            "INSERT INTO step (id, verb, created, faces, people) VALUES (?, ?, ?, ?, ?)",
            ((i, Verb.NAME.value, now, 1, json.dumps([n])) for i, n in names),
        )
        write(
            "INSERT INTO decision (step_id, kind, person_id, value) VALUES (?, ?, ?, ?)",
            ((i, Kind.NAME.value, i, n) for i, n in names),
        )
        write_faces(connection, made, rng)
    return made


def write_faces(connection: sqlite3.Connection, made: Made, rng: np.random.Generator) -> None:
    """Write faces with their photos, which are new; confirmed ones are decided, of others something is guessed."""
    write = connection.executemany
    write(
        "INSERT INTO photo (id, folder_id, path, size, mtime_ns, content_hash, width, height, state, attempts) "
        "VALUES (?, 1, ?, ?, ?, ?, 4000, 3000, ?, 1)",
        (
            (i, b"%d.jpg" % i, 4_000_000 + i, i * 10**12, i.to_bytes(32, "big"), PhotoState.INDEXED.value)
            for i in np.unique(made.photo_ids).tolist()
        ),
    )
    rows = list(zip(*(c.tolist() for c in (made.face_ids, made.photo_ids, made.people, made.standings)), strict=True))
    confirmed = [row for row in rows if row[3] == Standing.CONFIRMED]
    boxes = dict(zip(made.face_ids.tolist(), boxes_of(made.photo_ids), strict=True))
    write(
        "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?)",
        ((face, photo.to_bytes(32, "big"), *boxes[face]) for face, photo, _, _ in confirmed),
    )
    write(
        "INSERT INTO decision (step_id, kind, place_id, person_id) VALUES (?, ?, ?, ?)",
        ((person, Kind.CONFIRM.value, face, person) for face, _, person, _ in confirmed),
    )
    landmarks = bytes(40)
    norms = rng.normal(22, 3, len(rows)).tolist()
    write(
        "INSERT INTO face "
        "(id, photo_id, x, y, w, h, landmarks, score, size_px, sharpness, norm, yaw) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, 0.9, 120, 200, ?, 0.1)",
        ((face, photo, *boxes[face], landmarks, norm) for (face, photo, _, _), norm in zip(rows, norms, strict=True)),
    )
    write(
        "INSERT INTO decided (face_id, photo_id, place_id, person_id, norm) VALUES (?, ?, ?, ?, ?)",
        (
            (face, photo, face, person, norm)
            for (face, photo, person, standing), norm in zip(rows, norms, strict=True)
            if standing == Standing.CONFIRMED
        ),
    )
    write(
        "INSERT INTO membership (face_id, photo_id, group_id, person_id, standing, score, margin) "
        "VALUES (?, ?, ?, ?, ?, ?, 0.1)",
        (
            (face, photo, *((0, person) if standing else (person + 1, None)), standing, norm / 40)
            for (face, photo, person, standing), norm in zip(rows, norms, strict=True)
            if standing != Standing.CONFIRMED
        ),
    )


def boxes_of(photo_ids: IdArray) -> Iterator[tuple[float, float, float, float]]:
    """Yield boxes that stand beside one another in their photo."""
    before, place = -1, 0
    for photo in photo_ids.tolist():
        place = place + 1 if photo == before else 0
        before = photo
        yield 0.06 * place, 0.2, 0.05, 0.1


def unit(vectors: np.ndarray) -> FloatArray:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def vectors_of(people: IdArray, centres: FloatArray, rng: np.random.Generator) -> FloatArray:
    return unit(centres[people] + NOISE * unit(rng.standard_normal((len(people), DIMENSION))))


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def median_ms(work: Callable[[], object]) -> float:
    return statistics.median(timed(work) for _ in range(ROUNDS))


if __name__ == "__main__":
    main()
