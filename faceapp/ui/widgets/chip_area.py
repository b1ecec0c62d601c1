"""The chips of a query in a row."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from faceapp.ui import theme
from faceapp.ui.widgets.query_chip import HEIGHT, ChipData, QueryChip


class ChipArea(QScrollArea):
    """As wide as its chips where there is room; else they scroll sideways, also by Tab."""

    role_chosen = Signal(object, object)  # ChipData.key, Role
    removed = Signal(object)  # ChipData.key

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self.setWidgetResizable(True)
        self._holder = QWidget()
        self._holder.setProperty("surface", "bg")
        self._row = QHBoxLayout(self._holder)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.SPACE_2)
        self.setWidget(self._holder)
        self._chips: dict[object, QueryChip] = {}

    def set_chips(self, chips: Sequence[ChipData]) -> None:
        """Show these faces. A chip that stays keeps the keyboard; one that goes hands it to its neighbour."""
        keys = [data.key for data in chips]
        before = list(self._chips)
        gone = [key for key in before if key not in keys]
        bereft = next((before.index(key) for key in gone if _has_focus(self._chips[key])), None)
        for key in gone:
            chip = self._chips.pop(key)
            chip.hide()
            self._row.removeWidget(chip)
            chip.deleteLater()
        for at, data in enumerate(chips):
            known = self._chips.get(data.key)
            if known is not None:
                known.set_data(data)
            else:
                self._add(at, data)
        self._chips = {key: self._chips[key] for key in keys}
        self._order_keys()
        if bereft is not None and keys:
            self._chips[keys[min(bereft, len(keys) - 1)]].setFocus()
        self.fit()

    def _add(self, at: int, data: ChipData) -> None:
        chip = QueryChip(data)
        chip.role_chosen.connect(partial(self.role_chosen.emit, data.key))
        chip.removed.connect(partial(self.removed.emit, data.key))
        self._chips[data.key] = chip
        self._row.insertWidget(at, chip)
        chip.show()

    def _order_keys(self) -> None:
        """Let Tab go from left to right here, whenever a chip came: Qt puts what is new at the window's end."""
        before: QWidget | None = self.previousInFocusChain()
        while before is not None and before is not self and not _may_come_before(before, self):
            before = before.previousInFocusChain()
        if before is None:
            return
        for chip in self._chips.values():
            for stop in chip.key_stops():
                QWidget.setTabOrder(before, stop)
                before = stop

    def set_pixmap(self, key: object, pixmap: QPixmap) -> None:
        """Give a chip its picture when it has been loaded."""
        if key in self._chips:
            self._chips[key].set_pixmap(pixmap)

    def fit_into(self, room: int) -> bool:
        """Show the names of the faces if ``room``, in pixels, is enough for all; return whether it is.

        Where there is no room even for the crosses, only the pictures stay.
        """
        chips = self._chips.values()
        fits = sum(chip.wide(compact=False) + theme.SPACE_2 for chip in chips) <= room
        bare = not fits and sum(chip.wide(compact=True) + theme.SPACE_2 for chip in chips) > room
        for chip in chips:
            chip.set_compact(not fits, bare=bare)
        self.fit()
        return fits

    def fit(self) -> None:
        self._holder.updateGeometry()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self._holder.sizeHint().width(), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 120), HEIGHT)


def _may_come_before(widget: QWidget, area: ChipArea) -> bool:
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not area.isAncestorOf(widget)


def _has_focus(chip: QueryChip) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and (focus is chip or chip.isAncestorOf(focus))
