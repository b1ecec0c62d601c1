"""The oracle: what the user said, kept as plainly as can be.

Everything that can be said is a register that holds what was said of it last, with the number of the step. Undoing a
step puts back the registers as they were. Of an edited file, all that was ever said is said of its new content, too.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from tests.endurance.never.painted import Content


class Spot(NamedTuple):
    """A face, as a decision points at it: wherever a file of this content lies."""

    content: Content
    place: int


class Pair(frozenset[Any]):
    """Two spots, or two people, in no order."""


Key = tuple[Hashable, ...]
Registers = dict[Key, tuple[int, Any]]

FACE = "face"  # a spot -> a person's number, a reason to hide it, None
NOT = "not"  # a spot, a person -> whether it was said that they do not go together
SAME = "same"  # a pair of spots -> True for one person, False for two, None
NAME = "name"  # a person
INTO = "into"  # a person -> the one that it was merged into
APART = "apart"  # a pair of people -> whether they were said to be two
BORN = "born"  # a person
COVER = "cover"  # a person -> the spots that are one face


class Said:
    """What holds stands in ``now``; people are numbers that only this class knows."""

    def __init__(self) -> None:
        self.now: Registers = {}
        self.before: list[Registers] = []  # of each step that holds
        self.after: list[Registers] = []  # of each step that was undone, the first one last
        self._steps = self._people = 0

    # Doing and undoing

    def say(self, facts: Mapping[Key, Any]) -> None:
        """Write a step."""
        self._steps += 1
        self.before.append(dict(self.now))
        self.after.clear()
        self.now |= {key: (self._steps, value) for key, value in facts.items()}

    def undo(self) -> bool:
        if not self.before:
            return False
        self.after.append(self.now)
        self.now = self.before.pop()
        return True

    def redo(self) -> bool:
        if not self.after:
            return False
        self.before.append(self.now)
        self.now = self.after.pop()
        return True

    def carry(self, stayed: Iterable[tuple[Spot, Spot]]) -> None:
        """Take over what was said of faces to the same faces of an edited file."""
        for old, new in stayed:
            for registers in (self.now, *self.before, *self.after):
                _carry(registers, old, new)

    def new_person(self) -> int:
        self._people += 1
        return self._people

    # What holds

    def _all(self, kind: str) -> dict[Any, Any]:
        return {key[1:] if len(key) > 2 else key[1]: value for key, (_, value) in self.now.items() if key[0] == kind}

    def get(self, *key: Hashable) -> Any:
        return self.now.get(key, (0, None))[1]

    def into(self, person: int) -> int:
        """Return who a person is now."""
        while (other := self.get(INTO, person)) is not None:
            person = other
        return person

    def aliases(self, person: int) -> list[int]:
        """Return everybody who is that person now."""
        return [one for one in self._all(NAME) if self.into(one) == person]

    def person(self, spot: Spot) -> int | None:
        said = self.get(FACE, spot)
        return self.into(said) if isinstance(said, int) else None

    def hidden(self, spot: Spot) -> str | None:
        said = self.get(FACE, spot)
        return said if isinstance(said, str) else None

    def name(self, person: int) -> str:
        return str(self.get(NAME, person))

    def people(self) -> set[int]:
        """Return those who have a face, in view or not."""
        return {self.into(said) for said in self._all(FACE).values() if isinstance(said, int)}

    def decided(self) -> bool:
        """Return whether anything was said of any face."""
        return any(key[0] == FACE for key in self.now)

    def called(self, name: str) -> int | None:
        """Return the person that a typed name means: one who has faces before one who has lost them all."""
        key = name.casefold()
        named = [(self.now[NAME, p][0], p) for p, n in self._all(NAME).items() if n.casefold() == key]
        named = [(stamp, p) for stamp, p in named if self.into(p) == p]
        here = self.people()
        return max(named, key=lambda one: (one[1] in here, one), default=(0, None))[1]

    def rejected(self) -> set[tuple[Spot, int]]:
        return {(spot, self.into(person)) for (spot, person), said in self._all(NOT).items() if said}

    def refused(self) -> set[tuple[Spot, int]]:
        """Return who each face is not: rejected, or different from a face of that person."""
        different = [(one, other) for pair in self.pairs(False) for one in pair for other in pair - {one}]
        theirs = {(one, person) for one, other in different if (person := self.person(other)) is not None}
        return self.rejected() | theirs

    def apart(self) -> set[Pair]:
        return {Pair(map(self.into, pair)) for pair, said in self._all(APART).items() if said}

    def pairs(self, same: bool) -> set[Pair]:
        return {pair for pair, said in self._all(SAME).items() if said is same}

    def components(self, *, people: bool) -> dict[Hashable, Hashable]:
        """Return who is one by what was said: a spot (with ``people`` also a person) that stands for all, for each."""
        links: list[tuple[Hashable, Hashable]] = [tuple(pair) for pair in self.pairs(True)]  # type: ignore[misc]
        if people:
            links += [(s, self.into(p)) for s, p in self._all(FACE).items() if isinstance(p, int)]
        return components(links)

    def severed(self, spots: Sequence[Spot], person: int) -> set[Pair]:
        """Return the pairs that hold no more when faces are rejected for a person: what ties them to that person."""
        rest = [pair for pair in self.pairs(True) if pair.isdisjoint(spots)]
        named = [(s, self.into(p)) for s, p in self._all(FACE).items() if isinstance(p, int) and s not in spots]
        one = components([*(tuple(pair) for pair in rest), *named])  # type: ignore[misc]
        there = one.get(person, person)
        return {pair for pair in self.pairs(True) if len(out := pair.difference(spots)) == 1 and one.get(*out) == there}

    def objections(self, facts: Mapping[Key, Any]) -> set[str]:
        """Return what was said before and contradicts new facts."""
        then = Said()
        then.now = self.now | {key: (self._steps + 1, value) for key, value in facts.items()}
        turned = {
            f"of {key[1]} the opposite was said"
            for key, value in facts.items()
            if key[0] == SAME and value is not None and self.get(*key) is (not value)
        }
        return turned | then.contradictions() - self.contradictions()

    def contradictions(self) -> set[str]:
        """Return where what was said contradicts itself."""
        one = self.components(people=True)
        found = set()
        for a, b in map(tuple, self.pairs(False)):
            if one.get(a, a) == one.get(b, b):
                found.add(f"{a} and {b} are the same and different")
        for pair in self.apart():
            a, b = (*pair, *pair)[:2]
            if one.get(a, a) == one.get(b, b):
                found.add(f"{a} and {b} are one and two")
        for a in self.people():
            found |= {f"{a} and {b} are one" for b in self.people() if a < b and one.get(a) == one.get(b)}
        for spot, person in self.rejected():
            if one.get(spot, spot) == one.get(person, person):
                found.add(f"{spot} is and is not {person}")
        return found


def components(links: Iterable[tuple[Hashable, Hashable]]) -> dict[Hashable, Hashable]:
    """Return a representative for each end of the links: equal for those that hang together."""
    parent: dict[Hashable, Hashable] = {}

    def root(node: Hashable) -> Hashable:
        while parent.setdefault(node, node) != node:
            node = parent[node]
        return node

    for a, b in links:
        parent[root(a)] = root(b)
    return {node: root(node) for node in list(parent)}


def _carry(registers: Registers, old: Spot, new: Spot) -> None:
    for key, (step, said) in list(registers.items()):
        other: Key
        if key[0] == COVER:
            if old in said:
                registers[key] = step, said | {new}
            continue
        if key[0] == SAME:
            assert isinstance(key[1], Pair)
            if old not in key[1] or new in key[1]:
                continue
            other = SAME, Pair(key[1] - {old} | {new})
        elif len(key) > 1 and key[1] == old:
            other = key[0], new, *key[2:]
        else:
            continue
        if registers.get(other, (0,))[0] < step:
            registers[other] = step, said
