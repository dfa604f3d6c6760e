"""What a column of a table can hold."""

from __future__ import annotations

from enum import StrEnum

from kpitui.text.wording import Both


class Role(StrEnum):
    """What a column holds; `kpis` are several KPIs inside one cell, `ignore` is nothing that a report keeps."""

    NUMBER = "number"
    PROJECT = "project"
    GRANT = "grant"
    DEPARTMENT = "department"
    SUMMARY = "summary"
    COST = "cost"
    RATING = "rating"
    DIRECTION = "direction"
    REASON = "reason"
    KPIS = "kpis"
    INDICATOR = "indicator"
    BASELINE = "baseline"
    TARGET = "target"
    ACTUAL = "actual"
    UNIT = "unit"
    TARGET_DATE = "target_date"
    AIM = "aim"
    PUBLISHED = "published"
    IGNORE = "ignore"

    @property
    def words(self) -> Both:
        """What such a column is called."""
        return _WORDS[self]


_WORDS = {
    Role.NUMBER: Both("番号", "number"),
    Role.PROJECT: Both("事業名", "project"),
    Role.GRANT: Both("交付金", "grant"),
    Role.DEPARTMENT: Both("部局", "department"),
    Role.SUMMARY: Both("概要", "summary"),
    Role.COST: Both("金額", "cost"),
    Role.RATING: Both("評価", "rating"),
    Role.DIRECTION: Both("今後", "direction"),
    Role.REASON: Both("今後の理由", "reason"),
    Role.KPIS: Both("セル内のKPI", "KPIs in one cell"),
    Role.INDICATOR: Both("指標", "indicator"),
    Role.BASELINE: Both("開始値", "baseline"),
    Role.TARGET: Both("目標値", "target"),
    Role.ACTUAL: Both("実績値", "actual"),
    Role.UNIT: Both("単位", "unit"),
    Role.TARGET_DATE: Both("目標年度", "target date"),
    Role.AIM: Both("目指す向き", "aim"),
    Role.PUBLISHED: Both("公表された達成状況", "published achievement"),
    Role.IGNORE: Both("使わない", "not used"),
}
OF_KPI = frozenset(
    {
        Role.INDICATOR,
        Role.BASELINE,
        Role.TARGET,
        Role.ACTUAL,
        Role.UNIT,
        Role.TARGET_DATE,
        Role.AIM,
        Role.PUBLISHED,
    }
)
"""What is said of a KPI; the others are said of its project."""
VALUES = (Role.BASELINE, Role.TARGET, Role.ACTUAL)
"""What is counted or measured."""
OF_PROJECT = frozenset(Role) - OF_KPI - {Role.IGNORE}
