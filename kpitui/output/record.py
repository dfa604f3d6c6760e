"""One project or KPI in full: what a detail pane, a page and `kpitui show` all say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from kpitui.output import money, words, working
from kpitui.output.display import MISSING, Display, Row, issued, number, percent
from kpitui.output.judgement import judgement
from kpitui.report.column import NOTES, STATUSES
from kpitui.report.columns import column
from kpitui.report.model import Report, Table
from kpitui.text.breaking import broken
from kpitui.text.cells import ELLIPSIS, clip, fit
from kpitui.text.cells import width as cells
from kpitui.text.prose import Line, Span, Tone, clipped, flow, in_columns, line, line_by_line, paragraph
from kpitui.text.wording import Both
from kpitui.textfile import is_file

_NO_KPIS = Both("この事業にKPIはありません", "this project has no KPIs")
_LEAST = 12
"""Cells that a KPI's name keeps; below that its baseline gives way."""
_MOST = 5_000
"""Characters of a text that are shown beside a table."""
_COLUMN = 20
"""Cells of each value beside a table, so that values stay where they are while the cursor moves: four in 80 cells."""
_LONGEST_BAR = 52
"""Cells of the way from baseline to target with its ends: 2 % each, as finely as an eye tells lengths."""


def record(table: Table, row: Row, display: Display, width: int, *, whole: bool = True) -> Iterator[Line]:
    """The record as lines of at most `width` cells, worked out as they are asked for.

    Nothing in it is cut, unless it need not be `whole`: then a project's KPIs take one line each, a KPI's
    judgement only its results, and a text longer than a few screens only its beginning.
    """
    own, display = display.own(row if whole else _begun(row))
    yield from kpi(own, display, width, whole=whole) if table == "kpis" else project(own, display, width, whole=whole)
    yield from _report(display, width) if whole else ()


def _begun(row: Row) -> Row:
    """The row with the beginnings of its longest texts, for a cell may hold a million characters."""
    return {
        key: f"{cell[:_MOST]}{ELLIPSIS}" if isinstance(cell, str) and len(cell) > _MOST else cell
        for key, cell in row.items()
    }


def _report(display: Display, width: int) -> list[Line]:
    """Which of several reports the record is of."""
    if not display.within:
        return []
    title = f"{display.within}: {issued(display.report, display.lang)}「{display.report.metadata.title.value}」"
    return paragraph(display.text(title), width, "", _label(words.REPORT, display))


def kpi(row: Row, display: Display, width: int, *, whole: bool = True) -> Iterator[Line]:
    """A KPI: name, the way from baseline to target, its judgement, and what is said of its project."""
    values = _values(row, display)
    yield from line_by_line(display.text(row["name"]), width, "strong", display.short_id(row["id"]))
    yield from flow(values, width) if whole else in_columns(values, width, _COLUMN)
    yield from _way(row, width)
    yield from flow(_rates(row, display), width)
    yield from judgement(row, display, width) if whole else _judged(row, display, width)
    yield from _notes(row, display, width)
    yield from flow(_said(row, display), width)
    yield from line_by_line(display.text(row["project"] or MISSING), width, "", display.short_id(row["project_id"]))


def project(row: Row, display: Display, width: int, *, whole: bool = True) -> Iterator[Line]:
    """A project: name, rating, direction and spend, its KPIs one by one, summary and source."""
    yield from line_by_line(display.text(row["name"]), width, "strong", display.short_id(row["id"]))
    yield from flow(_said_of_project(row, display), width)
    yield from _field(words.REASON, row["direction_reason"], display, width)
    yield from _kpi_lines(row, display, width, whole=whole)
    yield from _field(words.SUMMARY, row["summary"], display, width)
    yield from paragraph(_source(row, display), width, "", _label(words.SOURCE, display))


def _label(what: Both, display: Display) -> str:
    return what.say(display.lang)


def _field(what: Both, text: str | None, display: Display, width: int) -> Iterable[Line]:
    """A labelled paragraph, or nothing where the report says nothing."""
    return line_by_line(display.text(text), width, "", _label(what, display)) if text else ()


def _pair(what: Both, text: str, display: Display, tone: Tone = "") -> Line:
    return line(Span(f"{_label(what, display)} ", "label"), Span(text, tone))


def _with_unit(value: float | None, row: Row, display: Display) -> str:
    return MISSING if value is None else f"{number(value)} {display.text(row['unit'] or '')}".rstrip()


def _values(row: Row, display: Display) -> list[Line]:
    told = [
        (words.BASELINE, "baseline"),
        (words.TARGET, "target"),
        (words.ACTUAL, "actual"),
        (words.GAP, "gap"),
    ]
    return [_pair(what, _with_unit(row[key], row, display), display) for what, key in told]


def _way(row: Row, width: int) -> list[Line]:
    """The bar from baseline to target; nothing where the way is unknown."""
    drawn = working.bar(row["progress"], min(width, _LONGEST_BAR))
    return [line(Span(drawn, cast("Tone", row["status"])))] if drawn else []


def _rates(row: Row, display: Display) -> list[Line]:
    status = column("kpis", "status").word(row["status"], display.lang)
    return [
        line(Span(status, cast("Tone", row["status"]))),
        _pair(words.PROGRESS, working.progress(row), display),
        _pair(words.ATTAINMENT, working.attainment(row), display),
    ]


def _judged(row: Row, display: Display, width: int) -> list[Line]:
    target = display.text(working.other_target(row, display))
    return [
        *(paragraph(target, width, "", _label(words.TARGET, display)) if target else ()),
        *paragraph(working.status(row, display), width, "", _label(words.STATUS, display)),
        *paragraph(working.basis(row, display), width, "", _label(words.BASIS, display)),
        *paragraph(display.text(working.printed(row, display)), width, "", _label(words.SOURCE, display)),
    ]


def _notes(row: Row, display: Display, width: int) -> list[Line]:
    known = {value.code: value.words.say(display.lang) for value in NOTES}
    text = {"ja": "、", "en": "; "}[display.lang].join(known.get(code, code) for code in row["notes"])
    return paragraph(text, width, "", _label(words.NOTES, display)) if text else []


def _said(row: Row, display: Display) -> list[Line]:
    """What the report says of the KPI's project."""
    return [
        _pair(words.RATING, _rating_text({**row, "rating_text": _printed_rating(row, display)}, display), display),
        _pair(words.DIRECTION, _glossed(row["direction"], display) or MISSING, display),
        _pair(words.COST, _cost(row, display), display),
    ]


def _printed_rating(row: Row, display: Display) -> str | None:
    """What stands in the rating cell of a KPI's project, where that is no rating.

    A bare table has no such cell; its projects are not worked out to look for one.
    """
    if row["rating"] is not None or is_file(display.report.folder):
        return None
    projects = display.report.projects
    return next(iter(projects.filter(projects["id"] == row["project_id"])["rating_text"]), None)


def _glossed(text: str | None, display: Display) -> str:
    """The report's own words, with what they mean where the interface is English."""
    gloss = display.gloss(text or "")
    return f"{display.text(text or '')} ({gloss})" if gloss else display.text(text or "")


def _rating_text(row: Row, display: Display) -> str:
    return _glossed(row["rating"], display) or display.text(row["rating_text"] or MISSING)


def _cost(row: Row, display: Display) -> str:
    if row["cost"] is None:
        return MISSING
    unit = display.text(money.long(display.report.metadata).say(display.lang))
    return f"{number(row['cost'])}{'' if display.lang == 'ja' else ' '}{unit}"


def _said_of_project(row: Row, display: Display) -> list[Line]:
    facts = [
        _pair(words.RATING, _rating_text(row, display), display),
        _pair(words.DIRECTION, _glossed(row["direction"], display) or MISSING, display),
        _pair(words.COST, _cost(row, display), display),
    ]
    if row["verdict"]:
        facts.append(_pair(words.AUDIT, column("audit", "verdict").word(row["verdict"], display.lang), display))
    if row["department"]:
        facts.append(_pair(words.DEPARTMENT, display.text(row["department"]), display))
    met = column("projects", "met_share").label
    return [*facts, _pair(met, display.share(row), display)]


def _source(row: Row, display: Display) -> str:
    return working.where(row, display)


def _kpi_lines(row: Row, display: Display, width: int, *, whole: bool) -> Iterator[Line]:
    """The project's KPIs: status, name, values, unit, progress; aligned by cells, long names on more lines."""
    rows = kpis_of(display.report, row["id"])
    if not rows:
        yield line(Span(_NO_KPIS.say(display.lang), "dim"))
        return
    status = max(cells(value.words.say(display.lang)) for value in STATUSES) + 1
    values = [_value_cells(each, display, width) for each in rows]
    if width - status - _taken(values) < _LEAST:
        values = [texts[2:] for texts in values]
    widths = [max(map(cells, texts)) for texts in zip(*values, strict=True)]
    room = max(width - status - _taken(values), 4)
    for each, texts in zip(rows, values, strict=True):
        name = display.text(each["name"])
        names = broken(name, room) if whole else iter([name])
        beside = _side_by_side(texts, widths)
        yield clipped(line(_status(each, status, display), fit(next(names), room), "  ", beside), width)
        for more in names:
            yield clipped(line(" " * status, more), width)


def _taken(values: Sequence[Sequence[str]]) -> int:
    """The cells that the columns of values take with the two blanks before each."""
    return sum(max(map(cells, texts)) + 2 for texts in zip(*values, strict=True))


def _status(row: Row, width: int, display: Display) -> Span:
    word = column("kpis", "status").word(row["status"], display.lang)
    return Span(fit(word, width), cast("Tone", row["status"]))


def _side_by_side(texts: Sequence[str], widths: Sequence[int]) -> str:
    """Values below each other: numbers at the right, the unit, last but one, at the left."""
    last = len(texts) - 2
    return "  ".join(
        fit(text, wide, "left" if place == last else "right")
        for place, (text, wide) in enumerate(zip(texts, widths, strict=True))
    )


def kpis_of(report: Report, project_id: str) -> Sequence[Row]:
    """The KPI rows of one project, in the report's order."""
    frame = report.kpis
    return frame.filter(frame["project_id"] == project_id).rows(named=True)


def _value_cells(row: Row, display: Display, width: int) -> tuple[str, ...]:
    """A KPI's values, each a cell; a unit longer than the line is cut, for it may hold a million characters."""
    values = [MISSING if row[key] is None else number(row[key]) for key in ("baseline", "target", "actual")]
    progress = MISSING if row["progress"] is None else percent(row["progress"])
    return (values[0], "->", values[1], values[2], clip(display.text(row["unit"] or ""), width), progress)
