"""What panes and pages say and facets count, each loaded when the first of it is drawn: rows stand before."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kpitui.output.audit import brief
    from kpitui.output.matrix import matrix
    from kpitui.output.overview import overview
    from kpitui.output.record import record
    from kpitui.output.source import source
    from kpitui.tui.hits import Seen
    from kpitui.views.counted import facets
    from kpitui.views.offered import offered

__all__ = ["Seen", "brief", "facets", "matrix", "offered", "overview", "record", "source"]

ROOMS = {
    "brief": "kpitui.output.audit",
    "matrix": "kpitui.output.matrix",
    "overview": "kpitui.output.overview",
    "record": "kpitui.output.record",
    "source": "kpitui.output.source",
    "Seen": "kpitui.tui.hits",
    "facets": "kpitui.views.counted",
    "offered": "kpitui.views.offered",
}
"""The modules that hold what is drawn late, by its names."""


def __getattr__(name: str) -> Any:
    if name not in ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(ROOMS[name]), name)
    return found
