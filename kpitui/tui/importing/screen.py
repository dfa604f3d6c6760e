"""The screen on which a reader sees how a document is read, says otherwise, and goes on to the report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.events import Resize
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kpitui.errors import KpituiError
from kpitui.sources.general.options import Options as Said
from kpitui.sources.general.trial import Trial, changed
from kpitui.text.prose import Line, Span, line
from kpitui.text.wording import Both
from kpitui.tui import frame
from kpitui.tui.commands import Command, Context, first_key
from kpitui.tui.engine import Asked, Engine, Lane
from kpitui.tui.importing import lines
from kpitui.tui.importing.actions import ACTIONS
from kpitui.tui.importing.commands import PREFIX
from kpitui.tui.importing.lines import Item, Plain
from kpitui.tui.keymap import dispatch
from kpitui.tui.keys import printed
from kpitui.tui.pacing import Paced
from kpitui.tui.palette import Commands
from kpitui.tui.resizing import Sized
from kpitui.tui.saying import READING, STOPPED
from kpitui.tui.widgets.bar import Bar
from kpitui.tui.widgets.options import Options
from kpitui.tui.widgets.page import Page
from kpitui.tui.widgets.prompt import Prompt

_TITLE = Both("取り込む: {name}", "importing {name}")
_TABS = (("columns", Both("列", "columns")), ("account", Both("説明", "account")))
_TOO_SMALL = Both("画面が小さすぎます。40×10以上にしてください", "this terminal is too small: make it 40×10 or larger")
_OPENING = Both("報告書を開いています… Esc で中止", "opening the report… Esc stops")
MANY = 3_000
"""Rows from which on a thread reads the document again: with twenty columns that takes more than a second."""
LARGE = 2**18
"""Bytes from which on a document is read in a thread where the number of its rows is not known yet."""
_UNCHANGED = Both("取り消す変更はありません", "nothing to undo")

_WORDS: Mapping[Lane, Both] = {"page": _OPENING, "look": READING}
"""What is being worked out, by the lane of the engine."""

Shown = Literal["columns", "account"]
Opening = Callable[[Trial, str], Callable[[], None]]


class Importing(Paced, Sized, Screen[None], inherit_bindings=False):
    """The columns of a document with what each is taken for, or the account of everything.

    `trial` is the state; every word of the reader makes another, and the ones before are kept to be gone back to.
    `opening` takes the trial when the reader goes on, maybe in a thread, and returns what shows the report.
    """

    AUTO_FOCUS = "Options"
    COMMANDS: ClassVar[set[Any]] = {Commands}
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (40, "-narrow")]  # noqa: RUF012 - so declared by Screen
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (10, "-low"), (22, "-high")]  # noqa: RUF012
    DEFAULT_CSS = """
    Importing {
        layout: vertical;
        & Bar { height: 1; width: 100%; }
        & #too-small { display: none; width: 100%; height: auto; }
        & #columns { height: 1fr; border: none; padding: 0; background: $background; }
        & #closer { height: 8; padding: 0; border-top: ascii $primary; }
        &.-low #closer { height: 6; }
        & #account { display: none; height: 1fr; padding: 0 1; }
        &.-account #account { display: block; }
        &.-account #columns, &.-account #closer { display: none; }
        & #prompt { display: none; height: 1; width: 100%; border: none; padding: 0; background: $background; }
        &.-tiny > *, &.-flat > * { display: none; }
        &.-tiny > #too-small, &.-flat > #too-small { display: block; }
    }
    """

    shown: var[Shown] = var("columns", init=False)

    def __init__(self, trial: Trial, plain: Plain, commands: Mapping[str, Command], opening: Opening) -> None:
        super().__init__()
        self.trial = trial
        self.before: list[Trial] = []
        self.display_ = plain
        self.lang = plain.lang
        self.commands = commands
        self.opening = opening
        self.engine = Engine(self, self._draw_footer, self.complain)
        self._asked = trial.options
        self.warned = False
        self._items: list[Item] = []
        self._message: Line = ()
        self._key = {each.id: first_key(each) for each in self.commands.values()}
        for key, ids in dispatch(each for each in commands.values() if each.id.startswith(PREFIX)).items():
            self._bindings.bind(key, f"run({ids!r})", show=False)

    def compose(self) -> ComposeResult:
        """Headline, tabs, the columns with one closer, the account, prompt and footer."""
        yield Bar(id="headline")
        yield Bar(id="tabs")
        yield Options(id="columns", markup=False, compact=True)
        yield Page(id="closer")
        yield Page(id="account")
        yield Prompt()
        yield Bar(id="footer")
        yield Static(_TOO_SMALL.say(self.lang), id="too-small", markup=False)

    def on_mount(self) -> None:
        """Draw it; what cannot be shown as columns begins with the account."""
        self._draw()
        if not self._items:
            self.shown = "account"

    # The parts

    @property
    def context(self) -> Context:
        """Where the reader is, as the palette asks; every command works everywhere here."""
        return "table"

    @property
    def options(self) -> Options:
        """The columns."""
        return self.query_one("#columns", Options)

    @property
    def account(self) -> Page:
        """The account."""
        return self.query_one("#account", Page)

    @property
    def prompt(self) -> Prompt:
        """The line for typing one thing."""
        return self.query_one(Prompt)

    @property
    def item(self) -> Item | None:
        """The line under the cursor."""
        place = self.options.highlighted
        return self._items[place] if place is not None and place < len(self._items) else None

    # Changing

    def run(self, command: str) -> None:
        """Do what a command's id stands for; what goes wrong is said, and the screen stays."""
        if self._message:
            self._message = ()
            self._draw_footer()
        action = ACTIONS.get(command)
        if action is None:
            return
        try:
            action(self)
        except KpituiError as error:
            self.complain(error)

    def action_run(self, ids: tuple[str, ...]) -> None:
        """Do the first of a key's commands that there is here."""
        self.run(next((each for each in ids if each in self.commands), ""))

    @property
    def waits(self) -> bool:
        """Whether the document is being read again, or its report opened."""
        return self.engine.waits("look") or self.engine.waits("page")

    @property
    def asked(self) -> Trial:
        """The document as shown, with everything that was said of it, be it read so already or not."""
        return replace(self.trial, options=self._asked) if self.engine.waits("look") else self.trial

    @property
    def is_long(self) -> bool:
        """Whether reading the document takes so long that a thread does it."""
        document = self.trial.document
        return sum(len(table.rows) for table in document.tables) > MANY if document else len(self.trial.data) > LARGE

    def change(self, options: Said) -> None:
        """Read the document anew with these options; one that is refused thereby tells why.

        A reading that has not come to its end is dropped: the options say what was said before, too.
        """
        trial = self.trial
        again = options.encoding != trial.options.encoding and len(trial.data) > LARGE
        self.engine.drop("page")
        self._asked = options
        asked = Asked(options, READING, self._changed)
        self.engine.ask("look", asked, lambda: changed(trial, options), threaded=again or self.is_long)
        self._draw_footer()

    def _changed(self, trial: Trial) -> None:
        self.before.append(self.trial)
        self.warned = False
        self._message = ()
        self._take(trial)

    def open(self, kept: str) -> None:
        """Write the report, into the folder `kept` if one is named, and show it."""
        trial = self.trial
        asked = Asked(object(), _OPENING, lambda show: show())
        self.engine.ask("page", asked, lambda: self.opening(trial, kept), threaded=self.is_long)
        self._draw_footer()

    def stop(self) -> bool:
        """Give up what is being worked out and leave things as they are; False where nothing is."""
        stopped = self.engine.stop()
        if stopped:
            self.tell(STOPPED)
        return stopped

    def _take(self, trial: Trial) -> None:
        had_none = not self._items
        self.trial = trial
        self._draw()
        if trial.refused or not self._items:
            self.shown = "account"
        elif had_none:
            self.shown = "columns"

    def undo(self) -> None:
        """Go back to how it was read before the last word; what is not read so yet need not be."""
        if self.stop():
            return
        if not self.before:
            self.tell(_UNCHANGED)
            return
        self._take(self.before.pop())

    def watch_shown(self) -> None:
        """Show the columns or the account, and give it the keys."""
        self.set_class(self.shown == "account", "-account")
        self._draw_bars()
        self.focus_main()

    def focus_main(self) -> None:
        """The keys go to what is shown."""
        self.set_focus(self.account if self.shown == "account" else self.options)

    # Drawing

    def _draw(self) -> None:
        self._items = lines.items(self.trial)
        place = self.options.highlighted or 0
        self._draw_list()
        if self._items:
            self.options.highlighted = min(place or 1, len(self._items) - 1)
        self.account.show(self._account)
        self._draw_closer()
        self._draw_bars()

    def _account(self, width: int) -> list[Line]:
        return lines.told(self.trial, self.display_, width, self.keys_of)

    def _draw_list(self) -> None:
        width = self.size.width or 80
        with self.prevent(OptionList.OptionHighlighted):
            self.options.set_options([self._option(each, width) for each in self._items])

    def _option(self, item: Item, width: int) -> Option:
        text = lines.item_text(item, self.trial, self.display_, width)
        return Option(Content(text) if item.column else Content.assemble((text, "bold $secondary")))

    def _draw_closer(self) -> None:
        item = self.item
        closer = self.query_one("#closer", Page)
        closer.show(lambda width: lines.closer(item, self.trial, self.display_, width) if item else [])

    def _draw_bars(self) -> None:
        title = _TITLE.format(name=self.trial.path.name)
        self.query_one("#headline", Bar).left = line(Span(self.display_.say(title), "strong"))
        self.query_one("#headline", Bar).right = lines.standing(self.trial, self.display_)
        self.query_one("#tabs", Bar).left = line(*(self._tab(*each) for each in _TABS))
        self.query_one("#tabs", Bar).right = lines.doubts(self.trial, self.display_)
        self._draw_footer()

    def _tab(self, id_: str, words: Both) -> Span:
        text = f"{self._key[f'import_{id_}']} {words.say(self.lang)}".lstrip()
        return Span(f"[{text}] ", "strong") if id_ == self.shown else Span(f" {text}  ")

    def _draw_footer(self) -> None:
        footer = self.query_one("#footer", Bar)
        inside = self.shown == "account" or self.prompt.asked
        keys = frame.footer(self.commands.values(), self.size.width, self.lang, inside=inside)
        waiting = next((_WORDS[lane] for lane in _WORDS if self.engine.waits(lane)), None)
        message = self._message or (frame.sentence(self.display_.say(waiting)) if waiting else ())
        footer.keep_end = bool(message)
        footer.left, footer.right = message or keys[0], keys[1]

    def on_resize(self, event: Resize) -> None:
        """Lines are as wide as the screen."""
        place = self.options.highlighted
        self._draw_list()
        self.options.highlighted = place
        self._draw_footer()

    @on(OptionList.OptionHighlighted, "#columns")
    def follow(self, event: OptionList.OptionHighlighted) -> None:
        """The column under the cursor, closer."""
        event.stop()
        self._draw_closer()

    @on(OptionList.OptionSelected, "#columns")
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click asks what the column holds."""
        event.stop()
        self.run("import_role")

    @on(Prompt.Closed)
    def answered(self) -> None:
        """The keys go to what is shown again."""
        self.focus_main()
        self._draw_footer()

    # Saying things

    def keys_of(self, command: str) -> str:
        """The keys of a command as a reader knows them."""
        return " ".join(map(printed, self.commands[command].keys))

    def tell(self, words: Both, **parts: object) -> None:
        """Say something that is no trouble, until the next key."""
        self._message = frame.sentence(self.display_.say(words.format(**parts)))
        self._draw_footer()

    def add(self, words: Both, **parts: object) -> None:
        """Say something after what has just been said, if anything was."""
        said = "".join(span.text for span in self._message)
        more = words.format(**parts).say(self.lang)
        self._message = frame.sentence(self.display_.text(f"{said}  {more}" if said else more))
        self._draw_footer()

    def complain(self, error: KpituiError) -> None:
        """Say what went wrong."""
        self.notify(self.display_.say(error.sentence), severity="error", markup=False, timeout=10)
