"""Text with meaning: spans that say what they are, so that a screen can colour them and a pipe can not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from kpitui.text.breaking import broken
from kpitui.text.cells import clip, clip_start, fits
from kpitui.text.cells import width as cells

Tone = Literal["", "strong", "dim", "label", "met", "missed", "worsened", "unmeasured", "hit"]


class Span(NamedTuple):
    """A piece of text and what it stands for."""

    text: str
    tone: Tone = ""


Line = tuple[Span, ...]

_GAP = 1
"""Blanks at least between two columns, whose labels are told apart by their tone."""


def line(*parts: str | Span) -> Line:
    """A line of parts, plain text where nothing is said of them."""
    return tuple(part if isinstance(part, Span) else Span(part) for part in parts)


def plain(lines: Iterable[Line]) -> str:
    """The lines as text alone, without blanks at their ends."""
    return "\n".join("".join(span.text for span in spans).rstrip() for spans in lines)


def paragraph(
    text: str, width: int, tone: Tone = "", label: str = "", indent: int | None = None, *, simply: bool = False
) -> list[Line]:
    """Text broken to `width` cells; a label stands before its first line and the rest is indented to match.

    `simply` breaks it at places by fewer rules, a thousand times as fast.
    """
    return list(line_by_line(text, width, tone, label, indent, simply=simply))


def line_by_line(
    text: str, width: int, tone: Tone = "", label: str = "", indent: int | None = None, *, simply: bool = False
) -> Iterator[Line]:
    """A paragraph of which no more is broken than is asked for: a cell may hold a million characters."""
    margin = cells(label) + bool(label) if indent is None else indent
    head = Span(label.ljust(len(label) + margin - cells(label)), "label") if label else Span(" " * margin)
    for each in broken(text, max(width - margin, 1), simply=simply):
        yield head, Span(each, tone)
        head = Span(" " * margin)


def flow(parts: Iterable[Line], width: int, gap: int = 3) -> Iterator[Line]:
    """Parts side by side as long as they fit into `width` cells, then on the next line; a longer one is broken."""
    last: Line | None = None
    for part in parts:
        joined = part if last is None else (*last, Span(" " * gap), *part)
        if last is not None and _fits(joined, width):
            last = joined
            continue
        for each in iter((part,)) if _fits(part, width) else _broken(part, width):
            yield from () if last is None else (last,)
            last = each
    yield from () if last is None else (last,)


def in_columns(parts: Sequence[Line], width: int, column: int) -> Iterator[Line]:
    """Parts side by side, each at the beginning of a column of so many cells; as in `flow` where they do not fit so."""
    spaced = (span for part in parts[:-1] for span in (*part, _to_column(part, column)))
    joined = (*spaced, *parts[-1])
    yield from (joined,) if _fits(joined, width) else flow(parts, width)


def _to_column(part: Line, column: int) -> Span:
    """The blanks between a part that begins a column and the next one that is free."""
    taken = cells("".join(span.text for span in part)) + _GAP
    return Span(" " * (_GAP + -taken % column))


def _fits(spans: Line, width: int) -> bool:
    return fits("".join(span.text for span in spans), width)


def _broken(spans: Line, width: int) -> Iterator[Line]:
    """A label with a text too long for one line, as a paragraph; the text's tone is its last span's."""
    label, *rest = spans
    return line_by_line("".join(span.text for span in rest), width, rest[-1].tone if rest else "", label.text.rstrip())


def clipped(spans: Line, width: int) -> Line:
    """The line cut to `width` cells, with the mark of a cut at its end."""
    kept: list[Span] = []
    room = width
    for span in spans:
        if not fits(span.text, room):
            return (*kept, Span(clip(span.text, room), span.tone))
        kept.append(span)
        room -= cells(span.text)
    return tuple(kept)


def clipped_start(spans: Line, width: int) -> Line:
    """The line cut to `width` cells at its start, with the mark of a cut there."""
    kept: list[Span] = []
    room = width
    for span in reversed(spans):
        if cells(span.text) > room:
            return (Span(clip_start(span.text, room), span.tone), *reversed(kept))
        kept.append(span)
        room -= cells(span.text)
    return tuple(reversed(kept))


def apart(left: Line, right: Line, width: int, *, keep_end: bool = False) -> Line:
    """Two lines on one, at its left and right; where there is no room for both, the left one is cut.

    With `keep_end` it is cut at its start.
    """
    taken = length(right)
    room = max(width - taken - (2 if taken else 0), 0)
    kept = clipped_start(left, room) if keep_end else clipped(left, room)
    return clipped((*kept, Span(" " * max(width - length(kept) - taken, 0)), *right), width)


def length(spans: Line) -> int:
    """The cells that a line takes."""
    return sum(cells(span.text) for span in spans)
