"""Text into rows of cells: csv, tsv, and what is copied from a PDF, with prose between its tables."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Literal

from kpitui.errors import KpituiError, UsageError
from kpitui.sources.raw import separators, sheets
from kpitui.sources.raw.encodings import decode
from kpitui.sources.raw.limits import Allowance
from kpitui.sources.raw.model import Document, RawRow, RawTable
from kpitui.text.wording import Both

_Quoting = Literal[0, 3]
_PAIRED: _Quoting = csv.QUOTE_MINIMAL
_PLAIN: _Quoting = csv.QUOTE_NONE
_SEPARATOR = Both("区切り: {name}", "separator: {name}")
_STATED = Both("区切り: {name} (1行目に指定)", "separator: {name} (stated in line 1)")
_QUOTES = Both(
    '引用符 (") の組が合わない行があるため ({line}行目まで)、引用符も文字として読みました',
    'quotes (") do not pair (seen by line {line}), so they were read as characters',
)
_ODD_QUOTE = Both(
    '引用符 (") の組が合わないところがあります ({line}行目まで)。その行のセルを確かめてください',
    'quotes (") do not pair somewhere (seen by line {line}): look at the cells there',
)
_EMPTY = Both("{path}: 何も書かれていません", "{path}: nothing is written in it")
_NO_COLUMNS = Both(
    "{path}: 列の区切り (タブ、コンマ、セミコロン、縦線) がなく、どの値がどの列のものか分かりません。"
    "元の表を TSV、CSV か Excel で保存して取り込んでください",
    "{path}: no column separators (tab, comma, semicolon, vertical bar), so which value belongs to which column is"
    " lost; save the original table as TSV, CSV or Excel and read that",
)
_MARKUP = Both(
    "{path}: {kind} です。表を TSV、CSV か Excel で保存して取り込んでください",
    "{path}: this is {kind}; save the table as TSV, CSV or Excel and read that",
)
_KINDS = (
    ("<!doctype html", "HTML"),
    ("<html", "HTML"),
    ("<table", "HTML"),
    ("<?xml", "XML"),
    ("{", "JSON"),
    ("[", "JSON"),
)
_BLANKS = " \t\r\n,;|\u3000"
_JSON_OPENS = {"{": '"}', "[": '{["'}
"""What may follow the first bracket of JSON, blanks aside."""


def read(data: bytes, path: str, sheet: str | None = None, encoding: str | None = None) -> Document:
    """The rows of a text as one table, prose lines as rows of a single cell.

    Raises KpituiError where the file is no text, no table, or too large.
    """
    if sheet is not None:
        raise UsageError(sheets.NO_SHEETS.format(path=path))
    decoded = decode(data, path, encoding)
    text = decoded.text
    _check_kind(text, path)
    stated = separators.stated(text)
    separator = stated or separators.find(text)
    if separator is None:
        raise KpituiError(_NO_COLUMNS.format(path=path))
    rows, told = _rows(text, separator, path)
    said = (_STATED if stated else _SEPARATOR).format(name=separators.NAMES[separator])
    laid_out = separator == "\t"  # what is copied from a page has tabs, as some tables have
    return Document(path, (RawTable("", rows[1:] if stated else rows),), (*decoded.told, said, *told), laid_out)


def _check_kind(text: str, path: str) -> None:
    """Refuse what is empty, and what is text but no lines of cells."""
    head = text[:1_000].lstrip().lower()
    if not text.strip(_BLANKS):
        raise KpituiError(_EMPTY.format(path=path))
    kind = next((name for start, name in _KINDS if head.startswith(start)), None)
    if kind and (kind != "JSON" or head[1:].lstrip()[:1] in _JSON_OPENS[head[0]]):
        raise KpituiError(_MARKUP.format(path=path, kind=kind))


def _rows(text: str, separator: str, path: str) -> tuple[tuple[RawRow, ...], tuple[Both, ...]]:
    """The rows, quotes read as csv has them; where some do not pair, in the way that leaves more rows alike."""
    odd = _odd_quote(text, separator) if '"' in text else None
    told: tuple[Both, ...] = ()
    quoting = _PAIRED
    if odd is not None:
        paired = _alike(text, separator, _PAIRED) > _alike(text, separator, _PLAIN)
        quoting = _PAIRED if paired else _PLAIN
        told = ((_ODD_QUOTE if paired else _QUOTES).format(line=odd),)
    return tuple(_cells(text, separator, path, quoting)), told


def _odd_quote(text: str, separator: str) -> int | None:
    """The line by which a quote is found that closes nothing, or closes in the midst of a cell."""
    reader = csv.reader(separators.lines(text), delimiter=separator, strict=True)
    try:
        for _ in reader:
            pass
    except csv.Error:
        return reader.line_num
    return None


def _alike(text: str, separator: str, quoting: _Quoting) -> int:
    """How many more rows have the commonest number of cells than have another."""
    reader = csv.reader(separators.lines(text), delimiter=separator, quoting=quoting)
    widths: Counter[int] = Counter()
    with suppress(csv.Error):
        widths.update(len(cells) for cells in reader if cells)
    several = (count for width, count in widths.items() if width > 1)
    return 2 * max(several, default=0) - widths.total()


def _cells(text: str, separator: str, path: str, quoting: _Quoting) -> Iterator[RawRow]:
    allowance = Allowance(path)
    reader = csv.reader(separators.lines(text), delimiter=separator, quoting=quoting)
    line = 1
    try:
        for cells in reader:
            yield allowance.row(line, cells)
            line = reader.line_num + 1
    except csv.Error:  # the only one that is left: a cell of more characters than the module takes
        raise allowance.too_long(line) from None
