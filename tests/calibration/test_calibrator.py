from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from faceapp.calibration import pairs as making
from faceapp.calibration.calibration import LibraryCalibration
from faceapp.calibration.priors import priors_of
from faceapp.jobs import Cancelled, CancelToken
from tests.calibration.support import THRESHOLDS, Album, album, unit

PRIOR = LibraryCalibration.known_beforehand(priors_of(THRESHOLDS))
RNG = np.random.default_rng(9)


def promised_and_true(made: Album, threshold: float) -> tuple[float, int]:
    """Return the false matches promised and those that are there, over some hundred queries."""
    calibration, gallery = made.calibrator().refresh(), made.gallery()
    promised, true = 0.0, 0
    for row in range(0, len(made.vectors), len(made.vectors) // 200):
        matches = gallery.search(made.vectors[row])
        promised += calibration.outlook(matches, threshold, len(gallery)).strangers
        shown = matches.face_ids[: matches.count(threshold)] - 1
        true += int((made.people_of_faces[shown] != made.people_of_faces[row]).sum())
    return promised, true


def share(calibration: LibraryCalibration, threshold: float) -> float:
    return calibration.impostors.one(threshold)


def test_at_first_it_is_the_models_own_curve() -> None:
    current = album(5).calibrator().current
    assert (current.impostor_pairs, current.genuine_pairs) == (0, 0)
    assert share(current, 0.35) == share(PRIOR, 0.35)


@pytest.mark.parametrize("threshold", [0.25, 0.30, 0.35])
def test_the_promise_is_kept(threshold: float) -> None:
    promised, true = promised_and_true(album(1_500), threshold)
    assert true >= 20
    assert 0.6 < promised / true < 1.7


def test_a_library_without_faces_stays_with_the_models_curve() -> None:
    empty = Album(np.empty(0, np.int64), np.empty(0, np.int64), np.empty((0, 8), np.float32))
    found = empty.calibrator().refresh()
    assert found.impostor_pairs == 0
    assert share(found, 0.35) == pytest.approx(share(PRIOR, 0.35))


def test_a_few_photos_hardly_move_the_curve() -> None:
    found = album(3, faces=2).calibrator().refresh()
    assert found.impostor_pairs == 3
    assert share(found, 0.35) == pytest.approx(share(PRIOR, 0.35), rel=0.3)


def test_collages_and_mirrors_do_not_count() -> None:
    made = album(400)
    collages = 200
    centres = unit(RNG.standard_normal((collages, made.vectors.shape[1])))
    faces = unit(np.sqrt(0.7) * np.repeat(centres, 4, axis=0) + np.sqrt(0.3) * unit(RNG.standard_normal((800, 100))))
    mixed = replace(
        made,
        photo_ids_of_faces=np.append(made.photo_ids_of_faces, 1_000 + np.repeat(np.arange(collages), 4)),
        people_of_faces=np.append(made.people_of_faces, 1_000 + np.repeat(np.arange(collages), 4)),
        vectors=np.concatenate([made.vectors, faces]),
    )
    clean, found = made.calibrator().refresh(), mixed.calibrator().refresh()
    assert found.impostor_pairs == clean.impostor_pairs == 1_200
    assert share(found, 0.40) == pytest.approx(share(clean, 0.40), rel=0.5)


def test_copies_of_a_photo_count_once() -> None:
    made = album(100)
    order = np.arange(300).reshape(100, 3)
    twice = np.concatenate([order, order], axis=1).ravel()
    copied = Album(np.repeat(np.arange(1, 201), 3), made.people_of_faces[twice], made.vectors[twice])
    assert copied.calibrator().refresh().impostor_pairs == made.calibrator().refresh().impostor_pairs == 300


def test_confirmed_names_tell_what_is_missed() -> None:
    made = album(300, people=10, same=0.5, named=[1, 2, 3])
    found = made.calibrator().refresh()
    assert found.genuine_pairs > 100
    missed = found.outlook(made.gallery().search(made.vectors[0]), 0.5, len(made.vectors)).missed
    assert missed == pytest.approx(0.5, abs=0.15)  # the model's curve alone would say 0.02


def test_weak_faces_are_weighed_as_the_whole_library_holds_them() -> None:
    made = album(400)
    weak = replace(made, weak=range(1, 1_201))
    blurred = unit(np.where(RNG.random((1_200, 1)) < 0.5, made.vectors + 0.045, made.vectors))
    some = replace(made, vectors=blurred, weak=np.flatnonzero((blurred != made.vectors).any(axis=1)) + 1)
    assert share(some.calibrator().refresh(), 0.3) > 1.5 * share(weak.calibrator().refresh(), 0.3)


def test_the_same_faces_give_the_same_calibration() -> None:
    made = album(200)
    first, second = made.calibrator().refresh(), made.calibrator().refresh()
    assert np.array_equal(first.impostors.logarithms, second.impostors.logarithms)


def test_current_is_replaced_and_never_changed() -> None:
    calibrator = album(200).calibrator()
    before = calibrator.current
    kept = before.impostors.logarithms.copy()
    after = calibrator.refresh()
    assert calibrator.current is after is not before
    assert np.array_equal(before.impostors.logarithms, kept)


def test_a_cancelled_refresh_leaves_the_calibration_as_it_was() -> None:
    calibrator = album(50).calibrator()
    before, cancel = calibrator.current, CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        calibrator.refresh(cancel)
    assert calibrator.current is before


def test_faces_that_left_meanwhile_are_left_out() -> None:
    made = album(100)
    gallery = made.gallery()
    listing = gallery.listing()
    gallery.remove(np.arange(1, 151))
    gallery.listing = lambda: listing  # type: ignore[method-assign]
    calibrator = made.calibrator()
    calibrator._gallery = gallery
    assert calibrator.refresh().impostor_pairs == 150


def test_pairs_beyond_photos_are_of_two_people() -> None:
    made = album(300, people=12)
    pairs = making.pairs_in_photos(made.photo_ids_of_faces, RNG)
    scores = making.scores_beyond_photos(made.vectors, pairs, 0.55)
    different = made.people_of_faces[:, None] != made.people_of_faces[None, :]
    all_scores = (made.vectors @ made.vectors.T)[np.triu(different, 1)]
    assert len(scores) == pytest.approx(len(all_scores), rel=0.02)
    assert scores.max() == pytest.approx(all_scores.max(), abs=0.05)
    assert np.quantile(scores, 0.999) == pytest.approx(np.quantile(all_scores, 0.999), abs=0.01)
