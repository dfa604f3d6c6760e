"""The tables of a PDF, page by page, and the text around them; its scripts are not run, its links not followed."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from kpitui.errors import KpituiError
from kpitui.sources.raw import archive, cellvalue, limits, sheets
from kpitui.sources.raw.gaps import Block, Word, blocks
from kpitui.sources.raw.limits import Allowance
from kpitui.sources.raw.model import Document, RawRow, RawTable
from kpitui.sources.raw.ruled import ruled
from kpitui.text.wording import Both

_UNMAPPED = "(cid:"
"""What stands in a text for a letter whose font does not say which it is."""
_PAGES = Both("{path}: {count:,}ページあり、読めるのは{most:,}ページまでです", "{path}: {count:,} pages, of {most:,}")
_NO_TEXT = Both(
    "{path}: 文字がなく、画像だけのPDFです。文字認識 (OCR) をかけるか、元の表を CSV か Excel で取り込んでください",
    "{path}: no text, only pictures of pages; have them recognised (OCR), or read the original table as CSV or Excel",
)
_NO_TABLE = Both(
    "{path}: 表が見つかりません。元の表を TSV、CSV か Excel で保存して取り込んでください",
    "{path}: no table found; save the original one as TSV, CSV or Excel and read that",
)
_NO_LETTERS = Both(
    "{path}: フォントに文字の情報がなく、文字を読み取れません。元の表を CSV か Excel で取り込んでください",
    "{path}: the fonts do not say which letters they draw; read the original table as CSV or Excel",
)
_COUNTED = Both("PDF: {pages}ページ、表{tables}個", "PDF: {pages} pages, {tables} tables")
_BY_GAPS = Both(
    "罫線のない表が{count}個あり、列は文字の間隔で、行は1行ずつ分けました。折り返したセルは複数の行になります",
    "{count} tables without rules: columns were told by gaps, rows line by line;"
    " a cell of several lines is as many rows",
)
_FILLED = Both(
    "結合されたセルの値を{count:,}個のセルに補いました",
    "{count:,} cells filled with the value of the merged cell that covers them",
)
_LOST = Both("読み取れない文字が{count:,}個あります ({mark}…)", "{count:,} letters could not be read ({mark}…)")
_SCRIPTS = Both("スクリプトがありますが、実行していません", "it has scripts, which were not run")


def read(data: bytes, path: str, sheet: str | None = None) -> Document:
    """The tables of all pages, each named "page 2 table 1", and "page 2 text" for the lines around them.

    A row's line is its place on the page, counted over tables and text alike. Raises KpituiError where the file is
    locked, damaged, too large, or holds no text or no table; UsageError where no table is called `sheet`.
    """
    with _opened(data, path) as document:
        if len(document.pages) > limits.MOST_PAGES:
            raise KpituiError(_PAGES.format(path=path, count=len(document.pages), most=limits.MOST_PAGES))
        reader = _Reader(path)
        for number, page in enumerate(document.pages, start=1):
            reader.read(page, number)
            page.close()  # what it caches would stay until the last page
        reader.check()
    scripts = (_SCRIPTS,) if b"/JavaScript" in data else ()
    return Document(path, _chosen(reader.tables, sheet, path), (*reader.told(number), *scripts), laid_out=True)


def _opened(data: bytes, path: str) -> Any:
    import pdfplumber  # noqa: PLC0415 - an extra
    from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415

    try:
        return pdfplumber.open(io.BytesIO(data))
    except Exception as error:  # pdfplumber wraps whatever pdfminer raises
        if isinstance(error, PDFPasswordIncorrect) or any(isinstance(a, PDFPasswordIncorrect) for a in error.args):
            raise archive.locked(path) from error
        raise


def _chosen(tables: Sequence[RawTable], asked: str | None, path: str) -> tuple[RawTable, ...]:
    if asked is None:
        return tuple(tables)
    sheets.check_name(asked, [table.name for table in tables], path)
    return tuple(table for table in tables if table.name == asked)


class _Reader:
    """Reads one page after another out of one allowance, and counts what is to be told."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._allowance = Allowance(path)
        self.tables: list[RawTable] = []
        self._found = self._by_gaps = self._filled = self._letters = self._lost = 0

    def read(self, page: Any, number: int) -> None:
        """Add the tables of a page, and its text."""
        page = page.dedupe_chars()  # bold type is often the same letter printed twice
        self._letters += len(page.chars)
        found = ruled(page)
        words = [word for word in _words(page) if not any(table.holds(word) for table in found)]
        open_blocks = blocks(words)
        self._filled += sum(table.filled for table in found)
        self._by_gaps += sum(block.is_table for block in open_blocks)
        self._add(sorted([*(table.block for table in found), *open_blocks], key=lambda block: block.top), number)

    def _add(self, page_blocks: Iterable[Block], number: int) -> None:
        line, tables, text = 0, 0, []
        for block in page_blocks:
            rows = [self._row(line + place, cells) for place, cells in enumerate(block.rows, start=1)]
            line += len(rows)
            if block.is_table:
                tables += 1
                self.tables.append(RawTable(f"page {number} table {tables}", tuple(rows)))
            else:
                text += rows
        self._found += tables
        if text:
            self.tables.append(RawTable(f"page {number} text", tuple(text)))

    def _row(self, line: int, cells: Iterable[str]) -> RawRow:
        cleaned = [cellvalue.clean(cell) for cell in cells]
        self._lost += sum(cell.count(_UNMAPPED) for cell in cleaned)
        return self._allowance.row(line, cleaned)

    def check(self) -> None:
        """Raise KpituiError where there is nothing to read a table from."""
        if not self._letters:
            raise KpituiError(_NO_TEXT.format(path=self._path))
        if self._lost * 2 > self._letters:
            raise KpituiError(_NO_LETTERS.format(path=self._path))
        if not self._found:
            raise KpituiError(_NO_TABLE.format(path=self._path))

    def told(self, pages: int) -> list[Both]:
        """What a reader should know of how the pages were read."""
        counts = ((self._by_gaps, _BY_GAPS), (self._filled, _FILLED), (self._lost, _LOST))
        said = [words.format(count=count, mark=_UNMAPPED) for count, words in counts if count]
        return [_COUNTED.format(pages=pages, tables=self._found), *said]


def _words(page: Any) -> list[Word]:
    return [Word(word["x0"], word["x1"], word["top"], word["bottom"], word["text"]) for word in page.extract_words()]
