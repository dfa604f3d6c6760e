"""Draw no faster than the line carries: a frame is left out while what was sent before is still on its way.

How much a slow line holds cannot be asked of the system: a pseudo-terminal on Linux always reports an empty queue, and
behind it lie the buffers of sshd and of TCP. Only the terminal's answer to a question tells that everything before the
question has arrived. So each frame ends with one, and from the answers the line's round trip and speed are reckoned.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import field
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, cast

from textual import constants

from kpitui.dataclass import dataclass

if TYPE_CHECKING:
    from textual.app import App

    from kpitui.tui.driver import LineDriver

QUESTION = "\x1b[6n"
"""Asks where the cursor is, which every terminal answers, vt100 included."""
BUDGET = 0.1
"""Seconds of sending that may lie ahead of a frame when it is drawn."""
PATIENCE = 3.0
"""Seconds after which an answer is taken to be lost."""
_FAST = 10_000_000.0
"""Bytes a second of a line that nothing is known of."""
_FELT = 0.05
"""Seconds from which a reader feels a delay."""
_FRAME = 2_000
"""Bytes of an arrow's frame."""
_SHORT = 0.002
"""Seconds below which an answer's delay says more of the machine than of the line."""


@dataclass
class Pace:
    """What is on its way and when it will have arrived, in seconds and bytes of one line.

    `clock` gives the time in seconds. `speed` is in bytes a second, `trip` the shortest round trip seen in seconds.
    """

    clock: Callable[[], float] = monotonic
    speed: float = _FAST
    trip: float = PATIENCE
    answered: bool = False
    _given_up: int = 0
    _sent: deque[tuple[float, int]] = field(default_factory=deque)
    _free_at: float = 0.0
    _last_answer: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    @property
    def owed(self) -> int:
        """How many answers are still to come, those among them that are no longer waited for."""
        return len(self._sent) + self._given_up

    def sent(self, size: int) -> None:
        """So many bytes were sent, and a question after them."""
        now = self.clock()
        with self._lock:
            self._sent.append((now, size))
            self._free_at = max(self._free_at, now) + size / self.speed

    def arrived(self) -> None:
        """The answer to the oldest question came; one too many is no harm."""
        now = self.clock()
        with self._lock:
            if self._sent:
                self._take(now, *self._sent.popleft())
            elif self._given_up:
                self._given_up -= 1

    def _take(self, now: float, sent_at: float, size: int) -> None:
        self.answered = True
        self.trip = min(self.trip, now - sent_at)
        self._learn(size, now - max(sent_at + self.trip, self._last_answer))
        self._last_answer = now
        # What is still on its way set out before now, so half a round trip of it has left the line already.
        self._free_at = now + max(0.0, self._ahead / self.speed - self.trip / 2)

    @property
    def _ahead(self) -> int:
        """Bytes on their way."""
        return sum(size for _, size in self._sent)

    def _learn(self, size: int, seconds: float) -> None:
        """The line was busy with so many bytes for so long; a few bytes tell nothing of its speed."""
        if size >= _TELLING:
            found = size / max(seconds, _SHORT)
            self.speed = found if self.speed == _FAST else (self.speed + found) / 2

    def free(self) -> bool:
        """Whether a frame may be drawn now."""
        now = self.clock()
        with self._lock:
            if not self.answered or not self._sent:
                return True
            if now - self._sent[0][0] > PATIENCE + self.trip + self._ahead / self.speed:
                self._given_up += len(self._sent)
                self._sent.clear()  # the answer is lost, or very late: draw, and ask anew
            return self._free_at - now <= BUDGET

    @property
    def slow(self) -> bool:
        """Whether a frame takes long enough to be felt."""
        return self.answered and (self.trip > _FELT or _FRAME / self.speed > _FELT)

    def forget(self) -> None:
        """Whatever was asked before is asked no more, as after the terminal was somebody else's."""
        with self._lock:
            self._given_up = 0
            self._sent.clear()


BEAT = 1 / constants.MAX_FPS
"""Seconds from the beginning of one frame to the next."""
_TELLING = 200
"""Bytes from which a frame tells something of the line's speed."""


def rest(app: App[Any], near: float, far: float) -> float:
    """Seconds that the cursor must rest before more than the cursor is drawn: `near`, and `far` on a slow line."""
    pace: Pace | None = getattr(app._driver, "pace", None)
    return far if pace is not None and pace.slow else near


class Beats:
    """When a screen draws what has changed: at once, but not before a beat (seconds) has passed since it last began to.

    It takes the place of the timer of Textual's screens (8.2.8), which reckons its beats from when it was first woken
    and lets one of them go by after each frame: whatever came next waited for another 17 to 33 ms.
    """

    def __init__(
        self,
        draw: Callable[[], None],
        beat: float = BEAT,
        loop: Callable[[], asyncio.AbstractEventLoop] = asyncio.get_running_loop,
    ) -> None:
        self._draw = draw
        self._beat = beat
        self._loop = loop
        self._free_at = 0.0
        self._next: asyncio.TimerHandle | None = None

    def resume(self) -> None:
        """There is something to draw."""
        if self._next is None:
            loop = self._loop()
            self._next = loop.call_at(max(self._free_at, loop.time()), self._now)

    def pause(self) -> None:
        """There is nothing to draw any more."""
        if self._next is not None:
            self._next.cancel()
            self._next = None

    def _now(self) -> None:
        self._next, self._free_at = None, self._loop().time() + self._beat
        self._draw()


class Paced:
    """A screen that draws only what the line can carry; what changes meanwhile is drawn together, later.

    Textual 8.2.8 draws all that has changed at a beat of `Screen._update_timer`, which it wakes while there is
    something to draw; a beat left out loses nothing.
    """

    app: Any
    _beats: Beats | None = None

    @property
    def _update_timer(self) -> Any:  # in Textual a Timer, of which only these two methods are called
        if self._beats is None:
            self._beats = Beats(self._at_beat)
        return self._beats

    def _at_beat(self) -> None:
        """Draw, unless the app is being left; an error ends it, as one from Textual's timer does."""
        try:
            if not self.app._exit:
                self._on_timer_update()
        except Exception as error:  # all that drawing can meet, to be shown where errors of the app are
            self.app._handle_exception(error)

    def _on_timer_update(self) -> None:
        driver = cast("LineDriver | None", self.app._driver)
        if driver is None or getattr(driver, "may_draw", True):
            super()._on_timer_update()  # type: ignore[misc]
        else:
            self._update_timer.resume()
