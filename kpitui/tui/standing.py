"""A whole screen as one frame: the pieces of which Textual's frames consist, for an empty screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kpitui.tui.cells import BLANK, UNKNOWN, Cell, is_sure
from kpitui.tui.pens import PLAIN, switch

_END = "\x1b[1;1H"


def drawn(screen: Sequence[Sequence[Cell]]) -> str:
    """A frame that draws a screen; "" where a cell of it is not known."""
    if any(UNKNOWN in line for line in screen):
        return ""
    return "".join(piece for at, line in enumerate(screen) for piece in _pieces(at, line)) + _END


def _pieces(at: int, line: Sequence[Cell]) -> Iterator[str]:
    """The pieces of a line without the blank at its end, each from its own place on."""
    for start, end in _stretches(line, _end(line)):
        yield f"\x1b[{at + 1};{start + 1}H{_text(line[start:end])}"


def _end(line: Sequence[Cell]) -> int:
    end = len(line)
    while end and line[end - 1] == BLANK:
        end -= 1
    return end


def _stretches(line: Sequence[Cell], end: int) -> Iterator[tuple[int, int]]:
    """Where pieces begin and end: after each character of whose width terminals do not agree comes a new one."""
    start = 0
    for column in range(end):
        letter = line[column][0]
        if letter and column > start and not is_sure(_last(line, column)):
            yield start, column
            start = column
    if end:
        yield start, end


def _last(line: Sequence[Cell], column: int) -> str:
    """The character before a column."""
    return next(letter for letter, _ in reversed(line[:column]) if letter)


def _text(cells: Sequence[Cell]) -> str:
    """Letters with the codes between their pens, from a plain pen to a plain pen."""
    found, pen = [], PLAIN
    for letter, wanted in cells:
        if letter:
            found.append(switch(pen, wanted) + letter)
            pen = wanted
    return "".join(found) + switch(pen, PLAIN)
