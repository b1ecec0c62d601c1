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

from faceapp import __version__
from faceapp.commands import evaluate as evaluating
from faceapp.config import Config, load_config
from faceapp.errors import FaceappError
from faceapp.jobs import CancelToken
from faceapp.ports import Services
from faceapp.types import Face, Photo, Problem, Standing
from faceapp.types_scan import ScanProgress

DONE, PROBLEMS, FAILED = 0, 1, 2
_PAGE = 2000  # faces listed in one query

Run = Callable[[argparse.Namespace], int]
Adder = Callable[[Run, str], argparse.ArgumentParser]  # adds a command, named like its function, with its help


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


@contextmanager
def interruptible() -> Iterator[CancelToken]:
    """Yield a token that Ctrl+C cancels."""
    cancel = CancelToken()
    before = signal.signal(signal.SIGINT, lambda *_: cancel.cancel())
    try:
        yield cancel
    finally:
        signal.signal(signal.SIGINT, before)


def progress_line(words: str) -> None:
    """Show how far a command is, in place of what was shown before. For terminals."""
    print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)


def belonging(face: Face) -> tuple[int, str, Standing] | None:
    """Return id and name of the person that a face is shown as, and how it comes to it; None for nobody."""
    if face.person_id is not None:
        return face.person_id, face.person_name or "", Standing.CONFIRMED
    if face.guess is not None and face.guess.standing is Standing.AUTOMATIC:
        return face.guess.person_id, face.guess.name, Standing.AUTOMATIC
    return None


def describe(face: Face, photo: Photo) -> dict[str, Any]:
    """Return what every listing says of a face; the box in upright pixels."""
    person = belonging(face)
    standing = person[2] if person else face.guess.standing if face.guess else Standing.NOBODY
    return {
        "id": face.id,
        "photo": str(photo.path),
        "box": list(face.box.to_pixels(photo.width, photo.height)),
        "person": person[1] if person else None,
        "standing": standing.name.lower() if standing else None,
    }


def groups_by_face(opened: Services) -> dict[int, int]:
    """Return the group of every face that is in one."""
    found = opened.people_reader.grouping()
    grouped = found.group_ids > 0
    return dict(zip(found.face_ids[grouped].tolist(), found.group_ids[grouped].tolist(), strict=True))


def faces_with_photos(opened: Services, ids: Sequence[int]) -> Iterator[tuple[Face, Photo]]:
    """Yield faces and their photos in the order of ``ids``, reading a page at a time."""
    for start in range(0, len(ids), _PAGE):
        faces = opened.reader.faces(ids[start : start + _PAGE])
        photos = {p.id: p for p in opened.reader.photos(sorted({f.photo_id for f in faces}))}
        yield from ((face, photos[face.photo_id]) for face in faces if face.photo_id in photos)


def scan(args: argparse.Namespace) -> int:
    from faceapp.scan.walk import FolderError

    if not args.folders and not args.afresh:
        raise FaceappError("No folder is given. Name one that holds photos: faceapp scan FOLDER")

    def show(progress: ScanProgress) -> None:
        left = f", about {progress.seconds_left:.0f} s left" if progress.seconds_left is not None else ""
        progress_line(
            f"{progress.done:,} of {progress.total:,} photos, {progress.faces:,} faces, "
            f"{progress.rate:.1f} photos a second{left}"
        )

    with services(args, write=True) as opened, interruptible() as cancel:
        cancel.set_gentle(args.gentle)
        terminal = sys.stderr.isatty()
        unreached = False
        roots = [folder.absolute() for folder in args.folders]
        if args.retry:
            opened.problems.retry([problem.photo_id for problem in problems_in(opened, roots)])
        if args.afresh:
            roots += forget(opened)
        try:
            summary = opened.scanner.scan(roots, cancel=cancel, progress=show if terminal else None)
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
        say(f"No photos in {', '.join(map(str, args.folders or roots))}. Choose a folder that holds pictures.")
    if summary.cancelled:
        say("Stopped. Run the same command again to go on where it ended.")
    return PROBLEMS if problems or unreached or summary.cancelled else DONE


def forget(opened: Services) -> list[Path]:
    """Forget what was found in every photo, keep what the user said, and return the folders to read again."""
    folders = opened.reader.folders()
    for folder in folders:
        if not folder.online:
            raise FaceappError(
                f"The folder {folder.path} cannot be reached, so its photos cannot be read afresh. "
                "Connect its drive first; nothing was changed."
            )
    opened.forget_facts()
    return [folder.path for folder in folders]


def problems_in(opened: Services, roots: Sequence[Path]) -> list[Problem]:
    """Return the photos below some folders that could not be read."""
    return [p for p in opened.reader.problems() if any(p.path.is_relative_to(root) for root in roots)]


def evaluate(args: argparse.Namespace) -> int:
    return evaluating.run(args, configured(args))


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


def actions_of(command: argparse.ArgumentParser, default: Run) -> Callable[[str, Run, str], argparse.ArgumentParser]:
    """Give a command actions of its own and return what adds one, by name, with its help. Without, ``default`` runs."""
    # What stands after the action counts, what stands before it is not lost: hence no defaults here.
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--library", type=Path, metavar="DIR", help="the library folder")
    common.add_argument("--json", action="store_true", help="one JSON object a line on stdout")
    command.set_defaults(act=default)
    actions = command.add_subparsers(metavar="ACTION")

    def action(name: str, act: Run, words: str) -> argparse.ArgumentParser:
        made = actions.add_parser(name, help=words, description=words, parents=[common])
        made.set_defaults(act=act)
        return made

    return action


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of every command; the README's tour is held against it by a test."""
    from faceapp.commands import albums, faces, people, searching, upkeep
    from faceapp.commands import models as modelling

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

    def command(run: Run, words: str) -> argparse.ArgumentParser:
        made = commands.add_parser(run.__name__, help=words, description=words, parents=[common, listing])
        made.set_defaults(run=run)
        return made

    made = command(scan, "add folders and scan them")
    made.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    made.add_argument("--gentle", action="store_true", help="leave one processor free for other work")
    made.add_argument("--retry", action="store_true", help="read photos again that could not be read before")
    made.add_argument(
        "--afresh",
        action="store_true",
        help="forget what was found and read every photo of the library again; what you said of people stays",
    )
    faces.add_parsers(command)
    searching.add_parsers(command)
    albums.add_parsers(command)
    people.add_parsers(command)
    upkeep.add_parsers(command)
    made = command(evaluate, "measure how well people are told apart on pairs of pictures")
    evaluating.add_arguments(made)
    modelling.add_parsers(command(models, "list the models, add one, or change over to another"))
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


COMMANDS = frozenset(
    {"scan", "faces", "search", "albums", "group", "people", "name", "reject", "merge", "split", "rename", "hide"}
    | {"show", "undo", "redo", "history", "why", "export", "folders", "backup", "restore", "forget", "evaluate"}
    | {"models", "doctor"}
)
