"""Under which grant each project stands, and the ids that projects and KPIs get."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass

from kpitui.report.model import Fact
from kpitui.sources import vocabulary
from kpitui.sources.general import grid
from kpitui.sources.general.model import Table
from kpitui.sources.general.roles import Role
from kpitui.sources.general.rows import Group
from kpitui.sources.lines import Line
from kpitui.sources.numbers import parse_whole
from kpitui.sources.prose import table_title

ALL = "all"
"""The key of the grant that stands for the whole report where none is named."""


@dataclass(frozen=True)
class Named:
    """A project with the table it stands in, the key of its grant and its id."""

    table: Table
    group: Group
    grant: str
    id: str


@dataclass(frozen=True)
class GrantName:
    """A grant by its key, with its name, its name in one character, and the title that names it."""

    key: str
    name: str
    short: str
    title: Fact | None = None


def name_all(found: Sequence[tuple[Table, Sequence[Group]]], title: str) -> tuple[list[GrantName], list[Named]]:
    """Give every project its grant and its id.

    The grant is the one that a column names, else the one that the table's title names. Where nothing names one, a
    report of one table has the grant `all`, which is shown by no letter; of several tables, each is one.
    """
    grants: dict[str, GrantName] = {}
    alone = _alone(found)
    placed = [
        (table, group, _grant(table, group, title, grants, alone=alone).key)
        for table, groups in found
        for group in groups
    ]
    numbers = Counter((key, _whole(table, group)) for table, group, key in placed)
    unsure = {key for (key, number), count in numbers.items() if number is None or count > 1 or number < 1}
    return list(grants.values()), _numbered(placed, unsure)


def _numbered(placed: Sequence[tuple[Table, Group, str]], unsure: Container[str]) -> list[Named]:
    """The projects with their ids: the printed number, or their place where a grant's numbers are not all distinct."""
    order: Counter[str] = Counter()
    named: list[Named] = []
    for table, group, key in placed:
        order[key] += 1
        number = order[key] if key in unsure else _whole(table, group)
        named.append(Named(table, group, key, f"{key}-{number}"))
    return named


def _alone(found: Sequence[tuple[Table, Sequence[Group]]]) -> bool:
    return len({_source(table) for table, _ in found}) < 2


def _source(table: Table) -> str:
    """What tells one table from another: the pages of one table are one, and so are tables of equal heads."""
    heads = "/".join(column.head for column in table.columns)
    return heads if not table.sheet or table.sheet.startswith("page ") else f"{table.sheet}:{heads}"


def _grant(table: Table, group: Group, title: str, grants: dict[str, GrantName], *, alone: bool) -> GrantName:
    column = table.first(Role.GRANT)
    printed = table.said(grid.cell(group.first, column.place)) if column and group.first else ""
    line = Line(table.title.line, grid.text(table.title)) if table.title else None
    announced = table_title(line) if line else None
    mark = printed or announced or ("" if alone else _source(table))
    if mark not in grants:
        fact = Fact(line.text.strip(), line.text, line.number) if line else None
        grants[mark] = _named(mark, printed or announced, table, title, fact, grants)
    return grants[mark]


def _named(
    mark: str, name: str | None, table: Table, title: str, fact: Fact | None, grants: dict[str, GrantName]
) -> GrantName:
    if name:
        key, short = vocabulary.grant(name, len(grants) + 1)
        taken = {each.key for each in grants.values()}
        return GrantName(key if key not in taken else f"{key}{len(grants) + 1}", name, short, fact)
    if not mark:
        return GrantName(ALL, title, "", fact)
    number = len(grants) + 1
    letter = chr(ord("A") + number - 1) if number <= 26 else f"t{number}-"
    called = table.sheet or (str(fact.value) if fact else "") or title
    return GrantName(f"t{number}", called, letter, fact)


def _whole(table: Table, group: Group) -> int | None:
    column = table.first(Role.NUMBER)
    return parse_whole(grid.cell(group.first, column.place)) if column and group.first else None
