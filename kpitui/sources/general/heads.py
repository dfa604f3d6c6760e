"""Where the tables of a sheet begin: their head rows, wherever they stand, and the rows that repeat them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kpitui.sources.general import dates, grid
from kpitui.sources.general.roles import Role
from kpitui.sources.lines import LineKind
from kpitui.sources.raw.model import RawRow

_SUBJECTS = {Role.PROJECT, Role.INDICATOR}
_MOST_HEAD_ROWS = 6
_SHARE = 0.2
"""Of the filled cells of a head row, at least so many must be known words."""
_ALIKE = 0.6
"""Of the words of a later head, so many must stand in the first for it to repeat that one."""


@dataclass
class Block:
    """A table as it lies in a sheet, by the indices of its rows: those above it, its head, its body."""

    above: list[int] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    repeats: list[int] = field(default_factory=list)
    words: frozenset[str] = frozenset()


def blocks(rows: Sequence[RawRow], stated: Sequence[int] = (), names: frozenset[str] = frozenset()) -> list[Block]:
    """Part the rows of a sheet into its tables; the last may have no head, if nothing like one was found.

    `stated` are the lines of the head rows where a person has said which they are, `names` the heads that a map names.
    """
    if stated:
        head = [index for index, row in enumerate(rows) if row.line in stated]
        if head:
            return [Block(list(range(head[0])), head, list(range(head[-1] + 1, len(rows))))]
    found = [Block()]
    index = 0
    while index < len(rows):
        index = _step(rows, index, found, names)
    return found


def _step(rows: Sequence[RawRow], index: int, found: list[Block], names: frozenset[str]) -> int:
    """Take in the row at an index, or the whole head that begins there; the index that comes after."""
    block = found[-1]
    if not is_head(rows[index]) and not (names and not block.head and _is_named(rows[index], names)):
        if block.head and _is_part(rows[index], block.words):
            block.repeats.append(index)
        else:
            (block.body if block.head else block.above).append(index)
        return index + 1
    head = _extent(rows, index)
    if not block.head:
        block.head = head
        block.words = frozenset(_words(rows, head).split("\n"))
        block.above = [each for each in block.above if each < head[0]]
    elif _repeats(rows, head, block.head):
        block.repeats += [each for each in head if each >= index]
    else:
        head = [each for each in head if each >= index]
        words = frozenset(_words(rows, head).split("\n"))
        found.append(Block(_trailing(rows, block), head, words=words))
    return head[-1] + 1


def is_head(row: RawRow) -> bool:
    """Whether a row names columns: two known words at least, one for what the rows are about, and no numbers."""
    cells = grid.filled(row)
    if len(cells) < 2:
        return False
    roles = set(map(grid.role_of, cells)) - {None}
    if len(roles) < 2 or (_SUBJECTS.isdisjoint(roles) and len(roles) < 3):
        return False
    return sum(map(grid.weight, cells)) >= max(2.0, len(cells) * _SHARE) and not grid.mostly_numbers(cells)


def _is_named(row: RawRow, names: frozenset[str]) -> bool:
    """Whether most cells of a row are heads that a map names."""
    cells = [" ".join(cell.split()) for cell in grid.filled(row)]
    return len(cells) > 1 and sum(cell in names for cell in cells) >= len(cells) * _ALIKE


def _extent(rows: Sequence[RawRow], index: int) -> list[int]:
    """The rows of a head: the one found, group heads right above it, and sub-heads right below."""
    first = last = index
    while first > 0 and index - first < _MOST_HEAD_ROWS and _is_group_row(rows[first - 1], rows[index]):
        first -= 1
    while last + 1 < len(rows) and last - first < _MOST_HEAD_ROWS and _is_sub_row(rows[last + 1]):
        last += 1
    return list(range(first, last + 1))


def _is_group_row(row: RawRow, below: RawRow) -> bool:
    """A row of words or years over a head, two at least, each above a filled cell."""
    cells = grid.filled(row)
    if len(cells) < 2 or any(map(grid.numeric, cells)) or max(map(len, cells)) > 40:
        return False
    placed = [place for place, cell in enumerate(row.cells) if cell.strip()]
    return all(grid.cell(below, place).strip() for place in placed)


def _is_sub_row(row: RawRow) -> bool:
    """A row of sub-heads: known words, years, units in brackets, or the numbers of the columns."""
    cells = grid.filled(row)
    if not cells:
        return False
    if len(cells) > 2 and cells == [str(number) for number in range(1, len(cells) + 1)]:
        return True
    if any(map(grid.numeric, cells)):
        return False
    known = [cell for cell in cells if grid.weight(cell) or _is_note(cell) or grid.role_of(cell)]
    exact = [cell for cell in cells if grid.weight(cell) == 1 or dates.whole(cell) or _is_note(cell)]
    return len(known) == len(cells) and len(exact) * 2 >= len(cells)


def _is_note(cell: str) -> bool:
    inner = cell.strip()
    return len(inner) <= 20 and inner[:1] in "((［[" and inner[-1:] in "))］]"


def _words(rows: Sequence[RawRow], head: Sequence[int]) -> str:
    """All words of a head, one after the other."""
    return "\n".join(grid.head_word(cell).word for index in head for cell in rows[index].cells if cell.strip())


def _is_part(row: RawRow, known: frozenset[str]) -> bool:
    """Whether a row below a head holds nothing but words of it, two at least."""
    cells = grid.filled(row)
    # The last cell of a row of a body repeats more often than the first, and so is sooner known.
    return len(cells) > 1 and all((word := grid.head_word(cell).word) and word in known for cell in reversed(cells))


def _repeats(rows: Sequence[RawRow], later: Sequence[int], first: Sequence[int]) -> bool:
    """Whether a later head says what the first said, though shuffled and with cells missing or run together."""
    known = _words(rows, first)
    words = [word for word in _words(rows, later).split("\n") if word]
    alike = sum(word in known or all(part in known for part in _halves(word)) for word in words)
    strange = {grid.role_of(cell) for index in later for cell in rows[index].cells if cell.strip()} - {None}
    own = {grid.role_of(cell) for index in first for cell in rows[index].cells if cell.strip()}
    return bool(words) and alike >= len(words) * _ALIKE and strange <= own


def _halves(word: str) -> tuple[str, str]:
    middle = len(word) // 2
    return word[:middle], word[middle:]


def _trailing(rows: Sequence[RawRow], block: Block) -> list[int]:
    """The rows at the end of a table that stand above the next one: its title and what surrounds it."""
    taken: list[int] = []
    while block.body and _is_aside(rows[block.body[-1]]):
        taken.insert(0, block.body.pop())
    return taken


def _is_aside(row: RawRow) -> bool:
    """Whether a row is blank or one text; an amount alone is the total of the table above it."""
    cells = grid.filled(row)
    return not cells or (len(cells) == 1 and not grid.numeric(cells[0]))


def outside(row: RawRow) -> LineKind:
    """What a row is that belongs to no table."""
    if grid.blank(row):
        return LineKind.BLANK
    return LineKind.PROSE if len(grid.filled(row)) == 1 else LineKind.UNKNOWN
