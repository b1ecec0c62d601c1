"""Make ``data/v1.sqlite``, the small saved database of version 1. Run once, before version 2 exists:

    python -m tests.library.make_v1

It is never made again: the tests open it as a user's library of that time.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from faceapp.library.library import DATABASE_FILE, Library
from faceapp.library.migrations import MIGRATIONS
from faceapp.types import FailedPhoto
from tests.library.making import LEFT, MODEL, RIGHT, a_face, a_result, put

TARGET = Path(__file__).parent / "data" / "v1.sqlite"


def main() -> None:
    if MIGRATIONS[-1].version != 1:
        sys.exit("This version makes newer databases: keep the saved one.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "library"
        with Library.open(folder, model=MODEL) as library:
            a, b, _ = put(library, Path("/photos"), "a.jpg", b"b\xff.jpg", "c.jpg")
            taken = datetime(2001, 2, 3, 4, 5, 6)
            saved = library.scan_store.save(
                [a_result(a, [a_face(LEFT, seed=1), a_face(RIGHT, seed=2)], taken=taken), FailedPhoto(b, "It is torn.")]
            )
            library.people.name_faces([int(saved.face_ids[0])], "Ann")
        shutil.copyfile(folder / DATABASE_FILE, TARGET)


if __name__ == "__main__":
    main()
