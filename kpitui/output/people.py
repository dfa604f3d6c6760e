"""Rows as text for people: a table aligned by cells, and Markdown."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from kpitui.output.display import Display
from kpitui.output.markup import escaped as _escaped
from kpitui.output.provenance import Provenance
from kpitui.report.column import Column
from kpitui.text.cells import fit, width


def table(frame: pl.DataFrame, columns: Sequence[Column], display: Display) -> str:
    """Columns aligned by cells, two blanks between them, heads first."""
    cells = _cells(frame, columns, display.among(columns))
    heads = [each.label.say(display.lang) for each in columns]
    widths = [max(map(width, texts)) for texts in zip(heads, *cells, strict=True)]
    lines = (
        "  ".join(fit(text, wide, each.align) for text, wide, each in zip(row, widths, columns, strict=True)).rstrip()
        for row in [heads, *cells]
    )
    return "".join(f"{line}\n" for line in lines)


def markdown(frame: pl.DataFrame, columns: Sequence[Column], display: Display, source: Provenance | None) -> str:
    """A table of GitHub's Markdown in which data are never markup; below it, where the rows come from."""
    heads = [each.label.say(display.lang) for each in columns]
    rule = ["---:" if each.align == "right" else "---" for each in columns]
    rows = [[_escaped(cell) for cell in row] for row in _cells(frame, columns, display.among(columns))]
    lines = "".join(f"| {' | '.join(row)} |\n" for row in [heads, rule, *rows])
    return f"{lines}\n{_escaped(source.sentence(display.lang))}\n" if source else lines


def _cells(frame: pl.DataFrame, columns: Sequence[Column], display: Display) -> list[list[str]]:
    return [[display.cell(each, row) for each in columns] for row in frame.iter_rows(named=True)]
