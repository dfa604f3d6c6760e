"""Sheets of an xls workbook, the binary format of Excel before 2007: the values kept in it, nothing computed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from kpitui.sources.raw import archive, cellvalue, limits, sheets
from kpitui.sources.raw.limits import Allowance
from kpitui.sources.raw.merged import Filler, Range, trimmed, without_long_gaps
from kpitui.sources.raw.model import Document, RawTable
from kpitui.sources.raw.sheets import Found
from kpitui.text.wording import Both

_ENCRYPTED_XLSX = "EncryptedPackage".encode("utf-16-le")
"""The name of the stream in which a locked xlsx lies, within a container like that of xls."""


def read(data: bytes, path: str, sheet: str | None) -> Document:
    """The tables of the visible sheets, or of the one named.

    Raises KpituiError where the workbook is damaged, locked or too large; UsageError for an unknown sheet.
    """
    if _ENCRYPTED_XLSX in data:
        raise archive.locked(path)
    book = _opened(data, path)
    names = zip(book.sheet_names(), book._sheet_visibility, strict=True)
    chosen, told = sheets.choose([Found(name, not hidden) for name, hidden in names], sheet, path)
    allowance = Allowance(path)
    tables = tuple(_table(book, book.sheet_by_name(name), allowance, told) for name in chosen)
    return Document(path, tables, tuple(told))


def _opened(data: bytes, path: str) -> Any:
    import xlrd  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra

    try:
        return xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        raise (archive.locked(path) if "encrypted" in str(error) else archive.damaged(path, error)) from error


def _table(book: Any, sheet: Any, allowance: Allowance, told: list[Both]) -> RawTable:
    merged = [Range(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
    filler = Filler(merged, sheet.ncols, allowance.path)
    rows = without_long_gaps(_filled(book, sheet, filler), limits.MOST_BLANK_ROWS)
    table = RawTable(sheet.name, tuple(allowance.row(*row) for row in rows))
    if filler.filled:
        told.append(sheets.FILLED.format(sheet=sheet.name, count=filler.filled))
    return table


def _filled(book: Any, sheet: Any, filler: Filler) -> Iterator[tuple[int, list[str]]]:
    for row in range(sheet.nrows):
        yield row + 1, filler.fill(row + 1, trimmed(_text(book, cell) for cell in sheet.row(row)))


def _text(book: Any, cell: Any) -> str:
    """A cell by its type: 2 a number, 3 a date, 4 a truth value, 5 an error; else text or nothing."""
    match cell.ctype:
        case 2:
            return cellvalue.text(cell.value, _format(book, cell))
        case 3:
            return _date(book, cell.value)
        case 4:
            return cellvalue.text(bool(cell.value))
        case 5:
            return _error(cell.value)
    return cellvalue.text(cell.value)


def _format(book: Any, cell: Any) -> str:
    known = book.format_map.get(book.xf_list[cell.xf_index].format_key)
    return known.format_str if known else "General"


def _date(book: Any, value: float) -> str:
    from xlrd import xldate  # noqa: PLC0415 - an extra

    if 0 <= value < 1:
        return cellvalue.text(xldate.xldate_as_datetime(value, book.datemode).time())
    return cellvalue.text(xldate.xldate_as_datetime(value, book.datemode))


def _error(code: int) -> str:
    from xlrd import error_text_from_code  # noqa: PLC0415 - an extra

    return str(error_text_from_code.get(code, "#N/A"))
