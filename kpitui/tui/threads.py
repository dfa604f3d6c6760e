"""Functions run in threads that nobody has to wait for, not even at the end of the program."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

T = TypeVar("T")

_NAME = "kpitui-works-out"
_AT_ONCE = 3
"""Threads at once: what is no longer wanted may still be under way in one, while rows and counts are wanted."""


class Threads:
    """Runs functions in a thread of their own, at most three at once, while the event loop goes on.

    Cancelling the wait drops the answer, it does not stop the function: polars cannot be interrupted, so the thread
    runs on to its end, and its place among the three is taken until then. The threads are daemons, and not those of
    asyncio's or Textual's own pool, which both wait at the end for what is still running.
    """

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(_AT_ONCE)

    async def run(self, work: Callable[[], T]) -> T:
        """What the function returns or raises."""
        (answer,) = await self.begin(work)
        result: T = await answer
        return result

    async def begin(self, *works: Callable[[], Any]) -> Sequence[asyncio.Future[Any]]:
        """Begin a thread that runs one function after the other; the answer of each will be in a future.

        After an error, or where an answer was cancelled before it came, the functions behind it are not run and their
        futures are cancelled.
        """
        await self._free.acquire()
        loop = asyncio.get_running_loop()
        answers = [loop.create_future() for _ in works]

        def body() -> None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: the program is being left
                for work, answer in zip(works, answers, strict=True):
                    result, error = _outcome(work)
                    loop.call_soon_threadsafe(_answered, answer, result, error)
                    if error is not None or answer.cancelled():
                        break
                loop.call_soon_threadsafe(self._ended, answers)

        threading.Thread(target=body, name=_NAME, daemon=True).start()
        return answers

    def _ended(self, answers: Sequence[asyncio.Future[Any]]) -> None:
        self._free.release()
        for answer in answers:
            answer.cancel()  # those that have come stay as they are


def _answered(answer: asyncio.Future[Any], result: object, error: BaseException | None) -> None:
    if answer.done():  # the wait was cancelled
        return
    if error is None:
        answer.set_result(result)
    else:
        answer.set_exception(error)
        answer.exception()  # so that asyncio does not print it over the screen where nobody waits for it any more


def _outcome(work: Callable[[], T]) -> tuple[T | None, BaseException | None]:
    try:
        return work(), None
    except Exception as error:  # raised again where the answer is awaited
        return None, error
    except BaseException as error:  # a panic of polars, which Textual (8.2.8) would let pass unseen
        panic = RuntimeError(str(error))
        panic.__cause__ = error
        return None, panic


def unfinished() -> bool:
    """Whether such a thread is still at work."""
    return any(each.name == _NAME for each in threading.enumerate())
