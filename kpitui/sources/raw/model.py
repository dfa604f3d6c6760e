"""Raw tables: text cells and where each row stood, before anything is understood."""

from __future__ import annotations

from dataclasses import dataclass

from kpitui.text.wording import Both


@dataclass(frozen=True)
class RawRow:
    """A row of text cells, as many as stood there.

    `line` is the line of the file, the row of the sheet, or the row within the table of a page; the first is 1.
    """

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class RawTable:
    """The rows of one table, blank and ragged ones kept.

    `name` is the name of the sheet, "page 2 table 1", or "" where the document is a single table.
    """

    name: str
    rows: tuple[RawRow, ...]


@dataclass(frozen=True)
class Document:
    """The tables of one document, and what was detected in reading it that a reader should be told.

    `path` is what errors call the document; "-" is standard input. `laid_out` says that its text was set on pages,
    whose lines and letters part words with blanks of no meaning; in other cells blanks are the publisher's own.
    """

    path: str
    tables: tuple[RawTable, ...]
    told: tuple[Both, ...]
    laid_out: bool = False
