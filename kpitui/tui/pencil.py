"""Where a terminal's cursor stands and with which pen it draws: the fewest bytes to have it do something else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from kpitui.tui.cells import BLANK, UNKNOWN, Cell, fitting, is_sure
from kpitui.tui.moved import Move
from kpitui.tui.pens import PLAIN, Pen, switch

_NEAR = 8
"""Cells over which it is tried whether drawing them again is cheaper than jumping over them."""


class Pencil:
    """Draws cells of a screen so many columns wide; lines and columns count from 0.

    Only sequences of a VT100 are used. The column is None where nobody can tell it: at the right edge, where
    terminals differ in what they call it, and after a character whose width they may not agree on.
    """

    def __init__(self, columns: int) -> None:
        self._columns = columns
        self._line: int | None = None
        self._column: int | None = None
        self._pen: Pen | None = None
        self._written: list[str] = []

    def take(self) -> str:
        """All that was to be written since the last time; the pen is plain afterwards."""
        self._use(PLAIN)
        written, self._written = "".join(self._written), []
        return written

    def lost(self) -> None:
        """Somebody else moved the cursor, and may have left any pen."""
        self._line = self._column = self._pen = None

    def go(self, line: int, column: int) -> None:
        """Move the cursor."""
        if (self._line, self._column) != (line, column):
            self._written.append(self._way(line, column))
            self._line, self._column = line, column

    def draw(self, line: int, start: int, run: Sequence[Cell], before: Sequence[Cell]) -> None:
        """Draw a run of cells from its start on; `before` are the cells before it, which stand there already."""
        self._approach(line, start, run[0], before)
        self._put(line, start, run)

    def erase(self, line: int, start: int) -> None:
        """Make the rest of a line blank; terminals fill it with the pen's background, so it must have none."""
        self.go(line, start)
        self._use(self._fitting(BLANK))
        self._written.append("\x1b[K")

    def move(self, move: Move) -> None:
        """Move lines up or down; the terminal fills what that lays bare with the pen's background, so it has none."""
        self._use(self._fitting(BLANK))
        up, down = "\n" * max(0, move.by), "\x1bM" * max(0, -move.by)
        at = move.bottom if up else move.top
        self._written.append(f"\x1b[{move.top + 1};{move.bottom + 1}r\x1b[{at + 1}H{up}{down}\x1b[r")
        self._line = self._column = None  # the upper left corner, in most terminals

    def _way(self, line: int, column: int) -> str:
        return min(self._ways(line, column), key=len)

    def _ways(self, line: int, column: int) -> Iterator[str]:
        yield f"\x1b[{line + 1};{column + 1}H" if column else f"\x1b[{line + 1}H" if line else "\x1b[H"
        if self._line is not None and column == 0 and 0 <= line - self._line < 2:
            yield "\r\n" if line > self._line else "\r"
        if self._line == line and self._column is not None:
            yield _step(column - self._column, "C", "D")
        elif self._line is not None and self._column == column:
            yield _step(line - self._line, "B", "A")

    def _approach(self, line: int, start: int, first: Cell, before: Sequence[Cell]) -> None:
        """Come to where a run starts, by a jump or by drawing again what lies between."""
        gap = self._gap(line, start, before)
        if gap:
            pen = self._pen or PLAIN
            jump = self._way(line, start) + switch(pen, first[1])
            if len(_drawn(gap, pen, first[1]).encode()) <= len(jump):
                self._put(line, start - len(gap), gap)
        self.go(line, start)

    def _gap(self, line: int, start: int, before: Sequence[Cell]) -> Sequence[Cell]:
        """The cells between the cursor and a run behind it, if they are few and may be drawn again."""
        if self._line != line or self._column is None or not 0 < start - self._column <= _NEAR:
            return ()
        gap = before[self._column : start]
        return gap if gap[0][0] and all(map(_may_be_repeated, gap)) else ()

    def _put(self, line: int, start: int, run: Sequence[Cell]) -> None:
        """Draw where the cursor stands; after characters of open width it is first put where it should be."""
        for column, (letter, pen) in enumerate(run, start):
            if letter:
                sure = is_sure(letter)
                if sure:
                    self.go(line, column)
                self._use(self._fitting((letter, pen)))
                self._written.append(letter)
            self._column = column + 1 if sure and column + 1 < self._columns else None

    def _fitting(self, cell: Cell) -> Pen:
        """The pen that stays in the hand where it leaves the same blank, else the cell's own."""
        return cell[1] if self._pen is None else fitting(self._pen, cell)

    def _use(self, pen: Pen) -> None:
        self._written.append("\x1b[m" if self._pen is None else "")
        self._written.append(switch(self._pen or PLAIN, pen))
        self._pen = pen


def _may_be_repeated(cell: Cell) -> bool:
    return cell != UNKNOWN and (not cell[0] or is_sure(cell[0]))


def _drawn(run: Sequence[Cell], pen: Pen, then: Pen) -> str:
    """What draws a run, from a pen to another."""
    pens = [*accumulate(run, fitting, initial=pen), then]
    return "".join(switch(old, new) for old, new in pairwise(pens)) + "".join(letter for letter, _ in run)


def _step(cells: int, forth: str, back: str) -> str:
    """The sequence that moves the cursor by so many cells."""
    many = abs(cells)
    return f"\x1b[{many if many > 1 else ''}{forth if cells > 0 else back}"
