"""How one tile looks. Paints from memory: no file, no database, no decoding."""

from __future__ import annotations

from collections import OrderedDict
from math import ceil
from typing import Final

from PySide6.QtCore import QElapsedTimer, QLocale, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QPixmap

from faceapp.ui import icons, theme
from faceapp.ui.pixmaps import cost
from faceapp.ui.tile import Mark, Tile
from faceapp.ui.widgets.tile_fade import Fades

BUDGET: Final = 64 * 1024 * 1024  # bytes of tiles ready to be copied to the screen; two screens of 4K
_BUDGET_MS: Final = 3  # of one paint, for scaling well; the rest of the tiles follow in the next paint
_STAMPS: Final = 1_000  # scores have two decimals, names are as many as people on screen
_SIGNS: Final = {"automatic": "A", "suggested": "?"}
_ICONS: Final = {"named": "check", "hidden": "close"}
_CIRCLE_INSET: Final = 9.0  # of a person's picture in her cell
_NAME_GAP: Final = 7.0  # between the picture and the name below it
_LINE: Final = 19.0  # of the name
_HEADROOM: Final = 0.2  # of what a square cuts off a tall picture, this share goes at the top
_INSET: Final = 6.0
_BADGE: Final = 18.0
_FADED: Final = 0.45  # how much of a tile below the line shows
_SIGN: Final = 24.0  # where the library has no picture


class TilePainter:
    """Keeps scaled, rounded pictures between paints. GUI thread only."""

    def __init__(self) -> None:
        self._ready: OrderedDict[tuple[int, int, bool, float], QPixmap] = OrderedDict()
        self.size = 0  # bytes of those
        self._stamps: dict[tuple[str, float], QPixmap] = {}  # by name and device pixel ratio
        self._theme = theme.current()
        self._fades = Fades()
        self._elided: dict[tuple[str, float, float], str] = {}  # by title, room and size of letters
        self._font = QFont()
        self._clock = QElapsedTimer()
        self._spent = 0.0
        self.again: list[QRectF] = []  # tiles that are coming in, or were scaled roughly: paint them again soon

    def begin(self, painter: QPainter) -> None:
        """Start a paint."""
        self._font = _badge_font(painter)
        self.again = []
        self._spent = 0.0
        if theme.current() is not self._theme:
            self._theme = theme.current()
            self._stamps.clear()
            self._elided.clear()

    def paint(
        self, painter: QPainter, rect: QRectF, tile: Tile, *, selected: bool, current: bool, hovered: bool
    ) -> None:
        """Draw a tile into ``rect``; its ring reaches 5 pixels beyond."""
        if tile.kind in ("person", "group"):
            self._person(painter, rect, tile, selected=selected, current=current, hovered=hovered)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        faded = tile.below and not (hovered or selected or current)
        opacity = _FADED if faded else 1.0
        painter.setOpacity(opacity)
        sign = "photos" if tile.kind == "photo" else "faces"
        self._surface(painter, rect, tile, theme.RADIUS_M, sign, opacity)
        self._badges(painter, rect, tile)
        painter.setOpacity(1.0)
        _rings(painter, rect, theme.RADIUS_M, selected=selected, current=current, hovered=hovered)

    def _person(
        self, painter: QPainter, rect: QRectF, tile: Tile, *, selected: bool, current: bool, hovered: bool
    ) -> None:
        """Draw a round picture, a name and a number into a cell."""
        colours = theme.current()
        side = rect.width() - 2 * _CIRCLE_INSET
        circle = QRectF(rect.left() + _CIRCLE_INSET, rect.top() + 4, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        self._surface(painter, circle, tile, side / 2, "people", 1.0)
        _rings(painter, circle, side / 2, selected=selected, current=current, hovered=hovered)
        usual = painter.font()
        font, plain = QFont(usual), QFont(usual)
        font.setWeight(QFont.Weight.DemiBold if tile.kind == "person" else QFont.Weight.Normal)
        line = QRectF(rect.left(), circle.bottom() + _NAME_GAP, rect.width(), _LINE)
        colour = colours.text if tile.kind == "person" else colours.text_2
        _centred(painter, line, self._short(tile.title, font, line.width()), font, colour)
        plain.setPixelSize(theme.FONT_S)
        detail = self._short(tile.detail, plain, line.width())
        _centred(painter, line.translated(0, _LINE - 1), detail, plain, colours.text_2)
        painter.setFont(usual)

    def _surface(self, painter: QPainter, rect: QRectF, tile: Tile, radius: float, sign: str, opacity: float) -> None:
        """Draw the picture, what stands in its place, or for a moment the one through the other."""
        key = (tile.kind, tile.id)
        if tile.pixmap is None or tile.pixmap.isNull():
            self._placeholder(painter, rect, radius, sign if tile.missing else "")
            if not tile.missing:
                self._fades.wait(key)
            return
        ready = self._scaled(painter, rect, tile.pixmap, grey=tile.below, radius=radius)
        if ready is None and self._fades.waits(key):
            self._placeholder(painter, rect, radius)  # a moment more
            return
        share = self._fades.share(key)
        if share < 1:
            self._placeholder(painter, rect, radius)
            painter.setOpacity(opacity * share)
            self.again.append(rect)
        if ready is not None:
            painter.drawPixmap(rect.topLeft(), ready)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)  # quick: it stays for a frame
            painter.drawPixmap(rect, tile.pixmap, _seen(tile.pixmap))
        painter.setOpacity(opacity)

    @staticmethod
    def _placeholder(painter: QPainter, rect: QRectF, radius: float, sign: str = "") -> None:
        painter.setBrush(QColor(theme.current().placeholder))
        painter.drawRoundedRect(rect, radius, radius)
        if sign:
            box = QRectF(0, 0, _SIGN, _SIGN)
            box.moveCenter(rect.center())
            icons.paint(painter, sign, box, theme.current().text_3)

    def _scaled(self, painter: QPainter, rect: QRectF, pixmap: QPixmap, *, grey: bool, radius: float) -> QPixmap | None:
        """Return a picture ready to be copied, None if this paint has spent its time on others."""
        ratio = painter.device().devicePixelRatio()
        side = round(rect.width() * ratio)
        key = (pixmap.cacheKey(), side, grey, radius)
        ready = self._ready.get(key)
        if ready is None and self._spent < _BUDGET_MS:
            self._clock.start()
            ready = _rounded(pixmap, side, radius * ratio, grey=grey)
            ready.setDevicePixelRatio(ratio)
            self._spent += self._clock.nsecsElapsed() / 1e6
            self._keep(key, ready)
        if ready is None:
            self.again.append(rect)
        else:
            self._ready.move_to_end(key)
        return ready

    def _keep(self, key: tuple[int, int, bool, float], ready: QPixmap) -> None:
        self._ready[key] = ready
        self.size += cost(ready)
        while self.size > BUDGET and len(self._ready) > 1:
            self.size -= cost(self._ready.popitem(last=False)[1])

    def _badges(self, painter: QPainter, rect: QRectF, tile: Tile) -> None:
        free = rect.width() - 2 * _INSET
        bottom = rect.bottom() - _INSET - _BADGE
        if tile.score is not None:
            score = self._pill(painter, QLocale().toString(tile.score, "f", 2))
            width = score.deviceIndependentSize().width()
            painter.drawPixmap(QPointF(rect.right() - _INSET - width, bottom), score)
            free -= width + 4
        if not tile.mark:
            return
        painter.drawPixmap(QPointF(rect.left() + _INSET, rect.top() + _INSET), self._mark(painter, tile.mark))
        if tile.title and free >= 48:
            text = self._short(tile.title, self._font, free - 14)
            painter.drawPixmap(QPointF(rect.left() + _INSET, bottom), self._pill(painter, text))

    def _short(self, text: str, font: QFont, room: float) -> str:
        key = (text, room, font.pixelSize() + font.weight())
        if key not in self._elided:
            if len(self._elided) >= _STAMPS:
                self._elided.clear()
            self._elided[key] = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
        return self._elided[key]

    # Badges are drawn once and copied from then on: a screen shows many, and a slider step paints them all.

    def _pill(self, painter: QPainter, text: str) -> QPixmap:
        """Return words on a dark pill."""
        found = self._stamp(painter, text)
        if found is not None:
            return found
        font = self._font
        made, inner = self._new_stamp(painter, text, QSizeF(QFontMetricsF(font).horizontalAdvance(text) + 14, _BADGE))
        rect = QRectF(QPointF(0, 0), made.deviceIndependentSize())
        colours = theme.current()
        inner.setPen(Qt.PenStyle.NoPen)
        inner.setBrush(QColor(colours.pill))
        inner.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        inner.setFont(font)
        inner.setPen(QColor(colours.on_pill))
        inner.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
        inner.end()
        return made

    def _mark(self, painter: QPainter, mark: Mark) -> QPixmap:
        """Return the round sign that tells how a face comes to its name: another shape for each, not only a colour."""
        key = f"\0{mark}"  # no name looks like this
        found = self._stamp(painter, key)
        if found is not None:
            return found
        made, inner = self._new_stamp(painter, key, QSizeF(_BADGE, _BADGE))
        badge = QRectF(0, 0, _BADGE, _BADGE)
        colours = theme.current()
        inner.setPen(Qt.PenStyle.NoPen)
        asks = mark == "suggested"  # the one that waits for an answer stands out: dark on light
        inner.setBrush(QColor(colours.on_pill if asks else colours.sure if mark == "named" else colours.pill))
        inner.drawEllipse(badge)
        if mark in _SIGNS:
            font = QFont(self._font)
            font.setWeight(QFont.Weight.DemiBold)
            inner.setFont(font)
            inner.setPen(QColor(colours.on_light if asks else colours.on_pill))
            inner.drawText(badge, Qt.AlignmentFlag.AlignCenter, _SIGNS[mark])
        else:
            icons.paint(inner, _ICONS[mark], badge.adjusted(3.5, 3.5, -3.5, -3.5), colours.on_pill)
        inner.end()
        return made

    def _stamp(self, painter: QPainter, name: str) -> QPixmap | None:
        return self._stamps.get((name, painter.device().devicePixelRatio()))

    def _new_stamp(self, painter: QPainter, name: str, size: QSizeF) -> tuple[QPixmap, QPainter]:
        """Return an empty stamp, kept under its name, and a painter on it, which the caller ends."""
        ratio = painter.device().devicePixelRatio()
        made = QPixmap(ceil(size.width() * ratio), ceil(size.height() * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        if len(self._stamps) >= _STAMPS:
            self._stamps.clear()
        self._stamps[(name, ratio)] = made
        inner = QPainter(made)
        inner.setRenderHint(QPainter.RenderHint.Antialiasing)
        return made, inner


def _badge_font(painter: QPainter) -> QFont:
    font = QFont(painter.font())
    font.setPixelSize(theme.FONT_XS)
    return font


def _centred(painter: QPainter, line: QRectF, text: str, font: QFont, colour: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)


def _rings(painter: QPainter, rect: QRectF, radius: float, *, selected: bool, current: bool, hovered: bool) -> None:
    """Draw what shows a state, beside the picture: there it is seen on white ones, black ones and busy ones alike."""
    colours = theme.current()
    if selected:
        _ring(painter, rect, 3.5, 3.0, colours.accent, radius)
    elif hovered and not current:
        _ring(painter, rect, 2.5, 2.0, colours.text_3, radius)
    if current:
        _ring(painter, rect, 1.0 if selected else 3.0, 2.0, colours.text, radius)


def _ring(painter: QPainter, rect: QRectF, out: float, width: float, colour: str, radius: float) -> None:
    """Draw a line of ``width`` whose middle lies ``out`` pixels around ``rect``."""
    painter.setPen(QPen(QColor(colour), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(-out, -out, out, out), radius + out, radius + out)


def _seen(pixmap: QPixmap) -> QRectF:
    """Return the square of a picture that a tile shows: the middle of a wide one, the upper part of a tall one.

    People stand in tall pictures with their heads near the top.
    """
    side = min(pixmap.width(), pixmap.height())
    return QRectF((pixmap.width() - side) / 2, (pixmap.height() - side) * _HEADROOM, side, side)


def _rounded(pixmap: QPixmap, side: int, radius: float, *, grey: bool = False) -> QPixmap:
    """Return a picture, scaled well, as a square with round corners (see ``_seen``). In device pixels."""
    keep = Qt.AspectRatioMode.KeepAspectRatioByExpanding
    scaled = pixmap.scaled(QSize(side, side), keep, Qt.TransformationMode.SmoothTransformation)
    if grey:
        scaled = QPixmap.fromImage(scaled.toImage().convertToFormat(QImage.Format.Format_Grayscale8))
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    seen = _seen(scaled)
    painter.setBrush(QBrush(scaled))
    painter.setBrushOrigin(-seen.topLeft())
    painter.drawRoundedRect(QRectF(0, 0, side, side), radius, radius)
    painter.end()
    return made
