"""The rows that hold what was typed, in a million rows before the next key: see `kpitui.text.scan`.

Measured on a million names: folding all of them 9 s, a class for each character 11 to 16 ms, a plain text 11 ms.
Text of few values is looked at once a value. Who types on narrows: only the rows found before are looked at again.
"""

from __future__ import annotations

import functools
import operator

import polars as pl

from kpitui.report.columns import registry
from kpitui.report.model import Report, Table
from kpitui.text.fold import fold, fold_expr
from kpitui.text.scan import classes, knotty, literal, pattern, plain
from kpitui.views.spec import ViewSpec

_KEPT = 3
_FEW = 0.5
"""The share of a report's rows above which looking at all is as fast as gathering some."""


def searchable(table: Table) -> tuple[str, ...]:
    """The columns that a search can be held to: those of text."""
    every = registry(table, several=True)
    return tuple(each.key for each in every if each.kind in ("id", "text", "raw", "word", "scale", "codes"))


def hits(report: Report, spec: ViewSpec) -> pl.Series:
    """For each row of the report whether a searched column, folded, holds what was typed, folded."""
    needle, keys = fold(spec.search), _searched(spec)
    asked = ("kpis" if spec.table == "kpis" else "projects", keys, needle)
    return report.memo.get("search", asked, lambda: _found(report, spec.table, keys, needle), _KEPT)


def held(report: Report, table: Table, key: str, needle: str, rows: pl.Series | None = None) -> pl.Series:
    """For each of the rows of these numbers, or for all, whether a column's text, folded, holds the folded needle."""
    return _in_column(report, table, key, needle, rows)


def _searched(spec: ViewSpec) -> tuple[str, ...]:
    if spec.search_in in searchable(spec.table):
        return (spec.search_in,)
    return tuple(each.key for each in registry(spec.table) if each.searched)


def _found(report: Report, table: Table, keys: tuple[str, ...], needle: str) -> pl.Series:
    height = report.frame(table).height
    before = _before(report, table, keys, needle)
    if before is None or before.sum() > height * _FEW:
        return _held(report, table, keys, needle, None)
    rows = before.arg_true()
    met = rows.filter(_held(report, table, keys, needle, rows))
    return pl.repeat(value=False, n=height, dtype=pl.Boolean, eager=True).scatter(met, True)


def _before(report: Report, table: Table, keys: tuple[str, ...], needle: str) -> pl.Series | None:
    """The hits of the last search, if only they can hold the needle."""
    last = report.memo.latest("search")
    if last is None:
        return None
    (name, searched, shorter), found = last
    mask: pl.Series = found
    same = report.frame(name) is report.frame(table) and searched == keys
    return mask if same and shorter in needle else None


def _held(report: Report, table: Table, keys: tuple[str, ...], needle: str, rows: pl.Series | None) -> pl.Series:
    """Whether any of the columns holds the needle, in the rows of these numbers or in all."""
    found = [_in_column(report, table, key, needle, rows) for key in keys]
    return functools.reduce(operator.or_, found)


def _in_column(report: Report, table: Table, key: str, needle: str, rows: pl.Series | None) -> pl.Series:
    column = report.frame(table)[key]
    cells = column if rows is None else column[rows]
    if isinstance(column.dtype, pl.Enum):
        return _in_values(_folded_values(report, table, key), cells, needle)
    if isinstance(column.dtype, pl.List):
        cells = cells.list.join(" ")
    if plain(needle):
        return _scanned(cells, needle)
    return _with_knots(cells, needle, _knots(report, table, key, column), rows)


def _in_values(values: pl.Series, cells: pl.Series, needle: str) -> pl.Series:
    held = values.str.contains(needle, literal=True)
    return held.gather(cells.to_physical()).fill_null(value=False) if len(values) else cells.is_not_null()


def _folded_values(report: Report, table: Table, key: str) -> pl.Series:
    """The values that an enum can have, folded."""
    dtype = report.frame(table).schema[key]
    assert isinstance(dtype, pl.Enum)
    return report.memo.get("folded", dtype, lambda: _fold(dtype.categories))


def _fold(texts: pl.Series) -> pl.Series:
    return texts.to_frame("text").select(fold_expr(pl.col("text")))["text"]


def _scanned(cells: pl.Series, needle: str) -> pl.Series:
    """Whether texts that are simple, or all where the needle is plain, hold it."""
    text = pl.col("text")
    met = text.str.contains(needle, literal=True) if literal(needle) else text.str.contains(classes(needle))
    # Lazily, for then both cores scan.
    return cells.to_frame("text").lazy().select(met.fill_null(value=False)).collect()["text"]


def _with_knots(cells: pl.Series, needle: str, knots: pl.Series, rows: pl.Series | None) -> pl.Series:
    """The same for any needle: the texts that are not simple, mostly few, are folded where they may hold it."""
    scanned = _scanned(cells, needle)
    places = (knots if rows is None else knots.gather(rows)).arg_true()
    if not len(places):
        return scanned
    texts = cells[places]
    may = texts.str.contains(pattern(needle)).arg_true()
    held = _fold(texts[may]).str.contains(needle, literal=True)
    return scanned.scatter(places, False).scatter(places[may].filter(held), True)


def _knots(report: Report, table: Table, key: str, column: pl.Series) -> pl.Series:
    """The rows whose text is not simple, sought once."""

    def work() -> pl.Series:
        text = pl.col(key).list.join(" ") if isinstance(column.dtype, pl.List) else pl.col(key)
        found = column.to_frame().lazy().select(text.str.contains(knotty()).fill_null(value=False))
        return found.collect()[key]

    return report.memo.get("knots", ("kpis" if table == "kpis" else "projects", key), work)
