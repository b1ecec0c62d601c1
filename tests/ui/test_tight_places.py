"""What does not fit is said to be cut, and nothing keeps the colours of another scheme."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from faceapp.types_people import PersonDetails
from faceapp.ui import theme
from faceapp.ui.widgets.chip_area import ChipArea
from faceapp.ui.widgets.person_header import TitleEdit
from faceapp.ui.widgets.person_panel import PersonPanel
from faceapp.ui.widgets.query_chip import ChipData, QueryChip

LONG = "Maria-Magdalena von und zu Hohenstein-Schillingsfürst (Tante Leni)"

ANNA = PersonDetails(1, "Anna", 3, 0, 0, 3, date(1956, 11, 19), None, None, None, ())

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture(autouse=True)
def no_garbage() -> Iterator[None]:
    """Collect widgets now: Qt crashes if Python does it while a style sheet is being applied."""
    yield
    gc.collect()


def picture(widget: QWidget, area: QRect | None = None) -> QImage:
    return widget.grab(area or widget.rect()).toImage()


def test_chips_give_up_names_first_then_crosses(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    holder = QWidget()
    qtbot.addWidget(holder)
    area = ChipArea(holder)
    area.set_chips([ChipData(number, QPixmap(36, 36), "Somebody") for number in range(4)])
    chips = area.findChildren(QueryChip)
    named, compact, bare = (
        sum(chip.wide(**how) + theme.SPACE_2 for chip in chips)
        for how in ({"compact": False}, {"compact": True}, {"compact": True, "bare": True})
    )
    assert bare < compact < named
    assert area.fit_into(named)
    assert not area.fit_into(compact)
    assert area.sizeHint().width() <= compact
    crosses = [chip.key_stops()[1] for chip in chips]
    assert not any(cross.isHidden() for cross in crosses)
    assert not area.fit_into(compact - 1)
    assert all(cross.isHidden() for cross in crosses)
    assert area.sizeHint().width() <= bare
    assert area.fit_into(named)
    assert not any(cross.isHidden() for cross in crosses)


def test_a_title_that_is_too_long_ends_in_dots_until_it_is_typed_in(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    holder = QWidget()
    qtbot.addWidget(holder)
    title, plain = TitleEdit(holder), TitleEdit(holder)
    for line in (title, plain):
        line.setGeometry(0, 0, 300, 40)
        line.set_title(LONG)
    shown = plain.fontMetrics().elidedText(LONG, Qt.TextElideMode.ElideRight, 300 - 12)
    plain.set_title(shown)
    end = QRect(200, 0, 90, 40)
    assert picture(title, end) == picture(plain, end)
    assert LONG in title.toolTip()


def test_links_follow_the_scheme(qtbot: QtBot, qapp: QApplication) -> None:
    made = []
    for scheme in ("dark", "light"):
        theme.apply(qapp, scheme)
        panel = PersonPanel()
        qtbot.addWidget(panel)
        panel.resize(320, 500)
        panel.show_person(ANNA, [])
        made.append(panel)
    switched, fresh = made
    assert picture(switched) == picture(fresh)
