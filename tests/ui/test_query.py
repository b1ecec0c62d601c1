"""The query: roles, layouts, first matches and all of them, kept searches."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPixmap

from faceapp.types import Combine
from faceapp.types_search import Filter, GroupBy, Role, Rows, Search, SearchFace
from faceapp.ui.query import Probe, Query
from faceapp.ui.tasks import Tasks
from tests.ui.gallery import FakeGallery, GalleryReader, services, unit
from tests.ui.window import wait_until

ONE, TWO = ("face", 1), ("face", 2)


def probe(key: tuple[str, int] = ONE, role: Role = Role.INCLUDE) -> Probe:
    return Probe(key, "Anna", unit(1, 0), None, role)


class Asked:
    """A query over a gallery of eight faces in four photos, and what it said."""

    def __init__(self, tasks: Tasks) -> None:
        self.gallery = FakeGallery(np.array([0.9, 0.5, 0.8, 0.3, 0.7, 0.45, 0.6, 0.25], np.float32))
        self.reader = GalleryReader(self.gallery)
        self.tasks = tasks
        self.query = Query(tasks)
        self.query.set_services(services(self.gallery, self.reader))
        self.answers: list[tuple[bool, int]] = []  # whether complete, and how many rows are shown
        self.query.answered.connect(self._note)

    def _note(self) -> None:
        self.answers.append((self.query.complete, self.query.count))

    def settle(self) -> None:
        wait_until(lambda: self.tasks.idle and not self.query.loading, "the answer")

    def start(self, *probes: Probe) -> None:
        self.query.start(list(probes or [probe()]))
        self.settle()

    def shown(self) -> list[int]:
        ids, _scores, count = self.query.rows()
        return [int(face) for face in ids[:count]]

    def parts(self) -> list[tuple[str, str, list[int]]]:
        sections, shown = list(self.query.sections()), self.shown()
        ends = [section.start for section in sections[1:]] + [len(shown)]
        return [(s.title, s.detail, shown[s.start : end]) for s, end in zip(sections, ends, strict=True)]


@pytest.fixture
def asked(tasks: Tasks) -> Iterator[Asked]:
    made = Asked(tasks)
    yield made
    made.gallery.let_go()


# Roles


def test_roles_decide_what_is_asked(asked: Asked) -> None:
    left_out = Probe(TWO, "Ben", unit(0, 1), None)
    asked.start(probe(), left_out)
    assert asked.gallery.asked[-1]["probes"].shape == (2, 2)
    asked.query.set_role(TWO, Role.EXCLUDE)
    asked.settle()
    assert asked.gallery.asked[-1]["probes"].shape == (1, 2)
    assert asked.gallery.asked[-1]["exclude"].tolist() == [[0.0, 1.0]]
    assert asked.gallery.asked[-1]["without"] == 0.45
    asked.query.set_role(TWO, Role.OFF)
    asked.settle()
    assert asked.gallery.asked[-1]["exclude"] is None
    assert asked.gallery.asked[-1]["probes"].shape == (1, 2)
    assert [p.role for p in asked.query.probes] == [Role.INCLUDE, Role.OFF]


def test_without_anybody_to_look_for_nothing_is_asked(asked: Asked) -> None:
    asked.start()
    times = len(asked.gallery.asked)
    asked.query.set_role(ONE, Role.OFF)
    asked.settle()
    assert asked.query.active
    assert asked.query.matches is None
    assert asked.shown() == []
    assert asked.answers[-1] == (True, 0)
    assert len(asked.gallery.asked) == times
    asked.query.set_role(ONE, Role.INCLUDE)
    asked.settle()
    assert asked.answers[-1] == (True, 6)


def test_a_late_answer_to_faces_that_are_off_is_dropped(asked: Asked) -> None:
    asked.gallery.may_search.clear()
    asked.query.start([probe()])
    wait_until(lambda: asked.gallery.asked, "the question")
    asked.query.set_role(ONE, Role.OFF)
    asked.gallery.may_search.set()
    asked.settle()
    assert asked.query.matches is None
    assert asked.answers == [(True, 0)]


def test_a_face_without_an_embedding_stays_off(asked: Asked) -> None:
    asked.start(probe(), Probe(TWO, "Ben", None, None, Role.OFF))
    asked.query.set_role(TWO, Role.INCLUDE)
    assert [p.role for p in asked.query.probes] == [Role.INCLUDE, Role.OFF]


# Layout


def test_one_row_a_photo_is_its_best_face(asked: Asked) -> None:
    asked.start()
    assert asked.shown() == [1, 3, 5, 7, 2, 6]
    asked.query.set_rows(Rows.PHOTOS)
    asked.settle()
    assert asked.shown() == [1, 3, 5, 7]
    assert asked.query.photo_count == 4


def test_order_of_date_at_every_cut(asked: Asked) -> None:
    asked.start()
    asked.query.set_sort("newest")
    asked.settle()
    assert asked.shown() == [7, 5, 6, 3, 1, 2]
    asked.query.set_threshold(0.6)
    assert asked.shown() == [7, 5, 3, 1]
    asked.query.set_sort("oldest")
    asked.settle()
    assert asked.shown() == [1, 3, 5, 7]
    assert not asked.query.cuts_tail
    assert asked.query.sections() == ()


def test_parts_by_person_the_largest_first_and_nobody_last(asked: Asked) -> None:
    asked.reader.names = {10: "Anna", 11: "Ben"}
    asked.reader.who = {1: 11, 3: 10, 5: 10}
    asked.start()
    asked.query.set_group_by(GroupBy.PERSON)
    asked.settle()
    assert asked.parts() == [
        ("Anna", "2 faces", [3, 5]),
        ("Ben", "1 face", [1]),
        ("Nobody yet", "3 faces", [7, 2, 6]),
    ]
    asked.query.set_threshold(0.75)
    assert asked.parts() == [("Anna", "1 face", [3]), ("Ben", "1 face", [1])]
    ids, _scores, count = asked.query.rows()
    assert ids[count:].tolist() == [5, 7, 2, 6, 4, 8]  # below the line, best first


def test_parts_by_month_the_newest_first(asked: Asked) -> None:
    asked.reader.days = {1: 10, 2: 40, 3: 12, 4: 400}
    asked.start()
    asked.query.set_group_by(GroupBy.DATE)
    asked.query.set_rows(Rows.PHOTOS)
    asked.settle()
    assert asked.parts() == [
        ("February 1971", "1 photo", [7]),
        ("February 1970", "1 photo", [3]),
        ("January 1970", "2 photos", [1, 5]),
    ]


def test_a_photo_that_came_since_is_in_the_last_part(asked: Asked) -> None:
    asked.reader.days = {1: 10, 2: 40, 3: 12}
    asked.start()
    asked.query.set_group_by(GroupBy.DATE)
    asked.settle()
    assert asked.parts()[-1] == ("Just read", "1 face", [7])


def test_a_library_without_names_or_dates_is_one_part(asked: Asked) -> None:
    asked.reader.days = {}
    asked.start()
    for group_by, title in ((GroupBy.PERSON, "Nobody yet"), (GroupBy.DATE, "Just read")):
        asked.query.set_group_by(group_by)
        asked.settle()
        assert asked.parts() == [(title, "6 faces", [1, 3, 5, 7, 2, 6])]


def test_a_filter_is_part_of_the_question(asked: Asked) -> None:
    asked.reader.passing = [3, 4]
    asked.start()
    only = Filter(clear=True)
    asked.query.set_filter(only)
    asked.settle()
    assert asked.reader.filters == [only]
    assert asked.gallery.asked[-1]["allowed"].tolist() == [3, 4]
    assert asked.shown() == [3]
    asked.query.set_filter(Filter())
    asked.settle()
    assert asked.gallery.asked[-1]["allowed"] is None
    assert len(asked.shown()) == 6


# The first matches, then all


def test_first_matches_come_before_all(asked: Asked) -> None:
    asked.gallery.nearest_is_quick = True
    asked.gallery.may_search.clear()
    asked.query.start([probe()])
    wait_until(lambda: asked.answers, "the first matches")
    assert asked.answers == [(False, 6)]
    assert asked.query.marks is None
    assert asked.query.outlook is None
    asked.query.set_threshold(0.65)
    assert asked.shown() == [1, 3, 5]
    asked.query.settle()  # no marks yet: nothing to remember it by
    asked.gallery.may_search.set()
    asked.settle()
    assert asked.answers[-1] == (True, 3)
    assert asked.query.marks is not None
    assert asked.query.outlook is not None


def test_first_matches_that_come_late_are_dropped(asked: Asked) -> None:
    asked.gallery.nearest_is_quick = True
    asked.gallery.may_find.clear()
    asked.gallery.may_search.clear()
    asked.query.start([probe()])
    wait_until(lambda: asked.gallery.found, "the quick question")
    asked.gallery.may_search.set()
    wait_until(lambda: asked.answers, "all matches")
    asked.gallery.may_find.set()
    asked.settle()
    assert asked.answers == [(True, 6)]


def test_first_matches_are_asked_for_only_where_they_are_the_first_rows(asked: Asked) -> None:
    asked.gallery.nearest_is_quick = True

    def first_of(*probes: Probe) -> None:
        """Start a search that must ask for first matches before all of them are there."""
        before = asked.gallery.found
        asked.gallery.may_search.clear()
        asked.query.start(list(probes))
        wait_until(lambda: asked.gallery.found == before + 1, "the quick question")
        asked.gallery.may_search.set()
        asked.settle()

    first_of(probe())
    asked.query.refresh()  # photos came: what is shown is more than the first matches
    asked.settle()
    asked.start(probe(), probe(TWO))
    asked.start(probe(), probe(TWO, Role.EXCLUDE))
    asked.query.set_sort("newest")
    asked.settle()
    asked.start()
    assert asked.gallery.found == 1
    asked.query.set_sort("best")
    asked.settle()
    first_of(probe(), probe(TWO, Role.OFF))


def test_an_answer_waits_for_the_library_to_be_loaded(asked: Asked) -> None:
    asked.gallery.ready = False
    asked.query.start([probe()])
    wait_until(lambda: asked.query.loading and asked.tasks.idle, "the wait")
    assert asked.answers == []
    asked.gallery.ready = True
    wait_until(lambda: asked.answers, "the answer")
    assert asked.answers == [(True, 6)]
    assert not asked.query.loading


def test_ending_a_search_ends_the_wait(asked: Asked) -> None:
    asked.gallery.ready = False
    asked.query.start([probe()])
    asked.query.clear()
    assert not asked.query.loading


# Kept searches


def test_a_search_comes_back_as_it_was_kept(asked: Asked) -> None:
    red = QPixmap(20, 20)
    red.fill(QColor(Qt.GlobalColor.red))
    picture = Probe(("picture", 3), "who.png", unit(0, 1), red, Role.EXCLUDE)
    asked.start(probe(), picture)
    asked.query.set_combine(Combine.ALL)
    asked.query.set_group_by(GroupBy.DATE)
    asked.query.set_rows(Rows.PHOTOS)
    asked.query.set_filter(Filter(named=True))
    asked.query.set_threshold(0.55)
    asked.settle()
    kept = asked.query.search()
    assert [face.picture is not None for face in kept.faces] == [False, True]
    asked.query.clear()
    asked.query.set_filter(Filter())
    asked.query.set_group_by(GroupBy.NOTHING)
    asked.reader.names, asked.reader.who = {10: "Anna Lee"}, {1: 10}
    asked.reader.passing = [1, 2, 3]
    asked.query.load(kept)
    asked.settle()
    query = asked.query
    assert [(p.label, p.role) for p in query.probes] == [("Anna Lee", Role.INCLUDE), ("who.png", Role.EXCLUDE)]
    assert query.probes[1].pixmap is not None
    red_back = query.probes[1].pixmap.toImage().pixelColor(10, 10)
    assert red_back.red() > 200
    assert red_back.green() < 50
    assert (query.combine, query.group_by, query.row_kind) == (Combine.ALL, GroupBy.DATE, Rows.PHOTOS)
    assert (query.filter, query.threshold) == (Filter(named=True), 0.55)
    assert asked.shown() == [1, 3]


def test_a_kept_face_without_an_embedding_takes_that_of_the_library_or_is_off(asked: Asked) -> None:
    faces = (
        SearchFace("Anna", Role.INCLUDE, 1, None),
        SearchFace("Gone", Role.INCLUDE, None, None),
        SearchFace("Gone too", Role.EXCLUDE, 99, None),
    )
    asked.query.load(Search(faces, Combine.ANY, 0.4))
    asked.settle()
    assert [p.role for p in asked.query.probes] == [Role.INCLUDE, Role.OFF, Role.OFF]
    assert len({p.key for p in asked.query.probes}) == 3
    assert asked.answers[-1] == (True, 6)


def test_a_filter_that_is_set_while_a_search_is_read_does_not_stop_it(asked: Asked) -> None:
    kept = Search((SearchFace("Anna", Role.INCLUDE, 1, None),), Combine.ANY, 0.4, Filter(clear=True))
    asked.query.load(kept)
    asked.query.set_filter(kept.filter)
    asked.settle()
    assert asked.query.active
    assert asked.query.filter == kept.filter


def test_another_search_goes_before_one_that_is_still_read(asked: Asked) -> None:
    asked.query.load(Search((SearchFace("Anna", Role.INCLUDE, 1, None),), Combine.ANY, 0.4))
    asked.query.start([probe(TWO)])
    asked.settle()
    assert [p.key for p in asked.query.probes] == [TWO]
