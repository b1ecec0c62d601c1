"""``faceapp albums``: searches kept under a name, whose matches follow the library."""

from __future__ import annotations

import argparse

from faceapp import answering, cli
from faceapp.commands import deciding, searching
from faceapp.commands.phrases import count


def albums(args: argparse.Namespace) -> int:
    code: int = args.act(args)
    return code


def list_albums(args: argparse.Namespace) -> int:
    with cli.services(args, gallery=True) as opened:
        for album in opened.people_reader.albums():
            faces, matches = len(album.search.faces), answering.count(opened, album.search)
            if args.json:
                cli.emit({"name": album.name, "faces": faces, "matches": matches})
            else:
                print(f"{album.name}\t{count(faces, 'face')}\t{count(matches, 'match', 'matches')}")
    return cli.DONE


def keep(args: argparse.Namespace) -> int:
    with cli.services(args, write=True) as opened:
        done = opened.people.save_album(args.name, searching.asked(opened, args, tiles=True))
    return deciding.told(args, done)


def remove(args: argparse.Namespace) -> int:
    with cli.services(args, write=True) as opened:
        done = opened.people.remove_album(searching.album_named(opened, args.name).id)
    return deciding.told(args, done)


def add_parsers(command: cli.Adder) -> None:
    """Add the command and its actions."""
    action = cli.actions_of(command(albums, "list the searches that were kept, keep one, or remove one"), list_albums)
    action("list", list_albums, "list the albums, with the faces they look for and how many match now")
    made = action("keep", keep, "keep a search as an album; what matches later is in it as well")
    made.add_argument("name", metavar="NAME")
    searching.add_options(made)
    action("remove", remove, "remove an album; photos and names stay").add_argument("name", metavar="NAME")
