"""The figures of grouping, each a fixed distance from the model's search threshold."""

from __future__ import annotations

from dataclasses import dataclass

TWIN = 0.80  # cosine from which two faces of one photo are one person twice: a collage, a mirror, a screen
COPY = 0.95  # cosine from which faces of two files of equal content are the same face
WEAK_NORM = 0.66  # share of the library's median embedding norm below which a face may join but not seed or bridge
CLEAR_NORM = 0.82  # the same, below which a face is no clear one; a group takes single faces in if it has a clear one
SEED = 3  # faces that a group needs before others may join it


@dataclass(frozen=True, slots=True)
class Settings:
    """Cosines. Measured on photos with known people, six faces in ten spoiled."""

    core: float  # average of all pairs within a core
    merge: float  # of two groups' centroids, whatever else is near
    fragment: float  # of a small group's centroid and a large one's, if no other group is near
    fragment_margin: float  # what "no other is near" means
    attach: float  # of a single face and a group
    attach_lead: float  # the same with the distance to the runner-up added, where most faces have a group
    attach_plain: float  # and where few have one
    automatic: float  # likeness of a face to a person from which nobody is asked, if ``automatic_margin`` ahead
    automatic_group: float  # the same for the centroid of a group
    automatic_margin: float
    suggest: float  # likeness from which a face or group left over is asked about, whoever comes second

    @classmethod
    def of(cls, threshold: float) -> Settings:
        """Return the settings of a model whose search threshold is this cosine."""
        return cls(
            core=threshold + 0.10,
            merge=threshold + 0.20,
            fragment=threshold - 0.05,
            fragment_margin=0.12,
            attach=threshold - 0.20,
            attach_lead=threshold - 0.18,
            attach_plain=threshold + 0.04,
            automatic=threshold + 0.05,
            automatic_group=threshold + 0.15,
            automatic_margin=0.10,
            suggest=threshold,
        )
