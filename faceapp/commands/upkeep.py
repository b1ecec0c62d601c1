"""The commands that look after a library: its folders, backups, and forgetting for good."""

from __future__ import annotations

import argparse
from pathlib import Path

from faceapp import cli
from faceapp.commands.deciding import person_named
from faceapp.commands.phrases import count
from faceapp.errors import FaceappError
from faceapp.ports import Services
from faceapp.types import Folder
from faceapp.types_upkeep import Backup


def folders(args: argparse.Namespace) -> int:
    code: int = args.act(args)
    return code


def list_folders(args: argparse.Namespace) -> int:
    with cli.services(args) as opened:
        for folder in opened.reader.folders():
            online = folder.online
            if args.json:
                facts = {"photos": folder.photos, "pending": folder.pending, "failed": folder.failed}
                cli.emit({"id": folder.id, "path": str(folder.path), "online": online, **facts})
            else:
                away = "" if online else "\tcannot be reached now"
                print(f"{folder.path}\t{count(folder.photos, 'photo')}{away}")
    return cli.DONE


def remove_folder(args: argparse.Namespace) -> int:
    with cli.services(args, write=True) as opened:
        folder = _folder_at(opened, args.folder.absolute())
        photos = opened.folders.remove_folder(folder.id)
    if args.json:
        cli.emit({"path": str(folder.path), "photos": photos})
    cli.say(f"{folder.path} is not in the library any more ({count(photos, 'photo')}). The photos are where they were.")
    return cli.DONE


def _folder_at(opened: Services, path: Path) -> Folder:
    known = opened.reader.folders()
    for folder in known:
        if folder.path in (path, path.resolve()):
            return folder
    there = ", ".join(str(folder.path) for folder in known) or "none"
    raise FaceappError(f"The folder {path} is not in this library. Its folders: {there}.")


def backup(args: argparse.Namespace) -> int:
    from faceapp.bootstrap import make_backup

    _tell_backup(args, make_backup(cli.configured(args), args.file.absolute() if args.file else None))
    return cli.DONE


def restore(args: argparse.Namespace) -> int:
    from faceapp.bootstrap import restore_backup

    config = cli.configured(args)
    kept = restore_backup(config, args.file.absolute())
    if kept is not None:
        _tell_backup(args, kept)
    cli.say(f"The library {config.library_dir} is as it was in {args.file}")
    return cli.DONE


def _tell_backup(args: argparse.Namespace, made: Backup) -> None:
    if args.json:
        cli.emit({"path": str(made.path), "bytes": made.size})
    cli.say(f"The library is kept in {made.path} ({made.size / 1e6:,.1f} MB)")


def forget(args: argparse.Namespace) -> int:
    if args.everything == (args.name is not None):
        raise FaceappError("Say who shall be forgotten, or --everything for all faces and names. Nothing was changed.")
    return _forget_everything(args) if args.everything else _forget_person(args)


def _forget_person(args: argparse.Namespace) -> int:
    with cli.services(args, write=args.yes) as opened:
        goes = opened.upkeep.forgetting(person_named(opened, args.name).id)
        if args.yes:
            opened.upkeep.forget_person(goes.person_id, backups=args.backups)
    if args.json:
        facts = {"faces": goes.faces, "decisions": goes.decisions, "albums": list(goes.albums)}
        cli.emit({"name": goes.name, **facts, "forgotten": args.yes})
    albums = f", {count(len(goes.albums), 'album')}" if goes.albums else ""
    about = f"{count(goes.faces, 'named face')}, {count(goes.decisions, 'decision')}{albums}"
    if not args.yes:
        cli.say(f"This would go with {goes.name}: {about}. It cannot be undone; to do it, repeat with --yes.")
        return cli.PROBLEMS
    cli.say(f"{goes.name} is forgotten ({about}). The faces stay, without a name.")
    if goes.backups and not args.backups:
        cli.say(f"{count(goes.backups, 'backup')} may still hold the name: --backups deletes these as well.")
    return cli.DONE


def _forget_everything(args: argparse.Namespace) -> int:
    from faceapp.bootstrap import erase_library

    config = cli.configured(args)
    if not args.yes:
        cli.say(
            f"All faces, names and albums of the library {config.library_dir} would go; photos are not touched. "
            "It cannot be undone; to do it, repeat with --yes."
        )
        return cli.PROBLEMS
    erase_library(config, folders=args.folders, backups=args.backups)
    cli.say(f"The library {config.library_dir} is empty.")
    return cli.DONE


def add_parsers(command: cli.Adder) -> None:
    """Add the commands."""
    made = command(folders, "list the folders of the library, or remove one")
    action = cli.actions_of(made, list_folders)
    action("list", list_folders, "list the folders and how many photos they hold")
    made = action("remove", remove_folder, "forget a folder; its photos and what you said of people stay")
    made.add_argument("folder", type=Path, metavar="FOLDER")
    made = command(backup, "copy the library's database, also while it is in use")
    made.add_argument("file", nargs="?", type=Path, metavar="FILE", help="where to; default: the library's own backups")
    made = command(restore, "put a backup in the library's place; what was there is kept as another backup")
    made.add_argument("file", type=Path, metavar="FILE")
    made = command(forget, "erase a person, or everything that was found and said, for good")
    made.add_argument("name", nargs="?", metavar="NAME")
    made.add_argument("--everything", action="store_true", help="all faces, embeddings, groups, names and albums")
    made.add_argument("--folders", action="store_true", help="with --everything: the list of folders as well")
    made.add_argument("--backups", action="store_true", help="delete the library's own backups as well")
    made.add_argument("--yes", action="store_true", help="do it; without, only say what would go")
