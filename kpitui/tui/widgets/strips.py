"""The grid's lines as strips, each drawn from a scene: what is on screen and how it looks. No app is needed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from kpitui.dataclass import dataclass
from kpitui.output.display import MISSING, Display
from kpitui.report.column import STATUSES, Column
from kpitui.text.cells import fit
from kpitui.text.fold import find
from kpitui.tui.widgets.layout import GAP, GUTTER, Laid, Shown, head, slots, wanted
from kpitui.views.query import Records, RowSet
from kpitui.views.spec import WIDEST, ViewSpec

if TYPE_CHECKING:
    import polars as pl

PARTS = ("head", "row", "cell", "missing", "hit", *(each.code for each in STATUSES))
"""What may look unlike the rest of a grid, by its name."""
_TONED = ("status",)
_GAP = " " * GAP
_UNDERLINED = Style(underline=True)
_PLAIN = Style()


@dataclass(frozen=True, eq=False)
class Sheet:
    """What the grid draws: rows, columns, how cells read, and what is searched for (folded)."""

    rowset: RowSet
    columns: tuple[Column, ...]
    spec: ViewSpec
    display: Display
    needle: str = ""

    @cached_property
    def marked(self) -> set[str]:
        """The ids of the records that the reader marked."""
        return {key for key, _ in self.spec.marks}

    def laid(self, width: int) -> Laid:
        """Its columns laid out for a screen of that width."""
        return Laid(tuple(slots(self.columns, self._frame, self.spec, self.display, width - GUTTER)))

    def widest(self, column: Column) -> int:
        """Cells that the widest of a sample of a column's cells takes."""
        return wanted(column, self._frame, self.spec, self.display, most=WIDEST)

    @property
    def _frame(self) -> pl.DataFrame:
        return self.display.report.frame(self.rowset.table)


@dataclass(frozen=True, eq=False)
class Scene:
    """What is on screen: a sheet's columns as laid out, and its rows from `top` on, in `width` cells.

    `left` is how many cells the columns that are not pinned are scrolled by; the cursor is on a row and the place of
    a column, and its cell is set off only while the grid has the focus. `looks` is what each of PARTS adds to `ground`.
    """

    sheet: Sheet
    records: Records
    laid: Laid
    ground: Style
    looks: Mapping[str, Style]
    row: int
    place: int
    focused: bool
    top: int
    left: int
    width: int


class Strips:
    """The lines of one scene."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._shown = scene.laid.shown(scene.left, scene.width)

    def line(self, y: int) -> Strip:
        """A line, counted from the top: the head, a row, or nothing below the last row."""
        if y == 0:
            return self._head()
        row = y - 1 + self._scene.top
        record = self._scene.records.record(row)
        if record is None:
            return Strip.blank(self._scene.width, self._scene.ground)
        return self._row(row, record)

    # The head

    def _head(self) -> Strip:
        base = self._scene.ground + self._scene.looks["head"]
        segments = [Segment(" " * GUTTER, base)]
        for shown in self._shown:
            segments += _from_hidden(self._label(shown, base), shown)
        return self._signed(Strip(segments).crop_extend(0, self._scene.width, base), base).simplify()

    def _label(self, shown: Shown, base: Style) -> list[Segment]:
        text = head(shown.slot.column, self._scene.sheet.spec, self._scene.sheet.display)
        style = base + _UNDERLINED if shown.place == self._scene.place else base
        return [Segment(_fitted(text, shown), style), Segment(_GAP, base)]

    def _signed(self, strip: Strip, base: Style) -> Strip:
        """The head with `>` at its end or `<` after the pinned columns where columns lie outside the screen."""
        laid, left, width = self._scene.laid, self._scene.left, self._scene.width
        if left and laid.pinned < width:
            sign = Strip([Segment("<", base)])
            strip = Strip.join([strip.crop(0, laid.pinned - 1), sign, strip.crop(laid.pinned, width)])
        if laid.more_after(left, width):
            strip = Strip.join([strip.crop(0, width - 1), Strip([Segment(">", base)])])
        return strip

    # A row

    def _row(self, row: int, record: dict[str, Any]) -> Strip:
        on_cursor = row == self._scene.row
        base = self._scene.ground + self._scene.looks["row"] if on_cursor else self._scene.ground
        segments, gap = [Segment(self._mark(record, on_cursor=on_cursor), base)], Segment(_GAP, base)
        for shown in self._shown:
            segments += _from_hidden([*self._cell(shown, record, base, on_cursor=on_cursor), gap], shown)
        return Strip(segments).crop_extend(0, self._scene.width, base).simplify()

    def _mark(self, record: dict[str, Any], *, on_cursor: bool) -> str:
        """`>` at the cursor's row; `+` where the reader marked it, `*` where there is something to mind."""
        sign = "+" if record["id"] in self._scene.sheet.marked else "*" if record["notes"] else " "
        return (">" if on_cursor else " ") + sign

    def _cell(self, shown: Shown, record: dict[str, Any], base: Style, *, on_cursor: bool) -> list[Segment]:
        """A cell of the column's width, what is searched for set off."""
        text = self._scene.sheet.display.glimpse(shown.slot.column, record)
        here = on_cursor and self._scene.focused and shown.place == self._scene.place
        style = base + (self._scene.looks["cell"] if here else self._tone(shown.slot.column.key, record, text))
        fitted, needle = _fitted(text, shown), self._scene.sheet.needle
        hits = find(fitted, needle) if needle else []
        return _set_off(fitted, hits, style, style + self._scene.looks["hit"])

    def _tone(self, key: str, record: dict[str, Any], text: str) -> Style:
        if text == MISSING and record[key] is None:
            return self._scene.looks["missing"]
        return self._scene.looks[record["status"]] if key in _TONED else _PLAIN


def _fitted(text: str, shown: Shown) -> str:
    """The text in a cell of the column's width; where the screen ends before that, it is cut there with the mark."""
    return fit(text, shown.seen, shown.slot.column.align) + " " * (shown.slot.width - shown.seen)


def _set_off(text: str, hits: list[tuple[int, int]], style: Style, hit: Style) -> list[Segment]:
    """The text as segments, none of them empty, hits in a style of their own."""
    segments, end = [], 0
    for start, stop in hits:
        segments += [Segment(text[end:start], style), Segment(text[start:stop], hit)]
        end = stop
    return [each for each in (*segments, Segment(text[end:], style)) if each.text]


def _from_hidden(cell: list[Segment], shown: Shown) -> list[Segment]:
    """What is left of a cell and its gap where its first cells are scrolled beneath the pinned columns."""
    return list(Strip(cell).crop(shown.hidden)) if shown.hidden else cell
