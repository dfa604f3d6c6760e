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


class ChooseDialog(ModalScreen[str | None]):
    """Returns the chosen name, or None if the reader left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("j", "app.simulate_key('down')", show=False),
        Binding("k", "app.simulate_key('up')", show=False),
    ]

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], keys: str) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._keys = keys

    def compose(self) -> ComposeResult:
        """A line for each choice: its name, and below it what it is."""
        with Vertical(classes="dialog"):
            yield Label(self._title, classes="title", markup=False)
            yield OptionList(*map(_option, self._choices), markup=False, compact=True)
            yield Label(self._keys, classes="keys", markup=False)

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Leave with the name under the highlight."""
        self.dismiss(self._choices[event.option_index][0])


def _option(choice: tuple[str, str]) -> Option:
    name, note = choice
    return Option(Content.assemble((name, "bold"), "\n  ", (note, "dim")) if note else Content(name))
