"""Choose one of several named things."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from kpitui.text.cells import safe
from kpitui.tui.pacing import Paced
from kpitui.tui.widgets.options import Options

Choice = tuple[str, str]
"""A name, and what it is; the latter may be empty."""


class ChooseDialog(Paced, ModalScreen[int | None]):
    """Returns the place of the choice (0 = first), or None if the reader left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", show=False),
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
    ]

    def __init__(self, title: str, choices: Sequence[Choice], keys: str, *, head: str = "", lines: int = 2) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._keys = keys
        self._head = head
        self._lines = lines

    def compose(self) -> ComposeResult:
        """Each choice's name and what it is, on one line or on two."""
        with Vertical(classes="dialog"):
            yield Label(self._title, classes="title", markup=False)
            if self._head:
                yield Label(self._head, classes="head", markup=False)
            yield Options(*(self._option(choice) for choice in self._choices), markup=False, compact=True)
            yield Label(self._keys, classes="keys", markup=False)

    def _option(self, choice: Choice) -> Option:
        name, note = map(safe, choice)
        between = "\n  " if self._lines > 1 else "  "
        return Option(Content.assemble((name, "bold"), between, (note, "")) if note else Content(name))

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Leave with the place of the highlight."""
        self.dismiss(event.option_index)

    def action_move(self, rows: int) -> None:
        """Move the highlight."""
        options = self.query_one(Options)
        (options.action_cursor_down if rows > 0 else options.action_cursor_up)()
