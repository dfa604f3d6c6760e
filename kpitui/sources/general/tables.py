"""The tables of a document with their columns understood, and the rows that belong to none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kpitui.sources.general import byrows, commas, grid, heads, slots, twice
from kpitui.sources.general import columns as understanding
from kpitui.sources.general.dates import Period
from kpitui.sources.general.heads import Block
from kpitui.sources.general.meaning import meaning
from kpitui.sources.general.model import Column, Placed, Table, Uncertain
from kpitui.sources.general.options import MapColumn, MapTable, Options
from kpitui.sources.general.profile import profiles
from kpitui.sources.general.roles import Role
from kpitui.sources.general.stacks import stacks
from kpitui.sources.lines import LineKind
from kpitui.sources.raw.model import RawRow, RawTable
from kpitui.text.wording import Both

_MAP = Both("対応表", "map")
_BY_MAP = Both("対応表の指定", "the map says so")
_NOT_THERE = Both("対応表の列 {head!r} がこのファイルにありません", "the map's column {head!r} is not in this file")
_NO_SUBJECT = Both("事業名の列も指標の列もない表", "in a table with neither a column of projects nor one of indicators")
_SUBJECTS = {Role.PROJECT, Role.INDICATOR, Role.KPIS}
_NO_HEAD = Both("見出しのある表の外のセル", "cells outside any table with a head that is known")


@dataclass
class Found:
    """The tables of a document; `outside` are the rows that belong to no table's body.

    `unread` are tables that are about neither projects nor indicators; `fitting` counts the columns of a map that are
    there.
    """

    tables: list[Table]
    outside: list[Placed]
    uncertain: list[Uncertain]
    unread: list[Table]
    fitting: int = 0


def find(sheets: Iterable[RawTable], options: Options) -> Found:
    """Find the tables in all sheets; one that goes on over pages without its head is the table before."""
    found = Found([], [], [], [])
    for sheet in sheets:
        stated = options.table(len(found.tables), sheet.name)
        rows = sheet.rows
        names = frozenset(each.head for each in stated.columns) if stated else frozenset()
        for block in heads.blocks(rows, stated.head if stated else (), names):
            if block.head:
                _add(found, sheet, block, options)
            elif not _goes_on(found, sheet):
                found.outside += [_outside(rows[index]) for index in block.above]
    for table in found.tables:
        table.columns = twice.told(commas.marked(table.columns, table.body), table.body)
    return _without_strange(found)


def _without_strange(found: Found) -> Found:
    """Set the tables aside that are about neither projects nor indicators; their rows are not understood."""
    known = [each for each in found.tables if _SUBJECTS & {column.role for column in each.columns}]
    found.unread = [each for each in found.tables if each not in known]
    for table in found.unread:
        found.outside += [
            Placed(row, heads.outside(row), None if grid.blank(row) else _NO_SUBJECT) for row in table.body
        ]
    found.tables = known
    return found


def _add(found: Found, sheet: RawTable, block: Block, options: Options) -> None:
    rows = sheet.rows
    stack = stacks(rows, block)
    body = [rows[index] for index in block.body]
    drafts = understanding.understand([meaning(each) for each in stack], profiles(body, len(stack)))
    columns = slots.columns(drafts, stack)
    if together := byrows.joined(columns, body):
        columns, body = together.columns, together.body
        found.outside += together.merged
    stated = options.table(len(found.tables), sheet.name)
    if stated:
        columns, missing = mapped(columns, stated)
        found.fitting += len(stated.columns) - len(missing)
        found.uncertain += [Uncertain(_MAP, _NOT_THERE.format(head=head), weighs=True) for head in missing]
    head = [rows[index] for index in block.head]
    above = [rows[index] for index in block.above]
    found.tables.append(Table(sheet.name, above, head, columns, body, number=len(found.tables)))
    found.outside += [Placed(row, LineKind.HEAD) for row in head]
    found.outside += [Placed(rows[index], LineKind.REPEATED_HEAD) for index in block.repeats]
    found.outside += [_outside(rows[index]) for index in block.above]


def _goes_on(found: Found, sheet: RawTable) -> bool:
    """Whether a sheet without a head goes on with the table of the page before it; if so it is added to that."""
    before = found.tables[-1] if found.tables else None
    if before is None or not (before.sheet.startswith("page ") and sheet.name.startswith("page ")):
        return False
    if grid.width(sheet.rows) != len(before.columns):
        return False
    before.body = [*before.body, *sheet.rows]
    return True


def _outside(row: RawRow, why: Both = _NO_HEAD) -> Placed:
    kind = heads.outside(row)
    return Placed(row, kind, why if kind is LineKind.UNKNOWN else None)


def mapped(columns: Sequence[Column], stated: MapTable) -> tuple[list[Column], list[str]]:
    """The columns as a map says they are, and the heads that the map names and the file lacks.

    A column is found by its head as printed, the n-th of equal heads by its number, one without a head by its place;
    else by the word of its head without date and unit, so that next year's heads are found again. Its year is then
    that of its own head.
    """
    exact = _pairs([each.head for each in columns], [each.head for each in stated.columns])
    exact |= _headless(columns, stated)
    left = [place for place in range(len(columns)) if place not in exact]
    rest = [number for number in range(len(stated.columns)) if number not in exact.values()]
    words = _pairs(
        [grid.head_word(columns[place].head).word for place in left],
        [grid.head_word(stated.columns[number].head).word for number in rest],
    )
    loose = {left[place]: rest[number] for place, number in words.items()}
    result = [
        _said(column, stated.columns[exact[place]], own_year=False)
        if place in exact
        else _said(column, stated.columns[loose[place]], own_year=True)
        if place in loose
        else column
        for place, column in enumerate(columns)
    ]
    paired = {**exact, **loose}
    used = {*paired.values()}
    stating = frozenset(columns[place].place for place, number in paired.items() if stated.columns[number].role)
    return twice.settled(result, stating), [
        each.head for number, each in enumerate(stated.columns) if number not in used
    ]


def _headless(columns: Sequence[Column], stated: MapTable) -> dict[int, int]:
    """The columns without a head, by their place."""
    said = {each.place: number for number, each in enumerate(stated.columns) if not each.head}
    return {place: said[place] for place, each in enumerate(columns) if not each.head and place in said}


def _pairs(there: Sequence[str], wanted: Sequence[str]) -> dict[int, int]:
    """Equal texts of two lists by their places, the n-th with the n-th; empty ones only by place."""
    left = list(range(len(wanted)))
    found: dict[int, int] = {}
    for place, text in enumerate(there):
        number = next((each for each in left if wanted[each] == text), None)
        if number is not None and text:
            found[place] = number
            left.remove(number)
    return found


def _said(column: Column, said: MapColumn, *, own_year: bool) -> Column:
    """A column as a map says it is; what the map is silent on stays as it was found."""
    role = Role(said.role) if said.role else column.role
    year = Period(said.year) if said.year is not None and not own_year else column.period
    changed = replace(
        column,
        role=role,
        period=year,
        unit=said.unit or column.unit,
        aim=said.aim or column.aim,
        slot=said.slot or column.slot,
    )
    return replace(changed, why=_BY_MAP, doubt=None, instead=None) if said.role else changed
