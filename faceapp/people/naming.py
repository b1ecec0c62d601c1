"""The verbs on people: what may be a name, which requests make sense. The library makes decisions durable."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date

from faceapp.errors import FaceappError
from faceapp.ports_people import PeopleStore
from faceapp.types import AnalysedFace, HideReason, Naming
from faceapp.types_people import Change, Step
from faceapp.types_search import Search

MAX_NAME_LENGTH = 200  # characters; the database holds to it as well


def clean_name(name: str, whose: str = "the person") -> str:
    """Return a name as it is stored: composed, on one line, single spaces inside and none around.

    Raises ``FaceappError`` when nothing is left to read or the name is too long.
    """
    # Bytes of an argument that are not text (lone surrogates) can neither be shown nor stored.
    readable = (
        c for c in unicodedata.normalize("NFC", name) if c.isspace() or unicodedata.category(c) not in ("Cc", "Cs")
    )
    cleaned = " ".join("".join(readable).split())
    if not any(c.isprintable() and not c.isspace() for c in cleaned):
        raise FaceappError(f"A name needs at least one letter. Type the name of {whose}.")
    if len(cleaned) > MAX_NAME_LENGTH:
        raise FaceappError(f"The name is too long: {len(cleaned)} characters, at most {MAX_NAME_LENGTH}. Shorten it.")
    return cleaned


class People:
    """A ``PeopleStore`` that lets only clean requests through to the one it is given."""

    def __init__(self, store: PeopleStore) -> None:
        self._store = store

    def name_faces(self, face_ids: Sequence[int], name: str, *, take_back: bool = False) -> Naming:
        return self._store.name_faces(_chosen(face_ids), clean_name(name), take_back=take_back)

    def clear(self, face_ids: Sequence[int]) -> Change:
        return self._store.clear(_chosen(face_ids))

    def reject(self, face_ids: Sequence[int], person_id: int) -> Change:
        return self._store.reject(_chosen(face_ids), person_id)

    def same(self, face_ids: Sequence[int], *, take_back: bool = False) -> Change:
        return self._store.same(_chosen(face_ids, least=2), take_back=take_back)

    def different(self, face_ids: Sequence[int], others: Sequence[int], *, take_back: bool = False) -> Change:
        return self._store.different(_chosen(face_ids), _chosen(others), take_back=take_back)

    def apart(self, person_id: int, other_id: int) -> Change:
        return self._store.apart(person_id, other_id)

    def hide(self, face_ids: Sequence[int], reason: HideReason) -> Change:
        return self._store.hide(_chosen(face_ids), reason)

    def merge(self, person_ids: Sequence[int], into: int, *, take_back: bool = False) -> Change:
        others = [person_id for person_id in dict.fromkeys(person_ids) if person_id != into]
        if not others:
            raise FaceappError("It takes two people to make one. Choose another person to merge with.")
        return self._store.merge(others, into, take_back=take_back)

    def split(self, face_ids: Sequence[int], rest: Sequence[int], *, take_back: bool = False) -> Change:
        return self._store.split(_chosen(face_ids), _each_once(rest), take_back=take_back)

    def rename(self, person_id: int, name: str) -> Change:
        return self._store.rename(person_id, clean_name(name))

    def set_cover(self, person_id: int, face_id: int) -> Change:
        return self._store.set_cover(person_id, face_id)

    def set_born(self, person_id: int, born: date | None) -> Change:
        if born is not None and born > date.today():
            raise FaceappError(f"{born:%Y-%m-%d} is yet to come. Type the day on which the person was born.")
        return self._store.set_born(person_id, born)

    def save_album(self, name: str, search: Search, album_id: int | None = None) -> Change:
        if not search.faces and search.filter.empty:
            raise FaceappError("There is nothing to look for. Choose a face or a filter first.")
        number = None if album_id is None else int(album_id)
        return self._store.save_album(clean_name(name, "the album"), search, number)

    def remove_album(self, album_id: int) -> Change:
        return self._store.remove_album(int(album_id))

    def mark_face(self, photo_id: int, content_hash: bytes, face: AnalysedFace) -> Change:
        return self._store.mark_face(int(photo_id), content_hash, face)

    def undo(self) -> Change | None:
        return self._store.undo()

    def redo(self) -> Change | None:
        return self._store.redo()

    def history(self, limit: int = 200) -> list[Step]:
        return self._store.history(limit)

    def said_of(self, face_id: int) -> list[Step]:
        return self._store.said_of(face_id)


def _chosen(face_ids: Sequence[int], least: int = 1) -> list[int]:
    """Return faces as ``_each_once`` does. Raises ``FaceappError`` if they are too few."""
    chosen = _each_once(face_ids)
    if not chosen:
        raise FaceappError("No face is chosen. Choose the faces first.")
    if len(chosen) < least:
        raise FaceappError("It takes two faces to be the same person. Choose at least two different ones.")
    return chosen


def _each_once(face_ids: Sequence[int]) -> list[int]:
    """Return faces as Python's own numbers, each once, in their order."""
    return list(dict.fromkeys(int(face_id) for face_id in face_ids))
