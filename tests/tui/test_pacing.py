"""What is reckoned of a line from when its answers come, and when frames are drawn; the clock is the test's."""

from asyncio import AbstractEventLoop
from collections.abc import Callable
from typing import cast

import pytest

from kpitui.tui.pacing import Beats, Pace


class Line:
    """A line of so many bytes a second and so long a way, by a clock that stands until it is moved."""

    def __init__(self, speed: float, trip: float) -> None:
        self.now = 100.0
        self.speed = speed
        self.trip = trip
        self.pace = Pace(lambda: self.now)
        self._free_at = self.now
        self._answers: list[float] = []

    def send(self, size: int) -> None:
        self.pace.sent(size)
        self._free_at = max(self._free_at, self.now) + size / self.speed
        self._answers.append(self._free_at + self.trip)

    def until(self, when: float) -> None:
        while self._answers and self._answers[0] <= when:
            self.now = self._answers.pop(0)
            self.pace.arrived()
        self.now = when

    @property
    def backlog(self) -> float:
        """Seconds of sending before the line."""
        return max(0.0, self._free_at - self.now)


def held(line: Line, size: int, seconds: float) -> int:
    """Want a frame sixty times a second; how many were drawn."""
    drawn, end = 0, line.now + seconds
    while line.now < end:
        if line.pace.free():
            line.send(size)
            drawn += 1
        line.until(line.now + 1 / 60)
    return drawn


@pytest.fixture
def known() -> Line:
    """A slow line that a first screen of 12,000 bytes has come over."""
    line = Line(speed=8_000, trip=0.3)
    line.send(4)
    line.until(101.0)
    line.send(12_000)
    line.until(110.0)
    return line


def test_before_the_first_answer_nothing_is_left_out() -> None:
    line = Line(speed=8_000, trip=0.3)
    line.pace.sent(12_000)
    assert line.pace.free()
    assert not line.pace.slow


def test_the_first_screen_tells_how_fast_the_line_is(known: Line) -> None:
    assert known.pace.trip == pytest.approx(0.3, abs=0.01)
    assert known.pace.speed == pytest.approx(8_000, rel=0.05)
    assert known.pace.slow


def test_a_slow_line_is_kept_busy_and_no_more(known: Line) -> None:
    # 8,000 bytes a second carry 4 frames of 2,000 bytes.
    assert held(known, 2_000, 10.0) in range(34, 43)
    assert known.backlog <= 0.1 + 0.25 + 1 / 60


def test_a_line_that_gets_slower_is_noticed(known: Line) -> None:
    known.speed = 2_000
    held(known, 1_000, 20.0)
    assert known.backlog <= 1.0


def test_a_fast_line_far_away_gets_every_frame() -> None:
    line = Line(speed=1_000_000, trip=0.6)
    line.send(4)
    line.until(101.0)
    line.send(12_000)
    line.until(110.0)
    assert held(line, 2_000, 5.0) >= 298


def test_a_lost_answer_stops_nothing_for_good(known: Line) -> None:
    known.pace.sent(8_000)
    assert not known.pace.free()
    known.now += 10
    assert known.pace.free()


def test_an_answer_that_is_not_waited_for_any_more_is_owed_all_the_same(known: Line) -> None:
    known.pace.sent(8_000)
    known.now += 10
    assert known.pace.free()
    known.pace.sent(4)
    assert known.pace.owed == 2
    known.pace.arrived()
    known.pace.arrived()
    assert known.pace.owed == 0


def test_an_answer_too_many_is_no_harm(known: Line) -> None:
    known.pace.arrived()
    assert known.pace.free()
    assert known.pace.owed == 0


def test_what_was_asked_before_a_pause_is_not_waited_for(known: Line) -> None:
    known.pace.sent(8_000)
    known.pace.forget()
    assert known.pace.free()


class Handle:
    """A call that is to come, unless it is cancelled."""

    def __init__(self, when: float, call: Callable[[], None]) -> None:
        self.when = when
        self.call: Callable[[], None] | None = call

    def cancel(self) -> None:
        self.call = None


class Loop:
    """An event loop whose time passes when it is told, and in frames that are drawn for so many seconds."""

    def __init__(self, frame: float = 0.0) -> None:
        self.now = 100.0
        self.frame = frame
        self.drawn: list[float] = []
        self._handles: list[Handle] = []
        self.beats = Beats(self._draw, 0.1, lambda: cast("AbstractEventLoop", self))

    def time(self) -> float:
        return self.now

    def call_at(self, when: float, call: Callable[[], None]) -> Handle:
        self._handles.append(Handle(when, call))
        return self._handles[-1]

    def _draw(self) -> None:
        self.drawn.append(round(self.now, 3))
        self.now += self.frame

    def until(self, end: float) -> None:
        while due := [each for each in self._handles if each.call and each.when <= end]:
            first = min(due, key=lambda each: each.when)
            self.now, call, first.call = max(self.now, first.when), first.call, None
            assert call
            call()
        self.now = max(self.now, end)


def test_what_has_changed_is_drawn_at_once_and_what_comes_then_a_beat_later() -> None:
    loop = Loop()
    loop.beats.resume()
    loop.until(100.02)
    loop.beats.resume()
    loop.beats.resume()
    loop.until(100.5)
    loop.beats.resume()
    loop.until(101.0)
    assert loop.drawn == [100.0, 100.1, 100.5]


def test_a_beat_passes_from_when_a_frame_was_begun_not_from_when_it_was_done() -> None:
    loop = Loop(frame=0.07)
    loop.beats.resume()
    loop.until(100.0)
    loop.beats.resume()
    loop.until(101.0)
    assert loop.drawn == [100.0, 100.1]


def test_after_a_frame_that_took_longer_than_a_beat_the_next_one_waits_no_more() -> None:
    loop = Loop(frame=0.3)
    loop.beats.resume()
    loop.until(100.0)
    loop.beats.resume()
    loop.until(101.0)
    assert loop.drawn == [100.0, 100.3]


def test_what_need_not_be_drawn_any_more_is_not() -> None:
    loop = Loop()
    loop.beats.resume()
    loop.beats.pause()
    loop.until(101.0)
    assert not loop.drawn
