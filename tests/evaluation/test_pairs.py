"""Reading pairs: LFW's own format, plain lines, folders of people; and what is said of bad ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from faceapp.errors import FaceappError
from faceapp.evaluation import pairs as pairs_module
from faceapp.evaluation.pairs import Pairs, even_folds, read_pairs

LFW = """2\t2
Ann\t1\t2
Bob\t3\t12
Ann\t1\tBob\t3
Cy\t4\tBob\t12
Cy\t4\t1
Bob\t3\t12
Ann\t2\tCy\t1
Ann\t1\tCy\t4
"""


def touch(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def listed(pairs: Pairs, root: Path) -> list[tuple[str, str, bool, int]]:
    names = [path.relative_to(root).as_posix() for path in pairs.pictures]
    columns = (pairs.first, pairs.second, pairs.same, pairs.folds)
    return [(names[a], names[b], bool(same), int(fold)) for a, b, same, fold in zip(*columns, strict=True)]


def pairs_file(folder: Path, text: str, *pictures: str) -> Path:
    touch(folder, *pictures)
    file = folder / "pairs.txt"
    file.write_text(text, "utf-8")
    return file


@pytest.mark.parametrize("text", [LFW, LFW.replace("\t", " "), LFW.replace("\n", "\r\n"), "\ufeff" + LFW])
def test_lfw_pairs_with_their_folds(tmp_path: Path, text: str) -> None:
    pairs = read_pairs([pairs_file(tmp_path, text, "Ann/Ann_0001.jpg")])
    assert listed(pairs, tmp_path) == [
        ("Ann/Ann_0001.jpg", "Ann/Ann_0002.jpg", True, 0),
        ("Bob/Bob_0003.jpg", "Bob/Bob_0012.jpg", True, 0),
        ("Ann/Ann_0001.jpg", "Bob/Bob_0003.jpg", False, 0),
        ("Cy/Cy_0004.jpg", "Bob/Bob_0012.jpg", False, 0),
        ("Cy/Cy_0004.jpg", "Cy/Cy_0001.jpg", True, 1),
        ("Bob/Bob_0003.jpg", "Bob/Bob_0012.jpg", True, 1),
        ("Ann/Ann_0002.jpg", "Cy/Cy_0001.jpg", False, 1),
        ("Ann/Ann_0001.jpg", "Cy/Cy_0004.jpg", False, 1),
    ]
    assert len(pairs.pictures) == 6  # each once


def test_a_set_without_folds_is_given_some(tmp_path: Path) -> None:
    text = "4\n" + "Ann 1 2\n" * 4 + "Ann 1 Bob 1\n" * 4
    pairs = read_pairs([pairs_file(tmp_path, text, "Ann/Ann_0001.jpg")])
    assert pairs.folds.tolist() == [0, 1, 2, 3] * 2


def test_pictures_below_another_folder(tmp_path: Path) -> None:
    touch(tmp_path / "elsewhere", "Ann/Ann_0001.jpg")
    pairs = read_pairs([pairs_file(tmp_path, LFW)], tmp_path / "elsewhere")
    assert pairs.pictures[0] == tmp_path / "elsewhere" / "Ann" / "Ann_0001.jpg"


def test_plain_pairs(tmp_path: Path) -> None:
    far = tmp_path / "far" / "e.jpg"
    text = f'# two of Ann\n\na.jpg b.jpg 1\n  "c d.jpg"\t"Ö #1.jpg" 0 # two people\n"{far}" b.jpg 0\n'
    pairs = read_pairs([pairs_file(tmp_path, text, "a.jpg")])
    assert listed(pairs, tmp_path) == [
        ("a.jpg", "b.jpg", True, 0),
        ("c d.jpg", "Ö #1.jpg", False, 0),
        ("far/e.jpg", "b.jpg", False, 0),
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a.jpg b.jpg 1\n\na.jpg b.jpg\n", 3),
        ("# pairs\na.jpg b.jpg 2\n", 2),
        ("my dog.jpg b.jpg 1\n", 1),
        ('"a.jpg b.jpg 1\n', 1),
        ("a.jpg b.jpg 1 0\n", 1),
    ],
)
def test_a_bad_plain_line_is_named(tmp_path: Path, text: str, line: int) -> None:
    file = pairs_file(tmp_path, text, "a.jpg")
    with pytest.raises(FaceappError, match=f"line {line}: .* path path 1") as caught:
        read_pairs([file])
    assert str(file) in str(caught.value)


@pytest.mark.parametrize("line", ["Bob\t3", "Bob\tx\t12", "Bob 3 -1", "Bob\t3\t\t12", "a b c d e", "# no comment"])
def test_a_bad_lfw_line_is_named(tmp_path: Path, line: str) -> None:
    file = pairs_file(tmp_path, LFW.replace("Bob\t3\t12", line, 1), "Ann/Ann_0001.jpg")
    with pytest.raises(FaceappError, match=r"line 3: .* “name 1 2”") as caught:
        read_pairs([file])
    assert str(file) in str(caught.value)


@pytest.mark.parametrize("head", ["10 300", "2 1", "7"])
def test_another_number_of_pairs_than_announced(tmp_path: Path, head: str) -> None:
    with pytest.raises(FaceappError, match=f"lists 8 pairs.*“{head}”"):
        read_pairs([pairs_file(tmp_path, LFW.replace("2\t2", head), "Ann/Ann_0001.jpg")])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a.jpg b.jpg 1\n", "no pair of two people"),
        ("a.jpg b.jpg 0\n", "no pair of one person"),
        ("", "no pair of one person"),
        ("gone.jpg b.jpg 0\na.png gone.jpg 1\n", "--root"),
    ],
)
def test_files_that_nothing_can_be_learnt_from(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(FaceappError, match=words):
        read_pairs([pairs_file(tmp_path, text, "a.jpg")])


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(FaceappError, match=r"gone\.txt is not there"):
        read_pairs([tmp_path / "gone.txt"])
    picture = tmp_path / "picture.jpg"
    picture.write_bytes(b"\xff\xd8\xff\xe0")
    with pytest.raises(FaceappError, match="not a pairs file"):
        read_pairs([picture])
    with pytest.raises(FaceappError, match="gone is not there"):
        read_pairs([tmp_path, tmp_path / "gone"])
    with pytest.raises(FaceappError, match="one pairs file"):
        read_pairs([picture, tmp_path])


def test_all_pairs_of_people(tmp_path: Path) -> None:
    touch(tmp_path / "x", "Ann/1.jpg", "Ann/2.PNG", "Ann/notes.txt", "Ann/.hidden.jpg", "Bob/1.jpg", ".git/a.jpg")
    touch(tmp_path / "y", "Ann/3.jpg", "Cy/1.jpg", "loose.jpg")
    pairs = read_pairs([tmp_path / "x", tmp_path / "y"])
    people = [path.parent.name for path in pairs.pictures]
    assert pairs.name == "x + y"
    assert len(pairs) == 5 * 4 // 2
    assert len(set(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True))) == len(pairs)
    assert sorted(people) == ["Ann", "Ann", "Ann", "Bob", "Cy"]
    assert pairs.same.tolist() == [people[a] == people[b] for a, b in zip(pairs.first, pairs.second, strict=True)]
    assert pairs.same.sum() == 3


def test_folders_that_nothing_can_be_learnt_from(tmp_path: Path) -> None:
    touch(tmp_path, "one/Ann/1.jpg", "one/Ann/2.jpg", "single/Ann/1.jpg", "single/Bob/1.jpg", "none/notes.txt")
    for name in ("one", "single", "none"):
        with pytest.raises(FaceappError, match="two people at least"):
            read_pairs([tmp_path / name])


def test_too_many_pairs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path, "Ann/1.jpg", "Ann/2.jpg", "Bob/1.jpg", "Bob/2.jpg")
    monkeypatch.setattr(pairs_module, "MAX_PAIRS", 5)
    with pytest.raises(FaceappError, match="make 6 pairs, more than 5"):
        read_pairs([tmp_path])


def test_folds_have_their_share_of_both_kinds() -> None:
    same = np.arange(1000) % 7 == 0
    folds = even_folds(same)
    assert np.unique(folds).tolist() == list(range(10))
    for kind in (same, ~same):
        counts = np.bincount(folds[kind])
        assert counts.max() - counts.min() <= 1
    assert (even_folds(same) == folds).all()
