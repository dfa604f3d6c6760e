"""The working behind a verdict: the KPIs used, the readings, the criteria in the report's own words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from kpitui.output import words
from kpitui.output import working as working_words
from kpitui.output.display import MISSING, Display, Row
from kpitui.output.record import kpis_of
from kpitui.report.audit import READINGS, Reading, has_profile
from kpitui.report.columns import column
from kpitui.text.cells import fit
from kpitui.text.prose import Line, Span, Tone, line, line_by_line, paragraph
from kpitui.text.wording import Both

NO_PROFILE = Both(
    "この報告書は評価と基準を結びつけていないため、監査はありません",
    "this report ties no criteria to its ratings, so there is no audit",
)
_UNRATED = Both("評価がまだないため対象外", "not rated, so outside the audit")
_SENTENCES = {
    "consistent": Both(
        "公表された評価は、どの読み方でも印字された基準と一致する",
        "the published rating is admitted under every reading",
    ),
    "depends": Both(
        "公表された評価が印字された基準と一致するかは、読み方による",
        "whether the criteria admit the published rating depends on how they are read",
    ),
    "disagrees": Both(
        "公表された評価は、どの読み方でも印字された基準と一致しない",
        "the published rating disagrees with the printed criteria under every reading",
    ),
    "unrated": Both(
        "報告書の尺度による評価、または判定できるKPIがないため対象外",
        "outside the audit: no rating on the report's scale, or no KPI to judge by",
    ),
}
_UNMEASURED = {
    "left_out": Both("未計測は除く", "unmeasured left out"),
    "not_met": Both("未計測は未達とみなす", "unmeasured counts as not met"),
}
_WORSENED = {
    "any": Both("一つでも悪化なら「悪化」", "any KPI worsened"),
    "all": Both("全て悪化なら「悪化」", "only if all worsened"),
}
_CONDITIONS = {
    "all_met": Both("全て達成", "all met"),
    "worsened": Both("悪化あり", "worsened"),
    "none_progressed": Both("前進したKPIなし", "no KPI moved forward"),
    "none_met": Both("達成なし", "none met"),
    "some_met": Both("一部達成", "some met"),
    "otherwise": Both("ほかの条件に当たらない", "no other condition applies"),
}
_ALL_READINGS = Both("どの読み方でも", "under every reading")
_ADMITS = Both("評価 {ranks} を認める", "admits {ranks}")
_LINE = Both("{line}行目", "line {line}")
_READINGS = Both("基準の読み方", "readings of the criteria")
_USED = Both("用いたKPI", "KPIs used")
_OUTRANKED = Both(
    "達成割合がより低いのに評価がより高い事業: {count}件",
    "projects with a lower share met and a better rating: {count}",
)


def working(row: Row, display: Display, width: int) -> Iterator[Line]:
    """A project's verdict with everything it rests on, as lines of at most `width` cells."""
    row, display = display.own(row)
    if has_profile(display.report.metadata):
        yield from _worked_out(row, display, width)
    else:
        yield from paragraph(NO_PROFILE.say(display.lang), width)


def _worked_out(row: Row, display: Display, width: int) -> Iterator[Line]:
    yield from _verdict(row, display, width)
    yield line("")
    yield line(Span(_READINGS.say(display.lang), "strong"))
    for reading in READINGS:
        yield from _reading(reading, row, display, width)
    yield line("")
    yield line(Span(f"{_USED.say(display.lang)} ({display.share(row)})", "strong"))
    for kpi in kpis_of(display.report, row["id"]):
        yield from _kpi(kpi, display, width)
    yield from _outranked(row, display, width)
    yield line("")
    yield line(Span(words.CRITERIA.say(display.lang), "strong"))
    yield from _criteria(row, display, width)


def brief(row: Row, display: Display, width: int) -> list[Line]:
    """The verdict in a few lines: the published rating, and what the criteria admit under which readings."""
    row, display = display.own(row)
    if not has_profile(display.report.metadata):
        return paragraph(NO_PROFILE.say(display.lang), width)
    outcomes: dict[str, list[Reading]] = {}
    for reading in READINGS:
        outcomes.setdefault(_outcome(row, reading, display), []).append(reading)
    told = [f"{_under(readings, display)}: {outcome}" for outcome, readings in outcomes.items()]
    return [*_verdict(row, display, width), *(each for text in told for each in paragraph(text, width, label="-"))]


def _under(readings: list[Reading], display: Display) -> str:
    """What the readings have in common, in words."""
    if len(readings) == len(READINGS):
        return _ALL_READINGS.say(display.lang)
    worsened, unmeasured = {each.worsened for each in readings}, {each.unmeasured for each in readings}
    common = [_WORSENED[each].say(display.lang) for each in worsened if len(worsened) == 1]
    common += [_UNMEASURED[each].say(display.lang) for each in unmeasured if len(unmeasured) == 1]
    return ", ".join(common) or " / ".join(_says(each, display) for each in readings)


def _outcome(row: Row, reading: Reading, display: Display) -> str:
    """The condition that decides under a reading and the ranks it admits."""
    found = row["readings"][reading.key]
    if found["condition"] is None:
        return MISSING
    condition = _CONDITIONS[found["condition"]].say(display.lang)
    return f"{condition} -> {_ADMITS.format(ranks=', '.join(map(str, found['admitted']))).say(display.lang)}"


def _verdict(row: Row, display: Display, width: int) -> list[Line]:
    verdict = column("audit", "verdict").word(row["verdict"], display.lang)
    unrated = row["rating"] is None and row["verdict"] == "unrated"
    sentence = (_UNRATED if unrated else _SENTENCES[row["verdict"]]).say(display.lang)
    published = display.text(row["rating"] or row["rating_text"] or MISSING)
    gloss = display.gloss(row["rating"] or "")
    told = f"{published} ({gloss})" if gloss else published
    return [
        *paragraph(sentence, width, "worsened" if row["verdict"] == "disagrees" else "strong", verdict),
        *paragraph(told, width, "", words.RATING.say(display.lang)),
    ]


def _reading(reading: Reading, row: Row, display: Display, width: int) -> list[Line]:
    """One reading: what it takes the criteria to mean, and what it comes to."""
    return paragraph(f"{_says(reading, display)}: {_outcome(row, reading, display)}", width, label="-")


def _says(reading: Reading, display: Display) -> str:
    return f"{_UNMEASURED[reading.unmeasured].say(display.lang)}, {_WORSENED[reading.worsened].say(display.lang)}"


def _kpi(row: Row, display: Display, width: int) -> Iterator[Line]:
    status = column("kpis", "status").word(row["status"], display.lang)
    change = "" if row["change"] is None else column("kpis", "change").word(row["change"], display.lang)
    where = working_words.where(row, display)
    label = f"{fit(status, 11)}{fit(change, 7)}"
    lines = line_by_line(f"{display.short_id(row['id'])} {display.text(row['name'])} ({where})", width, label=label)
    first = next(lines)
    yield Span(first[0].text, cast("Tone", row["status"])), *first[1:]
    yield from lines


def _outranked(row: Row, display: Display, width: int) -> list[Line]:
    if not row["outranked"]:
        return []
    return [line(""), *paragraph(_OUTRANKED.format(count=row["outranked"]).say(display.lang), width)]


def _criteria(row: Row, display: Display, width: int) -> list[Line]:
    """The printed sentences with their source lines, the published level's set off."""
    lines: list[Line] = []
    for rating in display.report.metadata.ratings:
        own = rating.rank == row["rating_rank"]
        text = display.text(str(rating.criterion.value)) if rating.criterion else MISSING
        where = f" ({_LINE.format(line=rating.criterion.line).say(display.lang)})" if rating.criterion else ""
        mark = f"{'>' if own else ' '} {rating.rank}"
        lines += paragraph(f"{display.text(rating.text)}: {text}{where}", width, "strong" if own else "", mark)
    return lines
