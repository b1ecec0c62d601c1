"""The pairs that were judged worst, as faces to look at: wrong labels and hard faces show at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from faceapp.errors import PhotoError
from faceapp.evaluation.figure import BACKGROUND, FAINT, OTHER, letters, write
from faceapp.evaluation.run import Evaluation
from faceapp.jobs import CancelToken
from faceapp.ports import Pictures
from faceapp.types import Box, DecodedPhoto

WORST = 12  # pairs of a kind
SIDE = 112  # pixels of a face
_BEYOND = 236  # grey level outside the photo
_AROUND = 1.4  # how many times as long as the box's longer side a crop is
_COLUMNS = 4
_MARGIN, _GAP, _CAPTION, _HEADING = 28, 24, 42, 58  # pixels
_NAME = 17  # letters of a name that fit under a face


@dataclass(frozen=True, slots=True)
class WorstPair:
    """A pair at the wrong end of the scores. ``wrong``: the best threshold judges it wrongly."""

    first: int  # index into ``Pairs.pictures``
    second: int
    score: float
    wrong: bool


def worst_pairs(evaluation: Evaluation, limit: int = WORST) -> tuple[list[WorstPair], list[WorstPair]]:
    """Return the pairs of two people with the highest scores, and those of one person with the lowest, worst first.

    Pairs with a picture without a face are left out: there is nothing to see.
    """
    same, usable = evaluation.pairs.same, evaluation.usable
    alike, unlike = np.flatnonzero(~same & usable), np.flatnonzero(same & usable)
    alike = alike[np.argsort(-evaluation.scores[alike], kind="stable")[:limit]]
    unlike = unlike[np.argsort(evaluation.scores[unlike], kind="stable")[:limit]]
    return [_worst(evaluation, int(n)) for n in alike], [_worst(evaluation, int(n)) for n in unlike]


def _worst(evaluation: Evaluation, pair: int) -> WorstPair:
    pairs, score = evaluation.pairs, float(evaluation.scores[pair])
    accepted = score >= evaluation.verification.best_threshold
    return WorstPair(int(pairs.first[pair]), int(pairs.second[pair]), score, accepted != bool(pairs.same[pair]))


def crop(photo: DecodedPhoto, box: Box) -> Image.Image:
    """Return the square around a face, ``SIDE`` pixels; grey where it reaches beyond the photo."""
    x, y, w, h = box.to_pixels(photo.width, photo.height)
    side = max(1, round(_AROUND * max(w, h)))
    left, top = x + (w - side) // 2, y + (h - side) // 2
    inside = photo.pixels[max(0, top) : max(0, top + side), max(0, left) : max(0, left + side), ::-1]
    square = np.full((side, side, 3), _BEYOND, np.uint8)
    down, right = max(0, -top), max(0, -left)
    square[down : down + inside.shape[0], right : right + inside.shape[1]] = inside
    return Image.fromarray(square).resize(
        (SIDE, SIDE), Image.Resampling.BOX if side > SIDE else Image.Resampling.BICUBIC
    )


def draw_failures(evaluation: Evaluation, pictures: Pictures, cancel: CancelToken | None = None) -> Image.Image:
    """Return a sheet of the worst pairs with scores and names, RGB. Opens pictures anew; raises ``Cancelled``."""
    cancel = cancel or CancelToken()
    alike, unlike = worst_pairs(evaluation)
    faces: dict[int, Image.Image | None] = {}
    for picture in {number for pair in (*alike, *unlike) for number in (pair.first, pair.second)}:
        cancel.check()
        faces[picture] = _face(evaluation, pictures, picture)
    parts = [
        _sheet("Two people, highest scores", alike, evaluation.pairs.pictures, faces),
        _sheet("One person, lowest scores", unlike, evaluation.pairs.pictures, faces),
    ]
    note = f"Red: judged wrongly at the threshold {evaluation.verification.best_threshold:.3f}"
    sheet = Image.new("RGB", (parts[0].width, sum(part.height for part in parts) + _MARGIN + 10), BACKGROUND)
    sheet.paste(parts[0], (0, 0))
    sheet.paste(parts[1], (0, parts[0].height))
    write(ImageDraw.Draw(sheet), (_MARGIN, sheet.height - _MARGIN - 8), note, size=13, colour=FAINT, fine=1)
    return sheet


def _face(evaluation: Evaluation, pictures: Pictures, picture: int) -> Image.Image | None:
    box = evaluation.boxes[picture]
    if box is None:
        return None
    try:
        return crop(pictures.read(evaluation.pairs.pictures[picture]), box)
    except PhotoError:  # it could be read before: its drive went away meanwhile
        return None


def _sheet(
    heading: str, worst: Sequence[WorstPair], paths: Sequence[Path], faces: dict[int, Image.Image | None]
) -> Image.Image:
    wide, high = 2 * SIDE + _GAP, SIDE + _CAPTION + _GAP // 2
    rows = -(-len(worst) // _COLUMNS)
    part = Image.new("RGB", (2 * _MARGIN - _GAP + _COLUMNS * wide, _HEADING + rows * high), BACKGROUND)
    draw = ImageDraw.Draw(part)
    write(draw, (_MARGIN, _MARGIN - 6), heading, size=19, fine=1)
    for number, pair in enumerate(worst):
        left, top = _MARGIN + number % _COLUMNS * wide, _HEADING + number // _COLUMNS * high
        for column, picture in enumerate((pair.first, pair.second)):
            x = left + column * SIDE
            face = faces.get(picture)
            if face is not None:
                part.paste(face, (x, top))
            name = paths[picture].stem
            name = name if len(name) <= _NAME else name[: _NAME // 2 - 1] + ".." + name[-(_NAME - _NAME // 2 - 1) :]
            write(draw, (x, top + SIDE + 5), letters(name), size=11, colour=FAINT, fine=1)
        colour = OTHER if pair.wrong else FAINT
        write(draw, (left, top + SIDE + 20), f"{pair.score:.3f}", size=14, colour=colour, fine=1)
    return part
