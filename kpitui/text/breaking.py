"""Break text into lines as Japanese is set: no line begins with 、 or ）, none ends with （."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Any

from rich.cells import split_graphemes

from kpitui.text.ambiguous import restored
from kpitui.text.cells import width as cells

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
    return list(_wrapped(text, max(width, 1)))


@lru_cache(maxsize=2048)
def _wrapped(text: str, limit: int) -> tuple[str, ...]:
    paragraphs = text.replace("\t", " ").splitlines() or [""]
    return tuple(line for paragraph in paragraphs for line in _lines(paragraph, limit))


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
    for unit in units(paragraph):
        rest = unit
        while cells(rest.rstrip()) > limit:
            at = _cut(rest, limit)
            yield rest[:at]
            rest = rest[at:]
        yield rest


def units(text: str) -> Iterator[str]:
    """Yield the stretches between which UAX 14 allows a break, each with the blanks after it."""
    for stretch in _SURE_BREAK.split(text):
        yield from (stretch,) if len(stretch) == 1 else _units_of_stretch(stretch)


@lru_cache(maxsize=4096)
def _units_of_stretch(stretch: str) -> tuple[str, ...]:
    ends = accumulate(map(len, _uax14().line_break_units(restored(stretch))))
    return tuple(stretch[start:end] for start, end in pairwise((0, *ends)))


def _cut(text: str, limit: int) -> int:
    """Choose where to split text: as late as fits, earlier if that spares a 、 at the head of the rest."""
    used, ends = 0, [0]
    for _, end, size in split_graphemes(text)[0]:
        used += size
        if used > limit and ends[-1]:
            break
        ends.append(end)
    return next((end for end in reversed(ends[1:]) if _may_break(text, end)), ends[-1])


def _may_break(text: str, at: int) -> bool:
    """Tell whether a line may end before position `at` of a stretch without a regular place to break."""
    if at == len(text):
        return True
    text, class_of = restored(text), _uax14().line_break
    return class_of(text[at - 1]).value not in _NEVER_LAST and class_of(text[at]).value not in _NEVER_FIRST


def _uax14() -> Any:
    from uniseg import linebreak  # type: ignore[import-untyped]  # noqa: PLC0415 - 40 ms; most cells never wrap

    return linebreak
