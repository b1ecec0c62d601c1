"""Making the vectors of a second embedder from stored landmarks."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from faceapp.errors import ModelError
from faceapp.jobs import CancelToken
from faceapp.processes import ChildDied
from faceapp.types import ReembedProgress
from tests.embedders.rig import DIMENSIONS, NEW, OLD, Rig
from tests.fakes import unit_vector, write_photo


def fill(rig: Rig, count: int, faces: int = 2) -> None:
    for number in range(count):
        write_photo(rig.photos / f"{number:03}.png", faces=faces, tint=number)
    rig.scan()


def test_every_face_gets_the_vector_that_a_scan_would_have_given_it(rig: Rig) -> None:
    fill(rig, 5)
    calls = rig.analyser.calls
    done = rig.embedders.embed_all(NEW)
    assert (done.done, done.total, done.failed) == (10, 10, 0)
    assert rig.analyser.calls == calls  # nothing was detected
    faces = rig.library.reader.faces(rig.library.reader.face_ids(min_score=0).tolist())
    ids, vectors = rig.library.vectors.vectors_of(NEW, [face.id for face in faces])
    assert ids.tolist() == [face.id for face in faces]
    for face, vector in zip(faces, vectors, strict=True):
        (photo,) = rig.library.reader.photos([face.photo_id])
        seed = 1000 * int(photo.path.stem) + round((face.box.x - 0.05) / 0.15)
        assert np.allclose(vector, unit_vector(seed, DIMENSIONS[NEW]), atol=1e-3)


def test_nothing_is_embedded_twice(rig: Rig) -> None:
    fill(rig, 2)
    rig.embedders.embed_all(NEW)
    rig.asked.clear()
    assert rig.embedders.embed_all(NEW).total == 0
    assert rig.asked == []


def test_only_what_came_since_is_embedded(rig: Rig) -> None:
    fill(rig, 2)
    rig.embedders.embed_all(NEW)
    write_photo(rig.photos / "later.png", faces=3, tint=200)
    rig.scan()
    rig.asked.clear()
    assert rig.embedders.embed_all(NEW).done == 3
    assert [request.path.name for request in rig.asked] == ["later.png"]


def test_the_faces_of_a_crowd_come_in_parts(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("faceapp.embedders.reembedding._FACES", 2)
    fill(rig, 1, faces=5)
    assert rig.embedders.embed_all(NEW).done == 5
    assert [len(request.faces) for request in rig.asked] == [2, 2, 1]


def test_photos_that_cannot_be_read_now_are_counted_and_the_rest_is_embedded(rig: Rig) -> None:
    fill(rig, 5)
    (rig.photos / "001.png").unlink()
    write_photo(rig.photos / "002.png", faces=2, tint=99)  # edited since it was read
    rig.deaths["003.png"] = ChildDied("crashed")
    done = rig.embedders.embed_all(NEW)
    assert (done.done, done.total, done.failed) == (4, 10, 6)
    with pytest.raises(ModelError, match="6 faces have no vector"):
        rig.embedders.use(NEW)


def test_a_run_can_be_cancelled_and_gone_on_with(rig: Rig) -> None:
    fill(rig, 30)
    token = CancelToken()
    answer, begun = rig.pool._work, threading.Event()

    def stop_at_the_fifth(request: object) -> object:
        if len(rig.asked) == 4:
            token.cancel()
        begun.set()
        return answer(request)

    rig.pool._work = stop_at_the_fifth
    first = rig.embedders.embed_all(NEW, cancel=token)
    assert 0 < first.done < 60
    assert rig.library.vectors.missing(NEW) == 60 - first.done
    rig.asked.clear()
    second = rig.embedders.embed_all(NEW)
    assert (second.total, second.done) == (60 - first.done, 60 - first.done)


def test_a_cancelled_token_embeds_nothing(rig: Rig) -> None:
    fill(rig, 2)
    token = CancelToken()
    token.cancel()
    assert rig.embedders.embed_all(NEW, cancel=token).done == 0
    assert rig.asked == []


def test_a_paused_run_waits(rig: Rig) -> None:
    fill(rig, 3)
    token = CancelToken()
    token.pause()
    done: list[ReembedProgress] = []
    told = threading.Event()
    run = threading.Thread(
        target=lambda: done.append(rig.embedders.embed_all(NEW, cancel=token, progress=lambda _: told.set()))
    )
    run.start()
    assert told.wait(30)
    assert rig.asked == []
    token.resume()
    run.join(30)
    assert done[0].done == 6


def test_few_requests_are_on_their_way_at_once(rig: Rig) -> None:
    fill(rig, 40, faces=1)
    out = most = 0
    lock, submit = threading.Lock(), rig.pool.submit

    def count(request: object, *, urgent: bool = False) -> object:
        nonlocal out, most
        with lock:
            out += 1
            most = max(most, out)
        future = submit(request)
        future.add_done_callback(back)
        return future

    def back(_: object) -> None:
        nonlocal out
        with lock:
            out -= 1

    rig.pool.submit = count  # type: ignore[method-assign, assignment]
    assert rig.embedders.embed_all(NEW).done == 40
    assert 1 < most <= 2 * rig.pool.count + 2
    token = CancelToken()
    token.set_gentle(True)
    rig.embedders.drop(NEW)
    most = 0
    assert rig.embedders.embed_all(NEW, cancel=token).done == 40
    assert most == 1


def test_progress_ends_with_the_result(rig: Rig) -> None:
    fill(rig, 3)
    told: list[ReembedProgress] = []
    rig.embedders.embed_all(NEW, progress=told.append)
    assert (told[0].done, told[0].total) == (0, 6)
    assert (told[-1].done, told[-1].total, told[-1].failed) == (6, 6, 0)


def test_a_model_that_fails_ends_the_run_and_what_was_embedded_stays(rig: Rig) -> None:
    fill(rig, 30)
    rig.deaths["015.png"] = ModelError("the model gave a vector that is not finite")
    with pytest.raises(ModelError, match="not finite"):
        rig.embedders.embed_all(NEW)
    kept = rig.library.vectors.counts()[1][NEW]
    assert 0 < kept < 60
    rig.deaths.clear()
    assert rig.embedders.embed_all(NEW).done == 60 - kept


def test_vectors_lost_by_the_model_in_use_are_made_again(rig: Rig, opened: Callable[[], Rig]) -> None:
    fill(rig, 2)
    with rig.library._database.write() as connection:
        connection.exec_driver_sql("DELETE FROM embedding WHERE face_id IN (1, 3)")
    again = opened()
    assert len(again.gallery) == 2
    assert again.embedders.embed_all(OLD).done == 2
    assert len(again.gallery) == 4


def test_a_model_whose_file_is_damaged_is_not_begun_with(rig: Rig, tmp_path: Path) -> None:
    fill(rig, 1)
    (rig.models / "new.onnx").write_text("bent")
    with pytest.raises(ModelError, match="damaged"):
        rig.embedders.embed_all(NEW)
    assert rig.asked == []
