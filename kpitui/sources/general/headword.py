"""A head cell taken apart: the word that tells its column, and the date, unit, number and aim beside it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from kpitui.sources.general import dates, units
from kpitui.sources.general.dates import Period
from kpitui.sources.vocabulary import aim

LONGEST = 500
"""Characters of a cell that are looked at; a longer one is no head."""
_CIRCLED = re.compile(r"[①-⑳㉑-㉟㊱-㊿]")
_BRACKET = re.compile(r"[(\[【〔<{]([^()\[\]【】〔〕<>{}]*)[)\]】〕>}]")
_LEADING = re.compile(r"^(?:[0-9]{1,2}[.)]|[アイウエオカキ](?:[.)]|\s(?=\s*\S))|[a-e][.)])\s*", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<![0-9.])([0-9]{1,2})$")
_KANA = "アイウエオカキクケコ"
_JUNK = re.compile(r"[\s_\-‐–—・:/\\.,、。|#*※'\"?&~〜]+")
FAMILIES = ("outcome", "output", "アウトプット", "アウトカム", "活動", "成果")
_FAMILIES = re.compile(rf"^({'|'.join(FAMILIES)})(.*)$")
INNER = {"name": "indicatorname", "val": "value", "title": "indicatorname", "名": "指標名", "名称": "指標名"}
_AIM_WORDS = re.compile(r"(?:増加分|減少分)$")


@dataclass(frozen=True)
class HeadWord:
    """What a head cell says.

    `word` is reduced: NFKC, lower case, no blanks, marks, brackets, dates or numbers. `ordinal` counts groups side
    by side (指標②, output_name3); `family` is what tells two kinds of them apart (output, outcome).
    """

    word: str
    brackets: tuple[str, ...] = ()
    ordinal: int | None = None
    family: str = ""
    period: Period | None = None
    unit: str | None = None
    aim: str | None = None


def read(cell: str) -> HeadWord:
    """Take a head cell apart."""
    ordinal, cell = _circled(cell), cell[:LONGEST]
    text = unicodedata.normalize("NFKC", _CIRCLED.sub("", cell)).strip()
    text, brackets = _without_brackets(text)
    text = _LEADING.sub("", text)
    period, text = _without_period(text, brackets)
    text = _JUNK.sub("", text).lower()
    number = _ORDINAL.search(text) if text[-1:].isdigit() else None
    if number and text != number[0]:
        ordinal, text = ordinal or int(number[1]), text[: number.start()]
    if text[-1:] in _KANA and text[:-1].endswith(("指標", "目標", "実績", "kpi")):
        ordinal, text = ordinal or _KANA.index(text[-1]) + 1, text[:-1]
    family, word = _family((_AIM_WORDS.sub("", text) if text.endswith("分") else text) or text)
    return HeadWord(word, brackets, ordinal, family, period, _unit(brackets), aim(cell))


def reduced(cell: str) -> str:
    """The word alone."""
    return read(cell).word


def _circled(cell: str) -> int | None:
    found = _CIRCLED.search(cell)
    return int(unicodedata.numeric(found[0])) if found else None


def _without_brackets(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without its brackets, the innermost first, and what stood in them."""
    found: list[str] = []
    while inner := _BRACKET.search(text):
        found.append(inner[1].strip())
        text = f"{text[: inner.start()]} {text[inner.end() :]}"
    return text.strip() or " ".join(found), tuple(found)


def _without_period(text: str, brackets: tuple[str, ...]) -> tuple[Period | None, str]:
    """The period that a head names, and its text without it; one in brackets counts where there is no other."""
    found = dates.find(text)
    if found:
        return found.period, f"{text[: found.start]} {text[found.end :]}".strip()
    return next((when for each in brackets if (when := dates.period(each))), None), text


def _family(word: str) -> tuple[str, str]:
    """The kind of a group, and the word as it would stand without it; 成果指標 stays an indicator."""
    found = _FAMILIES.match(word)
    if not found:
        return "", word
    rest = found[2]
    return found[1], INNER.get(rest, rest) or word


def _unit(brackets: tuple[str, ...]) -> str | None:
    """The unit that stands in brackets, 単位: before it or not."""
    for each in brackets:
        inner = re.sub(r"^単位\s*[::]?\s*", "", each).strip()
        if units.looks_like(inner) or (inner != each and inner):
            return inner
    return None
