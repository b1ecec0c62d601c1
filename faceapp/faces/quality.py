"""How far a face's vector can be trusted: cheap measures of what embedders suffer from."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import ArrayLike

from faceapp.types import Box, Pixels, Quality


def measure(box: Box, landmarks: ArrayLike, aligned: Pixels, norm: float, width: int, height: int) -> Quality:
    """Return a face's quality.

    ``landmarks`` (5, 2) are in pixels of the photo, ``aligned`` is the BGR face that was embedded,
    ``norm`` the length of its raw vector, ``width`` and ``height`` the full photo's size in pixels.
    """
    return Quality(
        size_px=min(box.w * width, box.h * height),
        sharpness=sharpness(aligned),
        norm=norm,
        yaw=yaw(landmarks),
    )


def sharpness(aligned: Pixels) -> float:
    """Return the variance of the Laplacian of the grey face; small for a blurred one.

    Pech-Pacheco et al., "Diatom autofocusing in brightfield microscopy", ICPR 2000. Comparable
    between faces because all are aligned to one size first.
    """
    grey = cv2.cvtColor(aligned, cv2.COLOR_BGR2GRAY)
    return float(cv2.Laplacian(grey, cv2.CV_32F).var())


def yaw(landmarks: ArrayLike) -> float:
    """Return how far a face is turned sideways, from -1 to 1; 0 is frontal, above 0 to the picture's right.

    Where the nose lies between the eyes, measured along the line through both, so that a tilted
    head counts as frontal; at or beyond an eye is 1. Landmarks (5, 2) in pixels.
    """
    points = np.asarray(landmarks, np.float64)
    left, right, nose = points[0], points[1], points[2]
    axis = right - left
    length = float(axis @ axis)
    if length <= 1e-12:
        return 0.0
    along = float((nose - left) @ axis) / length
    return min(1.0, max(-1.0, 2 * along - 1))
