"""Going in and out, from tab to tab, and straight to a project."""

from __future__ import annotations

import dataclasses
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from kpitui.output.audit import NO_PROFILE
from kpitui.report.audit import has_profile
from kpitui.report.columns import column
from kpitui.text.wording import Both
from kpitui.tui import frame
from kpitui.tui.actions.kind import Action
from kpitui.tui.palette import choices
from kpitui.views.history import Place, Reading, Tab, kpis_of
from kpitui.views.spec import ViewSpec

if TYPE_CHECKING:
    from kpitui.output.display import Display, Row
    from kpitui.tui.browse import Browse
    from kpitui.tui.shell import Shell

_GO_TO = Both("事業を番号か名前で探す", "find a project by number or name")
_NO_PROJECT = Both("一致する事業はありません", "no project matches")
_MOST = 10_000
"""Projects offered at the most; a search finds the others."""


def enter(browse: Browse) -> None:
    """Into the row under the cursor: a project's KPIs, or its page if it has none, a KPI's page, its source lines."""
    place, row = browse.reading.place, browse.current
    if row is None:
        return
    if place.page == "record":
        inner = Place(place.spec, "source", row["id"], label=frame.source_label(browse.lang))
    elif place.spec.table != "kpis":
        inner = _project(row, place.spec, browse.display_)
    else:
        label = frame.record_label(row, browse.display_, known=_in_project(browse.reading, row["project_id"]))
        inner = Place(place.spec, "record", row["id"], label=label)
    browse.way.go(browse.reading.into(inner))


def _project(row: Row, spec: ViewSpec, display: Display) -> Place:
    """The KPIs of a project of a table; where it has none, as a rating needs no KPI, the project itself."""
    label = frame.project_label(row, display)
    return kpis_of(row["id"], label) if row["kpi_count"] else Place(spec, "record", row["id"], label=label)


def _in_project(reading: Reading, project_id: str) -> bool:
    """Whether the way led through that project."""
    (asked,) = kpis_of(project_id, "").spec.filters
    return any(place.label and asked in place.spec.filters for place in reading.trail)


def out(browse: Browse) -> None:
    """One step out: close the prompt, stop what is worked out, leave the facets, clear the search, then back."""
    place = browse.reading.place
    if browse.prompt.asked:
        browse.prompt.leave()
    elif browse.way.stop():
        return
    elif browse.context == "facets":
        browse.close_facets()
    elif place.page == "table" and place.spec.search:
        browse.way.shape("search", dataclasses.replace(place.spec, search="", search_in=""))
    else:
        browse.way.go(browse.reading.out())


def _tab(tab: Tab) -> Action:
    return lambda browse: browse.way.go(browse.reading.chosen(tab))


def audit(browse: Browse) -> None:
    """To the audit's tab, if the report ties criteria to its ratings."""
    if has_profile(browse.report.metadata):
        browse.way.go(browse.reading.chosen("audit"))
    else:
        browse.tell(NO_PROFILE)


def previous(browse: Browse) -> None:
    """Back to what was looked at before, and forth again."""
    browse.way.go_back()


def go_to(browse: Browse) -> None:
    """Find a project by its number or name and go into it."""
    report = browse.report
    browse.look(lambda: report.projects.head(_MOST).rows(named=True), lambda rows: _offer(browse, rows))


def _offer(browse: Browse, rows: list[dict[str, Any]]) -> None:
    shown = browse.display_
    name = column("projects", "name")
    titles = [f"{shown.short_id(row['id'])} {shown.cell(name, row)}" for row in rows]
    places = [_project(row, ViewSpec("projects"), shown) for row in rows]
    offered = [(title, partial(_open, browse, place)) for title, place in zip(titles, places, strict=True)]
    cast("Shell", browse.app).find(choices(offered), _GO_TO, _NO_PROJECT)


def _open(browse: Browse, place: Place) -> None:
    browse.way.go(browse.reading.at("projects").outermost().into(place))


def behind(browse: Browse, spec: ViewSpec, label: str) -> None:
    """Into the rows behind a figure, as a place of its own."""
    browse.way.go(browse.reading.into(Place(spec, label=label)))


ACTIONS: dict[str, Action] = {
    "enter": enter,
    "out": out,
    "overview": _tab("overview"),
    "projects": _tab("projects"),
    "kpis": _tab("kpis"),
    "audit": audit,
    "previous": previous,
    "go_to": go_to,
}
