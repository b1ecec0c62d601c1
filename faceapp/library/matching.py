"""Finding decided faces again by where they lie in the picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from faceapp.types import Box

SAME_FACE_IOU = 0.5  # from this overlap on, two boxes in one picture are one face

F = TypeVar("F")
D = TypeVar("D")


def match_boxes(faces: Mapping[F, Box], decided: Mapping[D, Box]) -> dict[F, D]:
    """Pair faces with decided boxes that overlap by ``SAME_FACE_IOU``, best overlap first, each at most once."""
    pairs = [
        (overlap, face, decision)
        for face, box in faces.items()
        for decision, there in decided.items()
        if (overlap := box.iou(there)) >= SAME_FACE_IOU
    ]
    pairs.sort(key=lambda pair: -pair[0])
    matched: dict[F, D] = {}
    taken: set[D] = set()
    for _, face, decision in pairs:
        if face not in matched and decision not in taken:
            matched[face] = decision
            taken.add(decision)
    return matched
