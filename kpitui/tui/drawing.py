"""How what is being read is drawn into the parts of the browse screen."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from textual.timer import Timer
from textual.widgets import Static

from kpitui.output.display import Display
from kpitui.report import columns
from kpitui.report.model import Table
from kpitui.text.fold import fold
from kpitui.text.prose import Line
from kpitui.tui import frame, pages
from kpitui.tui.answers import Answers
from kpitui.tui.commands import Command, here
from kpitui.tui.engine import Asked, Engine
from kpitui.tui.pacing import rest
from kpitui.tui.parts import Parts
from kpitui.tui.saying import COUNTING, Saying
from kpitui.tui.tones import contents
from kpitui.tui.widgets.chips import Chips
from kpitui.tui.widgets.grid import Sheet
from kpitui.tui.widgets.page import Build
from kpitui.views.history import Place

if TYPE_CHECKING:
    from kpitui.tui.shell import Shell

_LATE = (0.03, 0.12)
"""Seconds that the cursor must rest before the detail follows, so that fast scrolling stays light: near, and on a slow
line, where a key held down comes every 0.03 seconds and the detail is most of a frame."""


class Drawing:
    """Draws what is being read, as the report answers it, into the parts of the screen; nothing here changes it."""

    def __init__(
        self, parts: Parts, answers: Answers, engine: Engine, saying: Saying, commands: Mapping[str, Command]
    ) -> None:
        self._parts = parts
        self._answers = answers
        self._engine = engine
        self._saying = saying
        self._commands = commands
        self._detail_timer: Timer | None = None

    @property
    def _place(self) -> Place:
        return self._parts.reading.place

    @property
    def _display(self) -> Display:
        return self._answers.display

    def draw(self) -> None:
        """All of it."""
        on_table = self._place.page == "table"
        self._leave_behind()
        self._parts.set_class(not on_table, "-reading")
        if on_table:
            self._draw_table(self._place)
        else:
            self._draw_page(self._place)
        self._draw_bars()

    def _leave_behind(self) -> None:
        """No longer wait for what only shows where the reader was."""
        if self._place.page != "overview":
            self._engine.drop("page")
        if self._place.page != "table" or self._place.spec.table != "audit":
            self._engine.drop("matrix")
        self._engine.drop("look")

    # The table

    def sheet(self) -> Sheet:
        """What the table shows: the rows of the view under its columns."""
        spec, report = self._place.spec, self._answers.report
        shown = tuple(columns.column(spec.table, key) for key in spec.shown_in(report))
        beside = dataclasses.replace(self._display, beside=report.several)
        return Sheet(self._answers.rowset, shown, spec, beside, fold(spec.search))

    def _draw_table(self, place: Place) -> None:
        row = self._answers.row_of(place.row_id)
        self._parts.grid.show(self.sheet(), row, place.column, place.top)
        self.draw_facets()
        self._draw_matrix()

    def draw_facets(self) -> None:
        """The facets beside the table, where they show."""
        self._answers.counts.show(self._place.spec)

    def _draw_matrix(self) -> None:
        """Above the audit's table, how rating and direction go together."""
        shown = self._parts.query_one("#matrix", Static)
        audited = self._place.spec.table == "audit"
        self._parts.query_one("#table").set_class(audited, "-audit")
        if audited:
            display, width = self._display, self._parts.size.width
            asked = Asked((display.report, width), COUNTING, lambda lines: shown.update(contents(lines)))
            self._engine.ask("matrix", asked, lambda: pages.matrix(display, width), threaded=self._answers.large)

    # The pages

    def _draw_page(self, place: Place) -> None:
        page, row = self._parts.page, self._answers.record(place)
        if place.page == "overview" or row is None:
            page.show(self._overview, place.top)
        elif place.page == "record":
            page.show(self._record(row), place.top)
        else:
            self._draw_source(row, place.top)

    def _draw_source(self, row: dict[str, Any], top: int) -> None:
        """The lines that a record is read from, with what stands before them in sight."""
        display, usual = self._display, self._parts.page_width
        lines, first = pages.source(row, display, usual)  # once: of a long source it takes a second
        self._parts.page.show(
            lambda width: lines if width == usual else pages.source(row, display, width)[0], top or max(first - 3, 0)
        )

    def draw_overview(self) -> None:
        """The overview anew, if it is what the reader looks at."""
        if self._place.page == "overview":
            self._parts.page.show(self._overview, self._parts.page.top)

    def _overview(self, width: int) -> list[Line]:
        return self._answers.overview.lines(width, self.draw_overview)

    def _record(self, row: dict[str, Any]) -> Build:
        table = self._place.spec.table
        return lambda width: pages.record(table, row, self._display, width)

    # The detail

    def follow(self) -> None:
        """Let the detail follow once the cursor rests."""
        if self._detail_timer is not None:
            self._detail_timer.stop()
        self._detail_timer = self._parts.set_timer(rest(self._parts.app, *_LATE), self.draw_detail)

    def draw_detail(self) -> None:
        """What the pane below the table tells of the row under the cursor."""
        grid = self._parts.grid
        row = grid.record(grid.row)
        self._parts.detail.show(self._closer(grid.table, row) if row else lambda _: [])
        cast("Shell", self._parts.app).soon_stands()

    def _closer(self, table: Table, row: dict[str, Any]) -> Build:
        """What the pane shows of a row: in the audit its working, else the record.

        The table is the grid's own: a page of another one may already stand before it.
        """
        if table == "audit":
            return lambda width: pages.brief(row, self._display, width)
        return lambda width: pages.record(table, row, self._display, width, whole=False)

    # The lines around

    def _draw_bars(self) -> None:
        reading, display = self._parts.reading, self._display
        headline, tabs = self._parts.bar("headline"), self._parts.bar("tabs")
        headline.left, headline.right = frame.trail(reading, display), frame.standing(display)
        headline.keep_end = len(reading.trail) > 1
        tabs.left = frame.tabs(reading, self._commands, display.lang)
        tabs.right = frame.disagreeing(display)
        self._parts.query_one(Chips).show(*frame.chips(reading.place.spec, self._answers.rowset, display))
        self.draw_footer()

    def draw_footer(self) -> None:
        """What there is to say, or else the keys of the focused pane."""
        footer = self._parts.bar("footer")
        offered = here(self._parts.context, self._commands.values())
        keys = frame.footer(offered, self._parts.size.width, self._display.lang, inside=self._is_inside)
        said = self._saying.now(self._engine.progress)
        footer.keep_end = bool(said)
        footer.left, footer.right = frame.saying(said, keys, self._parts.size.width)

    @property
    def _is_inside(self) -> bool:
        """Whether there is something to step out of."""
        reading = self._parts.reading
        return len(reading.trail) > 1 or self._parts.context == "facets" or bool(reading.place.spec.search)
