"""The commands that decide who is who, and that take it back."""

from __future__ import annotations

import argparse
import functools
from collections.abc import Sequence
from typing import Any

from faceapp import cli
from faceapp.commands.phrases import conflict_words, count, step_words
from faceapp.errors import FaceappError
from faceapp.people.naming import clean_name
from faceapp.ports import Services
from faceapp.types import HideReason, Person, Standing
from faceapp.types_people import Change, DecisionConflict, Step

_CONFLICTS = 10  # told one by one


def _deciding(run: cli.Run) -> cli.Run:
    """Let a command say what was decided before, where that stands in its way."""

    @functools.wraps(run)
    def told(args: argparse.Namespace) -> int:
        try:
            return run(args)
        except DecisionConflict as error:
            cli.say(f"faceapp: {error}")
            for conflict in error.conflicts[:_CONFLICTS]:
                cli.say(f"  {conflict_words(conflict)}")
            if (more := len(error.conflicts) - _CONFLICTS) > 0:
                cli.say(f"  and {more:,} more")
            again = "To take that back, repeat the command with --take-back. " if hasattr(args, "take_back") else ""
            cli.say(f"{again}Nothing was changed.")
            return cli.FAILED

    return told


@_deciding
def name(args: argparse.Namespace) -> int:
    with cli.services(args, write=True) as opened:
        ids = [*args.face_ids, *(_group_faces(opened, args.group) if args.group is not None else ())]
        done = opened.people.name_faces(ids, args.name, take_back=args.take_back)
    if args.json:
        cli.emit({"name": done.name, "faces": [int(face_id) for face_id in done.face_ids]})
    cli.say(f"{count(len(done.face_ids), 'face is', 'faces are')} now {done.name}")
    return cli.DONE


@_deciding
def reject(args: argparse.Namespace) -> int:
    with cli.services(args, write=True) as opened:
        done = opened.people.reject(args.face_ids, person_named(opened, args.name).id)
    return told(args, done)


@_deciding
def merge(args: argparse.Namespace) -> int:
    with cli.services(args, write=True) as opened:
        into = person_named(opened, args.into).id
        others = [person_named(opened, one).id for one in args.names]
        done = opened.people.merge(others, into, take_back=args.take_back)
    return told(args, done)


@_deciding
def split(args: argparse.Namespace) -> int:
    new = None if args.name is None else clean_name(args.name)
    with cli.services(args, write=True) as opened:
        done = opened.people.split(args.face_ids, _rest(opened, args.face_ids), take_back=args.take_back)
        if new is not None:
            try:
                opened.people.name_faces(args.face_ids, new, take_back=args.take_back)
            except FaceappError:
                opened.people.undo()
                raise
    return told(args, done, f", now {new}" if new is not None else "")


@_deciding
def hide(args: argparse.Namespace) -> int:
    with cli.services(args, write=True) as opened:
        done = opened.people.hide(args.face_ids, HideReason(args.reason.replace("-", " ")))
    return told(args, done)


@_deciding
def show(args: argparse.Namespace) -> int:
    with cli.services(args, write=True) as opened:
        seen = [str(face.id) for face in opened.reader.faces(args.face_ids) if face.hidden is None]
        if seen:  # showing takes names off as well, which nobody asked for here
            raise FaceappError(f"Not hidden: {', '.join(seen)}. `faceapp faces` tells which are.")
        done = opened.people.clear(args.face_ids)
    return told(args, done)


@_deciding
def rename(args: argparse.Namespace) -> int:
    new = clean_name(args.new)
    with cli.services(args, write=True) as opened:
        done = opened.people.rename(person_named(opened, args.old).id, new)
    return told(args, done)


@_deciding
def undo(args: argparse.Namespace) -> int:
    with cli.services(args, write=True) as opened:
        done = opened.people.undo()
    if done is None:
        raise FaceappError("There is nothing to undo. `faceapp history` lists what you did.")
    return told(args, done, said="Undone: ")


@_deciding
def redo(args: argparse.Namespace) -> int:
    with cli.services(args, write=True) as opened:
        done = opened.people.redo()
    if done is None:
        raise FaceappError("There is nothing to do again. `faceapp history` lists what you did.")
    return told(args, done, said="Done again: ")


def person_named(opened: Services, name: str) -> Person:
    """Return a person by name, compared without case. Raises ``FaceappError`` if nobody has it."""
    wanted = clean_name(name)
    for one in opened.reader.people():
        if one.name.casefold() == wanted.casefold():
            return one
    raise FaceappError(f"Nobody is called “{wanted}”. `faceapp people` lists the names.")


def _group_faces(opened: Services, group_id: int) -> list[int]:
    ids: list[int] = opened.people_reader.group_faces(group_id).tolist()
    if not ids:
        raise FaceappError(f"There is no group {group_id}. `faceapp people --groups` lists the groups.")
    return ids


def _rest(opened: Services, ids: Sequence[int]) -> list[int]:
    """Return the faces that stay behind when some leave their person or group; copies go along.

    Of a person, those that the user confirmed: of the others, nobody has said yet that they are right.
    """
    faces = opened.reader.faces(ids)
    if missing := set(ids) - {face.id for face in faces}:
        raise FaceappError(f"There is no face {', '.join(map(str, sorted(missing)))}. `faceapp faces` lists them.")
    groups = cli.groups_by_face(opened)
    owners = {(person[0], 0) if (person := cli.belonging(f)) else (0, groups.get(f.id, 0)) for f in faces}
    if len(owners) > 1:
        raise FaceappError("These faces do not all belong to one person or group. Split them one after the other.")
    ((person_id, group_id),) = owners
    if person_id:
        found = opened.people_reader.person_faces(person_id)
        everyone = found.face_ids[found.standings == Standing.CONFIRMED].tolist()
    elif group_id:
        everyone = _group_faces(opened, group_id)
    else:
        raise FaceappError("These faces belong to no person and no group, so there is nothing to split them from.")
    rest = [face_id for face_id in everyone if face_id not in ids]
    if not rest:
        raise FaceappError("These are all the faces there are of that person or group: nothing would stay behind.")
    return rest


def step_values(step: Step) -> dict[str, Any]:
    """Return a step for JSON."""
    return {"id": step.id, "when": step.created.isoformat(), "words": step_words(step), "undone": step.undone}


def told(args: argparse.Namespace, done: Change, more: str = "", *, said: str = "") -> int:
    """Tell of a step that was done."""
    if args.json:
        cli.emit(step_values(done.step) | {"faces": [int(face_id) for face_id in done.face_ids]})
    cli.say(f"{said}{step_words(done.step)}{more}")
    return cli.DONE


def add_parsers(command: cli.Adder) -> None:
    """Add the commands, in the order of ``faceapp --help``."""

    def of_faces(run: cli.Run, words: str) -> argparse.ArgumentParser:
        made = command(run, words)
        made.add_argument("face_ids", nargs="+", type=int, metavar="FACE_ID", help="as `faceapp faces` lists it")
        return made

    def may_take_back(made: argparse.ArgumentParser) -> None:
        made.add_argument("--take-back", action="store_true", help="take back what you said before to the contrary")

    made = command(name, "give faces a name")
    made.add_argument("face_ids", nargs="*", type=int, metavar="FACE_ID", help="as `faceapp faces` lists it")
    made.add_argument("name", metavar="NAME")
    made.add_argument("--group", type=int, metavar="N", help="a whole group, as `faceapp people --groups` lists it")
    may_take_back(made)
    of_faces(reject, "say that faces are not a person").add_argument("name", metavar="NAME")
    made = command(merge, "say that people are one; the last name is kept")
    made.add_argument("names", nargs="+", metavar="NAME")
    made.add_argument("into", metavar="INTO")
    may_take_back(made)
    made = of_faces(split, "say that faces are not the person of the rest of their person or group")
    made.add_argument("--name", metavar="NEW", help="who they are")
    may_take_back(made)
    made = command(rename, "give a person another name")
    made.add_argument("old", metavar="OLD")
    made.add_argument("new", metavar="NEW")
    made = of_faces(hide, "keep faces out of views, groups and questions")
    reasons = [reason.value.replace(" ", "-") for reason in HideReason]
    made.add_argument("--reason", choices=reasons, default=reasons[0], help="why (default: %(default)s)")
    of_faces(show, "show hidden faces again")
    command(undo, "take back the last step of what was said about people")
    command(redo, "do again what was undone")
