"""From a ViewSpec and a Report to the rows it selects, and to the counts beside its facets."""

from __future__ import annotations

from typing import Any

import polars as pl

from kpitui.dataclass import dataclass
from kpitui.errors import UsageError
from kpitui.report.columns import column
from kpitui.report.model import Report, Table
from kpitui.text.wording import Both
from kpitui.views.masks import home, met
from kpitui.views.order import ordered
from kpitui.views.spec import Scalar, ViewSpec

_KEPT = 2
"""Row sets that are kept: a browser asks for the same rows more than once a key, and goes back."""
_PAGE = 32
"""Rows gathered at a time: two screens of the usual size, and 0.4 ms where 128 take 2."""
_NO_VALUE = Both("{key}: 値 {text!r} はありません。あるもの: {known}", "{key}: no value {text!r}; there are {known}")


@dataclass(frozen=True, eq=False)
class RowSet:
    """Which rows of which table a view selects: their numbers in the report's frame, in the view's order."""

    table: Table
    rows: pl.Series
    total: int

    def __len__(self) -> int:
        return len(self.rows)


def select(report: Report, spec: ViewSpec) -> RowSet:
    """The rows that the view selects, in its order; UsageError if its expression cannot be read."""
    asked = (home(spec.table), spec.search, spec.search_in, spec.where, repr(spec.filters), spec.sorts)
    rows = report.memo.get("rows", asked, lambda: _rows(report, spec), _KEPT)
    return RowSet(spec.table, rows, report.frame(spec.table).height)


def _rows(report: Report, spec: ViewSpec) -> pl.Series:
    return ordered(report, spec.table, spec.sorts, met(report, spec))


def gather(report: Report, rowset: RowSet, start: int = 0, stop: int | None = None) -> pl.DataFrame:
    """The frame rows for one stretch of a RowSet; the only place where rows are copied.

    Rows that lie together in the frame, as they do where nothing sorts or filters, are not: a slice takes no threads.
    """
    frame, rows = report.frame(rowset.table), rowset.rows[start : len(rowset) if stop is None else stop]
    together = len(rows) > 0 and rows[-1] - rows[0] == len(rows) - 1 and rows.is_sorted()
    return frame.slice(rows[0], len(rows)) if together else frame[rows]


class Records:
    """The rows of a RowSet one by one, as records; neighbours are gathered with each, and kept."""

    def __init__(self, report: Report, rowset: RowSet) -> None:
        self._report = report
        self._rowset = rowset
        self._pages: dict[int, list[dict[str, Any]]] = {}

    def record(self, row: int) -> dict[str, Any] | None:
        """All cells of a row, counted from 0 in the view's order; None where there is none."""
        if not 0 <= row < len(self._rowset):
            return None
        page, offset = divmod(row, _PAGE)
        if page not in self._pages:
            self._pages[page] = self._gathered(page * _PAGE)
        return self._pages[page][offset]

    def _gathered(self, start: int) -> list[dict[str, Any]]:
        return gather(self._report, self._rowset, start, start + _PAGE).rows(named=True)


def resolve(table: Table, key: str, text: str, report: Report) -> Scalar:
    """What a reader means by a value: its code, its word, the report's own text, its short form or its rank.

    Raises UsageError naming the values there are.
    """
    if text == "null":
        return None
    meanings = _meanings(table, key, report)
    if text not in meanings:
        known = ", ".join([*dict.fromkeys(str(value) for value in meanings.values()), "null"])
        raise UsageError(_NO_VALUE.format(key=key, text=text, known=known))
    return meanings[text]


def _meanings(table: Table, key: str, report: Report) -> dict[str, Scalar]:
    values = column(table, key).values
    if values:
        return {word: value.code for value in values for word in (*value.words, value.code)}
    found: dict[str, Scalar] = {str(value): value for value in report.frame(table)[key].unique().drop_nulls()}
    for grant in report.metadata.grants if key == "grant" else ():
        found |= dict.fromkeys((grant.name, grant.short, grant.key), grant.key)
    for rating in report.metadata.ratings if key == "rating" else ():
        found |= dict.fromkeys((rating.short, str(rating.rank), rating.text), rating.text)
    for direction in report.metadata.directions if key == "direction" else ():
        found |= dict.fromkeys((direction.short, direction.text), direction.text)
    return found
