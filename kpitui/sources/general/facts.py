"""What a report says about itself: title, publisher, id, fiscal year; what was concluded is named."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple

from kpitui.report.model import Fact
from kpitui.sources import prefectures
from kpitui.sources.general import dates, grid
from kpitui.sources.general.model import Placed, Table
from kpitui.sources.general.options import Options
from kpitui.sources.general.roles import Role
from kpitui.sources.general.years import Choice
from kpitui.sources.lines import LineKind
from kpitui.sources.raw.model import RawRow

_STANDARD_INPUT = "report"
_UNSAFE = re.compile(r"[^\w.-]+")
_MONEY_NOTE = re.compile(r"単位\s*[::]?\s*((?:千|百万|万|億|十億|百億|兆)?円)|\((£[mk]?|US\$[mk]?)\)")
_IN_MONEY_NOTE = re.compile(r"[位£$￡＄﹩]")
"""What every such note has in it: most rows have none, which is told sooner than that they are no note."""
_NAMES_YEAR = re.compile(r"年度|FY|fiscal|[0-9]{4}\s*[-/]\s*[0-9]{2}", re.IGNORECASE)


class Facts(NamedTuple):
    """The statements of report.toml that are not about its tables."""

    title: Fact
    publisher: str
    id: str
    fiscal_year: Fact | None
    as_of: Fact | None
    inferred: tuple[str, ...]


def facts(path: str, tables: Sequence[Table], prose: Sequence[Placed], choice: Choice, options: Options) -> Facts:
    """What a document says about itself, by options first, then by its own text, then by the file's name."""
    stem = _STANDARD_INPUT if path == "-" else unicodedata.normalize("NFC", PurePath(path).stem)
    rows = [each.row for each in prose if each.kind in (LineKind.PROSE, LineKind.TOTAL)]
    title, found_title = _title(stem, tables, options)
    publisher = _publisher(stem, tables, rows, options)
    year, found_year = _year(stem, title, tables, rows, choice, options)
    inferred = {
        "title": not options.title and not found_title,
        "publisher": not options.publisher,
        "id": not options.report_id,
        "fiscal_year": year is not None and not found_year,
    }
    key = options.report_id or _UNSAFE.sub("-", stem).strip("-.").lower() or _STANDARD_INPUT
    return Facts(title, publisher, key, year, _as_of(tables), tuple(name for name, is_so in inferred.items() if is_so))


def _title(stem: str, tables: Sequence[Table], options: Options) -> tuple[Fact, bool]:
    """The first text above the first table, a note on its unit of money passed over; else the file's name."""
    if options.title:
        return Fact(options.title, options.title, 0), True
    for row in tables[0].above:
        cells = grid.filled(row)
        if len(cells) == 1 and not _MONEY_NOTE.search(unicodedata.normalize("NFKC", cells[0])):
            return Fact(tables[0].said(cells[0]), cells[0], row.line), True
    return Fact(stem, stem, 0), False


def _publisher(stem: str, tables: Sequence[Table], rows: Sequence[RawRow], options: Options) -> str:
    """Who published it: stated; the one ministry that a column names throughout; a prefecture; the file's name."""
    if options.publisher:
        return options.publisher
    for table in tables:
        column = table.first(Role.DEPARTMENT)
        cells = [grid.cell(row, column.place).strip() for row in table.body] if column else []
        named = {cell for cell in cells if cell}
        if len(named) == 1 and len([cell for cell in cells if cell]) > 1:
            return table.said(named.pop())
    prefecture = prefectures.most_named("\n".join(grid.text(row) for row in rows))
    return prefecture.name if prefecture else stem


def _year(
    stem: str, title: Fact, tables: Sequence[Table], rows: Sequence[RawRow], choice: Choice, options: Options
) -> tuple[Fact | None, bool]:
    """The fiscal year that is read, with the head, title or text that names it; else the file's name may."""
    if choice.year is not None:
        return _headed(tables, choice.year) or Fact(choice.year, str(choice.year), 0), True
    for text, line in ((str(title.value), title.line), *((grid.text(row), row.line) for row in rows)):
        folded = unicodedata.normalize("NFKC", text)
        if line and _NAMES_YEAR.search(folded) and (when := dates.period(folded)):
            return Fact(when.year, text, line), True
    actuals = [column for table in tables for column in table.of(Role.ACTUAL) if column.year is not None]
    if actuals and actuals[0].year is not None:
        return Fact(actuals[0].year, actuals[0].head, tables[0].head[-1].line), True
    when = dates.period(stem.replace("_", "-"))
    return (Fact(when.year, stem, 0), False) if when else (None, False)


def _headed(tables: Sequence[Table], year: int) -> Fact | None:
    for table in tables:
        for column in table.of(Role.ACTUAL):
            if column.year == year:
                return Fact(year, column.head, table.head[-1].line)
    return None


def _as_of(tables: Sequence[Table]) -> Fact | None:
    """The month that a head of actuals names."""
    for table in tables:
        for column in table.of(Role.ACTUAL):
            if column.period and column.period.month:
                return Fact(column.period.month, column.head, table.head[-1].line)
    return None


def money_unit(tables: Sequence[Table], prose: Sequence[Placed]) -> str | None:
    """The unit of money that a note beside the table names, such as (単位：千円)."""
    for each in prose:
        if _IN_MONEY_NOTE.search("".join(each.row.cells)):
            found = _MONEY_NOTE.search(unicodedata.normalize("NFKC", grid.text(each.row)))
            if found:
                return found[1] or found[2]
    return None
