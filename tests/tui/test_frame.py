"""The footer's line, without a screen."""

import pytest

from kpitui.text.prose import Line, Span
from kpitui.tui.frame import saying, sentence

KEYS: tuple[Line, Line] = ((Span("s sort"),), (Span("?"), Span(" help"), Span("  q"), Span(" quit")))
QUIT = KEYS[1][2:]
# The right side takes 14 cells, with the gap before it 16; the last key alone 8 and 10.


@pytest.mark.parametrize(
    ("said", "width", "right"),
    [
        *(("四文字で", 24, KEYS[1]), ("四文字で", 23, QUIT), ("四文字で", 18, QUIT), ("四文字で", 17, ())),
        *(("eight of", 24, KEYS[1]), ("eight of.", 24, QUIT), ("eight of", 8, ()), ("eight of.", 8, KEYS[1])),
    ],
)
def test_keys_make_room_for_what_would_be_cut(said: str, width: int, right: Line) -> None:
    assert saying(sentence(said), KEYS, width) == (sentence(said), right)


def test_where_nothing_is_said_the_keys_stand() -> None:
    assert saying((), KEYS, 10) == KEYS
