"""The query: the faces that are looked for, the threshold, and the match set that answers them. GUI thread only."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPixmap

from faceapp.ports import MatchSet, Services
from faceapp.types import Combine, FloatArray, IdArray, Marks, Outlook
from faceapp.ui.leaning import Leaning
from faceapp.ui.tasks import Tasks

ProbeKey = tuple[str, int]  # ("face", face id) or ("picture", running number)
SORTS = ("best", "newest", "oldest")
BELOW = 20  # faces to show below the line, on demand


@dataclass(frozen=True, slots=True, eq=False)
class Probe:
    """One query face: from the library, or from a picture that was dropped."""

    key: ProbeKey
    label: str
    embedding: FloatArray  # (D,), unit length
    pixmap: QPixmap | None  # None: the face's own tile


@dataclass(frozen=True, slots=True, eq=False)
class _Answer:
    matches: MatchSet
    gallery: int  # faces that were compared
    marks: Marks
    photo_rank: tuple[IdArray, IdArray] | None


class Query(QObject):
    """Holds the probes; every change of them scores the whole library once, the threshold only cuts."""

    probes_changed = Signal()
    searching = Signal()
    answered = Signal()  # ``matches`` is new
    failed = Signal(object)  # Exception
    cut_changed = Signal()  # threshold or order
    calibrated = Signal()  # the threshold means something else now: ``marks`` and ``outlook`` are new

    def __init__(self, tasks: Tasks, parent: QObject | None = None, *, leaning: Leaning | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._leaning = leaning or Leaning(None)
        self._services: Services | None = None
        self._probes: list[Probe] = []
        self._combine = Combine.ANY
        self._sort = "best"
        self._photo_rank: tuple[IdArray, IdArray] | None = None
        self._matches: MatchSet | None = None
        self._gallery = 0
        self._marks: Marks | None = None
        self._threshold = 0.0
        self._placing = False  # the next answer brings the threshold along
        self._moved = False  # the user moved the line in this query: it stays there

    def set_services(self, services: Services) -> None:
        """Take an open library. What is looked for must be of its model: ``clear`` before another one is opened."""
        self._services = services
        self._threshold = services.recognition.search_threshold
        self._leaning.set_library(services.config.library_dir)

    @property
    def active(self) -> bool:
        return bool(self._probes)

    @property
    def probes(self) -> list[Probe]:
        return list(self._probes)

    @property
    def combine(self) -> Combine:
        return self._combine

    @property
    def matches(self) -> MatchSet | None:
        return self._matches

    @property
    def threshold(self) -> float:
        return self._threshold

    @property
    def marks(self) -> Marks | None:
        """Return the named thresholds of this query, None before its first answer."""
        return self._marks

    @property
    def outlook(self) -> Outlook | None:
        """Return what to expect of the matches above the threshold."""
        if self._matches is None or self._services is None:
            return None
        return self._services.calibrator.current.outlook(self._matches, self._threshold, self._gallery)

    def chance(self, score: float) -> float | None:
        """Return the chance (0 to 1) that a face with this score is the person looked for."""
        if self._matches is None or self._services is None:
            return None
        return self._services.calibrator.current.chance(self._matches, score, self._gallery)

    @property
    def sort(self) -> str:
        return self._sort

    @property
    def count(self) -> int:
        """Return the number of faces above the threshold."""
        return self._matches.count(self._threshold) if self._matches is not None else 0

    @property
    def photo_count(self) -> int:
        return self._matches.photo_count(self.count) if self._matches is not None else 0

    def start(self, probes: list[Probe], *, add: bool = False) -> None:
        """Look for faces; ``add`` joins them to the ones that are looked for already."""
        self._moved = self._moved and add
        self._placing = True
        known = {probe.key for probe in self._probes} if add else set()
        self._probes = (self._probes if add else []) + [p for p in probes if p.key not in known]
        self.probes_changed.emit()
        self.refresh()

    def rename(self, face_ids: Container[int], name: str) -> None:
        """Show the name that query faces were given; the answer stays."""
        self._probes = [
            replace(probe, label=name) if probe.key[0] == "face" and probe.key[1] in face_ids else probe
            for probe in self._probes
        ]
        self.probes_changed.emit()

    def remove(self, key: ProbeKey) -> None:
        self._probes = [probe for probe in self._probes if probe.key != key]
        self._placing = True
        if not self._probes:
            self._forget()
        self.probes_changed.emit()
        self.refresh()

    def clear(self) -> None:
        self._probes = []
        self._forget()
        self.probes_changed.emit()

    def _forget(self) -> None:
        self._matches = self._marks = None
        self._tasks.cancel("search")

    def set_combine(self, combine: Combine) -> None:
        if combine != self._combine:
            self._combine = combine
            self._placing = True
            self.refresh()

    def set_threshold(self, threshold: float) -> None:
        """Move the line, as the user does: it stays there until another query starts."""
        self._moved = True
        if threshold != self._threshold:
            self._threshold = threshold
            self.cut_changed.emit()

    def settle(self) -> None:
        """Remember where the user left the line, for the next queries."""
        if self._marks is not None:
            self._leaning.note(self._threshold, self._marks)

    def recalibrate(self) -> None:
        """Take a new calibration: the words change, the line stays where it is."""
        if self._matches is not None and self._services is not None:
            self._marks = self._services.calibrator.current.marks(self._matches, self._gallery)
            self.calibrated.emit()

    def set_sort(self, sort: str) -> None:
        if sort != self._sort:
            self._sort = sort
            self._photo_rank = None
            self.refresh()

    def refresh(self) -> None:
        """Score the library again: the probes changed, or faces came and went."""
        if not self._probes or self._services is None:
            self._forget()
            return
        services, sort, combine = self._services, self._sort, self._combine
        probes = np.stack([probe.embedding for probe in self._probes])

        def search() -> _Answer:
            matches, gallery = services.gallery.search(probes, combine), len(services.gallery)
            marks = services.calibrator.current.marks(matches, gallery)
            return _Answer(matches, gallery, marks, None if sort == "best" else _ranks(services.reader.photo_ids()))

        self.searching.emit()
        self._tasks.run(search, done=self._on_answer, failed=self.failed.emit, key="search")

    def _on_answer(self, answer: _Answer) -> None:
        if not self._probes or self._services is None:
            return
        self._matches, self._gallery = answer.matches, answer.gallery
        self._marks, self._photo_rank = answer.marks, answer.photo_rank
        if self._placing and not self._moved:
            self._threshold = self._leaning.threshold(answer.marks, self._services.recognition.slider_minimum)
        self._placing = False
        self.answered.emit()

    def rows(self) -> tuple[IdArray, FloatArray, int]:
        """Return face ids and scores for the grid and how many of them to show.

        Best first, the rows are the whole match set and the count is the cut. In order of date they
        are the faces above the threshold, and then the best ones below it.
        """
        if self._matches is None:
            return np.empty(0, np.int64), np.empty(0, np.float32), 0
        ids, scores, count = self._matches.face_ids, self._matches.scores, self.count
        if self._photo_rank is None:
            return ids, scores, count
        known, rank = self._photo_rank
        place = np.searchsorted(known, self._matches.photo_ids[:count])
        by_date = rank[np.minimum(place, len(rank) - 1)] if len(rank) else place
        order = np.argsort(by_date if self._sort == "newest" else -by_date, kind="stable")
        rows = np.concatenate([order, np.arange(count, min(count + BELOW, len(ids)))])
        return ids[rows], scores[rows], count

    @property
    def below_count(self) -> int:
        """Return how many faces there are to show just below the line."""
        return min(BELOW, len(self._matches.face_ids) - self.count) if self._matches is not None else 0

    @property
    def cuts_tail(self) -> bool:
        """Whether the threshold only changes how many rows are shown."""
        return self._photo_rank is None


def _ranks(newest_first: IdArray) -> tuple[IdArray, IdArray]:
    """Return photo ids ascending and the place of each in the order newest first."""
    order = np.argsort(newest_first)
    return newest_first[order], order.astype(np.int64)
