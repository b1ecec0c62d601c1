"""``faceapp search``: which faces or photos match pictures, an album or a filter. And the options of every search."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from faceapp import cli
from faceapp.answering import answer
from faceapp.commands.deciding import person_named
from faceapp.commands.faces import shown_as
from faceapp.commands.phrases import count
from faceapp.errors import FaceappError, NoFaceError
from faceapp.people.naming import clean_name
from faceapp.ports import Services
from faceapp.types import Combine
from faceapp.types_search import Album, Filter, Role, Rows, Search, SearchFace


def search(args: argparse.Namespace) -> int:
    if args.album is not None and args.images:
        raise FaceappError("Name pictures or an album, not both.")
    with cli.services(args, gallery=True) as opened:
        kept = None if args.album is None else album_named(opened, args.album).search
        wanted = asked(opened, args, kept)
        if wanted.faces:
            _list_matches(opened, wanted, as_json=args.json)
        elif wanted.rows is Rows.PHOTOS:
            _list_photos(opened, wanted.filter, as_json=args.json)
        else:
            _list_faces(opened, wanted.filter, as_json=args.json)
    return cli.DONE


def _list_matches(opened: Services, wanted: Search, *, as_json: bool) -> None:
    matches = answer(opened, wanted)
    number = matches.count(wanted.threshold)
    scores = dict(zip(matches.face_ids[:number].tolist(), matches.scores[:number].tolist(), strict=True))
    for face, photo in cli.faces_with_photos(opened, list(scores)):
        values = cli.describe(face, photo) | {"score": round(scores[face.id], 4)}
        if as_json:
            cli.emit(values)
        else:
            print(f"{scores[face.id]:.3f}\t{face.id}\t{shown_as(values)}\t{photo.path}")
    if wanted.rows is Rows.PHOTOS:
        cli.say(f"{count(number, 'photo')} at {wanted.threshold:.2f}")
        return
    let_through = len(opened.gallery if wanted.filter.empty else opened.reader.filtered_faces(wanted.filter))
    strangers = opened.calibrator.refresh().outlook(matches, wanted.threshold, let_through).strangers
    wrong = f"about {strangers:,.0f} of them" if strangers >= 0.5 else "probably none of them"
    photos = matches.photo_count(number)
    cli.say(f"{number:,} faces in {photos:,} photos at {wanted.threshold:.2f}, {wrong} someone else")


def _list_faces(opened: Services, only: Filter, *, as_json: bool) -> None:
    ids = opened.reader.face_ids(min_score=0.0, only=only).tolist()
    for face, photo in cli.faces_with_photos(opened, ids):
        values = cli.describe(face, photo)
        if as_json:
            cli.emit(values)
        else:
            print(f"{face.id}\t{shown_as(values)}\t{photo.path}")
    cli.say(count(len(ids), "face"))


def _list_photos(opened: Services, only: Filter, *, as_json: bool) -> None:
    photos = opened.reader.photos(opened.reader.photo_ids(only=only).tolist())
    for photo in photos:
        if as_json:
            cli.emit({"photo": str(photo.path)})
        else:
            print(photo.path)
    cli.say(count(len(photos), "photo"))


def asked(opened: Services, args: argparse.Namespace, kept: Search | None = None, *, tiles: bool = False) -> Search:
    """Return the search that the options ask for, on top of one that was kept; ``tiles`` takes pictures of its faces.

    Raises ``NoFaceError`` naming a picture without a face, ``FaceappError`` for other options that make no sense.
    """
    begun = kept or Search((), Combine.ANY, opened.recognition.search_threshold)
    threshold = begun.threshold if args.threshold is None else args.threshold
    least = opened.recognition.slider_minimum
    if threshold < least:
        raise FaceappError(f"--threshold goes from {least:.2f} to 1; {threshold:g} would match almost everybody.")
    wanted = replace(
        begun,
        combine=Combine(args.combine or begun.combine),
        threshold=threshold,
        filter=_filter(opened, args, begun.filter),
        rows=Rows(args.rows or begun.rows),
    )
    faces = list(begun.faces)
    for path in args.images:
        faces += _faces_in(opened, path, Role.INCLUDE, number=args.face, every=args.all_faces, tiles=tiles)
    for path in args.exclude:
        faces += _faces_in(opened, path, Role.EXCLUDE, tiles=tiles)
    if not faces and wanted.filter.empty:
        raise FaceappError("There is nothing to look for. Name a picture that shows a face, or a filter like --from.")
    return replace(wanted, faces=faces)


def album_named(opened: Services, name: str) -> Album:
    """Return an album by name, compared without case. Raises ``FaceappError`` if there is none."""
    wanted = clean_name(name, "the album")
    for one in opened.people_reader.albums():
        if one.name.casefold() == wanted.casefold():
            return one
    raise FaceappError(f"There is no album “{wanted}”. `faceapp albums` lists them.")


def _faces_in(
    opened: Services, path: Path, role: Role, *, number: int | None = None, every: bool = False, tiles: bool = False
) -> list[SearchFace]:
    """Return the faces of a picture that are asked for: one by its number, by default the largest, or all."""
    photo, found = opened.pictures.find_faces(path)
    if not found:
        raise NoFaceError(f"No face was found in {path}. Try a picture in which the face is larger or less turned.")
    if number is not None and not 1 <= number <= len(found):
        raise FaceappError(f"{path} shows {len(found)} face(s), largest first; there is no face {number}.")
    chosen = found if every else [found[(number or 1) - 1]]
    pictures: Sequence[bytes | None] = [None] * len(chosen)
    if tiles:
        from faceapp.imaging.thumbnails import face_tile  # loads OpenCV, which a search does without

        pictures = [face_tile(photo.pixels, face.detection.box, photo.icc) for face in chosen]
    return [
        SearchFace(path.name, role, None, face.embedding, picture)
        for face, picture in zip(chosen, pictures, strict=True)
    ]


def _filter(opened: Services, args: argparse.Namespace, begun: Filter) -> Filter:
    """Return a filter with the parts that were given in place of its own."""
    given: dict[str, Any] = {
        "people": tuple(person_named(opened, name).id for name in args.person),
        "taken_from": args.taken_from,
        "taken_to": args.taken_to,
        "folders": tuple(_folder_id(opened, path) for path in args.folder),
        "named": args.named,
        "least_size": args.least_size,
        "clear": args.clear,
    }
    only = replace(begun, **{part: value for part, value in given.items() if value not in (None, ())})
    if only.taken_from is not None and only.taken_to is not None and only.taken_from > only.taken_to:
        raise FaceappError(f"No photo is from {only.taken_from} to {only.taken_to}: the first day is the later one.")
    return only


def _folder_id(opened: Services, path: Path) -> int:
    folders = opened.reader.folders()
    for folder in folders:
        if path.resolve() == folder.path.resolve():
            return folder.id
    known = ", ".join(str(folder.path) for folder in folders) or "none yet"
    raise FaceappError(f"{path} is not a folder of this library. Its folders are: {known}.")


def cosine(text: str) -> float:
    """Parse a cosine similarity."""
    value = float(text)
    if not -1 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not a cosine between -1 and 1")
    return value


def day(text: str) -> date:
    """Parse a day."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is not a day; write it as 2019-07-31") from error


def pixels(text: str) -> int:
    """Parse a size."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a size of 1 pixel or more")
    return value


def add_options(made: argparse.ArgumentParser) -> None:
    """Add the options of every search. What is not given is None, or empty: an album may say it."""
    made.add_argument("images", nargs="*", type=Path, metavar="IMAGE")
    made.add_argument("--threshold", type=cosine, metavar="T", help="least cosine similarity (default: the model's)")
    which = made.add_mutually_exclusive_group()
    which.add_argument(
        "--face", type=int, metavar="N", help="use the N-th largest face of the picture instead of the largest"
    )
    which.add_argument("--all-faces", action="store_true", help="use every face of the picture")
    made.add_argument(
        "--exclude",
        action="append",
        default=[],
        type=Path,
        metavar="IMAGE",
        help="leave out photos that show the largest face of this picture; may be given several times",
    )
    made.add_argument(
        "--combine",
        choices=[c.value for c in Combine],
        help="several faces: any of them (default), or all in one photo",
    )
    made.add_argument("--rows", choices=[r.value for r in Rows], help="list every face (default), or each photo once")
    only = made.add_argument_group("filters", "All that are given must hold.")
    only.add_argument(
        "--person",
        action="append",
        default=[],
        metavar="NAME",
        help="faces of this person; given several times, of any of them",
    )
    only.add_argument("--from", dest="taken_from", type=day, metavar="YYYY-MM-DD", help="photos of that day or later")
    only.add_argument("--to", dest="taken_to", type=day, metavar="YYYY-MM-DD", help="photos of that day or earlier")
    only.add_argument(
        "--folder",
        action="append",
        default=[],
        type=Path,
        metavar="DIR",
        help="photos of this folder of the library; given several times, of any of them",
    )
    somebody = only.add_mutually_exclusive_group()
    somebody.add_argument("--named", action="store_true", default=None, help="faces that are somebody")
    somebody.add_argument(
        "--unnamed", dest="named", action="store_false", default=None, help="faces that are nobody yet"
    )
    only.add_argument("--least-size", type=pixels, metavar="PX", help="faces of this size or larger, in pixels")
    only.add_argument("--clear", action="store_true", default=None, help="faces that are clear enough to tell apart")


def add_parsers(command: cli.Adder) -> None:
    """Add the command."""
    made = command(search, "list every face that matches pictures, an album or a filter, best first")
    add_options(made)
    made.add_argument("--album", metavar="NAME", help="what this album looks for, instead of pictures")
