"""Rows of a publication's tables as rows of projects.csv and kpis.csv."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from kpitui.sources.lines import LineKind, Remark, wrong
from kpitui.sources.numbers import is_missing, parse_number, parse_whole
from kpitui.sources.tables import VALUES, Row
from kpitui.sources.text import clean, split_department
from kpitui.sources.vocabulary import Role
from kpitui.text.wording import Both

_SECOND = Both("{project} は{first}行目に既にあります", "{project} already stands on line {first}")
_NO_NUMBER = Both("{role}が数値ではありません", "{role} is not a number")

Record = dict[str, object]


def records(grant: str, rows: Iterable[Row], ratings: Collection[str], path: Path) -> tuple[list[Record], list[Record]]:
    """Turn the rows of a grant's table into projects and their KPIs, each with an id.

    `ratings` are the levels of the report's scale; a rating outside it is kept as text. Raises KpituiError, by
    line, where a project's number stands twice.
    """
    projects: dict[str, Record] = {}
    kpis: list[Record] = []
    owner, count = "", 0
    for row in rows:
        if row.kind is LineKind.PROJECT:
            owner, count = f"{grant}-{clean(row.cells[Role.NO])}", 0
            if owner in projects:
                first = projects[owner]["source_line"]
                raise wrong(path, row.line, _SECOND.format(project=owner, first=first))
            projects[owner] = _project(owner, grant, row, ratings)
        if row.kind in (LineKind.PROJECT, LineKind.KPI) and row.cells.get(Role.KPI, "").strip():
            count += 1
            kpis.append(_kpi(owner, count, row))
    return list(projects.values()), kpis


def remarks(rows: Sequence[Row]) -> list[Remark]:
    """The cells of these rows that should hold a number and hold something else; their value is left open."""
    return [
        Remark(row.line.number, _NO_NUMBER.format(role=role.words), row.cells[role])
        for row in rows
        for role in (Role.COST, *VALUES)
        if not is_missing(row.cells.get(role, "")) and parse_number(row.cells[role]) is None
    ]


def _project(key: str, grant: str, row: Row, ratings: Collection[str]) -> Record:
    cells = _Cells(row.cells)
    name, department = split_department(cells.raw(Role.PROJECT))
    rating = cells.text(Role.RATING)
    return {
        "id": key,
        "grant": grant,
        "no": parse_whole(cells.raw(Role.NO)),
        "no_raw": cells.raw(Role.NO),
        "name": clean(name),
        "name_raw": cells.raw(Role.PROJECT),
        "department": clean(department) if department else None,
        "summary": cells.text(Role.SUMMARY),
        "summary_raw": cells.raw(Role.SUMMARY),
        "cost": parse_whole(cells.raw(Role.COST)),
        "cost_raw": cells.raw(Role.COST),
        "rating": rating if rating in ratings else None,
        "rating_text": rating,
        "rating_raw": cells.raw(Role.RATING),
        "direction": cells.text(Role.DIRECTION),
        "direction_raw": cells.raw(Role.DIRECTION),
        "direction_reason": cells.text(Role.REASON),
        "direction_reason_raw": cells.raw(Role.REASON),
        "source_line": row.line.number,
    }


def _kpi(project: str, number: int, row: Row) -> Record:
    cells = _Cells(row.cells)
    values: Record = {}
    for role in VALUES:
        values |= {role.value: parse_number(cells.raw(role)), f"{role.value}_raw": cells.raw(role)}
    return values | {
        "id": f"{project}.{number}",
        "project_id": project,
        "no": number,
        "name": clean(cells.raw(Role.KPI)),
        "name_raw": cells.raw(Role.KPI),
        "unit": cells.text(Role.UNIT),
        "unit_raw": cells.raw(Role.UNIT),
        "source_line": row.line.number,
    }


class _Cells:
    """The cells of a row; a column that the table lacks reads as an empty cell."""

    def __init__(self, cells: Mapping[Role, str]) -> None:
        self._cells = cells

    def raw(self, role: Role) -> str:
        return self._cells.get(role, "")

    def text(self, role: Role) -> str | None:
        return None if is_missing(self.raw(role)) else clean(self.raw(role))
