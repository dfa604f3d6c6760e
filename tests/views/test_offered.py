"""Which columns are offered as facets, on the built-in report and on tables made for the question."""

import dataclasses
from collections.abc import Sequence

import polars as pl
import pytest

from kpitui.report.model import Report
from kpitui.views.offered import FEW, offered


def _keys(report: Report, table: str) -> list[str]:
    return [each.key for each in offered(report, table)]  # type: ignore[arg-type]


def _with(report: Report, cells: Sequence[str | None]) -> Report:
    """A report of one KPI per cell, the cells being the names of the projects."""
    kpis = pl.concat([report.kpis] * (len(cells) // len(report.kpis) + 1)).head(len(cells))
    return dataclasses.replace(report, kpis=kpis.with_columns(project=pl.Series(cells, dtype=pl.String)))


def test_every_column_of_few_values_is_offered_and_what_is_asked_first_stands_first(report: Report) -> None:
    # 82 KPIs: 23 projects, 2 grants, few bases and aims; names differ from row to row.
    keys = _keys(report, "kpis")
    assert keys[:6] == ["status", "rating", "direction", "change", "grant", "unit"]
    assert {"basis", "aim", "project", "notes"} <= set(keys)
    assert not {"name", "id", "project_id", "baseline_raw", "cost"} & set(keys)


def test_a_project_has_departments_to_choose_from_but_its_name_and_summary_are_its_own(report: Report) -> None:
    keys = _keys(report, "projects")
    assert keys[:3] == ["verdict", "rating", "direction"]
    assert "department" in keys
    assert not {"name", "summary", "rating_text"} & set(keys)


@pytest.mark.parametrize(("values", "rows", "is_offered"), [(FEW, 60, True), (FEW + 1, 62, False), (30, 59, False)])
def test_few_means_that_they_fit_a_list_and_come_back(report: Report, values: int, rows: int, is_offered: bool) -> None:
    table = _with(report, [f"project {number % values}" for number in range(rows)])
    assert ("project" in _keys(table, "kpis")) == is_offered


def test_values_that_come_late_count_too(report: Report) -> None:
    table = _with(report, ["one"] * 5_000 + [f"project {number}" for number in range(40)])
    assert "project" not in _keys(table, "kpis")


def test_a_column_without_any_value_is_not_offered(report: Report) -> None:
    assert "project" not in _keys(_with(report, [None] * 82), "kpis")
