"""Loads what the first key of each kind will need, in idle moments once the first screen stands."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterable
from importlib import import_module

from kpitui.tui import actions, pages

MODULES = (
    *(f"{actions.__name__}.{room}" for room in actions.ROOMS),
    *pages.ROOMS.values(),
    "kpitui.views.expression",
    "kpitui.views.search",
)
"""What is loaded ahead, the likeliest first."""
_REST = 0.05
"""Seconds between two modules, in which a key is answered."""


class Ahead:
    """Loads one module at a time; `after` calls a function after so many seconds."""

    def __init__(self, after: Callable[[float, Callable[[], None]], object], modules: Iterable[str] = MODULES) -> None:
        self._after = after
        self._left = deque(modules)

    def go_on(self) -> None:
        """Load the next module that no key has brought yet, and go on after a rest as long as there are more."""
        while self._left and self._left[0] in sys.modules:
            self._left.popleft()
        if self._left:
            import_module(self._left.popleft())
            self._after(_REST, self.go_on)
