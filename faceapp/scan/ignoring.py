"""Which files and folders the user wants left out of the library, by name or pattern."""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Callable, Iterable, Sequence

Ignored = Callable[[str, bool], bool]  # a path relative to the photo folder, and whether it is a folder


def ignored_by(patterns: Sequence[str]) -> Ignored | None:
    """Return what tells whether one of the patterns fits; None if there are none, so that nobody need ask.

    A pattern without a slash is for names, at any depth: ``.thumbnails``, ``*_small.jpg``. One with a slash is for
    paths from the photo folder on, where ``*`` stands for any number of folders: ``*/cache/*``, ``2019/raw``. A slash
    at the end makes it one for folders. Upper and lower case are the same.
    """
    wanted = [pattern for pattern in map(str.strip, patterns) if pattern.strip("/")]
    if not wanted:
        return None
    of_names = [pattern for pattern in wanted if "/" not in pattern.rstrip("/")]
    any_name = _matcher(pattern for pattern in of_names if not pattern.endswith("/"))
    folder_name = _matcher(pattern.rstrip("/") for pattern in of_names if pattern.endswith("/"))
    of_paths = [pattern for pattern in wanted if "/" in pattern.rstrip("/")]
    any_path = _matcher(pattern if pattern.startswith(("/", "*")) else f"/{pattern}" for pattern in of_paths)

    def ignored(path: str, folder: bool) -> bool:
        plain = "/" + (path if os.sep == "/" else path.replace(os.sep, "/"))
        name = plain[plain.rfind("/") + 1 :]
        if any_name(name) or any_path(plain):
            return True
        return folder and (folder_name(name) or any_path(plain + "/"))

    return ignored


def _matcher(patterns: Iterable[str]) -> Callable[[str], bool]:
    sources = [fnmatch.translate(pattern) for pattern in patterns]
    if not sources:
        return lambda _: False
    match = re.compile("|".join(sources), re.IGNORECASE).match
    return lambda text: match(text) is not None
