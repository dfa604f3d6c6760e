"""The facets: values with counts, to be taken in or out of the view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kpitui.dataclass import dataclass
from kpitui.output.display import Display
from kpitui.report.columns import Column
from kpitui.text.cells import fit
from kpitui.text.prose import Line, Span
from kpitui.tui.tones import content
from kpitui.tui.widgets.options import Options
from kpitui.views.spec import Scalar

if TYPE_CHECKING:
    from kpitui.views.counted import Count

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
        self._facets: Sequence[Facet] = ()
        self._display: Display | None = None
        self._drawn: list[Line] = []

    def show(self, facets: Sequence[Facet], display: Display) -> None:
        """Draw the facets anew, the highlight where it was."""
        kept, before, had = self.highlighted, self._values, self._facets
        self._facets, self._display = facets, display
        lines, self._values = _lines(facets, display, pending=False)
        if [*map(_shape, had)] == [*map(_shape, facets)] and before == self._values and len(lines) == len(self._drawn):
            self._redraw(lines)
        else:
            self._rebuild(lines)
            self.highlighted = kept if kept in self._values else min(self._values, default=None)

    def pend(self) -> None:
        """Tell that the counts are not those of the rows that show: they are being counted."""
        if self._display is not None:
            self._redraw(_lines(self._facets, self._display, pending=True)[0])

    def _rebuild(self, lines: list[Line]) -> None:
        self._drawn = lines
        self.set_options(Option(content(each), disabled=at not in self._values) for at, each in enumerate(lines))

    def _redraw(self, lines: list[Line]) -> None:
        """Draw the lines that changed; the list stays where it is scrolled to."""
        changed = [at for at, (old, new) in enumerate(zip(self._drawn, lines, strict=True)) if old != new]
        self._drawn = lines
        for at in changed:
            self.replace_option_prompt_at_index(at, content(lines[at]))

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


def _shape(facet: Facet) -> Column:
    return facet.column


def _lines(
    facets: Sequence[Facet], display: Display, *, pending: bool
) -> tuple[list[Line], dict[int, tuple[str, Scalar]]]:
    """The lines of the list, and which of them stand for which value of which column."""
    lines: list[Line] = []
    values: dict[int, tuple[str, Scalar]] = {}
    for facet in facets:
        lines.append((Span(facet.column.label.say(display.lang), "strong"),))
        for count in facet.counts:
            values[len(lines)] = (facet.column.key, count.value)
            lines.append(_value_line(facet.column, count, display, pending=pending))
    return lines, values


def _value_line(column: Column, count: Count, display: Display, *, pending: bool) -> Line:
    mark = "[x] " if count.chosen else "[ ] "
    text = display.value(column, count.value)
    number = f"{count.count:,}"
    room = max(5, len(number))
    return (
        Span(mark, "strong" if count.chosen else ""),
        Span(fit(text, _WIDTH - 4 - room), "strong" if count.chosen else ""),
        Span(fit(display.mark if pending else number, room, "right"), "" if count.count and not pending else "dim"),
    )
