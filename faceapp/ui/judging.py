"""The judge of the page “Evaluate recognition”: runs ``faceapp.evaluation`` and puts what it says into words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from faceapp.jobs import CancelToken
from faceapp.ports import Services
from faceapp.ui import words
from faceapp.ui.evaluating import Judgement

if TYPE_CHECKING:
    from PIL.Image import Image

    from faceapp.evaluation.verification import Share, Verification

_translate = QCoreApplication.translate


def judge(
    sources: Sequence[Path], services: Services, cancel: CancelToken, progress: Callable[[object], None]
) -> Judgement:
    """Evaluate the model in use, on a worker. Raises ``FaceappError`` or ``Cancelled``."""
    from faceapp.evaluation.failures import draw_failures
    from faceapp.evaluation.figure import draw_report
    from faceapp.evaluation.pairs import read_pairs
    from faceapp.evaluation.report import write_report
    from faceapp.evaluation.run import evaluate

    pairs = read_pairs(sources)
    found = evaluate(
        pairs,
        services.pictures,
        services.recognition.model_id,
        in_flight=services.config.worker_count,
        cancel=cancel,
        progress=progress,
    )
    title = f"{pairs.name}, {found.model_id}"

    def save(folder: Path, stop: CancelToken) -> object:
        return write_report(found, folder, services.pictures, stop)

    return Judgement(
        title=title,
        rows=rows_of(found.verification, len(pairs.pictures)),
        remark=_remark(int((~found.usable).sum())),
        curve=_image(draw_report(found.verification, title)),
        worst=_image(draw_failures(found, services.pictures, cancel)),
        save=save,
    )


def rows_of(result: Verification, pictures: int) -> list[tuple[str, str]]:
    """Return the table: what is measured, and how much it is."""
    both = _translate("judging", "{same} of one person, {other} of two people, from {pictures} pictures")
    counted = both.replace("{same}", words.number(result.same_pairs)).replace(
        "{other}", words.number(result.other_pairs)
    )
    rows = [
        (_translate("judging", "Pairs"), counted.replace("{pictures}", words.number(pictures))),
        (_translate("judging", "Accuracy"), _accuracy(result)),
        (
            _translate("judging", "Best threshold"),
            _translate("judging", "{threshold}, where {share} are judged rightly")
            .replace("{threshold}", words.decimals(result.best_threshold, 3))
            .replace("{share}", words.percent(result.best_balanced)),
        ),
        (_translate("judging", "Equal error rate"), words.percent(result.eer)),
    ]
    for target, point in result.points.items():
        what = _translate("judging", "Recognised at {share} false").replace("{share}", words.percent(target, 4))
        value = _translate("judging", "too few pairs to say")
        if point is not None:
            value = _share(point.tar).replace("{threshold}", words.decimals(point.threshold, 3))
        rows.append((what, value))
    return rows


def _accuracy(result: Verification) -> str:
    accuracy = result.accuracy
    if accuracy is None:
        return _translate("judging", "too few pairs to say")
    said = _translate("judging", "{share} ± {error}, in {n} folds")
    said = said.replace("{share}", words.percent(accuracy.mean)).replace("{error}", words.percent(accuracy.error))
    return said.replace("{n}", words.number(accuracy.folds))


def _share(share: Share) -> str:
    """Return a share with its 95 % interval; the threshold is to be filled in."""
    low, high = share.interval
    said = _translate("judging", "{share} ({low} to {high}), threshold {threshold}")
    said = said.replace("{share}", words.percent(share.value)).replace("{low}", words.percent(low))
    return said.replace("{high}", words.percent(high))


def _remark(unusable: int) -> str:
    said = _translate(
        "judging",
        "False: the share of the pairs of two people that are taken for one. In brackets: where the true share lies "
        "with 95 % confidence.",
    )
    if unusable:
        more = _translate("judging", "{n} pairs have a picture without a face; they count as pairs of two people.")
        said = words.sentences(said, more.replace("{n}", words.number(unusable)))
    return said


def _image(picture: Image) -> QImage:
    plain = picture.convert("RGB")
    made = QImage(plain.tobytes(), plain.width, plain.height, 3 * plain.width, QImage.Format.Format_RGB888)
    return made.copy()  # the bytes belong to Python and end with this call
