"""What the cut shows and what to expect of it, in three lines beside the slider."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from faceapp.types import Marks, Outlook
from faceapp.types_search import Rows
from faceapp.ui import match_words, words
from faceapp.ui.widgets.parts import ElidedLabel

_WIDTH = 264  # fixed: the slider must not change its width under the mouse
_NARROW_WIDTH = 236


class MatchSentence(QWidget):
    """The number of rows, what to expect of them, and where the line lies."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = QLabel()
        self._count.setTextFormat(Qt.TextFormat.RichText)
        self._expect = ElidedLabel()
        self._detail = ElidedLabel()
        for muted in (self._expect, self._detail):
            muted.setProperty("role", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addStretch(1)
        for label in (self._count, self._expect, self._detail):
            column.addWidget(label)
        column.addStretch(1)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        self.setFixedWidth(_NARROW_WIDTH if narrow else _WIDTH)

    def text(self) -> str:
        """Return what is said, as plain text."""
        lines = (self._count.text(), self._expect.full_text(), self._detail.full_text())
        return "\n".join(line for line in lines if line).replace("<b>", "").replace("</b>", "")

    def set_count(self, rows: int, photos: int, kind: Rows) -> None:
        if not rows:
            self._count.setText(f"<b>{match_words.no_match()}</b>")
        elif kind is Rows.PHOTOS:
            self._count.setText(f"<b>{words.photos(rows)}</b>")
        else:
            faces = words.faces(rows)
            self._count.setText(words.faces_in_photos(rows, photos).replace(faces, f"<b>{faces}</b>", 1))

    def set_title(self, text: str) -> None:
        """Say something else than a number."""
        self._count.setText(f"<b>{text}</b>" if text else "")

    def say(self, text: str) -> None:
        """Say one thing below the count."""
        self._expect.set_full_text(text)
        self._detail.set_full_text("")

    def say_expected(self, rows: int, threshold: float, marks: Marks | None, outlook: Outlook | None) -> None:
        """Say what to expect of a cut, and where it lies."""
        place = match_words.threshold(threshold, marks)
        self._expect.set_full_text(match_words.strangers(outlook.strangers, rows) if outlook is not None else "")
        if outlook is None or outlook.missed is None:
            self._detail.set_full_text(place)
        else:
            missed = match_words.missed_short(outlook.missed)
            self._detail.set_full_text(f"{place} · {missed}", match_words.missed(outlook.missed))

    def has_count(self) -> bool:
        return bool(self._count.text())
