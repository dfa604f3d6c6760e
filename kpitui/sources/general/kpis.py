"""The KPIs of a project's rows as rows of kpis.csv, and their other years as rows of years.csv."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kpitui.sources.general import commas, dates, grid, incell, units, values, vocab
from kpitui.sources.general.missing import is_ditto, is_missing
from kpitui.sources.general.model import Column, Notes, Record, Table
from kpitui.sources.general.roles import VALUES, Role
from kpitui.sources.general.years import Choice, other_columns, value_column
from kpitui.sources.raw.model import RawRow
from kpitui.sources.text import clean
from kpitui.text.wording import Both

_BRACKETS = re.compile(r"[(（\[［]([^()（）\[\]［］]{1,12})[)）\]］]\s*$")
_DASHES = re.compile(r"[-‐‑‒–—―−ー－─\s]*")
_ONE = (Role.INDICATOR, Role.UNIT, Role.AIM, Role.TARGET_DATE)
"""What one column of a group says; of the values, the year that is read chooses."""
_OTHER_UNIT = Both("単位が {unit} と異なります", "its unit is not {unit}")
_SEVERAL = Both("数が二つ以上あり、一つの値として読めません", "it holds several amounts, and so no one value")
_NOT_AIM = Both("目指す向きの語として読めません", "not a word for an aim")
_NO_NAME = Both("値はありますが指標がありません", "values without an indicator")
_REST = Both("セルの中のKPIではない文", "text of the cell that is no KPI")


@dataclass(frozen=True)
class _Group:
    """The columns of one group of KPI columns that are read, found once: it takes the whole table to find them.

    `final` is a column of targets without a year beside those of years, where it is not the one that is read.
    `values` are those of baseline, target and actual, `commas` which of these have decimal commas, `unit_told` is the
    unit that a head names.
    """

    number: int
    name: Column | None
    values: tuple[tuple[str, Column | None], ...]
    commas: frozenset[str]
    unit: Column | None
    unit_told: str | None
    published: Column | None
    aim: Column | None
    date: Column | None
    target: Column | None
    target_is_dated: bool
    final: Column | None
    read_for: int | None
    others: Sequence[Column]

    @classmethod
    def of(cls, table: Table, slot: int, year: int | None) -> _Group:
        """The group of that number, read for that year."""
        chosen = {role: value_column(table, role, slot, year) for role in (*VALUES, Role.PUBLISHED)}
        first = {role: next(iter(table.of(role, slot)), None) for role in _ONE}
        heads = (chosen[Role.TARGET], chosen[Role.ACTUAL], chosen[Role.BASELINE], *table.of(Role.INDICATOR, slot))
        actual, target = chosen[Role.ACTUAL], chosen[Role.TARGET]
        final = _final(table.of(Role.TARGET, slot))
        return cls(
            number=slot,
            name=first[Role.INDICATOR],
            values=tuple((role.value, chosen[role]) for role in VALUES),
            commas=frozenset(role.value for role in VALUES if (column := chosen[role]) and column.comma),
            unit=first[Role.UNIT],
            unit_told=next((each.unit for each in heads if each and each.unit), None),
            published=chosen[Role.PUBLISHED],
            aim=first[Role.AIM],
            date=first[Role.TARGET_DATE],
            target=target,
            target_is_dated=len(table.of(Role.TARGET, slot)) > 1 and (final is None or target is not final),
            final=final if target is not final else None,
            read_for=year or (actual.year if actual else None),
            others=other_columns(table, slot),
        )


@dataclass(frozen=True)
class Reader:
    """Reads the KPIs of one table for the year chosen."""

    table: Table
    notes: Notes
    _groups: Sequence[_Group]
    _inside: Sequence[Column]
    _above: dict[int, str]

    @classmethod
    def of(cls, table: Table, choice: Choice, notes: Notes) -> Reader:
        """A reader that has read nothing yet."""
        groups = [_Group.of(table, slot, choice.year) for slot in table.slots]
        return cls(table, notes, groups, table.of(Role.KPIS), {})

    def read(self, row: RawRow, project: str, *, first: bool) -> Iterator[tuple[Record, list[Record]]]:
        """The KPIs of a row, which may be its project's first, each with its other years; ids are still to come."""
        for group in self._groups:
            found = self._group(row, group, project)
            if found:
                yield found
            elif len(self._groups) > 1:
                self.notes.skipped += 1
        for column in self._inside:
            yield from self._inner(row, column, summary=first and not self.table.first(Role.SUMMARY))

    def _group(self, row: RawRow, group: _Group, project: str) -> tuple[Record, list[Record]] | None:
        printed = _cell(row, group.name) if group.name else project
        cells = {key: _cell(row, column) for key, column in group.values}
        if group.name and _DASHES.fullmatch(printed) and self._is_empty(row, printed, cells):
            return None
        final = _final_target(row, group, self.table) if is_missing(cells["target"]) else {}
        if final and _is_of_own_year(row, group):
            cells["target"], final = _cell(row, group.final), {}
        record = self._record(row, printed, cells, self._unit(row, group, printed), group.commas)
        record |= self._published(row, group) | self._aim(row, group, record.pop("bound"))
        record |= final or self._date(row, group, cells["target"])
        return record, list(self._years(row, group, record))

    def _is_empty(self, row: RawRow, printed: str, cells: dict[str, str]) -> bool:
        """Whether a group without a name is empty; values without even a dash for a name are not understood."""
        valued = [cell for cell in cells.values() if not _DASHES.fullmatch(cell)]
        if valued and not printed.strip():
            self.notes.cell(row.line, _NO_NAME, " | ".join(valued))
        return not valued or not printed.strip()

    def _record(
        self, row: RawRow, printed: str, cells: dict[str, str], unit: str, with_commas: frozenset[str] = frozenset()
    ) -> Record:
        found = {key: values.parse(commas.pointed(cell) if key in with_commas else cell) for key, cell in cells.items()}
        own = (
            clean(unit)
            if unit.strip() and not is_missing(unit)
            else next((x.unit for x in found.values() if x and x.unit), None)
        )
        record: Record = {"source_line": row.line, "name": self.table.said(printed), "name_raw": printed}
        record |= {"unit": _plain(own), "unit_raw": unit, "bound": None}
        for key, cell in cells.items():
            record[key] = self._number(row, found[key], own, cell, key)
            record[f"{key}_raw"] = cell
        target = found["target"]
        if record["target"] is None and not is_missing(cells["target"]):
            record["target_text"] = self.table.said(cells["target"])
        record["bound"] = target.bound if target else None
        return record

    def _number(self, row: RawRow, value: values.Value | None, unit: str | None, cell: str, key: str) -> float | None:
        """The number in the KPI's unit; none where it counts something else: read as it stands it would be judged."""
        if value is None:
            self._no_number(row, cell, key)
            return None
        told = units.convert(value.number, value.unit, unit)
        if told is None:
            self.notes.cell(row.line, _OTHER_UNIT.format(unit=unit), cell)
            return None
        return values.as_float(told)

    def _no_number(self, row: RawRow, cell: str, key: str) -> None:
        """Note a mark for a missing value, several amounts in one cell, or words."""
        if cell.strip() and is_missing(cell):
            self.notes.mark(cell)
        elif values.has_several(cell):
            self.notes.cell(row.line, _SEVERAL, cell)
        elif cell.strip():
            self.notes.words.append((row.line, key, cell))

    def _unit(self, row: RawRow, group: _Group, name: str) -> str:
        """The unit as printed: in its own column, in the heads of the values, or in brackets after the name."""
        if column := group.unit:
            cell = _cell(row, column)
            cell = self._above.get(column.place, "") if is_ditto(cell) else cell
            self._above[column.place] = cell
            if cell.strip():
                return cell
        if group.unit_told:
            return group.unit_told
        inner = _BRACKETS.search(name)
        return inner[1] if inner and units.looks_like(inner[1]) else ""

    def _published(self, row: RawRow, group: _Group) -> Record:
        cell = _cell(row, group.published)
        return (
            {"published": vocab.published(commas.plain(cell, group.published)), "published_raw": cell}
            if cell.strip()
            else {}
        )

    def _aim(self, row: RawRow, group: _Group, bound: object) -> Record:
        cell = _cell(row, group.aim)
        if not cell.strip() or is_missing(cell):
            return {"aim": bound}
        said = vocab.aim(cell)
        if said is None:
            self.notes.cell(row.line, _NOT_AIM, cell)
        return {"aim": said or bound}

    def _date(self, row: RawRow, group: _Group, target: str) -> Record:
        """When the target is to be reached, where that is not the year that is read."""
        cell = _cell(row, group.date)
        if not group.target_is_dated and cell.strip() and not is_missing(cell):
            return {"target_date": self.table.said(cell)}
        inside = values.parse(target)
        year = (inside.year if inside else None) or (group.target.year if group.target else None)
        return {"target_date": str(year)} if year and year != group.read_for else {}

    def _years(self, row: RawRow, group: _Group, record: Record) -> Iterator[Record]:
        """The values of all years or turns, where there are several."""
        periods: dict[tuple[int | None, int], Record] = {}
        for column in group.others:
            cell = _cell(row, column)
            if cell.strip():
                kept = periods.setdefault((column.year, column.turn), self._period(row, group, column))
                kept |= {
                    str(column.role): values.number(commas.plain(cell, column), _text(record["unit"])),
                    f"{column.role}_raw": cell,
                }
        yield from periods.values()

    def _period(self, row: RawRow, group: _Group, column: Column) -> Record:
        final = dates.whole(_cell(row, group.date)) if group.date and column.role is Role.TARGET else None
        year = column.year if column.year is not None else final.year if final else None
        return {"year": year, "label": column.head, "source_line": row.line}

    def _inner(self, row: RawRow, column: Column, *, summary: bool) -> Iterator[tuple[Record, list[Record]]]:
        """The KPIs inside a cell; what else it says is noted, unless it is the project's summary."""
        found, rest = incell.read(grid.cell(row, column.place))
        for each in found:
            cells = {"baseline": each.baseline, "target": each.target, "actual": each.actual}
            record = self._record(row, each.name, cells, "")
            record["aim"] = record.pop("bound")
            yield record, []
        for piece in rest:
            if not summary and not is_missing(piece):
                self.notes.cell(row.line, _REST, piece)


def _final(targets: Sequence[Column]) -> Column | None:
    """The column of targets whose head names no year, beside those of years: the target to be reached in the end."""
    if all(each.year is None for each in targets):
        return None
    return next((each for each in targets if each.year is None), None)


def _final_target(row: RawRow, group: _Group, table: Table) -> Record:
    """The target to be reached in the end as a text, with its date: it is no target of the year that is read."""
    cell, date = _cell(row, group.final), _cell(row, group.date)
    if is_missing(cell):
        return {}
    found: Record = {"target_text": table.said(cell)}
    return found if is_missing(date) else found | {"target_date": table.said(date)}


def _is_of_own_year(row: RawRow, group: _Group) -> bool:
    """Whether the target to be reached in the end is one of the very year that is read."""
    when = dates.whole(_cell(row, group.date))
    return when is not None and when.year == group.read_for


def _cell(row: RawRow, column: Column | None) -> str:
    """The cell of a column; blank where the table has no such column."""
    return grid.cell(row, column.place) if column else ""


def _plain(unit: str | None) -> str | None:
    """A unit with its full-width signs made plain, so that ％ and % are one."""
    return unit.translate({0xFF05: "%", 0xFF0F: "/"}) if unit else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def numbered(found: Sequence[tuple[Record, list[Record]]], project: str) -> tuple[list[Record], list[Record]]:
    """The KPIs of a project with their ids, and the rows of their years."""
    kpis: list[Record] = []
    years: list[Record] = []
    for number, (record, others) in enumerate(found, start=1):
        key = f"{project}.{number}"
        kpis.append({"id": key, "project_id": project, "no": number, **record})
        years += [{"kpi_id": key, **other} for other in others]
    return kpis, years
