"""One recognition model on its page: what it is, where it stands in this library, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from faceapp.types import EmbedderInfo, ModelState, ReembedProgress
from faceapp.ui import error_words, model_words, theme, words
from faceapp.ui.widgets.page_parts import ProgressRow, card, label

_TONES = {ModelState.IN_USE: "good", ModelState.BROKEN: "bad"}


class ModelCard(QWidget):
    """Says what is asked by signals, each with the model's id; knows no library."""

    prepare_requested = Signal(str)
    use_requested = Signal(str)
    compare_requested = Signal(str)
    drop_requested = Signal(str)  # confirmed
    pause_toggled = Signal(bool)
    stop_requested = Signal()

    def __init__(self, info: EmbedderInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.info = info
        self.setAccessibleName(words.phrases(info.name, model_words.model_state(info.state)))
        frame, inside = card()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(frame)
        self._fill(frame, inside)
        self._build_buttons(inside)
        self.set_busy(False)

    def _fill(self, frame: QFrame, inside: QVBoxLayout) -> None:
        info = self.info
        state = label(model_words.model_state(info.state), "strong")
        state.setWordWrap(False)
        if info.state in _TONES:
            state.setProperty("tone", _TONES[info.state])
        head = QHBoxLayout()
        head.addWidget(label(info.name, "strong"), 1)
        head.addWidget(state)
        inside.addLayout(head)
        if info.contract:
            inside.addWidget(label(error_words.told(info.contract), ""))
        inside.addWidget(label(model_words.vectors(info.vectors), "muted"))
        licence = self.tr("Licence: {licence}").replace("{licence}", info.licence or self.tr("unknown"))
        source = self.tr("from {source}").replace("{source}", info.source or self.tr("an unknown source"))
        origin = label(words.phrases(licence, source), "small")
        if info.sha256:
            origin.setToolTip(f"{info.id}\nsha256 {info.sha256}")
        inside.addWidget(origin)
        if info.problem:
            problem = label(error_words.told(info.problem), "")
            problem.setProperty("tone", "bad")
            inside.addWidget(problem)

    def _build_buttons(self, inside: QVBoxLayout) -> None:
        info = self.info
        self.progress = ProgressRow(self.tr("Faces prepared"), pausable=True)
        self.progress.pause_toggled.connect(self.pause_toggled)
        self.progress.stop_requested.connect(self.stop_requested)
        inside.addWidget(self.progress)
        self.use = self._button(self.tr("Use"), self.tr("Use {name}"), self._on_use)
        self.use.setProperty("kind", "primary")
        self.use.setToolTip(self.tr("Recognise faces with this model from now on. Every name is kept."))
        text = self.tr("Go on preparing") if info.vectors else self.tr("Prepare")
        self.prepare = self._button(text, self.tr("Prepare {name}"), self._on_prepare)
        self.prepare.setToolTip(self.tr("Look at every face with this model, beside the one in use"))
        self.compare = self._button(
            self.tr("Compare"), self.tr("Compare {name} with the model in use"), self._on_compare
        )
        self.compare.setToolTip(self.tr("Show the pairs of faces about which this model and the one in use disagree"))
        self.drop = self._button(self.tr("Delete vectors…"), self.tr("Delete the vectors of {name}"), self._on_drop)
        self.drop.setProperty("kind", "quiet")
        self.row = QWidget()
        row = _row(self.row)
        for button in (self.use, self.prepare, self.compare, self.drop):
            row.addWidget(button)
        row.addStretch(1)
        idle = info.state is not ModelState.IN_USE and info.state is not ModelState.BROKEN
        self.use.setVisible(info.state is ModelState.READY)
        self.prepare.setVisible(info.state is ModelState.AVAILABLE)
        self.compare.setVisible(idle and info.vectors > 0)
        self.drop.setVisible(info.state is not ModelState.IN_USE and info.vectors > 0)
        inside.addWidget(self.row)
        self.question = self._build_question()
        inside.addWidget(self.question)

    def _build_question(self) -> QWidget:
        part = QWidget()
        row = _row(part)
        asked = self.tr("Delete {vectors}? They can be made again.")
        row.addWidget(label(asked.replace("{vectors}", model_words.vectors_short(self.info.vectors)), ""), 1)
        self.confirm = self._button(self.tr("Delete"), self.tr("Delete the vectors of {name} now"), self._on_confirmed)
        self.keep = self._button(self.tr("Keep"), self.tr("Keep the vectors of {name}"), self._on_kept)
        row.addWidget(self.confirm)
        row.addWidget(self.keep)
        part.hide()
        return part

    def _button(self, text: str, name: str, pressed: object) -> QPushButton:
        made = QPushButton(text)
        made.setAccessibleName(name.replace("{name}", self.info.name))
        made.clicked.connect(pressed)
        return made

    # --- what is shown

    def set_busy(self, busy: bool) -> None:
        """Offer nothing while something is going on with a model."""
        offers = any(not b.isHidden() for b in (self.use, self.prepare, self.compare, self.drop))
        self.row.setVisible(offers and not self.progress.isVisibleTo(self) and not self.question.isVisibleTo(self))
        for button in (self.use, self.prepare, self.compare, self.drop, self.confirm):
            button.setEnabled(not busy)

    def set_progress(self, progress: ReembedProgress | None, *, paused: bool = False) -> None:
        """Show how far preparing is; None: it is not running."""
        self.progress.setVisible(progress is not None)
        self.progress.set_paused(paused)
        if progress is not None:
            self.progress.set_progress(progress.done, progress.total, model_words.reembed_progress(progress, paused))

    # --- what was asked

    @Slot()
    def _on_use(self) -> None:
        self.use_requested.emit(self.info.id)

    @Slot()
    def _on_prepare(self) -> None:
        self.prepare_requested.emit(self.info.id)

    @Slot()
    def _on_compare(self) -> None:
        self.compare_requested.emit(self.info.id)

    @Slot()
    def _on_drop(self) -> None:
        self.row.hide()
        self.question.show()
        self.keep.setFocus()

    @Slot()
    def _on_kept(self) -> None:
        self.question.hide()
        self.row.show()
        self.drop.setFocus()

    @Slot()
    def _on_confirmed(self) -> None:
        self.question.hide()
        self.row.show()
        self.drop_requested.emit(self.info.id)


def _row(holder: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, theme.SPACE_1, 0, 0)
    row.setSpacing(theme.SPACE_2)
    return row
