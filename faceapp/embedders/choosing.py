"""Which embedder a library is opened with."""

from __future__ import annotations

import logging

from faceapp.errors import ModelError
from faceapp.faces.catalogue import Catalogue, check_file, read_model
from faceapp.library.embeddings import StoredModels

log = logging.getLogger(__name__)


def choose_embedder(catalogue: Catalogue, stored: StoredModels, *, rescue: bool = False) -> str:
    """Return the id of the embedder to open a library with.

    That is the one that was chosen for it; if that is missing or damaged, the default one, provided that it has vectors
    or that this is a ``rescue``. Raises ``ModelError`` that says how to get out.
    """
    default = catalogue.embedder
    check_file(catalogue.detector)
    if stored.chosen in (None, default.id):
        check_file(default)
        return default.id
    assert stored.chosen is not None
    try:
        read_model(catalogue.choose_embedder(stored.chosen))
    except ModelError as error:
        check_file(default)
        way_out = f"`faceapp models embed {default.id}`, then `faceapp models use {default.id}`"
        if not rescue and not stored.has_vectors(default.id):
            raise ModelError(f"{error} To go on without it, run {way_out}. Names are kept.") from error
        log.warning("%s Until then this library works with %s. To stay with that: %s.", error, default.id, way_out)
        return default.id
    return stored.chosen
