"""Text with meaning: spans that say what they are, so that a screen can colour them and a pipe can not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from kpitui.text.breaking import wrap
from kpitui.text.cells import clip
from kpitui.text.cells import width as cells

Tone = Literal["", "strong", "dim", "label", "met", "missed", "worsened", "unmeasured", "hit"]


class Span(NamedTuple):
    """A piece of text and what it stands for."""

    text: str
    tone: Tone = ""


Line = tuple[Span, ...]


def line(*parts: str | Span) -> Line:
    """A line of parts, plain text where nothing is said of them."""
    return tuple(part if isinstance(part, Span) else Span(part) for part in parts)


def plain(lines: Iterable[Line]) -> str:
    """The lines as text alone, without blanks at their ends."""
    return "\n".join("".join(span.text for span in spans).rstrip() for spans in lines)


def paragraph(text: str, width: int, tone: Tone = "", label: str = "", indent: int | None = None) -> list[Line]:
    """Text broken to `width` cells; a label stands before its first line and the rest is indented to match."""
    margin = cells(label) + bool(label) if indent is None else indent
    first, *rest = wrap(text, max(width - margin, 1))
    head = (Span(label.ljust(len(label) + margin - cells(label)), "label"),) if label else (Span(" " * margin),)
    return [(*head, Span(first, tone)), *((Span(" " * margin), Span(each, tone)) for each in rest)]


def flow(parts: Sequence[Line], width: int, gap: int = 3) -> list[Line]:
    """Parts side by side as long as they fit into `width` cells, then on the next line."""
    lines: list[Line] = []
    for part in parts:
        joined = (*lines[-1], Span(" " * gap), *part) if lines else part
        if lines and sum(cells(span.text) for span in joined) <= width:
            lines[-1] = joined
        else:
            lines.append(part)
    return lines


def clipped(spans: Line, width: int) -> Line:
    """The line cut to `width` cells, with the mark of a cut at its end."""
    kept: list[Span] = []
    room = width
    for span in spans:
        if cells(span.text) > room:
            return (*kept, Span(clip(span.text, room), span.tone))
        kept.append(span)
        room -= cells(span.text)
    return tuple(kept)


def apart(left: Line, right: Line, width: int) -> Line:
    """Two lines on one, at its left and right; where there is no room for both, the left one is cut."""
    taken = length(right)
    kept = clipped(left, max(width - taken - (2 if taken else 0), 0))
    return clipped((*kept, Span(" " * max(width - length(kept) - taken, 0)), *right), width)


def length(spans: Line) -> int:
    """The cells that a line takes."""
    return sum(cells(span.text) for span in spans)
