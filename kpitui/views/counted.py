"""The counts beside the facets: all of them from one pass over the filters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from kpitui.dataclass import dataclass
from kpitui.errors import UsageError
from kpitui.report.model import Report, Table
from kpitui.text.wording import Both
from kpitui.views.masks import by_filter, home, together, typed
from kpitui.views.spec import Scalar, ViewSpec

_FEW = 32
"""Values up to which a column is kept as a truth value for each of them."""
_UNCOUNTABLE = Both("列 {key} の値は数えられません", "the values of column {key} cannot be counted")


@dataclass(frozen=True)
class Count:
    """A facet's value (None = missing) and how many rows have it under the other filters."""

    value: Scalar
    count: int
    chosen: bool


@dataclass(frozen=True, eq=False)
class _Flags:
    """A column of few values to be counted: for each of them a truth value a row, whether the row has it.

    Kept, that is a bit a row for each value, and counting takes a third of what grouping the rows takes.
    """

    values: list[Scalar]
    flags: pl.DataFrame
    totals: dict[Scalar, int]

    def counted(self, met: pl.Series | None) -> dict[Scalar, int]:
        """How many of the rows that are met have each value, in the column's order."""
        if met is None:
            return self.totals
        return dict(zip(self.values, self.flags.filter(met).sum().row(0), strict=True))


@dataclass(frozen=True, eq=False)
class _Cells:
    """A column of any values to be counted.

    `listed` are the values in the column's order, the missing last. `cells` are values, or codes where `coded`: the
    places of values in `listed`. `rows` says to which row each cell belongs, None where each row has one.
    """

    cells: pl.Series
    listed: pl.Series
    totals: dict[Scalar, int]
    coded: bool
    rows: pl.Series | None

    def counted(self, met: pl.Series | None) -> dict[Scalar, int]:
        """How often each value, in the column's order, occurs in the rows that are met."""
        if met is None:
            return self.totals
        met = met if self.rows is None else met.gather(self.rows)
        return _counted(self.cells.filter(met), self.listed, coded=self.coded)

    def flagged(self, height: int) -> _Flags | None:
        """The same with a truth value for each value and each of so many rows; None where these would be many.

        Where a row's list holds a value twice there is none either: a truth value cannot tell.
        """
        if not 0 < len(self.listed) <= _FEW:
            return None
        flags = pl.DataFrame([self._flag(place, height) for place in range(len(self.listed))])
        totals = dict(zip(self.listed, flags.sum().row(0), strict=True))
        return _Flags(self.listed.to_list(), flags, totals) if totals == self.totals else None

    def _flag(self, place: int, height: int) -> pl.Series:
        """Whether each row has the value of that place."""
        value = self.listed[place]
        equal = self.cells.is_null() if value is None else self.cells == (place if self.coded else value)
        met = equal.fill_null(value=False)
        if self.rows is not None:
            met = pl.repeat(value=False, n=height, dtype=pl.Boolean, eager=True).scatter(self.rows.filter(met), True)
        return met.alias(str(place))


def facet(report: Report, spec: ViewSpec, key: str) -> list[Count]:
    """The values of a column with their counts under all filters but its own, in the column's order.

    Every value of the report and of its scales is listed, counted or not, so that a list keeps its shape while
    one filters; the missing are counted last, if the report has any. Raises UsageError where it cannot be counted.
    """
    return facets(report, spec, (key,))[key]


def facets(report: Report, spec: ViewSpec, keys: Iterable[str]) -> dict[str, list[Count]]:
    """The same for several columns at once, each filter looked at once."""
    masks, rest = by_filter(report, spec), together(typed(report, spec))
    every = _sums(masks, rest)[-1]
    others = _but_one(masks, rest) if masks else []
    found = {}
    for key in keys:
        own = next((place for place, each in enumerate(spec.filters) if each is spec.filter_on(key)), None)
        counted = _cells(report, spec.table, key).counted(every if own is None else others[own])
        chosen = () if own is None else spec.filters[own].values
        found[key] = [Count(value, count, value in chosen) for value, count in counted.items()]
    return found


def _but_one(masks: Sequence[pl.Series], rest: pl.Series | None) -> list[pl.Series | None]:
    """For each mask what the rest and all other masks come to: the sums before it and after it are built once."""
    before, after = _sums(masks[:-1], rest), _sums(masks[:0:-1], None)[::-1]
    return [_both(*pair) for pair in zip(before, after, strict=True)]


def _sums(masks: Sequence[pl.Series], first: pl.Series | None) -> list[pl.Series | None]:
    sums = [first]
    for mask in masks:
        sums.append(_both(sums[-1], mask))
    return sums


def _both(one: pl.Series | None, other: pl.Series | None) -> pl.Series | None:
    return together(each for each in (one, other) if each is not None)


def _cells(report: Report, table: Table, key: str) -> _Cells | _Flags:
    return report.memo.get("cells", (home(table), key), lambda: _ready(report.frame(table), key))


def _ready(frame: pl.DataFrame, key: str) -> _Cells | _Flags:
    cells = _prepared(frame, key)
    return cells.flagged(frame.height) or cells


def _prepared(frame: pl.DataFrame, key: str) -> _Cells:
    """A column ready to be counted: codes where there are some, lists a cell for each of their values."""
    column, rows = frame[key], None
    if isinstance(column.dtype, pl.List):
        column, rows = _exploded(frame, key)
    if column.dtype.is_nested():
        raise UsageError(_UNCOUNTABLE.format(key=key))
    listed, coded = _listed(column), isinstance(column.dtype, pl.Enum)
    cells = column.to_physical() if coded else column
    return _Cells(cells, listed, _counted(cells, listed, coded=coded), coded, rows)


def _exploded(frame: pl.DataFrame, key: str) -> tuple[pl.Series, pl.Series]:
    """The values of lists and the rows they stand in; an empty list is a missing value."""
    numbered = frame.lazy().select(key, row=pl.int_range(pl.len(), dtype=pl.UInt32))
    flat = numbered.explode(key, empty_as_null=True).collect()
    values = flat[key]
    if values.dtype == pl.String:
        values = values.cast(pl.Enum(values.unique().drop_nulls().sort()))
    return values, flat["row"]


def _listed(column: pl.Series) -> pl.Series:
    """The values of a column in its order, those of its scale even where no row has them; the missing last."""
    if not isinstance(column.dtype, pl.Enum):
        return column.unique().sort(nulls_last=True)
    values = column.dtype.categories
    return values.extend_constant(None, 1) if column.null_count() else values


def _counted(cells: pl.Series, listed: pl.Series, *, coded: bool) -> dict[Scalar, int]:
    """How often each of the listed values occurs; a code stands for the value of its place."""
    found: dict[Any, int] = dict(cells.value_counts().iter_rows())
    values = listed.to_list()
    keys = [None if value is None else place for place, value in enumerate(values)] if coded else values
    return {value: found.get(key, 0) for key, value in zip(keys, values, strict=True)}
