"""Faces that were missed: what happens when the user draws a box around one in the viewer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from faceapp.errors import FaceappError
from faceapp.ports import Services
from faceapp.types import AnalysedFace, Box, Naming
from faceapp.types_people import Change, FaceIsThere
from faceapp.ui import words
from faceapp.ui.session import Session, sentence
from faceapp.ui.tasks import Tasks
from faceapp.ui.widgets.viewer import Viewer

Found = tuple[bytes, AnalysedFace | None]


class Marking(QObject):
    """Looks for the face in a drawn box and keeps it; asks first where none is found. GUI thread only.

    ``name_requested(object)``: a face was drawn that is in the library, but out of view: a name would show it.
    """

    name_requested = Signal(object)

    def __init__(self, window: QWidget, viewer: Viewer, session: Session, tasks: Tasks) -> None:
        super().__init__(window)
        self._window = window
        self._viewer = viewer
        self._session = session
        self._tasks = tasks
        self._asking: QMessageBox | None = None
        viewer.face_drawn.connect(self._look)

    @property
    def dialog(self) -> QMessageBox | None:
        """Return the question that is open."""
        return self._asking

    @Slot(object, object)
    def _look(self, photo_id: int, box: Box, *, anyway: bool = False) -> None:
        self._viewer.say(self.tr("Looking for the face…"))
        self._tasks.run(
            partial(_find, self._session, photo_id, box, anyway),
            done=partial(self._on_found, photo_id, box),
            failed=self._on_failed,
            priority=2,
        )

    def _on_found(self, photo_id: int, box: Box, found: Found) -> None:
        content, face = found
        if face is None:
            self._ask(photo_id, box)
            return
        self._session.decide(
            lambda store: store.mark_face(photo_id, content, face), self._on_failed, partial(self._on_kept, photo_id)
        )

    def _ask(self, photo_id: int, box: Box) -> None:
        """Ask whether what the detector takes for nothing is a face."""
        self._viewer.say("")
        asking = QMessageBox(self._window)
        asking.setIcon(QMessageBox.Icon.Question)
        asking.setWindowTitle(self.tr("No face was found"))
        asking.setText(self.tr("No face was found in this box. Keep it as a face all the same?"))
        asking.setInformativeText(self.tr("It can be named, but may not be found again in other photos."))
        keep = asking.addButton(self.tr("&Keep as a Face"), QMessageBox.ButtonRole.AcceptRole)
        asking.setEscapeButton(asking.addButton(self.tr("&Cancel"), QMessageBox.ButtonRole.RejectRole))
        asking.setDefaultButton(keep)
        asking.accepted.connect(partial(self._look, photo_id, box, anyway=True))
        asking.finished.connect(self._on_answered)
        self._asking = asking
        asking.open()

    @Slot()
    def _on_answered(self) -> None:
        if self._asking is not None:
            self._asking.deleteLater()
            self._asking = None

    def _on_kept(self, photo_id: int, change: Naming | Change | None) -> None:
        if change is not None and photo_id == self._viewer.current_id:
            self._viewer.say(self.tr("The face is kept. N gives it a name, Ctrl+Z takes it back."))
            self._viewer.expect_face(min(change.face_ids, default=None))

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, FaceIsThere):
            self._viewer.say(self.tr("This face is known already, though it may be out of view. A name shows it."))
            self.name_requested.emit(error.face_id)
        else:
            self._viewer.say(sentence(error))


def _find(session: Session, photo_id: int, box: Box, anyway: bool) -> Found:
    """Look at the photo, on a worker. Raises ``FaceappError`` with a sentence."""
    services: Services = session.services
    photos = services.reader.photos([photo_id])
    if not photos:
        raise FaceappError(words.photo_gone())
    if photos[0].folder_id in session.offline:
        raise FaceappError(words.not_connected())
    return services.pictures.find_in_box(photos[0].path, box, anyway=anyway)
