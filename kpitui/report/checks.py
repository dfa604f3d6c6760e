"""The report against itself: printed totals and counts, numbering, repeated texts, and what to mind in its KPIs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import polars as pl

from kpitui.report.check_words import CHECKS, Check
from kpitui.report.model import Fact, Grant, Metadata, Part, Report
from kpitui.text.wording import Both

KPI_LEVEL = (
    "actual_as_change",
    "mixed_bases",
    "target_below_baseline",
    "target_equals_baseline",
    "no_target",
    "not_comparable",
    "published_differs",
    "no_unit",
)


@dataclass(frozen=True)
class Finding:
    """One thing a check found: which check, what exactly, the records concerned and the source lines.

    `report` is the key of the report it was found in, where several are read together.
    """

    check: Check
    detail: Both
    ids: tuple[str, ...]
    lines: tuple[int, ...]
    report: str = ""

    @property
    def weight(self) -> int:
        """3 for what puts figures in doubt, 2 for what changes their reading, 1 for a remark, 0 where all is well."""
        return self.check.weight


def project_notes(projects: pl.DataFrame, kpis: pl.DataFrame, metadata: Metadata) -> pl.DataFrame:
    """The projects with the codes of what is to be minded in them, their KPIs' codes among them."""
    noted = kpis.lazy().filter(pl.col("notes").list.len() > 0)
    below = (
        noted.group_by("project_id")
        .agg(kpi_notes=pl.col("notes").explode(empty_as_null=False).unique(maintain_order=True))
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
    known = [each.text for each in metadata.directions]
    return {
        "duplicated_summary": pl.col("summary").is_not_null() & pl.col("summary").is_duplicated(),
        "number_twice": pl.col("no").is_not_null() & pl.struct("grant", "no").is_duplicated(),
        "rating_outside_scale": pl.col("rating").is_not_null() & rank.is_null() & pl.lit(bool(metadata.ratings)),
        "state_for_rating": pl.col("rating").is_null() & pl.col("rating_text").is_not_null(),
        "direction_outside_list": ~pl.col("direction").cast(pl.String).is_in(known) & pl.lit(bool(known)),
        "continued_without_effect": (rank == worst) & (outcome == "continue"),
        "ended_though_best": (rank == 1) & (outcome == "end"),
    }


def checks(report: Report) -> list[Finding]:
    """Everything found, heaviest first; what was compared and agrees comes last, so that it is seen to be checked.

    Of several reports read together each is checked by itself.
    """
    alone = () if report.several else (*_grants(report), *_projects(report), *_kpis(report))
    found = [*alone, *(each for part in report.parts for each in _within(part))]
    return sorted(found, key=lambda finding: -finding.weight)


def _within(part: Part) -> Iterator[Finding]:
    """What is found in one of several reports, with the ids that tell its records from the others'."""
    for each in checks(part.report):
        yield replace(each, ids=tuple(map(part.whole_id, each.ids)), report=part.key)


def _grants(report: Report) -> Iterator[Finding]:
    for grant in report.metadata.grants:
        rows = report.projects.filter(pl.col("grant").cast(pl.String) == grant.key)
        spent = int(rows["cost"].sum() or 0)
        yield from _compared("total", grant, grant.total, spent)
        yield from _compared("spend", grant, grant.cost, spent)
        yield from _compared("count", grant, grant.adopted, rows.height)
        yield from _holes(grant, rows["no"].drop_nulls().to_list(), rows["source_line"].drop_nulls().to_list())


def _compared(what: str, grant: Grant, printed: Fact | None, found: int) -> Iterator[Finding]:
    """A printed figure beside the one that the table comes to."""
    if printed is not None:
        agrees = int(printed.value) == found
        check = CHECKS[f"{what}_agrees" if agrees else f"{what}_differs"]
        text = f"{grant.name}: {int(printed.value):,} / {found:,}"
        yield Finding(check, Both(text, text), (), (printed.line,))


def _holes(grant: Grant, numbers: Sequence[int], lines: Sequence[int]) -> Iterator[Finding]:
    """The numbers that a grant's numbering leaves out."""
    missing = sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers))
    if missing:
        text = f"{grant.name}: {', '.join(map(str, missing))}"
        yield Finding(CHECKS["numbers_missing"], Both(text, text), (), tuple(lines[:1]))
    elif numbers:
        text = f"{grant.name}: 1-{max(numbers)}"
        yield Finding(CHECKS["numbers_complete"], Both(text, text), (), tuple(lines[:1]))


def _projects(report: Report) -> Iterator[Finding]:
    for code in CHECKS:
        if code not in KPI_LEVEL:
            rows = _noted(report.projects, code)
            for group in _groups(rows, code):
                yield _finding(code, group, "name")


def _groups(rows: pl.DataFrame, code: str) -> Iterable[pl.DataFrame]:
    """The rows that make one finding: those of one summary or of one mixed project together, else each alone."""
    if code == "duplicated_summary":
        return rows.partition_by("summary", maintain_order=True)
    if code == "number_twice":
        return rows.partition_by("grant", "no", maintain_order=True)
    if code == "mixed_bases":
        return rows.partition_by("project_id", maintain_order=True)
    return rows.iter_slices(1)


def _kpis(report: Report) -> Iterator[Finding]:
    for code in KPI_LEVEL:
        for group in _groups(_noted(report.kpis, code), code):
            yield _finding(code, group, "name")


def _noted(rows: pl.DataFrame, code: str) -> pl.DataFrame:
    return rows.filter(pl.col("notes").list.contains(code))


def _finding(code: str, rows: pl.DataFrame, text: str) -> Finding:
    told = " / ".join(rows[text].to_list())
    return Finding(CHECKS[code], Both(told, told), tuple(rows["id"]), tuple(rows["source_line"].drop_nulls()))
