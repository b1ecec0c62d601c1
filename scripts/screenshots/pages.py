"""Every page of the window: how each is brought to the screen, and put away again."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint

from faceapp.types_people import Answer
from faceapp.types_search import Filter, GroupBy, Role
from screenshots import album
from screenshots.camera import run_until
from screenshots.stage import MAIN, OTHERS, Shown, Stage, page

# Photographed at every size and scale


@page(MAIN, "photos")
def photos(stage: Stage) -> Shown:
    stage.page("photos")
    stage.select(0)
    yield None


@page(MAIN, "faces")
def faces(stage: Stage) -> Shown:
    stage.page("faces")
    yield None


@page(MAIN, "people")
def people(stage: Stage) -> Shown:
    stage.page("people")
    stage.select(0)
    yield None


@page(MAIN, "person")
def person(stage: Stage) -> Shown:
    stage.page("person", stage.somebody)
    yield None


@page(MAIN, "review")
def review(stage: Stage) -> Shown:
    stage.page("review")
    _skip(stage, about_somebody=True)
    yield None
    stage.page("photos")


@page(MAIN, "matches")
def matches(stage: Stage) -> Shown:
    stage.page("faces")
    stage.search()
    stage.select(2)
    yield None
    stage.window.searching.close()


@page(OTHERS, "review-pair")
def review_pair(stage: Stage) -> Shown:
    stage.page("review")
    _skip(stage, about_somebody=False)
    yield None
    stage.page("photos")


def _skip(stage: Stage, *, about_somebody: bool) -> None:
    """Skip the question that is asked if it is about people with a name, or about somebody without one."""
    asked = stage.window.reviewing.asked
    if asked is not None and (asked[1] is not None) is about_somebody:
        stage.window.review_page.answered.emit(Answer.SKIP, "")
        stage.settle()


# Matches


@page(OTHERS, "matches-roles")
def matches_roles(stage: Stage) -> Shown:
    stage.search("obama.jpg", "biden.jpg", "leni 1.jpg", "grace_hopper.jpg")
    stage.window.query.set_role(("face", stage.face("biden.jpg")), Role.EXCLUDE)
    stage.window.query.set_role(("face", stage.face("leni 1.jpg")), Role.OFF)
    stage.settle()
    yield None
    stage.window.searching.close()


@page(OTHERS, "matches-people")
def matches_people(stage: Stage) -> Shown:
    yield from _parted(stage, GroupBy.PERSON)


@page(OTHERS, "matches-months")
def matches_months(stage: Stage) -> Shown:
    yield from _parted(stage, GroupBy.DATE)


def _parted(stage: Stage, by: GroupBy) -> Shown:
    stage.search("grace_hopper.jpg", "obama.jpg")
    stage.window.match_bar.parts_changed.emit(by)
    stage.settle()
    yield None
    stage.window.match_bar.parts_changed.emit(GroupBy.NOTHING)
    stage.window.searching.close()


@page(OTHERS, "matches-below")
def matches_below(stage: Stage) -> Shown:
    stage.search("obama.jpg")
    stage.window.searching.step(0.5)
    stage.window.searching.set_below(True)
    stage.settle()
    yield None
    stage.window.searching.step(-0.5)
    stage.window.searching.set_below(False)
    stage.window.searching.close()


@page(OTHERS, "view-menu")
def view_menu(stage: Stage) -> Shown:
    stage.search("obama.jpg")
    button = stage.window.match_bar.view
    menu = button.menu()
    menu.popup(button.mapToGlobal(QPoint(0, button.height())))
    yield None
    menu.close()
    stage.window.searching.close()


@page(OTHERS, "slider")
def slider(stage: Stage) -> Shown:
    stage.search("obama.jpg")
    yield stage.window.match_bar
    stage.window.searching.close()


@page(OTHERS, "inspector")
def inspector(stage: Stage) -> Shown:
    stage.page("photos")
    stage.search("astronaut.jpg")
    stage.select(1)
    yield stage.window.inspector
    stage.window.searching.close()


@page(OTHERS, "naming")
def naming(stage: Stage) -> Shown:
    stage.search("obama.jpg")
    stage.window.searching.name_these()
    dialog = stage.window.searching.dialog
    assert dialog is not None
    yield dialog
    dialog.reject()
    stage.window.searching.close()


@page(OTHERS, "keep-album")
def keep_album(stage: Stage) -> Shown:
    stage.search("obama.jpg", "biden.jpg")
    stage.window.albums.keep()
    dialog = stage.window.albums.dialog
    assert dialog is not None
    yield dialog
    dialog.reject()
    stage.window.searching.close()


# Pages


@page(OTHERS, "filter")
def filter_panel(stage: Stage) -> Shown:
    stage.page("photos")
    people = (stage.person(album.LONG), stage.person("Eileen Collins"))
    stage.window.filtering.take(Filter(people=people, taken_from=date(2014, 1, 1), taken_to=date(2019, 12, 31)))
    stage.window.filtering.toggle()
    stage.settle()
    yield None
    stage.window.filtering.close()
    stage.window.filtering.clear()


@page(OTHERS, "album")
def kept_album(stage: Stage) -> Shown:
    overview = stage.window.session.overview
    assert overview is not None
    stage.window.albums.open(next(one.id for one in overview.albums if not one.search.faces))
    stage.settle()
    yield None
    stage.window.filtering.clear()
    stage.page("photos")


@page(OTHERS, "person-long")
def person_long(stage: Stage) -> Shown:
    stage.page("person", stage.person(album.LONG))
    stage.select(0)
    yield None


@page(OTHERS, "groups")
def groups(stage: Stage) -> Shown:
    stage.page("groups")
    yield None


@page(OTHERS, "group")
def group(stage: Stage) -> Shown:
    stage.page("group", stage.window.session.services.people_reader.groups()[0].id)
    yield None


@page(OTHERS, "hidden")
def hidden(stage: Stage) -> Shown:
    stage.page("hidden")
    stage.select(0)
    yield None


@page(OTHERS, "history")
def history(stage: Stage) -> Shown:
    stage.page("history")
    yield None


@page(OTHERS, "models")
def models(stage: Stage) -> Shown:
    stage.page("models")
    yield None


@page(OTHERS, "evaluate")
def evaluate(stage: Stage) -> Shown:
    stage.page("evaluate")
    stage.window.evaluating.evaluate([stage.places.classes])
    run_until(lambda: not stage.window.evaluating.running, "the evaluation")
    yield None


@page(OTHERS, "problems")
def problems(stage: Stage) -> Shown:
    files = album.broken(stage.places.pictures)
    for path, content in files.items():
        path.write_bytes(content)
    stage.window.reading.rescan()
    run_until(lambda: stage.window.session.scanning is None, "the broken files")
    stage.page("problems")
    yield None
    for path in files:
        path.unlink()
    stage.window.reading.rescan()
    run_until(lambda: stage.window.session.scanning is None, "the broken files to be gone")
    stage.page("photos")


@page(OTHERS, "why")
def why(stage: Stage) -> Shown:
    stage.window.why(stage.face("astronaut-grey.jpg"))
    stage.settle()
    yield stage.window.explaining.panel
    stage.window.explaining.panel.reject()
