"""Every word of the window is marked, collected and translated; the sentences of other rooms are found again."""

from __future__ import annotations

import ast
import datetime as dt
import importlib
import importlib.util
import inspect
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication, QMainWindow

from faceapp.config import resources_dir
from faceapp.ui import commands, error_words, language, months, words

ROOT = Path(__file__).resolve().parents[2]
TRANSLATIONS = sorted((resources_dir() / "i18n").glob("faceapp_*.ts"))
VALUE = re.compile(r"\{\w*\}|%n|%L?\d")
# Methods and classes whose text the user reads or hears.
SPOKEN = re.compile(
    r"add(Action|Button|Item|Menu|Row|Tab)|insertItem|set_(empty|error)|show_notice|showMessage|drawText"
    r"|set(Accessible(Description|Name)|\w*Text|HeaderLabels|Prefix|StatusTip|Suffix|Title|ToolTip|WhatsThis|WindowTitle)"
    r"|Q(Action|CheckBox|GroupBox|Label|Menu|MessageBox|PushButton|RadioButton|ToolButton)|ElidedLabel|label"
)
WORDS = re.compile(r"[A-Z][a-z]|[a-z] [a-z]")
NOT_WORDS = ("Faceapp",)


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_translations", ROOT / "scripts" / "make_translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


script = load_script()
KNOWN = script.messages()


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    """The window in Chinese, and afterwards as before."""
    before, direction = QLocale(), qapp.layoutDirection()
    assert language.install(qapp, "zh_CN") == "zh_CN"
    yield
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(before)
    qapp.setLayoutDirection(direction)


@pytest.mark.parametrize("file", TRANSLATIONS, ids=lambda file: file.stem)
def test_a_translation_holds_what_the_window_says_now(file: Path) -> None:
    known = {(one.context, one.source, one.plural) for one in KNOWN}
    root = ElementTree.parse(file).getroot()
    listed = {
        (context.findtext("name", ""), message.findtext("source", ""), message.get("numerus") == "yes")
        for context in root.iter("context")
        for message in context.iter("message")
    }
    again = "Run scripts/make_translations.py and translate what it lists."
    assert listed == known, f"New: {sorted(known - listed)}\nGone: {sorted(listed - known)}\n{again}"


@pytest.mark.parametrize("file", TRANSLATIONS, ids=lambda file: file.stem)
def test_everything_is_translated(file: Path) -> None:
    done = script.read(file)
    missing = [one for one in KNOWN if not done.get((one.context, one.source), "").strip()]
    assert not missing, "\n".join(f"{one.context}: {one.source}" for one in missing)


@pytest.mark.parametrize("file", TRANSLATIONS, ids=lambda file: file.stem)
def test_a_translation_keeps_the_values_and_line_breaks_of_its_source(file: Path) -> None:
    wrong = [
        (source, said)
        for (_context, source), said in script.read(file).items()
        if sorted(set(VALUE.findall(source))) != sorted(set(VALUE.findall(said)))
        or source.count("\n") != said.count("\n")
    ]
    assert not wrong


@pytest.mark.parametrize("file", TRANSLATIONS, ids=lambda file: file.stem)
def test_menus_keep_their_letters(file: Path) -> None:
    """A menu entry has a letter to press; in a script without such letters it stands in brackets."""
    wrong = [
        (source, said)
        for (_context, source), said in script.read(file).items()
        if re.findall(r"&(\w)", source.upper()) != re.findall(r"&(\w)", said.upper())
    ]
    assert not wrong


@pytest.mark.parametrize("file", TRANSLATIONS, ids=lambda file: file.stem)
def test_the_compiled_translation_says_the_same(file: Path) -> None:
    compiled = QTranslator()
    assert compiled.load(str(file.with_suffix(".qm")))
    for (context, source), said in script.read(file).items():
        found = compiled.translate(context, source, "", 3) or compiled.translate(context, source)
        assert found == said, f"{context}: {source}. Run scripts/make_translations.py."


def test_the_templates_of_errors_are_up_to_date() -> None:
    listed = script.ERRORS.read_text(encoding="utf-8").splitlines()
    assert listed == script.error_templates(), "Run scripts/make_translations.py."


def test_tr_is_used_where_qt_knows_the_context() -> None:
    """``self.tr()`` in a class that is no QObject would fail, or ask in the context of whoever inherits it."""
    asked = {(path, message.context) for path in script.window_files() for message in script.of_window(path)}
    for path, context in sorted(asked):
        module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        owner = getattr(module, context, None)
        if inspect.isclass(owner) and f"class {context}" in path.read_text(encoding="utf-8"):
            assert issubclass(owner, QObject), f"{path.name}: {context}"


def test_no_words_bypass_translation() -> None:
    found = [place for path in script.window_files() for place in untranslated(path)]
    assert not found, "\n".join(found)


def test_words_that_bypass_translation_are_found(tmp_path: Path) -> None:
    file = tmp_path / "bad.py"
    file.write_text(
        "label.setText('Photos')\n"
        "QLabel(f'{n} photos of {m}')\n"
        "menu.addAction('Open' if n else self.tr('Close'))\n"
        "label.setText(self.tr('Photos'))\n"
        "label.setText(f'<b>{a}</b>, {b}')\n"
        "label.setText('')\n",
        encoding="utf-8",
    )
    assert [place.split(": ")[0] for place in untranslated(file)] == [f"bad.py, line {line}" for line in (1, 2, 3)]


def untranslated(path: Path) -> Iterator[str]:
    """Yield the places of texts that are shown as they stand."""
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call) and SPOKEN.fullmatch(name_of(call)):
            for argument in (*call.args, *(keyword.value for keyword in call.keywords)):
                for text in plain_texts(argument):
                    shown = re.sub(r"<[^>]*>?", "", text).strip()
                    if WORDS.search(shown) and shown not in NOT_WORDS:
                        yield f"{path.name}, line {call.lineno}: “{text}”"


def plain_texts(node: ast.expr) -> Iterator[str]:
    """Yield the literal texts that an expression may become, but for those that are handed to another function."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.BoolOp(values=parts):
            for part in parts:
                yield from plain_texts(part)
        case ast.IfExp(body=first, orelse=second) | ast.BinOp(left=first, right=second):
            yield from plain_texts(first)
            yield from plain_texts(second)


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


@pytest.mark.usefixtures("chinese")
def test_every_sentence_of_another_room_is_found_again() -> None:
    """Filled with values, each template is told apart from all others, and its values come through."""
    file = next(file for file in TRANSLATIONS if file.stem == "faceapp_zh_CN")
    done = script.read(file)
    for template in (*script.error_templates(), *error_words.FRAGMENTS):
        names = re.findall(r"\{(\w+)\}", template)
        values = {name: f"/v{at}" for at, name in enumerate(names)}
        said = done[script.ERROR_CONTEXT, template]
        assert error_words.told(template.format(**values)) == said.format(**values), template


@pytest.mark.usefixtures("chinese")
def test_a_sentence_in_a_sentence_is_translated_as_well() -> None:
    other = "choose another library with --library DIR"
    said = error_words.told(f"The library /l cannot be used (Permission denied). Check its disk, or {other}.")
    assert "Permission" not in said
    assert "choose" not in said
    assert "/l" in said


@pytest.mark.usefixtures("chinese")
def test_sentences_on_lines_of_their_own_are_translated_one_by_one() -> None:
    one, other = (f"{folder} is not a folder. Choose the folder that holds the photo." for folder in ("/a", "/b"))
    assert error_words.told(f"{one}\n{other}") == f"{error_words.told(one)}\n{error_words.told(other)}"
    assert error_words.told(one) != one


@pytest.mark.usefixtures("chinese")
def test_what_nobody_knows_is_said_as_it_stands() -> None:
    assert error_words.told("Something else happened to {braces}.") == "Something else happened to {braces}."
    assert error_words.told("") == ""


def test_in_english_errors_stay_as_they_are() -> None:
    assert error_words.told("There is nothing to try.") == "There is nothing to try."


def test_half_sentences_of_errors_are_still_said_somewhere() -> None:
    sources = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "faceapp").rglob("*.py")
        if "ui" not in path.relative_to(ROOT).parts
    )
    of_the_system = {"Input/output error", "No space left on device", "No such file or directory"}
    of_the_system |= {"Permission denied", "Read-only file system"}
    for fragment in set(error_words.FRAGMENTS) - of_the_system:
        longest = max(re.split(r"\{\w+\}", fragment), key=len).strip()
        assert longest in sources, fragment


@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [
        (["zh-Hans-CN", "en"], "zh_CN"),
        (["zh-CN"], "zh_CN"),
        (["zh-SG"], "zh_CN"),
        (["zh-Hant-TW", "zh-TW"], "en"),
        (["en-GB", "zh-CN"], "en"),
        (["fr-FR", "zh-Hans"], "zh_CN"),
        (["fr-FR"], "en"),
        (["C"], "en"),
        ([], "en"),
    ],
)
def test_the_first_language_of_the_system_that_faceapp_speaks(wanted: list[str], spoken: str) -> None:
    assert language.spoken(wanted) == spoken


@pytest.mark.usefixtures("chinese")
def test_numbers_and_dates_in_chinese() -> None:
    assert words.photos(12345) == "12,345 张照片"
    assert words.photos(1) == "1 张照片"
    assert words.date(dt.date(2019, 3, 5)) == "2019年3月5日"
    assert words.date_time(dt.datetime(2019, 3, 5, 16, 32)) == "2019年3月5日 16:32"
    assert months.month((2019 - 1970) * 12 + 2) == "2019年3月"
    assert words.names(["安娜", "本"]) == "安娜、本"
    assert words.phrases("清晰", "", "正面") == "清晰，正面"


@pytest.mark.usefixtures("chinese")
def test_buttons_of_qt_speak_chinese_as_well() -> None:
    assert QApplication.translate("QPlatformTheme", "Cancel") == "取消"


def test_english_words_join_as_english_does() -> None:
    assert words.names(["Ann", "Ben"]) == "Ann, Ben"
    assert words.phrases("sharp", "", "turned away") == "sharp, turned away"
    assert words.sentences("One.", "Two.") == "One. Two."
    assert words.titled("Sort", "by date") == "Sort: by date"


@pytest.mark.usefixtures("chinese")
def test_menus_are_made_in_the_language_of_the_window(qapp: QApplication) -> None:
    ids = [command.id for _title, menu in commands.MENUS for command in menu if command.id]
    window = QMainWindow()
    actions = commands.install(window, {one: lambda *_: None for one in ids})
    assert window.menuBar().actions()[0].text() == "文件(&F)"
    assert actions["add_folder"].text() == "添加文件夹(&A)…"
    assert "添加照片文件夹" in actions["add_folder"].toolTip()
    window.deleteLater()


PROGRAM = """
import sys
import platformdirs

folder = sys.argv[1]
platformdirs.user_config_dir = platformdirs.user_log_dir = lambda *names, **more: folder

from PySide6.QtCore import QCoreApplication
from faceapp import app

def window(*given, **more):
    sys.stdout.buffer.write(QCoreApplication.translate("words", "Unnamed").encode())
    sys.stdout.flush()
    raise SystemExit

app.MainWindow = window
app.main(["--library", folder])
"""


@pytest.mark.parametrize(
    ("setting", "system", "said"),
    [
        ('language = "zh_CN"\n', "en_GB.UTF-8", "未命名"),
        ("", "zh_CN.UTF-8", "未命名"),
        ('language = "en"\n', "zh_CN.UTF-8", "Unnamed"),
    ],
)
def test_the_window_is_made_in_the_chosen_language_or_the_systems(
    tmp_path: Path, setting: str, system: str, said: str
) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("only here the system's language can be told a process by its environment")
    (tmp_path / "faceapp.toml").write_text(setting, encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LANG", "LC_"))}
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        capture_output=True,
        env=environment | {"QT_QPA_PLATFORM": "offscreen", "LC_ALL": system},
        check=False,
        timeout=60,
    )
    assert run.stdout.decode() == said, run.stderr.decode()
