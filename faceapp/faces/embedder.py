"""From an aligned face to its vector of length 1. The one place where vectors are normalised."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from faceapp.errors import ModelError
from faceapp.faces.alignment import align
from faceapp.faces.catalogue import EmbedderModel
from faceapp.faces.sessions import Session
from faceapp.types import FloatArray, Pixels


class Embedder:
    """Embeds faces with one model. Safe from several threads at once."""

    def __init__(self, model: EmbedderModel, session: Session) -> None:
        self.model = model
        self._session = session
        self._mean, self._scale = np.array(model.mean, np.float32), np.array(model.scale, np.float32)

    def align(self, pixels: Pixels, landmarks: ArrayLike, height: int | None = None) -> Pixels:
        """Return the face as the model wants it, (height, width, 3) BGR; landmarks (5, 2) in pixels.

        With a ``height`` in pixels: the same cut in that size, to be looked at.
        """
        high = height or self.model.height
        wide = round(self.model.width * high / self.model.height)
        return align(pixels, landmarks, wide, high, self.model.alignment)

    def embed(self, aligned: Sequence[Pixels]) -> tuple[FloatArray, FloatArray]:
        """Return unit vectors (N, output) and the lengths (N,) of the raw vectors.

        ``aligned`` are BGR faces of the model's size. Raises ``ModelError`` if the model gives
        something that is not finite, is zero, or has the wrong length.
        """
        if not aligned:
            return np.empty((0, self.model.output), np.float32), np.empty(0, np.float32)
        step = self.model.batch
        raw = np.concatenate([self._raw(aligned[i : i + step]) for i in range(0, len(aligned), step)])
        if raw.shape != (len(aligned), self.model.output):
            raise ModelError(
                f"The model {self.model.path} gives vectors of shape {raw.shape[1:]}, "
                f"its entry in the list of models says {self.model.output}. "
                "Correct the entry or choose another model."
            )
        norms = np.linalg.norm(raw.astype(np.float64), axis=1)
        if not np.isfinite(norms).all() or (norms < 1e-6).any():
            raise ModelError(
                f"The model {self.model.path} gave a vector that is zero or not finite. Choose another model."
            )
        return (raw / norms[:, None]).astype(np.float32), norms.astype(np.float32)

    def _raw(self, aligned: Sequence[Pixels]) -> NDArray[np.float32]:
        faces = np.stack(aligned)
        plain = self._run(faces)
        if self.model.flip == "none":
            return plain
        mirrored = self._run(faces[:, :, ::-1])
        if self.model.flip == "concat":
            return np.concatenate([plain, mirrored], axis=1)
        return (plain + mirrored) / np.float32(2)

    def _run(self, faces: Pixels) -> FloatArray:
        """Return raw outputs for (N, height, width, 3) BGR faces."""
        if self.model.channels == "GRAY":
            grey = [cv2.cvtColor(np.ascontiguousarray(face), cv2.COLOR_BGR2GRAY)[..., None] for face in faces]
            ordered = np.stack(grey)
        else:
            ordered = faces[..., ::-1] if self.model.channels == "RGB" else faces
        tensor = (ordered.astype(np.float32) - self._mean) / self._scale
        if self.model.layout == "NCHW":
            tensor = tensor.transpose(0, 3, 1, 2)
        output = self._session.run(np.ascontiguousarray(tensor))[0]
        return output.reshape(len(faces), -1)
