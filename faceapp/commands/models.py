"""``faceapp models``: which embedders there are, adding one, and changing over to another."""

from __future__ import annotations

import argparse
import signal
import sys
import tomllib
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path

from faceapp import cli
from faceapp.errors import ModelError
from faceapp.jobs import CancelToken
from faceapp.ports import Services
from faceapp.types import ReembedProgress

_FIELDS = ("id", "name", "licence", "source")  # of a contract, that a model's file does not tell


def list_models(args: argparse.Namespace) -> int:
    from faceapp.doctor import list_models as listing
    from faceapp.library.library import DATABASE_FILE

    config = cli.configured(args)
    if not (config.library_dir / DATABASE_FILE).is_file():
        found = list(listing(config))
    else:
        with _services(args) as opened:
            found = list(listing(config, opened.embedders))
    for model in found:
        if args.json:
            cli.emit(model.as_dict())
            continue
        state = model.problem or model.state or "ok"
        vectors = "" if model.vectors is None else f"\t{model.vectors:,} vectors"
        print(f"{model.id}\t{model.purpose}\t{model.licence}\t{state}{vectors}")
    return cli.DONE if all(model.problem is None for model in found) else cli.PROBLEMS


def add(args: argparse.Namespace) -> int:
    with _services(args, write=True) as opened:
        contract = _contract(args.contract) if args.contract else dict(opened.embedders.propose(args.file))
        contract |= {key: given for key in _FIELDS if (given := getattr(args, key)) is not None}
        if not args.json:
            cli.say("Contract: " + ", ".join(f"{key} {value}" for key, value in contract.items()))
        added = opened.embedders.add(args.file, contract)
    if args.json:
        cli.emit(asdict(added))
    cli.say(f"{added.id} is added: {added.contract}")
    cli.say(f"To try it out: faceapp models embed {added.id}, then faceapp models compare {added.id}")
    return cli.DONE


def embed(args: argparse.Namespace) -> int:
    cancel = CancelToken()
    cancel.set_gentle(args.gentle)
    signal.signal(signal.SIGINT, lambda *_: cancel.cancel())
    terminal = sys.stderr.isatty()

    def show(now: ReembedProgress) -> None:
        print(f"\r\x1b[K{now.done:,} of {now.total:,} faces embedded", end="", file=sys.stderr, flush=True)

    with _services(args, write=True) as opened:
        done = opened.embedders.embed_all(args.id, cancel=cancel, progress=show if terminal else None)
    if terminal:
        cli.say("")
    if args.json:
        cli.emit({"id": args.id, **asdict(done), "cancelled": cancel.cancelled})
    cli.say(f"{done.done:,} of {done.total:,} faces got their vector of {args.id}")
    if cancel.cancelled:
        cli.say("Stopped. The same command goes on from here.")
    if done.failed:
        cli.say(
            f"{done.failed:,} faces are left: their photos cannot be read now or have changed. "
            "Connect their drives, scan their folders again, then repeat this command."
        )
    return cli.PROBLEMS if done.failed or cancel.cancelled else cli.DONE


def use(args: argparse.Namespace) -> int:
    with _services(args, write=True) as opened:
        opened.embedders.use(args.id)
    if args.json:
        cli.emit({"id": args.id})
    cli.say(f"{args.id} is in use from now on. Names are kept, and so are the vectors of the other models.")
    return cli.DONE


def drop(args: argparse.Namespace) -> int:
    with _services(args, write=True) as opened:
        dropped = opened.embedders.drop(args.id)
    if args.json:
        cli.emit({"id": args.id, "vectors": dropped})
    cli.say(f"{dropped:,} vectors of {args.id} deleted")
    return cli.DONE


def compare(args: argparse.Namespace) -> int:
    with _services(args, gallery=True) as opened:
        pairs = opened.embedders.compare(args.id, args.limit)
        faces = {face_id for pair in pairs for face_id in (pair.face_a, pair.face_b)}
        described = {face.id: cli.describe(face, photo) for face, photo in cli.faces_with_photos(opened, sorted(faces))}
        in_use, same = opened.recognition.model_id, opened.recognition.search_threshold
    for pair in pairs:
        scores = {"old": round(pair.old_score, 4), "new": round(pair.new_score, 4)}
        first, second = described.get(pair.face_a), described.get(pair.face_b)
        if first is None or second is None:  # gone since
            continue
        if args.json:
            cli.emit({**scores, "faces": [first, second]})
        else:
            says = f"{in_use if pair.old_score >= same else args.id} says same"
            print(f"{scores['old']:.3f}\t{scores['new']:.3f}\t{says}\t{first['photo']}\t{second['photo']}")
    cli.say(f"{len(pairs):,} pairs on which {in_use} (first score) and {args.id} (second) disagree")
    return cli.DONE


def add_parsers(models: argparse.ArgumentParser) -> None:
    """Add the actions of ``faceapp models``; without one, it lists."""
    action = cli.actions_of(models, list_models)

    def by_id(name: str, act: cli.Run, words: str) -> argparse.ArgumentParser:
        made = action(name, act, words)
        made.add_argument("id", metavar="ID", help="as `faceapp models` lists it")
        return made

    action("list", list_models, "list and verify the models")
    made = action("add", add, "add an embedder from an .onnx file to the library")
    made.add_argument("file", type=Path, metavar="FILE")
    for key in _FIELDS:
        made.add_argument(f"--{key}", metavar=key.upper(), help=f"its {key} (default: the contract's)")
    made.add_argument(
        "--contract", type=Path, metavar="FILE.toml", help="how the model wants its faces (default: found by trying)"
    )
    made = by_id("embed", embed, "make the vectors that a model lacks, from the faces that were found")
    made.add_argument("--gentle", action="store_true", help="leave one processor free for other work")
    by_id("use", use, "use a model that has a vector of every face")
    by_id("drop", drop, "delete the vectors of a model that is not in use")
    made = by_id("compare", compare, "list pairs of faces on which a model and the one in use disagree")
    made.add_argument("--limit", type=int, default=200, metavar="N", help="pairs at most (default: %(default)s)")


def _services(args: argparse.Namespace, **how: bool) -> AbstractContextManager[Services]:
    """Open the library even if the model that was chosen for it is broken: this is how to choose another."""
    return cli.services(args, rescue=True, **how)


def _contract(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ModelError(
            f"The contract {path} cannot be read ({error}). Mend the file, or leave --contract out."
        ) from error
