"""Whatever a report contains, the bytes that reach a terminal hold only sequences that kpitui itself means."""

import base64
from pathlib import Path

import pytest
from probe import terminal
from spoken import sent_to_clipboard, unmeant

from kpitui.cli import VERBS

ENGLISH = {"LC_ALL": "C.UTF-8"}
WALK = (
    ("1", "3", "4", "2"),
    ("j", "x", "escape", "enter", "enter", "escape", "escape"),
    ("?", "escape", "f", " ", "escape"),
    ("w", "a", "escape", "v", "escape", "c", "escape", "e", "escape"),
    ("/", "達", "\x1b[200~貼り\x1b]52;c;AAAA\x07\n付け\x1b[201~", "escape"),
    ("3", "m", "a", "enter", "Q", "escape", "F", "escape", ":", "escape"),
    ("y", "Y"),
)
"""Tabs, working, record and source; help and facets; dialogs; search; marks, questions, lists; copying."""


@pytest.mark.parametrize(
    ("words", "size"), [((), (80, 24)), (("--ascii",), (130, 36)), (("--ambiguous-width", "2"), (100, 30))]
)
def test_a_walk_through_a_hostile_report_writes_only_what_is_meant(
    hostile: Path, words: tuple[str, ...], size: tuple[int, int]
) -> None:
    with terminal(str(hostile), *words, size=size, env=ENGLISH | {"TMUX": ""}) as running:
        running.wait_for("23 of 23")
        for keys in WALK:
            for key in keys:
                running.press(key)
                running.read_until_silent(0.4 if key == "escape" else 0.1)  # what follows at once is one sequence
        running.press("q")
        assert running.wait_for_end() == 0
        assert unmeant(bytes(running.written)) == []
        payloads = sent_to_clipboard(bytes(running.written))
        assert len(payloads) == 2
        assert all(base64.b64decode(each) for each in payloads)
        assert b"taken" in running.written  # the texts were there to be drawn


@pytest.mark.parametrize("verb", ["kpis", "overview", "audit", "checks", "facets name", "show promotion-6"])
def test_a_verb_on_a_terminal_writes_no_sequence_at_all(hostile: Path, verb: str) -> None:
    with terminal(*verb.split(), "--report", str(hostile), size=(200, 50), env=ENGLISH) as running:
        assert running.wait_for_end() in (0, 1)
        assert unmeant(bytes(running.written), screen=False) == []
        assert b"taken" in running.written or verb == "checks"


@pytest.mark.parametrize("form", ["csv", "json", "toml", "md", "tsv", "ndjson"])
def test_data_on_a_terminal_are_harmless_too(hostile: Path, form: str) -> None:
    words = ("projects", "--report", str(hostile), "--format", form, "--limit", "5")
    with terminal(*words, size=(200, 50), env=ENGLISH) as running:
        assert running.wait_for_end() == 0
        assert unmeant(bytes(running.written), screen=False) == []
        assert b"taken" in running.written


def test_an_error_that_names_something_hostile_is_harmless(tmp_path: Path) -> None:
    for verb in VERBS:
        with terminal(verb, "--\x1b]52;c;AAAA\x07\x9b2J", "\x1b[2J\u202e", size=(200, 50), env=ENGLISH) as running:
            assert running.wait_for_end() == 2
            assert unmeant(bytes(running.written), screen=False) == []


def test_the_reader_of_terminals_knows_what_is_not_meant() -> None:
    assert unmeant(b"\x1b[31mred\x1b[0m\x1b[?1049h\x1b[10;2H") == []
    for strange in (
        "\x1b]0;title\x07",
        "\x1b]8;;http://x\x07",
        "\x1bP+q\x1b\\",
        "\x9b31m",
        "\x1b[?1000;9999h",
        "\u202e",
    ):
        assert unmeant(strange.encode()) != []
    assert unmeant(("e" + "\u0301" * 8).encode()) == []
    assert unmeant(("e" + "\u0301" * 9).encode()) != []
    for strange in ("\x1b[5i", "\x1b[21t", "\x1bc", "\x00", "\x08", "\x1b]52;p;AAAA\x07", "\x1b[31m\x1b"):
        assert unmeant(strange.encode()) != []
    assert unmeant(b"\x1b[31m", screen=False) != []
    assert unmeant(b"\xff") != []
