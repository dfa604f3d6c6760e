"""Text to read: a record, the overview, the source; broken anew when the width changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from time import monotonic

from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual

from kpitui.text.prose import Line, plain
from kpitui.tui.tones import content

Build = Callable[[int], Iterable[Line]]
"""Makes the lines for a width in cells; no more of them are worked out at once than there is time for."""

_AT_ONCE = 0.04
"""Seconds that lines are worked out for before keys are listened to again."""
_FEW = 200
"""Lines between two looks at the clock."""
_SOON = 0.001
"""Seconds until the work goes on: whatever else there is to do is done before."""
_END = 1 << 60


class Page(ScrollView, can_focus=True, inherit_bindings=False):
    """Lines that scroll: those on screen are drawn, and those further down are worked out while nothing else is done.

    A record may hold a million characters, which are a second's work. `more` is what its border says where there are
    lines below.
    """

    def __init__(self, *, id: str, more: str = "") -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._more = more
        self._tells_of_more = False
        self._build: Build = lambda _: []
        self._lines: list[Line] = []
        self._rest: Iterator[Line] = iter(())
        self._all_there = True
        self._goal: int | None = None
        self._turn = 0

    def show(self, build: Build, top: int = 0) -> None:
        """Show other lines, `top` the first one on screen."""
        self._build, self._goal = build, top
        self._begin()

    def on_resize(self) -> None:
        """Lines are as wide as the page."""
        if self._goal is None:
            self._goal = self.top
        self._begin()

    def notify_style_update(self) -> None:
        """Another theme: draw everything anew."""
        super().notify_style_update()
        self.refresh()

    # Working out

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width or self.size.width

    def _begin(self) -> None:
        self._turn += 1
        if self._width:
            self._lines, self._all_there = [], False
            self._rest = iter(self._build(self._width))
            self._go_on(self._turn)

    def _go_on(self, turn: int) -> None:
        """Work out further lines, unless others are wanted by now."""
        if turn != self._turn or not self.is_attached:
            return
        end = monotonic() + _AT_ONCE
        while self._work_out() and monotonic() < end:
            pass
        self.virtual_size = Size(self._width, len(self._lines))
        self._tell_of_more()
        self._aim()
        self.refresh()
        if not self._all_there:
            self.set_timer(_SOON, lambda: self._go_on(turn))

    def _tell_of_more(self) -> None:
        tells = len(self._lines) > self.size.height
        if tells is not self._tells_of_more:
            self._tells_of_more = tells
            self.border_title = Content(self._more) if tells else None

    def _work_out(self) -> bool:
        """Work out a few lines; False where there are no more."""
        found = list(islice(self._rest, _FEW))
        self._lines += found
        self._all_there = len(found) < _FEW
        return not self._all_there

    def _aim(self) -> None:
        """Scroll to where the reader wanted to be, once there are lines."""
        if self._goal is not None and (self._all_there or self._goal <= self.max_scroll_y):
            self._scroll(self._goal)
            self._goal = None

    # Moving

    @property
    def top(self) -> int:
        """The first line on screen, or the one that will be."""
        return self.scroll_offset.y if self._goal is None else min(self._goal, max(self.max_scroll_y, 0))

    def move(self, lines: int) -> None:
        """Scroll by lines."""
        self._goal = None
        self._scroll(self.scroll_offset.y + lines)

    def page(self, direction: int) -> None:
        """Scroll by a screenful, one line kept in sight."""
        self.move(direction * max(1, self.size.height - 1))

    def ends(self, *, last: bool) -> None:
        """Scroll to the first or last line, the latter when it is known."""
        self._goal = _END if last else 0
        self._aim()

    def _scroll(self, line: int) -> None:
        """Scroll at once; forced, because Textual learns only later whether there is more than fits."""
        self.scroll_to(y=max(0, min(line, self.max_scroll_y)), animate=False, force=True)

    # Drawing

    def render_line(self, y: int) -> Strip:
        """A line of those on screen, what is selected in it set off; nothing below the last one."""
        number, style = y + self.scroll_offset.y, self.visual_style
        if number >= len(self._lines):
            return Strip.blank(self.size.width, style.rich_style)
        text = self._with_selection(content(self._lines[number]), number)
        strip = Visual.to_strips(self, text, self.size.width, 1, style, apply_selection=False, pad=True)[0]
        return strip.apply_offsets(0, number)

    def _with_selection(self, text: Content, number: int) -> Content:
        span = self.text_selection and self.text_selection.get_span(number)
        if not span:
            return text
        begin, end = span
        style = Style.from_styles(self.screen.get_component_styles("screen--selection"))
        return text.stylize(style, begin, len(text) if end < 0 else end)

    def get_selection(self, selection: Selection) -> tuple[str, str]:
        """The text that the mouse selected."""
        return selection.extract(plain(self._lines)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw what is selected."""
        self.refresh()
