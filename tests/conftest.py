"""What every test starts from: the built-in report, and folders and a locale of the test's own."""

from pathlib import Path

import pytest

from kpitui.report import builtin
from kpitui.report.load import load
from kpitui.report.model import Report


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
