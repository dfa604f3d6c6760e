"""The working behind a judged KPI: which basis and why, the formulas with their numbers, what was printed."""

from __future__ import annotations

from typing import Literal

from kpitui.output.display import MISSING, Display, Row, number, percent
from kpitui.report.columns import column
from kpitui.report.model import Override
from kpitui.text.wording import Both

REASONS = {
    "zero": Both("開始値が0または無し: 水準と増加分は同じ", "baseline is 0 or absent: level and increment coincide"),
    "increment": Both(
        "増加の表で目標が開始値を下回る: 値は増加分",
        "target below baseline in a table of increases: increments",
    ),
    "ambiguous": Both(
        "目標が開始値と同じ: 維持か、同量の上積みかは読み取れない",
        "target equals baseline: hold the level, or add as much again",
    ),
    "change": Both(
        "実績だけが負: 開始値からの変化量として読む",
        "only the actual is negative: read as a change from baseline",
    ),
    "level": Both("増加分や変化量と読む理由がない: 値は水準", "nothing says increments or changes: levels"),
}
_MIRRORED = Both(
    "減少の表で目標が開始値より高い: 値は減少分", "target above baseline in a table of decreases: decrements"
)
_OF_THE_TARGET = ("increment", "zero")
"""Bases on which progress is the actual as a share of the target."""
_NO_LINE = Both("行番号なし", "no line number")
_DECLARED = Both("報告フォルダの指定による", "declared in the report folder")
_LINE = Both("{line}行目", "line {line}")
_DUE = Both("期日 {date}", "to be reached {date}")
_STATUS = {
    "met": Both("実績 {actual} は目標 {target} に届いた", "actual {actual} reaches target {target}"),
    "missed": Both("実績 {actual} は目標 {target} に届かない", "actual {actual} falls short of target {target}"),
    "worsened": Both(
        "実績 {actual} は目標 {target} に届かず、出発点 {began} より悪い",
        "actual {actual} falls short of target {target} and is worse than where it began, {began}",
    ),
    "unmeasured": Both("実績値または目標値がない", "no actual, or no target"),
}
_FROM_WHERE = Both("変化量の元になる開始値がない", "no baseline that the change could be added to")


def amount(value: float | None) -> str:
    """A number, or the mark for a missing one."""
    return MISSING if value is None else number(value)


def reached(row: Row) -> float | None:
    """The actual on the basis of the target: the level that a printed change led to, if it is known from where."""
    if row["actual"] is None or (row["basis"] == "change" and row["baseline"] is None):
        return None
    printed = float(row["actual"])
    return round(float(row["baseline"]) + printed, 9) if row["basis"] == "change" else printed


def basis(row: Row, display: Display) -> str:
    """The basis and the reason why it was chosen."""
    ruling = ruling_on(row, display)
    mirrored = row["basis"] == "increment" and row["aim"] == "decrease"
    reason = _DECLARED if ruling and ruling.basis else _MIRRORED if mirrored else REASONS[row["basis"]]
    return f"{column('kpis', 'basis').word(row['basis'], display.lang)} ({reason.say(display.lang)})"


def ruling_on(row: Row, display: Display) -> Override | None:
    """A curator's ruling on the KPI, if there is one."""
    return next((each for each in display.report.metadata.overrides if each.kpi == row["id"]), None)


def status(row: Row, display: Display) -> str:
    """Why the KPI has its status, with the numbers compared."""
    on_levels = row["basis"] in ("level", "change")
    began = amount(row["baseline"]) if on_levels else "0"
    sentence = (_FROM_WHERE if _unknown_start(row) else _STATUS[row["status"]]).say(display.lang)
    return sentence.format(actual=amount(reached(row)), target=amount(row["target"]), began=began)


def _unknown_start(row: Row) -> bool:
    """Whether it is for want of a baseline alone that a change, declared as such, is not judged."""
    return row["basis"] == "change" and row["baseline"] is None and None not in (row["actual"], row["target"])


def attainment(row: Row) -> str:
    """Attainment as formula and result; the mark for a missing value where it cannot be worked out."""
    if row["attainment"] is None:
        return MISSING
    return f"{_term(reached(row))} / {_term(row['target'])} = {percent(row['attainment'], 1)}"


def progress(row: Row) -> str:
    """Progress as formula and result; the mark for a missing value where it cannot be worked out."""
    if row["progress"] is None:
        return MISSING
    if row["basis"] in _OF_THE_TARGET:
        formula = f"{_term(row['actual'])} / {_term(row['target'])}"
    else:
        start = _term(row["baseline"])
        formula = f"({_term(reached(row))} - {start}) / ({_term(row['target'])} - {start})"
    return f"{formula} = {percent(row['progress'], 1)}"


def less_is_better(key: Literal["progress", "attainment"], row: Row) -> bool:
    """Whether a rate above 100% falls short: it is a share of a target that the actual is not to exceed.

    Of a target below 0 it is the other way round. The share of a way does not depend on the way's direction.
    """
    if row["target"] is None or (key == "progress" and row["basis"] not in _OF_THE_TARGET):
        return False
    below_zero: bool = row["target"] < 0
    return (row["aim"] in ("decrease", "maintain_below")) != below_zero


def _term(value: float | None) -> str:
    """A number inside a formula; a negative one in brackets."""
    text = amount(value)
    return f"({text})" if text.startswith("-") and text != MISSING else text


def gap(row: Row) -> str:
    """The gap as formula and result; the mark for a missing value where it cannot be worked out."""
    if row["gap"] is None:
        return MISSING
    return f"{_term(reached(row))} - {_term(row['target'])} = {amount(row['gap'])} {row['unit'] or ''}".rstrip()


def where(row: Row, display: Display) -> str:
    """The line of the source that a record stands in."""
    line = row["source_line"]
    return (_NO_LINE if line is None else _LINE.format(line=line)).say(display.lang)


def cells(row: Row) -> str:
    """A KPI's value cells as printed: baseline, target, unit, actual; nothing where none of them is known.

    An export keeps no unit as printed, and a unit may be printed elsewhere: then the unit itself stands in its place.
    """
    raw = {key: row[f"{key}_raw"] for key in ("baseline", "target", "unit", "actual")}
    if not any(raw.values()):
        return ""
    raw["unit"] = raw["unit"] or row["unit"]
    return f"「{' / '.join(text or '' for key, text in raw.items() if text or key != 'unit')}」"


def other_target(row: Row, display: Display) -> str:
    """A target that is not judged, being in words or of another year, and its date; empty where none is printed."""
    text, date = row.get("target_text"), row.get("target_date")
    due = _DUE.format(date=date).say(display.lang) if date else ""
    return " ".join(part for part in (f"「{text}」" if text else "", due) if part)


def printed(row: Row, display: Display) -> str:
    """The value cells as printed, with the line of the source they stand in."""
    return f"{where(row, display)}{cells(row)}"


def bar(progress_: float | None, width: int) -> str:
    """The way from baseline to target with the part gone filled; marked where it goes beyond an end.

    `<` stands for a fall below the baseline, `>` for more than the target; nothing where the way is unknown.
    """
    if progress_ is None or width < 4:
        return ""
    inner = width - 2
    filled = max(0, min(inner, int(progress_ * inner)))
    body = "#" * filled + "." * (inner - filled)
    if progress_ < 0:
        body = f"<{body[1:]}"
    return f"[{body[:-1]}>]" if progress_ > 1 else f"[{body}]"
