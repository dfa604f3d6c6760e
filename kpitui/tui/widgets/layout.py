"""How wide the grid's columns are: as their content needs, within the registry's limits and the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from kpitui.dataclass import dataclass
from kpitui.output.display import Display
from kpitui.report.column import Column
from kpitui.report.declared import REPORT
from kpitui.text.cells import width as cells
from kpitui.views.spec import Sort, ViewSpec

GAP = 1
_SAMPLE = 300
_KEPT = 512
"""Widths of columns that are kept: of all tables, in both languages."""
_NARROWEST = 16
"""Cells that the column which takes what is left must keep; below that, others give way or the grid scrolls."""
_DISPENSABLE = ("baseline", "unit", "direction")
"""Columns that a narrow screen leaves to the detail pane, unless the reader asked for them; first to go first."""
_ROOMY = "name"


@dataclass(frozen=True)
class Slot:
    """A column with its width in cells and whether it stays at the left."""

    column: Column
    width: int
    pinned: bool


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
