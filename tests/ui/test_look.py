"""What can be measured of how the window looks: contrast, one stroke width, no colour outside the tokens, sharpness."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import faceapp.ui
from faceapp.config import resources_dir
from faceapp.ui import icons, theme
from faceapp.ui.theme import Theme
from faceapp.ui.tile import Mark, Tile
from faceapp.ui.widgets.tile_painter import TilePainter
from faceapp.ui.widgets.tile_ready import Look, rounded

ICONS = sorted((resources_dir() / "icons").glob("*.svg"))
SURFACES = ("bg", "panel", "raised", "hover", "accent_soft")
WORDS = ("text", "text_2", "text_3")
TONES = ("accent", "good", "warn", "bad")  # also signs; as words they stand on pages and panels
UI = Path(faceapp.ui.__file__).parent


@pytest.fixture(params=["light", "dark"])
def look(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Theme]:
    theme.apply(qapp, request.param)
    yield theme.current()
    theme.apply(qapp, "light")


# Contrast, as WCAG 2 measures it


def luminance(colour: QColor) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def over(colour: str, ground: str) -> QColor:
    """Return what a colour that lets some through looks like over another."""
    image = QImage(1, 1, QImage.Format.Format_RGB32)
    image.fill(QColor(ground))
    painter = QPainter(image)
    painter.fillRect(0, 0, 1, 1, QColor(colour))
    painter.end()
    return image.pixelColor(0, 0)


def ratio(themed: Theme, ink: str, surface: str) -> float:
    return contrast(QColor(getattr(themed, ink)), QColor(getattr(themed, surface)))


def test_formula_is_that_of_wcag() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("themed", theme.THEMES)
def test_words_can_be_read_on_every_surface(themed: Theme) -> None:
    least = 7.0 if themed.high_contrast else 4.5
    pairs = [(ink, surface) for ink in WORDS for surface in SURFACES]
    pairs += [(ink, surface) for ink in TONES for surface in ("bg", "panel", "raised", "hover")]
    pairs += [("on_accent", "accent")]
    found = {pair: ratio(themed, *pair) for pair in pairs}
    assert {pair: value for pair, value in found.items() if value < least} == {}


@pytest.mark.parametrize("themed", theme.THEMES)
def test_words_over_pictures_can_be_read_on_any(themed: Theme) -> None:
    for picture in ("black", "white", "gray"):
        assert contrast(QColor(themed.on_pill), over(themed.pill, picture)) >= 4.5
    assert contrast(QColor(themed.on_pill), QColor(themed.sure)) >= 4.5
    assert contrast(QColor(themed.on_light), QColor(themed.on_pill)) >= 4.5


@pytest.mark.parametrize("themed", theme.THEMES)
def test_rings_are_seen_against_the_page(themed: Theme) -> None:
    for ring in ("accent", "text_3", "text"):
        assert ratio(themed, ring, "bg") >= 3
    if themed.high_contrast:
        assert ratio(themed, "line", "bg") >= 3


def test_more_contrast_where_the_system_asks(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme, "_asks_for_contrast", lambda _hints: True)
    theme.apply(qapp, "dark")
    assert theme.current() is theme.DARK_HIGH
    assert theme.DARK_HIGH.bg in qapp.styleSheet()
    monkeypatch.setattr(theme, "_asks_for_contrast", lambda _hints: False)
    theme.signals().follow_system()
    assert theme.current() is theme.DARK
    theme.apply(qapp, "light")


# Icons


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_icons_have_one_pen(path: Path) -> None:
    root = ET.parse(path).getroot()
    assert root.get("viewBox") == "0 0 24 24"
    for name, value in (("stroke-width", "1.75"), ("stroke-linecap", "round"), ("stroke-linejoin", "round")):
        assert root.get(name) == value
    inner = [part for part in root.iter() if part is not root]
    assert not [part for part in inner if any("stroke-" in name for name in part.attrib)]
    if path.stem != "app":  # the sign of the program keeps its colours
        assert root.get("fill") == "none"
        assert root.get("stroke") == "currentColor"
        assert not [part for part in inner if part.get("fill") not in (None, "none", "currentColor")]


def test_every_icon_is_listed() -> None:
    assert sorted(icons.NAMES) == sorted(path.stem for path in ICONS)


def test_ticks_have_the_colour_of_words_on_the_accent() -> None:
    for themed, name in ((theme.LIGHT, "light"), (theme.DARK, "dark"), (theme.DARK_HIGH, "dark")):
        root = ET.parse(resources_dir() / "theme" / f"check-{name}.svg").getroot()
        assert root.get("stroke") == themed.on_accent


# Colours stand in the tokens only


COLOUR = re.compile(
    r"""#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{8}\b|["']#[0-9a-fA-F]{3}["']|\brgba?\(|QColor\(\s*["'\d]|hsl\("""
)
NAMED = re.compile(r"Qt\.GlobalColor\.(?!transparent\b)\w+")


@pytest.mark.parametrize("path", sorted(UI.rglob("*.py")), ids=lambda path: str(path.relative_to(UI)))
def test_no_colour_in_the_code(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert COLOUR.findall(text) == []
    assert NAMED.findall(text) == []


def test_no_colour_in_the_style_sheet() -> None:
    template = (resources_dir() / "theme" / "app.qss").read_text(encoding="utf-8")
    assert COLOUR.findall(template) == []
    assert not re.search(r":\s*(white|black|red|green|blue|gr[ae]y)\b", template)


# Controls


def ink_of(widget: QWidget) -> set[str]:
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_an_unticked_box_has_an_outline(qtbot: QtBot, look: Theme) -> None:
    box = QCheckBox()
    qtbot.addWidget(box)
    assert QColor(look.text_3).name() in ink_of(box)
    box.setChecked(True)
    assert QColor(look.accent).name() in ink_of(box)
    assert QColor(look.on_accent).name() in ink_of(box)
    box.setEnabled(False)
    assert QColor(look.accent).name() not in ink_of(box)


def test_the_box_with_the_keyboard_shows_it(qtbot: QtBot, look: Theme) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    box, line = QCheckBox("tick"), QLineEdit()
    column.addWidget(line)
    column.addWidget(box)
    with qtbot.waitActive(holder):
        holder.show()
        holder.activateWindow()
    line.setFocus()
    plain = box.grab().toImage()
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert box.hasFocus()
    assert box.grab().toImage() != plain
    assert QColor(look.accent).name() in ink_of(box)


# Tiles


def busy(side: int = 300) -> QPixmap:
    """Return a picture of every colour."""
    image = QImage(side, side, QImage.Format.Format_RGB32)
    for x in range(side):
        for y in range(side):
            image.setPixelColor(x, y, QColor.fromHsv((x * 7 + y * 13) % 360, 200, (x * 31 + y * 17) % 256))
    return QPixmap.fromImage(image)


def plain(colour: str, side: int = 300) -> QPixmap:
    made = QPixmap(side, side)
    made.fill(QColor(colour))
    return made


def draw(pixmap: QPixmap, *, ratio: float = 1.0, mark: Mark = "", side: int = 80, **state: bool) -> QImage:
    image = QImage(round((side + 20) * ratio), round((side + 20) * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(theme.current().bg))
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    tile = Tile(1, "face", "", None, mark, pixmap)
    flags = {"selected": False, "current": False, "hovered": False} | state
    painted = TilePainter()
    painted.begin(painter)
    painted.paint(painter, QRectF(10, 10, side, side), tile, **flags)
    painter.end()
    return image


@pytest.mark.parametrize("state", ["selected", "hovered", "current"])
@pytest.mark.parametrize("picture", ["black", "white", "busy"])
def test_states_show_on_any_picture(look: Theme, state: str, picture: str) -> None:
    """A ring of at least two pixels around the picture, of a colour that differs from the page."""
    pixmap = busy() if picture == "busy" else plain(picture)
    without, with_it = draw(pixmap), draw(pixmap, **{state: True})
    ring = [with_it.pixelColor(50, y) for y in range(10) if with_it.pixelColor(50, y) != without.pixelColor(50, y)]
    assert len(ring) >= 2
    assert max(contrast(colour, QColor(look.bg)) for colour in ring) >= 3


def test_states_differ_from_each_other(look: Theme) -> None:
    pixmap = plain("white")
    states = [{"selected": True}, {"hovered": True}, {"current": True}, {"selected": True, "current": True}]
    drawn = [draw(pixmap, **state) for state in states]
    grey = [image.convertToFormat(QImage.Format.Format_Grayscale8) for image in drawn]
    assert all(a != b for at, a in enumerate(grey) for b in grey[:at])


def test_marks_differ_without_colour(look: Theme) -> None:
    marks: tuple[Mark, ...] = ("", "named", "automatic", "suggested", "rejected", "hidden")
    for pixmap in (plain("black"), plain("white"), busy()):
        drawn = [
            draw(pixmap, mark=mark).convertToFormat(QImage.Format.Format_Grayscale8).copy(14, 14, 22, 22)
            for mark in marks
        ]
        assert all(a != b for at, a in enumerate(drawn) for b in drawn[:at])


# Scaling


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_tiles_use_every_pixel_of_the_screen(qapp: QApplication, ratio: float) -> None:
    """Lines a device pixel wide stay apart: nothing was scaled down and up again."""
    side = 80
    device = round(side * ratio)
    image = QImage(device, device, QImage.Format.Format_RGB32)
    for x in range(device):
        for y in range(device):
            image.setPixelColor(x, y, QColor("white" if x % 2 else "black"))
    drawn = draw(QPixmap.fromImage(image), ratio=ratio, side=side)
    left, middle = round(10 * ratio), drawn.height() // 2
    values = [drawn.pixelColor(left + x, middle).value() for x in range(device // 4, device // 2)]
    assert min(values) < 40
    assert max(values) > 215


@pytest.mark.parametrize("size", [(300, 300), (400, 160), (150, 400), (40, 30)])
def test_tiles_show_their_picture_to_its_round_edge(qapp: QApplication, size: tuple[int, int]) -> None:
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    made = rounded(image, Look(99, 8.0, grey=False, ratio=1.0))
    assert (made.width(), made.height()) == (99, 99)
    assert {made.pixelColor(x, y).name() for x, y in ((0, 50), (98, 50), (50, 0), (50, 98), (50, 50))} == {"#ff0000"}
    assert {made.pixelColor(x, y).alpha() for x in (0, 98) for y in (0, 98)} == {0}


def test_a_tall_picture_keeps_its_upper_part(qapp: QApplication) -> None:
    image = QImage(100, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("blue"))
    painter = QPainter(image)
    painter.fillRect(0, 40, 100, 100, QColor("red"))
    painter.end()
    made = rounded(image, Look(50, 4.0, grey=False, ratio=1.0))
    assert {made.pixelColor(25, y).name() for y in (1, 25, 48)} == {"#ff0000"}


def test_a_tile_below_the_line_is_grey(qapp: QApplication) -> None:
    made = rounded(busy().toImage(), Look(80, 8.0, grey=True, ratio=1.0))
    assert all(made.pixelColor(x, x).saturation() == 0 for x in range(10, 70))


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_icons_use_every_pixel_of_the_screen(qapp: QApplication, scale: float) -> None:
    made = icons.icon("photos").pixmap(QSize(20, 20), scale)
    assert made.size() == QSize(20, 20) * scale
    assert made.devicePixelRatio() == scale
