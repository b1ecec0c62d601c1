"""The sentences of the window: counts, progress, dates, thresholds. Plain functions, no widgets.

Every plural is two literal source strings, so that English reads right without a translation file;
the count goes along, so that a translation may have as many forms as its language needs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from faceapp.types import Face, Marks, ModelState, Quality, ReembedProgress, ScanProgress

NEAR_MARK = 0.005  # cosine: half of what a score shows, so that "0.42" is at the mark "0.42"

# Variance of the Laplacian of the aligned 112 x 112 grey face.
SHARP_FROM = 150.0
SOFT_FROM = 50.0
# Absolute yaw, 0 frontal to 1 fully turned.
STRAIGHT_TO = 0.25
TURNED_FROM = 0.55

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


def _counted(text: str, n: int) -> str:
    return text.replace("{n}", number(n))


def faces(n: int) -> str:
    one, many = _translate("words", "{n} face", None, n), _translate("words", "{n} faces", None, n)
    return _counted(one if n == 1 else many, n)


def photos(n: int) -> str:
    one, many = _translate("words", "{n} photo", None, n), _translate("words", "{n} photos", None, n)
    return _counted(one if n == 1 else many, n)


def people(n: int) -> str:
    one, many = _translate("words", "{n} person", None, n), _translate("words", "{n} people", None, n)
    return _counted(one if n == 1 else many, n)


def problems(n: int) -> str:
    one, many = _translate("words", "{n} problem", None, n), _translate("words", "{n} problems", None, n)
    return _counted(one if n == 1 else many, n)


def unreadable(n: int) -> str:
    one = _translate("words", "{n} photo could not be read", None, n)
    many = _translate("words", "{n} photos could not be read", None, n)
    return _counted(one if n == 1 else many, n)


def trying_again(n: int) -> str:
    one = _translate("words", "Trying {n} photo again…", None, n)
    many = _translate("words", "Trying {n} photos again…", None, n)
    return _counted(one if n == 1 else many, n)


def ignored(n: int) -> str:
    one = _translate("words", "{n} photo is off the list until its file changes.", None, n)
    many = _translate("words", "{n} photos are off the list until their files change.", None, n)
    return _counted(one if n == 1 else many, n)


def selected(n: int) -> str:
    return _counted(_translate("words", "{n} selected", None, n), n)


def in_photos(n: int) -> str:
    """Return the second half of "134 faces in 120 photos"."""
    one, many = _translate("words", "in {n} photo", None, n), _translate("words", "in {n} photos", None, n)
    return _counted(one if n == 1 else many, n)


def faces_in_photos(face_count: int, photo_count: int) -> str:
    return f"{faces(face_count)} {in_photos(photo_count)}"


def no_match() -> str:
    return _translate("words", "No match at this threshold.")


def no_match_advice() -> str:
    return _translate("words", "Drag the line to the left.")


def match_result(face_count: int, photo_count: int) -> str:
    """Return what a cut shows, for one line: "134 faces in 120 photos" or what to do if there are none."""
    return faces_in_photos(face_count, photo_count) if face_count else f"{no_match()} {no_match_advice()}"


def mark_name(mark: str) -> str:
    """Return what a mark of the slider (a field of ``Marks``) is called."""
    return {
        "cautious": _translate("words", "cautious"),
        "balanced": _translate("words", "balanced"),
        "everything": _translate("words", "everything"),
    }[mark]


def mark_meaning(mark: str) -> str:
    """Return what to expect at a mark of the slider."""
    return {
        "cautious": _translate("words", "hardly anyone else among what is shown"),
        "balanced": _translate("words", "about 1 in 100 shown is someone else"),
        "everything": _translate("words", "nearly all of this person, and others with them"),
    }[mark]


def strictness(threshold: float, marks: Marks) -> str:
    """Return one word for a threshold: the mark that it is at or beyond, "wide" between balanced and everything."""
    if threshold >= marks.cautious - NEAR_MARK:
        return mark_name("cautious")
    if threshold >= marks.balanced - NEAR_MARK:
        return mark_name("balanced")
    if threshold > marks.everything + NEAR_MARK:
        return _translate("words", "wide")
    return mark_name("everything")


def threshold(value: float, marks: Marks | None) -> str:
    """Return the threshold in a word and a number, "balanced, 0.42"; without marks the number alone."""
    if marks is None:
        return decimal(value)
    return _translate("words", "{word}, {score}").format(word=strictness(value, marks), score=decimal(value))


def strangers(expected: float, shown: int) -> str:
    """Return how many of the faces shown to expect to be someone else: "about 1 of them is someone else"."""
    if shown == 1:
        return chance(1 - min(1.0, expected))
    n = min(round(expected), shown)
    if n == 0:
        return _translate("words", "probably all of them right")
    if n == shown:
        return _translate("words", "probably none of them right")
    one = _translate("words", "about {n} of them is someone else", None, n)
    many = _translate("words", "about {n} of them are someone else", None, n)
    return _counted(one if n == 1 else many, n)


def missed(share: float) -> str:
    """Return how much of a person lies below the line, whole: "about 5 in 100 of this person are left out"."""
    n = round(100 * share)
    if n == 0:
        return _translate("words", "hardly any face of this person is left out")
    return _counted(_translate("words", "about {n} in 100 faces of this person are left out", None, n), n)


def missed_short(share: float) -> str:
    """Return the same for a line that says more: "about 5 in 100 left out"."""
    n = round(100 * share)
    if n == 0:
        return _translate("words", "hardly any left out")
    return _counted(_translate("words", "about {n} in 100 left out", None, n), n)


def chance(share: float) -> str:
    """Return how sure it is that a face is the person looked for, from a chance of 0 to 1."""
    if share >= 0.95:
        return _translate("words", "very likely the same person")
    if share >= 0.75:
        return _translate("words", "probably the same person")
    if share >= 0.4:
        return _translate("words", "perhaps the same person")
    if share >= 0.1:
        return _translate("words", "probably someone else")
    return _translate("words", "very likely someone else")


def chance_figure(share: float) -> str:
    """Return the chance with its figure: "very likely the same person (99 %)". Never quite 0 or 100."""
    percent = _counted(_translate("words", "{n} %"), min(99, max(1, round(100 * share))))
    return f"{chance(share)} ({percent})"


def below(n: int) -> str:
    return _counted(_translate("words", "Just below the line ({n})", None, n), n)


def model_state(state: ModelState) -> str:
    return {
        ModelState.IN_USE: _translate("words", "In use"),
        ModelState.READY: _translate("words", "Ready"),
        ModelState.AVAILABLE: _translate("words", "Not prepared"),
        ModelState.BROKEN: _translate("words", "Cannot be used"),
    }[state]


def vectors(n: int) -> str:
    """Return how far a model is prepared in this library."""
    if n == 0:
        return _translate("words", "No face is prepared for it yet")
    one, many = _translate("words", "{n} face prepared", None, n), _translate("words", "{n} faces prepared", None, n)
    return _counted(one if n == 1 else many, n)


def vectors_short(n: int) -> str:
    one, many = _translate("words", "{n} vector", None, n), _translate("words", "{n} vectors", None, n)
    return _counted(one if n == 1 else many, n)


def reembed_progress(progress: ReembedProgress, paused: bool = False) -> str:
    """Return "6,120 of 9,871 faces · 28 a second · about 2 min left"."""
    counted = _translate("words", "{done} of {faces}")
    parts = [counted.replace("{done}", number(progress.done)).replace("{faces}", faces(progress.total))]
    if paused:
        parts.append(_translate("words", "paused"))
    elif progress.done and progress.seconds > 0:
        per_second = progress.done / progress.seconds
        parts += [rate(per_second), time_left((progress.total - progress.done) / per_second)]
    return " · ".join(parts)


def not_prepared(n: int) -> str:
    """Return that some faces have no vector of a model yet."""
    one = _translate(
        "words", "{n} face could not be prepared: its photo cannot be read now. Connect its drive and go on.", None, n
    )
    many = _translate(
        "words",
        "{n} faces could not be prepared: their photos cannot be read now. Connect their drives and go on.",
        None,
        n,
    )
    return _counted(one if n == 1 else many, n)


def looked(done: int, total: int, seconds: float) -> str:
    """Return "120 of 195 pictures · 28 a second · a few seconds left"."""
    text = _translate("words", "{done} of {total} pictures")
    parts = [text.replace("{done}", number(done)).replace("{total}", number(total))]
    if done and seconds > 0:
        parts += [rate(done / seconds), time_left((total - done) * seconds / done)]
    return " · ".join(parts)


def name_these(n: int) -> str:
    if n == 0:
        return name_short()
    if n == 1:
        return _translate("words", "Name this face…")
    return _counted(_translate("words", "Name these {n}…", None, n), n)


def name_short() -> str:
    return _translate("words", "Name…")


def name_selected(n: int) -> str:
    return _counted(_translate("words", "Name {n} selected…", None, n), n)


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
    read = _counted(one if photo_count == 1 else many, photo_count)
    return f"{read}, {problems(failed)}" if failed else read


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


def date_time(moment: datetime) -> str:
    """Return a date and time as the locale writes them, without the weekday: "14 July 2009, 16:32"."""
    ours = locale()
    pattern = re.sub(r"[,.]?\s*dddd[,.]?\s*(?:'de'\s*)?", "", ours.dateFormat(QLocale.FormatType.LongFormat))
    day = ours.toString(QDate(moment.year, moment.month, moment.day), pattern.strip())
    clock = ours.toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)
    return f"{day}, {clock}"


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
    return f"{size}, {focus}, {pose}"


def unnamed() -> str:
    return _translate("words", "Unnamed")


def face_label(face: Face) -> str:
    return face.person_name or unnamed()


def people_of(found: Sequence[Face]) -> str:
    """Return who is in a photo: "Ben, Anna, 1 unnamed"."""
    names = list(dict.fromkeys(face.person_name for face in found if face.person_name))
    nameless = sum(1 for face in found if not face.person_name)
    if nameless:
        names.append(_counted(_translate("words", "{n} unnamed", None, nameless), nameless))
    return ", ".join(names) if names else _translate("words", "No face found")


def not_connected() -> str:
    return _translate("words", "The drive of this photo is not connected.")


def photo_gone() -> str:
    return _translate("words", "This photo is not in the library any more.")
