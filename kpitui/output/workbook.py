"""Rows as an xlsx workbook: typed cells on one sheet, where they come from and what the columns mean on the next."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import polars as pl

from kpitui.errors import KpituiError, UsageError
from kpitui.output.display import Display
from kpitui.output.names import Style
from kpitui.output.provenance import Provenance
from kpitui.output.values import flat, heads, runs, worded
from kpitui.report.column import Column
from kpitui.text.cells import width
from kpitui.text.wording import Both

MOST_ROWS = 1_048_575
MOST_TEXT = 32_767
"""What one sheet holds below its head, and one cell in UTF-16 units."""
_CREATED = datetime(2000, 1, 1)
_WIDEST = 60

_NO_XLSX = Both(
    "xlsx には追加のインストールが必要です: pip install 'kpitui[excel]'",
    "xlsx needs the extra: pip install 'kpitui[excel]'",
)
_TOO_MANY = Both(
    "xlsx に入るのは{most:,}行までで、{count:,}行あります。csv か parquet なら入ります",
    "xlsx holds {most:,} rows, and there are {count:,}; csv and parquet hold them",
)
_TOO_LONG = Both(
    "xlsx のセルに入るのは{most:,}字までで、{row}行目の {column} はそれより長いです。csv か parquet なら入ります",
    "a cell of xlsx holds {most:,} characters, and {column} in row {row} has more; csv and parquet hold it",
)
_HEAD, _KEY, _MEANING = Both("見出し", "head"), Both("キー", "key"), Both("意味", "meaning")
_CODE, _WORD = Both("値", "value"), Both("読み", "word")


def workbook(
    frame: pl.DataFrame, columns: Sequence[Column], display: Display, style: Style, source: Provenance | None
) -> bytes:
    """The workbook's bytes, the same for the same rows.

    Raises UsageError where its library is not installed, KpituiError where a sheet or a cell cannot hold the rows.
    """
    try:
        from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        raise UsageError(_NO_XLSX) from None
    if frame.height > MOST_ROWS:
        raise KpituiError(_TOO_MANY.format(most=MOST_ROWS, count=frame.height))
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True, "nan_inf_to_errors": True}) as book:
        book.set_properties({"created": _CREATED, "title": source.title if source else ""})
        _Rows(book, source.table if source else "rows", display, style).write(frame, columns)
        if source:
            _about(book, source, columns, display, style)
    return buffer.getvalue()


class _Rows:
    """The sheet of rows: its head stays in sight, its columns are as wide as their texts."""

    def __init__(self, book: Any, name: str, display: Display, style: Style) -> None:
        self._sheet = book.add_worksheet(name)
        self._display = display
        self._style = style
        self._head = book.add_format({"bold": True, "bottom": 1})
        self._quoted = book.add_format({"quote_prefix": True})
        self._whole = book.add_format({"num_format": "#,##0"})
        self._decimal = book.add_format({"num_format": "#,##0.0########"})
        self._percent = book.add_format({"num_format": "0.0%"})

    def write(self, frame: pl.DataFrame, columns: Sequence[Column]) -> None:
        texts = heads(columns, self._display, words=self._style.words, units=True)
        self._sheet.freeze_panes(1, 0)
        self._sheet.autofilter(0, 0, max(frame.height, 1), len(columns) - 1)
        for place, (each, head) in enumerate(zip(columns, texts, strict=True)):
            self._sheet.write_string(0, place, head, self._head)
            lengths = [self._cell(row, place, each, value) for row, value in enumerate(frame[each.key].to_list(), 1)]
            self._sheet.set_column(place, place, min(max([width(head) + 3, *lengths]), _WIDEST) + 1)

    def _cell(self, row: int, place: int, column: Column, value: Any) -> int:
        """Write one cell and tell how wide it is; a missing or empty value leaves it blank."""
        if isinstance(value, int | float):
            self._sheet.write_number(row, place, value, self._number(column, value))
            return len(f"{value:,.9g}")
        text = worded(column, value, self._display) if self._style.words else flat(value)
        return self._text(row, place, column, text) if text else 0

    def _text(self, row: int, place: int, column: Column, text: str) -> int:
        """A text, never a formula; one that looks like it stays a text when a reader edits the cell."""
        if len(text.encode("utf-16-le")) > 2 * MOST_TEXT:
            raise KpituiError(_TOO_LONG.format(most=MOST_TEXT, row=row, column=column.key))
        self._sheet.write_string(row, place, text, self._quoted if runs(text) else None)
        return width(text)

    def _number(self, column: Column, value: float) -> Any:
        if column.kind in ("ratio", "share"):
            return self._percent
        return self._whole if value == int(value) else self._decimal


def _about(book: Any, source: Provenance, columns: Sequence[Column], display: Display, style: Style) -> None:
    """The second sheet: where the rows come from, then what the columns mean, then what their codes stand for."""
    sheet, bold = book.add_worksheet("about"), book.add_format({"bold": True})
    sheet.set_column(0, 1, 30)
    sheet.set_column(2, 2, _WIDEST)
    blocks: list[list[tuple[str, ...]]] = [
        [*source.told(display.lang)],
        _meanings(columns, display, style),
        _codes(columns, display),
    ]
    top = 0
    for block in blocks:
        for row, texts in enumerate(block, top):
            _texts(sheet, row, texts, bold if row == top else None)
        top += len(block) + 1


def _texts(sheet: Any, row: int, texts: tuple[str, ...], look: Any) -> None:
    for place, text in enumerate(texts):
        sheet.write_string(row, place, text, look)


def _meanings(columns: Sequence[Column], display: Display, style: Style) -> list[tuple[str, ...]]:
    lang = display.lang
    labels = heads(columns, display, words=style.words, units=True)
    lines = [(head, each.key, each.help.say(lang)) for head, each in zip(labels, columns, strict=True)]
    return [(_HEAD.say(lang), _KEY.say(lang), _MEANING.say(lang)), *lines]


def _codes(columns: Sequence[Column], display: Display) -> list[tuple[str, ...]]:
    lang = display.lang
    lines = [(each.key, value.code, value.words.say(lang)) for each in columns for value in each.values]
    return [(_KEY.say(lang), _CODE.say(lang), _WORD.say(lang)), *lines] if lines else []
