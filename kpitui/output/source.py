"""The publication itself, with the lines that a record came from marked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kpitui import changeover
from kpitui.output.display import Display, Row
from kpitui.output.source_rows import MAP, SourceRow, source_rows
from kpitui.report.model import Report
from kpitui.text.breaking import MOST_PROSE
from kpitui.text.prose import Line, Span, line, paragraph
from kpitui.text.wording import Both
from kpitui.textfile import is_file

_NONE = Both("報告フォルダに原文がありません", "the report folder holds no source text")
_ROWS = Both("原文を読み取った行 (| は列の境)", "rows as they were read from the source; | parts columns")
_NUMBER = 6
_AROUND = 200
"""Rows shown before and after the record's."""


def source_lines(report: Report) -> list[str]:
    """The lines of the publication's text as its import numbered them; none where the folder does not hold it.

    A table, which has a map beside it, was cut at carriage returns too; a publication of grants was not.
    """
    path = changeover.current(report.folder, Path(report.metadata.source_file).name)
    try:
        text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError):
        return []
    cut_at_returns = is_file(changeover.current(report.folder, MAP))
    return (text.replace("\r", "\n") if cut_at_returns else text).split("\n")


def _as_read(rows: Sequence[SourceRow], row: Row, display: Display, width: int) -> tuple[list[Line], int]:
    """The rows of a workbook, a PDF or another text near the record's, each sheet or page under its name."""
    own = _own(rows, row)
    begin = max(own - _AROUND, 0)
    lines: list[Line] = [line(Span(_ROWS.say(display.lang), "dim"))]
    shown = rows[begin : own + _AROUND]
    simply = sum(len(cell) for each in shown for cell in each.cells) > MOST_PROSE
    first, sheet = 0, None
    for place, each in enumerate(shown, begin):
        if each.sheet and each.sheet != sheet:
            lines.append(line(Span(display.text(" ".join(each.sheet.split())), "label")))
        sheet = each.sheet
        first = len(lines) if place == own else first
        mark = f"{'>' if place == own else ' '}{each.line:>{_NUMBER - 2}}"
        text = " | ".join(" ".join(cell.split()) for cell in each.cells)
        lines += paragraph(display.text(text), width, "strong" if place == own else "dim", mark, simply=simply)
    return lines, first


def _own(rows: Sequence[SourceRow], row: Row) -> int:
    """The place of the record's row: of those of its line on several sheets, the one that holds its name."""
    same = [place for place, each in enumerate(rows) if each.line == row["source_line"]]
    named = (place for place in same if row.get("name_raw") in rows[place].cells)
    return next(named, same[0] if same else 0)


def source(row: Row, display: Display, width: int) -> tuple[list[Line], int]:
    """All source lines broken to `width` cells with their numbers, and which of the lines is the record's first.

    The record's own line is marked by `>`; cells that tabs part are parted by ` | `. By all rules of prose a source of
    700,000 characters would take minutes to break, so that one of more than MOST_PROSE is broken by a few.
    """
    row, display = display.own(row)
    found = source_lines(display.report)
    if not found and (rows := source_rows(display.report)):
        return _as_read(rows, row, display, width)
    if not found:
        return [line(Span(_NONE.say(display.lang), "dim"))], 0
    lines: list[Line] = []
    first = 0
    simply = sum(map(len, found)) > MOST_PROSE
    for number, text in enumerate(found, 1):
        own = number == row["source_line"]
        first = len(lines) if own else first
        mark = f"{'>' if own else ' '}{number:>{_NUMBER - 2}}"
        told = display.text(text.replace("\t", " | "))
        lines += paragraph(told, width, "strong" if own else "dim", mark, simply=simply)
    return lines, first
