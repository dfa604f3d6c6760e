"""What a report tells of single fiscal years, its own and those in years.csv: actuals, and targets of a year each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import polars as pl

from kpitui.report import years
from kpitui.report.model import Report
from kpitui.textfile import is_folder

Told = Mapping[tuple[str, int], tuple[float, int | None]]
"""A value with its source line, by the KPI's id and the fiscal year."""


@dataclass(frozen=True)
class Yearly:
    """The actuals and targets of a report by year; `own` is the year that the report as a whole is of.

    `each_year` are the KPIs of which it tells targets year by year, so that the next report's target is another one.
    """

    own: int | None
    actuals: Told
    targets: Told
    each_year: frozenset[str]


def yearly(report: Report) -> Yearly:
    """What the report tells by year; reads years.csv of its folder, with its errors."""
    rows = years.read(report.folder) if is_folder(report.folder) else years.parse(report.folder, b"")
    stated = report.metadata.fiscal_year
    own = int(stated.value) if stated else None
    targets = _of_years(rows, "target")
    return Yearly(
        own,
        {**_of_years(rows, "actual"), **_of_own(report.kpis, "actual", own)},
        {**_of_own(_of_no_other_year(report.kpis), "target", own), **targets},
        frozenset(kpi for kpi, _ in targets),
    )


def _of_years(rows: pl.DataFrame, column: Literal["actual", "target"]) -> Told:
    told = rows.drop_nulls(["year", column]).select("kpi_id", "year", column, "source_line")
    return {(kpi, year): (value, line) for kpi, year, value, line in told.iter_rows()}


def _of_own(kpis: pl.DataFrame, column: Literal["actual", "target"], own: int | None) -> Told:
    told = kpis.select(pl.col("id").cast(pl.String), column, "source_line").drop_nulls(column)
    return {} if own is None else {(kpi, own): (value, line) for kpi, value, line in told.iter_rows()}


def _of_no_other_year(kpis: pl.DataFrame) -> pl.DataFrame:
    """The KPIs whose target is not said to be of another year."""
    return kpis.filter(pl.col("target_date").is_null()) if "target_date" in kpis.columns else kpis
