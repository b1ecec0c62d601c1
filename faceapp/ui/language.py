"""The language of the window: which one, its translations, and how numbers and dates are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from faceapp.config import resources_dir

SOURCE: Final = "en"  # the language that the words are written in
TRANSLATED: Final = ("zh_CN",)


def spoken(wanted: Sequence[str]) -> str:
    """Return the first language of a list like "zh-Hans-CN", "en-GB" that Faceapp speaks; English if it speaks none."""
    for name in wanted:
        locale = QLocale(name)
        if locale.language() == QLocale.Language.English:
            return SOURCE
        for known in map(QLocale, TRANSLATED):
            if (locale.language(), locale.script()) == (known.language(), known.script()):
                return known.name()
    return SOURCE


def install(app: QApplication, chosen: str = "") -> str:
    """Make the window speak a language, "" for the system's; return which. Call it before any widget is made.

    A chosen language brings its numbers and dates along, unless the system's are of the same language.
    """
    system = QLocale.system()
    language = chosen or spoken(system.uiLanguages())
    locale = QLocale(language)
    if chosen and locale.language() != system.language():
        QLocale.setDefault(locale)
    folder = resources_dir() / "i18n"
    _load(app, f"faceapp_{language}", str(folder))
    _load(app, f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    app.setLayoutDirection(locale.textDirection())
    return language


def _load(app: QApplication, name: str, folder: str) -> None:
    """Install a translation that is there. Qt looks in the newest first, so the app's own words come from its file."""
    translator = QTranslator(app)
    if translator.load(name, folder):
        app.installTranslator(translator)
