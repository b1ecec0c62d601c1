"""What ``faceapp doctor`` mends."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from faceapp.bootstrap import open_services
from faceapp.config import Config
from faceapp.doctor import examine
from faceapp.library.library import DATABASE_FILE


def test_names_that_differ_from_what_was_decided_are_made_anew(tmp_path: Path) -> None:
    config = Config(library_dir=tmp_path / "library")
    open_services(config).close()
    with closing(sqlite3.connect(config.library_dir / DATABASE_FILE)) as database, database:
        database.execute("INSERT INTO person (name, key, created) VALUES ('Eve', 'eve', '2020-01-01T00:00:00+00:00')")
    found = list(examine(config))
    assert [finding.text for finding in found if finding.part == "names"] == [
        "1 faces and people were made anew as you decided"
    ]
    assert any("0 faces and 1 people are not as was decided" in finding.text for finding in found if not finding.ok)
    assert all(finding.ok and finding.part != "names" for finding in examine(config))
