"""How alike two names are: the letter pairs they share, rare ones counting more than what every name has.

Names of projects end in 推進事業 and names of KPIs in 件数; counted evenly, such endings would make strangers alike.
Names that tell different numbers (第1期 and 第2期) or opposite words (県内 and 県外) are never alike.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from kpitui.text.fold import fold

_BLANKS = re.compile(r"\s+")
_END = "\0"
"""Stands before and after a name, so that its first and last letters make pairs, too."""
_COMMONEST = 400
"""A letter pair that more names have finds no candidates; without a bound, names all alike would be n² of them."""
_DIGITS = "〇一二三四五六七八九"
_NUMBER = re.compile(
    r"(?P<digits>\d+(?:\.\d+)?(?:[a-z](?![a-z]))?)"
    r"|第(?P<ordinal>[〇一二三四五六七八九十百]{1,8})"
    r"|(?P<counted>[〇一二三四五六七八九十百]{1,8})(?=期|次|回|号|弾|年|[かゖ]年)"
    r"|(?<![a-z])(?P<roman>ii|iii|iv|vi|vii|viii|ix|[ivx](?=$|[)期次]))(?![a-z])"
    r"|(?<![a-z])(?P<word>first|second|third|fourth|fifth)(?![a-z])"
)
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_WORDS = ("", "first", "second", "third", "fourth", "fifth")
_PARTED = re.compile(r"(?<=\d),(?=\d{3})|(?<=\d) +(?=\d)")
"""What stands within a number: its thousands separators, and blanks that a PDF put there."""
_OPPOSITES = ("内外", "男女", "増減", "新旧", "上下", "前後", "入出", "高低", "小中高", "東西南北", "春夏秋冬")
"""Letters that tell names apart which are otherwise the same: 輸入額 and 輸出額, 小学校 and 中学校."""


def key(name: str) -> str:
    """The form in which names are the same: folded as for the search, without blanks."""
    return _BLANKS.sub("", fold(name))


def numbers(name: str) -> tuple[str, ...]:
    """The numbers that a name tells, sorted: digits with a letter after them, ordinals, years, 第二 and ii as 2."""
    return tuple(sorted(_number(found) for found in _NUMBER.finditer(_PARTED.sub("", fold(name)))))


def _number(found: re.Match[str]) -> str:
    text = found[found.lastgroup or 0]
    match found.lastgroup:
        case "roman":
            return str(_ROMAN.index(text))
        case "word":
            return str(_WORDS.index(text))
        case "digits":
            return text.lstrip("0") or "0"
    return str(_kanji(text))


def _kanji(text: str) -> int:
    """二十三 as 23; a row of digits (二〇) by their places."""
    if not set(text) & set("十百"):
        return int("".join(str(_DIGITS.index(each)) for each in text))
    total = 0
    for part, unit in re.findall(r"([〇一二三四五六七八九]*)([十百]?)", text):
        value = _kanji(part) if part else int(bool(unit))
        total += value * {"十": 10, "百": 100}.get(unit, 1)
    return total


@dataclass(frozen=True)
class Name:
    """A name with what is compared of it."""

    text: str

    @cached_property
    def key(self) -> str:
        """The form in which names are the same."""
        return key(self.text)

    @cached_property
    def pairs(self) -> Counter[str]:
        """Its letter pairs, each with how often it occurs."""
        text = f"{_END}{self.key}{_END}"
        return Counter(map("".join, pairwise(text)))

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The numbers it tells."""
        return numbers(self.text)

    @cached_property
    def letters(self) -> Counter[str]:
        """Its letters, each with how often it occurs."""
        return Counter(self.key)

    def opposes(self, other: Name) -> bool:
        """Whether one has more of a letter and the other more of its opposite."""
        return any(_excess(self, other, group) and _excess(other, self, group) for group in _OPPOSITES)


def _excess(one: Name, other: Name, group: str) -> bool:
    return any(one.letters[letter] > other.letters[letter] for letter in group)


class Likeness:
    """How alike names are within all the names of two reports, which tell the rare letter pairs from the common."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._having: Counter[str] = Counter()
        every = 0
        for name in names:
            self._having.update(name.pairs.keys())
            every += 1
        self._rarity = {pair: math.log1p(every / count) for pair, count in self._having.items()}

    def of(self, one: Name, other: Name) -> float:
        """From 0 to 1, the same whichever comes first: twice the shared weight by the weight of both.

        1 for equal names; 0 where numbers differ or a word stands for its opposite. Both names must be among those
        that the likeness was made of.
        """
        if one.key == other.key:
            return 1.0
        if one.numbers != other.numbers or one.opposes(other):
            return 0.0
        return _alike(self._weighed(one), self._weighed(other))

    def near(self, ours: Sequence[Name], theirs: Sequence[Name], floor: float) -> Iterator[tuple[int, int, float]]:
        """Every place in `ours` with every place in `theirs` whose names are at least `floor` alike.

        Names this much alike share one of the rare pairs that either has; only such names are compared.
        """
        others = [self._weighed(name) for name in theirs]
        places: dict[tuple[tuple[str, ...], str], list[int]] = defaultdict(list)
        for place, name in enumerate(theirs):
            for pair in self._telling(others[place], floor):
                places[name.numbers, pair].append(place)
        for place, name in enumerate(ours):
            mine = self._weighed(name)
            shared = {other for pair in self._telling(mine, floor) for other in places.get((name.numbers, pair), ())}
            for other in shared:
                if _alike(mine, others[other], floor) >= floor and (alike := self.of(name, theirs[other])) >= floor:
                    yield place, other, alike

    def _weighed(self, name: Name) -> _Weighed:
        weights = {pair: count * self._rarity[pair] for pair, count in name.pairs.items()}
        return _Weighed(weights, math.fsum(weights.values()))

    def _telling(self, name: _Weighed, floor: float) -> list[str]:
        """The rarest pairs of a name, as many as leave too little weight for the others alone to reach the floor."""
        left, needed = name.total, name.total * floor / (2 - floor) * (1 - 1e-9)
        telling: list[str] = []
        for pair in sorted(name.weights, key=lambda each: (self._having[each], each)):
            if left < needed:
                break
            telling.append(pair)
            left -= name.weights[pair]
        return [pair for pair in telling if self._having[pair] <= _COMMONEST]


@dataclass(frozen=True)
class _Weighed:
    """The weight of each letter pair of a name, and of all of them together."""

    weights: dict[str, float]
    total: float


def _alike(one: _Weighed, other: _Weighed, floor: float = 0.0) -> float:
    """Twice the shared weight by the weight of both; 0 where the weights alone tell that it is below the floor.

    math.fsum, because a sum that depended on its order would pair A with B otherwise than B with A.
    """
    both = one.total + other.total
    if 2 * min(one.total, other.total) < floor * both:
        return 0.0
    common = one.weights.keys() & other.weights.keys()
    return 2 * math.fsum(min(one.weights[pair], other.weights[pair]) for pair in common) / both
