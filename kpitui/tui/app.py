"""The application: theme, palette, and one screen over one report."""

from __future__ import annotations

import dataclasses
import gc
import os
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from textual.app import App
from textual.command import CommandPalette
from textual.filter import LineFilter
from textual.screen import Screen

from kpitui import ambiguous
from kpitui.config import DEFAULTS, NO_COLOR, Config
from kpitui.report.model import Report
from kpitui.report.open import open_report
from kpitui.text.ambiguous import restored
from kpitui.text.wording import Both, Lang
from kpitui.tui.browse import Browse
from kpitui.tui.filters import AsciiSigns, NoColourCodes
from kpitui.tui.keymap import dispatch, remapped
from kpitui.tui.terminal import driving
from kpitui.tui.themes import THEMES
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
        typed: bytes = b"",
    ) -> None:
        """`typed` is what the reader typed before the app could listen."""
        theme = THEMES[config.theme]
        _forget_empty_no_color()
        super().__init__(ansi_color=theme.ansi)
        self.animation_level = "none"
        self.register_theme(theme)
        self.theme = theme.name
        self.lang = lang
        self.wide = config.wide
        self.driver_class = driving(self.driver_class, wide=config.wide, typed=typed)
        self._last_filters = [AsciiSigns(enabled=config.ascii or config.wide), NoColourCodes(enabled=self.no_color)]
        commands = remapped(config.keys, config.path)
        for key, ids in dispatch(commands).items():
            self.bind(key, f"screen.run({', '.join(map(repr, ids))})", show=False)
        self._start = (report, view.spec, store, dataclasses.replace(config, lang=lang), commands, view.note)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """In ASCII mode no line leaves with a character of ambiguous width, without colours none with a colour."""
        return [*super().get_line_filters(), *(each for each in self._last_filters if each.enabled)]

    def get_default_screen(self) -> Screen[None]:
        """The browse screen."""
        return Browse(*self._start)

    def copy_to_clipboard(self, text: str) -> None:
        """Send what was selected or asked for, with the characters that it has."""
        super().copy_to_clipboard(restored(text))

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
    return ViewSpec("kpis" if report.folder.is_file() else "projects")


def run(args: Namespace) -> int:
    """Open the browser on what the command line names and return the exit code."""
    asked: Config = args.config
    answer = ambiguous.cells("1" if asked.ascii else asked.ambiguous_width)
    config = dataclasses.replace(asked, ambiguous_width=str(answer.cells))
    report = open_report(Path(args.report[0]) if args.report else None)
    store = Store.usual(config.views)
    view = store.find(args.view, report, config.language) if args.view else SavedView("", _first_view(report))
    app = KpituiApp(report, view, store, config.language, config, answer.typed)
    app.run(mouse=config.mouse)
    return app.return_code or 0
