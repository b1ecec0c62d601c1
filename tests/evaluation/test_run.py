"""Looking at the pictures of pairs: once each, in parallel, with a way out."""

from __future__ import annotations

import threading
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from faceapp.errors import FaceappError, ModelError
from faceapp.evaluation.pairs import Pairs, even_folds
from faceapp.evaluation.run import LookProgress, evaluate
from faceapp.jobs import Cancelled, CancelToken
from tests.evaluation.support import BOX, NamedPictures


def pairs_of(*rows: tuple[str, str, int]) -> Pairs:
    names = sorted({name for a, b, _ in rows for name in (a, b)})
    same = np.array([bool(same) for _, _, same in rows])
    first, second = (np.array([names.index(str(row[column])) for row in rows]) for column in (0, 1))
    return Pairs("made", tuple(Path(f"{name}.jpg") for name in names), first, second, same, even_folds(same))


PAIRS = pairs_of(("a", "b", 1), ("c", "d", 1), ("a", "c", 0), ("b", "d", 0), ("a", "d", 0))
ANGLES: dict[str, float | None] = {"a": 0, "b": 30, "c": 90, "d": 120}


def test_the_largest_faces_are_compared() -> None:
    pictures = NamedPictures(ANGLES)
    evaluation = evaluate(PAIRS, pictures, "m")
    expected = np.cos(np.radians([30, 30, 90, 90, 120]))
    assert evaluation.scores == pytest.approx(expected, abs=1e-6)
    assert evaluation.usable.all()
    assert evaluation.problems == ()
    assert evaluation.boxes == (BOX,) * 4
    assert evaluation.verification.auc == 1


def test_each_picture_is_looked_at_once() -> None:
    pictures = NamedPictures(ANGLES)
    seen: list[LookProgress] = []
    evaluate(PAIRS, pictures, "m", progress=seen.append)
    assert sorted(pictures.found) == ["a", "b", "c", "d"]
    assert [(progress.done, progress.total) for progress in seen] == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_several_pictures_are_asked_for_at_once() -> None:
    both = threading.Barrier(2)

    def wait() -> None:
        both.wait(30)

    evaluate(PAIRS, NamedPictures(ANGLES, on_find=wait), "m", in_flight=2)
    assert not both.broken


def test_pictures_without_a_face_count_as_two_people() -> None:
    evaluation = evaluate(PAIRS, NamedPictures({"a": 0, "b": 30, "d": None}), "m")
    assert [str(problem.path) for problem in evaluation.problems] == ["c.jpg", "d.jpg"]
    assert [problem.reason for problem in evaluation.problems] == [
        "c.jpg is not a picture.",
        "No face was found in d.jpg.",
    ]
    assert evaluation.usable.tolist() == [True, False, False, False, False]
    assert evaluation.scores[1:].tolist() == [-1] * 4
    assert evaluation.verification.best_balanced == 0.75  # one of the two pairs of one person is missed
    assert evaluation.boxes == (BOX, BOX, None, None)


def test_nothing_to_compare_is_said() -> None:
    with pytest.raises(FaceappError, match=r"No pair in made .* b\.jpg is not a picture"):
        evaluate(PAIRS, NamedPictures({"a": 0}), "m")


@pytest.mark.parametrize("in_flight", [1, 3])
def test_cancel_stops_between_pictures(in_flight: int) -> None:
    names = [f"p{number:02}" for number in range(40)]
    pairs = pairs_of(*((a, b, number % 2) for number, (a, b) in enumerate(pairwise(names))))
    cancel = CancelToken()
    pictures = NamedPictures(dict.fromkeys(names, 0.0), on_find=cancel.cancel)
    with pytest.raises(Cancelled):
        evaluate(pairs, pictures, "m", in_flight=in_flight, cancel=cancel)
    assert 1 <= len(pictures.found) <= in_flight
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith("evaluation")]


def test_what_no_picture_is_to_blame_for_ends_everything() -> None:
    def fail() -> None:
        raise ModelError("The model is damaged.")

    with pytest.raises(ModelError):
        evaluate(PAIRS, NamedPictures(ANGLES, on_find=fail), "m")
