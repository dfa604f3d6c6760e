"""The application: theme, palette, and one screen over one report."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any, ClassVar

from textual.app import App
from textual.command import CommandPalette
from textual.screen import Screen
from textual.theme import Theme

from kpitui.report import builtin
from kpitui.report.load import load
from kpitui.report.model import Report
from kpitui.text.wording import Both, Lang
from kpitui.tui.browse import Browse
from kpitui.views.saved import SavedView
from kpitui.views.spec import ViewSpec
from kpitui.views.store import Store

TERMINAL = Theme(
    name="terminal",
    ansi=True,
    primary="ansi_blue",
    secondary="ansi_cyan",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    accent="ansi_blue",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables={
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "border": "ansi_blue",
        "border-blurred": "ansi_default",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-background": "ansi_default",
        "block-cursor-text-style": "reverse",
        "block-hover-background": "ansi_default",
        "input-cursor-background": "ansi_default",
        "input-cursor-foreground": "ansi_default",
        "input-cursor-text-style": "reverse",
        "input-selection-background": "ansi_default",
        "input-selection-foreground": "ansi_default",
        "screen-selection-background": "ansi_default",
        "screen-selection-foreground": "ansi_default",
        "footer-background": "ansi_default",
        "link-color": "ansi_default",
    },
)
"""The terminal's own sixteen colours: readable on dark and light, and half the bytes of RGB."""
_FIND = Both("命令を探す", "find a command")


class KpituiApp(App[int]):
    """kpitui in a terminal."""

    CSS_PATH = "kpitui.tcss"
    TITLE = "kpitui"
    COMMANDS: ClassVar[set[Any]] = set()

    def __init__(self, report: Report, view: SavedView, store: Store, lang: Lang) -> None:
        super().__init__(ansi_color=True)
        self.animation_level = "none"
        self.register_theme(TERMINAL)
        self.theme = TERMINAL.name
        self.lang = lang
        self._start = (report, view.spec, store, lang, view.note)

    def get_default_screen(self) -> Screen[None]:
        """The browse screen."""
        return Browse(*self._start)

    def action_command_palette(self) -> None:
        """Open the palette with a word of ours in it."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder=_FIND.say(self.lang)))


def run(args: Namespace) -> int:
    """Open the browser on what the command line names and return the exit code."""
    lang: Lang = args.lang
    report = load(Path(args.report[0]) if args.report else builtin.folder())
    store = Store.usual([Path(folder) for folder in args.views])
    view = store.find(args.view, report, lang) if args.view else SavedView("", ViewSpec())
    app = KpituiApp(report, view, store, lang)
    app.run(mouse=not args.no_mouse)
    return app.return_code or 0
