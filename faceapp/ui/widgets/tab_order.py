"""Lets Tab go through a part as it is laid out: Qt puts whatever is made later at the end of the whole window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QWidget


def follow_layout(part: QWidget) -> None:
    """Put what a part holds into the order of its layout, behind what comes before the part. Call after additions."""
    before: QWidget | None = part.previousInFocusChain()
    while before is not None and (not _is_stop(before) or part.isAncestorOf(before)):
        before = None if before is part else before.previousInFocusChain()
    for stop in _stops(part):
        if before is not None and stop is not before:
            QWidget.setTabOrder(before, stop)
        before = stop


def _stops(widget: QWidget) -> Iterator[QWidget]:
    """Yield what can be in focus, whether it is shown now or not."""
    if _is_stop(widget):
        yield widget
    if isinstance(widget, QScrollArea) and (inner := widget.widget()) is not None:
        yield from _stops(inner)
    elif (layout := widget.layout()) is not None:
        yield from _laid_out(layout, [child for child in widget.children() if isinstance(child, QWidget)])


def _laid_out(layout: QLayout, widgets: Sequence[QWidget]) -> Iterator[QWidget]:
    """Yield the stops among the widgets of a part that a layout holds, in its order.

    Asks where each is rather than what is where: Python's hold on an item would outlive the item.
    """
    here: list[tuple[int, QWidget | QLayout]] = [(layout.indexOf(one), one) for one in widgets]
    here += [(layout.indexOf(one), one) for one in layout.children() if isinstance(one, QLayout)]
    for at, held in sorted(here, key=lambda pair: pair[0]):
        if at >= 0:
            yield from _stops(held) if isinstance(held, QWidget) else _laid_out(held, widgets)


def _is_stop(widget: QWidget) -> bool:
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus


def next_inside(part: QWidget, forward: bool) -> bool:
    """Move the focus within a part that covers what lies around it, round and round; False if there is nowhere to go.

    For a part's own ``focusNextPrevChild``, which Qt also asks for everything in it.
    """
    here = QApplication.focusWidget() or part
    at = _following(here, forward)
    while at is not here:
        inside = at is part or part.isAncestorOf(at)
        if inside and at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.isVisible() and at.isEnabled():
            at.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
            return True
        at = _following(at, forward)
    return False


def _following(widget: QWidget, forward: bool) -> QWidget:
    """Return what is next in Qt's ring, which has no end."""
    found = widget.nextInFocusChain() if forward else widget.previousInFocusChain()
    return found if found is not None else widget
