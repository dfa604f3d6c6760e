"""Lines that only move are moved by the terminal, and the screen is the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from watched import Watched, frame, piece
from wcwidth import wcswidth

from kpitui.tui.wire import Wire

COLUMNS, LINES = 40, 12
_NAMES = "かわいい りんご さくらの花 abcdefgh 山口県 雪 cdqrstuvwx 水素分野における ijklmnop ひまわり 大漁 畑 uvw 朝"
ROWS = [f"{row} {name} {name}" for row, name in enumerate(_NAMES.split())]
_SPANS = st.tuples(
    st.sampled_from(["", "1", "7", "31;44", "1;4;32"]), st.sampled_from(["ab", "  ", "漢字", "…", "xyz"])
)
_EDITS = st.lists(st.tuples(st.integers(1, LINES), st.integers(1, 20), _SPANS), max_size=3)


def screenful(top: int, cursor: int, first: int = 3, last: int = 9) -> list[str]:
    """Pieces of all lines: rows from `top` on between a head and a foot that stay, one of them reversed."""
    lines = [f"head {at}" for at in range(1, first)]
    lines += ROWS[top : top + last - first + 1]
    lines += [f"foot {at}" for at in range(last + 1, LINES + 1)]
    blanks = (" " * (COLUMNS - wcswidth(line)) for line in lines)
    spans = [(("7" if at == cursor else "", line), ("", next(blanks))) for at, line in enumerate(lines, 1)]
    return [piece(at, 1, *each) for at, each in enumerate(spans, 1)]


def entered() -> Wire:
    """A wire to an empty screen."""
    wire = Wire(COLUMNS, LINES)
    wire.thin("\x1b[?1049h")
    return wire


def test_a_screen_that_follows_its_cursor_down_moves_its_rows_up_and_draws_two() -> None:
    wire = entered()
    wire.thin(frame(*screenful(0, 9)))
    assert wire.thin(frame(*screenful(1, 9))) == (
        "\x1b[3;8r\x1b[8H\n\x1b[r"
        "\x1b[8H6 cdqrstuvwx cdqrstuvwx\r\n\x1b[7m7 水素分野における 水素分野における\x1b[H\x1b[m"
    )


def test_up_moves_them_down() -> None:
    wire = entered()
    wire.thin(frame(*screenful(1, 3)))
    assert wire.thin(frame(*screenful(0, 3))) == (
        "\x1b[3;9r\x1b[3H\x1bM\x1b[r\x1b[3H\x1b[7m0 かわいい かわいい\r\n\x1b[m1 りんご りんご\x1b[H"
    )


@pytest.mark.parametrize("top", [4, 7])
def test_rows_that_all_are_others_are_drawn(top: int) -> None:
    wire = entered()
    wire.thin(frame(*screenful(0, 3)))
    assert "\x1b[r" not in wire.thin(frame(*screenful(top, 3)))


def test_nothing_moves_of_which_something_is_not_known() -> None:
    wire = Wire(COLUMNS, LINES)
    wire.thin(frame(*(piece(at, 1, ("", row)) for at, row in enumerate(ROWS[:7], 3))))
    assert "\x1b[r" not in wire.thin(frame(*screenful(1, 9)))


_TABLES = st.builds(screenful, st.integers(0, 8), st.integers(1, LINES), st.integers(2, 4), st.integers(7, 11))


@given(st.lists(st.tuples(_TABLES, _EDITS), max_size=6))
def test_the_screen_is_what_it_would_be_if_all_were_drawn(
    frames: list[tuple[list[str], list[tuple[int, int, tuple[str, str]]]]],
) -> None:
    wire, plain, thin = entered(), Watched(COLUMNS, LINES), Watched(COLUMNS, LINES)
    for pieces, edits in frames:
        for each in (frame(*pieces), *(frame(piece(*edit)) for edit in edits)):
            plain.feed(each)
            thin.feed(wire.thin(each))
            assert (thin.looks, thin.cursor) == (plain.looks, plain.cursor)
