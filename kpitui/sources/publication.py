"""A publication of grant projects as text with tab-separated tables: everything it says, line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kpitui.errors import KpituiError
from kpitui.report.model import Direction, Fact, Grant, Rating
from kpitui.sources import legend as legends
from kpitui.sources import prose as proses
from kpitui.sources import tables, vocabulary
from kpitui.sources.eras import fiscal_year, month
from kpitui.sources.legend import Legend
from kpitui.sources.lines import Line, LineKind, Remark, split
from kpitui.sources.numbers import parse_whole
from kpitui.sources.prose import Prose
from kpitui.sources.records import Record, records, remarks
from kpitui.sources.tables import Block, Row
from kpitui.text.wording import Both

_NO_TABLE = Both(
    "{path}: 見出しのあるタブ区切りの表がありません。そのような形で書き出してください",
    "{path}: no table with a head and tab-separated columns: export it as such",
)
_NO_YEAR = Both("{path}: 年度を示す表の標題がありません", "{path}: no table's title names a fiscal year")
_STRAY_CELLS = Both("表の外のセル", "cells outside any table")
_STRAY_TEXT = Both("表の行のすぐ下の文", "text right below a row of a table")

_AMID_ROWS = {LineKind.PROJECT, LineKind.KPI}


@dataclass(frozen=True)
class Publication:
    """What a document says; `lines` counts its lines by kind, `remarks` says what was not understood."""

    title: Fact
    fiscal_year: Fact
    as_of: Fact
    inferred: tuple[str, ...]
    evaluation: tuple[Fact, ...]
    grants: tuple[Grant, ...]
    ratings: tuple[Rating, ...]
    directions: tuple[Direction, ...]
    projects: Sequence[Record]
    kpis: Sequence[Record]
    lines: Mapping[LineKind, int]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class _Table:
    """A table with its rows, under the key of its grant."""

    key: str
    block: Block
    rows: Sequence[Row]


@dataclass(frozen=True)
class _Layout:
    """The parts of a document; `keys` are those of its grants by their names, in the order of the document."""

    legend: Legend
    prose: Prose
    keys: Mapping[str, str]
    tables: Sequence[_Table]
    kinds: Mapping[int, LineKind]
    remarks: Sequence[Remark]


def read(text: str, path: Path) -> Publication:
    """Read a document; `path` is what errors call it.

    Raises KpituiError, by line where there is one, where the document has no table that can be read: no tabs,
    no head, a head that does not fit its rows, or no fiscal year in the table's title.
    """
    lines = split(text)
    page = _layout(lines, path)
    kinds, stray = _complete(lines, page.kinds)
    projects, kpis = _records(page.tables, {rating.text for rating in page.legend.ratings}, path)
    year = _fiscal_year(page.tables, path)
    as_of, inferred = _as_of(page.tables, year)
    return Publication(
        title=page.prose.title or _as_printed(page.tables[0].block.title),
        fiscal_year=year,
        as_of=as_of,
        inferred=inferred,
        evaluation=tuple(page.prose.evaluation),
        grants=_grants(page),
        ratings=page.legend.ratings,
        directions=_directions(projects),
        projects=projects,
        kpis=kpis,
        lines=Counter(kinds.values()),
        remarks=tuple(sorted([*page.remarks, *stray], key=lambda remark: remark.line)),
    )


def _layout(lines: Sequence[Line], path: Path) -> _Layout:
    """Part the document into tables, legend and prose; what is left has no kind yet."""
    legend = legends.find(lines, path)
    blocks, kinds = tables.blocks(lines, path)
    if not blocks:
        raise KpituiError(_NO_TABLE.format(path=path))
    prose = proses.read(line for line in lines if not _elsewhere(line, legend.lines))
    keys = _keys([*prose.grants, *(block.grant for block in blocks)])
    found, unread = _read_tables(blocks, keys, path)
    kinds |= prose.kinds | dict.fromkeys(legend.lines, LineKind.LEGEND)
    kinds |= {row.line.number: row.kind for table in found for row in table.rows}
    return _Layout(legend, prose, keys, found, kinds, [*prose.remarks, *unread])


def _elsewhere(line: Line, legend: Iterable[int]) -> bool:
    return line.blank or line.tabular or line.number in legend


def _keys(names: Iterable[str]) -> dict[str, str]:
    """A key for each grant, in the order in which the document names them; no two grants share one."""
    keys: dict[str, str] = {}
    for number, name in enumerate(dict.fromkeys(names), start=1):
        key, _ = vocabulary.grant(name, number)
        keys[name] = key if key not in keys.values() else f"{key}{number}"
    return keys


def _read_tables(blocks: Iterable[Block], keys: Mapping[str, str], path: Path) -> tuple[list[_Table], list[Remark]]:
    found: list[_Table] = []
    unread: list[Remark] = []
    for block in blocks:
        rows, strange = tables.rows(block, path)
        found.append(_Table(keys[block.grant], block, rows))
        unread += [*strange, *remarks([row for row in rows if row.kind is not LineKind.UNKNOWN])]
    return found, unread


def _complete(lines: Sequence[Line], kinds: Mapping[int, LineKind]) -> tuple[dict[int, LineKind], list[Remark]]:
    """Give every line a kind: cells outside any table, and text right below a row, are not understood."""
    complete: dict[int, LineKind] = {}
    stray: list[Remark] = []
    for line in lines:
        kind = LineKind.BLANK if line.blank else kinds.get(line.number)
        if kind is None:
            stray.append(Remark(line.number, _STRAY_CELLS, line.text))
        elif kind is LineKind.PROSE and complete.get(line.number - 1) in _AMID_ROWS:
            kind = None
            stray.append(Remark(line.number, _STRAY_TEXT, line.text))
        complete[line.number] = kind or LineKind.UNKNOWN
    return complete, stray


def _records(found: Iterable[_Table], ratings: set[str], path: Path) -> tuple[list[Record], list[Record]]:
    projects: list[Record] = []
    kpis: list[Record] = []
    for table in found:
        more, of_those = records(table.key, table.rows, ratings, path)
        projects += more
        kpis += of_those
    return projects, kpis


def _fiscal_year(found: Iterable[_Table], path: Path) -> Fact:
    for title in (table.block.title for table in found):
        if year := fiscal_year(title.text):
            return Fact(year.year, title.text, title.number)
    raise KpituiError(_NO_YEAR.format(path=path))


def _as_of(found: Iterable[_Table], year: Fact) -> tuple[Fact, tuple[str, ...]]:
    """The month of the actual values by their head; where it names none, the last of the fiscal year."""
    for table in found:
        for cell, line in table.block.heads(vocabulary.Role.ACTUAL):
            if value := month(cell):
                return Fact(value, cell, line), ()
    return Fact(f"{int(year.value) + 1}-03", year.raw, year.line), ("as_of",)


def _grants(page: _Layout) -> tuple[Grant, ...]:
    return tuple(_grant(name, key, page.prose.grants.get(name, {}), page.tables) for name, key in page.keys.items())


def _grant(name: str, key: str, facts: Mapping[str, Fact], found: Iterable[_Table]) -> Grant:
    own = [table for table in found if table.key == key]
    totals = [row for table in own for row in table.rows if row.kind is LineKind.TOTAL]
    return Grant(
        key=key,
        name=name,
        short=vocabulary.grant(name, 1)[1],
        purpose=facts.get("purpose"),
        budget=facts.get("budget"),
        adopted=facts.get("adopted"),
        cost=facts.get("cost"),
        table=_as_printed(own[0].block.title) if own else None,
        aim=own[0].block.aim if own else None,
        total=_total(totals[0]) if totals else None,
    )


def _as_printed(line: Line) -> Fact:
    # A heading does not wrap, so its blanks were meant.
    return Fact(line.text.strip(), line.text, line.number)


def _total(row: Row) -> Fact:
    printed = row.cells[vocabulary.Role.COST]
    return Fact(parse_whole(printed) or 0, printed, row.line.number)


def _directions(projects: Iterable[Record]) -> tuple[Direction, ...]:
    """The distinct directions, in order of first appearance."""
    texts = dict.fromkeys(str(project["direction"]) for project in projects if project["direction"])
    return tuple(vocabulary.direction(text) for text in texts)
