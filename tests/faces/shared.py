"""Pictures of faces that tests may look at but the project does not carry: a folder beside the checkout."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from faceapp.types import Pixels

REPOSITORY = Path(__file__).resolve().parents[2]
PORTRAITS = REPOSITORY / "tests" / "portraits"
SHARED_FACES = REPOSITORY.parent / "shared" / "faces"

needs_shared_faces = pytest.mark.skipif(
    not (SHARED_FACES / "lfw").is_dir(), reason=f"needs the labelled faces in {SHARED_FACES}, which are not there"
)


def read(path: Path) -> Pixels:
    """Return an upright BGR picture; fails the test if it cannot be decoded."""
    pixels = cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), cv2.IMREAD_COLOR)
    assert pixels is not None, path
    return np.asarray(pixels, np.uint8)
