"""The rating scales of reports that are read together: where they agree, and where each report has its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from kpitui.report.model import Report


def ranks(report: Report) -> Mapping[str, tuple[int, ...]]:
    """The ranks that each rating has in the reports read together, lowest first."""
    found: dict[str, set[int]] = {}
    for each in _every(report):
        for rating in each.metadata.ratings:
            found.setdefault(rating.text, set()).add(rating.rank)
    return {text: tuple(sorted(numbers)) for text, numbers in found.items()}


def scales_differ(report: Report) -> bool:
    """Whether the reports rate differently: a rating of two ranks, or a rank of two ratings."""
    found = ranks(report)
    of_rank = Counter(rank for numbers in found.values() for rank in numbers)
    return any(len(numbers) > 1 for numbers in found.values()) or any(count > 1 for count in of_rank.values())


def _every(report: Report) -> tuple[Report, ...]:
    return tuple(part.report for part in report.parts) or (report,)
