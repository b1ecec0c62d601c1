"""Preferences: models, thresholds, performance."""

from __future__ import annotations

import os

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from faceapp.types import Marks
from faceapp.ui import match_words, upkeep_words, words
from faceapp.ui.widgets.choice_button import ChoiceButton
from faceapp.ui.widgets.preferences.controls import Switch, ValueSlider
from faceapp.ui.widgets.preferences.page import Group, PreferencesPage, Row

_MEMORY = (1024, 1536, 2048, 3072)  # megabytes


class ModelsPreferences(PreferencesPage):
    models_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.tr("Models"))
        self.button = QPushButton(self.tr("Recognition Models…"))
        self.button.setToolTip(self.tr("See the models, add one, try it out and change over to it"))
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.models_requested)
        self.used = Row(self.tr("In use"), "", more=self.tr("embedder recognition"))
        other = Row(
            self.tr("Other models"),
            self.tr("Another model can be tried beside the one in use. Names stay, and you can change back."),
            self.button,
        )
        self.add(Group("", [self.used, other]))

    def set_model(self, name: str) -> None:
        self.used.set_hint(name)


class ThresholdsPage(PreferencesPage):
    store_changed = Signal(int)  # percent
    show_changed = Signal(int)
    leaning_chosen = Signal(str)  # a field of ``Marks``

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.tr("Thresholds"))

        def percent(value: int) -> str:
            return words.percent(value / 100, 0)

        kept, shown = self.tr("Keep faces from"), self.tr("Show faces from")
        self.store = ValueSlider(kept, 5, 95, percent, step=5)
        self.show_from = ValueSlider(shown, 5, 95, percent, step=5)
        self.store.chosen.connect(self.store_changed)
        self.show_from.chosen.connect(self.show_changed)
        marks = tuple(Marks.__dataclass_fields__)
        begin = self.tr("Searches begin")
        offered = [(mark, f"{match_words.mark_name(mark)}: {match_words.mark_meaning(mark)}") for mark in marks]
        briefs = [("", self.tr("where you left them")), *((mark, match_words.mark_name(mark)) for mark in marks)]
        self.leaning = ChoiceButton(begin, briefs)
        self.leaning.chosen.connect(self._on_leaning)
        meaning = "\n".join(f"• {text}" for _, text in offered)
        rows = [
            Row(
                kept,
                self.tr(
                    "How sure it must be that something is a face before it is kept. Less finds faint, small and "
                    "half-hidden faces, and more that are none. Holds for photos that are read from then on."
                ),
                self.store,
                more=self.tr("detector score sensitivity"),
            ),
            Row(
                shown,
                self.tr("How sure it must be before a face is shown on the pages. Searches look at all that are kept."),
                self.show_from,
                more=self.tr("detector score"),
            ),
        ]
        self.add(
            Group(self.tr("What counts as a face"), rows),
            Group(self.tr("Who counts as the same person"), [Row(begin, meaning, self.leaning, more=self.tr("match"))]),
        )

    def set_scores(self, store: float, show: float) -> None:
        self.store.set_value(round(store * 100))
        self.show_from.set_value(round(show * 100))

    def set_leaning(self, kept: str) -> None:
        """Show where searches begin; what is no mark is a place that the user chose on the slider."""
        self.leaning.set_choice(kept if kept in Marks.__dataclass_fields__ else "")

    def _on_leaning(self, mark: object) -> None:
        if mark:
            self.leaning_chosen.emit(mark)


class PerformancePage(PreferencesPage):
    workers_chosen = Signal(object)  # int; 0: all
    memory_chosen = Signal(object)  # int, megabytes
    gentle_toggled = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.set_title(self.tr("Performance"))
        cores = os.cpu_count() or 1
        used, memory, gentle = self.tr("Processors used"), self.tr("Memory for one photo"), self.tr("Read gently")
        every = self.tr("all {n}").replace("{n}", words.number(cores))
        self.workers = ChoiceButton(used, [(0, every), *((n, words.number(n)) for n in range(1, cores))])
        self.memory = ChoiceButton(memory, [(size, upkeep_words.memory(size)) for size in reversed(_MEMORY)])
        self.gentle = Switch(gentle)
        self.workers.chosen.connect(self.workers_chosen)
        self.memory.chosen.connect(self.memory_chosen)
        self.gentle.toggled.connect(self.gentle_toggled)
        rows = [
            Row(gentle, self.tr("Leave one processor free for other programs. Holds at once."), self.gentle),
            Row(
                used,
                self.tr("How many photos are read at a time, each by a process of its own."),
                self.workers,
                more=self.tr("cores threads workers speed"),
            ),
            Row(
                memory,
                self.tr("A photo that takes more to open is listed as a problem; everything else goes on."),
                self.memory,
                more=self.tr("RAM limit"),
            ),
        ]
        self.add(Group(self.tr("Reading photos"), rows))

    def set_values(self, workers: int, memory: int) -> None:
        self.workers.set_choice(workers if workers < (os.cpu_count() or 1) else 0)
        self.memory.set_choice(min(_MEMORY, key=lambda size: abs(size - memory)))

    def set_gentle(self, gentle: bool) -> None:
        self.gentle.setChecked(gentle)
