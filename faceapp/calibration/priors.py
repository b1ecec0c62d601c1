"""What is known of an embedder before a library has told anything: the curves of its manifest entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from faceapp.calibration.tails import Curve, Doubt, probit

_SHARES = {"far_1e1": 1e-1, "far_1e2": 1e-2, "far_1e3": 1e-3, "far_1e4": 1e-4, "far_1e5": 1e-5}

# Of the bundled embedder, 725 pairs of one person: 0.9975 score 0.40 or more, 0.978 score 0.50 or more.
_SAME = ((0.0, 0.9975), (0.10, 0.978))  # threshold above the search threshold, share of the pairs of one person
# Where a manifest gives no false-accept rates: those of the bundled embedder, as distances from its search threshold.
_USUAL = ((-0.13, 1e-2), (-0.05, 1e-3), (-0.01, 1e-4))

_MEASURED = Doubt(shift=0.4, stretch=0.15)  # at FAR 1e-2 a shift of 0.4 is a factor of 2.7
_GUESSED = Doubt(shift=1.0, stretch=0.3)


@dataclass(frozen=True, eq=False)
class Priors:
    """Curves of an embedder, and how far a library may lie from them."""

    impostors: Curve  # share of the pairs of two people at or above a threshold
    genuine: Curve  # share of the pairs of one person
    impostor_doubt: Doubt
    genuine_doubt: Doubt
    impostor_pivot: float  # z at which libraries differ by a shift alone
    genuine_pivot: float


def priors_of(thresholds: Mapping[str, float]) -> Priors:
    """Return the curves for a manifest's thresholds: ``search``, and ``far_1e2`` and the like where they were measured.

    Fewer than two measured rates, or rates that do not fall, are no curve: the usual shape around ``search`` then
    stands in, and pairs of the library soon outweigh it.
    """
    search = thresholds["search"]
    points = [(thresholds[key], share) for key, share in _SHARES.items() if key in thresholds]
    try:
        impostors, doubt = Curve.through(points), _MEASURED
    except ValueError:
        impostors, doubt = Curve.through((search + above, share) for above, share in _USUAL), _GUESSED
    return Priors(
        impostors=impostors,
        genuine=Curve.through((search + above, share) for above, share in _SAME),
        impostor_doubt=doubt,
        genuine_doubt=_GUESSED,
        impostor_pivot=probit(1e-2),
        genuine_pivot=probit(0.978),
    )
