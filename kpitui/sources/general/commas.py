"""Columns whose decimal point is a comma, as on the continent: 12,5 % and 1.234,56.

A comma followed by three digits parts thousands in one country and decimals in the next, so that a column is judged
as a whole, and what it does not prove is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from kpitui.sources.general import grid
from kpitui.sources.general.model import Column
from kpitui.sources.general.roles import VALUES, Role
from kpitui.sources.raw.model import RawRow
from kpitui.text.wording import Both

_AS_POINTS = Both(
    "コンマを小数点、点を桁区切りとして読んだ。この列だけでは決まらない値: {values}",
    "commas are read as decimal points, dots as parting thousands; by themselves these may be either: {values}",
)
_MIXED = Both(
    "小数点がコンマの値 ({commas}) と、そうでない値 ({others}) が混じる: 前者は数値として読まない",
    "decimal commas ({commas}) beside values without ({others}): the former are read as no numbers",
)
_BESIDE = Both(
    "隣の列では小数点がコンマだが、この列では決まらないため、点を小数点、コンマを桁区切りとして読んだ: {values}",
    "another column has decimal commas; here nothing tells, so dots are decimal points and commas part thousands: "
    "{values}",
)
_ROLES = {*VALUES, Role.COST, Role.PUBLISHED}
_LONGEST = 60
"""Characters of a cell beyond which it is a text, and proves nothing."""
_SHOWN = 3
_FULL = str.maketrans("０１２３４５６７８９，．", "0123456789,.")
_CELL = re.compile(r"[^0-9]{0,4}?([0-9][0-9.,]*[0-9])[^0-9]*")
_COMMA = re.compile(
    r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+),(?:[0-9]{1,2}|[0-9]{4,})"  # 12,5  1.234,56
    r"|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|0,[0-9]+|[0-9]{4,},[0-9]+"  # 1.234,567  0,125
    r"|[0-9]{1,3}(?:\.[0-9]{3}){2,}"  # 1.234.567
)
_POINT = re.compile(
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)\.(?:[0-9]{1,2}|[0-9]{4,})"  # 12.5  1,234.56
    r"|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|0\.[0-9]+|[0-9]{4,}\.[0-9]+"  # 1,234.567  0.125
    r"|[0-9]{1,3}(?:,[0-9]{3}){2,}"  # 1,234,567
)
_EITHER = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_MANY = 5
"""Where for each decimal comma there are more values than this such as 1,234, it is sooner a slip than a decimal."""
_NUMBER = re.compile(r"(?<![0-9.,])(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]+)?(?![0-9.,]*[0-9])")


class Says(Enum):
    """What the numbers of a column say about its commas."""

    NOTHING = 0
    DECIMAL = 1
    BOTH = 2


@dataclass(frozen=True)
class Evidence:
    """The numbers of a column: those with decimal commas, those that speak against, and what may be either."""

    says: Says
    commas: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    either: tuple[str, ...] = ()


def evidence(cells: Iterable[str]) -> Evidence:
    """What the numbers in the cells say about their commas, together."""
    numbers = [found for cell in cells if "," in cell or "." in cell or "，" in cell if (found := _number(cell))]
    commas = [each for each in numbers if _COMMA.fullmatch(each)]
    points = [each for each in numbers if _POINT.fullmatch(each)]
    either = [each for each in numbers if _EITHER.fullmatch(each) and each not in commas and each not in points]
    thousands = [each for each in either if "," in each]
    others = points or (thousands if commas and len(thousands) > _MANY * len(commas) else [])
    says = Says.NOTHING if not commas else Says.BOTH if others else Says.DECIMAL
    return Evidence(says, _distinct(commas), _distinct(others), _distinct(either))


def _number(cell: str) -> str:
    """The number of a cell that has but one, with its commas and dots."""
    found = _CELL.fullmatch(cell.strip().translate(_FULL)) if len(cell) <= _LONGEST else None
    return found[1] if found else ""


def _distinct(numbers: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(numbers))


def pointed(cell: str) -> str:
    """The cell with decimal points for its decimal commas, and without dots between thousands."""
    return _NUMBER.sub(lambda found: found[0].replace(".", "").replace(",", "."), cell.translate(_FULL))


def plain(cell: str, column: Column | None) -> str:
    """A cell of a column as it would be printed with decimal points."""
    return pointed(cell) if column and column.comma else cell


def marked(columns: Sequence[Column], body: Sequence[RawRow]) -> list[Column]:
    """The columns of values with what their commas mean; what is not proven is a doubt."""
    found = {
        each.place: evidence(grid.cell(row, each.place) for row in body) for each in columns if each.role in _ROLES
    }
    beside = any(each.says is Says.DECIMAL for each in found.values())
    return [_marked(each, found[each.place], beside=beside) if each.place in found else each for each in columns]


def _marked(column: Column, found: Evidence, *, beside: bool) -> Column:
    if found.says is Says.DECIMAL:
        doubt = _AS_POINTS.format(values=_list(found.either)) if found.either else column.doubt
        return replace(column, comma=True, doubt=doubt)
    if found.says is Says.BOTH:
        return replace(column, doubt=_MIXED.format(commas=_list(found.commas), others=_list(found.others)))
    if beside and found.either and not found.others:
        return replace(column, doubt=_BESIDE.format(values=_list(found.either)))
    return column


def _list(numbers: Sequence[str]) -> str:
    return ", ".join(numbers[:_SHOWN]) + (" …" if len(numbers) > _SHOWN else "")
