"""The values that a publication prints of several years, where it does: years.csv of a report folder."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from kpitui import changeover
from kpitui.report.sheet import Field, Sheet
from kpitui.textfile import decode

FILE = "years.csv"
FIELDS = (
    Field("kpi_id", pl.String, filled=True),
    Field("year", pl.Int64),
    Field("label", pl.String),
    Field("baseline", pl.Float64),
    Field("baseline_raw", pl.String),
    Field("target", pl.Float64),
    Field("target_raw", pl.String),
    Field("actual", pl.Float64),
    Field("actual_raw", pl.String),
    Field("source_line", pl.Int64),
)
"""The values of every year that stands in the document; `label` is the head of the first of them."""


def read(folder: Path) -> pl.DataFrame:
    """A row for each KPI and year, none where the folder has no such file.

    Raises InputError where it cannot be read, KpituiError where a cell is wrong, naming line and column.
    """
    return parse(folder, changeover.read(folder, (), (FILE,)).get(FILE, b""))


def parse(folder: Path, data: bytes) -> pl.DataFrame:
    """The rows of that file, none where it is empty; errors as `read`."""
    path = folder / FILE
    return Sheet.read(path, decode(data, path) or ",".join(each.name for each in FIELDS), FIELDS).frame
