"""The page that judges the model in use on pairs of pictures whose truth is known."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from faceapp.ui import theme, words
from faceapp.ui.widgets.page_parts import Figure, Page, ProgressRow, card, label


class EvaluatePage(Page):
    """Shows what it is told and says what is asked."""

    file_requested = Signal()
    folder_requested = Signal()
    save_requested = Signal()
    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_head(
            self.tr("Evaluate recognition"),
            self.tr(
                "How well does the model in use tell people apart? Give it pictures of which you know who they show: "
                "a folder with a folder for each person, or a pairs file as LFW has it. The library stays as it is."
            ),
        )
        self.file_button = QPushButton(self.tr("Pairs file…"))
        self.folder_button = QPushButton(self.tr("Folder of people…"))
        self.save_button = QPushButton(self.tr("Save report…"))
        self.save_button.setToolTip(self.tr("Write figures, scores and pictures into a folder"))
        self.file_button.clicked.connect(self.file_requested)
        self.folder_button.clicked.connect(self.folder_requested)
        self.save_button.clicked.connect(self.save_requested)
        for button in (self.folder_button, self.file_button, self.save_button):
            self.head.addWidget(button)
        self.progress = ProgressRow(self.tr("Pictures looked at"), pausable=True)
        self.progress.stop_requested.connect(self.stop_requested)
        self.column.addWidget(self.progress)
        self.column.addWidget(self._build_result())
        self.column.addStretch(1)
        self.set_running(False)

    def _build_result(self) -> QWidget:
        self.result = QWidget()
        column = QVBoxLayout(self.result)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_3)
        frame, inside = card()
        self._title = label("", "strong")
        inside.addWidget(self._title)
        self._table = QGridLayout()
        self._table.setHorizontalSpacing(theme.SPACE_6)
        self._table.setVerticalSpacing(theme.SPACE_1)
        self._table.setColumnStretch(1, 1)
        inside.addLayout(self._table)
        self._remark = label("", "small")
        inside.addWidget(self._remark)
        self.curve = Figure(self.tr("ROC and the scores of both kinds of pairs"))
        self._worst_title = label(self.tr("The pairs judged worst"), "strong")
        self.worst = Figure(self.tr("Pictures of the pairs judged worst"))
        for part in (frame, self.curve, self._worst_title, self.worst):
            column.addWidget(part)
        self.result.hide()
        return self.result

    def set_running(self, running: bool) -> None:
        """Offer to stop while it runs, and to begin while it does not."""
        for button in (self.file_button, self.folder_button):
            button.setEnabled(not running)
        self.save_button.setEnabled(not running and self.result.isVisibleTo(self))
        if running:
            self.set_error("")
            self.progress.set_progress(0, 0, self.tr("Looking for pictures…"))
        self.progress.set_paused(False)
        self.progress.setVisible(running)

    def show_result(
        self,
        title: str,
        rows: Sequence[tuple[str, str]],
        remark: str,
        curve: QImage | None,
        worst: QImage | None,
    ) -> None:
        """Show a table of (what, how much), what is to be said about it, and its pictures."""
        self._title.setText(title)
        while (item := self._table.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for at, (what, value) in enumerate(rows):
            figure = label(value, "")
            figure.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            figure.setAccessibleName(words.titled(what, value))
            name = label(what, "muted")
            name.setWordWrap(False)
            self._table.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
            self._table.addWidget(figure, at, 1)
        self._remark.setText(remark)
        self.curve.set_image(curve)
        self.worst.set_image(worst)
        self._worst_title.setVisible(worst is not None)
        self.result.show()
        self.set_running(False)

    def rows(self) -> list[tuple[str, str]]:
        """Return the table that is shown, as texts."""
        cells = []
        for at in range(self._table.rowCount()):
            pair = [self._table.itemAtPosition(at, column) for column in (0, 1)]
            texts = [getattr(item.widget(), "text", str)() for item in pair if item is not None]
            if len(texts) == 2:
                cells.append((texts[0], texts[1]))
        return cells
