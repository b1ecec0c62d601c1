"""Parting what is in order of date by months, or by years where months hold little: the sections of the grid."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QCoreApplication, QDate, QLocale

from faceapp.types import IdArray
from faceapp.ui import words
from faceapp.ui.sections import Sections

_FEW = 12  # parts that may be small
_SMALL = 5  # rows a part, on average: below, whole rows of the grid would hold one picture


def months_of(moments: IdArray) -> IdArray:
    """Return the months of moments (N,), microseconds since 1970, as months since January 1970 (N,)."""
    return np.asarray(moments, np.int64).astype("datetime64[us]").astype("datetime64[M]").astype(np.int64)


def month(number: int) -> str:
    """Return a month, counted from January 1970, as the locale writes it: "March 2019"."""
    year, at = divmod(number, 12)
    name = words.locale().standaloneMonthName(at + 1, QLocale.FormatType.LongFormat).replace("'", "''")
    # A pattern of Qt, in which "MMMM" is the name of a month that stands alone, and "M" its number.
    pattern = QCoreApplication.translate("words", "MMMM yyyy").replace("MMMM", f"'{name}'")
    text = words.locale().toString(QDate(1970 + year, at + 1, 1), pattern)
    return text[:1].upper() + text[1:]


def year(number: int) -> str:
    """Return the year of a month, counted from January 1970."""
    return QDate(1970 + number // 12, 1, 1).toString("yyyy")


def periods(months: IdArray) -> tuple[IdArray, Callable[[int], str]]:
    """Return the months of rows (N,), or the first months of their years where months hold little, and their titles."""
    parts = len(np.unique(months))
    if parts > _FEW and len(months) < _SMALL * parts:
        return months // 12 * 12, year
    return months, month


def by_date(months: IdArray, counted: Callable[[int], str]) -> Sections:
    """Return the sections of rows whose months (N,) lie together; ``counted`` puts a number of rows into words."""
    of, title = periods(months)
    return Sections.by(of, title, counted)
