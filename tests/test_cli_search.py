"""Search and albums on the command line: what the options ask for, on services that answer from memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from faceapp import cli
from faceapp.index.matches import SortedMatches
from faceapp.types import (
    AnalysedFace,
    Box,
    Combine,
    DecodedPhoto,
    Detection,
    Face,
    FloatArray,
    Folder,
    IdArray,
    Person,
    Photo,
    PhotoState,
    Quality,
)
from faceapp.types_people import Change, Step, Verb
from faceapp.types_search import NO_FILTER, Album, Filter, Role, Rows, Search, SearchFace

ANNA, BEN = 7, 8
FLOOR, SEARCH = 0.3, 0.45
QUALITY = Quality(64, 100, 3, 0)
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)

Run = Callable[..., tuple[int, list[dict[str, Any]], str]]


def vector(number: int) -> FloatArray:
    return np.eye(8, dtype=np.float32)[number]


def numbers(probes: FloatArray | None) -> list[int] | None:
    return None if probes is None else probes.argmax(1).tolist()


class Rig:
    """Finds faces 1, 2, 3 and 5 whatever is asked for. A picture's name tells which faces it shows."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.opened: list[dict[str, bool]] = []
        self.asked: list[dict[str, Any]] = []
        self.listed: list[Filter] = []
        self.kept: list[tuple[str, Search]] = []
        self.removed: list[int] = []
        rome = Search([SearchFace("Anna", Role.INCLUDE, 4, None)], Combine.ALL, 0.6, Filter(people=(ANNA,)))
        old = Search((), Combine.ANY, 0.5, Filter(taken_to=date(1999, 12, 31)))
        self.albums = [Album(3, "Anna in Rome", rome), Album(5, "Old", old)]
        self.services = SimpleNamespace(
            recognition=SimpleNamespace(search_threshold=SEARCH, slider_minimum=FLOOR),
            gallery=self,
            reader=SimpleNamespace(
                people=lambda: [Person(ANNA, "Anna", 4, 4, 1), Person(BEN, "Ben", 0, 0, None)],
                folders=lambda: [Folder(2, home / "photos", 3, 0, 0)],
                faces=lambda ids: [self._face(number) for number in ids],
                photos=lambda ids: [self._photo(number) for number in ids],
                filtered_faces=self._filtered,
                face_ids=lambda *, min_score, only: self._filtered(only),
                photo_ids=lambda *, only: np.unique(self._filtered(only) // 2),
            ),
            people=SimpleNamespace(save_album=self._save, remove_album=self._remove),
            people_reader=SimpleNamespace(albums=lambda: self.albums),
            pictures=SimpleNamespace(find_faces=self._find),
            calibrator=SimpleNamespace(refresh=lambda: self),
        )

    def __len__(self) -> int:
        return 1000

    def embedding(self, face_id: int) -> FloatArray | None:
        return vector(face_id)

    def search(
        self,
        probes: FloatArray,
        combine: Combine,
        *,
        exclude: FloatArray | None,
        without: float,
        allowed: IdArray | None,
    ) -> Any:
        let = None if allowed is None else allowed.tolist()
        values = {"combine": combine, "probes": numbers(probes), "exclude": numbers(exclude), "allowed": let}
        self.asked.append({key: value for key, value in values.items() if value is not None})
        assert without == SEARCH
        scores = np.array([0.9, 0.7, 0.5, 0.4], np.float32)
        found = SortedMatches(np.array([1, 2, 3, 5]), np.array([1, 1, 2, 3]), scores, FLOOR)
        best = SortedMatches(np.array([1, 3, 5]), np.array([1, 2, 3]), scores[[0, 2, 3]], FLOOR)
        return SimpleNamespace(
            count=found.count,
            face_ids=found.face_ids,
            scores=found.scores,
            photo_count=found.photo_count,
            best_of_photos=lambda: best,
        )

    def outlook(self, matches: object, threshold: float, gallery: int) -> Any:
        return SimpleNamespace(strangers=gallery / 100)

    def _filtered(self, only: Filter) -> IdArray:
        self.listed.append(only)
        return np.array([2, 3])

    def _face(self, number: int) -> Face:
        return Face(number, (number + 1) // 2, Box(0, 0, 0.5, 0.5), (), 0.9, QUALITY, None, None)

    def _photo(self, number: int) -> Photo:
        path = self.home / f"{number}.jpg"
        return Photo(number, 2, path, 400, 300, 9, None, None, None, PhotoState.INDEXED, None)

    def _find(self, path: Path) -> tuple[DecodedPhoto, list[AnalysedFace]]:
        pixels = np.zeros((60, 80, 3), np.uint8)
        found = [
            AnalysedFace(Detection(Box(0.2, 0.2, 0.4, 0.4), (), 0.9), QUALITY, vector(int(number)))
            for number in path.stem
            if number.isdigit()
        ]
        return SimpleNamespace(pixels=pixels, icc=None), found  # type: ignore[return-value]

    def _save(self, name: str, search: Search) -> Change:
        self.kept.append((name, search))
        return Change(Step(1, Verb.SAVE_ALBUM, NOON, False, 0, (), name), [], [])

    def _remove(self, album_id: int) -> Change:
        self.removed.append(album_id)
        return Change(Step(2, Verb.REMOVE_ALBUM, NOON, False, 0, (), "Anna in Rome"), [], [])


@pytest.fixture
def rig(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rig:
    rig = Rig(tmp_path)

    @contextmanager
    def services(_: object, **how: bool) -> Iterator[Any]:
        rig.opened.append(how)
        yield rig.services

    monkeypatch.setattr(cli, "services", services)
    return rig


@pytest.fixture
def run(rig: Rig, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command: exit code, JSON objects, stderr."""

    def call(*arguments: object) -> tuple[int, list[dict[str, Any]], str]:
        code = cli.main([*map(str, arguments), "--json"])
        output = capsys.readouterr()
        return code, [json.loads(line) for line in output.out.splitlines()], output.err

    return call


ANY, ALL = Combine.ANY, Combine.ALL


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (["1.jpg"], {"combine": ANY, "probes": [1]}),
        (["1.jpg", "23.jpg", "--combine", "all"], {"combine": ALL, "probes": [1, 2]}),
        (["23.jpg", "--all-faces"], {"combine": ANY, "probes": [2, 3]}),
        (["23.jpg", "--face", 2], {"combine": ANY, "probes": [3]}),
        (
            ["1.jpg", "--exclude", "23.jpg", "--exclude", "4.jpg"],
            {"combine": ANY, "probes": [1], "exclude": [2, 4]},
        ),
        (["1.jpg", "--clear"], {"combine": ANY, "probes": [1], "allowed": [2, 3]}),
        (["--album", "anna in rome"], {"combine": ALL, "probes": [4], "allowed": [2, 3]}),
        (
            ["--album", "Anna in Rome", "--exclude", "5.jpg", "--combine", "any"],
            {"combine": ANY, "probes": [4], "exclude": [5], "allowed": [2, 3]},
        ),
    ],
)
def test_pictures_and_albums_are_asked_for(run: Run, rig: Rig, words: list[object], asked: dict[str, Any]) -> None:
    code, _, err = run("search", *words)
    assert code == cli.DONE, err
    assert rig.asked == [asked]
    assert rig.opened == [{"gallery": True}]  # and nothing is written


@pytest.mark.parametrize(
    ("words", "only"),
    [
        (["--person", "anna", "--person", "Ben"], Filter(people=(ANNA, BEN))),
        (["--from", "2019-01-01"], Filter(taken_from=date(2019, 1, 1))),
        (["--to", "2019-12-31"], Filter(taken_to=date(2019, 12, 31))),
        (["--folder", "photos"], Filter(folders=(2,))),
        (["--named"], Filter(named=True)),
        (["--unnamed"], Filter(named=False)),
        (["--least-size", 80], Filter(least_size=80)),
        (["--clear"], Filter(clear=True)),
        (["--clear", "--unnamed", "--least-size", 9], Filter(named=False, least_size=9, clear=True)),
    ],
)
def test_a_filter_says_which_faces_are_let_through(
    run: Run, rig: Rig, monkeypatch: pytest.MonkeyPatch, words: list[object], only: Filter
) -> None:
    monkeypatch.chdir(rig.home)
    code, rows, err = run("search", *words)
    assert code == cli.DONE, err
    assert rig.listed == [only]
    assert rig.asked == []
    assert [row["id"] for row in rows] == [2, 3]
    assert "2 faces" in err
    rig.listed.clear()
    assert run("search", "1.jpg", *words)[0] == cli.DONE
    assert rig.listed[0] == only


def test_what_is_given_stands_in_place_of_what_an_album_says(run: Run, rig: Rig) -> None:
    assert run("search", "--album", "Anna in Rome", "--person", "Ben", "--from", "2020-01-01")[0] == cli.DONE
    assert rig.listed[0] == Filter(people=(BEN,), taken_from=date(2020, 1, 1))


def test_matches_are_listed_down_to_the_threshold(run: Run) -> None:
    _, rows, err = run("search", "1.jpg")
    assert [(row["id"], row["score"]) for row in rows] == [(1, 0.9), (2, 0.7), (3, 0.5)]
    assert "3 faces in 2 photos at 0.45, about 10 of them someone else" in err
    _, rows, _ = run("search", "1.jpg", "--threshold", 0.6)
    assert [row["id"] for row in rows] == [1, 2]
    _, rows, err = run("search", "--album", "Anna in Rome")
    assert [row["id"] for row in rows] == [1, 2]
    assert "probably none of them" in err  # of the two faces that are let through


def test_each_photo_can_be_listed_once(run: Run, rig: Rig, capsys: pytest.CaptureFixture[str]) -> None:
    _, rows, err = run("search", "1.jpg", "--rows", "photos", "--threshold", 0.4)
    assert [Path(row["photo"]).name for row in rows] == ["1.jpg", "2.jpg", "3.jpg"]
    assert "3 photos at 0.40" in err
    _, rows, err = run("search", "--album", "Old", "--rows", "photos")
    assert rows == [{"photo": str(rig.home / "1.jpg")}]
    assert "1 photo" in err
    cli.main(["search", "--album", "Old", "--rows", "photos"])
    assert capsys.readouterr().out.splitlines() == [str(rig.home / "1.jpg")]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["search"], "nothing to look for"),
        (["search", "--threshold", 0.5], "nothing to look for"),
        (["search", "1.jpg", "--album", "Old"], "not both"),
        (["search", "--album", "New"], "There is no album “New”"),
        (["search", "none.jpg"], "No face was found in none.jpg"),
        (["search", "1.jpg", "--exclude", "none.jpg"], "No face was found in none.jpg"),
        (["search", "1.jpg", "--face", 2], "there is no face 2"),
        (["search", "--exclude", "1.jpg"], "no face to look for"),
        (["search", "1.jpg", "--threshold", 0.1], "--threshold goes from 0.30"),
        (["search", "1.jpg", "--person", "Cleo"], "“Cleo”"),
        (["search", "1.jpg", "--folder", "elsewhere"], "elsewhere is not a folder of this library"),
        (["search", "1.jpg", "--from", "2020-01-02", "--to", "2020-01-01"], "first day is the later one"),
        (["albums", "keep", "Nothing"], "nothing to look for"),
        (["albums", "keep", "Faint", "1.jpg", "--threshold", 0.1], "--threshold goes from 0.30"),
        (["albums", "remove", "New"], "There is no album “New”"),
    ],
)
def test_what_cannot_be_done_ends_in_a_sentence(run: Run, rig: Rig, words: list[object], sentence: str) -> None:
    code, rows, err = run(*words)
    assert (code, rows) == (cli.FAILED, [])
    assert sentence in err
    assert rig.kept == rig.removed == []


@pytest.mark.parametrize(
    "words", [["--from", "yesterday"], ["--least-size", "0"], ["--named", "--unnamed"], ["--rows", "people"]]
)
def test_options_that_make_no_sense_are_refused(run: Run, words: Sequence[str]) -> None:
    with pytest.raises(SystemExit):
        run("search", "1.jpg", *words)


def test_albums_are_listed_with_what_matches_now(run: Run, rig: Rig, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["albums"], ["albums", "list"]):
        code, rows, _ = run(*words)
        assert code == cli.DONE
        assert rows == [{"name": "Anna in Rome", "faces": 1, "matches": 2}, {"name": "Old", "faces": 0, "matches": 1}]
    assert rig.opened == [{"gallery": True}] * 2
    cli.main(["albums"])
    assert capsys.readouterr().out.splitlines() == ["Anna in Rome\t1 face\t2 matches", "Old\t0 faces\t1 match"]


def test_a_search_is_kept(run: Run, rig: Rig) -> None:
    words = [
        "1.jpg",
        "--exclude",
        "2.jpg",
        "--combine",
        "all",
        "--threshold",
        0.6,
        "--person",
        "Anna",
        "--rows",
        "photos",
    ]
    code, (row,), err = run("albums", "keep", "Rome", *words)
    assert code == cli.DONE
    assert (row["words"], row["faces"]) == ("Keeping of the album “Rome”", [])
    assert "Rome" in err
    assert rig.opened == [{"write": True}]
    ((name, search),) = rig.kept
    assert (name, search.combine, search.threshold, search.rows) == ("Rome", ALL, 0.6, Rows.PHOTOS)
    assert search.filter == replace(NO_FILTER, people=(ANNA,))
    assert [(face.label, face.role, face.face_id) for face in search.faces] == [
        ("1.jpg", Role.INCLUDE, None),
        ("2.jpg", Role.EXCLUDE, None),
    ]
    assert all(face.picture is not None and face.picture.startswith(b"\xff\xd8") for face in search.faces)
    assert [face.embedding.argmax() for face in search.faces if face.embedding is not None] == [1, 2]


def test_a_filter_alone_is_kept(run: Run, rig: Rig) -> None:
    assert run("albums", "keep", "New ones", "--from", "2026-01-01")[0] == cli.DONE
    ((_, search),) = rig.kept
    assert (list(search.faces), search.filter) == ([], Filter(taken_from=date(2026, 1, 1)))


def test_an_album_is_removed_by_its_name(run: Run, rig: Rig) -> None:
    code, (row,), _ = run("albums", "remove", "ANNA in rome")
    assert code == cli.DONE
    assert rig.removed == [3]
    assert row["words"] == "Removal of the album “Anna in Rome”"
    assert rig.opened == [{"write": True}]
