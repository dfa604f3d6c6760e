"""An earlier report and a later one: what differs between the projects and KPIs that stand in both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from kpitui.report import years
from kpitui.report.difference import CODES, Difference, Of, Value
from kpitui.report.likeness import key
from kpitui.report.model import Rating, Report
from kpitui.report.pairing import Pairs, pair_reports

Row = Mapping[str, Any]


@dataclass(frozen=True)
class _Told:
    """A column that is compared, and the kind of a difference in it."""

    kind: str
    table: Of
    column: str


_COMPARED = (
    _Told("rating", "projects", "rating"),
    _Told("direction", "projects", "direction"),
    _Told("spend", "projects", "cost"),
    _Told("renamed", "projects", "name"),
    _Told("renamed", "kpis", "name"),
    _Told("target", "kpis", "target"),
    _Told("target", "kpis", "target_date"),
    _Told("restated", "kpis", "baseline"),
    _Told("unit", "kpis", "unit"),
    _Told("aim", "kpis", "aim"),
    _Told("status", "kpis", "status"),
)


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two reports, which rows of theirs are the same, and what differs, in the order of the kinds.

    `silent` are columns that one of the reports has no value in, and `years` those whose actuals both tell; what
    they do not both tell is not compared.
    """

    a: Report
    b: Report
    pairs: Pairs
    differences: tuple[Difference, ...]
    silent: tuple[str, ...]
    years: tuple[int, ...]

    def of(self, kind: str) -> list[Difference]:
        """The differences of one kind."""
        return [each for each in self.differences if each.kind == kind]


def compare(a: Report, b: Report) -> Comparison:
    """Compare an earlier report with a later one; reads years.csv of either's folder, with its errors."""
    pairs = pair_reports((a.projects, b.projects), (a.kpis, b.kpis))
    both = _Both(a, b, pairs)
    silent = tuple(dict.fromkeys(each.column for each in _COMPARED if both.silent(each)))
    actuals = _actuals(a), _actuals(b)
    common = {year for _, year in actuals[0]} & {year for _, year in actuals[1]}
    found = [*_scales(a, b), *both.changed(), *both.restated(*actuals), *both.moved(), *both.alone()]
    ordered = sorted(found, key=lambda each: CODES.index(each.kind))
    return Comparison(a, b, pairs, tuple(ordered), silent, tuple(sorted(common)))


class _Both:
    """Both reports with their pairs, as the rows that are compared."""

    def __init__(self, a: Report, b: Report, pairs: Pairs) -> None:
        self._pairs = {"projects": pairs.projects, "kpis": pairs.kpis}
        stated = all(_stated(report.projects, "rating_text") for report in (a, b))
        projects = _projects(a.projects, texts=stated), _projects(b.projects, texts=stated)
        self._sides = {"projects": projects, "kpis": (_kpis(a.kpis), _kpis(b.kpis))}

    def silent(self, told: _Told) -> bool:
        """Whether just one of the reports has no value at all in that column."""
        nothing = [side[told.column].null_count() == side.height for side in self._sides[told.table]]
        return any(nothing) and not all(nothing) and all(side.height for side in self._sides[told.table])

    def changed(self) -> Iterator[Difference]:
        """What differs between the cells of paired rows."""
        for told in _COMPARED:
            if not self.silent(told):
                for a, b, sure in self._differing(told):
                    yield _difference(
                        told.kind, told.table, (a, b), sure, told.column, (a[told.column], b[told.column])
                    )

    def _differing(self, told: _Told) -> Iterator[tuple[Row, Row, float]]:
        """The paired rows whose cells are not the same, nor the same text written otherwise."""
        pairs, (a, b) = self._pairs[told.table], self._sides[told.table]
        column = told.column
        differ = a[column].gather(pairs["a"]).ne_missing(b[column].gather(pairs["b"]))
        for row_a, row_b, sure in pairs.filter(differ).iter_rows():
            ours, theirs = a.row(row_a, named=True), b.row(row_b, named=True)
            if not _same(ours[column], theirs[column]) and _told(column, ours) and _told(column, theirs):
                yield ours, theirs, sure

    def restated(
        self, ours: Mapping[tuple[str, int], float], theirs: Mapping[tuple[str, int], float]
    ) -> Iterator[Difference]:
        """Actuals of a year that both reports tell, and tell differently."""
        common = sorted({year for _, year in ours} & {year for _, year in theirs})
        for place, (a, b) in enumerate(self._of_pairs("kpis", "id") if common else ()):
            for year in common:
                values = ours.get((a, year)), theirs.get((b, year))
                if None not in values and values[0] != values[1]:
                    yield self._paired("restated", place, f"actual {year}", values)

    def moved(self) -> Iterator[Difference]:
        """KPIs that stand in another project than before, and not because that project has another number."""
        same = dict(self._of_pairs("projects", "id"))
        for place, (a, b) in enumerate(self._of_pairs("kpis", "project_id")):
            if same.get(a) != b:
                yield self._paired("moved", place, "project_id", (a, b))

    def _of_pairs(self, table: Of, column: str) -> Iterator[tuple[str, str]]:
        """What the two rows of each pair have in a column of texts."""
        pairs, (a, b) = self._pairs[table], self._sides[table]
        return zip(a[column].gather(pairs["a"]), b[column].gather(pairs["b"]), strict=True)

    def _paired(self, kind: str, place: int, column: str, values: Sequence[Value]) -> Difference:
        """A difference between the KPIs of the pair at that place."""
        row_a, row_b, sure = self._pairs["kpis"].row(place)
        a, b = self._sides["kpis"]
        return _difference(kind, "kpis", (a.row(row_a, named=True), b.row(row_b, named=True)), sure, column, values)

    def alone(self) -> Iterator[Difference]:
        """Rows of one report that are in no pair: dropped, or new."""
        tables: tuple[Of, Of] = ("projects", "kpis")
        for table in tables:
            (a, b), pairs = self._sides[table], self._pairs[table]
            for row in _others(a, pairs["a"]).iter_rows(named=True):
                yield _difference("dropped", table, (row, None), None, None, (None, None))
            for row in _others(b, pairs["b"]).iter_rows(named=True):
                yield _difference("new", table, (None, row), None, None, (None, None))


def _stated(rows: pl.DataFrame, column: str) -> bool:
    """Whether a column is there and has a value in any row."""
    return column in rows.columns and rows[column].null_count() < rows.height


def _projects(projects: pl.DataFrame, *, texts: bool) -> pl.DataFrame:
    """The cells of projects that are compared, as plain texts and numbers.

    With `texts`, what is printed in the place of a rating (a state, say) stands where there is none.
    """
    ratings = ("rating", "rating_text") if texts else ("rating",)
    return projects.select(
        *_texts("id", "name", "direction"), "cost", "source_line", rating=pl.coalesce(_texts(*ratings))
    )


def _kpis(kpis: pl.DataFrame) -> pl.DataFrame:
    """The cells of KPIs that are compared; a target in words stands where there is no number."""
    absent = [each for each in ("target_text", "target_date") if each not in kpis.columns]
    rows = kpis.with_columns(pl.lit(None, pl.String).alias(each) for each in absent)
    return rows.select(
        *_texts("id", "project_id", "name", "unit", "aim", "status", "target_date"),
        "baseline",
        "source_line",
        target=pl.coalesce(_exact(pl.col("target")), "target_text"),
        inferred=pl.col("notes").list.contains("aim_inferred"),
    )


def _texts(*columns: str) -> list[pl.Expr]:
    return [pl.col(each).cast(pl.String) for each in columns]


def _exact(numbers: pl.Expr) -> pl.Expr:
    """Numbers as texts without what floats add: 16, 10.1."""
    return numbers.cast(pl.String).str.replace(r"\.0$", "")


def _same(one: Value, other: Value) -> bool:
    return isinstance(one, str) and isinstance(other, str) and key(one) == key(other)


def _told(column: str, row: Row) -> bool:
    """Whether the report itself says this: neither an aim inferred from the values, nor an id for want of a name."""
    return not (column == "aim" and row["inferred"]) and not (column == "name" and row["name"] == row["id"])


def _others(rows: pl.DataFrame, paired: pl.Series) -> pl.DataFrame:
    return rows.with_row_index("row").filter(~pl.col("row").is_in(paired.implode()))


def _difference(
    kind: str,
    table: Of,
    rows: tuple[Row | None, Row | None],
    sure: float | None,
    column: str | None,
    values: Sequence[Value],
) -> Difference:
    a, b = ((row["id"], row["name"], row["source_line"]) if row else (None, None, None) for row in rows)
    return Difference(kind, table, a[0], b[0], a[1], b[1], sure, column, values[0], values[1], a[2], b[2])


def _actuals(report: Report) -> dict[tuple[str, int], float]:
    """The actual of each KPI and fiscal year that the report tells, its own year's among them."""
    found: dict[tuple[str, int], float] = {}
    if report.folder.is_dir():
        rows = years.read(report.folder).drop_nulls(["year", "actual"])
        found.update(((kpi, year), actual) for kpi, year, actual in rows.select("kpi_id", "year", "actual").iter_rows())
    own = report.metadata.fiscal_year
    if own:
        told = report.kpis.select(pl.col("id").cast(pl.String), "actual").drop_nulls()
        found.update(((kpi, int(own.value)), actual) for kpi, actual in told.iter_rows())
    return found


def _scales(a: Report, b: Report) -> Iterator[Difference]:
    """Levels that only one of the two rating scales has, or has at another rank; each as its rank and its words.

    A scale that was put together from the values met says nothing of levels that nobody got.
    """
    scales = [{key(each.text): each for each in report.metadata.ratings} for report in (a, b)]
    complete = all(report.folder.is_dir() and "ratings" not in report.metadata.inferred for report in (a, b))
    for text in dict.fromkeys(known for scale in scales for known in scale) if all(scales) else ():
        ours, theirs = (scale.get(text) for scale in scales)
        if (ours and ours.rank) != (theirs and theirs.rank) and (complete or (ours and theirs)):
            yield _level(ours, theirs)


def _level(a: Rating | None, b: Rating | None) -> Difference:
    told = [(f"{each.rank} {each.text}", each.line) if each else (None, None) for each in (a, b)]
    (value_a, line_a), (value_b, line_b) = told
    return Difference("scale", "report", None, None, None, None, None, "rating", value_a, value_b, line_a, line_b)
