"""From a ViewSpec and a Report to the rows it selects, and to the counts beside its facets."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from kpitui.errors import UsageError
from kpitui.report.columns import column, registry
from kpitui.report.model import Report, Table
from kpitui.text.fold import fold, fold_expr, pattern
from kpitui.text.wording import Both
from kpitui.views.expression import condition
from kpitui.views.spec import Filter, Scalar, Sort, ViewSpec

_ROW = "__row"

_UNCOUNTABLE = Both("列 {key} の値は数えられません", "the values of column {key} cannot be counted")
_NO_VALUE = Both("{key}: 値 {text!r} はありません。あるもの: {known}", "{key}: no value {text!r}; there are {known}")


@dataclass(frozen=True, eq=False)
class RowSet:
    """Which rows of which table a view selects: their numbers in the report's frame, in the view's order."""

    table: Table
    rows: pl.Series
    total: int

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True)
class Count:
    """A facet's value (None = missing) and how many rows have it under the other filters."""

    value: Scalar
    count: int
    chosen: bool


def select(report: Report, spec: ViewSpec) -> RowSet:
    """The rows that the view selects, in its order; UsageError if its expression cannot be read."""
    frame = report.frame(spec.table)
    query = frame.lazy().with_row_index(_ROW).filter(*_conditions(report, spec))
    rows = _sorted(query, spec.sorts).select(_ROW).collect()[_ROW]
    return RowSet(spec.table, rows, frame.height)


def gather(report: Report, rowset: RowSet, start: int = 0, stop: int | None = None) -> pl.DataFrame:
    """The frame rows for one stretch of a RowSet; the only place where rows are copied."""
    return report.frame(rowset.table)[rowset.rows[start : len(rowset) if stop is None else stop]]


def facet(report: Report, spec: ViewSpec, key: str) -> list[Count]:
    """The values of a column with their counts under all filters but its own, in the column's order.

    Every value of the report and of its scales is listed, counted or not, so that a list keeps its shape while
    one filters; the missing are counted last, if the report has any.
    """
    frame = report.frame(spec.table)
    own = spec.filter_on(key)
    others = replace(spec, filters=tuple(each for each in spec.filters if each is not own))
    counted = _counts(frame.lazy().filter(*_conditions(report, others)), key)
    listed = _counts(frame.lazy(), key)
    dtype = frame.schema[key]
    scale = list(dtype.categories) if isinstance(dtype, pl.Enum) else []
    chosen = own.values if own else ()
    return [Count(value, counted.get(value, 0), value in chosen) for value in dict.fromkeys([*scale, *listed])]


def _counts(rows: pl.LazyFrame, key: str) -> dict[Scalar, int]:
    values = rows.select(key)
    dtype = rows.collect_schema()[key]
    if isinstance(dtype, pl.List):
        values = values.explode(key, empty_as_null=True)
    if isinstance(dtype, pl.Struct) or (isinstance(dtype, pl.List) and dtype.inner.is_nested()):
        raise UsageError(_UNCOUNTABLE.format(key=key))
    counted = values.group_by(key).len().sort(key, nulls_last=True).collect()
    return dict(counted.iter_rows())


def _conditions(report: Report, spec: ViewSpec) -> list[pl.Expr]:
    found = [_condition(report.frame(spec.table).schema[each.column], each) for each in spec.filters]
    if spec.search:
        found.append(_search(report, spec))
    if spec.where:
        found.append(pl.lit(condition(spec.where, report.frame(spec.table))))
    return found


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


def _search(report: Report, spec: ViewSpec) -> pl.Expr:
    """Rows of which a searched column, folded, holds what was typed, folded.

    Texts are scanned as they stand; only those that may hold it are folded and looked at again.
    """
    frame, needle = report.frame(spec.table), fold(spec.search)
    keys = (
        (spec.search_in,)
        if spec.search_in in searchable(spec.table)
        else tuple(each.key for each in registry(spec.table) if each.searched)
    )
    may = frame.lazy().select(met=pl.any_horizontal(_may_hold(frame, key, needle) for key in keys)).collect()["met"]
    rows = may.fill_null(value=False).arg_true()
    folded = [fold_expr(_text(frame, key)).str.contains(needle, literal=True) for key in keys]
    met = frame[rows].select(met=pl.any_horizontal(each.fill_null(value=False) for each in folded))["met"]
    return pl.int_range(pl.len(), dtype=pl.UInt32).is_in(rows.filter(met).implode())


def _may_hold(frame: pl.DataFrame, key: str, needle: str) -> pl.Expr:
    dtype, cell = frame.schema[key], pl.col(key)
    if isinstance(dtype, pl.Enum):
        held = [word for word in dtype.categories if needle in fold(word)]
        return cell.is_in(pl.Series(held, dtype=dtype).implode())
    return _text(frame, key).str.contains(pattern(needle))


def _text(frame: pl.DataFrame, key: str) -> pl.Expr:
    """A column as text; codes parted by blanks."""
    cell = pl.col(key)
    return cell.list.join(" ") if isinstance(frame.schema[key], pl.List) else cell.cast(pl.String)


def searchable(table: Table) -> tuple[str, ...]:
    """The columns that a search can be held to: those of text."""
    every = registry(table, several=True)
    return tuple(each.key for each in every if each.kind in ("id", "text", "raw", "word", "scale", "codes"))


def _sorted(query: pl.LazyFrame, sorts: tuple[Sort, ...]) -> pl.LazyFrame:
    """Missing values last both ways, and the report's own order between equals."""
    by = [_sort_key(each.column) for each in sorts] + [pl.col(_ROW)]
    return query.sort(by, descending=[each.descending for each in sorts] + [False], nulls_last=True)


def _sort_key(key: str) -> pl.Expr:
    """Ids are in the order of the report, not of their letters; what is a list, by how much there is in it."""
    if key == "id":
        return pl.col(_ROW)
    if key == "project_id":
        return pl.col(_ROW).min().over("project_id")
    return {
        "notes": pl.col("notes").list.len(),
        "kpis": pl.col("kpis").list.len(),
        "readings": pl.col("admitted").list.first(),
        "admitted": pl.col("admitted").list.first(),
    }.get(key, pl.col(key))


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
