"""What stands in a column, whatever its head says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kpitui.sources.general import grid
from kpitui.sources.general.commas import Says, evidence, pointed
from kpitui.sources.general.missing import is_ditto, is_missing
from kpitui.sources.raw.model import RawRow

_SAMPLE = 2_000
_SAMPLES = 3


@dataclass(frozen=True)
class Profile:
    """The filled cells of a column: how many, how many are numbers, how long, and which values they take."""

    filled: int
    said: int
    numbers: int
    length: float
    values: Counter[str]
    samples: tuple[str, ...]

    @property
    def numeric(self) -> float:
        """The share of numbers among the cells that say anything."""
        return self.numbers / self.said if self.said else 0.0

    @property
    def few(self) -> bool:
        """Whether its values repeat, or are so few and short that they may be levels of a scale."""
        return len(self.values) <= max(8, self.said // 4) and self.length <= 40


def profiles(body: Sequence[RawRow], width: int) -> list[Profile]:
    """A profile of each column, from the first two thousand rows."""
    rows = body[:_SAMPLE]
    return [_profile([grid.cell(row, place) for row in rows]) for place in range(width)]


def _profile(cells: Sequence[str]) -> Profile:
    filled = [cell.strip() for cell in cells if cell.strip()]
    said = [cell for cell in filled if not is_missing(cell) and not is_ditto(cell)]
    decimal = evidence(said).says is Says.DECIMAL
    numbers = sum(map(grid.numeric, map(pointed, said) if decimal else said))
    length = sum(map(len, said)) / len(said) if said else 0.0
    distinct = tuple(dict.fromkeys(said))[:_SAMPLES]
    return Profile(len(filled), len(said), numbers, length, Counter(said), distinct)
