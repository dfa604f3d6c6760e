"""The terminal's own cursor stands in the caret of a line to type in: an input method opens its window there."""

import os
from collections.abc import Callable, Iterator

import pytest
from probe import Terminal, terminal

ENGLISH = {"LC_ALL": "C.UTF-8"}
LEFT, RIGHT, HOME, UP = "\x1b[D", "\x1b[C", "\x1b[H", "\x1b[A"
PROMPT = 22
"""The line of the prompt on 24 lines, counted from 0: above the footer."""


@pytest.fixture(params=["1", "0"], ids=["thrifty", "as Textual writes"])
def running(request: pytest.FixtureRequest) -> Iterator[Terminal]:
    """A browser at rest, with the frames made thrifty and as they are."""
    with terminal(env={**ENGLISH, "KPITUI_WIRE": request.param}) as found:
        found.wait_for("23 of 23")
        yield found


def stands(running: Terminal, column: int, row: int) -> None:
    """Wait until the cursor is in a cell, and stays there."""
    running.wait_until(lambda: running.cursor == (column, row), f"the cursor at {column}, {row}")
    running.read_until_silent(0.1)
    assert running.cursor == (column, row)


def beginning_of(running: Terminal, words: str) -> tuple[int, int]:
    """The cell in which words begin that stand on the screen once."""
    running.wait_for(words)
    ((y, line),) = ((y, line) for y, line in enumerate(running.lines) if words in line)
    return line.index(words), y  # what stands before them is narrow


def test_in_the_prompt_a_wide_character_moves_it_by_two_cells(running: Terminal) -> None:
    running.press("/")
    running.wait_for("text to search for")
    stands(running, 0, PROMPT)
    running.press("農林")
    stands(running, 4, PROMPT)
    running.press(LEFT)
    stands(running, 2, PROMPT)
    running.press("a")
    stands(running, 3, PROMPT)
    running.press(HOME)
    stands(running, 0, PROMPT)
    running.press(RIGHT)
    stands(running, 2, PROMPT)


def test_it_stays_hidden_since_the_caret_is_drawn(running: Terminal) -> None:
    running.press("/")
    running.wait_for("text to search for")
    stands(running, 0, PROMPT)
    assert running.modes()["25"] == "l"
    assert running._screen.buffer[PROMPT][0].reverse


def test_it_follows_the_prompt_when_the_terminal_changes_its_size(running: Terminal) -> None:
    running.press("/")
    running.wait_for("text to search for")
    running.press("農林")
    stands(running, 4, PROMPT)
    running.press(LEFT)
    stands(running, 2, PROMPT)
    for columns, rows in ((80, 30), (100, 30), (60, 20)):
        running.resize((columns, rows))
        stands(running, 2, rows - 2)


def test_in_a_line_that_is_longer_than_the_screen_it_stands_in_the_last_cell(running: Terminal) -> None:
    running.press("/")
    running.wait_for("text to search for")
    running.press("農" * 60)
    stands(running, 79, PROMPT)
    running.press(HOME)
    stands(running, 0, PROMPT)


def _in_the_save_dialog(running: Terminal) -> tuple[int, int]:
    running.press("w")
    running.wait_for("save this view")
    x, y = beginning_of(running, "name ")
    return x, y + 1


def _in_the_export_dialog(running: Terminal) -> tuple[int, int]:
    running.press("e")
    running.wait_for("export to a file")
    running.press(UP)
    x, y = beginning_of(running, "yamaguchi-r3-projects.csv")
    stands(running, x + len("yamaguchi-r3-projects.csv"), y)
    running.press("\x15")
    return x, y


@pytest.mark.parametrize("opened", [_in_the_save_dialog, _in_the_export_dialog])
def test_in_a_dialog_it_stands_in_the_field(running: Terminal, opened: Callable[[Terminal], tuple[int, int]]) -> None:
    x, y = opened(running)
    stands(running, x, y)
    running.press("農林")
    stands(running, x + 4, y)
    running.press(LEFT)
    stands(running, x + 2, y)
    running.resize((100, 24))
    stands(running, x + 2 + 10, y)  # a dialog stands in the middle


def test_the_next_field_takes_it(running: Terminal) -> None:
    x, y = _in_the_save_dialog(running)
    running.press("農林")
    stands(running, x + 4, y)
    _, below = beginning_of(running, "what this view is for")
    running.press("tab")
    stands(running, x, below + 1)


def test_wide_ambiguous_characters_count_two(own_surroundings: os.PathLike[str]) -> None:
    with terminal("--ambiguous-width", "2", env=ENGLISH, ambiguous=2) as running:
        running.wait_for("23 of 23")
        running.press("/")
        running.wait_for("text to search for")
        running.press("①達")
        stands(running, 4, PROMPT)
        running.press(LEFT, LEFT)
        stands(running, 0, PROMPT)
