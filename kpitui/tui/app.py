"""The application over one report that has been read: one screen in the shell that every application of ours has."""

from __future__ import annotations

from textual.screen import Screen

from kpitui.config import DEFAULTS, Config
from kpitui.report.model import Report
from kpitui.text.wording import Lang
from kpitui.tui.browse import Browse
from kpitui.tui.shell import Shell
from kpitui.tui.takings import Takings
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
        takings: Takings | None = None,
    ) -> None:
        """A guest has `takings`, where what would be written into files is kept."""
        super().__init__(lang, config, takings)
        self._start = (report, view.spec, store, self.config, self.commands, view.note)

    def get_default_screen(self) -> Screen[None]:
        """The browse screen."""
        return Browse(*self._start)
