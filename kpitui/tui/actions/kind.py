"""What an action is, and what several of them need."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from kpitui.errors import UsageError
from kpitui.report.column import Column
from kpitui.text.ambiguous import restored
from kpitui.text.wording import Both
from kpitui.tui import clipboard
from kpitui.views.spec import Scalar

if TYPE_CHECKING:
    from textual.app import App

    from kpitui.tui.browse import Browse

Action = Callable[["Browse"], None]

_NOT_ONE_VALUE = Both(
    "列「{column}」のセルは一つの値ではないので、値では絞り込めません",
    "cells of {column} are not one value each, so nothing can be filtered by them",
)


def filterable(column: Column) -> Column:
    """The column, if filters can ask for its values; raises UsageError for one of nested cells."""
    if column.nested:
        raise UsageError(_NOT_ONE_VALUE.format(column=column.label))
    return column


def values(column: Column, row: dict[str, Any]) -> tuple[Scalar, ...]:
    """What a filter on a cell asks for: its value, or each code of a list (none: that nothing is there)."""
    value = row[filterable(column).key]
    if column.kind == "codes":
        return tuple(value) or (None,)
    return (value,)


def copy_text(browse: Browse, text: str) -> None:
    """Send a text to the reader's clipboard and say by which way."""
    way = browse.config.clipboard if browse.takings is None else "osc52"
    browse.tell(clipboard.copy(restored(text), cast("App[int]", browse.app), way))
