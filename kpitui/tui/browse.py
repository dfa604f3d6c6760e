"""The one screen that owns what is being read; everything else draws it or asks it to change."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual import on
from textual.app import App

from kpitui.config import Config
from kpitui.dataclass import dataclass
from kpitui.errors import KpituiError
from kpitui.output.display import Display
from kpitui.report.model import Report
from kpitui.report.open import open_reports
from kpitui.report.rollup import RULES
from kpitui.text.ambiguous import restored
from kpitui.text.wording import Both
from kpitui.tui import clipboard
from kpitui.tui.actions import ACTIONS
from kpitui.tui.commands import Command
from kpitui.tui.drawing import Drawing
from kpitui.tui.engine import Asked
from kpitui.tui.keys import printed
from kpitui.tui.palette import Commands
from kpitui.tui.progress import READING, STOPPED, WORKING_OUT, between
from kpitui.tui.rows import KnownRows, question
from kpitui.tui.started import first_start
from kpitui.tui.widgets.chips import Chips
from kpitui.tui.widgets.facets import Facets
from kpitui.tui.widgets.grid import Grid
from kpitui.tui.widgets.prompt import Prompt
from kpitui.views import saved
from kpitui.views.history import History, Place, Reading
from kpitui.views.query import RowSet, select
from kpitui.views.saved import SavedView
from kpitui.views.spec import ViewSpec
from kpitui.views.store import Store

if TYPE_CHECKING:
    from kpitui.tui.shell import Shell
    from kpitui.tui.takings import Takings

_FIVE_KEYS = Both(
    "{key[enter]} 中へ、{key[facets]} 絞る、{key[search]} 検索、{key[open]} ビュー、{key[help]} ヘルプ",
    "{key[enter]} goes in, {key[facets]} filters, {key[search]} searches, {key[open]} opens views, {key[help]} helps",
)
_UNDO_HINT = Both("{key[undo]} で元に戻せます", "{key[undo]} brings it back")
_SURPRISING = ("clear", "hide", "only", "but")
"""Commands after which a reader may wonder where things went."""
_NO_OPPOSITE = Both("検索は逆にできません", "a search has no opposite")
_NOT_HERE = Both("{keys} はここでは使えません", "{keys} does nothing here")


T = TypeVar("T")


@dataclass(frozen=True)
class _Wanted:
    """A view whose rows are being worked out, and what was read before if that is already more than one change ago."""

    spec: ViewSpec
    base: Reading | None


class Browse(Drawing, inherit_bindings=False):
    """Tables, facets, detail and pages over one report.

    `reading` is the state: what is looked at and the way there. Commands change it by `go` and `shape`.
    """

    COMMANDS: ClassVar[set[Any]] = {Commands}

    def __init__(
        self,
        report: Report,
        reading: Reading,
        store: Store,
        config: Config,
        commands: Iterable[Command],
        note: str = "",
        rowset: RowSet | None = None,
    ) -> None:
        super().__init__(report, reading, rowset, config, commands)
        self.store = store
        self.note = note
        self.history = History()
        self.previous = self.reading
        self._known = KnownRows()
        self._known.keep(reading.place.spec, self.rowset)
        self.first_words: Both | None = None
        self._wanted: _Wanted | None = None

    def on_mount(self) -> None:
        """Draw the first place."""
        self._draw()
        self._focus_main()
        if self.first_words is not None:
            self.tell(self.first_words)
        elif self.takings is not None or first_start():
            self.tell(_FIVE_KEYS)

    @property
    def takings(self) -> Takings | None:
        """Where a guest has what others would write into files."""
        return cast("Shell", self.app).takings

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

    def action_run(self, commands: tuple[str, ...]) -> None:
        """Do the one of a key's commands that belongs to where the reader is."""
        known = [each for each in commands if each in self.commands]
        chosen = [each for each in known if self.context in self.commands[each].where]
        for each in (chosen or known)[:1]:
            self.run(each)

    def keys_of(self, command: str) -> str:
        """The keys of a command as a reader knows them; nothing where it has none."""
        return " ".join(map(printed, self.commands[command].keys))

    @property
    def wanted(self) -> ViewSpec:
        """The view of this place with the changes whose rows are still being worked out."""
        waits = self._wanted is not None and self.engine.waits("rows")
        return self._wanted.spec if self._wanted and waits else self.reading.place.spec

    def go(self, reading: Reading) -> None:
        """Look at something else; where the reader was is kept for the way back."""
        if reading is not self.reading:
            self._arrive(reading.place, lambda: self._gone(reading))

    def _gone(self, reading: Reading) -> None:
        left = self._left_behind()
        self.previous = self.reading.here(left[1])
        self.reading = dataclasses.replace(reading, trails=tuple(map(_with(left), reading.trails)))

    def shape(self, command: str, spec: ViewSpec) -> None:
        """Change the view of this place, as an undoable step.

        A change made while another is being worked out, that is one to `wanted`, makes one step with it.
        """
        if spec == self.reading.place.spec:
            self.engine.drop("rows")
            return
        base = self._wanted.base if self._wanted and self.engine.waits("rows") else None
        self._select(spec, lambda: self._shaped(command, spec, base), _Wanted(spec, base))

    def _shaped(self, command: str, spec: ViewSpec, base: Reading | None) -> None:
        before = base or self.remembered()
        self.history = self.history.changed(command, before)
        self.reading = before.here(dataclasses.replace(before.place, spec=spec)).marked(spec)
        if command in _SURPRISING or not len(self.rowset):
            self.tell(_UNDO_HINT)

    def step_back(self, told: Callable[[str | None], None]) -> None:
        """Undo, and tell the command taken back once that is done; None if there is nothing to.

        A change that is still being worked out is the last one, and is stopped.
        """
        if self._wanted and self.engine.waits("rows"):
            self.stop()
            return
        self._step(self.history.undo(self.reading), told)

    def step_forward(self, told: Callable[[str | None], None]) -> None:
        """Redo, and tell the command done again once that is done; None if there is nothing to."""
        self._step(self.history.redo(self.reading), told)

    def _step(self, step: tuple[str, Reading, History] | None, told: Callable[[str | None], None]) -> None:
        if step is None:
            told(None)
        else:
            self._arrive(step[1].place, lambda: self._stepped(*step, told))

    def _stepped(self, command: str, reading: Reading, history: History, told: Callable[[str], None]) -> None:
        self.reading, self.history = reading, history
        told(command)

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

    # Waiting for rows

    def _arrive(self, place: Place, then: Callable[[], None]) -> None:
        """Do something once what the place shows is known; what was waited for before is not any more."""
        if place.page == "table":
            self._select(place.spec, then)
        elif place.page == "overview" and self.large:
            self._reckon(then)
        else:
            self.engine.drop("rows")
            then()

    def _select(self, spec: ViewSpec, then: Callable[[], None], wanted: _Wanted | None = None) -> None:
        """Do something once the rows of a view are known; they are `rowset` then."""
        report, known = self.report, self._known.of(spec) if self.large else None
        asked = Asked(question(spec), between(self.reading.place.spec, spec), lambda rows: self._take(spec, rows, then))
        work = (lambda: select(report, spec)) if known is None else (lambda: known)
        beside = self._counting(spec) if self.large else None
        threaded = self.large and (known is None or beside is not None)
        self.engine.ask("rows", asked, work, threaded=threaded, beside=beside)
        self._wanted = wanted

    def _take(self, spec: ViewSpec, rows: RowSet, then: Callable[[], None]) -> None:
        if self.large:
            self._known.keep(spec, rows)
        self.rowset = rows
        then()

    def _reckon(self, then: Callable[[], None]) -> None:
        """Do something once the overview of a large report is known."""
        self._wanted = None
        self.ask_overview("rows", self._rule, self.size.width - 2, then)

    def stop(self) -> bool:
        """Give up what is being worked out and leave things as they are; False where nothing is."""
        stopped = self.engine.stop()
        if stopped:
            self.tell(STOPPED)
        return stopped

    def look(self, work: Callable[[], T], use: Callable[[T], None]) -> None:
        """Use something worked out from the report, unless the reader has gone on to something else meanwhile."""
        reading = self.reading

        def shown(found: T) -> None:
            if not self.large or (self.reading is reading and self.is_current and not self.prompt.asked):
                use(found)

        self.engine.ask("look", Asked(object(), WORKING_OUT, shown), work, threaded=self.large)

    # What the parts ask for

    @on(Grid.Entered)
    def go_in(self) -> None:
        """A double click goes in."""
        self.run("enter")

    @on(Grid.HeadClicked)
    def sort_by(self, event: Grid.HeadClicked) -> None:
        """A click on a head sorts by it."""
        self.shape("sort", self.wanted.sorted_by(event.column))

    @on(Facets.Toggled)
    def filter_by(self, event: Facets.Toggled) -> None:
        """A value was taken in or out."""
        self.shape("toggle", self.wanted.toggle(event.column, event.value))

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
        reading = before.here(dataclasses.replace(before.place, spec=spec))
        self._select(spec, lambda: self.restore(reading, known=True), _Wanted(spec, before))

    def keep(self, command: str, before: Reading) -> None:
        """Decide on what was shown, as an undoable step from what was read before."""
        self.engine.afterwards("rows", lambda: self._kept(command, before), lambda: self.restore(before))

    def _kept(self, command: str, before: Reading) -> None:
        if self.reading.place.spec != before.place.spec:
            self.history = self.history.changed(command, before)

    def restore(self, reading: Reading, *, known: bool = False) -> None:
        """Show what was read before, cursor and all."""
        if known:
            self.reading = reading
        else:
            self._arrive(reading.place, lambda: self.restore(reading, known=True))

    @on(Prompt.Closed)
    def to_grid(self) -> None:
        """The keys go to the table again."""
        if not self.prompt.asked:
            self.set_focus(self.grid)

    @on(Chips.Clicked)
    def chip(self, event: Chips.Clicked) -> None:
        """A click takes a filter away, or turns it round."""
        if event.negate:
            self.turn_round(event.index)
        else:
            self.shape("filters", self.reading.place.spec.without_chip(event.index))

    def turn_round(self, chip: int) -> None:
        """Ask for the opposite of what a chip stands for; a search has none."""
        spec = self.reading.place.spec
        turned = spec.with_chip_negated(chip)
        if turned == spec:
            self.tell(_NO_OPPOSITE)
        else:
            self.shape("filters", turned)

    @on(Grid.Resized)
    def resize_column(self, event: Grid.Resized) -> None:
        """The edge of a head was dragged."""
        self.shape("wider", self.wanted.sized(event.column, event.width))

    def next_rollup(self) -> None:
        """Count projects as successes by the next rule."""
        self._rule = RULES[(RULES.index(self._rule) + 1) % len(RULES)]
        self.page.show(self._overview, self.page.top)

    def copy_text(self, text: str) -> None:
        """Send a text to the reader's clipboard and say by which way."""
        way = self.config.clipboard if self.takings is None else "osc52"
        self.tell(clipboard.copy(restored(text), cast("App[int]", self.app), way))

    # Files

    def save_view(self, name: str, note: str, replace: bool, ready: Callable[[], None] = lambda: None) -> Path:
        """Write what is shown as a view; `ready` is called before. Errors are for the dialog to say."""
        view = saved.record(self.report, self.reading.place.spec, name, note)
        ready()
        if self.takings is None:
            return self.store.save(view, replace=replace)
        named = Path(self.store.path(name).name)
        self.takings.add(str(named), saved.dump(view))
        return named

    def open_view(self, name: str) -> None:
        """Show a saved view; a damaged one is complained of, and the screen stays."""
        try:
            view = self.store.find(name, self.report, self.lang)
            self._select(view.spec, lambda: self._opened(view))
        except KpituiError as error:
            self.complain(error)

    def _opened(self, view: SavedView) -> None:
        self.note = view.note
        before = self.remembered()
        self.history = self.history.changed("open", before)
        self.previous = before
        self.reading = before.opened(view.spec)
        self.tell(_UNDO_HINT)

    def reload(self, done: Callable[[], None]) -> None:
        """Read the report again, then do something; a damaged one is complained of, and the old one stays."""
        paths, spec = self.report.folders, self.reading.place.spec

        def work() -> tuple[Report, RowSet]:
            report = open_reports(paths)
            return report, select(report, spec)

        self._wanted = None
        asked = Asked("reload", READING, lambda found: self._reloaded(found[0], found[1], done))
        self.engine.ask("rows", asked, work, threaded=self.large)

    def _reloaded(self, report: Report, rowset: RowSet, done: Callable[[], None]) -> None:
        self.forget()
        self._known.clear()
        self.report, self.rowset = report, rowset
        self.display_ = Display(report, self.lang, self.config.ascii, self.config.wide)
        self.reading = self.remembered()
        self._draw()
        done()


def _with(left: tuple[Place, Place]) -> Any:
    """Puts the place that was left, with its cursor, where it stands in a trail."""
    old, new = left
    return lambda trail: tuple(new if place is old else place for place in trail)
