"""What a library says of each file, and whether its words are for people."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from faceapp.config import Config
from faceapp.types import Box
from tests.endurance.running import Outcome, Runner

_PROGRAMMERS_WORDS = re.compile(r"Traceback|\w(Error|Exception)\b|[Ee]rrno|0x[0-9a-f]{4}|\bNone\b|<\w+[^>]*>|\bnan\b")
_ADVICE = re.compile(
    r"\b(bring|change|check|choose|close|copy|delete|export|free|move|put|save|scan|try|use)\b", re.IGNORECASE
)


SHOWN = Config().show_score


@dataclass(frozen=True)
class File:
    """``state`` is a ``types.PhotoState``; ``size`` is width and height in upright pixels, 0 until it was read."""

    state: str
    reason: str | None
    size: tuple[int, int]
    boxes: list[Box]  # of the faces that views show: weaker ones come and go with a pixel


def files(runner: Runner) -> dict[str, File]:
    """Return what the library knows of every file, by path below its folder."""
    found = {
        os.fsdecode(path): File(state, reason, (width, height), [])
        for path, state, reason, width, height in runner.query("SELECT path, state, reason, width, height FROM photo")
    }
    shown = f"SELECT path, x, y, w, h FROM face JOIN photo ON photo.id = photo_id WHERE score >= {SHOWN}"
    for path, *box in runner.query(shown):
        found[os.fsdecode(path)].boxes.append(Box(*box))
    return found


def assert_for_people(words: str) -> None:
    """Check that a sentence says what to do in the end, and nothing that only programmers understand."""
    assert not _PROGRAMMERS_WORDS.search(words), words
    assert words.endswith("."), words
    assert _ADVICE.search(re.split(r"[.:] ", words)[-1]), words


def assert_told(name: str, reason: str | None, outcome: Outcome) -> None:
    """Check that a person was told which file it is, what is wrong with it and what to do."""
    assert reason
    assert max(re.findall(r"[a-zA-Z0-9 ]+", name), key=len) in reason  # odd characters are shown as others
    assert_for_people(reason)
    assert reason in outcome.err
