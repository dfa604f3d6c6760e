"""The screen on which a reader sees how a document is read, says otherwise, and goes on to the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.events import Resize
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import OptionList, Static

from kpitui.errors import KpituiError
from kpitui.sources.general.trial import Trial
from kpitui.text.wording import Both
from kpitui.tui import frame
from kpitui.tui.commands import Command, Context, first_key
from kpitui.tui.engine import Engine
from kpitui.tui.importing import lines
from kpitui.tui.importing.actions import ACTIONS
from kpitui.tui.importing.columns import Columns
from kpitui.tui.importing.commands import PREFIX
from kpitui.tui.importing.lines import Plain, Shown
from kpitui.tui.importing.trials import Opening, Trials
from kpitui.tui.keymap import dispatch
from kpitui.tui.keys import printed
from kpitui.tui.pacing import Paced
from kpitui.tui.palette import Commands
from kpitui.tui.resizing import Sized
from kpitui.tui.saying import Saying
from kpitui.tui.widgets.bar import Bar
from kpitui.tui.widgets.page import Page
from kpitui.tui.widgets.prompt import Prompt

_TOO_SMALL = Both("画面が小さすぎます。40×10以上にしてください", "this terminal is too small: make it 40×10 or larger")


class Importing(Paced, Sized, Screen[None], inherit_bindings=False):
    """The columns of a document with what each is taken for, or the account of everything.

    What is read, and what the reader has said, is in `trials`, which is also where `opening` goes.
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
        self.display_ = plain
        self.lang = plain.lang
        self.commands = commands
        self._key = {each.id: first_key(each) for each in commands.values()}
        self.saying = Saying(lambda: plain, self._key, self.notify, self._draw_footer)
        self.tell, self.add, self.complain = self.saying.tell, self.saying.add, self.saying.complain
        engine = Engine(self, self._draw_footer, self.complain)
        self.trials = Trials(trial, opening, engine, self._draw_footer, self._taken)
        for key, ids in dispatch(each for each in commands.values() if each.id.startswith(PREFIX)).items():
            self._bindings.bind(key, f"run({ids!r})", show=False)

    def compose(self) -> ComposeResult:
        """Headline, tabs, the columns with one closer, the account, prompt and footer."""
        yield Bar(id="headline")
        yield Bar(id="tabs")
        yield Columns(self.display_)
        yield Page(id="closer")
        yield Page(id="account")
        yield Prompt()
        yield Bar(id="footer")
        yield Static(_TOO_SMALL.say(self.lang), id="too-small", markup=False)

    def on_mount(self) -> None:
        """Draw it; what cannot be shown as columns begins with the account."""
        self._draw()
        if not self._has_columns:
            self.shown = "account"

    # The parts

    @property
    def context(self) -> Context:
        """Where the reader is, as the palette asks; every command works everywhere here."""
        return "table"

    @property
    def columns(self) -> Columns:
        """The list of columns."""
        return self.query_one(Columns)

    @property
    def account(self) -> Page:
        """The account."""
        return self.query_one("#account", Page)

    @property
    def prompt(self) -> Prompt:
        """The line for typing one thing."""
        return self.query_one(Prompt)

    # Commands

    def run(self, command: str) -> None:
        """Do what a command's id stands for; what goes wrong is said, and the screen stays."""
        self.saying.hush()
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

    # What is shown

    @property
    def _has_columns(self) -> bool:
        return bool(self.trials.now.every_table)

    def _taken(self) -> None:
        """Show another trial: the account if it cannot be shown as columns, the columns if there were none before."""
        had_none = not self.columns.option_count
        self.saying.hush()
        self._draw()
        if self.trials.now.refused or not self._has_columns:
            self.shown = "account"
        elif had_none:
            self.shown = "columns"

    def watch_shown(self) -> None:
        """Show the columns or the account, and give it the keys."""
        self.set_class(self.shown == "account", "-account")
        self._draw_bars()
        self.focus_main()

    def focus_main(self) -> None:
        """The keys go to what is shown."""
        self.set_focus(self.account if self.shown == "account" else self.columns)

    # Drawing

    def _draw(self) -> None:
        self.columns.show(self.trials.now, self._width)
        self.account.show(lambda width: lines.told(self.trials.now, self.display_, width, self.keys_of))
        self._draw_closer()
        self._draw_bars()

    @property
    def _width(self) -> int:
        return self.size.width or 80

    def _draw_closer(self) -> None:
        item, trial = self.columns.item, self.trials.now
        closer = self.query_one("#closer", Page)
        closer.show(lambda width: lines.closer(item, trial, self.display_, width) if item else [])

    def _draw_bars(self) -> None:
        headline, tabs, trial = self.query_one("#headline", Bar), self.query_one("#tabs", Bar), self.trials.now
        headline.left, headline.right = lines.title(trial, self.display_), lines.standing(trial, self.display_)
        tabs.left, tabs.right = lines.tabs(self.shown, self._key, self.lang), lines.doubts(trial, self.display_)
        self._draw_footer()

    def _draw_footer(self) -> None:
        footer = self.query_one("#footer", Bar)
        inside = self.shown == "account" or self.prompt.asked
        keys = frame.footer(self.commands.values(), self.size.width, self.lang, inside=inside)
        waiting = self.trials.waits_for
        message = self.saying.now(None) or (frame.sentence(self.display_.say(waiting)) if waiting else ())
        footer.keep_end = bool(message)
        footer.left, footer.right = frame.saying(message, keys, self.size.width)

    def on_resize(self, event: Resize) -> None:
        """Lines are as wide as the screen."""
        self.columns.widen(self.trials.now, self._width)
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

    def keys_of(self, command: str) -> str:
        """The keys of a command as a reader knows them."""
        return " ".join(map(printed, self.commands[command].keys))
