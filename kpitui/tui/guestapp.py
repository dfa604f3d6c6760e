"""The application as a guest of a server meets it: it reads, and what is taken along goes to the guest's terminal."""

from __future__ import annotations

import contextlib
import signal
from pathlib import Path
from time import monotonic
from typing import IO, Any

from textual import events

from kpitui.config import Config
from kpitui.guest import BROKEN, Guest, without_folders
from kpitui.report.model import Report
from kpitui.text.wording import Both
from kpitui.tui.app import KpituiApp
from kpitui.tui.commands import Command
from kpitui.tui.shell import cause
from kpitui.tui.takings import Takings
from kpitui.views.saved import SavedView
from kpitui.views.store import Store

FORBIDDEN = ("reload", "suspend")
"""Commands that read what lies on the server or lead to a shell; every other shows what was read at the start."""
_LOOKS = 4
"""How often within the time a guest may be idle it is looked whether that is over."""
_IDLE = Both("{minutes:g}分間キーが押されなかったので終わりました", "left after {minutes:g} minutes without a key")


class GuestApp(KpituiApp):
    """kpitui without a way to the server's files: what Textual could write or open is closed here, whoever asks."""

    def __init__(self, report: Report, view: SavedView, store: Store, config: Config, guest: Guest) -> None:
        super().__init__(report, view, store, config.language, config)
        self.takings = Takings()
        self.guest = guest
        self.farewell = ""
        self._last_input = monotonic()

    def offered(self, commands: tuple[Command, ...]) -> tuple[Command, ...]:
        """Without the commands that read from the server."""
        return tuple(each for each in commands if each.id not in FORBIDDEN)

    def on_mount(self) -> None:
        """Look from time to time whether the guest is still there."""
        self.set_interval(self.guest.idle * 60 / _LOOKS, self._leave_if_idle)

    async def on_event(self, event: events.Event) -> None:
        """Note when a key was pressed or the mouse moved."""
        if isinstance(event, events.InputEvent):
            self._last_input = monotonic()
        await super().on_event(event)

    def _leave_if_idle(self) -> None:
        if monotonic() - self._last_input >= self.guest.idle * 60:
            self.farewell = _IDLE.format(minutes=self.guest.idle).say(self.lang)
            self.leave(0)

    def notify(self, message: str, **settings: Any) -> None:
        """Say something without telling where on the server a file lies."""
        super().notify(without_folders(message), **settings)

    def _print_error_renderables(self) -> None:
        """A sentence in the place of Textual's traceback, which shows names and values of the server."""
        if self._exit_renderables:
            short = self._exception is not None and isinstance(cause(self._exception), MemoryError)
            words = self.guest.too_much if short else BROKEN
            self.farewell = words.say(self.lang)
            self._exit_renderables.clear()

    def action_suspend_process(self) -> None:
        """No shell behind the program."""

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """No file on the server."""

    def save_screenshot(
        self, filename: str | None = None, path: str | None = None, time_format: str | None = None
    ) -> str:
        """No file on the server."""
        return ""

    def deliver_screenshot(self, *_: Any, **__: Any) -> str | None:
        """No file on the server."""
        return None

    def deliver_text(self, path_or_file: str | Path | Any, **_: Any) -> str | None:
        """No file of the server."""
        return None

    def deliver_binary(self, path_or_file: str | Path | IO[bytes], **_: Any) -> str | None:
        """No file of the server."""
        return None

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """No program on the server."""


def run(app: GuestApp, mouse: bool) -> int:
    """Run until the guest leaves, then write to the terminal what was taken along and why it ended, if by itself."""
    app.run(mouse=mouse)
    taken = app.takings.printed() if app.takings else ""
    words = "\n".join(filter(None, (taken, app.farewell)))
    signal.setitimer(signal.ITIMER_REAL, app.guest.idle * 60)  # a terminal that takes nothing is left to itself
    with contextlib.suppress(OSError):
        print(words, end="\n" if words else "", flush=True)
    return app.return_code or 0
