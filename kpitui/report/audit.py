"""Which ratings a report's own printed criteria admit for a project, and whether the published one is among them.

The criteria leave two things open, so each project is judged under four readings: an unmeasured KPI is left out or
counts as not met; "worsened" asks for any KPI or for all of them. The line between two levels that share a
condition is a matter of judgement in the printed text: both are admitted, and no threshold is invented.
"""

from __future__ import annotations

from typing import Literal

import polars as pl

from kpitui.dataclass import dataclass
from kpitui.report.column import STATUSES, VERDICTS
from kpitui.report.judge import enum
from kpitui.report.model import CONDITIONS, Metadata


@dataclass(frozen=True)
class Reading:
    """One way to read the criteria: what an unmeasured KPI is, and how many must have worsened."""

    unmeasured: Literal["left_out", "not_met"]
    worsened: Literal["any", "all"]

    @property
    def key(self) -> str:
        """The reading's name in frames and machine formats."""
        return f"{self.unmeasured}/{self.worsened}"


READINGS = (
    Reading("left_out", "any"),
    Reading("left_out", "all"),
    Reading("not_met", "any"),
    Reading("not_met", "all"),
)
_RANKS = pl.List(pl.Int64)
_READING = pl.Struct({"condition": pl.String, "admitted": _RANKS})
_VERDICTS = pl.Enum([value.code for value in VERDICTS])


def audit(projects: pl.DataFrame, kpis: pl.DataFrame, metadata: Metadata) -> pl.DataFrame:
    """Add verdict, admitted, readings, outranked and the KPIs used to the projects.

    `readings` has a field for each of READINGS, with the condition that decided and the ranks it admits;
    `admitted` is every rank that some reading admits.

    Needs the projects' counts by status and rating_rank, and the judged KPIs. Where the report ties no
    condition to any rating there is no audit: verdict and readings are null.
    """
    if not has_profile(metadata):
        return _without_audit(projects, metadata)
    used = kpis.group_by("project_id", maintain_order=True).agg(_forward(), kpis=pl.struct("id", "status"))
    with_used = projects.join(used, left_on="id", right_on="project_id", how="left", maintain_order="left")
    counted = with_used.with_columns(pl.col("forward").fill_null(0))
    readings = pl.struct(_admitted(reading, metadata).alias(reading.key) for reading in READINGS)
    audited = counted.with_columns(readings=readings).with_columns(verdict=_verdict().cast(_VERDICTS))
    return audited.with_columns(_outranked(metadata), admitted=_every_rank()).drop("forward")


def _without_audit(projects: pl.DataFrame, metadata: Metadata) -> pl.DataFrame:
    """The audit's columns with nothing in them."""
    return projects.with_columns(
        _outranked(metadata),
        verdict=pl.lit(None, _VERDICTS),
        readings=pl.lit(None, pl.Struct({reading.key: _READING for reading in READINGS})),
        admitted=pl.lit(None, _RANKS),
        kpis=pl.lit(None, pl.List(pl.Struct({"id": pl.String, "status": enum(STATUSES)}))),
    )


def has_profile(metadata: Metadata) -> bool:
    """Whether the report ties its ratings to conditions, so that there can be an audit."""
    return any(rating.conditions for rating in metadata.ratings)


def _every_rank() -> pl.Expr:
    ranks = [pl.col("readings").struct.field(reading.key).struct.field("admitted") for reading in READINGS]
    empty = pl.lit([], _RANKS)
    return pl.concat_list(each.fill_null(empty) for each in ranks).list.unique().list.sort()


def _forward() -> pl.Expr:
    """How many of a project's KPIs moved the way they are meant to; an unmeasured one never did."""
    aim, change = pl.col("aim"), pl.col("change")
    moved = (pl.when(aim.is_in(["increase", "maintain_above"])).then(change == "up").otherwise(change == "down")) | (
        aim.is_in(["maintain_above", "maintain_below"]) & (pl.col("status") == "met")
    )
    return moved.fill_null(value=False).sum().cast(pl.Int64).alias("forward")


def _admitted(reading: Reading, metadata: Metadata) -> pl.Expr:
    """The condition that decides under a reading, and the ranks it admits; null where no KPI counts.

    That is the first condition that is true and that the report asks for; another one would admit nothing.
    """
    facts = _facts(reading)
    claims = {each: [rating.rank for rating in metadata.ratings if each in rating.conditions] for each in CONDITIONS}
    condition, ranks = pl.lit(None, pl.String), pl.lit(None, _RANKS)
    for code in reversed(CONDITIONS):
        if claims[code]:
            condition = pl.when(facts[code]).then(pl.lit(code)).otherwise(condition)
            ranks = pl.when(facts[code]).then(pl.lit(claims[code], _RANKS)).otherwise(ranks)
    counts = _counted(reading) > 0
    return pl.struct(pl.when(counts).then(condition).alias("condition"), pl.when(counts).then(ranks).alias("admitted"))


def _counted(reading: Reading) -> pl.Expr:
    """How many KPIs a reading counts."""
    every = pl.col("kpi_count")
    return every - pl.col("unmeasured") if reading.unmeasured == "left_out" else every


def _facts(reading: Reading) -> dict[str, pl.Expr]:
    """Each condition as it stands for a project under a reading."""
    met, worsened, counted = pl.col("met"), pl.col("worsened"), _counted(reading)
    return {
        "all_met": met == counted,
        "worsened": worsened > 0 if reading.worsened == "any" else worsened == counted,
        "none_progressed": pl.col("forward") == 0,
        "none_met": met == 0,
        "some_met": met > 0,
        "otherwise": pl.lit(value=True),
    }


def _verdict() -> pl.Expr:
    """Admitted under every reading that applies, under some, or under none."""
    ranks = [pl.col("readings").struct.field(reading.key).struct.field("admitted") for reading in READINGS]
    rank = pl.col("rating_rank")
    admits = [each.list.contains(rank) for each in ranks]
    applies = pl.any_horizontal(each.is_not_null() for each in ranks)
    return (
        pl.when(rank.is_null() | ~applies)
        .then(pl.lit("unrated"))
        .when(pl.all_horizontal(each.fill_null(value=True) for each in admits))
        .then(pl.lit("consistent"))
        .when(pl.any_horizontal(each.fill_null(value=False) for each in admits))
        .then(pl.lit("depends"))
        .otherwise(pl.lit("disagrees"))
    )


def _outranked(metadata: Metadata) -> pl.Expr:
    """For each project, how many others have a lower share met and yet a better rating; null where unrated."""
    rank, share = pl.col("rating_rank"), pl.col("met_share")
    found = pl.lit(None, pl.Int64)
    for each in {rating.rank for rating in metadata.ratings}:
        better = share.filter(rank < each).drop_nulls().sort()
        lower = better.search_sorted(share, side="left").cast(pl.Int64)
        found = pl.when((rank == each) & share.is_not_null()).then(lower).otherwise(found)
    return found.alias("outranked")
