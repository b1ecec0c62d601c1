"""The bundled models on labelled photos: who is found, who is told apart, at the default threshold."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from faceapp.faces.analyser import FaceAnalyser
from faceapp.types import AnalysedFace, Box
from tests.faces.shared import SHARED_FACES, needs_shared_faces, read

pytestmark = needs_shared_faces


@pytest.fixture(scope="module")
def lfw(analyser: FaceAnalyser) -> dict[Path, list[AnalysedFace]]:
    """Return the faces of 100 photos of ten people, the folder being the person."""
    return {path: analyser.analyse(read(path)) for path in sorted((SHARED_FACES / "lfw").glob("*/*.jpg"))}


def test_every_photo_has_a_face(lfw: dict[Path, list[AnalysedFace]]) -> None:
    assert len(lfw) == 100
    assert [path.name for path, faces in lfw.items() if not faces] == []


def test_the_threshold_tells_people_apart(analyser: FaceAnalyser, lfw: dict[Path, list[AnalysedFace]]) -> None:
    """Each photo's largest face is the query; another photo is found when any of its faces reaches the threshold.

    A dozen photos show a second person. Their extra faces take part: finding one would count as an error.
    """
    right = wrong = missed = 0
    for query, faces in lfw.items():
        for photo, others in lfw.items():
            if photo == query:
                continue
            score = max(float(faces[0].embedding @ other.embedding) for other in others)
            found, same = score >= analyser.search_threshold, photo.parent == query.parent
            right += found and same
            wrong += found and not same
            missed += same and not found
    assert right + missed == 900
    assert right / (right + missed) >= 0.995
    assert right / (right + wrong) >= 0.995


def test_scores_of_one_person_and_of_two_lie_far_apart(lfw: dict[Path, list[AnalysedFace]]) -> None:
    vectors = np.array([faces[0].embedding for faces in lfw.values()])
    people = np.array([path.parent.name for path in lfw])
    rows, columns = np.triu_indices(len(people), 1)
    scores = (vectors @ vectors.T)[rows, columns]
    same = people[rows] == people[columns]
    assert scores[same].mean() > 0.68
    assert abs(scores[~same].mean()) < 0.05
    worst_in_a_thousand = np.quantile(scores[~same], 0.999)
    assert (scores[same] > worst_in_a_thousand).mean() >= 0.995


@pytest.mark.parametrize("listed", ["training.xml", "testing.xml"])
def test_every_annotated_face_of_a_group_is_found(analyser: FaceAnalyser, listed: str) -> None:
    folder = SHARED_FACES / "groups"
    wanted = 0
    for image in ElementTree.parse(folder / listed).getroot().iter("image"):
        photo = read(folder / image.attrib["file"])
        height, width = photo.shape[:2]
        faces = analyser.analyse(photo)
        for given in image.iter("box"):
            left, top, wide, high = (float(given.attrib[key]) for key in ("left", "top", "width", "height"))
            box = Box(left / width, top / height, wide / width, high / height)
            assert max(face.detection.box.iou(box) for face in faces) >= 0.3, (image.attrib["file"], given.attrib)
            wanted += 1
    assert wanted >= 18


def test_dogs_have_no_faces(analyser: FaceAnalyser) -> None:
    assert analyser.analyse(read(SHARED_FACES / "groups" / "dogs.jpg")) == []
