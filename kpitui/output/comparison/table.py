"""What differs between two reports as a table for programs, and where it comes from."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from kpitui.output.comparison.wording import ARROW
from kpitui.output.provenance import Provenance
from kpitui.report.column import Column, Value
from kpitui.report.compare import Comparison
from kpitui.report.difference import KINDS
from kpitui.text.wording import Both


def _column(key: str, ja: str, en: str, *, text: bool = True) -> Column:
    return Column(key, Both(ja, en), "text" if text else "number", 40, Both("", ""))


COLUMNS = (
    replace(_column("kind", "違い", "difference"), values=tuple(Value(kind.code, kind.heading) for kind in KINDS)),
    _column("table", "表", "table"),
    _column("id_a", "前の番号", "earlier no"),
    _column("id_b", "後の番号", "later no"),
    _column("name_a", "前の名称", "earlier name"),
    _column("name_b", "後の名称", "later name"),
    _column("sure", "確かさ", "sure", text=False),
    _column("column", "列", "column"),
    _column("value_a", "前", "earlier"),
    _column("value_b", "後", "later"),
    _column("line_a", "前の出典行", "earlier line", text=False),
    _column("line_b", "後の出典行", "later line", text=False),
)


def table(comparison: Comparison) -> pl.DataFrame:
    """A row for each difference, in the columns of COLUMNS; values as texts, numbers among them in full."""
    schema: dict[str, type[pl.DataType]] = dict.fromkeys((each.key for each in COLUMNS), pl.String)
    schema |= {"sure": pl.Float64, "line_a": pl.Int64, "line_b": pl.Int64}
    rows = [
        {**vars(each), "value_a": _exact(each.value_a), "value_b": _exact(each.value_b)}
        for each in comparison.differences
    ]
    return pl.DataFrame(rows, schema=schema)


def _exact(value: object) -> str | None:
    return None if value is None else str(value).removesuffix(".0")


def provenance(comparison: Comparison, rows: int) -> Provenance:
    """Where the differences come from: both reports, the earlier one first."""
    reports = comparison.a, comparison.b
    return Provenance(
        report=ARROW.join(each.metadata.id for each in reports),
        title=ARROW.join(str(each.metadata.title.value) for each in reports),
        publisher=ARROW.join(dict.fromkeys(each.metadata.publisher for each in reports if each.metadata.publisher)),
        sha256=ARROW.join(each.fingerprint for each in reports),
        table="compare",
        rows=rows,
        inferred=any("publisher" in each.metadata.inferred for each in reports),
    )
