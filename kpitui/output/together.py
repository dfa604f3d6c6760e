"""Several reports at a glance: which they are, how each stands beside the others, and where their scales differ."""

from __future__ import annotations

from collections.abc import Sequence

from kpitui.output import money, words
from kpitui.output.display import MISSING, Display, issued, number, percent
from kpitui.report.column import STATUSES
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
    heading = paragraph(money.inside(_BY_REPORT, display.report.metadata).say(display.lang), width, "strong")
    return [*heading, *(_table(names, heads, rows, width) or _paragraphs(names, heads, rows, width))]


def _table(names: Sequence[str], heads: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[Line]:
    """A line for each report, its name cut where it must be; none where figures or names apart have no room."""
    wide = [max(map(cells, texts)) for texts in zip(heads, *rows, strict=True)]
    for gap in (2, 1):
        label = min(max(map(cells, names)), width - sum(wide) - gap * len(wide))
        if len({fit(each, max(label, 0)) for each in names}) == len(names):
            texts = [_aligned(*each, label, wide, " " * gap) for each in zip(("", *names), (heads, *rows), strict=True)]
            return [line(Span(texts[0], "label")), *map(line, texts[1:])]
    return []


def _aligned(name: str, figures: Sequence[str], label: int, wide: Sequence[int], gap: str) -> str:
    right = (fit(text, room, "right") for text, room in zip(figures, wide, strict=True))
    return gap.join((fit(name, label), *right))


def _paragraphs(names: Sequence[str], heads: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[Line]:
    """The same where the table is too wide, for a figure that is cut is another one."""
    told = [", ".join(f"{head} {text}" for head, text in zip(heads, row, strict=True)) for row in rows]
    return [each for name, text in zip(names, told, strict=True) for each in paragraph(text, width, label=name)]


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
