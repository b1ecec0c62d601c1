"""The commands that group people, list them, say why, and export their photos."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from faceapp import cli
from faceapp.commands import deciding
from faceapp.commands.deciding import person_named, step_values
from faceapp.commands.phrases import count, regrouping_words, step_words, why_words
from faceapp.interop.export import Way, export_photos
from faceapp.jobs import Cancelled
from faceapp.ports import Services
from faceapp.types import Standing

__all__ = ["add_parsers", "step_words"]


def group(args: argparse.Namespace) -> int:
    terminal = sys.stderr.isatty()

    def show(share: float) -> None:
        cli.progress_line(f"Grouping: {share:.0%}")

    with cli.services(args, write=not args.preview, gallery=True) as opened, cli.interruptible() as cancel:
        try:
            if args.follow:
                done = opened.groups.follow(cancel=cancel)
            else:
                done = opened.groups.regroup(preview=args.preview, cancel=cancel, progress=show if terminal else None)
        except Cancelled:
            cli.say("Stopped. The groups are as they were.")
            return cli.PROBLEMS
        finally:
            if terminal:
                cli.progress_line("")
    if args.json:
        cli.emit(asdict(done) | {"seconds": round(done.seconds, 2)})
    for words in regrouping_words(done, preview=args.preview):
        cli.say(words)
    return cli.DONE


def people(args: argparse.Namespace) -> int:
    with cli.services(args) as opened:
        rows = _groups(opened) if args.groups else _people(opened)
    for row in rows:
        if args.json:
            cli.emit(row)
            continue
        named = f"group {row['group']}" if args.groups else row["name"]
        guessed = "" if args.groups else f"\t{row['automatic']:,} automatic\t{row['suggested']:,} suggested"
        print(f"{named}\t{count(row['faces'], 'face')}\t{count(row['photos'], 'photo')}{guessed}")
    return cli.DONE


def _people(opened: Services) -> list[dict[str, Any]]:
    return [
        {"name": one.name, "faces": one.faces, "photos": one.photos}
        | {"automatic": one.automatic, "suggested": one.suggested}
        for one in opened.reader.people()
    ]


def _groups(opened: Services) -> list[dict[str, Any]]:
    return [
        {"group": one.id, "faces": one.faces, "photos": one.photos, "cover": one.cover_face_id}
        for one in opened.people_reader.groups()
    ]


def history(args: argparse.Namespace) -> int:
    with cli.services(args) as opened:
        steps = opened.people.history(args.limit)
    for step in steps:
        if args.json:
            cli.emit(step_values(step))
        else:
            undone = "\tundone" if step.undone else ""
            print(f"{step.id}\t{step.created.astimezone():%Y-%m-%d %H:%M}\t{step_words(step)}{undone}")
    return cli.DONE


def why(args: argparse.Namespace) -> int:
    with cli.services(args, gallery=True) as opened:
        person_id = None if args.person is None else person_named(opened, args.person).id
        reasons = opened.explainer.explain(args.face_id, person_id=person_id)
    words = list(why_words(reasons))
    if args.json:
        said = [step_values(step) for step in reasons.said]
        standing = reasons.standing.name.lower() if reasons.standing else None
        cli.emit(asdict(reasons) | {"standing": standing, "said": said, "words": words})
    else:
        print("\n".join(words))
    return cli.DONE


def export(args: argparse.Namespace) -> int:
    terminal = sys.stderr.isatty()
    with cli.services(args) as opened, cli.interruptible() as cancel:
        one = person_named(opened, args.person)
        found = opened.people_reader.person_faces(one.id)
        wanted = (Standing.CONFIRMED,) if args.confirmed else (Standing.CONFIRMED, Standing.AUTOMATIC)
        ids = list(dict.fromkeys(found.photo_ids[np.isin(found.standings, wanted)].tolist()))
        photos = [photo.path for photo in opened.reader.photos(ids)]

        def progress(done: int) -> None:
            cli.progress_line(f"{done:,} of {count(len(photos), 'photo')}")

        done = export_photos(
            photos,
            args.out,
            way=Way(args.link or Way.COPY),
            keep_out_of=[opened.config.library_dir, *(folder.path for folder in opened.reader.folders())],
            cancel=cancel,
            progress=progress if terminal else None,
        )
    if terminal:
        cli.progress_line("")
    for problem in done.problems:
        cli.say(f"{problem.path}: {problem.reason}")
    failed = len(done.problems)
    if args.json:
        numbers = {"photos": len(photos), "written": done.written, "skipped": done.skipped, "failed": failed}
        cli.emit({"person": one.name, "out": str(args.out), **numbers, "cancelled": done.cancelled})
    cli.say(
        f"{count(done.written, 'photo')} of {one.name} exported to {args.out}, "
        f"{done.skipped:,} there already, {failed:,} failed"
    )
    if done.cancelled:
        cli.say("Stopped. The same command goes on from here.")
    return cli.PROBLEMS if failed or done.cancelled else cli.DONE


def add_parsers(command: cli.Adder) -> None:
    """Add the commands on people."""
    made = command(group, "group the faces that have no name, and guess names")
    how = made.add_mutually_exclusive_group()
    how.add_argument("--preview", action="store_true", help="say what would change, and change nothing")
    how.add_argument("--follow", action="store_true", help="only take in new faces and decisions; groups stay")
    made = command(people, "list the people who have a name")
    made.add_argument("--groups", action="store_true", help="list the groups that have none yet instead")
    deciding.add_parsers(command)
    made = command(history, "list what was said about people, the latest first")
    made.add_argument("--limit", type=int, default=200, metavar="N", help="steps at most (default: %(default)s)")
    made = command(why, "say why a face is taken for a person")
    made.add_argument("face_id", type=int, metavar="FACE_ID", help="as `faceapp faces` lists it")
    made.add_argument("--person", metavar="NAME", help="whom it is compared with (default: who it is or may be)")
    made = command(export, "copy the photos of a person into a folder; nothing there is overwritten")
    made.add_argument("--person", required=True, metavar="NAME")
    made.add_argument("--confirmed", action="store_true", help="only photos in which you named the person yourself")
    links = [way.value for way in Way if way is not Way.COPY]
    made.add_argument(
        "--link", choices=links, help="link instead of copying; a hard link is the photo itself: edit one, edit both"
    )
    made.add_argument("out", type=Path, metavar="OUT")
