"""Lines of a terminal as cells: what stands in each, with which pen, and whether every terminal agrees on its width."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from rich.cells import split_graphemes

from kpitui.tui.pens import PLAIN, Pen, after, on_blank

Cell = tuple[str, Pen]
"""A character with its marks and pen; "" in the cells that a wide one takes after its first."""

BLANK: Cell = (" ", PLAIN)
"""As a cell is after the screen or the line was erased with a plain pen."""
UNKNOWN: Cell = ("", Pen(background="?"))
"""A cell of which nothing is known; it is equal to nothing that can be drawn."""

_SPAN = re.compile(r"\x1b\[([\d;]*)m|([^\x1b]+)")
_WIDE_PLANES = range(0x20000, 0x40000)
"""Rare kanji and nothing else: every terminal draws even those wide that no Unicode has assigned yet."""
_BASIC = 0x10000
"""What lies above it and is no kanji, such as emoji, is as wide as the terminal's Unicode is new."""
_JAMO = range(0x1100, 0x1200)
_FROM_RIGHT = ("R", "AL", "AN")


@lru_cache(maxsize=2048)
def cells(text: str) -> tuple[Cell, ...] | None:
    """The cells of text with SGR sequences in it, drawn from a plain pen on.

    None where they cannot be told: an unknown code, a mark with nothing before it, a pen that is left in use.
    """
    pen: Pen | None = PLAIN
    found: list[Cell] = []
    for codes, letters in _SPAN.findall(text):
        if letters and pen is not None:
            pen = pen if _add(found, letters, pen) else None
        elif pen is not None:
            pen = after(pen, codes)
    return tuple(found) if pen == PLAIN else None


def _add(found: list[Cell], letters: str, pen: Pen) -> bool:
    """Add the cells of letters; a mark without a letter of its own goes to the last one before it. False without."""
    if letters.isascii():
        found += _ascii(letters, pen)
        return True
    for start, end, width in split_graphemes(letters)[0]:
        if width:
            found += _grapheme(letters[start:end], width, pen)
        elif not _mark(found, letters[start:end]):
            return False
    return True


@lru_cache(maxsize=2048)
def _ascii(letters: str, pen: Pen) -> tuple[Cell, ...]:
    blank = (" ", on_blank(pen))
    return tuple(blank if letter == " " else (letter, pen) for letter in letters)


def _grapheme(letter: str, width: int, pen: Pen) -> Iterable[Cell]:
    if letter == " ":
        pen = on_blank(pen)
    return ((letter, pen), *[("", pen)] * (width - 1))


def _mark(found: list[Cell], mark: str) -> bool:
    """Put a mark of no width on the last letter."""
    at = head(found, len(found) - 1) if found else -1
    if at >= 0:
        found[at] = (found[at][0] + mark, found[at][1])
    return at >= 0


def fitting(pen: Pen, cell: Cell) -> Pen:
    """The pen to draw a cell with after another pen: that one still, where a blank of it looks no different."""
    return pen if cell[0] == " " and on_blank(pen) == cell[1] else cell[1]


def reach(letter: str) -> int:
    """Cells that a character takes at most, whatever a terminal makes of its parts."""
    return 2 * len(letter)


def head(line: Sequence[Cell], at: int) -> int:
    """Where the character begins that takes a cell; -1 where its beginning is not there."""
    while at >= 0 and not line[at][0]:
        at -= 1
    return at


@lru_cache(maxsize=8192)
def is_sure(letter: str) -> bool:
    """Whether every terminal gives a character the cells that it has here.

    Not so: characters of ambiguous width, emoji, whatever is put together from several, and scripts that run from
    the right or whose letters join.
    """
    if letter.isascii():
        return len(letter) < 2
    return len(letter) == 1 and (ord(letter) in _WIDE_PLANES or _is_plain(letter))


def _is_plain(letter: str) -> bool:
    """Whether it is one letter or sign of the basic plane, of one width, that stands for itself."""
    width, category = unicodedata.east_asian_width(letter), unicodedata.category(letter)
    stands = category[0] in "LNPSZ" and unicodedata.bidirectional(letter) not in _FROM_RIGHT
    return stands and width != "A" and ord(letter) < _BASIC and ord(letter) not in _JAMO and not _is_pictured(letter)


def _is_pictured(letter: str) -> bool:
    """Whether it is one of the signs among which some are drawn as emoji, which are wide."""
    return 0x2300 <= ord(letter) < 0x2C00 and unicodedata.east_asian_width(letter) == "W"


def runs(wanted: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The stretches of neighbours among ascending numbers, each as its first and the one after its last."""
    first = last = -1
    for each in wanted:
        if each != last:
            if last >= 0:
                yield first, last
            first = each
        last = each + 1
    if last >= 0:
        yield first, last
