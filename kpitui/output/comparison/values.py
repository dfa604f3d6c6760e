"""How the values of both reports read in a comparison: with their units, and what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from kpitui.output import money
from kpitui.output.comparison.wording import ARROW
from kpitui.output.display import MISSING, Display, Row, number
from kpitui.report import likeness
from kpitui.report.columns import column
from kpitui.report.compare import Comparison
from kpitui.report.difference import Difference
from kpitui.report.model import Report
from kpitui.text.wording import Both, Lang

_OF = Both("{actual} / 目標 {target}", "{actual} of {target}")
_IN_UNIT = Both(
    "{unit} (開始 {baseline}、目標 {target}、実績 {actual})",
    "{unit} (baseline {baseline}, target {target}, actual {actual})",
)
_READ_AS = Both("{value} (基準: {basis})", "{value} (basis: {basis})")
_FIGURES = ("unit", "basis", "baseline", "target", "actual", "status")


class Values:
    """The values of one comparison in one language; side 0 is the earlier report, 1 the later one."""

    def __init__(self, comparison: Comparison, lang: Lang, *, ascii_: bool) -> None:
        reports = comparison.a, comparison.b
        self.lang: Lang = lang
        self._displays = [Display(report, lang, ascii_) for report in reports]
        self._kpis = [_kpis(report, ids) for report, ids in zip(reports, _compared(comparison), strict=True)]
        self._projects = [dict(report.projects.select("id", "name").iter_rows()) for report in reports]

    def plain(self, text: str) -> str:
        """Text in ASCII mode where that is asked for."""
        return self._displays[0].text(text)

    def ids(self, *ids: str | None) -> str:
        """Both numbers, or the one if they are the same or alone."""
        told = [display.short_id(each) for display, each in zip(self._displays, ids, strict=True) if each]
        return self.plain(ARROW.join(dict.fromkeys(told)))

    def kpi(self, id_: str, side: int) -> Row:
        """The figures of a KPI that differs, and its project; KeyError where it is none."""
        return self._kpis[side][id_]

    def value(self, found: Difference, side: int) -> str:
        """What one of the reports has in the place of a difference."""
        value = (found.value_a, found.value_b)[side]
        if value is None:
            return MISSING
        return self.plain(self._worded(found, side, value))

    def _worded(self, found: Difference, side: int, value: Any) -> str:
        display = self._displays[side]
        match found.kind:
            case "rating" | "direction":
                gloss = display.gloss(value)
                return f"{display.short(value)} ({gloss})" if gloss else display.short(value)
            case "spend":
                return f"{number(value)} {money.long(display.report.metadata).say(self.lang)}"
            case "aim":
                return column("kpis", "aim").word(value, self.lang)
            case "moved":
                return f"{display.short_id(value)} {self._projects[side].get(value, '')}"
            case "status" | "target" | "restated" | "unit":
                return self._of_kpi(found, side, value)
        return str(value)

    def _of_kpi(self, found: Difference, side: int, value: Any) -> str:
        row = self._rows(found)[side]
        match found.kind:
            case "status":
                return self.status(row)
            case "unit":
                return self._in_unit(row, value)
        told = _counted(value, row["unit"]) if found.column != "target_date" else str(value)
        return self._read_as(told, row) if found.kind == "target" and self._differ(found, "basis") else told

    def status(self, row: Row) -> str:
        """How a KPI stands: its status, what was reached, and of what."""
        told = _OF.format(actual=_counted(row["actual"], None), target=_counted(row["target"], row["unit"]))
        return f"{column('kpis', 'status').word(row['status'], self.lang)} ({told.say(self.lang)})"

    def _in_unit(self, row: Row, unit: str) -> str:
        """A unit with the figures that are given in it."""
        told = {each: _counted(row[each], None) for each in ("baseline", "target", "actual")}
        return _IN_UNIT.format(unit=unit, **told).say(self.lang)

    def _read_as(self, told: str, row: Row) -> str:
        """A target with its basis, for where both reports do not mean the same by one."""
        basis = column("kpis", "basis").word(row["basis"], self.lang)
        return _READ_AS.format(value=told, basis=basis).say(self.lang)

    def recounted(self, found: Difference) -> bool:
        """Whether the KPI is counted in another unit than before; one that is only written otherwise is the same."""
        return len({likeness.key(row["unit"] or "") for row in self._rows(found)}) > 1

    def _differ(self, found: Difference, key: str) -> bool:
        return len({row[key] for row in self._rows(found)}) > 1

    def _rows(self, found: Difference) -> list[Row]:
        """The KPI in both reports, or in the one that has it."""
        return [known[key] for known, key in zip(self._kpis, (found.id_a, found.id_b), strict=True) if key]


def _compared(comparison: Comparison) -> tuple[set[str], set[str]]:
    """The ids of the KPIs that differ, in the earlier report and in the later one."""
    kpis = [each for each in comparison.differences if each.table == "kpis"]
    return {each.id_a for each in kpis if each.id_a}, {each.id_b for each in kpis if each.id_b}


def _kpis(report: Report, ids: set[str]) -> Mapping[str, Row]:
    known = pl.col("id").cast(pl.String).is_in(list(ids))
    rows = report.kpis.filter(known).select("id", "project_id", *_FIGURES)
    return {row["id"]: row for row in rows.iter_rows(named=True)}


def _counted(value: Any, unit: str | None) -> str:
    """A number with its unit; a target in words as it is."""
    try:
        told = MISSING if value is None else number(float(value))
    except (ValueError, OverflowError):
        return str(value)
    return f"{told} {unit}" if unit and value is not None else told
