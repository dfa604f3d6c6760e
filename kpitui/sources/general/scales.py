"""Rating scales that are known beforehand, and the order they give to the values found; never a closed list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kpitui.text.wording import Both

_PREFIX = re.compile(r"^(?:[①-⑳]|[0-9]{1,2}[.:)、]\s*|\([0-9]\)\s*|本事業は\s*)+")


class Scale(NamedTuple):
    """A known scale, best first: patterns that each match the whole of a value in reduced form."""

    name: Both
    levels: tuple[str, ...]


_NATIONAL = Scale(
    Both("国の様式の四段階", "the national four"),
    (
        r".*非常に効果.*",
        r".*相当程度.*効果.*",
        r"(?!.*(?:非常に|相当程度|なかった|なし|ない)).*効果が?(?:あった|的).*",
        r".*効果が?(?:なかった|なし|ない|得られなかった).*",
    ),
)
_SCALES = (
    _NATIONAL,
    Scale(
        Both("文字 S–F", "letters S–F"),
        (r"ss", r"s\+?", r"a\+", r"a", r"a-", r"b\+", r"b", r"b-", r"c\+", r"c", r"c-", r"d\+?", r"e", r"f"),
    ),
    Scale(Both("記号 ◎○△×", "signs ◎○△×"), (r"◎", r"[○〇◯]", r"△", r"▲", r"[×✕xX]")),
    Scale(
        Both("緑–赤", "Green–Red"),
        (
            r"green",
            r"(?:amber|yellow)\s*[/-]\s*green|green\s*[/-]\s*(?:amber|yellow)",
            r"amber|yellow",
            r"(?:amber|yellow)\s*[/-]\s*red|red\s*[/-]\s*(?:amber|yellow)",
            r"red",
        ),
    ),
    Scale(
        Both("On Track の類", "On Track and the like"),
        (
            r"complete[d]?|achieved|delivered|met",
            r"ahead(?: of (?:schedule|target))?|exceed(?:ed|ing)?",
            r"on[ -]?track|on schedule|on target",
            r"(?:mostly|broadly|partially) on track|at risk|minor (?:delay|issue)s?|some(?:what)? (?:delay|behind)\w*",
            r"delayed|behind(?: schedule)?|slipping",
            r"off[ -]?track|blocked|stalled|not met|missed|failed",
        ),
    ),
    Scale(
        Both("順調–遅れ", "smooth to late"),
        (
            r"完了",
            r"(?:非常に|極めて)順調|計画以上.*",
            r"順調.*|計画どおり|計画通り",
            r"(?:概|おおむ)ね(?:順調|計画(?:どお|通)り).*",
            r"やや(?:遅れ|不調|遅延).*|少し遅れ.*",
            r"(?:大幅|著しく|かなり)?な?(?:遅れ|遅延).*|不調.*",
            r"未着手|停滞|中断",
        ),
    ),
    Scale(
        Both("達成–未達成", "achieved to not achieved"),
        (
            r"(?:目標)?(?:を)?(?:大幅に|大きく)(?:達成|上回).*",
            r"(?:目標)?達成(?:済み?)?",
            r"達成見込み?|(?:概|おおむ)ね達成|ほぼ達成",
            r"一部達成|一部未達成",
            r"達成困難",
            r"(?:目標)?未達成?",
        ),
    ),
    Scale(
        Both("有効", "useful or not"),
        (
            r"(?!.*(?:とは言えない|なかった|ない)).*有効(?:で(?:あった|ある))?",
            r".*有効(?:と|で)は(?:言えない|なかった|ない).*",
        ),
    ),
    Scale(Both("高–低", "high to low"), (r"high|高い?", r"medium|moderate|中|普通", r"low|低い?")),
    Scale(
        Both("優–劣", "excellent to poor"),
        (
            r"excellent|outstanding|優|very good",
            r"good|良|satisfactory",
            r"fair|average|可|adequate",
            r"poor|不可|inadequate|unsatisfactory",
            r"very poor|劣",
        ),
    ),
)
_NUMBER = re.compile(r"([1-9]|10)(?:点|段階)?")


class Ordered(NamedTuple):
    """Values in order, best first, the scale that says so, and the values that it does not know."""

    values: tuple[str, ...]
    name: Both | None
    strange: tuple[str, ...]


def order(values: Iterable[str]) -> Ordered:
    """The distinct values by the known scale that knows most of them; in the order given where none knows half."""
    distinct = tuple(dict.fromkeys(values))
    ranked = [
        (scale, {value: rank for value in distinct if (rank := _rank(value, scale)) is not None}) for scale in _SCALES
    ]
    scale, ranks = max(ranked, key=lambda each: len(each[1]))
    numbers = {value: -int(found[1]) for value in distinct if (found := _NUMBER.fullmatch(_folded(value)))}
    if len(numbers) > len(ranks):
        return _ordered(
            distinct, numbers, Both("数 (大きいほど良いとみなす)", "numbers, the greater taken for the better")
        )
    if not distinct or len(ranks) * 2 < len(distinct):
        return Ordered(distinct, None, ())
    return _ordered(distinct, ranks, scale.name)


def known(values: Sequence[str]) -> bool:
    """Whether at least two values are all of one known scale of words, letters or signs."""
    found = order(values)
    return len(set(values)) >= 2 and found.name is not None and not found.strange and not any(map(_is_number, values))


def _is_number(value: str) -> bool:
    return _NUMBER.fullmatch(_folded(value)) is not None


def _ordered(distinct: Sequence[str], ranks: dict[str, int], name: Both) -> Ordered:
    inside = sorted(ranks, key=lambda value: ranks[value])
    return Ordered(tuple(inside), name, tuple(value for value in distinct if value not in ranks))


def _rank(value: str, scale: Scale) -> int | None:
    folded = _folded(value)
    return next((rank for rank, level in enumerate(scale.levels) if re.fullmatch(level, folded)), None)


def _folded(value: str) -> str:
    text = _PREFIX.sub("", " ".join(value.split()))
    return re.sub(r"\s*評価$", "", unicodedata.normalize("NFKC", text)).strip().lower().rstrip("。.")
