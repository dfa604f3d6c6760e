"""The screen that stands while a large document is read for the first time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ClassVar

from textual.screen import Screen

from kpitui.config import Config
from kpitui.errors import KpituiError
from kpitui.sources.general.trial import Trial
from kpitui.tui.commands import Command
from kpitui.tui.loading import Loading
from kpitui.tui.shell import Shell
from kpitui.tui.threads import Threads


class Waiting(Loading, inherit_bindings=False):
    """The import screen's frame, with a line that says which file is being read, until a thread has read it.

    `begin` reads it, `show` makes the screen of what was found. What cannot be read at all ends the app.
    """

    TABS: ClassVar[tuple[str, ...]] = ("import_columns", "import_account")

    def __init__(
        self,
        path: Path,
        config: Config,
        commands: Iterable[Command],
        begin: Callable[[], Trial],
        show: Callable[[Trial], Screen[None]],
    ) -> None:
        super().__init__([path], config, commands, self._fill)
        self._begin = begin
        self._show = show
        self._threads = Threads()
        self._trial: Trial | None = None

    def on_mount(self) -> None:
        """Fill the lines, and begin to read."""
        super().on_mount()
        self.run_worker(self._read())

    async def _read(self) -> None:
        try:
            self._trial = await self._threads.run(self._begin)
        except KpituiError as error:
            _end(self.app, error)
            return
        self._fill()

    def _fill(self) -> None:
        """Go on to what was read, once it is there and help is not being read any more."""
        if self._trial is not None and self.app.screen is self:
            trial, self._trial = self._trial, None
            self.app.push_screen(self._show(trial))


def _end(app: object, error: KpituiError) -> None:
    assert isinstance(app, Shell)
    app.error = error
    app.exit(error.exit_code)
