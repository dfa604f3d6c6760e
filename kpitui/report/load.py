"""From a report folder to a Report: its tables judged once and joined, few-valued text as ordered enums."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from kpitui.report import folder
from kpitui.report.audit import audit
from kpitui.report.column import STATUSES
from kpitui.report.judge import judge
from kpitui.report.model import Metadata, Report
from kpitui.report.notes import project_notes
from kpitui.report.ordered import belonging, ordered, scales


def load(path: Path) -> Report:
    """Read, check and judge the report folder at `path`.

    Raises InputError where the folder or a file is missing, KpituiError where the data are bad; both name the
    file, and the line and column where there is one.
    """
    tables = folder.read(path)
    metadata = tables.metadata
    kpis = judge(_with_rulings(tables.kpis, tables.projects, metadata))
    projects = judged_projects(tables.projects, kpis, metadata)
    kpis = _with_project(kpis, projects).with_columns(belonging(metadata))
    return Report(metadata, kpis, tables.fingerprint, path, lambda: projects)


def judged_projects(projects: pl.DataFrame, kpis: pl.DataFrame, metadata: Metadata) -> pl.DataFrame:
    """The projects with rank, counts by status, audit, notes and ordered scales."""
    counted = _with_counts(_with_rank(projects, metadata), kpis)
    noted = project_notes(audit(counted, kpis, metadata), kpis, metadata)
    return noted.with_columns(*scales(noted, metadata), belonging(metadata))


def _with_rulings(kpis: pl.DataFrame, projects: pl.DataFrame, metadata: Metadata) -> pl.DataFrame:
    """Add what the report says of aim and basis: a curator's ruling, else the KPI's own column, else the head."""
    grants = {grant.key: grant.aim.value for grant in metadata.grants if grant.aim}
    heads = projects.select(
        project_id="id", aim_head=pl.col("grant").replace_strict(grants, default=None, return_dtype=pl.String)
    )
    rulings = pl.DataFrame(
        [(ruling.kpi, ruling.basis, ruling.aim, ruling.unit) for ruling in metadata.overrides],
        schema={
            "id": pl.String,
            "basis_declared": pl.String,
            "aim_declared": pl.String,
            "unit_declared": pl.String,
        },
        orient="row",
    )
    own = pl.col("aim") if "aim" in kpis.columns else pl.lit(None, pl.String)
    return (
        kpis.join(heads, on="project_id", how="left", maintain_order="left")
        .join(rulings, on="id", how="left", maintain_order="left")
        .with_columns(
            aim_stated=pl.coalesce("aim_declared", own, "aim_head"), unit=pl.coalesce("unit_declared", "unit")
        )
        .with_columns(
            declared=pl.any_horizontal(pl.col("basis_declared", "aim_declared", "unit_declared").is_not_null())
        )
        .drop("aim", "aim_head", "aim_declared", "unit_declared", strict=False)
    )


def _with_rank(projects: pl.DataFrame, metadata: Metadata) -> pl.DataFrame:
    ranks = {rating.text: rating.rank for rating in metadata.ratings}
    rank = pl.col("rating").replace_strict(ranks, default=None, return_dtype=pl.Int64)
    return projects.with_columns(rating_rank=rank)


def _with_counts(projects: pl.DataFrame, kpis: pl.DataFrame) -> pl.DataFrame:
    """Count each project's KPIs by status; its share met is of those measured, null where none was."""
    counts = [(pl.col("status") == status.code).sum().cast(pl.Int64).alias(status.code) for status in STATUSES]
    by_project = kpis.lazy().group_by("project_id").agg(pl.len().cast(pl.Int64).alias("kpi_count"), *counts).collect()
    keys = ["kpi_count", *(status.code for status in STATUSES)]
    measured = pl.col("kpi_count") - pl.col("unmeasured")
    return (
        projects.join(by_project, left_on="id", right_on="project_id", how="left", maintain_order="left")
        .with_columns(pl.col(keys).fill_null(0))
        .with_columns(met_share=pl.when(measured > 0).then(pl.col("met") / measured))
    )


def _with_project(kpis: pl.DataFrame, projects: pl.DataFrame) -> pl.DataFrame:
    """Give each KPI row what is said of its project, so that one table answers for both."""
    said = projects.select(
        "grant",
        "rating",
        "rating_rank",
        "direction",
        "cost",
        project_id="id",
        project_no="no",
        project="name",
    )
    joined = kpis.join(said, on="project_id", how="left", maintain_order="left")
    return joined.with_columns(ordered(joined["unit"]))
