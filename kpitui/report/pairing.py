"""Which project and which KPI of one report is which of another: by name, one to one, with how sure that is.

Numbers are given anew each year, so an id never makes a pair; it only tells apart what bears the same name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import polars as pl

from kpitui.report.likeness import Likeness, Name

SURE = 1.0
"""The names are the same, and no other row could be meant."""
TWIN = 0.95
"""The names are the same, but several rows bear them, and only their order tells which is which."""
ALIKE = 0.99
"""The most that names can be alike without being the same."""
PROJECT_FLOOR = 0.6
KPI_FLOOR = 0.5
MOVED_FLOOR = 0.85
"""How alike names must be: of projects, of KPIs in projects that are paired, of KPIs in different projects."""
_SCHEMA = {"a": pl.UInt32, "b": pl.UInt32, "sure": pl.Float64}


@dataclass(frozen=True)
class Item:
    """A row to be paired: its place in its frame, its name, and what else tells it apart.

    `context` is compared before `id`, which decides only among rows that agree in everything else.
    """

    row: int
    name: Name
    context: tuple[Hashable, ...]
    id: str


@dataclass(frozen=True)
class Pair:
    """A row of the earlier report and one of the later, and how sure it is that both are the same thing."""

    a: int
    b: int
    sure: float


@dataclass(frozen=True, eq=False)
class Pairs:
    """Row numbers `a` and `b` with `sure` (0.5 to 1), in the later report's order; for projects, and for KPIs."""

    projects: pl.DataFrame
    kpis: pl.DataFrame


def pair_reports(projects: tuple[pl.DataFrame, pl.DataFrame], kpis: tuple[pl.DataFrame, pl.DataFrame]) -> Pairs:
    """Pair the projects of an earlier and a later report, then their KPIs.

    Needs id and name of projects, and grant and department if there are any; id, project_id and name of KPIs, unit
    and baseline. A project whose name is only its id is known by the names of its KPIs.
    """
    ours, theirs = (_projects(each) for each in projects)
    paired = _paired(_named(ours), _named(theirs), PROJECT_FLOOR)
    if len(_named(ours)) < len(ours) or len(_named(theirs)) < len(theirs):
        left = _left(ours, theirs, paired)
        paired += _paired(_by_kpis(left[0], kpis[0]), _by_kpis(left[1], kpis[1]), PROJECT_FLOOR)
    ids = [(projects[0]["id"][each.a], projects[1]["id"][each.b], each.sure) for each in paired]
    return Pairs(_frame(paired), _frame(_Kpis(_kpis(kpis[0]), _kpis(kpis[1])).paired(ids)))


# The rows to pair


def _projects(projects: pl.DataFrame) -> list[Item]:
    context = zip(_texts(projects, "grant"), _texts(projects, "department"), strict=True)
    rows = zip(_texts(projects, "id"), _texts(projects, "name"), context, strict=True)
    return [Item(row, Name(name), told, own) for row, (own, name, told) in enumerate(rows)]


def _named(projects: Iterable[Item]) -> list[Item]:
    """Those that have a name; one that is no more than the id is none."""
    return [each for each in projects if each.name.text != each.id]


def _by_kpis(projects: Iterable[Item], kpis: pl.DataFrame) -> list[Item]:
    """The projects that have KPIs, under their KPIs' names."""
    found: dict[str, list[str]] = defaultdict(list)
    for project, name in zip(_texts(kpis, "project_id"), _texts(kpis, "name"), strict=True):
        found[project].append(name)
    return [replace(each, name=Name("/".join(found[each.id]))) for each in projects if each.id in found]


def _kpis(kpis: pl.DataFrame) -> dict[str, list[Item]]:
    """The KPIs of each project; a KPI's id without its project's is its number there."""
    found: dict[str, list[Item]] = defaultdict(list)
    rows = zip(
        *(_texts(kpis, each) for each in ("project_id", "id", "name", "unit")), kpis["baseline"].to_list(), strict=True
    )
    for row, (project, own, name, unit, baseline) in enumerate(rows):
        found[project].append(Item(row, Name(name), (unit, baseline), own.removeprefix(project)))
    return found


def _texts(frame: pl.DataFrame, column: str) -> list[str]:
    """A column's texts, "" where there is none."""
    if column not in frame.columns:
        return [""] * frame.height
    return frame[column].cast(pl.String).fill_null("").to_list()


# Pairing


def _paired(ours: Sequence[Item], theirs: Sequence[Item], floor: float) -> list[Pair]:
    """The same names first, then those alike."""
    same = list(_same(ours, theirs))
    left = _left(ours, theirs, same)
    return [*same, *_alike(*left, Likeness(_names(ours, theirs)), floor)] if all(left) else same


def _names(ours: Iterable[Item], theirs: Iterable[Item]) -> Iterator[Name]:
    return (each.name for each in chain(ours, theirs))


def _left(ours: Iterable[Item], theirs: Iterable[Item], pairs: Sequence[Pair]) -> tuple[list[Item], list[Item]]:
    """What is not paired yet."""
    taken = {each.a for each in pairs}, {each.b for each in pairs}
    return [each for each in ours if each.row not in taken[0]], [each for each in theirs if each.row not in taken[1]]


def _same(ours: Iterable[Item], theirs: Iterable[Item]) -> Iterator[Pair]:
    """Pairs of the same name; among several, by context and id, then by context, then by order."""
    for mine, others in _groups(ours, theirs, lambda each: each.name.key):
        alone = len(mine) == len(others) == 1
        for mark, unique in ((_everything, SURE), (_context, SURE), (_nothing, TWIN)):
            found = list(_by(mark, mine, others, SURE if alone or mark is _everything else unique))
            yield from found
            mine, others = _left(mine, others, found)  # noqa: PLW2901 - each mark takes what the one before it left


def _everything(item: Item) -> Hashable:
    return item.context, item.id


def _context(item: Item) -> Hashable:
    return item.context


def _nothing(_: Item) -> Hashable:
    return None


def _by(mark: Callable[[Item], Hashable], ours: list[Item], theirs: list[Item], sure: float) -> Iterator[Pair]:
    """Pairs of the same mark, in order; where several bear it and it is not all that is known, as twins."""
    for mine, others in _groups(ours, theirs, mark):
        told = sure if len(mine) == len(others) == 1 or mark is _everything else TWIN
        yield from (Pair(one.row, other.row, told) for one, other in zip(mine, others, strict=False))


def _groups(
    ours: Iterable[Item], theirs: Iterable[Item], mark: Callable[[Item], Hashable]
) -> Iterator[tuple[list[Item], list[Item]]]:
    """The rows of both sides that bear the same mark."""
    found: dict[Hashable, tuple[list[Item], list[Item]]] = {}
    for item in ours:
        found.setdefault(mark(item), ([], []))[0].append(item)
    for item in theirs:
        if mark(item) in found:
            found[mark(item)][1].append(item)
    return ((mine, others) for mine, others in found.values() if others)


def _alike(ours: Sequence[Item], theirs: Sequence[Item], likeness: Likeness, floor: float) -> Iterator[Pair]:
    """Pairs of names that are alike, one to one, the most alike first."""
    near = likeness.near([each.name for each in ours], [each.name for each in theirs], floor)
    ranked = sorted(near, key=lambda each: _rank(ours[each[0]], theirs[each[1]], each[2]))
    taken: tuple[set[int], set[int]] = (set(), set())
    for one, other, alike in ranked:
        if one not in taken[0] and other not in taken[1]:
            taken[0].add(one)
            taken[1].add(other)
            yield Pair(ours[one].row, theirs[other].row, min(int(alike * 100) / 100, ALIKE))


def _rank(one: Item, other: Item, alike: float) -> tuple[float, ...]:
    """What comes first among pairs: likeness, then context, id and place; the same from either side."""
    same = sum(mine == others for mine, others in zip(one.context, other.context, strict=True))
    return (-alike, -same, -(one.id == other.id), abs(one.row - other.row), one.row + other.row)


class _Kpis:
    """The KPIs of two reports while they are paired."""

    def __init__(self, ours: dict[str, list[Item]], theirs: dict[str, list[Item]]) -> None:
        self._inner = ours, theirs
        self._every = (
            [each for items in ours.values() for each in items],
            [each for items in theirs.values() for each in items],
        )
        self._counts = tuple(Counter(each.name.key for each in side) for side in self._every)
        self._taken: tuple[set[int], set[int]] = (set(), set())
        self._found: list[Pair] = []

    def paired(self, projects: Sequence[tuple[str, str, float]]) -> list[Pair]:
        """The pairs within paired projects, which come with how sure they are, and those across projects.

        The same names come before those that are alike, in whatever project.
        """
        for a, b, sure in projects:
            self._within(a, b, sure, _same)
        self._take(self._moved())
        if all(self._left(*self._every)):
            likeness = Likeness(_names(*self._every))
            for a, b, sure in projects:
                self._within(a, b, sure, lambda ours, theirs: _alike(ours, theirs, likeness, KPI_FLOOR))
            for ours, theirs in self._by_unit():
                self._take(_alike(ours, theirs, likeness, MOVED_FLOOR))
        return self._found

    def _within(self, a: str, b: str, sure: float, pairing: Callable[[list[Item], list[Item]], Iterator[Pair]]) -> None:
        """Pair the KPIs of a project, no surer than the project is, but for names that no other KPI bears."""
        ours, theirs = self._left(self._inner[0].get(a, ()), self._inner[1].get(b, ()))
        names = {each.row: each.name.key for each in ours}
        pairs = pairing(ours, theirs)
        self._take(
            each if self._alone(names[each.a]) else replace(each, sure=min(each.sure, sure)) for each in list(pairs)
        )

    def _moved(self) -> Iterator[Pair]:
        """The same names in different projects, counted in the same unit.

        A name that several projects use (新規雇用者数) says nothing of where it went.
        """
        for ours, theirs in self._by_unit():
            for mine, others in _groups(ours, theirs, lambda each: each.name.key):
                yield Pair(mine[0].row, others[0].row, SURE)

    def _by_unit(self) -> Iterator[tuple[list[Item], list[Item]]]:
        """What is left of both sides under names that stand but once in its report, by unit."""
        ours, theirs = (
            [each for each in side if count[each.name.key] == 1]
            for side, count in zip(self._left(*self._every), self._counts, strict=True)
        )
        return _groups(ours, theirs, lambda each: each.context[0])

    def _alone(self, name: str) -> bool:
        """Whether the name stands but once in each report."""
        return all(count[name] == 1 for count in self._counts)

    def _left(self, ours: Iterable[Item], theirs: Iterable[Item]) -> tuple[list[Item], list[Item]]:
        mine, others = self._taken
        return [each for each in ours if each.row not in mine], [each for each in theirs if each.row not in others]

    def _take(self, pairs: Iterable[Pair]) -> None:
        found = list(pairs)
        self._found += found
        self._taken[0].update(each.a for each in found)
        self._taken[1].update(each.b for each in found)


def _frame(pairs: Iterable[Pair]) -> pl.DataFrame:
    rows = [(each.a, each.b, each.sure) for each in pairs]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row").sort("b")
