"""Photos, faces, people and groups on their way from one place of the window to another."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final, Literal
from uuid import uuid4

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QDrag, QFont, QFontMetricsF, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from faceapp.ui import theme, words
from faceapp.ui.tile import group_tile
from faceapp.ui.widgets.parts import draw_picture

MIME: Final = "application/x-faceapp-tiles"
_THIS_WINDOW: Final = uuid4().hex  # ids mean nothing in another library
_SIDE: Final = 72
_BADGE: Final = 20


@dataclass(frozen=True, slots=True)
class Cargo:
    """Tiles that are dragged, as ids of the grid: among people, groups are negative."""

    kind: Literal["photo", "face", "person"]
    ids: tuple[int, ...]
    page: tuple[object, ...] = ()  # where they were taken

    @property
    def faces(self) -> list[int]:
        return list(self.ids) if self.kind == "face" else []

    @property
    def people(self) -> list[int]:
        return [i for i in self.ids if i > 0] if self.kind == "person" else []

    @property
    def groups(self) -> list[int]:
        return [group_tile(i) for i in self.ids if i < 0] if self.kind == "person" else []


def pack(cargo: Cargo, mime: QMimeData | None = None) -> QMimeData:
    """Return tiles as data of a drag, beside what it holds for other programs."""
    mime = QMimeData() if mime is None else mime
    held = {"window": _THIS_WINDOW, "kind": cargo.kind, "ids": cargo.ids, "page": cargo.page}
    mime.setData(MIME, json.dumps(held).encode())
    return mime


def unpack(mime: QMimeData) -> Cargo | None:
    """Return what is dragged if it is ours, of this very window; None for anything else."""
    if not mime.hasFormat(MIME):
        return None
    held = json.loads(bytes(mime.data(MIME).data()))
    if held["window"] != _THIS_WINDOW:
        return None
    return Cargo(held["kind"], tuple(held["ids"]), tuple(held["page"]))


def run(source: QWidget, cargo: Cargo, pixmap: QPixmap | None, mime: QMimeData) -> None:
    """Drag until the button is let go; Qt runs its own loop meanwhile, so the window lives on.

    ``mime`` is for other programs; files are only ever copied by them.
    """
    drag = QDrag(source)
    drag.setMimeData(pack(cargo, mime))
    drag.setPixmap(picture(pixmap, len(cargo.ids), source, round_cut=cargo.kind == "person"))
    drag.setHotSpot(QPoint(_SIDE // 2, _SIDE // 2))
    drag.exec(Qt.DropAction.CopyAction)


def picture(pixmap: QPixmap | None, count: int, on: QWidget, *, round_cut: bool) -> QPixmap:
    """Return what hangs on the pointer: the first picture and, if there are more, how many."""
    ratio = on.devicePixelRatioF()
    side = _SIDE + _BADGE // 2
    made = QPixmap(round(side * ratio), round(side * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(0.9)
    place = QRectF(0, _BADGE / 2, _SIDE, _SIDE)
    draw_picture(painter, place, pixmap, _SIDE / 2 if round_cut else theme.RADIUS_M)
    if count > 1:
        _paint_count(painter, QPointF(side, 0), words.number(count), on.font())
    painter.end()
    return made


def _paint_count(painter: QPainter, corner: QPointF, text: str, font: QFont) -> None:
    small = QFont(font)
    small.setPixelSize(theme.FONT_XS)
    small.setWeight(QFont.Weight.DemiBold)
    wide = max(_BADGE, QFontMetricsF(small).horizontalAdvance(text) + 10)
    badge = QRectF(corner.x() - wide, corner.y(), wide, _BADGE)
    painter.setOpacity(1.0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.current().accent))
    painter.drawRoundedRect(badge, _BADGE / 2, _BADGE / 2)
    painter.setFont(small)
    painter.setPen(QColor(theme.current().on_accent))
    painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
