"""Numbers as Japanese tables print them, and the marks that say there is none."""

from __future__ import annotations

import math
import re
import unicodedata

_MINUS = re.compile(r"^[▲△‐‑‒–—−-]\s*")
_MISSING = re.compile(r"[-‐‑‒–—―−ー─]*")
_SPACED_DIGITS = re.compile(r"[0-9](?:,? [0-9])+")
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")


def is_missing(cell: str) -> bool:
    """Whether a cell says that there is no value: empty, or nothing but dashes. Zero is a value."""
    return _MISSING.fullmatch(_folded(cell)) is not None


def parse_number(cell: str) -> float | None:
    """The number that a cell prints, with commas, ▲ for minus, full-width or spaced digits; None if none.

    A circled or raised digit beside it counts a footnote and is none of its own: 5① is neither 51 nor surely 5.
    """
    if not cell.isascii() and _DIGIT.search(cell) and any(_counts_notes(each) for each in cell):
        return None
    text = _MINUS.sub("-", _folded(cell))
    if _SPACED_DIGITS.fullmatch(text.removeprefix("-")):
        text = text.replace(" ", "")
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text.replace(",", ""))
    return value if math.isfinite(value) else None


def _counts_notes(character: str) -> bool:
    """Whether it is a digit only by its look: ①, ¹, ⒈; not by its value, as the full-width １ is."""
    return not character.isdecimal() and character.isnumeric() and unicodedata.normalize("NFKC", character) != character


def parse_whole(cell: str) -> int | None:
    """The same for a count or an amount of money; None for a number with a fraction, too."""
    value = parse_number(cell)
    # Beyond that, floats no longer tell one whole number from the next.
    return int(value) if value is not None and value.is_integer() and abs(value) < 2**53 else None


def _folded(cell: str) -> str:
    return unicodedata.normalize("NFKC", cell).strip()
