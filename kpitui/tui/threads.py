"""Functions run in threads that nobody has to wait for, not even at the end of the program."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")

_NAME = "kpitui-works-out"
_AT_ONCE = 3
"""Threads at once: what is no longer wanted may still be under way in one, while rows and counts are wanted."""


class Threads:
    """Runs a function in a thread of its own, at most three at once, while the event loop goes on.

    Cancelling the wait drops the answer, it does not stop the function: polars cannot be interrupted, so the thread
    runs on to its end, and its place among the three is taken until then. The threads are daemons, and not those of
    asyncio's or Textual's own pool, which both wait at the end for what is still running.
    """

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(_AT_ONCE)

    async def run(self, work: Callable[[], T]) -> T:
        """What the function returns or raises."""
        await self._free.acquire()
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()

        def body() -> None:
            result, error = _outcome(work)
            with contextlib.suppress(RuntimeError):  # the loop is closed: the program is being left
                loop.call_soon_threadsafe(self._ended, answer, result, error)

        threading.Thread(target=body, name=_NAME, daemon=True).start()
        return await answer

    def _ended(self, answer: asyncio.Future[Any], result: object, error: BaseException | None) -> None:
        self._free.release()
        if answer.done():  # the wait was cancelled
            return
        if error is None:
            answer.set_result(result)
        else:
            answer.set_exception(error)


def _outcome(work: Callable[[], T]) -> tuple[T | None, BaseException | None]:
    try:
        return work(), None
    except BaseException as error:  # raised again where the answer is awaited
        return None, error


def unfinished() -> bool:
    """Whether such a thread is still at work."""
    return any(each.name == _NAME for each in threading.enumerate())
