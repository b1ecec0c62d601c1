"""Reducing pictures, cheaply and without aliasing."""

from __future__ import annotations

import cv2
import numpy as np

from faceapp.types import Pixels

OVERVIEW_SIDE = 1600  # pixels, the longer side: what the detector and the thumbnail are made from


def resized(pixels: Pixels, ratio: float) -> Pixels:
    """Return a picture scaled by a ratio.

    Reducing halves by exact means of four pixels first, which is many times cheaper than
    one step by an uneven ratio; fine texture must not alias into false faces.
    """
    height, width = pixels.shape[:2]
    size = max(1, round(width * ratio)), max(1, round(height * ratio))
    while min(pixels.shape[:2]) > 1 and pixels.shape[1] >= 2 * size[0] and pixels.shape[0] >= 2 * size[1]:
        half = pixels.shape[1] // 2, pixels.shape[0] // 2
        even = pixels[: half[1] * 2, : half[0] * 2]
        pixels = np.asarray(cv2.resize(even, half, interpolation=cv2.INTER_AREA), np.uint8)
    if (pixels.shape[1], pixels.shape[0]) == size:
        return pixels
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR), np.uint8)


def overview_of(pixels: Pixels) -> Pixels:
    """Return a picture reduced to ``OVERVIEW_SIDE``, itself if it is no larger."""
    return resized(pixels, min(1.0, OVERVIEW_SIDE / max(pixels.shape[:2])))
