"""What is wrong with a cell of a table of KPIs, in the file's own words, where polars only said that something is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import polars as pl

from kpitui.errors import KpituiError
from kpitui.report import separated
from kpitui.report.column import AIMS, BASES
from kpitui.report.sheet import IS_NOT, KINDS, NOT_CSV, UNEVEN
from kpitui.text.nearest import shown
from kpitui.text.wording import Both
from kpitui.textfile import decode, ending, read_bytes

_AT = Both("{place}、列 {column!r}: {why}", "{place}, column {column!r}: {why}")
_IN_COLUMN = Both("{path}、列 {column!r}: {why}", "{path}, column {column!r}: {why}")
_IS_NONE_OF = Both("{cell!r} はありません。あるもの: {known}", "{cell!r} is unknown; there are {known}")
_OF_TYPE = Both("型 {found} の値は{what}ではありません", "a value of type {found} is not {what}")
_CLOSED = {"aim": AIMS, "basis_declared": BASES}
"""Columns of ours that a table may state, with what they may hold."""


@dataclass(frozen=True)
class Read:
    """What is read of a column: the key and type that it is to have, its name in the file, and the cell's expression.

    A cell that `cell` makes null though something stands there may be wrong: `column` is what stands there.
    """

    key: str
    dtype: type[pl.DataType]
    column: str
    cell: pl.Expr

    @property
    def what(self) -> Both:
        """What a cell of the column is called."""
        return KINDS[self.dtype][1]

    @property
    def wrong(self) -> tuple[pl.Expr, pl.Expr]:
        """Which cells are wrong, and what stands in them."""
        if self.key in _CLOSED:
            return self.cell.is_not_null() & ~self.cell.is_in(self.known), self.cell
        stated = pl.col(self.column)
        return stated.is_not_null() & stated.cast(self.dtype, strict=False).is_null(), stated

    @property
    def known(self) -> list[str]:
        """What a cell of a closed list may hold."""
        return [each.code for each in _CLOSED[self.key]]


def of(path: Path, scanned: pl.LazyFrame, columns: Iterable[Read]) -> KpituiError | None:
    """The first thing wrong in the file; None where nothing that is known of here is."""
    if ending(path) in separated.SUFFIXES and (error := _uneven(path)):
        return error
    found = (_complaint(path, scanned, each) for each in columns)
    return next((each for each in found if each), None) or _broken(path)


def _broken(path: Path) -> KpituiError | None:
    """A csv or tsv whose quotes do not pair, which no column tells of."""
    place = separated.broken(path) if ending(path) in separated.SUFFIXES else None
    return place and KpituiError(NOT_CSV.format(path=path, line=place[0], error=place[1]))


def _uneven(path: Path) -> KpituiError | None:
    """A row of more cells than the head has."""
    records = separated.lines(path)
    _, head = next(records, (1, []))
    for line, row in records:
        if len(row) > len(head):
            return KpituiError(UNEVEN.format(path=path, line=line, cells=len(row), heads=len(head)))
    return None


def _complaint(path: Path, scanned: pl.LazyFrame, read: Read) -> KpituiError | None:
    wrong_cells, stated = read.wrong
    try:
        found = scanned.select(row=wrong_cells.arg_true().first(), cell=stated.filter(wrong_cells).first()).collect()
    except pl.exceptions.PolarsError:
        return _of_type(path, read, scanned.collect_schema()[read.column])
    row, cell = found.row(0)
    return None if row is None else _at(path, row, read.column, _why(read, shown(str(cell))))


def _of_type(path: Path, read: Read, found: pl.DataType) -> KpituiError | None:
    """The error of a column of lists and the like, of which polars turns no value into another; of others None."""
    if not found.is_nested():
        return None
    why = _OF_TYPE.format(found=found, what=read.what)
    return KpituiError(_IN_COLUMN.format(path=path, column=shown(read.column), why=why))


def _why(read: Read, cell: str) -> Both:
    if read.key in _CLOSED:
        return _IS_NONE_OF.format(cell=cell, known=", ".join(read.known))
    return IS_NOT.format(cell=cell, what=read.what)


def _at(path: Path, row: int, column: str, why: Both) -> KpituiError:
    """The error by the line of the file, or by the row where a file of that format has no lines; rows count from 1."""
    return KpituiError(_AT.format(place=place(path, row), column=shown(column), why=why))


def place(path: Path, row: int) -> Both:
    """A row of the file, counted from 0, by its line, or by its number where a file of that format has no lines."""
    line = _line(path, row)
    told = Both("{path}、{row}行目", "{path}, row {row}") if line is None else Both("{path}:{line}", "{path}:{line}")
    return told.format(path=path, row=row + 1, line=line)


def _line(path: Path, row: int) -> int | None:
    if ending(path) in separated.SUFFIXES:
        return next((line for line, _ in islice(separated.lines(path), row + 1, None)), None)
    if ending(path) == ".ndjson":
        every = enumerate(decode(read_bytes(path), path).split("\n"), start=1)
        return next(islice((line for line, text in every if text.strip()), row, None), None)
    return None
