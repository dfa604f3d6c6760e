"""The line of filter chips: each can be clicked away, or turned round with the other button."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.message import Message

from kpitui.dataclass import dataclass
from kpitui.text.cells import width
from kpitui.text.prose import Span
from kpitui.tui.widgets.bar import Bar


class Chips(Bar):
    """What narrows the view, numbered, and how many rows are left."""

    @dataclass
    class Clicked(Message):
        """A chip was clicked; `negate` if by another button than the left, or with Ctrl."""

        index: int
        negate: bool

    def show(self, texts: Sequence[str], right: str) -> None:
        """Draw other chips."""
        self._texts = [f"{number}[{text}] " for number, text in enumerate(texts, 1)]
        self.left = tuple(Span(text, "strong") for text in self._texts)
        self.right = (Span(right),)

    def on_click(self, event: events.Click) -> None:
        """Find the chip under the pointer."""
        end = 0
        for index, text in enumerate(self._texts):
            end += width(text)
            if event.x < end:
                self.post_message(self.Clicked(index, negate=event.button != 1 or event.ctrl))
                return
