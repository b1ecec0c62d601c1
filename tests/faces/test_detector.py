"""Decoding and merging, with made outputs in the model's place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from faceapp.config import models_dir
from faceapp.faces.catalogue import load_catalogue
from faceapp.faces.detector import Detector, decode, suppress
from faceapp.faces.pyramid import Found, levels, merge
from faceapp.types import FloatArray, Pixels

CENTRED = [(0.3, 0.4), (0.7, 0.4), (0.5, 0.6), (0.35, 0.8), (0.65, 0.8)]


def empty(rows: int, columns: int) -> list[FloatArray]:
    return [np.zeros((1, channels, rows, columns), np.float32) for channels in (1, 2, 2, 10)]


def put(outputs: list[FloatArray], row: int, column: int, width: float, height: float, score: float) -> None:
    """Write a face into the grid; the sizes are in pixels, the centre a quarter cell to the right, an eighth down."""
    heatmap, scale, offset, landmarks = outputs
    heatmap[0, 0, row, column] = score
    scale[0, :, row, column] = np.log(height / 4), np.log(width / 4)
    offset[0, :, row, column] = 0.125, 0.25
    landmarks[0, :, row, column] = [value for x, y in CENTRED for value in (y, x)]


class FakeSession:
    """Sees one face of a fixed share of the picture wherever it is asked."""

    def __init__(self, side: float, score: float = 0.9) -> None:
        self.side = side
        self.score = score
        self.shapes: list[tuple[int, ...]] = []
        self.tensors: list[FloatArray] = []

    def run(self, tensor: FloatArray) -> Sequence[FloatArray]:
        self.shapes.append(tensor.shape)
        self.tensors.append(tensor)
        rows, columns = tensor.shape[2] // 4, tensor.shape[3] // 4
        outputs = empty(rows, columns)
        side = self.side * tensor.shape[3]
        put(outputs, rows // 2, columns // 2, side, side, self.score)
        return outputs


def make(session: FakeSession, **options: float) -> Detector:
    long_side = int(options.get("long_side", 1600))
    return Detector(load_catalogue(models_dir()).detector, session, long_side=long_side)


def test_decoding_places_box_and_landmarks() -> None:
    outputs = empty(32, 40)
    put(outputs, 10, 20, 24, 36, 0.75)
    boxes, landmarks, scores = decode(outputs, 4, 0.35)
    centre = np.array([(20 + 0.25 + 0.5) * 4, (10 + 0.125 + 0.5) * 4])
    corner = centre - (12, 18)
    assert np.allclose(boxes, [[*corner, 24, 36]], atol=1e-4)
    assert np.allclose(landmarks[0], corner + np.array(CENTRED) * (24, 36), atol=1e-4)
    assert scores.tolist() == [0.75]


def test_decoding_drops_what_is_uncertain_not_finite_or_tiny() -> None:
    outputs = empty(16, 16)
    put(outputs, 1, 1, 20, 20, 0.30)
    put(outputs, 3, 3, 20, 20, 0.90)
    outputs[1][0, 0, 3, 3] = np.inf
    put(outputs, 5, 5, 20, 20, 0.90)
    outputs[3][0, 4, 5, 5] = np.nan
    put(outputs, 7, 7, 20, 2, 0.90)
    put(outputs, 9, 9, 20, 20, 0.35)
    _, _, scores = decode(outputs, 4, 0.35)
    assert len(scores) == 1
    assert scores[0] == pytest.approx(0.35)


def test_no_face_is_no_face() -> None:
    boxes, landmarks, scores = decode(empty(8, 8), 4, 0.35)
    assert boxes.shape == (0, 4)
    assert landmarks.shape == (0, 5, 2)
    assert suppress(boxes, scores, 0.3) == []


def test_of_overlapping_boxes_the_most_certain_stays() -> None:
    boxes = np.array([[0, 0, 100, 100], [10, 10, 100, 100], [200, 0, 50, 50], [75, 0, 100, 100]], float)
    scores = np.array([0.6, 0.9, 0.5, 0.7])
    # 0 and 1 share 0.68; 3 shares 0.14 with 0 and 0.24 with 1.
    assert suppress(boxes, scores, 0.3) == [1, 3, 2]


def test_a_face_seen_at_several_sizes_is_one_face() -> None:
    session = FakeSession(0.15)
    faces = make(session).detect(np.zeros((600, 800, 3), np.uint8))
    assert session.shapes == [(1, 3, 608, 800), (1, 3, 256, 320), (1, 3, 96, 128)]
    assert len(faces) == 1
    box = faces[0].box
    assert box.w == pytest.approx(0.15, abs=0.01)
    assert box.x + box.w / 2 == pytest.approx(0.5, abs=0.01)
    assert faces[0].landmarks[2][0] == pytest.approx(0.5, abs=0.01)


def test_a_large_photo_is_looked_at_whole_at_half_size_only() -> None:
    session = FakeSession(0.15)  # 120 pixels at half size: seen well enough
    make(session).detect(np.zeros((3000, 4000, 3), np.uint8))
    assert [shape[2:] for shape in session.shapes] == [(608, 800), (256, 320), (96, 128)]


class Scene:
    """A session that sees one small face where the picture has a bright spot: faintly, unless it comes close."""

    def __init__(self, far: float, near: float) -> None:
        self.far, self.near = far, near
        self.shapes: list[tuple[int, ...]] = []

    def run(self, tensor: FloatArray) -> Sequence[FloatArray]:
        self.shapes.append(tensor.shape[2:])
        rows, columns = tensor.shape[2] // 4, tensor.shape[3] // 4
        outputs = empty(rows, columns)
        brightness = tensor[0, 0]
        if brightness.max() > 100:
            y, x = np.unravel_index(int(brightness.argmax()), brightness.shape)
            close = tensor.shape[2] == tensor.shape[3] == 256
            side = 40 if close else 20
            put(outputs, int(y) // 4, int(x) // 4, side, side, self.near if close else self.far)
        return outputs


def spotted(x: int, y: int) -> Pixels:
    """Return a 12-megapixel picture, black but for a spot."""
    picture = np.zeros((3000, 4000, 3), np.uint8)
    picture[y - 10 : y + 10, x - 10 : x + 10] = 255
    return picture


def test_what_answers_faintly_gets_a_closer_look() -> None:
    scene = Scene(far=0.04, near=0.9)
    faces = make(scene).detect(spotted(3000, 1000))
    assert scene.shapes[-1] == (256, 256)
    assert scene.shapes.count((256, 256)) == 1
    assert [face.score for face in faces] == [pytest.approx(0.9)]
    box = faces[0].box
    assert (box.x + box.w / 2, box.y + box.h / 2) == (pytest.approx(0.75, abs=0.005), pytest.approx(1 / 3, abs=0.005))
    assert box.w == pytest.approx(40 / 1600, abs=1e-3)


def test_what_the_closer_look_does_not_confirm_is_no_face() -> None:
    scene = Scene(far=0.04, near=0.1)
    assert make(scene).detect(spotted(3000, 1000)) == []


def test_what_does_not_answer_at_all_costs_no_closer_look() -> None:
    scene = Scene(far=0.02, near=0.9)
    assert make(scene).detect(spotted(3000, 1000)) == []
    assert (256, 256) not in scene.shapes


def test_a_face_in_the_corner_is_found_too() -> None:
    faces = make(Scene(far=0.04, near=0.9)).detect(spotted(3950, 2950))
    assert len(faces) == 1


@pytest.mark.parametrize(
    ("height", "width"), [(3000, 4000), (4000, 3000), (1000, 1000), (250, 250), (97, 301), (1, 1), (1, 5000)]
)
def test_any_shape_is_fed_in_whole_multiples_and_at_most_the_long_side(height: int, width: int) -> None:
    session = FakeSession(0.2)
    for face in make(session, long_side=1280).detect(np.zeros((height, width, 3), np.uint8)):
        box = face.box
        assert 0 <= box.x <= box.x + box.w <= 1 + 1e-9
        assert 0 <= box.y <= box.y + box.h <= 1 + 1e-9
    for _, channels, rows, columns in session.shapes:
        assert channels == 3
        assert rows % 32 == 0
        assert columns % 32 == 0
        assert 0 < max(rows, columns) <= 1280


def test_an_empty_picture_has_no_faces() -> None:
    assert make(FakeSession(0.2)).detect(np.zeros((0, 10, 3), np.uint8)) == []


def test_the_model_gets_red_green_blue_and_the_padding_lies_at_the_right_and_bottom() -> None:
    session = FakeSession(0.2)
    make(session).detect(np.full((630, 640, 3), (10, 20, 30), np.uint8))
    tensor = session.tensors[0]
    assert tensor.shape == (1, 3, 640, 640)
    assert tensor[0, :, 0, 0].tolist() == [30, 20, 10]
    assert tensor[0, :, 629, 639].tolist() == [30, 20, 10]
    assert not tensor[0, :, 630:].any()


def test_levels_end_where_nothing_can_be_seen() -> None:
    assert [max(p.shape) for p in levels(np.zeros((600, 800, 3), np.uint8))] == [800, 320, 128]
    assert [max(p.shape) for p in levels(np.zeros((512, 640, 3), np.uint8))] == [640, 256]
    assert [max(p.shape) for p in levels(np.zeros((30, 40, 3), np.uint8))] == [40]


def test_small_photos_are_enlarged() -> None:
    session = FakeSession(0.2)
    make(session).detect(np.zeros((200, 250, 3), np.uint8))
    assert [shape[2:] for shape in session.shapes] == [(512, 640), (224, 256)]


def seen(size: float, score: float, x: float = 0.2, nose: float = 0.5) -> Found:
    landmarks = np.full((1, 5, 2), nose)
    return Found(np.array([[x, 0.2, 0.3, 0.3]]), landmarks, np.array([score]), np.array([size]))


def test_landmarks_are_the_mean_of_the_levels_that_see_the_face_well() -> None:
    merged = merge([seen(250, 0.6, nose=0.50), seen(100, 0.9, nose=0.52), seen(30, 0.8, nose=0.90)])
    assert len(merged.scores) == 1
    assert merged.scores[0] == 0.9
    assert np.allclose(merged.landmarks, 0.51)


def test_a_face_too_large_for_the_first_level_is_believed_to_the_next() -> None:
    merged = merge([seen(700, 0.9, nose=0.3), seen(280, 0.6, nose=0.5)])
    assert np.allclose(merged.landmarks, 0.5)


def test_a_face_that_no_level_sees_well_is_kept() -> None:
    merged = merge([seen(20, 0.5, nose=0.4), seen(8, 0.6, nose=0.3)])
    assert np.allclose(merged.landmarks, 0.4)
    assert merged.scores.tolist() == [0.6]


def test_two_faces_stay_two() -> None:
    merged = merge([seen(100, 0.5, x=0.1), seen(100, 0.6, x=0.6)])
    assert sorted(merged.scores.tolist()) == [0.5, 0.6]
