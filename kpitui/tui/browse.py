"""The one screen that owns what is being read; commands ask it to change that, and everything else draws it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual import on
from textual.events import Resize

from kpitui.config import Config
from kpitui.errors import KpituiError
from kpitui.output.display import Display
from kpitui.report.model import Report
from kpitui.text.wording import Both
from kpitui.tui.actions import ACTIONS
from kpitui.tui.answers import Answers, counted
from kpitui.tui.commands import Command, first_key
from kpitui.tui.drawing import Drawing
from kpitui.tui.engine import Asked, Engine
from kpitui.tui.keys import printed
from kpitui.tui.palette import Commands
from kpitui.tui.parts import Parts
from kpitui.tui.saying import WORKING_OUT, Saying
from kpitui.tui.started import first_start
from kpitui.tui.way import Way
from kpitui.tui.widgets.chips import Chips
from kpitui.tui.widgets.facets import Facets
from kpitui.tui.widgets.grid import Grid, Sheet
from kpitui.tui.widgets.prompt import Prompt
from kpitui.views.history import Reading
from kpitui.views.query import RowSet, select
from kpitui.views.store import Store

if TYPE_CHECKING:
    from kpitui.tui.shell import Shell
    from kpitui.tui.takings import Takings
    from kpitui.views.saved import SavedView

_FIVE_KEYS = Both(
    "{key[enter]} 中へ、{key[facets]} 絞る、{key[search]} 検索、{key[open]} ビュー、{key[help]} ヘルプ",
    "{key[enter]} goes in, {key[facets]} filters, {key[search]} searches, {key[open]} opens views, {key[help]} helps",
)
_BELOW = Both("続きあり {key}", "more {key}")
_NOT_HERE = Both("{keys} はここでは使えません", "{keys} does nothing here")

_ASKS = ("range", "where", "search", "mark", "columns", "filters", "save", "export")
"""Commands that ask the reader something about the table that shows, and act on it when that is answered."""

T = TypeVar("T")


class Browse(Parts, inherit_bindings=False):
    """Tables, facets, detail and pages over one report.

    `reading` is the state: what is looked at and the way there. Commands change it by the `way`, which waits for what
    the report `answers`, and then it is drawn.
    """

    COMMANDS: ClassVar[set[Any]] = {Commands}

    def __init__(
        self,
        report: Report,
        reading: Reading,
        store: Store,
        config: Config,
        commands: Iterable[Command],
        view: SavedView | None = None,
        rowset: RowSet | None = None,
    ) -> None:
        super().__init__(reading, config.language, self._first_sheet, self._below)
        self.config = config
        self.store = store
        self.opened = view
        self.first_words: Both | None = None
        self.commands = {command.id: command for command in commands}
        self.saying = self._voice()
        self.tell, self.add = self.saying.tell, self.saying.add
        self.announce, self.complain = self.saying.announce, self.saying.complain
        self.engine = Engine(self, self._told, self.complain)
        self.answers = self._asked(report, rowset)
        self.way = Way(self, self.answers, self.engine, self.tell)
        self.drawing = Drawing(self, self.answers, self.engine, self.saying, self.commands)

    def _voice(self) -> Saying:
        keys = {each.id: first_key(each) or each.label.say(self.lang) for each in self.commands.values()}
        return Saying(lambda: self.display_, keys, self.notify, self._draw_footer)

    def _asked(self, report: Report, rowset: RowSet | None) -> Answers:
        display = Display(report, self.lang, self.config.ascii, self.config.wide)
        spec = self.reading.place.spec
        rows = select(report, spec) if rowset is None else rowset
        return Answers(display, spec, rows, self.engine, lambda: self.facets, lambda: self.page_width)

    def _first_sheet(self) -> Sheet:
        return self.drawing.sheet()

    def _below(self) -> str:
        return f" {_BELOW.format(key=first_key(self.commands['enter'])).say(self.lang).rstrip()} "

    def on_mount(self) -> None:
        """Draw the first place."""
        self._draw()
        if self.first_words is not None:
            self.tell(self.first_words)
        elif self.takings is not None or first_start():
            self.tell(_FIVE_KEYS)

    # What is known

    @property
    def report(self) -> Report:
        """The report that is open."""
        return self.answers.report

    @property
    def display_(self) -> Display:
        """The report's cells, in the reader's language and for this terminal."""
        return self.answers.display

    @property
    def note(self) -> str:
        """What the view that was opened is for, while its rows are what is looked at."""
        shown = self.opened is not None and counted(self.opened.spec) == counted(self.reading.place.spec)
        return self.opened.note if self.opened and shown else ""

    @property
    def takings(self) -> Takings | None:
        """Where a guest has what others would write into files."""
        return cast("Shell", self.app).takings

    @property
    def current(self) -> dict[str, Any] | None:
        """The record under the cursor, or the one a page shows."""
        place = self.reading.place
        return self.grid.record(self.grid.row) if place.page == "table" else self.answers.record(place)

    # Commands

    def run(self, command: str) -> None:
        """Do what a command's id stands for; what goes wrong is said, and the screen stays.

        What was said before is taken away: a message stands until the next key.
        """
        self.saying.hush()
        if self.context not in self.commands[command].where:
            self.tell(_NOT_HERE, keys=self.keys_of(command) or self.commands[command].label)
            return
        if command in _ASKS:
            self.way.stay()
        try:
            ACTIONS[command](self)
        except KpituiError as error:
            self.complain(error)

    def action_run(self, commands: tuple[str, ...]) -> None:
        """Do the one of a key's commands that belongs to where the reader is."""
        known = [each for each in commands if each in self.commands]
        chosen = [each for each in known if self.context in self.commands[each].where]
        for each in (chosen or known)[:1]:
            self.run(each)

    def keys_of(self, command: str) -> str:
        """The keys of a command as a reader knows them; nothing where it has none."""
        return " ".join(map(printed, self.commands[command].keys))

    def look(self, work: Callable[[], T], use: Callable[[T], None]) -> None:
        """Use something worked out from the report, unless the reader has gone on to something else meanwhile."""
        reading = self.reading

        def shown(found: T) -> None:
            if not self.answers.large or (self.reading is reading and self.is_current and not self.prompt.asked):
                use(found)

        self.engine.ask("look", Asked(object(), WORKING_OUT, shown), work, threaded=self.answers.large)

    def reload(self, done: Callable[[], None]) -> None:
        """Read the report again, then do something; a damaged one is complained of, and the old one stays."""
        self.way.read_again(lambda: self._reloaded(done))

    def _reloaded(self, done: Callable[[], None]) -> None:
        self.reading = self.remembered()
        self.drawing.draw()
        done()

    def next_rollup(self) -> None:
        """Count projects as successes by the next rule."""
        self.answers.overview.next_rule()
        self.drawing.draw_overview()

    def open_facets(self) -> None:
        """Show the facets and go to them."""
        self.facets.add_class("-open")
        self.call_after_refresh(self._enter_facets)

    def _enter_facets(self) -> None:
        self.drawing.draw_facets()
        self.facets.focus()

    def close_facets(self) -> None:
        """Back to the table; on a narrow screen the facets go."""
        self.facets.remove_class("-open")
        self.grid.focus()

    # Drawing

    def watch_reading(self) -> None:
        """Draw what is now being read."""
        if self.is_mounted:
            self._draw()

    def _draw(self) -> None:
        self.drawing.draw()
        self.focus_main()

    def _draw_footer(self) -> None:
        self.drawing.draw_footer()

    def _told(self) -> None:
        """Say what is being worked out; counts of other rows than those that show are not left standing."""
        self._draw_footer()
        self.answers.counts.pend()

    def on_resize(self, event: Resize) -> None:
        """As many keys as fit; the facets where there is room for them."""
        self._draw_footer()
        self.call_after_refresh(self.drawing.draw_facets)

    def on_descendant_focus(self) -> None:
        """The footer tells the keys of the focused pane."""
        self._draw_footer()

    # What the parts tell

    @on(Grid.Moved)
    def follow(self, event: Grid.Moved) -> None:
        """Let the detail follow."""
        event.stop()
        self.drawing.follow()

    @on(Grid.Entered)
    def go_in(self) -> None:
        """A double click goes in."""
        self.run("enter")

    @on(Grid.HeadClicked)
    def sort_by(self, event: Grid.HeadClicked) -> None:
        """A click on a head sorts by it."""
        self.way.shape("sort", self.way.wanted.sorted_by(event.column))

    @on(Grid.Resized)
    def resize_column(self, event: Grid.Resized) -> None:
        """The edge of a head was dragged."""
        self.way.shape("wider", self.way.wanted.sized(event.column, event.width))

    @on(Facets.Toggled)
    def filter_by(self, event: Facets.Toggled) -> None:
        """A value was taken in or out."""
        self.way.shape("toggle", self.way.wanted.toggle(event.column, event.value))

    @on(Chips.Clicked)
    def chip(self, event: Chips.Clicked) -> None:
        """A click takes a filter away, or turns it round."""
        if event.negate:
            self.way.turn_round(event.index)
        else:
            self.way.shape("filters", self.reading.place.spec.without_chip(event.index))

    @on(Prompt.Closed)
    def to_grid(self) -> None:
        """The keys go to the table again."""
        if not self.prompt.asked:
            self.set_focus(self.grid)
