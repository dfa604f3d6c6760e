"""What every application of ours is around its one screen: theme, keys, palette, the last filters of a line."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, ClassVar, cast

from textual import constants
from textual.command import CommandList, CommandPalette, Provider, SearchIcon
from textual.content import Content
from textual.css.query import NoMatches
from textual.driver import Driver
from textual.events import Resize
from textual.filter import LineFilter
from textual.geometry import Offset
from textual.widgets.option_list import Option
from textual.worker import WorkerFailed

from kpitui.config import NO_COLOR, Config
from kpitui.glimpse import NONE, Glimpse
from kpitui.start import loaded
from kpitui.text.ambiguous import restored
from kpitui.text.wording import Both, Lang
from kpitui.tui.commands import Command
from kpitui.tui.filters import AsciiSigns, NoColourCodes
from kpitui.tui.keeping import Keeping
from kpitui.tui.keymap import dispatch, importing, remapped
from kpitui.tui.pacing import Paced
from kpitui.tui.takings import Takings
from kpitui.tui.themes import THEMES
from kpitui.tui.thrift import Thrift, thrifty
from kpitui.tui.widgets.field import Field

_FIND = Both("命令を探す", "find a command")
_NO_MATCHES = Both("一致する命令はありません", "no command matches")

_SETTLED = 0.3
"""Seconds after which a part of the first screen surely stands."""
_IDLE = 1.0
"""Seconds after which a reader who has not pressed a key is looking, and what keys need can be loaded."""


class Shell(Keeping):
    """A terminal application in which keys run commands of the screen; it imports no polars.

    `error` is why it had to end, if so, a defect included; who started it says so when the terminal is the reader's
    again.
    """

    CSS_PATH = "kpitui.tcss"
    TITLE = "kpitui"
    COMMANDS: ClassVar[set[Any]] = set()

    ENABLE_COMMAND_PALETTE = False  # its key would go before those of the table of commands, and could not be changed

    takings: Takings | None = None
    """Where a guest has what others would write into files."""

    typed: bytes = b""
    """What the reader typed before there was an app to listen."""

    glimpse: Glimpse = NONE
    """What stands on the terminal before the app draws anything."""

    first_picture: str = ""
    """What stood first, once it stands, as a frame that draws all of it; "" where a key has changed it already."""

    def __init__(self, lang: Lang, config: Config) -> None:
        theme = THEMES[config.theme]
        _forget_empty_no_color()
        super().__init__(ansi_color=theme.ansi)
        self.animation_level = "none"
        self.register_theme(theme)
        self.theme = theme.name
        self.lang = lang
        self.wide = config.wide
        self.error: BaseException | None = None
        self._awaited_first = False
        self._stands = False
        self.config = config._replace(lang=lang)
        self._last_filters = [AsciiSigns(enabled=config.ascii or config.wide), NoColourCodes(enabled=self.no_color)]
        self.commands = self.offered(remapped(config.keys, config.path))
        self.importing = importing(config.keys)
        for key, ids in dispatch(self.commands).items():
            # One tuple, since Textual (8.2.8) hands no more arguments to an action than it has parameters.
            self.bind(key, f"screen.run({ids!r})", show=False)

    def offered(self, commands: tuple[Command, ...]) -> tuple[Command, ...]:
        """The commands that this reader has: all of them."""
        return commands

    def get_driver_class(self) -> type[Driver]:
        """The driver for lines that are slow or drop, which writes of each frame only what differs.

        Another one where the environment or the system asks for it.
        """
        if constants.DRIVER is not None or os.name != "posix":
            return super().get_driver_class()
        from kpitui.tui.driver import LineDriver  # noqa: PLC0415 - the system may have no termios

        return thrifty(LineDriver)

    @property
    def cursor_position(self) -> Offset:
        """Where each frame leaves the terminal's cursor, which stays hidden: in the caret of the line one types in.

        It is asked for with every frame: Textual (8.2.8) sets it at a change, when the line may stand elsewhere yet.
        """
        focused = self.screen.focused if self.screen_stack else None
        return focused.cursor_screen_offset if isinstance(focused, Field) else self._left_at

    @cursor_position.setter
    def cursor_position(self, place: Offset) -> None:
        self._left_at = place

    def copy_to_clipboard(self, text: str) -> None:
        """Send what was selected or asked for, with the characters that it has."""
        super().copy_to_clipboard(restored(text))

    def refresh_css(self, animate: bool = True) -> None:
        """Give the styles the theme's colours; before there is a screen they have not been read, and are read once.

        Textual reads them for the theme that is set at the start, and again for the screen: 6 of 360 ms.
        """
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def on_resize(self, event: Resize) -> None:
        """A terminal that is resized may show anything."""
        if isinstance(self._driver, Thrift):
            self._driver.resized(event.size)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """In ASCII mode no line leaves with a character of ambiguous width, without colours none with a colour."""
        return [*super().get_line_filters(), *(each for each in self._last_filters if each.enabled)]

    def on_ready(self) -> None:
        """The first screen stands."""
        super().on_ready()
        self.loaded()

    def loaded(self) -> None:
        """What the first screen needs is loaded."""
        loaded()

    def soon_stands(self) -> None:
        """The last part of the first screen is being drawn; later ones are not waited for."""
        if not self._awaited_first:
            self._awaited_first = True
            self.set_timer(_SETTLED, self.first_stands)
            self.set_timer(_IDLE, self._load_ahead)

    def first_stands(self) -> None:
        """Show what there is of the first screen, where a glimpse of it stood until now; keep it if it is complete."""
        self.loaded()
        driver = self._driver
        if isinstance(driver, Thrift) and not self._stands:
            self._stands = True
            picture = driver.stands()
            self.first_picture = "" if self.typed or self.pressed else picture

    def _load_ahead(self) -> None:
        from kpitui.tui.ahead import Ahead  # noqa: PLC0415 - nothing that can wait comes before the first screen

        Ahead(self.set_timer).go_on()

    def _handle_exception(self, error: Exception) -> None:
        """Take an error for what ends the program, but not a part that is missing where it is being left already.

        A screen that has just come is told that it stands even where Textual (8.2.8) has put nothing into it any more.
        """
        if not (self._exit and isinstance(error, NoMatches)):
            super()._handle_exception(error)

    def _print_error_renderables(self) -> None:
        """Leave it to who started the app, in the place of Textual's (8.2.8) traceback with the values of variables."""
        if self._exception is not None and "debug" not in self.features:
            self.error = cause(self._exception)
            self._exit_renderables.clear()
        super()._print_error_renderables()

    def action_command_palette(self) -> None:
        """Open the palette with a word of ours in it."""
        self.find(None, _FIND, _NO_MATCHES)

    def find(self, offered: type[Provider] | None, what: Both, nothing: Both) -> None:
        """Have the reader choose from what is offered, or from the screen's commands, by typing some of it."""
        if not isinstance(self.screen, CommandPalette):
            providers = None if offered is None else [offered]
            self.push_screen(_Palette(providers, what.say(self.lang), nothing.say(self.lang)))


class _Palette(Paced, CommandPalette):
    """The palette in the reader's language; its one sentence is English in Textual (8.2.8)."""

    def __init__(self, providers: Any, what: str, nothing: str) -> None:
        super().__init__(providers, placeholder=what)
        self._nothing = nothing

    def on_mount(self) -> None:
        """In ASCII mode without the picture before the line to type in, which is no letter of any font."""
        if cast("Shell", self.app).config.ascii:
            self.query_one(SearchIcon).icon = ">"

    def _start_no_matches_countdown(self, search_value: str) -> None:
        """After a while without a match, say so."""
        self._stop_no_matches_countdown()
        if search_value:
            self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, self._say_nothing_matches)

    def _say_nothing_matches(self) -> None:
        told = Option(Content(self._nothing), disabled=True, id=self._NO_MATCHES)
        self.query_one(CommandList).add_option(told)
        self._list_visible = True


def cause(error: BaseException) -> BaseException:
    """What went wrong: Textual's workers wrap it."""
    return error.error if isinstance(error, WorkerFailed) else error


def _forget_empty_no_color() -> None:
    """An empty NO_COLOR counts as unset; Textual would take its mere presence for a wish."""
    if not os.environ.get(NO_COLOR):
        os.environ.pop(NO_COLOR, None)
