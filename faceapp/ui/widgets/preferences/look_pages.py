"""Preferences: language and appearance."""

from __future__ import annotations

from PySide6.QtCore import Signal

from faceapp.ui import motion, upkeep_words
from faceapp.ui.widgets.choice_button import ChoiceButton
from faceapp.ui.widgets.grid import LARGEST, SMALLEST
from faceapp.ui.widgets.preferences.controls import ValueSlider
from faceapp.ui.widgets.preferences.page import Group, PreferencesPage, Row


class LanguagePage(PreferencesPage):
    chosen = Signal(object)  # str, as in ``Config.language``

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.tr("Language"))
        name = self.tr("Language of the window")
        # Each in its own words.
        self.choice = ChoiceButton(name, [("", self.tr("as the system")), ("en", "English"), ("zh_CN", "简体中文")])
        self.choice.chosen.connect(self.chosen)
        self.row = Row(
            name, self.tr("Holds from the next start."), self.choice, more="language sprache 语言 中文 english"
        )
        self.add(Group("", [self.row]))


class AppearancePage(PreferencesPage):
    scheme_chosen = Signal(object)  # theme.Scheme
    size_chosen = Signal(int)  # device-independent pixels
    motion_chosen = Signal(object)  # motion.Motion

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.tr("Appearance"))
        colours, size, moving = self.tr("Colours"), self.tr("Size of tiles"), self.tr("Motion")
        schemes = [("system", self.tr("as the system")), ("light", self.tr("light")), ("dark", self.tr("dark"))]
        self.scheme = ChoiceButton(colours, schemes)
        self.tiles = ValueSlider(size, SMALLEST, LARGEST, _pixels, step=4)
        said = {"system": self.tr("as the system"), "less": self.tr("less"), "full": self.tr("full")}
        self.motion = ChoiceButton(moving, [(choice, said[choice]) for choice in motion.CHOICES])
        self.scheme.chosen.connect(self.scheme_chosen)
        self.tiles.chosen.connect(self.size_chosen)
        self.motion.chosen.connect(self.motion_chosen)
        rows = [
            Row(colours, self.tr("Light or dark."), self.scheme, more=self.tr("theme scheme night")),
            Row(size, self.tr("Of photos and faces on the pages; Ctrl and the wheel do the same there."), self.tiles),
            Row(
                moving,
                self.tr("With less, pictures and pages change at once instead of fading and sliding."),
                self.motion,
                more=self.tr("animation reduced"),
            ),
        ]
        self.add(Group("", rows))


def _pixels(size: int) -> str:
    return upkeep_words.pixels(size)
