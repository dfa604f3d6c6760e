"""Make SVG screenshots show Japanese in its cells.

Rich 15 writes the `textLength` of a text from the number of its characters, not of its cells
(Textualize/rich#2742), so that viewers squeeze wide characters into half their room.
"""

import re
import unicodedata
from collections.abc import Iterator
from html import escape, unescape
from itertools import groupby
from typing import Literal, NamedTuple

from rich.cells import cell_len, split_graphemes

FONTS = (
    '"Fira Code", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", "Noto Sans Mono CJK JP", '
    '"Hiragino Sans", "BIZ UDGothic", "MS Gothic", "Noto Sans CJK JP", monospace'
)

# cells per em; a Japanese character is one em wide, so at 2 neighbours would touch
WIDE_FONT_SIZE = 1.8

_TEXT = re.compile(
    r'<text class="(?P<style>[^"]*)" x="(?P<x>[^"]*)" y="(?P<y>[^"]*)" textLength="(?P<length>[^"]*)"'
    r' clip-path="(?P<clip>[^"]*)">(?P<content>[^<]*)</text>'
)
_FONT_FACE = re.compile(r"\s*@font-face\s*\{[^}]*\}")
_FONT_FAMILY = re.compile(r"font-family: Fira Code[^;]*;")
# would draw Latin letters in double width where the font is a Japanese one
_FULL_WIDTH = re.compile(r"\s*font-variant-east-asian: full-width;")
_COMMENT = re.compile(r"\s*<!--.*?-->", re.DOTALL)

Kind = Literal["narrow", "ambiguous", "wide"]


class _Run(NamedTuple):
    """Neighbouring characters that are placed alike; column and width count cells."""

    kind: Kind
    text: str
    column: int
    cells: int


def unsqueeze(svg: str) -> str:
    """Return a screenshot by Rich or Textual in which every character stands in its own cells.

    Wide characters are centred in their two cells, one by one, whatever their font's advance; those that a
    Japanese font draws wide and a terminal narrow (①, →, box lines) are scaled to their cell. Fonts come from
    the reader's machine: no address is left in the picture but the name of the SVG format.
    """
    cell = _cell_width(svg)
    local = _FONT_FAMILY.sub(f"font-family: {FONTS};", _FONT_FACE.sub("", _COMMENT.sub("", svg)))
    return _TEXT.sub(lambda match: _placed(match, cell), _FULL_WIDTH.sub("", local))


def _cell_width(svg: str) -> float:
    """Read the pixels per cell off a text without wide characters, whose length Rich gets right."""
    for match in _TEXT.finditer(svg):
        text = unescape(match["content"])
        if len(text) == cell_len(text):
            return float(match["length"]) / len(text)
    return 12.2  # Rich's own: 20 px × 0.61


def _placed(match: re.Match[str], cell: float) -> str:
    """Write one text of Rich's as one text for each run."""
    tail = f'y="{match["y"]}" clip-path="{match["clip"]}"'
    runs = _runs(unescape(match["content"]))
    left = float(match["x"])
    return "".join(
        f'<text class="{match["style"]}" {_place(run, left, cell)} {tail}>{_xml(run.text)}</text>' for run in runs
    )


def _place(run: _Run, left: float, cell: float) -> str:
    """Write the attributes that hold a run in its cells; `left` is the x of column 0."""
    x = left + run.column * cell
    if run.kind == "wide":
        centres = " ".join(f"{x + at * cell:g}" for at in range(1, run.cells, 2))
        return f'text-anchor="middle" font-size="{WIDE_FONT_SIZE * cell:g}px" x="{centres}"'
    scaled = ' lengthAdjust="spacingAndGlyphs"' if run.kind == "ambiguous" else ""
    return f'x="{x:g}" textLength="{run.cells * cell:g}"{scaled}'


def _runs(text: str) -> Iterator[_Run]:
    column = 0
    for (kind, _), group in groupby(_characters(text), key=lambda character: character[:2]):
        characters = [character for *_, character in group]
        run = "".join(characters)
        yield _Run(kind, run, column, cell_len(run))
        column += cell_len(run)


def _characters(text: str) -> Iterator[tuple[Kind, int, str]]:
    """Yield each character with its marks, its kind, and a number that changes where a run has to end.

    Viewers disagree how many x positions a character of several code units uses up, so a wide one ends its
    run. Characters to be scaled may come from fonts that differ, so each is a run; box lines and blocks are
    alike, and join better in one.
    """
    number = 0
    for start, end, cells in split_graphemes(text)[0]:
        character = text[start:end]
        kind: Kind = "wide" if cells == 2 else "ambiguous" if _is_ambiguous(character) else "narrow"
        yield kind, number, character
        number += len(character.encode("utf-16-le")) > 2 or (kind == "ambiguous" and not _is_line(character))


def _is_ambiguous(character: str) -> bool:
    return unicodedata.east_asian_width(character[0]) == "A"


def _is_line(character: str) -> bool:
    return (
        "\N{BOX DRAWINGS LIGHT HORIZONTAL}" <= character[0] <= "\N{QUADRANT UPPER RIGHT AND LOWER LEFT AND LOWER RIGHT}"
    )


def _xml(text: str) -> str:
    return escape(text).replace("\N{NO-BREAK SPACE}", "&#160;")
