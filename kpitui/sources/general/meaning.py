"""What one column's head may mean by itself, before the whole head and the rows below have been heard."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

from kpitui.sources.general import grid, reasons, synonyms
from kpitui.sources.general.dates import Period
from kpitui.sources.general.headword import HeadWord
from kpitui.sources.general.roles import VALUES, Role
from kpitui.sources.general.stacks import Stack
from kpitui.text.wording import Both

_ENDING = Both("見出しの末尾", "the end of the head")
_GROUP = Both("上の見出し", "the head above it")
_MONEY = Both("金額の見出しの下", "below a head of money")
_NONE = Both("見出しが空", "no head")
_UNKNOWN = Both("知らない見出し", "an unknown head")
_SEVERAL = Both("語の意味が一つでない", "a word of several meanings")
_NAMES = {"内容", "名称", "name", "項目", "title", "名"}


@dataclass(frozen=True)
class Meaning:
    """What a head may mean: a role with its place in the order of preference, or several; and what it carries."""

    role: Role | None
    why: Both
    sure: bool = False
    preference: int = 99
    several: tuple[Role, ...] = ()
    ordinal: int | None = None
    family: str = ""
    period: Period | None = None
    unit: str | None = None
    aim: str | None = None
    brackets: tuple[str, ...] = ()
    word: str = ""


def meaning(stack: Stack) -> Meaning:
    """What the head texts over one column may mean, the lowest of them heard first."""
    words = [grid.head_word(text) for text in stack]
    said = _said(stack, words)
    carried = reduce(_over, reversed(words), HeadWord(""))
    return Meaning(
        said.role,
        said.why,
        said.sure,
        said.preference,
        said.several,
        carried.ordinal,
        carried.family,
        carried.period,
        carried.unit,
        carried.aim,
        tuple(inner for word in words for inner in word.brackets),
        "".join(word.word for word in words),
    )


def _over(lower: HeadWord, upper: HeadWord) -> HeadWord:
    """What a lower head carries, and the upper one where the lower is silent."""
    return HeadWord(
        lower.word or upper.word,
        (),
        lower.ordinal if lower.ordinal is not None else upper.ordinal,
        lower.family or upper.family,
        lower.period or upper.period,
        lower.unit or upper.unit,
        lower.aim or upper.aim,
    )


def _said(stack: Stack, words: list[HeadWord]) -> Meaning:
    named = [word for word in words if word.word]
    if not named:
        return Meaning(None, _NONE)
    joined = synonyms.exact(grid.head_word("".join(stack)).word) if len(stack) > 1 else None
    above = [synonyms.exact(word.word) for word in named[:-1]]
    lowest = named[-1].word
    found = synonyms.exact(lowest)
    if any(each and each.role is Role.COST for each in above) and (not found or found.role in (*VALUES, Role.COST)):
        return Meaning(Role.COST, _MONEY, True, _spent(found))
    if joined:
        return Meaning(joined.role, reasons.WORD, True, joined.preference)
    if lowest in _NAMES and any(each and each.role is Role.INDICATOR for each in above):
        return Meaning(Role.INDICATOR, _GROUP, True, 0)
    return _alone(lowest, [each for each in above if each])


def _spent(found: synonyms.Synonym | None) -> int:
    """The preference of an amount below a head of money: its own if it is a word of money, else actuals first."""
    if found and found.role is Role.COST:
        return found.preference
    return 5 if found and found.role is Role.ACTUAL else 50


def _alone(word: str, above: list[synonyms.Synonym]) -> Meaning:
    """What the lowest word means by itself; where it is unknown, values may be named above it."""
    if several := synonyms.AMBIGUOUS.get(word):
        return Meaning(None, _SEVERAL, several=several)
    if found := synonyms.exact(word):
        return Meaning(found.role, reasons.WORD, True, found.preference)
    ending = synonyms.ending(word) if len(word) <= 40 else None
    if ending:
        return Meaning(ending.role, _ENDING, False, 40 + ending.preference)
    values = [each for each in above if each.role in (*VALUES, Role.RATING, Role.DIRECTION)]
    if values:
        return Meaning(values[-1].role, _GROUP, False, 60)
    return Meaning(None, _UNKNOWN)
