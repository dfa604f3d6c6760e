"""Pens: how a terminal draws a character, as sets of SGR codes, and the shortest way from one to another."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple


class Pen(NamedTuple):
    """What SGR codes have set: attributes in ascending order, and colours as their codes, "" for the default."""

    attributes: tuple[int, ...] = ()
    foreground: str = ""
    background: str = ""

    @property
    def codes(self) -> list[str]:
        """The codes that set this pen after a reset."""
        return [*map(str, self.attributes), *filter(None, (self.foreground, self.background))]


PLAIN = Pen()
"""The terminal's own colours and nothing else, as after a reset."""

_OFF = {1: 22, 2: 22, 3: 23, 4: 24, 5: 25, 6: 25, 7: 27, 8: 28, 9: 29, 21: 24, 51: 54, 52: 54, 53: 55}
"""What switches each attribute off; some switch two off."""
_SEEN_ON_BLANKS = frozenset({4, 7, 9, 21, 51, 52, 53})
"""Attributes that show where no character stands: lines, frames, and the colours changed over."""
_FOREGROUNDS = frozenset(map(str, (*range(30, 38), *range(90, 98))))
_BACKGROUNDS = frozenset(map(str, (*range(40, 48), *range(100, 108))))
_PARTS = {"2": 3, "5": 1}
"""Numbers that follow 38;2 and 38;5."""


@lru_cache(maxsize=1024)
def after(pen: Pen, codes: str) -> Pen | None:
    """The pen after an SGR sequence with these codes; None where one of them is not known here."""
    found: Pen | None = pen
    numbers = iter(codes.split(";"))
    for number in numbers:
        found = None if found is None else _after_one(found, number, numbers)
    return found


def _after_one(pen: Pen, number: str, rest: Iterator[str]) -> Pen | None:
    if number in ("", "0"):
        return PLAIN
    if number in _FOREGROUNDS or number == "39":
        return pen._replace(foreground="" if number == "39" else number)
    if number in _BACKGROUNDS or number == "49":
        return pen._replace(background="" if number == "49" else number)
    if number in ("38", "48"):
        return _coloured(pen, number, rest)
    return _marked(pen, int(number))


def _coloured(pen: Pen, number: str, rest: Iterator[str]) -> Pen | None:
    kind = next(rest, "")
    parts = list(islice(rest, _PARTS.get(kind, 0)))
    if kind not in _PARTS or len(parts) < _PARTS[kind]:
        return None
    colour = ";".join((number, kind, *parts))
    return pen._replace(foreground=colour) if number == "38" else pen._replace(background=colour)


def _marked(pen: Pen, attribute: int) -> Pen | None:
    if attribute in _OFF:
        return pen._replace(attributes=tuple(sorted({*pen.attributes, attribute})))
    if attribute in _OFF.values():
        return pen._replace(attributes=tuple(each for each in pen.attributes if _OFF[each] != attribute))
    return None


@lru_cache(maxsize=1024)
def on_blank(pen: Pen) -> Pen:
    """What is left of a pen that draws a blank: nobody sees the colour of a character that is not there."""
    return Pen(background=pen.background) if _SEEN_ON_BLANKS.isdisjoint(pen.attributes) else pen


@lru_cache(maxsize=4096)
def switch(pen: Pen, wanted: Pen) -> str:
    """The shortest sequence from one pen to another: what differs, or a reset and all of it."""
    if pen == wanted:
        return ""
    anew = ";".join(("", *wanted.codes)) if wanted != PLAIN else ""
    return f"\x1b[{min(anew, ';'.join(_differences(pen, wanted)), key=len)}m"


def _differences(pen: Pen, wanted: Pen) -> Iterator[str]:
    off = {_OFF[each] for each in pen.attributes if each not in wanted.attributes}
    kept = {each for each in pen.attributes if _OFF[each] not in off}
    yield from map(str, sorted(off))
    yield from (str(each) for each in wanted.attributes if each not in kept)
    if pen.foreground != wanted.foreground:
        yield wanted.foreground or "39"
    if pen.background != wanted.background:
        yield wanted.background or "49"
