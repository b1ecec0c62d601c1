"""How one tile looks. Paints from memory: no file, no database, no decoding."""

from __future__ import annotations

from collections import OrderedDict
from math import ceil
from typing import Final

from PySide6.QtCore import QElapsedTimer, QLocale, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QPixmap, QTransform

from faceapp.ui import icons, theme
from faceapp.ui.tile import Mark, Tile

_KEPT: Final = 600  # tiles ready to be copied to the screen; five screens of small ones
_BUDGET_MS: Final = 6  # of one paint, for scaling well; the rest of the tiles follow in the next paint
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


class TilePainter:
    """Keeps scaled, rounded pictures between paints. GUI thread only."""

    def __init__(self) -> None:
        self._ready: OrderedDict[tuple[int, int, bool, float], QPixmap] = OrderedDict()
        self._stamps: dict[tuple[str, float, bool], QPixmap] = {}  # by name, device pixel ratio, dark
        self._clock = QElapsedTimer()
        self._spent = 0.0
        self.unfinished = False  # some tiles of this paint were scaled roughly: paint again soon

    def begin(self) -> None:
        """Start a paint."""
        self.unfinished = False
        self._spent = 0.0

    def paint(
        self, painter: QPainter, rect: QRectF, tile: Tile, *, selected: bool, current: bool, hovered: bool
    ) -> None:
        """Draw a tile into ``rect``; its ring reaches 5 pixels beyond."""
        if tile.kind in ("person", "group"):
            self._person(painter, rect, tile, selected=selected, current=current, hovered=hovered)
            return
        colours = theme.current()
        painter.setPen(Qt.PenStyle.NoPen)
        faded = tile.below and not (hovered or selected or current)
        painter.setOpacity(_FADED if faded else 1.0)
        if tile.pixmap is None or tile.pixmap.isNull():
            painter.setBrush(QColor(colours.placeholder))
            painter.drawRoundedRect(rect, theme.RADIUS_M, theme.RADIUS_M)
            if tile.missing:
                box = QRectF(0, 0, 24, 24)
                box.moveCenter(rect.center())
                icons.paint(painter, "photos" if tile.kind == "photo" else "faces", box, colours.text_3)
        else:
            self._picture(painter, rect, tile.pixmap, grey=tile.below)
        if hovered and not selected:
            painter.setBrush(theme.with_alpha(colours.on_pill, 0.10))
            painter.drawRoundedRect(rect, theme.RADIUS_M, theme.RADIUS_M)
        self._badges(painter, rect, tile)
        painter.setOpacity(1.0)
        if selected:
            _ring(painter, rect, 3.5, 3.0, colours.accent)
        if current:
            _ring(painter, rect, 1.0 if selected else 3.0, 2.0, colours.text)

    def _person(
        self, painter: QPainter, rect: QRectF, tile: Tile, *, selected: bool, current: bool, hovered: bool
    ) -> None:
        """Draw a round picture, a name and a number into a cell."""
        colours = theme.current()
        side = rect.width() - 2 * _CIRCLE_INSET
        circle = QRectF(rect.left() + _CIRCLE_INSET, rect.top() + 4, side, side)
        radius = side / 2
        painter.setPen(Qt.PenStyle.NoPen)
        if tile.pixmap is None or tile.pixmap.isNull():
            painter.setBrush(QColor(colours.placeholder))
            painter.drawEllipse(circle)
            if tile.missing:
                sign = QRectF(0, 0, 28, 28)
                sign.moveCenter(circle.center())
                icons.paint(painter, "people", sign, colours.text_3)
        else:
            self._picture(painter, circle, tile.pixmap, radius=radius)
        if hovered and not selected:
            painter.setBrush(theme.with_alpha(colours.on_pill, 0.10))
            painter.drawEllipse(circle)
        if selected:
            _ring(painter, circle, 3.5, 3.0, colours.accent, radius)
        if current:
            _ring(painter, circle, 1.0 if selected else 3.0, 2.0, colours.text, radius)
        usual = painter.font()
        font, plain = QFont(usual), QFont(usual)
        font.setWeight(QFont.Weight.DemiBold if tile.kind == "person" else QFont.Weight.Normal)
        line = QRectF(rect.left(), circle.bottom() + _NAME_GAP, rect.width(), _LINE)
        colour = colours.text if tile.kind == "person" else colours.text_2
        _centred(painter, line, tile.title, font, colour)
        plain.setPixelSize(theme.FONT_S)
        _centred(painter, line.translated(0, _LINE - 1), tile.detail, plain, colours.text_2)
        painter.setFont(usual)

    def _picture(
        self, painter: QPainter, rect: QRectF, pixmap: QPixmap, *, grey: bool = False, radius: float = theme.RADIUS_M
    ) -> None:
        ratio = painter.device().devicePixelRatio()
        side = round(rect.width() * ratio)
        key = (pixmap.cacheKey(), side, grey, radius)
        ready = self._ready.get(key)
        if ready is None and self._spent < _BUDGET_MS:
            self._clock.start()
            ready = _rounded(pixmap, side, radius * ratio, grey=grey)
            ready.setDevicePixelRatio(ratio)
            self._spent += self._clock.nsecsElapsed() / 1e6
            self._ready[key] = ready
            if len(self._ready) > _KEPT:
                self._ready.popitem(last=False)
        if ready is not None:
            self._ready.move_to_end(key)
            painter.drawPixmap(rect.topLeft(), ready)
            return
        self.unfinished = True
        painter.setBrush(_cover(pixmap, rect))
        painter.drawRoundedRect(rect, radius, radius)

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
            metrics = QFontMetricsF(_badge_font(painter))
            text = metrics.elidedText(tile.title, Qt.TextElideMode.ElideRight, free - 14)
            painter.drawPixmap(QPointF(rect.left() + _INSET, bottom), self._pill(painter, text))

    # Badges are drawn once and copied from then on: a screen shows many, and a slider step paints them all.

    def _pill(self, painter: QPainter, text: str) -> QPixmap:
        """Return words on a dark pill."""
        found = self._stamp(painter, text)
        if found is not None:
            return found
        font = _badge_font(painter)
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
        inner.setBrush(QColor(colours.good if mark == "named" else colours.pill))
        inner.drawEllipse(badge)
        if mark in _SIGNS:
            font = _badge_font(painter)
            font.setWeight(QFont.Weight.DemiBold)
            inner.setFont(font)
            inner.setPen(QColor(colours.on_pill))
            inner.drawText(badge, Qt.AlignmentFlag.AlignCenter, _SIGNS[mark])
        else:
            icons.paint(inner, _ICONS[mark], badge.adjusted(3.5, 3.5, -3.5, -3.5), colours.on_pill)
        inner.end()
        return made

    def _stamp(self, painter: QPainter, name: str) -> QPixmap | None:
        return self._stamps.get((name, painter.device().devicePixelRatio(), theme.current().dark))

    def _new_stamp(self, painter: QPainter, name: str, size: QSizeF) -> tuple[QPixmap, QPainter]:
        """Return an empty stamp, kept under its name, and a painter on it, which the caller ends."""
        ratio = painter.device().devicePixelRatio()
        made = QPixmap(ceil(size.width() * ratio), ceil(size.height() * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        if len(self._stamps) >= _STAMPS:
            self._stamps.clear()
        self._stamps[(name, ratio, theme.current().dark)] = made
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
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, line.width())
    painter.drawText(line, Qt.AlignmentFlag.AlignCenter, shown)


def _ring(
    painter: QPainter, rect: QRectF, out: float, width: float, colour: str, radius: float = theme.RADIUS_M
) -> None:
    """Draw a line of ``width`` whose middle lies ``out`` pixels around ``rect``."""
    painter.setPen(QPen(QColor(colour), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(-out, -out, out, out), radius + out, radius + out)


def _cover(pixmap: QPixmap, rect: QRectF) -> QBrush:
    """Return a brush that fills a square with the middle of a wide picture, or the upper part of a tall one.

    People stand in tall pictures with their heads near the top.
    """
    scale = rect.width() / max(1, min(pixmap.width(), pixmap.height()))
    spare = pixmap.height() * scale - rect.height()
    middle = QPointF(rect.center().x() - pixmap.width() * scale / 2, rect.top() - spare * _HEADROOM)
    brush = QBrush(pixmap)
    brush.setTransform(QTransform.fromTranslate(middle.x(), middle.y()).scale(scale, scale))
    return brush


def _rounded(pixmap: QPixmap, side: int, radius: float, *, grey: bool = False) -> QPixmap:
    """Return a picture, scaled well, as a square with round corners (see ``_cover``). In device pixels."""
    keep = Qt.AspectRatioMode.KeepAspectRatioByExpanding
    scaled = pixmap.scaled(QSize(side, side), keep, Qt.TransformationMode.SmoothTransformation)
    if grey:
        scaled = QPixmap.fromImage(scaled.toImage().convertToFormat(QImage.Format.Format_Grayscale8))
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    rect = QRectF(0, 0, side, side)
    painter.setBrush(_cover(scaled, rect))
    painter.drawRoundedRect(rect, radius, radius)
    painter.end()
    return made
