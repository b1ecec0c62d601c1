"""The commands on people: what they ask of the services and what they say. The services here write down and answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from faceapp import cli
from faceapp.commands.people import step_words
from faceapp.commands.phrases import conflict_words, regrouping_words, why_words
from faceapp.config import Config
from faceapp.errors import FaceappError
from faceapp.jobs import Cancelled
from faceapp.types import Box, Face, Folder, Guess, HideReason, Naming, Person, Photo, PhotoState, Quality, Standing
from faceapp.types_people import (
    Change,
    Conflict,
    ConflictKind,
    DecisionConflict,
    Group,
    Grouping,
    PersonFaces,
    QualityFlag,
    Regrouping,
    Step,
    Verb,
    Vote,
    Why,
)

NOON = datetime(2026, 5, 6, 12, tzinfo=UTC)
STEP = Step(7, Verb.MERGE, NOON, False, 214, ("Anna", "Ben"))
CONFLICT = Conflict(ConflictKind.REJECTED, 4, None, ("Anna",), NOON)

ANNA, BEN = 1, 2
# A face a photo; photo 3 is a copy of photo 2. Faces 1 to 3 are Anna's, 4 seems to be her, 5 may be her;
# 6 and 7 are a group, 8 is neither Ben nor Anna, 9 is hidden.
GROUP = 30


def face(number: int) -> Face:
    guesses = {
        4: Guess(ANNA, "Anna", Standing.AUTOMATIC, 0.7, 0.3),
        5: Guess(ANNA, "Anna", Standing.SUGGESTED, 0.5, 0.1),
    }
    named = number <= 3
    return Face(
        number,
        number,
        Box(0, 0, 0.5, 0.5),
        (),
        0.4 if number == 9 else 0.9,
        Quality(64, 100, 3, 0),
        ANNA if named else None,
        "Anna" if named else None,
        guesses.get(number),
        HideReason.NOT_A_FACE if number == 9 else None,
        rejected=("Ben", "Anna") if number == 8 else (),
    )


class FakeLedger:
    """A ``PeopleStore`` that does nothing but write down in ``calls``; ``errors`` are raised one a call."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []
        self.errors: dict[str, FaceappError] = {}
        self.steps = [replace(STEP, id=8, undone=True), STEP]
        self.last: Change | None = Change(STEP, [1, 2], [ANNA])

    def __getattr__(self, verb: str) -> Callable[..., Change]:
        def call(*arguments: object, **how: bool) -> Change:
            self.calls.append((verb, *arguments, *(key for key, value in how.items() if value)))
            if verb in self.errors:
                raise self.errors[verb]
            return Change(STEP, [1, 2], [ANNA])

        return call

    def name_faces(self, face_ids: Sequence[int], name: str, *, take_back: bool = False) -> Naming:
        self.calls.append(("name_faces", list(face_ids), name, *(["take_back"] if take_back else [])))
        if "name_faces" in self.errors:
            raise self.errors["name_faces"]
        return Naming(ANNA, name, face_ids)

    def undo(self) -> Change | None:
        self.calls.append(("undo",))
        return self.last

    def redo(self) -> Change | None:
        self.calls.append(("redo",))
        return self.last

    def history(self, limit: int) -> list[Step]:
        return self.steps[:limit]


class FakeGroups:
    """A ``Groups`` that stops when ``stop`` is set."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.stop = False

    def regroup(self, *, preview: bool, **_: object) -> Regrouping:
        self.calls.append("preview" if preview else "regroup")
        return self._done()

    def follow(self, **_: object) -> Regrouping:
        self.calls.append("follow")
        return self._done()

    def _done(self) -> Regrouping:
        if self.stop:
            raise Cancelled
        return Regrouping(3, 40, 5, 12, 6, 2, 1, 0, 9, 1.234)


WHY = Why(
    face_id=4,
    other_face_id=2,
    person_id=ANNA,
    person_name="Anna",
    standing=Standing.AUTOMATIC,
    score=0.71,
    person_score=0.68,
    rank=0.23,
    votes=(Vote(2, 0.71), Vote(1, 0.66)),
    runner_up="Ben",
    runner_up_score=0.41,
    margin=0.27,
    chance=0.9999,
    flags=(QualityFlag.SMALL, QualityFlag.BLURRED),
    other_flags=(),
    said=(Step(3, Verb.REJECT, NOON, False, 1, ("Ben",)),),
)


class Rig:
    """Services that answer from memory; ``opened`` holds how they were opened, call by call."""

    def __init__(self, tmp_path: Path) -> None:
        self.album = tmp_path / "album"
        self.album.mkdir()
        for number in range(1, 10):
            (self.album / f"{number}.jpg").write_bytes(bytes([number]))
        self.ledger, self.groups = FakeLedger(), FakeGroups()
        self.opened: list[dict[str, bool]] = []
        self.forgotten = 0
        self.asked: list[tuple[int, int | None]] = []
        self.scanned: list[list[Path]] = []
        grouped = np.array([GROUP if number in (6, 7) else 0 for number in range(4, 9)])
        zeros = np.zeros(5, np.int64)
        grouping = Grouping(np.arange(4, 9), grouped, zeros, zeros, zeros.astype(np.float32), zeros, zeros)  # type: ignore[arg-type]
        self.services = SimpleNamespace(
            config=Config(library_dir=tmp_path / "library"),
            people=self.ledger,
            groups=self.groups,
            reader=SimpleNamespace(
                people=lambda: [Person(ANNA, "Anna", 4, 4, 1, 1, 1), Person(BEN, "Ben", 0, 0, None)],
                faces=lambda ids: [face(number) for number in ids if 1 <= number <= 9],
                photos=lambda ids: [self._photo(number) for number in ids],
                face_ids=lambda min_score: np.arange(1, 9),
                folders=lambda: [Folder(1, self.album, 9, 0, 0)],
                problems=list,
            ),
            people_reader=SimpleNamespace(
                grouping=lambda: grouping,
                hidden_ids=lambda: np.array([9]),
                groups=lambda: [Group(GROUP, 2, 2, 6)],
                group_faces=lambda number: np.array([6, 7] if number == GROUP else [], np.int64),
                person_faces=self._faces_of,
            ),
            explainer=SimpleNamespace(explain=self._explain),
            scanner=SimpleNamespace(scan=self._scan),
            forget_facts=self._forget,
        )

    def _faces_of(self, person_id: int) -> PersonFaces:
        ids = np.array([4, 3, 2, 1] if person_id == ANNA else [], np.int64)
        standings = np.array([2, 1, 1, 1][: len(ids)], np.int64)
        return PersonFaces(ids, ids, standings, np.ones(len(ids), np.float32), ids)

    def _photo(self, number: int) -> Photo:
        path = self.album / f"{number}.jpg"
        content = bytes([2 if number == 3 else number])
        return Photo(number, 1, path, 100, 100, 1, content, None, None, PhotoState.INDEXED, None)

    def _explain(self, face_id: int, *, person_id: int | None) -> Why:
        self.asked.append((face_id, person_id))
        return WHY

    def _forget(self) -> None:
        self.forgotten += 1

    def _scan(self, folders: Sequence[Path], **_: object) -> Any:
        self.scanned.append(list(folders))
        return SimpleNamespace(photos=9, faces=9, skipped=0, failed=0, seconds=1.0, cancelled=False)


Run = Callable[..., tuple[int, list[dict[str, Any]], str]]


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


def test_faces_tell_who_they_are_and_how_that_is_known(run: Run) -> None:
    code, rows, _ = run("faces")
    assert code == cli.DONE
    told = {row["id"]: tuple(row[key] for key in ("group", "person", "standing", "hidden")) for row in rows}
    assert told == {
        **dict.fromkeys((1, 2, 3), (-ANNA, "Anna", "confirmed", None)),
        4: (-ANNA, "Anna", "automatic", None),
        5: (None, None, "suggested", None),
        6: (GROUP, None, None, None),
        7: (GROUP, None, None, None),
        8: (None, None, None, None),
        9: (None, None, None, "not a face"),
    }
    assert {row["id"]: row["rejected"] for row in rows if row["rejected"]} == {8: ["Ben", "Anna"]}


def test_hidden_faces_keep_to_the_least_score(run: Run) -> None:
    _, rows, _ = run("faces", "--min-score", 0.5)
    assert [row["id"] for row in rows] == list(range(1, 9))


def test_faces_in_words_say_what_is_automatic_and_what_is_hidden(rig: Rig, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["faces"])
    shown = [line.split("\t")[2] for line in capsys.readouterr().out.splitlines()]
    assert shown == ["Anna"] * 3 + ["Anna (automatic)", "", "", "", "", "(not a face)"]


def test_people_and_groups_are_listed(run: Run, rig: Rig, capsys: pytest.CaptureFixture[str]) -> None:
    _, rows, _ = run("people")
    assert rows == [
        {"name": "Anna", "faces": 4, "photos": 4, "automatic": 1, "suggested": 1},
        {"name": "Ben", "faces": 0, "photos": 0, "automatic": 0, "suggested": 0},
    ]
    assert run("people", "--groups")[1] == [{"group": GROUP, "faces": 2, "photos": 2, "cover": 6}]
    cli.main(["people"])
    cli.main(["people", "--groups"])
    assert capsys.readouterr().out.splitlines() == [
        "Anna\t4 faces\t4 photos\t1 automatic\t1 suggested",
        "Ben\t0 faces\t0 photos\t0 automatic\t0 suggested",
        f"group {GROUP}\t2 faces\t2 photos",
    ]


@pytest.mark.parametrize(
    ("flag", "did", "write"), [([], "regroup", True), (["--preview"], "preview", False), (["--follow"], "follow", True)]
)
def test_group_ends_with_one_summary(run: Run, rig: Rig, flag: list[str], did: str, write: bool) -> None:
    code, (summary,), err = run("group", *flag)
    assert code == cli.DONE
    assert rig.groups.calls == [did]
    assert rig.opened == [{"write": write, "gallery": True}]
    assert summary["groups"] == 3
    assert summary["seconds"] == 1.23
    assert "3 groups of 40 faces" in err
    assert ("would" in err) == (did == "preview")


def test_a_grouping_that_was_stopped_says_so(run: Run, rig: Rig) -> None:
    rig.groups.stop = True
    code, rows, err = run("group")
    assert (code, rows) == (cli.PROBLEMS, [])
    assert "as they were" in err


@pytest.mark.parametrize(
    ("words", "call"),
    [
        (["name", 6, 8, "Ben"], ("name_faces", [6, 8], "Ben")),
        (["name", "--group", GROUP, "Ben"], ("name_faces", [6, 7], "Ben")),
        (["name", 8, "Ben Hur", "--group", GROUP, "--take-back"], ("name_faces", [8, 6, 7], "Ben Hur", "take_back")),
        (["reject", 4, 5, "anna"], ("reject", [4, 5], ANNA)),
        (["merge", "ben", "Anna"], ("merge", [BEN], ANNA)),
        (["merge", "Ben", "Anna", "--take-back"], ("merge", [BEN], ANNA, "take_back")),
        (["split", 1], ("split", [1], [3, 2])),
        (["split", 2, 4], ("split", [2, 4], [3, 1])),
        (["split", 4], ("split", [4], [3, 2, 1])),
        (["split", 7, "--take-back"], ("split", [7], [6], "take_back")),
        (["rename", "Anna", " Anna  Maria "], ("rename", ANNA, "Anna Maria")),
        (["hide", 8], ("hide", [8], HideReason.STRANGER)),
        (["hide", 8, "--reason", "not-a-face"], ("hide", [8], HideReason.NOT_A_FACE)),
        (["show", 9], ("clear", [9])),
        (["undo"], ("undo",)),
        (["redo"], ("redo",)),
    ],
)
def test_a_command_is_one_step_of_the_ledger(run: Run, rig: Rig, words: list[object], call: tuple[Any, ...]) -> None:
    code, rows, err = run(*words)
    assert code == cli.DONE, err
    assert rig.ledger.calls == [call]
    assert rig.opened == [{"write": True}]
    assert len(rows) == 1


def test_a_step_is_told_in_words(run: Run) -> None:
    _, (row,), err = run("undo")
    assert row == {
        "id": 7,
        "when": NOON.isoformat(),
        "words": "Merge of 2 people, 214 faces",
        "undone": False,
        "faces": [1, 2],
    }
    assert err == "Undone: Merge of 2 people, 214 faces\n"


def test_splitting_can_name(run: Run, rig: Rig) -> None:
    code, _, err = run("split", 2, "--name", "Ben")
    assert code == cli.DONE
    assert rig.ledger.calls == [("split", [2], [3, 1]), ("name_faces", [2], "Ben")]
    assert "now Ben" in err


def test_a_split_whose_name_is_refused_is_undone(run: Run, rig: Rig) -> None:
    rig.ledger.errors["name_faces"] = DecisionConflict("Not Ben.", [CONFLICT])
    assert run("split", 2, "--name", "Ben")[0] == cli.FAILED
    assert [call[0] for call in rig.ledger.calls] == ["split", "name_faces", "undo"]
    rig.ledger.calls.clear()
    assert run("split", 2, "--name", "  ")[0] == cli.FAILED
    assert rig.ledger.calls == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["reject", 4, "Nobody"], "Nobody is called “Nobody”"),
        (["merge", "Anna", "Cleo"], "“Cleo”"),
        (["name", "--group", 99, "Ben"], "no group 99"),
        (["split", 2, 7], "one after the other"),
        (["split", 8], "nothing to split them from"),
        (["split", 1, 2, 3], "nothing would stay behind"),
        (["split", 6, 7], "nothing would stay behind"),
        (["split", 77], "no face 77"),
        (["show", 9, 8], "Not hidden: 8"),
        (["why", 4, "--person", "Cleo"], "“Cleo”"),
        (["export", "--person", "Cleo", "out"], "“Cleo”"),
        (["scan"], "faceapp scan FOLDER"),
    ],
)
def test_what_cannot_be_done_ends_in_a_sentence(run: Run, rig: Rig, words: list[object], sentence: str) -> None:
    code, rows, err = run(*words)
    assert (code, rows) == (cli.FAILED, [])
    assert sentence in err
    assert rig.ledger.calls == []


@pytest.mark.parametrize("verb", ["undo", "redo"])
def test_nothing_left_to_undo_or_redo_is_said(run: Run, rig: Rig, verb: str) -> None:
    rig.ledger.last = None
    code, rows, err = run(verb)
    assert (code, rows) == (cli.FAILED, [])
    assert "nothing to" in err


def test_a_conflict_says_what_was_said_and_how_to_go_on(run: Run, rig: Rig) -> None:
    rig.ledger.errors["name_faces"] = DecisionConflict("Face 4 cannot be Anna.", [CONFLICT] * 12)
    code, rows, err = run("name", 4, "Anna")
    assert (code, rows) == (cli.FAILED, [])
    assert err.startswith("faceapp: Face 4 cannot be Anna.\n")
    assert err.count("you said that face 4 is not Anna.") == 10
    assert "and 2 more" in err
    assert "--take-back" in err


def test_a_conflict_offers_no_option_that_the_command_lacks(run: Run, rig: Rig) -> None:
    rig.ledger.errors["reject"] = DecisionConflict("No.", [CONFLICT])
    code, _, err = run("reject", 4, "Anna")
    assert code == cli.FAILED
    assert "--take-back" not in err
    assert "Nothing was changed" in err


def test_history_is_listed_latest_first(run: Run, rig: Rig, capsys: pytest.CaptureFixture[str]) -> None:
    _, rows, _ = run("history")
    assert [(row["id"], row["undone"]) for row in rows] == [(8, True), (7, False)]
    assert rows[0]["words"] == "Merge of 2 people, 214 faces"
    assert len(run("history", "--limit", 1)[1]) == 1
    cli.main(["history"])
    first, second = capsys.readouterr().out.splitlines()
    assert first.endswith("\tundone")
    assert second.endswith("214 faces")


def test_why_gives_reasons(run: Run, rig: Rig, capsys: pytest.CaptureFixture[str]) -> None:
    code, (row,), _ = run("why", 4)
    assert code == cli.DONE
    assert (row["standing"], row["runner_up"], row["flags"]) == ("automatic", "Ben", ["small", "blurred"])
    run("why", 4, "--person", "BEN")
    assert rig.asked == [(4, None), (4, BEN)]
    cli.main(["why", "4"])
    assert capsys.readouterr().out.splitlines() == row["words"] == list(why_words(WHY))


def test_export_copies_confirmed_and_automatic_photos(run: Run, rig: Rig, tmp_path: Path) -> None:
    code, (row,), _ = run("export", "--person", "anna", tmp_path / "out")
    assert code == cli.DONE
    assert (row["person"], row["photos"], row["written"], row["failed"]) == ("Anna", 4, 4, 0)
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"1.jpg", "2.jpg", "3.jpg", "4.jpg"}
    _, (row,), _ = run("export", "--person", "Anna", "--confirmed", "--link", "symbolic", tmp_path / "sure")
    assert row["written"] == 3
    assert (tmp_path / "sure" / "1.jpg").readlink() == file_of(rig, 1)


def file_of(rig: Rig, number: int) -> Path:
    return (rig.album / f"{number}.jpg").resolve()


def test_export_lists_what_cannot_be_read(run: Run, rig: Rig, tmp_path: Path) -> None:
    file_of(rig, 2).unlink()
    code, (row,), err = run("export", "--person", "Anna", tmp_path / "out")
    assert code == cli.PROBLEMS
    assert (row["written"], row["failed"]) == (3, 1)
    assert "2.jpg: The file is not there now" in err


@pytest.mark.parametrize("place", ["album/out", "library"])
def test_export_keeps_out_of_photo_folders_and_of_the_library(run: Run, tmp_path: Path, place: str) -> None:
    code, rows, err = run("export", "--person", "Anna", tmp_path / place)
    assert (code, rows) == (cli.FAILED, [])
    assert "Choose a folder outside" in err
    assert not (tmp_path / place).exists()


def test_scan_afresh_forgets_and_reads_every_folder(run: Run, rig: Rig, tmp_path: Path) -> None:
    assert run("scan", "--afresh", tmp_path / "new")[0] == cli.DONE
    assert rig.forgotten == 1
    assert rig.scanned == [[tmp_path / "new", rig.album]]


def test_scan_afresh_waits_for_drives(run: Run, rig: Rig) -> None:
    rig.services.reader.folders = lambda: [Folder(1, rig.album / "unplugged", 9, 0, 0)]
    code, _, err = run("scan", "--afresh")
    assert code == cli.FAILED
    assert "unplugged" in err
    assert (rig.forgotten, rig.scanned) == (0, [])


@pytest.mark.parametrize(
    ("verb", "people", "note", "words"),
    [
        (Verb.NAME, ("Anna",), "", "Naming of 2 faces as Anna"),
        (Verb.MOVE, ("Anna", "Ben"), "", "Move of 2 faces from Ben to Anna"),
        (Verb.CLEAR, ("Anna",), "", "Removal of the name Anna from 2 faces"),
        (Verb.CLEAR, (), "", "Removal of the name of 2 faces"),
        (Verb.REJECT, ("Anna",), "", "“Not Anna” for 2 faces"),
        (Verb.SAME, (), "", "“Same person” for 2 faces"),
        (Verb.DIFFERENT, (), "", "“Different people” for 2 faces"),
        (Verb.DIFFERENT, ("Anna", "Ben"), "", "“Different people” for Anna and Ben"),
        (Verb.HIDE, (), "statue", "Hiding of 2 faces (statue)"),
        (Verb.SHOW, (), "", "Showing of 2 faces"),
        (Verb.MERGE, ("Anna", "Ben"), "", "Merge of 2 people, 2 faces"),
        (Verb.SPLIT, ("Anna",), "", "Split of 2 faces from Anna"),
        (Verb.SPLIT, (), "", "Split of 2 faces"),
        (Verb.RENAME, ("Anna",), "Ann", "Renaming of Ann to Anna"),
        (Verb.COVER, ("Anna",), "", "Cover of Anna"),
        (Verb.BORN, ("Anna",), "2001-02-03", "Birth date of Anna: 2001-02-03"),
        (Verb.BORN, ("Anna",), "", "Birth date of Anna"),
        (Verb.SAVE_ALBUM, (), "Anna in Rome", "Keeping of the album “Anna in Rome”"),
        (Verb.REMOVE_ALBUM, (), "Anna in Rome", "Removal of the album “Anna in Rome”"),
    ],
)
def test_every_step_has_words(verb: Verb, people: tuple[str, ...], note: str, words: str) -> None:
    assert step_words(Step(1, verb, NOON, False, 2, people, note)) == words


def test_one_face_is_one_face() -> None:
    assert step_words(Step(1, Verb.SHOW, NOON, False, 1, ())) == "Showing of 1 face"


@pytest.mark.parametrize(
    ("kind", "people", "words"),
    [
        (ConflictKind.DIFFERENT, (), "face 4 and face 9 are two people"),
        (ConflictKind.SAME, (), "face 4 and face 9 are one person"),
        (ConflictKind.SAME, ("Anna",), "face 4 is Anna"),
        (ConflictKind.REJECTED, ("Anna",), "face 4 is not Anna"),
        (ConflictKind.APART, ("Anna", "Ben"), "Anna and Ben are two people"),
    ],
)
def test_every_conflict_has_words(kind: ConflictKind, people: tuple[str, ...], words: str) -> None:
    told = conflict_words(Conflict(kind, 4, 9, people, NOON))
    assert told == f"On {NOON.astimezone():%Y-%m-%d at %H:%M} you said that {words}."


def test_a_conflict_about_a_face_that_is_gone_has_words() -> None:
    told = conflict_words(Conflict(ConflictKind.DIFFERENT, 4, None, (), NOON))
    assert told.endswith("you said that face 4 and a face out of view are two people.")


def test_a_preview_says_would() -> None:
    done = Regrouping(1, 2, 0, 0, 0, 1, 0, 0, 1, 0.5)
    assert list(regrouping_words(done, preview=True)) == [
        "1 group of 2 faces, 0 faces alone, 0 named automatically, 0 to be asked, 0.5 s",
        "A grouping would bring 1 new group, 0 joined with another, 0 parted, 1 face moved",
    ]


def test_why_in_words() -> None:
    assert list(why_words(WHY)) == [
        "Face 4 is shown as Anna, automatically.",
        "It scores 0.71 with face 2; the chance that both are one person is over 99.9 %.",
        "Its likeness to Anna is 0.68; 23 % of Anna's own faces are less alike.",
        "Most alike: face 2 (0.71), face 1 (0.66).",
        "The next best is Ben with 0.41, 0.27 behind.",
        "Face 4 is hard to tell: small, blurred.",
        f"You said on {NOON.astimezone():%Y-%m-%d}: “Not Ben” for 1 face.",
    ]
    nobody = replace(WHY, standing=Standing.NOBODY, other_face_id=None, person_id=None, person_name="", votes=())
    nobody = replace(nobody, person_score=None, runner_up="", flags=(), said=())
    assert list(why_words(nobody)) == ["Face 4 is nobody who has a name yet."]
    asked = replace(WHY, standing=Standing.SUGGESTED, margin=-0.1, chance=None, rank=None)
    words = " ".join(why_words(asked))
    assert "may be Anna" in words
    assert "Ben with 0.41, 0.10 ahead" in words
    assert "chance" not in words
