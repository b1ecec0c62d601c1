"""Which part of the window hears of what in which other part."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from faceapp.ui import roles

if TYPE_CHECKING:
    from faceapp.ui.main_window import MainWindow


def connect(window: MainWindow) -> None:
    """Connect the parts with each other; once, when all are made."""
    roles.install()
    navigation, searching, reading = window.navigation, window.searching, window.reading
    deciding, reviewing, intake = window.deciding, window.reviewing, window.intake
    verbs = window.people_pages.verbs
    for refusing in (deciding, intake, searching, window.albums, verbs):
        refusing.refused.connect(window.notice.show_notice)
    speaking = (deciding, window.regrouping, reviewing, searching, window.albums, verbs)
    for saying in (*speaking, window.mending, window.modelling, window.evaluating):
        saying.said.connect(window.status.show_message)
    intake.working.connect(window.status.show_message)
    for faces in (window.explaining, window.models_page.comparison, window.inspector):
        faces.face_clicked.connect(searching.search_face)
    window.people_pages.name_requested.connect(searching.name_these)
    window.people_pages.search_requested.connect(searching.search_face)
    window.modelling.switching.connect(searching.close)
    reviewing.ended.connect(partial(navigation.show_page, ("people",)))
    reviewing.why_requested.connect(window.explaining.explain)
    reviewing.photo_requested.connect(window.viewing.open_face)
    intake.folders_arrived.connect(reading.add)
    reading.changed.connect(navigation.show_stack)
    reading.problems_requested.connect(navigation.show_problems)
    window.problems.activated.connect(window.viewing.show_in_folder)
    window.grid.dropped.connect(intake.take)
    window.top_bar.add_folder_requested.connect(reading.choose)
    window.top_bar.undo_requested.connect(deciding.undo)
    window.first_start.use_pictures_requested.connect(reading.add_pictures)
    window.first_start.choose_requested.connect(reading.choose)
