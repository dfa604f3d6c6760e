"""Sheets of an xlsx or xlsm workbook: the values kept in it, nothing computed, nothing run, nothing fetched."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from kpitui.errors import KpituiError
from kpitui.sources.raw import archive as parts
from kpitui.sources.raw import cellvalue, limits, sheets
from kpitui.sources.raw.limits import Allowance
from kpitui.sources.raw.merged import Filler, trimmed, without_long_gaps
from kpitui.sources.raw.model import Document, RawRow, RawTable
from kpitui.sources.raw.sheets import Found
from kpitui.sources.raw.sheetscan import Scan, scan
from kpitui.text.wording import Both

_OTHER_FORMAT = Both(
    "{path}: {kind} は読めません。xlsx か CSV で保存し直してください",
    "{path}: {kind} is not read; save it as xlsx or CSV",
)
_FORMULAS = Both(
    "シート {sheet!r}: {count:,}個の数式は計算せず、保存されている値を読みました",
    "sheet {sheet!r}: {count:,} formulas were not computed; the values kept beside them were read",
)
_UNCOMPUTED = Both(
    "シート {sheet!r}: {count:,}個の数式に値が保存されていないため、空欄としました。"
    "表計算ソフトで開いて保存すれば入ります",
    "sheet {sheet!r}: {count:,} formulas have no value kept beside them, so those cells are blank;"
    " open and save the file in a spreadsheet program to fill them",
)
_MACROS = Both("マクロがありますが、実行していません", "it has macros, which were not run")
_LINKS = Both("外部へのリンクがありますが、たどっていません", "it has links to other files, which were not followed")
_KINDS = (("xl/workbook.bin", "xlsb"), ("word/document.xml", "docx"), ("ppt/presentation.xml", "pptx"))


def read(data: bytes, path: str, sheet: str | None) -> Document:
    """The tables of the visible sheets, or of the one named.

    Raises KpituiError where the workbook is damaged, locked, hostile or too large; UsageError for an unknown sheet.
    """
    with parts.opened(data, path) as archive:
        _check_kind(archive, path)
        parts.check_xml(archive, path)
        return _read(archive, data, path, sheet)


def _check_kind(archive: zipfile.ZipFile, path: str) -> None:
    names = set(archive.namelist())
    if "mimetype" in names:
        kind = archive.read("mimetype")[:100].decode("ascii", "replace")
        raise KpituiError(_OTHER_FORMAT.format(path=path, kind="ods" if "spreadsheet" in kind else kind))
    other = next((kind for name, kind in _KINDS if name in names), None)
    if other or "[Content_Types].xml" not in names:
        raise KpituiError(_OTHER_FORMAT.format(path=path, kind=other or "zip"))


def _read(archive: zipfile.ZipFile, data: bytes, path: str, sheet: str | None) -> Document:
    import openpyxl  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra

    with warnings.catch_warnings(action="ignore"):
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        # Sheets of charts have no cells; in read-only mode they are left out of worksheets.
        found = [Found(each.title, each.sheet_state == "visible") for each in book.worksheets]
        chosen, told = sheets.choose(found, sheet, path)
        reader = _Reader(archive, path)
        tables = tuple(reader.table(book[name]) for name in chosen)
    return Document(path, tables, (*told, *reader.told, *_not_run(archive.namelist())))


def _not_run(names: Sequence[str]) -> tuple[Both, ...]:
    macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    links = any(name.lower().startswith("xl/externallinks/") for name in names)
    return (*((_MACROS,) if macros else ()), *((_LINKS,) if links else ()))


class _Reader:
    """Reads one sheet after another out of one allowance, and collects what is to be told."""

    def __init__(self, archive: zipfile.ZipFile, path: str) -> None:
        self._archive, self._path = archive, path
        self._allowance = Allowance(path)
        self.told: list[Both] = []

    def table(self, sheet: Any) -> RawTable:
        """The rows of a sheet in which something stands, and blank ones between."""
        seen = scan(self._archive, sheet._worksheet_path, self._path)
        filler = Filler(seen.merged, seen.width, self._path)
        sheet.reset_dimensions()  # what the file says of its size is not believed
        rows = without_long_gaps(_filled(sheet, filler), limits.MOST_BLANK_ROWS)
        table = RawTable(sheet.title, tuple(self._row(*row) for row in rows))
        self._tell(sheet.title, seen, filler)
        return table

    def _row(self, line: int, cells: list[str]) -> RawRow:
        return self._allowance.row(line, cells)

    def _tell(self, name: str, seen: Scan, filler: Filler) -> None:
        computed = seen.formulas - seen.uncomputed
        for count, words in ((filler.filled, sheets.FILLED), (computed, _FORMULAS), (seen.uncomputed, _UNCOMPUTED)):
            if count:
                self.told.append(words.format(sheet=name, count=count))


def _filled(sheet: Any, filler: Filler) -> Iterator[tuple[int, list[str]]]:
    for line, row in enumerate(sheet.iter_rows(), start=1):
        cells = trimmed("" if cell.value is None else cellvalue.text(cell.value, cell.number_format) for cell in row)
        yield line, filler.fill(line, cells)
