"""Rows of cells as this package looks at them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from operator import eq

from kpitui.sources.general import dates, synonyms
from kpitui.sources.general.headword import FAMILIES, INNER, LONGEST, HeadWord, read
from kpitui.sources.general.roles import Role
from kpitui.sources.general.values import parse
from kpitui.sources.raw.model import RawRow

_END = 3
_ENDS = frozenset(
    text[-_END:]
    for word in (*synonyms.WORDS, *synonyms.AMBIGUOUS, *INNER)
    for text in (word, *(family + word for family in FAMILIES))
)
_KEPT = re.compile(
    r"(?:(?![令和平成昭和元年度末時点現在目途月分アイウエオカキクケコ])[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]){3}"
)
"""Letters of a head's end that stay where date, number and brackets are taken away."""
_DIGITS = re.compile(r"(?!(?:19|20)[0-9]{2}(?![0-9]))-?(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(?:\.[0-9]{1,15})?")
"""What most numbers are, without those that may be a year: told without looking at what else a cell may be."""
_LONGEST_HEAD = 40
"""Characters of a reduced head that are looked at for a word at its end; longer ones are sentences."""


def filled(row: RawRow) -> list[str]:
    """The cells in which something stands; one that was merged over several columns counts once."""
    found = [cell for cell in row.cells if cell and not cell.isspace()]
    if True not in map(eq, found, found[1:]):
        return found
    return [*found[:1], *(cell for before, cell in pairwise(found) if cell != before)]


def blank(row: RawRow) -> bool:
    """Whether nothing stands in a row."""
    return not any(cell and not cell.isspace() for cell in row.cells)


def cell(row: RawRow, place: int) -> str:
    """The cell at a place, counted from 0; a row too short for it reads as blank there."""
    return row.cells[place] if 0 <= place < len(row.cells) else ""


def text(row: RawRow) -> str:
    """A row as one line, for telling it to a person; a text merged over all its cells is told once."""
    cells = filled(row)
    told = cells if len(cells) == 1 else row.cells
    return " | ".join(" ".join(each.split()) for each in told if each.strip())


@lru_cache(maxsize=8192)
def head_word(printed: str) -> HeadWord:
    """A head cell taken apart."""
    return read(printed)


@lru_cache(maxsize=8192)
def weight(printed: str) -> float:
    """How surely a cell is a head: 1 for a known word, half for one that ends in such, or for a mere date."""
    word = head_word(printed).word
    if not word:
        return 0.5 if dates.whole(printed) else 0.0
    if synonyms.exact(word) or word in synonyms.AMBIGUOUS:
        return 1.0
    return 0.5 if len(word) <= _LONGEST_HEAD and synonyms.ending(word) else 0.0


@lru_cache(maxsize=65_536)
def role_of(printed: str) -> Role | None:
    """The role of a head cell's own word, if that is known for sure."""
    if _DIGITS.fullmatch(printed) or _ends_strangely(printed):
        return None
    found = synonyms.exact(head_word(printed).word)
    return found.role if found else None


def _ends_strangely(printed: str) -> bool:
    """Whether a cell ends as no known head does, which is told without taking it apart; most cells of a body do.

    The ends looked at are letters that taking a head apart never takes away.
    """
    end = printed[-_END:]
    return end not in _ENDS and len(printed) <= LONGEST and _KEPT.fullmatch(end) is not None


def numeric(printed: str) -> bool:
    """Whether a cell prints a number that is no year and no head."""
    if _DIGITS.fullmatch(printed):
        return True
    return not weight(printed) and dates.whole(printed) is None and parse(printed) is not None


def mostly_numbers(cells: Sequence[str]) -> bool:
    """Whether more than one cell in five is a number in any form."""
    return sum(map(numeric, cells)) * 5 > len(cells)


def width(rows: Iterable[RawRow]) -> int:
    """How many cells most rows of a table have that have more than one filled; the fewer of two equally many."""
    counts: dict[int, int] = {}
    for row in rows:
        if len(filled(row)) > 1:
            counts[len(row.cells)] = counts.get(len(row.cells), 0) + 1
    return max(counts, key=lambda each: (counts[each], -each), default=0)


def texts(stack: Sequence[str]) -> list[str]:
    """The head texts over one column from the top down, without blanks and repetitions."""
    return list(dict.fromkeys(each.strip() for each in stack if each.strip()))
