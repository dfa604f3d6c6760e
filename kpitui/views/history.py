"""Where the reader is, the way there, and the way back: places, trails and undo."""

from __future__ import annotations

from dataclasses import field, replace
from typing import Literal

from kpitui.dataclass import dataclass
from kpitui.report.model import Table
from kpitui.views.spec import Filter, Sort, ViewSpec

Page = Literal["table", "overview", "record", "source"]
Tab = Literal["overview", "projects", "kpis", "audit"]
TABS: tuple[Tab, ...] = ("overview", "projects", "kpis", "audit")


USUAL = (ViewSpec("projects"), ViewSpec("kpis"), ViewSpec("audit", sorts=(Sort("verdict"), Sort("met_share"))))
"""How each table opens: the audit with the worst verdicts first, among them the lowest share met."""


@dataclass(frozen=True)
class Place:
    """One thing being looked at, and where the cursor was in it.

    `row_id` is the row under the cursor, on a page the record it shows; `column` the key of the cell under the
    cursor; `top` the first row or line on screen; `label` what the trail calls the place.
    """

    spec: ViewSpec
    page: Page = "table"
    row_id: str = ""
    column: str = ""
    top: int = 0
    label: str = ""


@dataclass(frozen=True)
class Reading:
    """The tab being read and, for each tab, the trail of places the reader went into."""

    tab: Tab
    trails: tuple[tuple[Place, ...], ...]

    @classmethod
    def start(cls, spec: ViewSpec) -> Reading:
        """Every tab at its first place, the one of the view's table open and showing it."""
        firsts = [Place(ViewSpec(), page="overview"), *(Place(usual) for usual in USUAL)]
        return cls("projects", tuple((first,) for first in firsts)).opened(spec)

    @property
    def trail(self) -> tuple[Place, ...]:
        """The places of the open tab, from its table to where the reader is."""
        return self.trails[TABS.index(self.tab)]

    @property
    def place(self) -> Place:
        """Where the reader is."""
        return self.trail[-1]

    def at(self, tab: Tab) -> Reading:
        """With another tab open, as it was left."""
        return replace(self, tab=tab)

    def chosen(self, tab: Tab) -> Reading:
        """With another tab open, as it was left; the one that is open already at its own table."""
        return self.outermost() if tab == self.tab else self.at(tab)

    def into(self, place: Place) -> Reading:
        """One step further in; the marks on the place's table go along."""
        return self._with_trail((*self.trail, _marked(place, place.spec.table, self._marks(place.spec.table))))

    def out(self) -> Reading:
        """One step back out; at the tab's own table nothing changes."""
        return self._with_trail(self.trail[:-1]) if len(self.trail) > 1 else self

    def outermost(self) -> Reading:
        """All the way back out, to the tab's own table."""
        return self._with_trail(self.trail[:1]) if len(self.trail) > 1 else self

    def here(self, place: Place) -> Reading:
        """With the present place replaced."""
        return self._with_trail((*self.trail[:-1], place))

    def opened(self, spec: ViewSpec) -> Reading:
        """With the view open on its own tab, at the beginning of that tab's trail."""
        return self.at(spec.table)._with_trail((Place(spec),))

    def marked(self, spec: ViewSpec) -> Reading:
        """With the marks of that view on every place of its table, for a mark is on a row wherever it shows."""
        trails = tuple(tuple(_marked(place, spec.table, spec.marks) for place in trail) for trail in self.trails)
        return replace(self, trails=trails)

    def _marks(self, table: Table) -> tuple[tuple[str, str], ...]:
        found = [place.spec.marks for trail in self.trails for place in trail if place.spec.table == table]
        return next((marks for marks in found if marks), ())

    def _with_trail(self, trail: tuple[Place, ...]) -> Reading:
        index = TABS.index(self.tab)
        return replace(self, trails=(*self.trails[:index], trail, *self.trails[index + 1 :]))


def _marked(place: Place, table: Table, marks: tuple[tuple[str, str], ...]) -> Place:
    if place.spec.table != table or place.spec.marks == marks:
        return place
    return replace(place, spec=replace(place.spec, marks=marks))


@dataclass(frozen=True)
class History:
    """Readings that were left by a change of the view, newest last, each with the command that left it."""

    past: tuple[tuple[str, Reading], ...] = ()
    future: tuple[tuple[str, Reading], ...] = field(default=())

    def changed(self, command: str, before: Reading) -> History:
        """After a command changed the view; what was undone before can no longer be redone."""
        return History((*self.past, (command, before)))

    def undo(self, now: Reading) -> tuple[str, Reading, History] | None:
        """The command taken back, the reading before it, and the history then; None if there is none."""
        return _step(self.past, self.future, now, backward=True)

    def redo(self, now: Reading) -> tuple[str, Reading, History] | None:
        """The command done again, the reading after it, and the history then; None if there is none."""
        return _step(self.future, self.past, now, backward=False)


def _step(
    source: tuple[tuple[str, Reading], ...], target: tuple[tuple[str, Reading], ...], now: Reading, *, backward: bool
) -> tuple[str, Reading, History] | None:
    if not source:
        return None
    command, reading = source[-1]
    taken, kept = source[:-1], (*target, (command, now))
    return command, reading, History(taken, kept) if backward else History(kept, taken)


def kpis_of(project_id: str, label: str) -> Place:
    """The KPIs of one project, as a place to go into."""
    return Place(ViewSpec("kpis", filters=(Filter("project_id", (project_id,)),)), label=label)
