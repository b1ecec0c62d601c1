"""The size of tiles: a slider at the right end of the strip along the bottom, kept between starts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSettings, Slot

from faceapp.ui.widgets.grid import LARGEST, SMALLEST, USUAL
from faceapp.ui.widgets.grid_size import SizeSlider
from faceapp.ui.widgets.tab_order import follow_layout

if TYPE_CHECKING:
    from faceapp.ui.main_window import MainWindow

SETTING: Final = "window/tile_size"


class Sizing(QObject):
    """Keeps slider, grid and settings in step. GUI thread only."""

    def __init__(self, window: MainWindow, settings: QSettings | None) -> None:
        super().__init__(window)
        self._window = window
        self._grid = window.grid
        self.slider = SizeSlider(SMALLEST, LARGEST)
        row = window.status.layout()
        assert row is not None
        row.addWidget(self.slider)
        follow_layout(window.status)
        self.slider.moved.connect(self._grid.set_tile_size)
        self._grid.size_changed.connect(self._on_size)
        window.navigation.stack_shown.connect(self._fit)
        kept = settings.value(SETTING, USUAL, type=int) if settings is not None else USUAL
        self._grid.set_tile_size(kept if isinstance(kept, int) else USUAL)
        self.slider.set_size(self._grid.tile_size)
        self._fit()

    @Slot(object)
    def _on_size(self, size: int) -> None:
        self.slider.set_size(size)
        self._window.remember(SETTING, size)

    @Slot()
    def _fit(self) -> None:
        """Offer it where there are tiles to look at."""
        self.slider.setVisible(self._grid.isVisibleTo(self._window))
