"""How well a few letters fit a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceapp.ui import fuzzy
from faceapp.ui.fuzzy import score


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("anna", "Anna"),
        ("ANN", "Anna Schmidt"),
        ("schm", "Anna Schmidt"),
        ("schm an", "Anna Schmidt"),  # in any order
        ("as", "Anna Schmidt"),  # initials
        ("nab", "Annabel"),
        ("jose", "José Ángel"),
        ("ángel", "Jose Angel"),
        ("strasse", "Straße"),
        ("unmgr", "Unnamed Groups"),
        ("李", "李娜"),
        ("娜", "李娜"),
        ("jean-luc", "Jean Luc"),
    ],
)
def test_what_fits(query: str, text: str) -> None:
    assert 0 < score(query, text) <= 1


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("", "Anna"),
        (" ", "Anna"),
        ("-", "A-B"),
        ("ben", "Anna"),
        ("annna", "Anna"),
        ("nx", "Anna X"),
    ],
)
def test_what_does_not_fit(query: str, text: str) -> None:
    assert score(query, text) == 0


def test_better_fits_score_higher() -> None:
    """The text itself, its start, starts of words, initials, letters inside, letters apart."""
    falling = ["an", "Anna", "Maria Anna", "Ada Nordin", "Joanna", "All of Nothing"]
    scores = [score("an", text) for text in falling[:5]]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 5
    assert score("pln", "Plan it") < score("pl", "Apple") < score("pl", "Plan it")


def test_of_two_that_begin_so_the_shorter_goes_ahead() -> None:
    assert score("ann", "Anna") > score("ann", "Annabel")
    assert score("anna sch", "Anna Schmidt") > score("sch anna", "Anna Schmidt")


@given(st.text(max_size=20))
def test_every_text_with_a_word_is_itself(text: str) -> None:
    assert score(text, text) == (fuzzy.WHOLE if fuzzy.folded(text).words else 0)


@given(st.text(max_size=8), st.text(max_size=20))
def test_scores_stay_between_nothing_and_the_whole(query: str, text: str) -> None:
    assert 0 <= score(query, text) <= fuzzy.WHOLE
