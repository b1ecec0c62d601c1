"""The sentences of rooms without a window, in the user's language.

Scanning, the library and the models say in English what went wrong. These sentences reach the window from other
threads, from child processes and out of the database, where the reason of a photo that cannot be read is kept. So a
sentence is translated where it is shown: the template that it was made of is found by its fixed words, the values
between them are put into the translation. ``scripts/make_translations.py`` collects the templates.
"""

from __future__ import annotations

import functools
import re

from PySide6.QtCore import QCoreApplication

from faceapp.config import resources_dir

_CONTEXT = "Errors"
_MOST_LETTERS = 2000  # longer texts are no sentences
_A_TEMPLATE = "Faceapp is closing."
_VALUE = re.compile(r"\{(\w+)\}")


def _(text: str) -> str:
    """Mark words for translation."""
    return text


# Half-sentences that other rooms put into theirs.
FRAGMENTS = (
    _("a face is {name}"),
    _("a face is not {name}"),
    _("two of these faces are different people"),
    _("two of these faces are the same person"),
    _("{name} and {name2} are two people"),
    _("This contradicts what you said on {day}"),
    _("{name} has {width} × {height} pixels"),
    _("{contract}, mirror appended"),
    _("{contract}, mirror averaged"),
    _("cannot be started: {error}"),
    _("closed its connection"),
    _("ended with code {code}"),
    _("needed more than {n} GB of memory"),
    _("took longer than {n} seconds"),
    _("was ended by {signal}"),
    _("a photo"),
    _("{n} photos"),
    _("the person"),
    _("the album"),
    _("a number"),
    _("a whole number"),
    _("or choose another library with --library"),
    _("choose another library with --library DIR"),
    _("face has"),
    _("faces have"),
    _("of one person"),
    _("of two people"),
    _("the list itself"),
    _("model “{id}”"),
    _("model {number}"),
    _("is that of another model"),
    _("must be a finite number"),
    _("must be even where flip is concat"),
    _("must be of type {type}"),
    _("must be one of {choices}"),
    _("must be one number"),
    _("must be one number or a list of {n}"),
    _("must be the name of a file beside the list"),
    _("must be {n} at most"),
    _("must name one output"),
    _("must not be empty"),
    _("in another file"),
    _("in a file outside of its own folder"),
    _("it holds no network"),
    _("it is cut off or damaged"),
    _("it is not protobuf"),
    _("it is not protobuf of ONNX"),
    _("its graphs are nested too deeply"),
    _("a node has no type"),
    _("Input/output error"),
    _("No space left on device"),
    _("No such file or directory"),
    _("Permission denied"),
    _("Read-only file system"),
)


def told(text: str) -> str:
    """Return a sentence of another room in the user's language; as it stands if it is not known or no translation is.

    Parts of a sentence that are sentences themselves are translated as well.
    """
    return _told(text) if text and len(text) <= _MOST_LETTERS and _speaks() else text


def _told(text: str) -> str:
    lines = text.split("\n")
    if len(lines) > 1 and all(map(_made_of, lines)):
        return "\n".join(map(_told, lines))  # of several folders
    found = _made_of(text)
    if found is None:
        return text
    template, values = found
    said = QCoreApplication.translate(_CONTEXT, template)
    return _VALUE.sub(lambda name: _told(values[name[1]]), said)


@functools.lru_cache(maxsize=2048)
def _made_of(text: str) -> tuple[str, dict[str, str]] | None:
    """Return the template that a text was made of, and the values in it."""
    for template, pattern in _templates():
        found = pattern.fullmatch(text)
        if found is not None:
            return template, dict(zip(_VALUE.findall(template), found.groups(), strict=True))
    return None


def _speaks() -> bool:
    """Whether there is a translation of these sentences."""
    return QCoreApplication.translate(_CONTEXT, _A_TEMPLATE) != _A_TEMPLATE


@functools.cache
def _templates() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the templates with what finds them, those with the most fixed words first."""
    lines = (resources_dir() / "i18n" / "errors.txt").read_text(encoding="utf-8").splitlines()
    templates = sorted((*lines, *FRAGMENTS), key=_fixed_letters, reverse=True)
    return tuple((template, _pattern(template)) for template in templates)


def _fixed_letters(template: str) -> int:
    return len(_VALUE.sub("", template))


def _pattern(template: str) -> re.Pattern[str]:
    parts = _VALUE.split(template)
    return re.compile("(.+?)".join(map(re.escape, parts[::2])), re.DOTALL)
