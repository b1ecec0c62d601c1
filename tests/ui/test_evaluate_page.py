"""The page that judges the model in use."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import pytest
from PySide6.QtGui import QColor, QImage

from faceapp.errors import FaceappError
from faceapp.jobs import CancelToken
from faceapp.ports import Services
from faceapp.ui.evaluating import Judgement, Looked
from faceapp.ui.widgets.evaluate_page import EvaluatePage
from tests.ui.window import Album, Desk, OpenDesk, album, open_desk, paint, wait_until

__all__ = ["album", "open_desk"]

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class FakeJudge:
    """Lasts while ``go_on`` is not set."""

    def __init__(self) -> None:
        self.asked: list[list[Path]] = []
        self.saved: list[Path] = []
        self.error: Exception | None = None
        self.go_on = threading.Event()
        self.go_on.set()

    def __call__(
        self, sources: Sequence[Path], services: Services, cancel: CancelToken, progress: Callable[[object], None]
    ) -> Judgement:
        self.asked.append(list(sources))
        progress(Looked(40, 100, 2.0))
        while not self.go_on.wait(0.002):
            cancel.check()
        if self.error is not None:
            raise self.error
        curve = QImage(1200, 600, QImage.Format.Format_RGB888)
        curve.fill(QColor("red"))
        rows = [("Accuracy", "99.8 %"), ("Equal error rate", "0.2 %")]
        return Judgement("pairs.txt, painted", rows, "A remark.", curve, None, self._save)

    def _save(self, folder: Path, cancel: CancelToken) -> None:
        if self.error is not None:
            raise self.error
        self.saved.append(folder)


@pytest.fixture
def judge() -> FakeJudge:
    return FakeJudge()


@pytest.fixture
def desk(open_desk: OpenDesk, album: Album, judge: FakeJudge) -> Desk:
    made = open_desk(album.folder, judge=judge)
    made.act("evaluate")
    assert page(made).isVisible()
    return made


def page(desk: Desk) -> EvaluatePage:
    return desk.window.evaluate_page


def settle(desk: Desk) -> None:
    wait_until(lambda: not desk.window.evaluating.running, "the evaluation")
    desk.settle()


def test_an_empty_page_offers_what_can_be_judged(desk: Desk) -> None:
    assert page(desk).file_button.isEnabled()
    assert page(desk).folder_button.isEnabled()
    assert not page(desk).save_button.isEnabled()
    assert not page(desk).result.isVisible()


def test_an_evaluation_shows_its_table_and_its_picture(desk: Desk, judge: FakeJudge) -> None:
    desk.window.evaluating.evaluate([Path("/pairs.txt")])
    settle(desk)
    assert judge.asked == [[Path("/pairs.txt")]]
    assert page(desk).rows() == [("Accuracy", "99.8 %"), ("Equal error rate", "0.2 %")]
    curve = page(desk).curve
    assert curve.isVisible()
    assert abs(curve.width() / curve.height() - 2) < 0.02
    assert curve.grab().toImage().pixelColor(curve.width() // 2, curve.height() // 2) == QColor("red")
    assert not page(desk).worst.isVisible()
    desk.window.evaluating.evaluate([Path("/pairs.txt")])
    settle(desk)
    assert len(page(desk).rows()) == 2


def test_progress_is_told_and_the_work_can_be_stopped(desk: Desk, judge: FakeJudge) -> None:
    judge.go_on.clear()
    desk.window.evaluating.evaluate([Path("/pairs.txt")])
    wait_until(lambda: "40 of 100 pictures" in page(desk).progress.words.text(), "progress")
    assert not page(desk).file_button.isEnabled()
    desk.button(page(desk).progress.pause)
    assert page(desk).progress.pause.text() == "Go on"
    desk.button(page(desk).progress.stop)
    settle(desk)
    assert not page(desk).progress.isVisible()
    assert not page(desk).result.isVisible()
    assert page(desk).file_button.isEnabled()


def test_a_bad_file_is_told_in_place(desk: Desk, judge: FakeJudge) -> None:
    judge.error = FaceappError("/pairs.txt, line 3: a pair has three columns.")
    desk.window.evaluating.evaluate([Path("/pairs.txt")])
    settle(desk)
    assert page(desk).error.text() == "/pairs.txt, line 3: a pair has three columns."
    assert page(desk).error.isVisible()
    judge.error = None
    desk.window.evaluating.evaluate([Path("/pairs.txt")])
    settle(desk)
    assert not page(desk).error.isVisible()


def test_the_report_is_saved_where_it_is_wanted(desk: Desk, judge: FakeJudge, tmp_path: Path) -> None:
    desk.window.evaluating.evaluate([Path("/pairs.txt")])
    settle(desk)
    assert page(desk).save_button.isEnabled()
    desk.window.evaluating.save_report(tmp_path)
    settle(desk)
    assert judge.saved == [tmp_path]
    judge.error = FaceappError("The disk is full.")
    desk.window.evaluating.save_report(tmp_path)
    settle(desk)
    assert page(desk).error.text() == "The disk is full."


def test_closing_the_window_stops_an_evaluation(desk: Desk, judge: FakeJudge) -> None:
    judge.go_on.clear()
    desk.window.evaluating.evaluate([Path("/pairs.txt")])
    wait_until(lambda: judge.asked, "the evaluation")
    desk.close()
    assert not page(desk).result.isVisibleTo(desk.window)


def test_a_folder_of_people_is_really_judged(open_desk: OpenDesk, album: Album, tmp_path: Path) -> None:
    """The real judge over the painted analyser: two people, three pictures each, told apart without a fault."""
    for person in "AB":
        (tmp_path / "people" / person).mkdir(parents=True)
        for number in range(3):
            picture = paint(f"{person}{number}")
            picture[-1, -1] = number
            cv2.imwrite(str(tmp_path / "people" / person / f"{number}.png"), picture)
    desk = open_desk(album.folder)
    desk.act("evaluate")
    desk.window.evaluating.evaluate([tmp_path / "people"])
    settle(desk)
    rows = dict(page(desk).rows())
    assert rows["Pairs"] == "6 of one person, 9 of two people, from 6 pictures"
    assert rows["Equal error rate"] == "0 %"
    assert rows["Recognised at 0.01 % false"] == "too few pairs to say"
    assert page(desk).curve.isVisible()
    assert page(desk).worst.isVisible()
    report = tmp_path / "report"
    desk.window.evaluating.save_report(report)
    settle(desk)
    assert (report / "report.json").is_file()
