"""What an answer is worth: the faces it is expected to settle, for the keys it takes."""

from __future__ import annotations

from collections.abc import Mapping

from faceapp.types_people import QuestionKind

NAME_KEYS = 8.0  # a name is typed with completion, or chosen: a few letters, an arrow, Enter
KEYS: Mapping[QuestionKind, float] = {
    QuestionKind.PERSON: 1.0,
    QuestionKind.TWICE: 1.0,
    QuestionKind.PEOPLE: 1.0,
    QuestionKind.GROUPS: 1.0 + NAME_KEYS,  # groups that became one still need their name
    QuestionKind.NAME: NAME_KEYS,
}
ANSWERS: Mapping[QuestionKind, float] = dict.fromkeys(KEYS, 1.0) | {QuestionKind.GROUPS: 2.0}

_NARROW = 0.04  # margin to the second-best person below which the first one is hardly more likely
_DOUBT = 0.6  # what such a margin leaves of the chance
_LEAST, _MOST = 0.05, 0.98
_RAMP = (-0.15, 0.20)  # from the threshold: hardly ever the same person, nearly always


def chance(score: float, threshold: float, margin: float = 1.0) -> float:
    """Return a rough chance of *yes* for a cosine, where ``threshold`` is the model's for search.

    Only for the order of questions and the forecast: what is said of a match comes from the calibration.
    """
    low, high = threshold + _RAMP[0], threshold + _RAMP[1]
    share = min(max((score - low) / (high - low), _LEAST), _MOST)
    return share * _DOUBT if margin < _NARROW else share
