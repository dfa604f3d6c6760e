"""The legend of ratings: the levels in one block of lines, the criterion of each in the next."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from kpitui.report.model import Fact, Rating
from kpitui.sources import vocabulary
from kpitui.sources.lines import Line, wrong
from kpitui.sources.text import clean
from kpitui.text.wording import Both

_UNPAIRED = Both("評価が{levels}個に対し基準が{criteria}個あります", "{levels} ratings, but {criteria} criteria")

_HEADING = re.compile(r"【.*(判断|評価)基準】")


@dataclass(frozen=True)
class Legend:
    """The rating scale, best first, and the numbers of the lines that print it."""

    ratings: tuple[Rating, ...] = ()
    lines: frozenset[int] = frozenset()


def find(lines: Sequence[Line], path: Path) -> Legend:
    """Find the legend by its heading; an empty one if the document has none.

    Raises KpituiError where the blocks differ in length: nothing then tells which criterion is whose.
    """
    for index, line in enumerate(lines):
        if _HEADING.fullmatch(unicodedata.normalize("NFKC", line.text).strip()):
            levels, after = _block(lines, index + 1)
            criteria, _ = _block(lines, after)
            if len(levels) != len(criteria):
                raise wrong(path, line, _UNPAIRED.format(levels=len(levels), criteria=len(criteria)))
            return _legend(line, levels, criteria)
    return Legend()


def _block(lines: Sequence[Line], start: int) -> tuple[list[Line], int]:
    """The first run of lines of text from an index on, and the index after it."""
    begin = next((index for index in range(start, len(lines)) if not lines[index].blank), len(lines))
    block = list(takewhile(lambda line: not line.blank and not line.tabular, lines[begin:]))
    return block, begin + len(block)


def _legend(heading: Line, levels: Sequence[Line], criteria: Sequence[Line]) -> Legend:
    pairs = enumerate(zip(levels, criteria, strict=True), start=1)
    ratings = tuple(_rating(rank, level, criterion) for rank, (level, criterion) in pairs)
    return Legend(ratings, frozenset(line.number for line in (heading, *levels, *criteria)))


def _rating(rank: int, level: Line, criterion: Line) -> Rating:
    text = clean(level.text)
    short, gloss = vocabulary.rating(text)
    printed = Fact(clean(criterion.text), criterion.text, criterion.number)
    return Rating(rank, text, short, gloss, level.number, printed, vocabulary.conditions(str(printed.value)))
