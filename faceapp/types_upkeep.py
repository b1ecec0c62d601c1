"""The words of looking after a library: what it keeps where, its backups, what goes when somebody is forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path


class Part(StrEnum):
    """What is kept on the disk. Nothing of it lies in a photo folder."""

    DATABASE = "database"
    BACKUPS = "backups"
    VECTORS = "vectors"  # files for quick search, which can be made anew
    THUMBNAILS = "thumbnails"
    MODELS = "models"  # that the user added
    SETTINGS = "settings"
    LOGS = "logs"


@dataclass(frozen=True, slots=True)
class Stored:
    """A part and how large it is. ``path`` need not be there."""

    part: Part
    path: Path
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Backup:
    path: Path
    made: datetime  # aware, UTC
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Forgetting:
    """What goes when a person is forgotten."""

    person_id: int
    name: str
    faces: int  # that were said to be them
    decisions: int  # that name them, steps of the history
    albums: tuple[str, ...]  # that look for them or bear their name
    backups: int  # that may still hold them
