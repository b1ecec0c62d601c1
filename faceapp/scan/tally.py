"""Counting a scan, and telling about it not too often."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from faceapp.types_scan import FailedPhoto, IndexedPhoto, SamePhoto, ScanProgress

_SECONDS_BETWEEN = 0.1


class Tally:
    """The numbers of one scan over all its folders. Scan's thread only."""

    def __init__(self, progress: Callable[[ScanProgress], None] | None, clock: Callable[[], float]) -> None:
        self._progress = progress
        self._clock = clock
        self._begin = self._last_tick = clock()
        self._paused = 0.0
        self._told: float | None = None
        self.folder: Path | None = None
        self.walking = True
        self.total = 0
        self.read = 0  # indexed, failed, the same as another, or gone
        self.skipped = 0
        self.failed = 0
        self.faces = 0  # found in this run

    @property
    def seconds(self) -> float:
        """Seconds of work: pauses do not count, or the estimated time left would be wrong after one."""
        return self._clock() - self._begin - self._paused

    def count(self, result: IndexedPhoto | FailedPhoto | SamePhoto) -> None:
        self.read += 1
        if isinstance(result, FailedPhoto):
            self.failed += 1
        elif isinstance(result, IndexedPhoto):
            self.faces += len(result.faces)

    def tick(self, *, paused: bool = False, now: bool = False) -> None:
        """Report if it is time to, or ``now``. ``paused``: the time since the last tick was a pause."""
        moment = self._clock()
        if paused:
            self._paused += moment - self._last_tick
        self._last_tick = moment
        if self._progress is None or not (now or self._told is None or moment - self._told >= _SECONDS_BETWEEN):
            return
        self._told = moment
        self._progress(
            ScanProgress(
                folder=self.folder,
                walking=self.walking,
                total=self.total,
                done=self.read + self.skipped,
                skipped=self.skipped,
                failed=self.failed,
                faces=self.faces,
                seconds=self.seconds,
            )
        )
