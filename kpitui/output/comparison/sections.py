"""The differences between two reports in sections, one for each kind, and the pairs to be looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from kpitui.output.comparison.values import Values
from kpitui.output.comparison.wording import COMMA, label, several
from kpitui.output.display import MISSING, Row
from kpitui.report.column import STATUSES
from kpitui.report.compare import Comparison
from kpitui.report.difference import ALONE, KINDS, Difference
from kpitui.report.pairing import SURE
from kpitui.text.wording import Both

_OF_YEAR = {
    "actual": Both("{year}年度の実績", "actual of {year}"),
    "target": Both("{year}年度の目標", "target of {year}"),
}
_RECOUNTED = Both("単位が変わった", "in another unit")
_WITH = Both("{name} (その{kpis}とも: {statuses})", "{name} (with {kpis}: {statuses})")
_UNCERTAIN = Both("対応づけが確実でないもの", "pairs that are not certain")
_RENAMED = Both("対応づけが確実でないもの (名称の変更を含む)", "pairs that are not certain, changed names among them")


@dataclass(frozen=True)
class Entry:
    """One difference as it reads: numbers, name, both values, source lines, and how sure, "" where it is sure."""

    ids: str
    name: str
    a: str
    b: str
    lines: str
    sure: str = ""


@dataclass(frozen=True)
class Section:
    """The entries of one kind under their heading, which says how many they are."""

    heading: str
    entries: Sequence[Entry]


def sections(comparison: Comparison, values: Values) -> Iterator[Section]:
    """A section for each kind of which there is one, then the pairs to be looked at, with changed names."""
    for kind in KINDS:
        found = comparison.of(kind.code) if kind.code != "renamed" else []
        if found:
            entries = (
                _Alone(found, values).entries() if kind.code in ALONE else [_entry(each, values) for each in found]
            )
            yield _section(kind.heading, len(found), entries, values)
    uncertain = list(_uncertain(comparison, values))
    if uncertain:
        yield _section(_RENAMED if comparison.of("renamed") else _UNCERTAIN, len(uncertain), uncertain, values)


def _section(heading: Both, count: int, entries: Sequence[Entry], values: Values) -> Section:
    return Section(f"{heading.say(values.lang)} ({count:,})", entries)


def _entry(found: Difference, values: Values) -> Entry:
    name = found.name_b or found.name_a or ""
    what = _RECOUNTED if found.kind == "status" and values.recounted(found) else _what(found)
    return Entry(
        values.ids(found.id_a, found.id_b),
        values.plain(f"{name}: {what.say(values.lang)}" if what else name),
        values.value(found, 0),
        values.value(found, 1),
        _lines(*_lines_of(found)),
        f"{found.sure:.2f}" if found.sure is not None and found.sure < SURE else "",
    )


def _what(found: Difference) -> Both | None:
    """Which of the KPI's figures differs, where the section's heading does not say it."""
    column, _, year = (found.column or "").partition(" ")
    if year:
        return _OF_YEAR[column].format(year=year)
    return label(column) if found.kind == "restated" or column == "target_date" else None


def _lines_of(found: Difference) -> list[int | None]:
    """Both source lines, or the one where there is but one row."""
    alone = found.value_a is None or found.value_b is None if found.kind == "scale" else found.kind in ALONE
    lines = [found.line_a, found.line_b]
    return [each for each in lines if each is not None] if alone else lines


def _lines(*lines: int | None) -> str:
    return " / ".join(MISSING if each is None else str(each) for each in lines) if any(lines) else ""


class _Alone:
    """Dropped or new rows; the KPIs of a project that is one itself are counted beside it."""

    def __init__(self, found: Sequence[Difference], values: Values) -> None:
        self._values = values
        self._side = 0 if found[0].id_a else 1
        self._projects = {_id(each): each for each in found if each.table == "projects"}
        self._kpis = [each for each in found if each.table == "kpis"]

    def entries(self) -> list[Entry]:
        """The projects, each with its own KPIs, then the KPIs of projects that both reports have."""
        inner: dict[str, list[str]] = {id_: [] for id_ in self._projects}
        others = []
        for each in self._kpis:
            kpi = self._kpi(each)
            if kpi["project_id"] in inner:
                inner[kpi["project_id"]].append(kpi["status"])
            else:
                others.append(self._with_status(each))
        return [*(self._project(each, inner[id_]) for id_, each in self._projects.items()), *others]

    def _kpi(self, found: Difference) -> Row:
        return self._values.kpi(_id(found), self._side)

    def _with_status(self, found: Difference) -> Entry:
        """A KPI with how it stood in its report: one that fell short may be missed by its absence."""
        told = self._values.plain(self._values.status(self._kpi(found)))
        return replace(_entry(found, self._values), a="" if self._side else told, b=told if self._side else "")

    def _project(self, found: Difference, statuses: Sequence[str]) -> Entry:
        entry, lang = _entry(found, self._values), self._values.lang
        counted = several(len(statuses), "KPI", "KPI")
        if not counted:
            return entry
        told = COMMA.say(lang).join(_by_status(Counter(statuses), self._values))
        return replace(entry, name=_WITH.format(name=entry.name, kpis=counted, statuses=told).say(lang))


def _id(found: Difference) -> str:
    """The id of a row that only one of the reports has."""
    return found.id_a or found.id_b or ""


def _by_status(counts: Mapping[str, int], values: Values) -> list[str]:
    return [f"{known.words.say(values.lang)} {counts[known.code]}" for known in STATUSES if counts[known.code]]


def _uncertain(comparison: Comparison, values: Values) -> Iterator[Entry]:
    """The pairs that are not certain, the least certain first."""
    a, b = comparison.a, comparison.b
    for pairs, ours, theirs in (
        (comparison.pairs.projects, a.projects, b.projects),
        (comparison.pairs.kpis, a.kpis, b.kpis),
    ):
        for row_a, row_b, sure in pairs.filter(pl.col("sure") < SURE).sort("sure", "b").iter_rows():
            yield _pair(ours.row(row_a, named=True), theirs.row(row_b, named=True), sure, values)


def _pair(a: Row, b: Row, sure: float, values: Values) -> Entry:
    lines = _lines(a["source_line"], b["source_line"])
    names = values.plain(a["name"]), values.plain(b["name"])
    return Entry(values.ids(a["id"], b["id"]), "", *names, lines, f"{sure:.2f}")
