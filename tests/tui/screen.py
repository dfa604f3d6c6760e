"""The browser as a test sees it: keys go in, and once all is quiet, lines of text are on the screen."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any

from rich.cells import cell_len
from rich.segment import Segment
from textual.app import App
from textual.driver import Driver
from textual.drivers.headless_driver import HeadlessDriver
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.strip import Strip
from textual.timer import Timer

from kpitui.config import DEFAULTS, Config
from kpitui.report.model import Report
from kpitui.text.ambiguous import restored
from kpitui.text.wording import Lang
from kpitui.tui.app import KpituiApp
from kpitui.tui.started import first_start
from kpitui.tui.thrift import Thrift
from kpitui.views.saved import SavedView
from kpitui.views.spec import ViewSpec
from kpitui.views.store import Store

Size = tuple[int, int]
HOME: Size = (80, 24)
WIDE: Size = (120, 36)
LARGE: Size = (200, 50)
NARROW: Size = (60, 20)
TINY: Size = (30, 8)

_PATIENCE = 60.0
"""Seconds after which a screen that never comes to rest is a failure."""
_SOON = 0.5
"""Seconds within which a timer is part of the answer to a key."""
UP, DOWN = "▴", "▾"
"""The marks of an ascending and a descending order."""
_SIGNS = ">+* "
"""What may stand before a row: the cursor, a mark of the reader's, a note."""


# What the screen shows and what it waits for. Textual has no public way to ask either, so that what is private
# to 8.2.8 is touched here and nowhere else.


def screen_strips(app: App[Any]) -> list[Strip]:
    """The lines that the terminal shows, with their styles."""
    return app.screen._compositor.render_strips()


def screen_text(app: App[Any]) -> list[str]:
    """The lines that the terminal shows, blanks at their ends included."""
    return [strip.text for strip in screen_strips(app)]


def has_ended(app: App[Any]) -> bool:
    """Whether the app has been left."""
    return app._exit


async def settle(pilot: Pilot[Any], *, held: bool = False) -> None:
    """Wait until no message, timer or worker is under way any more and the screen has stopped changing.

    Where a thread is `held` back by the test, timers and workers, which may wait for it, are not waited for.
    """
    began = monotonic()
    before: list[str] | None = None
    while monotonic() - began < _PATIENCE:
        await pilot.pause(0)
        if has_ended(pilot.app):
            return
        now = screen_text(pilot.app)
        if now == before and _is_whole(pilot.app) and not _hears(pilot.app) and (held or not _waits(pilot.app)):
            return
        before = now
    raise AssertionError("the screen never came to rest")


def _is_whole(app: App[Any]) -> bool:
    """Whether the screen is laid out, in the terminal's size; a new size is first told to it after a moment."""
    return len(screen_strips(app)) == app.size.height and app._resize_timer is None and app._resize_event is None


def _hears(app: App[Any]) -> bool:
    """Whether something is still to be heard or done by a screen, what stands below a dialog included."""
    pumps: list[MessagePump] = [app]
    for screen in app.screen_stack:
        pumps += screen.walk_children(with_self=True)
    return any(pump.message_queue_size or pump._next_callbacks for pump in pumps) or bool(app.screen._callbacks)


def _waits(app: App[Any]) -> bool:
    timers = any(_pending(timer) for screen in app.screen_stack for timer in screen._timers)
    return timers or any(not worker.is_finished for worker in app.workers)


def _pending(timer: Timer) -> bool:
    """Whether it goes off once, soon, and has not yet; a message that leaves after seconds is not waited for."""
    return timer._repeat == 0 and timer._interval < _SOON and timer._task is not None and not timer._task.done()


class _Sink(HeadlessDriver):
    """A driver that writes as to a terminal, into a list."""

    is_headless = False

    def __init__(self, app: App[Any], *, written: list[str], **settings: Any) -> None:
        self._written = written
        super().__init__(app, **settings)

    def write(self, data: str) -> None:
        self._written.append(restored(data) if getattr(self._app, "wide", False) else data)


class _Recorder(Thrift, _Sink):
    """The same with what kpitui does to frames."""


def recorded(app: App[Any]) -> list[str]:
    """What the app, once it runs, writes to the terminal."""
    written: list[str] = []

    def build(*, mouse: bool, size: Size | None, **_: Any) -> Driver:
        app._driver = _Recorder(app, written=written, mouse=mouse, size=size)
        return app._driver

    app._build_driver = build  # type: ignore[method-assign,assignment]
    return written


class Desk:
    """A running browser, to be looked at when it is at rest."""

    def __init__(self, pilot: Pilot[Any]) -> None:
        self.pilot = pilot
        self.app: App[Any] = pilot.app

    async def press(self, *keys: str, held: bool = False) -> None:
        """Press keys, each one when the screen has followed the one before; `held` as in `settle`."""
        for key in keys:
            await self.pilot.press(key)
            await settle(self.pilot, held=held)

    async def type(self, text: str) -> None:
        """Type a text."""
        await self.press(*text)

    async def hush(self) -> None:
        """Take away what the browser has said in the corner."""
        self.app.clear_notifications()
        await settle(self.pilot)

    async def click(self, x: int, y: int, times: int = 1) -> None:
        """Click on a cell of the screen."""
        await self.pilot.click(offset=(x, y), times=times)
        await settle(self.pilot)

    async def resize(self, size: Size) -> None:
        """Make the terminal another size."""
        await self.pilot.resize_terminal(*size)
        await settle(self.pilot)

    @property
    def lines(self) -> list[str]:
        """What is on the screen; blank lines where a screen that has just come is not laid out yet."""
        found = screen_text(self.app)
        return found + [""] * (self.app.size.height - len(found))

    @property
    def text(self) -> str:
        """What is on the screen, as one text."""
        return "\n".join(self.lines)

    @property
    def notice(self) -> str:
        """What notices say, without blanks: one is as narrow as its place, so that a long path may be broken."""
        strips = screen_strips(self.app)
        regions = [each.region for each in self.app.screen.query("Toast")]
        cells = [strips[y].crop(each.x, each.right).text for each in regions for y in range(each.y, each.bottom)]
        return "".join("".join(cells).replace("▌", "").split())

    def line(self, words: str) -> str:
        """The only line with these words."""
        found = [line for line in self.lines if words in line]
        assert len(found) == 1, f"{len(found)} lines hold {words!r}:\n{self.text}"
        return found[0]

    def row(self, start: str) -> str:
        """The only line of the table that begins with these words, whether the cursor is on it or not."""
        found = [line for line in self.rows if line.lstrip(_SIGNS).startswith(start)]
        assert len(found) == 1, f"{len(found)} rows begin with {start!r}:\n{self.text}"
        return found[0]

    @property
    def table(self) -> list[str]:
        """The head and the rows of the table, without what stands left of it and below it."""
        lines = self.lines
        head = next(y for y, line in enumerate(lines) if _is_head(line))
        found = [line.partition("|")[2] if "|" in lines[head] else line for line in lines[head:]]
        end = next((y for y, line in enumerate(found) if line.startswith("---")), len(found))
        return found[:end]

    @property
    def rows(self) -> list[str]:
        """The rows of the table that are on the screen."""
        return [line for line in self.table[1:] if line.strip()]

    @property
    def ids(self) -> list[str]:
        """The first words of the rows on the screen."""
        return [_first_word(row) for row in self.rows]

    @property
    def cursor(self) -> str:
        """The first word of the row under the cursor."""
        found = [row for row in self.rows if row.startswith(">")]
        assert len(found) == 1, self.text
        return _first_word(found[0])

    def y_of(self, words: str) -> int:
        """The place of the first line that holds these words, counted from the top."""
        found = [y for y, line in enumerate(self.lines) if words in line]
        assert found, f"no line holds {words!r}:\n{self.text}"
        return found[0]

    @property
    def cursor_cell(self) -> str:
        """The text of the cell under the cursor, the only one in the table that is drawn in reverse."""
        return self._styled("reverse")[0]

    @property
    def cursor_head(self) -> str:
        """The head of the column under the cursor, the only one underlined."""
        head = next(strip for strip in screen_strips(self.app) if _is_head(strip.text))
        return "".join(segment.text for segment in head if segment.style and segment.style.underline).strip()

    def _styled(self, name: str) -> list[str]:
        return [segment.text.strip() for segment in self.segments if segment.style and getattr(segment.style, name)]

    @property
    def segments(self) -> list[Segment]:
        """Everything on the screen with its styles."""
        return [segment for strip in screen_strips(self.app) for segment in strip]

    @property
    def hits(self) -> list[str]:
        """The texts set off as what is searched for: underlined and bold, and not a head."""
        below = screen_strips(self.app)[4:]
        segments = [segment for strip in below for segment in strip]
        return [each.text for each in segments if each.style and each.style.underline and each.style.bold]


def _is_head(line: str) -> bool:
    """Whether it holds the heads; the line of chips may name the column of numbers, too."""
    return bool({"No", "no"} & set(line.split())) and ": " not in line


def _first_word(row: str) -> str:
    return row.lstrip(_SIGNS).split()[0]


def cell_of(line: str, words: str) -> int:
    """The terminal cell in which words begin."""
    return cell_len(line[: line.index(words)])


def end_of(line: str, words: str) -> int:
    """The terminal cell after words."""
    return cell_of(line, words) + cell_len(words)


@asynccontextmanager
async def browsing(
    report: Report,
    store: Store,
    size: Size = HOME,
    lang: Lang = "ja",
    view: SavedView | None = None,
    config: Config = DEFAULTS,
) -> AsyncIterator[Desk]:
    """A browser over a report, in a terminal of that size, as a reader who knows kpitui starts it."""
    first_start()
    app = KpituiApp(report, view or SavedView("", ViewSpec()), store, lang, config)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        yield Desk(pilot)
