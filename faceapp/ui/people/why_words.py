"""The words of a reason: why a face matched, was suggested or has its name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from faceapp.types import Standing
from faceapp.types_people import QualityFlag, Why
from faceapp.ui import match_words, words

_translate = QCoreApplication.translate


def title(why: Why) -> str:
    if not why.person_name:
        return _translate("words", "Why this face?")
    return _translate("words", "Why {name}?").replace("{name}", why.person_name)


def summary(why: Why) -> str:
    """Return how sure it is, in one line; the user's own word needs no chance."""
    if why.standing is Standing.CONFIRMED:
        return _translate("words", "You said so.")
    if why.chance is not None:
        said = match_words.chance_figure(why.chance)
        return said[:1].upper() + said[1:]
    return _translate("words", "How likely it is cannot be said yet.")


def standing(why: Why) -> str:
    """Return how the name came."""
    name = why.person_name
    if not name:
        return _translate("words", "Nobody has named this face, and it is like nobody who has a name.")
    match why.standing:
        case Standing.CONFIRMED:
            said = _translate("words", "{name}, confirmed by you")
        case Standing.AUTOMATIC:
            said = _translate("words", "{name}, named automatically: it is sure enough, and you can correct it")
        case Standing.SUGGESTED:
            said = _translate("words", "{name}, a suggestion that waits for your yes or no")
        case Standing.NOBODY:
            said = _translate("words", "It has no name; compared with {name}")
    return said.replace("{name}", name)


def likeness(why: Why) -> str:
    """Return the scores: "0.62 with the face beside it, 0.66 with all that is known of Ann"."""
    parts = []
    if why.other_face_id is not None:
        parts.append(
            _translate("words", "{score} with the face beside it").replace("{score}", words.decimal(why.score))
        )
    elif why.person_score is None:
        parts.append(
            _translate("words", "{score} with what was looked for").replace("{score}", words.decimal(why.score))
        )
    if why.person_score is not None:
        said = _translate("words", "{score} with all that is known of {name}")
        parts.append(said.replace("{score}", words.decimal(why.person_score)).replace("{name}", why.person_name))
    return words.phrases(*parts)


def rank(why: Why) -> str:
    """Return how it stands among the person's own faces, "" if that is not known."""
    if why.rank is None or not why.person_name:
        return ""
    said = _translate("words", "More alike than {share} of {name}’s own faces")
    return said.replace("{share}", words.percent(why.rank, 0)).replace("{name}", why.person_name)


def runner_up(why: Why) -> str:
    """Return who comes second and by how much."""
    if not why.runner_up:
        return _translate("words", "Nobody else comes near")
    if why.margin is None:
        return why.runner_up
    behind = why.margin >= 0
    said = _translate("words", "{name}, {margin} less") if behind else _translate("words", "{name}, {margin} more")
    return said.replace("{margin}", words.decimal(abs(why.margin))).replace("{name}", why.runner_up)


def quality(flags: Sequence[QualityFlag]) -> str:
    """Return what makes a face hard to tell."""
    if not flags:
        return _translate("words", "clear")
    said = {
        QualityFlag.SMALL: _translate("words", "small"),
        QualityFlag.BLURRED: _translate("words", "blurred"),
        QualityFlag.TURNED: _translate("words", "turned away"),
        QualityFlag.FAINT: _translate("words", "perhaps no face at all"),
    }
    return words.phrases(*(said[flag] for flag in flags))


def other_caption(why: Why, looked_for: bool) -> str:
    """Return what the second picture shows; ``looked_for``: the face is a match of a query."""
    if why.other_face_id is None:
        return ""
    if looked_for:
        return _translate("words", "The face looked for")
    if not why.votes:
        return _translate("words", "The most alike face")
    return _translate("words", "{name}, the most alike").replace("{name}", why.person_name)


def vote(score: float, name: str) -> str:
    said = _translate("words", "A face of {name}: {score}").replace("{score}", words.decimal(score))
    return said.replace("{name}", name)
