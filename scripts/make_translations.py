"""Bring the translations of ``resources/i18n`` up to date with the words of the window.

    uv run python scripts/make_translations.py

Collects what ``tr()``, ``translate()`` and ``_()`` mark in ``faceapp/ui``, and the sentences that other rooms say of
errors (`faceapp/ui/error_words.py` says how they are found again), into every ``faceapp_*.ts``: what is there already
keeps its translation, what is new is unfinished, what is gone goes. Then Qt's ``lrelease`` makes the .qm files of them.

It reads Python by its syntax tree: Qt's ``lupdate`` takes neither marked words of a module nor f-strings.
"""

from __future__ import annotations

import ast
import builtins
import subprocess
import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "resources" / "i18n"
ERROR_CONTEXT = "Errors"
ERRORS = TRANSLATIONS / "errors.txt"
TRANSLATE = ("QCoreApplication.translate", "translate", "_translate")
MARK = "QT_TRANSLATE_NOOP"
# Rooms that only the command line speaks from; the window is marked by hand.
SILENT = ("ui", "commands", "cli.py", "app.py", "doctor.py", "__main__.py")


@dataclass(frozen=True, order=True)
class Message:
    """``plural``: a count goes along, so a translation may have several forms."""

    context: str
    source: str
    plural: bool = False


class NotLiteralError(Exception):
    """Words are marked for translation that are not written out where they are marked."""


def messages() -> list[Message]:
    """Return everything that the window can say, sorted."""
    found = {message for path in window_files() for message in of_window(path)}
    counted = {(message.context, message.source) for message in found if message.plural}
    found = {message for message in found if message.plural or (message.context, message.source) not in counted}
    return sorted(found | {Message(ERROR_CONTEXT, template) for template in error_templates()})


def window_files() -> list[Path]:
    return sorted((ROOT / "faceapp" / "ui").rglob("*.py"))


def of_window(path: Path) -> Iterator[Message]:
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    context = next((_text(node.value) for node in tree.body if _assigns(node, "_CONTEXT")), None)
    marked = {call.args[0] for call in ast.walk(tree) if isinstance(call, ast.Call) and _called(call) == MARK}
    yield from Module(path, context, {_text(name) for name in marked} | {context}).messages(tree)


def error_templates() -> list[str]:
    """Return the sentences that rooms without a window say of errors, values in braces: "{path} is empty."."""
    found: set[str] = set()
    for path in sorted((ROOT / "faceapp").rglob("*.py")):
        if path.relative_to(ROOT / "faceapp").parts[0] not in SILENT:
            tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
            found.update(filter(_is_sentence, map(_template, _spoken(tree))))
    return sorted(found)


@dataclass(frozen=True)
class Module:
    """A file of the window. ``context`` is that of its ``_()``, ``marked`` are those whose words wait in tables."""

    path: Path
    context: str | None
    marked: Collection[str | None]

    def messages(self, tree: ast.AST, owner: str = "") -> Iterator[Message]:
        """Yield the messages of a tree; ``owner`` is the class around it."""
        for node in ast.iter_child_nodes(tree):
            if isinstance(node, ast.Call):
                yield from self._of_call(node, owner)
            yield from self.messages(node, node.name if isinstance(node, ast.ClassDef) else owner)

    def _of_call(self, call: ast.Call, owner: str) -> Iterator[Message]:
        name, arguments = _called(call), call.args
        if name == "_" and self.context is not None:
            yield Message(self.context, self._literal(arguments[0]))
        elif name.rpartition(".")[2] == "tr":
            if not owner or name != "self.tr":
                raise NotLiteralError(f"{self._place(call)}: only self.tr() of a class has a context.")
            yield Message(owner, self._literal(arguments[0]), len(arguments) > 2)
        elif name == MARK or (name in TRANSLATE and not self._is_looked_up(*arguments[:2])):
            yield Message(self._literal(arguments[0]), self._literal(arguments[1]), len(arguments) > 3)

    def _is_looked_up(self, context: ast.expr, text: ast.expr) -> bool:
        """Whether words come from a table of this module, in which they are marked."""
        name = self.context if isinstance(context, ast.Name) and context.id == "_CONTEXT" else _text(context)
        return _text(text) is None and name is not None and name in self.marked

    def _literal(self, node: ast.expr) -> str:
        text = _text(node)
        if text is None and isinstance(node, ast.Name) and node.id == "_CONTEXT":
            text = self.context
        if text is None:
            raise NotLiteralError(f"{self._place(node)}: “{ast.unparse(node)}” is no literal text.")
        return text

    def _place(self, node: ast.expr) -> str:
        return f"{self.path.name}, line {node.lineno}"


def _called(call: ast.Call) -> str:
    return ast.unparse(call.func)


def _text(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _assigns(node: ast.stmt, name: str) -> bool:
    return isinstance(node, ast.Assign) and any(getattr(target, "id", "") == name for target in node.targets)


def _spoken(tree: ast.AST) -> Iterator[ast.expr]:
    """Yield the texts of a tree that are not docstrings, each as a whole."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, (ast.JoinedStr, ast.Constant)):
            yield node
            for value in node.values if isinstance(node, ast.JoinedStr) else ():
                if isinstance(value, ast.FormattedValue):
                    yield from _spoken(value)
        elif not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            yield from _spoken(node)


def _template(node: ast.expr) -> str:
    """Return a text with a name in braces for every value: of what the value is, told apart by numbers."""
    if not isinstance(node, ast.JoinedStr):
        return _text(node) or ""
    used: dict[str, int] = {}
    parts: list[str] = []
    for value in node.values:
        if isinstance(value, ast.FormattedValue):
            name = _name(value.value)
            used[name] = used.get(name, 0) + 1
            parts.append(f"{{{name}{used[name] if used[name] > 1 else ''}}}")
        else:
            parts.append(_text(value) or "")
    return "".join(parts)


def _name(value: ast.expr) -> str:
    names = [
        node.attr if isinstance(node, ast.Attribute) else node.id
        for node in ast.walk(value)
        if isinstance(node, (ast.Attribute, ast.Name))
    ]
    plain = [name.strip("_").lower() for name in names if not hasattr(builtins, name)]
    return plain[0] if plain else "value"


def _is_sentence(text: str) -> bool:
    """Whether a text is for people: it begins and ends as a sentence does, and is neither SQL nor for the log."""
    return " " in text and (text[0] in "“{" or text[0].isupper()) and text[-1] == "." and "%s" not in text


def read(path: Path) -> dict[tuple[str, str], str]:
    """Return the finished translations of a .ts file by context and source."""
    if not path.exists():
        return {}
    found: dict[tuple[str, str], str] = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None or translation.get("type"):
                continue
            form = translation.find("numerusform")
            text = (translation if form is None else form).text
            if text:
                found[context.findtext("name", ""), message.findtext("source", "")] = text
    return found


def written(language: str, known: Iterable[Message], translations: dict[tuple[str, str], str]) -> str:
    """Return a .ts file. Chinese has one form for every count, as has every language with a file so far."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>", f'<TS version="2.1" language="{language}">']
    open_context = ""
    for message in known:
        if message.context != open_context:
            lines += ["</context>"] * bool(open_context) + ["<context>", f"    <name>{escape(message.context)}</name>"]
            open_context = message.context
        text = translations.get((message.context, message.source))
        state = "" if text else ' type="unfinished"'
        inner = f"<numerusform>{escape(text or '')}</numerusform>" if message.plural else escape(text or "")
        lines += [
            '    <message numerus="yes">' if message.plural else "    <message>",
            f"        <source>{escape(message.source)}</source>",
            f"        <translation{state}>{inner}</translation>",
            "    </message>",
        ]
    return "\n".join([*lines, "</context>", "</TS>", ""])


def main() -> int:
    known = messages()
    ERRORS.parent.mkdir(parents=True, exist_ok=True)
    ERRORS.write_text("".join(f"{template}\n" for template in error_templates()), encoding="utf-8", newline="\n")
    open_words = 0
    for file in sorted(TRANSLATIONS.glob("faceapp_*.ts")):
        done = read(file)
        file.write_text(written(file.stem.partition("_")[2], known, done), encoding="utf-8", newline="\n")
        missing = [message for message in known if (message.context, message.source) not in done]
        for message in missing:
            print(f"{file.name}: {message.context}: {message.source}")
        open_words += len(missing)
        release = Path(sys.executable).with_name("pyside6-lrelease")
        subprocess.run([release, "-silent", file, "-qm", file.with_suffix(".qm")], check=True)
    print(f"{len(known)} messages, {open_words} of them untranslated")
    return 1 if open_words else 0


if __name__ == "__main__":
    sys.exit(main())
