"""The page of recognition models: the ones there are, adding one, comparing two."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from faceapp.types import EmbedderInfo, ReembedProgress
from faceapp.ui import theme
from faceapp.ui.widgets.comparison import Comparison
from faceapp.ui.widgets.contract_form import ContractForm
from faceapp.ui.widgets.model_card import ModelCard
from faceapp.ui.widgets.page_parts import Page, label
from faceapp.ui.widgets.tab_order import follow_layout


class ModelsPage(Page):
    """Shows what it is told. Signals carry the model's id."""

    add_requested = Signal()
    prepare_requested = Signal(str)
    use_requested = Signal(str)
    compare_requested = Signal(str)
    drop_requested = Signal(str)
    pause_toggled = Signal(bool)
    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_head(
            self.tr("Recognition models"),
            self.tr(
                "A model turns each face into numbers, by which faces are compared. Another can be tried beside the "
                "one in use: nothing is detected anew, every name is kept, and you can change back at any time."
            ),
        )
        self.add_button = QPushButton(self.tr("Add a model…"))
        self.add_button.setToolTip(self.tr("Choose an .onnx file; it is checked before anything is kept"))
        self.add_button.clicked.connect(self.add_requested)
        self.head.addWidget(self.add_button)
        self.busy = label("", "muted")
        self.busy.hide()
        self.form = ContractForm()
        self.comparison = Comparison()
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.SPACE_3)
        for part in (self.busy, self.form, self._list, self.comparison):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.cards: dict[str, ModelCard] = {}
        self.comparison.closed.connect(self.show_list)
        self.set_busy(self.tr("Looking at the models…"))

    def set_models(self, models: Sequence[EmbedderInfo]) -> None:
        """Show these; a card that says the same as before stays, and with it the keyboard's focus."""
        if [card.info for card in self.cards.values()] == list(models):
            return
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.cards = {}
        for info in models:
            card = self.cards[info.id] = ModelCard(info)
            card.prepare_requested.connect(self.prepare_requested)
            card.use_requested.connect(self.use_requested)
            card.compare_requested.connect(self.compare_requested)
            card.drop_requested.connect(self.drop_requested)
            card.pause_toggled.connect(self.pause_toggled)
            card.stop_requested.connect(self.stop_requested)
            self._rows.addWidget(card)
        follow_layout(self)

    def set_busy(self, words: str) -> None:
        """Say what is being done, "" for nothing; meanwhile nothing else can be asked for."""
        self.busy.setText(words)
        self.busy.setVisible(bool(words))
        self.add_button.setEnabled(not words)
        for card in self.cards.values():
            card.set_busy(bool(words))

    def set_progress(self, model_id: str, progress: ReembedProgress | None, *, paused: bool = False) -> None:
        """Show how far preparing a model is; None: it is over. No other work can be begun meanwhile."""
        for card in self.cards.values():
            card.set_progress(progress if card.info.id == model_id else None, paused=paused)
            card.set_busy(progress is not None)

    def show_list(self) -> None:
        self.comparison.hide()
        self._list.show()

    def show_comparison(self) -> None:
        self._list.hide()
        self.verticalScrollBar().setValue(0)
