"""Keeps what grouping found in ``membership``: a cache, written a little at a time so that no decision waits for it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from faceapp.library.connections import Database
from faceapp.library.driver import fetch, fetch_column, run_many
from faceapp.library.people_reader import guesses_of
from faceapp.library.rows import chunks
from faceapp.types import IdArray, PhotoState, Standing
from faceapp.types_people import Grouping

_ROWS = 5_000  # in one transaction

_OPEN = f"""
SELECT face.id, photo.id FROM face CROSS JOIN photo ON photo.id = face.photo_id
WHERE face.id IN (SELECT value FROM json_each(?))
    AND photo.state = '{PhotoState.INDEXED}' AND NOT EXISTS (
        SELECT 1 FROM decided WHERE face_id = face.id AND (person_id IS NOT NULL OR hidden IS NOT NULL))
"""
_FORGET = "DELETE FROM membership WHERE face_id IN (SELECT value FROM json_each(?)) RETURNING face_id"
_KEEP = "INSERT INTO membership VALUES (?, ?, ?, nullif(?, 0), ?, ?, ?, nullif(?, 0))"

_Row = tuple[Any, ...]  # the columns of a ``Grouping``


class LibraryGroupStore:
    """The ``GroupStore`` of a library. Safe from any thread; other writers get their turn in between."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, grouping: Grouping) -> int:
        """Replace all guesses; return how many faces changed. Faces that are gone or decided since are left out.

        Only rows that differ are written. Cut off in between, some faces have their new guess and some the old one.
        """
        with self._database.read() as connection:
            stored = guesses_of(connection)
        says = (grouping.standings != Standing.CONFIRMED) & ((grouping.group_ids > 0) | (grouping.person_ids > 0))
        wanted = _taken(grouping, np.flatnonzero(says))
        different = _taken(wanted, np.flatnonzero(~_stands(wanted, stored)))
        new = {row[0]: row for row in zip(*(column.tolist() for column in _columns(different)), strict=True)}
        gone = np.setdiff1d(stored.face_ids, wanted.face_ids).tolist()
        changed = 0
        for some in chunks(sorted([*new, *gone]), _ROWS):
            with self._database.write() as connection:
                changed += _replace(connection, some, new)
        return changed


def _replace(connection: Connection, face_ids: Sequence[int], new: Mapping[int, _Row]) -> int:
    """Give faces their new row, or none; return how many changed."""
    listed = json.dumps(face_ids)
    photos = dict(fetch(connection, _OPEN, (listed,)))
    people = {0, *fetch_column(connection, "SELECT id FROM person")}
    known = [new[id_] for id_ in face_ids if id_ in new and id_ in photos]
    rows = [(id_, photos[id_], *rest) for id_, *rest in known if rest[1] in people]
    changed = {row[0] for row in rows}.union(fetch_column(connection, _FORGET, (listed,)))
    run_many(connection, _KEEP, rows)
    return len(changed)


def _stands(wanted: Grouping, stored: Grouping) -> NDArray[np.bool_]:
    """Return which rows (N,) are stored just so. ``stored`` is in order of face id."""
    if not len(stored.face_ids):
        return np.zeros(len(wanted.face_ids), bool)
    places = np.minimum(np.searchsorted(stored.face_ids, wanted.face_ids), len(stored.face_ids) - 1)
    pairs = zip(_columns(wanted), _columns(_taken(stored, places)), strict=True)
    same: NDArray[np.bool_] = np.all([one == other for one, other in pairs], axis=0)
    return same


def _taken(grouping: Grouping, rows: IdArray) -> Grouping:
    return Grouping(*(column[rows] for column in _columns(grouping)))


def _columns(grouping: Grouping) -> list[NDArray[Any]]:
    return [getattr(grouping, field.name) for field in fields(Grouping)]
