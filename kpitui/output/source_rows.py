"""A source that is no plain text, row by row as it was read: sheets, pages of a PDF, texts in other encodings."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from kpitui import changeover
from kpitui.dataclass import dataclass
from kpitui.errors import KpituiError
from kpitui.report.model import Report

MAP = "map.toml"
"""Where an import of a table writes how it was read."""
_KEPT = 2
"""Sources held at a time, for reading a workbook or a PDF takes seconds."""


@dataclass(frozen=True)
class SourceRow:
    """A row of the source: its sheet or page ("" where there is but one table), its line there, and its cells."""

    sheet: str
    line: int
    cells: tuple[str, ...]


def source_rows(report: Report) -> tuple[SourceRow, ...]:
    """The rows of a report's source; none where the folder does not hold it or it can no longer be read."""
    path = changeover.current(report.folder, Path(report.metadata.source_file).name)
    try:
        state = path.stat()
    except OSError:
        return ()
    return _rows(path, changeover.current(report.folder, MAP), state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=_KEPT)
def _rows(path: Path, map_file: Path, changed: int, size: int) -> tuple[SourceRow, ...]:
    """The rows of a file; `changed` and `size` tell whether it is still the one that was read."""
    from kpitui.sources.general.refusal import swapped  # noqa: PLC0415 - only such a source needs readers
    from kpitui.sources.raw.read import read  # noqa: PLC0415

    sheet, encoding, on_its_side = _said(map_file)
    try:
        tables = read(path, sheet=sheet, encoding=encoding).tables
    except KpituiError:
        return ()
    named = swapped(tables) if on_its_side else tables
    return tuple(SourceRow(table.name, row.line, row.cells) for table in named for row in table.rows)


def _said(path: Path) -> tuple[str | None, str | None, bool]:
    """Sheet, encoding, and whether rows and columns are swapped, as the map beside the source says."""
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None, None, False
    sheet, encoding = said.get("sheet"), said.get("encoding")
    return (
        sheet if isinstance(sheet, str) else None,
        encoding if isinstance(encoding, str) else None,
        said.get("transpose") is True,
    )
