"""The facets: values with counts, to be taken in or out of the view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kpitui.output.display import Display
from kpitui.report.columns import Column
from kpitui.text.cells import fit
from kpitui.text.prose import Line, Span
from kpitui.tui.tones import content
from kpitui.tui.widgets.options import Options
from kpitui.views.query import Count
from kpitui.views.spec import Scalar

_WIDTH = 24


@dataclass(frozen=True)
class Facet:
    """A column with its counted values."""

    column: Column
    counts: Sequence[Count]


class Facets(Options, inherit_bindings=False):
    """A list of columns and their values; a value's mark says whether it is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = []

    @dataclass
    class Toggled(Message):
        """A value was taken in or out."""

        column: str
        value: Scalar

    def __init__(self) -> None:
        super().__init__(id="facets", markup=False, compact=True)
        self._values: dict[int, tuple[str, Scalar]] = {}

    def show(self, facets: Sequence[Facet], display: Display) -> None:
        """Draw the facets anew, the highlight where it was."""
        kept, self._values, options = self.highlighted, {}, list[Option]()
        for facet in facets:
            options.append(Option(content((Span(facet.column.label.say(display.lang), "strong"),)), disabled=True))
            for count in facet.counts:
                self._values[len(options)] = (facet.column.key, count.value)
                options.append(Option(content(_value_line(facet.column, count, display))))
        self.set_options(options)
        self.highlighted = kept if kept in self._values else min(self._values, default=None)

    def move(self, rows: int) -> None:
        """Move the highlight past headings."""
        action = self.action_cursor_down if rows > 0 else self.action_cursor_up
        for _ in range(abs(rows)):
            action()

    def page(self, direction: int) -> None:
        """Move by a screenful."""
        move: Callable[[], None] = self.action_page_down if direction > 0 else self.action_page_up
        move()

    def ends(self, *, last: bool) -> None:
        """Move to the first or last value."""
        (self.action_last if last else self.action_first)()

    def toggle(self) -> None:
        """Take the highlighted value in or out."""
        if self.highlighted in self._values:
            self.post_message(self.Toggled(*self._values[self.highlighted]))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click does what Space does."""
        event.stop()
        self.toggle()


def _value_line(column: Column, count: Count, display: Display) -> Line:
    mark = "[x] " if count.chosen else "[ ] "
    text = display.value(column, count.value)
    number = f"{count.count:,}"
    return (
        Span(mark, "strong" if count.chosen else ""),
        Span(fit(text, _WIDTH - 4 - max(5, len(number))), "strong" if count.chosen else ""),
        Span(number.rjust(max(5, len(number))), "" if count.count else "dim"),
    )
