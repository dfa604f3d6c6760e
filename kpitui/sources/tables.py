"""The tables of a publication: which column is which, and which row is what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kpitui.report.model import Fact
from kpitui.sources.lines import Line, LineKind, Remark, wrong
from kpitui.sources.numbers import is_missing, parse_number, parse_whole
from kpitui.sources.prose import table_title
from kpitui.sources.vocabulary import HEADS, SUB_HEADS, Role, aim, head_word
from kpitui.text.nearest import nearest, shown
from kpitui.text.wording import Both

VALUES = (Role.BASELINE, Role.TARGET, Role.ACTUAL)
_OF_KPI = {Role.KPI, *VALUES, Role.UNIT}
_OF_DIRECTION = {Role.DIRECTION, Role.REASON}
_OF_PROJECT = {Role.NO, Role.PROJECT}
# The longest first, so that 指標 is not taken out of 指標値.
_SUB_HEADS = re.compile("|".join(map(re.escape, sorted(SUB_HEADS, key=len, reverse=True))))

_UNTITLED = Both(
    "表の見出しの上に、交付金を示す標題がありません",
    "the head of a table without a title above that names its grant",
)
_UNEVEN = Both("見出しの{heads}列に対しセルが{cells}個あります", "{cells} cells where the head names {heads} columns")
_NO_COLUMN = Both("事業の{what}の列がありません", "no column for a project's {what}")
_NUMBER, _NAME = Both("番号", "number"), Both("名称", "name")
_TWICE = Both("同じものの列が二つあります: {role}", "two columns for the same thing: {role}")
_UNKNOWN = Both("見出し {head!r} は不明です{hint}", "the head {head!r} is unknown{hint}")
_OTHER_UNIT = Both(
    "{head!r} は千円ではありません。読める金額の単位は千円だけです",
    "{head!r} is not in 千円, the only unit of money that is read",
)
_STRANGE = Both(
    "事業でも、上の事業のKPIでも、合計でもありません",
    "neither a project, nor a KPI of the project above, nor a total",
)
_MISFIT = Both(
    "第{place}列 (見出し {head!r}) の {cell!r} は{kind}",
    "column {place}, headed {head!r}, holds {cell!r}, {kind}",
)
_NOT_NUMBER, _NOT_UNIT = Both("数値ではありません", "not a number"), Both("単位ではありません", "not a unit")


@dataclass
class Block:
    """A table as it lies on the page: title, first head (one line and the lines of sub-heads), body."""

    grant: str
    title: Line
    top: Line
    subs: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)

    @property
    def aim(self) -> Fact | None:
        """What the head says the KPIs are meant to do."""
        said = ((aim(cell), cell) for cell in self.top.cells)
        return next((Fact(code, cell, self.top.number) for code, cell in said if code), None)

    def heads(self, role: Role) -> list[tuple[str, int]]:
        """The head cells of that role as printed, each with its line."""
        lines = (self.top, *self.subs)
        return [(cell, line.number) for line in lines for cell in line.filled if HEADS.get(head_word(cell)) == role]


@dataclass(frozen=True)
class Row:
    """A row of a table, its cells as printed by what they hold."""

    line: Line
    kind: LineKind
    cells: Mapping[Role, str]


def blocks(lines: Iterable[Line], path: Path) -> tuple[list[Block], dict[int, LineKind]]:
    """Part a document into its tables, and say which lines are heads.

    A table begins with a title that names its grant and a head. Later heads repeat the first on each page;
    their cells are shuffled and incomplete, so they are passed over.
    """
    found: list[Block] = []
    kinds: dict[int, LineKind] = {}
    title: tuple[str, Line] | None = None
    for line in lines:
        if name := table_title(line):
            title = None if found and found[-1].title.text == line.text else (name, line)
        elif _is_head(line):
            kinds[line.number] = LineKind.HEAD if title else LineKind.REPEATED_HEAD
            if title:
                found.append(Block(*title, top=line))
                title = None
            elif not found:
                raise wrong(path, line, _UNTITLED)
        elif line.tabular and found and not title:
            kinds |= _below_head(found[-1], line)
    return found, kinds


def _below_head(block: Block, line: Line) -> dict[int, LineKind]:
    if not _is_sub_head(line):
        block.body.append(line)
        return {}
    if block.body:
        return {line.number: LineKind.REPEATED_HEAD}
    block.subs.append(line)
    return {line.number: LineKind.HEAD}


def _is_head(line: Line) -> bool:
    """Whether most of its cells are heads, a project's among them; otherwise it would be a line of sub-heads."""
    roles = [HEADS.get(head_word(cell)) for cell in line.filled] if line.tabular else []
    return not _OF_PROJECT.isdisjoint(roles) and len(roles) >= 3 and roles.count(None) * 2 < len(roles)


def _is_sub_head(line: Line) -> bool:
    """Whether most cells are sub-heads; on later pages one cell may hold two."""
    other = [cell for cell in line.filled if _SUB_HEADS.sub("", head_word(cell))]
    return len(other) * 2 < len(line.filled)


def rows(block: Block, path: Path) -> tuple[list[Row], list[Remark]]:
    """Read the rows of a table by its first head.

    Raises KpituiError, by line, where the head is not understood, or does not fit the rows in width or kind.
    """
    roles = _roles(block, path)
    if block.body and len(block.body[0].cells) != len(roles):
        cells = len(block.body[0].cells)
        raise wrong(path, block.body[0], _UNEVEN.format(cells=cells, heads=len(roles)))
    found = _owned([_row(line, roles) for line in block.body])
    _check(block, [row for row in found if row.kind in (LineKind.PROJECT, LineKind.KPI)], roles, path)
    return found, [_remark(row, roles) for row in found if row.kind is LineKind.UNKNOWN]


def _roles(block: Block, path: Path) -> list[Role]:
    """What each column holds, in order: the top heads, with groups replaced by the sub-heads below them."""
    subs = [_role(cell, line, path) for line in block.subs for cell in line.filled]
    roles: list[Role] = []
    for cell in block.top.filled:
        roles += _columns(_role(cell, block.top, path), subs)
    for role in (Role.NO, Role.PROJECT):
        if role not in roles:
            raise wrong(path, block.top, _NO_COLUMN.format(what=_NUMBER if role is Role.NO else _NAME))
    if twice := next((role for role in roles if roles.count(role) > 1), None):
        raise wrong(path, block.top, _TWICE.format(role=twice.words))
    return roles


def _role(cell: str, line: Line, path: Path) -> Role:
    word = head_word(cell)
    if word not in HEADS:
        raise wrong(path, line, _UNKNOWN.format(head=shown(cell), hint=nearest(word, HEADS)))
    if HEADS[word] is Role.COST and "円" in cell and "千円" not in cell:
        raise wrong(path, line, _OTHER_UNIT.format(head=shown(cell)))
    return HEADS[word]


def _columns(head: Role, subs: Sequence[Role]) -> list[Role]:
    if head is Role.KPIS:
        return [role for role in subs if role in _OF_KPI]
    if head is Role.DIRECTION:
        return [role for role in subs if role in _OF_DIRECTION] or [head]
    return [head]


def _row(line: Line, roles: Sequence[Role]) -> Row:
    if len(line.cells) != len(roles):
        return Row(line, LineKind.UNKNOWN, {})
    cells = dict(zip(roles, line.cells, strict=True))
    return Row(line, _kind(cells), cells)


def _kind(cells: Mapping[Role, str]) -> LineKind:
    filled = {role for role, cell in cells.items() if cell.strip()}
    if filled == {Role.COST} and parse_whole(cells[Role.COST]) is not None:
        return LineKind.TOTAL
    if filled >= _OF_PROJECT:
        return LineKind.PROJECT
    return LineKind.KPI if Role.KPI in filled and filled <= _OF_KPI else LineKind.UNKNOWN


def _owned(found: Iterable[Row]) -> list[Row]:
    """A row below one that was not understood may belong to it, so it does not continue the project above."""
    owner, result = False, []
    for row in found:
        owner = row.kind is LineKind.PROJECT or (owner and row.kind is not LineKind.UNKNOWN)
        orphan = row.kind is LineKind.KPI and not owner
        result.append(Row(row.line, LineKind.UNKNOWN, row.cells) if orphan else row)
    return result


def _remark(row: Row, roles: Sequence[Role]) -> Remark:
    width = len(row.line.cells)
    why = _STRANGE if width == len(roles) else _UNEVEN.format(cells=width, heads=len(roles))
    return Remark(row.line.number, why, row.line.text)


def _check(block: Block, found: Sequence[Row], roles: Sequence[Role], path: Path) -> None:
    """Hold the head against the rows: numbers below the values, words below the unit, but for a few cells."""
    for role in sorted({*VALUES, Role.COST, Role.UNIT} & set(roles), key=roles.index):
        filled = [row for row in found if not is_missing(row.cells[role])]
        numeric = role is not Role.UNIT
        odd = [row for row in filled if (parse_number(row.cells[role]) is not None) != numeric]
        if len(odd) * 2 > len(filled):
            head = shown(block.heads(role)[0][0])
            cell, place = shown(odd[0].cells[role]), roles.index(role) + 1
            kind = _NOT_NUMBER if numeric else _NOT_UNIT
            raise wrong(path, odd[0].line, _MISFIT.format(place=place, head=head, cell=cell, kind=kind))
