"""The screen on which a reader sees how a document is read, says otherwise, and goes on to the report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Resize
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kpitui.errors import KpituiError
from kpitui.sources.general.trial import Trial
from kpitui.text.prose import Line, Span, line
from kpitui.text.wording import Both
from kpitui.tui import frame
from kpitui.tui.commands import Command, Context, first_key
from kpitui.tui.importing import lines
from kpitui.tui.importing.actions import ACTIONS
from kpitui.tui.importing.commands import OWN, commands
from kpitui.tui.importing.lines import Item, Plain
from kpitui.tui.keys import printed
from kpitui.tui.pacing import Paced
from kpitui.tui.palette import Commands
from kpitui.tui.resizing import Sized
from kpitui.tui.widgets.bar import Bar
from kpitui.tui.widgets.options import Options
from kpitui.tui.widgets.page import Page
from kpitui.tui.widgets.prompt import Prompt

_TITLE = Both("取り込む: {name}", "importing {name}")
_TABS = (("columns", Both("列", "columns")), ("account", Both("説明", "account")))
_TOO_SMALL = Both("画面が小さすぎます。40×10以上にしてください", "this terminal is too small: make it 40×10 or larger")
_LOOKING = Both("読み直しています…", "it is being read again…")
_MANY = 3_000
"""Rows from which on reading them again takes so long that it is said."""
_UNCHANGED = Both("取り消す変更はありません", "nothing to undo")

Shown = Literal["columns", "account"]


class Importing(Paced, Sized, Screen[None], inherit_bindings=False):
    """The columns of a document with what each is taken for, or the account of everything.

    `trial` is the state; every word of the reader makes another, and the ones before are kept to be gone back to.
    `opening` takes the trial when the reader goes on.
    """

    AUTO_FOCUS = "Options"
    COMMANDS: ClassVar[set[Any]] = {Commands}
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (40, "-narrow")]  # noqa: RUF012 - so declared by Screen
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (10, "-low"), (22, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"run('{each.id}')", show=False) for each in OWN for key in each.keys if key != "enter"
    ]
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

    def __init__(
        self, trial: Trial, plain: Plain, shared: Mapping[str, Command], opening: Callable[[Trial, str], None]
    ) -> None:
        super().__init__()
        self.trial = trial
        self.before: list[Trial] = []
        self.display_ = plain
        self.lang = plain.lang
        self.commands = commands(shared)
        self.opening = opening
        self.warned = False
        self._items: list[Item] = []
        self._message: Line = ()
        self._key = {each.id: first_key(each) for each in self.commands.values()}

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

    def action_run(self, *ids: str) -> None:
        """Do the first of a key's commands that there is here."""
        self.run(next((each for each in ids if each in self.commands), ""))

    def change(self, look: Callable[[], Trial]) -> None:
        """Look at the document anew, and take what is found; one that is refused thereby tells why at once."""
        document = self.trial.document
        if document and sum(len(table.rows) for table in document.tables) > _MANY:
            self.tell(_LOOKING)
            self.call_after_refresh(self._change, look)
        else:
            self._change(look)

    def _change(self, look: Callable[[], Trial]) -> None:
        trial = look()
        self.before.append(self.trial)
        self.warned = False
        self._message = ()
        self._take(trial)

    def _take(self, trial: Trial) -> None:
        had_none = not self._items
        self.trial = trial
        self._draw()
        if trial.refused or not self._items:
            self.shown = "account"
        elif had_none:
            self.shown = "columns"

    def undo(self) -> None:
        """Go back to how it was read before the last word."""
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
        text = f"{self._key[id_]} {words.say(self.lang)}"
        return Span(f"[{text}] ", "strong") if id_ == self.shown else Span(f" {text}  ")

    def _draw_footer(self) -> None:
        footer = self.query_one("#footer", Bar)
        inside = self.shown == "account" or self.prompt.asked
        keys = frame.footer(self.commands.values(), self.size.width, self.lang, inside=inside)
        footer.keep_end = bool(self._message)
        footer.left, footer.right = self._message or keys[0], keys[1]

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
        self.run("role")

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

    def complain(self, error: KpituiError) -> None:
        """Say what went wrong."""
        self.notify(self.display_.say(error.sentence), severity="error", markup=False, timeout=10)
