"""A report in counts: its KPIs by status, and its projects by success, whose rule changes the story and is named."""

from __future__ import annotations

from typing import Literal, get_args

import polars as pl

from kpitui.dataclass import dataclass
from kpitui.report.column import STATUSES
from kpitui.report.model import Report
from kpitui.text.wording import Both

Rule = Literal["all", "majority", "any"]
RULES: tuple[Rule, ...] = get_args(Rule)
WORDS: dict[Rule, Both] = {
    "all": Both("全てのKPIを達成", "all KPIs met"),
    "majority": Both("過半のKPIを達成", "most KPIs met"),
    "any": Both("一つ以上のKPIを達成", "at least one KPI met"),
}


@dataclass(frozen=True)
class Rollup:
    """How many projects are a success by a rule, of those with a measured KPI."""

    rule: Rule
    successes: int
    projects: int


@dataclass(frozen=True)
class Yardstick:
    """A national figure to hold a report against: a ratio, what it is of, by which rule, from where and when."""

    ratio: float
    of: Both
    rule: Rule | None
    source: Both
    date: str


_COUNCIL = Both(
    "経済財政諮問会議 令和6年第15回 参考資料3 7頁",
    "Council on Economic and Fiscal Policy, 15th meeting of 2024, reference material 3, p. 7",
)
YARDSTICKS = (
    Yardstick(0.76, Both("全国の1,788事業", "1,788 projects nationwide"), "any", _COUNCIL, "2024-12-03"),
    Yardstick(
        0.47,
        Both("全国の6,174 KPI", "6,174 KPIs nationwide"),
        None,
        Both("同じ数値についての国会での政府答弁", "government answer in the Diet on the same figures"),
        "2024",
    ),
)
"""For projects (by the rule `any`) and for single KPIs (rule None) of the promotion grant."""


def rollup(projects: pl.DataFrame, rule: Rule) -> Rollup:
    """Count the successes by a rule; an unmeasured KPI is left out, a project without a measured one too."""
    measured = projects.filter(pl.col("met_share").is_not_null())
    share = pl.col("met_share")
    success = {"all": share == 1, "majority": share > 0.5, "any": share > 0}[rule]
    return Rollup(rule, measured.filter(success).height, measured.height)


def counts(report: Report) -> dict[str, int]:
    """How many KPIs have each status, in the registry's order; every screen says it, so that it is kept."""
    statuses = report.kpis["status"]
    return report.memo.get(
        "statuses", "kpis", lambda: {each.code: int((statuses == each.code).sum()) for each in STATUSES}
    )
