"""Open whatever names a report: a report folder, a table of KPIs, or nothing for the built-in report."""

from __future__ import annotations

from pathlib import Path

from kpitui.report import builtin
from kpitui.report.load import load
from kpitui.report.model import Report


def open_report(path: Path | None) -> Report:
    """The judged report at that path; errors as `load` and `load_table`."""
    if path is None:
        return load(builtin.folder())
    if path.is_file():
        from kpitui.report.tables import load_table  # noqa: PLC0415 - a report folder needs none of it

        return load_table(path)
    return load(path)
