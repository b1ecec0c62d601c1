"""What a tile of the grid is: plain data for the model, the painter and whoever describes photos and people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtGui import QPixmap

Kind = Literal["photo", "face", "person", "group"]
Mark = Literal["", "named", "automatic", "suggested", "rejected", "hidden"]  # how a face comes to what it is called


@dataclass(frozen=True, slots=True)
class TileDetails:
    """What the library says of a tile. ``title``: file name, or the person's name; "Not Ann", or "" if nobody yet."""

    title: str = ""
    mark: Mark = ""
    hint: str = ""  # tooltip
    detail: str = ""  # the second line under a person
    cover: int | None = None  # the face that stands for a person or a group
    spoken: str = ""  # for screen readers, where the title does not say it all


@dataclass(frozen=True, slots=True)
class Tile:
    """Everything one paint needs."""

    id: int
    kind: Kind
    title: str
    score: float | None  # cosine, None outside a search
    mark: Mark
    pixmap: QPixmap | None
    missing: bool = False  # the library has no picture for it
    below: bool = False  # shown though the line leaves it out
    detail: str = ""

    @property
    def named(self) -> bool:
        """Whether the user said who it is."""
        return self.mark == "named"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the grid: from row ``start`` to the next one's, under a header of its own."""

    start: int
    title: str
    detail: str = ""  # how many there are: "12 photos"


FetchDetails = Callable[[Kind, Sequence[int]], Mapping[int, TileDetails]]
"""Called on a worker with the ids of one screen; leaves out what it does not know."""

Describe = Callable[[int], TileDetails]
"""Answers at once, from memory."""


def group_tile(group_id: int) -> int:
    """Return the id that a group has among people, whose ids are positive. Its own inverse."""
    return -group_id
