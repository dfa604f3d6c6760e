"""Start-up is guarded by what is imported on the way, in fresh interpreters; how long it takes depends on the day."""

import os
import subprocess
import sys

import pytest

_RUN = """
import sys
from kpitui.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print()
print(*sorted(sys.modules))
"""
_IMPORT = """
import sys
import kpitui.tui.app
print(*sorted(sys.modules))
"""
_BROWSE = """
import asyncio, sys
from pathlib import Path
from kpitui.report import builtin
from kpitui.report.load import load
from kpitui.tui.app import KpituiApp
from kpitui.tui.drawing import Drawing
from kpitui.tui.started import first_start
from kpitui.views.saved import SavedView
from kpitui.views.spec import ViewSpec
from kpitui.views.store import Store

async def first_screen():
    first_start()
    if sys.argv[1] == "rows":
        Drawing.draw_detail = lambda self: None
    app = KpituiApp(load(builtin.folder()), SavedView("", ViewSpec()), Store(()), "ja")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        while sys.argv[1] == "idle" and not sys.modules.keys() >= set(sys.argv[2:]):
            await pilot.pause(0.05)

asyncio.run(first_screen())
print()
print(*sorted(sys.modules))
"""
_MEMORY = """
import os, sys
from kpitui.start import main
sys.argv = ["kpitui", "--help"]
try:
    main()
except SystemExit:
    pass
print(os.environ["_RJEM_MALLOC_CONF"])
"""
_COLLECTOR = """
import gc, sys
from kpitui.start import main
sys.argv = ["kpitui", "views"]
main()
print(gc.isenabled(), gc.get_freeze_count() > 0)
"""
_SLOWLY_MADE = """
import dataclasses, sys
make, slow = dataclasses.dataclass, set()

def told(cls=None, /, **options):
    if cls is None:
        return lambda each: told(each, **options)
    if options.get("repr", True):
        slow.add(cls.__module__)
    return make(cls, **options)

dataclasses.dataclass = told
import kpitui.tui.app, kpitui.tui.opening
print()
print("-", *slow)
"""
_AHEAD = """
from kpitui.tui.ahead import MODULES
print(*MODULES)
"""
_NOTHING = """
import sys
print(*sorted(sys.modules))
"""
_FOR_SHEETS = ("xlsxwriter", "openpyxl", "fastexcel")
_FOR_FILES = ("tomli_w", *_FOR_SHEETS)
"""What writes or reads files of its own kind, which nobody has asked for yet."""
_LATER_IN_BROWSER = (
    *_FOR_FILES,
    "kpitui.sources",
    "kpitui.output.files",
    "kpitui.output.formats",
    "kpitui.report.tables",
    "kpitui.tui.dialogs.choose",
    "kpitui.tui.dialogs.columns",
    "kpitui.tui.dialogs.export",
    "kpitui.tui.dialogs.filters",
    "kpitui.tui.dialogs.reading",
    "kpitui.tui.dialogs.save",
)
_AFTER_ROWS = (
    "uniseg",
    "kpitui.output.audit",
    "kpitui.output.findings",
    "kpitui.output.judgement",
    "kpitui.output.matrix",
    "kpitui.output.overview",
    "kpitui.output.record",
    "kpitui.output.source",
    "kpitui.output.source_rows",
    "kpitui.output.together",
    "kpitui.output.working",
    "kpitui.report.checks",
    "kpitui.report.check_words",
    "kpitui.tui.actions.filtering",
    "kpitui.tui.actions.shaping",
    "kpitui.tui.ahead",
    "kpitui.tui.hits",
    "kpitui.tui.resume",
    "kpitui.views.counted",
    "kpitui.views.expression",
    "kpitui.views.offered",
    "kpitui.views.reader",
    "kpitui.views.resume",
    "kpitui.views.search",
    "kpitui.text.scan",
)
"""What the detail, a page, a search or the reader's kept place needs, which all come after the rows."""
_MOST_MODULES = 106
"""Modules of ours that may be loaded before rows stand, each of which takes 0.3 to 3 ms."""
_OTHER_VERBS = (
    "kpitui.verb_compare",
    "kpitui.verb_package",
    "kpitui.report.compare",
    "kpitui.output.overview",
    "kpitui.output.questions",
    "kpitui.output.settings",
    "kpitui.tui.keymap",
    "kpitui.views.check",
    "kpitui.views.store",
    "platformdirs",
)
"""What a verb other than that of a table needs."""
_NOT_FOR_WORDS = (
    "textual",
    "rich",
    "polars",
    "importlib.metadata",
    "dataclasses",
    "tomllib",
    "platformdirs",
    "pathlib",
    "shutil",
)
"""What takes longer to import than --help and --version may take at all."""


def imported(script: str, *words: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", script, *words], capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[-1].split())


@pytest.fixture(scope="module")
def on_first_screen() -> set[str]:
    return imported(_BROWSE, "rows")


@pytest.mark.parametrize("name", [*_LATER_IN_BROWSER, *_AFTER_ROWS])
def test_the_first_screen_comes_without_what_only_a_later_wish_needs(on_first_screen: set[str], name: str) -> None:
    assert name not in on_first_screen


def test_what_is_loaded_before_rows_stand_stays_few(on_first_screen: set[str]) -> None:
    ours = {name for name in on_first_screen if name.partition(".")[0] == "kpitui"}
    assert len(ours) <= _MOST_MODULES


def test_before_rows_stand_no_dataclass_is_made_the_slow_way() -> None:
    slow = imported(_SLOWLY_MADE)
    assert {name for name in slow if name.startswith("kpitui.")} == set()


def test_what_keys_need_is_loaded_once_the_first_screen_stands() -> None:
    names = imported(_AHEAD)
    assert imported(_BROWSE, "idle", *names) >= names


def test_lines_are_broken_by_rules_that_load_with_the_first_text_to_break() -> None:
    assert "uniseg" not in imported(_IMPORT)


@pytest.mark.parametrize("words", [["--help"], ["-h", "--lang", "ja"], ["--lang=en", "--help"]])
def test_help_imports_nothing_of_pythons_library(words: list[str]) -> None:
    beyond = imported(_RUN, *words) - imported(_NOTHING)
    assert {name for name in beyond if name.partition(".")[0] != "kpitui"} <= {"__future__", "gc"}


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_import_nothing_that_takes_long(option: str) -> None:
    assert imported(_RUN, option).isdisjoint(_NOT_FOR_WORDS)


def test_the_version_is_told_without_a_command_line() -> None:
    script = _RUN.replace("kpitui.cli import main", "kpitui.start import main").replace("main(sys.argv[1:])", "main()")
    assert imported(script, "--version").isdisjoint((*_NOT_FOR_WORDS, "argparse", "re", "kpitui.cli"))


@pytest.mark.parametrize(("given", "kept"), [(None, "dirty_decay_ms:50,muzzy_decay_ms:0"), ("narenas:1", "narenas:1")])
def test_free_memory_is_given_back_soon_unless_somebody_wants_it_otherwise(given: str | None, kept: str) -> None:
    own = {name: value for name, value in os.environ.items() if name != "_RJEM_MALLOC_CONF"}
    env = own if given is None else {**own, "_RJEM_MALLOC_CONF": given}
    done = subprocess.run([sys.executable, "-c", _MEMORY], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.split()[-1] == kept


def test_the_collector_works_again_once_what_a_verb_needs_is_loaded_and_leaves_that_alone() -> None:
    done = subprocess.run([sys.executable, "-c", _COLLECTOR], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "True True"


def test_rows_of_a_table_are_read_before_what_judges_and_shows_them_is_imported() -> None:
    begun = imported(_NOTHING.replace("import sys", "import sys, kpitui.report.tables"))
    assert "polars" in begun
    assert begun.isdisjoint(("textual", "kpitui.report.judge", "kpitui.report.load", "kpitui.report.folder"))


@pytest.mark.parametrize("verb", ["kpis", "projects"])
def test_a_table_without_a_screen_comes_without_textual_and_other_formats(verb: str) -> None:
    assert imported(_RUN, verb, "--format", "json").isdisjoint(
        ("textual", "kpitui.sources", *_FOR_SHEETS, *_OTHER_VERBS)
    )
