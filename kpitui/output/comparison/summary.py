"""A comparison at a glance: how much was paired, how much differs, and what could not be compared."""

from __future__ import annotations

import polars as pl

from kpitui.output import words
from kpitui.output.comparison.wording import COMMA, label, several
from kpitui.output.display import Display, issued, number
from kpitui.report.compare import Comparison, tells_scale
from kpitui.report.difference import KINDS, Kind
from kpitui.report.model import Report
from kpitui.report.pairing import SURE
from kpitui.text.wording import Both, Lang

_PAIRED = Both(
    "{what} {all}件中{paired}件を対応づけ (うち確実{sure}件)", "{paired} of {all} {what} paired ({sure} surely)"
)
_UNEQUAL = Both("{a}件・{b}", "{a} and {b}")
_ALONE = {"dropped": Both("なくなった{what}", "{what} dropped"), "new": Both("新しい{what}", "{what} new")}
_AND = Both("と", " and ")
_NOTHING = Both("違いなし", "nothing differs")
_EARLIER, _LATER = Both("前", "earlier"), Both("後", "later")
_SILENT = Both("一方の報告書に値がないため比べていない列: {columns}", "not compared, since one report has no {columns}")
_YEARS = Both("両方にあるため比べた実績の年度: {years}", "actuals compared, since both reports tell them: {years}")
_NO_YEARS = Both(
    "両方に実績のある年度がないため、同じ年の実績の訂正は調べていない",
    "no year's actuals stand in both reports, so none could be found restated",
)
_TARGET_YEARS = Both(
    "両方にあるため比べた目標の年度: {years}", "yearly targets compared, since both tell them: {years}"
)
_SAME_SCALE = Both("評価の尺度に違いはない", "the rating scales do not differ")
_SAME_LEVELS = Both(
    "評価の尺度は、付けられた評価の順位だけを比べ、違いはない (尺度そのものを示さない報告書がある)",
    "rating scales compared by the ranks of ratings given alone, which do not differ (not both reports tell a scale)",
)
_NO_SCALE = Both("評価の尺度は、一方にないため比べていない", "rating scales not compared, since one report has none")
_BACKWARDS = Both(
    "注意: 前として指定された報告書の方が新しい年度のもの。順を入れ替えるには kpitui compare B A",
    "mind: the report named first is of the later year; kpitui compare B A sets them the right way round",
)


def summary(comparison: Comparison, lang: Lang) -> str:
    """How many were paired, and how much of each kind differs, in one sentence."""
    a, b, pairs = comparison.a, comparison.b, comparison.pairs
    told = [
        *_share(words.PROJECTS, a.projects, b.projects, pairs.projects, lang),
        *_share(words.KPIS, a.kpis, b.kpis, pairs.kpis, lang),
        *(_counted(comparison, kind, lang) for kind in KINDS if comparison.of(kind.code)),
    ]
    if not comparison.differences:
        told.append(_NOTHING.say(lang))
    return COMMA.say(lang).join(told)


def _share(what: Both, ours: pl.DataFrame, theirs: pl.DataFrame, pairs: pl.DataFrame, lang: Lang) -> list[str]:
    """How many of both reports' rows were paired, and how many of them surely; nothing where there are no rows."""
    unequal = ours.height != theirs.height
    a, b = number(ours.height), number(theirs.height)
    every: Both | str = _UNEQUAL.format(a=a, b=b) if unequal else a
    sure = int((pairs["sure"] == SURE).sum())
    told = _PAIRED.format(what=what, all=every, paired=number(pairs.height), sure=number(sure)).say(lang)
    return [told] if ours.height or theirs.height else []


def _counted(comparison: Comparison, kind: Kind, lang: Lang) -> str:
    found = comparison.of(kind.code)
    if kind.code not in _ALONE:
        return (kind.one if len(found) == 1 else kind.many).format(count=number(len(found))).say(lang)
    projects = sum(each.table == "projects" for each in found)
    counts = several(projects, "事業", "project"), several(len(found) - projects, "KPI", "KPI")
    told = _AND.say(lang).join(each.say(lang) for each in counts if each)
    return _ALONE[kind.code].format(what=told).say(lang)


def circumstances(comparison: Comparison, lang: Lang, *, ascii_: bool = False) -> list[tuple[str, str]]:
    """Which reports these are, and what could not be compared, each with a label or none."""
    display = Display(comparison.a, lang, ascii_)
    reports = [
        (label_.say(lang), display.text(_report(report, lang)))
        for label_, report in ((_EARLIER, comparison.a), (_LATER, comparison.b))
    ]
    told = (*_order(comparison), *_scale(comparison), *_years(comparison), *_silent(comparison, lang))
    return [*reports, *(("", each.say(lang)) for each in told)]


def _report(report: Report, lang: Lang) -> str:
    metadata = report.metadata
    return " ".join(part for part in (issued(report, lang), str(metadata.title.value), f"({metadata.id})") if part)


def _order(comparison: Comparison) -> list[Both]:
    a, b = comparison.a.metadata.fiscal_year, comparison.b.metadata.fiscal_year
    return [_BACKWARDS] if a and b and int(a.value) > int(b.value) else []


def _scale(comparison: Comparison) -> list[Both]:
    reports = comparison.a, comparison.b
    scales = [each.metadata.ratings for each in reports]
    if not any(scales) or comparison.of("scale"):
        return []
    if not all(scales):
        return [_NO_SCALE]
    return [_SAME_SCALE if all(map(tells_scale, reports)) else _SAME_LEVELS]


def _years(comparison: Comparison) -> list[Both]:
    actuals, targets = (", ".join(map(str, each)) for each in (comparison.years, comparison.target_years))
    told = _YEARS.format(years=actuals) if actuals else _NO_YEARS
    return [told, _TARGET_YEARS.format(years=targets)] if targets else [told]


def _silent(comparison: Comparison, lang: Lang) -> list[Both]:
    columns = ", ".join(label(each).say(lang) for each in comparison.silent)
    return [_SILENT.format(columns=columns)] if columns else []
