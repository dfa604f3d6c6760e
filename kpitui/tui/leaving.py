"""The ends that nobody chose: a dropped line, a kill, an interrupt. The view is kept and the terminal restored."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable
from threading import Timer
from typing import TYPE_CHECKING, Any

from textual.message import Message

if TYPE_CHECKING:
    from kpitui.tui.keeping import Keeping

INTERRUPTED = 130
HUNG_UP = 129
KILLED = 143
"""Exit codes as a shell reckons them: 128 and the signal's number."""
_PATIENCE = 10.0
"""Seconds after which a program that was told to end does so, come what may."""
_ENDS = {"SIGHUP": HUNG_UP, "SIGTERM": KILLED, "SIGINT": INTERRUPTED}


class HungUp(Message):
    """The terminal is gone."""


def heed_signals(app: Keeping) -> None:
    """From now on leave in order when told to end; call it from the program's own event loop."""
    loop = asyncio.get_running_loop()
    for name, code in _ENDS.items():
        with contextlib.suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):  # not on every system
            loop.add_signal_handler(getattr(signal, name), app.leave, code)


def hear_sizes(tell: Callable[[], None]) -> None:
    """From now on do this whenever the terminal has another size; call it from the program's own event loop.

    Textual (8.2.8) does so in the signal handler itself, which the next signal interrupts: of two sizes in one moment
    the older one could be told last, and would stay.
    """
    with contextlib.suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):  # not on every system
        asyncio.get_running_loop().add_signal_handler(signal.SIGWINCH, tell)


def end_in_any_case(app: Keeping, code: int) -> None:
    """End even where the terminal takes nothing any more, or an answer is still being worked out."""
    modes = getattr(app._driver, "attrs_before", None)
    watch = Timer(_PATIENCE, _end, (modes, code))
    watch.daemon = True
    watch.start()


def _end(modes: list[Any] | None, code: int) -> None:
    if modes is not None:
        import termios  # noqa: PLC0415 - there are modes only where there is termios

        with contextlib.suppress(termios.error, OSError):
            termios.tcsetattr(0, termios.TCSANOW, modes)
    os._exit(code)
