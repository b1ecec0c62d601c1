"""Keeps groups and guesses up to date, and says what a grouping changes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

import numpy as np

from faceapp.jobs import CancelToken
from faceapp.people import grouping
from faceapp.people.gathering import Vectors, facts_of_rows, found_in, shown_facts
from faceapp.people.remembering import Remembered, same
from faceapp.ports import Recognition
from faceapp.ports_people import GroupStore, PeopleReader
from faceapp.types import FloatArray, IdArray, Standing
from faceapp.types_people import FaceFacts, Grouping, Regrouping, Ties

_TRIES = 3  # decisions made while a grouping is computed are followed before it is saved
_LOOK_S = 0.1  # between two looks at the cancel token while another grouping is at work


class Method(Protocol):
    """How faces are grouped: ``grouping.group`` or ``grouping.follow``."""

    def __call__(
        self,
        facts: FaceFacts,
        vectors: FloatArray,
        ties: Ties,
        *,
        threshold: float,
        earlier: Grouping,
        cancel: CancelToken | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> Grouping: ...


class LibraryGroups:
    """Implements ``ports_people.Groups``. Safe from any thread; groupings run one after the other.

    Faces with a detector score below ``min_score`` stay out unless they are confirmed.
    """

    def __init__(
        self,
        gallery: Vectors,
        reader: PeopleReader,
        store: GroupStore,
        recognition: Recognition,
        min_score: float,
        *,
        group: Method = grouping.group,
        follow: Method = grouping.follow,
    ) -> None:
        self._gallery = gallery
        self._reader = reader
        self._store = store
        self._recognition = recognition
        self._min_score = min_score
        self._group = group
        self._follow = follow
        self._at_work = threading.Lock()  # guards the two below as well
        self._last: Remembered | None = None
        self._without_vector: IdArray = np.zeros(0, np.int64)  # shown faces, as of the last grouping

    def regroup(
        self,
        *,
        preview: bool = False,
        cancel: CancelToken | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> Regrouping:
        """Group all faces anew; ``preview`` changes nothing. Raises ``Cancelled``; then nothing has changed either."""
        cancel = cancel or CancelToken()
        with self._alone(cancel):
            begun = time.monotonic()
            earlier = self._reader.grouping()
            found = self._found(self._group, self._facts(), self._reader.ties(), earlier, cancel, progress)
            if not preview:
                found = self._saved(found, cancel)
            return compared(earlier, found.grouping, time.monotonic() - begun)

    def follow(self, *, cancel: CancelToken | None = None) -> Regrouping:
        """Bring groups and guesses up to date with new faces and decisions; groups that stand stay."""
        cancel = cancel or CancelToken()
        with self._alone(cancel):
            begun = time.monotonic()
            stored, ties, facts, last = self._reader.grouping(), self._reader.ties(), self._facts(), self._last
            if last is not None and last.nothing_new(facts, ties, stored):
                return compared(stored, last.grouping, time.monotonic() - begun)
            earlier = stored if last is None else last.earlier(stored, ties)
            found = self._saved(self._found(self._follow, facts, ties, earlier, cancel), cancel)
            return compared(stored, found.grouping, time.monotonic() - begun)

    def _facts(self) -> FaceFacts:
        """Return the facts of all shown faces but those that were without a vector and still are."""
        facts = shown_facts(self._reader, self._min_score)
        missing = np.setdiff1d(self._without_vector, self._gallery.take(self._without_vector)[0])
        return facts_of_rows(facts, ~np.isin(facts.face_ids, missing)) if len(missing) else facts

    def _found(
        self,
        method: Method,
        facts: FaceFacts,
        ties: Ties,
        earlier: Grouping,
        cancel: CancelToken,
        progress: Callable[[float], None] | None = None,
    ) -> Remembered:
        """Return what a method finds, and what it knew."""
        here, vectors = self._gallery.take(facts.face_ids)
        if len(here) < len(facts.face_ids):
            without = ~np.isin(facts.face_ids, here)
            self._without_vector = np.union1d(self._without_vector, facts.face_ids[without])
            facts = facts_of_rows(facts, ~without)
        threshold = self._recognition.search_threshold
        found = method(facts, vectors, ties, threshold=threshold, earlier=earlier, cancel=cancel, progress=progress)
        return Remembered(facts, ties, found)

    def _saved(self, found: Remembered, cancel: CancelToken) -> Remembered:
        """Follow what the user said meanwhile, then store: what was rejected must not come back by an older grouping.

        Faces that were named, hidden or taken out of view meanwhile are left out by the store.
        """
        for _ in range(_TRIES):
            ties = self._reader.ties()
            if same(ties, found.ties):
                break
            found = self._found(self._follow, self._facts(), ties, found.earlier(found.guesses(), ties), cancel)
        cancel.check()
        self._last = None  # what was stored only in part is not to be trusted
        self._store.save(found.grouping)
        self._last = found
        return found

    @contextmanager
    def _alone(self, cancel: CancelToken) -> Iterator[None]:
        while not self._at_work.acquire(timeout=_LOOK_S):
            cancel.check()
        try:
            cancel.check()
            yield
        finally:
            self._at_work.release()


def compared(earlier: Grouping, found: Grouping, seconds: float) -> Regrouping:
    """Return what changes from one grouping to the next. Faces that were decided or are gone count as no change."""
    unnamed = found.standings != Standing.CONFIRMED
    ids, groups = found.face_ids[unnamed], found.group_ids[unnamed]
    standings, people = found.standings[unnamed], found.person_ids[unnamed]
    rows, here = found_in(earlier.face_ids, ids)
    before, person_before = np.zeros_like(groups), np.zeros_like(people)
    before[here], person_before[here] = earlier.group_ids[rows[here]], earlier.person_ids[rows[here]]

    now, sizes = np.unique(groups[groups > 0], return_counts=True)
    both = (before > 0) & (groups > 0)
    flows, shared = np.unique(np.stack([before[both], groups[both]]), axis=1, return_counts=True)
    old, new = flows
    by_share = np.lexsort((new, -shared, old))  # the group that got most of an earlier one comes first
    firsts, parts = np.unique(old[by_share], return_index=True, return_counts=True)[1:]
    heirs = new[by_share][firsts]
    return Regrouping(
        groups=int((sizes > 1).sum()),
        grouped=int((groups > 0).sum()),
        alone=int(((groups == 0) & (standings != Standing.AUTOMATIC)).sum()),
        automatic=int((standings == Standing.AUTOMATIC).sum()),
        suggested=int((standings == Standing.SUGGESTED).sum()),
        new_groups=int((sizes > 1).sum() - np.isin(now[sizes > 1], new).sum()),
        joined=len(heirs) - len(np.unique(heirs)),
        parted=int((parts > 1).sum()),
        moved=int((((before > 0) & (before != groups)) | ((person_before > 0) & (person_before != people))).sum()),
        seconds=seconds,
        changed=int(((before != groups) | (person_before != people)).sum()),
    )
