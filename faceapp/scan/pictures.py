"""Opening one picture for the user, in a child process, ahead of the photos of a scan."""

from __future__ import annotations

from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

from faceapp.errors import PhotoError
from faceapp.processes import ChildError, PoolClosed, Workforce
from faceapp.scan.photo_work import Align, FindFaces, FindInBox, Read
from faceapp.scan.reasons import words_of
from faceapp.types import AnalysedFace, Box, DecodedPhoto, Landmarks, Pixels


class ContainedPictures:
    """Implements ``ports.Pictures`` over a pool that answers ``Read``, ``FindFaces``, ``FindInBox`` and ``Align``."""

    def __init__(self, pool: Workforce) -> None:
        self._pool = pool

    def read(self, source: Path | bytes, name: str | None = None) -> DecodedPhoto:
        photo: DecodedPhoto = self._ask(Read(_from_anywhere(source), name))
        return photo

    def find_faces(self, source: Path | bytes, name: str | None = None) -> tuple[DecodedPhoto, list[AnalysedFace]]:
        found: tuple[DecodedPhoto, list[AnalysedFace]] = self._ask(FindFaces(_from_anywhere(source), name))
        return found

    def find_in_box(self, source: Path, box: Box, *, anyway: bool = False) -> tuple[bytes, AnalysedFace | None]:
        found: tuple[bytes, AnalysedFace | None] = self._ask(FindInBox(source.absolute(), box, anyway))
        return found

    def aligned(self, source: Path, landmarks: Landmarks, size: int = 224) -> Pixels:
        face: Pixels = self._ask(Align(source.absolute(), landmarks, size))
        return face

    def _ask(self, request: Read | FindFaces | FindInBox | Align) -> Any:
        try:
            return self._pool.submit(request, urgent=True).result()
        except ChildError as error:
            name = request.name or (request.source.name if isinstance(request.source, Path) else "picture")
            raise PhotoError(words_of(error, name)) from error
        except CancelledError as error:
            raise PoolClosed from error


def _from_anywhere(source: Path | bytes) -> Path | bytes:
    """Return a source that a process with another working directory understands."""
    return source.absolute() if isinstance(source, Path) else source
