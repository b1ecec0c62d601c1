"""The questions about people: who is this, are they one, when was she born. The window lives on behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from faceapp.types import Person
from faceapp.types_people import PersonDetails
from faceapp.ui import words
from faceapp.ui.people.deciding import Deciding
from faceapp.ui.pixmaps import PixmapCache
from faceapp.ui.session import Session
from faceapp.ui.widgets.born_dialog import BornDialog
from faceapp.ui.widgets.name_dialog import SAMPLES, NameDialog


class Asking(QObject):
    """Opens one dialog at a time. GUI thread only."""

    def __init__(self, window: QWidget, deciding: Deciding, session: Session, pixmaps: PixmapCache) -> None:
        super().__init__(window)
        self._window = window
        self._deciding = deciding
        self._session = session
        self._pixmaps = pixmaps
        self._dialog: QDialog | None = None

    @property
    def dialog(self) -> QDialog | None:
        """Return the dialog that is open, if one is."""
        return self._dialog

    def people(self) -> Sequence[Person]:
        overview = self._session.overview
        return overview.people if overview is not None else ()

    def person(self, person_id: int | None) -> Person | None:
        return next((person for person in self.people() if person.id == person_id), None)

    def ask_name(
        self,
        face_ids: Sequence[int],
        use: Callable[[str], object],
        *,
        title: str = "",
        action: str = "",
        suggestion: str = "",
        people: Sequence[Person] | None = None,
    ) -> None:
        """Ask for a name; with ``people`` only one of theirs."""
        found = [self._pixmaps.get(("face", face_id)) for face_id in face_ids[:SAMPLES]]
        dialog = NameDialog(
            len(face_ids),
            self.people() if people is None else people,
            [pixmap for pixmap in found if pixmap is not None],
            suggestion,
            self._window,
            title=title,
            action=action,
            only_known=people is not None,
        )
        self._open(dialog, lambda: use(dialog.name))

    def ask_merge(self, people: Sequence[int], into: Person) -> None:
        """Ask once whether people are one; undoing brings them back."""
        known = [person for person in self.people() if person.id in people]
        names = words.names(person.name for person in known)
        faces = sum(person.faces for person in known)
        dialog = QMessageBox(self._window)
        dialog.setIcon(QMessageBox.Icon.Question)
        dialog.setWindowTitle(self.tr("Merge"))
        dialog.setText(self.tr("Are {names} and {into} one person?").format(names=names, into=into.name))
        told = self.tr("{faces} of {names} go to {into}. You can undo it.")
        dialog.setInformativeText(told.format(faces=words.faces(faces), names=names, into=into.name))
        merge = dialog.addButton(self.tr("Merge"), QMessageBox.ButtonRole.AcceptRole)
        leave = dialog.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        dialog.setDefaultButton(merge)
        dialog.setEscapeButton(leave)
        merge.clicked.connect(lambda: self._deciding.merge(list(people), into.id))
        self._open(dialog)

    def ask_born(self, details: PersonDetails | None) -> None:
        """Ask when a person was born."""
        if details is not None:
            dialog = BornDialog(details.name, details.born, self._window)
            self._open(dialog, lambda: self._deciding.set_born(details.id, dialog.born))

    def _open(self, dialog: QDialog, use: Callable[[], object] | None = None) -> None:
        """Show a dialog without a loop of its own; ``use`` its answer if it is accepted."""
        if self._dialog is not None:
            self._dialog.reject()
        self._dialog = dialog
        dialog.finished.connect(partial(self._close, dialog, use))
        dialog.open()

    def _close(self, dialog: QDialog, use: Callable[[], object] | None, result: int) -> None:
        if self._dialog is dialog:
            self._dialog = None
        dialog.deleteLater()
        if use is not None and result == QDialog.DialogCode.Accepted:
            use()  # last, as it may open the next dialog
