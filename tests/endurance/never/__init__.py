"""What the test of *never asked twice* is made of: painted photos, an opened library, and the word of the user."""

import pytest

pytest.register_assert_rewrite("tests.endurance.never.story", "tests.endurance.never.words")
