"""Where the viewer gets photos and words from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QPixmap

from faceapp.types import Face, Photo, Pixels
from faceapp.ui.widgets.photo_view import FaceBox


@dataclass(frozen=True, slots=True)
class PhotoWords:
    """What is said of a photo. ``title``: file name and date. ``folder``: of the library, that it lies in."""

    title: str
    faces: Sequence[FaceBox] = ()
    photo: Photo | None = None
    folder: Path | None = None
    people: Sequence[Face] = ()


@dataclass(frozen=True, slots=True)
class ViewerSource:
    """Where the viewer gets photos from. ``load`` and ``describe`` run on a worker, ``thumbnail`` at once."""

    load: Callable[[int], Pixels]  # the whole photo, upright; raises in words for a person
    describe: Callable[[int], PhotoWords]
    thumbnail: Callable[[int], QPixmap | None]
