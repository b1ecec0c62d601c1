"""Adding a user's model: checked against its contract, copied, and written into a list of models."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from faceapp.config import models_dir
from faceapp.errors import ModelError
from faceapp.faces.catalogue import MANIFEST, EmbedderModel, contract_of, embedder_of, load_catalogue
from faceapp.faces.embedder import Embedder
from faceapp.faces.inspect import ModelFile, inspect_model
from faceapp.faces.manifest import SCHEMA, Entry, entry_text
from faceapp.faces.selfcheck import check
from faceapp.faces.sessions import OnnxSession

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_CORRECT_IT = "Correct it and add the model again."
_HEADER = f"# Models that were added to this library.\n\nschema = {SCHEMA}\n"
_adding = threading.Lock()  # two at a time would lose an entry


def add_model(path: Path, contract: Mapping[str, object], folder: Path) -> EmbedderModel:
    """Check a model on the bundled portraits and keep a copy of it in ``folder``, under its sha256.

    ``contract`` are the fields of a manifest entry (see ``propose_contract``); file, sha256 and purpose are filled in.
    ``folder`` is made if it is not there; its ``manifest.toml`` is replaced as a whole, so there is never half an
    entry. Takes seconds: on a worker. Raises ``ModelError`` with what is wrong; then nothing has changed.
    """
    file = inspect_model(path)
    name = f"{file.sha256}.onnx"
    values = {**contract, "purpose": "embedder", "file": name, "sha256": file.sha256}
    entry = Entry(folder / MANIFEST, f"model “{contract.get('id', path.stem)}”", _plain(values), _CORRECT_IT)
    model = embedder_of(entry, bundled=False)
    if not _ID.fullmatch(model.id):
        raise entry.wrong("id", "must be made of up to 64 letters, digits, dots, dashes and underlines")
    _check_shape(file, model)
    source = replace(model, path=path)  # refusals name the file that the user chose
    check(Embedder(source, OnnxSession(source)))
    with _adding:
        _refuse_taken(entry, model.id, folder)
        try:
            _keep(file, model, folder)
        except OSError as error:
            raise ModelError(_words(error, file, folder)) from error
    return model


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    """Return fields as TOML would give them."""
    kinds: tuple[tuple[type, type], ...] = ((tuple, list), (Mapping, dict))
    return {
        key: next((plain(value) for kind, plain in kinds if isinstance(value, kind)), value)
        for key, value in values.items()
    }


def _check_shape(file: ModelFile, model: EmbedderModel) -> None:
    """Raise ``ModelError`` if the file says of itself that it cannot be fed as the contract has it."""
    if model.input_name != file.input.name or model.output_names[0] not in {one.name for one in file.outputs}:
        outputs = ", ".join(f"“{one.name}”" for one in file.outputs)
        raise ModelError(
            f"{file.path} has the input “{file.input.name}” and the outputs {outputs}; the contract names "
            f"“{model.input_name}” and “{model.output_names[0]}”. {_CORRECT_IT}"
        )
    wanted = (model.batch, *model.probe_shape[1:])
    takes = file.input.shape
    if len(takes) != 4 or any(size not in (None, want) for size, want in zip(takes, wanted, strict=True)):
        shape = " × ".join("any" if size is None else str(size) for size in takes)
        raise ModelError(
            f"{file.path} takes {shape}; the contract feeds {' × '.join(map(str, wanted))} "
            f"(faces a run, then {model.layout[1:]}). {_CORRECT_IT}"
        )


def _refuse_taken(entry: Entry, model_id: str, folder: Path) -> None:
    catalogue = load_catalogue(models_dir(), folder)
    for broken in catalogue.broken:
        if broken.id == str(folder / MANIFEST):  # a list that cannot be read is not written over
            raise ModelError(broken.problem)
    if model_id in {*catalogue.embedders, *catalogue.detectors, *(broken.id for broken in catalogue.broken)}:
        raise entry.wrong("id", "is that of another model")


def _keep(file: ModelFile, model: EmbedderModel, folder: Path) -> None:
    """Write the copy, then the entry: what stops in between leaves a file that no list names."""
    folder.mkdir(parents=True, exist_ok=True)
    manifest = folder / MANIFEST
    before = manifest.read_text(encoding="utf-8") if manifest.exists() else _HEADER
    fields = {"purpose": "embedder", "file": model.path.name, "sha256": model.sha256, **contract_of(model)}
    after = f"{before.rstrip()}\n\n{entry_text(fields)}"
    was_there = model.path.exists()
    try:
        _replace(model.path, file.data)
        _replace(manifest, after.encode("utf-8"))
    except OSError:
        if not was_there:
            model.path.unlink(missing_ok=True)
        raise


def _replace(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    temporary = path.with_name(f"{path.name}.part")
    try:
        with temporary.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def _words(error: OSError, file: ModelFile, folder: Path) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return (
            f"There is no room for {file.path.name} ({file.size / 1e6:,.0f} MB) in {folder}. Free some and try again."
        )
    if isinstance(error, PermissionError):
        return f"Faceapp may not write into {folder}. Change its permissions and add the model again."
    return f"{file.path.name} cannot be kept in {folder} ({error.strerror}). Add the model again."
