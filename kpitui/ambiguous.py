"""How many cells this terminal gives characters of ambiguous width: as settled, or as it answers when asked once."""

from __future__ import annotations

import os
import re
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import NamedTuple

AUTO = "auto"
"""The setting by which the terminal is asked."""
PATIENCE = 1.0
"""Seconds to wait for an answer: enough for a slow line, short enough for a terminal that never gives one."""
_COLUMN = 21
"""Where the character is tried. An answer that names one of the first columns can be mistaken for a key: ESC [ 1 ; 2 R
is Shift+F3 as well."""
_SAMPLE = "①"
_ASK = f"\x1b7\x1b[{_COLUMN}G{_SAMPLE}\x1b[6n\x1b[{_COLUMN}G\x1b[K\x1b8"
_ANSWER = re.compile(rb"\x1b\[\d+;(\d+)R")


class Answer(NamedTuple):
    """The cells, 1 or 2, and what was typed before the answer came, which is still to be obeyed.

    `told` is whether a terminal said so; without an answer it is 1.
    """

    cells: int
    typed: bytes = b""
    told: bool = False


def cells(setting: str, *, keep_typed: bool = False) -> Answer:
    """The cells of the setting 1, 2 or auto; 1 where no terminal is there to be asked, or it does not answer.

    With `keep_typed` it is not asked while something typed waits that is meant for whoever comes after this program.
    """
    if setting != AUTO:
        return Answer(int(setting))
    if not can_ask():
        return Answer(1)
    sys.stdout.flush()
    return ask(sys.stdin.fileno(), sys.stdout.fileno(), keep_typed=keep_typed)


def can_ask() -> bool:
    """Whether there is a terminal that may answer."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"


def ask(stdin: int, stdout: int, patience: float = PATIENCE, *, keep_typed: bool = False) -> Answer:
    """Draw a character, ask where the cursor then stands, and take the character away again.

    An answer that comes later than `patience` seconds is left to whoever reads next, who must not take it for keys.
    """
    try:
        with _unechoed(stdin):
            if keep_typed and select.select([stdin], [], [], 0)[0]:
                return Answer(1)
            os.write(stdout, _ASK.encode())
            return _answer(stdin, monotonic() + patience)
    except (ImportError, OSError, ValueError):
        return Answer(1)


def _answer(stdin: int, end: float) -> Answer:
    """Read byte by byte up to the answer, so that all that comes after it stays with the terminal."""
    got = b""
    while select.select([stdin], [], [], max(end - monotonic(), 0))[0]:
        byte = os.read(stdin, 1)
        got += byte
        if found := _ANSWER.search(got):
            return Answer(2 if int(found[1]) == _COLUMN + 2 else 1, got[: found.start()], told=True)
        if not byte:
            break
    return Answer(1, got)


@contextmanager
def _unechoed(stdin: int) -> Iterator[None]:
    """The line discipline without echo and without waiting for whole lines; what is typed meanwhile is kept."""
    import termios  # noqa: PLC0415 - there is none on Windows

    before = termios.tcgetattr(stdin)
    raw = termios.tcgetattr(stdin)
    raw[3] &= ~(termios.ECHO | termios.ICANON)
    raw[6][termios.VMIN], raw[6][termios.VTIME] = 1, 0
    try:
        termios.tcsetattr(stdin, termios.TCSANOW, raw)
        yield
    finally:
        termios.tcsetattr(stdin, termios.TCSANOW, before)
