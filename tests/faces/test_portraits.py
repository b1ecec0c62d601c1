"""The bundled models on the portraits that the project carries."""

from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import cv2
import numpy as np
import pytest

from faceapp.faces.analyser import FaceAnalyser
from faceapp.types import AnalysedFace, Pixels
from tests.faces.shared import PORTRAITS, read

NAMES = sorted(p.name for p in PORTRAITS.iterdir() if p.suffix in {".jpg", ".png"})
OBAMA = ["obama.jpg", "obama2.jpg", "obama3.jpg", "obama_partial_face.jpg", "obama_partial_face2.jpg"]


@pytest.fixture(scope="module")
def faces(analyser: FaceAnalyser) -> dict[str, AnalysedFace]:
    """Return the one face of every portrait."""
    found = {name: analyser.analyse(read(PORTRAITS / name)) for name in NAMES}
    assert {name: len(of) for name, of in found.items()} == dict.fromkeys(NAMES, 1)
    return {name: of[0] for name, of in found.items()}


def only(faces: list[AnalysedFace]) -> AnalysedFace:
    (face,) = faces
    return face


def cosine(a: AnalysedFace, b: AnalysedFace) -> float:
    return float(a.embedding @ b.embedding)


def turned(pixels: Pixels, degrees: float) -> Pixels:
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return np.asarray(cv2.warpAffine(pixels, matrix, (width, height)), np.uint8)


def test_the_pictures_are_the_ones_that_the_page_beside_them_names() -> None:
    page = (PORTRAITS / "README.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `([^`]+)` .*`([0-9a-f]{64})` \|$", page, re.MULTILINE))
    assert listed == {name: sha256((PORTRAITS / name).read_bytes()).hexdigest() for name in NAMES}


def test_every_portrait_has_one_face_with_landmarks_in_place(faces: dict[str, AnalysedFace]) -> None:
    for name, face in faces.items():
        box, (left, right, nose, mouth_left, mouth_right) = face.detection.box, face.detection.landmarks
        assert face.detection.score > 0.5, name
        for x, y in face.detection.landmarks:
            # Of a face cut by the edge, landmarks may lie a little outside.
            slack = 0.02 if "partial" in name else 0.0
            assert box.x - slack <= x <= box.x + box.w + slack, name
            assert box.y <= y <= box.y + box.h, name
        assert left[0] < right[0], name
        assert mouth_left[0] < mouth_right[0], name
        assert max(left[1], right[1]) < nose[1] < min(mouth_left[1], mouth_right[1]), name


def test_embeddings_are_unit_vectors(analyser: FaceAnalyser, faces: dict[str, AnalysedFace]) -> None:
    for face in faces.values():
        assert face.embedding.shape == (analyser.dimension,)
        assert face.embedding.dtype == np.float32
        assert float(np.linalg.norm(face.embedding)) == pytest.approx(1, abs=1e-5)
        assert face.quality.norm > 2


def test_one_person_scores_above_the_threshold_and_others_far_below(
    analyser: FaceAnalyser, faces: dict[str, AnalysedFace]
) -> None:
    assert analyser.slider_minimum < analyser.search_threshold == 0.40
    for a in NAMES:
        for b in NAMES:
            if a in OBAMA and b in OBAMA:
                assert cosine(faces[a], faces[b]) > 0.60, (a, b)
            elif a != b:
                assert cosine(faces[a], faces[b]) < 0.25, (a, b)


@pytest.mark.parametrize("degrees", [-30, -15, 15, 30])
def test_a_tilted_head_is_the_same_face(analyser: FaceAnalyser, faces: dict[str, AnalysedFace], degrees: float) -> None:
    face = only(analyser.analyse(turned(read(PORTRAITS / "obama.jpg"), degrees)))
    assert cosine(face, faces["obama.jpg"]) > 0.9
    assert abs(face.quality.yaw) < 0.25


def test_the_mirror_image_turns_the_other_way(analyser: FaceAnalyser, faces: dict[str, AnalysedFace]) -> None:
    face = only(analyser.analyse(np.ascontiguousarray(read(PORTRAITS / "obama2.jpg")[:, ::-1])))
    assert faces["obama2.jpg"].quality.yaw < -0.2
    assert face.quality.yaw > 0.2
    assert cosine(face, faces["obama2.jpg"]) > 0.8


@pytest.mark.parametrize("scale", [0.15, 0.4, 3.0])
def test_size_does_not_matter(analyser: FaceAnalyser, faces: dict[str, AnalysedFace], scale: float) -> None:
    """From a face of 35 pixels to one of 700."""
    photo = read(PORTRAITS / "obama.jpg")
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    face = only(analyser.analyse(np.asarray(cv2.resize(photo, None, fx=scale, fy=scale, interpolation=way), np.uint8)))
    assert cosine(face, faces["obama.jpg"]) > 0.85
    assert face.detection.box.iou(faces["obama.jpg"].detection.box) > 0.8
    assert face.quality.size_px == pytest.approx(faces["obama.jpg"].quality.size_px * scale, rel=0.1)


def test_a_close_up_that_fills_the_picture_is_found(analyser: FaceAnalyser, faces: dict[str, AnalysedFace]) -> None:
    photo = read(PORTRAITS / "grace_hopper.jpg")
    x, y, w, h = faces["grace_hopper.jpg"].detection.box.to_pixels(photo.shape[1], photo.shape[0])
    close = cv2.resize(photo[y - h // 8 : y + h + h // 8, x - w // 8 : x + w + w // 8], None, fx=6, fy=6)
    assert max(close.shape) > 1500
    face = only(analyser.analyse(np.asarray(close, np.uint8)))
    assert cosine(face, faces["grace_hopper.jpg"]) > 0.8


def test_blur_lowers_both_signs_of_quality(analyser: FaceAnalyser, faces: dict[str, AnalysedFace]) -> None:
    blurred = cv2.GaussianBlur(read(PORTRAITS / "obama.jpg"), (0, 0), 8)
    face = only(analyser.analyse(np.asarray(blurred, np.uint8)))
    assert face.quality.sharpness < 0.1 * faces["obama.jpg"].quality.sharpness
    assert face.quality.norm < faces["obama.jpg"].quality.norm


def test_the_largest_face_comes_first(analyser: FaceAnalyser, faces: dict[str, AnalysedFace]) -> None:
    large, small = read(PORTRAITS / "astronaut.png"), read(PORTRAITS / "grace_hopper.jpg")
    small = np.asarray(cv2.resize(small, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA), np.uint8)
    photo = np.full((600, 800, 3), 120, np.uint8)
    photo[: small.shape[0], : small.shape[1]] = small
    photo[50:562, 250:762] = large
    first, second = analyser.analyse(photo)
    assert cosine(first, faces["astronaut.png"]) > 0.9
    assert cosine(second, faces["grace_hopper.jpg"]) > 0.5
    assert first.quality.size_px > second.quality.size_px


@pytest.mark.parametrize("shade", [0, 128, 255])
def test_an_even_picture_has_no_face(analyser: FaceAnalyser, shade: int) -> None:
    assert analyser.analyse(np.full((480, 640, 3), shade, np.uint8)) == []


def test_the_picture_is_not_changed(analyser: FaceAnalyser) -> None:
    photo = read(PORTRAITS / "astronaut.png")
    before = photo.copy()
    photo.setflags(write=False)
    analyser.analyse(photo)
    assert np.array_equal(photo, before)


def test_several_threads_get_what_one_gets(analyser: FaceAnalyser, faces: dict[str, AnalysedFace]) -> None:
    names = ["astronaut.png", "grace_hopper.jpg", "obama.jpg"] * 4
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda name: analyser.analyse(read(PORTRAITS / name)), names))
    for name, answer in zip(names, answers, strict=True):
        assert only(answer).detection == faces[name].detection
        assert np.allclose(only(answer).embedding, faces[name].embedding, atol=1e-6)


def test_importing_the_analyser_does_not_load_onnxruntime() -> None:
    code = "import sys, faceapp.faces.analyser; sys.exit('onnxruntime' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
