"""Colours, sizes and the application's look, light and dark. No other module holds a colour.

``resources/theme/tokens.toml`` has the colours, ``app.qss`` is the style sheet that they are put into.
GUI thread only.
"""

from __future__ import annotations

import gc
import re
import tomllib
from dataclasses import asdict, dataclass
from typing import Final, Literal

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication

from faceapp.config import resources_dir

Scheme = Literal["light", "dark", "system"]

# All in device-independent pixels.
SPACE_1: Final = 4
SPACE_2: Final = 8
SPACE_3: Final = 12
SPACE_4: Final = 16
SPACE_6: Final = 24
RADIUS_S: Final = 6
RADIUS_M: Final = 10
FONT_XS: Final = 11
FONT_S: Final = 12
FONT_M: Final = 13
FONT_L: Final = 15
FONT_XL: Final = 20


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as QColor understands them (``#rrggbb`` or ``#aarrggbb``)."""

    dark: bool
    high_contrast: bool
    bg: str
    panel: str
    raised: str
    hover: str
    line: str
    text: str
    text_2: str
    text_3: str
    disabled: str
    accent: str
    accent_soft: str
    on_accent: str
    good: str
    warn: str
    bad: str
    pill: str  # behind words that lie on a picture
    on_pill: str
    on_light: str  # on ``on_pill``
    sure: str  # behind the sign of what the user said, on a picture
    box: str  # around a face
    halo: str  # around what must show on any picture
    knob: str  # of a slider

    @property
    def placeholder(self) -> str:
        """What stands where a picture will be: must show on ``bg`` and ``panel`` alike."""
        return self.raised if self.dark else self.hover


def _load() -> tuple[Theme, ...]:
    tables = tomllib.loads((resources_dir() / "theme" / "tokens.toml").read_text(encoding="utf-8"))
    return tuple(
        Theme(dark=dark, high_contrast=bool(high), **tables[scheme + high], **tables["over_pictures" + high])
        for high in ("", "_high")
        for scheme, dark in (("light", False), ("dark", True))
    )


THEMES: Final = _load()
LIGHT, DARK, LIGHT_HIGH, DARK_HIGH = THEMES


class ThemeSignals(QObject):
    """``changed`` follows every switch of light, dark and contrast, after the style sheet is in place."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.theme = LIGHT
        self.scheme: Scheme = "system"
        self.follows = False

    @Slot()
    def follow_system(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            _show(app, _wanted(app, self.scheme))


_signals: ThemeSignals | None = None


def signals() -> ThemeSignals:
    """Return the one object that announces switches."""
    global _signals
    if _signals is None:
        _signals = ThemeSignals()
    return _signals


def current() -> Theme:
    """Return the theme in use, ``LIGHT`` before the first ``apply``."""
    return signals().theme


def apply(app: QApplication, scheme: Scheme = "system") -> None:
    """Give the application its look and keep it in step with the system if ``scheme`` is "system"."""
    state = signals()
    state.scheme = scheme
    hints = app.styleHints()
    if not state.follows:
        app.setStyle("Fusion")  # before the hints: the scheme below must not meet the platform's own style
        hints.colorSchemeChanged.connect(state.follow_system)
        if hasattr(hints, "accessibility"):  # since Qt 6.10
            hints.accessibility().contrastPreferenceChanged.connect(state.follow_system)
        state.follows = True
    # Also tells the window system, so that the title bar goes along.
    wanted = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark, "system": Qt.ColorScheme.Unknown}
    hints.setColorScheme(wanted[scheme])
    app.setFont(interface_font())
    _show(app, _wanted(app, scheme))


def interface_font() -> QFont:
    """Return Inter where it is installed, else the system's font, in the size of running text."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if "Inter" in QFontDatabase.families():
        font = QFont("Inter")
    font.setPixelSize(FONT_M)
    return font


def _wanted(app: QApplication, scheme: Scheme) -> Theme:
    """Return the theme for a choice of colours, in the contrast that the system asks for."""
    hints = app.styleHints()
    dark = scheme == "dark" or (scheme == "system" and hints.colorScheme() == Qt.ColorScheme.Dark)
    high = _asks_for_contrast(hints)
    return next(theme for theme in THEMES if theme.dark == dark and theme.high_contrast == high)


def _asks_for_contrast(hints: QStyleHints) -> bool:
    if not hasattr(hints, "accessibility"):
        return False
    return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast


def _show(app: QApplication, theme: Theme) -> None:
    state = signals()
    if theme is state.theme and app.styleSheet():
        return
    state.theme = theme
    app.setPalette(palette(theme))
    gc.collect()  # a widget that Python frees while Qt goes through all of them would crash it
    app.setStyleSheet(style_sheet(theme))
    state.changed.emit()


def palette(theme: Theme) -> QPalette:
    """Return the palette for what Fusion draws without the style sheet."""
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.panel,
        role.WindowText: theme.text,
        role.Base: theme.bg,
        role.AlternateBase: theme.panel,
        role.Text: theme.text,
        role.Button: theme.raised,
        role.ButtonText: theme.text,
        role.BrightText: theme.on_accent,
        role.PlaceholderText: theme.text_3,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Light: theme.hover,
        role.Midlight: theme.line,
        role.Mid: theme.line,
        role.Dark: theme.text_3,
        role.Shadow: theme.halo,
    }
    made = QPalette()
    for name, colour in colours.items():
        made.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(theme.disabled))
    return made


def style_sheet(theme: Theme) -> str:
    """Return ``app.qss`` with the theme's colours and the sizes put in. An unknown name raises ``KeyError``."""
    values = {name: str(value) for name, value in asdict(theme).items()}
    values["accent_hover"] = QColor(theme.accent).lighter(110 if theme.dark else 115).name()
    values |= {"radius_s": str(RADIUS_S), "radius_m": str(RADIUS_M), "font_xs": str(FONT_XS), "font_s": str(FONT_S)}
    values |= {"font_m": str(FONT_M), "font_l": str(FONT_L), "font_xl": str(FONT_XL)}
    folder = resources_dir() / "theme"
    values["check"] = (folder / ("check-dark.svg" if theme.dark else "check-light.svg")).as_posix()
    template = (folder / "app.qss").read_text(encoding="utf-8")
    return re.sub(r"\{([a-z_0-9]+)\}", lambda found: values[found.group(1)], template)


def with_alpha(colour: str, alpha: float) -> QColor:
    """Return a token's colour, ``alpha`` from 0 (clear) to 1."""
    made = QColor(colour)
    made.setAlphaF(alpha)
    return made
