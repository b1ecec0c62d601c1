from __future__ import annotations

from pathlib import Path

import pytest

from faceapp.scan.targets import plan
from faceapp.scan.walk import FolderError

P, LIBRARY = Path("/p"), Path("/p/library")


def planned(folders: list[Path], known: list[Path]) -> list[tuple[str, str, bool]]:
    return [(t.root.as_posix(), t.start.as_posix(), t.asked) for t in plan(folders, known, LIBRARY)]


@pytest.mark.parametrize(
    ("folders", "known", "expected"),
    [
        ([P], [], [("/p", ".", True)]),
        ([P, P], [P], [("/p", ".", True)]),
        ([P / "a", P / "b"], [], [("/p/a", ".", True), ("/p/b", ".", True)]),
        ([P / "a", P], [], [("/p", ".", True)]),
        ([P / "a"], [P], [("/p", "a", True)]),
        ([P / "a", P / "a/b", P], [P], [("/p", ".", True)]),
        ([P / "a/b", P / "a"], [P], [("/p", "a", True)]),
        ([P], [P / "a"], [("/p", ".", True), ("/p/a", ".", False)]),
        ([P / "a/b"], [P, P / "a"], [("/p/a", "b", True)]),
        ([P / "a"], [P, P / "a/b"], [("/p", "a", True), ("/p/a/b", ".", False)]),
        ([P / ".x"], [P], [("/p/.x", ".", True)]),
        ([P, P / ".x/y"], [], [("/p", ".", True), ("/p/.x/y", ".", True)]),
    ],
)
def test_no_photo_is_walked_twice(
    folders: list[Path], known: list[Path], expected: list[tuple[str, str, bool]]
) -> None:
    assert planned(folders, known) == expected


def test_walks_pass_over_the_library_and_other_folders() -> None:
    (outer, inner) = plan([P], [P / "a"], LIBRARY)
    assert outer.skip >= {LIBRARY, P / "a"}
    assert inner.path == P / "a"


@pytest.mark.parametrize("folder", [LIBRARY, LIBRARY / "thumbnails"])
def test_the_library_itself_is_refused(folder: Path) -> None:
    with pytest.raises(FolderError, match="keeps its library"):
        plan([folder], [], LIBRARY)
