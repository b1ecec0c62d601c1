"""The sentences of the window: counts, progress, dates, thresholds. Plain functions, no widgets.

Every plural is two literal source strings, so that English reads right without a translation file;
the count goes along, so that a translation may have as many forms as its language needs.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from faceapp.types import Quality
from faceapp.types_scan import ScanProgress

# Variance of the Laplacian of the aligned 112 x 112 grey face.
SHARP_FROM = 150.0
SOFT_FROM = 50.0
# Absolute yaw, 0 frontal to 1 fully turned.
STRAIGHT_TO = 0.25
TURNED_FROM = 0.55

# The values at both ends of a pattern that joins.
_BETWEEN = re.compile(r"^\{\w+\}|\{\w+\}$")

_translate = QCoreApplication.translate


def locale() -> QLocale:
    """Return the user's locale; for the C locale English, which groups digits."""
    chosen = QLocale()
    return QLocale(QLocale.Language.English) if chosen.language() == QLocale.Language.C else chosen


def number(value: int) -> str:
    """Return a count with the digits grouped as the locale does: 9,871."""
    return locale().toString(value)


def decimal(value: float) -> str:
    """Return a score with two decimals: 0.42."""
    return locale().toString(float(value), "f", 2)


def decimals(value: float, places: int) -> str:
    return locale().toString(float(value), "f", places)


def percent(share: float, places: int = 2) -> str:
    """Return a share of 0 to 1 in percent, without zeros at the end: 99.8 %."""
    text = decimals(100 * share, places)
    point = locale().decimalPoint()
    return _translate("words", "{n} %").replace("{n}", text.rstrip("0").removesuffix(point) if point in text else text)


def counted(text: str, n: int) -> str:
    return text.replace("{n}", number(n))


def phrases(*parts: str) -> str:
    """Return parts of a sentence, one after the other, without those that are empty: "sharp, turned a little"."""
    return _joined(_translate("words", "{phrase}, {phrase2}"), parts)


def names(listed: Iterable[str]) -> str:
    """Return names one after the other: "Ann, Ben"."""
    return _joined(_translate("words", "{name}, {name2}"), listed)


def sentences(*parts: str) -> str:
    """Return sentences one after the other, without those that are empty."""
    return _joined(_translate("words", "{sentence} {sentence2}"), parts)


def ended(text: str) -> str:
    """Return a phrase as a sentence."""
    return _translate("words", "{said}.").replace("{said}", text)


def titled(title: str, text: str) -> str:
    """Return what is said of something: "Sort: by date"."""
    return _translate("words", "{title}: {text}").replace("{title}", title).replace("{text}", text)


def _joined(pattern: str, parts: Iterable[str]) -> str:
    """Return parts with what stands between the values of a pattern of two."""
    return _BETWEEN.sub("", pattern).join(part for part in parts if part)


def faces(n: int) -> str:
    one, many = _translate("words", "{n} face", None, n), _translate("words", "{n} faces", None, n)
    return counted(one if n == 1 else many, n)


def photos(n: int) -> str:
    one, many = _translate("words", "{n} photo", None, n), _translate("words", "{n} photos", None, n)
    return counted(one if n == 1 else many, n)


def people(n: int) -> str:
    one, many = _translate("words", "{n} person", None, n), _translate("words", "{n} people", None, n)
    return counted(one if n == 1 else many, n)


def problems(n: int) -> str:
    one, many = _translate("words", "{n} problem", None, n), _translate("words", "{n} problems", None, n)
    return counted(one if n == 1 else many, n)


def unreadable(n: int) -> str:
    one = _translate("words", "{n} photo could not be read", None, n)
    many = _translate("words", "{n} photos could not be read", None, n)
    return counted(one if n == 1 else many, n)


def trying_again(n: int) -> str:
    one = _translate("words", "Trying {n} photo again…", None, n)
    many = _translate("words", "Trying {n} photos again…", None, n)
    return counted(one if n == 1 else many, n)


def ignored(n: int) -> str:
    one = _translate("words", "{n} photo is off the list until its file changes.", None, n)
    many = _translate("words", "{n} photos are off the list until their files change.", None, n)
    return counted(one if n == 1 else many, n)


def answers_to_take_back(n: int) -> str:
    one = _translate("words", "Take back {n} answer", None, n)
    many = _translate("words", "Take back {n} answers", None, n)
    return counted(one if n == 1 else many, n)


def selected(n: int) -> str:
    return counted(_translate("words", "{n} selected", None, n), n)


def in_photos(n: int) -> str:
    """Return the second half of "134 faces in 120 photos"."""
    one, many = _translate("words", "in {n} photo", None, n), _translate("words", "in {n} photos", None, n)
    return counted(one if n == 1 else many, n)


def faces_in_photos(face_count: int, photo_count: int) -> str:
    both = _translate("words", "{faces} {in_photos}").replace("{in_photos}", in_photos(photo_count))
    return both.replace("{faces}", faces(face_count))


def time_left(seconds: float) -> str:
    """Return a rough remaining time: "about 2 min left"."""
    if seconds < 10:
        return _translate("words", "a few seconds left")
    if seconds < 55:
        return _translate("words", "about {n} s left").replace("{n}", number(round(seconds / 10) * 10))
    minutes = max(1, round(seconds / 60))
    if minutes < 60:
        return _translate("words", "about {n} min left").replace("{n}", number(minutes))
    hours, rest = divmod(minutes, 60)
    if hours >= 10 or rest < 5:
        return _translate("words", "about {n} h left").replace("{n}", number(round(minutes / 60)))
    both = _translate("words", "about {h} h {m} min left")
    return both.replace("{h}", number(hours)).replace("{m}", number(rest))


def rate(per_second: float) -> str:
    """Return the speed, with a decimal where it is slow: "28 a second"."""
    text = number(round(per_second)) if per_second >= 9.5 else locale().toString(float(per_second), "f", 1)
    return _translate("words", "{n} a second").replace("{n}", text)


def scan_title(progress: ScanProgress) -> str:
    if progress.folder is None:
        return _translate("words", "Reading photos")
    return _translate("words", "Reading {folder}").replace("{folder}", folder_name(progress.folder))


def scan_progress(progress: ScanProgress) -> str:
    """Return "6,120 of 9,871 photos · 28 a second · about 2 min left"; what is not known yet is left out."""
    if progress.walking and progress.done == 0:
        if progress.total == 0:
            return _translate("words", "Looking for photos…")
        return _translate("words", "{photos} found so far").replace("{photos}", photos(progress.total))
    counted = _translate("words", "{done} of {photos}")
    parts = [counted.replace("{done}", number(progress.done)).replace("{photos}", photos(progress.total))]
    if progress.rate > 0:
        parts.append(rate(progress.rate))
    left = progress.seconds_left
    if left is not None and left > 0:
        parts.append(time_left(left))
    return " · ".join(parts)


def scan_result(photo_count: int, failed: int) -> str:
    """Return what a finished scan leaves in the strip: "9,871 photos read, 12 problems"."""
    one, many = (
        _translate("words", "{n} photo read", None, photo_count),
        _translate("words", "{n} photos read", None, photo_count),
    )
    read = counted(one if photo_count == 1 else many, photo_count)
    return phrases(read, problems(failed) if failed else "")


def folder_name(path: Path) -> str:
    """Return what a folder is called in lists; a drive's root has only its path."""
    return path.name or str(path)


def printable(text: str) -> str:
    """Return a file's name for one line: names may hold line breaks and bytes that are no text."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)


def place(path: Path, folder: Path | None) -> str:
    """Return where a photo lies, from its library folder on: "Pictures / 2009 / Summer"."""
    if folder is not None and path.is_relative_to(folder):
        return " / ".join((folder_name(folder), *path.parent.relative_to(folder).parts))
    return str(path.parent)


def date_pattern() -> str:
    """Return how the locale writes dates, without the weekday, for Qt: "d MMMM yyyy"."""
    pattern = locale().dateFormat(QLocale.FormatType.LongFormat)
    return re.sub(r"[,.]?\s*dddd[,.]?\s*(?:'de'\s*)?", "", pattern).strip()


def date(day: dt.date) -> str:
    """Return a date as the locale writes it, without the weekday: "14 July 2009"."""
    return locale().toString(QDate(day.year, day.month, day.day), date_pattern())


def date_time(moment: dt.datetime) -> str:
    """Return a date and time as the locale writes them, without the weekday: "14 July 2009, 16:32"."""
    clock = locale().toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)
    both = _translate("words", "{date}, {time}")
    return both.replace("{date}", date(moment)).replace("{time}", clock)


def picture_size(width: int, height: int, size: int) -> str:
    """Return "4,000 × 3,000 · 3.1 MB"; the pixels are left out while they are unknown."""
    weight = locale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
    return f"{number(width)} × {number(height)} · {weight}" if width and height else weight


def quality(value: Quality) -> str:
    """Return what a face is worth to recognition: "214 px, sharp, looking straight ahead"."""
    if value.sharpness >= SHARP_FROM:
        focus = _translate("words", "sharp")
    elif value.sharpness >= SOFT_FROM:
        focus = _translate("words", "a little soft")
    else:
        focus = _translate("words", "blurred")
    if abs(value.yaw) <= STRAIGHT_TO:
        pose = _translate("words", "looking straight ahead")
    elif abs(value.yaw) < TURNED_FROM:
        pose = _translate("words", "turned a little")
    else:
        pose = _translate("words", "turned away")
    size = _translate("words", "{n} px").replace("{n}", number(round(value.size_px)))
    return phrases(size, focus, pose)


def unnamed() -> str:
    return _translate("words", "Unnamed")


def not_connected() -> str:
    return _translate("words", "The drive of this photo is not connected.")


def photo_gone() -> str:
    return _translate("words", "This photo is not in the library any more.")
