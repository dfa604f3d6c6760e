"""What is to be minded in a project, as codes: what its own cells earn, and its KPIs."""

from __future__ import annotations

import polars as pl

from kpitui.report.model import Metadata


def project_notes(projects: pl.DataFrame, kpis: pl.DataFrame, metadata: Metadata) -> pl.DataFrame:
    """The projects with the codes of what is to be minded in them, their KPIs' codes among them."""
    noted = kpis.lazy().filter(pl.col("notes").list.len() > 0)
    below = (
        noted.select("project_id", kpi_notes="notes")
        .explode("kpi_notes", empty_as_null=False)
        .group_by("project_id")
        .agg(pl.col("kpi_notes"))
        .with_columns(pl.col("kpi_notes").list.unique(maintain_order=True))
        .collect()
    )
    joined = projects.join(below, left_on="id", right_on="project_id", how="left", maintain_order="left")
    own = pl.concat_list(
        pl.when(condition).then(pl.lit(code)) for code, condition in _conditions(metadata).items()
    ).list.drop_nulls()
    both = pl.concat_list(own, pl.col("kpi_notes").fill_null(pl.lit([], pl.List(pl.String))))
    return joined.with_columns(notes=both).drop("kpi_notes")


def _conditions(metadata: Metadata) -> dict[str, pl.Expr]:
    """The codes that a project's own cells can earn, with the condition of each."""
    outcome = (
        pl.col("direction")
        .cast(pl.String)
        .replace_strict({each.text: each.outcome for each in metadata.directions}, default=None, return_dtype=pl.String)
    )
    rank, worst = pl.col("rating_rank"), max((each.rank for each in metadata.ratings), default=0)
    told = pl.lit(metadata.tells_scale)  # of ratings met alone, the lowest may be a good one, and the best no best
    known = [each.text for each in metadata.directions]
    return {
        "duplicated_summary": pl.col("summary").is_not_null() & pl.col("summary").is_duplicated(),
        "number_twice": pl.col("no").is_not_null() & pl.struct("grant", "no").is_duplicated(),
        "rating_outside_scale": pl.col("rating").is_not_null() & rank.is_null() & pl.lit(bool(metadata.ratings)),
        "state_for_rating": pl.col("rating").is_null() & pl.col("rating_text").is_not_null(),
        "direction_outside_list": ~pl.col("direction").cast(pl.String).is_in(known) & pl.lit(bool(known)),
        "continued_without_effect": told & (rank == worst) & (outcome == "continue"),
        "ended_though_best": told & (rank == 1) & (outcome == "end"),
    }
