"""A line to type in: Japanese as it is typed, pasted text as one line of text, whatever the terminal's widths."""

from __future__ import annotations

from textual import events
from textual.geometry import Offset
from textual.widgets import Input
from textual.widgets.input import Selection

from kpitui.text.ambiguous import restored, widened
from kpitui.text.cells import grapheme_after, grapheme_before, safe

PASTE_MOST = 2_000
"""Characters that are taken of a paste; the rest of it is dropped."""
_KEPT = "\t\n\r\x85"
_DROPPED = dict.fromkeys({*range(0x20), *range(0x7F, 0xA0)} - set(map(ord, _KEPT)))
"""Control characters, but for those that end a line."""


class Field(Input):
    """Textual's input with what it lacks; `text` is what was typed, the value what the terminal is to draw."""

    _ahead = False
    """Whether something was typed before the focus came."""

    @property
    def text(self) -> str:
        """What was typed, with the characters it has."""
        return restored(self.value)

    def laid_out(self, text: str) -> str:
        """The text on one line, as this terminal draws it and harmless to it."""
        seen = text.translate(_DROPPED)
        line = " ".join(safe(seen).split("\n")).replace("\t", " ")
        return widened(line) if getattr(self.app, "wide", False) else line

    def on_mount(self) -> None:
        """What it begins with is as wide as the rest. The caret does not blink: that sends bytes while nobody types."""
        self.cursor_blink = False
        with self.prevent(Input.Changed):
            self.value = self.laid_out(self.value)

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell of the screen in which the caret is drawn, where an input method opens its window.

        Textual (8.2.8) tells the cell behind it where the caret stands at the end of the text.
        """
        x, y, _, _ = self.content_region
        return Offset(x + self._position_to_cell(self.cursor_position) - self.scroll_offset.x, y)

    def replace(self, text: str, start: int, end: int) -> None:
        """Every change goes through here: what is typed, pasted, or deleted.

        The focus may come later than what is typed, and must not mark that, for the next character would replace it.
        """
        if self.select_on_focus and not self.has_focus:
            self.select_on_focus, self._ahead = False, True
        super().replace(self.laid_out(text), start, end)

    def on_blur(self) -> None:
        """Mark all again the next time."""
        if self._ahead:
            self.select_on_focus, self._ahead = True, False

    def _on_paste(self, event: events.Paste) -> None:
        """All lines of a paste, on this one line."""
        event.stop()
        event.prevent_default()
        self.paste(event.text)

    def paste(self, text: str) -> None:
        """Put it in at once."""
        self.replace(text[:PASTE_MOST].strip("\r\n"), *sorted(self.selection))

    def take(self, key: events.Key) -> bool:
        """Type a character at once; False for a key that is none."""
        if not key.is_printable or key.character is None:
            return False
        self.replace(key.character, *sorted(self.selection))
        return True

    def action_delete_left(self) -> None:
        """Delete what a reader takes for one character, such as か with its voiced mark."""
        if self.selection.is_empty:
            self.delete(grapheme_before(self.value, self.cursor_position), self.cursor_position)
        else:
            self.delete_selection()

    def action_delete_right(self) -> None:
        """The same to the right."""
        if self.selection.is_empty:
            self.delete(self.cursor_position, grapheme_after(self.value, self.cursor_position))
        else:
            self.delete_selection()

    def action_cursor_left(self, select: bool = False) -> None:
        """Past what a reader takes for one character."""
        start, end = self.selection
        if select:
            self.selection = Selection(start, grapheme_before(self.value, end))
        elif self.selection.is_empty:
            self.cursor_position = grapheme_before(self.value, end)
        else:
            super().action_cursor_left()

    def action_cursor_right(self, select: bool = False) -> None:
        """The same to the right; at the end it takes the completion that is offered."""
        start, end = self.selection
        if select:
            self.selection = Selection(start, grapheme_after(self.value, end))
        elif self.selection.is_empty and not self.cursor_at_end:
            self.cursor_position = grapheme_after(self.value, end)
        else:
            super().action_cursor_right()
