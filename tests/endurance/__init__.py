"""The real program, its real models, real files and real signals, for minutes: what no test of a part can show."""

import pytest

pytest.register_assert_rewrite("tests.endurance.findings", "tests.endurance.running")
