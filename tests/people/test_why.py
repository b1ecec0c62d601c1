"""Why a face matched, was suggested or has its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from faceapp.errors import FaceappError
from faceapp.index.gallery import FaceGallery
from faceapp.people.why import PeopleExplainer
from faceapp.ports_search import MatchSet
from faceapp.types import Box, Face, FloatArray, Guess, Landmarks, Pixels, Quality, Standing
from faceapp.types_people import QualityFlag
from tests.people.world import DIMENSION, World, near

LANDMARKS: Landmarks = ((0.1, 0.1),) * 5
GOOD = Quality(120.0, 200.0, 3.5, 0.0)


class Reader(World):
    """A world whose faces have their guess, their quality and their photo."""

    def __init__(self) -> None:
        super().__init__()
        self.guesses: dict[int, Guess] = {}
        self.quality: dict[int, Quality] = {}
        self.gone: set[int] = set()

    def faces(self, ids: Sequence[int]) -> list[Face]:
        return [self._known(face) for face in ids if 0 < face <= len(self.rows) and face not in self.gone]

    def _known(self, face: int) -> Face:
        row, person = self.rows[face - 1], self.named.get(face)
        quality = self.quality.get(face, replace(GOOD, norm=row["norm"]))
        name = self.names[person] if person else None
        box = Box(0.1, 0.1, 0.2, 0.2)
        return Face(
            face, int(row["photo_ids"]), box, LANDMARKS, row["score"], quality, person, name, self.guesses.get(face)
        )

    def photos(self, ids: Sequence[int]) -> list[Any]:
        return [SimpleNamespace(path=Path(f"/photos/{photo}.jpg")) for photo in ids if photo < 1000]

    def details(self, person_id: int) -> Any:
        return SimpleNamespace(name=self.names[person_id]) if person_id in self.names else None


class Calibrator:
    """Its chance is the score, so that a test sees what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[MatchSet, float, int]] = []
        self.current = self

    def chance(self, matches: MatchSet, score: float, gallery: int) -> float:
        self.asked.append((matches, score, gallery))
        return score


def explainer_of(world: Reader, calibrator: Calibrator | None = None) -> PeopleExplainer:
    gallery = FaceGallery(DIMENSION)
    ids = np.array(list(world.vectors), np.int64)
    photos = np.array([int(row["photo_ids"]) for row in world.rows], np.int64)
    gallery.add(ids, photos[ids - 1], np.stack(list(world.vectors.values())))

    def aligned(path: Path, landmarks: Landmarks) -> Pixels:
        assert landmarks == LANDMARKS
        return np.full((2, 2, 3), int(path.stem), np.uint8)

    return PeopleExplainer(gallery, world, world, world, calibrator or Calibrator(), aligned, 0.5)  # type: ignore[arg-type]


def two_people() -> tuple[Reader, int, int, list[int]]:
    """Return a world with Ann (faces 1 to 6, ever less like her mean) and Bea (faces 7 to 9)."""
    world = Reader()
    anns = [world.face(near(0, 0.95 - 0.03 * number, 10 + number), number) for number in range(6)]
    beas = [world.face(near(1, 0.95, 20 + number), 10 + number) for number in range(3)]
    ann, bea = world.name_faces(anns, "Ann").person_id, world.name_faces(beas, "Bea").person_id
    return world, ann, bea, anns


def between(towards_ann: float, towards_bea: float) -> FloatArray:
    """Return a unit vector with these cosines to the two directions."""
    rest = np.sqrt(1 - towards_ann**2 - towards_bea**2)
    vector = np.zeros(DIMENSION, np.float32)
    vector[[0, 1, 31]] = towards_ann, towards_bea, rest
    return vector


def test_a_guess_is_explained_by_votes_rank_runner_up_and_margin() -> None:
    world, ann, _, anns = two_people()
    face = world.face(between(0.7, 0.4), 50)
    world.guesses[face] = Guess(ann, "Ann", Standing.SUGGESTED, 0.6, 0.2)
    why = explainer_of(world).explain(face)
    assert (why.person_id, why.person_name, why.standing) == (ann, "Ann", Standing.SUGGESTED)
    assert {vote.face_id for vote in why.votes} <= set(anns)
    assert [vote.score for vote in why.votes] == sorted((vote.score for vote in why.votes), reverse=True)
    assert why.votes[0].face_id == 1  # the one most like the mean
    assert (why.other_face_id, why.score) == (1, pytest.approx(0.95 * 0.7))
    assert why.runner_up == "Bea"
    assert why.person_score > 0.6
    assert why.margin == pytest.approx(why.person_score - why.runner_up_score)
    assert why.margin > 0.2
    assert why.rank == 0.0  # less like Ann than any of her own faces


def test_the_rank_is_among_the_persons_own_faces_each_judged_by_the_others() -> None:
    world, ann, _, _ = two_people()
    ranks = [explainer_of(world).explain(face).rank for face in range(1, 7)]
    assert ranks == sorted(ranks, reverse=True)
    assert (ranks[0], ranks[-1]) == (1.0, 0.0)
    assert explainer_of(world).explain(1).standing is Standing.CONFIRMED
    assert explainer_of(world).explain(1).person_id == ann


def test_a_confirmed_face_and_its_copy_do_not_vote_for_themselves() -> None:
    world, ann, _, _ = two_people()
    copy = world.face(world.vectors[1], 60)
    world.name_faces([copy], "Ann")
    why = explainer_of(world).explain(1)
    assert why.person_id == ann
    assert {vote.face_id for vote in why.votes}.isdisjoint({1, copy})


def test_a_face_can_be_explained_as_somebody_else() -> None:
    world, ann, bea, _ = two_people()
    face = world.face(between(0.7, 0.4), 50)
    world.guesses[face] = Guess(ann, "Ann", Standing.AUTOMATIC, 0.6, 0.2)
    why = explainer_of(world).explain(face, person_id=bea)
    assert (why.person_name, why.standing, why.runner_up) == ("Bea", Standing.NOBODY, "Ann")
    assert why.margin == pytest.approx(why.person_score - why.runner_up_score)
    assert why.margin < 0


def test_a_match_is_shown_beside_the_face_that_was_looked_for() -> None:
    world, _, _, _ = two_people()
    query = world.face(between(0.6, 0.0), 50)
    match = world.face(between(0.5, 0.5), 51)
    calibrator = Calibrator()
    why = explainer_of(world, calibrator).explain(match, probe=world.vectors[query])
    expected = float(world.vectors[query] @ world.vectors[match])
    assert (why.other_face_id, why.score) == (query, pytest.approx(expected))
    assert why.chance == pytest.approx(expected)
    ((matches, _, gallery),) = calibrator.asked
    assert matches.face_ids[0] == query  # the answer to the probe
    assert gallery == 11
    assert (why.person_id, why.votes, why.rank, why.runner_up) == (None, (), None, "")


def test_a_match_of_a_picture_from_outside_stands_alone() -> None:
    world, _, _, _ = two_people()
    match = world.face(between(0.5, 0.5), 51)
    why = explainer_of(world).explain(match, probe=between(0.6, 0.1))
    assert why.other_face_id is None
    assert why.score == pytest.approx(0.35 + np.sqrt(1 - 0.5) * np.sqrt(1 - 0.37), abs=1e-5)


def test_a_face_of_nobody_is_shown_beside_the_most_alike_one() -> None:
    world, _, _, _ = two_people()
    face = world.face(between(0.3, 0.0), 50)
    twin = world.face(between(0.3, 0.1), 51)
    why = explainer_of(world).explain(face)
    assert (why.person_id, why.standing, why.other_face_id) == (None, Standing.NOBODY, twin)
    assert why.person_score is None


def test_somebody_with_a_single_face_has_no_votes_for_it() -> None:
    world = Reader()
    face = world.face(between(0.9, 0.0), 1)
    world.name_faces([face], "Cleo")
    why = explainer_of(world).explain(face)
    assert (why.person_name, why.votes, why.rank, why.other_face_id, why.chance) == ("Cleo", (), None, None, None)


def test_what_makes_faces_hard_to_tell_and_what_was_said_is_told() -> None:
    world, ann, _, _ = two_people()
    face = world.face(between(0.7, 0.0), 50, score=0.4)
    world.quality[face] = Quality(20.0, 10.0, 2.0, -0.8)
    world.quality[1] = replace(GOOD, sharpness=10.0)
    world.reject([face], ann)
    why = explainer_of(world).explain(face, person_id=ann)
    assert why.flags == tuple(QualityFlag)
    assert why.other_flags == (QualityFlag.BLURRED,)
    assert why.said == (world.steps[-1],)


def test_a_persons_many_faces_are_sampled_over_all_times() -> None:
    world = Reader()
    rng = np.random.default_rng(0)
    faces = [world.face(near(0, 0.8, int(rng.integers(1, 30))), photo) for photo in range(700)]
    ann = world.name_faces(faces, "Ann").person_id
    face = world.face(between(0.8, 0.0), 900)
    why = explainer_of(world).explain(face, person_id=ann)
    assert why.rank is not None
    votes = [vote.face_id for vote in why.votes]
    assert min(votes) < 350 < max(votes)


def test_the_aligned_face_is_cut_from_its_photo() -> None:
    world, _, _, _ = two_people()
    assert explainer_of(world).aligned(3)[0, 0, 0] == 2
    world.rows[2]["photo_ids"] = 5000
    with pytest.raises(FaceappError, match="no longer in the library"):
        explainer_of(world).aligned(3)


def test_a_face_that_is_gone_or_has_no_vector_is_refused_in_words() -> None:
    world, _, _, _ = two_people()
    explainer = explainer_of(world)
    with pytest.raises(FaceappError, match="no longer in the library"):
        explainer.explain(99)
    late = world.face(between(0.5, 0.5), 80)
    with pytest.raises(FaceappError, match="not compared"):
        explainer.explain(late)
