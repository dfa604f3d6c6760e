"""The grid: a table drawn line by line from row numbers, so that its cost is that of the lines on screen.

Here the cursor moves, by key and by mouse, and the screen scrolls after it. `layout` knows where columns are,
`strips` draws the lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kpitui.dataclass import dataclass
from kpitui.report.column import Column
from kpitui.report.model import Table
from kpitui.tui import pages
from kpitui.tui.widgets.layout import Laid, Slot
from kpitui.tui.widgets.strips import PARTS, Scene, Sheet, Strips
from kpitui.views.query import Records

if TYPE_CHECKING:
    from kpitui.tui.hits import Seen

__all__ = ["Grid", "Sheet"]


class Grid(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows and columns with a cursor on one row and one cell; the head stays, and so do pinned columns."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"grid--{part}" for part in PARTS}

    row: var[int] = var(0, init=False)
    place: var[int] = var(0, init=False)

    @dataclass
    class Moved(Message):
        """The cursor stands on another row."""

        row: int

        def can_replace(self, message: Message) -> bool:
            """Only the newest counts."""
            return isinstance(message, Grid.Moved)

    @dataclass
    class Entered(Message):
        """The reader wants to go into a row."""

        row: int

    @dataclass
    class HeadClicked(Message):
        """The head of a column was clicked."""

        column: str

    @dataclass
    class Resized(Message):
        """The edge of a column's head was dragged to a width."""

        column: str
        width: int

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet
        self._records = Records(sheet.display.report, sheet.rowset)
        self._laid = Laid()
        self._frame: Strips | None = None
        self._top: int | None = None
        self._dragged: tuple[Slot, int] | None = None

    # What is shown

    def show(self, sheet: Sheet, row: int, column: str, top: int) -> None:
        """Draw other rows or columns, the cursor on a row and column, `top` the first row on screen."""
        self._sheet = sheet
        self._records = Records(sheet.display.report, sheet.rowset)
        self._lay_out()
        self.set_reactive(Grid.row, max(0, min(row, len(sheet.rowset) - 1)))
        self.set_reactive(Grid.place, self._laid.place_of(column))
        self._top = top
        self._scroll(y=top)
        self._reveal()
        self.refresh()
        self.post_message(self.Moved(self.row))

    @property
    def table(self) -> Table:
        """The table that the rows are of."""
        return self._sheet.rowset.table

    @property
    def column(self) -> Column:
        """The column under the cursor."""
        return self._laid.slots[self.place].column

    @property
    def columns(self) -> list[Column]:
        """The columns on the grid, in the order drawn."""
        return [slot.column for slot in self._laid.slots]

    @property
    def width_of_column(self) -> int:
        """Cells that the column under the cursor takes."""
        return self._laid.slots[self.place].width

    def widest(self, column: Column) -> int:
        """Cells that the widest of a sample of a column's cells takes; a pinned one leaves room for another."""
        return self._laid.bounded(column.key, self._sheet.widest(column), self.size.width)

    @property
    def top(self) -> int:
        """The first row on screen."""
        return self.scroll_offset.y

    def record(self, row: int) -> dict[str, Any] | None:
        """All cells of a row of the view, or None where there is none."""
        return self._records.record(row)

    def _lay_out(self) -> None:
        self._laid = self._sheet.laid(self.size.width or 80)
        self.virtual_size = Size(self._laid.width, len(self._sheet.rowset) + 1)

    def on_resize(self) -> None:
        """Widths depend on the screen."""
        key = self.column.key if self._laid.slots else ""
        self._lay_out()
        self.set_reactive(Grid.place, self._laid.place_of(key))
        if self._top is not None and self.size.height:
            self._scroll(y=self._top)
            self._top = None
        self._reveal()

    def notify_style_update(self) -> None:
        """Another theme: draw everything anew."""
        super().notify_style_update()
        self.refresh()

    # Moving

    def move(self, rows: int = 0, columns: int = 0) -> None:
        """Move the cursor by rows and columns, stopping at the edges."""
        self.row = max(0, min(self.row + rows, len(self._sheet.rowset) - 1))
        self.place = max(0, min(self.place + columns, len(self._laid.slots) - 1))

    def page(self, direction: int) -> None:
        """Move by a screenful."""
        self.move(rows=direction * max(1, self.size.height - 2))

    def ends(self, *, last: bool) -> None:
        """Move to the first or the last row."""
        self.row = max(0, len(self._sheet.rowset) - 1) if last else 0

    def edge(self, *, last: bool) -> None:
        """Move to the first or the last column."""
        self.place = len(self._laid.slots) - 1 if last else 0

    @property
    def seen(self) -> Seen:
        """What the reader can look through: the rows in the columns on the grid."""
        sheet = self._sheet
        return pages.Seen(sheet.rowset, tuple(self.columns), sheet.display, sheet.needle)

    def jump(self, row: int, place: int) -> None:
        """Move the cursor to a cell."""
        self.row, self.place = row, place

    def watch_row(self, old: int, new: int) -> None:
        """Redraw the two rows concerned; where the screen scrolls, that redraws it all."""
        self._reveal()
        self.refresh_line(old + 1)
        self.refresh_line(new + 1)
        self.post_message(self.Moved(new))

    def watch_place(self) -> None:
        """Redraw the cursor's row, and the head that shows which column it is in."""
        self._reveal()
        self.refresh_line(self.row + 1)
        self.refresh(Region(0, 0, self.size.width, 1))

    def _reveal(self) -> None:
        """Scroll as little as needed to show the cursor's cell."""
        height, top = max(1, self.size.height - 1), self.scroll_offset.y
        if not top <= self.row < top + height:
            self._scroll(y=self.row if self.row < top else self.row - height + 1)
        left = self.scroll_offset.x
        if self._laid.slots and (wished := self._laid.revealing(self.place, left, self.size.width)) != left:
            self._scroll(x=wished)

    def _scroll(self, x: int | None = None, y: int | None = None) -> None:
        """Scroll at once; forced, because without scroll bars Textual takes the grid for one that cannot."""
        self.scroll_to(x=x, y=y, animate=False, force=True)

    # Drawing

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lines of one frame, for which what they have in common is worked out once, and nothing of it kept."""
        self._frame = self._strips()
        try:
            return super().render_lines(crop)
        finally:
            self._frame = None

    def render_line(self, y: int) -> Strip:
        """One line: the head, a row, or nothing below the last row."""
        return (self._frame or self._strips()).line(y)

    def _strips(self) -> Strips:
        """The lines as they would be drawn now."""
        scene = Scene(
            sheet=self._sheet,
            records=self._records,
            laid=self._laid,
            ground=self.rich_style,
            looks={part: self.get_component_rich_style(f"grid--{part}", partial=True) for part in PARTS},
            row=self.row,
            place=self.place,
            focused=self.has_focus,
            top=self.scroll_offset.y,
            left=self.scroll_offset.x,
            width=self.size.width,
        )
        return Strips(scene)

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """A click on the head asks for that column, on a row moves there, on the cursor's row goes in."""
        place = self._laid.place_at(event.x, self.scroll_offset.x)
        if event.y == 0:
            if place is not None:
                self.post_message(self.HeadClicked(self.columns[place].key))
            return
        row = event.y - 1 + self.scroll_offset.y
        if row >= len(self._sheet.rowset):
            return
        if event.chain > 1 and row == self.row:
            self.post_message(self.Entered(row))
        self.row = row
        self.place = self.place if place is None else place

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """The last cell of a head is its handle."""
        slot = self._laid.handle_at(event.x, self.scroll_offset.x) if event.y == 0 else None
        if slot is not None:
            self._dragged = (slot, event.x)
            self.capture_mouse()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Where the handle was let go, the column ends."""
        if self._dragged is not None:
            slot, start = self._dragged
            self._dragged = None
            self.release_mouse()
            if event.x != start:
                self.post_message(self.Resized(slot.column.key, max(1, slot.width + event.x - start)))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Three rows a notch, without animation."""
        event.stop()
        self.move(rows=3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Three rows a notch, without animation."""
        event.stop()
        self.move(rows=-3)
