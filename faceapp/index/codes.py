"""Vectors in one byte a number: a first pass that may keep too much, but never loses a match.

A vector x is kept as whole numbers c and a step s: x^ = s * c, with s = max|x| / 127. For a probe q, coded the same
way as q^, the inner product of the codes is exact in whole numbers, and by the Cauchy-Schwarz inequality

    |<q, x> - <q^, x^>|  =  |<q - q^, x^> + <q, x - x^>|  <=  |q - q^| * |x^| + |q| * |x - x^|

where |x^| <= |x| + |x - x^|. |x - x^| is measured when x is coded and kept beside it; |q| and |q - q^| are measured for
the probe; |x| is at most 1.02, as a gallery takes no longer vector. A score is a float32 sum of D products: whatever
the order, it differs from <q, x> by at most D * u / (1 - D * u) * |q| * |x|, u = 2 ** -24 (Higham, Accuracy and
Stability of Numerical Algorithms, section 3.1). So a row may be dropped when its approximate score plus this band is
below the floor, and no other row is; rows passed together share the largest of their |x - x^|. For 512 numbers the
band is about 0.02, and such a pass reads a quarter of the bytes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numkong
import numpy as np
from numpy.typing import NDArray

from faceapp.types import FloatArray, IdArray

MOST_NUMBERS = (2**31 - 1) // 127**2  # more of them could overflow the sum of their products
_STEPS = 127
_LONGEST = 1.021  # of a vector that ``exact.usable_rows`` lets through, its own rounding included
_UNIT_ROUNDOFF = 2.0**-24
_SPARE = 1e-7  # more than this module's own float64 arithmetic, and a product too small for float32, can be off
_BLOCK_NUMBERS = 1 << 16  # coded at a time, while it stays in the processor's cache


@dataclass(frozen=True, slots=True, eq=False)
class Codes:
    """Vectors (N, D) as ``codes * steps``, each off by ``errors`` at most."""

    codes: NDArray[np.int8]  # (N, D)
    steps: FloatArray  # (N,)
    errors: FloatArray  # (N,) the length of what is left over


def encode(vectors: FloatArray) -> Codes:
    """Code finite vectors (N, D) float32. Raises ``ValueError`` when D is above ``MOST_NUMBERS``."""
    count, dimension = vectors.shape
    if dimension > MOST_NUMBERS:
        raise ValueError(f"vectors have at most {MOST_NUMBERS} numbers, not {dimension}")
    codes = np.empty((count, dimension), np.int8)
    steps, errors = np.empty(count, np.float32), np.empty(count, np.float32)
    size = max(1, _BLOCK_NUMBERS // dimension)
    for top in range(0, count, size):
        part = slice(top, top + size)
        some = vectors[part]
        steps[part] = np.maximum(some.max(axis=1), -some.min(axis=1)) / np.float32(_STEPS)
        whole = some / np.where(steps[part] > 0, steps[part], 1)[:, None]
        np.rint(whole, out=whole)
        codes[part] = np.clip(whole, -_STEPS, _STEPS, out=whole)
        left_over = some - whole * steps[part, None].astype(np.float64)
        lengths = np.sqrt(np.einsum("nd,nd->n", left_over, left_over))
        errors[part] = np.nextafter(lengths.astype(np.float32), np.float32(np.inf))
    return Codes(codes, steps, errors)


class Probes:
    """Probes (Q, D), at least one, coded, and the score from which a row counts as near, for each of them (Q,)."""

    def __init__(self, vectors: FloatArray, floors: list[float]) -> None:
        coded = encode(vectors)
        self._codes = coded.codes
        self._steps = coded.steps.astype(np.float64)
        lengths = np.linalg.norm(vectors.astype(np.float64), axis=1)
        rounding = vectors.shape[1] * _UNIT_ROUNDOFF
        summing = rounding / (1 - rounding) * lengths * _LONGEST
        errors = coded.errors.astype(np.float64)
        self._per_error = lengths + errors  # how much of the band a row's own error makes
        # Scores are cut at -1 and compared as float32.
        wanted = np.where(np.asarray(floors) <= -1, -np.inf, np.asarray(floors, np.float32).astype(np.float64))
        self._least = wanted - errors * _LONGEST - summing - _SPARE

    def first_pass(self, codes: NDArray[np.int8], steps: FloatArray, errors: FloatArray) -> IdArray:
        """Return the places, ascending, of the rows (N, D) that may reach the floor for some probe."""
        products = np.asarray(numkong.cdist(self._codes, codes, metric="dot"), np.float64)
        products = products.reshape(len(self._codes), len(codes))
        products *= steps
        least = (self._least - self._per_error * float(errors.max())) / self._steps
        return np.flatnonzero((products >= least[:, None]).any(axis=0))
