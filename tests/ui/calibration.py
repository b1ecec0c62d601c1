"""A calibration that says what a test wants, and a calibrator that counts."""

from __future__ import annotations

import threading

from faceapp.jobs import CancelToken
from faceapp.ports_search import MatchSet
from faceapp.types import Marks, Outlook

MARKS = Marks(cautious=0.5, balanced=0.4, everything=0.25)


class FakeCalibration:
    """``strangers`` of every ten shown are someone else."""

    impostor_pairs = 100
    genuine_pairs = 10

    def __init__(self, marks: Marks = MARKS, *, strangers: float = 0.0, missed: float | None = None) -> None:
        self._marks = marks
        self._strangers = strangers
        self._missed = missed

    def outlook(self, matches: MatchSet, threshold: float, gallery: int) -> Outlook:
        assert gallery >= len(matches.face_ids)
        return Outlook(self._strangers * matches.count(threshold) / 10, self._missed)

    def chance(self, matches: MatchSet, score: float, gallery: int) -> float:
        assert gallery >= len(matches.face_ids)
        return min(1.0, max(0.0, 2 * score - 0.1))

    def marks(self, matches: MatchSet, gallery: int) -> Marks:
        assert gallery >= len(matches.face_ids)
        return self._marks


class FakeCalibrator:
    """``refresh`` makes ``then`` current."""

    def __init__(self) -> None:
        self.current = FakeCalibration()
        self.then = self.current
        self.refreshed = 0
        self.error: Exception | None = None
        self.go_on = threading.Event()
        self.go_on.set()

    def refresh(self, cancel: CancelToken | None = None) -> FakeCalibration:
        self.refreshed += 1
        while not self.go_on.wait(0.002):
            if cancel is not None:
                cancel.check()
        if self.error is not None:
            raise self.error
        self.current = self.then
        return self.current
