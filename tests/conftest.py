"""What holds for every test: nothing of the user's own settings is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from faceapp import config


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the settings file that the test reads; it does not exist."""
    path = tmp_path_factory.getbasetemp() / "no-settings.toml"
    monkeypatch.setattr(config, "config_file", lambda: path)
    return path
