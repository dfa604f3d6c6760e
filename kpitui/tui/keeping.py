"""What every application of ours does with a session: keeps where the reader is, and ends in order."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, cast, runtime_checkable

from textual import on
from textual.app import ScreenStackError
from textual.binding import Binding
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.widgets import Input

from kpitui.tui import leaving
from kpitui.tui.leaving import HungUp
from kpitui.tui.typing import Typing

if TYPE_CHECKING:
    from kpitui.report.model import Report
    from kpitui.tui.resume import Keeper
    from kpitui.views.history import Reading

EVERY = 3.0
"""Seconds after which a change is kept; a process that is killed outright loses no more."""


@runtime_checkable
class Remembering(Protocol):
    """A screen that knows where the reader is."""

    report: Report

    def remembered(self) -> Reading:
        """What is being read, with where the cursor is."""
        ...


class Keeping(Typing):
    """An application with an end that nobody need fear; a guest's place is not kept."""

    BINDINGS: ClassVar[list[Any]] = [Binding("ctrl+c", "interrupt", show=False, priority=True)]
    reports: tuple[str, ...] | None = None
    """The whole paths that are open, none for the built-in report, where the place in them is to be kept."""

    def on_ready(self) -> None:
        """The first screen stands: keep where the reader is from now on."""
        if self.reports is not None:
            self.keep_place(self.reports)

    def keep_place(self, reports: tuple[str, ...]) -> None:
        """Keep where the reader is in these reports, every few seconds and at the end."""
        self.reports = reports
        self.set_interval(EVERY, self._keep_beside)

    @cached_property
    def _keeper(self) -> Keeper:
        from kpitui.tui.resume import Keeper  # noqa: PLC0415 - there is nothing to keep before the first screen

        return Keeper.usual(self.reports or ())

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
        if found := self._to_keep():
            self._keeper.keep(*found)

    async def _keep_beside(self) -> None:
        """The same in a thread, for a disk may be slow and a key must not wait for it."""
        found = self._to_keep()
        if found and self._keeper.is_new(*found):
            await asyncio.to_thread(self._keeper.keep, *found)

    def _to_keep(self) -> tuple[Reading, Report] | None:
        """Where the reader is in what; None where nothing is to be kept."""
        if self.reports is None:
            return None
        try:
            stack = cast("Sequence[Screen[Any]]", self.screen_stack)
            browse = next(each for each in stack if isinstance(each, Remembering))
            return browse.remembered(), browse.report
        except (NoMatches, ScreenStackError, StopIteration):  # the screen is being taken down, or not up yet
            return None
