"""The report at a glance: how its KPIs stand, what disagrees, where the money went, what it prints of itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, cast

import polars as pl

from kpitui.output import money, together, words
from kpitui.output.display import MISSING, Display, Row, issued, number, percent
from kpitui.output.findings import brief
from kpitui.output.matrix import matrix
from kpitui.report.audit import has_profile
from kpitui.report.column import STATUSES
from kpitui.report.columns import column
from kpitui.report.model import Grant, Report
from kpitui.report.rollup import RULES, WORDS, YARDSTICKS, Rule, Yardstick, counts, rollup
from kpitui.text.cells import fit
from kpitui.text.cells import width as cells
from kpitui.text.prose import Line, Span, Tone, clipped, line, paragraph
from kpitui.text.wording import Both

_AS_OF = Both("{month} 時点", "as of {month}")
_ADOPTED = Both("{printed}事業 (表には{listed})", "{printed} ({listed} listed)")
_SHARE = Both(
    "計測済み{measured}件中 {met}件達成 ({share})、全{total}件",
    "{met} met of {measured} measured ({share}), of {total} in all",
)
_PROJECTS = Both("事業の達成 (数え方で変わる)", "projects by success (the rule changes the story)")
_SUCCESS = Both(
    "{rule}: {projects}事業中 {successes} ({share})", "{rule}: {successes} of {projects} projects ({share})"
)
_YARDSTICK = Both("参考: {of} {share} ({source}、{date})", "yardstick: {of} {share} ({source}, {date})")
_DISAGREE = Both(
    "評価が印字された基準と一致しない・解釈による事業",
    "ratings that disagree with the printed criteria, or depend on the reading",
)
_SPEND = Both("評価ごとの実績額 (千円)", "spend by rating (thousand yen)")
_BY_SHARE = Both(
    "KPI達成の低い順: 達成、評価、実績額 (千円)", "projects by share met: share, rating, spend (thousand yen)"
)
_CHECKS = Both("報告書の点検", "the report against itself")
_PARTED = 1
"""Blanks at least between a label and its figure."""
_BAR = 24
_MOST = 300
"""Projects that a list of the page names at most."""
_MORE = Both("… ほかに{count}事業。全ては kpitui {command}", "… and {count} more; all of them: kpitui {command}")


def overview(display: Display, width: int, rule: Rule = "all", *, plain: bool = False) -> list[Line]:
    """The whole page as lines of at most `width` cells; `plain` leaves out what only an eye can read.

    `rule` says when a project counts as a success; it stands beside its figure.
    """
    sections = [
        _title(display, width),
        together.reports(display, width),
        _statuses(display, width, plain=plain),
        _successes(display, width, rule),
        _disagreeing(display, width),
        matrix(display, width, plain=plain),
        _spend(display, width, plain=plain),
        _by_share(display, width, plain=plain),
        _checks(display, width),
        *(each for own in display.every for each in _printed(own, width)),
    ]
    return [clipped(spans, width) for spans in _spaced(sections)]


def _printed(display: Display, width: int) -> list[list[Line]]:
    """What one report prints of itself; of several, its name goes before."""
    printed = [
        *(_grant(grant, display, width) for grant in display.report.metadata.grants),
        _criteria(display, width),
        _evaluation(display, width),
    ]
    return [together.name(display, width), *printed] if any(printed) else []


def data(report: Report) -> dict[str, Any]:
    """The same as plain values, for JSON: printed facts, counts by status, successes by each rule, the matrix.

    Of several reports the printed facts stand under `reports`, in the same words for each, and the rest is of all.
    """
    if report.several:
        return {"reports": [{"report": each.key, **data(each.report)} for each in report.parts], **_reckoned(report)}
    facts = asdict(report.metadata)
    facts.pop("overrides")
    return {**facts, **_reckoned(report)}


def _reckoned(report: Report) -> dict[str, Any]:
    """What is worked out from the rows."""
    groups = report.projects.group_by("rating", "direction", maintain_order=True).len("projects")
    matrix_rows = groups.sort("rating", "direction", nulls_last=True).rows(named=True)
    return {
        "projects": report.projects.height,
        "kpis": report.kpis.height,
        "status": counts(report),
        "rollup": [asdict(rollup(report.projects, rule)) for rule in RULES],
        "verdicts": dict(report.projects["verdict"].drop_nulls().value_counts(sort=True).iter_rows()),
        "matrix": matrix_rows,
        "yardsticks": [asdict(each) for each in YARDSTICKS],
    }


def _spaced(sections: Iterable[Sequence[Line]]) -> list[Line]:
    """The sections one after the other with an empty line between them."""
    filled = [section for section in sections if section]
    return [each for place, section in enumerate(filled) for each in ([line("")] if place else []) + list(section)]


def _heading(what: Both, display: Display, width: int) -> list[Line]:
    return paragraph(what.say(display.lang), width, "strong")


def _title(display: Display, width: int) -> list[Line]:
    if display.report.several:
        return together.title(display, width)
    metadata = display.report.metadata
    as_of = _AS_OF.format(month=metadata.as_of.value).say(display.lang) if metadata.as_of else ""
    facts = f"{issued(display.report, display.lang)}  {as_of}".strip()
    return [
        *paragraph(display.text(str(metadata.title.value)), width, "strong"),
        *paragraph(display.text(facts), width),
    ]


def _statuses(display: Display, width: int, *, plain: bool) -> list[Line]:
    """Four counts, never three, each with a bar of its share of all KPIs; then the share met, and the yardstick."""
    found = counts(display.report)
    total = sum(found.values())
    measured = total - found["unmeasured"]
    share = percent(found["met"] / measured) if measured else MISSING
    figures = {"met": found["met"], "measured": measured, "total": total}
    told = _SHARE.format(share=share, **{key: number(each) for key, each in figures.items()}).say(display.lang)
    lines = [_status_line(code, count, total, display, 0 if plain else width) for code, count in found.items()]
    return [
        *_heading(words.BY_STATUS, display, width),
        *lines,
        *paragraph(told, width),
        *_yardstick(next(each for each in YARDSTICKS if each.rule is None), display, width),
    ]


def _status_line(code: str, count: int, total: int, display: Display, width: int) -> Line:
    label = max(cells(status.words.say(display.lang)) for status in STATUSES)
    figure = max(7, len(number(total)) + _PARTED)
    word = column("kpis", "status").word(code, display.lang)
    share = count / total if total else 0.0
    tone = cast("Tone", code)
    told = f"{number(count):>{figure}}  {percent(share):>4}  "
    return line(Span(fit(word, label), tone), told, Span(_bar(share, width - figure - 23), tone))


def _bar(share: float, room: int) -> str:
    """A bar of a share of the room; anything above nothing shows."""
    return "#" * max(round(share * room), 1 if share > 0 and room > 0 else 0)


def _yardstick(yardstick: Yardstick, display: Display, width: int) -> list[Line]:
    told = _YARDSTICK.format(
        of=yardstick.of, share=percent(yardstick.ratio), source=yardstick.source, date=yardstick.date
    )
    return paragraph(told.say(display.lang), width, "dim")


def _successes(display: Display, width: int, rule: Rule) -> list[Line]:
    """Projects that count as a success by each rule, the chosen one marked; the yardstick beside its own rule."""
    lines = _heading(_PROJECTS, display, width)
    for each in RULES:
        found = rollup(display.report.projects, each)
        share = percent(found.successes / found.projects) if found.projects else MISSING
        successes, projects = number(found.successes), number(found.projects)
        told = _SUCCESS.format(rule=WORDS[each], projects=projects, successes=successes, share=share)
        lines += paragraph(
            told.say(display.lang), width, "strong" if each == rule else "", "[x]" if each == rule else "[ ]"
        )
        lines += [spans for known in YARDSTICKS if known.rule == each for spans in _yardstick(known, display, width)]
    return lines


def _disagreeing(display: Display, width: int) -> list[Line]:
    """The projects whose rating is not admitted under every reading, with what the criteria admit."""
    if not has_profile(display.report.metadata):
        return []
    every = display.report.projects.lazy().filter(pl.col("verdict").is_in(["disagrees", "depends"]))
    found = (
        every.select("verdict", "met_share", "id", "name", "rating", "readings").sort("verdict", "met_share").collect()
    )
    rows = found.head(_MOST)
    verdict = column("audit", "verdict")
    lines = [
        each
        for row in rows.iter_rows(named=True)
        for each in paragraph(
            f"{display.short_id(row['id'])} {display.text(row['name'])}: {_short(row['rating'], display)}, "
            f"{column('audit', 'admitted').label.say(display.lang)} {display.admitted(row)}",
            width,
            "worsened" if row["verdict"] == "disagrees" else "",
            fit(verdict.word(row["verdict"], display.lang), 9),
        )
    ]
    lines += _more(found.height, "audit --verdict disagrees,depends --sort verdict,met_share", display, width)
    return [*_heading(_DISAGREE, display, width), *(lines or [line(words.NONE.say(display.lang))])]


def _more(count: int, command: str, display: Display, width: int) -> list[Line]:
    """How many of a list were left out, and the command that lists them all."""
    if count <= _MOST:
        return []
    return paragraph(_MORE.format(count=f"{count - _MOST:,}", command=command).say(display.lang), width, "dim")


def _short(text: str | None, display: Display) -> str:
    return words.NONE.say(display.lang) if text is None else display.text(display.short(text))


def _spend(display: Display, width: int, *, plain: bool) -> list[Line]:
    """What was spent on the projects of each rating, with a bar; those without a rating too."""
    costs = display.report.projects.filter(pl.col("cost").is_not_null())
    spent = costs.group_by("rating").agg(pl.col("cost").sum()).sort("rating", nulls_last=True)
    if spent.is_empty():
        return []
    most, label = max(spent["cost"].max() or 1, 1), max(cells(_short(each, display)) for each in spent["rating"])
    figure = max(11, *(len(number(cost)) + _PARTED for cost in spent["cost"]))
    room = 0 if plain else width - label - figure - 3
    lines = [
        line(fit(_short(rating, display), label), f"{number(cost):>{figure}}  ", _bar(cost / most, room))
        for rating, cost in spent.iter_rows()
    ]
    return [*_heading(money.inside(_SPEND, display.report.metadata), display, width), *lines]


def _by_share(display: Display, width: int, *, plain: bool) -> list[Line]:
    """Projects by share met, the lowest first, beside rating and spend: a better rating on a lower share shows."""
    keys = "id", "met_share", "met", "kpi_count", "unmeasured", "worsened", "rating", "cost"
    found = display.report.projects.lazy().select(keys).filter(pl.col("met_share").is_not_null())
    ordered = found.sort("met_share", maintain_order=True).collect()
    rows = ordered.head(_MOST).rows(named=True)
    if not rows:
        return []
    most = cast("int | None", ordered["cost"].max()) or 1
    ids = max(cells(display.short_id(row["id"])) for row in rows)
    ratings = max(cells(_short(row["rating"], display)) for row in rows)
    share = max(14, *(cells(display.share(row)) + _PARTED for row in rows))
    figure = max(10, *(cells(_spent(row)) for row in rows))
    room = 0 if plain else max(width - ids - ratings - share - figure - 14, 4)
    lines = [
        line(
            fit(display.short_id(row["id"]), ids),
            f"  {percent(row['met_share']):>4}  ",
            fit(display.share(row), share),
            fit(_short(row["rating"], display), ratings),
            f"  {_spent(row):>{figure}}  ",
            _bar((row["cost"] or 0) / most, min(room, _BAR)),
        )
        for row in rows
    ]
    lines += _more(ordered.height, "projects --sort met_share", display, width)
    return [*_heading(money.inside(_BY_SHARE, display.report.metadata), display, width), *lines]


def _spent(row: Row) -> str:
    return MISSING if row["cost"] is None else number(row["cost"])


def _checks(display: Display, width: int) -> list[Line]:
    return [*_heading(_CHECKS, display, width), *brief(display, width)]


def _grant(grant: Grant, display: Display, width: int) -> list[Line]:
    """A grant with what the publication prints of it."""
    count = display.report.projects.filter(pl.col("grant") == grant.key).height
    adopted = grant.adopted and _ADOPTED.format(printed=grant.adopted.value, listed=count).say(display.lang)
    told = [
        (words.PURPOSE, grant.purpose and str(grant.purpose.value)),
        (words.BUDGET, grant.budget and str(grant.budget.value)),
        (words.ADOPTED, adopted),
        (words.COST, grant.cost and _thousands(int(grant.cost.value), display)),
        (words.TOTAL, grant.total and _thousands(int(grant.total.value), display)),
    ]
    lines = [each for what, text in told if text for each in _told(what, text, display, width)]
    return [*paragraph(display.text(grant.name), width, "strong"), *lines]


def _told(what: Both, text: str, display: Display, width: int) -> list[Line]:
    return paragraph(display.text(text), width, "", fit(what.say(display.lang), 15))


def _thousands(value: int, display: Display) -> str:
    unit = display.text(money.long(display.report.metadata).say(display.lang))
    return f"{value:,}{'' if display.lang == 'ja' else ' '}{unit}"


def _criteria(display: Display, width: int) -> list[Line]:
    """The report's own criteria beside its ratings."""
    lines: list[Line] = []
    for rating in display.report.metadata.ratings:
        criterion = display.text(str(rating.criterion.value)) if rating.criterion else MISSING
        lines += paragraph(display.text(rating.text), width, "strong", f"{rating.rank}")
        lines += paragraph(criterion, width, indent=2)
    return [*_heading(words.CRITERIA, display, width), *lines] if lines else []


def _evaluation(display: Display, width: int) -> list[Line]:
    sentences = display.report.metadata.evaluation
    lines = [each for fact in sentences for each in paragraph(display.text(str(fact.value)), width, label="-")]
    return [*_heading(words.EVALUATION, display, width), *lines] if lines else []
