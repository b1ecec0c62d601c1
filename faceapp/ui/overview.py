"""What the sidebar and the first page show of a library, read in one go on a worker, and when it is read anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from faceapp.ports import Services
from faceapp.types import Counts, Folder, Person
from faceapp.types_people import Step
from faceapp.types_search import Album
from faceapp.ui.tasks import Tasks

_STEPS = 1_000  # of the history, to find what can be undone and redone


@dataclass(frozen=True, slots=True)
class Overview:
    counts: Counts
    folders: Sequence[Folder]
    online: frozenset[int]  # ids of the folders that can be reached
    people: Sequence[Person]
    groups: int = 0  # unnamed groups of two faces and more
    to_review: int = 0  # faces that wait for a yes or no, and groups that wait for a name
    hidden: int = 0  # faces
    undo: Step | None = None
    redo: Step | None = None
    albums: Sequence[Album] = ()  # in order of name


class Looking(QObject):
    """Reads the overview and looks at the drives, never twice at once. GUI thread only.

    A drive that hangs holds up one worker, not both.
    """

    seen = Signal(object)  # Overview

    def __init__(self, services: Callable[[], Services | None], tasks: Tasks, parent: QObject) -> None:
        """``services`` tells what is open, None for nothing."""
        super().__init__(parent)
        self._services = services
        self._tasks = tasks
        self._busy = False
        self._again = False
        self.overview: Overview | None = None  # what was read last

    def refresh(self) -> None:
        """Read everything anew; ends in ``seen``."""
        self._again = True
        self._look()

    def check_drives(self) -> None:
        """Read anew if a folder can be reached that could not, or the other way round."""
        if self.overview is not None and not self._busy:
            self._busy = True
            work = partial(_online, self.overview.folders)
            self._tasks.run(work, done=self._on_drives, failed=self._on_failure)

    def _look(self) -> None:
        services = self._services()
        if self._again and not self._busy and services is not None:
            self._busy, self._again = True, False
            self._tasks.run(partial(_read, services), done=self._on_read, failed=self._on_failure)

    def _on_read(self, overview: Overview) -> None:
        self.overview = overview
        self._end()
        self.seen.emit(overview)

    def _on_drives(self, online: frozenset[int]) -> None:
        if self.overview is not None and online != self.overview.online:
            self._again = True
        self._end()

    def _end(self) -> None:
        self._busy = False
        self._look()

    def _on_failure(self, error: Exception) -> None:
        self._busy = False
        self._tasks.crashed.emit(error)


def _read(services: Services) -> Overview:
    """Read on a worker."""
    reader, people = services.reader, services.people_reader
    folders = reader.folders()
    steps = services.people.history(_STEPS)
    return Overview(
        reader.counts(services.config.show_score),
        folders,
        _online(folders),
        reader.people(),
        groups=(groups := len(people.groups())),
        to_review=people.guesses_waiting() + groups,
        hidden=len(people.hidden_ids()),
        undo=next((step for step in steps if not step.undone), None),
        redo=next((step for step in reversed(steps) if step.undone), None),
        albums=people.albums(),
    )


def _online(folders: Sequence[Folder]) -> frozenset[int]:
    """Return the ids of the folders that can be reached, on a worker."""
    return frozenset(folder.id for folder in folders if folder.online)
