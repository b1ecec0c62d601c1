"""Questions: which are asked, in which order, what their answers mean, and that none is asked twice."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faceapp.errors import FaceappError
from faceapp.people.review.review import LibraryReview
from faceapp.people.review.worth import ANSWERS
from faceapp.types import HideReason, Standing
from faceapp.types_people import Answer, Question, QuestionKind
from tests.people.world import World, direction, near

PERSON, GROUPS, PEOPLE, TWICE, NAME = (
    QuestionKind.PERSON,
    QuestionKind.GROUPS,
    QuestionKind.PEOPLE,
    QuestionKind.TWICE,
    QuestionKind.NAME,
)


def review_of(world: World) -> LibraryReview:
    return LibraryReview(world, world, world, world, world, 0.5)  # type: ignore[arg-type]


def asked(world: World, kind: QuestionKind) -> list[Question]:
    return [question for question in review_of(world).questions() if question.kind is kind]


def faces_of(world: World, person: int, count: int, *, first_photo: int = 0, **facts: float) -> list[int]:
    return [world.face(direction(person), first_photo + number, **facts) for number in range(count)]


def with_ann(count: int = 3) -> tuple[World, int]:
    """Return a world in which faces 1 to ``count`` are confirmed as Ann."""
    world = World()
    naming = world.name_faces(faces_of(world, 0, count), "Ann")
    return world, naming.person_id


# who is this?


def test_a_group_is_asked_for_its_name_clearest_face_first() -> None:
    world = World()
    faces = [world.face(direction(0), photo, norm=norm) for photo, norm in enumerate((2.0, 4.0, 3.0))]
    world.guess(faces, group=1)
    (question,) = review_of(world).questions()
    assert (question.kind, question.faces, question.settles) == (NAME, (2, 3, 1), 3)
    assert question.person_id is None


def test_larger_groups_come_first_and_single_faces_last() -> None:
    world = World()
    small, large = faces_of(world, 0, 2), faces_of(world, 1, 4, first_photo=10)
    alone = world.face(direction(2), 20)
    world.guess(small, group=1)
    world.guess(large, group=2)
    assert [set(question.faces) for question in review_of(world).questions()] == [set(large), set(small), {alone}]
    assert len(review_of(world).questions(limit=1)) == 1


def test_naming_a_group_names_all_its_faces() -> None:
    world = World()
    faces = faces_of(world, 0, 3)
    world.guess(faces, group=1)
    review = review_of(world)
    change = review.answer(review.questions()[0], Answer.YES, "Ann")
    assert change is not None
    assert (change.step, set(change.face_ids), list(change.person_ids)) == (world.steps[-1], set(faces), [1])
    assert world.names == {1: "Ann"}
    assert review.questions() == []


def test_a_stranger_is_hidden_and_a_skipped_question_says_nothing() -> None:
    world = World()
    faces = faces_of(world, 0, 3)
    world.guess(faces, group=1)
    review = review_of(world)
    question = review.questions()[0]
    assert review.answer(question, Answer.SKIP) is None
    assert review.questions() == [question]
    assert review.questions(skip={question.key}) == []
    review.answer(question, Answer.STRANGER)
    assert world.hidden == dict.fromkeys(faces, HideReason.STRANGER)
    assert review.questions() == []


def test_faces_that_views_do_not_show_are_not_asked_about() -> None:
    world = World()
    world.face(direction(0), 1, score=0.4)
    assert review_of(world).questions() == []


# is it that person?


def test_a_group_that_seems_to_be_somebody_is_asked_about_at_once() -> None:
    world, ann = with_ann()
    group = faces_of(world, 0, 4, first_photo=10)
    world.guess(group, group=1, person=ann, standing=Standing.SUGGESTED, score=0.5)
    (question,) = review_of(world).questions()
    assert (question.kind, question.person_id, question.person_name) == (PERSON, ann, "Ann")
    assert (set(question.faces), question.settles) == (set(group), 4)
    assert set(question.examples) == {1, 2, 3}
    assert question.score == pytest.approx(0.5)


def test_examples_come_from_all_times_the_clearest_of_each() -> None:
    world = World()
    old = [world.face(direction(0), photo, shown_us=photo, norm=2.0 + photo / 100) for photo in range(60)]
    recent = world.face(direction(0), 99, shown_us=10**15, norm=1.0)
    ann = world.name_faces([*old, recent], "Ann").person_id
    asked_about = world.face(direction(0), 100)
    world.guess([asked_about], person=ann, standing=Standing.SUGGESTED)
    (question,) = asked(world, PERSON)
    assert len(question.examples) == 6
    assert question.examples[0] == old[-1]  # the clearest one first
    assert min(question.examples) <= 11  # and one of the oldest


def test_yes_confirms_under_the_name_that_the_person_has_now() -> None:
    world, ann = with_ann()
    face = world.face(direction(0), 10)
    world.guess([face], person=ann, standing=Standing.SUGGESTED)
    review = review_of(world)
    question = review.questions()[0]
    world.rename(ann, "Ann Lee")
    review.answer(question, Answer.YES)
    assert world.named[face] == ann
    assert world.names == {ann: "Ann Lee"}


def test_an_answer_about_a_person_who_is_gone_is_refused() -> None:
    world, ann = with_ann()
    face = world.face(direction(0), 10)
    world.guess([face], person=ann, standing=Standing.SUGGESTED)
    review = review_of(world)
    question = review.questions()[0]
    world.names.clear()
    with pytest.raises(FaceappError, match="Ann is no longer"):
        review.answer(question, Answer.YES)


def test_no_is_never_asked_again_even_where_a_guess_still_says_so() -> None:
    world, ann = with_ann()
    group = faces_of(world, 0, 3, first_photo=10)
    world.guess(group, group=1, person=ann, standing=Standing.SUGGESTED)
    review = review_of(world)
    review.answer(review.questions()[0], Answer.NO)
    assert world.ties().rejected.tolist() == [[face, ann] for face in world.steps[-1:] and sorted(group)]
    late = world.face(direction(0), 20)
    world.guess([*group, late], group=1, person=ann, standing=Standing.SUGGESTED)
    (question,) = review.questions()
    assert (question.kind, set(question.faces)) == (NAME, {*group, late})


def test_one_rejected_face_does_not_keep_the_rest_of_a_group_from_being_asked_about() -> None:
    world, ann = with_ann()
    group = faces_of(world, 0, 4, first_photo=10)
    world.reject(group[:1], ann)
    world.guess(group, group=1, person=ann, standing=Standing.SUGGESTED)
    (question,) = asked(world, PERSON)
    assert set(question.faces) == set(group[1:])


def test_a_likely_guess_about_many_faces_comes_before_a_name() -> None:
    world, ann = with_ann()
    likely, unlikely = faces_of(world, 0, 4, first_photo=10), faces_of(world, 0, 4, first_photo=20)
    nameless = faces_of(world, 5, 6, first_photo=30)
    world.guess(likely, group=1, person=ann, standing=Standing.SUGGESTED, score=0.55)
    world.guess(unlikely, group=2, person=ann, standing=Standing.SUGGESTED, score=0.32)
    world.guess(nameless, group=3)
    order = [set(question.faces) for question in review_of(world).questions()]
    assert order == [set(likely), set(unlikely), set(nameless)]  # a name takes eight keys
    by_answers = LibraryReview(world, world, world, world, world, 0.5, costs=ANSWERS)  # type: ignore[arg-type]
    assert [set(question.faces) for question in by_answers.questions()] == [set(nameless), set(likely), set(unlikely)]


# are two groups one?


def two_near_groups() -> tuple[World, list[int], list[int]]:
    world = World()
    large = faces_of(world, 0, 4)
    small = [world.face(near(0, 0.5, 1), 10 + photo) for photo in range(3)]
    world.guess(large, group=1)
    world.guess(small, group=2)
    return world, large, small


def test_groups_that_look_alike_are_asked_about_and_yes_ties_them() -> None:
    world, large, small = two_near_groups()
    (question,) = asked(world, GROUPS)
    assert (set(question.faces), set(question.examples)) == (set(small), set(large))
    assert question.score == pytest.approx(0.5)
    assert question.settles == 0  # it still needs its name
    review_of(world).answer(question, Answer.YES)
    assert world.pairs["same"] == [(question.faces[0], question.examples[0])]
    assert asked(world, GROUPS) == []


def test_groups_that_are_two_people_are_not_asked_about_again() -> None:
    world, _, _ = two_near_groups()
    review_of(world).answer(asked(world, GROUPS)[0], Answer.NO)
    assert asked(world, GROUPS) == []


def test_groups_that_meet_in_a_photo_or_do_not_look_alike_are_two() -> None:
    world, _, _ = two_near_groups()
    also = world.face(near(0, 0.5, 1), 0)  # in a photo of the larger group
    world.guess([also], group=2)
    assert asked(world, GROUPS) == []
    world = World()
    world.guess(faces_of(world, 0, 3), group=1)
    world.guess([world.face(near(0, 0.3, 1), photo) for photo in (10, 11)], group=2)
    assert asked(world, GROUPS) == []


def test_a_group_is_asked_about_with_one_other_at_a_time() -> None:
    world, _, _ = two_near_groups()
    world.guess([world.face(near(0, 0.6, 2), 20 + photo) for photo in range(2)], group=3)
    first, *more = asked(world, GROUPS)
    assert more == []
    again = review_of(world).questions(skip={first.key})
    assert [question.kind for question in again].count(GROUPS) == 1


# are two people one?


def two_near_people() -> tuple[World, int, int]:
    world, ann = with_ann(4)
    others = [world.face(near(0, 0.7, 1), 10 + photo) for photo in range(2)]
    return world, ann, world.name_faces(others, "Anne").person_id


def test_people_who_look_alike_are_asked_about_and_yes_keeps_the_larger() -> None:
    world, ann, anne = two_near_people()
    (question,) = review_of(world).questions()
    assert (question.kind, question.person_id, question.other_person_id) == (PEOPLE, ann, anne)
    assert (question.person_name, question.other_name) == ("Ann", "Anne")
    review_of(world).answer(question, Answer.YES)
    assert world.names == {ann: "Ann"}
    assert set(world.named.values()) == {ann}


def test_people_who_are_two_are_not_asked_about_again() -> None:
    world, ann, anne = two_near_people()
    review_of(world).answer(asked(world, PEOPLE)[0], Answer.NO)
    assert world.pairs["apart"] == [(ann, anne)]
    assert review_of(world).questions() == []


def test_people_who_meet_in_a_photo_are_two() -> None:
    world, _, _ = two_near_people()
    world.name_faces([world.face(near(0, 0.7, 1), 0)], "Anne")
    assert asked(world, PEOPLE) == []


# who is in a photo twice?


def twice(standing: Standing) -> tuple[World, int, int]:
    world, ann = with_ann()
    second = world.face(near(0, 0.6, 1), 0)  # in the photo of face 1
    if standing is Standing.CONFIRMED:
        world.name_faces([second, world.face(direction(0), 50)], "Ann")
    else:
        world.guess([second], person=ann, standing=standing)
    return world, ann, second


@pytest.mark.parametrize("standing", [Standing.AUTOMATIC, Standing.CONFIRMED])
@pytest.mark.parametrize("answer", [Answer.YES, Answer.NO])
def test_the_unlikelier_face_of_a_person_twice_in_a_photo_is_asked_about_once(
    standing: Standing, answer: Answer
) -> None:
    world, ann, second = twice(standing)
    (question,) = asked(world, TWICE)
    assert (question.faces, question.person_id, question.examples[0]) == ((second,), ann, 1)
    assert question.settles == (standing is Standing.AUTOMATIC)
    review_of(world).answer(question, answer)
    assert world.named.get(second) == (ann if answer is Answer.YES else None)
    if answer is Answer.NO:
        assert world.pairs["rejected"] == [(second, ann)]
        world.guess([second], person=0)
    assert asked(world, TWICE) == []


def test_a_collage_and_a_copy_of_a_photo_show_somebody_twice() -> None:
    world, _ = with_ann()
    world.name_faces([world.face(near(0, 0.9, 1), 0), world.face(direction(0), 60)], "Ann")
    world.name_faces([world.face(near(0, 0.6, 1), 70, content=1), world.face(direction(0), 61)], "Ann")
    assert asked(world, TWICE) == []


# what it comes to


def test_the_forecast_is_the_expected_share_of_the_faces_without_a_name() -> None:
    world, ann = with_ann()
    group = faces_of(world, 5, 6, first_photo=10)
    world.guess(group, group=1)
    unsure = faces_of(world, 0, 2, first_photo=20)
    for face in unsure:
        world.guess([face], person=ann, standing=Standing.SUGGESTED, score=0.25)
    automatic = world.face(direction(0), 30)
    world.guess([automatic], person=ann, standing=Standing.AUTOMATIC)
    review = review_of(world)
    questions = review.questions()
    named = [question for question in questions if question.kind is NAME]
    assert review.forecast(named) == pytest.approx(6 / 8)
    assert 6 / 8 < review.forecast(questions) < 1  # a guess may be wrong
    assert review.forecast([]) == 0
    assert review_of(world).forecast(named + named) == pytest.approx(6 / 8)


def test_nothing_is_forecast_where_all_have_their_name() -> None:
    world, _ = with_ann()
    assert review_of(world).forecast([]) == 0


@pytest.mark.parametrize(
    ("kind", "answer"),
    [(NAME, Answer.NO), (PEOPLE, Answer.STRANGER), (GROUPS, Answer.STRANGER)],
)
def test_answers_without_a_meaning_are_refused(kind: QuestionKind, answer: Answer) -> None:
    world, ann = with_ann()
    question = Question("key", kind, (1,), ann, "Ann", (2,), 2, "", 1, 0.5)
    with pytest.raises(ValueError, match="does not answer"):
        review_of(world).answer(question, answer)
    assert len(world.steps) == 1


def test_the_same_scene_gives_the_same_questions_in_the_same_order() -> None:
    world, _, _ = two_near_groups()
    rng = np.random.default_rng(0)
    for photo in range(30):
        world.face(near(int(rng.integers(3, 9)), 0.9, 10), 100 + photo)
    assert review_of(world).questions() == review_of(world).questions()


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_whatever_is_answered_is_never_asked_again(data: st.DataObject) -> None:
    """The guesses stay as they are, as if grouping never learned: the decisions alone must keep questions away."""
    world, ann = with_ann()
    bea = world.name_faces([world.face(near(0, 0.7, 1), 40 + photo) for photo in range(2)], "Bea").person_id
    number = st.integers(0, 4)
    for photo in range(data.draw(st.integers(1, 6))):
        face = world.face(near(0, data.draw(st.sampled_from([0.3, 0.6, 0.95])), 1), data.draw(number))
        person = data.draw(st.sampled_from([0, ann, bea]))
        standing = data.draw(st.sampled_from([Standing.SUGGESTED, Standing.AUTOMATIC])) if person else Standing.NOBODY
        group = 0 if standing is Standing.AUTOMATIC else data.draw(number)
        world.guess([face], group=group, person=person, standing=standing, score=0.3 + photo / 20)
    review = review_of(world)
    answered: set[str] = set()
    refused: set[tuple[int, int]] = set()
    while questions := review.questions():
        question = data.draw(st.sampled_from(questions))
        assert question.key not in answered
        pairs = {(face, question.person_id or 0) for face in question.faces}
        assert question.kind is not PERSON or refused.isdisjoint(pairs)
        choices = [Answer.YES] if question.kind is NAME else [Answer.YES, Answer.NO]
        answer = data.draw(st.sampled_from(choices))
        review.answer(question, answer, f"Somebody {len(answered)}")
        answered.add(question.key)
        if answer is Answer.NO and question.kind in (PERSON, TWICE):
            refused |= pairs
        assert len(answered) < 100
