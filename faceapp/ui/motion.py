"""Whether things may move on the screen: as the user chose, else as the system says."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtWidgets import QApplication, QStyle

Motion = Literal["system", "less", "full"]

CHOICES: Final[tuple[Motion, ...]] = ("system", "less", "full")
SETTING: Final = "window/motion"
_chosen: Motion = "system"


def choose(motion: Motion) -> None:
    """Let things move or not, from now on."""
    global _chosen
    _chosen = motion


def chosen() -> Motion:
    return _chosen


def reduced() -> bool:
    """Return whether animations shall be left out. Qt tells the system's wish as the length of its own ones."""
    if _chosen != "system":
        return _chosen == "less"
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return False
    return app.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) <= 0
