"""The KPIs of a project's rows as rows of kpis.csv, and their other years as rows of years.csv."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kpitui.sources.general import dates, grid, incell, units, values, vocab
from kpitui.sources.general.missing import is_ditto, is_missing
from kpitui.sources.general.model import Column, Notes, Record, Table
from kpitui.sources.general.roles import VALUES, Role
from kpitui.sources.general.years import Choice, other_columns, value_column
from kpitui.sources.raw.model import RawRow
from kpitui.sources.text import clean
from kpitui.text.wording import Both

_BRACKETS = re.compile(r"[(（\[［]([^()（）\[\]［］]{1,12})[)）\]］]\s*$")
_DASHES = re.compile(r"[-‐‑‒–—―−ー－─\s]*")
_OTHER_UNIT = Both("単位が {unit} と異なります", "its unit is not {unit}")
_NOT_AIM = Both("目指す向きの語として読めません", "not a word for an aim")
_NO_NAME = Both("値はありますが指標がありません", "values without an indicator")
_REST = Both("セルの中のKPIではない文", "text of the cell that is no KPI")


@dataclass
class Reader:
    """Reads the KPIs of one table for the year chosen."""

    table: Table
    choice: Choice
    notes: Notes
    _above: dict[int, str]
    _chosen: dict[tuple[Role, int], Column | None]

    @classmethod
    def of(cls, table: Table, choice: Choice, notes: Notes) -> Reader:
        """A reader that has read nothing yet."""
        return cls(table, choice, notes, {}, {})

    def read(self, row: RawRow, project: str, *, first: bool) -> Iterator[tuple[Record, list[Record]]]:
        """The KPIs of a row, which may be its project's first, each with its other years; ids are still to come."""
        slots = self.table.slots
        for slot in slots:
            found = self._slot(row, slot, project)
            if found:
                yield found
            elif len(slots) > 1:
                self.notes.skipped += 1
        for column in self.table.of(Role.KPIS):
            yield from self._inner(row, column, summary=first and not self.table.first(Role.SUMMARY))

    def _slot(self, row: RawRow, slot: int, project: str) -> tuple[Record, list[Record]] | None:
        column = next(iter(self.table.of(Role.INDICATOR, slot)), None)
        printed = grid.cell(row, column.place) if column else project
        cells = {role: self._cell(row, role, slot) for role in VALUES}
        if column and _DASHES.fullmatch(printed) and self._is_empty(row, printed, cells):
            return None
        record = self._record(row, printed, cells, self._unit(row, slot, printed))
        record |= self._published(row, slot) | self._aim(row, slot, str(record.pop("bound") or ""))
        record |= self._date(row, slot, cells)
        return record, list(self._years(row, slot, record))

    def _is_empty(self, row: RawRow, printed: str, cells: dict[Role, str]) -> bool:
        """Whether a group without a name is empty; values without even a dash for a name are not understood."""
        valued = [cell for cell in cells.values() if not _DASHES.fullmatch(cell)]
        if valued and not printed.strip():
            self.notes.cell(row.line, _NO_NAME, " | ".join(valued))
        return not valued or not printed.strip()

    def _column(self, role: Role, slot: int) -> Column | None:
        """The column read for a role of a group; found once, for it takes the whole table to find."""
        if (role, slot) not in self._chosen:
            self._chosen[role, slot] = value_column(self.table, role, slot, self.choice.year)
        return self._chosen[role, slot]

    def _cell(self, row: RawRow, role: Role, slot: int) -> str:
        column = self._column(role, slot)
        return grid.cell(row, column.place) if column else ""

    def _record(self, row: RawRow, printed: str, cells: dict[Role, str], unit: str) -> Record:
        found = {role: values.parse(cell) for role, cell in cells.items()}
        own = (
            clean(unit)
            if unit.strip() and not is_missing(unit)
            else next((x.unit for x in found.values() if x and x.unit), None)
        )
        record: Record = {"source_line": row.line, "name": clean(printed), "name_raw": printed}
        record |= {"unit": _plain(own), "unit_raw": unit, "bound": None}
        for role, cell in cells.items():
            record |= {role.value: self._number(row, found[role], own, cell, role), f"{role.value}_raw": cell}
        target = cells[Role.TARGET]
        if found[Role.TARGET] is None and not is_missing(target):
            record["target_text"] = clean(target)
        record["bound"] = aimed.bound if (aimed := found[Role.TARGET]) else None
        return record

    def _number(self, row: RawRow, value: values.Value | None, unit: str | None, cell: str, role: Role) -> float | None:
        """The number in the KPI's unit; marks for missing ones, and words, are noted."""
        if value is None:
            if cell.strip() and is_missing(cell):
                self.notes.mark(cell)
            elif cell.strip():
                self.notes.words.append((row.line, role.value, cell))
            return None
        told = units.convert(value.number, value.unit, unit)
        if told is None:
            self.notes.cell(row.line, _OTHER_UNIT.format(unit=unit), cell)
        return values.as_float(value.number if told is None else told)

    def _unit(self, row: RawRow, slot: int, name: str) -> str:
        """The unit as printed: in its own column, in the heads of the values, or in brackets after the name."""
        if column := next(iter(self.table.of(Role.UNIT, slot)), None):
            cell = grid.cell(row, column.place)
            cell = self._above.get(column.place, "") if is_ditto(cell) else cell
            self._above[column.place] = cell
            if cell.strip():
                return cell
        heads = [self._column(role, slot) for role in (Role.TARGET, Role.ACTUAL, Role.BASELINE)]
        told = next((each.unit for each in (*heads, *self.table.of(Role.INDICATOR, slot)) if each and each.unit), None)
        inner = _BRACKETS.search(name)
        return told or (inner[1] if inner and units.looks_like(inner[1]) else "")

    def _published(self, row: RawRow, slot: int) -> Record:
        column = self._column(Role.PUBLISHED, slot)
        cell = grid.cell(row, column.place) if column else ""
        return {"published": vocab.published(cell), "published_raw": cell} if cell.strip() else {}

    def _aim(self, row: RawRow, slot: int, bound: str) -> Record:
        column = next(iter(self.table.of(Role.AIM, slot)), None)
        cell = grid.cell(row, column.place) if column else ""
        said = vocab.aim(cell) if cell.strip() and not is_missing(cell) else None
        if cell.strip() and not is_missing(cell) and said is None:
            self.notes.cell(row.line, _NOT_AIM, cell)
        return {"aim": said or bound or None}

    def _date(self, row: RawRow, slot: int, cells: dict[Role, str]) -> Record:
        """When the target is to be reached, where that is not the year that is read."""
        column = next(iter(self.table.of(Role.TARGET_DATE, slot)), None)
        cell = grid.cell(row, column.place) if column else ""
        if cell.strip() and not is_missing(cell) and not self._dated(slot):
            return {"target_date": clean(cell)}
        head = self._column(Role.TARGET, slot)
        inside = values.parse(cells[Role.TARGET])
        year = (inside.year if inside else None) or (head.year if head else None)
        return {"target_date": str(year)} if year and year != self._read_for(slot) else {}

    def _read_for(self, slot: int) -> int | None:
        """The year that the values are read for: the one chosen, else that of the head of actuals."""
        actual = self._column(Role.ACTUAL, slot)
        return self.choice.year or (actual.year if actual else None)

    def _dated(self, slot: int) -> bool:
        """Whether the target read is that of one year among several."""
        return len(self.table.of(Role.TARGET, slot)) > 1

    def _years(self, row: RawRow, slot: int, record: Record) -> Iterator[Record]:
        """The values of all years or turns, where there are several."""
        periods: dict[tuple[int | None, int], Record] = {}
        for column in other_columns(self.table, slot):
            cell = grid.cell(row, column.place)
            if cell.strip():
                kept = periods.setdefault((column.year, column.turn), self._period(row, slot, column))
                kept |= {str(column.role): values.number(cell, _text(record["unit"])), f"{column.role}_raw": cell}
        yield from periods.values()

    def _period(self, row: RawRow, slot: int, column: Column) -> Record:
        date = next(iter(self.table.of(Role.TARGET_DATE, slot)), None)
        final = dates.whole(grid.cell(row, date.place)) if date and column.role is Role.TARGET else None
        year = column.year if column.year is not None else final.year if final else None
        return {"year": year, "label": column.head, "source_line": row.line}

    def _inner(self, row: RawRow, column: Column, *, summary: bool) -> Iterator[tuple[Record, list[Record]]]:
        """The KPIs inside a cell; what else it says is noted, unless it is the project's summary."""
        found, rest = incell.read(grid.cell(row, column.place))
        for each in found:
            cells = {Role.BASELINE: each.baseline, Role.TARGET: each.target, Role.ACTUAL: each.actual}
            record = self._record(row, each.name, cells, "")
            record["aim"] = record.pop("bound")
            yield record, []
        for piece in rest:
            if not summary and not is_missing(piece):
                self.notes.cell(row.line, _REST, piece)


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
