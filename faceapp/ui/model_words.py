"""What the window says of recognition models and of testing them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from faceapp.types import ModelState, ReembedProgress
from faceapp.ui import words

_translate = QCoreApplication.translate


def model_state(state: ModelState) -> str:
    return {
        ModelState.IN_USE: _translate("words", "In use"),
        ModelState.READY: _translate("words", "Ready"),
        ModelState.AVAILABLE: _translate("words", "Not prepared"),
        ModelState.BROKEN: _translate("words", "Cannot be used"),
    }[state]


def vectors(n: int) -> str:
    """Return how far a model is prepared in this library."""
    if n == 0:
        return _translate("words", "No face is prepared for it yet")
    one, many = _translate("words", "{n} face prepared", None, n), _translate("words", "{n} faces prepared", None, n)
    return words.counted(one if n == 1 else many, n)


def vectors_short(n: int) -> str:
    one, many = _translate("words", "{n} vector", None, n), _translate("words", "{n} vectors", None, n)
    return words.counted(one if n == 1 else many, n)


def reembed_progress(progress: ReembedProgress, paused: bool = False) -> str:
    """Return "6,120 of 9,871 faces · 28 a second · about 2 min left"."""
    counted = _translate("words", "{done} of {faces}")
    parts = [counted.replace("{done}", words.number(progress.done)).replace("{faces}", words.faces(progress.total))]
    if paused:
        parts.append(_translate("words", "paused"))
    elif progress.done and progress.seconds > 0:
        per_second = progress.done / progress.seconds
        parts += [words.rate(per_second), words.time_left((progress.total - progress.done) / per_second)]
    return " · ".join(parts)


def not_prepared(n: int) -> str:
    """Return that some faces have no vector of a model yet."""
    one = _translate(
        "words", "{n} face could not be prepared: its photo cannot be read now. Connect its drive and go on.", None, n
    )
    many = _translate(
        "words",
        "{n} faces could not be prepared: their photos cannot be read now. Connect their drives and go on.",
        None,
        n,
    )
    return words.counted(one if n == 1 else many, n)


def looked(done: int, total: int, seconds: float) -> str:
    """Return "120 of 195 pictures · 28 a second · a few seconds left"."""
    text = _translate("words", "{done} of {total} pictures")
    parts = [text.replace("{done}", words.number(done)).replace("{total}", words.number(total))]
    if done and seconds > 0:
        parts += [words.rate(done / seconds), words.time_left((total - done) * seconds / done)]
    return " · ".join(parts)
