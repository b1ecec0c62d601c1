"""Asks under which name a search is kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from faceapp.ui import theme
from faceapp.ui.widgets.page_parts import label

_LONGEST = 200  # characters
_WIDTH = 440


class AlbumDialog(QDialog):
    """``name`` is the answer once the dialog was accepted, ``as_new`` whether a new album was asked for.

    ``album`` is the name of the one that may be changed, "" where there is none; ``rename`` asks for its name only.
    ``taken`` are the names of all albums.
    """

    def __init__(
        self,
        suggestion: str,
        taken: Sequence[str],
        album: str = "",
        *,
        rename: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        title = self.tr("Rename the album") if rename else self.tr("Keep this search as an album")
        self.setWindowTitle(title)
        self._taken = {name.casefold() for name in taken}
        self._own = album.casefold()
        self.as_new = not album
        self.edit = QLineEdit(suggestion)
        self.edit.setMaxLength(_LONGEST)
        self.edit.setPlaceholderText(self.tr("Name of the album"))
        self.edit.setAccessibleName(self.tr("Name of the album"))
        self.edit.textChanged.connect(self._on_text)
        self._hint = label("", "muted")
        self._about = "" if rename else self.tr("Photos that fit and arrive later join it by themselves.")

        cancel = QPushButton(self.tr("Cancel"))
        cancel.setToolTip(self.tr("Change nothing (Esc)"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.new = QPushButton(self.tr("Keep as a new album"))
        self.new.setToolTip(self.tr("The other album stays as it is"))
        self.new.setAutoDefault(False)
        self.new.setVisible(bool(album) and not rename)
        self.new.clicked.connect(self._on_new)
        if rename:
            action = self.tr("Rename")
        elif album:
            action = self.tr("Change “{name}”").replace("{name}", _short(album).replace("&", "&&"))
        else:
            action = self.tr("Keep")
        self.ok = QPushButton(action)
        self.ok.setProperty("kind", "primary")
        self.ok.setToolTip(self.tr("{action} (Enter)").replace("{action}", action.replace("&&", "&")))
        self.ok.setDefault(True)
        self.ok.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_2)
        buttons.addStretch(1)
        for button in (cancel, self.new, self.ok):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_6, theme.SPACE_6, theme.SPACE_6, theme.SPACE_4)
        column.setSpacing(theme.SPACE_3)
        column.addWidget(label(title, "heading"))
        column.addWidget(self.edit)
        column.addWidget(self._hint)
        column.addSpacing(theme.SPACE_2)
        column.addLayout(buttons)
        self.setMinimumWidth(_WIDTH)
        self.edit.setFocus()
        self.edit.selectAll()
        self._on_text()

    @property
    def name(self) -> str:
        return " ".join(self.edit.text().split())

    def hint(self) -> str:
        return self._hint.text()

    @Slot()
    def _on_text(self) -> None:
        wanted = self.name.casefold()
        taken = wanted in self._taken
        self.ok.setEnabled(bool(wanted) and (not taken or (bool(self._own) and wanted == self._own)))
        self.new.setEnabled(bool(wanted) and not taken)
        if taken and wanted != self._own:
            self._hint.setText(self.tr("Another album has this name."))
        else:
            self._hint.setText(self._about)

    @Slot()
    def _on_new(self) -> None:
        self.as_new = True
        self.accept()

    @Slot()
    def accept(self) -> None:
        if self.ok.isEnabled() or (self.as_new and self.new.isEnabled()):
            super().accept()


def _short(name: str) -> str:
    """Return a name that fits on a button."""
    return name if len(name) <= 24 else f"{name[:23].rstrip()}…"
