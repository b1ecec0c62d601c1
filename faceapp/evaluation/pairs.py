"""Which pairs of pictures show one person and which show two: pairs files and folders of people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from faceapp.errors import FaceappError
from faceapp.imaging.limits import is_photo_name
from faceapp.types import IdArray

BoolArray = NDArray[np.bool_]

FOLDS = 10  # of the protocol, for pairs that come without folds
MAX_PAIRS = 2_000_000  # 2,000 pictures against each other; scores.csv is then 200 MB

_LFW_HEAD = re.compile(r"\s*(\d+)(?:\s+(\d+))?\s*")
_PLAIN = re.compile(r'\s*(?:"([^"]+)"|([^"\s]\S*))\s+(?:"([^"]+)"|([^"\s]\S*))\s+([01])\s*(?:#.*)?')
_PLAIN_WORDS = 'two pictures and 1 (one person) or 0 (two people): path path 1; a path with blanks stands in "…"'
_LFW_WORDS = "“name 1 2” (two pictures of one person) or “name 1 other_name 2” (of two people)"


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of pictures, as indices ``first`` and ``second`` (N,) into ``pictures``.

    ``same`` (N,) says whether both show one person, ``folds`` (N,) which part of the protocol each belongs to, from 0.
    """

    name: str  # of the file or folder, for headings
    pictures: tuple[Path, ...]
    first: IdArray
    second: IdArray
    same: BoolArray
    folds: IdArray

    def __len__(self) -> int:
        return len(self.same)


def read_pairs(sources: Sequence[Path], root: Path | None = None) -> Pairs:
    """Return the pairs of one pairs file, or all pairs of folders that hold a folder a person.

    A pairs file is LFW's own ("10 300" in its first line; pictures ``name/name_0001.jpg`` below ``root``), or has
    lines ``path path 0|1``. Relative paths start at ``root``, by default the folder of the file.
    Raises ``FaceappError`` that names the file, the line and what is expected there.
    """
    if all(source.is_dir() for source in sources):
        return pairs_of_people(sources)
    missing = next((source for source in sources if not source.exists()), None)
    if missing is not None:
        raise FaceappError(f"{missing} is not there. Check its name.")
    if len(sources) > 1:
        raise FaceappError("Give one pairs file, or one or more folders that hold a folder for each person.")
    file = sources[0]
    lines = _lines(file)
    root = root or file.parent
    start, head = next(((n, line) for n, line in enumerate(lines) if line.strip() and not _is_comment(line)), (0, ""))
    counts = _LFW_HEAD.fullmatch(head)
    if counts is None:
        return _checked(file, _collect(file.name, _plain(file, lines, root), None), root)
    return _checked(file, _lfw(file, lines, start, counts, root), root)


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise FaceappError(
            f"The pairs file {file} cannot be read ({error.strerror}). Check its permissions and its drive."
        ) from error
    except UnicodeDecodeError as error:
        raise FaceappError(f"{file} is not a pairs file: it is no UTF-8 text. Choose another file.") from error


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _bad_line(file: Path, number: int, line: str, expected: str) -> FaceappError:
    return FaceappError(f"{file}, line {number}: “{line.strip()[:80]}” is no pair. Expected: {expected}.")


def _plain(file: Path, lines: Sequence[str], root: Path) -> Iterator[tuple[Path, Path, bool]]:
    for number, line in enumerate(lines, 1):
        if not line.strip() or _is_comment(line):
            continue
        parts = _PLAIN.fullmatch(line)
        if parts is None:
            raise _bad_line(file, number, line, _PLAIN_WORDS)
        yield root / (parts[1] or parts[2]), root / (parts[3] or parts[4]), parts[5] == "1"


def _lfw(file: Path, lines: Sequence[str], start: int, counts: re.Match[str], root: Path) -> Pairs:
    """Read the format of http://vis-www.cs.umass.edu/lfw/README.txt: folds of N same and then N different pairs.

    With one number in the first line there is one set (as in pairsDevTest.txt), which has no folds of its own.
    """
    folds, each = (int(counts[1]), int(counts[2])) if counts[2] else (1, int(counts[1]))
    found: list[tuple[Path, Path, bool]] = []
    for number, line in enumerate(lines[start + 1 :], start + 2):
        if line.strip():
            found.append(_lfw_pair(file, number, line, root))
    if len(found) != folds * each * 2:
        raise FaceappError(
            f"{file} lists {len(found):,} pairs. Its first line, “{counts[0].strip()}”, "
            f"announces {folds * each * 2:,}: {folds} × {each} of one person and as many of two."
        )
    return _collect(file.name, found, np.arange(len(found)) // (2 * each) if folds > 1 else None)


def _lfw_pair(file: Path, number: int, line: str, root: Path) -> tuple[Path, Path, bool]:
    fields = [field.strip() for field in line.split("\t")] if "\t" in line else line.split()

    def picture(name: str, index: str) -> Path:
        if not name or not index.isdecimal():
            raise _bad_line(file, number, line, _LFW_WORDS)
        return root / name / f"{name}_{int(index):04d}.jpg"

    match fields:
        case [name, one, two]:
            return picture(name, one), picture(name, two), True
        case [name, one, other, two]:
            return picture(name, one), picture(other, two), False
    raise _bad_line(file, number, line, _LFW_WORDS)


def pairs_of_people(folders: Sequence[Path]) -> Pairs:
    """Return all pairs of the pictures below some folders, which hold a folder a person; its name is the person's.

    Raises ``FaceappError`` unless there are two people, one of whom has two pictures.
    """
    people: dict[str, list[Path]] = {}
    for folder in folders:
        try:
            for inside in sorted(path for path in folder.iterdir() if path.is_dir() and path.name[0] != "."):
                photos = sorted(path for path in inside.iterdir() if path.name[0] != "." and is_photo_name(path))
                people.setdefault(inside.name, []).extend(photos)
        except OSError as error:
            raise FaceappError(
                f"{error.filename} cannot be read ({error.strerror}). Check its permissions and its drive."
            ) from error
    pictures = [photo for photos in people.values() for photo in photos]
    words = ", ".join(map(str, folders))
    if (count := len(pictures) * (len(pictures) - 1) // 2) > MAX_PAIRS:
        raise FaceappError(
            f"The {len(pictures):,} pictures in {words} make {count:,} pairs, more than {MAX_PAIRS:,}. "
            "Leave out people, or list the pairs in a file."
        )
    numbers = np.repeat(np.arange(len(people)), [len(photos) for photos in people.values()])
    first, second = np.triu_indices(len(pictures), 1)
    same = numbers[first] == numbers[second]
    if not same.any() or same.all():
        raise FaceappError(
            f"There is nothing to compare in {words}: a folder for each person is needed, "
            "two people at least, and two pictures of one of them."
        )
    name = " + ".join(folder.absolute().name for folder in folders)
    return Pairs(name, tuple(pictures), first, second, same, even_folds(same))


def even_folds(same: BoolArray) -> IdArray:
    """Return a fold (N,) for each pair: in turn, so that every fold has its share of both kinds.

    There are ``FOLDS``, fewer if there are fewer pairs of a kind. A picture may stand in several folds.
    """
    folds = np.zeros(len(same), np.int64)
    count = max(1, min(FOLDS, int(same.sum()), int((~same).sum())))
    for kind in (same, ~same):
        folds[kind] = np.arange(int(kind.sum())) % count
    return folds


def _collect(
    name: str, found: Iterator[tuple[Path, Path, bool]] | Sequence[tuple[Path, Path, bool]], folds: IdArray | None
) -> Pairs:
    numbers: dict[Path, int] = {}
    rows = [(numbers.setdefault(a, len(numbers)), numbers.setdefault(b, len(numbers)), same) for a, b, same in found]
    table = np.array(rows, np.int64).reshape(-1, 3)
    same = table[:, 2].astype(np.bool_)
    return Pairs(name, tuple(numbers), table[:, 0], table[:, 1], same, even_folds(same) if folds is None else folds)


def _checked(file: Path, pairs: Pairs, root: Path) -> Pairs:
    if not pairs.same.any() or pairs.same.all():
        kind = "of two people" if pairs.same.any() else "of one person"
        raise FaceappError(f"{file} lists no pair {kind}. An evaluation needs pairs of one person and of two.")
    if not any(picture.exists() for picture in pairs.pictures):
        raise FaceappError(
            f"None of the {len(pairs.pictures):,} pictures that {file} lists is there, "
            f"for example {pairs.pictures[0]}. Give the folder that their paths start from: --root DIR."
        )
    return pairs
