"""A table between rules on a page: its cells, those that rules join filled with what stands in them."""

from __future__ import annotations

from typing import Any, NamedTuple

from kpitui.sources.raw.gaps import Block, Word


class Ruled(NamedTuple):
    """A ruled table, the area it takes (left, top, right, bottom), and how many of its cells were filled."""

    block: Block
    area: tuple[float, float, float, float]
    filled: int

    def holds(self, word: Word) -> bool:
        """Whether a word stands in it."""
        left, top, right, bottom = self.area
        return left <= (word.left + word.right) / 2 <= right and top <= (word.top + word.bottom) / 2 <= bottom


def ruled(page: Any) -> list[Ruled]:
    """The ruled tables of a page; a frame around prose, or rows without columns, is none."""
    found = (_table(table) for table in page.find_tables())
    return [each for each in found if each.block.is_table]


def _table(table: Any) -> Ruled:
    texts = [[cell if cell is None else cell.strip("\n") for cell in row] for row in table.extract()]
    joined = [(row, column) for row, cells in enumerate(texts) for column, cell in enumerate(cells) if cell is None]
    filled = 0
    rows = [[cell or "" for cell in cells] for cells in texts]
    for row, column in joined:
        rows[row][column] = _covering(table, texts, row, column)
        filled += bool(rows[row][column])
    return Ruled(Block(table.bbox[1], tuple(map(tuple, rows))), table.bbox, filled)


def _covering(table: Any, texts: list[list[str | None]], row: int, column: int) -> str:
    """The text of the cell whose area holds the middle of this place of the grid."""
    x, y = _middle(table, row, column)
    for above in range(row, -1, -1):
        for left in range(column, -1, -1):
            area = table.rows[above].cells[left]
            if area and area[0] < x < area[2] and area[1] < y < area[3]:
                return texts[above][left] or ""
    return ""


def _middle(table: Any, row: int, column: int) -> tuple[float, float]:
    """The middle of a place, by the narrowest cell of its column and the lowest one of its row."""
    across = [cells.cells[column] for cells in table.rows if cells.cells[column]]
    down = [cell for cell in table.rows[row].cells if cell]
    narrow = min(across, key=lambda cell: cell[2] - cell[0])
    low = min(down, key=lambda cell: cell[3] - cell[1])
    return (narrow[0] + narrow[2]) / 2, (low[1] + low[3]) / 2
