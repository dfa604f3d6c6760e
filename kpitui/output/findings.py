"""What the checks found, as a table for `kpitui checks` and as a few lines for the overview."""

from __future__ import annotations

from collections import Counter

import polars as pl

from kpitui.output import money
from kpitui.output.display import Display
from kpitui.report.check_words import CHECKS
from kpitui.report.checks import Finding, checks, tally
from kpitui.report.column import Column
from kpitui.report.declared import REPORT
from kpitui.report.model import Report
from kpitui.text.cells import clip, safe
from kpitui.text.prose import Line, Span, line, paragraph
from kpitui.text.wording import Both, Lang

_WEIGHTS = {
    3: Both("重", "serious"),
    2: Both("注意", "mind"),
    1: Both("参考", "remark"),
    0: Both("一致", "agrees"),
}
MOST = 50
"""Findings of one check, and ids in one finding, that the overview lists at most."""
_LONGEST = 1000
"""Cells of a finding's detail there."""
_WIDEST = 160
"""Cells of a finding's detail, and of its lines, in the table."""
_ALIKE = Both("… 同じ点検がほかに{count}件。全ては kpitui checks", "… and {count} more; all of them: kpitui checks")
_MORE = Both("ほかに参考{count}件。全ては kpitui checks", "{count} more remarks; all of them: kpitui checks")


def _text(key: str, ja: str, en: str) -> Column:
    return Column(key, Both(ja, en), "text", 60, Both("", ""))


WEIGHT = Column("weight", Both("重さ", "weight"), "integer", 6, Both("", ""))
COLUMNS = (
    _text("level", "重さ", "weight"),
    _text("code", "点検", "check"),
    _text("what", "見つかったこと", "what"),
    _text("detail", "どれ", "which"),
    Column("ids", Both("番号", "ids"), "codes", 30, Both("", "")),
    _text("lines", "出典行", "lines"),
    _text("why", "なぜ大切か", "why it matters"),
)


def columns(report: Report) -> tuple[Column, ...]:
    """The columns of the table; the report is among them where there are several."""
    return (REPORT, *COLUMNS) if report.several else COLUMNS


def table(report: Report, lang: Lang) -> pl.DataFrame:
    """A row for each finding, heaviest first, in the words of one language; `weight` is its number, 3 to 0."""
    rows = [_row(finding, report, lang) for finding in checks(report)]
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "weight": pl.Int64,
        "report": pl.String,
        **{each.key: pl.String for each in COLUMNS},
        "ids": pl.List(pl.String),
    }
    return pl.DataFrame(rows, schema=schema)


def shortened(found: pl.DataFrame) -> pl.DataFrame:
    """The table for people: what one finding names by the thousand is cut, as formats for programs have it whole."""
    texts = [pl.col(each).map_elements(_cut, pl.String) for each in ("detail", "lines")]
    return found.with_columns(*texts, pl.col("ids").list.head(MOST))


def _cut(text: str) -> str:
    return clip(text[:_LONGEST], _WIDEST)


def _row(finding: Finding, report: Report, lang: Lang) -> dict[str, object]:
    return {
        "weight": finding.weight,
        "report": finding.report,
        "level": _WEIGHTS[finding.weight].say(lang),
        "code": finding.check.code,
        "what": safe(money.inside(finding.check.what, report.metadata).say(lang)),
        "detail": finding.detail.say(lang),
        "ids": list(finding.ids),
        "lines": " ".join(map(str, finding.lines)),
        "why": finding.check.why.say(lang),
    }


def brief(display: Display, width: int) -> list[Line]:
    """What agrees in a line each, what weighs, and how many remarks there are; of many like findings the first."""
    found = [finding for finding in checks(display.report, MOST) if finding.weight != 1]
    counted = tally(display.report)
    left = counted - Counter(finding.check.code for finding in found)
    last = {finding.check.code: place for place, finding in enumerate(found)}
    lines: list[Line] = []
    for place, finding in enumerate(found):
        lines += _brief(finding, display, width)
        lines += _alike(left[finding.check.code], display) if last[finding.check.code] == place else []
    remarks = sum(count for code, count in counted.items() if CHECKS[code].weight == 1)
    return [*lines, line(_MORE.format(count=f"{remarks:,}").say(display.lang))] if remarks else lines


def _alike(left: int, display: Display) -> list[Line]:
    """How many more findings of a check there are, and how to see them."""
    return [line(Span(_ALIKE.format(count=f"{left:,}").say(display.lang), "dim"))] if left else []


def _detail(finding: Finding) -> Both:
    """What exactly was found, and in which of several reports."""
    return Both(*(f"{finding.report}: {each}" for each in finding.detail)) if finding.report else finding.detail


def _brief(finding: Finding, display: Display, width: int) -> list[Line]:
    named = ", ".join(map(display.short_id, finding.ids[:MOST])) + (f" {display.mark}" if finding.ids[MOST:] else "")
    # First by characters: a million numbers are missing where one is mistyped, and cells are slow to count.
    detail = named or display.text(clip(_detail(finding).say(display.lang)[:_LONGEST], _LONGEST - 1, display.mark))
    label = _WEIGHTS[finding.weight].say(display.lang)
    what = display.text(money.inside(finding.check.what, display.report.metadata).say(display.lang))
    return paragraph(f"{what}: {detail}", width, "", label)
