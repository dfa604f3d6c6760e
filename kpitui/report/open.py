"""Open whatever names a report: a report folder, a table of KPIs, several of them, or nothing for the built-in one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from kpitui.errors import UsageError
from kpitui.report import builtin
from kpitui.report.model import Report
from kpitui.text.wording import Both
from kpitui.textfile import is_file

_TWICE = Both("{path}: 同じ報告書が二度指定されています", "{path}: the same report is named twice")


def is_document(named: Sequence[Path]) -> bool:
    """Whether it is one file that is neither a report folder nor a table of KPIs, but some publisher's document."""
    path = named[0] if len(named) == 1 else None
    if path is None or not is_file(path):
        return False
    from kpitui.report.tables import holds_kpis  # noqa: PLC0415 - a report folder needs none of it

    return not holds_kpis(path)


def open_report(path: Path | None) -> Report:
    """The judged report at that path; errors as `load` and `load_table`."""
    if path is not None and is_file(path):
        from kpitui.report.tables import load_table  # noqa: PLC0415 - a report folder needs none of it

        return load_table(path)
    from kpitui.report.load import load  # noqa: PLC0415 - a table needs none of it

    return load(builtin.folder() if path is None else path)


def open_reports(paths: Sequence[Path]) -> Report:
    """The reports at those paths as one, the built-in one where there is no path.

    Raises UsageError where a path stands twice, which would count its rows twice; other errors as `open_report`,
    each naming the file it is about.
    """
    if len(paths) < 2:
        return open_report(paths[0] if paths else None)
    _told_apart(paths)
    from kpitui.report.together import together  # noqa: PLC0415 - one report needs none of it

    return together([each for path in paths for each in _each(open_report(path))])


def _each(report: Report) -> list[Report]:
    """The report, or those that an export of several holds, so that they stand beside the others as they are."""
    return [part.report for part in report.parts] or [report]


def _told_apart(paths: Sequence[Path]) -> None:
    seen: set[str] = set()
    for path in paths:
        real = os.path.realpath(path)  # Path.resolve raises for a loop of links
        if real in seen:
            raise UsageError(_TWICE.format(path=path))
        seen.add(real)
