#!/usr/bin/env python3
"""How many answers it takes until everybody in a library has the right name.

    python benchmarks/effort.py [--photos 600] [--people 15] [--made FOLDER [--library FOLDER]] [--hard] [--order keys]

Makes a library of labelled faces (or takes one made before, and its scanned library, of which a copy is used), groups
its faces, and lets a made user answer the questions of the review one after the other, as truthfully as truth.csv
knows. After each answer the guesses follow. It ends when every labelled face has the right name, confirmed or
automatic; every kind of help counts as an answer:

    a name, yes, no, stranger    an answer
    a set that holds several people: the odd ones are split off, one answer for each of the others
    a wrong automatic name that nobody asks about: taken off at the person's page, one answer for a person

``settled`` is the share of labelled faces with the right name. ``plain`` is what it takes where nothing is learned
from an answer: a name for everybody in each group and for each face alone. ``--order`` ranks by keys, as the window
does, or by answers. Ends with one JSON line.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from faceapp.bootstrap import open_services
from faceapp.config import Config
from faceapp.people.review.review import LibraryReview
from faceapp.people.review.worth import ANSWERS, KEYS
from faceapp.ports import Services
from faceapp.types import Box, Standing
from faceapp.types_people import Answer, Question, QuestionKind

ROOT = Path(__file__).resolve().parent.parent
OVERLAP = 0.3  # intersection over union from which a found face is that of truth.csv
TARGET = 40  # answers
AHEAD = 10  # answers that are compared with their forecast
MOST = 1_000  # answers after which the user gives up

Truth = dict[int, str]  # face: who it is; faces of nobody known are not there


class User:
    """Answers by what is true, and counts."""

    def __init__(self, services: Services, truth: Truth) -> None:
        self._services = services
        self._truth = truth
        self.answers: Counter[str] = Counter()

    def _sides(self, faces: Sequence[int]) -> list[list[int]]:
        """Return faces by who they are, most first."""
        by_name = defaultdict(list)
        for face in faces:
            by_name[self._truth.get(face, "")].append(face)
        return sorted(by_name.values(), key=len, reverse=True)

    def _who(self, faces: Sequence[int]) -> str:
        return self._truth.get(self._sides(faces)[0][0], "")

    def reply(self, question: Question) -> str:
        """Answer a question, or split what it mixes; return what was done."""
        sides = self._sides(question.faces)
        if len(sides) > 1 and question.kind in (QuestionKind.NAME, QuestionKind.PERSON):
            for odd in sides[1:]:
                self._services.people.split(odd, [face for face in question.faces if face not in odd])
                self.answers["split"] += 1
            return "split"
        name = self._who(question.faces)
        match question.kind:
            case QuestionKind.GROUPS:
                answer = Answer.YES if name == self._who(question.examples) != "" else Answer.NO
            case QuestionKind.PEOPLE:
                answer = Answer.YES if question.person_name == question.other_name else Answer.NO
            case _ if not name:
                answer = Answer.STRANGER
            case QuestionKind.NAME:
                answer = Answer.YES
            case _:
                answer = Answer.YES if name == question.person_name else Answer.NO
        self._services.review.answer(question, answer, name)
        self.answers[question.kind] += 1
        return question.kind

    def mend(self, named: dict[int, str]) -> bool:
        """Take one person's wrong names off; return whether there were any."""
        wrong = defaultdict(list)
        for face, name in named.items():
            if name != self._truth.get(face, ""):
                wrong[name].append(face)
        if not wrong:
            return False
        name, faces = max(wrong.items(), key=lambda item: len(item[1]))
        person = next(person.id for person in self._services.reader.people() if person.name == name)
        self._services.people.reject(faces, person)
        self.answers["mend"] += 1
        return True


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--photos", type=int, default=600)
    parser.add_argument("--people", type=int, default=15)
    parser.add_argument("--size", default="2400x1800", help="of the photos, pixels")
    parser.add_argument("--hard", action="store_true", help="spoil six faces in ten")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--made", type=Path, help="a library made by the tool before, with its truth.csv")
    parser.add_argument("--library", type=Path, help="the scanned library of it; a copy is used")
    parser.add_argument("--order", choices=("keys", "answers"), default="keys", help="what questions are ranked by")
    parser.add_argument("--tool", type=Path, default=ROOT.parent / "shared" / "tools" / "make_library.py")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        photos = args.made or made(args, Path(scratch) / "photos")
        config = Config(library_dir=Path(scratch) / "library")
        if args.library is not None:
            shutil.copytree(args.library, config.library_dir)
        services = open_services(config)
        try:
            if args.library is None:
                services.scanner.scan([photos])
            result = measured(services, truth_of(photos, services), args.order)
        finally:
            services.close()
    print(json.dumps(result))
    return 0 if result["held"] else 1


def made(args: argparse.Namespace, folder: Path) -> Path:
    if not args.tool.is_file():
        sys.exit(f"The maker of libraries is not at {args.tool}; give it with --tool.")
    command = [sys.executable, args.tool, folder, "--photos", args.photos, "--people", args.people]
    command += ["--size", args.size, "--seed", args.seed, *(["--hard"] if args.hard else [])]
    subprocess.run([str(part) for part in command], check=True, stdout=sys.stderr)
    return folder


def truth_of(photos: Path, services: Services) -> Truth:
    """Return who the found faces are, by truth.csv."""
    rows = defaultdict(list)
    with (photos / "truth.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            if row["person"]:
                width, height = int(row["width"]), int(row["height"])
                x, y, w, h = (float(row[key]) for key in "xywh")
                rows[row["photo"]].append((Box(x / width, y / height, w / width, h / height), row["person"]))
    truth: Truth = {}
    for photo in services.reader.photos(services.reader.photo_ids().tolist()):
        labelled = next((found for path, found in rows.items() if photo.path.as_posix().endswith(f"/{path}")), [])
        free = {face.id: face for face in services.reader.faces_of_photo(photo.id, 0.0)}
        for box, person in labelled:
            best = max(free.values(), key=lambda face: box.iou(face.box), default=None)
            if best is not None and box.iou(best.box) >= OVERLAP and best.score >= services.config.store_score:
                truth[free.pop(best.id).id] = person
    return truth


def measured(services: Services, truth: Truth, order: str) -> dict[str, object]:
    review = services.review
    if order == "answers":
        review = LibraryReview(
            services.gallery,  # type: ignore[arg-type]
            services.people_reader,
            services.reader,
            services.people,
            services.recognition,
            services.config.store_score,
            costs=ANSWERS,
        )
    user = User(services, truth)
    begun = time.monotonic()
    services.groups.regroup()
    plain = plain_answers(services, truth)
    curve = [0.0]
    waits = []
    ahead = review.forecast(review.questions(AHEAD))
    while curve[-1] < 1.0 and user.answers.total() < MOST:
        named = names_of(services, truth)
        asked = time.monotonic()
        questions = review.questions(1)
        if not questions and not user.mend(named):
            break
        done = user.reply(questions[0]) if questions else "mend"
        services.groups.follow()
        waits.append(time.monotonic() - asked)
        named = names_of(services, truth)
        right = sum(named.get(face) == name for face, name in truth.items()) / len(truth)
        curve += [right] * (user.answers.total() - len(curve) + 1)
        print(f"{user.answers.total():4} {done:8} {right:7.1%}", file=sys.stderr)
    answers = user.answers.total()
    keys = sum(KEYS[QuestionKind(kind)] if kind in set(QuestionKind) else 4 for kind in user.answers.elements())
    return {
        "faces": len(truth),
        "people": len(set(truth.values())),
        "order": order,
        "answers": answers,
        "keys": keys,
        "target": TARGET,
        "settled": round(curve[-1], 4),
        "plain": plain,
        "kinds": dict(user.answers),
        "curve": [round(share, 3) for share in curve],
        "forecast": {"answers": AHEAD, "said": round(ahead, 3), "was": round(curve[min(AHEAD, answers)], 3)},
        "answer_s": round(sorted(waits)[len(waits) // 2], 3) if waits else None,
        "seconds": round(time.monotonic() - begun, 1),
        "held": curve[-1] == 1.0 and answers <= TARGET,
    }


def plain_answers(services: Services, truth: Truth) -> int:
    """Return how many names it takes where each group is named by itself, and nobody is recognised afterwards."""
    guessed = services.people_reader.grouping()
    group_of = dict(zip(guessed.face_ids.tolist(), guessed.group_ids.tolist(), strict=True))
    return len({(group_of.get(face) or -face, name) for face, name in truth.items()})


def names_of(services: Services, truth: Truth) -> dict[int, str]:
    """Return the confirmed and automatic names of all faces that views show."""
    ids = set(services.reader.face_ids(min_score=services.config.store_score).tolist()) | truth.keys()
    named = {}
    for face in services.reader.faces(sorted(ids)):
        if face.person_name is not None:
            named[face.id] = face.person_name
        elif face.guess is not None and face.guess.standing is Standing.AUTOMATIC:
            named[face.id] = face.guess.name
    return named


if __name__ == "__main__":
    sys.exit(main())
