"""A terminal at the far end of a slow line: what is typed and what is written both take their time."""

import os
import select
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import monotonic

from probe import KPITUI, PATIENCE, Terminal

SPEED = 8_000
"""Bytes a second, that is 64 kbit/s."""
TRIP = 0.3
"""Seconds there and back."""
_PIECE = 64


class SlowTerminal(Terminal):
    """Reads at once, as sshd does, and passes on slowly, as the line does; `arrived` counts what reached the reader."""

    def __init__(self, words: tuple[str, ...], size: tuple[int, int], env: Mapping[str, str]) -> None:
        self._down: deque[tuple[float, bytes]] = deque()
        self._up: deque[tuple[float, bytes]] = deque()
        self._free_at = 0.0
        self.arrived = 0
        self.last_at = 0.0
        super().__init__((*KPITUI, *words), size, env)

    def press(self, *keys: str) -> None:
        for key in keys:
            self._up.append((monotonic() + TRIP / 2, self.code(key)))

    def _read(self, until: float) -> bool:
        """Let the line work for a moment."""
        now = monotonic()
        while self._up and self._up[0][0] <= now:
            os.write(self._master, self._up.popleft()[1])
        self._take(now)
        while self._down and self._down[0][0] <= now:
            self._deliver(self._down.popleft()[1], now)
        return now < until

    def _take(self, now: float) -> None:
        if select.select([self._master], [], [], 0.002)[0]:
            data = os.read(self._master, 65536)
            for at in range(0, len(data), _PIECE):
                piece = data[at : at + _PIECE]
                self._free_at = max(self._free_at, now) + len(piece) / SPEED
                self._down.append((self._free_at + TRIP / 2, piece))

    def _deliver(self, data: bytes, now: float) -> None:
        self.arrived += len(data)
        self.last_at = now
        self.show(data)

    def hold(self, key: str, times: int, per_second: int) -> None:
        """Hold a key down, as the keyboard repeats it."""
        begin = monotonic()
        for number in range(times):
            while monotonic() < begin + number / per_second:
                self._read(0)
            self.press(key)

    def settle(self, seconds: float) -> None:
        """Let the line work until nothing has come over it for so long."""
        quiet_since, end = monotonic(), monotonic() + PATIENCE
        while monotonic() < max(quiet_since, self.last_at) + seconds:
            assert monotonic() < end, f"the line never fell silent:\n{self.text}"
            self._read(0)


@contextmanager
def slow_terminal(*words: str, size: tuple[int, int], env: Mapping[str, str]) -> Iterator[SlowTerminal]:
    """Kpitui at the far end of a slow line, ended in any case."""
    running = SlowTerminal(words, size, env)
    try:
        yield running
    finally:
        running.close()
