"""Naming faces: what may be a name. The library makes the decision durable."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from faceapp.errors import FaceappError
from faceapp.ports import PeopleStore
from faceapp.types import Naming

MAX_NAME_LENGTH = 200  # characters; the database holds to it as well


def clean_name(name: str) -> str:
    """Return a name as it is stored: composed, on one line, single spaces inside and none around.

    Raises ``FaceappError`` when nothing is left to read or the name is too long.
    """
    # Bytes of an argument that are not text (lone surrogates) can neither be shown nor stored.
    readable = (
        c for c in unicodedata.normalize("NFC", name) if c.isspace() or unicodedata.category(c) not in ("Cc", "Cs")
    )
    cleaned = " ".join("".join(readable).split())
    if not any(c.isprintable() and not c.isspace() for c in cleaned):
        raise FaceappError("A name needs at least one letter. Type the person's name.")
    if len(cleaned) > MAX_NAME_LENGTH:
        raise FaceappError(f"The name is too long: {len(cleaned)} characters, at most {MAX_NAME_LENGTH}. Shorten it.")
    return cleaned


class People:
    """A ``PeopleStore`` that lets only clean requests through to the one it is given."""

    def __init__(self, store: PeopleStore) -> None:
        self._store = store

    def name_faces(self, face_ids: Sequence[int], name: str) -> Naming:
        """Confirm faces as the person of that name (made if new; compared without case).

        Raises ``FaceappError`` for no face, an unknown face or a name that cannot be used; then nothing is written.
        """
        wanted = list(dict.fromkeys(face_ids))
        if not wanted:
            raise FaceappError("No face is chosen. Choose the faces to name first.")
        return self._store.name_faces(wanted, clean_name(name))
