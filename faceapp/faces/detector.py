"""Finding faces with a CenterFace model.

Xu, Yan et al., "CenterFace: Joint Face Detection and Alignment Using Face as Point", 2019
(arXiv 1911.03599): every cell of a grid says how likely a face is centred in it, how large it is,
where in the cell its centre lies and where its five landmarks are.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from faceapp.faces.catalogue import DetectorModel
from faceapp.faces.pyramid import Found, levels, merge
from faceapp.faces.sessions import Session
from faceapp.types import Box, Detection, FloatArray, Pixels

_SMALLEST = 4.0  # pixels of the detector's input: smaller boxes are noise
_CANDIDATES = 5000  # cells kept before overlapping boxes are merged


class Detector:
    """Finds faces with one model. Safe from several threads at once.

    ``long_side`` is the length in pixels to which a larger photo's longer side is reduced;
    ``min_score`` the confidence from which a face is kept.
    """

    def __init__(
        self, model: DetectorModel, session: Session, *, long_side: int = 1280, min_score: float = 0.35
    ) -> None:
        self.model = model
        self._session = session
        self._long_side = long_side
        self._min_score = min_score

    def detect(self, pixels: Pixels) -> list[Detection]:
        """Return the faces of an upright BGR picture, most certain first.

        Boxes are cut off at the picture's edges; landmarks may lie a little outside.
        """
        if not pixels.shape[0] or not pixels.shape[1]:
            return []
        merged = merge([self._look(level) for level in levels(pixels, self._long_side)])
        keep = suppress(merged.boxes, merged.scores, self.model.overlap)
        found = (_detection(merged.boxes[i], merged.landmarks[i], float(merged.scores[i])) for i in keep)
        return [detection for detection in found if detection is not None]

    def _look(self, picture: Pixels) -> Found:
        """Return what is found in the picture at one size."""
        outputs = self._session.run(self._tensor(picture))
        boxes, landmarks, scores = decode(outputs, self.model.stride, self._min_score)
        keep = suppress(boxes, scores, self.model.overlap)
        boxes, landmarks = boxes[keep], landmarks[keep]
        size = np.array([picture.shape[1], picture.shape[0]], np.float64)
        return Found(boxes / np.tile(size, 2), landmarks / size, scores[keep], boxes[:, 2:].mean(axis=1))

    def _tensor(self, small: Pixels) -> FloatArray:
        """Return the picture as the model's input, black added at the right and bottom up to a whole multiple."""
        rows, columns = small.shape[:2]
        multiple = self.model.multiple
        padded = cv2.copyMakeBorder(small, 0, -rows % multiple, 0, -columns % multiple, cv2.BORDER_CONSTANT)
        mean = self.model.mean
        blob = cv2.dnn.blobFromImage(
            padded, 1 / self.model.scale, mean=(mean, mean, mean), swapRB=self.model.channels == "RGB"
        )
        return np.asarray(blob, np.float32)


def decode(
    outputs: Sequence[FloatArray], stride: int, min_score: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return boxes (N, 4) as x, y, w, h, landmarks (N, 5, 2) and scores (N,), in pixels of the model's input.

    ``outputs`` are heatmap (1, 1, H, W), scale (1, 2, H, W), offset (1, 2, H, W) and landmarks
    (1, 10, H, W); pairs of channels are y before x. A box is exp(scale) × stride large and its centre
    lies at (cell + offset + 0.5) × stride; landmarks are fractions of the box. As in the authors' own decoder.
    """
    heatmap, scale, offset, points = (np.asarray(output[0], np.float32) for output in outputs)
    row, column = np.nonzero(heatmap[0] >= min_score)
    scores = heatmap[0, row, column].astype(np.float64)
    if len(scores) > _CANDIDATES:
        best = np.argsort(-scores, kind="stable")[:_CANDIDATES]
        row, column, scores = row[best], column[best], scores[best]
    with np.errstate(over="ignore", invalid="ignore"):
        size = np.exp(scale[::-1, row, column].T.astype(np.float64)) * stride  # w, h
        centre = (np.column_stack([column, row]) + offset[::-1, row, column].T.astype(np.float64) + 0.5) * stride
        corner = centre - size / 2
        # (10, N) as y0, x0, y1, x1, ... -> (N, 5, 2) as x, y
        fractions = points[:, row, column].T.astype(np.float64).reshape(-1, 5, 2)[..., ::-1]
        landmarks = fractions * size[:, None] + corner[:, None]
    boxes = np.column_stack([corner, size])
    sane = np.isfinite(boxes).all(axis=1) & np.isfinite(landmarks).all(axis=(1, 2)) & (size.min(axis=1) >= _SMALLEST)
    return boxes[sane], landmarks[sane], scores[sane]


def suppress(boxes: NDArray[np.float64], scores: NDArray[np.float64], overlap: float) -> list[int]:
    """Return which boxes (N, 4) to keep, most certain first: those not covered by a more certain one."""
    if not len(boxes):
        return []
    kept = cv2.dnn.NMSBoxes(boxes.tolist(), scores.tolist(), 0.0, overlap)
    return [int(i) for i in np.asarray(kept).ravel()]


def _detection(box: NDArray[np.float64], landmarks: NDArray[np.float64], score: float) -> Detection | None:
    """Return a face, its box cut off at the picture's edges; None if nothing of it lies inside."""
    x, y, w, h = (float(v) for v in box)
    left, top = max(0.0, x), max(0.0, y)
    right, bottom = min(1.0, x + w), min(1.0, y + h)
    if right <= left or bottom <= top:
        return None
    points = tuple((float(px), float(py)) for px, py in landmarks)
    return Detection(Box(left, top, right - left, bottom - top), points, min(1.0, max(0.0, score)))
