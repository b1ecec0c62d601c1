"""The command line: the same services as the window, without Qt.

Lists go to stdout, one JSON object a line with ``--json``; everything else goes to stderr.
Exit codes: 0 done, 1 done with problems listed, 2 could not run.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from faceapp import __version__, commands_evaluate
from faceapp.config import Config, load_config
from faceapp.errors import FaceappError, NoFaceError
from faceapp.jobs import CancelToken
from faceapp.ports import Services
from faceapp.types import Combine, Face, FloatArray, Photo, Problem, ScanProgress

DONE, PROBLEMS, FAILED = 0, 1, 2
_PAGE = 2000  # faces listed in one query


def say(text: str) -> None:
    """Print words for a person on stderr."""
    print(text, file=sys.stderr)


def emit(values: dict[str, Any]) -> None:
    """Print one JSON object on a line of its own."""
    print(json.dumps(values, ensure_ascii=True))


@contextmanager
def services(
    args: argparse.Namespace, *, write: bool = False, gallery: bool = False, rescue: bool = False
) -> Iterator[Services]:
    """Open the library for one command."""
    from faceapp.bootstrap import open_services

    opened = open_services(configured(args), write=write, gallery=gallery, rescue=rescue)
    try:
        yield opened
    finally:
        opened.close()


def configured(args: argparse.Namespace) -> Config:
    """Return the settings with the library that was asked for."""
    chosen: Path | None = getattr(args, "library", None)
    return load_config(chosen.absolute() if chosen else None)


def describe(face: Face, photo: Photo) -> dict[str, Any]:
    """Return what every listing says of a face; the box in upright pixels."""
    return {
        "id": face.id,
        "photo": str(photo.path),
        "box": list(face.box.to_pixels(photo.width, photo.height)),
        "person": face.person_name,
    }


def faces_with_photos(opened: Services, ids: Sequence[int]) -> Iterator[tuple[Face, Photo]]:
    """Yield faces and their photos in the order of ``ids``, reading a page at a time."""
    for start in range(0, len(ids), _PAGE):
        faces = opened.reader.faces(ids[start : start + _PAGE])
        photos = {p.id: p for p in opened.reader.photos(sorted({f.photo_id for f in faces}))}
        yield from ((face, photos[face.photo_id]) for face in faces if face.photo_id in photos)


def scan(args: argparse.Namespace) -> int:
    from faceapp.scan.walk import FolderError

    cancel = CancelToken()
    cancel.set_gentle(args.gentle)
    signal.signal(signal.SIGINT, lambda *_: cancel.cancel())

    def show(progress: ScanProgress) -> None:
        left = f", about {progress.seconds_left:.0f} s left" if progress.seconds_left is not None else ""
        print(
            f"\r\x1b[K{progress.done:,} of {progress.total:,} photos, {progress.faces:,} faces, "
            f"{progress.rate:.1f} photos a second{left}",
            end="",
            file=sys.stderr,
            flush=True,
        )

    with services(args, write=True) as opened:
        terminal = sys.stderr.isatty()
        unreached = False
        roots = [folder.absolute() for folder in args.folders]
        if args.retry:
            opened.problems.retry([problem.photo_id for problem in problems_in(opened, roots)])
        try:
            summary = opened.scanner.scan(args.folders, cancel=cancel, progress=show if terminal else None)
        except FolderError as error:
            if error.summary is None or not error.summary.photos:
                raise
            summary, unreached = error.summary, True  # the other folders were scanned
            say(f"faceapp: {error}")
        if terminal:
            say("")
        problems = problems_in(opened, roots)
        for problem in problems:
            say(f"{problem.path}: {problem.reason}")
    if args.json:
        emit(
            {
                "photos": summary.photos,
                "faces": summary.faces,
                "skipped": summary.skipped,
                "failed": summary.failed,
                "seconds": round(summary.seconds, 2),
                "cancelled": summary.cancelled,
            }
        )
    say(
        f"{summary.photos:,} photos, {summary.faces:,} faces, {summary.skipped:,} unchanged, "
        f"{summary.failed:,} failed, {summary.seconds:.1f} s"
    )
    if not summary.photos and not summary.cancelled:
        say(f"No photos in {', '.join(map(str, args.folders))}. Choose a folder that holds pictures.")
    if summary.cancelled:
        say("Stopped. Run the same command again to go on where it ended.")
    return PROBLEMS if problems or unreached or summary.cancelled else DONE


def problems_in(opened: Services, roots: Sequence[Path]) -> list[Problem]:
    """Return the photos below some folders that could not be read."""
    return [p for p in opened.reader.problems() if any(p.path.is_relative_to(root) for root in roots)]


def faces(args: argparse.Namespace) -> int:
    with services(args, gallery=args.embeddings) as opened:
        ids = np.sort(opened.reader.face_ids(min_score=args.min_score)).tolist()
        for face, photo in faces_with_photos(opened, ids):
            values = describe(face, photo)
            quality = face.quality
            values |= {
                "score": round(face.score, 4),
                "quality": {
                    "size_px": round(quality.size_px, 1),
                    "sharpness": round(quality.sharpness, 1),
                    "norm": round(quality.norm, 3),
                    "yaw": round(quality.yaw, 3),
                },
                "group": None,
            }
            if args.embeddings:
                embedding = opened.gallery.embedding(face.id)
                values["embedding"] = None if embedding is None else [round(float(v), 6) for v in embedding]
            if args.json:
                emit(values)
            else:
                print(f"{face.id}\t{face.score:.2f}\t{values['person'] or ''}\t{values['box']}\t{photo.path}")
    return DONE


def probes_of(opened: Services, args: argparse.Namespace) -> FloatArray:
    """Return the query embeddings (Q, D) of the pictures given. Raises ``NoFaceError`` naming a picture without one."""
    chosen: list[FloatArray] = []
    for path in args.images:
        _, found = opened.pictures.find_faces(path)
        if not found:
            raise NoFaceError(f"No face was found in {path}. Try a picture in which the face is larger or less turned.")
        if args.face is not None and not 1 <= args.face <= len(found):
            raise FaceappError(f"{path} shows {len(found)} face(s), largest first; there is no face {args.face}.")
        picked = found if args.all_faces else [found[(args.face or 1) - 1]]
        chosen += [face.embedding for face in picked]
    return np.stack(chosen)


def search(args: argparse.Namespace) -> int:
    with services(args, gallery=True) as opened:
        threshold = opened.recognition.search_threshold if args.threshold is None else args.threshold
        matches = opened.gallery.search(probes_of(opened, args), Combine(args.combine))
        if threshold < matches.floor:
            raise FaceappError(
                f"--threshold goes from {matches.floor:.2f} to 1; {threshold:g} would match almost everybody."
            )
        count = matches.count(threshold)
        scores = dict(zip(matches.face_ids[:count].tolist(), matches.scores[:count].tolist(), strict=True))
        for face, photo in faces_with_photos(opened, list(scores)):
            values = describe(face, photo) | {"score": round(scores[face.id], 4)}
            if args.json:
                emit(values)
            else:
                print(f"{scores[face.id]:.3f}\t{face.id}\t{values['person'] or ''}\t{photo.path}")
        strangers = opened.calibrator.refresh().outlook(matches, threshold, len(opened.gallery)).strangers
        wrong = f"about {strangers:,.0f} of them" if strangers >= 0.5 else "probably none of them"
        say(f"{count:,} faces in {matches.photo_count(count):,} photos at {threshold:.2f}, {wrong} someone else")
    return DONE


def people(args: argparse.Namespace) -> int:
    with services(args) as opened:
        for person in opened.reader.people():
            if args.json:
                emit({"name": person.name, "faces": person.faces, "photos": person.photos})
            else:
                print(f"{person.name}\t{person.faces:,} faces\t{person.photos:,} photos")
    return DONE


def name(args: argparse.Namespace) -> int:
    with services(args, write=True) as opened:
        done = opened.people.name_faces(args.face_ids, args.name)
    if args.json:
        emit({"name": done.name, "faces": list(done.face_ids)})
    say(f"{len(done.face_ids):,} faces are now {done.name}")
    return DONE


def evaluate(args: argparse.Namespace) -> int:
    return commands_evaluate.run(args, configured(args))


def models(args: argparse.Namespace) -> int:
    code: int = args.act(args)
    return code


def doctor(args: argparse.Namespace) -> int:
    from faceapp.doctor import examine

    code = DONE
    for finding in examine(configured(args)):
        if args.json:
            emit({"part": finding.part, "ok": finding.ok, "text": finding.text})
        else:
            print(f"{'ok     ' if finding.ok else 'PROBLEM'}  {finding.part}: {finding.text}")
        if not finding.ok:
            code = PROBLEMS
    return code


def cosine(text: str) -> float:
    """Parse a cosine similarity."""
    value = float(text)
    if not -1 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not a cosine between -1 and 1")
    return value


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of every command; the README's tour is held against it by a test."""
    from faceapp import commands_models

    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--library", type=Path, metavar="DIR", help="the library folder (default: in the user's data folder)"
    )
    listing = argparse.ArgumentParser(add_help=False)
    listing.add_argument("--json", action="store_true", help="one JSON object a line on stdout")

    parser = argparse.ArgumentParser(
        prog="faceapp",
        description="Find the people in your own photos. Without a command, `faceapp [FOLDER…]` opens the window.",
    )
    parser.add_argument("--version", action="version", version=f"faceapp {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(run: Callable[[argparse.Namespace], int], words: str) -> argparse.ArgumentParser:
        made = commands.add_parser(run.__name__, help=words, description=words, parents=[common, listing])
        made.set_defaults(run=run)
        return made

    made = command(scan, "add folders and scan them")
    made.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    made.add_argument("--gentle", action="store_true", help="leave one processor free for other work")
    made.add_argument("--retry", action="store_true", help="read photos again that could not be read before")
    made = command(faces, "list every face")
    made.add_argument("--embeddings", action="store_true", help="add the embedding of each face")
    made.add_argument(
        "--min-score", type=float, default=0.0, metavar="S", help="leave out faces the detector is less sure of"
    )
    made = command(search, "list every face that matches a picture, best first")
    made.add_argument("images", nargs="+", type=Path, metavar="IMAGE")
    made.add_argument("--threshold", type=cosine, metavar="T", help="least cosine similarity (default: the model's)")
    which = made.add_mutually_exclusive_group()
    which.add_argument(
        "--face", type=int, metavar="N", help="use the N-th largest face of the picture instead of the largest"
    )
    which.add_argument("--all-faces", action="store_true", help="use every face of the picture")
    made.add_argument(
        "--combine",
        choices=[c.value for c in Combine],
        default="any",
        help="several faces: any of them, or all in one photo",
    )
    command(people, "list the people who have a name")
    made = command(name, "give faces a name")
    made.add_argument("face_ids", nargs="+", type=int, metavar="FACE_ID")
    made.add_argument("name", metavar="NAME")
    made = command(evaluate, "measure how well people are told apart on pairs of pictures")
    commands_evaluate.add_arguments(made)
    commands_models.add_parsers(command(models, "list the models, add one, or change over to another"))
    command(doctor, "check the library, the index, the thumbnails and the models; rebuild what can be rebuilt")
    return parser


def is_command(arguments: Sequence[str]) -> bool:
    """Return whether the arguments are for the command line, not for the window."""
    first = next((a for a in arguments if not a.startswith("-")), None)
    if first in COMMANDS and arguments[0] == first:
        return True
    return bool(arguments) and arguments[0] in {"-h", "--help", "--version"}


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    args = build_parser().parse_args(arguments)
    try:
        code: int = args.run(args)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output went away, as `| head` does
        sys.stdout = None
        return DONE
    except FaceappError as error:
        say(f"faceapp: {error}")
        return FAILED
    return code


COMMANDS = frozenset({"scan", "faces", "search", "people", "name", "evaluate", "models", "doctor"})
