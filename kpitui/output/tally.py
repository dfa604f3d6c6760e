"""How often each value of a column occurs, as rows: the value and its count."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from kpitui.output.display import Display
from kpitui.report.column import Column, Kind
from kpitui.text.wording import Both

COUNT = Column("count", Both("件数", "count"), "integer", 8, Both("", ""))
_ONE_BY_ONE: dict[Kind, Kind] = {"codes": "word", "share": "ratio"}
"""Kinds whose values, one by one, read as another kind's: a share is worded from its row, and here is none."""


def value_of(column: Column) -> Column:
    """The column of the values of another one, each by itself."""
    return replace(column, key="value", kind=_ONE_BY_ONE.get(column.kind, column.kind))


def read_alike(tally: pl.DataFrame, value: Column, display: Display) -> pl.DataFrame:
    """One row for numbers that are shown alike, their counts summed: 0% and 0.96% both read 0%.

    Takes and returns the columns `value` and `count`; of the values shown alike the first one stands.
    """
    if not value.numeric:
        return tally
    shown = pl.Series("shown", [display.cell(value, row) for row in tally.iter_rows(named=True)], pl.String)
    grouped = tally.with_columns(shown).group_by("shown", maintain_order=True)
    return grouped.agg(pl.col("value").first(), pl.col("count").sum()).drop("shown")
