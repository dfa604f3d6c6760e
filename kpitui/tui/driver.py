"""The terminal on a line that may be slow, stall or drop: what is written never waits, and a hang-up is noticed."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import termios
from collections.abc import Iterable
from threading import Condition, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, cast

from textual import events
from textual.drivers._writer_thread import WriterThread
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message

from kpitui.text.ambiguous import restored
from kpitui.tui.keyboard import Keyboard
from kpitui.tui.leaving import HungUp, hear_sizes, heed_signals
from kpitui.tui.pacing import QUESTION, Pace

if TYPE_CHECKING:
    from kpitui.tui.shell import Shell

MOST_WAITING = 65_536
"""Bytes that may wait in the program itself for the system to take them before frames are left out."""
_LAST_ANSWERS = 2.0
"""Seconds that leaving waits for the terminal's answers, which would else be typed into the shell."""
_NO_ANSWER = 0.3
"""Likewise, where the terminal has never answered."""
_LAST_WORDS = 2.0
"""Seconds that leaving waits for a terminal that takes nothing."""
_LOOK = 0.1
"""Seconds after which a lone Escape is known to begin no sequence, and the end of the program is noticed."""
_GLANCE = 0.005
"""Seconds between two looks for an answer."""
_PLAIN = ("linux", "vt")
"""Beginnings of TERM whose terminals know none of the newer questions, and may print their last letter."""


class Writer(Thread):
    """Writes to the terminal in the background; never makes the one who writes wait, and takes a hang-up in silence.

    Textual's own (8.2.8) holds thirty texts and then lets the whole program wait, deaf to signals.
    """

    def __init__(self, fileno: int) -> None:
        super().__init__(name="kpitui-output", daemon=True)
        self._fileno = fileno
        self._waiting: list[bytes] = []
        self._size = 0
        self._changed = Condition()
        self._ending = False

    @property
    def size(self) -> int:
        """Bytes that the system has not taken yet."""
        return self._size

    def write(self, text: str) -> None:
        """Have a text written, in UTF-8 whatever the locale."""
        data = text.encode("utf-8", "replace")
        with self._changed:
            self._waiting.append(data)
            self._size += len(data)
            self._changed.notify()

    def run(self) -> None:
        """Write until the end is asked for and everything is written, or the terminal is gone."""
        while (data := self._next()) or not self._ending:
            self._put(data)

    def _next(self) -> bytes:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._ending)
            data = b"".join(self._waiting)
            self._waiting.clear()
            return data

    def _put(self, data: bytes) -> None:
        """Write in pieces, so that what still waits is known; a terminal that is gone takes everything."""
        with contextlib.suppress(OSError):
            rest = memoryview(data)
            while rest:
                taken = os.write(self._fileno, rest[:4096])
                rest, self._size = rest[taken:], self._size - taken
            return
        self._size -= len(rest)

    def stop(self, patience: float) -> None:
        """Write what is left and end; a terminal that takes nothing for `patience` seconds is left alone."""
        with self._changed:
            self._ending = True
            self._changed.notify()
        self.join(patience)


class LineDriver(LinuxDriver):
    """Textual's driver with a writer that never waits, a pace, and ears for a hang-up.

    Of an application it asks whether text was laid out `wide`, with stand-ins in whose place real characters go, and
    what was `typed` before there was somebody to listen.
    """

    def __init__(self, *words: Any, **settings: Any) -> None:
        self._writer: Writer | None = None
        self.pace = Pace()
        self._frame = 0
        self._listens = False
        self._plain = os.environ.get("TERM", "").startswith(_PLAIN)
        super().__init__(*words, **settings)

    @property
    def may_draw(self) -> bool:
        """Whether the line can carry another frame now."""
        return self._writer is None or (self._writer.size <= MOST_WAITING and self.pace.free())

    @property  # type: ignore[override]
    def _writer_thread(self) -> Writer | None:
        """What Textual takes for its own writer; it makes one whenever it takes the terminal."""
        return self._writer

    @_writer_thread.setter
    def _writer_thread(self, made: WriterThread | None) -> None:
        self._writer = None if made is None else Writer(2 if os.isatty(2) else 1)

    # Out

    def start_application_mode(self) -> None:
        """Take the terminal, give it back whatever ends this, and measure the bare line before the first frame."""
        heed_signals(cast("Shell", self._app))
        self.pace.forget()
        self._frame = 0
        self._listens = True
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self.attrs_before = cast("Shell", self._app).glimpse.modes_before(self.attrs_before)
        hear_sizes(self._tell_size)
        self._ask()

    def _tell_size(self) -> None:
        """Tell the application of the terminal's size, unless the terminal tells it by itself."""
        if not self._in_band_window_resize:
            size = Size(*self._get_terminal_size())
            self._app.post_message(events.Resize(size, size))

    def write(self, data: str) -> None:
        """Have something written; nothing at all is no frame."""
        if data and self._writer is not None:
            data = restored(data) if cast("Shell", self._app).wide else data
            self._frame += len(data.encode("utf-8", "replace"))
            self._writer.write(data)

    def flush(self) -> None:
        """A frame is complete: ask the terminal to tell when it has come to its end."""
        if self._frame:
            self._ask()

    def _ask(self) -> None:
        """End what was written with a question, while somebody reads the answers."""
        if self._listens and self._key_thread is not None and self._key_thread.is_alive() and self._writer is not None:
            self._writer.write(QUESTION)
            self.pace.sent(self._frame + len(QUESTION))
            self._frame = 0

    def _request_terminal_sync_mode_support(self) -> None:
        if not self._plain:
            super()._request_terminal_sync_mode_support()

    def _query_in_band_window_resize(self) -> None:
        if not self._plain:
            super()._query_in_band_window_resize()

    # In

    def process_message(self, message: Message) -> None:
        """Take the answers asked for here out of what the terminal says; the rest is for the program."""
        if isinstance(message, events.CursorPosition) and self.pace.owed:
            self.pace.arrived()
        else:
            super().process_message(message)

    def run_input_thread(self) -> None:
        """Hand on what is typed until leaving; say when the terminal is gone.

        Textual's own (8.2.8) takes the end of a terminal for nothing typed and asks again at once, for ever, or
        prints a traceback into the void.
        """
        keyboard = Keyboard()
        self._pass_on(keyboard.feed(cast("Shell", self._app).typed))
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if not selector.select(_LOOK):
                    self._pass_on(keyboard.rest())
                elif data := self._typed():
                    self._pass_on(keyboard.feed(data))
                else:
                    self.send_message(HungUp())
                    break

    def _pass_on(self, messages: Iterable[Message]) -> None:
        for each in messages:
            self.process_message(each)

    def _typed(self) -> bytes:
        """What was typed; nothing once the terminal is gone."""
        try:
            return os.read(self.fileno, 4096)
        except OSError:
            return b""

    # Leaving

    def disable_input(self) -> None:
        """Let go of the mouse, hear the terminal's last answers, which would else be typed into the shell, and end.

        Once: Textual (8.2.8) does it again when all is over. It also throws away whatever has been typed by then, and
        asks, as it lets go of the mouse, for an answer that it does not wait for.
        """
        if not self._listens:
            return
        signal.signal(signal.SIGWINCH, signal.SIG_DFL)
        self._disable_mouse_support()
        self.flush()  # what the mouse has told until then comes before the answer
        self._listens = False
        self._hear_out()
        self.exit_event.set()
        if self._key_thread is not None:
            self._key_thread.join()
        self.exit_event.clear()
        if self.pace.owed:  # some of an answer may be there already
            self._forget_typed()

    def _hear_out(self) -> None:
        """Wait until all answers have come, as long as one can be expected to."""
        end = monotonic() + (_LAST_ANSWERS if self.pace.answered else _NO_ANSWER)
        while self.pace.owed and self._key_thread is not None and self._key_thread.is_alive() and monotonic() < end:
            self._key_thread.join(_GLANCE)

    def _forget_typed(self) -> None:
        with contextlib.suppress(termios.error):  # the terminal may be gone
            termios.tcflush(self.fileno, termios.TCIFLUSH)

    def close(self) -> None:
        """Write the rest, as far as the terminal takes it."""
        if self._writer is not None:
            self._writer.stop(_LAST_WORDS)

    def _sigtstp_application(self, *words: Any) -> None:
        """Stop only where a shell can bring the program back."""
        if has_shell():
            super()._sigtstp_application(*words)


def has_shell() -> bool:
    """Whether a shell with job control started the program: else nobody could bring it back from a stop.

    `ssh -t host kpitui` has none; there a stopped program would leave a dead line.
    """
    parent = os.getppid()
    try:
        return os.getsid(parent) == os.getsid(0) and os.getpgid(parent) != os.getpgrp()
    except OSError:
        return False
