"""Whether the library holds what was said: each function yields what is wrong, in words; nothing means all is well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from faceapp.types import Face
from faceapp.types_people import Question, QuestionKind
from tests.endurance.never.album import Album
from tests.endurance.never.painted import place_of
from tests.endurance.never.rig import Opened
from tests.endurance.never.said import BORN, COVER, Pair, Said, Spot, components


@dataclass
class View:
    """The faces that the library shows, hidden ones included, by file and place, in that order."""

    faces: dict[tuple[str, int], Face] = field(default_factory=dict)
    spots: dict[int, Spot] = field(default_factory=dict)  # by face id

    @classmethod
    def of(cls, opened: Opened, album: Album) -> View:
        reader = opened.library.reader
        ids = [*reader.face_ids(min_score=0.0).tolist(), *opened.people_reader.hidden_ids().tolist()]
        photos = reader.photos(reader.photo_ids().tolist())
        names = {photo.id: photo.path.relative_to(album.root).as_posix() for photo in photos}
        seen = {(names[face.photo_id], place_of(face.box)): face for face in reader.faces(ids)}
        view = cls(dict(sorted(seen.items())))
        view.spots = {face.id: Spot(album.scanned[name], place) for (name, place), face in view.faces.items()}
        return view


def faces_shown(view: View, album: Album) -> Iterator[str]:
    """Compare the faces in view with the files of the last scan."""
    wanted = {(n, p) for n, content in album.scanned.items() for p, face in enumerate(content.faces) if face}
    for name, place in sorted(wanted ^ set(view.faces)):
        yield f"the face {place} of {name} {'is not shown' if (name, place) in wanted else 'is no more'}"


def faces_said(view: View, said: Said) -> Iterator[str]:
    """Compare names and hidden faces."""
    for at, face in view.faces.items():
        spot = view.spots[face.id]
        person = said.person(spot)
        name = said.name(person) if person is not None else None
        if face.person_name != name:
            yield f"{at} is called {face.person_name}, but was named {name}"
        if face.hidden != said.hidden(spot):
            yield f"{at} is hidden as {face.hidden}, but was {said.hidden(spot)}"


def people_said(view: View, opened: Opened, said: Said) -> Iterator[str]:
    """Compare people, their faces, dates of birth and covers."""
    shown = {person.name: person for person in opened.library.reader.people()}
    wanted = {said.name(person): person for person in said.people()}
    if set(shown) != set(wanted):
        yield f"there are {sorted(shown)}, but {sorted(wanted)} were named"
    for name in set(shown) & set(wanted):
        faces = sum(face.person_name == name for face in view.faces.values())
        if shown[name].faces - shown[name].automatic != faces:
            yield f"{name} has {shown[name].faces - shown[name].automatic} named faces, not {faces}"
        details = opened.people_reader.details(shown[name].id)
        born = said.get(BORN, wanted[name])
        if details is None or details.born != born:
            yield f"{name} was born {born}, not {details.born if details else 'at all'}"
        cover = said.get(COVER, wanted[name])
        mine = {face.id for face in view.faces.values() if face.person_name == name}
        chosen = {face_id for face_id in mine if cover and view.spots[face_id] in cover}
        if chosen and shown[name].cover_face_id not in chosen:
            yield f"{name} has another cover than the chosen one"


def ties_said(view: View, opened: Opened, said: Said) -> Iterator[str]:
    """Compare what grouping is told with what was said: what holds for a face holds for all that are the same."""
    ties = opened.people_reader.ties()
    numbers = _numbers(opened, said)
    here = {spot for spot in view.spots.values() if said.hidden(spot) is None}
    part = said.components(people=False)

    def of(spot: Spot) -> object:
        return part.get(spot, spot)

    rejected = {(of(view.spots[int(f)]), numbers[int(p)]) for f, p in ties.rejected}
    wanted = {(of(spot), person) for spot, person in said.refused() if person in said.people()}
    for spot, person in wanted ^ rejected:
        if spot in map(of, here):
            yield f"that {spot} is not {said.name(person)} is {'forgotten' if (spot, person) in wanted else 'new'}"

    told = components([(view.spots[int(a)], view.spots[int(b)]) for a, b in ties.same])
    for a in here:
        for b in here - {a}:
            if (of(a) == of(b)) != (told.get(a, a) == told.get(b, b)):
                yield f"that {a} and {b} are the same is {'forgotten' if of(a) == of(b) else 'new'}"

    different = {Pair((of(view.spots[int(a)]), of(view.spots[int(b)]))) for a, b in ties.different}
    shown = set(map(of, here))
    for pair in {Pair(map(of, pair)) for pair in said.pairs(False)} ^ different:
        if pair <= shown:
            yield f"that {set(pair)} are different is {'new' if pair in different else 'forgotten'}"

    apart = {Pair(numbers[int(p)] for p in row) for row in ties.apart}
    known = {pair for pair in said.apart() if pair <= said.people()}
    if known != apart:
        yield f"people apart are {apart}, not {known}"


def guesses_obey(view: View, opened: Opened, said: Said, *, fresh: bool) -> Iterator[str]:
    """Look whether a guess says what the user denied. ``fresh``: nothing was said since the last grouping."""
    numbers = _numbers(opened, said)
    rejected, differ = said.rejected() | (said.refused() if fresh else set()), said.pairs(False)
    named = {spot: said.person(spot) for spot in view.spots.values()}
    together: dict[object, set[Spot]] = defaultdict(set)
    for at, face in view.faces.items():
        spot = view.spots[face.id]
        if face.guess is None:
            continue
        person = numbers.get(face.guess.person_id)
        if person is None:
            yield f"{at} is guessed to be {face.guess.name}, who is not there"
            continue
        if (spot, person) in rejected:
            yield f"{at} is guessed to be {face.guess.name} again"
        if named[spot] is not None or said.hidden(spot):
            yield f"{at} is guessed though it was decided"
        if fresh and any(Pair((spot, other)) in differ for other, who in named.items() if who == person):
            yield f"{at} is guessed to be {face.guess.name}, but differs from one of the faces"
        if face.guess.standing == 2:
            together["automatic", person].add(spot)
    grouping = opened.people_reader.grouping()
    group_of: dict[Spot, set[int]] = defaultdict(set)
    for face_id, group_id in zip(grouping.face_ids.tolist(), grouping.group_ids.tolist(), strict=True):
        if group_id and face_id in view.spots:
            together["group", group_id].add(view.spots[face_id])
            group_of[view.spots[face_id]].add(group_id)
            if named[view.spots[face_id]] is not None or said.hidden(view.spots[face_id]):
                yield f"{view.spots[face_id]} is in group {group_id} though it was decided"
    if fresh:
        for group, spots in together.items():
            for pair in differ:
                if pair <= spots:
                    yield f"{group} holds {set(pair)}, who are different"


def questions_obey(questions: list[Question], view: View, opened: Opened, said: Said) -> Iterator[str]:
    """Look whether anything is asked that was answered."""
    numbers = _numbers(opened, said)
    rejected, differ, apart = said.rejected(), said.pairs(False), said.apart()
    for question in questions:
        spots = [view.spots[face_id] for face_id in question.faces]
        examples = [view.spots[face_id] for face_id in question.examples]
        person = numbers.get(question.person_id) if question.person_id is not None else None
        for spot in spots:
            if (spot, person) in rejected:
                yield f"{question.key} asks again whether {spot} is {question.person_name}"
            if said.hidden(spot):
                yield f"{question.key} asks about {spot}, which is hidden"
            if said.person(spot) is not None and question.kind not in (QuestionKind.PEOPLE, QuestionKind.TWICE):
                yield f"{question.key} asks about {spot}, which has a name"
            if question.kind is QuestionKind.GROUPS and any(Pair((spot, other)) in differ for other in examples):
                yield f"{question.key} asks again about groups that are different"
        if question.kind is QuestionKind.PEOPLE and Pair((person, numbers.get(question.other_person_id or 0))) in apart:
            yield f"{question.key} asks again whether two people are one"


def history_told(opened: Opened, said: Said) -> Iterator[str]:
    """Compare the history with the steps that were taken, those that hold and those that may be redone."""
    steps = opened.library.people.history(10_000)
    told = sum(not step.undone for step in steps), sum(step.undone for step in steps)
    if told != (len(said.before), len(said.after)):
        yield f"the history tells of {told} steps done and undone, not {len(said.before), len(said.after)}"


def _numbers(opened: Opened, said: Said) -> dict[int, int]:
    """Return the oracle's number of each person of the library."""
    called = {said.name(person): person for person in said.people()}
    return {one.id: called[one.name] for one in opened.library.reader.people() if one.name in called}
