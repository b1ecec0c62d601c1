"""What was dropped, pasted or chosen: folders to read, pictures to search with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPixmap

from faceapp.errors import FaceappError
from faceapp.ports import Services
from faceapp.types import AnalysedFace, Pixels
from faceapp.ui import drops, error_words
from faceapp.ui.pixmaps import image_from_pixels
from faceapp.ui.probes import Probe
from faceapp.ui.session import Session, sentence
from faceapp.ui.tasks import Tasks

_translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True, eq=False)
class QueryPicture:
    """A picture to search with. ``reason`` says why it cannot be used, None if it can."""

    name: str
    preview: QImage | None
    faces: Sequence[AnalysedFace]
    tiles: Sequence[QImage]
    reason: str | None


class Intake(QObject):
    """Sorts what arrives and analyses query pictures on a worker. GUI thread only."""

    folders_arrived = Signal(object)  # list[Path]
    probes_ready = Signal(object, bool)  # list[Probe], and whether they join the query
    faces_to_choose = Signal(object, bool)  # QueryPicture with several faces, and the same
    refused = Signal(str, str)  # kind ("info", "warning", "error") and sentence
    working = Signal(str)  # what is being looked at, "" when that is over

    def __init__(self, session: Session, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._numbers = count(1)

    def take(self, mime: QMimeData, *, add: bool = False) -> None:
        """Take a drop or the clipboard. With ``add``, or while Shift is held, its faces join the query."""
        add = add or bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        dropped = drops.parse(mime)
        if dropped.paths:
            self.take_paths(dropped.paths, add=add)
        elif not dropped.empty:
            self._analyse(partial(_look_at_data, encoded=dropped.encoded, image=dropped.image), add)
        elif dropped.remote:
            self.refused.emit(
                "info",
                self.tr(
                    "That is only an address on the web, and Faceapp opens no connection. "
                    "Save the picture, or copy the image itself, and drop that."
                ),
            )
        else:
            self.refused.emit(
                "info", self.tr("There is no picture or folder in that. Drop a photo folder or a picture.")
            )

    def take_paths(self, paths: Sequence[Path], *, add: bool = False) -> None:
        """Take folders to read and pictures to search with."""
        self._tasks.run(partial(drops.split, paths), done=partial(self._on_split, list(paths), add), owner=self)

    def _on_split(self, given: list[Path], add: bool, parts: tuple[list[Path], list[Path]]) -> None:
        folders, files = parts
        if folders:
            self.folders_arrived.emit(folders)
        if files:
            self._analyse(partial(_look_at_files, files=files), add)
        if not folders and not files:
            self.refused.emit("warning", self.tr("{path} is not there any more.").format(path=given[0]))

    def _analyse(self, look: partial[list[QueryPicture]], add: bool) -> None:
        if not self._session.is_open:
            self.refused.emit("info", self.tr("The library is still opening. Try again in a moment."))
            return
        self.working.emit(self.tr("Looking for faces in the picture…"))
        self._tasks.run(
            partial(look, self._session.services),
            done=partial(self._on_pictures, add),
            failed=self._on_failure,
            priority=2,
        )

    def _on_failure(self, error: Exception) -> None:
        self.working.emit("")
        self.refused.emit("error", sentence(error))

    def _on_pictures(self, add: bool, pictures: list[QueryPicture]) -> None:
        self.working.emit("")
        useful = [picture for picture in pictures if picture.reason is None]
        refusals = [picture.reason for picture in pictures if picture.reason is not None]
        if refusals:
            self.refused.emit("warning", " ".join(refusals[:3]))
        if len(useful) == 1 and len(useful[0].faces) > 1:
            self.faces_to_choose.emit(useful[0], add)
        elif useful:
            self.probes_ready.emit([probe for picture in useful for probe in self.probes(picture, [0])], add)
        elif not refusals:
            self.refused.emit("warning", self.tr("There is no picture in that."))

    def probes(self, picture: QueryPicture, chosen: Sequence[int]) -> list[Probe]:
        """Return probes of some faces of a picture, by their place in ``picture.faces``."""
        return [
            Probe(
                ("picture", next(self._numbers)),
                picture.name,
                picture.faces[at].embedding,
                QPixmap.fromImage(picture.tiles[at]),
            )
            for at in chosen
        ]


def _look_at_files(services: Services, *, files: Sequence[Path]) -> list[QueryPicture]:
    found = []
    for path in files:
        try:
            found.append(_look(services, path, path.name))
        except FaceappError as error:
            found.append(QueryPicture(path.name, None, (), (), error_words.told(str(error))))
    return found


def _look_at_data(services: Services, *, encoded: bytes | None, image: Pixels | None) -> list[QueryPicture]:
    import cv2

    if encoded is None and image is not None:
        encoded = cv2.imencode(".bmp", image)[1].tobytes()
    return [] if encoded is None else [_look(services, encoded, _translate("Intake", "the picture"))]


def _look(services: Services, source: Path | bytes, name: str) -> QueryPicture:
    """Analyse one picture, on a worker. Raises ``PhotoError``."""
    from faceapp.imaging.scaling import overview_of
    from faceapp.imaging.thumbnails import decode_thumbnail, face_tile

    photo, found = services.pictures.find_faces(source, name)
    faces = [face for face in found if face.detection.score >= services.config.show_score]
    if not faces:
        reason = _translate(
            "Intake", "No face was found in {name}. Try a picture in which the face is larger or less turned."
        )
        return QueryPicture(name, None, (), (), reason.format(name=name))
    tiles = [
        image_from_pixels(decode_thumbnail(face_tile(photo.pixels, face.detection.box, photo.icc))) for face in faces
    ]
    return QueryPicture(name, image_from_pixels(overview_of(photo.pixels)), faces, tiles, None)
