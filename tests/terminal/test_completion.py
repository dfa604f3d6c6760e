"""Completion as zsh itself gives it at a terminal, on Tab."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from probe import Terminal

from kpitui.cli import main

ZSH = shutil.which("zsh")
pytestmark = pytest.mark.skipif(
    ZSH is None and not os.environ.get("KPITUI_REQUIRE"), reason="there is no zsh, and KPITUI_REQUIRE is not set"
)


def shown(running: Terminal) -> list[str]:
    """The lines on the screen, without those that are empty."""
    return [line.rstrip() for line in running.lines if line.strip()]


@pytest.fixture
def zsh(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Iterator[Terminal]:
    """A zsh without anybody's settings that has read the script, with a saved view called 夜の一覧."""
    assert ZSH, "KPITUI_REQUIRE is set, and there is no zsh"
    assert main(["completion", "zsh"]) == 0
    script = tmp_path / "kpitui.zsh"
    script.write_bytes(capsysbinary.readouterr().out)
    views = tmp_path / "kpitui" / "views"
    views.mkdir(parents=True)
    (views / "夜の一覧.toml").write_text("", "utf-8")
    env = {"HOME": str(tmp_path), "ZDOTDIR": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "READ": "ready"}
    running = Terminal((ZSH, "-f", "-i"), (80, 24), env)
    try:
        running.press(f"autoload -Uz compinit; compinit -u -D; source {script}; PS1=$READ::; clear", "enter")
        running.wait_until(lambda: shown(running) == ["ready::"], "the prompt")  # where zsh itself reads the keys
        yield running
    finally:
        running.close()


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("ov", "overview"),
        ("kpis --sta", "kpis --status"),
        ("kpis --status mi", "kpis --status missed"),
        ("kpis --status missed,wo", "kpis --status missed,worsened"),
        ("kpis --status=missed,wo", "kpis --status=missed,worsened"),
        ("kpis --sort -prog", "kpis --sort -progress"),
        ("kpis --sort name,-prog", "kpis --sort name,-progress"),
        ("kpis --columns id,sta", "kpis --columns id,status"),
        ("kpis --view 夜", "kpis --view 夜の一覧"),
        ("--lang ja views ch", "--lang ja views check"),
    ],
)
def test_zsh_finishes_the_word_on_tab(zsh: Terminal, typed: str, completed: str) -> None:
    zsh.press(f"kpitui {typed}", "tab", "::")  # a word that is finished is followed by a blank
    zsh.wait_until(lambda: zsh.text.count("::") > 1, "what was completed")
    assert shown(zsh) == [f"ready::kpitui {completed} ::"]
