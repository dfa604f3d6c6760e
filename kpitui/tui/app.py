"""The application: theme, palette, and one screen over one report."""

from __future__ import annotations

import asyncio
import dataclasses
import gc
import os
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from textual import constants, on
from textual.app import App, ScreenStackError
from textual.binding import Binding
from textual.command import CommandPalette
from textual.css.query import NoMatches
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen
from textual.widgets import Input

from kpitui.config import DEFAULTS, NO_COLOR, Config
from kpitui.report.model import Report
from kpitui.report.open import open_report
from kpitui.text.wording import Both, Lang
from kpitui.tui import leaving
from kpitui.tui.browse import Browse
from kpitui.tui.filters import AsciiSigns, NoColourCodes
from kpitui.tui.keymap import dispatch, remapped
from kpitui.tui.leaving import HungUp
from kpitui.tui.resume import EVERY, Keeper, Resumed, resumed
from kpitui.tui.themes import THEMES
from kpitui.views.history import Reading
from kpitui.views.saved import SavedView
from kpitui.views.spec import ViewSpec
from kpitui.views.store import Store

_FIND = Both("命令を探す", "find a command")


class KpituiApp(App[int]):
    """kpitui in a terminal."""

    CSS_PATH = "kpitui.tcss"
    TITLE = "kpitui"
    COMMANDS: ClassVar[set[Any]] = set()
    BINDINGS: ClassVar[list[Any]] = [Binding("ctrl+c", "interrupt", show=False, priority=True)]

    ENABLE_COMMAND_PALETTE = False  # its key would go before those of the table of commands, and could not be changed

    def __init__(
        self,
        report: Report,
        view: SavedView,
        store: Store,
        lang: Lang,
        config: Config = DEFAULTS,
        *,
        keeper: Keeper | None = None,
        resumed: Resumed | None = None,
    ) -> None:
        theme = THEMES[config.theme]
        _forget_empty_no_color()
        super().__init__(ansi_color=theme.ansi)
        self.animation_level = "none"
        self.register_theme(theme)
        self.theme = theme.name
        self.lang = lang
        self._keeper = keeper
        self._resumed = resumed
        self._last_filters = [AsciiSigns(enabled=config.ascii), NoColourCodes(enabled=self.no_color)]
        commands = remapped(config.keys, config.path)
        for key, ids in dispatch(commands).items():
            self.bind(key, f"screen.run({', '.join(map(repr, ids))})", show=False)
        self._start = (report, view.spec, store, dataclasses.replace(config, lang=lang), commands, view.note)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """In ASCII mode no line leaves with a character of ambiguous width, without colours none with a colour."""
        return [*super().get_line_filters(), *(each for each in self._last_filters if each.enabled)]

    def get_default_screen(self) -> Screen[None]:
        """The browse screen."""
        return Browse(*self._start, resumed=self._resumed)

    def get_driver_class(self) -> type[Driver]:
        """The driver for lines that are slow or drop; another one where the environment or the system asks for it."""
        if constants.DRIVER is not None or os.name != "posix":
            return super().get_driver_class()
        from kpitui.tui.driver import LineDriver  # noqa: PLC0415 - the system may have no termios

        return LineDriver

    def on_ready(self) -> None:
        """The first screen stands: what was loaded for it stays, so the collector need never look at it again."""
        if not gc.isenabled():
            gc.freeze()
            gc.enable()
        if not self.is_headless:
            self.app_resume_signal.subscribe(self, lambda _: self.screen.refresh(layout=True))
        if self._keeper is not None:
            self.set_interval(EVERY, self._keep_beside)

    # Ends, and what is kept of a session

    def exit(self, *words: Any, **settings: Any) -> None:
        """Leave, and keep where the reader was for `kpitui --resume`."""
        self._keep()
        super().exit(*words, **settings)

    def leave(self, code: int) -> None:
        """Leave with an exit code because the reader, the system or the line says so, come what may."""
        leaving.end_in_any_case(self, code)
        self.exit(return_code=code)

    @on(HungUp)
    def leave_the_line(self) -> None:
        """The terminal is gone: there is nobody left to draw for."""
        self.leave(leaving.HUNG_UP)

    def action_interrupt(self) -> None:
        """Ctrl-C leaves at once; marked text in a prompt is copied instead, as readers of other programs expect."""
        focused = self.focused
        if isinstance(focused, Input) and focused.selected_text:
            focused.action_copy()
        else:
            self.leave(leaving.INTERRUPTED)

    def _keep(self) -> None:
        """Keep where the reader is; before the first screen there is nothing to keep."""
        found = self._to_keep()
        if found and self._keeper is not None:
            self._keeper.keep(*found)

    async def _keep_beside(self) -> None:
        """The same in a thread, for a disk may be slow and a key must not wait for it."""
        found = self._to_keep()
        if found and self._keeper is not None and self._keeper.is_new(*found):
            await asyncio.to_thread(self._keeper.keep, *found)

    def _to_keep(self) -> tuple[Reading, Report] | None:
        """Where the reader is in what; None where nothing is to be kept."""
        if self._keeper is None:
            return None
        try:
            browse = next(each for each in self.screen_stack if isinstance(each, Browse))
            return browse.remembered(), browse.report
        except (NoMatches, ScreenStackError, StopIteration):  # the screen is being taken down, or not up yet
            return None

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
    return ViewSpec("kpis" if report.folder.is_file() else "projects")


def run(args: Namespace) -> int:
    """Open the browser on what the command line names and return the exit code."""
    config: Config = args.config
    last = resumed() if args.resume else None
    report = last.report if last else open_report(Path(args.report[0]) if args.report else None)
    store = Store.usual(config.views)
    view = store.find(args.view, report, config.language) if args.view else SavedView("", _first_view(report))
    keeper = Keeper.usual(last.reports if last else tuple(args.report))
    app = KpituiApp(report, view, store, config.language, config, keeper=keeper, resumed=last)
    app.run(mouse=config.mouse)
    return app.return_code or 0
