"""Rows of cells as this package looks at them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from kpitui.sources.general import dates, synonyms
from kpitui.sources.general.headword import HeadWord, read
from kpitui.sources.general.roles import Role
from kpitui.sources.general.values import parse
from kpitui.sources.raw.model import RawRow

_LONGEST_HEAD = 40
"""Characters of a reduced head that are looked at for a word at its end; longer ones are sentences."""


def filled(row: RawRow) -> list[str]:
    """The cells in which something stands; one that was merged over several columns counts once."""
    found = [cell for cell in row.cells if cell.strip()]
    return [cell for place, cell in enumerate(found) if place == 0 or cell != found[place - 1]]


def blank(row: RawRow) -> bool:
    """Whether nothing stands in a row."""
    return not any(cell.strip() for cell in row.cells)


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


def role_of(printed: str) -> Role | None:
    """The role of a head cell's own word, if that is known for sure."""
    found = synonyms.exact(head_word(printed).word)
    return found.role if found else None


def numeric(printed: str) -> bool:
    """Whether a cell prints a number that is no year and no head."""
    return not weight(printed) and dates.whole(printed) is None and parse(printed) is not None


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
