"""Everything the reader chose, as one small frozen value: screen, saved file and command line all read it."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate

from kpitui.dataclass import dataclass
from kpitui.report.columns import usual
from kpitui.report.declared import DEFAULTS, REPORT
from kpitui.report.model import Report, Table

Scalar = str | int | float | None


@dataclass(frozen=True)
class Filter:
    """Rows whose column holds one of the values (None = missing), or lies from low to high; negated, all others.

    A range holds both its ends; an end that is None is open.
    """

    column: str
    values: tuple[Scalar, ...] = ()
    negated: bool = False
    low: float | None = None
    high: float | None = None

    @property
    def ranged(self) -> bool:
        """Whether it asks for a range."""
        return self.low is not None or self.high is not None

    def toggled(self, value: Scalar) -> Filter:
        """With the value added, or taken away if it was there."""
        if value in self.values:
            return replace(self, values=tuple(each for each in self.values if each != value))
        return replace(self, values=(*self.values, value))


@dataclass(frozen=True)
class Sort:
    """One sort key; missing values come last in both orders."""

    column: str
    descending: bool = False


@dataclass(frozen=True)
class ViewSpec:
    """What the reader is looking at.

    `columns` in order, `widths` in cells where the reader set one, `pins` the columns that stay at the left.
    `search` is the text as typed, looked for in one column if `search_in` names one; `where` is an expression of
    polars SQL. `marks` are ids of rows with the reader's note. Every method returns a new value.
    """

    table: Table = "projects"
    search: str = ""
    search_in: str = ""
    where: str = ""
    filters: tuple[Filter, ...] = ()
    sorts: tuple[Sort, ...] = ()
    columns: tuple[str, ...] = ()
    widths: tuple[tuple[str, int], ...] = ()
    pins: tuple[str, ...] = ("id", "name")
    marks: tuple[tuple[str, str], ...] = ()

    @property
    def shown(self) -> tuple[str, ...]:
        """The columns to show, in order: the reader's, else the table's usual ones."""
        return self.columns or DEFAULTS[self.table]

    def shown_in(self, report: Report) -> tuple[str, ...]:
        """The columns to show of that report, in order: where it is several, the usual ones tell them apart."""
        return self.columns or usual(self.table, several=report.several)

    def settled(self, report: Report) -> ViewSpec:
        """With the columns that show of several reports spelled out, and which report it is held at the left.

        So they can be moved, hidden and let go one by one.
        """
        if not report.several or self.columns:
            return self
        return replace(self, columns=self.shown_in(report), pins=(REPORT.key, *self.pins))

    @property
    def narrowed(self) -> bool:
        """Whether anything but the table itself decides which rows show."""
        return bool(self.search or self.where or self.filters)

    def filter_on(self, column: str) -> Filter | None:
        """The filter that facets and flags add values to, if the column has one."""
        return next(
            (each for each in self.filters if each.column == column and not each.negated and not each.ranged), None
        )

    def toggle(self, column: str, value: Scalar) -> ViewSpec:
        """Add the value to the column's filter, or take it away; values of one column mean "or"."""
        old = self.filter_on(column)
        if old is None:
            return self.only(column, (value,))
        new = old.toggled(value)
        kept = tuple(new if each is old else each for each in self.filters)
        return replace(self, filters=tuple(each for each in kept if each.values or each.ranged))

    def only(self, column: str, values: tuple[Scalar, ...]) -> ViewSpec:
        """Only rows with one of these values; whatever was asked of the column before is replaced."""
        others = tuple(each for each in self.filters if each.column != column)
        return replace(self, filters=(*others, Filter(column, values)))

    def but(self, column: str, value: Scalar) -> ViewSpec:
        """All rows but those with this value."""
        old = next((each for each in self.filters if each.column == column and each.negated), None)
        new = old.toggled(value) if old else Filter(column, (value,), negated=True)
        others = tuple(each for each in self.filters if each is not old)
        return replace(self, filters=(*others, new) if new.values else others)

    def within(self, column: str, low: float | None, high: float | None) -> ViewSpec:
        """Only rows whose number lies in the range; the column's earlier range is replaced, an open one removes it."""
        others = tuple(each for each in self.filters if not (each.column == column and each.ranged))
        asked = (Filter(column, low=low, high=high),) if low is not None or high is not None else ()
        return replace(self, filters=(*others, *asked))

    def without_chip(self, index: int) -> ViewSpec:
        """Without what the chip of that place stands for (0 = first): a filter, then the search, then `where`."""
        if index < len(self.filters):
            return replace(self, filters=self.filters[:index] + self.filters[index + 1 :])
        if self.search and index == len(self.filters):
            return replace(self, search="", search_in="")
        return replace(self, where="")

    def with_chip_negated(self, index: int) -> ViewSpec:
        """With the filter or the expression of that place turned round; a search stays as it is."""
        if self.where and index == len(self.filters) + bool(self.search):
            return replace(self, where=_opposite(self.where))
        turned = (
            replace(each, negated=not each.negated) if place == index else each
            for place, each in enumerate(self.filters)
        )
        return replace(self, filters=tuple(turned))

    def cleared(self) -> ViewSpec:
        """With every row of the table, the sort order, columns and marks kept."""
        return replace(self, search="", search_in="", where="", filters=())

    def hidden(self, column: str) -> ViewSpec:
        """Without that column; the last one stays."""
        left = tuple(key for key in self.shown if key != column)
        return replace(self, columns=left) if left else self

    def moved(self, column: str, by: int) -> ViewSpec:
        """With the column moved to the left (negative) or right among its own: the pinned ones, or the others."""
        own = [key for key in self.shown if (key in self.pins) == (column in self.pins)]
        beside = own[max(0, min(own.index(column) + by, len(own) - 1))]
        others = [key for key in self.shown if key != column]
        others.insert(self.shown.index(beside), column)
        return replace(self, columns=tuple(others)) if beside != column else self

    def sized(self, column: str, width: int | None) -> ViewSpec:
        """With the column that many cells wide; None lets it fit again."""
        others = tuple(each for each in self.widths if each[0] != column)
        return replace(self, widths=others if width is None else (*others, (column, max(1, min(width, WIDEST)))))

    def pinned(self, column: str) -> ViewSpec:
        """With the column held at the left, or let go if it was."""
        if column in self.pins:
            return replace(self, pins=tuple(key for key in self.pins if key != column))
        return replace(self, pins=(*self.pins, column))

    def marked(self, row_id: str, note: str | None) -> ViewSpec:
        """With the row marked and the note beside it; None takes the mark away."""
        others = tuple(each for each in self.marks if each[0] != row_id)
        return replace(self, marks=others if note is None else (*others, (row_id, note)))

    def sorted_by(self, column: str) -> ViewSpec:
        """Sort by this column alone: ascending, then descending, then as the report prints it."""
        return replace(self, sorts=_next_sort(self.sorts if len(self.sorts) == 1 else (), column))

    def also_sorted_by(self, column: str) -> ViewSpec:
        """Add the column as the last sort key, or turn it round, or take it away."""
        others = tuple(each for each in self.sorts if each.column != column)
        own = tuple(each for each in self.sorts if each.column == column)
        return replace(self, sorts=(*others, *_next_sort(own, column)))


def _opposite(where: str) -> str:
    """The condition that is true where this one is not; a missing value makes both neither."""
    inner = where.removeprefix(_NOT).removesuffix(")")
    return inner if where == f"{_NOT}{inner})" and _balanced(inner) else f"{_NOT}{where})"


def _balanced(text: str) -> bool:
    """Whether no bracket closes that was not opened before: else `NOT (a) OR (b)` would lose its ends."""
    depths = accumulate((character == "(") - (character == ")") for character in text)
    return all(depth >= 0 for depth in depths)


def _next_sort(sorts: tuple[Sort, ...], column: str) -> tuple[Sort, ...]:
    if Sort(column) in sorts:
        return (Sort(column, descending=True),)
    return () if Sort(column, descending=True) in sorts else (Sort(column),)


_NOT = "NOT ("
WIDEST = 200
"""Cells that a column can be given at the most."""
UNDERPERFORMING = ("worsened", "missed")
"""The statuses that fall short of the target."""
