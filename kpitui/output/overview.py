"""The report at a glance: its grants, its KPIs by status, rating against direction, the printed criteria."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, cast

import polars as pl

from kpitui.output import words
from kpitui.output.display import MISSING, Display, fiscal_year, percent
from kpitui.report.columns import STATUSES
from kpitui.report.model import Grant, Report
from kpitui.text.cells import fit, safe
from kpitui.text.cells import width as cells
from kpitui.text.prose import Line, Span, Tone, line, paragraph
from kpitui.text.wording import Both

_AS_OF = Both("{month} 時点", "as of {month}")
_ADOPTED = Both("{printed}事業 (表には{listed})", "{printed} projects ({listed} listed)")


def overview(display: Display, width: int) -> list[Line]:
    """The whole page as lines of at most `width` cells."""
    sections = [_title(display, width), _statuses(display, width), _matrix(display)]
    sections += [_grant(grant, display, width) for grant in display.report.metadata.grants]
    sections += [_criteria(display, width), _evaluation(display, width)]
    return _spaced(sections)


def counts(report: Report) -> dict[str, int]:
    """How many KPIs have each status, in the registry's order."""
    return {status.code: int((report.kpis["status"] == status.code).sum()) for status in STATUSES}


def data(report: Report) -> dict[str, Any]:
    """The same as plain values, for JSON: printed facts, counts by status, rating × direction."""
    groups = report.projects.group_by("rating", "direction", maintain_order=True).len("projects")
    matrix = groups.sort("rating", "direction", nulls_last=True).rows(named=True)
    facts = asdict(report.metadata)
    facts.pop("overrides")
    return {
        **facts,
        "projects": report.projects.height,
        "kpis": report.kpis.height,
        "status": counts(report),
        "matrix": matrix,
    }


def _spaced(sections: Iterable[Sequence[Line]]) -> list[Line]:
    """The sections one after the other with an empty line between them."""
    filled = [section for section in sections if section]
    return [each for place, section in enumerate(filled) for each in ([line("")] if place else []) + list(section)]


def _heading(what: Both, display: Display) -> Line:
    return line(Span(what.say(display.lang), "strong"))


def _title(display: Display, width: int) -> list[Line]:
    metadata = display.report.metadata
    inferred = f" ({words.INFERRED.say(display.lang)})" if "publisher" in metadata.inferred else ""
    year = fiscal_year(int(metadata.fiscal_year.value), display.lang)
    as_of = _AS_OF.say(display.lang).format(month=metadata.as_of.value)
    facts = f"{metadata.publisher}{inferred}  {year}  {as_of}"
    return [*paragraph(safe(str(metadata.title.value)), width, "strong"), *paragraph(safe(facts), width)]


def _statuses(display: Display, width: int) -> list[Line]:
    """Four counts, never three, each with a bar of its share of all KPIs."""
    found = counts(display.report)
    total = sum(found.values())
    label = max(cells(status.words.say(display.lang)) for status in STATUSES)
    room = max(width - label - 16, 4)
    lines = [_status_line(code, count, total, label, room, display) for code, count in found.items()]
    measured = total - found["unmeasured"]
    share = f"{found['met']} / {measured} ({percent(found['met'] / measured)})" if measured else MISSING
    all_of = {
        "ja": f"計測済み{measured}件中の達成 {share}、全{total}件",
        "en": f"met of measured {share}, of {total} in all",
    }
    return [_heading(words.BY_STATUS, display), *lines, line(all_of[display.lang])]


def _status_line(code: str, count: int, total: int, label: int, room: int, display: Display) -> Line:
    word = next(status.words.say(display.lang) for status in STATUSES if status.code == code)
    share = count / total if total else 0.0
    bar = "#" * max(round(share * room), 1 if count else 0)
    return line(
        Span(fit(word, label), cast("Tone", code)),
        f"{count:>7,}  {percent(share):>4}  ",
        Span(bar, cast("Tone", code)),
    )


def _matrix(display: Display) -> list[Line]:
    """How many projects have each rating and direction; a missing one is counted too."""
    projects = display.report.projects
    ratings = _found(projects["rating"])
    directions = _found(projects["direction"])
    if not ratings or not directions:
        return []
    heads = [_short(text, display) for text in directions]
    label = max(cells(_short(text, display)) for text in ratings)
    widths = [max(cells(head), 4) for head in heads]
    head = "  ".join(fit(text, wide, "right") for text, wide in zip(heads, widths, strict=True))
    rows = [_matrix_row(rating, directions, label, widths, display) for rating in ratings]
    return [_heading(words.MATRIX, display), line(" " * (label + 2), head), *rows]


def _matrix_row(
    rating: str | None, directions: list[str | None], label: int, widths: list[int], display: Display
) -> Line:
    projects = display.report.projects
    same = projects.filter(pl.col("rating").eq_missing(pl.lit(rating)))
    found = [same.filter(pl.col("direction").eq_missing(pl.lit(direction))).height for direction in directions]
    numbers = "  ".join(fit(str(count), wide, "right") for count, wide in zip(found, widths, strict=True))
    return line(fit(_short(rating, display), label), "  ", numbers)


def _found(values: pl.Series) -> list[str | None]:
    """The values of a scale in its order, those nobody has included, and None if one is missing."""
    scale = list(values.dtype.categories) if isinstance(values.dtype, pl.Enum) else []
    return [*scale, None] if values.null_count() else scale


def _short(text: str | None, display: Display) -> str:
    return words.NONE.say(display.lang) if text is None else safe(display.short(text))


def _grant(grant: Grant, display: Display, width: int) -> list[Line]:
    """A grant with what the publication prints of it."""
    count = display.report.projects.filter(pl.col("grant") == grant.key).height
    told = [
        (words.PURPOSE, grant.purpose and str(grant.purpose.value)),
        (words.BUDGET, grant.budget and str(grant.budget.value)),
        (
            words.ADOPTED,
            grant.adopted and _ADOPTED.say(display.lang).format(printed=grant.adopted.value, listed=count),
        ),
        (words.COST, grant.cost and _thousand_yen(int(grant.cost.value), display)),
        (words.TOTAL, grant.total and _thousand_yen(int(grant.total.value), display)),
    ]
    heading = line(Span(safe(grant.name), "strong"))
    return [heading, *(each for what, text in told if text for each in _told(what, text, display, width))]


def _told(what: Both, text: str, display: Display, width: int) -> list[Line]:
    label = what.say(display.lang)
    return paragraph(safe(text), width, "", label + " " * (15 - cells(label)))


def _thousand_yen(value: int, display: Display) -> str:
    return f"{value:,}{'' if display.lang == 'ja' else ' '}{words.THOUSAND_YEN.say(display.lang)}"


def _criteria(display: Display, width: int) -> list[Line]:
    """The report's own criteria beside its ratings."""
    ratings = display.report.metadata.ratings
    if not ratings:
        return []
    lines = [
        each
        for rating in ratings
        for each in (
            *paragraph(safe(rating.text), width, "strong", f"{rating.rank}"),
            *paragraph(safe(str(rating.criterion.value)) if rating.criterion else MISSING, width, indent=2),
        )
    ]
    return [_heading(words.CRITERIA, display), *lines]


def _evaluation(display: Display, width: int) -> list[Line]:
    sentences = display.report.metadata.evaluation
    lines = [each for fact in sentences for each in paragraph(safe(str(fact.value)), width, label="-")]
    return [_heading(words.EVALUATION, display), *lines] if lines else []
