"""Stories that once lost what the user had said, or a face's vector."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from faceapp.types import Combine
from faceapp.types_search import Role, Search, SearchFace
from tests.endurance.never.painted import Painted
from tests.endurance.never.story import Story, ids
from tests.endurance.never.words import Words

ANN, BEN = Painted(0, 0), Painted(3, 0)


@pytest.fixture
def story() -> Iterator[Story]:
    story = Words()
    yield story
    story.teardown()


def names(story: Story) -> dict[str, str | None]:
    return {name: face.person_name for (name, _), face in story.view.faces.items()}


@pytest.mark.parametrize("copy", ["0.png", "z.png"])
def test_a_photo_that_was_edited_and_copied_before_the_scan_keeps_its_names(story: Story, copy: str) -> None:
    story.album.write("a.png", story.album.fresh((ANN, None, None)))
    story.look_at_files()
    story.name_them(story.faces([0]), "Ann", check=False)
    story.album.edit("a.png", (ANN._replace(shifted=True), None, None))
    story.album.copy("a.png", copy)  # the newest file is read first: the edited one is found to be its copy
    story.look_at_files()
    assert names(story) == {"a.png": "Ann", copy: "Ann"}


def test_a_photo_replaced_by_a_copy_of_somebody_else_hands_no_name_on(story: Story) -> None:
    story.album.write("a.png", story.album.fresh((ANN, None, None)))
    story.album.write("b.png", story.album.fresh((BEN, None, None)))
    story.look_at_files()
    story.name_them(story.faces([0]), "Ann", check=False)
    story.album.copy("b.png", "a.png")
    story.look_at_files()
    assert names(story) == {"a.png": None, "b.png": None}


def test_a_photo_that_was_away_while_another_embedder_came_into_use_is_found_by_it(story: Story) -> None:
    story.album.write("a.png", story.album.fresh((ANN, None, None)))
    story.look_at_files()
    story.name_them(story.faces([0]), "Ann", check=False)
    story.album.delete("a.png")
    story.look_at_files()
    story.opened.change_over()
    story.reopen_library()
    assert story.opened.library.check() == []
    story.album.restore(0, None)
    story.look_at_files()
    (face,) = story.view.faces.values()
    assert face.person_name == "Ann"
    assert story.opened.gallery.embedding(face.id) is not None
    assert story.opened.library.check() == []


def test_faces_that_are_the_same_stay_so_when_both_are_rejected(story: Story) -> None:
    for name in ("a.png", "b.png"):
        story.album.write(name, story.album.fresh((ANN, None, None)))
    story.album.write("c.png", story.album.fresh((BEN, None, None)))
    story.look_at_files()
    a, b, c = story.faces([0, 1, 2])
    people = story.opened.library.people
    person = people.name_faces(ids([b, c]), "Ben").person_id
    people.same(ids([b, a]))
    people.reject(ids([a, b]), person)
    assert story.opened.people_reader.ties().same.tolist() == [sorted(ids([a, b]))]


def test_an_album_outlives_a_lost_photo_another_embedder_and_reading_afresh(story: Story) -> None:
    story.album.write("a.png", story.album.fresh((ANN, None, None)))
    story.look_at_files()
    (face,) = story.faces([0])
    search = Search([SearchFace("Ann", Role.INCLUDE, face.id, None)], Combine.ANY, 0.5)
    story.opened.library.people.save_album("Ann", search)
    story.album.delete("a.png")
    story.look_at_files()
    (album,) = story.opened.library.people_reader.albums()
    assert album.search.faces[0].face_id is None
    story.opened.library.people.save_album("Anna", album.search, album.id)
    story.opened.change_over()
    story.reopen_library()
    story.album.restore(0, None)
    for lose in (lambda: None, story.opened.forget_facts):
        lose()
        story.look_at_files()
        (album,) = story.opened.library.people_reader.albums()
        (face,) = story.view.faces.values()
        assert (album.name, album.search.faces[0].face_id) == ("Anna", face.id)
    assert story.opened.library.check() == []
