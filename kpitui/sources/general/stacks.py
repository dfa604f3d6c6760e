"""The head texts over each column of a table: several head rows laid one below the other, or one into the other."""

from __future__ import annotations

from collections.abc import Sequence

from kpitui.sources.general import grid
from kpitui.sources.general.heads import Block
from kpitui.sources.general.roles import OF_KPI, VALUES, Role
from kpitui.sources.raw.model import RawRow

Stack = tuple[str, ...]
"""The head texts over one column from the top down."""

_SAMPLE = 200
_OF_DIRECTION = {Role.DIRECTION, Role.REASON}


def stacks(rows: Sequence[RawRow], block: Block) -> list[Stack]:
    """The head of each column, in whichever of two ways fits the rows below better.

    Sub-heads stand below their columns, or, where a document lost the places of its cells, replace in order the
    group heads that they belong to.
    """
    body = [rows[index] for index in block.body]
    head = [rows[index] for index in block.head]
    width = max(grid.width(body[:_SAMPLE]), len(head[0].cells) if len(head) == 1 else 0, _last(head))
    aligned = _aligned(head, width)
    replaced = _replaced(head)
    if replaced and len(replaced) == grid.width(body) and _fit(replaced, body) > _fit(aligned, body):
        return replaced
    return aligned


def _last(head: Sequence[RawRow]) -> int:
    """How many columns the head rows name."""
    return max((place + 1 for row in head for place, cell in enumerate(row.cells) if cell.strip()), default=0)


def _aligned(head: Sequence[RawRow], width: int) -> list[Stack]:
    """The head texts by place; a group head also stands over the unnamed columns to its right that go on below it."""
    lines = [[grid.cell(row, place).strip() for place in range(width)] for row in head]
    for number, line in enumerate(lines[:-1]):
        below = ["".join(each) for each in zip(*lines[number + 1 :], strict=True)]
        for place in range(1, width):
            if not line[place] and line[place - 1] and below[place] and below[place - 1]:
                line[place] = line[place - 1]
    return [tuple(grid.texts(column)) for column in zip(*lines, strict=True)]


def _replaced(head: Sequence[RawRow]) -> list[Stack]:
    """The filled cells of the first row, group heads replaced by the sub-heads of the rows below."""
    if len(head) < 2:
        return []
    subs = [cell.strip() for row in head[1:] for cell in row.cells if cell.strip()]
    found: list[Stack] = []
    for cell in (cell.strip() for cell in head[0].cells if cell.strip()):
        role = grid.role_of(cell)
        wanted = OF_KPI if role is Role.INDICATOR else _OF_DIRECTION if role is Role.DIRECTION else frozenset()
        below = [sub for sub in subs if grid.role_of(sub) in wanted]
        found += [(cell, sub) for sub in below] or [(cell,)]
    return found


def _fit(found: Sequence[Stack], body: Sequence[RawRow]) -> float:
    """How well heads fit the rows: numbers where values are, words where names and units are."""
    score = 0.0
    for place, stack in enumerate(found):
        role = next((known for text in reversed(stack) if (known := grid.role_of(text))), None)
        cells = [cell for row in body[:_SAMPLE] if (cell := grid.cell(row, place)).strip()]
        if cells and role in (*VALUES, Role.UNIT, Role.INDICATOR):
            numbers = sum(map(grid.numeric, cells)) / len(cells)
            score += numbers if role in VALUES else 1 - numbers
    return score
