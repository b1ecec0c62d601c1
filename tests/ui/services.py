"""A library without rooms: it answers the window's parts from memory and writes down what they wanted."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
from PySide6.QtCore import QObject

from faceapp.config import Config
from faceapp.jobs import CancelToken
from faceapp.ports import OnChange, Services, Watch
from faceapp.types import Counts, Folder, IdArray, Naming, Person, Problem
from faceapp.types_people import Change, Group, Regrouping, Step, Verb
from faceapp.types_scan import ScanProgress, ScanSummary
from faceapp.types_search import Album
from faceapp.ui.session import Session
from faceapp.ui.tasks import Tasks
from tests.ui.calibration import FakeCalibrator
from tests.ui.window import WAIT_MS, wait_until

NOTHING_NEW = ScanSummary(photos=3, faces=2, skipped=3, failed=0, seconds=0.1, cancelled=False)


class FakeReader:
    """``folder_list`` and ``problem_list`` are what it tells."""

    def __init__(self) -> None:
        self.folder_list: list[Folder] = []
        self.problem_list: list[Problem] = []
        self.reads = 0
        self.may_read = threading.Event()
        self.may_read.set()

    def counts(self, min_score: float) -> Counts:
        self.reads += 1
        assert self.may_read.wait(WAIT_MS / 1000)
        return Counts(photos=9, faces=7, people=0, pending=0, failed=len(self.problem_list))

    def folders(self) -> list[Folder]:
        return list(self.folder_list)

    def people(self) -> list[Person]:
        return []

    def problems(self) -> list[Problem]:
        return list(self.problem_list)


class FakePeople:
    """The ledger and what is read of it: ``steps`` latest first, ``error`` what the next verb raises."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.called: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []
        self.error: Exception | None = None
        self.group_list: list[Group] = []
        self.waiting = 0
        self.hidden: list[int] = []
        self.album_list: list[Album] = []

    def history(self, limit: int = 200) -> list[Step]:
        return self.steps[:limit]

    def groups(self) -> list[Group]:
        return list(self.group_list)

    def guesses_waiting(self) -> int:
        return self.waiting

    def hidden_ids(self) -> IdArray:
        return np.array(self.hidden, np.int64)

    def albums(self) -> list[Album]:
        return list(self.album_list)

    def __getattr__(self, verb: str) -> Callable[..., Naming | Change | None]:
        """Write down a verb and answer with a step of it."""
        if verb.startswith("_"):
            raise AttributeError(verb)

        def call(*values: Any, **flags: Any) -> Naming | Change | None:
            self.called.append((verb, values, flags))
            if self.error is not None:
                error, self.error = self.error, None
                raise error
            if verb == "name_faces":
                return Naming(1, values[1], tuple(values[0]))
            if verb in ("undo", "redo"):
                return Change(self.steps[0], (1,), (1,)) if self.steps else None
            step = Step(len(self.called), Verb.HIDE, datetime(2020, 1, 2, tzinfo=UTC), False, 1, ())
            return Change(step, tuple(values[0]) if isinstance(values[0], list) else (), ())

        return call


class FakeGroups:
    """``calls`` are what was asked for; ``answer`` is what it says."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.answer = Regrouping(2, 5, 1, 0, 0, 2, 0, 0, 5, 0.1, changed=5)
        self.error: Exception | None = None

    def regroup(self, *, preview: bool = False, cancel: object = None, progress: object = None) -> Regrouping:
        return self._say("preview" if preview else "regroup")

    def follow(self, *, cancel: object = None) -> Regrouping:
        return self._say("follow")

    def _say(self, what: str) -> Regrouping:
        self.calls.append(what)
        if self.error is not None:
            raise self.error
        return self.answer


class FakeScanner:
    """``calls`` are the folders of each scan, ``tokens`` its tokens. A scan lasts while ``hold`` is set."""

    def __init__(self) -> None:
        self.calls: list[list[Path]] = []
        self.tokens: list[CancelToken] = []
        self.preferred: list[int | None] = []
        self.outcome: ScanSummary | Exception = NOTHING_NEW
        self.progress: Callable[[ScanProgress], None] | None = None
        self._go_on = threading.Event()
        self._go_on.set()

    def hold(self) -> None:
        self._go_on.clear()

    def let_go(self) -> None:
        self._go_on.set()

    def scan(
        self,
        folders: Sequence[Path],
        *,
        cancel: CancelToken | None = None,
        progress: Callable[[ScanProgress], None] | None = None,
    ) -> ScanSummary:
        assert cancel is not None
        self.tokens.append(cancel)
        self.progress = progress
        self.calls.append(list(folders))
        while not self._go_on.wait(0.002) and not cancel.cancelled:
            pass
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome

    def prefer(self, folder_id: int | None) -> None:
        self.preferred.append(folder_id)


class FakeProblems:
    def __init__(self, reader: FakeReader) -> None:
        self._reader = reader
        self._kept: dict[int, Problem] = {}
        self.retried: list[list[int]] = []
        self.error: Exception | None = None

    def retry(self, photo_ids: Sequence[int]) -> None:
        if self.error is not None:
            raise self.error
        self.retried.append(list(photo_ids))
        self._take(photo_ids)

    def set_ignored(self, photo_ids: Sequence[int], ignored: bool) -> None:
        if self.error is not None:
            raise self.error
        if ignored:
            self._take(photo_ids)
        else:
            back = [self._kept[photo_id] for photo_id in photo_ids]
            self._reader.problem_list = sorted([*self._reader.problem_list, *back], key=lambda problem: problem.path)

    def _take(self, photo_ids: Sequence[int]) -> None:
        self._kept |= {problem.photo_id: problem for problem in self._reader.problem_list}
        self._reader.problem_list = [p for p in self._reader.problem_list if p.photo_id not in photo_ids]


@dataclass
class FakeWatch:
    folders: list[Path]
    on_change: OnChange
    stopped: bool = False

    def stop(self) -> None:
        assert not self.stopped
        self.stopped = True


@dataclass
class Fakes:
    """An open session over fakes."""

    session: Session
    tasks: Tasks
    reader: FakeReader
    scanner: FakeScanner
    problems: FakeProblems
    people: FakePeople
    groups: FakeGroups
    watches: list[FakeWatch] = field(default_factory=list)
    watch_error: Exception | None = None

    def watch(self, folders: Sequence[Path], on_change: OnChange) -> Watch:
        if self.watch_error is not None:
            raise self.watch_error
        self.watches.append(FakeWatch(list(folders), on_change))
        return self.watches[-1]

    def folder(self, path: Path, *, pending: int = 0, failed: int = 0) -> Folder:
        """Add a folder to the library; it is online while there is something in it."""
        path.mkdir(exist_ok=True)
        (path / "photo.jpg").touch()
        made = Folder(len(self.reader.folder_list) + 1, path, 9, pending, failed)
        self.reader.folder_list.append(made)
        return made

    def open(self) -> None:
        self.session.open()
        self.settle()

    def refresh(self) -> None:
        self.session.refresh_overview()
        self.settle()

    def wait_for(self, done: Callable[[], bool]) -> None:
        wait_until(done)

    def refresh_only(self) -> None:
        """Refresh while a scan runs."""
        self.session.refresh_overview()
        wait_until(lambda: self.tasks.idle, "the overview")

    def settle(self) -> None:
        """Wait until no scan runs and every answer was delivered."""
        wait_until(lambda: self.session.scanning is None and self.tasks.idle, "an idle session")

    def close(self) -> None:
        self.scanner.let_go()
        self.reader.may_read.set()
        self.session.close()


def make(tmp_path: Path, parent: QObject | None = None) -> Fakes:
    """Return a session that is not open yet; ``close`` it at the end."""
    tasks = Tasks()
    reader, scanner = FakeReader(), FakeScanner()
    problems = FakeProblems(reader)
    people, groups = FakePeople(), FakeGroups()
    nothing = SimpleNamespace()

    def services() -> Services:
        return Services(
            config=Config(library_dir=tmp_path / "library"),
            reader=cast(Any, reader),
            people=cast(Any, people),
            people_reader=cast(Any, people),
            groups=groups,
            review=cast(Any, nothing),
            explainer=cast(Any, nothing),
            problems=problems,
            thumbnails=cast(Any, nothing),
            gallery=cast(Any, nothing),
            recognition=cast(Any, nothing),
            calibrator=FakeCalibrator(),
            embedders=cast(Any, nothing),
            pictures=cast(Any, nothing),
            folders=cast(Any, nothing),
            upkeep=cast(Any, nothing),
            scanner=scanner,
            watch=fakes.watch,
            on_saved=lambda _: None,
            forget_facts=lambda: None,
            check=list,
            settle=int,
            close=lambda: None,
        )

    fakes = Fakes(Session(services, tasks, parent), tasks, reader, scanner, problems, people, groups)
    return fakes
