"""What the commands on people say: steps, conflicts and reasons as sentences."""

from __future__ import annotations

from collections.abc import Iterator

from faceapp.types import Standing
from faceapp.types_people import Conflict, ConflictKind, Regrouping, Step, Verb, Why


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def step_words(step: Step) -> str:
    """Return what a step was, fit to stand after “Undo”: “Merge of 2 people, 214 faces”."""
    faces = count(step.faces, "face")
    first = step.people[0] if step.people else ""
    match step.verb:
        case Verb.NAME:
            return f"Naming of {faces} as {first}"
        case Verb.MOVE:
            origin = f" from {' and '.join(step.people[1:])}" if len(step.people) > 1 else ""
            return f"Move of {faces}{origin} to {first}"
        case Verb.CLEAR:
            return f"Removal of the name {first} from {faces}" if first else f"Removal of the name of {faces}"
        case Verb.REJECT:
            return f"“Not {first}” for {faces}"
        case Verb.SAME:
            return f"“Same person” for {faces}"
        case Verb.DIFFERENT:
            return f"“Different people” for {' and '.join(step.people) if len(step.people) > 1 else faces}"
        case Verb.HIDE:
            return f"Hiding of {faces}" + (f" ({step.note})" if step.note else "")
        case Verb.SHOW:
            return f"Showing of {faces}"
        case Verb.MERGE:
            return f"Merge of {count(len(step.people), 'person', 'people')}, {faces}"
        case Verb.SPLIT:
            return f"Split of {faces}" + (f" from {first}" if first else "")
        case Verb.RENAME:
            return f"Renaming of {step.note} to {first}"
        case Verb.COVER:
            return f"Cover of {first}"
        case Verb.BORN:
            return f"Birth date of {first}" + (f": {step.note}" if step.note else "")
        case Verb.SAVE_ALBUM:
            return f"Keeping of the album “{step.note}”"
        case Verb.REMOVE_ALBUM:
            return f"Removal of the album “{step.note}”"
        case Verb.MARK_FACE:
            return "Drawing of a face"


def conflict_words(conflict: Conflict) -> str:
    """Return what was said before that a new decision contradicts."""
    one, two = (
        f"face {id_}" if id_ is not None else "a face out of view" for id_ in (conflict.face_id, conflict.other_face_id)
    )
    people = " and ".join(conflict.people)
    match conflict.kind:
        case ConflictKind.DIFFERENT:
            said = f"{one} and {two} are two people"
        case ConflictKind.SAME if conflict.people:
            said = f"{one} is {people}"
        case ConflictKind.SAME:
            said = f"{one} and {two} are one person"
        case ConflictKind.REJECTED:
            said = f"{one} is not {people}"
        case ConflictKind.APART:
            said = f"{people} are two people"
    return f"On {conflict.said.astimezone():%Y-%m-%d at %H:%M} you said that {said}."


def regrouping_words(done: Regrouping, *, preview: bool) -> Iterator[str]:
    """Yield what a grouping found and changed, or would change."""
    yield (
        f"{count(done.groups, 'group')} of {count(done.grouped, 'face')}, {count(done.alone, 'face')} alone, "
        f"{done.automatic:,} named automatically, {done.suggested:,} to be asked, {done.seconds:.1f} s"
    )
    yield (
        f"{'A grouping would bring' if preview else 'Changed:'} {count(done.new_groups, 'new group')}, "
        f"{done.joined:,} joined with another, {done.parted:,} parted, {count(done.moved, 'face')} moved"
    )


def why_words(why: Why) -> Iterator[str]:
    """Yield the reasons why a face matched, was suggested or was named, the weightiest first."""
    match why.standing:
        case Standing.CONFIRMED:
            yield f"Face {why.face_id} is {why.person_name}: you said so."
        case Standing.AUTOMATIC:
            yield f"Face {why.face_id} is shown as {why.person_name}, automatically."
        case Standing.SUGGESTED:
            yield f"Face {why.face_id} may be {why.person_name}: too unsure to be named without asking you."
        case Standing.NOBODY:
            yield f"Face {why.face_id} is nobody who has a name yet."
    if why.other_face_id is not None:
        chance = "" if why.chance is None else f"; the chance that both are one person is {_percent(why.chance)}"
        yield f"It scores {why.score:.2f} with face {why.other_face_id}{chance}."
    if why.person_score is not None:
        rank = "" if why.rank is None else f"; {_percent(why.rank)} of {why.person_name}'s own faces are less alike"
        yield f"Its likeness to {why.person_name} is {why.person_score:.2f}{rank}."
    if why.votes:
        yield "Most alike: " + ", ".join(f"face {vote.face_id} ({vote.score:.2f})" for vote in why.votes) + "."
    if why.runner_up and why.runner_up_score is not None:
        behind = "" if why.margin is None else f", {abs(why.margin):.2f} {'behind' if why.margin >= 0 else 'ahead'}"
        yield f"The next best is {why.runner_up} with {why.runner_up_score:.2f}{behind}."
    if why.flags:
        yield f"Face {why.face_id} is hard to tell: {', '.join(why.flags)}."
    if why.other_flags:
        yield f"Face {why.other_face_id} is hard to tell: {', '.join(why.other_flags)}."
    for step in why.said:
        yield f"You said on {step.created.astimezone():%Y-%m-%d}: {step_words(step)}."


def _percent(share: float) -> str:
    """Return a share as a percentage that never rounds to certainty."""
    percent = f"{100 * share:.1f}"
    if percent == "100.0" and share < 1:
        return "over 99.9 %"
    if percent == "0.0" and share > 0:
        return "under 0.1 %"
    return f"{percent.removesuffix('.0')} %"
