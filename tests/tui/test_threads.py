"""Functions run one after the other in a thread of their own."""

import asyncio
from threading import Event

import pytest

from kpitui.tui.threads import Threads

_PATIENCE = 60.0


async def test_the_first_answer_is_there_while_the_second_is_worked_out() -> None:
    go_on = Event()
    first, second = await Threads().begin(lambda: "rows", lambda: go_on.wait(_PATIENCE))
    assert await first == "rows"
    assert not second.done()
    go_on.set()
    assert await second


async def test_nothing_is_worked_out_after_an_error() -> None:
    done: list[str] = []
    first, second = await Threads().begin(lambda: 1 // 0, lambda: done.append("counts"))
    with pytest.raises(ZeroDivisionError):
        await first
    await asyncio.wait([second])
    assert second.cancelled()
    assert not done


async def test_nothing_is_worked_out_behind_an_answer_that_nobody_waits_for_any_more() -> None:
    go_on, done = Event(), list[str]()
    first, second = await Threads().begin(lambda: go_on.wait(_PATIENCE), lambda: done.append("counts"))
    first.cancel()
    go_on.set()
    await asyncio.wait([second])
    assert second.cancelled()
    assert not done


async def test_a_fourth_thread_waits_for_one_of_three_to_end() -> None:
    threads, go_on = Threads(), Event()
    begun = [await threads.begin(lambda: go_on.wait(_PATIENCE)) for _ in range(3)]
    fourth = asyncio.ensure_future(threads.run(lambda: "the fourth"))
    await asyncio.sleep(0)
    assert not fourth.done()
    go_on.set()
    assert await fourth == "the fourth"
    assert all([await answer for (answer,) in begun])
