"""What every test starts from: the built-in report, and folders and a locale of the test's own."""

import csv
import io
import os
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import HealthCheck, settings

from kpitui.report import builtin
from kpitui.report.load import load
from kpitui.report.model import Report
from kpitui.views.store import Store

# A busy machine is no failure; and CI judges a change, not the dice: they are thrown on developers' machines.
settings.register_profile(
    "unhurried", deadline=None, derandomize="CI" in os.environ, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("unhurried")
_HOSTILE = "\x1b]0;taken\x07\x1b[2J\x9b7m[/][red]x[/red]"
"""A window title, a cleared screen, reverse video by a C1 control; then what Textual and Rich take for markup."""
_SETTLING = ("KPITUI_", "TEXTUAL", "TMUX")
_ALSO_SETTLING = ("LC_ALL", "LC_MESSAGES", "NO_COLOR", "COLUMNS", "LINES", "ESCDELAY")
"""Variables that would change what kpitui does, by the beginnings of their names and by their names."""
_FOR_TESTS = ("KPITUI_REQUIRE", "TEXTUAL_SNAPSHOT")
_KEYS = ("id", "project_id", "grant", "aim")
_FREE = ("publisher", "value", "raw", "name", "short", "text", "gloss")


@pytest.fixture(scope="session")
def report() -> Report:
    return load(builtin.folder())


@pytest.fixture(autouse=True)
def own_surroundings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that holds the reader's data, settings, cache and state; the locale is plain English.

    What a developer has settled for themselves, or the terminal that the tests are started from, counts for nothing.
    """
    home = tmp_path_factory.mktemp("home")
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.setenv("LANG", "C.UTF-8")
    for name in filter(_settles, list(os.environ)):
        monkeypatch.delenv(name)
    return home


def _settles(name: str) -> bool:
    """Whether a variable tells kpitui or Textual how to be, and is not one that tells the tests so."""
    return not name.startswith(_FOR_TESTS) and (name.startswith(_SETTLING) or name in _ALSO_SETTLING)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A folder for views, with none in it yet."""
    return Store((tmp_path / "views",))


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The built-in report's folder, to be written to."""
    return Path(shutil.copytree(builtin.folder(), tmp_path / "copied"))


@pytest.fixture
def hostile(copied: Path) -> Path:
    """The built-in report with something hostile before every text that a publisher or a curator can write."""
    taint(copied, lambda text: _HOSTILE + text)
    return copied


def taint(folder: Path, tainted: Callable[[str], str]) -> None:
    """Change every text of a report folder that a publisher or a curator can write; the same text always alike."""
    for name in ("projects.csv", "kpis.csv"):
        _taint_csv(folder / name, tainted)
    metadata = tomllib.loads((folder / "report.toml").read_text("utf-8"))
    (folder / "report.toml").write_text(tomli_w.dumps(_tainted(metadata, tainted)), "utf-8")
    source = (folder / "source.txt").read_text("utf-8").split("\n")
    (folder / "source.txt").write_text("\n".join(map(tainted, source)), "utf-8", newline="")


def _taint_csv(path: Path, tainted: Callable[[str], str]) -> None:
    head, *rows = csv.reader(io.StringIO(path.read_text("utf-8")))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)  # a lone carriage return, too
    writer.writerow(head)
    writer.writerows(
        [tainted(cell) if _is_free(key, cell) else cell for key, cell in zip(head, row, strict=True)] for row in rows
    )
    path.write_text(text.getvalue(), "utf-8", newline="")


def _is_free(key: str, cell: str) -> bool:
    number = cell.lstrip("-").replace(".", "", 1).isdigit() and not key.endswith("raw")
    return bool(cell) and not number and key not in _KEYS


def _tainted(value: Any, tainted: Callable[[str], str], key: str = "") -> Any:
    """A value of report.toml with every text in it tainted that is no word of a closed list."""
    if key in ("aim", "as_of"):
        return value
    if isinstance(value, dict):
        return {name: _tainted(inner, tainted, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_tainted(inner, tainted) for inner in value]
    return tainted(value) if isinstance(value, str) and key in _FREE else value
