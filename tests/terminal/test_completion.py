"""Completion as zsh itself gives it at a terminal, on Tab, and as fish says what it would offer."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from probe import Terminal

from kpitui.cli import main

ZSH = shutil.which("zsh")
FISH = shutil.which("fish")
REQUIRED = os.environ.get("KPITUI_REQUIRE")
needs_zsh = pytest.mark.skipif(ZSH is None and not REQUIRED, reason="there is no zsh, and KPITUI_REQUIRE is not set")
needs_fish = pytest.mark.skipif(FISH is None and not REQUIRED, reason="there is no fish, and KPITUI_REQUIRE is not set")
COMPLETED = [
    ("ov", "overview"),
    ("kpis --sta", "kpis --status"),
    ("kpis --status mi", "kpis --status missed"),
    ("kpis --status missed,wo", "kpis --status missed,worsened"),
    ("kpis --status=missed,wo", "kpis --status=missed,worsened"),
    ("kpis --sort -prog", "kpis --sort -progress"),
    ("kpis --sort name,-prog", "kpis --sort name,-progress"),
    ("kpis --columns id,sta", "kpis --columns id,status"),
    ("compare --fail-on target,restated,dr", "compare --fail-on target,restated,dropped"),
    ("kpis --view 夜", "kpis --view 夜の一覧"),
    ("--view 夜", "--view 夜の一覧"),
    ("--lang ja ov", "--lang ja overview"),
    ("--lang ja views ch", "--lang ja views check"),
]
"""What is typed after the program's name, and what Tab makes of it."""


def shown(running: Terminal) -> list[str]:
    """The lines on the screen, without those that are empty."""
    return [line.rstrip() for line in running.lines if line.strip()]


@pytest.fixture
def data(tmp_path: Path) -> str:
    """A folder of data with a saved view called 夜の一覧."""
    views = tmp_path / "kpitui" / "views"
    views.mkdir(parents=True)
    (views / "夜の一覧.toml").write_text("", "utf-8")
    return str(tmp_path)


@pytest.fixture
def script(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Callable[[str], str]:
    """The path of the script for a shell."""

    def written(shell: str) -> str:
        assert main(["completion", shell]) == 0
        path = tmp_path / f"kpitui.{shell}"
        path.write_bytes(capsysbinary.readouterr().out)
        return str(path)

    return written


@pytest.fixture
def zsh(data: str, script: Callable[[str], str]) -> Iterator[Terminal]:
    """A zsh without anybody's settings that has read the script."""
    assert ZSH, "KPITUI_REQUIRE is set, and there is no zsh"
    env = {"HOME": data, "ZDOTDIR": data, "XDG_DATA_HOME": data, "READ": "ready"}
    running = Terminal((ZSH, "-f", "-i"), (80, 24), env)
    try:
        setup = f"autoload -Uz compinit; compinit -u -D; source {script('zsh')}; PS1=$READ::; clear"
        running.press(setup, "enter")
        running.wait_until(lambda: shown(running) == ["ready::"], "the prompt")  # where zsh itself reads the keys
        yield running
    finally:
        running.close()


@needs_zsh
@pytest.mark.parametrize(("typed", "completed"), COMPLETED)
def test_zsh_finishes_the_word_on_tab(zsh: Terminal, typed: str, completed: str) -> None:
    zsh.press(f"kpitui {typed}", "tab", "::")  # a word that is finished is followed by a blank
    zsh.wait_until(lambda: zsh.text.count("::") > 1, "what was completed")
    assert shown(zsh) == [f"ready::kpitui {completed} ::"]


@needs_fish
@pytest.mark.parametrize(("typed", "completed"), COMPLETED)
def test_fish_offers_the_word(data: str, script: Callable[[str], str], typed: str, completed: str) -> None:
    assert fish(data, script("fish"), typed) == [completed.rsplit(maxsplit=1)[-1]]


@needs_fish
def test_fish_looks_for_views_in_the_home_folder_where_nothing_else_is_said(
    tmp_path: Path, data: str, script: Callable[[str], str]
) -> None:
    home = tmp_path / "home"
    (home / ".local").mkdir(parents=True)
    (home / ".local" / "share").symlink_to(data)
    assert fish("", script("fish"), "kpis --view 夜", home) == ["夜の一覧"]


@needs_fish
def test_fish_offers_the_built_in_views_where_none_is_saved(tmp_path: Path, script: Callable[[str], str]) -> None:
    assert fish(str(tmp_path), script("fish"), "kpis --view under") == ["underperforming"]


def fish(data: str, script: str, typed: str, home: Path | None = None) -> list[str]:
    """What fish offers, without anybody's settings, for the last word of what is typed after the program's name."""
    assert FISH, "KPITUI_REQUIRE is set, and there is no fish"
    command = [FISH, "--no-config", "-c", f"source {script}; complete -C 'kpitui {typed}'"]
    env = {**os.environ, "HOME": str(home or data), "XDG_DATA_HOME": data, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", env=env)
    assert done.stderr == ""
    return [line.partition("\t")[0] for line in done.stdout.splitlines()]
