"""The terminal as kpitui drives it: bytes that come are keys and text, characters that go are as wide as laid out.

Built over Textual's own driver (8.2.8), whose loop for reading gives up for good at a byte that is no UTF-8, and takes
escape sequences within pasted text for keys.
"""

from __future__ import annotations

import codecs
import os
import selectors
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any

from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message

from kpitui.text.ambiguous import restored

if TYPE_CHECKING:
    from textual.driver import Driver

_PASTE_MOST = 10_000
"""Characters that are kept of a paste, however long it is."""
_BEGIN, _END = "\x1b[200~", "\x1b[201~"
_LOOK = 0.1
"""Seconds after which a lone Escape is known to begin no sequence, and the end of the program is noticed."""


_LINUX = "textual.drivers.linux_driver"


def driving(base: type[Driver], *, wide: bool, typed: bytes = b"") -> type[Driver]:
    """A driver over another: `wide` puts real characters where text was laid out with stand-ins; `typed` comes first.

    Only the loop of Textual's driver for Linux and macOS is replaced; others do not read from a terminal's bytes.
    """
    heard = _listening(base, typed) if base.__module__ == _LINUX else base
    return _restoring(heard) if wide else heard


def _restoring(base: Any) -> type[Driver]:
    class Restoring(base):  # type: ignore[misc]
        def write(self, data: str) -> None:
            super().write(restored(data))

    return Restoring


def _listening(base: Any, typed: bytes) -> type[Driver]:
    class Listening(base):  # type: ignore[misc]
        def run_input_thread(self) -> None:
            _read(self, typed)

    return Listening


def _read(driver: Any, typed: bytes) -> None:
    """Pass on what is typed until the driver is told to stop."""
    keyboard = Keyboard()
    with selectors.SelectSelector() as selector:
        selector.register(driver.fileno, selectors.EVENT_READ)
        _pass_on(driver, keyboard.feed(typed))
        while not driver.exit_event.is_set():
            if not selector.select(_LOOK):
                _pass_on(driver, keyboard.rest())
            elif data := os.read(driver.fileno, 4096):
                _pass_on(driver, keyboard.feed(data))
            else:
                break


def _pass_on(driver: Any, messages: Iterator[Message]) -> None:
    for each in messages:
        driver.process_message(each)


class Keyboard:
    """Turns bytes from a terminal into keys, pastes and the rest, however the bytes are cut into reads."""

    def __init__(self) -> None:
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._parser = XTermParser()
        self._held = ""
        self._pasted: str | None = None

    def feed(self, data: bytes) -> Iterator[Message]:
        """What further bytes mean; a paste is one event, all of it text."""
        text, self._held = self._held + self._decode(data), ""
        while text:
            if self._pasted is None:
                text = yield from self._typed(text)
            else:
                text = yield from self._more_pasted(text)

    def rest(self) -> Iterator[Message]:
        """What those bytes mean that might have begun something, now that nothing has come for a while."""
        if self._pasted is None:
            held, self._held = self._held, ""
            yield from self._keys(held)
        try:
            yield from self._parser.tick()
        except (ValueError, OverflowError):
            self._parser = XTermParser()

    def _typed(self, text: str) -> Generator[Message, None, str]:
        """Keys before a paste; a lone Escape is one until more is known."""
        before, begin, after = text.partition(_BEGIN)
        if begin:
            self._pasted = ""
        else:
            before, self._held = _without_start_of(_BEGIN, before, 2)
        yield from self._keys(before)
        return after

    def _more_pasted(self, text: str) -> Generator[Message, None, str]:
        more, end, after = text.partition(_END)
        if not end:
            more, self._held = _without_start_of(_END, more, 1)
        self._pasted = ((self._pasted or "") + more)[:_PASTE_MOST]
        if end:
            yield events.Paste(self._pasted)
            self._pasted = None
        return after

    def _keys(self, text: str) -> Iterator[Message]:
        """Keys, clicks and answers; a sequence with a number that no key has is dropped, with what came with it."""
        try:
            yield from self._parser.feed(text) if text else ()
        except (ValueError, OverflowError):
            self._parser = XTermParser()


def _without_start_of(marker: str, text: str, least: int) -> tuple[str, str]:
    """The text and the start of a marker at its end, of `least` characters or more."""
    for length in range(min(len(marker) - 1, len(text)), least - 1, -1):
        if text.endswith(marker[:length]):
            return text[:-length], text[-length:]
    return text, ""
