"""How much of a document is read, so that a hostile one costs bounded memory and time; and the count kept of it."""

from __future__ import annotations

from collections.abc import Sequence

from kpitui.errors import KpituiError
from kpitui.sources.raw.model import RawRow
from kpitui.text.wording import Both

MOST_BYTES = 64 * 2**20
"""Of one file: a hundred times the largest report met; as text it takes four times that in memory."""
MOST_CELLS = 3_000_000
"""Of one document: ten years of the national grant, 10⁵ rows of 30 columns."""
MOST_COLUMNS = 16_384
"""Of one row: what a sheet of Excel holds."""
MOST_ROWS = 1_048_576
"""Of one sheet: likewise."""
MOST_TEXT = 131_072
"""Characters of one cell: four times what Excel holds, and where the csv module stops by itself."""
MOST_CHARACTERS = 128 * 2**20
"""Of all cells together; a short file can repeat one long text a million times."""
MOST_BLANK_ROWS = 1_000
"""In a run of them: a value left behind in the last row of a sheet has a million blank ones above."""
MOST_SHEETS = 1_000
"""Of one workbook: one sheet per project has been met, with hundreds."""
MOST_PAGES = 300
"""Of a PDF, of which a page with a dense table takes about 0.3 s."""
MOST_PARTS = 10_000
"""Files within a workbook, which is a zip archive."""
MOST_UNPACKED = 512 * 2**20
"""Bytes of a workbook's parts together: 3,000,000 cells take about 150 MB as XML."""
MOST_UNPACKED_OTHER = 64 * 2**20
"""Bytes of a part that is no sheet: texts and styles are held in memory whole, at ten times their size."""
MOST_RATIO = 200
"""Times a part may grow when unpacked: sheets of real workbooks grow 5 to 50 times, a bomb 1,000 times."""
SMALL_PART = 2**20
"""Bytes that a part may have whatever its ratio."""
MOST_SECONDS = 120
"""For a document that is parsed in a process of its own: 3,000,000 cells of a workbook take about a minute."""
MOST_MEMORY = 4 * 2**30
"""Bytes of addresses for that process, of which libraries reserve about one GB without using it."""

_CELLS = Both(
    "{path}: セルが{most:,}個を超えます。表を分けて保存してください",
    "{path}: more than {most:,} cells; save it in parts",
)
_COLUMNS = Both(
    "{path}:{line}: {count:,}列あり、読めるのは{most:,}列までです",
    "{path}:{line}: {count:,} columns, and {most:,} is the most that is read",
)
_TEXT = Both(
    "{path}:{line}: {most:,}字を超えるセルがあります",
    "{path}:{line}: a cell of more than {most:,} characters",
)
_CHARACTERS = Both(
    "{path}: 文字が合わせて{most:,}字を超えます。表を分けて保存してください",
    "{path}: more than {most:,} characters in all; save it in parts",
)


class Allowance:
    """What may still be read of a document; every row is made by it, and counted."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._cells = MOST_CELLS
        self._characters = MOST_CHARACTERS

    def row(self, line: int, cells: Sequence[str]) -> RawRow:
        """A row of these cells; KpituiError where it, or the document with it, is too large."""
        self._check_row(line, cells)
        self._cells -= len(cells) or 1
        self._characters -= sum(map(len, cells))
        if self._cells < 0:
            raise KpituiError(_CELLS.format(path=self.path, most=MOST_CELLS))
        if self._characters < 0:
            raise KpituiError(_CHARACTERS.format(path=self.path, most=MOST_CHARACTERS))
        return RawRow(line, tuple(cells))

    def _check_row(self, line: int, cells: Sequence[str]) -> None:
        if len(cells) > MOST_COLUMNS:
            raise KpituiError(_COLUMNS.format(path=self.path, line=line, count=len(cells), most=MOST_COLUMNS))
        if max(map(len, cells), default=0) > MOST_TEXT:
            raise self.too_long(line)

    def too_long(self, line: int) -> KpituiError:
        """The error of a cell with more text than any table's cell has."""
        return KpituiError(_TEXT.format(path=self.path, line=line, most=MOST_TEXT))

    def check_size(self, rows: int, columns: int) -> None:
        """KpituiError where a table of that size is more than is read, before it is."""
        if columns > MOST_COLUMNS:
            raise KpituiError(_COLUMNS.format(path=self.path, line=1, count=columns, most=MOST_COLUMNS))
        if rows * max(columns, 1) > self._cells:
            raise KpituiError(_CELLS.format(path=self.path, most=MOST_CELLS))
