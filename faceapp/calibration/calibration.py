"""What scores mean in one library: strangers to expect, the chance of a match, and the marks of the slider."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from faceapp.calibration.priors import Priors
from faceapp.calibration.tails import Floats, Shares
from faceapp.ports_search import MatchSet
from faceapp.types import Marks, Outlook

_STEP = 0.0025  # of the thresholds that marks are chosen from
_CAUTIOUS, _BALANCED, _EVERYTHING = 0.001, 0.01, 0.5  # strangers among the shown
_WIDEST_DEFAULT = 1e-5  # FAR that the default need not go below
_NEARLY_ALL = 0.999  # share of the person that "everything" shows
_SURE = 1e-4  # FAR of the threshold at which the faces of the person are counted
_BAND = 0.25  # of the strangers above the floor lie above the band in which a query is watched
_STEADY = 10.0  # strangers whose weight the library's curve has against the query's own count
_LEAST, _MOST = 0.2, 50.0  # times the library's share of strangers that a query may have
_WINDOW = 0.025  # half the width of the range of scores that is looked at around one


@dataclass(frozen=True, eq=False)
class LibraryCalibration:
    """Implements ``ports.Calibration``. Immutable, for any thread."""

    impostors: Shares  # share of the pairs of two people that score a threshold or more
    genuine: Shares  # share of the pairs of one person
    impostor_pairs: int
    genuine_pairs: int

    @classmethod
    def known_beforehand(cls, priors: Priors) -> LibraryCalibration:
        """Return the calibration of a library that has told nothing yet."""
        return cls(Shares.mixed([(priors.impostors, 1.0)]), Shares.mixed([(priors.genuine, 1.0)]), 0, 0)

    def outlook(self, matches: MatchSet, threshold: float, gallery: int) -> Outlook:
        """Return what to expect of ``threshold`` for the answer to a query over ``gallery`` faces.

        Strangers are the faces of other people times the share of them that scores so high. What is above the library's
        share just over the floor, where nearly all are strangers, is laid to the query: a blurred face, or several
        probes at once, meets more of them than others. ``missed`` rests on confirmed names; None without any.
        """
        person, factor = self._query(matches, gallery)
        strangers = (gallery - person) * min(factor * self.impostors.one(threshold), 1.0)
        missed = 1.0 - self.genuine.one(threshold) if self.genuine_pairs else None
        return Outlook(min(max(strangers, 0.0), float(matches.count(threshold))), missed)

    def chance(self, matches: MatchSet, score: float, gallery: int) -> float:
        """Return the chance (0 to 1) that a face with this score is the person looked for; never falls with the score.

        At each step: of the faces that score about as much, the share beyond the strangers to expect there. Where few
        lie, the curve of confirmed faces speaks for the person.
        """
        person, factor = self._query(matches, gallery)
        centres = np.arange(matches.floor, max(score, matches.floor) + _WINDOW, _WINDOW)
        low, high = centres - _WINDOW, np.minimum(centres + _WINDOW, 1.0)
        low[0] = max(low[0], matches.floor)
        low_seen, high_seen = np.split(_counts(matches, np.append(low, np.nextafter(high, 2.0))), 2)
        seen = low_seen - high_seen
        strangers = (gallery - person) * factor * (self.impostors.at(low) - self.impostors.at(high))
        expected = max(person, 1.0) * (self.genuine.at(low) - self.genuine.at(high))
        known = (expected + seen * np.maximum(seen - strangers, 0.0)) / (1.0 + seen)
        chances = known / np.maximum(known + np.maximum(strangers, 0.0), 1e-12)
        return float(np.interp(score, centres, np.maximum.accumulate(chances)))

    def marks(self, matches: MatchSet, gallery: int) -> Marks:
        """Return the named thresholds for a query, from the floor to 1, cautious ≥ balanced ≥ everything.

        *Cautious*: one stranger expected per thousand shown. *Balanced*, the default: one per hundred, but never fewer
        faces than a false-accept rate of 1e-5 shows; else somebody of whom there are few photos could hardly be
        found in a large library. *Everything*: 999 in 1,000 faces of the person, unless more than half of the shown
        would then be strangers.
        """
        floor = matches.floor
        person, factor = self._query(matches, gallery)
        steps = np.append(np.arange(floor, 1.0, _STEP), 1.0)
        shown = _counts(matches, steps)
        strangers = (gallery - person) * np.minimum(factor * self.impostors.at(steps), 1.0)
        parts = strangers / np.maximum(shown, 1.0)
        cautious, one_in_hundred, half = (_lowest(steps, parts, aim) for aim in (_CAUTIOUS, _BALANCED, _EVERYTHING))
        balanced = min(max(min(one_in_hundred, self.impostors.where(_WIDEST_DEFAULT)), floor), 1.0)
        everything = max(half, min(max(self.genuine.where(_NEARLY_ALL), floor), 1.0))
        return Marks(max(cautious, balanced), balanced, min(everything, balanced))

    def _query(self, matches: MatchSet, gallery: int) -> tuple[float, float]:
        """Return how many faces of the person there seem to be, and by what factor this query meets more strangers."""
        if not gallery:
            return 0.0, 1.0
        sure = max(self.impostors.where(_SURE), matches.floor)
        accepted, refused = self.genuine.one(sure), self.impostors.one(sure)
        found = (matches.count(sure) - gallery * refused) / max(accepted - refused, 0.05)
        person = min(max(found, 0.0), float(gallery))
        bottom = self.impostors.one(matches.floor)
        top = self.impostors.where(_BAND * bottom)
        seen = float(matches.count(matches.floor) - matches.count(top))
        seen -= person * (self.genuine.one(matches.floor) - self.genuine.one(top))
        expected = (gallery - person) * bottom * (1 - _BAND)
        factor = (_STEADY + max(seen, 0.0)) / (_STEADY + expected)
        return person, min(max(factor, _LEAST), _MOST)


def _counts(matches: MatchSet, thresholds: Floats) -> Floats:
    """Return how many matches score each threshold or more."""
    rising = matches.scores[::-1]
    return len(rising) - np.searchsorted(rising, thresholds.astype(np.float32), side="left").astype(np.float64)


def _lowest(steps: Floats, parts: Floats, aim: float) -> float:
    """Return the threshold from which on no step has a larger part of strangers than ``aim``."""
    too_many = np.flatnonzero(parts > aim)
    return float(steps[min(too_many[-1] + 1, len(steps) - 1)]) if len(too_many) else float(steps[0])
