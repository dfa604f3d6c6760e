"""Which columns are offered as facets: the ones a reader asks of first, then every other of few values."""

from __future__ import annotations

import polars as pl

from kpitui.report.column import Column
from kpitui.report.columns import facets, registry
from kpitui.report.model import Report, Table

FEW = 30
"""Different values that a list to choose from may have and still be read."""
_SAMPLE = 5_000
"""Rows that are looked at first: a column of many values shows it there, and the rest need not be counted."""
_OF_WORDS = ("text", "word", "scale", "codes")
"""Kinds whose cells are words. Numbers have ranges, and what is kept as printed has a column of its own."""


def offered(report: Report, table: Table) -> tuple[Column, ...]:
    """The columns of a table that are offered as facets, closed lists before the texts of the report.

    A column is of few values if it has at most `FEW`, and on the average at least two rows have the same.
    """
    return report.memo.get("offered", table, lambda: _found(report, table))


def _found(report: Report, table: Table) -> tuple[Column, ...]:
    first = facets(table, several=report.several)
    frame = report.frame(table)
    others = (each for each in registry(table, several=report.several) if each.facet is None and each.kind in _OF_WORDS)
    few = [each for each in others if _few(frame[each.key])]
    return (*first, *sorted(few, key=lambda each: each.kind == "text"))


def _few(cells: pl.Series) -> bool:
    if cells.null_count() == len(cells) or not _at_most(cells.head(_SAMPLE), FEW):
        return False
    return _at_most(cells, min(FEW, len(cells) // 2))


def _at_most(cells: pl.Series, count: int) -> bool:
    return cells.n_unique() <= count
