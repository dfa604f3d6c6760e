"""Leave out what no screen can show: marks heaped on one character take no cell, but all of them would be sent."""

import re

from rich.cells import get_character_cell_size

MOST_MARKS = 8
"""Marks on one character that are shown; Unicode's own bound for text that is passed on, 30, is too many to look at.

No language writes more than four.
"""
LEFT_OUT = "…"
_SUSPECT = re.compile(
    rf"[^\t\n -\u02ff\u3000-\u3029\u3030-\u3098\u309b-\u3163\u3165-\u9fff\uff00-\uff9f]{{{MOST_MARKS + 1}}}"
)
"""So many characters in a row of which each may be a mark; hardly a Japanese text has them."""
_HEAP = re.compile(f"(0{{{MOST_MARKS}}})0+")


def few_marks(text: str) -> str:
    """The text with at most MOST_MARKS characters of no width in a row, and a sign where more were left out."""
    if not _SUSPECT.search(text):
        return text
    widths = "".join("1" if char in "\t\n" or get_character_cell_size(char) else "0" for char in text)
    kept: list[str] = []
    end = 0
    for heap in _HEAP.finditer(widths):
        kept += text[end : heap.end(1)], LEFT_OUT
        end = heap.end()
    return "".join((*kept, text[end:]))
