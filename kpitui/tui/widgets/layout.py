"""How wide the grid's columns are, as their content needs within the registry's limits and the screen; where they are.

`slots` gives the widths, once for a view and a screen; `Laid` says at which cells of the screen that puts them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from itertools import accumulate

import polars as pl

from kpitui.dataclass import dataclass
from kpitui.output.display import Display
from kpitui.report.column import Column
from kpitui.report.declared import REPORT
from kpitui.text.cells import width as cells
from kpitui.views.spec import Sort, ViewSpec

GAP = 1
GUTTER = 2
"""Cells at the left that mark the cursor's row, and rows with notes, without colour."""
_SAMPLE = 300
_KEPT = 512
"""Widths of columns that are kept: of all tables, in both languages."""
_NARROWEST = 16
"""Cells that the column which takes what is left must keep; below that, others give way or the grid scrolls."""
_DISPENSABLE = ("baseline", "unit", "direction")
"""Columns that a narrow screen leaves to the detail pane, unless the reader asked for them; first to go first."""
_ROOMY = "name"
_BESIDE = 20
"""Cells that a pinned column, made as wide as its content, leaves to the others."""
_BEGINS = "name"
"""The column in which the cursor begins; the id and, of several reports, the report's name stand before it."""


@dataclass(frozen=True)
class Slot:
    """A column with its width in cells and whether it stays at the left."""

    column: Column
    width: int
    pinned: bool


@dataclass(frozen=True)
class Shown:
    """A column of which something shows, be it the gap after it, and its place among all.

    Its first `hidden` cells lie beneath the pinned columns; after `seen` cells the screen ends, and so must a text.
    """

    place: int
    slot: Slot
    hidden: int
    seen: int


@dataclass(frozen=True, eq=False)
class Laid:
    """Columns side by side, pinned ones first: those stay, and the others scroll beneath them.

    `left` is how many cells the others are scrolled by, `x` and `width` count cells of the screen, gutter included.
    """

    slots: tuple[Slot, ...] = ()

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        """The first cell of each column while nothing is scrolled, and that of one that would come next."""
        return tuple(accumulate((slot.width + GAP for slot in self.slots), initial=GUTTER))

    @property
    def width(self) -> int:
        """Cells of the gutter and all columns, the last one's gap included."""
        return self._starts[-1]

    @cached_property
    def pinned(self) -> int:
        """Cells of the gutter and the columns that stay."""
        return self._starts[sum(slot.pinned for slot in self.slots)]

    def start(self, place: int, left: int) -> int:
        """The cell of the screen at which a column begins; one left of the pinned columns' end is covered by them."""
        return self._starts[place] - (0 if self.slots[place].pinned else left)

    def place_of(self, key: str) -> int:
        """The place of a column; where it is not on the grid, that of the name, else the second."""
        keys = [slot.column.key for slot in self.slots]
        return next((keys.index(each) for each in (key, _BEGINS) if each in keys), min(1, len(keys) - 1))

    def place_at(self, x: int, left: int) -> int | None:
        """The place of the column at a cell of the screen; the gap after a column is its own."""
        for place, slot in enumerate(self.slots):
            if 0 <= x - self.start(place, left) <= slot.width and (slot.pinned or x >= self.pinned):
                return place
        return None

    def handle_at(self, x: int, left: int) -> Slot | None:
        """The column on screen whose edge, its last cell or the gap after it, is at a cell of it."""
        ends = [(slot, self.start(place, left) + slot.width) for place, slot in enumerate(self.slots)]
        seen = [(slot, end) for slot, end in reversed(ends) if slot.pinned or x >= self.pinned]
        return next((slot for slot, end in seen if x in (end - 1, end)), None)

    def shown(self, left: int, width: int) -> list[Shown]:
        """The columns of which a screen of that width shows something, in order; pinned ones even where it ends."""
        found = []
        for place, slot in enumerate(self.slots):
            start = self.start(place, left)
            if slot.pinned:
                found.append(Shown(place, slot, 0, slot.width))
            elif start < width and start + slot.width + GAP > self.pinned:
                found.append(Shown(place, slot, max(0, self.pinned - start), min(slot.width, width - start)))
        return found

    def revealing(self, place: int, left: int, width: int) -> int:
        """What to scroll by instead of `left`, and as near to it as can be, so that all of a column is on screen."""
        start, room = self._starts[place] - self.pinned, width - self.pinned
        end = start + self.slots[place].width + GAP
        if self.slots[place].pinned or (start >= left and end <= left + room):
            return left
        return start if start < left else end - room

    def bounded(self, key: str, wide: int, width: int) -> int:
        """The cells, of those it wants, that a column may take on a screen: a pinned one leaves room for another."""
        slot = next((each for each in self.slots if each.pinned and each.column.key == key), None)
        return wide if slot is None else max(min(wide, width - self.pinned + slot.width - _BESIDE), 1)

    def more_after(self, left: int, width: int) -> bool:
        """Whether a column goes on beyond the right edge of a screen of that width."""
        return self.width - GAP - left > width


def slots(columns: Sequence[Column], frame: pl.DataFrame, spec: ViewSpec, display: Display, room: int) -> list[Slot]:
    """Give each column its width, so that they fill `room` cells if they can; pinned ones come first.

    A width the reader set holds. Else a column is as wide as the widest of a sample of its cells, at most the
    registry's width, and the name takes what is left.
    """
    chosen = dict(spec.widths)
    pins = spec.pins if spec.columns else (*spec.pins, REPORT.key)
    measured = [
        Slot(each, chosen.get(each.key) or wanted(each, frame, spec, display), each.key in pins) for each in columns
    ]
    kept = measured if spec.columns else _without_dispensable(measured, room)
    ordered = sorted(kept, key=lambda slot: not slot.pinned)
    return ordered if _ROOMY in chosen else _with_rest(ordered, room)


def wanted(column: Column, frame: pl.DataFrame, spec: ViewSpec, display: Display, most: int | None = None) -> int:
    """The widest cell of a sample of evenly spaced rows, or the head; at most the registry's width or `most`."""
    widest = _widest(column, frame, spec, display, most or column.width)
    return max(widest, cells(head(column, spec, display)))


def _widest(column: Column, frame: pl.DataFrame, spec: ViewSpec, display: Display, most: int) -> int:
    """The widest cell of the sample, at most `most`; kept with the report whose whole table the frame is."""
    if frame is not display.report.frame(spec.table):
        return _measured(column, frame, display, most)
    asked = (spec.table, column, most, display.lang, display.ascii, display.within, display.beside)
    return display.report.memo.get("widths", asked, lambda: _measured(column, frame, display, most), _KEPT)


def _measured(column: Column, frame: pl.DataFrame, display: Display, most: int) -> int:
    """Cells are looked at until one is as wide as the column may be: most names are."""
    step, widest = max(1, frame.height // _SAMPLE), 0
    for row in _sample(column, frame, step):
        widest = max(widest, cells(display.glimpse(column, row)))
        if widest >= most:
            return most
    return widest


def _sample(column: Column, frame: pl.DataFrame, step: int) -> list[dict[str, object]]:
    return frame.select(column.needs).gather_every(step).rows(named=True)


def head(column: Column, spec: ViewSpec, display: Display) -> str:
    """The column's label with the unit its numbers have in common, and its sort mark."""
    unit, mark = display.unit(column), _sort_mark(spec.sorts, column.key, display)
    return column.label.say(display.lang) + (f"({unit})" if unit else "") + (f" {mark}" if mark else "")


def _sort_mark(sorts: Sequence[Sort], key: str, display: Display) -> str:
    """The sign of the direction, with the place of the key where several sort."""
    for place, each in enumerate(sorts, 1):
        if each.column == key:
            return (str(place) if len(sorts) > 1 else "") + display.sort_mark(descending=each.descending)
    return ""


def total(laid: Sequence[Slot]) -> int:
    """The cells that the columns take together, gaps included."""
    return sum(slot.width + GAP for slot in laid)


def _without_dispensable(laid: list[Slot], room: int) -> list[Slot]:
    for key in _DISPENSABLE:
        if total(laid) - _rest(laid) + _NARROWEST <= room:
            break
        laid = [slot for slot in laid if slot.column.key != key]
    return laid


def _rest(laid: Sequence[Slot]) -> int:
    return sum(slot.width for slot in laid if slot.column.key == _ROOMY)


def _with_rest(laid: list[Slot], room: int) -> list[Slot]:
    spare = room - total(laid) + _rest(laid)
    return [replace(slot, width=max(spare, _NARROWEST)) if slot.column.key == _ROOMY else slot for slot in laid]
