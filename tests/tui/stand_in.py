"""What stands for the browse screen where none is drawn: what is read, a cursor, timers that never come."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any, cast

from textual.screen import Screen

from kpitui.output.display import Display
from kpitui.report.model import Report, Table
from kpitui.tui.answers import Answers
from kpitui.tui.engine import Engine
from kpitui.tui.widgets.facets import Facet, Facets
from kpitui.views.history import Reading
from kpitui.views.query import select


class Timer:
    """One that never comes."""

    def stop(self) -> None:
        """Nothing is to be stopped."""


class StandIn:
    """A screen with its engine: `row` is the record under the cursor.

    Facets show if `display` is true, and `counted` are those that did.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.row = ""
        self.display = False
        self.counted: list[list[Facet]] = []
        self.workers: list[asyncio.Task[None]] = []
        self.engine = Engine(cast("Screen[Any]", self), lambda: None, lambda error: None)

    def remembered(self) -> Reading:
        """What is being read, with where the cursor is."""
        return self.reading.here(replace(self.reading.place, row_id=self.row))

    def set_timer(self, *_: object) -> Timer:
        """The engine's, that tells of a long wait."""
        return Timer()

    def run_worker(self, work: Coroutine[Any, Any, None], group: str) -> asyncio.Task[None]:
        """The engine's, that wait for a thread."""
        self.workers.append(asyncio.create_task(work, name=group))
        return self.workers[-1]

    async def begin(self) -> None:
        """Let what was asked begin to be worked out."""
        await asyncio.sleep(0)

    async def end(self) -> None:
        """Wait until nothing is worked out any more."""
        await asyncio.wait(self.workers)

    def turn_to(self, table: Table) -> None:
        """The facets of another table go."""

    def show(self, facets: list[Facet], _: Display) -> None:
        """Show facets."""
        self.counted.append(facets)

    def answers(self, report: Report) -> Answers:
        """What a report answers to this screen."""
        display, spec = Display(report, "en"), self.reading.place.spec
        return Answers(display, spec, select(report, spec), self.engine, lambda: cast("Facets", self), lambda: 80)
