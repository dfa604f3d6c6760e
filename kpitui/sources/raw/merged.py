"""Merged cells: what they show stands in each of the cells they cover."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kpitui.errors import KpituiError
from kpitui.text.wording import Both

_TOO_MANY = Both(
    "{path}: 結合されたセルが{most:,}個を超えます",
    "{path}: more than {most:,} merged ranges",
)
_MOST = 200_000
"""Ranges in one sheet, each of which is looked up in the rows it covers."""


class Range(NamedTuple):
    """Cells merged into one, by their first and last row and column; the first of a sheet is 1."""

    top: int
    left: int
    bottom: int
    right: int


class Filler:
    """Fills rows, from the first down, with what the merged ranges over them show.

    `width` is that of the sheet's longest row: a title merged over all columns of a sheet covers no more.
    """

    def __init__(self, ranges: Sequence[Range], width: int, path: str) -> None:
        self._width = width
        self._starts: defaultdict[int, list[Range]] = defaultdict(list)
        self._open: list[tuple[Range, str]] = []
        self.filled = 0
        if len(ranges) > _MOST:
            raise KpituiError(_TOO_MANY.format(path=path, most=_MOST))
        for each in ranges:
            self._starts[each.top].append(each)

    def fill(self, line: int, cells: list[str]) -> list[str]:
        """The cells of the next row, filled; rows in between may be left out if they are blank and unmerged."""
        self._open = [pair for pair in self._open if pair[0].bottom >= line]
        self._open += [(each, shown) for each in self._starts.pop(line, ()) if (shown := _at(cells, each.left))]
        for each, shown in self._open:
            self._write(cells, each, shown)
        return cells

    def _write(self, cells: list[str], each: Range, shown: str) -> None:
        right = min(each.right, self._width)
        cells.extend("" for _ in range(len(cells), right))
        for column in range(each.left - 1, right):
            if not cells[column]:
                cells[column] = shown
                self.filled += 1


def _at(cells: list[str], column: int) -> str:
    return cells[column - 1] if column <= len(cells) else ""


def trimmed(cells: Iterable[str]) -> list[str]:
    """Cells without the blank ones at the end."""
    kept = list(cells)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def without_long_gaps(rows: Iterable[tuple[int, list[str]]], most: int) -> Iterator[tuple[int, list[str]]]:
    """Numbered rows without the blank ones at the end, and without what a run of blank ones has beyond `most`."""
    waiting: list[tuple[int, list[str]]] = []
    for line, cells in rows:
        if any(cells):
            yield from waiting
            yield line, cells
            waiting = []
        elif len(waiting) < most:
            waiting.append((line, cells))
