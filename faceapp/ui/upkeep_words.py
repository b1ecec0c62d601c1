"""The sentences about looking after a library: sizes, folders, forgetting, backups."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QCoreApplication, QLocale

from faceapp.types import Folder
from faceapp.types_upkeep import Backup, Forgetting
from faceapp.ui import words
from faceapp.ui.words import counted

_translate = QCoreApplication.translate


def size(count: int) -> str:
    """Return a number of bytes: "3.1 MB"."""
    said = words.locale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
    return said.replace(" ", "\N{NO-BREAK SPACE}")


def memory(megabytes: int) -> str:
    """Return memory as computers count it: "3.0 GB"."""
    return words.locale().formattedDataSize(megabytes << 20, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def pixels(count: int) -> str:
    return counted(_translate("upkeep", "{n} px"), count)


def folder_state(folder: Folder, *, online: bool, reading: bool) -> str:
    """Return what a folder holds and how it is: "9,871 photos · 3 could not be read"."""
    said = [words.photos(folder.photos)]
    if not online:
        said.append(_translate("upkeep", "cannot be reached now"))
    elif reading:
        said.append(_translate("upkeep", "being read"))
    elif folder.pending:
        said.append(counted(_translate("upkeep", "{n} not read yet"), folder.pending))
    if folder.failed:
        said.append(counted(_translate("upkeep", "{n} could not be read"), folder.failed))
    return " · ".join(said)


def removing(folder: Folder) -> str:
    """Return what it means to take a folder out of the library."""
    text = _translate(
        "upkeep",
        "The photos stay where they are. What was found in them is forgotten; names and everything else that you "
        "decided are kept, and come back if you add the folder again.",
    )
    return f"{words.photos(folder.photos)}. {text}"


def removed(name: str, photos: int) -> str:
    text = _translate("upkeep", "{folder} is not in the library any more ({photos})")
    return text.replace("{folder}", name).replace("{photos}", words.photos(photos))


def what_goes(goes: Forgetting) -> str:
    """Return what goes with a person who is forgotten."""
    one = _translate("upkeep", "{n} decision", None, goes.decisions)
    many = _translate("upkeep", "{n} decisions", None, goes.decisions)
    decisions = counted(one if goes.decisions == 1 else many, goes.decisions)
    text = _translate("upkeep", "The name goes from {faces}, and {decisions} with it. This cannot be undone.")
    said = [text.replace("{faces}", words.faces(goes.faces)).replace("{decisions}", decisions)]
    if goes.albums:
        albums = ", ".join(f"“{name}”" for name in goes.albums)
        said.append(_translate("upkeep", "These albums go as well: {albums}.").replace("{albums}", albums))
    said.append(_translate("upkeep", "The faces stay, without a name, and may be asked about again."))
    if goes.backups:
        one = _translate("upkeep", "{n} backup may still hold the name.", None, goes.backups)
        many = _translate("upkeep", "{n} backups may still hold the name.", None, goes.backups)
        said.append(counted(one if goes.backups == 1 else many, goes.backups))
    return " ".join(said)


def forgotten(name: str) -> str:
    return _translate("upkeep", "{name} is forgotten").replace("{name}", name)


def erasing() -> str:
    """Return what it means to forget everything."""
    return _translate(
        "upkeep",
        "All faces, embeddings, groups, names, albums and thumbnails of this library go for good; photos are not "
        "touched. Folders that stay in the library are read again at the next start, and faces in them found anew.",
    )


def erased() -> str:
    return _translate("upkeep", "All faces and names are forgotten")


def backed_up(backup: Backup) -> str:
    text = _translate("upkeep", "The library is kept in {file} ({size})")
    return text.replace("{file}", backup.path.name).replace("{size}", size(backup.size))


def restoring(made: dt.datetime) -> str:
    """Return what it means to put a backup back."""
    text = _translate(
        "upkeep",
        "The library will be as it was on {date}. What you decided since then goes; a backup of how it is now is made "
        "first.",
    )
    return text.replace("{date}", local(made))


def restored(made: dt.datetime) -> str:
    return _translate("upkeep", "The library is as it was on {date}").replace("{date}", local(made))


def local(moment: dt.datetime) -> str:
    """Return an aware moment in the time of this computer: "14 July 2009, 16:32"."""
    return words.date_time(moment.astimezone().replace(tzinfo=None))
