"""Answers why: asks for the reasons and for both faces as the recognition sees them, on workers."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QWidget

from faceapp.ports import Services
from faceapp.types import FloatArray
from faceapp.types_people import Why
from faceapp.ui.pixmaps import PixmapCache, PixmapKey, image_from_pixels
from faceapp.ui.session import Session, sentence
from faceapp.ui.tasks import Tasks
from faceapp.ui.widgets.why_panel import WhyPanel


class Explaining(QObject):
    """Opens one panel, which shows the face that was asked for last. GUI thread only."""

    face_clicked = Signal(object)  # an example in the panel

    def __init__(self, window: QWidget, session: Session, pixmaps: PixmapCache, tasks: Tasks) -> None:
        super().__init__(window)
        self._session = session
        self._pixmaps = pixmaps
        self._tasks = tasks
        self.panel = WhyPanel(window)
        self.panel.face_clicked.connect(self.face_clicked)
        pixmaps.loaded.connect(self._on_pixmap)
        session.closing.connect(self.panel.reject)

    def explain(self, face_id: int, person_id: int | None = None, probe: FloatArray | None = None) -> None:
        """Open the panel on a face: as a match of a probe (D,), or as a person, by default whom it has or may be."""
        if not self._session.is_open:
            return
        self.panel.ask(face_id)
        self._put_tiles()
        self.panel.show()
        self.panel.raise_()
        self.panel.activateWindow()
        explainer = self._session.services.explainer
        self._tasks.run(
            partial(explainer.explain, face_id, person_id=person_id, probe=probe),
            done=partial(self._on_why, face_id, probe is not None),
            failed=partial(self._on_failure, face_id),
            key="why",
        )

    def _on_why(self, face_id: int, looked_for: bool, why: Why) -> None:
        if face_id != self.panel.face_id:
            return
        self.panel.show_why(why, looked_for=looked_for)
        self._put_tiles()
        for own in (why.face_id, why.other_face_id):
            if own is not None:
                self._tasks.run(
                    partial(_aligned, self._session.services, own),
                    done=partial(self._on_aligned, own),
                    failed=partial(self._on_trouble, own),
                    owner=self.panel,
                )

    def _on_failure(self, face_id: int, error: Exception) -> None:
        if face_id == self.panel.face_id:
            self.panel.show_error(sentence(error))

    def _on_aligned(self, face_id: int, image: QImage) -> None:
        self.panel.put_aligned(face_id, QPixmap.fromImage(image))

    def _on_trouble(self, face_id: int, error: Exception) -> None:
        self.panel.set_trouble(face_id, sentence(error))

    def _put_tiles(self) -> None:
        for face_id in self.panel.face_ids():
            self._put_tile(face_id)

    def _put_tile(self, face_id: int) -> None:
        pixmap = self._pixmaps.get(("face", face_id))
        if pixmap is not None:
            self.panel.put_tile(face_id, pixmap)

    @Slot(object)
    def _on_pixmap(self, key: PixmapKey) -> None:
        if key[0] == "face" and self.panel.isVisible() and key[1] in self.panel.face_ids():
            self._put_tile(key[1])


def _aligned(services: Services, face_id: int) -> QImage:
    return image_from_pixels(services.explainer.aligned(face_id))
