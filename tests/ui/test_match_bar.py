"""The match bar and its slider."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QContextMenuEvent, QImage, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from faceapp.types import Combine, Marks, Outlook
from faceapp.types_search import GroupBy, Role, Rows
from faceapp.ui import theme
from faceapp.ui.widgets.match_bar import ChipData, MatchBar
from faceapp.ui.widgets.query_chip import QueryChip
from faceapp.ui.widgets.score_slider import MARGIN, ScoreSlider


def open_menu(chip: QueryChip) -> QMenu:
    """Open a chip's menu by the Menu key."""
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(4, 4), chip.mapToGlobal(QPoint(4, 4)))
    QApplication.sendEvent(chip, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def pick(menu: QMenu, text: str, owner: QWidget) -> None:
    """Click an action of a menu, opening it over its owner if it is not open."""
    if not menu.isVisible():
        menu.popup(owner.mapToGlobal(QPoint(0, 0)))
    action = next(action for action in menu.actions() if action.text() == text)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


MARKS = Marks(cautious=0.6, balanced=0.4, everything=0.3)

# The offscreen platform says so of windows with a least size and of pop-ups.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def bar(qtbot: QtBot, qapp: QApplication) -> MatchBar:
    theme.apply(qapp, "light")
    made = MatchBar(floor=0.20)
    qtbot.addWidget(made)
    made.resize(1000, made.sizeHint().height())
    made.set_query([ChipData(("face", 7), None, "Anna")])
    made.set_marks(MARKS)
    made.set_result(134, 120, 0.42)
    made.show()
    return made


@pytest.fixture
def slider(qtbot: QtBot, qapp: QApplication) -> ScoreSlider:
    theme.apply(qapp, "light")
    made = ScoreSlider(0.20)
    qtbot.addWidget(made)
    made.resize(400 + 2 * MARGIN, made.sizeHint().height())
    made.set_marks(MARKS)
    made.set_score(0.40)
    made.show()
    return made


def test_the_keyboard_moves_the_line(slider: ScoreSlider, qtbot: QtBot) -> None:
    heard: list[float] = []
    slider.value_changed.connect(heard.append)
    for key in (
        Qt.Key.Key_Right,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_Left,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    ):
        qtbot.keyClick(slider, key)
    assert heard == pytest.approx([0.41, 0.46, 0.45, 0.40, 0.20, 1.0])


def test_a_click_jumps_and_a_drag_is_live(slider: ScoreSlider, qtbot: QtBot) -> None:
    heard: list[float] = []
    settled: list[float] = []
    slider.value_changed.connect(heard.append)
    slider.released.connect(settled.append)
    y = 39
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(MARGIN + 200, y))
    qtbot.mouseMove(slider, QPoint(MARGIN + 300, y))
    assert settled == []
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(MARGIN + 300, y))
    assert heard == pytest.approx([0.60, 0.80], abs=0.002)
    assert settled == pytest.approx([0.80], abs=0.002)
    qtbot.mouseMove(slider, QPoint(MARGIN, y))
    assert slider.score() == pytest.approx(0.80, abs=0.002)


def test_grabbing_the_handle_off_its_centre_does_not_move_it(slider: ScoreSlider, qtbot: QtBot) -> None:
    handle = MARGIN + 100
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(handle + 6, 39))
    assert slider.score() == pytest.approx(0.40, abs=0.002)


def test_dragging_beyond_the_ends_stays_in_range(slider: ScoreSlider, qtbot: QtBot) -> None:
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(MARGIN + 200, 39))
    qtbot.mouseMove(slider, QPoint(-50, 39))
    assert slider.score() == 0.20
    qtbot.mouseMove(slider, QPoint(4000, 39))
    assert slider.score() == 1.0


def test_set_score_gives_no_signal(slider: ScoreSlider) -> None:
    heard: list[float] = []
    slider.value_changed.connect(heard.append)
    slider.set_score(0.55)
    assert slider.score() == 0.55
    assert heard == []


def test_screen_readers_find_a_slider(slider: ScoreSlider) -> None:
    found = QAccessible.queryAccessibleInterface(slider)
    assert found is not None
    assert found.role() == QAccessible.Role.Slider
    assert found.text(QAccessible.Text.Name) == "Threshold"
    assert slider.accessibleDescription() == "balanced, 0.40"


def test_bars_right_of_the_line_have_the_accent_colour(slider: ScoreSlider) -> None:
    slider.set_histogram([1000] * 40)
    picture = slider.grab().toImage()
    accent = QColor(theme.current().accent)
    assert picture.pixelColor(MARGIN + 300 + 5, 20) == accent
    left = picture.pixelColor(MARGIN + 50 + 5, 20)
    assert left != accent
    assert left != picture.pixelColor(2, 2)


def test_a_single_face_beside_a_million_still_shows(slider: ScoreSlider) -> None:
    slider.set_histogram([1_000_000] + [0] * 38 + [1])
    picture = slider.grab().toImage()
    background = picture.pixelColor(2, 2)
    assert picture.pixelColor(MARGIN + 395, 33) != background
    assert picture.pixelColor(MARGIN + 200, 33) == background


def test_an_empty_histogram_paints(slider: ScoreSlider) -> None:
    for counts in ([], [0, 0, 0]):
        slider.set_histogram(counts)
        assert not slider.grab().isNull()


def test_a_click_on_the_name_of_a_mark_goes_there(slider: ScoreSlider, qtbot: QtBot) -> None:
    for name, score in (("everything", 0.3), ("cautious", 0.6), ("balanced", 0.4)):
        with qtbot.waitSignals([slider.value_changed, slider.released]):
            where = slider.name_frames()[name].center().toPoint()
            qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=where)
        assert slider.score() == score


def test_a_drag_passes_over_the_marks(slider: ScoreSlider, qtbot: QtBot) -> None:
    """One pixel is 0.002: no place near a mark is drawn to it."""
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(MARGIN + 180, 39))
    seen = []
    for x in range(195, 206):
        qtbot.mouseMove(slider, QPoint(MARGIN + x, 39))
        seen.append(slider.score())
    assert seen == pytest.approx([0.2 + 0.002 * x for x in range(195, 206)], abs=0.0011)


def test_marks_can_be_reached_step_by_step(slider: ScoreSlider) -> None:
    heard: list[float] = []
    slider.released.connect(heard.append)
    for up in (True, True, False, False, False):
        slider.step_mark(up)
    assert heard == [0.6, 0.4, 0.3]
    slider.set_marks(None)
    slider.step_mark(True)
    assert slider.score() == 0.3


@pytest.mark.parametrize(
    "marks", [Marks(0.42, 0.40, 0.39), Marks(1.0, 1.0, 1.0), Marks(0.2, 0.2, 0.2), Marks(0.9, 0.5, 0.2), MARKS]
)
@pytest.mark.parametrize("width", [220, 420, 900])
def test_names_of_marks_never_touch(slider: ScoreSlider, marks: Marks, width: int) -> None:
    slider.resize(width, slider.height())
    slider.set_marks(marks)
    frames = slider.name_frames()
    assert frames["everything"].left() >= 0
    assert frames["everything"].right() < frames["balanced"].left()
    assert frames["balanced"].right() < frames["cautious"].left()
    assert frames["cautious"].right() <= width
    assert not slider.grab().isNull()


def test_marks_have_a_tooltip(slider: ScoreSlider) -> None:
    place = slider.name_frames()["balanced"].center()
    assert slider.tip_at(place.x(), place.y()) == "Balanced, 0.40: about 1 in 100 shown is someone else"
    assert "arrow keys" in slider.tip_at(place.x(), 10)


def test_the_sentence_says_what_the_cut_shows(bar: MatchBar) -> None:
    assert bar.sentence() == "134 faces in 120 photos\nbalanced, 0.42"
    bar.set_below_count(20)
    bar.set_result(0, 0, 0.9)
    assert bar.sentence() == "No match at this threshold.\nDrag the line to the left."
    assert not bar.name_button.isEnabled()
    assert bar.slider.score() == 0.9


def test_the_sentence_says_what_to_expect(bar: MatchBar) -> None:
    bar.set_result(134, 120, 0.42, Outlook(strangers=1.3, missed=None))
    assert bar.sentence() == "134 faces in 120 photos\nabout 1 of them is someone else\nbalanced, 0.42"
    bar.set_result(134, 120, 0.6, Outlook(strangers=0.2, missed=0.052))
    assert (
        bar.sentence()
        == "134 faces in 120 photos\nprobably all of them right\ncautious, 0.60 · about 5 in 100 left out"
    )
    tips = [label.toolTip() for label in bar.findChildren(QLabel)]
    assert "about 5 in 100 faces of this person are left out" in tips


def test_what_lies_below_is_shown_on_demand(bar: MatchBar, qtbot: QtBot) -> None:
    assert not bar.below_button.isEnabled()
    bar.set_below_count(20)
    assert bar.below_button.text() == "Just below the line (20)"
    with qtbot.waitSignal(bar.below_toggled) as toggled:
        qtbot.mouseClick(bar.below_button, Qt.MouseButton.LeftButton)
    assert toggled.args == [True]
    bar.resize(bar.minimumSizeHint())
    assert bar.below_button.text() == "+20"
    assert bar.below_button.accessibleName() == "Just below the line (20)"


def test_busy_says_so_until_the_result(bar: MatchBar) -> None:
    bar.set_busy(True)
    assert bar.sentence().endswith("Searching…")
    assert not bar.name_button.isEnabled()
    bar.set_result(1, 1, 0.42)
    assert bar.sentence() == "1 face in 1 photo\nbalanced, 0.42"


def test_dragging_tells_the_threshold_live(bar: MatchBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.threshold_changed) as live, qtbot.waitSignal(bar.threshold_settled) as settled:
        qtbot.keyClick(bar.slider, Qt.Key.Key_Right)
    assert live.args == settled.args == [0.43]
    assert bar.sentence().endswith("balanced, 0.43")


def test_set_threshold_gives_no_signal(bar: MatchBar, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(bar.threshold_changed):
        bar.set_threshold(0.5)
    assert bar.sentence().endswith("balanced, 0.50")


def test_a_selection_changes_what_is_named(bar: MatchBar, qtbot: QtBot) -> None:
    assert bar.name_button.text() == "Name these 134…"
    bar.set_selection_count(12)
    assert bar.name_button.text() == "Name 12 selected…"
    with qtbot.waitSignal(bar.name_requested):
        qtbot.mouseClick(bar.name_button, Qt.MouseButton.LeftButton)
    bar.set_selection_count(0)
    assert bar.name_button.text() == "Name these 134…"


def test_several_faces_can_be_combined(bar: MatchBar, qtbot: QtBot) -> None:
    assert not bar.combine.isVisible()
    bar.set_query([ChipData(("face", 7), None, "Anna"), ChipData(("picture", 1), None, "")])
    assert bar.combine.isVisible()
    with qtbot.waitSignal(bar.combine_changed) as changed:
        bar.combine.choose(Combine.ALL)
    assert changed.args == [Combine.ALL]
    with qtbot.assertNotEmitted(bar.combine_changed):
        bar.set_combine(Combine.ANY)
    assert bar.combine.text() == "any of them"


def test_a_chip_is_taken_out_by_its_key(bar: MatchBar, qtbot: QtBot) -> None:
    bar.set_query([ChipData(("face", 7), None, "Anna"), ChipData(("picture", 1), None, "")])
    chips = [chip for chip in bar.findChildren(QueryChip) if chip.isVisible()]
    assert [chip.label() for chip in chips] == ["Anna", "This face"]
    with qtbot.waitSignal(bar.chip_removed) as removed:
        qtbot.keyClick(chips[1], Qt.Key.Key_Delete)
    assert removed.args == [("picture", 1)]


def test_a_chip_gets_its_picture_later(bar: MatchBar) -> None:
    red = QPixmap(40, 40)
    red.fill(QColor(255, 0, 0))
    bar.set_chip_pixmap(("face", 7), red)
    bar.set_chip_pixmap(("face", 8), red)  # gone by now
    chip = next(chip for chip in bar.findChildren(QueryChip) if chip.isVisible())
    assert chip.grab().toImage().pixelColor(23, 23) == QColor(255, 0, 0)


def test_the_order_is_chosen_in_a_menu(bar: MatchBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.sort_changed) as changed:
        bar.sort.choose("newest")
    assert changed.args == ["newest"]
    assert bar.sort.text() == "Newest first"
    assert bar.view.text() == "Newest first"
    with qtbot.assertNotEmitted(bar.sort_changed):
        bar.set_view("best", Rows.FACES, GroupBy.NOTHING)
    assert bar.view.text() == "Best first"


def test_the_view_says_what_differs_from_the_usual(bar: MatchBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.rows_changed) as rows:
        bar.rows.choose(Rows.PHOTOS)
    assert rows.args == [Rows.PHOTOS]
    assert bar.view.text() == "Photos · Best first"
    with qtbot.waitSignal(bar.parts_changed) as parts:
        bar.parts.choose(GroupBy.DATE)
    assert parts.args == [GroupBy.DATE]
    assert bar.view.text() == "Photos · By month"
    assert (
        bar.view.accessibleName()
        == "What the matches are parted by: By month\nWhat is shown of a photo: One face a photo"
    )


def test_parts_have_an_order_of_their_own(bar: MatchBar, qtbot: QtBot) -> None:
    newest = next(action for action in bar.view.menu().actions() if action.text() == "Newest first")
    bar.set_view("best", Rows.FACES, GroupBy.PERSON)
    assert not newest.isEnabled()
    bar.set_view("best", Rows.FACES, GroupBy.NOTHING)
    with qtbot.waitSignal(bar.sort_changed):
        pick(bar.view.menu(), "Newest first", bar.view)


def test_photos_are_counted_where_one_row_is_a_photo(bar: MatchBar) -> None:
    bar.set_result(120, 120, 0.42, rows=Rows.PHOTOS)
    assert bar.sentence() == "120 photos\nbalanced, 0.42"


def test_a_search_can_be_kept_also_where_room_is_scarce(bar: MatchBar, qtbot: QtBot) -> None:
    for _ in range(2):
        with qtbot.waitSignal(bar.keep_requested):
            qtbot.mouseClick(bar.keep_button, Qt.MouseButton.LeftButton)
        bar.resize(bar.minimumSizeHint())
    assert bar.keep_button.text() == ""
    assert bar.keep_button.accessibleName() == "Keep this search as an album"


# Roles of chips

KEY = ("face", 7)


def the_chip(bar: MatchBar) -> QueryChip:
    return next(chip for chip in bar.findChildren(QueryChip) if chip.isVisible())


def follow(bar: MatchBar) -> list[Role]:
    """Let the bar show what its chip asks for, as the query does."""
    asked: list[Role] = []

    def show(key: object, role: Role) -> None:
        assert key == KEY
        asked.append(role)
        bar.set_query([ChipData(KEY, None, "Anna", role)])

    bar.role_chosen.connect(show)
    return asked


def test_a_click_goes_round_the_roles(bar: MatchBar, qtbot: QtBot) -> None:
    asked = follow(bar)
    names = []
    for _ in range(3):
        qtbot.mouseClick(the_chip(bar), Qt.MouseButton.LeftButton)
        names.append(the_chip(bar).accessibleName())
    assert asked == [Role.EXCLUDE, Role.OFF, Role.INCLUDE]
    assert names == ["Anna, left out", "Anna, off", "Anna, looked for"]


def test_the_keyboard_goes_round_the_roles_and_stays_on_the_chip(bar: MatchBar, qtbot: QtBot) -> None:
    asked = follow(bar)
    chip = the_chip(bar)
    chip.setFocus()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        qtbot.keyClick(chip, key)
    assert asked == [Role.EXCLUDE, Role.OFF]
    assert the_chip(bar) is chip
    assert bar.focusWidget() is chip


def test_the_menu_offers_every_role(bar: MatchBar, qtbot: QtBot) -> None:
    asked = follow(bar)
    for text in ("Leave This &Person Out", "Switch &Off", "&Look for This Person"):
        chip = the_chip(bar)
        menu = open_menu(chip)
        checked = [action.text() for action in menu.actions() if action.isChecked()]
        assert len(checked) == 1
        assert checked != [text]
        pick(menu, text, chip)
    assert asked == [Role.EXCLUDE, Role.OFF, Role.INCLUDE]
    with qtbot.waitSignal(bar.chip_removed) as removed:
        pick(open_menu(the_chip(bar)), "Take Out of the Search", bar)
    assert removed.args == [KEY]


def test_roles_look_different_without_colour(bar: MatchBar) -> None:
    """Struck through, or faded with a dashed frame: grey levels alone tell the three apart."""
    white = QPixmap(40, 40)
    white.fill(QColor("white"))
    looks = []
    for role in Role:
        bar.set_query([ChipData(KEY, white, "Anna", role)])
        grey = the_chip(bar).grab(QRect(5, 5, 36, 36)).toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        looks.append(bytes(grey.constBits()))
        assert [label.isVisible() for label in the_chip(bar).findChildren(QLabel) if label.text() == "not"] == [
            role is Role.EXCLUDE
        ]
    assert len(set(looks)) == 3


def test_a_face_that_cannot_be_compared_stays_off(bar: MatchBar, qtbot: QtBot) -> None:
    bar.set_query([ChipData(KEY, None, "Anna", Role.OFF, usable=False)])
    chip = the_chip(bar)
    with qtbot.assertNotEmitted(bar.role_chosen):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert "cannot be compared" in chip.toolTip()
    assert [action.isEnabled() for action in chip.menu().actions() if action.isCheckable()] == [False, False, True]


def test_only_faces_that_are_looked_for_are_combined(bar: MatchBar) -> None:
    bar.set_query([ChipData(KEY, None, "Anna"), ChipData(("face", 8), None, "Ben", Role.EXCLUDE)])
    assert not bar.combine.isVisible()
    bar.set_query([ChipData(KEY, None, "Anna"), ChipData(("face", 8), None, "Ben")])
    assert bar.combine.isVisible()


def test_the_chip_beside_the_one_that_goes_gets_the_keyboard(bar: MatchBar, qtbot: QtBot) -> None:
    data = [ChipData(("face", n), None, f"Person {n}") for n in range(3)]
    bar.set_query(data)
    bar.chip_removed.connect(lambda key: bar.set_query([one for one in data if one.key != key]))
    chips = sorted((chip for chip in bar.findChildren(QueryChip) if chip.isVisible()), key=lambda chip: chip.x())
    chips[1].setFocus()
    qtbot.keyClick(chips[1], Qt.Key.Key_Delete)
    assert bar.focusWidget() is chips[2]


def test_tab_goes_from_left_to_right_also_over_chips_that_came_later(bar: MatchBar, qtbot: QtBot) -> None:
    bar.set_query([ChipData(("face", n), None, f"Person {n}") for n in (8, 9, 7)])
    bar.slider.setFocus()
    names = []
    for _ in range(8):
        focus = bar.focusWidget()
        assert focus is not None
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
        names.append(bar.focusWidget().accessibleName())
    chips = [(f"Person {n}, looked for", f"Take Person {n} out of the search") for n in (8, 9, 7)]
    assert names[:6] == [name for pair in chips for name in pair]
    assert names[6:] == ["How several faces are combined: any of them", "Add a face to the search"]


def test_first_matches_say_so_until_all_are_there(bar: MatchBar) -> None:
    bar.set_first_matches()
    assert bar.sentence() == "First matches…\nSearching…"
    assert not bar.name_button.isEnabled()
    bar.set_result(134, 120, 0.42)
    assert bar.sentence() == "134 faces in 120 photos\nbalanced, 0.42"
    assert bar.name_button.isEnabled()


def test_with_nobody_to_look_for_the_bar_says_what_to_do(bar: MatchBar) -> None:
    bar.set_unasked()
    assert bar.sentence() == "Choose at least one face to look for"
    assert not bar.slider.isEnabled()
    bar.set_result(1, 1, 0.42)
    assert bar.slider.isEnabled()


def test_adding_a_face_is_a_state(bar: MatchBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.add_face_requested) as asked:
        qtbot.mouseClick(bar.add_button, Qt.MouseButton.LeftButton)
    assert asked.args == [True]
    bar.set_query([ChipData(("face", 7), None, "Anna")])
    assert not bar.add_button.isChecked()


def test_a_narrow_bar_keeps_everything_in_reach(bar: MatchBar, qtbot: QtBot) -> None:
    bar.set_query([ChipData(("face", n), None, f"Person {n}") for n in range(8)])
    bar.resize(bar.minimumSizeHint())
    right = bar.close_button.geometry().right()
    assert right < bar.width()
    assert bar.name_button.text() == "Name…"
    assert bar.name_button.accessibleName() == "Name these 134…"
    with qtbot.waitSignal(bar.closed):
        qtbot.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)


def test_where_nothing_lies_below_the_line_moving_it_is_no_advice(bar: MatchBar) -> None:
    bar.set_below_count(3)
    bar.set_result(0, 0, 0.4)
    assert "Drag the line to the left." in bar.sentence()
    bar.set_below_count(0)
    bar.set_result(0, 0, 0.4)
    assert "Nobody here looks like that." in bar.sentence()
