"""The libraries that are photographed: an empty one, one of a single photo, the usual one and a large one."""

from __future__ import annotations

import datetime
import itertools
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from faceapp.bootstrap import open_services
from faceapp.config import Config
from faceapp.ports import Services
from faceapp.types import Box, Combine, Face, HideReason
from faceapp.types_search import Filter, Role, Search, SearchFace
from screenshots import album, many
from screenshots.album import Drawn

NAMED = {"grace_hopper": "Grace Hopper", "astronaut": "Eileen Collins", "biden": "Joe Biden"}
_SAID = ("", "-mirrored")  # the pictures of somebody that the user named; others are guessed
_SAME = 0.3  # overlap from which a face that was found is the one that was drawn


@dataclass(frozen=True)
class Places:
    """Where everything lies for as long as the pictures are made."""

    work: Path

    @property
    def home(self) -> Path:
        return self.work / "home"

    @property
    def pictures(self) -> Path:
        return self.home / "Pictures"

    @property
    def away(self) -> Path:
        return self.work / "USB drive" / "Old laptop"

    @property
    def empty(self) -> Path:
        return self.work / "empty" / "Pictures"

    @property
    def one(self) -> Path:
        return self.work / "one" / "Pictures"

    @property
    def many(self) -> Path:
        return self.work / "many" / "Pictures"

    @property
    def classes(self) -> Path:
        return self.work / "People"

    @property
    def couple(self) -> Path:
        return self.work / "couple.jpg"

    def library(self, name: str) -> Path:
        return self.work / "libraries" / name


def build(places: Places, *, large: bool = True) -> None:
    """Make the albums and read them with the real program."""
    drawn = album.make_album(places.pictures)
    album.make_one(places.one)
    album.make_away(places.away)
    album.make_classes(places.classes)
    album.make_couple(places.couple)
    places.empty.mkdir(parents=True)
    usual = _read(places.library("usual"), [places.pictures, places.away])
    try:
        furnish(usual, drawn)
        model = usual.recognition.model_id
    finally:
        usual.close()
    shutil.rmtree(places.away.parent)  # the drive is taken out
    _read(places.library("0"), [places.empty]).close()
    single = _read(places.library("1"), [places.one])
    single.people.name_faces(single.reader.face_ids(min_score=0.5).tolist(), NAMED["grace_hopper"])
    single.close()
    if large:
        many.make(places.library("usual"), places.pictures, places.library("40000"), places.many, model)


def _read(library: Path, folders: Sequence[Path]) -> Services:
    services = open_services(Config(library_dir=library))
    services.scanner.scan([folder.resolve() for folder in folders])
    return services


def best_faces(services: Services) -> dict[str, Face]:
    """Return the largest face of each photo that shows one, by the name of its file."""
    reader = services.reader
    found = {}
    for photo in reader.photos(reader.photo_ids().tolist()):
        if faces := reader.faces_of_photo(photo.id, services.config.show_score):
            found[photo.path.name] = max(faces, key=lambda face: face.box.w * face.box.h)
    return found


def furnish(services: Services, drawn: Sequence[Drawn]) -> None:
    """Say who some are, as a user would, so that every page has something to show."""
    people = services.people
    for somebody in drawn:
        people.name_faces([_drawn_face(services, *face) for face in somebody.faces], somebody.name)
    faces = best_faces(services)
    for stem, name in NAMED.items():
        people.name_faces([faces[f"{stem}{suffix}.jpg"].id for suffix in _SAID], name)
    services.groups.follow()
    by_name = {person.name: person for person in services.reader.people()}
    people.set_born(by_name["Eileen Collins"].id, datetime.date(1956, 11, 19))
    strangers = [by_name[somebody.name].id for somebody in drawn]
    for one, other in list(itertools.combinations(strangers, 2))[1:]:
        people.apart(one, other)
    people.reject([faces["obama2-grey.jpg"].id], by_name["Joe Biden"].id)
    people.hide([faces["q 2.jpg"].id], HideReason.STATUE)
    _keep_albums(services, faces, by_name[album.LONG].id)
    services.groups.follow()


def _keep_albums(services: Services, faces: dict[str, Face], person_id: int) -> None:
    face = faces["grace_hopper.jpg"]
    wanted = SearchFace(NAMED["grace_hopper"], Role.INCLUDE, face.id, services.gallery.embedding(face.id))
    services.people.save_album("Admiral", Search([wanted], Combine.ANY, services.recognition.search_threshold))
    only = Filter(people=(person_id,))
    services.people.save_album(
        "Tante Leni and everything that happened at Schillingsfürst", Search((), Combine.ANY, 0.4, only)
    )


def _drawn_face(services: Services, file: str, where: tuple[float, float, float, float]) -> int:
    """Return the face of a drawn person: the one that the detector found, or one that is drawn around it now."""
    reader = services.reader
    photo = next(one for one in reader.photos(reader.photo_ids().tolist()) if one.path.name == file)
    box = Box(*where)
    found = max(reader.faces_of_photo(photo.id, 0.0), key=lambda face: face.box.iou(box), default=None)
    if found is not None and found.box.iou(box) > _SAME:
        return found.id
    content, face = services.pictures.find_in_box(photo.path, box, anyway=True)
    assert face is not None, file
    return services.people.mark_face(photo.id, content, face).face_ids[0]
