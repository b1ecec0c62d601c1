"""A gallery and a reader of a handful of faces in memory, whose answers can be held back."""

from __future__ import annotations

import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np

from faceapp.config import Config
from faceapp.index.matches import SortedMatches
from faceapp.ports import Services
from faceapp.types import Combine, FloatArray, IdArray
from faceapp.types_search import NO_FILTER, Filter
from tests.ui.calibration import FakeCalibrator
from tests.ui.window import WAIT_MS

FLOOR = 0.2


def unit(*values: float) -> FloatArray:
    vector = np.asarray(values, np.float32)
    return np.asarray(vector / np.linalg.norm(vector), np.float32)


class FakeGallery:
    """Holds faces 1, 2, … whose cosines to the first axis are ``scores``, two in each photo.

    ``asked`` are the keywords of each search. An answer comes while its gate, ``may_search`` or ``may_find``, is open.
    """

    def __init__(self, scores: FloatArray) -> None:
        self.scores = np.asarray(scores, np.float32)
        self.face_ids = np.arange(1, len(scores) + 1, dtype=np.int64)
        self.photo_ids = (self.face_ids + 1) // 2
        self.ready = True
        self.nearest_is_quick = False
        self.asked: list[dict[str, Any]] = []
        self.found = 0
        self.may_search, self.may_find = threading.Event(), threading.Event()
        self.let_go()

    def let_go(self) -> None:
        self.may_search.set()
        self.may_find.set()

    def __len__(self) -> int:
        return len(self.scores)

    def embedding(self, face_id: int) -> FloatArray | None:
        return unit(1, 0) if face_id in self.face_ids else None

    def search(
        self,
        probes: FloatArray,
        combine: Combine = Combine.ANY,
        *,
        exclude: FloatArray | None = None,
        without: float = 1.0,
        allowed: IdArray | None = None,
    ) -> SortedMatches:
        assert self.ready
        self.asked.append(
            {"probes": probes, "combine": combine, "exclude": exclude, "without": without, "allowed": allowed}
        )
        assert self.may_search.wait(WAIT_MS / 1000)
        kept = np.isin(self.face_ids, allowed) if allowed is not None else np.ones(len(self), np.bool_)
        return SortedMatches(self.face_ids[kept], self.photo_ids[kept], self.scores[kept], FLOOR)

    def nearest(self, probe: FloatArray, k: int) -> SortedMatches:
        assert self.ready
        self.found += 1
        assert self.may_find.wait(WAIT_MS / 1000)
        best = np.argsort(-self.scores, kind="stable")[:k]
        return SortedMatches(self.face_ids[best], self.photo_ids[best], self.scores[best], FLOOR)


class GalleryReader:
    """What a query asks the library: ``names`` by person, ``who`` by face, ``days`` by photo, since 1970."""

    def __init__(self, gallery: FakeGallery) -> None:
        self._gallery = gallery
        self.names: dict[int, str] = {}
        self.who: dict[int, int] = {}
        self.days = {int(photo): int(photo) for photo in np.unique(gallery.photo_ids)}
        self.passing: list[int] = []
        self.filters: list[Filter] = []

    def people(self) -> list[SimpleNamespace]:
        return [SimpleNamespace(id=person, name=name) for person, name in self.names.items()]

    def face_people(self) -> tuple[IdArray, IdArray]:
        faces = sorted(self.who)
        return np.array(faces, np.int64), np.array([self.who[face] for face in faces], np.int64)

    def photo_dates(self) -> tuple[IdArray, IdArray]:
        photos = sorted(self.days, key=lambda photo: -self.days[photo])
        moments = [self.days[photo] * 86_400_000_000 for photo in photos]
        return np.array(photos, np.int64), np.array(moments, np.int64)

    def photo_ids(self, *, only: Filter = NO_FILTER) -> IdArray:
        return self.photo_dates()[0]

    def filtered_faces(self, only: Filter) -> IdArray:
        self.filters.append(only)
        return np.array(self.passing, np.int64)

    def faces(self, ids: list[int]) -> list[SimpleNamespace]:
        known = [face for face in ids if face in self._gallery.face_ids]
        return [SimpleNamespace(id=face, person_name=self.names.get(self.who.get(face, 0))) for face in known]

    def vectors(self, face_ids: IdArray) -> tuple[IdArray, IdArray, FloatArray]:
        return face_ids, np.zeros_like(face_ids), np.stack([unit(1, 0)] * len(face_ids))


def services(gallery: FakeGallery, reader: GalleryReader, calibrator: FakeCalibrator | None = None) -> Services:
    """Return services that can answer a query, and nothing else."""
    nothing = cast(Any, SimpleNamespace())
    recognition = SimpleNamespace(model_id="fake", dimension=2, slider_minimum=FLOOR, search_threshold=0.45)
    return Services(
        config=Config(library_dir=Path("library")),
        reader=cast(Any, reader),
        people=nothing,
        people_reader=nothing,
        groups=nothing,
        review=nothing,
        explainer=nothing,
        problems=nothing,
        thumbnails=nothing,
        gallery=cast(Any, gallery),
        recognition=cast(Any, recognition),
        calibrator=calibrator or FakeCalibrator(),
        embedders=nothing,
        pictures=nothing,
        folders=nothing,
        upkeep=nothing,
        scanner=nothing,
        watch=nothing,
        on_saved=lambda _: None,
        forget_facts=lambda: None,
        check=list,
        settle=int,
        close=lambda: None,
    )
