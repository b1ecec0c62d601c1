"""Every action of the window: its words, shortcut and place in the menus, in one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

_CONTEXT = "Commands"


def _(text: str) -> str:
    """Mark words for translation; they are translated when the menus are made."""
    return text


@dataclass(frozen=True, slots=True)
class Command:
    """``keys``: alternatives, the first is shown. ``group``: exclusive choices. An empty ``id`` is a separator."""

    id: str = ""
    text: str = ""
    keys: tuple[str, ...] = ()
    tip: str = ""
    group: str = ""
    checkable: bool = False


SEPARATOR = Command()

MENUS: tuple[tuple[str, tuple[Command, ...]], ...] = (
    (
        _("&File"),
        (
            Command(
                "add_folder",
                _("&Add Folder…"),
                ("Ctrl+O",),
                _("Add a photo folder and read it"),
            ),
            Command(
                "rescan",
                _("Look for &New Photos"),
                ("F5",),
                _("Read what is new or changed in every folder"),
            ),
            Command(
                "retry_all",
                _("&Try All Problems Again"),
                ("Shift+F5",),
                _("Read every photo again that could not be read"),
            ),
            SEPARATOR,
            Command("pause", _("&Pause Reading"), ("Ctrl+P",), checkable=True),
            Command(
                "gentle",
                _("Read &Gently"),
                ("Ctrl+Shift+P",),
                _("Leave one processor free for other programs"),
                checkable=True,
            ),
            Command(
                "reading_details",
                _("Reading &Details"),
                ("Ctrl+Shift+I",),
                _("See the folders, faces and files that are being read"),
            ),
            Command("cancel_scan", _("&Stop Reading"), ("Ctrl+.",)),
            SEPARATOR,
            Command(
                "show_in_folder",
                _("Show in &Folder"),
                ("Ctrl+Shift+R",),
                _("Show the file in its folder"),
            ),
            SEPARATOR,
            Command(
                "preferences",
                _("Pre&ferences…"),
                ("Ctrl+,",),
                _("Folders, thresholds, privacy, backups and more"),
            ),
            SEPARATOR,
            Command("quit", _("&Quit"), ("Ctrl+Q",)),
        ),
    ),
    (
        _("&Edit"),
        (
            Command("undo", _("&Undo"), ("Ctrl+Z",)),
            Command("redo", _("&Redo"), ("Ctrl+Shift+Z", "Ctrl+Y")),
            Command(
                "history",
                _("&History…"),
                ("Ctrl+H",),
                _("See everything that you decided, and go back to any point"),
            ),
            SEPARATOR,
            Command(
                "paste",
                _("&Paste as Query"),
                ("Ctrl+V",),
                _("Search with the picture, the files or the folder on the clipboard"),
            ),
            Command(
                "copy",
                _("&Copy"),
                ("Ctrl+C",),
                _("Copy the files of the selected photos, and a single one as picture"),
            ),
            Command("copy_path", _("Copy Pat&h"), ("Ctrl+Alt+C",), _("Copy where the selected photos are")),
            Command("select_all", _("Select &All"), ("Ctrl+A",)),
            SEPARATOR,
            Command(
                "retry",
                _("&Try Again"),
                ("Ctrl+R",),
                _("Read the selected photos again"),
            ),
            Command(
                "ignore",
                _("&Ignore"),
                ("Delete",),
                _("Take the selected photos off the list until their files change"),
            ),
        ),
    ),
    (
        _("&Search"),
        (
            Command(
                "open_query",
                _("Search with a &Picture…"),
                ("Ctrl+Shift+O",),
                _("Find the people of a picture that need not be in the library"),
            ),
            Command(
                "palette",
                _("Command Pa&lette…"),
                ("Ctrl+K",),
                _("Do or open anything by a few letters: actions, people, folders, albums"),
            ),
            Command("find_person", _("&Find…"), ("Ctrl+F",), _("Search people, dates, folders and albums")),
            Command("search_face", _("Find This &Face"), ("Ctrl+E",)),
            Command("add_face", _("A&dd This Face to the Search"), ("Ctrl+Shift+E",)),
            SEPARATOR,
            Command("stricter", _("S&tricter"), ("Ctrl+Right",)),
            Command("wider", _("&Wider"), ("Ctrl+Left",)),
            Command("stricter_mark", _("Stricter, to the Next &Mark"), ("Ctrl+Shift+Right",)),
            Command("wider_mark", _("Wider, to the Next Ma&rk"), ("Ctrl+Shift+Left",)),
            Command(
                "below",
                _("Show What Is Just &Below the Line"),
                ("Ctrl+B",),
                _("Show the best faces that the line leaves out, greyed"),
                checkable=True,
            ),
            SEPARATOR,
            Command(
                "keep_album",
                _("&Keep This Search as an Album…"),
                ("Ctrl+Shift+S",),
                _("Keep faces, line and filter under a name; what fits later joins by itself"),
            ),
            Command("update_album", _("C&hange the Album to This Search"), ("Ctrl+S",)),
            Command("rename_album", _("Re&name the Album…"), ("Ctrl+Shift+A",)),
            Command(
                "remove_album",
                _("Rem&ove the Album"),
                ("Ctrl+Shift+D",),
                _("Remove the album that is open; photos and names stay"),
            ),
            SEPARATOR,
            Command("close_query", _("&Close the Search"), ("Ctrl+W",)),
        ),
    ),
    (
        _("&People"),
        (
            Command(
                "name",
                _("&Name These…"),
                ("Ctrl+N",),
                _("Name the selected faces or group, or every match above the line"),
            ),
            Command(
                "confirm",
                _("&Yes, It Is"),
                ("Ctrl+Return",),
                _("Confirm the names that the selected faces seem to have"),
            ),
            Command("reject", _("N&ot This Person"), ("Ctrl+Backspace",), _("The selected faces are somebody else")),
            Command("move", _("&Move to…"), ("Ctrl+M",), _("Give the selected faces to another person")),
            Command("split", _("S&plit Off"), ("Ctrl+Shift+X",), _("The selected faces are not with the rest")),
            Command(
                "clear_name", _("&Take the Name Off"), ("Ctrl+Shift+N",), _("The selected faces have no name again")
            ),
            SEPARATOR,
            Command("same", _("These Are One P&erson"), ("Ctrl+J",), _("Merge the selected people, groups or faces")),
            Command(
                "different",
                _("These Are T&wo People"),
                ("Ctrl+Shift+J",),
                _("The two selected faces are never one person"),
            ),
            Command(
                "merge_into",
                _("Merge &Into…"),
                ("Ctrl+Shift+K",),
                _("The selected person is one who has a name already"),
            ),
            SEPARATOR,
            Command("rename", _("&Rename…"), ("F2",), _("Give the selected person another name")),
            Command("born", _("Date of &Birth…"), ("Ctrl+Shift+B",)),
            Command(
                "export",
                _("E&xport Photos…"),
                ("Ctrl+Shift+Y",),
                _("Copy the photos of a person into a folder; nothing there is overwritten"),
            ),
            Command("cover", _("Make &Cover"), ("Ctrl+Shift+C",), _("Show the person by the selected face")),
            SEPARATOR,
            Command(
                "hide_stranger",
                _("Hide as &Stranger"),
                ("Ctrl+Delete",),
                _("Leave the selected faces out of views and questions"),
            ),
            Command("hide_statue", _("Hide as St&atue or Picture"), ("Ctrl+Shift+U",)),
            Command("hide_not_a_face", _("Hide as Not a &Face"), ("Ctrl+Shift+F",)),
            Command(
                "hide_unnamed",
                _("Hide Everybody &Without a Name"),
                ("Ctrl+Shift+Delete",),
                _("Hide all faces without a name in the selected photos"),
            ),
            Command("show_again", _("Show A&gain"), ("Ctrl+Shift+G",), _("Bring hidden faces back")),
            SEPARATOR,
            Command("why", _("W&hy…"), ("Ctrl+D",), _("See why the selected face matched or has its name")),
            Command(
                "odd",
                _("&Look for Odd Ones"),
                ("Ctrl+Shift+L",),
                _("Sort the faces of a person or group, those least like the rest first"),
            ),
            Command(
                "regroup",
                _("&Group All Faces Anew…"),
                ("Ctrl+G",),
                _("Says first what it would change; no decision is touched"),
            ),
        ),
    ),
    (
        _("&View"),
        (
            Command("photos", _("&Photos"), ("Ctrl+1",)),
            Command("faces", _("&Faces"), ("Ctrl+2",)),
            Command("people", _("P&eople"), ("Ctrl+3",)),
            Command("groups", _("Unnamed &Groups"), ("Ctrl+4",), _("Faces that seem to be one person without a name")),
            Command("review", _("&Review"), ("Ctrl+5",), _("Answer what only you know, with one key each")),
            Command("hidden", _("&Hidden"), ("Ctrl+6",), _("Strangers and other faces that you hid")),
            Command("problems", _("P&roblems"), ("Ctrl+7",)),
            SEPARATOR,
            Command(
                "filter",
                _("Fil&ter…"),
                ("Ctrl+L",),
                _("Show only some photos or faces: people, dates, folders"),
            ),
            Command("clear_filter", _("&Clear the Filter"), ("Ctrl+Shift+W",), _("Show everything again")),
            SEPARATOR,
            Command("open_viewer", _("&Open in the Viewer"), ("Return",)),
            Command(
                "slideshow",
                _("S&lideshow"),
                ("F8",),
                _("Show the photos of this page, or of the selected person, one after the other"),
            ),
            Command("zoom_in", _("&Larger Tiles"), ("Ctrl++", "Ctrl+=")),
            Command("zoom_out", _("&Smaller Tiles"), ("Ctrl+-",)),
            Command("zoom_reset", _("&Usual Size of Tiles"), ("Ctrl+0",)),
            Command("inspector", _("&Information Panel"), ("Ctrl+I",), checkable=True),
            SEPARATOR,
            Command("scheme_system", _("Colours of the S&ystem"), group="scheme"),
            Command("scheme_light", _("L&ight"), group="scheme"),
            Command("scheme_dark", _("&Dark"), group="scheme"),
        ),
    ),
    (
        _("&Tools"),
        (
            Command(
                "models",
                _("Recognition &Models…"),
                ("Ctrl+Shift+M",),
                _("See the models, add one, try it out and change over to it"),
            ),
            Command(
                "evaluate",
                _("&Evaluate Recognition…"),
                ("Ctrl+Shift+T",),
                _("Measure the model in use on pictures of which you know who they show"),
            ),
        ),
    ),
    (
        _("&Help"),
        (
            Command("open_log", _("Open the &Log"), ("Ctrl+Alt+L",), _("Show the file that all errors are written to")),
            Command("about", _("&About Faceapp")),
        ),
    ),
)


def translated(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text) if text else ""


def install(window: QMainWindow, handlers: Mapping[str, Callable[..., object]]) -> dict[str, QAction]:
    """Fill the window's menu bar; return the actions by id. Every id needs a handler (``KeyError`` otherwise).

    A handler of a checkable action is called with its new state.
    """
    actions: dict[str, QAction] = {}
    groups: dict[str, QActionGroup] = {}
    for title, commands in MENUS:
        menu = QMenu(translated(title), window)
        window.menuBar().addMenu(menu)
        for command in commands:
            if not command.id:
                menu.addSeparator()
                continue
            action = QAction(translated(command.text), window)
            action.setShortcuts([QKeySequence(keys) for keys in command.keys])
            if command.tip:
                keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                action.setToolTip(f"{translated(command.tip)} ({keys})")
                action.setStatusTip(translated(command.tip))
            if command.id == "preferences":
                action.setMenuRole(QAction.MenuRole.PreferencesRole)
            action.setCheckable(command.checkable or bool(command.group))
            if command.group:
                groups.setdefault(command.group, QActionGroup(window)).addAction(action)
            handler = handlers[command.id]
            if command.checkable:
                action.toggled.connect(handler)
            else:
                action.triggered.connect(lambda _checked=False, run=handler: run())
            menu.addAction(action)
            actions[command.id] = action
    return actions
