"""The page of recognition models in the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from faceapp.errors import LibraryError, ModelError
from faceapp.types import Disagreement
from faceapp.ui.widgets.model_card import ModelCard
from faceapp.ui.widgets.models_page import ModelsPage
from faceapp.ui.widgets.parts import PictureButton
from tests.ui.embedders import NOT_A_MODEL, FakeEmbedders
from tests.ui.window import Album, Desk, OpenDesk, album, open_desk, wait_until

__all__ = ["album", "open_desk"]

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def embedders() -> FakeEmbedders:
    return FakeEmbedders()


@pytest.fixture
def desk(open_desk: OpenDesk, album: Album, embedders: FakeEmbedders) -> Desk:
    """Return a window that shows the page of models."""
    made = open_desk(album.folder, embedders=embedders)
    made.act("models")
    assert page(made).isVisible()
    return made


def page(desk: Desk) -> ModelsPage:
    return desk.window.models_page


def card(desk: Desk, model_id: str = "new") -> ModelCard:
    return page(desk).cards[model_id]


def settle(desk: Desk) -> None:
    wait_until(lambda: not desk.window.modelling.running and not desk.window.session.reopening, "the models")
    desk.settle()


def offered(desk: Desk, model_id: str) -> list[str]:
    buttons = card(desk, model_id)
    every = (buttons.use, buttons.prepare, buttons.compare, buttons.drop)
    return [button.text() for button in every if button.isVisible()]


def test_every_model_is_listed_with_what_can_be_done(desk: Desk, embedders: FakeEmbedders) -> None:
    assert [c.accessibleName() for c in page(desk).cards.values()] == [
        "MobileFaceNet, In use",
        "My model, Not prepared",
    ]
    assert offered(desk, "old") == []
    assert offered(desk, "new") == ["Prepare"]
    embedders.ready()
    desk.act("models")
    assert offered(desk, "new") == ["Use", "Compare", "Delete vectors…"]
    assert card(desk).use.accessibleName() == "Use My model"


def test_a_model_is_added_after_a_look_at_its_contract(desk: Desk, embedders: FakeEmbedders) -> None:
    desk.window.modelling.propose(Path("/models/third.onnx"))
    desk.settle()
    form = page(desk).form
    assert form.isVisible()
    assert form.texts["mean"].text() == "127.5"
    form.texts["name"].setText("A third one")
    form.texts["licence"].setText("Apache-2.0")
    form.texts["mean"].setText("1, 2, 3")
    form.lists["flip"].setCurrentIndex(form.lists["flip"].findData("concat"))
    desk.button(form.add)
    (asked,) = embedders.asked
    assert asked[:2] == ("add", Path("/models/third.onnx"))
    sent = asked[2]
    assert isinstance(sent, dict)
    assert sent["thresholds"] == {"search": 0.4}  # not shown, not lost
    assert (sent["name"], sent["licence"], sent["mean"]) == ("A third one", "Apache-2.0", [1.0, 2.0, 3.0])
    assert (sent["flip"], sent["output"]) == ("concat", 1024)
    assert not form.isVisible()
    assert "third" in page(desk).cards


def test_what_is_no_number_is_refused_in_place(desk: Desk, embedders: FakeEmbedders) -> None:
    desk.window.modelling.propose(Path("third.onnx"))
    desk.settle()
    form = page(desk).form
    form.texts["scale"].setText("half")
    desk.button(form.add)
    assert "are numbers" in form.error.text()
    assert embedders.asked == []
    desk.button(form.cancel)
    assert not form.isVisible()


def test_a_file_that_is_no_model_is_refused_in_its_own_words(desk: Desk, embedders: FakeEmbedders) -> None:
    embedders.error = NOT_A_MODEL
    desk.window.modelling.propose(Path("/tmp/cat.onnx"))
    desk.settle()
    assert page(desk).error.text() == str(NOT_A_MODEL)
    assert not page(desk).form.isVisible()
    assert page(desk).add_button.isEnabled()


def test_a_model_that_fails_its_check_keeps_the_form(desk: Desk, embedders: FakeEmbedders) -> None:
    desk.window.modelling.propose(Path("third.onnx"))
    desk.settle()
    embedders.error = ModelError("It takes other people for the same.")
    form = page(desk).form
    desk.button(form.add)
    assert form.error.text() == "It takes other people for the same."
    assert form.isVisible()
    assert form.add.isEnabled()


def test_preparing_can_be_paused_stopped_and_gone_on_with(desk: Desk, embedders: FakeEmbedders) -> None:
    embedders.go_on.clear()
    desk.button(card(desk).prepare)
    progress = card(desk).progress
    wait_until(lambda: "300 of 1,234 faces" in progress.words.text(), "progress")
    assert progress.isVisible()
    assert not card(desk).prepare.isVisible()
    assert not card(desk).confirm.isEnabled()
    desk.button(progress.pause)
    assert "paused" in progress.words.text()
    assert progress.pause.text() == "Go on"
    desk.button(progress.stop)
    settle(desk)
    assert not progress.isVisible()
    embedders.go_on.set()
    desk.button(card(desk).prepare)
    settle(desk)
    assert offered(desk, "new") == ["Use", "Compare", "Delete vectors…"]


def test_faces_that_could_not_be_prepared_are_told(desk: Desk, embedders: FakeEmbedders) -> None:
    embedders.failed = 3
    desk.button(card(desk).prepare)
    settle(desk)
    assert page(desk).error.text().startswith("3 faces could not be prepared")


def test_closing_the_window_stops_preparing(desk: Desk, embedders: FakeEmbedders) -> None:
    embedders.go_on.clear()
    desk.button(card(desk).prepare)
    wait_until(lambda: embedders.asked, "preparing")
    desk.close()
    assert embedders.models["new"].vectors == 0


def test_using_a_model_opens_the_library_again(desk: Desk, embedders: FakeEmbedders) -> None:
    desk.search("a0.png A")
    desk.window.searching.name_these()
    desk.name("Anna")
    embedders.ready()
    desk.act("models")
    before = desk.services
    opened: list[bool] = []
    desk.window.session.opened.connect(lambda: opened.append(True))
    desk.button(card(desk).use)
    settle(desk)
    assert opened == [True]
    assert embedders.asked == [("use", "new")]
    assert desk.services is not before
    assert not desk.window.query.active
    assert page(desk).isVisible()
    assert card(desk).accessibleName() == "My model, In use"
    assert desk.count("people") == "People, 1"
    desk.search("a0.png A")
    assert len(desk.shown()) == 3
    assert [tile.title for tile in desk.tiles()] == ["Anna"] * 3


def test_a_running_scan_is_finished_after_the_change(
    open_desk: OpenDesk, album: Album, embedders: FakeEmbedders
) -> None:
    from tests.ui.window import Gate, PaintedAnalyser

    gate = Gate(2)
    embedders.ready()
    desk = open_desk(album.folder, embedders=embedders, analyser=PaintedAnalyser(gate), wait=False)
    window = desk.window
    wait_until(lambda: window.session.is_open and window.session.scanning, "the scan")
    window.session.reopen()
    assert window.session.reopening
    gate.open()
    wait_until(lambda: not window.session.reopening, "the library")
    desk.settle()
    assert desk.count("photos") == "Photos, 6"


def test_a_search_from_elsewhere_covers_the_page_and_gives_it_back(desk: Desk) -> None:
    window = desk.window
    window.searching.search_face(desk.face("a0.png A"))
    desk.settle()
    assert window.grid.isVisible()
    assert len(desk.shown()) == 3
    desk.key(Qt.Key.Key_Escape)
    assert page(desk).isVisible()


def test_a_library_that_cannot_be_opened_again_says_so(
    open_desk: OpenDesk, album: Album, embedders: FakeEmbedders, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(album.folder, embedders=embedders)

    def refuse() -> None:
        raise LibraryError("The drive is gone.")

    monkeypatch.setattr(desk.window.session, "_open_services", refuse)
    desk.window.session.reopen()
    wait_until(lambda: not desk.window.session.reopening, "the refusal")
    assert "The drive is gone." in desk.empty_words()


def test_two_models_are_compared_face_by_face(desk: Desk, embedders: FakeEmbedders) -> None:
    embedders.ready()
    faces = desk.faces()
    a, b = faces["a0.png A"], faces["b1.png B"]
    embedders.pairs = [Disagreement(a, b, 0.52, 0.18), Disagreement(a, b, 0.2, 0.6)]
    desk.act("models")
    desk.button(card(desk).compare)
    view = page(desk).comparison
    assert view.sentences() == [
        "In use: the same person. New: two people. 0.52 with the model in use, 0.18 with the new one",
        "In use: two people. New: the same person. 0.20 with the model in use, 0.60 with the new one",
    ]
    tiles = [tile for tile in view.findChildren(PictureButton) if tile.isVisible()]
    assert len(tiles) == 4
    desk.button(view.close_button)
    assert card(desk).isVisible()
    desk.button(card(desk).compare)
    desk.button(next(tile for tile in view.findChildren(PictureButton) if tile.isVisible()))
    assert desk.window.query.active


def test_nothing_to_compare_is_told_in_place(desk: Desk, embedders: FakeEmbedders) -> None:
    embedders.ready()
    desk.act("models")
    embedders.error = ModelError("There is nothing to compare.")
    desk.button(card(desk).compare)
    assert page(desk).error.text() == "There is nothing to compare."
    assert card(desk).isVisible()


def test_vectors_are_deleted_after_a_question(desk: Desk, embedders: FakeEmbedders) -> None:
    embedders.ready()
    desk.act("models")
    desk.button(card(desk).drop)
    desk.button(card(desk).keep)
    assert embedders.asked == []
    desk.button(card(desk).drop)
    desk.button(card(desk).confirm)
    assert embedders.asked == [("drop", "new")]
    assert offered(desk, "new") == ["Prepare"]
