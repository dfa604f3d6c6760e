"""Copying by the way that the reader settled, and saying honestly what became of it."""

from pathlib import Path
from typing import Any

import pytest
from textual.app import App

from kpitui.tui import clipboard


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was sent to the terminal by OSC 52; tmux is said to be there but is not."""
    texts: list[str] = []
    monkeypatch.setattr(App, "copy_to_clipboard", lambda _, text: texts.append(text))
    monkeypatch.setenv("TMUX", "/tmp/tmux-0/default,1,0")
    monkeypatch.setattr("kpitui.tui.clipboard.shutil.which", lambda _: None)
    return texts


def copied(text: str, way: str) -> str:
    app: App[Any] = App()
    return clipboard.copy(text, app, way).en


def test_auto_goes_to_the_terminal_where_tmux_does_not_take_it(sent: list[str]) -> None:
    assert "sent to the terminal's clipboard" in copied("達成", "auto")
    assert sent == ["達成"]


def test_tmux_alone_says_that_it_failed(sent: list[str]) -> None:
    assert copied("達成", "tmux") == "not copied: tmux did not take it"
    assert sent == []


def test_osc52_leaves_tmux_alone(sent: list[str]) -> None:
    copied("達成", "osc52")
    assert sent == ["達成"]


def test_a_file_takes_what_no_terminal_would(sent: list[str], own_surroundings: Path) -> None:
    text = "達成\n" * 50_000
    path = own_surroundings / "state" / "kpitui" / "clipboard.txt"
    assert copied(text, "file") == f"written to the file {path}"
    assert path.read_text("utf-8") == text
    assert sent == []


def test_a_file_that_cannot_be_written_is_not_called_copied(sent: list[str], own_surroundings: Path) -> None:
    (own_surroundings / "state").write_text("")
    assert "clipboard.txt" in copied("達成", "file")
    assert "written to" not in copied("達成", "file")
    assert sent == []
