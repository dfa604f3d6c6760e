"""Asking for what may take long: of a small report answered at once, of a large one by a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import field, replace
from typing import Any, Literal, TypeVar

from textual.screen import Screen
from textual.timer import Timer
from textual.worker import Worker

from kpitui.dataclass import dataclass
from kpitui.errors import KpituiError
from kpitui.report.model import Report
from kpitui.text.wording import Both
from kpitui.tui.threads import Threads

LARGE = 200_000
"""KPIs from which on answers are waited for in a thread: of a million, sorting and searching take 0.15 to 0.4 s, so
that below a fifth of that a reader sees no wait, and an answer in the same moment needs no second drawing."""
LATE = 0.2
"""Seconds after which the reader is told that something is being worked out."""

MOMENT = 0.02
"""Seconds that an answer waits for what goes beside it, so that one drawing shows both: of a million rows, counting
takes a third of that, and of ten million a reader sees no such wait either."""

T = TypeVar("T")
Lane = Literal["rows", "counts", "matrix", "page", "look"]
"""What is asked for: a view's rows, the counts beside and above them, a page's lines, a closer look in a dialog."""
_STOPPED: tuple[Lane, ...] = ("rows", "page", "look")
"""What Escape stops. Counts come beside rows that already stand, so that there is nothing to go back to."""


def _nothing() -> None:
    """Where nothing is to be done if the wait is given up."""


@dataclass(eq=False)
class Asked:
    """One question: what it is about, how its being worked out is called, and what is done with the answer."""

    key: Hashable
    words: Both
    use: Callable[[Any], None]
    given_up: Callable[[], None] = _nothing
    after: list[Callable[[], None]] = field(default_factory=list)
    late: bool = False
    timer: Timer | None = None
    worker: Worker[None] | None = None


@dataclass(eq=False)
class Beside:
    """A question that will be asked as soon as another one is answered: its key, and how it is worked out.

    The thread that works out the other one goes on with it; `answer` is there from then on.
    """

    key: Hashable
    work: Callable[[], Any]
    answer: asyncio.Future[Any] | None = None


def is_large(report: Report) -> bool:
    """Whether the report's answers are waited for in a thread."""
    return report.kpis.height > LARGE


class Engine:
    """Asks for a screen, one question to a lane: the newest counts, and the answer to an older one is dropped.

    Dropped means just that: polars cannot be stopped, so the older answer is still worked out, and nobody looks at it.
    """

    def __init__(self, screen: Screen[Any], told: Callable[[], None], complain: Callable[[KpituiError], None]) -> None:
        self._screen = screen
        self._told = told
        self._complain = complain
        self._threads = Threads()
        self._asked: dict[Lane, Asked] = {}
        self._beside: Beside | None = None

    @property
    def progress(self) -> Both | None:
        """What has been worked out for longer than a moment; None where nothing has."""
        return next((each.words for each in self._asked.values() if each.late), None)

    def waits(self, lane: Lane) -> bool:
        """Whether an answer in the lane is still to come."""
        return lane in self._asked

    def is_late(self, lane: Lane) -> bool:
        """Whether the answer in the lane has been waited for longer than a moment."""
        return lane in self._asked and self._asked[lane].late

    def ask(
        self, lane: Lane, asked: Asked, work: Callable[[], T], *, threaded: bool, beside: Beside | None = None
    ) -> None:
        """Do something with what `work` returns: now, or, `threaded`, when a thread has worked it out.

        A question of the same key that is already being worked out is not begun again. A thread works out what is to be
        asked `beside` this question, too, and is given a moment for it: then its answer is there when it is asked for.
        A KpituiError is raised where the answer comes now, else complained of.
        """
        begun = self._beside.answer if self._beside is not None and self._beside.key == asked.key else None
        come = begun is not None and _has_come(begun)
        if come or not threaded:
            self.drop(lane)
            asked.use(begun.result() if begun is not None and come else work())
            return
        older = self._asked.get(lane)
        if older is not None and older.key == asked.key:
            older.use, older.given_up, older.after = asked.use, asked.given_up, asked.after
            return
        self._begin(lane, asked, self._worked_out(work, beside, begun))

    def _begin(self, lane: Lane, asked: Asked, coming: Awaitable[Any]) -> None:
        self.drop(lane)
        self._asked[lane] = asked
        asked.timer = self._screen.set_timer(LATE, lambda: self._is_late(asked))
        asked.worker = self._screen.run_worker(self._answer(lane, asked, coming), group=f"engine-{lane}")

    async def _worked_out(self, work: Callable[[], T], beside: Beside | None, begun: asyncio.Future[Any] | None) -> Any:
        """What the work returns; where another question's thread is at it already, that is waited for."""
        if begun is not None and not begun.done():
            return await begun
        if beside is None:
            return await self._threads.run(work)
        first, second = await self._threads.begin(work, beside.work)
        answer = await first
        self._beside = replace(beside, answer=second)
        await asyncio.wait([second], timeout=MOMENT)
        return answer

    async def _answer(self, lane: Lane, asked: Asked, coming: Awaitable[Any]) -> None:
        try:
            answer = await coming
            if self._end(lane, asked):
                asked.use(answer)
                for each in asked.after:
                    each()
        except KpituiError as error:
            self._end(lane, asked)
            asked.given_up()
            self._complain(error)

    def _is_late(self, asked: Asked) -> None:
        asked.late = True
        self._told()

    def _end(self, lane: Lane, asked: Asked) -> bool:
        """Whether the question still stood; from now on it does not."""
        if self._asked.get(lane) is not asked:
            return False
        del self._asked[lane]
        if asked.timer is not None:
            asked.timer.stop()
        if asked.late:
            self._told()
        return True

    def afterwards(self, lane: Lane, do: Callable[[], None], given_up: Callable[[], None]) -> None:
        """Do something when the lane's answer has come, now if none is to come; another thing if it is given up."""
        asked = self._asked.get(lane)
        if asked is None:
            do()
        else:
            asked.after.append(do)
            asked.given_up = given_up

    def drop(self, lane: Lane) -> Asked | None:
        """No longer wait for the lane's answer; what was asked, if anything was."""
        asked = self._asked.get(lane)
        if asked is not None:
            self._end(lane, asked)
            if asked.worker is not None:
                asked.worker.cancel()
        return asked

    def stop(self) -> bool:
        """Give up what the reader waits for; False where that is nothing."""
        dropped = [asked for asked in map(self.drop, _STOPPED) if asked is not None]
        for asked in dropped:
            asked.given_up()
        return bool(dropped)


def _has_come(answer: asyncio.Future[Any]) -> bool:
    """Whether an answer is there and is no error."""
    return answer.done() and not answer.cancelled() and answer.exception() is None
