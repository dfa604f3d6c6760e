"""Projects as rows of projects.csv: names, money in thousand yen, ratings and what happens next."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from kpitui.sources.general import commas, dates, grid, incell, units, values
from kpitui.sources.general.groups import Named
from kpitui.sources.general.missing import is_missing
from kpitui.sources.general.model import Column, Notes, Record, Table
from kpitui.sources.general.roles import Role
from kpitui.sources.numbers import parse_whole
from kpitui.sources.raw.model import RawRow
from kpitui.sources.text import split_department
from kpitui.text.wording import Both

THOUSAND_YEN = "千円"
_PREFIX = re.compile(r"^(?:[①-⑳]|[0-9]{1,2}[.:)、]\s*|\([0-9]\)\s*)+")
_NOT_MONEY = Both("金額として読めません", "not an amount of money")
_OTHER_MONEY = Both("{currency} ではない金額は原文だけ残します", "money other than {currency} is kept as printed only")
_LOOKED_AT = 200
"""Rows in which a currency is looked for."""
_DIFFERS = Both("KPIの行に、事業の{role}が別の値で書かれています", "a KPI's row says another {role} of the project")
_COMPARED = (Role.COST, Role.RATING, Role.DIRECTION, Role.SUMMARY, Role.DEPARTMENT, Role.REASON)
"""What a KPI's row may say once more of its project."""
_PLANNED = re.compile(r"予定(?![どよ通])")
_MARK = 8
"""Characters up to which a mark that there is no value is only a mark, and not a state worth showing."""


@dataclass(frozen=True)
class Reader:
    """Reads the projects of one table; `ratings` are the levels found, by their folded form."""

    table: Table
    ratings: Mapping[str, str]
    money: Money
    notes: Notes
    _compared: Sequence[Column]

    @classmethod
    def of(cls, table: Table, ratings: Mapping[str, str], money: Money, notes: Notes) -> Reader:
        """A reader that has read nothing yet."""
        return cls(table, ratings, money, notes, [column for role in _COMPARED if (column := table.first(role))])

    def read(self, named: Named, title: str) -> Record:
        """A project's row for projects.csv."""
        row = named.group.first
        if row is None:
            return {"id": named.id, "grant": named.grant, "name": title, "name_raw": ""}
        name, department = self._name(row)
        return {
            "id": named.id,
            "grant": named.grant,
            "no": parse_whole(self._raw(row, Role.NUMBER)),
            "no_raw": self._raw(row, Role.NUMBER),
            "name": self.table.said(name) or "-",
            "name_raw": self._raw(row, Role.PROJECT),
            "department": department,
            **self._summary(row),
            "cost": self._cost(row),
            "cost_raw": self._raw(row, Role.COST),
            **self._rating(row),
            "direction": self._text(row, Role.DIRECTION),
            "direction_raw": self._raw(row, Role.DIRECTION),
            "direction_reason": self._text(row, Role.REASON),
            "direction_reason_raw": self._raw(row, Role.REASON),
            "source_line": row.line,
        }

    def compare(self, named: Named) -> None:
        """Note where a KPI's row says something else of its project than the project's own row."""
        first = named.group.first
        own = [grid.cell(first, each.place).strip() for each in self._compared] if first else []
        for row in named.group.rows[1:] if first else ():
            for column, stated in zip(self._compared, own, strict=True):
                said = grid.cell(row, column.place).strip()
                if said and said != stated and column.role:
                    self.notes.cell(row.line, _DIFFERS.format(role=column.role.words), said)

    def _raw(self, row: RawRow, role: Role) -> str:
        column = self.table.first(role)
        return grid.cell(row, column.place) if column else ""

    def _text(self, row: RawRow, role: Role) -> str | None:
        printed = self._raw(row, role)
        return None if is_missing(printed) else self.table.said(printed)

    def _name(self, row: RawRow) -> tuple[str, str | None]:
        printed, stated = self._raw(row, Role.PROJECT), self._text(row, Role.DEPARTMENT)
        if stated:
            return printed, stated
        name, department = split_department(printed)
        return name, self.table.said(department) if department else None

    def _summary(self, row: RawRow) -> Record:
        """The summary; where its column holds KPIs as well, what is left of it."""
        inner = self.table.first(Role.KPIS)
        if self.table.first(Role.SUMMARY) or inner is None:
            return {"summary": self._text(row, Role.SUMMARY), "summary_raw": self._raw(row, Role.SUMMARY)}
        _, rest = incell.read(self._raw(row, Role.KPIS))
        return {"summary": self.table.said(" ".join(rest)) or None, "summary_raw": self._raw(row, Role.KPIS)}

    def _rating(self, row: RawRow) -> Record:
        printed = self._raw(row, Role.RATING)
        text = " ".join(self.table.said(printed).split())
        state = None if not text or (is_missing(printed) and len(text) <= _MARK) else text
        if is_missing(printed):
            if printed.strip():
                self.notes.mark(printed)
            return {"rating": None, "rating_text": state, "rating_raw": printed}
        rating = self.ratings.get(folded(text), None if is_state(text) else text)
        return {"rating": rating, "rating_text": text, "rating_raw": printed}

    def _cost(self, row: RawRow) -> int | None:
        return thousands(row, self.table.first(Role.COST), self.money, self.notes)


@dataclass(frozen=True)
class Money:
    """In which money costs are: `stated` is the unit where no head names one, `currency` that of the whole report."""

    stated: str | None
    currency: str

    @classmethod
    def of(cls, tables: Sequence[Table], stated: str | None) -> Money:
        """That of the first column of money that names a currency, in its head or in a cell; else yen."""
        columns = [(table, column) for table in tables if (column := table.first(Role.COST))]
        found = (known for table, column in columns if (known := _currency(table, column, stated)))
        return cls(stated, next(found, units.YEN))


def _currency(table: Table, column: Column, stated: str | None) -> str | None:
    cells = (values.parse(commas.plain(grid.cell(row, column.place), column)) for row in table.body[:_LOOKED_AT])
    said = (column.unit, *(each.unit for each in cells if each), stated)
    return next((known for unit in said if unit and (known := units.currency(unit))), None)


def thousands(row: RawRow, column: Column | None, money: Money, notes: Notes) -> int | None:
    """The amount in a cell in thousands of the report's currency, rounded half up.

    None where there is none, or it is in another currency.
    """
    cell = grid.cell(row, column.place) if column else ""
    found = values.parse(commas.plain(cell, column))
    if found is None or column is None:
        if cell.strip() and is_missing(cell):
            notes.mark(cell)
        elif cell.strip():
            notes.cell(row.line, _NOT_MONEY, cell)
        return None
    unit = found.unit or column.unit or money.stated or THOUSAND_YEN
    amount = found.number
    if not units.unit(unit).base and column.unit:  # 3万 below 千円 is 3万円
        amount, unit = units.convert(amount, unit, column.unit) or amount, column.unit
    if units.currency(unit) != money.currency:
        if found.unit or not column.unit:  # where the head says so, that is said once
            notes.cell(row.line, _OTHER_MONEY.format(currency=money.currency), cell)
        return None
    return _whole(units.thousands(amount, unit))


def _whole(amount: Decimal) -> int | None:
    rounded = amount.quantize(Decimal(1), ROUND_HALF_UP) if abs(amount) < 2**53 else None
    return int(rounded) if rounded is not None else None


def folded(text: str) -> str:
    """A rating with case, width, blanks and a number before it left out: what is equal then is one level."""
    bare = _PREFIX.sub("", " ".join(text.split())) or text
    return unicodedata.normalize("NFKC", bare).replace(" ", "").lower()


def is_state(text: str) -> bool:
    """Whether a text in the place of a rating tells how things stand: it names a date, or what is planned."""
    return _PLANNED.search(text) is not None or dates.find(unicodedata.normalize("NFKC", text)) is not None


def levels(tables: Iterable[Table]) -> list[tuple[str, int]]:
    """The distinct ratings of projects, each as first printed, with the line it first stands on."""
    found: dict[str, tuple[str, int]] = {}
    for table in tables:
        column = table.first(Role.RATING)
        for placed in table.placed if column else ():
            cell = grid.cell(placed.row, column.place) if column else ""
            text = " ".join(table.said(cell).split())
            if placed.kind == "project" and not is_missing(cell) and not is_state(text):
                found.setdefault(folded(text), (text, placed.row.line))
    return list(found.values())
