"""What is drawn instead of characters that a terminal obeys, hides, or gives an unforeseeable width."""

import unicodedata
from collections.abc import Callable

REPLACEMENT = "\ufffd"
UNKNOWN = "?"
STAND_INS = range(0x3A000, 0x3FF00)
"""Unassigned characters, two cells wide, that `kpitui.text.ambiguous` uses; no text from elsewhere may hold one."""

_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LINE_ENDS = frozenset("\n\r\u2028\u2029")
_INVISIBLE_RANGES = (
    (0x034F, 0x034F),  # combining grapheme joiner
    (0x115F, 0x1160),  # Hangul fillers
    (0x17B4, 0x17B5),  # Khmer inherent vowels
    (0x180B, 0x180F),  # Mongolian variation selectors
    (0x2065, 0x2065),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFF8),
    (0xE0000, 0xE0FFF),  # tags and variation selectors
)

_LOOKALIKES = (
    {"※": "*", "●": "*", "★": "*", "☆": "*", "○": "o", "◯": "o", "◎": "@", "■": "[#]", "□": "[]"}
    | {"△": "^", "▲": "^", "▽": "v", "▼": "v", "▷": ">", "▶": ">", "◁": "<", "◀": "<", "◇": "<>", "◆": "<>"}
    | {"→": "->", "←": "<-", "↑": "^", "↓": "v", "↔": "<->", "⇒": "=>", "⇔": "<=>", "↗": "/", "↘": "\\"}
    | {"×": "x", "÷": "/", "±": "+/-", "≦": "<=", "≧": ">=", "≤": "<=", "≥": ">=", "≠": "!=", "≒": "~="}
    | {"∞": "inf", "√": "sqrt", "∼": "~", "°": "deg", "℃": "C", "℉": "F", "‰": "o/oo", "′": "'", "″": '"'}
    | {"…": "~", "‥": "..", "·": ".", "‘": "'", "’": "'", "“": '"', "”": '"', "´": "'", "¨": '"'}
    | {"‐": "-", "–": "-", "—": "-", "―": "-", "‖": "||", "§": "S.", "¶": "P.", "†": "+", "•": "*"}
    | {"≡": "=", "≪": "<<", "≫": ">>", "∑": "Sum", "∶": ":", "‾": "-", "€": "EUR", "®": "(R)", "∥": "||"}
    | {"Æ": "AE", "æ": "ae", "Ø": "O", "ø": "o", "ß": "ss", "Œ": "OE", "œ": "oe", "Þ": "Th", "þ": "th"}
)


class _Substitutes(dict[int, str]):
    """A table for `str.translate` that works out each character once, when it is first met."""

    def __init__(self, substitute: Callable[[str], str]) -> None:
        super().__init__()
        self._substitute = substitute

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, self._substitute(chr(code)))


def _harmless(character: str) -> str:
    """Return the character itself, or what may be drawn in its place ("" for nothing)."""
    if character == "\t":
        return character
    if character in _LINE_ENDS:
        return "\n"
    category = unicodedata.category(character)
    if category == "Cc":
        return _picture_of_control(ord(character))
    if (
        category == "Cs"
        or character in _BIDI_CONTROLS
        or _is_noncharacter(ord(character))
        or ord(character) in STAND_INS
    ):
        return REPLACEMENT
    return "" if category == "Cf" or _is_invisible(ord(character)) else character


def _picture_of_control(code: int) -> str:
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else REPLACEMENT


def _is_noncharacter(code: int) -> bool:
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def _is_invisible(code: int) -> bool:
    return any(first <= code <= last for first, last in _INVISIBLE_RANGES)


def _unambiguous(character: str) -> str:
    """Return the character itself, or ASCII in its place when its width is ambiguous."""
    if unicodedata.east_asian_width(character) != "A":
        return character
    if character in _LOOKALIKES:
        return _LOOKALIKES[character]
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return ""
    return _enclosed_number(character) or _drawing(character) or _spelled(character) or UNKNOWN


def _enclosed_number(character: str) -> str:
    """Write ① ❶ ⓫ as (1) (1) (11), and nothing for a number that no circle encloses."""
    tag, _, letters = unicodedata.decomposition(character).partition(" ")
    if tag == "<circle>":
        return f"({unicodedata.normalize('NFKC', character)})"
    number = unicodedata.numeric(character, None)
    circled = number is not None and not letters and unicodedata.category(character) == "No"
    return f"({number:.0f})" if circled else ""


def _drawing(character: str) -> str:
    """Write lines as - = | +, blocks as #."""
    if 0x2580 <= ord(character) <= 0x2595:
        return "#"
    if not 0x2500 <= ord(character) <= 0x257F:
        return ""
    direction = unicodedata.name(character).rsplit(" ", 1)[-1]
    straight = {"HORIZONTAL": "=" if character == "═" else "-", "VERTICAL": "|"}
    return straight.get(direction, "+") if " AND " not in unicodedata.name(character) else "+"


def _spelled(character: str) -> str:
    """Write Ⅱ as II, é as e, ½ as 1/2, α as alpha; nothing where that needs more than ASCII."""
    decomposed = unicodedata.normalize("NFKD", character).replace("\u2044", "/")
    # marks of class 1 strike a sign out, as in ≮: dropping them would turn its meaning round
    plain = "".join(part for part in decomposed if unicodedata.combining(part) <= 1).strip()
    if plain.isascii():
        return plain
    name = unicodedata.name(character, "")
    if not name.startswith("GREEK "):
        return ""
    letter = name.rsplit(" ", 1)[-1]
    return letter.title() if character.isupper() else letter.lower()


FOR_HARMFUL = _Substitutes(_harmless)
FOR_AMBIGUOUS = _Substitutes(_unambiguous)
