"""Look closer at one column of a view: how often each value occurs, and how its numbers lie, unit by unit."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from kpitui.report.columns import column
from kpitui.report.model import Report, Table
from kpitui.views.masks import met
from kpitui.views.query import select
from kpitui.views.spec import Scalar, ViewSpec


@dataclass(frozen=True)
class Frequency:
    """A value (None = missing) and how many rows of the view have it."""

    value: Scalar
    count: int


@dataclass(frozen=True)
class Statistics:
    """How the numbers of one unit lie (unit None = no unit named); `missing` rows have no number."""

    unit: str | None
    count: int
    missing: int
    low: float | None
    median: float | None
    mean: float | None
    high: float | None


def per_unit(table: Table, key: str) -> bool:
    """Whether a column's numbers stand in the unit of their row, so that they are only reckoned unit by unit."""
    return table == "kpis" and column("kpis", key).kind in ("number", "ratio")


def frequencies(report: Report, spec: ViewSpec, key: str, most: int = 1000) -> list[Frequency]:
    """The values of a column in the view's rows, the most frequent first, equals in the column's order."""
    column, chosen = report.frame(spec.table)[key], met(report, spec)
    cells = column if chosen is None else column.filter(chosen)
    if isinstance(cells.dtype, pl.List):
        cells = cells.explode(empty_as_null=True)
    counted = _counted(cells, key, most)
    # The last that get in may be the first of very many equals, names that occur once: only these few are sorted.
    least = counted["count"].top_k(most).min()
    above = counted.filter(pl.col("count") > least)
    among = counted.filter(pl.col("count") == least).bottom_k(most - above.height, by="value")
    listed = above.vstack(among).sort("count", "value", descending=[True, False], nulls_last=True)
    return [Frequency(value, count) for value, count in listed.iter_rows()]


def _counted(cells: pl.Series, key: str, most: int) -> pl.DataFrame:
    """How often each value occurs; of ids, which occur once, only those that would be listed."""
    if key == "id":
        return cells.bottom_k(most).to_frame("value").with_columns(count=pl.lit(1, pl.UInt32))
    return cells.alias("value").value_counts(name="count")


def statistics(report: Report, spec: ViewSpec, key: str) -> list[Statistics]:
    """How a column's numbers lie in the view's rows, for each unit by itself: nothing is reckoned across units."""
    names = dict.fromkeys(["unit", key] if per_unit(spec.table, key) else [key])
    rows = report.frame(spec.table).select(names.keys())[select(report, spec).rows].lazy()
    unit = pl.col("unit") if per_unit(spec.table, key) else pl.lit(None, pl.String)
    cell = pl.col(key)
    grouped = rows.group_by(unit=unit, maintain_order=True).agg(
        count=cell.count(),
        missing=cell.null_count(),
        low=cell.min().cast(pl.Float64),
        median=cell.median(),
        mean=cell.mean(),
        high=cell.max().cast(pl.Float64),
    )
    return [
        Statistics(**row)
        for row in grouped.with_columns(pl.col("unit").cast(pl.String)).collect().iter_rows(named=True)
    ]
