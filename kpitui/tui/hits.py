"""The next cell that holds what is searched for: polars says which rows may have one, and only those are worded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import polars as pl

from kpitui.dataclass import dataclass
from kpitui.output.display import MISSING, Display
from kpitui.report.column import Column
from kpitui.report.model import Report
from kpitui.text.fold import find, fold
from kpitui.views.masks import numbers
from kpitui.views.query import RowSet
from kpitui.views.search import held

_FEW = 50_000
"""Distinct cells up to which each is worded to know what it shows."""
_SIZES = (1, 16, 256)
"""Rows worded at a time: mostly the first one has a hit; the last size goes on."""
_ALTERED = r"[\p{C}\p{Zl}\p{Zp}\x{fe00}-\x{fe0f}\x{e0100}-\x{e01ef}]"
"""Characters that a screen shows otherwise, so that the text shown may hold what the text itself does not."""
_AMBIGUOUS = r"[^\x20-\x7e\x{3000}-\x{30ff}\x{4e00}-\x{9fff}\x{ff01}-\x{ff60}]"
"""Characters that ASCII mode may show otherwise."""


@dataclass(frozen=True, eq=False)
class Seen:
    """What is searched through: the rows of a view in these columns, as they are shown; the needle is folded."""

    rowset: RowSet
    columns: tuple[Column, ...]
    display: Display
    needle: str

    @property
    def report(self) -> Report:
        """The report that the rows are of."""
        return self.display.report


def next_hit(seen: Seen, row: int, place: int, direction: int) -> tuple[int, int] | None:
    """The row and the place of the column of the next hit (direction 1) or the last one (-1), beyond the ends too.

    The cell one is in comes last; None where no cell holds the needle.
    """
    places = range(len(seen.columns))[::direction]
    cut = places.index(place)
    own = (row, next(_records(seen, pl.Series([row]))))
    ahead, behind = places[cut + 1 :], places[: cut + 1]
    found = _first(seen, [own], ahead) or _first(seen, _others(seen, row, direction), places)
    return found or _first(seen, [own], behind)


def _first(seen: Seen, rows: Iterable[tuple[int, dict[str, Any]]], places: Sequence[int]) -> tuple[int, int] | None:
    """The first cell with a hit, row by row in the places' order."""
    for row, record in rows:
        for place in places:
            if find(seen.display.cell(seen.columns[place], record), seen.needle):
                return row, place
    return None


def _others(seen: Seen, row: int, direction: int) -> Iterator[tuple[int, dict[str, Any]]]:
    """The other rows that may have a hit, in the order in which one comes to them."""
    may = _candidates(seen)
    before, after = may.filter(may < row), may.filter(may > row)
    found = after.append(before) if direction > 0 else before.reverse().append(after.reverse())
    at, sizes = 0, list(_SIZES)
    while at < len(found):
        some = found[at : at + sizes[0]]
        yield from zip(some, _records(seen, some), strict=True)
        at += sizes[0]
        sizes = sizes[1:] or sizes


def _records(seen: Seen, rows: pl.Series) -> Iterator[dict[str, Any]]:
    """The cells of some rows of the view, as far as the columns need them."""
    keys = dict.fromkeys(key for each in seen.columns for key in each.needs)
    frame = seen.report.frame(seen.rowset.table).select(list(keys))
    return iter(frame[seen.rowset.rows.gather(rows)].rows(named=True))


def _candidates(seen: Seen) -> pl.Series:
    """The rows of the view, ascending, that may have a hit, and few others; kept, for `n` is pressed again."""
    asked = (seen.rowset, seen.columns, seen.needle, seen.display.lang, seen.display.ascii, seen.display.beside)
    return seen.report.memo.get("hits", asked, lambda: _may_hold(seen), 1)


def _may_hold(seen: Seen) -> pl.Series:
    rows, height = seen.rowset.rows, seen.report.frame(seen.rowset.table).height
    every = len(rows) * 2 > height
    met = pl.repeat(value=False, n=height if every else len(rows), dtype=pl.Boolean, eager=True)
    for each in seen.columns:
        met = met | _in_column(seen, each, None if every else rows)
    return numbers(met.gather(rows) if every else met)


def _in_column(seen: Seen, column: Column, rows: pl.Series | None) -> pl.Series:
    """For each of the rows, or for all, whether the column's cell may show the needle."""
    frame = seen.report.frame(seen.rowset.table).select(column.needs)
    cells = frame if rows is None else frame[rows]
    missing = cells[column.key].is_null() & (seen.needle == MISSING)
    if column.kind in ("integer", "number", "ratio"):
        return _numbers(cells[column.key], column, seen.needle) | missing
    if column.kind in ("text", "raw", "id"):
        return _texts(seen, column, cells[column.key], rows) | missing
    return _worded(seen, column, cells)


def _worded(seen: Seen, column: Column, cells: pl.DataFrame) -> pl.Series:
    """Cells of few values, each of which is worded."""
    firsts = cells.with_row_index("at").group_by(column.needs).agg("at")
    if firsts.height > _FEW:
        return pl.repeat(value=True, n=cells.height, dtype=pl.Boolean, eager=True)
    may = [bool(find(seen.display.cell(column, row), seen.needle)) for row in firsts.iter_rows(named=True)]
    met = firsts["at"].filter(pl.Series(may, dtype=pl.Boolean)).explode(empty_as_null=False)
    return pl.repeat(value=False, n=cells.height, dtype=pl.Boolean, eager=True).scatter(met, True)


def _numbers(cells: pl.Series, column: Column, needle: str) -> pl.Series:
    """Numbers whose digits hold those of the needle; what is so large or small that it is written otherwise may."""
    digits = needle.replace(",", "").replace("%", "")
    if not digits.isascii() or not all(each.isdigit() or each in ".-" for each in digits):
        return pl.repeat(value=False, n=len(cells), dtype=pl.Boolean, eager=True)
    value = pl.col("value").round_sig_figs(12) * 100 if column.kind == "ratio" else pl.col("value")
    value = (value.round_sig_figs(12).floor() if column.kind == "ratio" else value).cast(pl.Float64)
    odd = (value.abs() >= 1e12) | ((value.abs() < 1e-3) & (value != 0))
    whole = pl.when(value == value.floor()).then(value.cast(pl.Int64, strict=False).cast(pl.String))
    text = whole.otherwise(value.round_sig_figs(15).cast(pl.String))
    met = text.str.contains(digits, literal=True) | odd
    return cells.to_frame("value").lazy().select(met.fill_null(value=False)).collect().to_series()


def _texts(seen: Seen, column: Column, cells: pl.Series, rows: pl.Series | None) -> pl.Series:
    """Texts that hold the needle, or characters that are shown otherwise; ids as their short forms too."""
    texts = cells.cast(pl.String)
    odd = texts.str.contains(_AMBIGUOUS if seen.display.ascii else _ALTERED).fill_null(value=False)
    found = [held(seen.report, seen.rowset.table, column.key, each, rows) for each in _needles(seen, column)]
    for each in found:
        odd = odd | each
    return odd


def _needles(seen: Seen, column: Column) -> set[str]:
    """What to look for in the text itself: the needle; in ids also what is left of it behind a grant's short form."""
    needle = seen.needle
    if column.kind != "id":
        return {needle}
    shorts = [fold(grant.short) for grant in seen.report.metadata.grants]
    ends = {needle[size:] for short in shorts for size in range(1, len(short) + 1) if short[-size:] == needle[:size]}
    inside = any(needle in short for short in shorts) or seen.report.several
    return {needle, *ends, *([""] if inside else [])}
