"""What comes from a terminal: bytes that are keys and text.

Textual's own reading (8.2.8) gives up for good at a byte that is no UTF-8, and takes escape sequences within pasted
text for keys.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Generator, Iterator

from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message

_PASTE_MOST = 10_000
"""Characters that are kept of a paste, however long it is."""
_ANSWER = re.compile(b"\x1b\\[([0-9]{1,6});([0-9]{1,6})R")
"""Where the cursor is, as terminals answer; it may come in the middle of a paste, or of a character in two reads."""
_BEGIN, _END = "\x1b[200~", "\x1b[201~"


class Keyboard:
    """Turns bytes from a terminal into keys, pastes and the rest, however the bytes are cut into reads."""

    def __init__(self) -> None:
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._parser = XTermParser()
        self._held = ""
        self._pasted: str | None = None

    def feed(self, data: bytes) -> Iterator[Message]:
        """What further bytes mean; a paste is one event, all of it text."""
        for row, column in _ANSWER.findall(data):
            yield events.CursorPosition(int(column) - 1, int(row) - 1)  # in line 1, Textual takes it for F3
        text, self._held = self._held + self._decode(_ANSWER.sub(b"", data)), ""
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
