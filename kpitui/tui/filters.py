"""The last word on every line that goes to the terminal.

Textual keeps filters for its own colours (8.2.8, `App.get_line_filters`), but every line of every widget passes
through them, so nothing of its own borders, scroll bars and dialogs is left out.
"""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from kpitui.text.ambiguous import same_width


class AsciiSigns(LineFilter):
    """Puts a sign of the same width in the place of every character of ambiguous width.

    Text from reports is rewritten by `Display` before it is laid out, where ① may become (1) or, for a terminal that
    draws it wide, a stand-in of two cells. What is left here are single signs, such as cut marks and borders.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments with other signs in them."""
        return [
            segment if segment.text.isascii() else Segment(same_width(segment.text), segment.style, segment.control)
            for segment in segments
        ]


class NoColourCodes(LineFilter):
    """Takes every colour away; Textual's own filter leaves the codes for default colours."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments, bold, reversed or underlined as before."""
        return [Segment(text, style.without_color if style else style, control) for text, style, control in segments]
