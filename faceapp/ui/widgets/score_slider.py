"""The line that is dragged: a slider over cosine scores under a small histogram of all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import asdict
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QToolTip, QWidget

from faceapp.types import IdArray, Marks
from faceapp.ui import match_words, theme, words

_SCALE = 1000  # the slider counts in thousandths of a cosine
_BARS = 34  # height of the histogram
_TRACK = 4
_HANDLE = 18
_GAP = 2
_TICK = 5
_NAMES = 16  # height of the line of names below the track
_NAME_GAP = 8  # between two names

MARGIN = 10  # left and right of the track, so that the handle is never cut off


class ScoreSlider(QAbstractSlider):
    """Chooses a threshold between ``floor`` and 1. The keyboard moves it by 0.01 and 0.05.

    ``value_changed`` follows the mouse and the keyboard, never ``set_score``; ``released`` says that the
    user has settled. Marks stand below the track with their names: a click on one moves there, a drag passes over.
    """

    value_changed = Signal(float)
    released = Signal(float)

    def __init__(self, floor: float = 0.20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: list[int] = []
        self._counts_serial = 0
        self._bars_key: tuple[object, ...] | None = None
        self._frame_cache: list[QRectF] = []
        self._outside = self._inside = QPixmap()
        self._marks: Marks | None = None
        self._grab = 0.0  # from the handle's centre to the pointer, in pixels
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setRange(round(floor * _SCALE), _SCALE)
        self.setSingleStep(10)
        self.setPageStep(50)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Threshold"))
        self.valueChanged.connect(self._announce)
        theme.signals().changed.connect(self._repaint)
        self._describe()

    def score(self) -> float:
        return self.value() / _SCALE

    def set_score(self, score: float) -> None:
        """Move the handle without a signal."""
        with QSignalBlocker(self):
            self.setValue(round(score * _SCALE))
        self._describe()

    def set_floor(self, floor: float) -> None:
        """Set the lowest score that may be chosen, where the histogram starts."""
        with QSignalBlocker(self):
            self.setMinimum(round(floor * _SCALE))
        self.update()

    def set_histogram(self, counts: Sequence[int] | IdArray) -> None:
        """Show counts of faces over equal score ranges from the floor to 1."""
        self._counts = [int(count) for count in counts]
        self._counts_serial += 1
        self.update()

    def set_marks(self, marks: Marks | None) -> None:
        """Show the named thresholds."""
        if marks != self._marks:
            self._marks = marks
            self._describe()
            self.update()

    def marks(self) -> Marks | None:
        return self._marks

    def step_mark(self, up: bool) -> None:
        """Move to the next named threshold on the stricter side, or the wider one, as the user does."""
        values = sorted(round(score * _SCALE) for score in self._scores().values())
        further = [v for v in values if v > self.value()] if up else [v for v in values if v < self.value()]
        if further:
            self.setValue(further[0] if up else further[-1])
            self._settle()

    def sizeHint(self) -> QSize:
        return QSize(520, _BARS + _HANDLE // 2 + 4 + _NAMES)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    # --- signals

    @Slot(int)
    def _announce(self, value: int) -> None:
        self._describe()
        self.value_changed.emit(value / _SCALE)

    def _describe(self) -> None:
        self.setAccessibleDescription(match_words.threshold(self.score(), self._marks))

    def _settle(self) -> None:
        self.released.emit(self.score())

    @Slot()
    def _repaint(self) -> None:
        self.update()

    # --- geometry

    def _track(self) -> QRectF:
        return QRectF(MARGIN, _BARS + 3, self.width() - 2 * MARGIN, _TRACK)

    def _x(self, score: float) -> float:
        low = self.minimum() / _SCALE
        track = self._track()
        return track.left() + track.width() * (score - low) / max(1e-6, 1 - low)

    def _value_at(self, x: float) -> int:
        track = self._track()
        share = (x - track.left()) / max(1.0, track.width())
        return round(self.minimum() + min(1.0, max(0.0, share)) * (self.maximum() - self.minimum()))

    def _scores(self) -> dict[str, float]:
        """Return the marks by name, strict first, as the slider counts them."""
        if self._marks is None:
            return {}
        return {name: round(score * _SCALE) / _SCALE for name, score in asdict(self._marks).items()}

    def name_frames(self) -> dict[str, QRectF]:
        """Return where the name of each mark stands: below its tick, and moved aside where two would touch."""
        scores = self._scores()
        if not scores:
            return {}
        metrics = QFontMetricsF(self._name_font())
        top = self._track().bottom() + _TICK + 3
        frames = {}
        for name, score in scores.items():
            wide = metrics.horizontalAdvance(match_words.mark_name(name)) + 2
            left = min(max(0.0, self._x(score) - wide / 2), self.width() - wide)
            frames[name] = QRectF(left, top, wide, _NAMES)
        middle = frames["balanced"]
        room = frames["cautious"].width(), frames["everything"].width()
        middle.moveLeft(min(middle.left(), self.width() - room[0] - _NAME_GAP - middle.width()))
        middle.moveLeft(max(middle.left(), room[1] + _NAME_GAP))
        frames["cautious"].moveLeft(max(frames["cautious"].left(), middle.right() + _NAME_GAP))
        frames["everything"].moveRight(min(frames["everything"].right(), middle.left() - _NAME_GAP))
        return frames

    def _name_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(theme.FONT_XS)
        return font

    def _mark_at(self, x: float, y: float) -> str | None:
        """Return the mark whose name or tick is at a point."""
        if y <= self._track().bottom() + 2:
            return None
        for name, frame in self.name_frames().items():
            if frame.adjusted(-3, -2, 3, 0).contains(QPointF(x, y)) or abs(x - self._x(self._scores()[name])) <= 3:
                return name
        return None

    # --- input

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        x, y = event.position().x(), event.position().y()
        handle = self._x(self.score())
        on_handle = abs(x - handle) <= _HANDLE / 2 and abs(y - self._track().center().y()) <= _HANDLE / 2
        mark = None if on_handle else self._mark_at(x, y)
        if mark is not None:
            self.setValue(round(self._scores()[mark] * _SCALE))
            self._settle()
            return
        self._grab = x - handle if on_handle else 0.0
        self.setSliderDown(True)
        self.setValue(self._value_at(x - self._grab))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.setValue(self._value_at(event.position().x() - self._grab))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown() and event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)
            self._settle()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        moves = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp)
        ends = (Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End)
        if event.key() in moves + ends and not event.isAutoRepeat():
            self._settle()
        else:
            super().keyReleaseEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos().x(), event.pos().y()), self)
            return True
        return super().event(event)

    def tip_at(self, x: float, y: float) -> str:
        """Return the tooltip for a place of the slider."""
        mark = self._mark_at(x, y)
        if mark is not None:
            score = words.decimal(self._scores()[mark])
            return self.tr("{mark}, {score}: {meaning}").format(
                mark=match_words.mark_name(mark).capitalize(), score=score, meaning=match_words.mark_meaning(mark)
            )
        return self.tr(
            "Drag to the right to be stricter, to the left for more matches "
            "(arrow keys: 0.01; Ctrl+Shift+arrow: to the next mark)"
        )

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        self._paint_bars(painter)
        tokens = theme.current()
        track, x = self._track(), self._x(self.score())
        painter.setBrush(QColor(tokens.line))
        painter.drawRoundedRect(track, 2, 2)
        painter.setBrush(QColor(tokens.accent))
        painter.drawRoundedRect(QRectF(x, track.top(), track.right() - x, track.height()), 2, 2)
        self._paint_marks(painter)
        self._paint_handle(painter, QPointF(x, track.center().y()))

    def _paint_bars(self, painter: QPainter) -> None:
        """Copy the bars on either side of the cut from two pictures: a drag paints them at every step."""
        if not any(self._counts):
            return
        tokens = theme.current()
        ratio = self.devicePixelRatioF()
        key = (self.width(), ratio, tokens.dark, self._counts_serial)
        if key != self._bars_key:
            self._bars_key = key
            self._outside = self._bars(theme.with_alpha(tokens.text_3, 0.45), ratio)
            self._inside = self._bars(QColor(tokens.accent), ratio)
        cut = self._bar_edge(self._x(self.score()))
        height = float(_BARS)
        for picture, left, right in ((self._outside, 0.0, cut), (self._inside, cut, float(self.width()))):
            source = QRectF(left * ratio, 0, (right - left) * ratio, height * ratio)
            painter.drawPixmap(QRectF(left, 0, right - left, height), picture, source)

    def _paint_marks(self, painter: QPainter) -> None:
        tokens, track = theme.current(), self._track()
        painter.save()
        painter.setFont(self._name_font())
        for (name, frame), score in zip(self.name_frames().items(), self._scores().values(), strict=True):
            here = round(score * _SCALE) == self.value()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.text_3))
            painter.drawRoundedRect(QRectF(self._x(score) - 1, track.bottom() + 2, 2, _TICK), 1, 1)
            painter.setPen(QColor(tokens.text if here else tokens.text_2))
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, match_words.mark_name(name))
        painter.restore()

    def _frames(self) -> list[QRectF]:
        """Return where each bar stands; a narrow slider joins neighbours, as a bar is at least 3 pixels wide."""
        track = self._track()
        join = max(1, ceil(len(self._counts) * (3 + _GAP) / max(1.0, track.width())))
        joined = [sum(self._counts[at : at + join]) for at in range(0, len(self._counts), join)]
        highest = max(joined)
        step = (track.width() + _GAP) * join / len(self._counts)
        frames = []
        for at, count in enumerate(joined):
            # By the cube root: ten matches still show beside ten thousand strangers.
            high = max(1.0, _BARS * (count / highest) ** (1 / 3)) if count else 0.0
            left = track.left() + at * step
            frames.append(QRectF(left, _BARS - high, min(left + step - _GAP, track.right()) - left, high))
        return frames

    def _bar_edge(self, x: float) -> float:
        """Return the gap between the bars left and right of a cut; a bar belongs to the side of its middle."""
        middles = [frame.center().x() for frame in self._frame_cache]
        at = bisect_left(middles, x)
        return self._frame_cache[at].left() - _GAP / 2 if at < len(middles) else float(self.width())

    def _bars(self, colour: QColor, ratio: float) -> QPixmap:
        """Return all bars in one colour, as wide as the slider."""
        self._frame_cache = self._frames()
        made = QPixmap(ceil(self.width() * ratio), ceil(_BARS * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for frame in self._frame_cache:
            if frame.height():
                painter.drawPath(_bar(frame))
        painter.end()
        return made

    def _paint_handle(self, painter: QPainter, centre: QPointF) -> None:
        tokens = theme.current()
        radius = _HANDLE / 2
        for spread, alpha in ((2.0, 0.07), (1.25, 0.13), (0.5, 0.20)):
            painter.setBrush(theme.with_alpha(tokens.halo, alpha))
            painter.drawEllipse(centre + QPointF(0, 1), radius + spread, radius + spread)
        if self.hasFocus():
            painter.setBrush(QColor(tokens.accent))
            painter.drawEllipse(centre, radius, radius)
            radius -= 2
        painter.setBrush(QColor(tokens.knob))
        painter.drawEllipse(centre, radius, radius)


def _bar(frame: QRectF) -> QPainterPath:
    """Return a bar with round upper corners."""
    path = QPainterPath()
    radius = min(2.0, frame.height() / 2, frame.width() / 2)
    path.addRoundedRect(frame, radius, radius)
    if frame.height() > 2 * radius:
        path.addRect(frame.adjusted(0, radius, 0, 0))
    path.setFillRule(Qt.FillRule.WindingFill)
    return path
