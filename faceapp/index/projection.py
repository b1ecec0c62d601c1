"""Fewer numbers a face for the graph: a fixed random projection onto 128 axes, made unit length again.

hnswlib keeps float32 only, so the axes decide what it takes: 512 numbers a face are 2.3 GB at a million, 128 are 0.75.

The axes are orthonormal and drawn at random, the same for every gallery. The cosine of two projected vectors estimates
that of the vectors themselves with a standard deviation of at most about (1 - cosine²)/√128, like a sample correlation.
Their inner product, not made unit length again, would have √((1 + cosine²)/128) (Li, Hastie and Church 2006): more
than three times as much at 0.8. So ``k`` are looked for among ``candidates(k)``, scored exactly.

Measured: how many of the true top 200 are among the best 200·c by projected cosine alone.

    gallery, and people of                               axes    c = 1     2       3       4
    100,000 made faces, 200 to 999 of a person            96     0.817   0.991   1.000   1.000
                                                         128     0.846   0.997   1.000   1.000
                                                         192     0.883   1.000   1.000   1.000
    100,000 made faces, 1,000 to 5,000 of a person        96     0.677   0.919   0.979   0.993
                                                         128     0.727   0.948   0.990   0.997
                                                         160     0.777   0.975   0.996   0.999
                                                         192     0.811   0.986   0.999   1.000
                                         not unit length 128     0.499   0.792   0.918   0.969
                                    principal components 128     0.760   0.969   0.996   0.999
    2,500 real faces                                     128     0.878   0.992   0.996   0.999
                                    principal components 128     0.985   1.000   1.000   1.000

(Made: cosines within a person 0.70 ± 0.1. Real: spoiled and whole portraits by the bundled embedder; the components
were taken from other faces.) Principal components are better before scoring exactly, and hardly better after it; they
would have to be kept, and made anew as a gallery grows. 160 axes would take more than 800 bytes a face.
"""

from __future__ import annotations

import functools

import numpy as np

from faceapp.types import FloatArray

AXES = 128
SEED = 20240607
OVERSAMPLING = 4
_FEWEST = 800  # the true 10 nearest of thousands of faces of one person are hard to tell from the next hundreds


def axes_of(dimension: int) -> int:
    """Return how many numbers a projected vector has. Vectors that are that short already stay as they are."""
    return min(dimension, AXES)


def candidates(k: int) -> int:
    """Return how many faces to ask for by projected vectors, so that the ``k`` nearest are nearly all among them."""
    return max(OVERSAMPLING * k, _FEWEST)


def project(vectors: FloatArray, dimension: int) -> FloatArray:
    """Return vectors (N, D), or one (D,), on the axes for ``dimension`` D, of length 1: (N, ``axes_of(D)``) float32.

    Raises ``ValueError`` for vectors of another dimension, that are not finite or have no direction.
    """
    vectors = np.atleast_2d(np.asarray(vectors, np.float32))
    if vectors.ndim != 2 or vectors.shape[1] != dimension:
        raise ValueError(f"vectors of {dimension} numbers are needed, not {vectors.shape}")
    unit = _unit(vectors)
    return unit if dimension <= AXES else _unit(unit @ _axes(dimension))


def _unit(vectors: FloatArray) -> FloatArray:
    lengths = np.sqrt(np.einsum("nd,nd->n", vectors, vectors))
    if not (np.isfinite(lengths) & (lengths > 0)).all():
        raise ValueError("a vector is not finite or has no direction")
    unit: FloatArray = vectors / lengths[:, None]
    return unit


@functools.lru_cache(maxsize=4)
def _axes(dimension: int) -> FloatArray:
    """Return (D, ``AXES``) float32 with orthonormal columns, uniformly distributed (Mezzadri 2007), always the same.

    ``RandomState`` promises the same numbers in every version of numpy. The signs of a QR decomposition are the
    library's whim, so they are taken from R.
    """
    gaussian = np.random.RandomState(SEED).standard_normal((dimension, AXES))
    q, r = np.linalg.qr(gaussian)
    axes: FloatArray = (q * np.sign(np.diag(r))).astype(np.float32)
    axes.flags.writeable = False
    return axes
