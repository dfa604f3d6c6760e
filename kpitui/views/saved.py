"""Saved views: one TOML file that a colleague can read, review and open again next year."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Any

import polars as pl

from kpitui.dataclass import dataclass
from kpitui.report.column import Column
from kpitui.report.columns import column
from kpitui.report.model import Report
from kpitui.text.toml import dumps
from kpitui.views.query import gather, select
from kpitui.views.spec import Filter, ViewSpec

SCHEMA = 1
MOST_ROWS = 1000
"""How many rows are written into the file unless the reader asks for more."""


@dataclass(frozen=True)
class SavedView:
    """A view as its file holds it.

    `ids` are the rows it selected when it was saved, `rows` their values then (empty where left out),
    `sha256` the fingerprint of the report they came from.
    """

    name: str
    spec: ViewSpec
    note: str = ""
    report_id: str = ""
    sha256: str = ""
    ids: tuple[str, ...] = ()
    rows: tuple[Mapping[str, Any], ...] = ()


def record(report: Report, spec: ViewSpec, name: str, note: str = "", most_rows: int = MOST_ROWS) -> SavedView:
    """The view together with what it selects today; rows are left out where there are more than `most_rows`."""
    rowset = select(report, spec)
    frame = gather(report, rowset)
    rows = _rows(frame.rows(named=True), spec, spec.shown_in(report)) if len(rowset) <= most_rows else ()
    ids = tuple(frame["id"].to_list())
    return SavedView(name, spec, note, report.metadata.id, report.fingerprint, ids, rows)


def rows_of(report: Report, spec: ViewSpec, ids: Collection[str]) -> tuple[Mapping[str, Any], ...]:
    """Those rows of the view that have one of the ids, as a file holds them."""
    frame = gather(report, select(report, spec))
    wanted = frame.filter(frame["id"].cast(pl.String).is_in(list(ids)))
    return _rows(wanted.rows(named=True), spec, spec.shown_in(report))


def dump(view: SavedView) -> str:
    """The file's text; the same view gives the same bytes."""
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "name": view.name,
        "note": view.note,
        "report": {"id": view.report_id, "sha256": view.sha256},
        **spec_tables(view.spec),
        "expect": {"rows": len(view.ids), "ids": list(view.ids)},
        "row": list(view.rows),
    }
    return dumps({key: value for key, value in document.items() if value != []})


def spec_tables(spec: ViewSpec) -> dict[str, Any]:
    """The tables of the file that hold what the reader chose."""
    return {
        "view": _view_table(spec),
        "filter": [_filter_table(each) for each in spec.filters],
        "sort": [{"column": each.column, "descending": each.descending} for each in spec.sorts],
        "columns": {"shown": list(spec.columns), "pins": list(spec.pins), "widths": dict(spec.widths)},
        "mark": [{"id": row_id, "note": note} for row_id, note in spec.marks],
    }


def _view_table(spec: ViewSpec) -> dict[str, Any]:
    table = {"table": spec.table, "search": spec.search, "where": spec.where}
    return table | ({"search_in": spec.search_in} if spec.search_in else {})


def _filter_table(chosen: Filter) -> dict[str, Any]:
    """A filter as TOML, which has no null: a missing value is a key of its own."""
    values = [each for each in chosen.values if each is not None]
    ends = {key: end for key, end in (("low", chosen.low), ("high", chosen.high)) if end is not None}
    table: dict[str, Any] = {"column": chosen.column, **(ends or {"values": values})}
    if None in chosen.values:
        table["missing"] = True
    if chosen.negated:
        table["negated"] = True
    return table


def _rows(rows: list[dict[str, Any]], spec: ViewSpec, shown: tuple[str, ...]) -> tuple[Mapping[str, Any], ...]:
    """The shown columns of each row, its id and its project always among them; missing values have no key."""
    context = ("id", "project") if spec.table == "kpis" else ("id",)
    keys = tuple(dict.fromkeys((*context, *shown)))
    columns = [column(spec.table, key) for key in keys]
    return tuple(
        {each.key: _tidy(each, row[each.key]) for each in columns if row[each.key] is not None} for row in rows
    )


def _tidy(shown: Column, value: Any) -> Any:
    """Whole numbers without a point; ratios rounded down to four decimals, for readers; nothing missing within."""
    if not isinstance(value, float):
        return _present(value)
    if shown.kind in ("ratio", "share"):
        value = math.floor(float(f"{value * 10_000:.12g}")) / 10_000
    return int(value) if value == int(value) else value


def _present(value: Any) -> Any:
    """Without the keys whose value is missing, at any depth, since TOML has no null."""
    if isinstance(value, dict):
        return {key: _present(inner) for key, inner in value.items() if inner is not None}
    return [_present(inner) for inner in value] if isinstance(value, list) else value
