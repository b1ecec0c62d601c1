"""What the history and the menu call a step."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from faceapp.types_people import Step, Verb
from faceapp.ui.people import step_words


def step(verb: Verb, faces: int = 3, people: tuple[str, ...] = ("Ann",), note: str = "") -> Step:
    return Step(1, verb, datetime(2024, 5, 4, 12, tzinfo=UTC), False, faces, people, note)


@pytest.mark.parametrize(
    ("made", "short", "details"),
    [
        (step(Verb.NAME, 1200), "Naming of 1,200 faces", "Ann"),
        (step(Verb.NAME, 1), "Naming of 1 face", "Ann"),
        (step(Verb.MOVE, people=("Ann", "Bob")), "Move of 3 faces", "from Bob to Ann"),
        (step(Verb.MOVE, people=("Ann",)), "Move of 3 faces", "Ann"),
        (step(Verb.CLEAR), "Unnaming of 3 faces", "Ann"),
        (step(Verb.REJECT, 1), "“Not Ann” for 1 face", ""),
        (step(Verb.REJECT, people=()), "“Not this person” for 3 faces", ""),
        (step(Verb.SAME, people=()), "“Same person” for 3 faces", ""),
        (step(Verb.DIFFERENT, people=()), "“Different people” for 3 faces", ""),
        (step(Verb.DIFFERENT, 0, ("Ann", "Bob")), "“Two people” for Ann, Bob", ""),
        (step(Verb.HIDE, note="statue", people=()), "Hiding of 3 faces", "statue or picture"),
        (step(Verb.HIDE, note="from a later version", people=()), "Hiding of 3 faces", ""),
        (step(Verb.SHOW, people=()), "Showing of 3 hidden faces", ""),
        (step(Verb.MERGE, 214, ("Ann", "Bob")), "Merge of 2 people, 214 faces", "Ann, Bob"),
        (step(Verb.MERGE, 9, tuple("abcdef")), "Merge of 6 people, 9 faces", "a, b, c, d, 2 more"),
        (step(Verb.SPLIT, 5), "Split of 5 faces", "Ann"),
        (step(Verb.RENAME, 0, ("Ann {old}",), "Anna {new}"), "Renaming of Anna {new} to Ann {old}", ""),
        (step(Verb.COVER, 1), "Cover picture of Ann", ""),
        (step(Verb.BORN, 0, note=""), "Birth date of Ann", "removed"),
        (step(Verb.SAVE_ALBUM, 0, (), "{name} & I"), "Keeping of the album “{name} & I”", ""),
        (step(Verb.REMOVE_ALBUM, 0, (), "Rome"), "Removal of the album “Rome”", ""),
    ],
)
def test_a_step_is_told_in_words(made: Step, short: str, details: str) -> None:
    assert step_words.short(made) == short
    assert step_words.text(made) == (f"{short}: {details}" if details else short)


def test_a_birth_date_is_told() -> None:
    assert "80" in step_words.text(step(Verb.BORN, 0, note="1980-05-04"))


def test_the_menu_says_what_it_would_undo() -> None:
    merge = step(Verb.MERGE, 214, ("Ann", "Bob"))
    assert step_words.undo_text(merge) == "Undo Merge of 2 people, 214 faces"
    assert step_words.redo_text(merge) == "Redo Merge of 2 people, 214 faces"


@pytest.mark.parametrize("verb", Verb)
def test_every_verb_has_words(verb: Verb) -> None:
    assert step_words.short(step(verb)) not in ("", verb)
