"""Everything a KPI's judgement rests on, with the numbers in it: what is shown wherever a figure is explained."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from kpitui.output import words, working
from kpitui.output.display import Display, Row
from kpitui.report.columns import column
from kpitui.text.prose import Line, line_by_line
from kpitui.text.wording import Both

_EXACT = Both("丸める前", "before rounding")
PRINTED = Both("印字", "as printed")
_LESS = Both("小さいほど良い: 100%以下で達成", "less is better: met at 100% or below")
_AIM = Both("目指す向き", "aim")
_FROM_HEAD = Both("表の見出し {line}行目「{raw}」による", "from the table's head, line {line}: 「{raw}」")
_FROM_COLUMN = Both("KPIごとの記載による", "stated for this KPI")
_INFERRED = Both("推定: 目標が開始値より{way}", "inferred: target {way} baseline")
_HIGHER = Both("低くない", "not below")
_LOWER = Both("低い", "below")
_DECLARED = Both("報告フォルダの指定: {note}", "declared in the report folder: {note}")


def judgement(row: Row, display: Display, width: int) -> Iterator[Line]:
    """Everything a KPI's judgement rests on: raw cells, basis, aim, formulas, results before rounding."""
    target = working.other_target(row, display)
    told: list[tuple[Both, str]] = [
        (PRINTED, f"{working.where(row, display)} {working.cells(row)}".rstrip()),
        *([(words.TARGET, target)] if target else []),
        (words.BASIS, working.basis(row, display)),
        (_AIM, _aim(row, display)),
        (words.STATUS, working.status(row, display)),
        (words.PROGRESS, _rate("progress", row, display)),
        (words.ATTAINMENT, _rate("attainment", row, display)),
        (words.GAP, working.gap(row)),
    ]
    ruling = working.ruling_on(row, display)
    if ruling:
        told.append((words.NOTES, _DECLARED.format(note=ruling.note).say(display.lang)))
    for what, text in told:
        yield from line_by_line(display.text(text), width, label=what.say(display.lang))


def _rate(key: Literal["progress", "attainment"], row: Row, display: Display) -> str:
    """A formula with its result, and that result before it was rounded down; whether less of it is better."""
    formula = working.progress(row) if key == "progress" else working.attainment(row)
    if row[key] is None:
        return formula
    exact = f"{formula} ({_EXACT.say(display.lang)} {row[key]!r})"
    return f"{exact} ({_LESS.say(display.lang)})" if working.less_is_better(key, row) else exact


def _aim(row: Row, display: Display) -> str:
    """The aim and who says so."""
    word = column("kpis", "aim").word(row["aim"], display.lang)
    return f"{word} ({_aim_source(row, display).say(display.lang)})"


def _aim_source(row: Row, display: Display) -> Both:
    ruling = working.ruling_on(row, display)
    if ruling and ruling.aim:
        return _DECLARED.format(note=ruling.note)
    if "aim_inferred" in row["notes"]:
        return _INFERRED.format(way=_LOWER if row["aim"] == "decrease" else _HIGHER)
    head = display.report.metadata.grant(row["grant"]).aim if row["grant"] is not None else None
    return _FROM_HEAD.format(line=head.line, raw=head.raw) if head and head.value == row["aim"] else _FROM_COLUMN
