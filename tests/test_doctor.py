"""What ``faceapp doctor`` mends."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from faceapp import doctor
from faceapp.bootstrap import hnsw_file, open_services
from faceapp.config import Config
from faceapp.doctor import examine
from faceapp.index import hnsw
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


def test_what_became_of_the_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("hnswlib")
    config = Config(library_dir=tmp_path / "library")
    open_services(config).close()

    def told() -> str:
        (text,) = [f.text for f in examine(config) if f.part == "index" and f.ok and "graph" in f.text]
        return text

    assert "no HNSW graph: exact search of 0 faces needs no help before 100,000" in told()
    monkeypatch.setattr(doctor, "HNSW_FROM", 0)
    assert "is not there yet: it is built while the window is open" in told()
    hnsw_file(config).write_bytes(b"anything")
    assert "the HNSW graph is there" in told()
    with monkeypatch.context() as short:
        short.setattr(hnsw, "graph_bytes", lambda faces, dimension: 770_000_000)
        short.setattr(hnsw, "free_bytes", lambda: 900_000_000)
        assert "is left out: for 0 faces it takes about 770 MB of memory, and 900 MB are free" in told()
