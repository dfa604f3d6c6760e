"""One line of the screen with something at its left and something at its right."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from kpitui.text.prose import Line, apart
from kpitui.tui.tones import content


class Bar(Widget):
    """A line of spans; where there is no room for both sides, the left one is cut, with `keep_end` at its start."""

    ALLOW_SELECT = False
    left: reactive[Line] = reactive(())
    right: reactive[Line] = reactive(())
    keep_end: reactive[bool] = reactive(default=False)

    def render(self) -> Content:
        """The line as it stands."""
        return content(apart(self.left, self.right, self.size.width, keep_end=self.keep_end))
