"""Explain one number or verdict: what was printed, how it was read, the formula with its numbers, the result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import polars as pl

from kpitui.output import audit, working
from kpitui.output.display import MISSING, Display, Row, issued
from kpitui.output.judgement import PRINTED, judgement
from kpitui.report.column import Column
from kpitui.report.columns import column
from kpitui.report.model import Table
from kpitui.text.cells import safe
from kpitui.text.prose import Line, Span, line, line_by_line, paragraph
from kpitui.text.wording import Both

_OF_PROJECT = ("rating", "rating_rank", "direction")
"""Columns of a KPI that say something of its project."""
_CITE = Both("この根拠を写すには y", "y copies this as a citation")


def explanation(table: Table, row: Row, key: str, display: Display, width: int) -> Iterator[Line]:
    """The working behind a cell of a row, as lines of at most `width` cells; `key` is the cell's column."""
    about = column(table, key)
    row, display = display.own(row)
    yield from _heading(about, row, display, width)
    yield line("")
    yield from working_of(table, row, key, display, width)
    yield line("")
    yield from line_by_line(display.plain(citation(table, row, display)), width, "dim")
    yield line(Span(_CITE.say(display.lang), "dim"))


def citation(table: Table, row: Row, display: Display) -> str:
    """Where a record stands: publisher, title, year, line and raw text, with its judgement; one line of text."""
    row, display = display.own(row)
    title = display.report.metadata.title.value
    report = f"{issued(display.report, display.lang)}「{title}」, {working.where(row, display)}"
    if table == "kpis":
        judged = column("kpis", "status").word(row["status"], display.lang)
        printed = f"{row['name']} {working.cells(row)}".rstrip()
        return _flat(f"{report}: {printed}, {judged}: {working.status(row, display)}")
    verdict = "" if row["verdict"] is None else f", {column('audit', 'verdict').word(row['verdict'], display.lang)}"
    return _flat(f"{report}: {row['name']}, {row['rating_text'] or MISSING}{verdict}")


def _flat(text: str) -> str:
    return " ".join(safe(text).split())


def _heading(about: Column, row: Row, display: Display, width: int) -> Iterator[Line]:
    """What is explained, its value, and what the column means."""
    name = f"{display.short_id(row['id'])} {display.text(row['name'])}"
    yield from line_by_line(name, width, "strong")
    yield from line_by_line(display.cell(about, row), width, "strong", about.label.say(display.lang))
    yield from paragraph(display.plain(about.help.say(display.lang)), width, "dim")


def working_of(table: Table, row: Row, key: str, display: Display, width: int) -> Iterable[Line]:
    """The working behind a column of a row: what was printed, a KPI's judgement, or its project's audit."""
    if table != "kpis":
        return chain(_printed(row, key, display, width), audit.working(row, display, width))
    if key in _OF_PROJECT:
        projects = display.report.projects
        owner = projects.filter(pl.col("id") == row["project_id"]).row(0, named=True)
        return audit.working(owner, display, width)
    return judgement(row, display, width)


def _printed(row: Row, key: str, display: Display, width: int) -> Iterator[Line]:
    """The cell as printed, with its line, where it is one that was read and not reckoned."""
    raw = row.get(f"{key}_raw")
    if raw is not None:
        printed = display.text(f"{working.where(row, display)}「{raw}」")
        yield from line_by_line(printed, width, label=PRINTED.say(display.lang))
        yield line("")
