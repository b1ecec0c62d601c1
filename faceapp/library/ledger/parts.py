"""What belongs together: numbers joined pair by pair (union-find)."""

from __future__ import annotations


class Parts:
    """Disjoint sets of numbers; a number that was never joined is alone."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def find(self, number: int) -> int:
        """Return the number that stands for its part: the smallest one in it."""
        above = self._above
        while (parent := above.get(number, number)) != number:
            above[number] = above.get(parent, parent)
            number = parent
        return number

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.find(one), self.find(other)))
        if first != second:
            self._above[second] = first
