"""The application over one report that has been read: one screen in the shell that every application of ours has."""

from __future__ import annotations

from textual.screen import Screen

from kpitui.config import DEFAULTS, Config
from kpitui.report.model import Report
from kpitui.text.wording import Lang
from kpitui.tui.browse import Browse
from kpitui.tui.resume import Keeper, Resumed
from kpitui.tui.shell import Shell
from kpitui.views.history import Reading
from kpitui.views.saved import SavedView
from kpitui.views.store import Store


class KpituiApp(Shell):
    """kpitui in a terminal."""

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
        super().__init__(lang, config)
        self.keeper = keeper
        self._words = resumed.words if resumed else None
        reading = resumed.reading if resumed else Reading.start(view.spec)
        self._start = (report, reading, store, self.config, self.commands, view.note)

    def get_default_screen(self) -> Screen[None]:
        """The browse screen."""
        browse = Browse(*self._start)
        browse.first_words = self._words
        return browse
