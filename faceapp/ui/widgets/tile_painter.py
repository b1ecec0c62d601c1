"""How one tile looks. Paints from memory: no file, no database, no decoding."""

from __future__ import annotations

from math import ceil
from typing import Final

from PySide6.QtCore import QLocale, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from faceapp.ui import icons, theme
from faceapp.ui.tasks import Tasks
from faceapp.ui.tile import Mark, Tile
from faceapp.ui.widgets.tile_fade import Fades
from faceapp.ui.widgets.tile_ready import Look, ReadyTiles, seen

_STAMPS: Final = 1_000  # scores have two decimals, names are as many as people on screen
_SIGNS: Final = {"automatic": "A", "suggested": "?"}
_ICONS: Final = {"named": "check", "rejected": "not", "hidden": "close"}
_CIRCLE_INSET: Final = 9.0  # of a person's picture in her cell
_NAME_GAP: Final = 7.0  # between the picture and the name below it
_LINE: Final = 19.0  # of the name
_INSET: Final = 6.0
_BADGE: Final = 18.0
_FADED: Final = 0.45  # how much of a tile below the line shows
_SIGN: Final = 24.0  # where the library has no picture


class TilePainter:
    """Copies ready pictures and what stands on them. GUI thread only. Without ``tasks`` each is made ready at once."""

    def __init__(self, tasks: Tasks | None = None) -> None:
        self.ready = ReadyTiles(tasks)
        self._stamps: dict[tuple[str, float], QPixmap] = {}  # by name and device pixel ratio
        self._theme = theme.current()
        self._fades = Fades()
        self._elided: dict[tuple[str, float, str], str] = {}  # by title, room and kind of letters
        self._usual = QFont()
        self._font = QFont()  # of badges
        self._ratio = 1.0
        self.again: list[QRectF] = []  # tiles that are coming in: paint them again in the next frame
        self.waiting: list[QRectF] = []  # tiles whose picture is being made ready

    def begin(self, painter: QPainter, *, all_tiles: bool = False) -> None:
        """Start a paint, of all that is on screen or of a part."""
        self.again, self.waiting = [], []
        self._ratio = painter.device().devicePixelRatio()
        if all_tiles:
            self.ready.forget_wanted()
        if theme.current() is not self._theme or painter.font() != self._usual:
            self._theme = theme.current()
            self._usual = QFont(painter.font())
            self._font = QFont(self._usual)
            self._font.setPixelSize(theme.FONT_XS)
            self._stamps.clear()
            self._elided.clear()

    def end(self) -> None:
        """End a paint: what it lacked is made."""
        self.ready.start()

    def paint(
        self, painter: QPainter, rect: QRectF, tile: Tile, *, selected: bool, current: bool, hovered: bool
    ) -> None:
        """Draw a tile into ``rect``; its ring reaches 5 pixels beyond."""
        if tile.kind in ("person", "group"):
            self._person(painter, rect, tile, selected=selected, current=current, hovered=hovered)
            return
        faded = tile.below and not (hovered or selected or current)
        opacity = _FADED if faded else 1.0
        if faded:
            painter.setOpacity(opacity)
        sign = "photos" if tile.kind == "photo" else "faces"
        self._surface(painter, rect, tile, theme.RADIUS_M, sign, opacity)
        if tile.mark or tile.score is not None:
            self._badges(painter, rect, tile)
        if faded:
            painter.setOpacity(1.0)
        if selected or current or hovered:
            _rings(painter, rect, theme.RADIUS_M, selected=selected, current=current, hovered=hovered)

    def _person(
        self, painter: QPainter, rect: QRectF, tile: Tile, *, selected: bool, current: bool, hovered: bool
    ) -> None:
        """Draw a round picture, a name and a number into a cell."""
        colours = theme.current()
        side = rect.width() - 2 * _CIRCLE_INSET
        circle = QRectF(rect.left() + _CIRCLE_INSET, rect.top() + 4, side, side)
        self._surface(painter, circle, tile, side / 2, "people", 1.0)
        if selected or current or hovered:
            _rings(painter, circle, side / 2, selected=selected, current=current, hovered=hovered)
        usual = painter.font()
        font, plain = QFont(usual), QFont(usual)
        font.setWeight(QFont.Weight.DemiBold if tile.kind == "person" else QFont.Weight.Normal)
        line = QRectF(rect.left(), circle.bottom() + _NAME_GAP, rect.width(), _LINE)
        colour = colours.text if tile.kind == "person" else colours.text_2
        _centred(painter, line, self._short(tile.title, font, line.width(), tile.kind), font, colour)
        plain.setPixelSize(theme.FONT_S)
        detail = self._short(tile.detail, plain, line.width(), "detail")
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
        look = Look(round(rect.width() * self._ratio), radius * self._ratio, tile.below, self._ratio)
        ready = self.ready.get(tile.pixmap, look)
        if ready is None:
            self.waiting.append(rect)
            if self._fades.waits(key):
                self._placeholder(painter, rect, radius)  # a moment more
                return
            ready = self.ready.peek(tile.pixmap, look._replace(grey=not look.grey))  # the line went over it
        share = self._fades.share(key)
        if share < 1:
            self._placeholder(painter, rect, radius)
            painter.setOpacity(opacity * share)
            self.again.append(rect)
        if ready is not None:
            painter.drawPixmap(rect.topLeft(), ready)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)  # quick: it stays for a frame
            painter.drawPixmap(rect, tile.pixmap, seen(tile.pixmap.width(), tile.pixmap.height()))
        if share < 1:
            painter.setOpacity(opacity)

    def _placeholder(self, painter: QPainter, rect: QRectF, radius: float, sign: str = "") -> None:
        name = f"\0{rect.width()} {rect.height()} {radius}"
        stamp = self._stamp(name)
        if stamp is None:
            stamp, inner = self._new_stamp(name, rect.size())
            inner.setPen(Qt.PenStyle.NoPen)
            inner.setBrush(QColor(theme.current().placeholder))
            inner.drawRoundedRect(QRectF(QPointF(0, 0), rect.size()), radius, radius)
            inner.end()
        painter.drawPixmap(rect.topLeft(), stamp)
        if sign:
            box = QRectF(0, 0, _SIGN, _SIGN)
            box.moveCenter(rect.center())
            icons.paint(painter, sign, box, theme.current().text_3)

    def _badges(self, painter: QPainter, rect: QRectF, tile: Tile) -> None:
        free = rect.width() - 2 * _INSET
        bottom = rect.bottom() - _INSET - _BADGE
        if tile.score is not None:
            score = self._pill(QLocale().toString(tile.score, "f", 2))
            width = score.deviceIndependentSize().width()
            painter.drawPixmap(QPointF(rect.right() - _INSET - width, bottom), score)
            free -= width + 4
        if not tile.mark:
            return
        painter.drawPixmap(QPointF(rect.left() + _INSET, rect.top() + _INSET), self._mark(tile.mark))
        if tile.title and free >= 48:
            text = self._short(tile.title, self._font, free - 14, "badge")
            painter.drawPixmap(QPointF(rect.left() + _INSET, bottom), self._pill(text))

    def _short(self, text: str, font: QFont, room: float, letters: str) -> str:
        key = (text, room, letters)
        found = self._elided.get(key)
        if found is None:
            if len(self._elided) >= _STAMPS:
                self._elided.clear()
            found = self._elided[key] = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
        return found

    # Badges are drawn once and copied from then on: a screen shows many, and a slider step paints them all.

    def _pill(self, text: str) -> QPixmap:
        """Return words on a dark pill."""
        found = self._stamp(text)
        if found is not None:
            return found
        font = self._font
        made, inner = self._new_stamp(text, QSizeF(QFontMetricsF(font).horizontalAdvance(text) + 14, _BADGE))
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

    def _mark(self, mark: Mark) -> QPixmap:
        """Return the round sign that tells how a face comes to its name: another shape for each, not only a colour."""
        key = f"\0{mark}"  # no name looks like this
        found = self._stamp(key)
        if found is not None:
            return found
        made, inner = self._new_stamp(key, QSizeF(_BADGE, _BADGE))
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

    def _stamp(self, name: str) -> QPixmap | None:
        return self._stamps.get((name, self._ratio))

    def _new_stamp(self, name: str, size: QSizeF) -> tuple[QPixmap, QPainter]:
        """Return an empty stamp, kept under its name, and a painter on it, which the caller ends."""
        ratio = self._ratio
        made = QPixmap(ceil(size.width() * ratio), ceil(size.height() * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        if len(self._stamps) >= _STAMPS:
            self._stamps.clear()
        self._stamps[(name, ratio)] = made
        inner = QPainter(made)
        inner.setRenderHint(QPainter.RenderHint.Antialiasing)
        return made, inner


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
