"""The words of a step of the ledger: in the history, and after "Undo" and "Redo" in the menu."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from faceapp.types import HideReason
from faceapp.types_people import Step, Verb
from faceapp.ui import words

_NAMES = 4  # that a line has room for

_translate = QCoreApplication.translate


def text(step: Step) -> str:
    """Return a step with whom it was about: "Merge of 2 people, 214 faces: Ann, Bob"."""
    told = _details(step)
    return words.titled(short(step), told) if told else short(step)


def undo_text(step: Step) -> str:
    """Return "Undo Merge of 2 people, 214 faces". Names may hold "&": double it for a menu."""
    return _translate("words", "Undo {step}").replace("{step}", short(step))


def redo_text(step: Step) -> str:
    return _translate("words", "Redo {step}").replace("{step}", short(step))


def done(step: Step) -> str:
    """Return what the status strip says after a step."""
    return text(step)


def undone(step: Step) -> str:
    return _translate("words", "Undone: {step}").replace("{step}", text(step))


def redone(step: Step) -> str:
    return _translate("words", "Done again: {step}").replace("{step}", text(step))


def short(step: Step) -> str:
    """Return a step in one phrase: "Merge of 2 people, 214 faces"."""
    n, faces, who = step.faces, words.faces(step.faces), step.people[0] if step.people else ""
    match step.verb:
        case Verb.NAME:
            said = _one_or_many(
                n,
                _translate("words", "Naming of {n} face", None, n),
                _translate("words", "Naming of {n} faces", None, n),
            )
        case Verb.MOVE:
            said = _one_or_many(
                n, _translate("words", "Move of {n} face", None, n), _translate("words", "Move of {n} faces", None, n)
            )
        case Verb.CLEAR:
            said = _one_or_many(
                n,
                _translate("words", "Unnaming of {n} face", None, n),
                _translate("words", "Unnaming of {n} faces", None, n),
            )
        case Verb.REJECT if who:
            said = _translate("words", "“Not {name}” for {faces}").replace("{faces}", faces).replace("{name}", who)
        case Verb.REJECT:
            said = _translate("words", "“Not this person” for {faces}").replace("{faces}", faces)
        case Verb.SAME:
            said = _translate("words", "“Same person” for {faces}").replace("{faces}", faces)
        case Verb.DIFFERENT if n == 0:
            said = _translate("words", "“Two people” for {names}").replace("{names}", _listed(step.people))
        case Verb.DIFFERENT:
            said = _translate("words", "“Different people” for {faces}").replace("{faces}", faces)
        case Verb.HIDE:
            said = _one_or_many(
                n,
                _translate("words", "Hiding of {n} face", None, n),
                _translate("words", "Hiding of {n} faces", None, n),
            )
        case Verb.SHOW:
            said = _one_or_many(
                n,
                _translate("words", "Showing of {n} hidden face", None, n),
                _translate("words", "Showing of {n} hidden faces", None, n),
            )
        case Verb.MERGE:
            said = _translate("words", "Merge of {people}, {faces}").replace("{faces}", faces)
            said = said.replace("{people}", words.people(len(step.people)))
        case Verb.SPLIT:
            said = _one_or_many(
                n, _translate("words", "Split of {n} face", None, n), _translate("words", "Split of {n} faces", None, n)
            )
        case Verb.RENAME:
            said = _translate("words", "Renaming of {old} to {new}")
            said = _filled(said, old=step.note, new=who)
        case Verb.COVER:
            said = _translate("words", "Cover picture of {name}").replace("{name}", who)
        case Verb.BORN:
            said = _translate("words", "Birth date of {name}").replace("{name}", who)
        case Verb.SAVE_ALBUM:
            said = _translate("words", "Keeping of the album “{name}”").replace("{name}", step.note)
        case Verb.REMOVE_ALBUM:
            said = _translate("words", "Removal of the album “{name}”").replace("{name}", step.note)
        case Verb.MARK_FACE:
            said = _translate("words", "Drawing of a face")
    return said


def _details(step: Step) -> str:
    """Return what the short form leaves out: whom it was about, why, since when."""
    match step.verb:
        case Verb.HIDE:
            return _reason(step.note)
        case Verb.BORN:
            return _day(step.note)
        case Verb.MOVE if len(step.people) == 2:
            return _filled(_translate("words", "from {old} to {new}"), old=step.people[1], new=step.people[0])
        case Verb.NAME | Verb.MOVE | Verb.CLEAR | Verb.SAME | Verb.MERGE | Verb.SPLIT:
            return _listed(step.people)
        case Verb.DIFFERENT if step.faces:
            return _listed(step.people)
        case _:
            return ""


def _listed(names: Sequence[str]) -> str:
    shown = list(names[:_NAMES])
    more = len(names) - len(shown)
    if more:
        shown.append(words.counted(_translate("words", "{n} more", None, more), more))
    return words.names(shown)


def _reason(note: str) -> str:
    reasons: dict[str, str] = {
        HideReason.STRANGER: _translate("words", "stranger"),
        HideReason.STATUE: _translate("words", "statue or picture"),
        HideReason.NOT_A_FACE: _translate("words", "not a face"),
    }
    return reasons.get(note, "")


def _day(note: str) -> str:
    if not note:
        return _translate("words", "removed")
    return words.date(date.fromisoformat(note))


def _filled(said: str, *, old: str, new: str) -> str:
    """Put two names in; a name may look like a place to fill."""
    before, _, after = said.partition("{new}")
    return before.replace("{old}", old) + new + after.replace("{old}", old)


def _one_or_many(n: int, one: str, many: str) -> str:
    return words.counted(one if n == 1 else many, n)
