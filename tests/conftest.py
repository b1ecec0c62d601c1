"""What holds for every test: nothing of the user's own settings is read; made-up examples are the same each time.

``HYPOTHESIS_PROFILE=explore`` makes up others. No test is late: how long an example takes says nothing of the code.
"""

from __future__ import annotations

import os
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from faceapp import config

settings.register_profile("explore", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", settings.get_profile("explore"), derandomize=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the settings file that the test reads; it does not exist."""
    path = tmp_path_factory.getbasetemp() / "no-settings.toml"
    monkeypatch.setattr(config, "config_file", lambda: path)
    return path


@pytest.fixture(scope="session", autouse=True)
def _children_without_pytest() -> None:
    """Let child processes not import pytest: it takes longer than all else they do.

    They import what the parent runs as its main program, unless that is a package's ``__main__``.
    """
    sys.modules["__main__"].__spec__ = ModuleSpec("pytest.__main__", None)
