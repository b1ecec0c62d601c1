"""The form in which a model that is being added is checked: how it wants its faces, and where it is from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QRectF, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from faceapp.ui import icons, theme
from faceapp.ui.widgets.page_parts import card, label

_CHOICES = {
    "channels": ("BGR", "RGB", "GRAY"),
    "alignment": ("arcface", "arcface128", "sphereface"),
    "flip": ("none", "mean", "concat"),
}


class _Choice(QComboBox):
    """A box with the arrow in the theme's colour: the style sheet's box has none."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        place = QRectF(self.width() - 22, (self.height() - 14) / 2, 14, 14)
        icons.paint(QPainter(self), "chevron-down", place, theme.current().text_2)


class ContractForm(QWidget):
    """Fields of a manifest entry; what the form does not show goes along as it was proposed."""

    confirmed = Signal(object, object)  # Path and the contract
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = Path()
        self._proposed: dict[str, object] = {}
        self.setAccessibleName(self.tr("Add a model"))
        frame, inside = card()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(frame)
        self._title = label("", "strong")
        self._facts = label("", "muted")
        self.error = label("", "")
        self.error.setProperty("tone", "bad")
        self.error.hide()
        for part in (self._title, self._facts):
            inside.addWidget(part)
        inside.addLayout(self._build_fields())
        inside.addWidget(self.error)
        inside.addLayout(self._build_buttons())
        self.hide()

    def _build_fields(self) -> QFormLayout:
        form = QFormLayout()
        form.setContentsMargins(0, theme.SPACE_2, 0, theme.SPACE_2)
        form.setSpacing(theme.SPACE_2)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        texts = (
            ("name", self.tr("Name"), ""),
            ("licence", self.tr("Licence"), self.tr("such as Apache-2.0, or “research only”")),
            ("source", self.tr("Where it is from"), self.tr("the project or page it was published by")),
            ("mean", self.tr("Subtracted from pixels"), ""),
            ("scale", self.tr("Then divided by"), ""),
        )
        lists = (
            ("channels", self.tr("Colours")),
            ("alignment", self.tr("Position of the face")),
            ("flip", self.tr("Mirrored face")),
        )
        self.texts: dict[str, QLineEdit] = {}
        self.lists: dict[str, QComboBox] = {}
        for key, words, hint in texts:
            self.texts[key] = QLineEdit()
            self.texts[key].setPlaceholderText(hint)
            self.texts[key].setAccessibleName(words)
            form.addRow(words, self.texts[key])
        for key, words in lists:
            self.lists[key] = _Choice()
            self.lists[key].setAccessibleName(words)
            form.addRow(words, self.lists[key])
        return form

    def _build_buttons(self) -> QHBoxLayout:
        self.add = QPushButton(self.tr("Check and add"))
        self.add.setProperty("kind", "primary")
        self.add.clicked.connect(self._on_add)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.clicked.connect(self._on_cancel)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_2)
        row.addWidget(self.add)
        row.addWidget(self.cancel)
        row.addStretch(1)
        return row

    # --- what is shown

    def show_proposal(self, path: Path, contract: Mapping[str, object]) -> None:
        """Show what the file seems to want."""
        self._path, self._proposed = path, dict(contract)
        self._title.setText(self.tr("Add {file}").replace("{file}", path.name))
        size = f"{contract.get('width', '?')} × {contract.get('height', '?')}"
        facts = self.tr("Faces of {size} pixels in, {n} numbers out. Found by trying it on the bundled portraits:")
        self._facts.setText(facts.replace("{size}", size).replace("{n}", str(contract.get("output", "?"))))
        for key, edit in self.texts.items():
            edit.setText(_as_text(contract.get(key, "")))
        for key, box in self.lists.items():
            proposed = str(contract.get(key, ""))
            box.clear()
            for value in dict.fromkeys((*_CHOICES[key], *([proposed] if proposed else []))):
                box.addItem(self._words(key, value), value)
            box.setCurrentIndex(max(0, box.findData(proposed)))
        self.set_error("")
        self.set_busy(False)
        self.show()
        self.texts["licence"].setFocus()

    def _words(self, key: str, value: str) -> str:
        known = {
            "BGR": self.tr("blue, green, red (BGR)"),
            "RGB": self.tr("red, green, blue (RGB)"),
            "GRAY": self.tr("grey"),
            "arcface": self.tr("as ArcFace has it"),
            "arcface128": self.tr("as ArcFace has it, for 128 pixels"),
            "sphereface": self.tr("as SphereFace has it"),
            "none": self.tr("not used"),
            "mean": self.tr("averaged with the face"),
            "concat": self.tr("put behind the face: twice the numbers"),
        }
        return known.get(value, value)

    def set_error(self, text: str) -> None:
        """Say why it was refused; what was filled in stays."""
        self.error.setText(text)
        self.error.setVisible(bool(text))

    def set_busy(self, busy: bool) -> None:
        self.add.setEnabled(not busy)
        self.add.setText(self.tr("Checking…") if busy else self.tr("Check and add"))

    def contract(self) -> dict[str, object]:
        """Return what was proposed, with what the user made of it. Raises ``ValueError`` for what is no number."""
        made = dict(self._proposed)
        for key in ("name", "licence", "source"):
            made[key] = self.texts[key].text().strip()
        for key in ("mean", "scale"):
            made[key] = _as_numbers(self.texts[key].text())
        for key, box in self.lists.items():
            made[key] = box.currentData()
        old, new = self._proposed.get("flip"), made["flip"]
        output = made.get("output")
        if isinstance(output, int) and (old == "concat") != (new == "concat"):
            made["output"] = output * 2 if new == "concat" else output // 2
        return made

    # --- what was asked

    @Slot()
    def _on_add(self) -> None:
        try:
            contract = self.contract()
        except ValueError:
            self.set_error(self.tr("What is subtracted and divided by are numbers: one, or one for each colour."))
            return
        self.set_error("")
        self.confirmed.emit(self._path, contract)

    @Slot()
    def _on_cancel(self) -> None:
        self.hide()
        self.cancelled.emit()


def _as_text(value: object) -> str:
    return ", ".join(str(part) for part in value) if isinstance(value, list | tuple) else str(value)


def _as_numbers(text: str) -> float | list[float]:
    numbers = [float(part) for part in text.split(",")]
    return numbers[0] if len(numbers) == 1 else numbers
