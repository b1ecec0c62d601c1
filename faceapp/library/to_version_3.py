"""Version 3 of the database: a ledger of decisions in place of a table of confirmed faces."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection

from faceapp.library.matching import match_boxes
from faceapp.types import Box

_TABLES = """
CREATE TABLE place (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    content_hash BLOB NOT NULL CHECK (length(content_hash) = 32),
    x FLOAT NOT NULL, y FLOAT NOT NULL, w FLOAT NOT NULL, h FLOAT NOT NULL
);
CREATE INDEX place_content ON place (content_hash);
CREATE TABLE step (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    verb TEXT NOT NULL,
    created TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
    faces INTEGER NOT NULL,
    people TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT ''
);
CREATE TABLE decision (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    step_id INTEGER NOT NULL REFERENCES step (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    place_id INTEGER REFERENCES place (id),
    other_id INTEGER REFERENCES place (id),
    person_id INTEGER,
    other_person_id INTEGER,
    value TEXT
);
CREATE INDEX decision_step ON decision (step_id);
CREATE INDEX decision_place ON decision (place_id, kind, step_id);
CREATE INDEX decision_other ON decision (other_id) WHERE other_id IS NOT NULL;
CREATE INDEX decision_person ON decision (person_id, kind) WHERE person_id IS NOT NULL;
CREATE INDEX decision_people ON decision (kind) WHERE place_id IS NULL;
ALTER TABLE person ADD COLUMN born TEXT;
ALTER TABLE person ADD COLUMN cover_id INTEGER REFERENCES place (id) ON DELETE SET NULL;
DROP INDEX face_person;
ALTER TABLE face DROP COLUMN person_id;
CREATE TABLE decided (
    face_id INTEGER NOT NULL PRIMARY KEY REFERENCES face (id) ON DELETE CASCADE,
    photo_id INTEGER NOT NULL,
    place_id INTEGER NOT NULL,
    person_id INTEGER,
    hidden TEXT,
    norm FLOAT NOT NULL
);
CREATE INDEX decided_person ON decided (person_id, photo_id, norm) WHERE person_id IS NOT NULL;
CREATE INDEX decided_place ON decided (place_id);
CREATE INDEX decided_hidden ON decided (hidden) WHERE hidden IS NOT NULL;
CREATE TABLE membership (
    face_id INTEGER NOT NULL PRIMARY KEY REFERENCES face (id) ON DELETE CASCADE,
    photo_id INTEGER NOT NULL,
    group_id INTEGER NOT NULL,
    person_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
    standing INTEGER NOT NULL,
    score FLOAT NOT NULL,
    margin FLOAT NOT NULL,
    runner_up INTEGER
);
CREATE INDEX membership_group ON membership (group_id, photo_id, score) WHERE group_id > 0;
CREATE INDEX membership_person ON membership (person_id, standing, photo_id, score) WHERE person_id IS NOT NULL
"""


# One step for the faces that got a name at once. The number of a confirmation becomes that of its place.
_CONVERT = """
INSERT INTO place (id, content_hash, x, y, w, h) SELECT id, content_hash, x, y, w, h FROM confirmation;
DELETE FROM person WHERE id NOT IN (SELECT person_id FROM confirmation);
INSERT INTO step (verb, created, faces, people)
    SELECT 'name', c.created, count(*), json_array(p.name) FROM confirmation c JOIN person p ON p.id = c.person_id
    GROUP BY c.person_id, c.created ORDER BY c.created, min(c.id);
CREATE TEMP TABLE said AS
    SELECT min(c.id) AS first_id, c.person_id, c.created, row_number() OVER (ORDER BY c.created, min(c.id)) AS step_id
    FROM confirmation c GROUP BY c.person_id, c.created;
INSERT INTO decision (step_id, kind, person_id, value)
    SELECT min(said.step_id), 'name', p.id, p.name FROM said JOIN person p ON p.id = said.person_id GROUP BY p.id;
INSERT INTO decision (step_id, kind, place_id, person_id)
    SELECT said.step_id, 'confirm', c.id, c.person_id
    FROM confirmation c JOIN said ON said.person_id = c.person_id AND said.created = c.created ORDER BY c.id;
DROP TABLE said;
DROP TABLE confirmation
"""
_DECIDED = """
INSERT INTO decided (face_id, photo_id, place_id, person_id, norm)
SELECT f.id, f.photo_id, d.place_id, d.person_id, f.norm FROM face f, decision d WHERE d.place_id = ? AND f.id = ?
"""
_FACES = """
SELECT p.id, coalesce(p.content_hash, p.earlier_hash), f.id, f.x, f.y, f.w, f.h
FROM photo p JOIN face f ON f.photo_id = p.id
WHERE coalesce(p.content_hash, p.earlier_hash) IN (SELECT content_hash FROM place)
"""


def to_version_3(connection: Connection) -> None:
    for statement in (*_TABLES.split(";"), *_CONVERT.split(";")):
        connection.exec_driver_sql(statement)
    places: dict[bytes, dict[int, Box]] = defaultdict(dict)
    for number, content, *box in connection.exec_driver_sql("SELECT id, content_hash, x, y, w, h FROM place"):
        places[content][number] = Box(*box)
    photos: dict[tuple[int, bytes], dict[int, Box]] = defaultdict(dict)
    for photo_id, content, face_id, *box in connection.exec_driver_sql(_FACES):
        photos[photo_id, content][face_id] = Box(*box)
    links = [
        (place, face_id)
        for (_, content), faces in photos.items()
        for face_id, place in match_boxes(faces, places[content]).items()
    ]
    if links:
        connection.exec_driver_sql(_DECIDED, links)
