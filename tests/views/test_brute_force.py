"""Rows, order, facets and hits against what plain Python makes of the same rows, asked in any order of one report."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from kpitui.report import declared
from kpitui.report.model import Report
from kpitui.text.fold import fold
from kpitui.views import counted
from kpitui.views.counted import facets
from kpitui.views.query import gather, select
from kpitui.views.spec import Filter, Scalar, Sort, ViewSpec

Row = dict[str, Any]

STATUSES = ["worsened", "missed", "met", "unmeasured"]
NOTES = ["no_unit", "declared", "mixed_bases"]
UNITS = ["人", "件", "%"]
KEYS = ("status", "unit", "rank", "notes", "project")
TEXTS = st.text("かがカガｶｷﾞﾟ゙アあーＫkKé\u0301e①1㎡m2株㈱無🈚移住", max_size=6)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "status": st.sampled_from(STATUSES),
            "unit": st.sampled_from(UNITS) | st.none(),
            "rank": st.integers(1, 3) | st.none(),
            "notes": st.lists(st.sampled_from(NOTES), unique=True),
            "project": st.sampled_from(["移住ｶﾞｲﾄﾞ", "がいど", "KPI"]),
            "name": TEXTS,
            "actual": st.sampled_from([-1.0, -0.0, 0.0, 2.5, 10.0]) | st.none(),
        }
    ),
    max_size=12,
)
FILTERS = st.lists(
    st.one_of(
        st.builds(Filter, st.just("status"), st.tuples(st.sampled_from(STATUSES)), st.booleans()),
        st.builds(Filter, st.just("unit"), st.tuples(st.sampled_from([*UNITS, None])), st.booleans()),
        st.builds(Filter, st.just("rank"), st.tuples(st.sampled_from([1, 2, None])), st.booleans()),
        st.builds(Filter, st.just("notes"), st.tuples(st.sampled_from([*NOTES, None])), st.booleans()),
        st.builds(Filter, st.just("actual"), negated=st.booleans(), low=st.sampled_from([-1.0, 0.0, 3.0])),
    ),
    max_size=4,
).map(tuple)
SORTS = st.lists(
    st.builds(Sort, st.sampled_from(["actual", "status", "unit", "rank", "name", "project"]), st.booleans()),
    max_size=3,
    unique_by=lambda sort: sort.column,
).map(tuple)


def _report(like: Report, rows: Sequence[Row]) -> Report:
    types: dict[str, pl.DataType | type[pl.DataType]] = {
        "status": pl.Enum(STATUSES),
        "unit": pl.Enum(UNITS),
        "rank": pl.Int64,
        "notes": pl.List(pl.String),
        # Sorted, as the values of a long column of text are.
        "project": pl.Enum(["KPI", "がいど", "移住ｶﾞｲﾄﾞ"]),
        "name": pl.String,
        "actual": pl.Float64,
    }
    frame = pl.DataFrame(list(rows), schema=types)
    here = {each.key for each in declared.KPIS if each.searched} - set(types)
    absent = dict.fromkeys(here, pl.lit(None, pl.String))
    numbered = frame.with_columns(id=pl.int_range(pl.len()).cast(pl.String), **absent)
    return Report(like.metadata, numbered, "", Path(), lambda: numbered)


def _meets(row: Row, asked: Filter) -> bool:
    value = row[asked.column]
    if asked.low is not None:
        met = value is not None and value >= asked.low
    elif asked.column == "notes":
        met = any(each in value for each in asked.values) or (None in asked.values and not value)
    else:
        met = value in asked.values
    return met != asked.negated


def _numbers(report: Report, spec: ViewSpec) -> list[int]:
    return [int(each) for each in gather(report, select(report, spec))["id"]]


def _in_order(rows: Sequence[Row], sorts: Sequence[Sort]) -> list[int]:
    """By the last key first; Python's sort is stable, in reverse too. The missing come last both ways."""
    numbers = list(range(len(rows)))
    for sort in reversed(sorts):
        known = [each for each in numbers if rows[each][sort.column] is not None]
        missing = [each for each in numbers if rows[each][sort.column] is None]
        numbers = sorted(known, key=lambda each: _rank(rows[each], sort.column), reverse=sort.descending) + missing
    return numbers


def _rank(row: Row, key: str) -> Any:
    scale = {"status": STATUSES, "unit": UNITS}.get(key)
    return row[key] if scale is None else scale.index(row[key])


@given(ROWS, FILTERS, st.lists(SORTS, min_size=1, max_size=4))
def test_rows_stand_in_order_whatever_was_sorted_before(
    report: Report, rows: list[Row], filters: tuple[Filter, ...], orders: list[tuple[Sort, ...]]
) -> None:
    made = _report(report, rows)
    for sorts in orders:
        for asked in ((), filters):
            expected = [each for each in _in_order(rows, sorts) if all(_meets(rows[each], one) for one in asked)]
            assert _numbers(made, ViewSpec("kpis", filters=asked, sorts=sorts)) == expected


@given(ROWS, st.sampled_from(["actual", "rank", "name"]))
def test_turned_round_and_back_equals_keep_the_reports_order(report: Report, rows: list[Row], key: str) -> None:
    made = _report(report, rows)
    for descending in (False, True, False, True):
        sorts = (Sort(key, descending),)
        assert _numbers(made, ViewSpec("kpis", sorts=sorts)) == _in_order(rows, sorts)


@given(ROWS, st.lists(FILTERS, min_size=1, max_size=3), st.sampled_from(["", "か", "移"]))
def test_facets_count_the_rows_that_meet_all_other_filters(
    report: Report, rows: list[Row], steps: list[tuple[Filter, ...]], search: str
) -> None:
    _check_counts(_report(report, rows), rows, steps, search)


@given(ROWS, st.lists(FILTERS, min_size=1, max_size=3), st.sampled_from(["", "か", "移"]))
def test_so_they_do_where_values_are_too_many_to_keep_one_flag_each(
    report: Report, rows: list[Row], steps: list[tuple[Filter, ...]], search: str
) -> None:
    with patch.object(counted, "_FEW", 0):
        _check_counts(_report(report, rows), rows, steps, search)


def _check_counts(made: Report, rows: Sequence[Row], steps: Sequence[tuple[Filter, ...]], search: str) -> None:
    for filters in steps:
        spec = ViewSpec("kpis", search=search, filters=filters)
        for key, counts in facets(made, spec, KEYS).items():
            own = spec.filter_on(key)
            others = [each for each in filters if each is not own]
            kept = [row for row in rows if all(_meets(row, each) for each in others) and _holds(row, search)]
            found = {each.value: each.count for each in counts}
            assert {value: count for value, count in found.items() if count} == _count(kept, key)
            assert {each.value for each in counts if each.chosen} <= set(own.values if own else ())
            assert set(found) >= set(_count(rows, key))


def _count(rows: Sequence[Row], key: str) -> Counter[Scalar]:
    if key == "notes":
        return Counter(note for row in rows for note in row["notes"] or [None])
    return Counter(row[key] for row in rows)


def _holds(row: Row, typed: str) -> bool:
    return any(fold(typed) in fold(row[key] or "") for key in ("name", "project", "unit"))


@given(ROWS, TEXTS.filter(bool))
def test_each_letter_typed_finds_the_rows_whose_folded_text_holds_it_all(
    report: Report, rows: list[Row], typed: str
) -> None:
    made = _report(report, rows)
    for end in range(1, len(typed) + 1):
        expected = [each for each, row in enumerate(rows) if _holds(row, typed[:end])]
        assert _numbers(made, ViewSpec("kpis", search=typed[:end])) == expected


@given(ROWS, st.data())
def test_what_stands_in_a_name_is_found_in_it(report: Report, rows: list[Row], data: st.DataObject) -> None:
    names = [fold(row["name"]) for row in rows if row["name"]]
    if names:
        name = data.draw(st.sampled_from(names))
        part = name[data.draw(st.integers(0, len(name) - 1)) :]
        expected = [each for each, row in enumerate(rows) if fold(part) in fold(row["name"])]
        assert _numbers(_report(report, rows), ViewSpec("kpis", search=part, search_in="name")) == expected


def test_one_column_is_searched_only_in_itself_after_all_were(report: Report) -> None:
    rows = [{"name": "移住", "project": "KPI"}, {"name": "KPI", "project": "移住ｶﾞｲﾄﾞ"}]
    made = _report(
        report, [{**dict.fromkeys(("status", "unit", "rank", "actual")), "notes": [], **row} for row in rows]
    )
    assert _numbers(made, ViewSpec("kpis", search="移")) == [0, 1]
    assert _numbers(made, ViewSpec("kpis", search="移住", search_in="project")) == [1]
    assert _numbers(made, ViewSpec("kpis", search="移住", search_in="name")) == [0]
