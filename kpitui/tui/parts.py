"""What the browse screen consists of, and where the reader is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.events import ScreenResume
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import Static

from kpitui.text.wording import Both, Lang
from kpitui.tui.commands import Context
from kpitui.tui.pacing import Paced
from kpitui.tui.resizing import Sized
from kpitui.tui.widgets.bar import Bar
from kpitui.tui.widgets.chips import Chips
from kpitui.tui.widgets.facets import Facets
from kpitui.tui.widgets.grid import Grid, Sheet
from kpitui.tui.widgets.page import Page
from kpitui.tui.widgets.prompt import Prompt
from kpitui.views.history import Place, Reading
from kpitui.views.spec import ViewSpec

_TOO_SMALL = Both("画面が小さすぎます。40×10以上にしてください", "this terminal is too small: make it 40×10 or larger")
_WIDTHS = [(0, "-tiny"), (40, "-narrow"), (120, "-wide")]
_HEIGHTS = [(0, "-flat"), (10, "-lowest"), (17, "-low"), (22, "-high"), (32, "-tall")]


class Parts(Paced, Sized, Screen[None], inherit_bindings=False):
    """The parts of the browse screen, which show `reading`; what they show of it is not known here."""

    AUTO_FOCUS = "Grid"
    HORIZONTAL_BREAKPOINTS = _WIDTHS
    VERTICAL_BREAKPOINTS = _HEIGHTS

    reading: var[Reading] = var(Reading.start(ViewSpec()), init=False)

    def __init__(self, reading: Reading, lang: Lang, sheet: Callable[[], Sheet], below: Callable[[], str]) -> None:
        """`sheet` is what the table begins with, `below` what the detail says of lines that it has no room for."""
        super().__init__()
        self.lang = lang
        self.set_reactive(Parts.reading, reading)
        self._sheet = sheet
        self._below = below
        self._seen = False

    def compose(self) -> ComposeResult:
        """Headline, tabs, chips; facets, table and detail, or a page; prompt and footer."""
        self.add_class(*self._size_classes())
        yield Bar(id="headline")
        yield Bar(id="tabs")
        yield Chips(id="chips")
        with Horizontal(id="body"):
            yield Facets()
            with Vertical(id="table"):
                yield Static(id="matrix", markup=False)
                yield Grid(self._sheet())
                yield Page(id="detail", more=self._below())
        yield Page(id="page")
        yield Prompt()
        yield Bar(id="footer")
        yield Static(_TOO_SMALL.say(self.lang), id="too-small", markup=False)

    def _size_classes(self) -> Iterator[str]:
        """What Textual (8.2.8) says of the size only after the first frame, of which all would then be styled anew."""
        width, height = self.app.size
        for points, cells in ((_WIDTHS, width), (_HEIGHTS, height)):
            yield max(point for point in points if point[0] <= cells)[1]

    def on_screen_resume(self, event: ScreenResume) -> None:
        """The first time all parts have been styled a moment ago; Textual (8.2.8) would do it once more."""
        event.refresh_styles = event.refresh_styles and self._seen
        self._seen = True

    # The parts

    @property
    def grid(self) -> Grid:
        """The table."""
        return self.query_one(Grid)

    @property
    def facets(self) -> Facets:
        """The facets."""
        return self.query_one(Facets)

    @property
    def prompt(self) -> Prompt:
        """The line for typing one thing."""
        return self.query_one(Prompt)

    @property
    def detail(self) -> Page:
        """The pane that follows the cursor."""
        return self.query_one("#detail", Page)

    @property
    def page_width(self) -> int:
        """Cells of a page's line: one at either side of it stays empty."""
        return self.size.width - 2

    @property
    def page(self) -> Page:
        """The page that stands in the table's place."""
        return self.query_one("#page", Page)

    def bar(self, name: str) -> Bar:
        """One of the lines around: headline, tabs or footer."""
        return self.query_one(f"#{name}", Bar)

    # Where the reader is

    @property
    def pane(self) -> Grid | Facets | Page:
        """The pane that keys move in."""
        focused = self.focused
        if isinstance(focused, Grid | Facets | Page):
            return focused
        return self.grid if self.reading.place.page == "table" else self.page

    @property
    def context(self) -> Context:
        """Where the reader is, as commands see it."""
        return "facets" if isinstance(self.focused, Facets) else self.reading.place.page

    def remembered(self) -> Reading:
        """What is being read, with where the cursor now is."""
        place = self.reading.place
        left = self._with_cursor(place) if place.page == "table" else replace(place, top=self.page.top)
        return self.reading.here(left)

    def _with_cursor(self, place: Place) -> Place:
        row = self.grid.record(self.grid.row)
        row_id = row["id"] if row else ""
        return replace(place, row_id=row_id, column=self.grid.column.key, top=self.grid.top)

    def focus_main(self) -> None:
        """The keys go to what is being read, unless they are the facets' or the prompt's."""
        if self.reading.place.page != "table":
            self.page.focus()
        elif not isinstance(self.focused, Facets | Prompt):
            self.set_focus(self.grid)
