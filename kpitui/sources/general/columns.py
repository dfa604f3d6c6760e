"""Which column holds what: each head by itself, then all heads together, then what stands in the columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

from kpitui.sources.general import incell, reasons, scales, units, vocab
from kpitui.sources.general.drafts import Draft, Drafts, distinct, has, with_project
from kpitui.sources.general.meaning import Meaning
from kpitui.sources.general.profile import Profile
from kpitui.sources.general.roles import OF_KPI, VALUES, Role

_TARGETS = {"目標", "目標値", "計画", "計画値", "Target", "target"}
_KINDS = _TARGETS | {"実績", "実績値", "達成率", "達成度", "進捗率", "見込", "Actual", "actual"}
_OBJECTIVES = ("objective", "objectives")
_PLAN = re.compile(r"予算|計画額|予定額|見積|baseline|budget|forecast|planned|estimate|wholelife")
_SPENT = re.compile(r"執行|決算|実績|支出|actual|outturn|spen[dt]")
_SIGNS = set("◎○〇◯△▲×✕")
_OF_WORDS = (Role.UNIT, Role.PROJECT, Role.SUMMARY, Role.DIRECTION, Role.INDICATOR)


def understand(meanings: Sequence[Meaning], profiles: Sequence[Profile]) -> Drafts:
    """Give each column its role, or none where nothing tells it."""
    drafts = [_draft(place, *pair) for place, pair in enumerate(zip(meanings, profiles, strict=True))]
    for step in _STEPS:
        drafts = [step(draft, drafts) for draft in drafts]
    return with_project(distinct(drafts))


def _draft(place: int, meaning: Meaning, profile: Profile) -> Draft:
    doubt = None if meaning.sure or not meaning.role else reasons.LIKELY.format(why=meaning.why)
    return Draft(place, meaning, profile, meaning.role, meaning.why, doubt)


def _in_cell(draft: Draft, drafts: Drafts) -> Draft:
    """KPIs inside cells are seen in the cells, whatever the head says."""
    values = list(draft.profile.values)
    if values and sum(map(incell.holds, values)) * 2 >= len(values):
        return draft.become(Role.KPIS, reasons.IN_CELL)
    return draft


def _objective(draft: Draft, drafts: Drafts) -> Draft:
    """An English objective that no other column names the measure of is the KPI's name; in numbers it is the target."""
    if draft.role is not Role.SUMMARY or not draft.meaning.word.endswith(_OBJECTIVES):
        return draft
    if draft.profile.numeric > 0.5:
        wanted = not has(drafts, Role.TARGET) and has(drafts, Role.INDICATOR, Role.ACTUAL)
        return draft.guess(Role.TARGET, reasons.NUMBERS_ONLY) if wanted else draft
    first = next(each for each in drafts if each.meaning.word.endswith(_OBJECTIVES))
    if draft is first and not has(drafts, Role.INDICATOR) and has(drafts, Role.TARGET) and draft.profile.said:
        return draft.guess(Role.INDICATOR, reasons.OBJECTIVE)
    return draft


def _outturn(draft: Draft, drafts: Drafts) -> Draft:
    """What came of a target is called its outturn in Britain, as money is; beside a target alone it is the actual."""
    beside = has(drafts, Role.TARGET) and has(drafts, Role.INDICATOR) and not has(drafts, Role.ACTUAL)
    is_money = units.is_money(draft.meaning.unit or "") or draft.meaning.why is not reasons.WORD
    if draft.role is Role.COST and draft.meaning.word.endswith("outturn") and beside and not is_money:
        return draft.guess(Role.ACTUAL, reasons.OUTTURN)
    return draft


def _planned(draft: Draft, drafts: Drafts) -> Draft:
    """A baseline, budget or whole-life cost is no spend; a head that is itself a known word for money is named one."""
    word = draft.meaning.word
    if draft.role is not Role.COST or not _PLAN.search(word) or _SPENT.search(word):
        return draft
    return replace(draft, why=reasons.BUDGET) if draft.meaning.sure else draft.guess(None, reasons.NOT_SPENT)


def _signs(draft: Draft, drafts: Drafts) -> Draft:
    """Signs such as ◎○△× below a head of actuals say how it went, and count nothing."""
    signs = {unicodedata.normalize("NFKC", value) for value in draft.profile.values}
    if draft.role is Role.ACTUAL and signs and signs <= _SIGNS and not has(drafts, Role.PUBLISHED):
        return draft.guess(Role.PUBLISHED, reasons.SIGNS)
    return draft


def _fitting(draft: Draft, drafts: Drafts) -> Draft:
    """Take a role away from a column whose cells belie it."""
    profile, role = draft.profile, draft.role
    if role is None or not profile.said:
        return draft
    sure = draft.meaning.sure and sum(each.role is role for each in drafts) == 1
    if role in (*VALUES, Role.COST) and profile.numeric < 0.5:
        worded = role is Role.TARGET and profile.length <= 20 and not _has_numbers(role, drafts)
        kept = worded or (sure and (profile.numbers or profile.length <= 20))
        return replace(draft, doubt=reasons.WORDS_ONLY) if kept else draft.guess(None, reasons.WORDS_ONLY)
    if role in _OF_WORDS and profile.numeric > 0.5:
        return _numbers(draft, sure=sure)
    if role is Role.RATING and not profile.few and not (sure and profile.length <= 60):
        return draft.guess(None, reasons.TOO_MANY)
    return draft


def _numbers(draft: Draft, *, sure: bool) -> Draft:
    """A column of numbers whose head promises words: a target in numbers, or what it says if nothing else does."""
    if draft.role is Role.INDICATOR and (not sure or draft.meaning.word.endswith("目標")):
        return draft.guess(Role.TARGET, reasons.NUMBERS_ONLY)
    if sure and draft.role in (Role.PROJECT, Role.INDICATOR):
        return replace(draft, doubt=reasons.NUMBERS_ONLY)
    return draft.guess(None, reasons.NUMBERS_ONLY)


def _has_numbers(role: Role, drafts: Drafts) -> bool:
    """Whether, for one column of indicators, some column of that role holds numbers."""
    indicators = sum(each.role is Role.INDICATOR for each in drafts)
    return indicators < 2 and any(each.role is role and each.profile.numeric >= 0.5 for each in drafts)


def _several(draft: Draft, drafts: Drafts) -> Draft:
    """A word of several meanings, by the other columns and by its values."""
    several = draft.meaning.several
    if draft.role or not several:
        return draft
    if several == (Role.BASELINE, Role.ACTUAL):
        return _present(draft, drafts)
    if Role.INDICATOR in several:
        wanted = not has(drafts, Role.INDICATOR) and has(drafts, *VALUES) and draft.profile.numeric < 0.5
        other = several[1]
        return draft.become(
            Role.INDICATOR if wanted else None if has(drafts, other) else other, reasons.CONTEXT, reasons.CONTEXT
        )
    if Role.TARGET in several:
        return draft.guess(Role.TARGET if draft.profile.numeric >= 0.5 else None, reasons.CONTEXT)
    aims = all(vocab.aim(value) for value in draft.profile.values)
    return draft.become(
        Role.AIM if aims and has(drafts, Role.INDICATOR) else Role.DIRECTION, reasons.CONTEXT, reasons.CONTEXT
    )


def _present(draft: Draft, drafts: Drafts) -> Draft:
    """現状値 is the baseline in a plan, and the latest value in a progress report."""
    if has(drafts, Role.ACTUAL):
        return draft.become(Role.BASELINE, reasons.BEFORE)
    if has(drafts, Role.BASELINE):
        return draft.become(Role.ACTUAL, reasons.LATEST)
    if has(drafts, Role.PUBLISHED):
        return draft.guess(Role.ACTUAL, reasons.PROGRESS)
    return draft.guess(Role.BASELINE, reasons.PLAN)


def _by_rows(draft: Draft, drafts: Drafts) -> Draft:
    """A column that says in each row whether it is one of targets or of actuals; what it says of is not read."""
    if set(draft.profile.values) <= _KINDS and draft.profile.values.keys() & _TARGETS and len(draft.profile.values) > 1:
        return draft.guess(None, reasons.BY_ROWS)
    return draft


def _bare_year(draft: Draft, drafts: Drafts) -> Draft:
    """A head that is but a year stands over actuals, where there are indicators."""
    if any(each.why is reasons.BY_ROWS for each in drafts):
        return draft
    bare = draft.role is None and draft.meaning.period is not None and not draft.meaning.word
    if bare and draft.profile.numeric >= 0.5 and has(drafts, Role.INDICATOR):
        return draft.guess(Role.ACTUAL, reasons.YEAR)
    return draft


def _without_kpis(draft: Draft, drafts: Drafts) -> Draft:
    """Where nothing is an indicator, values are money or nothing; a target with its actual is the project's own."""
    if has(drafts, Role.INDICATOR) or (has(drafts, Role.TARGET) and has(drafts, Role.ACTUAL)):
        return draft
    if draft.role is Role.PUBLISHED:
        return draft.guess(Role.RATING if draft.profile.few else None, reasons.UNRATED)
    if draft.role not in OF_KPI:
        return draft
    if draft.role is Role.ACTUAL and units.is_money(draft.meaning.unit or ""):
        return draft.guess(Role.COST, reasons.MONEY)
    return draft.guess(None, reasons.NO_KPI)


def _by_values(draft: Draft, drafts: Drafts) -> Draft:
    """A column told by its values alone: what happens next, or a known scale of ratings."""
    values = list(draft.profile.values)
    if not values or draft.role not in (None, Role.RATING):
        return draft
    if all(map(vocab.is_direction, values)) and not scales.known(values) and not has(drafts, Role.DIRECTION):
        why = reasons.BY_VALUES.format(what=reasons.NEXT)
        return draft.guess(Role.DIRECTION, why)
    if draft.role is None and not has(drafts, Role.RATING) and scales.known(values):
        why = reasons.BY_VALUES.format(what=reasons.SCALE.format(name=scales.order(values).name))
        return draft.guess(Role.RATING, why)
    return draft


_STEPS: tuple[Callable[[Draft, Drafts], Draft], ...] = (
    _in_cell,
    _objective,
    _outturn,
    _planned,
    _signs,
    _fitting,
    _several,
    _by_rows,
    _bare_year,
    _without_kpis,
    _by_values,
)
