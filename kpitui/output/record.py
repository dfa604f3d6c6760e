"""One project or KPI in full: what a detail pane, a page and `kpitui show` all say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from kpitui.output import words, working
from kpitui.output.display import MISSING, Display, Row, number, percent
from kpitui.output.judgement import judgement
from kpitui.report.columns import NOTES, column
from kpitui.report.model import Report, Table
from kpitui.text.breaking import wrap
from kpitui.text.cells import fit, safe
from kpitui.text.cells import width as cells
from kpitui.text.prose import Line, Span, Tone, flow, line, paragraph
from kpitui.text.wording import Both

_STATUS = 11
"""Cells for a status and the blank after it."""


def record(table: Table, row: Row, display: Display, width: int, *, whole: bool = True) -> list[Line]:
    """The record as lines of at most `width` cells.

    Nothing in it is cut, unless it need not be `whole`: then a project's KPIs take one line each, and a KPI's
    judgement only its results.
    """
    return kpi(row, display, width, whole=whole) if table == "kpis" else project(row, display, width, whole=whole)


def kpi(row: Row, display: Display, width: int, *, whole: bool = True) -> list[Line]:
    """A KPI: name, the way from baseline to target, its judgement, and what is said of its project."""
    return [
        *paragraph(safe(row["name"]), width, "strong", display.short_id(row["id"])),
        *flow(_values(row, display), width),
        *_way(row, width),
        *flow(_rates(row, display), width),
        *(judgement(row, display, width) if whole else _judged(row, display, width)),
        *_notes(row, display, width),
        *flow(_said(row, display), width),
        *paragraph(safe(row["project"] or MISSING), width, "", display.short_id(row["project_id"])),
    ]


def project(row: Row, display: Display, width: int, *, whole: bool = True) -> list[Line]:
    """A project: name, rating, direction and spend, its KPIs one by one, summary and source."""
    return [
        *paragraph(safe(row["name"]), width, "strong", display.short_id(row["id"])),
        *flow(_said_of_project(row, display), width),
        *_field(words.REASON, row["direction_reason"], display, width),
        *_kpi_lines(row, display, width, whole=whole),
        *_field(words.SUMMARY, row["summary"], display, width),
        *paragraph(_source(row, display), width, "", _label(words.SOURCE, display)),
    ]


def _label(what: Both, display: Display) -> str:
    return what.say(display.lang)


def _field(what: Both, text: str | None, display: Display, width: int) -> list[Line]:
    """A labelled paragraph, or nothing where the report says nothing."""
    return paragraph(safe(text), width, "", _label(what, display)) if text else []


def _pair(what: Both, text: str, display: Display, tone: Tone = "") -> Line:
    return line(Span(f"{_label(what, display)} ", "label"), Span(text, tone))


def _with_unit(value: float | None, row: Row) -> str:
    return MISSING if value is None else f"{number(value)} {safe(row['unit'] or '')}".rstrip()


def _values(row: Row, display: Display) -> list[Line]:
    told = [
        (words.BASELINE, "baseline"),
        (words.TARGET, "target"),
        (words.ACTUAL, "actual"),
        (words.GAP, "gap"),
    ]
    return [_pair(what, _with_unit(row[key], row), display) for what, key in told]


def _way(row: Row, width: int) -> list[Line]:
    """The bar from baseline to target; nothing where the way is unknown."""
    drawn = working.bar(row["progress"], width)
    return [line(Span(drawn, cast("Tone", row["status"])))] if drawn else []


def _rates(row: Row, display: Display) -> list[Line]:
    status = column("kpis", "status").word(row["status"], display.lang)
    return [
        line(Span(status, cast("Tone", row["status"]))),
        _pair(words.PROGRESS, working.progress(row), display),
        _pair(words.ATTAINMENT, working.attainment(row), display),
    ]


def _judged(row: Row, display: Display, width: int) -> list[Line]:
    return [
        *paragraph(working.status(row, display), width, "", _label(words.STATUS, display)),
        *paragraph(working.basis(row, display), width, "", _label(words.BASIS, display)),
        *paragraph(safe(working.printed(row, display)), width, "", _label(words.SOURCE, display)),
    ]


def _notes(row: Row, display: Display, width: int) -> list[Line]:
    known = {value.code: value.words.say(display.lang) for value in NOTES}
    text = {"ja": "、", "en": "; "}[display.lang].join(known.get(code, code) for code in row["notes"])
    return paragraph(text, width, "", _label(words.NOTES, display)) if text else []


def _said(row: Row, display: Display) -> list[Line]:
    """What the report says of the KPI's project."""
    return [
        _pair(words.RATING, _glossed(row["rating"], display) or MISSING, display),
        _pair(words.DIRECTION, _glossed(row["direction"], display) or MISSING, display),
        _pair(words.COST, _cost(row, display), display),
    ]


def _glossed(text: str | None, display: Display) -> str:
    """The report's own words, with what they mean where the interface is English."""
    gloss = display.gloss(text or "")
    return f"{safe(text or '')} ({gloss})" if gloss else safe(text or "")


def _rating_text(row: Row, display: Display) -> str:
    return _glossed(row["rating"], display) or safe(row["rating_text"] or MISSING)


def _cost(row: Row, display: Display) -> str:
    if row["cost"] is None:
        return MISSING
    return f"{number(row['cost'])}{'' if display.lang == 'ja' else ' '}{_label(words.THOUSAND_YEN, display)}"


def _said_of_project(row: Row, display: Display) -> list[Line]:
    facts = [
        _pair(words.RATING, _rating_text(row, display), display),
        _pair(words.DIRECTION, _glossed(row["direction"], display) or MISSING, display),
        _pair(words.COST, _cost(row, display), display),
    ]
    if row["verdict"]:
        facts.append(_pair(words.AUDIT, column("audit", "verdict").word(row["verdict"], display.lang), display))
    if row["department"]:
        facts.append(_pair(words.DEPARTMENT, safe(row["department"]), display))
    met = column("projects", "met_share").label
    return [*facts, _pair(met, display.share(row), display)]


def _source(row: Row, display: Display) -> str:
    return working.where(row, display)


def _kpi_lines(row: Row, display: Display, width: int, *, whole: bool) -> list[Line]:
    """The project's KPIs: status, name, values, unit, progress; aligned by cells, long names on more lines."""
    rows = kpis_of(display.report, row["id"])
    values = [_value_cells(each, display) for each in rows]
    widths = [max(map(cells, texts)) for texts in zip(*values, strict=True)]
    room = max(width - sum(widths) - 2 * len(widths) - _STATUS, _STATUS)
    lines: list[Line] = []
    for each, texts in zip(rows, values, strict=True):
        first, *rest = wrap(safe(each["name"]), room) if whole else [safe(each["name"])]
        lines.append(_kpi_line(each, first, texts, widths, room, display))
        lines += [line(" " * _STATUS, more) for more in rest]
    return lines


def kpis_of(report: Report, project_id: str) -> Sequence[Row]:
    """The KPI rows of one project, in the report's order."""
    frame = report.kpis
    return frame.filter(frame["project_id"] == project_id).rows(named=True)


def _value_cells(row: Row, display: Display) -> tuple[str, ...]:
    values = [MISSING if row[key] is None else number(row[key]) for key in ("baseline", "target", "actual")]
    progress = MISSING if row["progress"] is None else percent(row["progress"])
    return (values[0], "->", values[1], values[2], safe(row["unit"] or ""), progress)


def _kpi_line(row: Row, name: str, texts: tuple[str, ...], widths: list[int], room: int, display: Display) -> Line:
    status = column("kpis", "status").word(row["status"], display.lang)
    values = (
        fit(text, wide, "left" if place == 4 else "right")
        for place, (text, wide) in enumerate(zip(texts, widths, strict=True))
    )
    return line(Span(fit(status, _STATUS), cast("Tone", row["status"])), fit(name, room), "  ", "  ".join(values))
