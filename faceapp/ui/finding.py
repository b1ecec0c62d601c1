"""What the search field offers and what becomes of it: a page, an album, or a filter on all photos."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QObject, QSettings, Signal, Slot

from faceapp.ports import Reader
from faceapp.ui import months
from faceapp.ui.meaning import Kind, Known, Offer, nothing_called, offers, understand
from faceapp.ui.overview import Overview
from faceapp.ui.pixmaps import PixmapKey
from faceapp.ui.recent import Recent
from faceapp.ui.widgets.result_list import Row

if TYPE_CHECKING:
    from faceapp.ui.main_window import MainWindow

KEPT: Final = 12  # recent searches of a library
_CLEAR: Final = "clear"  # target of the row that forgets them
_ICONS: Final[dict[Kind, str]] = {
    "all": "search",
    "person": "people",
    "date": "calendar",
    "folder": "folder",
    "album": "album",
}


class Finding(QObject):
    """Fills the list of the search field and goes where it leads. GUI thread only."""

    ready = Signal()  # ``known`` is up to date

    def __init__(self, window: MainWindow, settings: QSettings | None) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._field = window.top_bar.search
        self.recent = Recent(settings, "searches", KEPT)
        self.known = Known()  # as of when it was last made
        self._stale = True
        self._reading = False
        self._entered = ""  # before the names were there
        pixmaps = window.pixmaps
        self._field.popup.list.set_pictures(lambda face_id: pixmaps.get(("face", face_id)))
        self._field.asked.connect(self._offer)
        self._field.chosen.connect(self._on_chosen)
        self._field.entered.connect(self._on_entered)
        self._field.left.connect(window.grid.setFocus)
        pixmaps.loaded.connect(self._on_pixmap)
        self._session.opened.connect(self._on_opened)
        self._session.overview_changed.connect(self._on_overview)

    def prepare(self) -> None:
        """Read the names anew if they changed, on a worker; ends in ``ready``. Cheap to call often."""
        overview = self._session.overview
        if self._stale and self._session.is_open and overview is not None:
            self._stale, self._reading = False, True
            work = partial(_read, self._session.services.reader, overview)
            self._window.tasks.run(work, done=self._on_known, failed=self._on_failure, key="known")

    def search(self, text: str) -> None:
        """Do what is meant by a text, as if the first offer had been chosen; say so if it means nothing."""
        found = offers(text, self.known)
        best = next((offer for offer in found if offer.text == text), found[0] if found else None)
        if best is not None:
            self._go(best, text)
        else:
            self._window.status.show_message(nothing_called([text]))

    @property
    def _waiting(self) -> bool:
        """Whether names are still being read: what is not found may be among them."""
        return self._reading or self._session.overview is None

    @Slot(str)
    def _offer(self, text: str) -> None:
        self.prepare()
        self._field.offer(self._rows(text) if text.strip() else self._recent_rows())

    def _rows(self, text: str) -> list[Row]:
        found = offers(text, self.known)
        if not found:
            said = nothing_called(understand(text, self.known).unknown or [text.strip()])
            return [] if self._waiting else [Row(said, icon="search", enabled=False)]
        rows: list[Row] = []
        kind: Kind | None = None
        for offer in found:
            if offer.kind != kind:
                kind = offer.kind
                rows.append(Row(self._heading(kind), heading=True))
            rows.append(
                Row(
                    offer.text,
                    offer.detail,
                    self._spoken(kind),
                    _ICONS[kind],
                    offer.face_id,
                    target=offer,
                )
            )
        return rows

    def _recent_rows(self) -> list[Row]:
        kept = self.recent.kept
        if not kept:
            return []
        said = self.tr("recent search")
        return [
            Row(self.tr("RECENT SEARCHES"), heading=True),
            *(Row(text, kind=said, icon="clock", target=text) for text in kept),
            Row(self.tr("Clear recent searches"), icon="close", target=(_CLEAR,)),
        ]

    def _heading(self, kind: Kind) -> str:
        return {
            "all": self.tr("TOGETHER"),
            "person": self.tr("PEOPLE"),
            "date": self.tr("DATES"),
            "folder": self.tr("FOLDERS"),
            "album": self.tr("ALBUMS"),
        }[kind]

    def _spoken(self, kind: Kind) -> str:
        return {
            "all": self.tr("search"),
            "person": self.tr("person"),
            "date": self.tr("date"),
            "folder": self.tr("folder"),
            "album": self.tr("album"),
        }[kind]

    # What was chosen

    @Slot(object)
    def _on_chosen(self, row: Row) -> None:
        if isinstance(row.target, Offer):
            self._go(row.target, self._field.text())
        elif isinstance(row.target, str):
            self.search(row.target)
        else:
            self.recent.clear()
            self._offer("")

    @Slot(str)
    def _on_entered(self, text: str) -> None:
        if self._waiting:
            self._entered = text
        else:
            self._window.status.show_message(nothing_called([text]))

    def _go(self, offer: Offer, typed: str) -> None:
        window = self._window
        again = understand(offer.text, self.known)
        whole = offer.id is not None or (again.filter == offer.meaning.filter and not again.unknown)
        self.recent.note(offer.text if whole and not offer.meaning.unknown else " ".join(typed.split()))
        self._field.leave()
        window.grid.setFocus()
        window.viewing.close()
        if offer.kind == "album" and offer.id is not None:
            window.albums.open(offer.id)
        elif offer.id is not None:
            window.navigation.show_page((offer.kind, offer.id))
        else:
            window.navigation.show_page(("photos",))
            window.filtering.take(offer.meaning.filter)
        if offer.meaning.unknown:
            window.notice.show_notice("info", nothing_called(offer.meaning.unknown))

    # What there is

    @Slot()
    def _on_opened(self) -> None:
        self.recent.set_library(self._session.services.config.library_dir)

    @Slot(object)
    def _on_overview(self, _overview: Overview) -> None:
        """The names may be others: they are read again when somebody looks for one."""
        self._stale = True
        if self._field.current:
            self.prepare()

    def _on_known(self, known: Known) -> None:
        self.known, self._reading = known, False
        if self._field.current:
            self._offer(self._field.text())
        if self._entered:
            text, self._entered = self._entered, ""
            self.search(text)
        self.ready.emit()

    def _on_failure(self, error: Exception) -> None:
        self._stale, self._reading, self._entered = True, False, ""
        self._window.tasks.crashed.emit(error)

    @Slot(object)
    def _on_pixmap(self, key: PixmapKey) -> None:
        if key[0] == "face" and self._field.popup.isVisible():
            self._field.popup.list.refresh()


def _read(reader: Reader, overview: Overview) -> Known:
    """Make the names ready, on a worker."""
    _ids, moments = reader.photo_dates()
    there: Sequence[int] = np.unique(months.months_of(moments)).tolist()
    return Known(overview.people, overview.folders, overview.albums, there)
