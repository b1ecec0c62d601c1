"""One photo over the whole window, with its faces; arrows go on to the next."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from faceapp.types import Box, IdArray
from faceapp.ui import icons, motion, words
from faceapp.ui.tasks import Tasks
from faceapp.ui.widgets import viewer_menu
from faceapp.ui.widgets.face_drawing import FaceDrawing
from faceapp.ui.widgets.photo_view import FaceBox
from faceapp.ui.widgets.preloading import Preloader
from faceapp.ui.widgets.slideshow import Slideshow
from faceapp.ui.widgets.tab_order import next_inside
from faceapp.ui.widgets.viewer_actions import ViewerActions
from faceapp.ui.widgets.viewer_frame import ViewerFrame
from faceapp.ui.widgets.viewer_source import PhotoWords, ViewerSource
from faceapp.ui.widgets.zoom_view import ZoomView

_AROUND: Final = (0, 1, -1, 2)  # what is decoded, soonest first, counted from the photo that is looked at
_REMARK_MS: Final = 6000
_PANS: Final = {  # share of the view, right and down, by the key that Shift is held with
    Qt.Key.Key_Left: (-0.15, 0.0),
    Qt.Key.Key_Right: (0.15, 0.0),
    Qt.Key.Key_Up: (0.0, -0.15),
    Qt.Key.Key_Down: (0.0, 0.15),
}


class Viewer(QWidget):
    """Covers its parent while open.

    Signals
    -------
    closed()
        After Esc or the close button.
    face_clicked(object), name_requested(object)
        The id of a face to look for, or to name.
    index_changed(object)
        Position in the ids of the photo that is shown now.
    face_drawn(object, object)
        The id of a photo, and the ``Box`` in it that was drawn around a face that is not known.
    full_screen_changed(bool)
        Whether the window is to cover the screen.
    menu_wanted(object, object)
        A ``QMenu`` about to open, and the ``FaceBox`` it is about or None: others may add what they offer.
    """

    closed = Signal()
    face_clicked = Signal(object)
    name_requested = Signal(object)
    index_changed = Signal(object)
    face_drawn = Signal(object, object)
    full_screen_changed = Signal(bool)
    menu_wanted = Signal(object, object)

    def __init__(self, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._source: ViewerSource | None = None
        self._ids: IdArray = np.empty(0, np.int64)
        self._index = 0
        self._turns: dict[int, int] = {}  # of the photos that were turned since the viewer was opened
        self._before: QWidget | None = None
        self._full_screen = False
        self._expected: int | None = None  # a face that the keyboard goes to once it is there
        self.preloader = Preloader(tasks, self)
        self.slideshow = Slideshow(self._next_is_here, self)
        self.actions_by_id = ViewerActions(self)
        self.setProperty("surface", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Photo viewer"))
        self.view = ZoomView()
        self.frame = ViewerFrame(self, self.view, self.actions_by_id)
        self.bar, self.panel, self.strip = self.frame.bar, self.frame.panel, self.frame.foot.strip
        self.drawing = FaceDrawing(self.view)
        self._remark = QTimer(self)
        self._remark.setSingleShot(True)
        self._remark.setInterval(_REMARK_MS)
        self._remark.timeout.connect(partial(self.say, ""))
        self._connect()
        parent.installEventFilter(self)
        self.hide()

    def _connect(self) -> None:
        actions, view = self.actions_by_id, self.view
        runs: dict[str, Callable[[], object]] = {
            "next": self.go_next,
            "previous": self.go_previous,
            "first": partial(self.go_to, 0),
            "last": lambda: self.go_to(len(self._ids) - 1),
            "name": self._name,
            "rotate": partial(self._turn, 1),
            "rotate_back": partial(self._turn, -1),
            "fit": view.fit,
            "full_size": view.full_size,
            "zoom_in": partial(view.zoom_by, 1),
            "zoom_out": partial(view.zoom_by, -1),
            "close": self._escape,
        }
        for name, run in runs.items():
            actions.connect_to(name, run)
        actions["faces"].setChecked(True)
        actions.connect_state("slideshow", self.slideshow.set_playing)
        actions.connect_state("faces", view.set_faces_shown)
        actions.connect_state("full_screen", self.set_full_screen)
        actions.connect_state("draw", self._set_drawing)
        self.drawing.drawn.connect(self._on_drawn)
        self.drawing.ended.connect(self._on_drawing_ended)
        view.face_clicked.connect(self.face_clicked)
        view.sharper_wanted.connect(self._ask_whole)
        self.strip.chosen.connect(self.go_to)
        self.preloader.loaded.connect(self._on_loaded)
        self.preloader.failed.connect(self._on_failed)
        self.slideshow.due.connect(self._go_on)
        self.slideshow.changed.connect(self._on_slideshow)

    @property
    def current_id(self) -> int | None:
        return int(self._ids[self._index]) if len(self._ids) else None

    @property
    def index(self) -> int:
        return self._index

    @property
    def full_screen(self) -> bool:
        return self._full_screen

    # Opening and closing

    def open(self, ids: IdArray, index: int, source: ViewerSource) -> None:
        """Show the photo at ``index`` of ``ids``; the others are a key away."""
        if not 0 <= index < len(ids):
            raise IndexError(f"no photo {index} among {len(ids)}")
        if self.isHidden():
            self._before = self.window().focusWidget()
        self._source, self._ids = source, ids
        self._turns.clear()
        self.preloader.start(source.load, self.screen().size() * self.screen().devicePixelRatio())
        self.strip.set_photos(ids, index, source.thumbnail)
        self.slideshow.set_playing(False)
        self.actions_by_id["slideshow"].setEnabled(len(ids) > 1)
        self._cover()
        self.frame.arrange()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show(index)

    @Slot()
    def close_viewer(self) -> None:
        """Give the window back."""
        self.slideshow.set_playing(False)
        self.set_full_screen(False)
        self.preloader.start(None, QSize())
        self._tasks.cancel(("viewer", id(self)))
        self.view.set_photo(None)
        self.hide()
        before, self._before = self._before, None
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def _escape(self) -> None:
        """Leave one thing after the other: the full screen, then the viewer."""
        if self._full_screen:
            self.slideshow.set_playing(False)
            self.set_full_screen(False)
        else:
            self.close_viewer()

    def play(self) -> None:
        """Start the slideshow over the whole screen."""
        self.set_full_screen(True)
        self.slideshow.set_playing(len(self._ids) > 1)

    # From photo to photo

    @Slot()
    def go_next(self) -> None:
        self.go_to(self._index + 1)

    @Slot()
    def go_previous(self) -> None:
        self.go_to(self._index - 1)

    @Slot(int)
    def go_to(self, index: int) -> None:
        """Show another photo; beyond the ends nothing happens."""
        if 0 <= index < len(self._ids) and index != self._index:
            self._show(index)

    def refresh(self) -> None:
        """Fetch names and boxes again, after naming."""
        if self.current_id is not None and not self.isHidden():
            self._ask_words(self.current_id)

    def put_thumbnail(self, photo_id: int, pixmap: QPixmap) -> None:
        """Show a thumbnail that was not at hand: in the strip, and large until the photo comes or for want of it."""
        if self.isHidden():
            return
        self.strip.put_thumbnail(photo_id)
        if photo_id == self.current_id and self.preloader.get(photo_id) is None:
            self.view.show_sharper(pixmap)

    def _show(self, index: int) -> None:
        source, photo_id = self._source, int(self._ids[index])
        if source is None:
            return
        self._index = index
        self._expected = None
        self.drawing.leave()
        around = [index + step for step in _AROUND if 0 <= index + step < len(self._ids)]
        self.bar.place.setText(self.tr("{0} of {1}").format(words.number(index + 1), words.number(len(self._ids))))
        self.actions_by_id["previous"].setEnabled(index > 0)
        self.actions_by_id["next"].setEnabled(index + 1 < len(self._ids))
        self.bar.title.set_full_text("")
        self.panel.show_photo(None, None, ())
        self.view.set_natural_size(QSize())
        self.view.set_turns(self._turns.get(photo_id, 0))
        self.view.set_photo(self.preloader.get(photo_id) or source.thumbnail(photo_id))
        if error := self.preloader.error(photo_id):
            self.view.set_error(error)
        self.strip.set_index(index)
        self._ask_words(photo_id)
        self.preloader.want([int(self._ids[i]) for i in around])
        self.slideshow.restart()
        self.index_changed.emit(index)

    def _ask_words(self, photo_id: int) -> None:
        if self._source is None:
            return
        done = partial(self._put_words, photo_id)
        self._tasks.run(partial(self._source.describe, photo_id), done=done, key=("viewer", id(self)), priority=3)

    def _put_words(self, photo_id: int, said: PhotoWords) -> None:
        if photo_id != self.current_id:
            return
        self.bar.title.set_full_text(said.title)
        self.view.setAccessibleName(said.title)
        self.view.set_faces(said.faces)
        if self._expected is not None and any(face.face_id == self._expected for face in said.faces):
            self.view.focus_face(self._expected)
            self._expected = None
        self.panel.show_photo(said.photo, said.folder, said.people)
        if said.photo is not None:
            self.view.set_natural_size(QSize(said.photo.width, said.photo.height))

    @Slot(object)
    def _on_loaded(self, photo_id: int) -> None:
        pixmap = self.preloader.get(photo_id)
        if photo_id == self.current_id and pixmap is not None:
            self.view.show_sharper(pixmap)
        self.slideshow.look()

    @Slot(object)
    def _on_failed(self, photo_id: int) -> None:
        if photo_id == self.current_id:
            self.view.set_error(self.preloader.error(photo_id))
        self.slideshow.look()

    @Slot()
    def _ask_whole(self) -> None:
        if self.current_id is not None:
            self.preloader.want_whole(self.current_id)

    # The slideshow

    def _next_is_here(self) -> bool:
        return not self.preloader.is_coming(int(self._ids[(self._index + 1) % len(self._ids)]))

    @Slot()
    def _go_on(self) -> None:
        if not motion.reduced():
            self.view.fade_from_here()
        self.go_to((self._index + 1) % len(self._ids))

    @Slot()
    def _on_slideshow(self) -> None:
        action, playing = self.actions_by_id["slideshow"], self.slideshow.playing
        action.setChecked(playing)
        action.setIcon(icons.icon("pause" if playing else "play"))

    # What is done with the photo

    def _turn(self, quarters: int) -> None:
        if self.current_id is not None:
            turns = self._turns[self.current_id] = (self.view.turns + quarters) % 4
            self.view.set_turns(turns)

    def _name(self) -> None:
        """Name the face that is pointed at, or the only one; of several, bring the keyboard to the first unnamed."""
        self.actions_by_id["faces"].setChecked(True)
        faces = [face for face in self.view.faces if not face.named] or list(self.view.faces)
        face = self.view.active_face or (faces[0] if len(faces) == 1 else None)
        if face is not None:
            self.name_requested.emit(face.face_id)
        elif faces:
            self.view.focus_face(faces[0].face_id)

    @Slot(bool)
    def _set_drawing(self, wanted: bool) -> None:
        if wanted and self.view.pixmap is not None:
            self.slideshow.set_playing(False)
            self.drawing.begin()
        else:
            self.drawing.leave()
            self.actions_by_id["draw"].setChecked(False)

    @Slot()
    def _on_drawing_ended(self) -> None:
        self.actions_by_id["draw"].setChecked(False)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_drawn(self, box: Box) -> None:
        self.actions_by_id["faces"].setChecked(True)
        self.face_drawn.emit(self.current_id, box)

    def say(self, text: str) -> None:
        """Say something over the photo for a moment."""
        self.view.set_error(text or (self.preloader.error(self.current_id) if self.current_id is not None else ""))
        if text:
            self._remark.start()

    def expect_face(self, face_id: int | None) -> None:
        """Bring the keyboard to a face that is about to be there."""
        self._expected = face_id
        self.refresh()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        at = self.view.face_at(self.view.mapFromGlobal(event.globalPos()).toPointF())
        face = self.view.active_face if by_key else (self.view.faces[at] if at >= 0 else None)
        where = self.mapToGlobal(self.rect().center()) if by_key else event.globalPos()
        self.open_menu(face, where)

    def open_menu(self, face: FaceBox | None, where: QPoint) -> None:
        """Offer everything that can be done with a face and the photo."""
        menu = QMenu(self)
        self.menu_wanted.emit(menu, face)
        viewer_menu.fill(menu, self.actions_by_id, self.slideshow)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)

    # Full screen

    @Slot(bool)
    def set_full_screen(self, wanted: bool) -> None:
        """Cover the screen: after a moment without a move only the photo is left."""
        if wanted != self._full_screen:
            self._full_screen = wanted
            self.actions_by_id["full_screen"].setChecked(wanted)
            self.full_screen_changed.emit(wanted)
            self.frame.set_whole(wanted)

    # Events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget() and not self.isHidden():
            self._cover()
        return False

    def _cover(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.frame.arrange()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays in the viewer: what lies below it cannot be seen."""
        return next_inside(self, forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if shift and event.key() in _PANS:
            self.view.pan_by(*_PANS[Qt.Key(event.key())])
        elif not self.actions_by_id.press(event):
            event.ignore()
