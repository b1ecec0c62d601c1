"""Looking everything over: models, library, caches. What ``faceapp doctor`` and ``faceapp models`` list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from math import ceil
from typing import Any

from faceapp.bootstrap import HNSW_FROM, catalogue_of, hnsw_file, open_services
from faceapp.config import Config
from faceapp.errors import FaceappError, LibraryLockedError
from faceapp.ports import Embedders, Services
from faceapp.types import ModelState


@dataclass(frozen=True, slots=True)
class ListedModel:
    """A model as ``faceapp models`` lists it; ``problem`` says what is wrong with its file, None if nothing is."""

    id: str
    name: str
    purpose: str
    file: str
    licence: str
    source: str
    problem: str | None
    contract: str | None = None  # of an embedder, in words
    state: str | None = None  # of an embedder in a library
    vectors: int | None = None

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def list_models(config: Config, embedders: Embedders | None = None) -> Iterator[ListedModel]:
    """Yield every model with its file verified, detectors first; with the ``embedders`` of a library, their state."""
    from faceapp.faces.catalogue import read_model

    catalogue = catalogue_of(config)
    for model in (*catalogue.detectors.values(), *(() if embedders else catalogue.embedders.values())):
        problem = None
        try:
            read_model(model)
        except FaceappError as error:
            problem = str(error)
        purpose = "detector" if model.id in catalogue.detectors else "embedder"
        yield ListedModel(model.id, model.name, purpose, model.path.name, model.licence, model.source, problem)
    if embedders is None:
        for entry in catalogue.broken:
            yield ListedModel(entry.id, entry.name, "embedder", "", entry.licence, entry.source, entry.problem)
        return
    for info in embedders.listed():
        known = catalogue.embedders.get(info.id)
        file = "" if known is None else known.path.name
        facts = (info.licence, info.source, info.problem, info.contract, str(info.state), info.vectors)
        yield ListedModel(info.id, info.name, "embedder", file, *facts)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of ``doctor``."""

    part: str
    ok: bool
    text: str


def examine(config: Config) -> Iterator[Finding]:
    """Check models, library, thumbnails and index, make anew caches and names that do not fit; yield the findings."""
    from faceapp.embedders.containing import contained
    from faceapp.index.hnsw import hnsw_available

    try:
        for model in list_models(config):
            yield Finding(
                "model", model.problem is None, model.problem or f"{model.id}, {model.licence}, as it should be"
            )
        yield Finding("model", True, contained(_provider_report))
    except FaceappError as error:
        yield Finding("model", False, str(error))
    if hnsw_available():
        yield Finding("index", True, "hnswlib is installed: exact search, and HNSW beside it for similar faces")
    else:
        yield Finding(
            "index",
            True,
            "hnswlib is not installed: exact search answers everything (install faceapp[hnsw] to add HNSW)",
        )
    try:
        services = open_services(config, write=False)
    except FaceappError as error:
        yield Finding("library", False, str(error))
        return
    try:
        yield from _examine_library(config, services)
        searchable, dimension = len(services.gallery), services.recognition.dimension
    finally:
        services.close()
    try:
        settled = _mend(config)
    except LibraryLockedError:
        yield Finding("caches", True, "another Faceapp has this library open and looks after them")
    except FaceappError as error:
        yield Finding("caches", False, str(error))
    else:
        if settled:
            yield Finding("names", True, f"{settled:,} faces and people were made anew as you decided")
        yield Finding("caches", True, "thumbnails and index files fit the library, or were begun anew")
    if hnsw_available():
        yield Finding("index", True, _graph_report(config, searchable, dimension))


def _graph_report(config: Config, faces: int, dimension: int) -> str:
    from faceapp.index.hnsw import free_bytes, graph_bytes, memory_is_short

    if faces < HNSW_FROM:
        return f"no HNSW graph: exact search of {faces:,} faces needs no help before {HNSW_FROM:,}"
    needed = f"for {faces:,} faces it takes about {ceil(graph_bytes(faces, dimension) / 1e6):,} MB of memory"
    if memory_is_short(faces, dimension):
        return (
            f"the HNSW graph is left out: {needed}, and {free_bytes() / 1e6:,.0f} MB are free. "
            "Exact search answers everything"
        )
    if hnsw_file(config).exists():
        return f"the HNSW graph is there; {needed}"
    return f"the HNSW graph is not there yet: it is built while the window is open; {needed}"


def _mend(config: Config) -> int:
    """Bring in line what can be made anew; return how many faces and people were not as was decided."""
    services = open_services(config)  # which throws away caches that do not fit
    try:
        return services.settle()
    finally:
        services.close()


def _provider_report() -> str:
    from faceapp.faces.sessions import provider_report

    return provider_report()


def _examine_library(config: Config, services: Services) -> Iterator[Finding]:
    counts = services.reader.counts(config.store_score)
    yield Finding(
        "library",
        True,
        f"{config.library_dir}: {counts.photos:,} photos, {counts.faces:,} faces, {counts.people:,} people",
    )
    for problem in services.check():
        yield Finding("library", False, problem)
    yield Finding(
        "search",
        len(services.gallery) == counts.faces,
        f"{len(services.gallery):,} embeddings of {counts.faces:,} faces are searchable",
    )
    for info in services.embedders.listed():
        if info.vectors or info.state is ModelState.IN_USE:
            held = f"{info.vectors:,} faces have a vector of {info.id} ({info.state})"
            yield Finding("vectors", info.problem is None, f"{held}. {info.problem}" if info.problem else held)
    for folder in services.reader.folders():
        state = (
            f"{folder.path}: {folder.photos:,} photos"
            if folder.online
            else f"{folder.path} cannot be reached now; its photos stay searchable"
        )
        yield Finding("folder", True, state)
    problems = services.reader.problems()
    for photo in problems:
        yield Finding("photo", False, f"{photo.path}: {photo.reason}")
    if problems:
        yield Finding("photo", True, "To read these photos again: faceapp scan --retry FOLDER")
