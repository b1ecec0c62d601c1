"""How the rooms call each other about searches: what is searched, what the answer is, what its scores mean."""

from __future__ import annotations

from typing import Protocol

from faceapp.jobs import CancelToken
from faceapp.types import Combine, FloatArray, IdArray, Marks, Outlook


class MatchSet(Protocol):
    """Every match of a query, best first. Cutting it costs a binary search.

    ``face_ids``, ``photo_ids`` (N,) int64 and ``scores`` (N,) float32 are aligned, scores descending.
    """

    @property
    def face_ids(self) -> IdArray: ...
    @property
    def photo_ids(self) -> IdArray: ...
    @property
    def scores(self) -> FloatArray: ...
    @property
    def floor(self) -> float: ...
    def best_of_photos(self) -> MatchSet:
        """Return the best face of each photo only."""

    def count(self, threshold: float) -> int:
        """Return how many faces score ``threshold`` or more."""

    def photo_count(self, count: int) -> int:
        """Return how many different photos the best ``count`` faces lie in."""

    def histogram(self, bins: int) -> IdArray:
        """Return the number of faces in ``bins`` equal score ranges from ``floor`` to 1."""


class Gallery(Protocol):
    """All embeddings. Safe from any thread; waits while they are being loaded."""

    @property
    def ready(self) -> bool:
        """Return whether everything is loaded, so that nothing waits."""

    @property
    def nearest_is_quick(self) -> bool:
        """Return whether ``nearest`` is answered by HNSW."""

    def __len__(self) -> int: ...
    def add(self, face_ids: IdArray, photo_ids: IdArray, embeddings: FloatArray) -> None: ...
    def remove(self, face_ids: IdArray) -> None: ...
    def embedding(self, face_id: int) -> FloatArray | None:
        """Return a face's unit vector (D,), None if the face is not here."""

    def search(
        self,
        probes: FloatArray,
        combine: Combine = Combine.ANY,
        *,
        exclude: FloatArray | None = None,
        without: float = 1.0,
        allowed: IdArray | None = None,
    ) -> MatchSet:
        """Return the complete answer for probes (Q, D) from the slider's minimum on.

        A face is the excluded person if it scores ``without`` or more for one of ``exclude`` (E, D), and not less than
        for every probe. Left out are such faces and everything else in their photos. ``allowed`` (ascending ids): only
        these faces are shown; for ``Combine.ALL`` the others still tell who is in a photo.
        """

    def nearest(self, probe: FloatArray, k: int) -> MatchSet:
        """Return about the ``k`` best faces at once, from HNSW where it is ready."""


class Calibration(Protocol):
    """What scores mean in this library. Immutable, for any thread, cheap enough for every step of the slider."""

    @property
    def impostor_pairs(self) -> int:
        """Return how many pairs of different people of this library it rests on; 0: on the model's own curve alone."""

    @property
    def genuine_pairs(self) -> int: ...

    def outlook(self, matches: MatchSet, threshold: float, gallery: int) -> Outlook:
        """Return what to expect of ``threshold`` for the answer to a query over ``gallery`` faces."""

    def chance(self, matches: MatchSet, score: float, gallery: int) -> float:
        """Return the chance (0 to 1) that a face with this score is the person looked for."""

    def marks(self, matches: MatchSet, gallery: int) -> Marks:
        """Return the named thresholds for a query, within the slider's range."""


class Calibrator(Protocol):
    """Keeps the calibration up to date."""

    @property
    def current(self) -> Calibration:
        """Return the latest one; the model's own curve at first. Any thread, at once."""

    def refresh(self, cancel: CancelToken | None = None) -> Calibration:
        """Calibrate anew from the faces in the gallery and the confirmed names. Seconds: on a worker."""
