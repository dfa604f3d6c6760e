"""Which rows of today are meant by the ids that a view recorded, where those bore a report's name and these do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from kpitui.report.model import WITHIN, Report
from kpitui.views.saved import SavedView


@dataclass(frozen=True)
class Matches:
    """The id of today for each recorded one that has one, and those of which it cannot be told.

    `unclear` are recorded ids that could be several of today's, with those; `contested` are ids of today that several
    recorded ones could be, with those.
    """

    ids: dict[str, str]
    unclear: dict[str, tuple[str, ...]]
    contested: dict[str, tuple[str, ...]]

    @property
    def doubtful(self) -> dict[str, tuple[str, ...]]:
        """What is unclear and what is contested, each with what it could be."""
        return self.unclear | self.contested

    def unsure(self) -> set[str]:
        """The recorded ids of which it is not known which row of today they are."""
        return {*self.unclear, *(each for some in self.contested.values() for each in some)}

    def accounted(self) -> set[str]:
        """The ids of today that were recorded, or may have been."""
        return {*self.ids.values(), *self.contested, *(each for some in self.unclear.values() for each in some)}


def match(view: SavedView, report: Report) -> Matches:
    """Match recorded ids with the report's: as they stand, else within the reports they could be of.

    An id without a report's name is looked for in the report that the view was recorded of, else in all of them; one
    with a name in one report alone is looked for without it, if that is the report's name or no other id claims it.
    """
    found = {each: _candidates(each, view, report) for each in view.ids}
    known = _known(view, report, {one for some in found.values() for one in some})
    there = {recorded: tuple(one for one in some if one in known) for recorded, some in found.items()}
    if report.several:
        there = {recorded: _preferred(some, view, recorded) for recorded, some in there.items()}
    claims = Counter(some[0] for some in there.values() if len(some) == 1)
    ids = {recorded: some[0] for recorded, some in there.items() if len(some) == 1 and claims[some[0]] == 1}
    unclear = {recorded: some for recorded, some in there.items() if len(some) > 1}
    several = (own for own, count in claims.items() if count > 1)
    contested = {own: tuple(each for each, some in there.items() if some == (own,)) for own in several}
    return Matches(ids, unclear, contested)


def _candidates(recorded: str, view: SavedView, report: Report) -> tuple[str, ...]:
    """What a recorded id could be called in this report."""
    if report.several:
        return (recorded, *(part.whole_id(recorded) for part in report.parts))
    key, _, own = recorded.partition(WITHIN)
    ours = any(each.startswith(f"{report.metadata.id}{WITHIN}") for each in view.ids)
    return (recorded, own) if own and (key == report.metadata.id or not ours) else (recorded,)


def _preferred(some: tuple[str, ...], view: SavedView, recorded: str) -> tuple[str, ...]:
    """The id itself, or that in the view's own report, before those of other reports."""
    first = (recorded, f"{view.report_id}{WITHIN}{recorded}")
    return next(((each,) for each in first if each in some), some)


def _known(view: SavedView, report: Report, ids: Iterable[str]) -> set[str]:
    """Those of the ids that the table has."""
    column = report.frame(view.spec.table)["id"].cast(pl.String)
    return set(column.filter(column.is_in(list(ids))).to_list())
