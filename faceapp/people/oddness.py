"""Which faces of a person or group look least like the others."""

from __future__ import annotations

import numpy as np

from faceapp.types import FloatArray


def likeness_to_the_rest(embeddings: FloatArray) -> FloatArray:
    """Return the cosine (N,) of each unit vector (N, D) with the mean of all the others; 1 for a face alone.

    Each is compared with a mean that it is no part of, so that a stranger among few faces does not vouch for itself.
    """
    if len(embeddings) < 2:
        return np.ones(len(embeddings), np.float32)
    vectors = np.asarray(embeddings, np.float64)
    rest = vectors.sum(axis=0) - vectors
    lengths = np.linalg.norm(rest, axis=1)
    return np.asarray(np.sum(rest * vectors, axis=1) / np.maximum(lengths, 1e-12), np.float32)
