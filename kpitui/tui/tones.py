"""From text with meaning to what Textual draws."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from kpitui.text.prose import Line, Tone

STYLES: dict[Tone, str] = {
    "": "",
    "strong": "bold",
    "dim": "dim",
    "label": "$secondary",
    "met": "$success",
    "missed": "$warning",
    "worsened": "bold $error",
    "unmeasured": "dim",
    "hit": "reverse",
}


def content(spans: Line) -> Content:
    """One line; text from reports goes in as text, never as markup."""
    return Content.assemble(*((span.text, STYLES[span.tone]) for span in spans))


def contents(lines: Iterable[Line]) -> Content:
    """Several lines."""
    return Content("\n").join(content(spans) for spans in lines)
