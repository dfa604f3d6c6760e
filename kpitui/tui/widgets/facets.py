"""The facets: values with counts, to be taken in or out of the view."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.style import Style
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kpitui.dataclass import dataclass
from kpitui.output.display import Display
from kpitui.report.column import Column
from kpitui.text.cells import clip, fit
from kpitui.text.prose import Line, Span
from kpitui.tui.tones import content
from kpitui.tui.widgets.options import Options
from kpitui.views.spec import Scalar

if TYPE_CHECKING:
    from kpitui.report.model import Table
    from kpitui.views.counted import Count

_WIDTH = 24
_OPTION = "option-list--option"


@dataclass(frozen=True)
class Facet:
    """A column with its counted values."""

    column: Column
    counts: Sequence[Count]


class Facets(Options, inherit_bindings=False):
    """A list of columns and their values; a value's mark says whether it is chosen.

    Each option is a line, drawn here: counts change with every filter, and Textual (8.2.8) would lay out all options
    anew for each that does, and ask the style sheet about each line.
    """

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
        self._table: Table | None = None
        self._display: Display | None = None
        self._drawn: list[Line] = []
        self._styles: dict[str, Style] = {}

    def turn_to(self, table: Table) -> None:
        """Leave no values of another table standing, which has other columns."""
        if table != self._table:
            self._table, self._facets, self._values = table, (), {}
            self._rebuild([])

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
        """Draw the lines anew; the list stays where it is scrolled to."""
        if lines != self._drawn:
            self._drawn = lines
            self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in a part of the list, all in the styles of this moment."""
        self._styles.clear()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the list, which knows of which option it is, for the mouse."""
        at, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        style = self._style(self._part(at))
        if at >= len(self._drawn):
            return Strip.blank(width, style.rich_style)
        strip = Strip(_segments(self._drawn[at], style)).extend_cell_length(width - 1, style.rich_style)
        strip = Strip.join([strip, Strip([Segment(self.beyond(y) or " ", style.rich_style)])])
        return strip.apply_meta({"option": at})

    def _part(self, at: int) -> str:
        """What the style sheet calls a line, behind the name that all have."""
        if at not in self._values:
            return "-disabled" if at < len(self._drawn) else ""
        if at == self.highlighted:
            return "-highlighted"
        return "-hover" if at == self._mouse_hovering_over else ""  # private to Textual 8.2, which has no other way

    def _style(self, part: str) -> Style:
        if part not in self._styles:
            self._styles[part] = self.get_visual_style(*dict.fromkeys((_OPTION, _OPTION + part)))
        return self._styles[part]

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


def _segments(line: Line, style: Style) -> Iterator[Segment]:
    """What a line consists of; like everything of Textual's, each piece knows where it begins."""
    start = 0
    for text, own in content(line).render(style, end=""):
        yield Segment(text, (style + own).rich_style_with_offset(start, 0))
        start += len(text)


def _shape(facet: Facet) -> Column:
    return facet.column


def _lines(
    facets: Sequence[Facet], display: Display, *, pending: bool
) -> tuple[list[Line], dict[int, tuple[str, Scalar]]]:
    """The lines of the list, and which of them stand for which value of which column."""
    lines: list[Line] = []
    values: dict[int, tuple[str, Scalar]] = {}
    for facet in facets:
        lines.append((Span(clip(facet.column.label.say(display.lang), _WIDTH), "strong"),))
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
