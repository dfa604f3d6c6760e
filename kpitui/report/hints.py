"""What an error says of a word that it did not expect: the word itself, and what may have been meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_LONGEST = 40
# Comparing with each of a hundred thousand ids would take seconds, to say what no reader needs to be told.
_MOST = 1_000


def nearest(word: str, known: Iterable[str]) -> str:
    """Say which of the known words is most like this one, as the end of a sentence; silent among many."""
    words = sorted(known)
    found = difflib.get_close_matches(word, words, n=1, cutoff=0.0) if len(words) <= _MOST else []
    return f"; the nearest known is {found[0]!r}" if found else ""


def shown(text: str) -> str:
    """Give text as short as an error can bear, free of what would move a terminal's cursor."""
    short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return "".join(char if char.isprintable() else "�" for char in short)
