"""Every setting and where the files of the program live. A typed value, no globals."""

from __future__ import annotations

import contextlib
import json
import os
import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final

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
    photo_memory_mb: int = 3072  # what reading a single photo may take before it is given up
    ignore: tuple[str, ...] = ()  # names and patterns of files and folders that reading passes over
    language: str = ""  # of the window: "en", "zh_CN", or "" for the system's

    @property
    def worker_count(self) -> int:
        return self.workers or os.cpu_count() or 1


_LIMITS: dict[str, tuple[float, float]] = {
    "detector_long_side": (320, 4096),
    "store_score": (0.05, 0.95),
    "show_score": (0.05, 0.95),
    "workers": (0, 256),
    "photo_memory_mb": (1024, 3072),
}
LANGUAGES: Final = ("", "en", "zh_CN")


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
    known = set(_known())
    for key, value in values.items():
        if key not in known:
            raise FaceappError(
                f"The settings file {path} has an unknown setting “{key}”. Known: {', '.join(sorted(known))}."
            )
        changes[key] = _checked(key, value, path)
    return replace(config, **changes)


def save_config(config: Config, path: Path | None = None) -> None:
    """Write the settings file: what differs from the defaults, whole or not at all. Raises ``FaceappError``."""
    path = path or config_file()
    usual = Config(library_dir=config.library_dir)
    lines = [
        f"{name} = {_as_toml(getattr(config, name))}"
        for name in _known()
        if getattr(config, name) != getattr(usual, name)
    ]
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in lines)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except (OSError, UnicodeEncodeError) as error:
        raise FaceappError(
            f"The settings file {path} cannot be written ({error}). Check its folder and the free space; "
            "the settings are as they were."
        ) from error
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _known() -> list[str]:
    return [f.name for f in fields(Config) if f.name != "library_dir"]


def _checked(key: str, value: object, path: Path) -> object:
    """Return a value of the settings file as ``Config`` has it."""
    if key == "ignore":
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise FaceappError(f"The setting “ignore” in {path} must be a list of texts, not {value!r}.")
        return tuple(value)
    if key == "language":
        if value not in LANGUAGES:
            named = " or ".join(f"“{language}”" for language in LANGUAGES if language)
            raise FaceappError(f"The setting “language” in {path} must be {named}, not {value!r}.")
        return value
    low, high = _LIMITS[key]
    whole = isinstance(getattr(Config, key), int)
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)) or not low <= value <= high:
        kind = "a whole number" if whole else "a number"
        raise FaceappError(f"The setting “{key}” in {path} must be {kind} from {low:g} to {high:g}, not {value!r}.")
    return value


def _as_toml(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_as_toml(one) for one in value)}]"
    # JSON's texts and numbers are TOML's as well, but for DEL, which TOML does not take as it is.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
