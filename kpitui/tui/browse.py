"""The one screen that owns what is being read; everything else draws it or asks it to change."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar, cast

import polars as pl
from textual import on
from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.reactive import var
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from kpitui.config import Config
from kpitui.errors import KpituiError
from kpitui.output import audit
from kpitui.output.display import Display
from kpitui.output.matrix import matrix
from kpitui.output.overview import overview
from kpitui.output.record import record
from kpitui.output.source import source
from kpitui.report import columns
from kpitui.report.model import Report
from kpitui.report.open import open_report
from kpitui.report.rollup import RULES, Rule
from kpitui.text.ambiguous import restored
from kpitui.text.fold import fold
from kpitui.text.prose import Line
from kpitui.text.wording import Both, Lang
from kpitui.tui import clipboard, frame
from kpitui.tui.actions import ACTIONS
from kpitui.tui.commands import Command, Context, first_key, here
from kpitui.tui.keys import printed
from kpitui.tui.palette import Commands
from kpitui.tui.started import first_start
from kpitui.tui.tones import contents
from kpitui.tui.widgets.bar import Bar
from kpitui.tui.widgets.chips import Chips
from kpitui.tui.widgets.facets import Facet, Facets
from kpitui.tui.widgets.grid import Grid, Sheet
from kpitui.tui.widgets.page import Build, Page
from kpitui.tui.widgets.prompt import Prompt
from kpitui.views import saved
from kpitui.views.history import History, Place, Reading
from kpitui.views.query import RowSet, facet, select
from kpitui.views.spec import ViewSpec
from kpitui.views.store import Store

_TOO_SMALL = Both("画面が小さすぎます。40×10以上にしてください", "this terminal is too small: make it 40×10 or larger")
_FIVE_KEYS = Both(
    "{key[enter]} 中へ、{key[facets]} 絞る、{key[search]} 検索、{key[open]} ビュー、{key[help]} ヘルプ",
    "{key[enter]} goes in, {key[facets]} filters, {key[search]} searches, {key[open]} opens views, {key[help]} helps",
)
_UNDO_HINT = Both("{key[undo]} で元に戻せます", "{key[undo]} brings it back")
_SURPRISING = ("clear", "hide", "only", "but")
"""Commands after which a reader may wonder where things went."""
_NOT_HERE = Both("{keys} はここでは使えません", "{keys} does nothing here")
_LATE = 0.03
"""Seconds that the cursor must rest before the detail follows, so that fast scrolling stays light."""


class Browse(Screen[None], inherit_bindings=False):
    """Tables, facets, detail and pages over one report.

    `reading` is the state: what is looked at and the way there. Commands change it by `go` and `shape`.
    """

    AUTO_FOCUS = "Grid"
    COMMANDS: ClassVar[set[Any]] = {Commands}
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (40, "-narrow"), (120, "-wide")]  # noqa: RUF012 - so declared by Screen
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (10, "-low"), (22, "-high"), (32, "-tall")]  # noqa: RUF012

    reading: var[Reading] = var(Reading.start(ViewSpec()), init=False)

    def __init__(
        self,
        report: Report,
        spec: ViewSpec,
        store: Store,
        config: Config,
        commands: Iterable[Command],
        note: str = "",
    ) -> None:
        super().__init__()
        self.report = report
        self.store = store
        self.config = config
        self.lang: Lang = config.language
        self.note = note
        self.commands = {command.id: command for command in commands}
        self._key = {each.id: first_key(each) or each.label.say(self.lang) for each in self.commands.values()}
        self.display_ = Display(report, self.lang, config.ascii, config.wide)
        self.history = History()
        self.rowset: RowSet = select(report, spec)
        self.set_reactive(Browse.reading, Reading.start(spec))
        self.previous = self.reading
        self._rule: Rule = "all"
        self._detail_timer: Timer | None = None
        self._message: Line = ()

    def compose(self) -> ComposeResult:
        """Headline, tabs, chips; facets, table and detail, or a page; prompt and footer."""
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

    def on_mount(self) -> None:
        """Draw the first place."""
        self._draw()
        self._focus_main()
        if first_start():
            self.tell(_FIVE_KEYS)

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
        frame_ = self.report.frame(place.spec.table)
        found = frame_.filter(pl.col("id") == place.row_id).rows(named=True)
        return found[0] if found else None

    # Changing what is read

    def run(self, command: str) -> None:
        """Do what a command's id stands for; what goes wrong is said, and the screen stays.

        What was said before is taken away: a message stands until the next key.
        """
        if self._message:
            self._message = ()
            self._draw_footer()
        if self.context not in self.commands[command].where:
            self.tell(_NOT_HERE, keys=self.keys_of(command) or self.commands[command].label)
            return
        try:
            ACTIONS[command](self)
        except KpituiError as error:
            self.complain(error)

    def action_run(self, *commands: str) -> None:
        """Do the one of a key's commands that belongs to where the reader is."""
        chosen = [each for each in commands if self.context in self.commands[each].where]
        self.run((chosen or commands)[0])

    def keys_of(self, command: str) -> str:
        """The keys of a command as a reader knows them; nothing where it has none."""
        return " ".join(map(printed, self.commands[command].keys))

    def go(self, reading: Reading) -> None:
        """Look at something else; where the reader was is kept for the way back."""
        if reading is self.reading:
            return
        left = self._left_behind()
        self.previous = self.reading.here(left[1])
        self.reading = dataclasses.replace(reading, trails=tuple(map(_with(left), reading.trails)))

    def shape(self, command: str, spec: ViewSpec) -> None:
        """Change the view of this place, as an undoable step."""
        if spec == self.reading.place.spec:
            return
        before = self.remembered()
        self._select(spec)
        self.history = self.history.changed(command, before)
        self.reading = before.here(dataclasses.replace(before.place, spec=spec)).marked(spec)
        if command in _SURPRISING or not len(self.rowset):
            self.tell(_UNDO_HINT)

    def step_back(self) -> str | None:
        """Undo and return the command taken back; None if there is nothing to."""
        return self._step(self.history.undo(self.reading))

    def step_forward(self) -> str | None:
        """Redo and return the command done again; None if there is nothing to."""
        return self._step(self.history.redo(self.reading))

    def _step(self, step: tuple[str, Reading, History] | None) -> str | None:
        if step is None:
            return None
        command, self.reading, self.history = step[0], step[1], step[2]
        return command

    def tell_step(self, words: Both, command: str | None, nothing: Both) -> None:
        """Name the step that was taken, or say that there was none."""
        if command is None:
            self.tell(nothing)
        else:
            self.tell(words, what=self.commands[command].help)

    def _left_behind(self) -> tuple[Place, Place]:
        """The present place as it was entered, and with where the cursor now is."""
        place = self.reading.place
        if place.page != "table":
            return place, dataclasses.replace(place, top=self.page.top)
        row = self.grid.record(self.grid.row)
        row_id = row["id"] if row else ""
        return place, dataclasses.replace(place, row_id=row_id, column=self.grid.column.key, top=self.grid.top)

    def watch_reading(self) -> None:
        """Draw what is now being read."""
        if self.is_mounted:
            self._draw()
            self._focus_main()

    def _focus_main(self) -> None:
        if self.reading.place.page != "table":
            self.page.focus()
        elif not isinstance(self.focused, Facets | Prompt):
            self.grid.focus()

    # Drawing

    def _select(self, spec: ViewSpec) -> None:
        self.rowset = select(self.report, spec)

    def _sheet(self) -> Sheet:
        spec = self.reading.place.spec
        shown = tuple(columns.column(spec.table, key) for key in spec.shown)
        return Sheet(self.rowset, shown, spec, self.display_, fold(spec.search))

    def _draw(self) -> None:
        place = self.reading.place
        on_table = place.page == "table"
        self.set_class(not on_table, "-reading")
        if on_table:
            self._draw_table(place)
        else:
            self._draw_page(place)
        self._draw_bars()

    def _draw_table(self, place: Place) -> None:
        self._select(place.spec)
        self.grid.show(self._sheet(), self._row_of(place.row_id), place.column, place.top)
        self._draw_facets()
        self._draw_matrix()

    def _draw_matrix(self) -> None:
        """Above the audit's table, how rating and direction go together."""
        shown = self.query_one("#matrix", Static)
        audited = self.reading.place.spec.table == "audit"
        self.query_one("#table").set_class(audited, "-audit")
        if audited:
            shown.update(contents(matrix(self.display_, self.size.width)))

    def _row_of(self, row_id: str) -> int:
        """The row of the view that holds a record; the first where none does."""
        numbers = self.report.frame(self.rowset.table)["id"].index_of(row_id) if row_id else None
        place = None if numbers is None else self.rowset.rows.index_of(numbers)
        return place or 0

    def _draw_facets(self) -> None:
        spec = self.reading.place.spec
        if self.facets.display:
            offered = columns.facets(spec.table)
            self.facets.show([Facet(each, facet(self.report, spec, each.key)) for each in offered], self.display_)

    def _draw_page(self, place: Place) -> None:
        row = self.current
        if place.page == "overview" or row is None:
            self.page.show(lambda width: overview(self.display_, width, self._rule), place.top)
        elif place.page == "record":
            self.page.show(self._record(row), place.top)
        else:
            first = source(row, self.display_, self.size.width)[1]
            self.page.show(lambda width: source(row, self.display_, width)[0], place.top or max(first - 3, 0))

    def _record(self, row: dict[str, Any], *, whole: bool = True) -> Build:
        table = self.reading.place.spec.table
        return lambda width: record(table, row, self.display_, width, whole=whole)

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
        footer.keep_end = bool(self._message)
        offered = here(self.context, self.commands.values())
        keys = frame.footer(offered, self.size.width, self.lang, inside=self._inside)
        footer.left, footer.right = self._message or keys[0], keys[1]

    @property
    def _inside(self) -> bool:
        """Whether there is something to step out of."""
        return len(self.reading.trail) > 1 or self.context == "facets" or bool(self.reading.place.spec.search)

    def on_resize(self) -> None:
        """As many keys as fit; the facets where there is room for them."""
        self._draw_footer()
        self.call_after_refresh(self._draw_facets)

    def on_descendant_focus(self) -> None:
        """The footer tells the keys of the focused pane."""
        self._draw_footer()

    @on(Grid.Moved)
    def follow(self, event: Grid.Moved) -> None:
        """Let the detail follow once the cursor rests."""
        event.stop()
        if self._detail_timer is not None:
            self._detail_timer.stop()
        self._detail_timer = self.set_timer(_LATE, self._draw_detail)

    def _draw_detail(self) -> None:
        row = self.grid.record(self.grid.row)
        self.detail.show(self._closer(row) if row else lambda _: [])

    def _closer(self, row: dict[str, Any]) -> Build:
        """What the pane shows of a row: in the audit its working, else the record."""
        if self.reading.place.spec.table == "audit":
            return lambda width: audit.brief(row, self.display_, width)
        return self._record(row, whole=False)

    # What the parts ask for

    @on(Grid.Entered)
    def go_in(self) -> None:
        """A double click goes in."""
        self.run("enter")

    @on(Grid.HeadClicked)
    def sort_by(self, event: Grid.HeadClicked) -> None:
        """A click on a head sorts by it."""
        self.shape("sort", self.reading.place.spec.sorted_by(event.column))

    @on(Facets.Toggled)
    def filter_by(self, event: Facets.Toggled) -> None:
        """A value was taken in or out."""
        self.shape("toggle", self.reading.place.spec.toggle(event.column, event.value))

    def open_facets(self) -> None:
        """Show the facets and go to them."""
        self.facets.add_class("-open")
        self.call_after_refresh(self._enter_facets)

    def _enter_facets(self) -> None:
        self._draw_facets()
        self.facets.focus()

    def close_facets(self) -> None:
        """Back to the table; on a narrow screen the facets go."""
        self.facets.remove_class("-open")
        self.grid.focus()

    # Typing

    def remembered(self) -> Reading:
        """What is being read, with where the cursor now is."""
        return self.reading.here(self._left_behind()[1])

    def show_spec(self, spec: ViewSpec, before: Reading) -> None:
        """Show a view that is not decided on yet, from where the reader was: no step of the history."""
        self.reading = before.here(dataclasses.replace(before.place, spec=spec))

    def keep(self, command: str, before: Reading) -> None:
        """Decide on what was shown, as an undoable step from what was read before."""
        if self.reading.place.spec != before.place.spec:
            self.history = self.history.changed(command, before)

    def restore(self, reading: Reading) -> None:
        """Show what was read before, cursor and all."""
        self.reading = reading

    @on(Prompt.Closed)
    def to_grid(self) -> None:
        """The keys go to the table again."""
        self.grid.focus()

    @on(Chips.Clicked)
    def chip(self, event: Chips.Clicked) -> None:
        """A click takes a filter away, or turns it round."""
        spec = self.reading.place.spec
        self.shape("filters", spec.with_chip_negated(event.index) if event.negate else spec.without_chip(event.index))

    @on(Grid.Resized)
    def resize_column(self, event: Grid.Resized) -> None:
        """The edge of a head was dragged."""
        self.shape("wider", self.reading.place.spec.sized(event.column, event.width))

    def next_rollup(self) -> None:
        """Count projects as successes by the next rule."""
        self._rule = RULES[(RULES.index(self._rule) + 1) % len(RULES)]
        self.page.show(lambda width: overview(self.display_, width, self._rule), self.page.top)

    def copy_text(self, text: str) -> None:
        """Send a text to the reader's clipboard and say by which way."""
        self.tell(clipboard.copy(restored(text), cast("App[int]", self.app), self.config.clipboard))

    # Files

    def save_view(self, name: str, note: str, replace: bool) -> Path:
        """Write what is shown as a view; errors are for the dialog to say."""
        view = saved.record(self.report, self.reading.place.spec, name, note)
        return self.store.save(view, replace=replace)

    def open_view(self, name: str) -> None:
        """Show a saved view; a damaged one is complained of, and the screen stays."""
        try:
            view = self.store.find(name, self.report, self.lang)
            self._select(view.spec)
        except KpituiError as error:
            self.complain(error)
            return
        self.note = view.note
        before = self.remembered()
        self.history = self.history.changed("open", before)
        self.previous = before
        self.reading = before.opened(view.spec)
        self.tell(_UNDO_HINT)

    def reload(self) -> bool:
        """Read the report folder again; a damaged one is complained of, and the old one stays."""
        try:
            report = open_report(self.report.folder)
        except KpituiError as error:
            self.complain(error)
            return False
        self.report = report
        self.display_ = Display(report, self.lang, self.config.ascii, self.config.wide)
        self.reading = self.remembered()
        self._draw()
        return True

    # Saying things

    def tell(self, words: Both, **parts: object) -> None:
        """Say something that is no trouble; `{key[undo]}` in the words stands for the key that undoes."""
        self._message = frame.sentence(self.display_.text(words.format(key=self._key, **parts).say(self.lang)))
        self._draw_footer()

    def announce(self, words: Both, **parts: object) -> None:
        """Say something too long for the footer, such as where a file was written."""
        self.notify(self.display_.text(words.format(**parts).say(self.lang)), markup=False, timeout=10)

    def complain(self, error: KpituiError) -> None:
        """Say what went wrong."""
        self.notify(self.display_.text(error.say(self.lang)), severity="error", markup=False, timeout=10)


def _with(left: tuple[Place, Place]) -> Any:
    """Puts the place that was left, with its cursor, where it stands in a trail."""
    old, new = left
    return lambda trail: tuple(new if place is old else place for place in trail)
