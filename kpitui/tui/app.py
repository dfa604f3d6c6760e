"""The application: theme, palette, and one screen over one report."""

from __future__ import annotations

import gc
import os
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from textual.app import App
from textual.command import CommandPalette
from textual.driver import Driver
from textual.events import Resize
from textual.filter import LineFilter
from textual.screen import Screen

from kpitui.config import DEFAULTS, NO_COLOR, Config
from kpitui.report.model import Report
from kpitui.report.open import open_reports
from kpitui.text.wording import Both, Lang
from kpitui.tui.browse import Browse
from kpitui.tui.commands import Command
from kpitui.tui.filters import AsciiSigns, NoColourCodes
from kpitui.tui.keymap import dispatch, remapped
from kpitui.tui.takings import Takings
from kpitui.tui.themes import THEMES
from kpitui.tui.thrift import Thrift, thrifty
from kpitui.views.saved import SavedView
from kpitui.views.spec import ViewSpec
from kpitui.views.store import Store

_FIND = Both("命令を探す", "find a command")


class KpituiApp(App[int]):
    """kpitui in a terminal."""

    CSS_PATH = "kpitui.tcss"
    TITLE = "kpitui"
    COMMANDS: ClassVar[set[Any]] = set()

    ENABLE_COMMAND_PALETTE = False  # its key would go before those of the table of commands, and could not be changed

    def __init__(
        self,
        report: Report,
        view: SavedView,
        store: Store,
        lang: Lang,
        config: Config = DEFAULTS,
        takings: Takings | None = None,
    ) -> None:
        """A guest has `takings`, where what would be written into files is kept."""
        theme = THEMES[config.theme]
        _forget_empty_no_color()
        super().__init__(ansi_color=theme.ansi)
        self.animation_level = "none"
        self.register_theme(theme)
        self.theme = theme.name
        self.lang = lang
        self._last_filters = [AsciiSigns(enabled=config.ascii), NoColourCodes(enabled=self.no_color)]
        self.takings = takings
        commands = self.offered(remapped(config.keys, config.path))
        for key, ids in dispatch(commands).items():
            self.bind(key, f"screen.run({', '.join(map(repr, ids))})", show=False)
        self._start = (report, view.spec, store, config._replace(lang=lang), commands, view.note)

    def offered(self, commands: tuple[Command, ...]) -> tuple[Command, ...]:
        """The commands that this reader has: all of them."""
        return commands

    def get_line_filters(self) -> Sequence[LineFilter]:
        """In ASCII mode no line leaves with a character of ambiguous width, without colours none with a colour."""
        return [*super().get_line_filters(), *(each for each in self._last_filters if each.enabled)]

    def get_driver_class(self) -> type[Driver]:
        """The usual driver, but of each frame it writes only what differs."""
        return thrifty(super().get_driver_class())

    def on_resize(self, event: Resize) -> None:
        """A terminal that is resized may show anything."""
        if isinstance(self._driver, Thrift):
            self._driver.resized(event.size)

    def get_default_screen(self) -> Screen[None]:
        """The browse screen."""
        return Browse(*self._start)

    def on_ready(self) -> None:
        """The first screen stands: what was loaded for it stays, so the collector need never look at it again."""
        if not gc.isenabled():
            gc.freeze()
            gc.enable()

    def action_command_palette(self) -> None:
        """Open the palette with a word of ours in it."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder=_FIND.say(self.lang)))


def _forget_empty_no_color() -> None:
    """An empty NO_COLOR counts as unset; Textual would take its mere presence for a wish."""
    if not os.environ.get(NO_COLOR):
        os.environ.pop(NO_COLOR, None)


def _first_view(report: Report) -> ViewSpec:
    """A report opens on its projects, a bare table on its KPIs, which is all that it holds."""
    return ViewSpec("kpis" if all(folder.is_file() for folder in report.folders) else "projects")


def run(args: Namespace) -> int:
    """Open the browser on what the command line names and return the exit code."""
    config: Config = args.config
    report = open_reports([Path(each) for each in args.report])
    store = Store.usual(config.views)
    view = store.find(args.view, report, config.language) if args.view else SavedView("", _first_view(report))
    if args.guest:
        from kpitui.tui import guestapp  # noqa: PLC0415 - it is an application of this module's kind

        return guestapp.run(guestapp.GuestApp(report, view, store, config, args.guest), config.mouse)
    app = KpituiApp(report, view, store, config.language, config)
    app.run(mouse=config.mouse)
    return app.return_code or 0
