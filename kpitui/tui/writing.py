"""Writing a file from a dialog while the screen goes on: it is written whole, or the reader left before it began."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from textual.screen import Screen

from kpitui.errors import KpituiError
from kpitui.text.wording import Both
from kpitui.tui.threads import Threads

WRITING = Both("書き出し中… Esc で中止", "writing… Esc stops")
_LEFT = Both("書き出しをやめました", "nothing was written")

T = TypeVar("T")


class LeftError(KpituiError):
    """The reader left before anything was written."""


class Turn:
    """Decides, once, between a thread that would begin to write and a reader who would leave."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._taken = ""

    def begin(self) -> None:
        """Called before the first byte is written; LeftError if the reader left."""
        if not self._take("written"):
            raise LeftError(_LEFT)

    def leave(self) -> bool:
        """Whether the reader may leave: nothing has been written, and nothing will be."""
        return self._take("left")

    def _take(self, by: str) -> bool:
        with self._lock:
            self._taken = self._taken or by
            return self._taken == by


class Writer:
    """Lets a dialog write: at once, or `threaded` in a thread, one file at a time."""

    def __init__(self, screen: Screen[Any], *, threaded: bool) -> None:
        self._screen = screen
        self._threaded = threaded
        self._threads = Threads()
        self._turn: Turn | None = None

    @property
    def busy(self) -> bool:
        """Whether something is being written."""
        return self._turn is not None

    def leave(self) -> bool:
        """Whether the dialog may be left; what has begun to be written is written to its end."""
        return self._turn is None or self._turn.leave()

    def write(
        self,
        work: Callable[[Callable[[], None]], T],
        use: Callable[[T], object],
        refused: Callable[[KpituiError], None],
    ) -> bool:
        """Do the work, which calls what it is given before it writes; False where its end is still to come."""
        if self.busy:
            return False
        turn = Turn()
        if self._threaded:
            self._turn = turn
            self._screen.run_worker(self._written(turn, work, use, refused), group="writing")
            return False
        try:
            use(work(turn.begin))
        except KpituiError as error:
            refused(error)
        return True

    async def _written(
        self,
        turn: Turn,
        work: Callable[[Callable[[], None]], T],
        use: Callable[[T], object],
        refused: Callable[[KpituiError], None],
    ) -> None:
        try:
            found = await self._threads.run(lambda: work(turn.begin))
        except KpituiError as error:
            self._turn = None
            refused(error)
        else:
            self._turn = None
            use(found)
