"""Tables whose targets and actuals stand in rows of their own: the rows of one KPI are put together into one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kpitui.sources.general import grid, reasons
from kpitui.sources.general.model import Column, Placed
from kpitui.sources.general.roles import Role
from kpitui.sources.lines import LineKind
from kpitui.sources.raw.model import RawRow
from kpitui.text.wording import Both

_KINDS = {
    Role.BASELINE: ("基準", "基準値", "現状", "現状値", "当初", "当初値", "baseline"),
    Role.TARGET: ("目標", "目標値", "計画", "計画値", "target"),
    Role.ACTUAL: ("実績", "実績値", "actual"),
    Role.PUBLISHED: ("達成率", "達成度", "進捗率"),
}
_JOINED = Both(
    "行ごとに目標か実績かを示す: 同じ指標の行を合わせて読む",
    "it says of each row whether it is one of targets or of actuals: the rows of one KPI are read together",
)
_PARTED = Both("目標と実績の行に分けて読む", "its rows are read as targets and actuals")
_OF_ROWS = Both("「{kind}」の行の値", "the values of the rows that say {kind}")
_SAMPLES = 3
_ENOUGH = 0.5
"""Of the filled cells of a column of values, at least so many are numbers."""


@dataclass(frozen=True)
class Joined:
    """The columns with one for each kind of row added, the rows put together, and the rows that went into others."""

    columns: list[Column]
    body: list[RawRow]
    merged: list[Placed]


def joined(columns: Sequence[Column], body: Sequence[RawRow]) -> Joined | None:
    """Put the rows of each KPI together; None where no column tells rows apart so, or nothing could be read of them."""
    kind = next((each for each in columns if each.why is reasons.BY_ROWS), None)
    valued = [each for each in columns if kind and _has_values(each, kind, body)]
    if kind is None or not valued:
        return None
    kinds = _kinds(kind, body)
    added = list(_added(len(columns), valued, kinds))
    plain = [_plain(each, kind, valued) for each in columns]
    groups = list(_groups(columns, kind, body))
    merged = [Placed(row, LineKind.KPI) for group in groups for row in group[1:]]
    rows = [_row(group, kind, valued, list(kinds), len(columns)) for group in groups]
    return Joined([*plain, *(_seen(each, rows) for each in added)], rows, merged)


def _kinds(kind: Column, body: Sequence[RawRow]) -> dict[Role, str]:
    """What the rows hold, each as it is first called."""
    found: dict[Role, str] = {}
    for row in body:
        text = grid.cell(row, kind.place).strip()
        if role := role_of(text):
            found.setdefault(role, text)
    return found


def role_of(printed: str) -> Role | None:
    """What a cell says that its row holds."""
    word = unicodedata.normalize("NFKC", printed).strip().lower()
    return next((role for role, words in _KINDS.items() if word in words), None)


def _has_values(column: Column, kind: Column, body: Sequence[RawRow]) -> bool:
    """Whether a column right of that of the kinds holds numbers and has no other meaning."""
    if column.place <= kind.place or column.role not in (None, Role.ACTUAL, Role.TARGET):
        return False
    cells = [cell for row in body if (cell := grid.cell(row, column.place)).strip()]
    return bool(cells) and sum(map(grid.numeric, cells)) >= len(cells) * _ENOUGH


def _plain(column: Column, kind: Column, valued: Sequence[Column]) -> Column:
    if column is kind:
        return replace(column, role=Role.IGNORE, why=_JOINED, doubt=None)
    return replace(column, role=Role.IGNORE, why=_PARTED, doubt=None) if column in valued else column


def _added(width: int, valued: Sequence[Column], kinds: Mapping[Role, str]) -> Iterator[Column]:
    """A column for each kind of row and each column of values, right of the others."""
    place = width
    for column in valued:
        for role, kind in kinds.items():
            why = _OF_ROWS.format(kind=kind)
            head = f"{column.head} / {kind}"
            yield replace(column, place=place, head=head, role=role, why=why, doubt=None, samples=(), filled=0)
            place += 1


def _seen(column: Column, rows: Sequence[RawRow]) -> Column:
    """A column with how many cells of it are filled, and the first of them."""
    cells = [cell for row in rows if (cell := grid.cell(row, column.place).strip())]
    return replace(column, filled=len(cells), samples=tuple(dict.fromkeys(cells))[:_SAMPLES])


def _groups(columns: Sequence[Column], kind: Column, body: Sequence[RawRow]) -> Iterator[list[RawRow]]:
    """The rows of one KPI after another; a row that does not say what it holds stands alone."""
    names = [each.place for each in columns if each.role in (Role.NUMBER, Role.PROJECT, Role.INDICATOR)]
    group: list[RawRow] = []
    for row in body:
        if group and not _belongs(row, group, names, kind):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _belongs(row: RawRow, group: Sequence[RawRow], names: Sequence[int], kind: Column) -> bool:
    said = role_of(grid.cell(row, kind.place))
    if said is None or said in {role_of(grid.cell(each, kind.place)) for each in group}:
        return False
    if role_of(grid.cell(group[0], kind.place)) is None:
        return False
    pairs = [(grid.cell(row, place).strip(), grid.cell(group[0], place).strip()) for place in names]
    return all(not here or here == there for here, there in pairs)


def _row(group: Sequence[RawRow], kind: Column, valued: Sequence[Column], kinds: Sequence[Role], width: int) -> RawRow:
    """One row: the first of the group, then the values of each kind; cells blank there are those of the next row."""
    first = [next((cell for row in group if (cell := grid.cell(row, place)).strip()), "") for place in range(width)]
    if len(group) == 1 and role_of(grid.cell(group[0], kind.place)) is None:
        return group[0]
    of_kind = {role_of(grid.cell(row, kind.place)): row for row in group}
    added = [grid.cell(of_kind[each], column.place) if each in of_kind else "" for column in valued for each in kinds]
    return RawRow(group[0].line, (*first, *added))
