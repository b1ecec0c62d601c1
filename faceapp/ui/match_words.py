"""What the window says of matches: how many, how strict the line is, how sure a match."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from faceapp.types import Marks
from faceapp.types_search import Role
from faceapp.ui import words

NEAR_MARK = 0.005  # cosine: half of what a score shows, so that "0.42" is at the mark "0.42"

_translate = QCoreApplication.translate


def no_match() -> str:
    return _translate("words", "No match at this threshold.")


def no_match_advice(*, more: bool = True) -> str:
    """Return what to do; ``more``: something lies below the line."""
    return _translate("words", "Drag the line to the left.") if more else nobody_alike()


def nobody_alike() -> str:
    return _translate("words", "Nobody here looks like that.")


def match_result(face_count: int, photo_count: int) -> str:
    """Return what a cut shows, for one line: "134 faces in 120 photos" or what to do if there are none."""
    return (
        words.faces_in_photos(face_count, photo_count) if face_count else words.sentences(no_match(), no_match_advice())
    )


def first_matches() -> str:
    return _translate("words", "First matches…")


def loading() -> str:
    return _translate("words", "The library is being loaded…")


def nobody_included() -> str:
    """Return what is said while every face of a search is left out or off."""
    return _translate("words", "Choose at least one face to look for")


def role_name(role: Role) -> str:
    """Return what the menu of a query face calls a role."""
    return {
        Role.INCLUDE: _translate("words", "&Look for This Person"),
        Role.EXCLUDE: _translate("words", "Leave This &Person Out"),
        Role.OFF: _translate("words", "Switch &Off"),
    }[role]


def role_of(name: str, role: Role) -> str:
    """Return a query face and what it does: "Anna, left out"."""
    text = {
        Role.INCLUDE: _translate("words", "{name}, looked for"),
        Role.EXCLUDE: _translate("words", "{name}, left out"),
        Role.OFF: _translate("words", "{name}, off"),
    }[role]
    return text.replace("{name}", name)


def chip_tip(name: str, role: Role, *, usable: bool = True) -> str:
    """Return what a query face does and what a click on it does."""
    if not usable:
        return _translate(
            "words", "{name} cannot be compared: the face is gone, or was read by another model."
        ).replace("{name}", name)
    text = {
        Role.INCLUDE: _translate("words", "{name} is looked for. Click to leave this person out (Space)."),
        Role.EXCLUDE: _translate(
            "words", "Photos that show {name} are left out. Click to switch this face off (Space)."
        ),
        Role.OFF: _translate("words", "{name} is switched off. Click to look for this person again (Space)."),
    }[role]
    return text.replace("{name}", name)


def mark_name(mark: str) -> str:
    """Return what a mark of the slider (a field of ``Marks``) is called."""
    return {
        "cautious": _translate("words", "cautious"),
        "balanced": _translate("words", "balanced"),
        "everything": _translate("words", "everything"),
    }[mark]


def mark_meaning(mark: str) -> str:
    """Return what to expect at a mark of the slider."""
    return {
        "cautious": _translate("words", "hardly anyone else among what is shown"),
        "balanced": _translate("words", "about 1 in 100 shown is someone else"),
        "everything": _translate("words", "nearly all of this person, and others with them"),
    }[mark]


def strictness(threshold: float, marks: Marks) -> str:
    """Return one word for a threshold: the mark that it is at or beyond, "wide" between balanced and everything."""
    if threshold >= marks.cautious - NEAR_MARK:
        return mark_name("cautious")
    if threshold >= marks.balanced - NEAR_MARK:
        return mark_name("balanced")
    if threshold > marks.everything + NEAR_MARK:
        return _translate("words", "wide")
    return mark_name("everything")


def threshold(value: float, marks: Marks | None) -> str:
    """Return the threshold in a word and a number, "balanced, 0.42"; without marks the number alone."""
    if marks is None:
        return words.decimal(value)
    return _translate("words", "{word}, {score}").format(word=strictness(value, marks), score=words.decimal(value))


def strangers(expected: float, shown: int) -> str:
    """Return how many of the faces shown to expect to be someone else: "about 1 of them is someone else"."""
    if shown == 1:
        return chance(1 - min(1.0, expected))
    n = min(round(expected), shown)
    if n == 0:
        return _translate("words", "probably all of them right")
    if n == shown:
        return _translate("words", "probably none of them right")
    one = _translate("words", "about {n} of them is someone else", None, n)
    many = _translate("words", "about {n} of them are someone else", None, n)
    return words.counted(one if n == 1 else many, n)


def missed(share: float) -> str:
    """Return how much of a person lies below the line, whole: "about 5 in 100 of this person are left out"."""
    n = round(100 * share)
    if n == 0:
        return _translate("words", "hardly any face of this person is left out")
    return words.counted(_translate("words", "about {n} in 100 faces of this person are left out", None, n), n)


def missed_short(share: float) -> str:
    """Return the same for a line that says more: "about 5 in 100 left out"."""
    n = round(100 * share)
    if n == 0:
        return _translate("words", "hardly any left out")
    return words.counted(_translate("words", "about {n} in 100 left out", None, n), n)


def chance(share: float) -> str:
    """Return how sure it is that a face is the person looked for, from a chance of 0 to 1."""
    if share >= 0.95:
        return _translate("words", "very likely the same person")
    if share >= 0.75:
        return _translate("words", "probably the same person")
    if share >= 0.4:
        return _translate("words", "perhaps the same person")
    if share >= 0.1:
        return _translate("words", "probably someone else")
    return _translate("words", "very likely someone else")


def chance_figure(share: float) -> str:
    """Return the chance with its figure: "very likely the same person (99 %)". Never quite 0 or 100."""
    percent = words.counted(_translate("words", "{n} %"), min(99, max(1, round(100 * share))))
    return f"{chance(share)} ({percent})"


def below(n: int) -> str:
    return words.counted(_translate("words", "Just below the line ({n})", None, n), n)


def name_these(n: int) -> str:
    if n == 0:
        return name_short()
    if n == 1:
        return _translate("words", "Name this face…")
    return words.counted(_translate("words", "Name these {n}…", None, n), n)


def name_short() -> str:
    return _translate("words", "Name…")


def name_selected(n: int) -> str:
    return words.counted(_translate("words", "Name {n} selected…", None, n), n)
