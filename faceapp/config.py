"""Every setting and where the files of the program live. A typed value, no globals."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import platformdirs

from faceapp.errors import FaceappError

_PACKAGE = Path(__file__).resolve().parent


def _shipped(installed: str, checkout: str) -> Path:
    """Return a folder that the wheel puts into the package and a checkout keeps beside it."""
    inside = _PACKAGE / installed
    return inside if inside.is_dir() else _PACKAGE.parent / checkout


def models_dir() -> Path:
    """Return the folder of ``manifest.toml`` and the bundled .onnx files."""
    return _shipped("_models", "models")


def resources_dir() -> Path:
    """Return the folder of icons and theme."""
    return _shipped("_resources", "resources")


def default_library_dir() -> Path:
    """Return the user's own library folder; ``FACEAPP_LIBRARY`` overrides it."""
    chosen = os.environ.get("FACEAPP_LIBRARY")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir("Faceapp", appauthor=False)) / "library"


def config_file() -> Path:
    """Return where the user's settings are read from."""
    return Path(platformdirs.user_config_dir("Faceapp", appauthor=False)) / "faceapp.toml"


@dataclass(frozen=True)
class Config:
    """The settings. Every field but ``library_dir`` may stand in ``faceapp.toml``."""

    library_dir: Path = field(default_factory=default_library_dir)
    detector_long_side: int = 1600  # pixels; larger finds smaller faces and takes longer
    store_score: float = 0.35  # detector confidence from which a face is kept
    show_score: float = 0.50  # detector confidence from which views show a face
    workers: int = 0  # child processes that read photos; 0 means one a processor

    @property
    def worker_count(self) -> int:
        return self.workers or os.cpu_count() or 1


_LIMITS: dict[str, tuple[float, float]] = {
    "detector_long_side": (320, 4096),
    "store_score": (0.05, 0.95),
    "show_score": (0.05, 0.95),
    "workers": (0, 256),
}


def load_config(library_dir: Path | None = None, path: Path | None = None) -> Config:
    """Read the settings file, if there is one, over the defaults.

    Raises ``FaceappError`` that names the file and the setting when a value cannot be used.
    """
    path = path or config_file()
    config = Config() if library_dir is None else Config(library_dir=library_dir)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return config
    except (OSError, UnicodeDecodeError) as error:
        raise FaceappError(f"The settings file {path} cannot be read ({error}). Mend it or delete it.") from error
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FaceappError(f"The settings file {path} is not valid TOML: {error}. Mend it or delete it.") from error
    changes: dict[str, Any] = {}
    known = {f.name for f in fields(Config)} - {"library_dir"}
    for key, value in values.items():
        if key not in known:
            raise FaceappError(
                f"The settings file {path} has an unknown setting “{key}”. Known: {', '.join(sorted(known))}."
            )
        low, high = _LIMITS[key]
        whole = isinstance(getattr(config, key), int)
        if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)) or not low <= value <= high:
            kind = "a whole number" if whole else "a number"
            raise FaceappError(f"The setting “{key}” in {path} must be {kind} from {low:g} to {high:g}, not {value!r}.")
        changes[key] = value
    return replace(config, **changes)
