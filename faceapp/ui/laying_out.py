"""Where the parts of the window lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from faceapp.ui.main_window import MainWindow


def lay_out(window: MainWindow) -> tuple[QStackedWidget, QWidget, QWidget]:
    """Put the parts into the window; return the pages in the middle, the one of them that holds the grid, and all."""
    content = QWidget()
    column = _column(content)
    for above in (window.match_bar, window.filter_bar, window.page_header):
        column.addWidget(above)
    column.addWidget(window.grid, 1)
    stack = QStackedWidget()
    tools = (window.review_page, window.history_page, window.models_page, window.evaluate_page)
    for page in (content, window.first_start, window.problems, *tools):
        stack.addWidget(page)
    centre = QWidget()
    column = _column(centre)
    column.addWidget(window.notice)
    column.addWidget(stack, 1)
    row = QHBoxLayout()
    row.setSpacing(0)
    row.addWidget(window.sidebar)
    row.addWidget(centre, 1)
    row.addWidget(window.side)
    whole = QWidget()
    column = _column(whole)
    column.addWidget(window.top_bar)
    column.addLayout(row, 1)
    column.addWidget(window.status)
    window.setCentralWidget(whole)
    return stack, content, whole


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column
