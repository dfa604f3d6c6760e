"""Open whatever names a report: a report folder, a table of KPIs, or nothing for the built-in report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kpitui.report import builtin
from kpitui.report.load import load
from kpitui.report.model import Report


def is_document(named: Sequence[str]) -> bool:
    """Whether it is one file that is neither a report folder nor a table of KPIs, but some publisher's document."""
    path = Path(named[0]) if len(named) == 1 else None
    if path is None or not path.is_file():
        return False
    from kpitui.report.tables import holds_kpis  # noqa: PLC0415 - a report folder needs none of it

    return not holds_kpis(path)


def open_report(path: Path | None) -> Report:
    """The judged report at that path; errors as `load` and `load_table`."""
    if path is None:
        return load(builtin.folder())
    if path.is_file():
        from kpitui.report.tables import load_table  # noqa: PLC0415 - a report folder needs none of it

        return load_table(path)
    return load(path)
