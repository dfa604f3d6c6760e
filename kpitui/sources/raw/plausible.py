"""How far a text that came out of a trial reads as Japanese, or as a Western language: 0 to 1."""

from __future__ import annotations

import re
import unicodedata

Spans = list[tuple[int, int]]
"""Where runs of characters beyond ASCII begin and end."""

_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fe]")
_HALF_KANA = re.compile(r"[\uff61-\uff9f]")
_KANJI = re.compile(r"[\u4e00-\u9fff々]")
_SIGN = re.compile(
    r"[\u3000-\u303f\uff01-\uff60\uffe0-\uffe6\u2010-\u203b\u2190-\u21ff\u2460-\u24ff\u25a0-\u25ff×÷±°㎡㎥℃№→]"
)
_CYRILLIC_OR_GREEK = re.compile(r"[\u0370-\u04ff]")
_COMMON_LEAD = range(0x88, 0x99)
"""First bytes in Shift_JIS of the kanji of JIS level 1, those in common use."""
_ALONE = 0.2
"""The weight of a single kanji with a Latin letter before it, which CP1252's ’ and é become in a trial of CP932."""
_WESTERN_SIGNS = set("£€§©®°±²³·¹º¼½¾¿¡«»×\xa0–—…™‰")
_OPENING, _CLOSING = set("‘“"), set("’”")
_RARE = set("ŽžŠšŒœŸƒ")
_LONGEST_WESTERN_RUN = 3


def japanese(text: str, spans: Spans) -> float:
    """How plausible the runs at these places are as Japanese: kana and kanji in common use, in runs."""
    weights = [_weight(text, start, end, place) for start, end in spans for place in range(start, end)]
    return sum(weights) / len(weights) if weights else 0.0


def _weight(text: str, start: int, end: int, place: int) -> float:
    char = text[place]
    if _KANJI.match(char):
        alone = end - start == 1 and start > 0 and text[start - 1].isalpha()
        return _ALONE if alone else 0.9 if _common(char) else 0.3
    if _KANA.match(char) or _SIGN.match(char):
        return 1.0
    if _HALF_KANA.match(char):
        return 0.6 if end - start > 1 else 0.0
    return 0.3 if _CYRILLIC_OR_GREEK.match(char) else 0.0


def _common(char: str) -> bool:
    return char == "々" or char.encode("cp932", "replace")[0] in _COMMON_LEAD


def western(text: str, spans: Spans) -> float:
    """How plausible the runs at these places are as a Western language: single letters and signs among ASCII."""
    weights = [_western_weight(text, start, end) for start, end in spans]
    return sum(weights) / len(weights) if weights else 0.0


def _western_weight(text: str, start: int, end: int) -> float:
    run, before, after = text[start:end], text[start - 1 : start], text[end : end + 1]
    if len(run) > _LONGEST_WESTERN_RUN:
        return 0.0
    return min(_western_char(char, before, after) for char in run)


def _western_char(char: str, before: str, after: str) -> float:
    if char in _WESTERN_SIGNS:
        return 0.95
    if char in _OPENING or char in _CLOSING or char == "•":
        return 0.95 if _stands_well(char, before, after) else 0.1
    if char in _RARE:
        return 0.5
    if unicodedata.category(char) in ("Ll", "Lu"):
        return 1.0 if before.isalpha() or after.isalpha() or not before.isalnum() else 0.4
    return 0.2


def _stands_well(char: str, before: str, after: str) -> bool:
    """Whether a quote opens or closes a word, an apostrophe stands in one, a bullet before one."""
    if char in _OPENING:
        return after.isalnum() and not before.isalnum()
    if char == "•":
        return not before.isalnum()
    return bool(before) and (before.isalnum() or before in ".,!?)%") and (char == "’" or not after.isalnum())
