"""Lay text out for a terminal that draws characters of ambiguous width two cells wide.

Whatever measures and cuts text here, our own code as well as Textual's, counts ①, × or я as one cell. So each of them
is stood in for by a character that all of it counts as two: one of plane 3 of Unicode, which holds nothing but rare
kanji and is unassigned where the stand-ins lie. The last step before the terminal puts the real characters back.
One character stands for one, so positions in a text stay what they were.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kpitui.text.substitutes import FOR_AMBIGUOUS, UNKNOWN
from kpitui.text.substitutes import STAND_INS as _PLACE

_GETA = "〓"
"""What Japanese printers set where they lack a character; two cells wide everywhere."""
_STAND_IN = re.compile(f"[{chr(_PLACE.start)}-{chr(_PLACE.stop - 1)}]")


def widened(text: str) -> str:
    """The text with stand-ins for what such a terminal draws two cells wide; lines and blocks become ASCII.

    Lines and blocks (─ │ █) are narrow even in some of those terminals, and so have no width to count on.
    """
    return text if text.isascii() else text.translate(_tables()[0])


def restored(text: str) -> str:
    """The text with the real characters in the place of their stand-ins."""
    return text if text.isascii() else _STAND_IN.sub(lambda found: _tables()[1].get(found[0], found[0]), text)


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[int, str], dict[str, str]]:
    """From each ambiguous character to what stands for it, and back.

    Marks that combine take no cell in any terminal and are left out. There are more characters for private use
    outside the basic plane than there is room; a geta stands for those, one way.
    """
    wide = [code for code in (*range(0x10000), *range(0x1F000, 0x20000)) if _is_wide(code)]
    forth = {code: chr(place) for code, place in zip(wide, _PLACE, strict=False)}
    back = {place: chr(code) for code, place in forth.items()}
    lines = {code: FOR_AMBIGUOUS[code] for code in range(0x2500, 0x25A0) if _is_ambiguous(code)}
    return _Widening(forth | lines), back


def _is_wide(code: int) -> bool:
    return _is_ambiguous(code) and not 0x2500 <= code < 0x25A0 and unicodedata.category(chr(code)) not in ("Mn", "Me")


def _is_ambiguous(code: int) -> bool:
    return unicodedata.east_asian_width(chr(code)) == "A"


class _Widening(dict[int, str]):
    """A table for `str.translate`: what it does not hold stays, but for private characters of the last planes."""

    def __missing__(self, code: int) -> str:
        if code >= 0xF0000 and _is_ambiguous(code):
            return _GETA
        raise LookupError(code)


def same_width(text: str) -> str:
    """The text without ambiguous characters and as wide as before; what has no sign of its width becomes `?`."""
    return text if text.isascii() else "".join(map(_sign, text))


def _sign(character: str) -> str:
    if not _is_ambiguous(ord(character)):
        return character
    plain = FOR_AMBIGUOUS[ord(character)]
    wide = 0 if unicodedata.category(character) in ("Mn", "Me") else 1
    return plain if len(plain) == wide else UNKNOWN * wide
