"""How the KPIs of a report stand."""

from __future__ import annotations

from kpitui.report.columns import STATUSES
from kpitui.report.model import Report


def counts(report: Report) -> dict[str, int]:
    """How many KPIs have each status, in the registry's order; every screen says it, so that it is kept."""
    statuses = report.kpis["status"]
    return report.memo.get(
        "statuses", "kpis", lambda: {each.code: int((statuses == each.code).sum()) for each in STATUSES}
    )
