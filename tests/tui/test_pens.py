"""What SGR codes set, and the shortest way from one pen to another."""

import pytest

from kpitui.tui.pens import PLAIN, Pen, after, on_blank, switch


@pytest.mark.parametrize(
    ("codes", "pen"),
    [
        ("", PLAIN),
        ("0", PLAIN),
        ("39;49", PLAIN),
        ("7;1", Pen((1, 7))),
        ("1;31;104", Pen((1,), "31", "104")),
        ("1;22;3", Pen((3,))),
        ("38;2;1;2;3;48;5;7;4", Pen((4,), "38;2;1;2;3", "48;5;7")),
        ("31;0;1", Pen((1,))),
    ],
)
def test_codes_set_a_pen(codes: str, pen: Pen) -> None:
    assert after(PLAIN, codes) == pen


@pytest.mark.parametrize("codes", ["10", "38", "38;2;1;2", "38;9;1", "58;5;1", "99"])
def test_codes_that_are_not_known_set_none(codes: str) -> None:
    assert after(PLAIN, codes) is None


@pytest.mark.parametrize(
    ("pen", "wanted", "sequence"),
    [
        (PLAIN, PLAIN, ""),
        (PLAIN, Pen((1,), "31"), "\x1b[1;31m"),
        (Pen((1,), "31", "44"), PLAIN, "\x1b[m"),
        (Pen((1,), "31"), Pen((1,), "32"), "\x1b[32m"),
        (Pen((1, 7)), Pen((1,)), "\x1b[;1m"),
        (Pen((1,), "38;2;1;2;3"), Pen((), "38;2;1;2;3"), "\x1b[22m"),
        (Pen((1, 2), "38;2;1;2;3"), Pen((2,), "38;2;1;2;3"), "\x1b[22;2m"),
        (Pen((), "38;2;1;2;3", "44"), Pen((), "38;2;1;2;3"), "\x1b[49m"),
    ],
)
def test_the_shortest_way_to_a_pen_is_taken(pen: Pen, wanted: Pen, sequence: str) -> None:
    assert switch(pen, wanted) == sequence


def test_of_a_pen_that_draws_a_blank_only_what_shows_is_left() -> None:
    assert on_blank(Pen((1,), "31")) == PLAIN
    assert on_blank(Pen((1, 3), "31", "44")) == Pen((), "", "44")
    assert on_blank(Pen((1, 4), "31", "44")) == Pen((1, 4), "31", "44")
