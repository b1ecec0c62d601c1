"""One photo over the whole window, with its faces; arrows go on to the next."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QLocale, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from faceapp.types import IdArray, Pixels
from faceapp.ui import icons, theme
from faceapp.ui.tasks import Tasks
from faceapp.ui.widgets.photo_view import FaceBox
from faceapp.ui.widgets.zoom_view import ZoomView

_KEPT: Final = 3  # decoded photos: this one and its neighbours
_BAR: Final = 48


@dataclass(frozen=True, slots=True)
class PhotoWords:
    """What stands over a photo. ``title``: file name and date."""

    title: str
    faces: Sequence[FaceBox] = ()


@dataclass(frozen=True, slots=True)
class ViewerSource:
    """Where the viewer gets photos from. ``load`` and ``describe`` run on a worker, ``thumbnail`` at once."""

    load: Callable[[int], Pixels]  # the whole photo, upright; raises in words for a person
    describe: Callable[[int], PhotoWords]
    thumbnail: Callable[[int], QPixmap | None]


class Viewer(QWidget):
    """Covers its parent while open.

    Signals
    -------
    closed()
        After Esc or the close button.
    face_clicked(object)
        The id of a face that was clicked.
    index_changed(object)
        Position in the ids of the photo that is shown now.
    """

    closed = Signal()
    face_clicked = Signal(object)
    index_changed = Signal(object)

    def __init__(self, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._source: ViewerSource | None = None
        self._ids: IdArray = np.empty(0, np.int64)
        self._index = 0
        self._kept: OrderedDict[int, QPixmap] = OrderedDict()
        self._errors: dict[int, str] = {}
        self._loading: set[int] = set()
        self._wanted: frozenset[int] = frozenset()  # replaced, never changed: workers read it
        self._before: QWidget | None = None
        self._session = 0
        self.setProperty("surface", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Photo viewer"))
        self.view = ZoomView()
        self.view.face_clicked.connect(self.face_clicked)
        self._title = QLabel()
        self._title.setProperty("role", "heading")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._place = QLabel()
        self._place.setProperty("role", "muted")
        self._faces = self._button("faces", self.tr("Show faces"), self.set_faces_shown)
        self._faces.setCheckable(True)
        self._faces.setChecked(True)
        self._close = self._button("close", self.tr("Close the viewer"), self.close_viewer)
        self._previous = self._button("chevron-left", self.tr("Previous photo"), self.go_previous)
        self._next = self._button("chevron-right", self.tr("Next photo"), self.go_next)
        for button in (self._previous, self._next):
            button.setParent(self)
            button.setIcon(icons.icon("chevron-left" if button is self._previous else "chevron-right", "on_pill"))
            button.setProperty("kind", "over")
            button.setFixedSize(40, 40)
        bar = QHBoxLayout()
        bar.setContentsMargins(theme.SPACE_4, 0, theme.SPACE_2, 0)
        bar.setSpacing(theme.SPACE_3)
        bar.addWidget(self._title, 1)
        bar.addWidget(self._place)
        bar.addWidget(self._faces)
        bar.addWidget(self._close)
        top = QWidget()
        top.setFixedHeight(_BAR)
        top.setLayout(bar)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, theme.SPACE_4)
        whole.setSpacing(0)
        whole.addWidget(top)
        whole.addWidget(self.view, 1)
        parent.installEventFilter(self)
        self.hide()

    @property
    def current_id(self) -> int | None:
        return int(self._ids[self._index]) if len(self._ids) else None

    @property
    def index(self) -> int:
        return self._index

    def open(self, ids: IdArray, index: int, source: ViewerSource) -> None:
        """Show the photo at ``index`` of ``ids``; the others are a key away."""
        if not 0 <= index < len(ids):
            raise IndexError(f"no photo {index} among {len(ids)}")
        if self.isHidden():
            self._before = self.window().focusWidget()
        self._session += 1
        self._source, self._ids = source, ids
        self._kept.clear()
        self._errors.clear()
        self._loading.clear()
        self._cover()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show(index)

    @Slot()
    def close_viewer(self) -> None:
        """Give the window back."""
        self._session += 1
        self._wanted = frozenset()
        self._kept.clear()
        self.view.set_photo(None)
        self.hide()
        before, self._before = self._before, None
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    @Slot()
    def go_next(self) -> None:
        self.go_to(self._index + 1)

    @Slot()
    def go_previous(self) -> None:
        self.go_to(self._index - 1)

    def go_to(self, index: int) -> None:
        """Show another photo; beyond the ends nothing happens."""
        if 0 <= index < len(self._ids) and index != self._index:
            self._show(index)

    @Slot(bool)
    def set_faces_shown(self, shown: bool) -> None:
        self._faces.setChecked(shown)
        self.view.set_faces_shown(shown)

    def refresh(self) -> None:
        """Fetch names and boxes again, after naming."""
        if self.current_id is not None and not self.isHidden():
            self._ask_words(self.current_id)

    def put_thumbnail(self, photo_id: int, pixmap: QPixmap) -> None:
        """Show a thumbnail that was not at hand, until the photo comes or for want of it."""
        if photo_id == self.current_id and photo_id not in self._kept and not self.isHidden():
            self.view.show_sharper(pixmap)

    def _button(self, icon: str, name: str, slot: Callable[..., None]) -> QToolButton:
        button = QToolButton()
        button.setProperty("kind", "icon")
        button.setIcon(icons.icon(icon))
        button.setIconSize(QSize(18, 18))
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take the arrow keys
        button.clicked.connect(slot)
        return button

    def _show(self, index: int) -> None:
        source, photo_id = self._source, int(self._ids[index])
        if source is None:
            return
        self._index = index
        around = [i for i in (index, index + 1, index - 1) if 0 <= i < len(self._ids)]
        self._wanted = frozenset(int(self._ids[i]) for i in around)
        locale = QLocale()
        counted = (locale.toString(index + 1), locale.toString(len(self._ids)))
        self._place.setText(self.tr("{0} of {1}").format(*counted))
        self._previous.setEnabled(index > 0)
        self._next.setEnabled(index + 1 < len(self._ids))
        self._title.setText("")
        self.view.fit()
        self.view.set_photo(self._kept.get(photo_id) or source.thumbnail(photo_id))
        if photo_id in self._errors:
            self.view.set_error(self._errors[photo_id])
        self._ask_words(photo_id)
        for i in around:
            self._ask_photo(source, int(self._ids[i]), urgent=i == index)
        self.index_changed.emit(index)

    def _ask_words(self, photo_id: int) -> None:
        if self._source is None:
            return
        done = partial(self._put_words, self._session, photo_id)
        self._tasks.run(partial(self._source.describe, photo_id), done=done, key=("viewer", id(self)), priority=3)

    def _put_words(self, session: int, photo_id: int, words: PhotoWords) -> None:
        if session == self._session and photo_id == self.current_id:
            self._title.setText(words.title)
            self.view.setAccessibleName(words.title)
            self.view.set_faces(words.faces)

    def _ask_photo(self, source: ViewerSource, photo_id: int, *, urgent: bool) -> None:
        if photo_id in self._kept:
            self._kept.move_to_end(photo_id)
            return
        if photo_id in self._loading or photo_id in self._errors:
            return
        self._loading.add(photo_id)
        size = self.screen().size() * self.screen().devicePixelRatio() * 2
        self._tasks.run(
            partial(self._load, source, photo_id, size.width(), size.height()),
            done=partial(self._put_photo, self._session, photo_id),
            failed=partial(self._put_error, self._session, photo_id),
            priority=2 if urgent else 0,
        )

    def _load(self, source: ViewerSource, photo_id: int, width: int, height: int) -> QImage | None:
        """On a worker. None if the user has gone on meanwhile."""
        return reduced(source.load(photo_id), width, height) if photo_id in self._wanted else None

    def _put_photo(self, session: int, photo_id: int, image: QImage | None) -> None:
        if session != self._session:
            return
        self._loading.discard(photo_id)
        if image is None:
            if photo_id in self._wanted and self._source is not None:  # came back to it meanwhile
                self._ask_photo(self._source, photo_id, urgent=photo_id == self.current_id)
            return
        self._kept[photo_id] = QPixmap.fromImage(image)
        if photo_id == self.current_id:
            self.view.show_sharper(self._kept[photo_id])
        for other in [i for i in self._kept if i not in self._wanted][: max(0, len(self._kept) - _KEPT)]:
            del self._kept[other]

    def _put_error(self, session: int, photo_id: int, error: Exception) -> None:
        if session != self._session:
            return
        self._loading.discard(photo_id)
        self._errors[photo_id] = str(error)
        if photo_id == self.current_id:
            self.view.set_error(str(error))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget() and not self.isHidden():
            self._cover()
        return False

    def _cover(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        y = _BAR + (self.height() - _BAR - self._next.height()) // 2
        self._previous.move(theme.SPACE_2, y)
        self._next.move(self.width() - self._next.width() - theme.SPACE_2, y)
        self._previous.raise_()
        self._next.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        keys = Qt.Key
        if key == keys.Key_Escape:
            self.close_viewer()
        elif key in (keys.Key_Right, keys.Key_PageDown) or (key == keys.Key_Space and not shift):
            self.go_next()
        elif key in (keys.Key_Left, keys.Key_PageUp, keys.Key_Backspace) or key == keys.Key_Space:
            self.go_previous()
        elif key in (keys.Key_Home, keys.Key_End):
            self.go_to(0 if key == keys.Key_Home else len(self._ids) - 1)
        elif key == keys.Key_F:
            self.set_faces_shown(not self.view.faces_shown)
        elif key in (keys.Key_0, keys.Key_1):
            self.view.fit() if key == keys.Key_0 else self.view.full_size()
        elif key in (keys.Key_Plus, keys.Key_Equal, keys.Key_Minus):
            self.view.zoom_by(-1 if key == keys.Key_Minus else 1)
        else:
            event.ignore()


def reduced(pixels: Pixels, width: int, height: int) -> QImage:
    """Return a photo no larger than needed, in the format that becomes a pixmap without conversion. For a worker."""
    import cv2  # costs 100 ms: not before the window shows

    scale = min(1.0, width / pixels.shape[1], height / pixels.shape[0])
    if scale < 1.0:
        size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    bgra = np.ascontiguousarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2BGRA))
    return QImage(bgra.data, bgra.shape[1], bgra.shape[0], bgra.strides[0], QImage.Format.Format_RGB32)
