"""An earlier report and a later one: what differs between the projects and KPIs that stand in both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

import polars as pl

from kpitui.report.difference import CODES, Difference, Of, Value
from kpitui.report.likeness import key
from kpitui.report.model import Rating, Report
from kpitui.report.pairing import Pairs, pair_reports
from kpitui.report.yearly import Yearly, yearly
from kpitui.textfile import is_folder

Row = Mapping[str, Any]
_ByYear = Literal["actuals", "targets"]


@dataclass(frozen=True)
class _Told:
    """A column that is compared, and the kind of a difference in it."""

    kind: str
    table: Of
    column: str


_UNIT = _Told("unit", "kpis", "unit")
_IN_UNITS = ("target", "baseline")
"""Columns whose numbers are in the KPI's unit."""
_COMPARED = (
    _Told("rating", "projects", "rating"),
    _Told("direction", "projects", "direction"),
    _Told("spend", "projects", "cost"),
    _Told("renamed", "projects", "name"),
    _Told("renamed", "kpis", "name"),
    _Told("target", "kpis", "target"),
    _Told("target", "kpis", "target_date"),
    _Told("restated", "kpis", "baseline"),
    _UNIT,
    _Told("aim", "kpis", "aim"),
    _Told("status", "kpis", "status"),
)


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two reports, which rows of theirs are the same, and what differs, in the order of the kinds.

    `silent` are columns that one of the reports has no value in, `years` those whose actuals both tell, and
    `target_years` those whose targets both tell year by year; what they do not both tell is not compared.
    """

    a: Report
    b: Report
    pairs: Pairs
    differences: tuple[Difference, ...]
    silent: tuple[str, ...]
    years: tuple[int, ...]
    target_years: tuple[int, ...]

    def of(self, kind: str) -> list[Difference]:
        """The differences of one kind."""
        return [each for each in self.differences if each.kind == kind]


def compare(a: Report, b: Report) -> Comparison:
    """Compare an earlier report with a later one; reads years.csv of either's folder, with its errors."""
    pairs = pair_reports((a.projects, b.projects), (a.kpis, b.kpis))
    both = _Both(a, b, pairs)
    silent = tuple(dict.fromkeys(each.column for each in _COMPARED if both.silent(each)))
    found = [*_scales(a, b), *both.changed(), *both.of_years(), *both.moved(), *both.alone()]
    ordered = sorted(found, key=lambda each: CODES.index(each.kind))
    return Comparison(a, b, pairs, tuple(ordered), silent, both.common("actuals"), both.common("targets"))


class _Both:
    """Both reports with their pairs, as the rows that are compared."""

    def __init__(self, a: Report, b: Report, pairs: Pairs) -> None:
        self._pairs = {"projects": pairs.projects, "kpis": pairs.kpis}
        stated = all(_stated(report.projects, "rating_text") for report in (a, b))
        projects = _projects(a.projects, texts=stated), _projects(b.projects, texts=stated)
        self._sides = {"projects": projects, "kpis": (_kpis(a.kpis), _kpis(b.kpis))}
        self._years = yearly(a), yearly(b)

    @cached_property
    def _recounted(self) -> frozenset[str]:
        """The earlier ids of KPIs whose unit changed."""
        return frozenset() if self.silent(_UNIT) else frozenset(a["id"] for a, _, _ in self._differing(_UNIT))

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
            told_by_both = _told(column, ours) and _told(column, theirs)
            same = _same(ours[column], theirs[column]) or self._next_years(column, ours, theirs)
            if told_by_both and not same and not self._incomparable(column, ours, theirs):
                yield ours, theirs, sure

    def _incomparable(self, column: str, ours: Row, theirs: Row) -> bool:
        """Whether these are numbers of a KPI whose unit changed: they are no more comparable than 3 m and 300 cm."""
        numbers = _number(ours[column]) and _number(theirs[column])
        return column in _IN_UNITS and numbers and ours["id"] in self._recounted

    def _next_years(self, column: str, ours: Row, theirs: Row) -> bool:
        """Whether these are targets of two years, of a KPI that has another one each year: then none has moved."""
        a, b = self._years
        if column != "target" or a.own == b.own:
            return False
        each_year = ours["id"] in a.each_year or theirs["id"] in b.each_year
        return each_year and _own_years(ours, a) and _own_years(theirs, b)

    def common(self, what: _ByYear) -> tuple[int, ...]:
        """The years of which both reports tell actuals, or targets year by year."""
        a, b = self._years
        if what == "targets" and not (a.each_year or b.each_year):
            return ()
        told = ({year for _, year in getattr(each, what)} for each in (a, b))
        return tuple(sorted(set.intersection(*told)))

    def of_years(self) -> Iterator[Difference]:
        """Actuals and targets of a year that both reports tell, and tell differently."""
        yield from self._of_years("restated", "actual", "actuals", self.common("actuals"))
        own = {each.own for each in self._years}
        others = [year for year in self.common("targets") if {year} != own]  # the other is the KPI's own target
        yield from self._of_years("target", "target", "targets", others)

    def _of_years(self, kind: str, column: str, what: _ByYear, common: Sequence[int]) -> Iterator[Difference]:
        ours, theirs = (getattr(each, what) for each in self._years)
        for place, (a, b) in enumerate(self._of_pairs("kpis", "id") if common else ()):
            for year in common if a not in self._recounted else ():
                told = ours.get((a, year)), theirs.get((b, year))
                if all(told) and told[0][0] != told[1][0]:
                    (value_a, line_a), (value_b, line_b) = told
                    found = self._paired(kind, place, f"{column} {year}", (value_a, value_b))
                    yield replace(found, line_a=line_a, line_b=line_b)

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


def _number(value: Value) -> bool:
    """Whether it is a number, or the text of one."""
    try:
        float(value if value is not None else "")
    except ValueError:
        return False
    return True


def _told(column: str, row: Row) -> bool:
    """Whether the report itself says this: neither an aim inferred from the values, nor an id for want of a name."""
    return not (column == "aim" and row["inferred"]) and not (column == "name" and row["name"] == row["id"])


def _own_years(row: Row, told: Yearly) -> bool:
    """Whether a KPI's target is said of no year but its report's own; none at all says nothing of another either."""
    of_another = row["target"] is not None and row["target_date"] is not None
    return told.own is not None and (not of_another or (row["id"], told.own) in told.targets)


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


def tells_scale(report: Report) -> bool:
    """Whether the report tells its rating scale whole, and not only the levels that some project got."""
    return is_folder(report.folder) and report.metadata.tells_scale


def _scales(a: Report, b: Report) -> Iterator[Difference]:
    """Levels that only one of the two rating scales has, or has at another rank; each as its rank and its words.

    A scale that was put together from the values met says nothing of levels that nobody got, nor by its ranks how
    many lie above: then those that both have are held against each other by their order alone.
    """
    scales = [{key(each.text): each for each in report.metadata.ratings} for report in (a, b)]
    complete = tells_scale(a) and tells_scale(b)
    every = dict.fromkeys(known for scale in scales for known in scale) if all(scales) else {}
    compared = [each for each in every if complete or all(each in scale for scale in scales)]
    places = [_places(scale, compared, ranked=complete) for scale in scales]
    for text in compared:
        if places[0].get(text) != places[1].get(text):
            yield _level(*(scale.get(text) for scale in scales))


def _places(scale: Mapping[str, Rating], texts: Sequence[str], *, ranked: bool) -> dict[str, int]:
    """The rank of each level that the scale has, or its place among these."""
    own = sorted((each for each in texts if each in scale), key=lambda each: scale[each].rank)
    return {each: scale[each].rank if ranked else place for place, each in enumerate(own)}


def _level(a: Rating | None, b: Rating | None) -> Difference:
    told = [(f"{each.rank} {each.text}", each.line) if each else (None, None) for each in (a, b)]
    (value_a, line_a), (value_b, line_b) = told
    return Difference("scale", "report", None, None, None, None, None, "rating", value_a, value_b, line_a, line_b)
