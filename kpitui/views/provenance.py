"""What a view says of the rows it selects, for the files they are written to."""

from __future__ import annotations

from collections.abc import Sequence

from kpitui.output.display import Display
from kpitui.output.provenance import UNORDERED, Provenance
from kpitui.report.columns import column
from kpitui.report.model import Report
from kpitui.text.wording import Both
from kpitui.views.describe import chips
from kpitui.views.spec import Sort, ViewSpec

_ASCENDING = Both("{column} (昇順)", "{column} (ascending)")
_DESCENDING = Both("{column} (降順)", "{column} (descending)")


def provenance(report: Report, spec: ViewSpec, rows: int, name: str = "", more: Sequence[Both] = ()) -> Provenance:
    """Where the rows of a view come from; `more` is what has been done to them besides."""
    ja, en = Display(report, "ja"), Display(report, "en")
    narrowed = [Both(*texts) for texts in zip(chips(spec, ja), chips(spec, en), strict=True)]
    keys = [_key(spec, each) for each in spec.sorts]
    ordered = Both("、".join(each.ja for each in keys), ", ".join(each.en for each in keys))
    return _of(report, spec.table, rows, (*narrowed, *more), ordered, name)


def _key(spec: ViewSpec, sort: Sort) -> Both:
    words = _DESCENDING if sort.descending else _ASCENDING
    return words.format(column=column(spec.table, sort.column).label)


def of_report(report: Report, table: str, rows: int) -> Provenance:
    """Where rows come from that are of the report as a whole."""
    return _of(report, table, rows)


def _of(
    report: Report,
    table: str,
    rows: int,
    view: tuple[Both, ...] = (),
    ordered: Both = UNORDERED,
    name: str = "",
) -> Provenance:
    metadata = report.metadata
    return Provenance(
        report=metadata.id,
        title=str(metadata.title.value),
        publisher=metadata.publisher,
        sha256=report.fingerprint,
        table=table,
        rows=rows,
        view=view,
        order=ordered,
        name=name,
        inferred="publisher" in metadata.inferred,
        parts=tuple(f"{part.key} {part.report.fingerprint}" for part in report.parts),
    )
