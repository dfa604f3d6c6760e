"""What decides the rows of a view, and the rows last worked out."""

from __future__ import annotations

from dataclasses import replace

from kpitui.views.query import RowSet
from kpitui.views.spec import ViewSpec

_KEPT = 4
"""Row sets kept of a large report: four bytes a row each, for undo, the way back and Escape in a search."""


def question(spec: ViewSpec) -> ViewSpec:
    """The view with only what decides its rows and their order; columns, widths, pins and marks do not."""
    return replace(spec, columns=(), widths=(), pins=(), marks=())


def counted(spec: ViewSpec) -> ViewSpec:
    """The view with only what decides the counts beside it."""
    return replace(question(spec), sorts=())


class KnownRows:
    """The rows of the views last shown."""

    def __init__(self) -> None:
        self._found: dict[ViewSpec, RowSet] = {}

    def of(self, spec: ViewSpec) -> RowSet | None:
        """The rows of the view, if they are still known."""
        return self._found.get(question(spec))

    def keep(self, spec: ViewSpec, rows: RowSet) -> None:
        """Remember the rows of a view, and forget those not shown for longest."""
        self._found.pop(question(spec), None)
        self._found[question(spec)] = rows
        while len(self._found) > _KEPT:
            del self._found[next(iter(self._found))]

    def clear(self) -> None:
        """Forget all."""
        self._found.clear()
