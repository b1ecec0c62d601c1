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
from faceapp.faces.windows import place, uncut, within
from faceapp.imaging.scaling import OVERVIEW_SIDE, overview_of, resized
from faceapp.types import Box, Detection, FloatArray, Pixels

_SMALLEST = 4.0  # pixels of the detector's input: smaller boxes are noise
_CANDIDATES = 5000  # cells kept before overlapping boxes are merged
_AT_LEAST = 640  # pixels: smaller photos are enlarged, which finds the landmarks of small faces more exactly
_WORTH_HALVING = 1.25  # a photo up to this many times half the long side is looked at whole, and once
# In 100 photos of 12 megapixels and the group photos, each of the 231 faces that a look at the whole photo at 1,280
# pixels finds answers with more than this at 800, and so does 6 % of the area; at 640 pixels four of them do not.
_HINT = 0.03
_SMALL = 64.0  # pixels, mean side: larger faces are seen well enough without a closer look
_WHOLE = 0.8  # of the full size, for the closer look at a photo that answers nearly everywhere

Array = NDArray[np.float64]


class Detector:
    """Finds faces with one model. Safe from several threads at once.

    Looks at the whole photo at half of ``long_side`` pixels, where the network takes a quarter of the time, and then
    at full ``long_side`` through small windows around whatever may be a small face there. ``min_score`` is the
    confidence from which a face is kept.
    """

    def __init__(
        self, model: DetectorModel, session: Session, *, long_side: int = OVERVIEW_SIDE, min_score: float = 0.35
    ) -> None:
        self.model = model
        self._session = session
        self._long_side = long_side
        self._min_score = min_score

    def detect(self, pixels: Pixels, overview: Pixels | None = None) -> list[Detection]:
        """Return the faces of an upright BGR picture, most certain first.

        ``overview`` is the picture as ``imaging.scaling.overview_of`` reduces it. Boxes are cut off at the
        picture's edges; landmarks may lie a little outside.
        """
        if not pixels.shape[0] or not pixels.shape[1]:
            return []
        fine, coarse = self._sizes(pixels, overview_of(pixels) if overview is None else overview)
        first, *smaller = levels(coarse)
        boxes, landmarks, scores = self._run(first, self._min_score if fine is first else _HINT)
        sure = scores >= self._min_score
        views = [self._found(first, boxes[sure], landmarks[sure], scores[sure])]
        views += [self._found(level, *self._run(level, self._min_score)) for level in smaller]
        if fine is not first:
            small = boxes[:, 2:].mean(axis=1) < _SMALL
            wanted = small & (sure | ~within(boxes, boxes[sure & ~small]))  # a part of a large face is no small one
            hints = boxes[wanted][suppress(boxes[wanted], scores[wanted], self.model.overlap)]
            views += self._look_closer(fine, hints * max(fine.shape[:2]) / max(first.shape[:2]))
        merged = merge(views)
        keep = suppress(merged.boxes, merged.scores, self.model.overlap)
        faces = (_detection(merged.boxes[i], merged.landmarks[i], float(merged.scores[i])) for i in keep)
        return [face for face in faces if face is not None]

    def _sizes(self, pixels: Pixels, overview: Pixels) -> tuple[Pixels, Pixels]:
        """Return the picture for the closer look and the one that is looked at whole: the same if it is small."""
        longest = max(pixels.shape[:2])
        wanted = min(self._long_side, longest)
        larger = pixels if wanted > max(overview.shape[:2]) else overview
        fine = resized(larger, wanted / max(larger.shape[:2]))
        if longest < _AT_LEAST:
            fine = resized(fine, min(_AT_LEAST, self._long_side) / wanted)
        half = self._long_side / 2
        if max(fine.shape[:2]) <= half * _WORTH_HALVING:
            return fine, fine
        return fine, resized(fine, half / max(fine.shape[:2]))

    def _run(self, picture: Pixels, min_score: float) -> tuple[Array, Array, Array]:
        """Return what ``decode`` does for a picture, in its pixels."""
        return decode(self._session.run(self._tensor(picture)), self.model.stride, min_score)

    def _look_closer(self, fine: Pixels, hints: Array) -> list[Found]:
        """Return the faces around ``hints`` (N, 4), boxes in pixels of ``fine``."""
        windows = place(hints, fine.shape[1], fine.shape[0])
        if windows is None:
            whole = resized(fine, _WHOLE)
            return [self._found(whole, *self._run(whole, self._min_score))]
        parts = []
        for left, top, right, bottom in windows:
            boxes, landmarks, scores = self._run(fine[top:bottom, left:right], self._min_score)
            boxes[:, :2] += (left, top)
            landmarks += (left, top)
            clear = uncut(boxes, (left, top, right, bottom), fine.shape[1], fine.shape[0])
            parts.append((boxes[clear], landmarks[clear], scores[clear]))
        if not parts:
            return []
        boxes, landmarks, scores = (np.concatenate(part) for part in zip(*parts, strict=True))
        return [self._found(fine, boxes, landmarks, scores)]

    def _found(self, picture: Pixels, boxes: Array, landmarks: Array, scores: Array) -> Found:
        """Return distinct faces as fractions of the picture whose pixels their boxes are in."""
        keep = suppress(boxes, scores, self.model.overlap)
        boxes, landmarks = boxes[keep], landmarks[keep]
        size = np.array([picture.shape[1], picture.shape[0]], np.float64)
        return Found(boxes / np.tile(size, 2), landmarks / size, scores[keep], boxes[:, 2:].mean(axis=1))

    def _tensor(self, small: Pixels) -> FloatArray:
        """Return the picture as the model's input, black added at the right and bottom up to a whole multiple."""
        rows, columns = small.shape[:2]
        multiple = self.model.multiple
        padded = cv2.copyMakeBorder(small, 0, -rows % multiple, 0, -columns % multiple, cv2.BORDER_CONSTANT)
        mean, scale = self.model.mean[0], self.model.scale[0]
        blob = cv2.dnn.blobFromImage(padded, 1 / scale, mean=(mean, mean, mean), swapRB=self.model.channels == "RGB")
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
