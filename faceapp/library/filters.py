"""A ``Filter`` as conditions of SQL, and what is in view."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, func, select, union_all

from faceapp.library.rows import to_microseconds
from faceapp.library.tables import decided, face, membership, photo
from faceapp.types import PhotoState, Standing
from faceapp.types_search import Filter

# A clear face is one that is not weak. The length of an embedding falls with all that spoils a face, and below this
# share of the library's usual one grouping lets a face found no group (``WEAK_NORM`` in people/grouping/settings.py).
# The usual one is the mean here: SQLite would have to sort all faces for the median.
CLEAR_SHARE = 0.66
_DAY_US = 86_400_000_000

# Few photos are out of view, so a list of them is soon made and looked up in memory, unlike every photo of every face.
_NOT_INDEXED = [state for state in PhotoState if state != PhotoState.INDEXED]
OUT_OF_VIEW = f"""SELECT id FROM photo WHERE state IN ({", ".join(f"'{state}'" for state in _NOT_INDEXED)})"""
out_of_view = select(photo.c.id).where(photo.c.state.in_(_NOT_INDEXED))
not_hidden = face.c.id.not_in(select(decided.c.face_id).where(decided.c.hidden.is_not(None)))
_is_somebody = decided.c.person_id.is_not(None) | (
    membership.c.person_id.is_not(None) & (membership.c.standing == Standing.AUTOMATIC)
)


def photos_passing(only: Filter, *more: ColumnElement[bool]) -> Select[Any]:
    """Return the query for the photos in view that pass what is said of photos, in any order."""
    wanted = [photo.c.state == PhotoState.INDEXED, *more]
    if only.taken_from is not None:
        wanted.append(photo.c.shown_us >= _midnight(only.taken_from))
    if only.taken_to is not None:
        wanted.append(photo.c.shown_us < _midnight(only.taken_to) + _DAY_US)
    if only.folders:
        wanted.append(photo.c.folder_id.in_(only.folders))
    return select(photo.c.id).where(*wanted)


def faces_passing(
    only: Filter, *more: ColumnElement[bool], of_photos: Sequence[ColumnElement[bool]] = ()
) -> Select[Any]:
    """Return the query for the faces in view, and their photos, that pass everything, in any order."""
    wanted = [face.c.photo_id.not_in(out_of_view), not_hidden, *more]
    if of_photos or only.folders or only.taken_from is not None or only.taken_to is not None:
        photos = photos_passing(only, *of_photos)
        # As a list, so that faces are met in the order in which they lie on the disk; of a few people, one by one.
        of_face = photos.where(photo.c.id == face.c.photo_id).correlate(face)
        wanted[0] = of_face.exists() if only.people else face.c.photo_id.in_(photos)
    if only.people:
        wanted.append(face.c.id.in_(_faces_of(only.people)))
    faces = select(face.c.id, face.c.photo_id)
    if only.named is not None:  # each face is looked up: a list of all that are somebody would be made for a few, too
        faces = faces.outerjoin(decided, decided.c.face_id == face.c.id)
        faces = faces.outerjoin(membership, membership.c.face_id == face.c.id)
        wanted[1] = decided.c.hidden.is_(None)  # found already
        wanted.append(_is_somebody if only.named else ~_is_somebody)
    if only.least_size is not None:
        wanted.append(face.c.size_px >= only.least_size)
    if only.clear:
        wanted.append(face.c.norm >= CLEAR_SHARE * select(func.avg(face.alias().c.norm)).scalar_subquery())
    return faces.where(*wanted)


def _faces_of(people: Sequence[int]) -> CompoundSelect[int]:
    """Return the faces that are one of these people. No face that was decided about has a ``membership``."""
    confirmed = select(decided.c.face_id).where(decided.c.person_id.in_(people))
    automatic = select(membership.c.face_id).where(
        membership.c.person_id.in_(people), membership.c.standing == Standing.AUTOMATIC
    )
    return union_all(confirmed, automatic)


def _midnight(day: date) -> int:
    microseconds = to_microseconds(datetime.combine(day, time.min))
    assert microseconds is not None
    return microseconds
