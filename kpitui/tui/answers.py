"""What the open report answers: the rows of views, the counts beside them, the overview; and what of it is known."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import polars as pl

from kpitui.output.display import Display
from kpitui.report.model import Report
from kpitui.report.open import open_reports
from kpitui.report.rollup import RULES, Rule
from kpitui.text.prose import Line
from kpitui.text.wording import Both
from kpitui.tui import pages
from kpitui.tui.engine import Asked, Beside, Engine, Lane, is_large
from kpitui.tui.saying import COUNTING, READING, WORKING_OUT
from kpitui.tui.widgets.facets import Facet, Facets
from kpitui.views.history import Place
from kpitui.views.query import RowSet, select
from kpitui.views.spec import ViewSpec

_ROWS_KEPT = 4
"""Row sets kept of a large report: four bytes a row each, for undo, the way back and Escape in a search."""
_COUNTS_KEPT = 8
"""Views whose counts are kept: a few hundred numbers each, for undo and a filter turned on and off."""


def question(spec: ViewSpec) -> ViewSpec:
    """The view with only what decides its rows and their order; columns, widths, pins and marks do not."""
    return dataclasses.replace(spec, columns=(), widths=(), pins=(), marks=())


def counted(spec: ViewSpec) -> ViewSpec:
    """The view with only what decides the counts beside it."""
    return dataclasses.replace(question(spec), sorts=())


class KnownRows:
    """The rows of the views last shown."""

    def __init__(self) -> None:
        self._found: dict[ViewSpec, RowSet] = {}

    def of(self, spec: ViewSpec) -> RowSet | None:
        """The rows of the view, if they are still known."""
        return self._found.get(question(spec))

    def keep(self, spec: ViewSpec, rows: RowSet) -> None:
        """Remember the rows of a view, and forget those not shown for longest."""
        self._found.pop(question(spec), None)
        self._found[question(spec)] = rows
        while len(self._found) > _ROWS_KEPT:
            del self._found[next(iter(self._found))]


class Counts:
    """The facets' counts beside a view's rows; of a large report those last shown are kept."""

    def __init__(self, display: Display, engine: Engine, facets: Callable[[], Facets]) -> None:
        self._display = display
        self._engine = engine
        self._facets = facets
        self._standing: ViewSpec | None = None
        self._known: dict[ViewSpec, list[Facet]] = {}

    def beside(self, spec: ViewSpec) -> Beside | None:
        """How the facets beside a view's rows are counted; None where none show, or those of a large report are known.

        That they stand already is one way to be known.
        """
        report = self._display.report
        known = is_large(report) and counted(spec) in (self._standing, *self._known)
        if known or not self._facets().display:
            return None
        return Beside((report, counted(spec)), lambda: _facets(report, spec))

    def show(self, spec: ViewSpec) -> None:
        """Show the facets of a view; of a large report once they are counted, and until then as they were.

        Those of another table do not stay.
        """
        if (counting := self.beside(spec)) is not None:
            asked = Asked(counting.key, COUNTING, lambda found: self._stand(spec, found))
            self._engine.ask("counts", asked, counting.work, threaded=is_large(self._display.report))
            self._facets().turn_to(spec.table)
        elif self._facets().display and self._standing != counted(spec):
            self._engine.drop("counts")
            self._stand(spec, self._known[counted(spec)])

    def _stand(self, spec: ViewSpec, found: list[Facet]) -> None:
        self._standing = counted(spec)
        self._known = dict([*self._known.items(), (self._standing, found)][-_COUNTS_KEPT:])
        self._facets().turn_to(spec.table)
        self._facets().show(found, self._display)

    def pend(self) -> None:
        """Leave counts of other rows than those that show not standing, once others have been awaited for a moment."""
        if self._engine.is_late("counts"):
            self._standing = None
            self._facets().pend()


class Overview:
    """The overview's lines, by the `rule` that projects count as successes by; of a large report those last shown."""

    def __init__(self, display: Display, engine: Engine, rule: Rule = "all") -> None:
        self.rule: Rule = rule
        self._display = display
        self._engine = engine
        self._known: dict[tuple[Rule, int], list[Line]] = {}

    def next_rule(self) -> None:
        """Count projects as successes by the next rule."""
        self.rule = RULES[(RULES.index(self.rule) + 1) % len(RULES)]

    def lines(self, width: int, then: Callable[[], None]) -> list[Line]:
        """The lines, each of so many cells.

        Those of a large report may be the ones last worked out, for another width or rule; `then` is called when those
        asked for are there.
        """
        if not is_large(self._display.report):
            return pages.overview(self._display, width, self.rule)
        self.ask("page", width, then)
        return self._known.get((self.rule, width)) or next(iter(self._known.values()), [])

    def ask(self, lane: Lane, width: int, then: Callable[[], None]) -> None:
        """Do something once a large report's lines are known; where they are, at once in the lane of rows, else not."""
        display, rule = self._display, self.rule
        if (rule, width) not in self._known:
            key = (display.report, rule, width)
            asked = Asked(key, WORKING_OUT, lambda lines: self._keep(rule, width, lines, then))
            self._engine.ask(lane, asked, lambda: pages.overview(display, width, rule), threaded=True)
        elif lane == "rows":
            self._engine.drop(lane)
            then()

    def _keep(self, rule: Rule, width: int, lines: list[Line], then: Callable[[], None]) -> None:
        self._known = {(rule, width): lines}
        then()


class Answers:
    """What the open report answers, of which `rowset` are the rows that show; of a large report a thread answers.

    What is waited for is one thing in the engine's lane of rows: a view's rows, the overview or the report anew.
    """

    def __init__(
        self,
        display: Display,
        spec: ViewSpec,
        rowset: RowSet,
        engine: Engine,
        facets: Callable[[], Facets],
        width: Callable[[], int],
    ) -> None:
        """`rowset` are the rows of the view `spec`; `width` tells the cells of a page's line."""
        self._engine = engine
        self._facets = facets
        self._width = width
        self._begin(display, spec, rowset)

    def _begin(self, display: Display, spec: ViewSpec, rowset: RowSet, rule: Rule = "all") -> None:
        """Nothing is known of the report but the rows of one view."""
        self.display = display
        self.rowset = rowset
        self.counts = Counts(display, self._engine, self._facets)
        self.overview = Overview(display, self._engine, rule)
        self._known = KnownRows()
        self._known.keep(spec, rowset)

    @property
    def report(self) -> Report:
        """The open report."""
        return self.display.report

    @property
    def large(self) -> bool:
        """Whether answers are waited for in a thread."""
        return is_large(self.report)

    def record(self, place: Place) -> dict[str, Any] | None:
        """The record that a page shows; None where it shows none."""
        if not place.row_id:
            return None
        found = self.report.frame(place.spec.table).filter(pl.col("id") == place.row_id).rows(named=True)
        return found[0] if found else None

    def row_of(self, row_id: str) -> int:
        """The row of those that show which holds a record; the first where none does."""
        numbers = self.report.frame(self.rowset.table)["id"].index_of(row_id) if row_id else None
        row = None if numbers is None else self.rowset.rows.index_of(numbers)
        return row or 0

    def arrive(self, place: Place, words: Both, then: Callable[[], None]) -> None:
        """Do something once what the place shows is known; what was waited for before is not any more."""
        if place.page == "table":
            self.select(place.spec, words, then)
        elif place.page == "overview" and self.large:
            self.overview.ask("rows", self._width(), then)
        else:
            self._engine.drop("rows")
            then()

    def select(self, spec: ViewSpec, words: Both, then: Callable[[], None]) -> None:
        """Do something once the rows of a view are known; they are `rowset` then. `words` tell what is worked out."""
        report, known = self.report, self._known.of(spec) if self.large else None
        asked = Asked(question(spec), words, lambda rows: self._take(spec, rows, then))
        work = (lambda: select(report, spec)) if known is None else (lambda: known)
        beside = self.counts.beside(spec) if self.large else None
        threaded = self.large and (known is None or beside is not None)
        self._engine.ask("rows", asked, work, threaded=threaded, beside=beside)

    def _take(self, spec: ViewSpec, rows: RowSet, then: Callable[[], None]) -> None:
        if self.large:
            self._known.keep(spec, rows)
        self.rowset = rows
        then()

    def read_again(self, spec: ViewSpec, then: Callable[[], None]) -> None:
        """Do something once the report has been read again, and a view's rows with it.

        A damaged one is complained of, and the old one stays.
        """
        paths = self.report.folders

        def work() -> tuple[Report, RowSet]:
            report = open_reports(paths)
            return report, select(report, spec)

        asked = Asked("reload", READING, lambda found: self._renew(found[0], spec, found[1], then))
        self._engine.ask("rows", asked, work, threaded=self.large)

    def _renew(self, report: Report, spec: ViewSpec, rowset: RowSet, then: Callable[[], None]) -> None:
        self._begin(dataclasses.replace(self.display, report=report), spec, rowset, self.overview.rule)
        then()


def _facets(report: Report, spec: ViewSpec) -> list[Facet]:
    columns_ = pages.offered(report, spec.table)
    counted = pages.facets(report, spec, [each.key for each in columns_])
    return [Facet(each, counted[each.key]) for each in columns_]
