"""The views that come with kpitui."""

from __future__ import annotations

from dataclasses import dataclass

from kpitui.text.wording import Both
from kpitui.views.spec import UNDERPERFORMING, Filter, ViewSpec


@dataclass(frozen=True)
class BuiltinView:
    """A view under a fixed name, with what it is for."""

    name: str
    note: Both
    spec: ViewSpec


def _by_status(name: str, ja: str, en: str, *statuses: str) -> BuiltinView:
    return BuiltinView(name, Both(ja, en), ViewSpec("kpis", filters=(Filter("status", statuses),)))


BUILTIN: tuple[BuiltinView, ...] = (
    _by_status(
        "underperforming",
        "目標に届かなかったKPI (未達と悪化)",
        "KPIs short of target (missed or worsened)",
        *UNDERPERFORMING,
    ),
    _by_status("worsened", "開始前より悪化したKPI", "KPIs below where they began", "worsened"),
    _by_status("unmeasured", "実績のないKPI", "KPIs without an actual", "unmeasured"),
)


def builtin(name: str) -> BuiltinView | None:
    """The built-in view of that name, if there is one."""
    return next((view for view in BUILTIN if view.name == name), None)
