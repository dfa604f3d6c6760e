"""What a report is: the publication's own statements, and two frames of projects and KPIs."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

from kpitui.dataclass import dataclass
from kpitui.report.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from typing import Any

    import polars as pl

Table = Literal["projects", "kpis", "audit"]
"""The tables a view can be of; the audit looks at the projects with other columns."""

WITHIN = "/"
"""What stands between a part's key, which never holds it, and an id, where several reports are read together."""

CONDITIONS = ("all_met", "worsened", "none_progressed", "none_met", "some_met", "otherwise")
"""What a rating's criterion can ask of a project's KPIs; the first that is true and asked for decides."""
OUTCOMES = ("continue", "end")
"""What a direction can come to."""


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

    @property
    def tells_scale(self) -> bool:
        """Whether the report tells its rating scale whole, by what each level stands for.

        Else its ratings are those that some project got, and nobody knows what lies above or below them.
        """
        return "ratings" not in self.inferred and any(rating.criterion for rating in self.ratings)

    def grant(self, key: str) -> Grant:
        """The grant of that key; KeyError if the report has none."""
        return {grant.key: grant for grant in self.grants}[key]


@dataclass(frozen=True, eq=False)
class Report:
    """A publication, judged: one frame row per project and one per KPI, and the metadata.

    The frames hold the columns of `kpitui.report.columns` plus the raw text of every other cell. `fingerprint` is
    the SHA-256 of the data files, `folder` the report folder or the file they were read from. The projects of a
    large table are only worked out when something asks for them.

    Several reports read together are one Report with `parts`; its ids begin with the part's key and a stroke, and
    what it says of itself is what the parts have in common.
    """

    metadata: Metadata
    kpis: pl.DataFrame
    fingerprint: str
    folder: Path
    work_out_projects: Callable[[], pl.DataFrame]
    parts: tuple[Part, ...] = ()

    @cached_property
    def projects(self) -> pl.DataFrame:
        """A row for each project."""
        return self.work_out_projects()

    @cached_property
    def memo(self) -> Memo:
        """What was worked out of the frames and may be asked for again."""
        return Memo()

    def frame(self, table: Table) -> pl.DataFrame:
        """The frame behind a table's name."""
        return self.kpis if table == "kpis" else self.projects

    @property
    def several(self) -> bool:
        """Whether these are several reports read together."""
        return bool(self.parts)

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders and files that reading it again would open."""
        return tuple(dict.fromkeys(part.report.folder for part in self.parts)) or (self.folder,)

    def part(self, key: str) -> Part:
        """The part of that key; KeyError if there is none."""
        return {part.key: part for part in self.parts}[key]


@dataclass(frozen=True, eq=False)
class Part:
    """One of several reports read together: its key in the column `report`, and the report as read by itself."""

    key: str
    report: Report

    def whole_id(self, own: str) -> str:
        """An id of the part as it reads among those of the other parts."""
        return f"{self.key}{WITHIN}{own}"

    def own(self, row: Mapping[str, Any]) -> Mapping[str, Any]:
        """A row of the whole with the ids that the part itself has."""
        cut = len(self.key) + len(WITHIN)
        return {**row, **{key: row[key][cut:] for key in ("id", "project_id") if key in row}}
