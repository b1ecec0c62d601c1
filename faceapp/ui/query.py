"""The query: the faces that are looked for, the threshold, and the match set that answers them. GUI thread only."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from faceapp.ports import Services
from faceapp.ports_search import MatchSet
from faceapp.types import Combine, FloatArray, IdArray, Marks, Outlook
from faceapp.types_search import Filter, GroupBy, Role, Rows, Search
from faceapp.ui import asking
from faceapp.ui.arrangement import Layout
from faceapp.ui.asking import Answer
from faceapp.ui.leaning import Leaning
from faceapp.ui.probes import Probe, ProbeKey, ReadFace, probes_of, read_faces
from faceapp.ui.tasks import Tasks
from faceapp.ui.tile import Section

__all__ = ["BELOW", "Probe", "ProbeKey", "Query"]

BELOW = 20  # faces to show below the line, on demand
_LOADING_MS = 30  # how often to look whether the library has been loaded


class Query(QObject):
    """Holds the probes; every change of them scores the whole library once, the threshold only cuts."""

    started = Signal()  # another query takes the place of the one before
    probes_changed = Signal()  # or how they are combined, or how the answer is laid out
    searching = Signal()
    answered = Signal()  # ``matches`` is new; ``complete`` says whether it is all of them
    failed = Signal(object)  # Exception
    cut_changed = Signal()  # threshold
    calibrated = Signal()  # the threshold means something else now: ``marks`` and ``outlook`` are new

    def __init__(self, tasks: Tasks, parent: QObject | None = None, *, leaning: Leaning | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._leaning = leaning or Leaning(None)
        self._services: Services | None = None
        self._probes: list[Probe] = []
        self._asked = Search((), Combine.ANY, 0.0)  # all but the faces
        self._layout: Layout | None = None
        self._complete = False
        self._gallery = 0
        self._marks: Marks | None = None
        self._placing = False  # the next answer brings the threshold along
        self._moved = False  # the user moved the line in this query: it stays there
        self._loading = QTimer(self, singleShot=True, interval=_LOADING_MS)
        self._loading.timeout.connect(self._look_again)

    def set_services(self, services: Services) -> None:
        """Take an open library. What is looked for must be of its model: ``clear`` before another one is opened."""
        self._services = services
        self._place(services.recognition.search_threshold)
        self._leaning.set_library(services.config.library_dir)

    # What is asked

    @property
    def active(self) -> bool:
        return bool(self._probes)

    @property
    def probes(self) -> list[Probe]:
        return list(self._probes)

    @property
    def included(self) -> list[Probe]:
        """Return the faces that are looked for, without those that are left out or off."""
        return [probe for probe in self._probes if probe.role is Role.INCLUDE]

    @property
    def combine(self) -> Combine:
        return self._asked.combine

    @property
    def sort(self) -> str:
        return self._asked.sort

    @property
    def row_kind(self) -> Rows:
        """Return what a row of the answer is."""
        return self._asked.rows

    @property
    def group_by(self) -> GroupBy:
        return self._asked.group_by

    @property
    def filter(self) -> Filter:
        return self._asked.filter

    @property
    def threshold(self) -> float:
        return self._asked.threshold

    # What came back

    @property
    def matches(self) -> MatchSet | None:
        return self._layout.matches if self._layout is not None else None

    @property
    def complete(self) -> bool:
        """Whether ``matches`` are all there are for what is asked now. False before the first answer."""
        return self._complete

    @property
    def loading(self) -> bool:
        """Whether the answer waits for the library to be loaded."""
        return self._loading.isActive()

    @property
    def marks(self) -> Marks | None:
        """Return the named thresholds of this query, None before its first answer."""
        return self._marks

    @property
    def outlook(self) -> Outlook | None:
        """Return what to expect of the matches above the threshold."""
        matches = self.matches
        if matches is None or self._services is None or not self._complete:
            return None
        return self._services.calibrator.current.outlook(matches, self.threshold, self._gallery)

    def chance(self, score: float) -> float | None:
        """Return the chance (0 to 1) that a face with this score is the person looked for."""
        matches = self.matches
        if matches is None or self._services is None or not self._complete:
            return None
        return self._services.calibrator.current.chance(matches, score, self._gallery)

    @property
    def count(self) -> int:
        """Return the number of rows above the threshold."""
        return self.matches.count(self.threshold) if self.matches is not None else 0

    @property
    def photo_count(self) -> int:
        return self.matches.photo_count(self.count) if self.matches is not None else 0

    @property
    def below_count(self) -> int:
        """Return how many rows there are to show just below the line."""
        return min(BELOW, len(self.matches.face_ids) - self.count) if self.matches is not None else 0

    @property
    def cuts_tail(self) -> bool:
        """Whether the threshold only changes how many rows are shown."""
        return self._layout is None or self._layout.arrangement is None

    def rows(self) -> tuple[IdArray, FloatArray, int]:
        """Return face ids and scores for the grid and how many of them to show.

        Best first, the rows are the whole match set and the count is the cut. In another order or in parts they
        are the rows above the threshold, and then the best ones below it.
        """
        if self._layout is None:
            return np.empty(0, np.int64), np.empty(0, np.float32), 0
        return (*self._layout.rows(self.count, BELOW), self.count)

    def sections(self) -> Sequence[Section]:
        """Return the parts of the rows above the threshold; none if they are one list."""
        return self._layout.sections(self.count, self.row_kind) if self._layout is not None else ()

    # What the user does

    def start(self, probes: list[Probe], *, add: bool = False) -> None:
        """Look for faces; ``add`` joins them to the ones that are looked for already."""
        add = add and self.active
        self._moved = self._moved and add
        known = {probe.key for probe in self._probes} if add else set()
        if not add:
            self.started.emit()
        self._set_probes((self._probes if add else []) + [p for p in probes if p.key not in known])

    def rename(self, face_ids: Container[int], name: str) -> None:
        """Show the name that query faces were given; the answer stays."""
        self._probes = [
            replace(probe, label=name) if probe.face_id is not None and probe.face_id in face_ids else probe
            for probe in self._probes
        ]
        self.probes_changed.emit()

    def set_role(self, key: ProbeKey, role: Role) -> None:
        """Look for a face, leave its person out, or let it say nothing. One without an embedding stays off."""
        changed = [
            replace(p, role=role) if p.key == key and p.embedding is not None and p.role is not role else p
            for p in self._probes
        ]
        if any(new is not old for new, old in zip(changed, self._probes, strict=True)):
            self._set_probes(changed)

    def remove(self, key: ProbeKey) -> None:
        self._set_probes([probe for probe in self._probes if probe.key != key])

    def clear(self) -> None:
        self._tasks.cancel("search faces")
        self._probes = []
        self._forget()
        self.probes_changed.emit()

    def set_combine(self, combine: Combine) -> None:
        if combine is not self.combine:
            self._asked = replace(self._asked, combine=combine)
            self._placing = True
            self._ask()

    def set_sort(self, sort: str) -> None:
        """Order the answer: "best", "newest" or "oldest" first. Parts have an order of their own."""
        self._change("sort", sort)

    def set_rows(self, rows: Rows) -> None:
        self._change("rows", rows)

    def set_group_by(self, group_by: GroupBy) -> None:
        self._change("group_by", group_by)

    def set_filter(self, only: Filter) -> None:
        """Let only some faces through, in this query and later ones."""
        self._change("filter", only)

    def _change(self, name: str, value: object) -> None:
        """Ask for the same faces in another way; the line stays where it is."""
        if value != getattr(self._asked, name):
            self._asked = replace(self._asked, **{name: value})  # type: ignore[arg-type]
            self.refresh()

    def set_threshold(self, threshold: float) -> None:
        """Move the line, as the user does: it stays there until another query starts."""
        self._moved = True
        if threshold != self.threshold:
            self._place(threshold)
            self.cut_changed.emit()

    def settle(self) -> None:
        """Remember where the user left the line, for the next queries."""
        if self._marks is not None and self._complete:
            self._leaning.note(self.threshold, self._marks)

    # Kept searches

    def search(self, *, pictures: bool = True) -> Search:
        """Return all that decides what is shown now; with the ``pictures`` of faces to be kept."""
        return replace(self._asked, faces=tuple(probe.kept(picture=pictures) for probe in self._probes))

    def load(self, search: Search) -> None:
        """Show a search that was kept, once its faces have been read."""
        if self._services is not None:
            work = partial(read_faces, self._services, search.faces)
            done = partial(self._on_read, search)
            self._tasks.run(work, done=done, failed=self.failed.emit, key="search faces", priority=2, owner=self)

    def _on_read(self, search: Search, faces: list[ReadFace]) -> None:
        self.started.emit()
        self._asked, self._moved = replace(search, faces=()), True
        self._set_probes(probes_of(faces))

    def _place(self, threshold: float) -> None:
        self._asked = replace(self._asked, threshold=threshold)

    # Asking

    def refresh(self) -> None:
        """Score the library again for the same faces: others came and went, or the answer is laid out anew."""
        self._ask(first=self._layout is None)

    def recalibrate(self) -> None:
        """Take a new calibration: the words change, the line stays where it is."""
        if self.matches is not None and self._complete and self._services is not None:
            self._marks = self._services.calibrator.current.marks(self.matches, self._gallery)
            self.calibrated.emit()

    def _set_probes(self, probes: list[Probe]) -> None:
        self._tasks.cancel("search faces")
        self._probes = probes
        self._placing = True
        if not self.included:
            self._forget()
        self.probes_changed.emit()
        self._ask()

    def _forget(self) -> None:
        self._layout = self._marks = None
        self._complete = False
        self._loading.stop()
        for key in ("search", "first matches"):
            self._tasks.cancel(key)

    @Slot()
    def _look_again(self) -> None:
        if self._services is not None and not self._services.gallery.ready:
            self._loading.start()
        else:
            self._ask()

    def _ask(self, *, first: bool = True) -> None:
        """Ask for all matches; ``first``: also for the first ones, where those come sooner."""
        services = self._services
        if not self._probes or services is None:
            self._forget()
            return
        if not self.included:
            self._forget()
            self._complete = True  # nothing is all there is
            self.answered.emit()
            return
        self._complete = self._complete and not first
        if not services.gallery.ready:
            self._loading.start()
            self.searching.emit()
            return
        self._loading.stop()
        search = self.search(pictures=False)
        self.searching.emit()
        self._tasks.cancel("first matches")
        probe = self.included[0].embedding
        if first and probe is not None and asking.has_first(services, search):
            quick = partial(asking.ask_first, services, probe, self.row_kind)
            self._tasks.run(quick, done=self._on_first, failed=self._on_no_first, key="first matches", priority=2)
        work = partial(asking.ask, services, search)
        self._tasks.run(work, done=self._on_answer, failed=self._on_failure, key="search", priority=1)

    def _on_first(self, matches: MatchSet) -> None:
        """Show the first matches at the line of the query before; marks come with the complete answer."""
        self._layout = Layout(matches, None)
        self.answered.emit()

    def _on_no_first(self, _error: Exception) -> None:
        """The complete answer is on its way, and fails aloud if it must."""

    def _on_answer(self, answer: Answer) -> None:
        if self._services is None:
            return
        self._tasks.cancel("first matches")
        self._layout, self._marks = Layout(answer.matches, answer.arrangement), answer.marks
        self._gallery, self._complete = answer.gallery, True
        if self._placing and not self._moved:
            self._place(self._leaning.threshold(answer.marks, self._services.recognition.slider_minimum))
        self._placing = False
        self.answered.emit()

    def _on_failure(self, error: Exception) -> None:
        self._tasks.cancel("first matches")
        self.failed.emit(error)
