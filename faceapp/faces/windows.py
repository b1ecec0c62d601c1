"""Where to look closer: few windows that hold all places where a small face may be."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Window = tuple[int, int, int, int]  # left, top, right, bottom in pixels

_SIDE = 256  # pixels; smaller ones need relatively more margin, larger ones hold more that is no face
_MARGIN = 0.5  # of a face's longer side, around it: the network judges a face by its surroundings
_CLEAR = 0.25  # of a face's longer side, between it and a cut
_WORTH = 0.6  # of the picture: more windows than that cost as much as looking at all of it, a little smaller


def place(boxes: NDArray[np.float64], width: int, height: int) -> list[Window] | None:
    """Return windows of one size inside a picture so that each box (N, 4) lies in one, margin included.

    None if they would cover most of the picture. Greedy: the first box that no window holds yet gets one around
    its middle.
    """
    side_x, side_y = min(_SIDE, width), min(_SIDE, height)
    size = np.array([side_x, side_y], np.float64)
    limit = np.array([width, height], np.float64)
    margin = boxes[:, 2:].max(axis=1, keepdims=True) * _MARGIN
    low = np.clip(boxes[:, :2] - margin, 0, limit)
    high = np.clip(boxes[:, :2] + boxes[:, 2:] + margin, 0, limit)
    waiting = np.ones(len(boxes), bool)
    windows: list[Window] = []
    while waiting.any():
        first = int(np.argmax(waiting))
        start = np.clip(np.round((low[first] + high[first]) / 2 - size / 2), 0, limit - size)
        waiting &= ~((low >= start) & (high <= start + size)).all(axis=1)
        waiting[first] = False
        left, top = int(start[0]), int(start[1])
        windows.append((left, top, left + side_x, top + side_y))
        if len(windows) * side_x * side_y > _WORTH * width * height:
            return None
    return windows


def uncut(boxes: NDArray[np.float64], window: Window, width: int, height: int) -> NDArray[np.bool_]:
    """Return which boxes (N, 4) keep clear of the edges of their window, unless it is the picture's edge too.

    What lies nearer to a cut may be half a face.
    """
    low, high = np.array(window[:2]), np.array(window[2:])
    margin = boxes[:, 2:].max(axis=1, keepdims=True) * _CLEAR
    clear = (boxes[:, :2] - margin > low) | (low <= 0)
    clear &= (boxes[:, :2] + boxes[:, 2:] + margin < high) | (high >= (width, height))
    return np.asarray(clear.all(axis=1), np.bool_)


def within(boxes: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which boxes (N, 4) have their middle in one of the others (M, 4)."""
    middles = boxes[:, None, :2] + boxes[:, None, 2:] / 2
    inside = (middles >= others[:, :2]) & (middles <= others[:, :2] + others[:, 2:])
    return np.asarray(np.any(np.all(inside, axis=2), axis=1), np.bool_)
