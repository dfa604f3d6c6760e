"""Lines that have only moved up or down: the terminal moves them by itself, for 20 bytes instead of a screenful."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import ne
from typing import NamedTuple

from kpitui.tui.cells import BLANK, UNKNOWN, Cell, runs

Lines = Sequence[Sequence[Cell]]

_STEPS = (1, -1, 3, -3)
"""Lines that a screen moves up by (negative: down) when it follows a cursor, or the wheel of a mouse."""
_FEWEST = 3
"""Lines that must have moved unchanged before it is looked into at all."""
_WORTH = 40
"""Cells that moving must save, since it takes some 20 bytes and needs the lines that it lays bare drawn."""


class Move(NamedTuple):
    """The lines from `top` to `bottom` go up by so many lines, or down; those laid bare are blank."""

    top: int
    bottom: int
    by: int

    def done(self, screen: Lines) -> list[list[Cell]]:
        """The lines from `top` to `bottom` as they are then."""
        blank = [BLANK] * len(screen[self.top])
        sources = (at + self.by for at in range(self.top, self.bottom + 1))
        return [list(screen[at]) if self.top <= at <= self.bottom else list(blank) for at in sources]


def moved(known: Lines, fresh: Lines) -> Move | None:
    """How to come nearer to a fresh screen by moving lines of the known one; None where that saves nothing."""
    found = (_best(known, fresh, by) for by in _STEPS if _unchanged(known, fresh, by) >= _FEWEST)
    return next((each for each in found if each is not None), None)


def _unchanged(known: Lines, fresh: Lines, by: int) -> int:
    """How many lines stand elsewhere as they were, and not where they were."""
    return sum(fresh[at] == known[at + by] != known[at] for at in _places(known, by))


def _places(known: Lines, by: int) -> range:
    """The lines to which others can move."""
    return range(max(0, -by), len(known) - max(0, by))


def _best(known: Lines, fresh: Lines, by: int) -> Move | None:
    """The neighbouring lines whose moving saves most."""
    moves = _moves(known, fresh, by)
    saved, move = max(((_saved(known, fresh, each), each) for each in moves), default=(0, None))
    return move if saved > _WORTH else None


def _moves(known: Lines, fresh: Lines, by: int) -> Iterator[Move]:
    """The longest stretches of lines that are each nearer to what stood elsewhere."""
    places = _places(known, by)
    nearer = (at for at in places if _differing(fresh[at], known[at + by]) < _differing(fresh[at], known[at]))
    for start, end in runs(nearer):
        yield Move(min(start, start + by), max(end, end + by) - 1, by)


def _saved(known: Lines, fresh: Lines, move: Move) -> int:
    """Cells that need not be drawn; none where something is not known."""
    lines = range(move.top, move.bottom + 1)
    if any(UNKNOWN in known[at] or UNKNOWN in fresh[at] for at in lines):
        return 0
    pairs = zip(move.done(known), lines, strict=True)
    return sum(_differing(fresh[at], known[at]) - _differing(fresh[at], line) for line, at in pairs)


def _differing(line: Sequence[Cell], other: Sequence[Cell]) -> int:
    return 0 if line == other else sum(map(ne, line, other))
