"""The columns of a page that has no rules: where, line below line, the same gaps stand between the words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

_GAP = 0.9
"""Of the height of a word: a wider gap parts two cells, a narrower one two words of a cell."""
_TOUCH = 0.15
"""Likewise: a narrower gap is none, as between two fonts; Japanese has no blanks between words."""
_FULL = 0.8
"""Of the most cells that a line of the block has: lines with as many show where the columns are."""
_COVERED = 0.5
"""Of a column's width, for a wide cell above several columns to be the head of them all."""
_FEWEST_LINES = 2


class Word(NamedTuple):
    """A word of a page, where it stands from the left and from the top."""

    left: float
    right: float
    top: float
    bottom: float
    text: str


@dataclass(frozen=True)
class Block:
    """Lines of a page that belong together: the rows of a table, or lines of text, each with a single cell."""

    top: float
    rows: tuple[tuple[str, ...], ...]

    @property
    def is_table(self) -> bool:
        """Whether it has columns."""
        return any(len(row) > 1 for row in self.rows)


_Line = list[Word]
_Column = tuple[float, float]


def blocks(words: Iterable[Word]) -> list[Block]:
    """Part the words of a page, from the top down, into tables without rules and lines of text."""
    lines = [_segments(line) for line in _lines(words)]
    found: list[Block] = []
    start = 0
    while start < len(lines):
        stop = _end(lines, start)
        found.append(_table(lines[start:stop]) or _text(lines[start:stop]))
        start = stop
    return found


def _lines(words: Iterable[Word]) -> list[_Line]:
    lines: list[_Line] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom, word.left)):
        middle = (word.top + word.bottom) / 2
        if lines and middle < lines[-1][0].bottom:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line) for line in lines]


def _segments(line: _Line) -> _Line:
    """Join the words of a line that stand close together."""
    joined = line[:1]
    for word in line[1:]:
        last, height = joined[-1], max(word.bottom - word.top, 1)
        gap = word.left - last.right
        if gap > _GAP * height:
            joined.append(word)
        else:
            text = last.text + (" " if gap > _TOUCH * height else "") + word.text
            right, bottom = max(last.right, word.right), max(last.bottom, word.bottom)
            joined[-1] = Word(last.left, right, min(last.top, word.top), bottom, text)
    return joined


def _end(lines: Sequence[_Line], start: int) -> int:
    """Where the block ends that begins at this line: lines of several cells, or lines of one."""
    several = len(lines[start]) > 1
    stop = start + 1
    while stop < len(lines) and (len(lines[stop]) > 1) == several:
        stop += 1
    while several and stop < len(lines) and _continues(lines, start, stop):
        stop += 1
    return stop


def _continues(lines: Sequence[_Line], start: int, place: int) -> bool:
    """Whether a line belongs to the block above: it has several cells, or one within a column but the first."""
    line = lines[place]
    if len(line) > 1:
        return True
    columns = _columns(lines[start:place])
    within = [column for column in columns[1:] if column[0] - 1 <= line[0].left and line[0].right <= column[1] + 1]
    return bool(within) and line[0].top - lines[place - 1][0].bottom < line[0].bottom - line[0].top


def _table(lines: Sequence[_Line]) -> Block | None:
    columns = _columns(lines)
    if len(columns) < 2 or len(lines) < _FEWEST_LINES:
        return None
    return Block(lines[0][0].top, tuple(_cells(line, columns) for line in lines))


def _text(lines: Sequence[_Line]) -> Block:
    """Lines of text, the gaps in them kept as wide blanks."""
    return Block(lines[0][0].top, tuple(("  ".join(word.text for word in line),) for line in lines))


def _columns(lines: Sequence[_Line]) -> list[_Column]:
    """From where to where each column reaches: told by the fullest lines, then by cells that stand in none."""
    full = _FULL * max(map(len, lines), default=0)
    columns = _united((word.left, word.right) for line in lines if len(line) >= full for word in line)
    rest = [(word.left, word.right) for line in lines for word in line if not _over(word, columns)]
    return _united([*columns, *rest])


def _united(spans: Iterable[_Column]) -> list[_Column]:
    united: list[_Column] = []
    for left, right in sorted(spans):
        if united and left <= united[-1][1]:
            united[-1] = (united[-1][0], max(right, united[-1][1]))
        else:
            united.append((left, right))
    return united


def _over(word: Word, columns: Sequence[_Column]) -> list[int]:
    """The places of the columns above or below which a word stands; those it covers well, if there are any."""
    shared = [(min(word.right, right) - max(word.left, left), right - left) for left, right in columns]
    well = [place for place, (common, width) in enumerate(shared) if common > _COVERED * width]
    most = max(range(len(shared)), key=lambda place: shared[place][0], default=-1)
    return well or ([most] if most >= 0 and shared[most][0] > 0 else [])


def _cells(line: _Line, columns: Sequence[_Column]) -> tuple[str, ...]:
    placed = sorted((place, word.left, word.text) for word in line for place in _over(word, columns))
    texts = {place: " ".join(text for *_, text in group) for place, group in groupby(placed, key=lambda each: each[0])}
    return tuple(texts.get(place, "") for place in range(len(columns)))
