"""Turning a face upright and to a fixed size, by five landmarks.

Positions are in pixels with pixel centres at whole numbers, as OpenCV has it: (0, 0) is the
centre of the first pixel.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from faceapp.types import Pixels

Matrix = NDArray[np.float64]

# Left eye, right eye, nose, left and right mouth corner in a face of 112 × 112 pixels.
# From InsightFace (python-package/insightface/utils/face_align.py, MIT), the template of the ArcFace models.
ARCFACE_TEMPLATE = np.array(
    [[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]], np.float64
)
# The same in a face of 96 × 112 pixels. From SphereFace (preprocess/code/face_align_demo.m, MIT), the template of the
# A-Softmax models: ArcFace's, without 8 pixels on the left and on the right.
SPHEREFACE_TEMPLATE = np.array(
    [[30.2946, 51.6963], [65.5318, 51.5014], [48.0252, 71.7366], [33.5493, 92.3655], [62.7299, 92.2041]], np.float64
)
_TEMPLATES = {  # points, width and height in pixels
    "arcface": (ARCFACE_TEMPLATE, 112.0, 112.0),
    # What InsightFace's estimate_norm makes of the first one for faces of 128 × 128 pixels: wider, and lower.
    "arcface128": (ARCFACE_TEMPLATE + np.array([8.0, 0.0]), 128.0, 128.0),
    "sphereface": (SPHEREFACE_TEMPLATE, 96.0, 112.0),
}


def template(alignment: str, width: int, height: int) -> Matrix:
    """Return the (5, 2) template of that name for an aligned face of any size.

    Scaled to the height and centred in the width. Raises ``KeyError`` for an unknown name.
    """
    points, own_width, own_height = _TEMPLATES[alignment]
    scale = height / own_height
    return np.asarray(points * scale + ((width - own_width * scale) / 2, 0.0), np.float64)


def similarity(source: ArrayLike, target: ArrayLike) -> Matrix:
    """Return the (2, 3) matrix of the rotation, scale and shift that best maps points onto others.

    ``source`` and ``target`` are (N, 2). Least squares, no mirroring. Umeyama, "Least-squares estimation of
    transformation parameters between two point patterns", IEEE PAMI 13 (4), 1991, equations 38 to 42.
    Raises ``ValueError`` if the points of ``source`` all coincide or are not finite.
    """
    a, b = np.asarray(source, np.float64), np.asarray(target, np.float64)
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        raise ValueError("points must be finite")
    mean_a, mean_b = a.mean(axis=0), b.mean(axis=0)
    a, b = a - mean_a, b - mean_b
    variance = float((a * a).sum()) / len(a)
    if variance <= 1e-12:
        raise ValueError("points must not all coincide")
    u, d, vt = np.linalg.svd(b.T @ a / len(a))
    signs = np.array([1.0, 1.0 if np.linalg.det(u) * np.linalg.det(vt) > 0 else -1.0])
    rotation = (u * signs) @ vt
    scale = float((d * signs).sum()) / variance
    shift = mean_b - scale * rotation @ mean_a
    return np.column_stack([scale * rotation, shift])


def align(pixels: Pixels, landmarks: ArrayLike, width: int, height: int, alignment: str = "arcface") -> Pixels:
    """Cut a face out of a photo so that its landmarks lie on the template of that name.

    ``pixels`` is the photo at full resolution, ``landmarks`` (5, 2) in its pixels; returns
    (height, width, 3). What lies outside the photo is black. A face larger than the
    result is first reduced by averaging whole blocks, as bilinear sampling alone would alias.
    Raises ``ValueError`` if the landmarks define no transformation.
    """
    matrix = similarity(landmarks, template(alignment, width, height))
    scale = float(np.hypot(matrix[0, 0], matrix[1, 0]))
    if not scale > 0:
        raise ValueError("landmarks define no transformation")
    block = int(1 / scale)
    if block >= 2:
        pixels, matrix = _reduce(pixels, matrix, width, height, block)
    warped = cv2.warpAffine(pixels, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    return np.asarray(warped, np.uint8)


def _reduce(pixels: Pixels, matrix: Matrix, width: int, height: int, block: int) -> tuple[Pixels, Matrix]:
    """Return the part of the photo under the aligned face, averaged over blocks, and the matrix from there."""
    corners = np.array([[-1, -1, 1], [width, -1, 1], [-1, height, 1], [width, height, 1]], np.float64)
    inverse = np.linalg.inv(np.vstack([matrix, (0, 0, 1)]))
    reach = (corners @ inverse.T)[:, :2]
    limit = np.array([pixels.shape[1], pixels.shape[0]])
    low = np.clip(np.floor(reach.min(axis=0)).astype(int) - block, 0, limit)
    high = np.clip(np.ceil(reach.max(axis=0)).astype(int) + block, 0, limit)
    cells = (high - low) // block
    if (cells < 1).any():
        return pixels, matrix
    (left, top), (across, down) = low, cells
    part = pixels[top : top + down * block, left : left + across * block]
    small = cv2.resize(part, (int(across), int(down)), interpolation=cv2.INTER_AREA)
    # Pixel (i, j) of the small picture is the mean of the block centred at low + (i, j) * block + (block - 1) / 2.
    grown = np.array([[block, 0, left + (block - 1) / 2], [0, block, top + (block - 1) / 2], [0, 0, 1]], np.float64)
    return np.asarray(small, np.uint8), matrix @ grown
