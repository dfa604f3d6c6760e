"""The publication itself, with the lines that a record came from marked."""

from __future__ import annotations

from pathlib import Path

from kpitui.output.display import Display, Row
from kpitui.report.model import Report
from kpitui.text.prose import Line, Span, line, paragraph
from kpitui.text.wording import Both

_NONE = Both("報告フォルダに原文がありません", "the report folder holds no source text")
_NUMBER = 6


def source_lines(report: Report) -> list[str]:
    """The lines of the publication's text; none where the folder does not hold it."""
    path = report.folder / Path(report.metadata.source_file).name
    try:
        return path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return []


def source(row: Row, display: Display, width: int) -> tuple[list[Line], int]:
    """All source lines broken to `width` cells with their numbers, and which of the lines is the record's first.

    The record's own line is marked by `>`; cells that tabs part are parted by ` | `.
    """
    row, display = display.own(row)
    found = source_lines(display.report)
    if not found:
        return [line(Span(_NONE.say(display.lang), "dim"))], 0
    lines: list[Line] = []
    first = 0
    for number, text in enumerate(found, 1):
        own = number == row["source_line"]
        first = len(lines) if own else first
        mark = f"{'>' if own else ' '}{number:>{_NUMBER - 2}}"
        lines += paragraph(display.text(text.replace("\t", " | ")), width, "strong" if own else "dim", mark)
    return lines, first
