"""What stands on the browse screen, and how it is drawn from what is being read."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, cast

import polars as pl
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import Resize, ScreenResume
from textual.reactive import var
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from kpitui.config import Config
from kpitui.errors import KpituiError
from kpitui.output.display import Display
from kpitui.report import columns
from kpitui.report.model import Report, Table
from kpitui.report.rollup import Rule
from kpitui.text.fold import fold
from kpitui.text.prose import Line
from kpitui.text.wording import Both, Lang
from kpitui.tui import frame, pages
from kpitui.tui.commands import Command, Context, first_key, here
from kpitui.tui.engine import Asked, Beside, Engine, Lane, is_large
from kpitui.tui.pacing import Paced, rest
from kpitui.tui.progress import COUNTING, WORKING_OUT
from kpitui.tui.resizing import Sized
from kpitui.tui.rows import counted
from kpitui.tui.tones import contents
from kpitui.tui.widgets.bar import Bar
from kpitui.tui.widgets.chips import Chips
from kpitui.tui.widgets.facets import Facet, Facets
from kpitui.tui.widgets.grid import Grid, Sheet
from kpitui.tui.widgets.page import Build, Page
from kpitui.tui.widgets.prompt import Prompt
from kpitui.views.history import Place, Reading
from kpitui.views.query import RowSet, select
from kpitui.views.spec import ViewSpec

if TYPE_CHECKING:
    from kpitui.tui.shell import Shell

_KEPT = 8
"""Views whose counts are kept: a few hundred numbers each, for undo and a filter turned on and off."""
_TOO_SMALL = Both("画面が小さすぎます。40×10以上にしてください", "this terminal is too small: make it 40×10 or larger")
_WIDTHS = [(0, "-tiny"), (40, "-narrow"), (120, "-wide")]
_HEIGHTS = [(0, "-flat"), (10, "-low"), (22, "-high"), (32, "-tall")]
_LATE = (0.03, 0.12)
"""Seconds that the cursor must rest before the detail follows, so that fast scrolling stays light: near, and on a slow
line, where a key held down comes every 0.03 seconds and the detail is most of a frame."""


class Drawing(Paced, Sized, Screen[None], inherit_bindings=False):
    """The parts of the browse screen over one report, each drawn from `reading`; nothing here changes it."""

    AUTO_FOCUS = "Grid"
    HORIZONTAL_BREAKPOINTS = _WIDTHS
    VERTICAL_BREAKPOINTS = _HEIGHTS

    reading: var[Reading] = var(Reading.start(ViewSpec()), init=False)

    def __init__(
        self, report: Report, reading: Reading, rowset: RowSet | None, config: Config, commands: Iterable[Command]
    ) -> None:
        super().__init__()
        self.report = report
        self.config = config
        self.lang: Lang = config.language
        self.commands = {command.id: command for command in commands}
        self._key = {each.id: first_key(each) or each.label.say(self.lang) for each in self.commands.values()}
        self.display_ = Display(report, self.lang, config.ascii, config.wide)
        self.rowset: RowSet = select(report, reading.place.spec) if rowset is None else rowset
        self.engine = Engine(self, self._told, self.complain)
        self.set_reactive(Drawing.reading, reading)
        self._rule: Rule = "all"
        self._seen = False
        self._detail_timer: Timer | None = None
        self._message: Line = ()
        self._counted: ViewSpec | None = None
        self._known_counts: dict[ViewSpec, list[Facet]] = {}
        self._overviews: dict[tuple[Rule, int], list[Line]] = {}

    def compose(self) -> ComposeResult:
        """Headline, tabs, chips; facets, table and detail, or a page; prompt and footer."""
        self.add_class(*self._size_classes())
        yield Bar(id="headline")
        yield Bar(id="tabs")
        yield Chips(id="chips")
        with Horizontal(id="body"):
            yield Facets()
            with Vertical(id="table"):
                yield Static(id="matrix", markup=False)
                yield Grid(self._sheet())
                yield Page(id="detail")
        yield Page(id="page")
        yield Prompt()
        yield Bar(id="footer")
        yield Static(_TOO_SMALL.say(self.lang), id="too-small", markup=False)

    def _size_classes(self) -> Iterator[str]:
        """What Textual (8.2.8) says of the size only after the first frame, of which all would then be styled anew."""
        width, height = self.app.size
        for points, cells in ((_WIDTHS, width), (_HEIGHTS, height)):
            yield max(point for point in points if point[0] <= cells)[1]

    def on_screen_resume(self, event: ScreenResume) -> None:
        """The first time all parts have been styled a moment ago; Textual (8.2.8) would do it once more."""
        event.refresh_styles = event.refresh_styles and self._seen
        self._seen = True

    # The parts

    @property
    def grid(self) -> Grid:
        """The table."""
        return self.query_one(Grid)

    @property
    def facets(self) -> Facets:
        """The facets."""
        return self.query_one(Facets)

    @property
    def prompt(self) -> Prompt:
        """The line for typing one thing."""
        return self.query_one(Prompt)

    @property
    def detail(self) -> Page:
        """The pane that follows the cursor."""
        return self.query_one("#detail", Page)

    @property
    def page(self) -> Page:
        """The page that stands in the table's place."""
        return self.query_one("#page", Page)

    @property
    def pane(self) -> Grid | Facets | Page:
        """The pane that keys move in."""
        focused = self.focused
        if isinstance(focused, Grid | Facets | Page):
            return focused
        return self.grid if self.reading.place.page == "table" else self.page

    @property
    def context(self) -> Context:
        """Where the reader is, as commands see it."""
        return "facets" if isinstance(self.focused, Facets) else self.reading.place.page

    @property
    def current(self) -> dict[str, Any] | None:
        """The record under the cursor, or the one a page shows."""
        place = self.reading.place
        if place.page == "table":
            return self.grid.record(self.grid.row)
        if not place.row_id:
            return None
        frame_ = self.report.frame(place.spec.table)
        found = frame_.filter(pl.col("id") == place.row_id).rows(named=True)
        return found[0] if found else None

    # The whole

    def watch_reading(self) -> None:
        """Draw what is now being read."""
        if self.is_mounted:
            self._draw()
            self._focus_main()

    def _focus_main(self) -> None:
        if self.reading.place.page != "table":
            self.page.focus()
        elif not isinstance(self.focused, Facets | Prompt):
            self.set_focus(self.grid)

    @property
    def large(self) -> bool:
        """Whether answers about the report are waited for in a thread."""
        return is_large(self.report)

    def _draw(self) -> None:
        place = self.reading.place
        on_table = place.page == "table"
        self.set_class(not on_table, "-reading")
        if on_table:
            self._draw_table(place)
        else:
            self._draw_page(place)
        self._draw_bars()

    # The table

    def _sheet(self) -> Sheet:
        spec = self.reading.place.spec
        shown = tuple(columns.column(spec.table, key) for key in spec.shown_in(self.report))
        beside = dataclasses.replace(self.display_, beside=self.report.several)
        return Sheet(self.rowset, shown, spec, beside, fold(spec.search))

    def _draw_table(self, place: Place) -> None:
        self.grid.show(self._sheet(), self._row_of(place.row_id), place.column, place.top)
        self._draw_facets()
        self._draw_matrix()

    def _draw_matrix(self) -> None:
        """Above the audit's table, how rating and direction go together."""
        shown = self.query_one("#matrix", Static)
        audited = self.reading.place.spec.table == "audit"
        self.query_one("#table").set_class(audited, "-audit")
        if audited:
            display, width = self.display_, self.size.width
            asked = Asked(width, COUNTING, lambda lines: shown.update(contents(lines)))
            self.engine.ask("matrix", asked, lambda: pages.matrix(display, width), threaded=self.large)

    def _row_of(self, row_id: str) -> int:
        """The row of the view that holds a record; the first where none does."""
        numbers = self.report.frame(self.rowset.table)["id"].index_of(row_id) if row_id else None
        place = None if numbers is None else self.rowset.rows.index_of(numbers)
        return place or 0

    def _draw_facets(self) -> None:
        """The facets that show; of a large report once they are counted, and until then as they were."""
        spec = self.reading.place.spec
        if (counting := self._counting(spec)) is not None:
            asked = Asked(counting.key, COUNTING, lambda found: self._show_facets(spec, found))
            self.engine.ask("counts", asked, counting.work, threaded=self.large)
        elif self.facets.display and self._counted != counted(spec):
            self.engine.drop("counts")
            self._show_facets(spec, self._known_counts[counted(spec)])

    def _counting(self, spec: ViewSpec) -> Beside | None:
        """How the facets beside a view's rows are counted; None where none show, or those of a large report are known.

        That they stand already is one way to be known.
        """
        report, known = self.report, self.large and counted(spec) in (self._counted, *self._known_counts)
        if known or not self.facets.display:
            return None
        return Beside((report, counted(spec)), lambda: _facets(report, spec))

    def _show_facets(self, spec: ViewSpec, found: list[Facet]) -> None:
        self._counted = counted(spec)
        self._known_counts = dict([*self._known_counts.items(), (self._counted, found)][-_KEPT:])
        self.facets.show(found, self.display_)

    # The pages

    def _draw_page(self, place: Place) -> None:
        row = self.current
        if place.page == "overview" or row is None:
            self.page.show(self._overview, place.top)
        elif place.page == "record":
            self.page.show(self._record(row), place.top)
        else:
            first = pages.source(row, self.display_, self.size.width)[1]
            self.page.show(lambda width: pages.source(row, self.display_, width)[0], place.top or max(first - 3, 0))

    def _overview(self, width: int) -> list[Line]:
        """The overview's lines; of a large report those last worked out, until they are for this width and rule."""
        if not self.large:
            return pages.overview(self.display_, width, self._rule)
        self.ask_overview("page", self._rule, width, self._show_overview)
        return self._overviews.get((self._rule, width)) or next(iter(self._overviews.values()), [])

    def _show_overview(self) -> None:
        if self.reading.place.page == "overview":
            self.page.show(self._overview, self.page.top)

    def ask_overview(self, lane: Lane, rule: Rule, width: int, then: Callable[[], None]) -> None:
        """Do something once a large report's overview is known for a rule and a width; at once, nothing, if it is."""
        display = self.display_
        known = self._overviews.get((rule, width))

        def use(lines: list[Line]) -> None:
            self._overviews = {(rule, width): lines}
            then()

        if known is None:
            asked = Asked((rule, width), WORKING_OUT, use)
            self.engine.ask(lane, asked, lambda: pages.overview(display, width, rule), threaded=True)
        elif lane == "rows":
            self.engine.drop(lane)
            then()

    def forget(self) -> None:
        """Forget what was worked out of a report that is no longer read."""
        self._counted, self._known_counts, self._overviews = None, {}, {}

    def _record(self, row: dict[str, Any]) -> Build:
        table = self.reading.place.spec.table
        return lambda width: pages.record(table, row, self.display_, width)

    @on(Grid.Moved)
    def follow(self, event: Grid.Moved) -> None:
        """Let the detail follow once the cursor rests."""
        event.stop()
        if self._detail_timer is not None:
            self._detail_timer.stop()
        self._detail_timer = self.set_timer(rest(self.app, *_LATE), self._draw_detail)

    def _draw_detail(self) -> None:
        row = self.grid.record(self.grid.row)
        self.detail.show(self._closer(self.grid.table, row) if row else lambda _: [])
        cast("Shell", self.app).soon_stands()

    def _closer(self, table: Table, row: dict[str, Any]) -> Build:
        """What the pane shows of a row: in the audit its working, else the record.

        The table is the grid's own: a page of another one may already stand before it.
        """
        if table == "audit":
            return lambda width: pages.brief(row, self.display_, width)
        return lambda width: pages.record(table, row, self.display_, width, whole=False)

    # The lines around

    def _draw_bars(self) -> None:
        self.query_one("#headline", Bar).left = frame.trail(self.reading, self.display_)
        self.query_one("#headline", Bar).keep_end = len(self.reading.trail) > 1
        self.query_one("#headline", Bar).right = frame.standing(self.display_)
        self.query_one("#tabs", Bar).left = frame.tabs(self.reading, self.commands, self.lang)
        self.query_one("#tabs", Bar).right = frame.disagreeing(self.display_)
        chips = self.query_one(Chips)
        chips.show(*frame.chips(self.reading.place.spec, self.rowset, self.display_))
        self._draw_footer()

    def _draw_footer(self) -> None:
        """The keys of the focused pane, or what there is to say."""
        footer = self.query_one("#footer", Bar)
        progress = self.engine.progress
        footer.keep_end = bool(progress or self._message)
        offered = here(self.context, self.commands.values())
        keys = frame.footer(offered, self.size.width, self.lang, inside=self._inside)
        said = frame.sentence(self.display_.text(progress.say(self.lang))) if progress else self._message
        footer.left, footer.right = said or keys[0], keys[1]

    def _told(self) -> None:
        """Say what is being worked out; counts of other rows than those that show are not left standing."""
        self._draw_footer()
        if self.engine.is_late("counts"):
            self._counted = None
            self.facets.pend()

    @property
    def _inside(self) -> bool:
        """Whether there is something to step out of."""
        return len(self.reading.trail) > 1 or self.context == "facets" or bool(self.reading.place.spec.search)

    def on_resize(self, event: Resize) -> None:
        """As many keys as fit; the facets where there is room for them."""
        self._draw_footer()
        self.call_after_refresh(self._draw_facets)

    def on_descendant_focus(self) -> None:
        """The footer tells the keys of the focused pane."""
        self._draw_footer()

    # Saying things

    def tell(self, words: Both, **parts: object) -> None:
        """Say something that is no trouble; `{key[undo]}` in the words stands for the key that undoes."""
        self._message = frame.sentence(self.display_.text(words.format(key=self._key, **parts).say(self.lang)))
        self._draw_footer()

    def add(self, words: Both, **parts: object) -> None:
        """Say something after what has just been said, if anything was."""
        said = "".join(span.text for span in self._message)
        more = words.format(key=self._key, **parts).say(self.lang)
        self._message = frame.sentence(self.display_.text(f"{said}  {more}" if said else more))
        self._draw_footer()

    def announce(self, words: Both, **parts: object) -> None:
        """Say something too long for the footer, such as where a file was written."""
        self.notify(self.display_.text(words.format(**parts).say(self.lang)), markup=False, timeout=10)

    def complain(self, error: KpituiError) -> None:
        """Say what went wrong."""
        self.notify(self.display_.text(error.say(self.lang)), severity="error", markup=False, timeout=10)


def _facets(report: Report, spec: ViewSpec) -> list[Facet]:
    columns_ = pages.offered(report, spec.table)
    counted = pages.facets(report, spec, [each.key for each in columns_])
    return [Facet(each, counted[each.key]) for each in columns_]
