"""One line that holds one of a few choices: Left and Right go through them, a click takes the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from kpitui.text.cells import fit

_LABEL = 12
"""Cells of the label."""


class Chooser(Static, can_focus=True):
    """A label, and the choice between two angles; `place` is its number among the choices (0 = first)."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "step(-1)", show=False),
        Binding("right,l,space", "step(1)", show=False),
    ]
    DEFAULT_CSS = "Chooser { width: 100%; height: 1; &:focus { text-style: reverse; } }"

    place: reactive[int] = reactive(0)

    @dataclass
    class Changed(Message):
        """Another choice was made."""

        chooser: Chooser

        @property
        def control(self) -> Chooser:
            """The line it was made on."""
            return self.chooser

    def __init__(self, label: str, choices: Sequence[str], place: int = 0, *, id: str) -> None:  # noqa: A002 - Textual's
        super().__init__(id=id, markup=False)
        self._label = label
        self._choices = tuple(choices)
        self.set_reactive(Chooser.place, place)

    def on_mount(self) -> None:
        """Show the first choice."""
        self._show()

    def watch_place(self) -> None:
        """Show the choice, and tell that it is another."""
        self._show()
        self.post_message(self.Changed(self))

    def action_step(self, steps: int) -> None:
        """So many choices on; after the last comes the first."""
        self.place = (self.place + steps) % len(self._choices)

    def on_click(self) -> None:
        """The next choice."""
        self.action_step(1)

    def _show(self) -> None:
        self.update(f"{fit(self._label, _LABEL)}< {self._choices[self.place]} >")
