"""The driver between Textual and the terminal, made thrifty: of each frame it writes only what differs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from kpitui.tui.wire import OFF, Wire

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.geometry import Size

_LINUX = "textual.drivers.linux_driver"


def thrifty(base: type[Driver]) -> type[Driver]:
    """A thrifty driver over Textual's for Linux and macOS, or over what was made of it; any other one as it is.

    The others do not write to a terminal (browsers, tests), draw below the prompt, or cut frames into pieces (Windows).
    """
    over_linux = any(each.__module__ == _LINUX for each in base.__mro__)
    return type("ThriftyDriver", (Thrift, base), {}) if over_linux and os.environ.get(OFF) != "0" else base


class Thrift:
    """What makes a driver thrifty; all bytes of a frame go to the driver's own `write` at once."""

    def __init__(self, *words: Any, **settings: Any) -> None:
        self._wire = Wire()
        self._started = False
        self._stands = False
        self._size: tuple[int, int] | None = None
        super().__init__(*words, **settings)

    def start_application_mode(self) -> None:
        """Take the terminal, which may be of any size and show anything, also after a stop."""
        self._size = self._get_terminal_size()  # type: ignore[attr-defined]
        self._wire.resized(*self._size)
        if seen := self._app.glimpse.taken(self._size):  # type: ignore[attr-defined]
            self._wire.stand(seen)
        super().start_application_mode()  # type: ignore[misc]
        if self._started:
            # Textual (8.2.8) draws nothing by itself after SIGCONT, and entering the screen has cleared it.
            self._app.call_later(self._draw_anew)  # type: ignore[attr-defined]
        self._started = True

    def _draw_anew(self) -> None:
        self._app.screen.refresh(layout=True)  # type: ignore[attr-defined]

    def write(self, data: str) -> None:
        """Write what is left of some data."""
        if thinned := self._wire.thin(data):
            super().write(thinned)  # type: ignore[misc]

    def stands(self) -> str:
        """The first screen is complete: write what of it was held back; returns a frame that draws all of it."""
        self._stands = True
        if rest := self._wire.release():
            super().write(rest)  # type: ignore[misc]
            self.flush()  # type: ignore[attr-defined]
        return self._wire.picture()

    def resized(self, size: Size) -> None:
        """The terminal says what size it has; that which it had when it was taken is told twice at the start."""
        if self._stands or size != self._size:
            self._size = None
            self._wire.resized(*size)
