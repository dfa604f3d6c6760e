"""Break text into lines as Japanese is set: no line begins with 、 or ）, none ends with （."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from typing import Any

from rich.cells import split_graphemes

from kpitui.text.ambiguous import restored
from kpitui.text.cells import fits
from kpitui.text.cells import width as cells

MOST_PROSE = 10_000
"""Characters of a paragraph up to which the full rules are kept to; a longer one is data rather than prose."""
_FEW = 10_000
"""Characters up to which the lines of a text are kept, for it will be asked for again."""
_LONG_STRETCH = 500
"""Characters without a sure place to break from which on a text is data rather than prose."""
_STEP = 4_000
"""Characters of a long text that are looked at together."""

# Kanji and all kana but the small ones: characters of Line_Break class ID. Between two of them, and after a
# Latin word with its blank, a break is allowed whatever else is near. Splitting there first leaves short
# stretches, many of them met before, for the full rules, which cost 85 µs a character.
IDEOGRAPHS = "あいうえお-ぢつ-もやゆよ-ろわ-ゔアイウエオ-ヂツ-モヤユヨ-ロワ-ヴ\u3400-\u4dbf\u4e00-\u9fff"
# Line_Break classes of UAX 14
_NEVER_FIRST = frozenset({"CL", "CP", "EX", "IS", "SY", "NS", "CJ", "IN", "CM", "ZWJ"})
_NEVER_LAST = frozenset({"OP"})
Grapheme = tuple[int, int, int]


def wrap(text: str, width: int) -> list[str]:
    """Break text into lines of at most `width` cells, at the places UAX 14 allows.

    Newlines in the text end a line; tabs count as one blank; blanks at the end of a line are dropped. A
    stretch without a place to break that is wider than a line is split by cells. A width below 1 is taken
    as 1, where a wide character still takes its two cells. Empty text is one empty line.
    """
    return list(broken(text, width))


def broken(text: str, width: int, *, simply: bool = False) -> Iterator[str]:
    """The same lines one by one: those asked for cost no more because millions of characters follow.

    `simply` breaks at places by fewer rules, a thousand times as fast, as a text of many characters is broken anyway.
    """
    limit = max(width, 1)
    return iter(_kept(text, limit, simply)) if len(text) <= _FEW else _wrapped(text, limit, simply)


@lru_cache(maxsize=2048)
def _kept(text: str, limit: int, simply: bool) -> tuple[str, ...]:
    return tuple(_wrapped(text, limit, simply))


def _wrapped(text: str, limit: int, simply: bool) -> Iterator[str]:
    paragraphs = text.replace("\t", " ").splitlines() or [""]
    return (line for paragraph in paragraphs for line in _lines(paragraph, limit, simply))


def _lines(paragraph: str, limit: int, simply: bool) -> Iterator[str]:
    """Fill lines with what must stay together; only blanks may hang over the end, and are dropped."""
    if fits(paragraph, limit):
        yield paragraph.rstrip()
        return
    line, used, said = "", 0, False
    found = simple_units(paragraph) if simply or len(paragraph) > MOST_PROSE else units(paragraph)
    for piece in _pieces(found, limit):
        if used + cells(piece.rstrip()) > limit:
            said = said or bool(line.rstrip())
            yield from filter(None, [line.rstrip()])
            line, used = "", 0
        line += piece
        used += cells(piece)
    yield from [line.rstrip()] if line.rstrip() or not said else []


def _pieces(found: Iterator[str], limit: int) -> Iterator[str]:
    """Yield what must stay on one line, splitting what no line can hold."""
    for unit in found:
        if len(unit) * 2 <= limit or cells(unit.rstrip()) <= limit:
            yield unit
        else:
            yield from _cut(unit, limit)


def units(text: str) -> Iterator[str]:
    """Yield the stretches between which UAX 14 allows a break, each with the blanks after it."""
    for stretch in _sure_break().split(text):
        if len(stretch) > _LONG_STRETCH:
            yield from simple_units(stretch)
        else:
            yield from (stretch,) if len(stretch) == 1 else _units_of_stretch(stretch)


@cache
def _sure_break() -> re.Pattern[str]:
    """Compiled with the first text to break, as it takes 5 ms."""
    return re.compile(f"(?<=[{IDEOGRAPHS}])(?=[{IDEOGRAPHS}])|(?<=[A-Za-z0-9,.] )(?=[A-Za-z])")


@lru_cache(maxsize=4096)
def _units_of_stretch(stretch: str) -> tuple[str, ...]:
    ends = accumulate(map(len, _uax14().line_break_units(restored(stretch))))
    return tuple(stretch[start:end] for start, end in pairwise((0, *ends)))


def simple_units(text: str) -> Iterator[str]:
    """Yield stretches as `units` does, by four rules instead of some thirty, a thousand times as fast.

    A line may begin with each ideograph and after blanks, never with a mark that closes; none ends with one that opens.
    """
    at, held = 0, 0
    while at + held < len(text):
        end = at + held + max(_STEP, 2 * held)
        kinds = restored(text[at:end]).translate(_Kinds())
        ends = [match.end() for match in _SIMPLE.finditer(kinds) if match.end() > match.start()]
        if end < len(text):
            ends.pop()  # it may go on behind what was looked at
        yield from (text[at + begin : at + stop] for begin, stop in pairwise((0, *ends)))
        at, held = at + (ends[-1] if ends else 0), len(kinds) - (ends[-1] if ends else 0)


class _Kinds:
    """The kind of each character, for `str.translate`."""

    def __getitem__(self, point: int) -> str:
        return _kind(point)


@lru_cache(maxsize=4096)
def _kind(point: int) -> str:
    """O opens, C closes or hangs on, S is a mark in or behind a number, I stands alone, A is a letter."""
    of = _class_of(chr(point))
    if of in _NEVER_LAST or of == "PR":
        return "O"
    if of in {"IS", "SY", "PO"}:
        return "S"
    if of in _NEVER_FIRST:
        return "C"
    return " " if of in {"SP", "BA"} else "I" if of in _ALONE else "A"


_ALONE = frozenset({"ID", "H2", "H3", "EB"})
_SIMPLE = re.compile(r"O*(?:I|[AS]+)?[CS]* *")


def _cut(unit: str, limit: int) -> Iterator[str]:
    """Split what no line can hold: as late as fits, earlier if that spares a 、 at the head of the rest."""
    body = unit.rstrip()
    ahead: list[Grapheme] = []
    used = 0
    for each in _graphemes(body):
        ahead.append(each)
        used += each[2]
        while used > limit:
            kept = _kept_until(unit, ahead, limit)
            yield unit[ahead[0][0] : ahead[kept - 1][1]]
            del ahead[:kept]
            used = sum(size for _, _, size in ahead)
    yield unit[ahead[0][0] if ahead else len(body) :]


def _graphemes(text: str) -> Iterator[Grapheme]:
    """Begin, end and cells of each character with its marks; so many are looked at together as make one whole."""
    at, size = 0, _STEP
    while at < len(text):
        spans = split_graphemes(text[at : at + size])[0]
        if at + size < len(text):
            spans.pop()  # it may have more marks
        yield from ((at + begin, at + end, taken) for begin, end, taken in spans)
        at, size = (at + spans[-1][1], _STEP) if spans else (at, size * 2)


def _kept_until(text: str, spans: Sequence[Grapheme], limit: int) -> int:
    """How many characters a line takes, at least one."""
    end, used = 0, 0
    while end < len(spans) and (not end or used + spans[end][2] <= limit):
        used += spans[end][2]
        end += 1
    return next((at for at in range(end, 0, -1) if _may_break(text, spans[at - 1][1])), end)


def _may_break(text: str, at: int) -> bool:
    """Tell whether a line may end before position `at` of a stretch without a regular place to break."""
    return at == len(text) or (_class_of(text[at - 1]) not in _NEVER_LAST and _class_of(text[at]) not in _NEVER_FIRST)


@lru_cache(maxsize=4096)
def _class_of(char: str) -> str:
    return str(_uax14().line_break(restored(char)).value)


def _uax14() -> Any:
    from uniseg import linebreak  # type: ignore[import-untyped]  # noqa: PLC0415 - 40 ms; most cells never wrap

    return linebreak
