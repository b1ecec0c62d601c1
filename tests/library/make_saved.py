"""Make the small saved database of the present version in ``data``. Run once, before there is a next version:

    python -m tests.library.make_saved

It is never made again: the tests open it as a user's library of that time.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path

from faceapp.library.library import DATABASE_FILE, Library
from faceapp.library.migrations import MIGRATIONS
from faceapp.types import Combine, HideReason
from faceapp.types_scan import FailedPhoto, FoundFile
from faceapp.types_search import Filter, Role, Rows, Search, SearchFace
from tests.library.making import LEFT, MODEL, RIGHT, a_face, a_result, put

DATA = Path(__file__).parent / "data"


def main() -> None:
    target = DATA / f"v{MIGRATIONS[-1].version}.sqlite"
    if target.exists():
        sys.exit(f"{target} is there already: keep it.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "library"
        with Library.open(folder, model=MODEL) as library:
            a, b, _ = put(library, Path("/photos"), "a.jpg", b"b\xff.jpg", "c.jpg")
            edited, gone, ignored = put(library, Path("/photos/more"), "edited.jpg", "gone.jpg", "ignored.jpg")
            taken = datetime(2001, 2, 3, 4, 5, 6)
            saved = library.scan_store.save(
                [
                    a_result(a, [a_face(LEFT, seed=1), a_face(RIGHT, seed=2)], taken=taken),
                    FailedPhoto(b, "It is torn."),
                    a_result(edited, [a_face(LEFT, seed=3)]),
                    a_result(gone, [a_face(LEFT, seed=4)]),
                    FailedPhoto(ignored, "It is empty."),
                ]
            )
            left, right, edited_face, gone_face = saved.face_ids.tolist()
            ann = library.people.name_faces([left], "Anne").person_id
            bob = library.people.name_faces([edited_face], "Bob").person_id
            library.people.rename(ann, "Ann")
            library.people.set_born(ann, date(1980, 5, 6))
            library.people.set_cover(ann, left)
            library.people.reject([right], bob)
            library.people.different([left], [right])
            library.people.apart(ann, bob)
            library.people.merge([library.people.name_faces([gone_face], "Robert").person_id], bob)
            face = SearchFace("Ann", Role.INCLUDE, left, None)
            search = Search([face], Combine.ANY, 0.4, Filter(taken_to=date(2010, 1, 1)), rows=Rows.PHOTOS)
            library.people.save_album("Ann then", search)
            library.people.hide([right], HideReason.STATUE)
            library.people.undo()
            library.scan_store.put_pending(2, [FoundFile("edited.jpg", 200, 5)])
            library.scan_store.mark_missing([gone])
            library.problems.set_ignored([ignored], True)
        shutil.copyfile(folder / DATABASE_FILE, target)


if __name__ == "__main__":
    main()
