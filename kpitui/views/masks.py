"""Which rows meet what a view asks for: a truth value for each row of the report, for each condition by itself.

A condition's answer is a bit a row and is kept, so that rows, facets and the next filter never ask twice.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable
from typing import Literal

import polars as pl

from kpitui.report.model import Report, Table
from kpitui.views.spec import Filter, ViewSpec

_KEPT = 16


def home(table: Table) -> Literal["projects", "kpis"]:
    """The table whose frame holds a table's rows."""
    return "kpis" if table == "kpis" else "projects"


def met(report: Report, spec: ViewSpec) -> pl.Series | None:
    """The rows that meet everything the view asks for; None where it asks for nothing.

    Raises UsageError if its expression cannot be read.
    """
    return together([*by_filter(report, spec), *typed(report, spec)])


def by_filter(report: Report, spec: ViewSpec) -> list[pl.Series]:
    """The rows that meet each filter, in the filters' order."""
    return [_kept(report, spec.table, each) for each in spec.filters]


def typed(report: Report, spec: ViewSpec) -> list[pl.Series]:
    """The rows that meet the search and the expression, as far as there are any."""
    found = []
    if spec.search:
        from kpitui.views.search import hits  # noqa: PLC0415 - nothing is typed yet when the first rows are found

        found.append(hits(report, spec))
    return [*found, _where(report, spec)] if spec.where else found


def numbers(met: pl.Series) -> pl.Series:
    """The numbers of the rows that are met, ascending; a tenth of what `arg_true` takes (polars 2.1)."""
    return pl.int_range(len(met), dtype=pl.UInt32, eager=True).filter(met)


def together(masks: Iterable[pl.Series]) -> pl.Series | None:
    """The rows that meet all of them; None where there are none to meet."""
    found = list(masks)
    return functools.reduce(operator.and_, found) if found else None


def _kept(report: Report, table: Table, chosen: Filter) -> pl.Series:
    frame = report.frame(table)
    # By its text, for 1 and 1.0 are equal, but not as a value of a column of text.
    key = (home(table), repr(chosen))
    dtype = frame.schema[chosen.column]
    return report.memo.get("filter", key, lambda: frame.select(met=_condition(dtype, chosen))["met"], _KEPT)


def _where(report: Report, spec: ViewSpec) -> pl.Series:
    frame = report.frame(spec.table)

    def work() -> pl.Series:
        from kpitui.views.expression import condition  # noqa: PLC0415 - as above

        found = condition(spec.where, frame)
        return found if len(found) == frame.height else found.new_from_index(0, frame.height)

    return report.memo.get("where", (home(spec.table), spec.where), work, 2)


def _condition(dtype: pl.DataType, chosen: Filter) -> pl.Expr:
    if chosen.ranged:
        return _range(chosen)
    cell, values = pl.col(chosen.column), [value for value in chosen.values if value is not None]
    if isinstance(dtype, pl.List):
        met = cell.list.set_intersection(pl.lit(values, pl.List(pl.String))).list.len() > 0
        missing = cell.list.len() == 0
    else:
        met, missing = _comparable(cell, dtype).is_in(_known(dtype, values).implode()), cell.is_null()
    met = met.fill_null(value=False)
    met = met | missing if None in chosen.values else met
    return ~met if chosen.negated else met


def _comparable(cell: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """Numbers of any kind are compared as decimals, so that 1.5 asked of whole numbers finds none."""
    return cell.cast(pl.Float64) if dtype.is_numeric() else cell


def _range(chosen: Filter) -> pl.Expr:
    """Numbers from low to high, both included; a missing one lies in no range."""
    cell = pl.col(chosen.column)
    bounds = [cell >= chosen.low] if chosen.low is not None else []
    bounds += [cell <= chosen.high] if chosen.high is not None else []
    met = pl.all_horizontal(bounds).fill_null(value=False)
    return ~met if chosen.negated else met


def _known(dtype: pl.DataType, values: list[str | int | float]) -> pl.Series:
    """The values the column can hold at all; a value of another report's scale selects nothing."""
    if isinstance(dtype, pl.Enum):
        values = [value for value in values if value in dtype.categories]
    return pl.Series(values, dtype=pl.Float64 if dtype.is_numeric() else dtype, strict=False)
