"""Paths that cannot be looked at: below a folder without permission, and longer than a system takes."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kpitui.cli import main
from kpitui.config import load
from kpitui.errors import InputError
from kpitui.report.open import open_reports
from kpitui.views.store import Store

Captured = pytest.CaptureFixture[str]

LONG = "a" * 300
TABLE = "id,project_id,name,target,actual\nx,p,n,1,2\n"
_BOUND = ("--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search")
_RUN = """
import contextlib, io, json, os, sys
from kpitui.start import main
said = []
for variables, words in json.loads(sys.argv[1]):
    out, told = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    sys.argv = ["kpitui", *words]
    before = dict(os.environ)
    os.environ.update(variables)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(told):
        code = main()
    os.environ.clear()
    os.environ.update(before)
    said.append([code, told.buffer.getvalue().decode()])
print(json.dumps(said))
"""
DENIED = {
    "a report folder": ({}, ["kpis", "--report", "shut/x"], 3, "shut/x: cannot be read: Permission denied"),
    "a table": ({}, ["kpis", "--report", "shut/x.csv"], 3, "shut/x.csv: cannot be read: Permission denied"),
    "one of several": (
        {},
        ["kpis", "--report", "town.csv", "--report", "shut/x"],
        3,
        "shut/x: cannot be read: Permission denied",
    ),
    "a document": ({}, ["import", "shut/x.csv", "--to", "q"], 3, "shut/x.csv: cannot be read: Permission denied"),
    "a target": ({}, ["import", "town.csv", "--to", "shut"], 3, "shut: cannot be written: Permission denied"),
    "an earlier report": ({}, ["compare", "shut/x", "later"], 3, "shut/x: cannot be read: Permission denied"),
    "a view": ({}, ["kpis", "--view", "shut/x.toml"], 3, "shut/x.toml: Permission denied"),
    "settings that were named": (
        {"KPITUI_CONFIG": "shut/c.toml"},
        ["config", "show"],
        3,
        "shut/c.toml: cannot be read: Permission denied",
    ),
    "the usual settings": (
        {"XDG_CONFIG_HOME": "shut"},
        ["kpis"],
        3,
        "shut/kpitui/config.toml: cannot be read: Permission denied",
    ),
    "the usual views": ({"XDG_DATA_HOME": "shut"}, ["views"], 0, ""),
    "a view that comes with kpitui": ({"XDG_DATA_HOME": "shut"}, ["kpis", "--view", "worsened"], 0, ""),
}


def _unprivileged() -> list[str]:
    """What takes from root the right to look into every folder; the test is skipped where nothing does."""
    if os.geteuid():
        return []
    words = [shutil.which("setpriv") or "setpriv", *_BOUND]
    try:
        subprocess.run([*words, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("root may look into every folder")
    return words


def test_what_lies_below_a_folder_without_permission_is_said_to_be_unreadable(tmp_path: Path) -> None:
    words = _unprivileged()
    (tmp_path / "shut").mkdir(mode=0)
    (tmp_path / "town.csv").write_text(TABLE, "utf-8")
    asked = json.dumps([(variables, [*line, "--lang", "en"]) for variables, line, _, _ in DENIED.values()])
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [*words, sys.executable, "-c", _RUN, asked], cwd=tmp_path, env=env, capture_output=True, check=True
    )
    (tmp_path / "shut").chmod(0o700)
    expected = [[code, said and f"kpitui: {said}\n"] for _, _, code, said in DENIED.values()]
    assert dict(zip(DENIED, json.loads(done.stdout), strict=True)) == dict(zip(DENIED, expected, strict=True))


@pytest.mark.parametrize(
    "words",
    [
        ["kpis", "--report", LONG],
        ["kpis", "--report", f"{LONG}.csv"],
        ["kpis", "--report", "town.csv", "--report", LONG],
        ["compare", "town.csv", LONG],
        ["import", LONG, "--to", "q"],
        ["import", f"{LONG}.csv", "--dry-run"],
        ["import", "town.csv", "--to", LONG],
        ["kpis", "--output", LONG],
    ],
    ids=lambda words: " ".join(words).replace(LONG, "LONG"),
)
def test_a_name_that_is_too_long_is_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "town.csv").write_text(TABLE, "utf-8")
    assert main([*words, "--lang", "en"]) == 3
    assert "File name too long" in capsys.readouterr().err


@pytest.mark.parametrize("name", [LONG, f"{LONG}.toml"])
def test_a_view_of_a_name_that_is_too_long_is_not_there(capsys: Captured, name: str) -> None:
    assert main(["kpis", "--view", name, "--lang", "en"]) == 3
    assert capsys.readouterr().err.startswith(f"kpitui: no view '{LONG}")


def test_settings_of_a_name_that_is_too_long_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPITUI_CONFIG", LONG)
    with pytest.raises(InputError, match="File name too long"):
        load()


def test_settings_in_a_home_that_nobody_has_are_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPITUI_CONFIG", "~nobody-at-all/c.toml")
    monkeypatch.setenv("KPITUI_VIEWS", "~nobody-at-all/views")
    assert load().views == (Path("~nobody-at-all/views"),)


def test_a_folder_of_views_that_cannot_be_looked_into_has_none() -> None:
    assert "worsened" in Store((Path(LONG),)).names()


def test_links_that_lead_round_in_a_circle_are_no_report(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to("loop")
    with pytest.raises(InputError, match=r"loop/report\.toml: cannot be read: Too many levels of symbolic links"):
        open_reports([loop, tmp_path])
