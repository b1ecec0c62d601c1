from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from faceapp.config import resources_dir
from faceapp.ui import icons, theme


@pytest.fixture
def look(qapp: QApplication) -> Iterator[QApplication]:
    theme.apply(qapp, "light")
    yield qapp
    theme.apply(qapp, "light")


def test_every_token_is_a_colour() -> None:
    for themed in (theme.LIGHT, theme.DARK):
        for name in themed.__slots__:
            if name != "dark":
                assert QColor(getattr(themed, name)).isValid(), name
    assert theme.DARK.dark
    assert not theme.LIGHT.dark


def test_style_sheet_has_no_hole_and_no_colour_of_its_own() -> None:
    assert "{accent" not in theme.style_sheet(theme.DARK)
    assert theme.DARK.accent in theme.style_sheet(theme.DARK)
    template = (resources_dir() / "theme" / "app.qss").read_text(encoding="utf-8")
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b", template)


def test_switch_is_announced_once(qtbot: QtBot, look: QApplication) -> None:
    with qtbot.waitSignal(theme.signals().changed):
        theme.apply(look, "dark")
    assert theme.current() is theme.DARK
    assert look.palette().color(QPalette.ColorRole.Base) == QColor(theme.DARK.bg)
    with qtbot.assertNotEmitted(theme.signals().changed):
        theme.apply(look, "dark")


def test_follows_the_system(qtbot: QtBot, look: QApplication) -> None:
    theme.apply(look, "system")
    shown = look.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert theme.current().dark is shown
    theme.apply(look, "dark")
    theme.signals().follow_system()  # a fixed scheme does not follow
    assert theme.current() is theme.DARK


def test_primary_button_has_the_accent(qtbot: QtBot, look: QApplication) -> None:
    button = QPushButton("Go")
    button.setProperty("kind", "primary")
    qtbot.addWidget(button)
    button.resize(80, 30)
    picture = button.grab().toImage()
    assert picture.pixelColor(6, 15) == QColor(theme.LIGHT.accent)


def test_every_icon_draws_in_the_themes_colour(qtbot: QtBot, look: QApplication) -> None:
    names = sorted(path.stem for path in (resources_dir() / "icons").glob("*.svg"))
    assert set(names) >= set(icons.NAMES)
    for scheme in ("light", "dark"):
        theme.apply(look, scheme)  # type: ignore[arg-type]
        for name in names:
            picture = icons.icon(name).pixmap(QSize(24, 24)).toImage()
            inked = [
                picture.pixelColor(x, y) for x in range(24) for y in range(24) if picture.pixelColor(x, y).alpha() > 250
            ]
            assert inked, name
            if name != "app":
                wanted = QColor(theme.current().text)
                assert all(abs(c.lightness() - wanted.lightness()) < 8 for c in inked), name


def test_icon_is_crisp_at_any_scale(qapp: QApplication) -> None:
    picture = icons.icon("search").pixmap(QSize(16, 16), 1.5)
    assert picture.size() == QSize(24, 24)
    assert picture.devicePixelRatio() == 1.5


def test_unknown_icon_is_a_bug(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such-icon")
