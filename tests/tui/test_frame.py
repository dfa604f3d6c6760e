"""The footer's line, without a screen."""

import pytest

from kpitui.text.prose import Line, Span
from kpitui.tui.frame import saying, sentence

KEYS: tuple[Line, Line] = ((Span("s sort"),), (Span("? help"), Span("  q quit")))
# The right side takes 14 cells, with the gap before it 16.


@pytest.mark.parametrize(
    ("said", "width", "right"),
    [("四文字で", 24, KEYS[1]), ("四文字で", 23, ()), ("eight of", 24, KEYS[1]), ("eight of.", 24, ())],
)
def test_keys_make_room_for_what_would_be_cut(said: str, width: int, right: Line) -> None:
    assert saying(sentence(said), KEYS, width) == (sentence(said), right)


def test_where_nothing_is_said_the_keys_stand() -> None:
    assert saying((), KEYS, 10) == KEYS
