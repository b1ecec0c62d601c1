"""Trying out a strange model file where a crash does no harm, and no inference library is loaded here."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, TypeVar

from faceapp.errors import ModelError
from faceapp.imaging import limits
from faceapp.processes import ChildError
from faceapp.processes.pool import Pool

T = TypeVar("T")

_SECONDS = 600.0  # a large model with every alignment takes a minute


def contained(task: Callable[[], T]) -> T:
    """Do a picklable task in a child process of its own.

    Raises what the task raises, and ``ModelError`` if the child did not survive it.
    """
    pool = Pool(_doer, 1, seconds=_SECONDS, memory_bytes=limits.MAX_CHILD_BYTES)
    try:
        done: T = pool.submit(task).result()
    except ChildError as error:
        raise ModelError(
            f"The model could not be tried out: the process that did it {error.how}. "
            "Close other programs and try again, or choose another model."
        ) from error
    finally:
        pool.close()
    return done


def _doer() -> Callable[[Callable[[], Any]], Any]:
    return operator.call
