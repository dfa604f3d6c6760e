"""Columns for which another one of the same kind speaks: which one that is, and what is left out by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kpitui.sources.general import grid, reasons
from kpitui.sources.general.missing import is_missing
from kpitui.sources.general.model import Column
from kpitui.sources.general.roles import OF_KPI, VALUES, Role
from kpitui.sources.raw.model import RawRow
from kpitui.text.wording import Both

_SEVERAL = {Role.KPIS, Role.INDICATOR, Role.IGNORE, *VALUES}
"""What several columns of a table may say side by side."""

_Kind = tuple[Role, int, int | None]


def aside(column: Column, used: int) -> Column:
    """A column that is set aside for the one at another place."""
    why = reasons.TWICE.format(place=used + 1)
    return replace(column, role=None, why=why, doubt=why, instead=used)


def settled(columns: Sequence[Column], stated: frozenset[int]) -> list[Column]:
    """The columns with one of each kind: the first of those at the places where a person stated what they hold."""
    first: dict[_Kind, int] = {}
    for each in columns:
        if each.place in stated and (kind := _kind(each)):
            first.setdefault(kind, each.place)
    return [_yielding(each, first) for each in columns]


def _yielding(column: Column, first: dict[_Kind, int]) -> Column:
    kind = _kind(column)
    used = first.get(kind, column.place) if kind else column.place
    return column if used == column.place else aside(column, used)


def _kind(column: Column) -> _Kind | None:
    if column.role is None or column.role in _SEVERAL:
        return None
    return (column.role, column.slot, column.year) if column.role in OF_KPI else (column.role, 0, None)


def told(columns: Sequence[Column], body: Sequence[RawRow]) -> list[Column]:
    """The columns, those set aside with how many rows they say something else in than the ones that are read."""
    return [each if each.instead is None else _compared(each, each.instead, body) for each in columns]


def _compared(column: Column, used: int, body: Sequence[RawRow]) -> Column:
    pairs = [(_said(row, column.place), _said(row, used)) for row in body]
    others = [read for own, read in pairs if own and own != read]
    if not others:
        return column
    why = _differing(used, len(others), others.count(""))
    return replace(column, why=why, doubt=why, left_out=True)


def _differing(used: int, rows: int, alone: int) -> Both:
    return (reasons.ALONE if alone else reasons.OTHER).format(place=used + 1, rows=rows, alone=alone)


def _said(row: RawRow, place: int) -> str:
    """What a cell says; a mark for a missing value says nothing."""
    cell = grid.cell(row, place)
    return "" if is_missing(cell) else " ".join(cell.split())
