"""A screen that takes the size that the terminal has, whatever sizes it was told of on the way there."""

from __future__ import annotations

from typing import Any

from textual.events import Resize


class Sized:
    """Lets a size that is already out of date pass.

    Textual 8.2.8 lays a screen out for every size it is told of and, where that changed anything, tells it of the size
    once more (`Screen._refresh_layout`). Two sizes on their way at once, as when a terminal is resized while the
    program starts, would call each other up for ever.
    """

    app: Any

    def on_resize(self, event: Resize) -> None:
        """Leave a size that the terminal no longer has to nobody."""
        if event.size != self.app.size:
            event.prevent_default()
