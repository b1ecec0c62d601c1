"""The filter of the window: one for photos, faces, folders and matches; set on the panel, shown as chips."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal, Slot

from faceapp.ports import Reader
from faceapp.types_search import NO_FILTER, Filter
from faceapp.ui import filter_words, theme, words
from faceapp.ui.filter_words import FilterPart
from faceapp.ui.overview import Overview

if TYPE_CHECKING:
    from pathlib import Path

    from faceapp.ui.main_window import MainWindow

_PATIENCE_MS: Final = 150  # while the user goes on typing
_US_A_YEAR: Final = "datetime64[Y]"


class Filtering(QObject):
    """Holds the filter and tells pages and query of it. Kept from page to page; GUI thread only."""

    changed = Signal()  # the filter, or whether what is shown follows it

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._pages, self._query, self._session = window.pages, window.query, window.session
        self._bar, self._panel, self._button = window.filter_bar, window.filter_panel, window.top_bar.filter
        self._filter = NO_FILTER
        self._library: Path | None = None
        self._told: tuple[Filter, bool, bool] | None = None  # what was shown last
        self._people: dict[int, str] = {}
        self._folders: dict[int, str] = {}
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._apply)
        self._bar.changed.connect(self.take)
        self._bar.edit_requested.connect(self.toggle)
        self._panel.edited.connect(self._edit)
        self._panel.closed.connect(self.close)
        window.top_bar.filter_toggled.connect(self.toggle)
        self._session.opened.connect(self._on_opened)
        self._session.overview_changed.connect(self._on_overview)
        window.searching.changed.connect(self._show)
        window.searching.ended.connect(self._apply)
        self._pages.shown.connect(self._show)
        window.installEventFilter(self)

    @property
    def filter(self) -> Filter:
        return self._filter

    @property
    def applies(self) -> bool:
        """Whether what is shown follows the filter."""
        overview = self._session.overview
        some = self._query.active or (overview is not None and bool(overview.folders))
        return self._session.is_open and some and (self._query.active or self._pages.filtered)

    @property
    def set(self) -> bool:
        """Whether a filter holds for what is shown."""
        return self.applies and not self._filter.empty

    @property
    def waiting(self) -> bool:
        """Whether the user is still at it: what is shown does not follow yet."""
        return self._patience.isActive()

    def parts(self, only: Filter) -> list[FilterPart]:
        """Return the parts of a filter in words."""
        return filter_words.parts(only, self._people, self._folders)

    @Slot(object)
    def take(self, only: Filter) -> None:
        """Set the filter, at once."""
        self._patience.stop()
        self._hold(only)
        self._apply()

    @Slot()
    def clear(self) -> None:
        self.take(NO_FILTER)

    @Slot()
    def toggle(self) -> None:
        """Open or close the panel."""
        if self._panel.isVisible() or not self.applies:
            self.close()
            return
        read = partial(_years, self._session.services.reader)
        self._window.tasks.run(read, done=self._panel.set_years, key="years")
        self._panel.show()
        self._panel.raise_()
        self._place()
        self._panel.people.setFocus()
        self._button.setChecked(True)

    @Slot()
    def close(self) -> None:
        """Close the panel; the filter stays."""
        if self._panel.isVisible():
            self._window.grid.setFocus()
        self._panel.hide()
        self._button.setChecked(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._panel.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        """Put the panel below its button, at the edge of the window: the tiles that it filters stay in sight."""
        window, panel = self._window, self._panel
        below = self._button.mapTo(window, QPoint(0, self._button.height())).y() + theme.SPACE_3
        panel.adjustSize()
        panel.move(max(0, window.width() - theme.SPACE_4 - panel.width()), below)

    @Slot(object)
    def _edit(self, only: Filter) -> None:
        """Follow the panel: the chips at once, what they let through when the user rests."""
        self._hold(only)
        self._patience.start()

    def _hold(self, only: Filter) -> None:
        self._filter = only
        if self._panel.filter() != only:
            self._panel.set_filter(only)
        self._bar.set_parts(self.parts(only))
        self._show()

    @Slot()
    def _apply(self) -> None:
        """Tell query and pages; a page that lies below matches hears of it when they go."""
        self._query.set_filter(self._filter)
        if not self._query.active:
            self._pages.set_page_filter(self._filter)

    @Slot()
    def _show(self) -> None:
        """Show what fits the page: some pages follow no filter. Cheap, for every step of the slider."""
        state = (self._filter, self.applies, self._query.active)
        if state == self._told:
            return
        self._told = state
        if not self.set and self._bar.has_keyboard():
            self._window.grid.setFocus()
        self._bar.setVisible(self.set)
        self._bar.set_keep_shown(not self._query.active)
        self._button.setEnabled(self.applies)
        if not self.applies:
            self.close()
        self.changed.emit()

    @Slot()
    def _on_opened(self) -> None:
        library = self._session.services.config.library_dir
        if library != self._library:
            self._library = library
            self.take(NO_FILTER)
        else:
            self._apply()

    @Slot(object)
    def _on_overview(self, overview: Overview) -> None:
        people = {person.id: person.name for person in overview.people}
        folders = {folder.id: words.folder_name(folder.path) for folder in overview.folders}
        self._panel.set_choices(overview.people, overview.folders)
        if (people, folders) != (self._people, self._folders):
            self._people, self._folders = people, folders
            self._bar.set_parts(self.parts(self._filter))
        self._show()


def _years(reader: Reader) -> list[int]:
    """Return the years in which photos were taken, newest first. On a worker."""
    _ids, moments = reader.photo_dates()
    years = moments.astype("datetime64[us]").astype(_US_A_YEAR).astype(np.int64) + 1970
    return [int(year) for year in np.unique(years)[::-1]]
