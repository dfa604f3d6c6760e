"""What the command line names, read: report, first view and the folders of views."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kpitui.config import Config
from kpitui.dataclass import dataclass
from kpitui.report.model import Report
from kpitui.report.open import open_reports
from kpitui.views.query import RowSet, select
from kpitui.views.saved import SavedView
from kpitui.views.spec import ViewSpec
from kpitui.views.store import Store


@dataclass(frozen=True, eq=False)
class Opened:
    """A judged report, the view to begin with, and where views are kept."""

    report: Report
    view: SavedView
    store: Store

    def rows(self) -> RowSet:
        """The rows that the view begins with."""
        return select(self.report, self.view.spec)


def opened(paths: Sequence[Path], view: str | None, config: Config) -> Opened:
    """Read the reports at the paths as one (none = the built-in one) and the view of that name (None = all rows).

    Raises KpituiError for what cannot be read or is not there.
    """
    return begun(open_reports(paths), view, config)


def begun(report: Report, view: str | None, config: Config) -> Opened:
    """The same of a report that has been read."""
    store = Store.usual(config.views)
    found = store.find(view, report, config.language) if view else SavedView("", first_view(report))
    return Opened(report, found, store)


def first_view(report: Report) -> ViewSpec:
    """A report opens on its projects, a bare table on its KPIs, which is all that it holds."""
    return ViewSpec("kpis" if all(folder.is_file() for folder in report.folders) else "projects")
