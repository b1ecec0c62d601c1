"""What is wrong with a window for somebody without a mouse or without sight, in words.

The window is asked what a screen reader would be told of it (``QAccessible``), walked through with the Tab key, and
photographed with and without focus.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QAccessible, QAction, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDockWidget,
    QLabel,
    QLineEdit,
    QMenuBar,
    QPlainTextEdit,
    QScrollBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

from tests.ui.window import wait_until

Role = QAccessible.Role

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)
# What a screen reader says of something that can be operated; anything else sounds like a part of the background.
OPERABLE = {
    Role.PushButton,
    Role.Button,
    Role.ButtonMenu,
    Role.ButtonDropDown,
    Role.CheckBox,
    Role.RadioButton,
    Role.ComboBox,
    Role.EditableText,
    Role.SpinBox,
    Role.Slider,
    Role.List,
    Role.ListItem,
    Role.Table,
    Role.Tree,
    Role.Link,
    Role.PageTabList,
    Role.Canvas,
    Role.Graphic,
    Role.Chart,
    Role.StatusBar,
}
# What a click on the part itself does is only a short cut to an action of the menus, which has keys.
SHORT_CUTS = {"StatusStrip": "reading_details"}
COVERS = ("Viewer", "PaletteView")
_INSIDE = (QScrollBar, QMenuBar, QDockWidget)  # Qt's own, operated through what they belong to
_RING = 40  # pixels that differ between a control in focus and not: more than a blinking caret
_MOST = 300  # stops of the Tab key until it is given up
_PARTS = 30  # presses of Tab within one widget


def called(widget: QWidget) -> str:
    """Return what to call a widget in a complaint."""
    text = ""
    if isinstance(widget, QAbstractButton | QLabel | QLineEdit):
        text = widget.text()
    name = widget.accessibleName() or text or widget.objectName()
    return f"{type(widget).__name__} {name!r}" if name else type(widget).__name__


def where(widget: QWidget) -> str:
    """Return a widget and the parts it lies in, those of Faceapp only."""
    parts, at = [called(widget)], widget.parentWidget()
    while at is not None:
        if type(at).__module__.startswith("faceapp"):
            parts.append(type(at).__name__)
        at = at.parentWidget() if not at.isWindow() else None
    return " in ".join(parts[:3])


def handles(widget: QWidget, event: str) -> bool:
    """Whether a class of Faceapp (not of Qt) handles an event of this widget."""
    return any(event in vars(kind) for kind in type(widget).__mro__ if kind.__module__.startswith("faceapp"))


def is_control(widget: QWidget) -> bool:
    """Whether something can be done with a widget itself."""
    if isinstance(widget, _INSIDE) or _inside_a_control(widget) or type(widget).__name__ in COVERS:
        return False
    if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit) and widget.isReadOnly():
        return widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    if isinstance(widget, CONTROLS):
        return True
    return handles(widget, "mousePressEvent") or handles(widget, "mouseReleaseEvent")


def _inside_a_control(widget: QWidget) -> bool:
    """Whether a widget is one that Qt puts into another: the line of a spin box, the viewport of a list."""
    parent = widget.parentWidget()
    if parent is None:
        return False
    if isinstance(parent, QAbstractSpinBox | QComboBox | QLineEdit):
        return True
    return widget.objectName().startswith("qt_") or type(widget).__name__ == "QComboBoxPrivateContainer"


@dataclass
class Walk:
    """Looks at all that a window shows now; ``complaints`` are what was found."""

    window: QWidget
    regions: Sequence[QWidget] = ()  # parts of the window that Tab leaves only when it is through
    actions: Mapping[str, QAction] = field(default_factory=dict)  # of the menus, by id
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        QAccessible.setActive(True)

    def all(self) -> None:
        """Look at everything."""
        self.names_and_roles()
        stops = self.reach()
        self.order(stops)
        self.rings(stops)

    def widgets(self) -> Iterator[QWidget]:
        """Yield what can be seen, the window included; not what lies in windows of their own."""
        for widget in (self.window, *self.window.findChildren(QWidget)):
            if widget.isVisible() and widget.window() is self.window and not self._covered(widget):
                yield widget

    def _covered(self, widget: QWidget) -> bool:
        """Whether another part lies over all of the window and this one below it, as under the viewer."""
        return any(cover is not widget and not cover.isAncestorOf(widget) for cover in self.covers())

    def covers(self) -> list[QWidget]:
        """Return the parts that lie over others and keep the keyboard for themselves."""
        found = [widget for widget in self.window.findChildren(QWidget) if type(widget).__name__ in COVERS]
        return [widget for widget in found if widget.isVisible() and widget.window() is self.window]

    # What a screen reader is told

    def names_and_roles(self) -> None:
        for widget in self.widgets():
            told = QAccessible.queryAccessibleInterface(widget)
            if told is None or not told.isValid():
                self._complain(widget, "a screen reader is told nothing of it")
                continue
            name, role = told.text(QAccessible.Text.Name).strip(), told.role()
            if is_control(widget):
                if not name:
                    self._complain(widget, f"has no name for a screen reader (role {role.name})")
                if role not in OPERABLE:
                    self._complain(widget, f"has the role {role.name}, as if nothing could be done with it")
            elif self._is_picture(widget) and not name and not self._is_told_above(widget):
                self._complain(widget, "is a picture without a name")
            if isinstance(widget, QAbstractItemView):
                self._items(widget)

    def _items(self, view: QAbstractItemView) -> None:
        """The items of a list that are in sight have names of their own."""
        model = view.model()
        for row in range(min(model.rowCount(), 50)):
            index = model.index(row, 0)
            if not view.visualRect(index).intersects(view.viewport().rect()) or not index.flags():
                continue
            spoken = model.data(index, Qt.ItemDataRole.AccessibleTextRole) or model.data(index)
            if not str(spoken or "").strip():
                self._complain(view, f"has an item (row {row}) without a name for a screen reader")
                return

    def _is_picture(self, widget: QWidget) -> bool:
        if isinstance(widget, QLabel):
            return not widget.pixmap().isNull() and not widget.objectName().startswith("qt_")
        return type(widget).__name__ in ("Picture", "IconLabel")

    def _is_told_above(self, widget: QWidget) -> bool:
        """Whether a picture decorates something that says all there is to say: a button, a card, a labelled part."""
        above = widget.parentWidget()
        while above is not None and above is not self.window:
            if above.accessibleName():
                return True
            above = above.parentWidget()
        return False

    # What the keyboard reaches

    def tab_stops(self) -> list[QWidget]:
        """Press Tab until it comes round, and return what was in focus, in order."""
        self.window.activateWindow()
        wait_until(self.window.isActiveWindow, "the window in front")
        stops: list[QWidget] = []
        focused = self._first()
        for _ in range(_MOST):
            if focused is None or focused in stops:
                break
            stops.append(focused)
            if not focused.isVisible() or focused.visibleRegion().isEmpty():
                self._complain(focused, "gets the focus but cannot be seen")
            for _ in range(_PARTS):  # of one widget: the faces of a photo, the links of a label
                QTest.keyClick(focused, Qt.Key.Key_Tab)
                if QApplication.focusWidget() is not focused:
                    break
            else:
                if self._others(focused) and not any(cover.isAncestorOf(focused) for cover in self.covers()):
                    self._complain(focused, "keeps the Tab key for itself: nothing behind it is reached")
            focused = QApplication.focusWidget()
        return stops

    def _others(self, stop: QWidget) -> list[QWidget]:
        """Return what else Tab could go to."""
        tab = Qt.FocusPolicy.TabFocus
        return [w for w in self.widgets() if w is not stop and w.isEnabled() and w.focusPolicy() & tab]

    def _first(self) -> QWidget | None:
        now = QApplication.focusWidget()
        if now is not None and now.window() is self.window and now.isVisible():
            return now
        QTest.keyClick(self.window, Qt.Key.Key_Tab)
        return QApplication.focusWidget()

    def reach(self) -> list[QWidget]:
        """Every control is a stop of the Tab key, can be reached from one by arrows, or has keys of its own."""
        stops = self.tab_stops()
        for widget in self.widgets():
            if not is_control(widget) or not widget.isEnabled() or widget in stops or widget.focusProxy() in stops:
                continue
            if not (self._has_keys(widget) or self._by_arrows(widget, stops) or self._part_of_a_stop(widget, stops)):
                self._complain(widget, "is reached by the mouse only")
        for before, stop in pairwise(stops):
            if self._goes_back(before, stop):
                self._complain(stop, f"comes after {called(before)}, which lies behind it")
        return stops

    def _goes_back(self, before: QWidget, stop: QWidget) -> bool:
        """Whether Tab goes against the direction of reading, within one part of the window."""
        if not any(part.isAncestorOf(before) and part.isAncestorOf(stop) for part in self.regions):
            return False
        one, other = (QRect(w.mapTo(self.window, w.rect().topLeft()), w.size()) for w in (before, stop))
        above = other.bottom() <= one.top() and other.left() < one.right()
        beside = other.right() <= one.left() and other.top() < one.center().y() < other.bottom()
        return above or beside

    def _has_keys(self, widget: QWidget) -> bool:
        """Whether keys do what a click on it does."""
        action = self.actions.get(SHORT_CUTS.get(type(widget).__name__, ""))
        if action is not None and not action.shortcut().isEmpty():
            return True
        actions = list(widget.actions())
        if isinstance(widget, QToolButton) and widget.defaultAction() is not None:
            actions.append(widget.defaultAction())
        if any(not action.shortcut().isEmpty() for action in actions):
            return True
        if isinstance(widget, QAbstractButton) and not widget.shortcut().isEmpty():
            return True
        # A tooltip that ends in keys, "Close (Esc)", names them; that they work is the business of other tests.
        tip = widget.toolTip().rsplit("(", 1)[-1].rstrip(")") if widget.toolTip().endswith(")") else ""
        return bool(tip) and not QKeySequence(tip).isEmpty()

    def _by_arrows(self, widget: QWidget, stops: list[QWidget]) -> bool:
        """Whether a button is one of an exclusive group with a stop: Qt moves inside of those by arrows."""
        if isinstance(widget, QAbstractItemView):  # the list of the palette moves while one types
            return any(cover.isAncestorOf(widget) and cover.isAncestorOf(s) for cover in self.covers() for s in stops)
        if not isinstance(widget, QAbstractButton):
            return False
        group = widget.group()
        if group is not None and group.exclusive():
            return any(other in stops for other in group.buttons())
        siblings = widget.parentWidget().findChildren(QAbstractButton) if widget.autoExclusive() else []
        return any(other in stops and other.autoExclusive() for other in siblings)

    def _part_of_a_stop(self, widget: QWidget, stops: list[QWidget]) -> bool:
        """Whether a control lies in a stop whose keys do its work, as the cross of a chip that Delete takes out."""
        above = widget.parentWidget()
        while above is not None and above is not self.window:
            if above in stops and handles(above, "keyPressEvent"):
                return True
            above = above.parentWidget()
        return False

    def order(self, stops: list[QWidget]) -> None:
        """Tab goes through one region of the window after the other, never to and fro."""
        visited = [next((r for r in self.regions if r is stop or r.isAncestorOf(stop)), None) for stop in stops]
        runs = [region for at, region in enumerate(visited) if at == 0 or visited[at - 1] is not region]
        if len(runs) > 1 and runs[0] is runs[-1]:
            runs.pop()  # it began in the middle of one
        for region in {id(run): run for run in runs if run is not None}.values():
            if runs.count(region) > 1:
                self._complain(region, "is left and entered again while Tab goes on")

    # What is seen of the focus

    def rings(self, stops: list[QWidget]) -> None:
        """The control in focus looks different from the same one out of focus."""
        tried: set[tuple[str, str]] = set()
        for stop in stops:
            kind = (type(stop).__name__, str(stop.property("kind") or ""))
            if kind in tried or not stop.isEnabled() or not stop.isVisible():
                continue
            tried.add(kind)
            other = next((one for one in stops if one is not stop and one.isVisible()), None)
            if other is None:
                continue
            other.setFocus(Qt.FocusReason.TabFocusReason)
            if QApplication.focusWidget() is stop:
                continue
            without = self._photograph(stop)
            stop.setFocus(Qt.FocusReason.TabFocusReason)
            if QApplication.focusWidget() is not stop:
                continue  # it hands the focus on to a part
            if differing(without, self._photograph(stop)) < _RING:
                self._complain(stop, "looks the same in focus and not")

    def _photograph(self, widget: QWidget) -> QImage:
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        area = QRect(widget.mapTo(self.window, widget.rect().topLeft()), widget.size()).adjusted(-3, -3, 3, 3)
        image: QImage = self.window.grab(area & self.window.rect()).toImage()
        return image.convertToFormat(QImage.Format.Format_RGB32)

    def _complain(self, widget: QWidget, what: str) -> None:
        sentence = f"{where(widget)} {what}"
        if sentence not in self.complaints:
            self.complaints.append(sentence)


def differing(one: QImage, other: QImage) -> int:
    """Return the number of pixels in which two pictures of one size differ."""
    if one.size() != other.size():
        return one.width() * one.height()
    first, second = (np.frombuffer(image.constBits(), np.uint32) for image in (one, other))
    return int((first != second).sum())
