"""Marked rows as a list of questions with citations, in Markdown, ready to be put before an assembly."""

from __future__ import annotations

from kpitui.output.display import Display, Row
from kpitui.output.explain import citation
from kpitui.report.model import Table
from kpitui.text.cells import safe
from kpitui.text.wording import Both
from kpitui.views.spec import ViewSpec

_HEADING = Both("# 質問: {title}", "# Questions: {title}")
_NO_NOTE = Both("(質問未記入)", "(no question written)")
_SOURCE = Both("出典: {citation}", "Source: {citation}")


def questions(spec: ViewSpec, title: str, display: Display) -> str:
    """A numbered entry for each marked row that the report holds: the note, the record, and where it is printed."""
    entries = [
        _entry(number, note, row, spec.table, display) for number, (note, row) in enumerate(_marked(spec, display), 1)
    ]
    return "\n".join([_HEADING.format(title=_plain(title)).say(display.lang), "", *entries])


def _marked(spec: ViewSpec, display: Display) -> list[tuple[str, Row]]:
    frame = display.report.frame(spec.table)
    rows = {
        row["id"]: row for row in frame.filter(frame["id"].is_in([key for key, _ in spec.marks])).iter_rows(named=True)
    }
    return [(note, rows[key]) for key, note in spec.marks if key in rows]


def _entry(number: int, note: str, row: Row, table: Table, display: Display) -> str:
    question = _plain(note) or _NO_NOTE.say(display.lang)
    source = _SOURCE.format(citation=_plain(citation(table, row, display))).say(display.lang)
    return f"{number}. {question}\n   - {_plain(display.short_id(row['id']))} {_plain(row['name'])}\n   - {source}\n"


def _plain(text: str) -> str:
    """Text on one line, with what Markdown would take for markup escaped."""
    flat = " ".join(safe(text).split())
    return "".join(f"\\{each}" if each in "\\`*_[]<>#|" else each for each in flat)
