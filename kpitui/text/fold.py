"""Fold text for search, so that ｶﾌｪ, カフェ and かふぇ are the same word, and ＫＰＩ is kpi."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from kpitui.text.ambiguous import restored

if TYPE_CHECKING:
    import polars as pl

_KATAKANA = [*range(0x30A1, 0x30F7), 0x30FD, 0x30FE]
# A final sigma depends on its neighbours; folded to the other one, every character folds alone.
_ALIKE = {chr(code): chr(code - 0x60) for code in _KATAKANA} | {"ς": "σ"}
_TRANSLATION = str.maketrans(_ALIKE)


def fold(text: str) -> str:
    """Return text in the form that is searched: NFKC, lower case, hiragana for katakana.

    The long vowel mark, small kana and voiced marks stay different. The length may change: ㈱ becomes (株).
    """
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).lower().translate(_TRANSLATION)


def fold_expr(expr: pl.Expr) -> pl.Expr:
    """Build the polars expression that folds a text column as `fold` does; null stays null."""
    lowered = expr.str.normalize("NFKC").str.to_lowercase()
    return lowered.str.replace_many(list(_ALIKE), list(_ALIKE.values()))


def find(haystack: str, needle_folded: str) -> list[tuple[int, int]]:
    """Find the spans of original code points, end excluded, whose fold holds the folded needle.

    Spans are in order and do not overlap. A hit inside what one character folds to covers that whole
    character with its voiced marks. An empty needle is found nowhere.
    """
    folded, starts = _folded_with_starts(restored(haystack))
    spans: list[tuple[int, int]] = []
    at = folded.find(needle_folded) if needle_folded else -1
    while at >= 0:
        _append_merged(spans, _span(starts, at, at + len(needle_folded)))
        at = folded.find(needle_folded, at + len(needle_folded))
    return spans


def _append_merged(spans: list[tuple[int, int]], span: tuple[int, int]) -> None:
    """Append a span, or widen the last one when both share a character."""
    if spans and span[0] < spans[-1][1]:
        span = (spans.pop()[0], span[1])
    spans.append(span)


def _span(starts: tuple[int, ...], first: int, end: int) -> tuple[int, int]:
    """Turn folded positions into original ones, widened to whole clusters."""
    last_cluster = starts[end - 1]
    while starts[end] == last_cluster:
        end += 1
    return starts[first], starts[end]


@lru_cache(maxsize=4096)
def _folded_with_starts(text: str) -> tuple[str, tuple[int, ...]]:
    """Fold text, and say for each folded character, and the end, where in text its cluster begins."""
    if text.isascii():
        return text.lower(), tuple(range(len(text) + 1))
    folded: list[str] = []
    starts: list[int] = []
    for start, end in _clusters(text):
        part = fold(text[start:end])
        folded.append(part)
        starts += [start] * len(part)
    return "".join(folded), (*starts, len(text))


def _clusters(text: str) -> list[tuple[int, int]]:
    """Split text where folding the parts gives the same as folding the whole."""
    bounds = [0]
    for at in range(1, len(text)):
        if not _joins(text[bounds[-1] : at], text[at]):
            bounds.append(at)
    return list(zip(bounds, [*bounds[1:], len(text)], strict=True))


def _joins(cluster: str, character: str) -> bool:
    """Tell whether a character changes what the cluster before it folds to, as a voiced mark does."""
    if unicodedata.combining(unicodedata.normalize("NFKD", character)[0]):
        return True
    apart = unicodedata.normalize("NFKC", cluster) + unicodedata.normalize("NFKC", character)
    return unicodedata.normalize("NFKC", cluster + character) != apart
