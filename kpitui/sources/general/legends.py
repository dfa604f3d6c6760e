"""The file's own legend of its ratings, which goes before any scale known beforehand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from kpitui.errors import KpituiError
from kpitui.report.model import Fact, Rating
from kpitui.sources import legend as blocks
from kpitui.sources import vocabulary
from kpitui.sources.general import grid, scales
from kpitui.sources.general.model import Placed
from kpitui.sources.general.projects import folded
from kpitui.sources.lines import Line, LineKind
from kpitui.text.wording import Both

_OWN = Both("文書の凡例", "the document's own legend")
_STATED = Both("対応表の指定", "the map's order")
_APPEARANCE = Both("現れた順 (尺度が不明)", "order of appearance (no scale is known)")
_COLON = r"\s*(?:[::=＝…→]|\.{2,}|\.\s)\s*"
_LONGEST = 2_000
"""Characters of a line beyond which it is a text, and no legend."""
_BEGIN = r"(?:^|(?<=[\s、,;/|(【「]))"

Place = tuple[int, int, Fact]
"""Where a legend defines a level: the line, the place in it, and the criterion."""


class Scale(NamedTuple):
    """The levels of a report, best first, and where their order comes from; `sure` if the document or a person says.

    `strange` are values that the scale does not know, `lines` the lines of the legend.
    """

    ratings: tuple[Rating, ...]
    source: Both
    sure: bool
    strange: tuple[str, ...] = ()
    lines: frozenset[int] = frozenset()


def scale(levels: Sequence[tuple[str, int]], prose: Sequence[Placed], stated: Sequence[str]) -> Scale | None:
    """The order of the ratings found, each with the line it first stands on; None where there are no ratings."""
    if stated:
        return _stated(levels, stated)
    lines = [Line(each.row.line, grid.text(each.row)) for each in prose if each.kind is not LineKind.BLANK]
    lines = [line for line in lines if len(line.text) <= _LONGEST]
    own = _paired(prose, levels) or _defined(levels, lines)
    if own or not levels:
        return own
    found = scales.order([text for text, _ in levels])
    at = dict(levels)
    ratings = tuple(_rating(rank, text, at[text]) for rank, text in enumerate(found.values, start=1))
    return Scale(ratings, found.name or _APPEARANCE, found.name is not None and not found.strange, found.strange)


def _rating(rank: int, text: str, line: int, criterion: Fact | None = None) -> Rating:
    short, gloss = vocabulary.rating(text)
    conditions = vocabulary.conditions(str(criterion.value)) if criterion else ()
    return Rating(rank, text, short, gloss, line, criterion, conditions)


def _stated(levels: Sequence[tuple[str, int]], stated: Sequence[str]) -> Scale:
    at = {folded(text): (text, line) for text, line in levels}
    found = [at.get(folded(text), (text, 0)) for text in stated]
    known = {text for text, _ in found}
    ratings = tuple(_rating(rank, text, line) for rank, (text, line) in enumerate(found, start=1))
    return Scale(ratings, _STATED, sure=True, strange=tuple(text for text, _ in levels if text not in known))


def _paired(prose: Sequence[Placed], levels: Sequence[tuple[str, int]]) -> Scale | None:
    """A legend of two blocks of lines, the levels first and then the criterion of each."""
    lines = [Line(each.row.line, "" if each.kind is LineKind.BLANK else grid.text(each.row)) for each in prose]
    try:
        found = blocks.find(sorted(lines, key=lambda line: line.number), Path())
    except KpituiError:
        return None
    known = {folded(rating.text) for rating in found.ratings}
    if not found.ratings or not any(folded(text) in known for text, _ in levels):
        return None
    strange = tuple(text for text, _ in levels if folded(text) not in known)
    return Scale(found.ratings, _OWN, sure=True, strange=strange, lines=found.lines)


def _defined(levels: Sequence[tuple[str, int]], lines: Sequence[Line]) -> Scale | None:
    """A legend that says `A：計画以上 B：計画どおり`, on one line or on several; it must define most levels."""
    places: dict[str, Place] = {}
    for line in lines:
        text = unicodedata.normalize("NFKC", line.text)
        for level, _ in levels:
            found = _definition(level, text, [each for each, _ in levels])
            if found and level not in places:
                places[level] = (line.number, found[0], Fact(found[1], line.text, line.number))
    if len(places) < 2 or len(places) * 2 < len(levels):
        return None
    places = _with_unused(places)
    inside = sorted(places, key=lambda level: places[level][:2])
    ratings = tuple(_rating(rank, text, places[text][0], places[text][2]) for rank, text in enumerate(inside, start=1))
    strange = tuple(text for text, _ in levels if text not in places)
    return Scale(ratings, _OWN, sure=True, strange=strange, lines=frozenset(number for number, _, _ in places.values()))


def _with_unused(places: dict[str, Place]) -> dict[str, Place]:
    """The levels defined, and those that the same lines define though no project has them."""
    longest = max(map(len, places))
    every = dict(places)
    for number, _, fact in places.values():
        text = unicodedata.normalize("NFKC", fact.raw)
        for found in re.finditer(rf"{_BEGIN}([^\s、,;/|:=()]{{1,{longest}}}){_COLON}", text):
            if all(unicodedata.normalize("NFKC", level) != found[1] for level in every):
                every[found[1]] = (number, found.start(1), fact)
    return {level: _ended(level, place, list(every)) for level, place in every.items()}


def _ended(level: str, place: Place, levels: Sequence[str]) -> Place:
    """A definition whose criterion ends where the next of all the levels is defined."""
    number, start, fact = place
    found = _definition(level, unicodedata.normalize("NFKC", fact.raw), levels)
    return (number, start, Fact(found[1], fact.raw, number)) if found else place


def _definition(level: str, text: str, levels: Sequence[str]) -> tuple[int, str] | None:
    """Where a text defines a level, and its criterion, which ends where another level is defined."""
    others = "|".join(re.escape(unicodedata.normalize("NFKC", each)) for each in levels)
    mark = re.escape(unicodedata.normalize("NFKC", level))
    found = re.search(rf"{_BEGIN}{mark}{_COLON}(.+?)(?=(?:[\s、,;/|]+|[))」】]+\s*)(?:{others}){_COLON}|$)", text)
    return (found.start(), re.sub(r"^[\s、,;/|)」】]+|[\s、,;/|)」】]+$", "", found[1])) if found else None
