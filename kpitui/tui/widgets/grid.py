"""The grid: a table drawn line by line from row numbers, so that its cost is that of the lines on screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kpitui.dataclass import dataclass
from kpitui.output.display import MISSING, Display
from kpitui.report.column import Column
from kpitui.report.model import Table
from kpitui.text.cells import fit
from kpitui.text.fold import find
from kpitui.tui import pages
from kpitui.tui.widgets.layout import GAP, Slot, head, slots, total, wanted
from kpitui.views.query import RowSet, gather
from kpitui.views.spec import WIDEST, ViewSpec

if TYPE_CHECKING:
    from kpitui.tui.hits import Seen

GUTTER = 2
"""Cells at the left that mark the cursor's row, and rows with notes, without colour."""
_TONED = ("status",)
_BESIDE = 20
"""Cells that a pinned column, made as wide as its content, leaves to the others."""
_BEGINS = "name"
"""The column in which the cursor begins; the id and, of several reports, the report's name stand before it."""
_PAGE = 32
"""Rows gathered at a time: two screens of the usual size, and 0.4 ms where 128 take 2."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """What the grid draws: rows, columns, how cells read, and what is searched for (folded)."""

    rowset: RowSet
    columns: tuple[Column, ...]
    spec: ViewSpec
    display: Display
    needle: str = ""


class Grid(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows and columns with a cursor on one row and one cell; the head stays, and so do pinned columns."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "grid--head",
        "grid--row",
        "grid--cell",
        "grid--missing",
        "grid--hit",
        "grid--met",
        "grid--missed",
        "grid--worsened",
        "grid--unmeasured",
    }

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
        self._marked_ids: set[str] = set()
        self._top: int | None = None
        self._dragged: tuple[str, int, int] | None = None
        self._slots: list[Slot] = []
        self._pages: dict[int, list[dict[str, Any]]] = {}

    # What is shown

    def show(self, sheet: Sheet, row: int, column: str, top: int) -> None:
        """Draw other rows or columns, the cursor on a row and column, `top` the first row on screen."""
        self._sheet = sheet
        self._marked_ids = {key for key, _ in sheet.spec.marks}
        self._pages.clear()
        self._lay_out()
        self.set_reactive(Grid.row, max(0, min(row, len(sheet.rowset) - 1)))
        self.set_reactive(Grid.place, self._place_of(column))
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
        return self._slots[self.place].column

    @property
    def columns(self) -> list[Column]:
        """The columns on the grid, in the order drawn."""
        return [slot.column for slot in self._slots]

    @property
    def width_of_column(self) -> int:
        """Cells that the column under the cursor takes."""
        return self._slots[self.place].width

    def widest(self, column: Column) -> int:
        """Cells that the widest of a sample of a column's cells takes; a pinned one leaves room for another."""
        frame = self._sheet.display.report.frame(self._sheet.rowset.table)
        wide = wanted(column, frame, self._sheet.spec, self._sheet.display, most=WIDEST)
        slot = next((each for each in self._slots if each.column.key == column.key), None)
        if slot is None or not slot.pinned:
            return wide
        return max(min(wide, self.size.width - self._pinned_width() + slot.width - _BESIDE), 1)

    @property
    def top(self) -> int:
        """The first row on screen."""
        return self.scroll_offset.y

    def record(self, row: int) -> dict[str, Any] | None:
        """All cells of a row of the view, or None where there is none."""
        return self._row(row) if 0 <= row < len(self._sheet.rowset) else None

    def _lay_out(self) -> None:
        sheet, frame = self._sheet, self._sheet.display.report.frame(self._sheet.rowset.table)
        room = (self.size.width or 80) - GUTTER
        self._slots = slots(sheet.columns, frame, sheet.spec, sheet.display, room)
        self.virtual_size = Size(total(self._slots) + GUTTER, len(sheet.rowset) + 1)

    def _place_of(self, key: str) -> int:
        """The place of a column; where it is not on the grid, that of the name, else the second."""
        keys = [slot.column.key for slot in self._slots]
        return next((keys.index(each) for each in (key, _BEGINS) if each in keys), min(1, len(keys) - 1))

    def on_resize(self) -> None:
        """Widths depend on the screen."""
        key = self.column.key if self._slots else ""
        self._lay_out()
        self.set_reactive(Grid.place, self._place_of(key))
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
        self.place = max(0, min(self.place + columns, len(self._slots) - 1))

    def page(self, direction: int) -> None:
        """Move by a screenful."""
        self.move(rows=direction * max(1, self.size.height - 2))

    def ends(self, *, last: bool) -> None:
        """Move to the first or the last row."""
        self.row = max(0, len(self._sheet.rowset) - 1) if last else 0

    def edge(self, *, last: bool) -> None:
        """Move to the first or the last column."""
        self.place = len(self._slots) - 1 if last else 0

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
        if self._slots and not self._slots[self.place].pinned:
            self._reveal_column()

    def _reveal_column(self) -> None:
        start, end = self._span(self.place)
        left = self.scroll_offset.x
        room = self.size.width - self._pinned_width()
        if start < left:
            self._scroll(x=start)
        elif end + GAP > left + room:
            self._scroll(x=end + GAP - room)

    def _scroll(self, x: int | None = None, y: int | None = None) -> None:
        """Scroll at once; forced, because without scroll bars Textual takes the grid for one that cannot."""
        self.scroll_to(x=x, y=y, animate=False, force=True)

    def _span(self, place: int) -> tuple[int, int]:
        """The cells that an unpinned column takes, counted from the first unpinned one."""
        before = [slot for slot in self._slots[:place] if not slot.pinned]
        start = total(before)
        return start, start + self._slots[place].width

    def _pinned_width(self) -> int:
        return GUTTER + total([slot for slot in self._slots if slot.pinned])

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One line: the head, a row, or nothing below the last row."""
        if y == 0:
            return self._line(None)
        row = y - 1 + self.scroll_offset.y
        if row >= len(self._sheet.rowset):
            return Strip.blank(self.size.width, self.rich_style)
        return self._line(row)

    def _line(self, row: int | None) -> Strip:
        """Pinned cells, then the others from where the screen is scrolled to; a sign where more lie beyond."""
        base = self._base_style(row)
        mark = self._mark(row)
        room = max(0, self.size.width - self._pinned_width())
        left = self.scroll_offset.x
        pinned = [Segment(mark, base)]
        moving: list[Segment] = []
        start = 0
        for place, slot in enumerate(self._slots):
            if slot.pinned:
                pinned += self._cell(row, place, slot, base, slot.width)
            else:
                moving += self._cell(row, place, slot, base, min(slot.width, max(0, left + room - start)))
                start += slot.width + GAP
        shown = Strip(moving).crop_extend(left, left + room, base)
        strip = Strip.join([Strip(pinned), shown]).crop_extend(0, self.size.width, base)
        return (self._signed(strip, base) if row is None else strip).simplify()

    def _mark(self, row: int | None) -> str:
        """`>` at the cursor's row; `+` where the reader marked it, `*` where there is something to mind."""
        if row is None:
            return "  "
        record = self._row(row)
        sign = "+" if record["id"] in self._marked_ids else "*" if record["notes"] else " "
        return (">" if row == self.row else " ") + sign

    def _signed(self, head: Strip, base: Style) -> Strip:
        """The head with `>` at its end or `<` after the pinned columns where columns lie outside the screen."""
        width, pinned = self.size.width, self._pinned_width()
        left, moving = self.scroll_offset.x, total(self._slots) + GUTTER - pinned
        if left and pinned < width:
            head = Strip.join([head.crop(0, pinned - 1), Strip([Segment("<", base)]), head.crop(pinned, width)])
        if moving - GAP > left + width - pinned:
            head = Strip.join([head.crop(0, width - 1), Strip([Segment(">", base)])])
        return head

    def _cell(self, row: int | None, place: int, slot: Slot, base: Style, seen: int) -> list[Segment]:
        """A cell of the column's width; where the screen ends after `seen` cells, it is cut there with the mark."""
        if row is None:
            return self._head_cell(place, slot, base, seen)
        text = self._text(place, self._row(row))
        style = base + self._cell_style(row, place, slot, text)
        return [*self._marked(self._fitted(text, slot, seen), style), Segment(" " * GAP, base)]

    def _fitted(self, text: str, slot: Slot, seen: int) -> str:
        return fit(text, seen, slot.column.align) + " " * (slot.width - seen)

    def _head_cell(self, place: int, slot: Slot, base: Style, seen: int) -> list[Segment]:
        label = head(slot.column, self._sheet.spec, self._sheet.display)
        style = base + Style(underline=True) if place == self.place else base
        return [Segment(self._fitted(label, slot, seen), style), Segment(" " * GAP, base)]

    def _marked(self, text: str, style: Style) -> list[Segment]:
        """The text as segments, what is searched for set off."""
        hit, segments, end = self._style("grid--hit"), [], 0
        for start, stop in self._hits(text):
            segments += [Segment(text[end:start], style), Segment(text[start:stop], style + hit)]
            end = stop
        return [*segments, Segment(text[end:], style)]

    def _hits(self, text: str) -> list[tuple[int, int]]:
        return find(text, self._sheet.needle) if self._sheet.needle else []

    def _text(self, place: int, row: dict[str, Any]) -> str:
        return self._sheet.display.glimpse(self._slots[place].column, row)

    def _row(self, row: int) -> dict[str, Any]:
        """One row of the view; neighbours are gathered with it, and kept."""
        page, offset = divmod(row, _PAGE)
        if page not in self._pages:
            start = page * _PAGE
            rows = gather(self._sheet.display.report, self._sheet.rowset, start, start + _PAGE)
            self._pages[page] = rows.rows(named=True)
        return self._pages[page][offset]

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(name, partial=True)

    def _base_style(self, row: int | None) -> Style:
        if row is None:
            return self.rich_style + self._style("grid--head")
        return self.rich_style + self._style("grid--row") if row == self.row else self.rich_style

    def _cell_style(self, row: int, place: int, slot: Slot, text: str) -> Style:
        if row == self.row and place == self.place and self.has_focus:
            return self._style("grid--cell")
        if text == MISSING and self._row(row)[slot.column.key] is None:
            return self._style("grid--missing")
        return self._style(f"grid--{self._row(row)['status']}") if slot.column.key in _TONED else Style()

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """A click on the head asks for that column, on a row moves there, on the cursor's row goes in."""
        place = self._place_at(event.x)
        if event.y == 0:
            if place is not None:
                self.post_message(self.HeadClicked(self._slots[place].column.key))
            return
        row = event.y - 1 + self.scroll_offset.y
        if row >= len(self._sheet.rowset):
            return
        if event.chain > 1 and row == self.row:
            self.post_message(self.Entered(row))
        self.row = row
        self.place = self.place if place is None else place

    def _place_at(self, x: int) -> int | None:
        """The column drawn at a cell of the screen."""
        for place, (slot, end) in enumerate(self._edges()):
            if end - slot.width <= x <= end and (slot.pinned or x >= self._pinned_width()):
                return place
        return None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """The last cell of a head is its handle."""
        if event.y == 0:
            for slot, end in self._edges():
                if event.x in (end - 1, end):
                    self._dragged = (slot.column.key, slot.width, event.x)
                    self.capture_mouse()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Where the handle was let go, the column ends."""
        if self._dragged is not None:
            key, width, start = self._dragged
            self._dragged = None
            self.release_mouse()
            if event.x != start:
                self.post_message(self.Resized(key, max(1, width + event.x - start)))

    def _edges(self) -> Iterator[tuple[Slot, int]]:
        """Each column on screen with the cell of the screen in which the gap after it lies."""
        pinned, left = GUTTER, self._pinned_width() - self.scroll_offset.x
        for slot in self._slots:
            start = pinned if slot.pinned else left
            yield slot, start + slot.width
            pinned, left = (start + slot.width + GAP, left) if slot.pinned else (pinned, start + slot.width + GAP)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Three rows a notch, without animation."""
        event.stop()
        self.move(rows=3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Three rows a notch, without animation."""
        event.stop()
        self.move(rows=-3)
