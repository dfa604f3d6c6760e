"""What each row below a head is: a project, a KPI of the project above, a total, prose, or not understood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kpitui.sources.general import grid
from kpitui.sources.general.missing import is_ditto, is_missing
from kpitui.sources.general.model import Column, Placed, Table
from kpitui.sources.general.roles import VALUES, Role
from kpitui.sources.lines import LineKind
from kpitui.sources.raw.model import RawRow
from kpitui.text.wording import Both

_TOTAL = re.compile(r"(?:総|合|小|累)?計|総合計|合計額|(?:grand|sub)?total[s:]?", re.IGNORECASE)
_MORE = Both("見出しの{heads}列より右にもセルがあります", "cells beyond the {heads} columns of the head")
_SHIFTED = Both(
    "セルが{cells}個しかなく、見出しの{heads}列に合いません", "only {cells} cells, which do not fit the {heads} columns"
)
_NO_OWNER = Both("KPIの上に事業がありません", "a KPI without a project above it")
_LONE_NAME = Both("事業名だけの行です (区分の見出しか)", "nothing but a name: a section's heading, perhaps")
_NAMELESS = Both("事業名も指標もありません", "neither a project's name nor an indicator")
_AGAIN = Both("直前の事業と同じですが、指標がありません", "the project above again, without an indicator")
_LONE = Both("一つのセルだけの行です", "a single cell in a column of values")


@dataclass
class Group:
    """A project by its first row, and every row that has KPIs of it; the first row is None where no row names it."""

    first: RawRow | None
    rows: list[RawRow] = field(default_factory=list)


@dataclass(frozen=True)
class _Shape:
    """The columns that tell rows apart."""

    table: Table
    name: Column | None
    number: Column | None
    indicators: list[Column]
    inner: list[Column]

    @classmethod
    def of(cls, table: Table) -> _Shape:
        indicators = table.of(Role.INDICATOR)
        return cls(table, table.first(Role.PROJECT), table.first(Role.NUMBER), indicators, table.of(Role.KPIS))

    @property
    def by_kpi(self) -> bool:
        """Whether a row stands for a KPI, so that a project may take several."""
        return bool(self.indicators) and len(self.table.slots) <= 1

    def has_kpi(self, row: RawRow) -> bool:
        return any(grid.cell(row, each.place).strip() for each in (*self.indicators, *self.inner))


def place(table: Table) -> list[Group]:
    """Say of each row of a table's body what it is, in `table.placed`; the projects with their rows."""
    shape = _Shape.of(table)
    groups: list[Group] = [] if shape.name else [Group(None)]
    owner: Group | None = None if shape.name else groups[0]
    for row in table.body:
        placed = _placed(row, shape, owner)
        if placed.kind is LineKind.PROJECT:
            owner = Group(row, [row])
            groups.append(owner)
        elif placed.kind is LineKind.KPI and owner is not None:
            owner.rows.append(row)
        elif placed.kind is LineKind.UNKNOWN and shape.name:
            # A row below one that was not understood may belong to it, so it does not go on with the project above.
            owner = None
        table.placed.append(placed)
    return groups


def _placed(row: RawRow, shape: _Shape, owner: Group | None) -> Placed:
    filled = grid.filled(row)
    if not filled:
        return Placed(row, LineKind.BLANK)
    if why := _misfit(row, shape.table):
        return Placed(row, LineKind.UNKNOWN if len(filled) > 1 else LineKind.PROSE, why)
    if _is_total(row, filled, shape):
        return Placed(row, LineKind.TOTAL)
    if len(filled) == 1:
        return _single(row, shape, owner)
    name = _said(row, shape.name) if shape.name else ""
    return _named(row, name, shape, owner) if name else _kpi(row, shape, owner)


def _kpi(row: RawRow, shape: _Shape, owner: Group | None) -> Placed:
    if not shape.has_kpi(row):
        return Placed(row, LineKind.UNKNOWN, _NAMELESS)
    if owner is None:
        return Placed(row, LineKind.UNKNOWN, _NO_OWNER)
    return Placed(row, LineKind.KPI)


def _named(row: RawRow, name: str, shape: _Shape, owner: Group | None) -> Placed:
    """A row that names its project: a new one, or the one above once more with another KPI."""
    if shape.by_kpi and owner and owner.first and _same(row, owner.first, name, shape):
        return Placed(row, LineKind.KPI) if shape.has_kpi(row) else Placed(row, LineKind.UNKNOWN, _AGAIN)
    return Placed(row, LineKind.PROJECT)


def _same(row: RawRow, first: RawRow, name: str, shape: _Shape) -> bool:
    number = _said(row, shape.number) if shape.number else ""
    before = _said(first, shape.number) if shape.number else ""
    return name == (_said(first, shape.name) if shape.name else "") and number in ("", before)


def _single(row: RawRow, shape: _Shape, owner: Group | None) -> Placed:
    """A row with one filled cell; one that is not parted into cells at all stands below no column."""
    if len(row.cells) == 1 < len(shape.table.columns):
        return Placed(row, LineKind.PROSE)
    where = next(number for number, cell in enumerate(row.cells) if cell.strip())
    column = next((each for each in shape.table.columns if each.place == where), None)
    role = column.role if column else None
    if role in (Role.INDICATOR, Role.KPIS):
        return _kpi(row, shape, owner)
    if role is Role.PROJECT:
        return Placed(row, LineKind.UNKNOWN, _LONE_NAME)
    if where == 0 or (role not in (*VALUES, Role.COST, Role.UNIT) and len(row.cells[where]) > 20):
        return Placed(row, LineKind.PROSE)
    return Placed(row, LineKind.UNKNOWN, _LONE)


def _said(row: RawRow, column: Column) -> str:
    """What a project's cell says; blank, a dash, or "as above" says nothing."""
    return _text(grid.cell(row, column.place))


@lru_cache(maxsize=65_536)
def _text(cell: str) -> str:
    text = " ".join(cell.split())
    return "" if not text or is_ditto(text) or (len(text) < 3 and is_missing(text)) else text


def _is_total(row: RawRow, filled: Sequence[str], shape: _Shape) -> bool:
    """A row headed total, or with nothing but an amount of money."""
    cost = shape.table.first(Role.COST)
    if cost and len(filled) == 1 and grid.numeric(grid.cell(row, cost.place)):
        return True
    return any(map(_is_total_word, filled[:2])) and not (shape.name and shape.has_kpi(row))


def _is_total_word(cell: str) -> bool:
    return _TOTAL.fullmatch(unicodedata.normalize("NFKC", cell).replace(" ", "")) is not None


def _misfit(row: RawRow, table: Table) -> Both | None:
    """Why a row does not lie under its head: cells beyond it, or too few and so perhaps shifted."""
    heads = len(table.columns)
    if len(row.cells) == heads:
        return None
    if any(cell.strip() for cell in row.cells[heads:]):
        return _MORE.format(heads=heads)
    if len(row.cells) == 1 or _lies(row, table.columns):
        return None
    return _SHIFTED.format(cells=len(row.cells), heads=heads)


def _lies(row: RawRow, columns: Sequence[Column]) -> bool:
    """Whether numbers stand where numbers should, and none where units and names should."""
    for column in columns:
        cell = grid.cell(row, column.place)
        if not cell.strip() or is_missing(cell):
            continue
        if column.role in (*VALUES, Role.COST) and not grid.numeric(cell):
            return False
        if column.role in (Role.UNIT, Role.INDICATOR) and grid.numeric(cell):
            return False
    return True
