"""The views that come with kpitui."""

from __future__ import annotations

from collections.abc import Callable

from kpitui.dataclass import dataclass
from kpitui.report.model import Metadata
from kpitui.text.wording import Both
from kpitui.views.spec import UNDERPERFORMING, Filter, Sort, ViewSpec


@dataclass(frozen=True)
class BuiltinView:
    """A view under a fixed name, with what it is for; what it filters by may depend on the report's own words."""

    name: str
    note: Both
    spec: Callable[[Metadata], ViewSpec]


def _by_status(name: str, ja: str, en: str, *statuses: str) -> BuiltinView:
    return BuiltinView(name, Both(ja, en), lambda _: ViewSpec("kpis", filters=(Filter("status", statuses),)))


def _by_verdict(verdict: str, ja: str, en: str) -> BuiltinView:
    spec = ViewSpec("audit", filters=(Filter("verdict", (verdict,)),), sorts=(Sort("met_share"),))
    return BuiltinView(verdict, Both(ja, en), lambda _: spec)


def _continued_though_missed(metadata: Metadata) -> ViewSpec:
    """KPIs that fell short in projects whose direction comes to going on."""
    continuing = tuple(text for text, outcome in _outcomes(metadata).items() if outcome == "continue")
    return ViewSpec("kpis", filters=(Filter("status", UNDERPERFORMING), Filter("direction", continuing)))


def _outcomes(metadata: Metadata) -> dict[str, str | None]:
    """What each direction comes to; by its words where the report says it of none, as a bare table has no place to."""
    stated = {each.text: each.outcome for each in metadata.directions}
    if any(stated.values()):
        return stated
    from kpitui.report.directions import outcome  # noqa: PLC0415 - report folders need none of it

    return {text: outcome(text) for text in stated}


BUILTIN: tuple[BuiltinView, ...] = (
    _by_status(
        "underperforming",
        "目標に届かなかったKPI (未達と悪化)",
        "KPIs short of target (missed or worsened)",
        *UNDERPERFORMING,
    ),
    _by_status("worsened", "開始前より悪化したKPI", "KPIs below where they began", "worsened"),
    _by_status("unmeasured", "実績のないKPI", "KPIs without an actual", "unmeasured"),
    _by_verdict(
        "disagrees", "評価が印字された基準と一致しない事業", "projects whose rating disagrees with the printed criteria"
    ),
    _by_verdict(
        "depends", "評価と基準の一致が読み方による事業", "projects where it depends on how the criteria are read"
    ),
    BuiltinView(
        "continued-though-missed",
        Both("計画通り継続する事業の、目標に届かなかったKPI", "KPIs short of target in projects that continue"),
        _continued_though_missed,
    ),
)


def builtin(name: str) -> BuiltinView | None:
    """The built-in view of that name, if there is one."""
    return next((view for view in BUILTIN if view.name == name), None)
