from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.embedders.rig import Rig


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[[], Rig]]:
    """Return a function that opens the test's library, again each time; what was open before is closed."""
    rigs: list[Rig] = []

    def again() -> Rig:
        if rigs:
            rigs[-1].close()
        rigs.append(Rig(tmp_path))
        return rigs[-1]

    yield again
    for rig in rigs[-1:]:
        rig.close()


@pytest.fixture
def rig(opened: Callable[[], Rig]) -> Rig:
    return opened()
