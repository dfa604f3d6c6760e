"""What a reader means by a value of a column, also where several reports each have words of their own for it."""

from __future__ import annotations

from kpitui.errors import UsageError
from kpitui.report.declared import REPORT
from kpitui.report.model import Report, Table
from kpitui.report.scales import ranks
from kpitui.text.wording import Both
from kpitui.views.query import resolve
from kpitui.views.spec import Scalar

_OTHER_RANK = Both(
    "rating: 順位 {rank} は報告書により異なる評価です。--where 'rating_rank = {rank}' なら各報告書の順位で選べます",
    "rating: rank {rank} differs between the reports; --where 'rating_rank = {rank}' goes by each report's own",
)


def meant(table: Table, key: str, text: str, report: Report) -> list[Scalar]:
    """The values that the text means, in each of several reports by its own words; errors as `resolve`.

    UsageError also for a rank of a rating that another report ranks differently.
    """
    if not report.several or key == REPORT.key:
        return [resolve(table, key, text, report)]
    found = dict.fromkeys(value for part in report.parts for value in _in_part(table, key, text, part.report))
    if not found:
        return [resolve(table, key, text, report)]
    if key == "rating" and text.isdecimal():
        _of_one_rank(list(found), int(text), report)
    return list(found)


def _in_part(table: Table, key: str, text: str, report: Report) -> list[Scalar]:
    try:
        return [resolve(table, key, text, report)]
    except UsageError:
        return []


def _of_one_rank(ratings: list[Scalar], rank: int, report: Report) -> None:
    known = ranks(report)
    if any(known.get(str(rating), (rank,)) != (rank,) for rating in ratings):
        raise UsageError(_OTHER_RANK.format(rank=rank))
