"""Several reports at a glance: which they are, how each stands beside the others, and where their scales differ."""

from __future__ import annotations

from kpitui.output import words
from kpitui.output.display import MISSING, Display, issued, number, percent
from kpitui.report.columns import STATUSES
from kpitui.report.model import Report
from kpitui.report.scales import scales_differ
from kpitui.text.cells import fit
from kpitui.text.cells import width as cells
from kpitui.text.prose import Line, Span, line, paragraph
from kpitui.text.wording import Both

_BY_REPORT = Both("報告書ごと (実績額は千円)", "by report (spend in thousand yen)")
_HEADS = (words.PROJECTS, words.KPIS, *(status.words for status in STATUSES), words.COST)
_SHARE = Both("達成率", "met")
_ALL = Both("計", "all")
_DIFFER = Both(
    "評価の尺度は報告書により異なる。順位は各報告書のもので、報告書を越えて比べられない",
    "the reports rate on different scales: a rank is its own report's, and compares with none of another's",
)


def title(display: Display, width: int) -> list[Line]:
    """How many reports there are, then each with publisher, year and title."""
    lines = paragraph(issued(display.report, display.lang), width, "strong")
    for own in display.every:
        lines += paragraph(own.text(_told(own)), width, label=own.text(own.within))
    differ = paragraph(_DIFFER.say(display.lang), width, "strong") if scales_differ(display.report) else []
    return [*lines, *differ]


def name(display: Display, width: int) -> list[Line]:
    """The heading of what one of several reports prints; nothing where there is only one."""
    return paragraph(display.text(f"{display.within}: {_told(display)}"), width, "strong") if display.within else []


def _told(display: Display) -> str:
    return f"{issued(display.report, display.lang)} {display.report.metadata.title.value}".strip()


def reports(display: Display, width: int) -> list[Line]:
    """A line of counts and spend for each report, and one for all of them; nothing where there is only one.

    What is spent is kept in thousand yen by every report, so that it adds up.
    """
    if not display.report.several:
        return []
    rows = [_figures(own.report) for own in display.every] + [_figures(display.report)]
    names = [own.text(own.within) for own in display.every] + [_ALL.say(display.lang)]
    heads = [each.say(display.lang) for each in (*_HEADS, _SHARE)]
    wide = [max(map(cells, texts)) for texts in zip(heads, *rows, strict=True)]
    label = min(max(map(cells, names)), max(width - sum(wide) - 2 * len(wide), 8))
    table = [_line(own, texts, label, wide) for own, texts in zip(names, rows, strict=True)]
    return [
        *paragraph(_BY_REPORT.say(display.lang), width, "strong"),
        line(Span(_aligned("", heads, label, wide), "label")),
        *table,
    ]


def _line(own: str, texts: list[str], label: int, wide: list[int]) -> Line:
    return line(_aligned(own, texts, label, wide))


def _aligned(own: str, texts: list[str], label: int, wide: list[int]) -> str:
    figures = "  ".join(fit(text, cells_, "right") for text, cells_ in zip(texts, wide, strict=True))
    return f"{fit(own, label)}  {figures}"


def _figures(report: Report) -> list[str]:
    """Projects, KPIs, KPIs by status, spend, and the share met of the measured."""
    counts = {status.code: int((report.kpis["status"] == status.code).sum()) for status in STATUSES}
    measured = report.kpis.height - counts["unmeasured"]
    costs = report.projects["cost"].drop_nulls()
    return [
        number(report.projects.height),
        number(report.kpis.height),
        *(number(each) for each in counts.values()),
        number(int(costs.sum())) if len(costs) else MISSING,
        percent(counts["met"] / measured) if measured else MISSING,
    ]
