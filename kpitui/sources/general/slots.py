"""Groups of KPI columns side by side, and equal heads in one group told apart by their year or their place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kpitui.sources.general import twice
from kpitui.sources.general.drafts import Draft
from kpitui.sources.general.model import Column
from kpitui.sources.general.roles import OF_KPI, VALUES, Role
from kpitui.sources.general.stacks import Stack
from kpitui.text.wording import Both

_EQUAL = Both(
    "同じ見出しが並び、年が書かれていない: 位置の順とみなした",
    "equal heads side by side without a year: told apart by their place",
)
_ALONE = Both("目標も実績も伴わない指標の列", "a column of indicators without targets or actuals")

_SINGLE = OF_KPI - {Role.INDICATOR, *VALUES}

Key = tuple[str, int]


def columns(drafts: Sequence[Draft], stacks: Sequence[Stack]) -> list[Column]:
    """The columns with their groups; an indicator column that no value belongs to is set aside."""
    slots = _slots(drafts)
    found = [_column(draft, stacks[draft.place], slots.get(draft.place, 1)) for draft in drafts]
    return _once(_turned(_lonely(found)), {each.place: _rank(each) for each in drafts})


def _column(draft: Draft, stack: Stack, slot: int) -> Column:
    meaning = draft.meaning
    return Column(
        draft.place,
        " / ".join(" ".join(text.split()) for text in stack),
        draft.role,
        draft.why,
        draft.doubt,
        meaning.period,
        meaning.unit,
        meaning.aim,
        slot,
        0,
        draft.profile.samples,
        draft.profile.filled,
        instead=draft.instead,
    )


def _slots(drafts: Sequence[Draft]) -> dict[int, int]:
    """The group of each KPI column by its place, from 1; one group where there is but one column of indicators."""
    own = {each.place: _key(each) for each in drafts if each.role is Role.INDICATOR}
    if len(own) < 2:
        return {}
    if len(set(own.values())) < len(own):
        own = {place: ("", number) for number, place in enumerate(own, start=1)}
        explicit = False
    else:
        explicit = True
    numbers = {key: number for number, key in enumerate(own.values(), start=1)}
    found: dict[int, int] = {}
    for each in drafts:
        if each.role in OF_KPI:
            key = own.get(each.place) or (_key(each) if explicit and _is_explicit(each) else None)
            found[each.place] = numbers.get(key or ("?", 0)) or numbers[_left(each.place, own)]
    return found


def _key(draft: Draft) -> Key:
    return draft.meaning.family, draft.meaning.ordinal or 1


def _is_explicit(draft: Draft) -> bool:
    return bool(draft.meaning.family) or draft.meaning.ordinal is not None


def _left(place: int, own: dict[int, Key]) -> Key:
    """The group of the nearest column of indicators to the left, else of the first."""
    before = [key for at, key in own.items() if at <= place]
    return before[-1] if before else next(iter(own.values()))


def _lonely(found: list[Column]) -> list[Column]:
    """Set aside the indicator columns without values, where other groups have some."""
    valued = {each.slot for each in found if each.role in VALUES}
    slots = {each.slot for each in found if each.role is Role.INDICATOR}
    if not valued or slots <= valued:
        return found
    return [_aside(each) if each.role in OF_KPI and each.slot not in valued else each for each in found]


def _aside(column: Column) -> Column:
    return replace(column, role=None, why=_ALONE, doubt=_ALONE, slot=1)


def _turned(found: list[Column]) -> list[Column]:
    """Number the columns of equal role, group and year; that they are equal is a doubt."""
    seen: Counter[tuple[Role, int, int | None]] = Counter()
    equal = Counter((each.role, each.slot, each.year) for each in found if each.role in VALUES)
    result: list[Column] = []
    for each in found:
        if each.role in VALUES and equal[each.role, each.slot, each.year] > 1:
            assert each.role is not None
            key = (each.role, each.slot, each.year)
            seen[key] += 1
            result.append(replace(each, turn=seen[key], doubt=_EQUAL))
        else:
            result.append(each)
    return result


def _rank(draft: Draft) -> tuple[bool, bool, int]:
    """Which of several columns of one thing speaks: one that says anything, by a word that stands for it first."""
    return not draft.profile.said, not draft.meaning.sure, draft.meaning.preference


def _once(found: list[Column], ranks: Mapping[int, tuple[bool, bool, int]]) -> list[Column]:
    """Let only the best unit, aim, date or achievement of a group and year speak; the others are a doubt."""
    best: dict[tuple[Role | None, int, int | None], int] = {}
    for each in sorted(found, key=lambda column: (ranks[column.place], column.place)):
        best.setdefault((each.role, each.slot, each.year), each.place)
    result: list[Column] = []
    for each in found:
        place = best[each.role, each.slot, each.year]
        if each.role in _SINGLE and place != each.place:
            result.append(twice.aside(each, place))
        else:
            result.append(each)
    return result
