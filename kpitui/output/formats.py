"""Rows as bytes in one of the formats: for people a table, for programs the registry's keys, ratios and null."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from kpitui.output import machine, people
from kpitui.output.delimited import separated
from kpitui.output.display import Display
from kpitui.output.names import PLAIN, Style
from kpitui.output.provenance import Provenance
from kpitui.output.workbook import workbook
from kpitui.report.column import Column


def render(
    frame: pl.DataFrame,
    columns: Sequence[Column],
    form: str,
    display: Display,
    style: Style = PLAIN,
    source: Provenance | None = None,
) -> bytes:
    """The columns of the frame in one of `names.FORMATS`; the source stands in it where the format has a place.

    Raises UsageError where xlsx lacks its library, KpituiError where the format cannot hold the rows.
    """
    match form:
        case "table":
            return display.drawn(people.table(frame, columns, display)).encode()
        case "md":
            return people.markdown(frame, columns, display, source).encode()
        case "csv" | "tsv":
            return separated(frame, columns, "," if form == "csv" else "\t", display, style)
        case "xlsx":
            return workbook(frame, columns, display, style, source)
        case _:
            return _for_programs(frame.select(each.key for each in columns), form, source)


def _for_programs(data: pl.DataFrame, form: str, source: Provenance | None) -> bytes:
    match form:
        case "json":
            return machine.json_list(data)
        case "ndjson":
            return machine.json_lines(data)
        case "toml":
            return machine.toml(data, source)
        case "parquet":
            return machine.parquet(data, source)
    raise KeyError(form)
