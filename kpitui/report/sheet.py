"""The csv files of a report folder: one schema for writing and reading, errors that name line and column."""

from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl
from polars.datatypes import DataTypeClass

from kpitui.dataclass import dataclass
from kpitui.errors import KpituiError
from kpitui.text.nearest import nearest, shown
from kpitui.text.wording import Both

LONGEST_CELL = 4_194_304
"""Characters that a cell may have; a longer one is refused by line. Python's own bound, 131,072, is less than some
publishers put into one cell."""

_AT_CELL = Both("{path}:{line}、列 {column}: {why}", "{path}:{line}, column {column}: {why}")
NOT_CSV = Both("{path}:{line}: CSVとして読めません: {error}", "{path}:{line}: {error}")
UNEVEN = Both(
    "{path}:{line}: 見出しの{heads}列に対しセルが{cells}個あります",
    "{path}:{line}: {cells} cells where the head has {heads}",
)
IS_NOT = Both("{cell!r} は{what}ではありません", "{cell!r} is not {what}")
_NOT_KNOWN = Both("{cell!r} は{what}ではありません{hint}", "{cell!r} is not {what}{hint}")
_SECOND = Both("{cell!r} は{first}行目に既にあります", "{cell!r} already stands on line {first}")
_UNKNOWN = Both("不明な列です{hint}", "unknown{hint}")
_TWICE = Both("同じ列が二つあります", "stands twice")
_MISSING = Both("列がありません", "missing")
_EMPTY = Both("空です", "empty")


@dataclass(frozen=True)
class Field:
    """A column of a file: whether it must be there, and whether each of its cells must be filled.

    An empty cell is null, but "" in a raw column, which holds what was printed and nothing may have been. A
    sparse column is written only where some row fills it.
    """

    name: str
    dtype: DataTypeClass
    required: bool = True
    filled: bool = False
    sparse: bool = False

    @property
    def raw(self) -> bool:
        """Whether it holds text exactly as printed."""
        return self.name.endswith("_raw")


def render(schema: Sequence[Field], rows: Sequence[Mapping[str, object]]) -> str:
    """Write rows as the text of a csv file, absent columns left empty; ValueError for an unknown one."""
    known = {field.name for field in schema}
    for row in rows:
        if unknown := row.keys() - known:
            raise ValueError(f"no such column: {', '.join(sorted(unknown))}")
    names = [field.name for field in schema if not field.sparse or any(row.get(field.name) for row in rows)]
    cells = ([_cell(row.get(name)) for name in names] for row in rows)
    return "".join(_line(row) for row in (names, *cells))


def _line(cells: Sequence[str]) -> str:
    buffer = io.StringIO(newline="")
    # Until Python 3.13 a cell is quoted for a carriage return only where the line end has one.
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().removesuffix("\r\n") + "\n"


def _cell(value: object) -> str:
    """A value in its shortest form; whole numbers bear no decimals."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(value)
    return str(value)


@dataclass(frozen=True, eq=False)
class Sheet:
    """A csv file as a frame, with the line of the file on which each row begins."""

    path: Path
    lines: Sequence[int]
    frame: pl.DataFrame

    @classmethod
    def read(cls, path: Path, text: str, schema: Sequence[Field]) -> Sheet:
        """Read the text of a csv file; KpituiError where it breaks the schema; `path` is its name there."""
        rows = _rows(path, text)
        names = _head(path, next(rows, (1, []))[1], schema)
        body = [(line, _even(path, line, row, names)) for line, row in rows]
        lines = [line for line, _ in body]
        cells = dict(zip(names, zip(*(row for _, row in body), strict=True), strict=True)) if body else {}
        series = (_series(path, lines, field, cells.get(field.name)) for field in schema)
        return cls(path, lines, pl.DataFrame(list(series)))

    def check_known(self, column: str, known: Collection[str], where: Both) -> None:
        """Raise KpituiError for the first cell that is none of the known values, called `where`."""
        for line, value in zip(self.lines, self.frame[column], strict=True):
            if value is not None and value not in known:
                why = _NOT_KNOWN.format(cell=shown(value), what=where, hint=nearest(value, known))
                raise wrong(self.path, line, column, why)

    def check_distinct(self, column: str) -> None:
        """Raise KpituiError for the first cell whose value stood in that column before."""
        first: dict[str, int] = {}
        for line, value in zip(self.lines, self.frame[column], strict=True):
            if first.setdefault(value, line) != line:
                raise wrong(self.path, line, column, _SECOND.format(cell=shown(value), first=first[value]))


def _rows(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """The records, each with the line it begins on; blank lines are passed over."""
    # The bound is the interpreter's; nobody else here reads csv by a lower one, so that it is only ever raised.
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for row in reader:
            if row:
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise KpituiError(NOT_CSV.format(path=path, line=line, error=error)) from error


def _head(path: Path, names: list[str], schema: Sequence[Field]) -> list[str]:
    known = [field.name for field in schema]
    for name, count in Counter(names).items():
        if name not in known:
            raise wrong(path, 1, name, _UNKNOWN.format(hint=nearest(name, known)))
        if count > 1:
            raise wrong(path, 1, name, _TWICE)
    for field in schema:
        if field.required and field.name not in names:
            raise wrong(path, 1, field.name, _MISSING)
    return names


def _even(path: Path, line: int, row: list[str], names: Sequence[str]) -> list[str]:
    if len(row) != len(names):
        raise KpituiError(UNEVEN.format(path=path, line=line, cells=len(row), heads=len(names)))
    return row


def _series(path: Path, lines: Sequence[int], field: Field, cells: Sequence[str] | None) -> pl.Series:
    parse, what = KINDS[field.dtype]
    values: list[object] = []
    for line, cell in zip(lines, cells or [""] * len(lines), strict=True):
        if field.filled and not cell:
            raise wrong(path, line, field.name, _EMPTY)
        try:
            values.append(parse(cell) if cell else "" if field.raw else None)
        except ValueError:
            raise wrong(path, line, field.name, IS_NOT.format(cell=shown(cell), what=what)) from None
    return pl.Series(field.name, values, dtype=field.dtype)


def _integer(cell: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,19}", cell) or not -(2**63) <= int(cell) < 2**63:
        raise ValueError(cell)
    return int(cell)


def _number(cell: str) -> float:
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?", cell) or not math.isfinite(float(cell)):
        raise ValueError(cell)
    return float(cell)


KINDS: Mapping[DataTypeClass, tuple[Callable[[str], object], Both]] = {
    pl.Int64: (_integer, Both("整数", "a whole number")),
    pl.Float64: (_number, Both("数値", "a number")),
    pl.String: (str, Both("文字列", "a text")),
}


def wrong(path: Path, line: int, column: str, why: Both) -> KpituiError:
    """Say what is wrong with one cell, or with a column if the line is that of the head."""
    return KpituiError(_AT_CELL.format(path=path, line=line, column=shown(column), why=why))
