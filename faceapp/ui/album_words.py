"""What an album is called unless the user says otherwise."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QCoreApplication

from faceapp.types import Combine
from faceapp.types_search import Role, Search
from faceapp.ui import words
from faceapp.ui.filter_words import FilterPart

_MOST = 3  # names

_translate = QCoreApplication.translate


def suggestion(search: Search, parts: Sequence[FilterPart], taken: Collection[str]) -> str:
    """Return a name that no album has, from the faces and the filter: "Anna and Ben, 2019 to 2020"."""
    said = [*_faces(search), *(part.text for part in parts)]
    text = words.phrases(*said[: _MOST + 1]) or _translate("albums", "Album")
    known = {name.casefold() for name in taken}
    name, number = text, 2
    while name.casefold() in known:
        name, number = f"{text} {number}", number + 1
    return name


def _faces(search: Search) -> list[str]:
    """Return who is looked for and who is left out, each in a phrase."""
    wanted = _names(search, Role.INCLUDE)
    joint = _translate("albums", "{a} and {b}") if search.combine is Combine.ALL else _translate("albums", "{a} or {b}")
    found = []
    if wanted:
        text = wanted[0]
        for name in wanted[1:_MOST]:
            text = joint.replace("{a}", text).replace("{b}", name)
        found.append(text)
    unwanted = _names(search, Role.EXCLUDE)
    if unwanted:
        found.append(_translate("albums", "without {names}").replace("{names}", words.names(unwanted[:_MOST])))
    return found


def _names(search: Search, role: Role) -> list[str]:
    return list(dict.fromkeys(face.label for face in search.faces if face.role is role))
