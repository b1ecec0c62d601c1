"""Supervised child processes: what crashes, hangs or takes too much memory in one does the app no harm.

``Pool`` runs requests in child processes; ``ThreadPool`` has the same face for work that needs none, as in tests.
Nothing here knows of photos, and importing it costs little: every child does.
"""

from faceapp.processes.errors import (
    ChildDied,
    ChildError,
    ChildrenBroken,
    ChildTimedOut,
    ChildTooLarge,
    PoolClosed,
)
from faceapp.processes.ports import Work, Workforce

__all__ = [
    "ChildDied",
    "ChildError",
    "ChildTimedOut",
    "ChildTooLarge",
    "ChildrenBroken",
    "PoolClosed",
    "Work",
    "Workforce",
]
