"""What can differ between two reports: the kinds, in the order in which they are told, and one difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kpitui.text.wording import Both

Value = str | int | float | None
Of = Literal["projects", "kpis", "report"]


@dataclass(frozen=True)
class Kind:
    """A kind of difference: its code, its heading, and how so many of it are counted; English tells one from many."""

    code: str
    heading: Both
    one: Both
    many: Both


def _kind(code: str, ja: str, heading: str, one: str, many: str) -> Kind:
    counted = f"{ja} {{count}}件"
    return Kind(code, Both(ja, heading), Both(counted, f"{{count}} {one}"), Both(counted, f"{{count}} {many}"))


KINDS = (
    _kind(
        "scale", "評価の尺度の違い", "rating scales that differ", "level of rating differs", "levels of rating differ"
    ),
    _kind("rating", "評価の変更", "ratings changed", "rating changed", "ratings changed"),
    _kind("direction", "今後の方針の変更", "directions changed", "direction changed", "directions changed"),
    _kind("status", "状況の変化", "statuses changed", "status changed", "statuses changed"),
    _kind("target", "目標の変更", "targets moved", "target moved", "targets moved"),
    _kind("restated", "過去の値の訂正", "figures restated", "figure restated", "figures restated"),
    _kind("unit", "単位の変更", "units changed", "unit changed", "units changed"),
    _kind("aim", "目指す向きの変更", "aims changed", "aim changed", "aims changed"),
    _kind("spend", "実績額の増減", "spend that differs", "project's spend differs", "projects' spend differs"),
    _kind("renamed", "名称の変更", "names changed", "name changed", "names changed"),
    _kind("moved", "他の事業へ移ったKPI", "KPIs moved to another project", "KPI moved", "KPIs moved"),
    _kind("dropped", "なくなったもの", "dropped", "dropped", "dropped"),
    _kind("new", "新しいもの", "new", "new", "new"),
)
CODES = tuple(kind.code for kind in KINDS)
ALONE = ("dropped", "new")
"""The kinds of what only one of the reports has."""


@dataclass(frozen=True)
class Difference:
    """One difference, with what the earlier report (a) and the later one (b) have in its place.

    `sure` says how sure it is that both are the same project or KPI, from 0.5 to 1; it is None where there is but
    one, or where the report as a whole is meant. A line is that of the publication the row was read from.
    """

    kind: str
    table: Of
    id_a: str | None
    id_b: str | None
    name_a: str | None
    name_b: str | None
    sure: float | None
    column: str | None
    value_a: Value
    value_b: Value
    line_a: int | None
    line_b: int | None
