"""Tables of a list of models, ``manifest.toml``: read with words that say where something is wrong, and written."""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar, cast

from faceapp.errors import ModelError

SCHEMA = 1

T = TypeVar("T")


class Entry:
    """A table of a list that knows where it stands, for the words of an error."""

    def __init__(self, path: Path, where: str, values: Mapping[str, Any], remedy: str) -> None:
        self.path = path
        self.where = where
        self.values = values
        self.remedy = remedy

    def part(self, where: str, values: Mapping[str, Any]) -> Entry:
        """Return another table of the same list."""
        return Entry(self.path, where, values, self.remedy)

    def wrong(self, key: str, why: str) -> ModelError:
        return ModelError(f"The list of models {self.path}, {self.where}: “{key}” {why}. {self.remedy}")

    def get(self, key: str, kind: type[T]) -> T:
        value = self.values.get(key)
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if value is None:
            raise self.wrong(key, "is missing")
        if not isinstance(value, kind) or isinstance(value, bool):
            raise self.wrong(key, f"must be of type {kind.__name__}")
        if isinstance(value, float) and not math.isfinite(value):
            raise self.wrong(key, "must be a finite number")
        return value

    def filled(self, key: str) -> str:
        """Return a text that is not empty."""
        if not (value := self.get(key, str)).strip():
            raise self.wrong(key, "must not be empty")
        return value

    def positive(self, key: str, kind: type[T], at_most: float = math.inf) -> T:
        value = self.get(key, kind)
        if not cast(float, value) > 0:
            raise self.wrong(key, "must be greater than 0")
        if cast(float, value) > at_most:
            raise self.wrong(key, f"must be {at_most:g} at most")
        return value

    def numbers(self, key: str, channels: int) -> tuple[float, ...]:
        """Return one number, or one a channel."""
        values = self.values.get(key)
        if not isinstance(values, list):
            return (self.get(key, float),)
        if len(values) != channels or channels == 1:
            several = channels > 1
            raise self.wrong(key, f"must be one number or a list of {channels}" if several else "must be one number")
        one_by_one = self.part(self.where, {key: None})
        found = []
        for value in values:
            one_by_one.values = {key: value}
            found.append(one_by_one.get(key, float))
        return tuple(found)

    def one_of(self, key: str, choices: Sequence[str]) -> Any:
        value = self.get(key, str)
        if value not in choices:
            raise self.wrong(key, f"must be one of {', '.join(choices)}")
        return value


def parse(path: Path, text: str, remedy: str) -> Entry:
    """Return the list itself. Raises ``ModelError`` if it is not valid or of another schema."""
    try:
        top = Entry(path, "the list itself", tomllib.loads(text), remedy)
    except tomllib.TOMLDecodeError as error:
        raise ModelError(f"The list of models {path} cannot be read ({error}). {remedy}") from error
    if (schema := top.get("schema", int)) != SCHEMA:
        raise ModelError(f"The list of models {path} has schema {schema}, this Faceapp reads {SCHEMA}. {remedy}")
    return top


def entry_text(values: Mapping[str, object]) -> str:
    """Return a ``[[model]]`` table as TOML; tables within follow as ``[model.NAME]``."""
    lines = ["[[model]]"]
    tables = []
    for key, value in values.items():
        if isinstance(value, Mapping):
            tables.append(f"[model.{key}]")
            tables.extend(f"{inner} = {_value(content)}" for inner, content in value.items())
        else:
            lines.append(f"{key} = {_value(value)}")
    return "\n".join([*lines, *tables]) + "\n"


def _value(value: object) -> str:
    if isinstance(value, str):
        # A JSON string is a TOML string, but for one control character that TOML wants escaped, too.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(one) for one in value)}]"
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"no TOML for {value!r}")
    return repr(value)
