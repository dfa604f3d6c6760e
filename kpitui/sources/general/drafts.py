"""Columns while they are being understood, and the one of each kind that speaks for the project."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kpitui.sources.general import reasons
from kpitui.sources.general.meaning import Meaning
from kpitui.sources.general.profile import Profile
from kpitui.sources.general.roles import OF_PROJECT, Role
from kpitui.text.wording import Both


@dataclass(frozen=True)
class Draft:
    """A column while it is being understood."""

    place: int
    meaning: Meaning
    profile: Profile
    role: Role | None
    why: Both
    doubt: Both | None = None
    instead: int | None = None

    def become(self, role: Role | None, why: Both, doubt: Both | None = None) -> Draft:
        """The same column with another role."""
        return replace(self, role=role, why=why, doubt=doubt or self.doubt)

    def guess(self, role: Role | None, why: Both) -> Draft:
        """The same column with another role, which is to be asked about."""
        return replace(self, role=role, why=why, doubt=why)


Drafts = list[Draft]


def has(drafts: Drafts, *roles: Role) -> bool:
    """Whether some column has one of these roles."""
    return any(each.role in roles for each in drafts)


_SINGLE = OF_PROJECT - {Role.KPIS}


def distinct(drafts: Drafts) -> Drafts:
    """Let only the best column of each kind speak for the project; the first of equals."""
    best: dict[Role, Draft] = {}
    for draft in drafts:
        if draft.role in _SINGLE and (draft.role not in best or _better(draft, best[draft.role])):
            best[draft.role] = draft
    return [_outdone(draft, best) for draft in drafts]


def _better(draft: Draft, other: Draft) -> bool:
    mine, its = draft.meaning, other.meaning
    return (not mine.sure, mine.preference) < (not its.sure, its.preference)


def _outdone(draft: Draft, best: dict[Role, Draft]) -> Draft:
    winner = best.get(draft.role) if draft.role else None
    if winner is None or winner.place == draft.place:
        return draft
    why = reasons.TWICE.format(place=winner.place + 1)
    return replace(draft.guess(None, why), instead=winner.place)


def with_project(drafts: Drafts) -> Drafts:
    """Where no head says project, the first column of words is taken for it, unless it names the indicators."""
    if has(drafts, Role.PROJECT):
        return drafts
    words = (
        each
        for each in drafts
        if each.role is None and each.profile.said and each.profile.numeric < 0.2 and not each.meaning.several
    )
    chosen = next((each for each in words if each.doubt is None), None)
    if chosen is None:
        return drafts
    return [each.guess(Role.PROJECT, reasons.FIRST_WORDS) if each is chosen else each for each in drafts]
