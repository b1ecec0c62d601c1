"""Never asked twice: whatever happens to the files and to the library, what the user said holds.

Hypothesis makes up stories of files that come, move, change and go, and of everything that can be said of faces.
After each step the library is compared with the oracle (``never/said.py``). ``FACEAPP_ENDURANCE_EXAMPLES=500`` makes
up more and longer stories, and other ones each time.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from tests.endurance.never import watching
from tests.endurance.never.files import Files
from tests.endurance.never.words import Words

EXAMPLES = int(os.environ.get("FACEAPP_ENDURANCE_EXAMPLES", "0"))


class NeverAskedTwice(Files, Words):
    """What happens to files, what is said, what is done with the library, and what holds all the time."""

    @rule()
    def reopen(self) -> None:
        history = self.opened.library.people.history()
        self.reopen_library()
        assert self.opened.library.people.history() == history

    @rule()
    def change_over(self) -> None:
        """Use the other embedder; files that changed since the last scan could not be embedded."""
        self.look_at_files()
        self.opened.change_over()
        before = self.opened.library.model
        self.reopen_library()
        assert self.opened.library.model != before

    @rule()
    def rebuild(self) -> None:
        """Forget all facts, and find them out again."""
        self.opened.forget_facts()
        self.reopen_library()
        self.album.forget()
        self.look()
        self.look_at_files()

    @rule(following=st.booleans())
    def regroup(self, following: bool) -> None:
        before = self.decided()
        preview = self.opened.groups.regroup(preview=True)
        done = self.opened.groups.regroup()
        self.look()
        assert self.decided() == before
        assert (preview.groups, preview.moved) == (done.groups, done.moved)
        self.fresh, self.following = True, following

    # What must hold

    @invariant()
    def what_was_said_holds(self) -> None:
        self.look()
        library = self.opened.library
        wrong = [
            *watching.faces_shown(self.view, self.album),
            *watching.faces_said(self.view, self.said),
            *watching.people_said(self.view, self.opened, self.said),
            *watching.ties_said(self.view, self.opened, self.said),
            *watching.guesses_obey(self.view, self.opened, self.said, fresh=self.fresh),
            *watching.history_told(self.opened, self.said),
            *library.check(),
        ]
        assert not wrong, "\n".join(wrong)


@pytest.mark.timeout(600 if not EXAMPLES else 0)
def test_what_was_said_holds_whatever_happens() -> None:
    run_state_machine_as_test(
        NeverAskedTwice,
        settings=settings(
            max_examples=EXAMPLES or 20,
            stateful_step_count=60 if EXAMPLES else 25,
            derandomize=not EXAMPLES,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
