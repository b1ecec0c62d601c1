"""An evaluation in words, as JSON, CSV and pictures."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from faceapp.errors import FaceappError
from faceapp.evaluation.failures import draw_failures
from faceapp.evaluation.figure import draw_report
from faceapp.evaluation.run import NO_FACE_SCORE, Evaluation
from faceapp.evaluation.verification import OperatingPoint, Share, Verification, least_pairs
from faceapp.jobs import CancelToken
from faceapp.ports import Pictures

TOO_FEW = "too few pairs"


def as_dict(evaluation: Evaluation) -> dict[str, Any]:
    """Return everything but scores and ROC as plain values for JSON; None where there are too few pairs to say it."""
    result = evaluation.verification
    accuracy = result.accuracy
    return {
        "pairs": evaluation.pairs.name,
        "model": evaluation.model_id,
        "pictures": len(evaluation.pairs.pictures),
        "same_pairs": result.same_pairs,
        "other_pairs": result.other_pairs,
        "same_mean": result.same_mean,
        "other_mean": result.other_mean,
        "accuracy": accuracy
        and {
            "mean": accuracy.mean,
            "standard_error": accuracy.error,
            "threshold": accuracy.threshold,
            "folds": accuracy.folds,
        },
        "best_threshold": result.best_threshold,
        "best_balanced_accuracy": result.best_balanced,
        "eer": result.eer,
        "auc": result.auc,
        "tar_at_far": {f"{target:.0e}": point and _point(point) for target, point in result.points.items()},
        "interval": "Wilson, 95 %, pairs taken as independent",
        "histogram": {
            "edges": [round(edge, 6) for edge in result.edges.tolist()],
            "same": result.same_histogram.tolist(),
            "other": result.other_histogram.tolist(),
        },
        "unusable_pairs": int((~evaluation.usable).sum()),
        "unusable_pairs_score": NO_FACE_SCORE,
        "problems": [{"picture": str(problem.path), "reason": problem.reason} for problem in evaluation.problems],
    }


def _point(point: OperatingPoint) -> dict[str, Any]:
    return {
        "threshold": point.threshold,
        "tar": point.tar.value,
        "tar_interval": list(point.tar.interval),
        "far": point.far.value,
        "far_interval": list(point.far.interval),
        "false_matches": point.far.count,
    }


def table(evaluation: Evaluation) -> list[tuple[str, str]]:
    """Return label and words of each row for a person."""
    result, pairs = evaluation.verification, evaluation.pairs
    rows = [
        ("Pairs", f"{result.same_pairs:,} of one person, {result.other_pairs:,} of two people"),
        ("Pictures", f"{len(pairs.pictures):,}"),
        ("Mean score", f"{result.same_mean:.3f} of one person, {result.other_mean:.3f} of two people"),
        ("Accuracy", _accuracy(result)),
        ("Best threshold", f"{result.best_threshold:.3f}, balanced accuracy {result.best_balanced:.4f}"),
        ("Equal error rate", f"{100 * result.eer:.2f} %"),
        ("Area under the ROC", f"{result.auc:.5f}"),
    ]
    return rows + [(f"TAR at FAR {_percent(target)}", _tar(target, result)) for target in result.points]


def notes(evaluation: Evaluation) -> list[str]:
    """Return what a person should know to read the table, a sentence or two each."""
    lines = [
        "TAR: share of the pairs of one person that are recognised. "
        "FAR: share of the pairs of two people that are taken for one.",
        "In brackets: where the true share lies with 95 % confidence (Wilson), if pairs are independent.",
    ]
    unusable = int((~evaluation.usable).sum())
    if unusable:
        have = "pair has" if unusable == 1 else "pairs have"
        lines.append(
            f"{unusable:,} {have} a picture without a face, or one that cannot be read. "
            f"Each counts with the score {NO_FACE_SCORE:g}, as if it showed two people."
        )
    return lines


def in_words(evaluation: Evaluation) -> list[str]:
    """Return the table and its notes as lines for a terminal."""
    return [
        f"{evaluation.pairs.name} with {evaluation.model_id}",
        *(f"  {label:<20}  {words}" for label, words in table(evaluation)),
        *notes(evaluation),
    ]


def _percent(share: float) -> str:
    return f"{100 * share:g} %"


def _accuracy(result: Verification) -> str:
    if result.accuracy is None:
        return TOO_FEW
    accuracy = result.accuracy
    return (
        f"{100 * accuracy.mean:.2f} % ± {100 * accuracy.error:.2f} "
        f"({accuracy.folds} folds, threshold {accuracy.threshold:.3f})"
    )


def _tar(target: float, result: Verification) -> str:
    point = result.points[target]
    if point is None:
        return f"{TOO_FEW}: it takes {least_pairs(target):,} of two people"
    return f"{_share(point.tar)} from {point.threshold:.3f}, {point.far.count:,} false"


def _share(share: Share) -> str:
    low, high = share.interval
    return f"{100 * share.value:.2f} % ({100 * low:.2f} to {100 * high:.2f})"


def write_report(
    evaluation: Evaluation, folder: Path, pictures: Pictures, cancel: CancelToken | None = None
) -> list[Path]:
    """Write report.json, roc.csv, scores.csv, report.png and failures.png into a folder; return their paths.

    The last one opens the pictures of the worst pairs again. Raises ``Cancelled``, and ``FaceappError`` if the folder
    cannot be written to.
    """
    roc = evaluation.verification.roc
    title = f"{evaluation.pairs.name}, {evaluation.model_id}"
    writers: dict[str, Callable[[Path], object]] = {
        "report.json": lambda path: path.write_text(json.dumps(as_dict(evaluation), indent=2) + "\n", "utf-8"),
        "roc.csv": lambda path: _write_csv(
            path,
            ("threshold", "far", "tar"),
            zip(roc.thresholds.tolist(), roc.far.tolist(), roc.tar.tolist(), strict=True),
        ),
        "scores.csv": lambda path: _write_csv(
            path, ("picture_1", "picture_2", "same", "fold", "score", "usable"), _score_rows(evaluation)
        ),
        "report.png": lambda path: draw_report(evaluation.verification, title).save(path),
        "failures.png": lambda path: draw_failures(evaluation, pictures, cancel).save(path),
    }
    make_folder(folder)
    try:
        for name, write in writers.items():
            write(folder / name)
    except OSError as error:
        raise FaceappError(
            f"The report cannot be written into {folder} ({error.strerror}). Make room there or choose another folder."
        ) from error
    return [folder / name for name in writers]


def make_folder(folder: Path) -> None:
    """Make the folder of a report, before the work begins. Raises ``FaceappError`` if that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FaceappError(
            f"The folder {folder} for the report cannot be made ({error.strerror}). Choose another one."
        ) from error


def _score_rows(evaluation: Evaluation) -> Iterable[tuple[object, ...]]:
    pairs, names = evaluation.pairs, [str(path) for path in evaluation.pairs.pictures]
    columns = (pairs.first, pairs.second, pairs.same, pairs.folds, evaluation.scores, evaluation.usable)
    for first, second, same, fold, score, usable in zip(*(column.tolist() for column in columns), strict=True):
        yield names[first], names[second], int(same), fold + 1, score, int(usable)


def _write_csv(path: Path, heading: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    # A file name that is no text (os.fsdecode) is written as the bytes it came from.
    with path.open("w", encoding="utf-8", errors="surrogateescape", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heading)
        writer.writerows(rows)
