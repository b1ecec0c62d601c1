"""The words of people, groups and what is known of a face. Plain functions, no widgets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from faceapp.types import Face, HideReason, Person, Standing
from faceapp.types_people import Group, PersonDetails
from faceapp.ui import words
from faceapp.ui.tile import Mark, TileDetails

_translate = QCoreApplication.translate


def mark(face: Face) -> Mark:
    """Return how a face comes to its name."""
    if face.hidden is not None:
        return "hidden"
    if face.person_id is not None:
        return "named"
    if face.guess is None:
        return "rejected" if face.rejected else ""
    return "automatic" if face.guess.standing == Standing.AUTOMATIC else "suggested"


def name(face: Face) -> str:
    """Return who a face is or seems to be: "Ann", "Ann?" while it is only suggested, the reason of a hidden one."""
    if face.hidden is not None:
        return reason(face.hidden)
    if face.person_name:
        return face.person_name
    if face.guess is None:
        return ""
    return face.guess.name if face.guess.standing == Standing.AUTOMATIC else perhaps(face.guess.name)


def perhaps(person: str) -> str:
    return _translate("people", "{name}?").replace("{name}", person)


def rejected(face: Face) -> str:
    """Return whom the user said a face is not, where nothing more is known of it: "Not Ann, nor 2 others"; else ""."""
    if mark(face) != "rejected":
        return ""
    first, *others = face.rejected
    if not others:
        return _translate("people", "Not {name}").replace("{name}", first)
    n = len(others)
    one = _translate("people", "Not {name}, nor {n} other", None, n)
    many = _translate("people", "Not {name}, nor {n} others", None, n)
    return words.counted(one if n == 1 else many, n).replace("{name}", first)


def label(face: Face) -> str:
    """Return what to call any face: its name, else whom it is not, else that it has none."""
    return name(face) or rejected(face) or words.unnamed()


def people_of(found: Sequence[Face]) -> str:
    """Return who is in a photo: "Ben, Anna?, 1 unnamed". Hidden faces are nobody."""
    seen = [face for face in found if face.hidden is None]
    names = list(dict.fromkeys(name(face) for face in seen if name(face)))
    nameless = sum(1 for face in seen if not name(face))
    if nameless:
        names.append(words.counted(_translate("people", "{n} unnamed", None, nameless), nameless))
    return words.names(names) if names else _translate("people", "No face found")


def standing(face: Face) -> str:
    """Return how a face comes to its name, in words; "" where the user said so or nobody is known."""
    return {
        "": "",
        "named": "",
        "automatic": _translate("people", "named automatically"),
        "suggested": _translate("people", "suggested"),
        "rejected": "",
        "hidden": _translate("people", "hidden"),
    }[mark(face)]


def quality(face: Face) -> str:
    """Return how a face comes to its name and what it is worth to recognition."""
    return words.phrases(standing(face), words.quality(face.quality))


def spoken(face: Face) -> str:
    """Return a face for screen readers: "Ann, named automatically"."""
    who = face.guess.name if face.guess is not None and face.person_name is None else label(face)
    if face.hidden is not None:
        who = label(face)
    return words.phrases(who, standing(face))


def reason(why: HideReason) -> str:
    return {
        HideReason.STRANGER: _translate("people", "Stranger"),
        HideReason.STATUE: _translate("people", "Statue or picture"),
        HideReason.NOT_A_FACE: _translate("people", "Not a face"),
    }[why]


def hide_as(why: HideReason) -> str:
    """Return the words of the menu entry."""
    return {
        HideReason.STRANGER: _translate("people", "A &Stranger"),
        HideReason.STATUE: _translate("people", "A S&tatue, Poster or Painting"),
        HideReason.NOT_A_FACE: _translate("people", "&Not a Face"),
    }[why]


def who_is_this() -> str:
    return _translate("people", "Who is this?")


def new_person(typed: str) -> str:
    return _translate("people", "New person “{name}”").replace("{name}", typed)


def groups(n: int) -> str:
    one, many = _translate("people", "{n} group", None, n), _translate("people", "{n} groups", None, n)
    return words.counted(one if n == 1 else many, n)


def people_and_groups(people: int, unnamed: int) -> str:
    """Return "214 named · 61 groups to name"."""
    named = words.counted(_translate("people", "{n} named", None, people), people)
    if not unnamed:
        return named
    one = _translate("people", "{n} group to name", None, unnamed)
    many = _translate("people", "{n} groups to name", None, unnamed)
    waiting = words.counted(one if unnamed == 1 else many, unnamed)
    return f"{named} · {waiting}" if people else waiting


def review(n: int) -> str:
    """Return the words of the button."""
    one, many = _translate("people", "Review {n} face", None, n), _translate("people", "Review {n} faces", None, n)
    return words.counted(one if n == 1 else many, n)


def split_off(n: int) -> str:
    one, many = (
        _translate("people", "Split off {n} face", None, n),
        _translate("people", "Split off {n} faces", None, n),
    )
    return words.counted(one if n == 1 else many, n)


def automatic(n: int) -> str:
    return words.counted(_translate("people", "{n} named automatically", None, n), n)


def years(first: datetime | None, last: datetime | None) -> str:
    """Return the span of a person's photos: "2001 – 2024", "2009", or ""."""
    if first is None or last is None:
        return ""
    return str(first.year) if first.year == last.year else f"{first.year} – {last.year}"


def photos_and_years(details: PersonDetails) -> str:
    """Return "1,204 photos · 2001 – 2024"."""
    return " · ".join(filter(None, (words.photos(details.photos), years(details.first, details.last))))


def person_tile(person: Person) -> TileDetails:
    photos = words.photos(person.photos)
    waiting = review(person.suggested) if person.suggested else ""
    return TileDetails(
        person.name,
        "named",
        hint="\n".join(filter(None, (person.name, words.faces_in_photos(person.faces, person.photos), waiting))),
        detail=photos,
        cover=person.cover_face_id,
        spoken=words.phrases(person.name, photos),
    )


def group_details(group: Group) -> TileDetails:
    photos = words.photos(group.photos)
    unnamed = _translate("people", "Group without a name")
    return TileDetails(
        who_is_this(),
        hint=f"{who_is_this()}\n{words.faces_in_photos(group.faces, group.photos)}",
        detail=photos,
        cover=group.cover_face_id,
        spoken=words.phrases(unnamed, photos),
    )


def face_tile(face: Face) -> TileDetails:
    known = words.phrases(name(face), standing(face))
    if rejected(face):  # a tile has room for one name, here is room for all
        known = _translate("people", "You said this is not {names}").replace("{names}", words.names(face.rejected))
    hint = "\n".join(filter(None, (known, words.quality(face.quality))))
    return TileDetails(name(face) or rejected(face), mark(face), hint=hint, spoken=spoken(face))
