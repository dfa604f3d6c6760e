"""Which of several years or turns a report is read for, and which column then holds which value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kpitui.errors import UsageError
from kpitui.sources.general import grid
from kpitui.sources.general.commas import plain
from kpitui.sources.general.model import Column, Table
from kpitui.sources.general.roles import VALUES, Role
from kpitui.sources.general.values import parse
from kpitui.text.wording import Both

_NO_YEAR = Both(
    "{wanted}年度の値はありません。あるのは {there} です", "no values for fiscal {wanted}; there are {there}"
)


@dataclass(frozen=True)
class Choice:
    """The year that is read, of those there are; `across` says whether any value stands in several."""

    year: int | None
    years: tuple[int, ...]

    @property
    def across(self) -> bool:
        """Whether there is more than one year to choose from."""
        return len(self.years) > 1


def years(tables: Iterable[Table]) -> tuple[int, ...]:
    """The fiscal years in which some table has actuals side by side, or targets where it has no actuals."""
    found: set[int] = set()
    for table in tables:
        for role in (Role.ACTUAL, Role.TARGET):
            for slot in table.slots:
                dated = {each.year for each in table.of(role, slot) if each.year is not None}
                found |= dated if len(dated) > 1 else set()
    return tuple(sorted(found))


def choose(tables: Sequence[Table], wanted: int | None) -> Choice:
    """The year wanted, else the latest that has an actual; UsageError where the one wanted is not among several."""
    there = years(tables)
    if wanted is not None and len(there) > 1 and wanted not in there:
        raise UsageError(_NO_YEAR.format(wanted=wanted, there=", ".join(map(str, there))))
    if wanted is not None or len(there) < 2:
        return Choice(wanted, there)
    with_actuals = [year for year in there if any(_has_actual(table, year) for table in tables)]
    return Choice(max(with_actuals or there), there)


def _has_actual(table: Table, year: int) -> bool:
    columns = [each for each in table.of(Role.ACTUAL) if each.year == year]
    return any(parse(plain(grid.cell(row, each.place), each)) for row in table.body for each in columns)


def value_column(table: Table, role: Role, slot: int, year: int | None) -> Column | None:
    """The column that holds a value for the year, else one whose head names none.

    Where no head names one, the last that has numbers.
    """
    found = table.of(role, slot)
    if len(found) < 2:
        return found[0] if found else None
    dated = [each for each in found if each.year is not None]
    if len({each.year for each in dated}) > 1 or (dated and len(dated) < len(found)):
        undated = [each for each in found if each.year is None]
        otherwise = found[0] if role is Role.BASELINE else next(iter(undated), None)
        return next((each for each in dated if each.year == year), otherwise)
    if role is Role.BASELINE:
        return found[0]
    turn = _turn(table, slot)
    return next((each for each in found if each.turn == turn), found[-1])


def _turn(table: Table, slot: int) -> int:
    """The last place among equal columns of actuals that has a number anywhere."""
    turns = [
        each.turn
        for each in table.of(Role.ACTUAL, slot)
        if any(parse(plain(grid.cell(row, each.place), each)) for row in table.body)
    ]
    return max(turns, default=0)


def other_columns(table: Table, slot: int) -> list[Column]:
    """All columns of values of a group where one of its values has several: what years.csv keeps."""
    several = any(len(table.of(role, slot)) > 1 for role in VALUES)
    return [each for role in VALUES for each in table.of(role, slot)] if several else []
