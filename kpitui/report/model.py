"""What a report is: the publication's own statements, and two frames of projects and KPIs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import polars as pl

Table = Literal["projects", "kpis", "audit"]
"""The tables a view can be of; the audit looks at the projects with other columns."""


@dataclass(frozen=True)
class Fact:
    """One printed statement: its value, the text it was read from, and the line of the source (1 = first)."""

    value: int | str
    raw: str
    line: int


@dataclass(frozen=True)
class Grant:
    """A grant programme and what the publication prints about it.

    Money in thousand yen. `aim` is what the head of the grant's table says its KPIs are meant to do.
    """

    key: str
    name: str
    short: str
    purpose: Fact | None = None
    budget: Fact | None = None
    adopted: Fact | None = None
    cost: Fact | None = None
    table: Fact | None = None
    aim: Fact | None = None
    total: Fact | None = None


@dataclass(frozen=True)
class Rating:
    """One level of the report's own rating scale; rank 1 is the best.

    `conditions` tie the printed criterion to what can be counted, in the words of `kpitui.report.audit`.
    """

    rank: int
    text: str
    short: str
    gloss: str
    line: int
    criterion: Fact | None = None
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Direction:
    """One answer to "what happens next" as the report words it.

    `outcome` is what it comes to for the project, "continue" or "end", where that is known.
    """

    text: str
    short: str
    gloss: str
    outcome: str | None = None


@dataclass(frozen=True)
class Override:
    """A curator's ruling on one KPI, with the reason for it."""

    kpi: str
    note: str
    basis: str | None = None
    aim: str | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Metadata:
    """Everything a report folder's report.toml says.

    `fiscal_year` is the western year, `as_of` a month as YYYY-MM; None where it is not known. `inferred` names the
    fields that the publication does not state and the importer concluded. Costs are in thousands of `currency`, by its
    sign; None is yen.
    """

    id: str
    title: Fact
    publisher: str
    fiscal_year: Fact | None
    as_of: Fact | None
    source_file: str
    source_sha256: str
    inferred: tuple[str, ...] = ()
    evaluation: tuple[Fact, ...] = ()
    grants: tuple[Grant, ...] = ()
    ratings: tuple[Rating, ...] = ()
    directions: tuple[Direction, ...] = ()
    overrides: tuple[Override, ...] = ()
    currency: str | None = None

    def grant(self, key: str) -> Grant:
        """The grant of that key; KeyError if the report has none."""
        return {grant.key: grant for grant in self.grants}[key]


@dataclass(frozen=True, eq=False)
class Report:
    """A publication, judged: one frame row per project and one per KPI, and the metadata.

    The frames hold the columns of `kpitui.report.columns` plus the raw text of every other cell. `fingerprint` is
    the SHA-256 of the data files, `folder` the report folder or the file they were read from. The projects of a
    large table are only worked out when something asks for them.
    """

    metadata: Metadata
    kpis: pl.DataFrame
    fingerprint: str
    folder: Path
    work_out_projects: Callable[[], pl.DataFrame]

    @cached_property
    def projects(self) -> pl.DataFrame:
        """A row for each project."""
        return self.work_out_projects()

    def frame(self, table: Table) -> pl.DataFrame:
        """The frame behind a table's name."""
        return self.kpis if table == "kpis" else self.projects
