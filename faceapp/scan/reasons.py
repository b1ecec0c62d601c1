"""Why a photo could not be read, in words for a person."""

from __future__ import annotations

import logging

from faceapp.errors import FaceappError
from faceapp.imaging.refusals import shown_name
from faceapp.processes import ChildDied, ChildTimedOut, ChildTooLarge
from faceapp.scan.walk import printable_text

log = logging.getLogger(__name__)


def words_of(error: Exception, name: str) -> str:
    """Return a sentence on what happened to the file ``name`` and what to do. What is our own fault is logged, too."""
    shown = shown_name(name)
    match error:
        case ChildTimedOut():
            return f"{shown} took longer than {error.seconds:g} seconds to open. Check the drive, or save a copy of it."
        case ChildTooLarge():
            limit = error.memory_bytes / (1 << 30)
            return f"{shown} needed more than {limit:.2g} GB of memory to open. Save a smaller copy."
        case ChildDied(killed=True):
            return (
                f"The system ended the picture decoder while it opened {shown}, most likely for lack of memory. "
                "Close other programs and try again."
            )
        case ChildDied():
            return (
                f"{shown} made the picture decoder crash (it {error.how}). It is probably damaged: "
                "copy it again from the camera or a backup."
            )
        case FaceappError():
            return printable_text(str(error))
        case MemoryError():
            return f"There was not enough memory for {shown}. Close other programs and try again."
    log.error("A photo could not be analysed", exc_info=error)
    return printable_text(f"Faceapp could not work with {shown} ({type(error).__name__}: {error}).")
