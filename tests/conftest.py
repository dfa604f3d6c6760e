"""What every test starts from: the built-in report, and folders and a locale of the test's own."""

import csv
import io
import os
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import settings

from kpitui.report import builtin
from kpitui.report.load import load
from kpitui.report.model import Report
from kpitui.views.store import Store

# A busy machine is no failure; and CI judges a change, not the dice: they are thrown on developers' machines.
settings.register_profile("unhurried", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("unhurried")
_HOSTILE = "\x1b]0;taken\x07\x1b[2J\x9b7m[/][red]x[/red]"
"""A window title, a cleared screen, reverse video by a C1 control; then what Textual and Rich take for markup."""
_KEYS = ("id", "project_id", "grant", "aim")
_FREE = ("publisher", "value", "raw", "name", "short", "text", "gloss")


@pytest.fixture(scope="session")
def report() -> Report:
    return load(builtin.folder())


@pytest.fixture(autouse=True)
def own_surroundings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that holds the reader's data, settings, cache and state; the locale is plain English."""
    home = tmp_path_factory.mktemp("home")
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.setenv("LANG", "C.UTF-8")
    for name in ("LC_ALL", "LC_MESSAGES", "NO_COLOR", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    return home


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
    for name in ("projects.csv", "kpis.csv"):
        _taint_csv(copied / name)
    metadata = tomllib.loads((copied / "report.toml").read_text("utf-8"))
    (copied / "report.toml").write_text(tomli_w.dumps(_tainted(metadata)), "utf-8")
    source = (copied / "source.txt").read_text("utf-8").split("\n")
    (copied / "source.txt").write_text("\n".join(_HOSTILE + line for line in source), "utf-8")
    return copied


def _taint_csv(path: Path) -> None:
    head, *rows = csv.reader(io.StringIO(path.read_text("utf-8")))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([_tainted_cell(key, cell) for key, cell in zip(head, row, strict=True)] for row in rows)
    path.write_text(text.getvalue(), "utf-8")


def _tainted_cell(key: str, cell: str) -> str:
    number = cell.lstrip("-").replace(".", "", 1).isdigit() and not key.endswith("raw")
    return cell if number or not cell or key in _KEYS else _HOSTILE + cell


def _tainted(value: Any, key: str = "") -> Any:
    """A value of report.toml with every text in it tainted that is no word of a closed list."""
    if key in ("aim", "as_of"):
        return value
    if isinstance(value, dict):
        return {name: _tainted(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_tainted(inner) for inner in value]
    return _HOSTILE + value if isinstance(value, str) and key in _FREE else value
