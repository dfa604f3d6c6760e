"""Break text into lines as Japanese is set: no line begins with 、 or ）, none ends with （."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Any

from rich.cells import split_graphemes

from kpitui.text.ambiguous import restored
from kpitui.text.cells import width as cells

MOST_PROSE = 10_000
"""Characters of a paragraph up to which the full rules are kept to; a longer one is data rather than prose."""
_FEW = 10_000
"""Characters up to which the lines of a text are kept, for it will be asked for again."""

# Kanji and all kana but the small ones: characters of Line_Break class ID. Between two of them, and after a
# Latin word with its blank, a break is allowed whatever else is near. Splitting there first leaves short
# stretches, many of them met before, for the full rules, which cost 85 µs a character.
IDEOGRAPHS = "あいうえお-ぢつ-もやゆよ-ろわ-ゔアイウエオ-ヂツ-モヤユヨ-ロワ-ヴ\u3400-\u4dbf\u4e00-\u9fff"
_SURE_BREAK = re.compile(f"(?<=[{IDEOGRAPHS}])(?=[{IDEOGRAPHS}])|(?<=[A-Za-z0-9,.] )(?=[A-Za-z])")
# Line_Break classes of UAX 14
_NEVER_FIRST = frozenset({"CL", "CP", "EX", "IS", "SY", "NS", "CJ", "IN", "CM", "ZWJ"})
_NEVER_LAST = frozenset({"OP"})


def wrap(text: str, width: int) -> list[str]:
    """Break text into lines of at most `width` cells, at the places UAX 14 allows.

    Newlines in the text end a line; tabs count as one blank; blanks at the end of a line are dropped. A
    stretch without a place to break that is wider than a line is split by cells. A width below 1 is taken
    as 1, where a wide character still takes its two cells. Empty text is one empty line.
    """
    limit = max(width, 1)
    return list(_kept(text, limit) if len(text) <= _FEW else _wrapped(text, limit))


@lru_cache(maxsize=2048)
def _kept(text: str, limit: int) -> tuple[str, ...]:
    return tuple(_wrapped(text, limit))


def _wrapped(text: str, limit: int) -> Iterator[str]:
    paragraphs = text.replace("\t", " ").splitlines() or [""]
    return (line for paragraph in paragraphs for line in _lines(paragraph, limit))


def _lines(paragraph: str, limit: int) -> list[str]:
    """Fill lines with what must stay together; only blanks may hang over the end, and are dropped."""
    if cells(paragraph) <= limit:
        return [paragraph.rstrip()]
    lines: list[str] = []
    line, used = "", 0
    for piece in _pieces(paragraph, limit):
        if used + cells(piece.rstrip()) > limit:
            lines.append(line.rstrip())
            line, used = "", 0
        line += piece
        used += cells(piece)
    return [full for full in [*lines, line.rstrip()] if full] or [""]


def _pieces(paragraph: str, limit: int) -> Iterator[str]:
    """Yield what must stay on one line, splitting what no line can hold."""
    for unit in units(paragraph) if len(paragraph) <= MOST_PROSE else simple_units(paragraph):
        if len(unit) * 2 <= limit or cells(unit.rstrip()) <= limit:
            yield unit
        else:
            yield from _cut(unit, limit)


def units(text: str) -> Iterator[str]:
    """Yield the stretches between which UAX 14 allows a break, each with the blanks after it."""
    for stretch in _SURE_BREAK.split(text):
        yield from (stretch,) if len(stretch) == 1 else _units_of_stretch(stretch)


@lru_cache(maxsize=4096)
def _units_of_stretch(stretch: str) -> tuple[str, ...]:
    ends = accumulate(map(len, _uax14().line_break_units(restored(stretch))))
    return tuple(stretch[start:end] for start, end in pairwise((0, *ends)))


def simple_units(text: str) -> Iterator[str]:
    """Yield stretches as `units` does, by four rules instead of some thirty, a thousand times as fast.

    A line may begin with each ideograph and after blanks, never with a mark that closes; none ends with one that opens.
    """
    for match in _SIMPLE.finditer(restored(text).translate(_Kinds())):
        yield text[match.start() : match.end()]


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
    spans, first, left = split_graphemes(unit)[0], 0, cells(unit.rstrip())
    while left > limit:
        taken = spans[first : _kept_until(unit, spans, first, limit)]
        yield unit[taken[0][0] : taken[-1][1]]
        left -= sum(size for _, _, size in taken)
        first += len(taken)
    yield unit[spans[first][0] :] if first < len(spans) else ""


def _kept_until(text: str, spans: Sequence[tuple[int, int, int]], first: int, limit: int) -> int:
    """The span behind the last one that a line takes, at least one."""
    end, used = first, 0
    while end < len(spans) and (end == first or used + spans[end][2] <= limit):
        used += spans[end][2]
        end += 1
    return next((at for at in range(end, first, -1) if _may_break(text, spans[at - 1][1])), end)


def _may_break(text: str, at: int) -> bool:
    """Tell whether a line may end before position `at` of a stretch without a regular place to break."""
    return at == len(text) or (_class_of(text[at - 1]) not in _NEVER_LAST and _class_of(text[at]) not in _NEVER_FIRST)


@lru_cache(maxsize=4096)
def _class_of(char: str) -> str:
    return str(_uax14().line_break(restored(char)).value)


def _uax14() -> Any:
    from uniseg import linebreak  # type: ignore[import-untyped]  # noqa: PLC0415 - 40 ms; most cells never wrap

    return linebreak
