from __future__ import annotations

import pytest

from faceapp.config import models_dir
from faceapp.faces.analyser import FaceAnalyser, open_analyser


@pytest.fixture(scope="session")
def analyser() -> FaceAnalyser:
    return open_analyser(models_dir())
