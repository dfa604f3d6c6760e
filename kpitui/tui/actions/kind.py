"""What an action is, and what several of them need."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kpitui.report.columns import Column
from kpitui.views.spec import Scalar

if TYPE_CHECKING:
    from kpitui.tui.browse import Browse

Action = Callable[["Browse"], None]


def values(column: Column, row: dict[str, Any]) -> tuple[Scalar, ...]:
    """What a filter on a cell asks for: its value, or each code of a list (none: that nothing is there)."""
    value = row[column.key]
    if column.kind == "codes":
        return tuple(value) or (None,)
    return (value,)
