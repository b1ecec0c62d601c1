"""The face in a box that a person drew."""

from __future__ import annotations

import numpy as np

from faceapp.errors import PhotoError
from faceapp.ports import Analyser
from faceapp.types import AnalysedFace, Box, Detection, Landmarks, Pixels

_AROUND = 0.25  # of the box, looked at on each side: a detector wants to see more than the face
# Where eyes, nose and corners of the mouth lie in the box of a face seen from the front, as fractions of it.
_STANDARD = ((0.3, 0.4), (0.7, 0.4), (0.5, 0.6), (0.35, 0.8), (0.65, 0.8))


def face_in(analyser: Analyser, pixels: Pixels, box: Box, *, anyway: bool) -> AnalysedFace | None:
    """Return the face whose middle lies in the box; of several, the one that fills it best. Its score is 1.

    ``anyway``: where none is found, the box itself is one. Raises ``PhotoError`` if there is nothing to see in it.
    """
    found = _found_in(analyser, pixels, box)
    if found is None and anyway:
        found = Detection(box, tuple((box.x + x * box.w, box.y + y * box.h) for x, y in _STANDARD), 1.0)
    if found is None:
        return None
    faces = analyser.embed(pixels, [found])
    if not faces:
        raise PhotoError("This box is too small for a face. Draw a larger one.")
    return faces[0]


def _found_in(analyser: Analyser, pixels: Pixels, box: Box) -> Detection | None:
    height, width = pixels.shape[:2]
    left, top = max(0.0, box.x - _AROUND * box.w), max(0.0, box.y - _AROUND * box.h)
    right, bottom = min(1.0, box.x + (1 + _AROUND) * box.w), min(1.0, box.y + (1 + _AROUND) * box.h)
    x, y, across, down = Box(left, top, right - left, bottom - top).to_pixels(width, height)
    part = pixels[y : y + down, x : x + across]
    if not part.size:
        raise PhotoError("This box is too small for a face. Draw a larger one.")
    high, wide = part.shape[:2]

    def whole(points: Landmarks) -> Landmarks:
        return tuple(((x + px * wide) / width, (y + py * high) / height) for px, py in points)

    best: Detection | None = None
    for face in analyser.analyse(np.ascontiguousarray(part)):
        of = face.detection
        (fx, fy), (ex, ey) = whole(((of.box.x, of.box.y), (of.box.x + of.box.w, of.box.y + of.box.h)))
        there = Box(fx, fy, ex - fx, ey - fy)
        inside = box.x <= (fx + ex) / 2 <= box.x + box.w and box.y <= (fy + ey) / 2 <= box.y + box.h
        if inside and (best is None or there.iou(box) > best.box.iou(box)):
            best = Detection(there, whole(of.landmarks), 1.0)
    return best
