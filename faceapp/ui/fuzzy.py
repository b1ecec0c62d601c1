"""How well a few typed letters fit a text: by words, by initials, by letters in order. Plain functions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

WHOLE: Final = 1.0  # the text itself
START: Final = 0.9  # it begins so
WORDS: Final = 0.8  # every typed word begins one of its words
INITIALS: Final = 0.6
INSIDE: Final = 0.5
LETTERS: Final = 0.3  # in order, with others between; the first begins a word
_LENGTH: Final = 0.05  # what a text loses that is much longer than what was typed

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text without case and accents, and its words."""

    text: str
    words: tuple[str, ...]
    initials: str
    letters: frozenset[str]  # and digits


def plain(text: str) -> str:
    """Return a text without case, accents and spare spaces."""
    text = " ".join(text.split())
    if text.isascii():
        return text.lower()
    parted = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(mark for mark in parted if not unicodedata.combining(mark)))


@lru_cache(maxsize=20_000)
def folded(text: str) -> Folded:
    """Return what a text is compared by."""
    bare = plain(text)
    words = tuple(_WORD.findall(bare))
    return Folded(bare, words, "".join(word[0] for word in words), frozenset("".join(words)))


def score(query: str, text: str) -> float:
    """Return how well a query fits a text, 0 (not at all) to 1 (it is the text)."""
    return fit(folded(query), folded(text))


def fit(query: Folded, text: Folded) -> float:
    """Do as ``score`` does."""
    if not query.words or not query.letters <= text.letters:
        return 0.0
    rank = _rank(query, text)
    return rank - _LENGTH * max(0.0, 1 - len(query.text) / len(text.text)) if 0 < rank < WHOLE else rank


def _rank(query: Folded, text: Folded) -> float:
    if query.text == text.text:
        return WHOLE
    if text.text.startswith(query.text):
        return START
    if (in_order := _begin_words(query.words, text.words)) is not None:
        return WORDS if in_order else WORDS - _LENGTH
    letters = "".join(query.words)
    at = text.initials.find(letters)
    if at >= 0 and len(letters) > 1:
        return INITIALS if at == 0 else INITIALS - _LENGTH
    if all(word in text.text for word in query.words):
        return INSIDE
    return LETTERS if len(letters) > 1 and _in_order(letters, text) else 0.0


def _begin_words(typed: Sequence[str], words: Sequence[str]) -> bool | None:
    """Return whether every typed word begins another word in the same order, None if some begins none."""
    if len(typed) == 1:  # the usual case, for thousands of names at once
        return True if any(word.startswith(typed[0]) for word in words) else None
    left = list(range(len(words)))
    places = []
    for part in sorted(range(len(typed)), key=lambda i: -len(typed[i])):  # the longer ones have less choice
        place = next((i for i in left if words[i].startswith(typed[part])), None)
        if place is None:
            return None
        left.remove(place)
        places.append((part, place))
    order = [place for _, place in sorted(places)]
    return order == sorted(order)


def _in_order(letters: str, text: Folded) -> bool:
    """Return whether the letters follow one another in the text, the first one at the start of a word."""
    for word in re.finditer(rf"\b{re.escape(letters[0])}", text.text):
        at = word.start()
        for letter in letters[1:]:
            at = text.text.find(letter, at + 1)
            if at < 0:
                break
        else:
            return True
    return False
