"""A page draws what is on screen; what lies further down is worked out meanwhile."""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from itertools import count
from time import monotonic, thread_time

import pytest
from screen import screen_text, settle
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from kpitui.text.breaking import broken
from kpitui.text.prose import Line, line
from kpitui.tui.widgets.page import Page

_PATIENCE = 60.0


class _OnePage(App[None]):
    CSS = "Page { overflow-x: hidden; scrollbar-size: 0 0; }"

    def compose(self) -> ComposeResult:
        yield Page(id="page")


@asynccontextmanager
async def showing(lines: Callable[[int], Iterable[Line]], top: int = 0) -> AsyncIterator[tuple[Page, Pilot[None]]]:
    async with _OnePage().run_test(size=(20, 5)) as pilot:
        page = pilot.app.query_one(Page)
        page.show(lines, top)
        yield page, pilot


async def wait_for(pilot: Pilot[None], words: str) -> None:
    end = monotonic() + _PATIENCE
    while words not in "\n".join(screen_text(pilot.app)):
        assert monotonic() < end, screen_text(pilot.app)
        await pilot.pause(0)


def numbered(_: int) -> Iterator[Line]:
    return (line(f"line {number}") for number in range(1000))


async def test_lines_without_an_end_are_drawn_and_scrolled() -> None:
    async with showing(lambda _: (line(f"line {number}") for number in count())) as (page, pilot):
        await wait_for(pilot, "line 4")
        page.move(100)
        await wait_for(pilot, "line 104")
        assert screen_text(pilot.app)[0].rstrip() == "line 100"


async def test_the_last_line_is_gone_to_once_it_is_known() -> None:
    async with showing(numbered) as (page, pilot):
        page.ends(last=True)
        await settle(pilot)
        assert [each.rstrip() for each in screen_text(pilot.app)] == [f"line {number}" for number in range(995, 1000)]
        page.ends(last=False)
        await settle(pilot)
        assert screen_text(pilot.app)[0].rstrip() == "line 0"


@pytest.mark.parametrize(("top", "first"), [(0, 0), (500, 500), (998, 995)])
async def test_a_page_begins_with_the_line_asked_for_as_far_as_there_are_lines(top: int, first: int) -> None:
    async with showing(numbered, top) as (page, pilot):
        await settle(pilot)
        assert screen_text(pilot.app)[0].rstrip() == f"line {first}"
        assert page.top == first


async def test_the_line_on_top_stays_when_the_lines_are_broken_anew() -> None:
    async with showing(numbered, 500) as (page, pilot):
        await settle(pilot)
        await pilot.resize_terminal(30, 8)
        await settle(pilot)
        assert page.top == 500
        assert screen_text(pilot.app)[7].rstrip() == "line 507"


async def test_what_the_mouse_selects_is_the_text_of_the_lines() -> None:
    async with showing(numbered, 500) as (_, pilot):
        await settle(pilot)
        await pilot.mouse_down(Page, offset=(5, 0))
        await pilot.hover(Page, offset=(3, 1))
        await pilot.mouse_up(Page, offset=(3, 1))
        await settle(pilot)
        assert pilot.app.screen.get_selected_text() == "500\nline"


def test_the_first_lines_of_a_text_cost_no_more_because_millions_of_characters_follow() -> None:
    lines = broken("達成率、" * 1_000_000, 10)
    began = thread_time()
    assert [next(lines) for _ in range(3)] == ["達成率、達", "成率、達成", "率、達成"]
    assert thread_time() - began < 0.5  # of computing, however busy the machine is
