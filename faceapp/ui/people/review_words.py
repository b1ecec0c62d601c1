"""The words of the review: what is asked, what the answers mean, how far it is."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from faceapp.types import Person
from faceapp.types_people import Answer, Question, QuestionKind
from faceapp.ui import words

SHOWN = 6  # faces of a set at once

_translate = QCoreApplication.translate


def title(question: Question) -> str:
    """Return the question itself: "Is this Tony Blair?"."""
    one = len(question.faces) == 1
    match question.kind:
        case QuestionKind.PERSON if one:
            said = _translate("words", "Is this {name}?")
        case QuestionKind.PERSON:
            said = _translate("words", "Are these {name}?")
        case QuestionKind.TWICE:
            said = _translate("words", "{name} is in one photo twice. Is this {name}?")
        case QuestionKind.GROUPS:
            said = _translate("words", "Are these one person?")
        case QuestionKind.PEOPLE:
            return _both(_translate("words", "Are {name} and {other} one person?"), question)
        case QuestionKind.NAME:
            said = _translate("words", "Who is this?")
    return said.replace("{name}", question.person_name)


def place(number: int, total: int, ahead: int, share: float) -> str:
    """Return "question 14 of 128 · the next 50 answers settle about 47 % of all unnamed faces".

    ``ahead`` answers settle ``share`` (0 to 1); below half a percent nothing is said of it.
    """
    said = _translate("words", "question {n} of {total}")
    parts = [said.replace("{n}", words.number(number)).replace("{total}", words.number(total))]
    if ahead and share >= 0.005:
        one = _translate("words", "the next answer settles about {share} of all unnamed faces", None, ahead)
        many = _translate("words", "the next {n} answers settle about {share} of all unnamed faces", None, ahead)
        told = words.counted(one if ahead == 1 else many, ahead)
        parts.append(told.replace("{share}", words.percent(share, 0)))
    return " · ".join(parts)


def faces_title(question: Question) -> str:
    """Return what stands over the faces that are asked about."""
    if question.kind is QuestionKind.PEOPLE:
        return question.person_name
    if question.kind is QuestionKind.GROUPS:
        return _translate("words", "One group, {faces}").replace("{faces}", words.faces(len(question.faces)))
    return some_of(len(question.faces)) if len(question.faces) > 1 else ""


def some_of(n: int) -> str:
    """Return how many faces are meant, and how many of them are shown."""
    if n <= SHOWN:
        return words.faces(n)
    said = _translate("words", "{faces}, the {n} clearest are shown").replace("{faces}", words.faces(n))
    return words.counted(said, SHOWN)


def examples_title(question: Question) -> str:
    """Return what stands over the faces to compare with: "Tony Blair, confirmed"."""
    match question.kind:
        case QuestionKind.PEOPLE:
            return question.other_name
        case QuestionKind.GROUPS:
            count = words.faces(len(question.examples))
            return _translate("words", "Another group, {faces}").replace("{faces}", count)
        case QuestionKind.TWICE:
            said = _translate("words", "{name}; the first face is in the same photo")
            return said.replace("{name}", question.person_name)
        case QuestionKind.NAME:
            return ""
        case QuestionKind.PERSON:
            return _translate("words", "{name}, confirmed").replace("{name}", question.person_name)


def answers(question: Question) -> dict[Answer, str]:
    """Return the answers that make sense, each with what its button says."""
    skip = _translate("words", "Not sure, skip")
    one = len(question.faces) == 1
    stranger = _translate("words", "A stranger, hide") if one else _translate("words", "Strangers, hide")
    match question.kind:
        case QuestionKind.GROUPS | QuestionKind.PEOPLE:
            return {
                Answer.YES: _translate("words", "Same person"),
                Answer.NO: _translate("words", "Two people"),
                Answer.SKIP: skip,
            }
        case QuestionKind.NAME:
            return {
                Answer.YES: _translate("words", "Give this name"),
                Answer.STRANGER: stranger,
                Answer.SKIP: skip,
            }
        case QuestionKind.PERSON | QuestionKind.TWICE:
            yes = _translate("words", "Yes, same person") if one else _translate("words", "Yes, all of them")
            return {
                Answer.YES: yes,
                Answer.NO: _translate("words", "No, somebody else"),
                Answer.STRANGER: stranger,
                Answer.SKIP: skip,
            }


def name_hint(name: str, person: Person | None) -> str:
    """Return what giving a name means; ``person`` is who bears it already."""
    if not name:
        return _translate("words", "Type a name: a new one, or one you have used before")
    if person is None:
        return _translate("words", "New person")
    adds = _translate("words", "Adds to {name}, {faces}").replace("{faces}", words.faces(person.faces))
    return adds.replace("{name}", person.name)


def settles(n: int) -> str:
    """Return what a yes is worth, "" if it settles only what is asked."""
    if n < 1:
        return ""
    one, many = _translate("words", "settles {n} face", None, n), _translate("words", "settles {n} faces", None, n)
    return words.counted(one if n == 1 else many, n)


def given(question: Question, answer: Answer, name: str) -> str:
    """Return the last answer: "Is this Tony Blair? Yes, same person"."""
    if answer is Answer.YES and question.kind is QuestionKind.NAME:
        return words.sentences(title(question), name)
    return words.sentences(title(question), answers(question)[answer])


def answered(n: int) -> str:
    one = _translate("words", "{n} question answered", None, n)
    many = _translate("words", "{n} questions answered", None, n)
    return words.counted(one if n == 1 else many, n)


def nothing_left(answered_now: int, skipped: int) -> tuple[str, str]:
    """Return title and hint of a review without questions."""
    if skipped:
        one = _translate("words", "{n} skipped question comes again the next time.", None, skipped)
        many = _translate("words", "{n} skipped questions come again the next time.", None, skipped)
        hint = words.counted(one if skipped == 1 else many, skipped)
    else:
        hint = _translate("words", "New questions come with new photos, and with the names that you give.")
    if answered_now:
        hint = words.sentences(words.ended(answered(answered_now)), hint)
    if answered_now or skipped:
        return _translate("words", "Nothing more to ask"), hint
    return _translate("words", "Nothing to ask"), hint


def looking() -> str:
    return _translate("words", "Looking for what is worth asking…")


def not_written(question: Question, why: str) -> str:
    said = _translate("words", "The answer to “{question}” was not kept: {why}")
    return said.replace("{question}", title(question)).replace("{why}", why)


def not_last() -> str:
    return _translate(
        "words",
        "Something else was changed after this answer, so it was not taken back. The history shows what; "
        "undo it there.",
    )


def _both(said: str, question: Question) -> str:
    """Put both names in; a name may look like a place to fill."""
    before, _, after = said.partition("{other}")
    name = question.person_name
    return before.replace("{name}", name) + question.other_name + after.replace("{name}", name)
