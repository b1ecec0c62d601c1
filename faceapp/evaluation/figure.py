"""The picture of an evaluation: ROC on a logarithmic axis, and the histograms of the scores with the threshold."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from faceapp.evaluation.verification import Scores, Verification

WIDTH, HEIGHT = 1200, 600
_FINE = 3  # drawn so many times as large and reduced: Pillow's lines have no smooth edges

BACKGROUND, INK, FAINT, GRID = "#ffffff", "#1b1d1f", "#5c6269", "#e0e3e7"
SAME, OTHER, MARK = "#1f6feb", "#c9372c", "#1b1d1f"
UNKNOWN = "#f5f6f7"
_SAME_FILL, _OTHER_FILL = (31, 111, 235, 110), (201, 55, 44, 110)

_DECADES = 4  # FAR from 1e-4 to 1


def letters(text: str) -> str:
    """Return a text in the characters that Pillow's own font has."""
    return text.encode("ascii", "replace").decode()


@dataclass(frozen=True, slots=True)
class _Plot:
    """A plot's area in pixels; data go from 0 to 1 in both directions."""

    draw: ImageDraw.ImageDraw
    left: int
    top: int
    right: int
    bottom: int

    def at(self, x: float, y: float) -> tuple[float, float]:
        return (
            (self.left + x * (self.right - self.left)) * _FINE,
            (self.bottom - y * (self.bottom - self.top)) * _FINE,
        )

    def line(self, points: Iterable[tuple[float, float]], colour: str, width: float) -> None:
        self.draw.line([self.at(x, y) for x, y in points], fill=colour, width=round(width * _FINE), joint="curve")

    def frame(self, title: str, below: str, beside: str) -> None:
        write(self.draw, (self.left, self.top - 50), title, size=19)
        write(self.draw, ((self.left + self.right) / 2, self.bottom + 34), below, anchor="mt", colour=FAINT)
        write(self.draw, (self.left, self.top - 4), beside, size=13, anchor="ld", colour=FAINT)
        self.line([(0, 0), (1, 0)], FAINT, 1)

    def ticks(self, across: Iterable[tuple[float, str]], up: Iterable[tuple[float, str]]) -> None:
        for x, text in across:
            self.line([(x, 0), (x, 1)], GRID, 1)
            write(self.draw, (self.at(x, 0)[0] / _FINE, self.bottom + 9), text, anchor="mt", colour=FAINT)
        for y, text in up:
            self.line([(0, y), (1, y)], GRID, 1)
            write(self.draw, (self.left - 9, self.at(0, y)[1] / _FINE), text, anchor="rm", colour=FAINT)


def write(
    draw: ImageDraw.ImageDraw,
    where: tuple[float, float],
    text: str,
    *,
    size: int = 15,
    anchor: str = "la",
    colour: str = INK,
    fine: int = _FINE,
) -> None:
    """Write a text; position and size in pixels of the finished picture, which is reduced by ``fine``."""
    font = ImageFont.load_default(size=size * fine)
    draw.text((where[0] * fine, where[1] * fine), letters(text), fill=colour, font=font, anchor=anchor)


def draw_report(result: Verification, title: str) -> Image.Image:
    """Return the picture, 1200 × 600 pixels, RGB."""
    picture = Image.new("RGB", (WIDTH * _FINE, HEIGHT * _FINE), BACKGROUND)
    draw = ImageDraw.Draw(picture, "RGBA")
    write(draw, (70, 20), title, size=22)
    _draw_roc(_Plot(draw, 70, 128, 560, 520), result)
    _draw_histograms(_Plot(draw, 670, 128, 1160, 520), result)
    return picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def _draw_roc(plot: _Plot, result: Verification) -> None:
    def across(far: Scores | float) -> Scores:
        floor = 10.0**-_DECADES
        return 1 + np.log10(np.maximum(far, floor)) / _DECADES

    lowest = _roc_floor(result)

    def up(tar: Scores | float) -> Scores:
        return np.clip((np.asarray(tar) - lowest) / (1 - lowest), 0, 1)

    decades = [(n / _DECADES, f"{100 * 10.0 ** (n - _DECADES):g} %") for n in range(_DECADES + 1)]
    steps = [(n / 5, f"{100 * (lowest + (1 - lowest) * n / 5):g} %") for n in range(6)]
    if (unknown := float(across(1 / result.other_pairs))) > 0:
        plot.draw.rectangle((*plot.at(0, 1), *plot.at(min(unknown, 1), 0)), fill=UNKNOWN)
        write(plot.draw, (plot.left + 8, plot.top + 8), "too few pairs", size=13, colour=FAINT)
    plot.ticks(decades, steps)
    plot.frame("ROC", "False accept rate (FAR)", "True accept rate (TAR)")
    # A curve of steps: between two thresholds the FAR of one holds with the TAR of it.
    far, tar = np.repeat(across(result.roc.far), 2)[1:], np.repeat(up(result.roc.tar), 2)[:-1]
    plot.line(zip(far.tolist(), tar.tolist(), strict=True), SAME, 2.5)
    for point in result.points.values():
        if point is not None:
            x = float(across(point.target))
            plot.line([(x, float(up(bound))) for bound in point.tar.interval], SAME, 1.5)
            x0, y0 = plot.at(x, float(up(point.tar.value)))
            radius = 5 * _FINE
            plot.draw.ellipse((x0 - radius, y0 - radius, x0 + radius, y0 + radius), fill=SAME, outline=BACKGROUND)
    words = f"EER {100 * result.eer:.2f} %   AUC {result.auc:.4f}"
    write(plot.draw, (plot.right - 14, plot.bottom - 14), words, anchor="rd")


def _roc_floor(result: Verification) -> float:
    """Return the lowest TAR of the axis: the largest of 0, 0.5, 0.9 and 0.99 with some room below the curve."""
    points = [point.tar.value for point in result.points.values() if point is not None]
    least = min(points, default=0.0)
    return next((floor for floor in (0.99, 0.9, 0.5) if least >= floor + (1 - floor) / 5), 0.0)


def _draw_histograms(plot: _Plot, result: Verification) -> None:
    low, high = _score_range(result)
    same = result.same_histogram / result.same_pairs
    other = result.other_histogram / result.other_pairs
    tallest = float(max(same.max(), other.max())) * 1.04

    def across(score: float) -> float:
        return (score - low) / (high - low)

    step = next(step for step in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5) if tallest < 6 * step)
    plot.ticks(
        [(across(n / 5), f"{n / 5:.1f}") for n in range(round(low * 5), round(high * 5) + 1)],
        [(n * step / tallest, f"{100 * n * step:g} %") for n in range(int(tallest / step) + 1)],
    )
    for heights, fill, edge in ((other, _OTHER_FILL, OTHER), (same, _SAME_FILL, SAME)):
        outline = _outline(heights / tallest, [across(edge) for edge in result.edges.tolist()])
        plot.draw.polygon([plot.at(x, y) for x, y in outline], fill=fill)
        plot.line(outline[1:-1], edge, 1.5)
    plot.frame("Scores", "Score (cosine)", "Share of the pairs of each kind")
    cut = across(result.best_threshold)
    plot.line([(cut, 0), (cut, 1)], MARK, 2)
    x = plot.at(cut, 0)[0] / _FINE
    write(plot.draw, (x, plot.top - 4), f"{result.best_threshold:.3f}", size=14, anchor="md")
    for row, (colour, count, kind) in enumerate(
        ((OTHER, result.other_pairs, "of two people"), (SAME, result.same_pairs, "of one person"))
    ):
        words = f"{count:,} {'pair' if count == 1 else 'pairs'} {kind}"
        write(plot.draw, (plot.right, plot.top - 62 + 20 * row), words, size=14, anchor="ra", colour=colour)


def _score_range(result: Verification) -> tuple[float, float]:
    """Return the scores at both ends of the axis: a whole number of fifths around all of them."""
    filled = np.flatnonzero(result.same_histogram + result.other_histogram)
    low, high = float(result.edges[filled[0]]), float(result.edges[filled[-1] + 1])
    return max(-1.0, math.floor(low * 5 + 1e-9) / 5), min(1.0, math.ceil(high * 5 - 1e-9) / 5)


def _outline(heights: Scores, edges: Sequence[float]) -> list[tuple[float, float]]:
    """Return the corners of a histogram from its first filled bin to its last, on the ground at both ends."""
    filled = np.flatnonzero(heights)
    first, last = int(filled[0]), int(filled[-1])
    corners = [(edges[first], 0.0)]
    for bin_ in range(first, last + 1):
        corners += [(edges[bin_], float(heights[bin_])), (edges[bin_ + 1], float(heights[bin_]))]
    return [*corners, (edges[last + 1], 0.0)]
