"""Rating against direction: how many projects there are of each pair, and how their KPIs stand."""

from __future__ import annotations

from typing import cast

import polars as pl

from kpitui.output import words
from kpitui.output.display import MISSING, Display, number, percent
from kpitui.text.cells import fit
from kpitui.text.cells import width as cells
from kpitui.text.prose import Line, Span, clipped, line, paragraph
from kpitui.text.wording import Both

_RANGE = Both("KPI達成", "KPIs met")
_PAIR = Both("評価 {rating}、今後 {direction}: {count}事業", "rating {rating}, next {direction}: {count}")
_SHARES = len("100% .. 100%")
"""Cells of a range of shares."""


def matrix(display: Display, width: int, *, plain: bool = False) -> list[Line]:
    """A row for each rating, a column for each direction, and each rating's range of shares met.

    Values nobody has and missing ones are counted too. `plain` says each pair in a sentence of its own.
    """
    projects = display.report.projects
    ratings, directions = _found(projects["rating"]), _found(projects["direction"])
    if not ratings or not directions:
        return []
    what = words.MATRIX.say(display.lang)
    if plain:
        heading = paragraph(what, width, "strong")
        return [*heading, *(each for rating in ratings for each in _sentences(rating, directions, display, width))]
    label = max(cells(what), *(cells(_short(text, display)) for text in ratings))
    widths = _widths([cells(_short(text, display)) for text in directions], projects.height, width - label)
    heads = [fit(_short(text, display), wide, "right") for text, wide in zip(directions, widths, strict=True)]
    head = line(Span(fit(what, label + 2), "strong"), Span("  ".join([*heads, _RANGE.say(display.lang)]), "label"))
    rows = [_row(rating, directions, label, widths, display) for rating in ratings]
    return [clipped(spans, width) for spans in [head, *rows]]


def _widths(heads: list[int], most: int, room: int) -> list[int]:
    """Cells of the columns of figures, the last one aside: as wide as their heads where there is room.

    Where there is none, the widest heads are cut, and figures up to `most` never are.
    """
    room -= _SHARES + 2 * (len(heads) + 1)
    least = max(len(number(most)), 4)
    caps = range(min(max(heads), room), least, -1)
    cap = next((cap for cap in caps if sum(min(head, cap) for head in heads) <= room), least)
    return [max(min(head, cap), least) for head in heads]


def _found(values: pl.Series) -> list[str | None]:
    """The values of a scale in its order, those nobody has included, and None if one is missing."""
    scale = list(values.dtype.categories) if isinstance(values.dtype, pl.Enum) else []
    return [*scale, None] if values.null_count() else scale


def _short(text: str | None, display: Display) -> str:
    return words.NONE.say(display.lang) if text is None else display.text(display.short(text))


def _row(rating: str | None, directions: list[str | None], label: int, widths: list[int], display: Display) -> Line:
    same = _of_rating(rating, display)
    numbers = [
        fit(number(_count(same, direction)), wide, "right") for direction, wide in zip(directions, widths, strict=True)
    ]
    return line(fit(_short(rating, display), label), "  ", "  ".join([*numbers, _range(same["met_share"])]))


def _of_rating(rating: str | None, display: Display) -> pl.DataFrame:
    return display.report.projects.filter(pl.col("rating").cast(pl.String).eq_missing(pl.lit(rating, pl.String)))


def _count(projects: pl.DataFrame, direction: str | None) -> int:
    wanted = pl.lit(direction, pl.String)
    return projects.filter(pl.col("direction").cast(pl.String).eq_missing(wanted)).height


def _range(shares: pl.Series) -> str:
    """The lowest and highest share met."""
    low, high = cast("tuple[float | None, float | None]", (shares.min(), shares.max()))
    return MISSING if low is None or high is None else f"{percent(low)} .. {percent(high)}"


def _sentences(rating: str | None, directions: list[str | None], display: Display, width: int) -> list[Line]:
    same = _of_rating(rating, display)
    told = [
        _PAIR.format(rating=_short(rating, display), direction=_short(direction, display), count=number(count))
        for direction in directions
        if (count := _count(same, direction))
    ]
    return [each for sentence in told for each in paragraph(sentence.say(display.lang), width)]
