"""Text to read: a record, the overview, the source; broken anew when the width changes."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from kpitui.text.prose import Line
from kpitui.tui.tones import contents

Build = Callable[[int], list[Line]]
"""Makes the lines for a width in cells."""


class Page(VerticalScroll, can_focus=True, inherit_bindings=False):
    """Lines that scroll."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._build: Build = lambda _: []

    def compose(self) -> ComposeResult:
        """One static that holds all lines."""
        yield Static(markup=False)

    def show(self, build: Build, top: int = 0) -> None:
        """Show other lines, `top` the first one on screen."""
        self._build = build
        self._draw()
        self.call_after_refresh(self.scroll_to, y=top, animate=False)

    def on_resize(self) -> None:
        """Lines are as wide as the page."""
        self._draw()

    def _draw(self) -> None:
        width = self.scrollable_content_region.width or self.size.width
        if width:
            self.query_one(Static).update(contents(self._build(width)))

    @property
    def top(self) -> int:
        """The first line on screen."""
        return self.scroll_offset.y

    def move(self, lines: int) -> None:
        """Scroll by lines."""
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False)

    def page(self, direction: int) -> None:
        """Scroll by a screenful, one line kept in sight."""
        self.move(direction * max(1, self.size.height - 1))

    def ends(self, *, last: bool) -> None:
        """Scroll to the first or last line."""
        self.scroll_to(y=self.max_scroll_y if last else 0, animate=False)
