"""Whether a model tells people apart, tried on portraits that Faceapp brings along."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from faceapp.config import resources_dir
from faceapp.errors import ModelError
from faceapp.faces.embedder import Embedder
from faceapp.types import FloatArray, Pixels

# The bundled embedder keeps them apart by 0.59. What does not manage a tenth of it guesses.
LEAST_MARGIN = 0.05
_SAME_VECTOR = 0.9999  # cosine from which two vectors are one, but for rounding


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """A portrait with its landmarks (5, 2) in pixels."""

    person: str
    pixels: Pixels
    landmarks: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Separation:
    """Cosines of pairs of portraits: of one person, and of two."""

    same: FloatArray
    other: FloatArray

    @property
    def margin(self) -> float:
        """Return by how much the worst pair of one person beats the best of two; below 0 some are confused."""
        return float(self.same.min() - self.other.max())


@functools.cache
def heads() -> tuple[Head, ...]:
    """Return the portraits. Raises ``ModelError`` if they are not where they belong."""
    folder = resources_dir() / "selfcheck"
    try:
        listed = tomllib.loads((folder / "faces.toml").read_text(encoding="utf-8"))["face"]
        return tuple(
            Head(
                face["person"],
                _decode((folder / face["file"]).read_bytes()),
                np.array(face["landmarks"], np.float64),
            )
            for face in listed
        )
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(f"The portraits in {folder} cannot be read ({error}). Reinstall Faceapp.") from error


def _decode(data: bytes) -> Pixels:
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    if pixels is None:
        raise ValueError("not a picture")
    return np.asarray(pixels, np.uint8)


def aligned_heads(embedder: Embedder) -> list[Pixels]:
    """Return the portraits as the model wants them."""
    return [embedder.align(head.pixels, head.landmarks) for head in heads()]


def separate(embedder: Embedder) -> Separation:
    """Return how an embedder scores the portraits. Raises ``ModelError`` if it fails or gives nonsense."""
    vectors, _ = embedder.embed(aligned_heads(embedder))
    return _separation(vectors)


def check(embedder: Embedder) -> Separation:
    """Raise ``ModelError`` unless an embedder is fit for use; return how it scores the portraits."""
    path = embedder.model.path
    aligned = aligned_heads(embedder)
    vectors, _ = embedder.embed(aligned)
    found = _separation(vectors)
    if min(found.same.min(), found.other.min()) > _SAME_VECTOR:
        raise ModelError(f"The model {path} gives every face the same vector: it recognises nobody. Choose another.")
    one_by_one = np.concatenate([embedder.embed([face])[0] for face in aligned])
    if ((vectors * one_by_one).sum(axis=1) < _SAME_VECTOR).any():
        raise ModelError(
            f"The model {path} gives a face another vector each time, or another in company: vectors of it cannot "
            "be compared. If it takes one face at a time, set “batch” to 1."
        )
    if found.margin < LEAST_MARGIN:
        raise ModelError(
            f"The model {path} does not tell people apart with this contract: of the portraits that Faceapp brings "
            f"along, two of one person score {found.same.min():.2f} and two of different people "
            f"{found.other.max():.2f}. Check channels, mean, scale and alignment, or choose another model."
        )
    return found


def _separation(vectors: FloatArray) -> Separation:
    people = np.array([head.person for head in heads()])
    first, second = np.triu_indices(len(people), 1)
    scores = (vectors @ vectors.T)[first, second]
    same = people[first] == people[second]
    return Separation(scores[same], scores[~same])
