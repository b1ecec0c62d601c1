"""The preferences: what is chosen there is kept, and holds at once where it can."""

from __future__ import annotations

from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, QSettings, Slot

from faceapp.config import Config, save_config
from faceapp.ui import motion, theme
from faceapp.ui.session import sentence
from faceapp.ui.upkeeping import Upkeeping
from faceapp.ui.widgets.preferences.backups_page import BackupsPage
from faceapp.ui.widgets.preferences.folders_page import FoldersPage
from faceapp.ui.widgets.preferences.look_pages import AppearancePage, LanguagePage
from faceapp.ui.widgets.preferences.page import PreferencesPage
from faceapp.ui.widgets.preferences.privacy_page import PrivacyPage
from faceapp.ui.widgets.preferences.reading_pages import ModelsPreferences, PerformancePage, ThresholdsPage
from faceapp.ui.widgets.preferences.window import PreferencesWindow

if TYPE_CHECKING:
    from faceapp.ui.main_window import MainWindow

_AT_THE_START = ("language",)  # what even a library that is opened anew does not bring along


class Preferences(QObject):
    """Makes the window of the preferences when it is first wanted, and keeps what is chosen. GUI thread only."""

    def __init__(self, window: MainWindow, settings: QSettings | None) -> None:
        super().__init__(window)
        self._window = window
        self._config: Config | None = None  # as it is written, None while no library is open
        self._writing = Lock()  # one file at a time
        self._read_again = False  # once the library is open anew
        self.dialog: PreferencesWindow | None = None
        if settings is not None:
            wanted = str(settings.value(motion.SETTING, "system"))
            motion.choose(next((choice for choice in motion.CHOICES if choice == wanted), "system"))
        window.session.opened.connect(self._on_opened)
        window.session.closing.connect(self._fill)

    @Slot()
    def show(self) -> None:
        if self.dialog is None:
            self.dialog = self._made()
        self._fill()
        self.upkeeping.load()
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def show_page(self, page: str) -> None:
        """Show the preferences at a page, by the name of its attribute."""
        self.show()
        assert self.dialog is not None
        self.dialog.show_page(cast(PreferencesPage, getattr(self, page)))

    def _made(self) -> PreferencesWindow:
        self.folders, self.models, self.thresholds = FoldersPage(), ModelsPreferences(), ThresholdsPage()
        self.performance, self.language, self.appearance = PerformancePage(), LanguagePage(), AppearancePage()
        self.privacy, self.backups = PrivacyPage(), BackupsPage()
        pages: list[PreferencesPage] = [self.folders, self.models, self.thresholds, self.performance]
        pages += [self.language, self.appearance, self.privacy, self.backups]
        dialog = PreferencesWindow(pages, self._window)
        session, actions = self._window.session, self._window.actions_by_id
        self.upkeeping = Upkeeping(session, self._window.tasks, self.folders, self.privacy, self.backups)
        self.upkeeping.said.connect(self._window.status.show_message)
        for recent in (self._window.finding.recent, self._window.command_palette.recent):
            self.upkeeping.forgot.connect(recent.clear)
        dialog.reopen_requested.connect(self._reopen)
        self.folders.add_requested.connect(self._window.reading.choose)
        self.folders.ignore_changed.connect(lambda patterns: self._change(ignore=patterns))
        dialog.finished.connect(self.folders.take_patterns)
        self.models.models_requested.connect(self._show_models)
        self.thresholds.store_changed.connect(lambda percent: self._change(store_score=percent / 100))
        self.thresholds.show_changed.connect(lambda percent: self._change(show_score=percent / 100))
        self.thresholds.leaning_chosen.connect(self._window.leaning.choose)
        self.performance.workers_chosen.connect(lambda count: self._change(workers=count))
        self.performance.memory_chosen.connect(lambda size: self._change(photo_memory_mb=size))
        self.performance.gentle_toggled.connect(actions["gentle"].setChecked)
        actions["gentle"].toggled.connect(self.performance.set_gentle)
        self.language.chosen.connect(lambda code: self._change(language=code))
        self.appearance.scheme_chosen.connect(self._window.acting.set_scheme)
        self.appearance.size_chosen.connect(self._window.grid.set_tile_size)
        self.appearance.motion_chosen.connect(self._set_motion)
        self._window.grid.size_changed.connect(self.appearance.tiles.set_value)
        theme.signals().changed.connect(self._show_scheme)
        return dialog

    # What is shown

    @Slot()
    def _fill(self) -> None:
        config, session = self._config, self._window.session
        if self.dialog is None:
            return
        opened = session.is_open and not session.reopening
        for page in self.dialog.pages:
            page.set_error("")
            page.setEnabled(opened or page is self.appearance)
        if config is not None and session.is_open:
            self.folders.set_ignored(config.ignore)
            self.models.set_model(session.services.recognition.model_id)
            self.thresholds.set_scores(config.store_score, config.show_score)
            self.thresholds.set_leaning(self._window.leaning.kept)
            self.performance.set_values(config.workers, config.photo_memory_mb)
            self.language.choice.set_choice(config.language)
        self.performance.set_gentle(session.gentle)
        self.appearance.tiles.set_value(self._window.grid.tile_size)
        self.appearance.motion.set_choice(motion.chosen())
        self._show_scheme()
        self._show_waiting()

    @Slot()
    def _show_scheme(self) -> None:
        self.appearance.scheme.set_choice(theme.signals().scheme)

    def _show_waiting(self) -> None:
        """Say whether the open library was opened with other settings."""
        session = self._window.session
        if self.dialog is not None and self._config is not None and session.is_open:
            same = {name: getattr(self._config, name) for name in _AT_THE_START}
            self.dialog.set_waiting(replace(session.services.config, **same) != self._config)

    # What is chosen

    def _change(self, **values: Any) -> None:
        """Keep a setting; what is open goes on with the one it was opened with."""
        if self._config is None or replace(self._config, **values) == self._config:
            return
        self._read_again = self._read_again or "ignore" in values
        self._config = replace(self._config, **values)
        self._window.tasks.run(self._write, done=self._on_written, failed=self._on_failure, key="preferences")
        self._show_waiting()

    def _write(self) -> None:
        with self._writing:
            if self._config is not None:
                save_config(self._config)

    def _on_written(self, _: None) -> None:
        if self.dialog is not None:
            self.dialog.page().set_error("")

    def _on_failure(self, error: Exception) -> None:
        if self.dialog is not None:
            self.dialog.page().set_error(sentence(error))

    def _set_motion(self, wanted: motion.Motion) -> None:
        motion.choose(wanted)
        self._window.remember(motion.SETTING, wanted)

    def _show_models(self) -> None:
        if self.dialog is not None:
            self.dialog.close()
        self._window.navigation.show_page(("models",))

    @Slot()
    def _reopen(self) -> None:
        self.folders.take_patterns()
        self._window.session.reopen()

    @Slot()
    def _on_opened(self) -> None:
        config = self._window.session.services.config
        if self._config is None or self._config.library_dir != config.library_dir:
            self._config = config
        if self._read_again and self._config.ignore == config.ignore:
            self._read_again = False
            self._window.reading.rescan()
        self._fill()
