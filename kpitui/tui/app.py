"""The application over a report: its browser, or first a screen that there is before any report."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.screen import Screen

from kpitui.config import DEFAULTS, Config
from kpitui.report.model import Report
from kpitui.text.wording import Lang
from kpitui.tui.browse import Browse
from kpitui.tui.shell import Shell
from kpitui.views.history import Reading
from kpitui.views.saved import SavedView
from kpitui.views.store import Store

if TYPE_CHECKING:
    from kpitui.tui.resume import Resumed

Start = Callable[["KpituiApp"], Screen[None]]
"""Makes the screen that stands before any report is there."""


class KpituiApp(Shell):
    """kpitui in a terminal."""

    def __init__(
        self,
        report: Report | Start,
        view: SavedView,
        store: Store,
        lang: Lang,
        config: Config = DEFAULTS,
        *,
        reports: tuple[str, ...] | None = None,
        resumed: Resumed | None = None,
    ) -> None:
        super().__init__(lang, config)
        self.reports = reports
        self._first = (report, view)
        self._store = store
        self._resumed = resumed

    def get_default_screen(self) -> Screen[None]:
        """The browse screen, or what stands before it."""
        report, view = self._first
        return self.browse(report, view) if isinstance(report, Report) else report(self)

    def browse(self, report: Report, view: SavedView) -> Browse:
        """The browse screen over a report, where the reader was in it if the session is resumed."""
        last = self._resumed
        reading = last.reading if last else Reading.start(view.spec)
        browse = Browse(report, reading, self._store, self.config, self.commands, view)
        browse.first_words = last.words if last else None
        return browse
