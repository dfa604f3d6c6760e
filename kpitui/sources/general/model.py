"""A table as it was understood: its columns, its rows, and what is uncertain about either."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kpitui.sources.general.dates import Period
from kpitui.sources.general.roles import Role
from kpitui.sources.lines import LineKind
from kpitui.sources.raw.model import RawRow
from kpitui.sources.text import clean, on_one_line
from kpitui.text.wording import Both


@dataclass(frozen=True)
class Column:
    """A column, by its place from 0: what it holds and why that is thought.

    `slot` is the group of KPI columns it belongs to, from 1; `turn` its place among equal heads of one group, which
    may be years that the head does not name. `comma` says that its decimal points are commas, `doubt` what is
    uncertain about it. A column that yields to another of its kind has that one's place in `instead`; it is `left_out`
    where it says something else.
    """

    place: int
    head: str
    role: Role | None
    why: Both
    doubt: Both | None = None
    period: Period | None = None
    unit: str | None = None
    aim: str | None = None
    slot: int = 1
    turn: int = 0
    samples: tuple[str, ...] = ()
    filled: int = 0
    comma: bool = False
    instead: int | None = None
    left_out: bool = False

    @property
    def year(self) -> int | None:
        """The fiscal year that its head names."""
        return self.period.year if self.period else None


@dataclass(frozen=True)
class Placed:
    """A row and what it was read as; `why` says so where it was not understood, or only in part."""

    row: RawRow
    kind: LineKind
    why: Both | None = None


@dataclass
class Table:
    """A table as understood, with the name of the sheet it lies in and the rows above its head.

    `number` is its place among all tables of the document, those that are not read among them, from 0; `laid_out` is
    the document's.
    """

    sheet: str
    above: Sequence[RawRow]
    head: Sequence[RawRow]
    columns: Sequence[Column]
    body: Sequence[RawRow]
    placed: list[Placed] = field(default_factory=list)
    number: int = 0
    laid_out: bool = False
    _known: _Known = field(default_factory=lambda: _Known((), {}), repr=False, compare=False)

    @property
    def title(self) -> RawRow | None:
        """The row right above the head, blank ones passed over, if it is one text."""
        last = next((row for row in reversed(self.above) if any(cell.strip() for cell in row.cells)), None)
        return last if last and len({cell for cell in last.cells if cell.strip()}) == 1 else None

    def said(self, cell: str) -> str:
        """What a cell says on one line: without the blanks that a page put between letters, where it lay on one."""
        return clean(cell) if self.laid_out else on_one_line(cell)

    def of(self, role: Role, slot: int | None = None) -> list[Column]:
        """The columns of a role, in one slot or in all."""
        if self._known.columns is not self.columns:
            self._known = _Known(self.columns, {})
        found = self._known.found
        if (role, slot) not in found:
            found[role, slot] = [each for each in self.columns if each.role is role and slot in (None, each.slot)]
        return found[role, slot]

    def first(self, role: Role) -> Column | None:
        """The first column of a role."""
        found = self.of(role)
        return found[0] if found else None

    @property
    def slots(self) -> list[int]:
        """The groups of KPI columns, in order."""
        return sorted({each.slot for each in self.columns if each.role in _MAKES_SLOT})


class _Known(NamedTuple):
    """The columns of each role and slot as they were looked up, of the columns that a table then had."""

    columns: Sequence[Column]
    found: dict[tuple[Role, int | None], list[Column]]


_MAKES_SLOT = {Role.INDICATOR, Role.TARGET, Role.ACTUAL}

Record = dict[str, object]


@dataclass(frozen=True)
class Uncertain:
    """Something to ask about: what it concerns and what was assumed; `weighs` where an import must say it as well."""

    about: Both
    what: Both
    weighs: bool = False


@dataclass
class Notes:
    """What came up while the rows were read: marks for missing values, texts for numbers, cells not understood."""

    marks: dict[str, int] = field(default_factory=dict)
    words: list[tuple[int, str, str]] = field(default_factory=list)
    cells: list[tuple[int, Both, str]] = field(default_factory=list)
    skipped: int = 0

    def mark(self, printed: str) -> None:
        """Count one mark that says there is no value."""
        shown = " ".join(printed.split())
        self.marks[shown] = self.marks.get(shown, 0) + 1

    def cell(self, line: int, why: Both, printed: str) -> None:
        """Keep a cell that was not understood, with its line and why."""
        self.cells.append((line, why, printed))
