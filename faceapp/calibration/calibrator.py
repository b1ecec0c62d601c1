"""Calibrates a library from its own faces: impostors from photos of several people, genuine pairs from names."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from faceapp.calibration import pairs as making
from faceapp.calibration.calibration import LibraryCalibration
from faceapp.calibration.pairs import FacePairs
from faceapp.calibration.priors import priors_of
from faceapp.calibration.tails import Curve, Doubt, Evidence, Floats, Shares, fitted
from faceapp.jobs import CancelToken
from faceapp.ports import Reader
from faceapp.types import FloatArray, IdArray

_WEIGHT = 0.5  # of a pair: the same people meet in many photos
_CLASS_DOUBT = Doubt(shift=0.25, stretch=0.1)  # how far weak and ordinary faces may lie from all
_FIT_FROM = 0.10  # share of the impostors whose spread is fitted; the rest only counts
_CORRECT_FROM = 0.01  # share of the impostors from which on the fitted tail is compared with all that is known
_STEADINESS = 2.0  # pairs; what the fitted tail weighs in that
_SAME_PERSON = 1e-7  # FAR beyond which two faces of one photo are one person
_GENUINE_TO = 0.4  # share of the genuine pairs above the fitted range: what matters is how many score little
_MAX_LOOKED_AT = 16_000  # faces whose quality is read
_GALLERY_SAMPLE = 4_000  # faces that tell how many of the library are weak
_WEAK_PX = 32.0  # shorter side; below it recognition falls off
_WEAK_NORM = 0.75  # of the median length of raw vectors
_MAX_PEOPLE = 2_000


class Vectors(Protocol):
    """The part of the gallery that is needed: who is there, and vectors on demand."""

    def listing(self) -> tuple[IdArray, IdArray]:
        """Return face ids and photo ids (N,) of all faces."""

    def take(self, face_ids: IdArray) -> tuple[IdArray, FloatArray]:
        """Return ids (M,) and unit vectors (M, D) of those of the faces that are here, in the order asked for."""


class LibraryCalibrator:
    """Implements ``ports.Calibrator``. ``thresholds`` are those of the manifest for the embedder in use."""

    def __init__(self, gallery: Vectors, reader: Reader, thresholds: Mapping[str, float]) -> None:
        self._gallery = gallery
        self._reader = reader
        self._priors = priors_of(thresholds)
        self._current = LibraryCalibration.known_beforehand(self._priors)
        self._refreshing = threading.Lock()

    @property
    def current(self) -> LibraryCalibration:
        return self._current

    def refresh(self, cancel: CancelToken | None = None) -> LibraryCalibration:
        """Calibrate anew. Under a second for 10,000 photos; the same faces give the same calibration.

        Raises ``Cancelled``; ``current`` then stays what it was.
        """
        cancel = cancel or CancelToken()
        with self._refreshing:
            rng = np.random.default_rng(0)  # which pairs are drawn must not change from call to call
            impostors, impostor_pairs = self._impostors(rng, cancel)
            genuine, genuine_pairs = self._genuine(rng, cancel)
            cancel.check()
            self._current = LibraryCalibration(impostors, genuine, impostor_pairs, genuine_pairs)
            return self._current

    def _impostors(self, rng: np.random.Generator, cancel: CancelToken) -> tuple[Shares, int]:
        face_ids, photo_ids = self._in_order_of_photos()
        pairs = making.pairs_in_photos(photo_ids, rng)
        rows = np.unique(np.concatenate([pairs.first, pairs.second]))
        cancel.check()
        here, vectors = self._gallery.take(face_ids[rows])
        rows, pairs = _renumbered(pairs, rows, np.isin(face_ids[rows], here))
        cancel.check()
        scores = making.scores_of(vectors, pairs)
        believed = making.of_two_people(scores, pairs, self._priors.impostors.where(_SAME_PERSON))
        believed &= making.seen_once(pairs, making.shots(vectors, photo_ids[rows]))
        pairs, scores = pairs.only(believed), scores[believed]
        cancel.check()
        overall = self._fitted(self._priors.impostors, scores, self._priors.impostor_doubt)
        shares = self._by_class(overall, pairs, scores, face_ids[rows], face_ids, rng)
        cancel.check()
        more = making.scores_beyond_photos(vectors, pairs, self._priors.impostors.where(_SAME_PERSON))
        return shares.corrected(overall, more, overall.where(_CORRECT_FROM), _STEADINESS), len(scores)

    def _fitted(self, prior: Curve, scores: Floats, doubt: Doubt) -> Curve:
        priors = self._priors
        evidence = Evidence.of(scores, prior.where(_FIT_FROM), prior.where(_SAME_PERSON))
        return fitted(prior, evidence, doubt, priors.impostor_pivot, _WEIGHT)

    def _by_class(
        self,
        overall: Curve,
        pairs: FacePairs,
        scores: Floats,
        paired: IdArray,
        everybody: IdArray,
        rng: np.random.Generator,
    ) -> Shares:
        """Return the mixture of the curves of pairs with a weak face and without, as the whole library mixes them.

        Group photos hold more small faces than portraits, so pairs from photos alone would mix them differently.
        """
        looked_at = paired[:_MAX_LOOKED_AT]
        sample = rng.choice(everybody, min(_GALLERY_SAMPLE, len(everybody)), replace=False)
        weak_ids, known_ids = self._weak(np.union1d(looked_at, sample))
        sampled = np.isin(sample, known_ids)
        if not sampled.any():
            return Shares.mixed([(overall, 1.0)])
        share = float(np.isin(sample[sampled], weak_ids).mean())
        first, second = paired[pairs.first], paired[pairs.second]
        known = np.isin(first, known_ids) & np.isin(second, known_ids)
        weak = np.isin(first, weak_ids) | np.isin(second, weak_ids)
        ordinary = (1 - share) ** 2
        parts = ((known & ~weak, ordinary), (known & weak, 1 - ordinary))
        return Shares.mixed([(self._fitted(overall, scores[kept], _CLASS_DOUBT), part) for kept, part in parts])

    def _weak(self, face_ids: IdArray) -> tuple[IdArray, IdArray]:
        """Return which of these faces are weak (small or blurred), and which are known at all."""
        faces = self._reader.faces(face_ids.tolist())
        known = np.array([face.id for face in faces], np.int64)
        sizes = np.array([face.quality.size_px for face in faces])
        norms = np.array([face.quality.norm for face in faces])
        weak: NDArray[np.bool_] = sizes < _WEAK_PX
        if len(faces):
            weak |= norms < _WEAK_NORM * np.median(norms)
        return known[weak], known

    def _genuine(self, rng: np.random.Generator, cancel: CancelToken) -> tuple[Shares, int]:
        """Return the curve of pairs of one person. Only what is confirmed counts, and copies of a shot tell nothing."""
        named = []
        for person in self._reader.people()[:_MAX_PEOPLE]:
            cancel.check()
            if person.faces > 1:
                named.append(np.asarray(self._reader.face_ids(min_score=0.0, person_id=person.id), np.int64))
        face_ids = np.concatenate([np.empty(0, np.int64), *named])
        ends = np.cumsum([len(ids) for ids in named])
        rows_of = [np.arange(end - len(ids), end) for ids, end in zip(named, ends, strict=True)]
        pairs = making.pairs_of_people(rows_of, rng)
        rows = np.unique(np.concatenate([pairs.first, pairs.second]))
        here, vectors = self._gallery.take(face_ids[rows])
        _, pairs = _renumbered(pairs, rows, np.isin(face_ids[rows], here))
        scores = making.scores_of(vectors, pairs)
        scores = scores[scores < making.SAME_SHOT]
        prior = self._priors.genuine
        evidence = Evidence.of(scores, prior.where(1 - 1e-6), prior.where(_GENUINE_TO), width=0.01)
        curve = fitted(prior, evidence, self._priors.genuine_doubt, self._priors.genuine_pivot, _WEIGHT)
        return Shares.mixed([(curve, 1.0)]), len(scores)

    def _in_order_of_photos(self) -> tuple[IdArray, IdArray]:
        """Return face ids and photo ids, photos as they were taken one after the other."""
        face_ids, photo_ids = self._gallery.listing()
        taken = self._reader.photo_ids()
        by_id = np.argsort(taken)
        place = np.searchsorted(taken[by_id], photo_ids)
        known = place < len(taken)
        known[known] = taken[by_id[place[known]]] == photo_ids[known]
        order = np.lexsort((face_ids[known], by_id[place[known]]))
        return face_ids[known][order], photo_ids[known][order]


def _renumbered(pairs: FacePairs, rows: IdArray, here: NDArray[np.bool_]) -> tuple[IdArray, FacePairs]:
    """Return the rows that are here and the pairs of them, as numbers of these rows."""
    rows = rows[here]
    pairs = pairs.only(np.isin(pairs.first, rows) & np.isin(pairs.second, rows))
    return rows, FacePairs(np.searchsorted(rows, pairs.first), np.searchsorted(rows, pairs.second), pairs.group)
