"""A program in a pseudo-terminal of its own: what it writes, when, and what then stands on the screen."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import queue
import re
import select
import signal
import struct
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

ROWS, COLUMNS = 24, 80
KEYS = {
    "down": "\x1b[B",
    "up": "\x1b[A",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "pagedown": "\x1b[6~",
    "pageup": "\x1b[5~",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
}
POINTER = "\x1b[<35;{column};{row}M"
"""The pointer moved without a button, as a terminal reports it to a program that asked for all movements."""

_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<>=?][0-9;]*[uc]|\x1bP.*?\x1b\\", re.DOTALL)
_ASKS_FOR_SYNC, _HAS_SYNC = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
"""Whether updates can be synchronized, and the answer of a terminal that can: only then are they."""
_UNSET = ("NO_COLOR", "TMUX", "LINES", "COLUMNS", "KPITUI_CONFIG", "PYTHONDONTWRITEBYTECODE", "_RJEM_MALLOC_CONF")
_ENDED = b""
_LONGEST = 600.0
"""Seconds after which a screen that never comes to rest is a failure."""


@dataclass(frozen=True)
class Answer:
    """What a key led to: seconds until the screen had settled, and bytes."""

    seconds: float
    written: int


@dataclass(frozen=True)
class Chunk:
    """What was read at once, and when (seconds of `time.perf_counter`)."""

    at: float
    data: bytes


class Terminal:
    """A running program. A thread notes when its bytes arrive, so that drawing them here costs it no time."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str]) -> None:
        self.written = 0
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._chunks: queue.SimpleQueue[Chunk] = queue.SimpleQueue()
        self.started = time.perf_counter()
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            _become(command, env)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._over = False
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End the program, at once."""
        self._over = True
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        self._reader.join()
        os.close(self._fd)

    def _read(self) -> None:
        while not self._over:
            if not select.select([self._fd], [], [], 0.1)[0]:
                continue
            try:
                data = os.read(self._fd, 1 << 16)
            except OSError:
                data = _ENDED
            self._chunks.put(Chunk(time.perf_counter(), data))
            if data == _ENDED:
                return
            if _ASKS_FOR_SYNC in data:
                os.write(self._fd, _HAS_SYNC)

    def _next(self, seconds: float) -> Chunk | None:
        """Draw what came first of what is not drawn yet; None if nothing comes in time, EOFError at the end."""
        try:
            chunk = self._chunks.get(timeout=max(0.0, seconds))
        except queue.Empty:
            return None
        if chunk.data == _ENDED:
            raise EOFError(f"the program has ended:\n{self.text}")
        self.written += len(chunk.data)
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", chunk.data))
        return chunk

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(self._screen.display)

    def send(self, keys: str) -> float:
        """Press a key by its name, or type a text, and return when."""
        at = time.perf_counter()
        os.write(self._fd, KEYS.get(keys, keys).encode())
        return at

    def until(self, pattern: str, patience: float) -> float:
        """When the bytes arrived after which the screen matches; TimeoutError with the screen if it never does."""
        end = time.perf_counter() + patience
        last = time.perf_counter()
        while not re.search(pattern, self.text):
            chunk = self._next(end - time.perf_counter())
            if chunk is None:
                raise TimeoutError(f"{pattern!r} does not stand on the screen:\n{self.text}")
            last = chunk.at
        return last

    def press(self, key: str, silence: float, patience: float, watched: Callable[[str], str] | None = None) -> Answer:
        """Press a key and wait until the screen has followed: its last byte is the one before the silence.

        With `watched`, a part of the screen, the last byte is the one that changed that part. A key to which nothing
        comes within `patience` seconds is taken for one that changes nothing.
        """
        before, stood = self.written, watched(self.text) if watched else ""
        at = self.send(key)
        first = self._next(patience)
        if first is None:
            return Answer(0.0, 0)
        last = self._settled(silence, _LONGEST, first, watched, stood)
        return Answer(last - at, self.written - before)

    def settled(self, silence: float, patience: float) -> float | None:
        """When the last byte came before a silence of so many seconds; None if none came at all."""
        first = self._next(silence)
        return None if first is None else self._settled(silence, patience, first)

    def _settled(
        self,
        silence: float,
        patience: float,
        first: Chunk,
        watched: Callable[[str], str] | None = None,
        stood: str = "",
    ) -> float:
        """When the last byte came before a silence, or the last that changed what is watched."""
        end, last, chunk = time.perf_counter() + patience, first.at, first
        while time.perf_counter() < end:
            if watched is None or watched(self.text) != stood:
                last, stood = chunk.at, watched(self.text) if watched else ""
            if (found := self._next(silence)) is None:
                return last
            chunk = found
        raise TimeoutError(f"the screen never comes to rest:\n{self.text}")

    def leave(self, key: str) -> None:
        """Press a key that ends the program, and wait for the end."""
        self.send(key)
        with contextlib.suppress(EOFError):
            while self._next(_LONGEST) is not None:
                pass

    def memory(self) -> int:
        """Bytes of memory at their peak, as Linux counts them."""
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{self._pid}/status").read_text("ascii"))
        return int(found[1]) * 1024 if found else 0

    @property
    def underlined(self) -> str:
        """The characters on the screen that are underlined, in kpitui the head of the cursor's column."""
        cells = (self._screen.buffer[y][x] for y in range(ROWS) for x in range(COLUMNS))
        return "".join(cell.data for cell in cells if cell.underscore)


def _become(command: Sequence[str], env: Mapping[str, str]) -> None:
    kept = {name: value for name, value in os.environ.items() if name not in _UNSET}
    own = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    os.execvpe(command[0], list(command), kept | own | dict(env))
