"""Everything the reader chose, as one small frozen value: screen, saved file and command line all read it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kpitui.report.columns import DEFAULTS
from kpitui.report.model import Table

Scalar = str | int | float | None


@dataclass(frozen=True)
class Filter:
    """Rows whose column holds one of the values (None = missing), or, negated, none of them."""

    column: str
    values: tuple[Scalar, ...]
    negated: bool = False

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
    `search` is the text as typed, `where` an expression of polars SQL. Every method returns a new value.
    """

    table: Table = "projects"
    search: str = ""
    where: str = ""
    filters: tuple[Filter, ...] = ()
    sorts: tuple[Sort, ...] = ()
    columns: tuple[str, ...] = ()
    widths: tuple[tuple[str, int], ...] = ()
    pins: tuple[str, ...] = ("id", "name")

    @property
    def shown(self) -> tuple[str, ...]:
        """The columns to show, in order: the reader's, else the table's usual ones."""
        return self.columns or DEFAULTS[self.table]

    @property
    def narrowed(self) -> bool:
        """Whether anything but the table itself decides which rows show."""
        return bool(self.search or self.where or self.filters)

    def filter_on(self, column: str) -> Filter | None:
        """The filter that facets and flags add values to, if the column has one."""
        return next((each for each in self.filters if each.column == column and not each.negated), None)

    def toggle(self, column: str, value: Scalar) -> ViewSpec:
        """Add the value to the column's filter, or take it away; values of one column mean "or"."""
        old = self.filter_on(column)
        if old is None:
            return self.only(column, (value,))
        new = old.toggled(value)
        kept = tuple(new if each is old else each for each in self.filters)
        return replace(self, filters=tuple(each for each in kept if each.values))

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

    def without_filter(self, index: int) -> ViewSpec:
        """Without the filter of that place (0 = first)."""
        return replace(self, filters=self.filters[:index] + self.filters[index + 1 :])

    def cleared(self) -> ViewSpec:
        """With every row of the table, the sort order and columns kept."""
        return replace(self, search="", where="", filters=())

    def sorted_by(self, column: str) -> ViewSpec:
        """Sort by this column alone: ascending, then descending, then as the report prints it."""
        return replace(self, sorts=_next_sort(self.sorts if len(self.sorts) == 1 else (), column))

    def also_sorted_by(self, column: str) -> ViewSpec:
        """Add the column as the last sort key, or turn it round, or take it away."""
        others = tuple(each for each in self.sorts if each.column != column)
        own = tuple(each for each in self.sorts if each.column == column)
        return replace(self, sorts=(*others, *_next_sort(own, column)))


def _next_sort(sorts: tuple[Sort, ...], column: str) -> tuple[Sort, ...]:
    if Sort(column) in sorts:
        return (Sort(column, descending=True),)
    return () if Sort(column, descending=True) in sorts else (Sort(column),)


UNDERPERFORMING = ("worsened", "missed")
"""The statuses that fall short of the target."""
