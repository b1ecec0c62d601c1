"""Starting the window where none can open ends in a sentence, not in an abort."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from faceapp import app

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the check is Linux's own")


@linux
def test_without_a_screen_the_commands_are_named() -> None:
    missing = app.what_the_screen_lacks({})
    assert missing is not None
    assert "faceapp --help" in missing


@linux
def test_a_missing_library_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "libqxcb.so"
    broken.write_bytes(b"no library")
    missing = app.what_the_screen_lacks({"DISPLAY": ":0"}, broken)
    assert missing is not None
    assert "libqxcb.so" in missing
    assert "README" in missing


@pytest.mark.parametrize("environment", [{"QT_QPA_PLATFORM": "offscreen"}, {"WAYLAND_DISPLAY": "wayland-0"}])
def test_another_platform_needs_no_x11(environment: dict[str, str]) -> None:
    assert app.what_the_screen_lacks(environment) is None


@linux
def test_the_program_ends_with_the_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert app.main([]) == 2
    assert "no screen" in capsys.readouterr().err
