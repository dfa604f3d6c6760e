"""A document understood: everything that a report folder needs, and an account of every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kpitui.report.directions import outcome
from kpitui.report.model import Direction, Fact, Grant, Rating
from kpitui.sources import vocabulary
from kpitui.sources.general import grid, groups, kpis, legends, projects, rows, tables, twice, units, vocab
from kpitui.sources.general.commas import plain
from kpitui.sources.general.doubts import doubts
from kpitui.sources.general.facts import Facts, facts, money_unit
from kpitui.sources.general.groups import GrantName, Named
from kpitui.sources.general.legends import Scale
from kpitui.sources.general.missing import is_missing
from kpitui.sources.general.model import Column, Notes, Placed, Record, Table, Uncertain
from kpitui.sources.general.options import Options
from kpitui.sources.general.refusal import check, swapped
from kpitui.sources.general.roles import Role
from kpitui.sources.general.rows import Group
from kpitui.sources.general.values import parse
from kpitui.sources.general.years import Choice, choose
from kpitui.sources.lines import LineKind
from kpitui.sources.raw.model import Document
from kpitui.text.wording import Both

_KPI_RATING = Both("KPIごとに評価が書かれている", "it rates each KPI, not the project")
_MAY_BE_LEGEND = (LineKind.PROSE, LineKind.UNKNOWN)


@dataclass(frozen=True)
class Understanding:
    """What a document was understood to say. `rows` has every row of it once, in order of sheet and line.

    `currency` is what costs are in thousands of, `fitting` how many columns of a map are there.
    """

    path: str
    tables: Sequence[Table]
    rows: Sequence[Placed]
    choice: Choice
    scale: Scale | None
    facts: Facts
    grants: tuple[Grant, ...]
    ratings: tuple[Rating, ...]
    directions: tuple[Direction, ...]
    projects: list[Record]
    kpis: list[Record]
    years: list[Record]
    notes: Notes
    uncertain: Sequence[Uncertain]
    told: Sequence[Both]
    unread: Sequence[Table] = ()
    currency: str = units.YEN
    fitting: int = 0

    @property
    def every_table(self) -> Sequence[Table]:
        """All tables in the order of the document, those that are about neither projects nor indicators among them."""
        return sorted((*self.tables, *self.unread), key=lambda table: table.number)

    @property
    def counts(self) -> Mapping[LineKind, int]:
        """How many rows are of each kind; they add up to the rows of the document."""
        return Counter(each.kind for each in self.rows)


def understand(document: Document, options: Options) -> Understanding:
    """Understand a document; KpituiError with the reason and a remedy where it has lost its columns."""
    sheets = swapped(document.tables) if options.transpose else document.tables
    found = tables.find(sheets, options)
    check(document, found, options)
    for table in found.tables:
        table.laid_out = document.laid_out
    grouped = [(table, _placed(table)) for table in found.tables]
    choice = choose(found.tables, options.year)
    scale = legends.scale(projects.levels(found.tables), found.outside + _prose(found.tables), options.ratings)
    every = _legended(found.outside + [each for table in found.tables for each in table.placed], scale)
    stated = facts(document.path, found.tables, every, choice, options)
    return _with_records(document, found, grouped, _Known(choice, scale, stated, every, options))


@dataclass(frozen=True)
class _Known:
    """What is known before the records are made."""

    choice: Choice
    scale: Scale | None
    facts: Facts
    rows: list[Placed]
    options: Options


def _with_records(
    document: Document, found: tables.Found, grouped: Sequence[tuple[Table, list[Group]]], known: _Known
) -> Understanding:
    notes = Notes()
    grants, named = groups.name_all(grouped, str(known.facts.title.value))
    unit = known.options.cost_unit or money_unit(found.tables, known.rows)
    money = projects.Money.of(found.tables, unit)
    made, of_those, years = _records(named, known, money, notes)
    scale = known.scale
    return Understanding(
        document.path,
        found.tables,
        known.rows,
        known.choice,
        scale,
        known.facts,
        tuple(_grant(each, named, money, notes) for each in grants),
        scale.ratings if scale else (),
        _directions(made),
        made,
        of_those,
        years,
        notes,
        [*found.uncertain, *doubts(found.tables, known.choice, scale, money, of_those)],
        document.told,
        found.unread,
        money.currency,
        found.fitting,
    )


def _placed(table: Table) -> list[Group]:
    """The projects of a table; a column of ratings that rates KPIs is read as their published achievement."""
    found = rows.place(table)
    own = table.first(Role.RATING)
    others = [each for each in table.columns if each.role is None and _may_rate(each)]
    of_kpis = next((each for each in (own, *others) if each and _rates_kpis(each.place, found)), None)
    if of_kpis:
        table.columns = _with_published(table, of_kpis)
    return found


def _with_published(table: Table, rates: Column) -> list[Column]:
    """The columns with one that rates KPIs for what was published of them: before a mere rate, after a status."""
    there = table.of(Role.PUBLISHED)
    status = next((each for each in there if not _is_rate(each, table)), None)
    if status:
        return _told(table, [twice.aside(each, status.place) if each is rates else each for each in table.columns])
    published = replace(rates, role=Role.PUBLISHED, why=_KPI_RATING, doubt=_KPI_RATING)
    yielding = [twice.aside(each, rates.place) if each in there else each for each in table.columns]
    return _told(table, [published if each is rates else each for each in yielding])


def _is_rate(column: Column, table: Table) -> bool:
    """Whether most of what a column says are numbers."""
    said = [cell for row in table.body if not is_missing(cell := grid.cell(row, column.place))]
    return sum(parse(plain(cell, column)) is not None for cell in said) * 2 > len(said)


def _told(table: Table, columns: list[Column]) -> list[Column]:
    return twice.told(columns, table.body)


def _may_rate(column: Column) -> bool:
    """Whether the head of a column that is not read, since another one rates the project, says that it rates."""
    return grid.role_of(column.head.rpartition(" / ")[2]) is Role.RATING


def _rates_kpis(place: int, found: Sequence[Group]) -> bool:
    """Whether the KPI rows below a project's own row mostly bear a rating, which need not be the project's."""
    below = [(group.first, row) for group in found if group.first for row in group.rows[1:]]
    own = [(grid.cell(first, place), grid.cell(row, place)) for first, row in below if grid.cell(row, place).strip()]
    return len(own) * 2 > len(below) > 0 and any(first != row for first, row in own)


def _prose(found: Sequence[Table]) -> list[Placed]:
    """The rows of tables that hold one text or none: a legend may stand among them."""
    kinds = (LineKind.PROSE, LineKind.BLANK, LineKind.UNKNOWN)
    rows_of = (each for table in found for each in table.placed if each.kind in kinds)
    return [each for each in rows_of if len(grid.filled(each.row)) < 2]


def _legended(every: list[Placed], scale: Scale | None) -> list[Placed]:
    """The rows with those of the legend named so."""
    lines = scale.lines if scale else frozenset()
    found = [each.row.line in lines and each.kind in _MAY_BE_LEGEND for each in every]
    return [
        replace(each, kind=LineKind.LEGEND, why=None) if is_legend else each
        for each, is_legend in zip(every, found, strict=True)
    ]


def _records(
    named: Sequence[Named], known: _Known, money: projects.Money, notes: Notes
) -> tuple[list[Record], list[Record], list[Record]]:
    levels = {projects.folded(each.text): each.text for each in known.scale.ratings} if known.scale else {}
    tables_ = {id(each.table): each.table for each in named}
    readers = {key: projects.Reader.of(table, levels, money, notes) for key, table in tables_.items()}
    kpi_readers = {key: kpis.Reader.of(table, known.choice, notes) for key, table in tables_.items()}
    made, of_those, years = [], [], []
    for each in named:
        reader = readers[id(each.table)]
        project = reader.read(each, str(known.facts.title.value))
        reader.compare(each)
        reads, name = kpi_readers[id(each.table)].read, str(project["name"])
        own = [found for place, row in enumerate(each.group.rows) for found in reads(row, name, first=place == 0)]
        numbered, others = kpis.numbered(own, each.id)
        made.append(project)
        of_those += numbered
        years += others
    return made, of_those, years


def _grant(name: GrantName, named: Sequence[Named], money: projects.Money, notes: Notes) -> Grant:
    """A grant with what the head of its table says its KPIs are meant to do, and its printed total."""
    own = list({id(each.table): each.table for each in named if each.grant == name.key}.values())
    aims = (Fact(each.aim, each.head, table.head[0].line) for table in own for each in table.columns if each.aim)
    return Grant(
        key=name.key,
        name=name.name,
        short=name.short,
        table=name.title,
        aim=next(aims, None),
        total=_total(own, money) if len(own) == 1 else None,
    )


def _total(own: Sequence[Table], money: projects.Money) -> Fact | None:
    """The printed total of the column of money, where exactly one row says it."""
    table, column = own[0], own[0].first(Role.COST)
    totals = [each.row for each in table.placed if each.kind is LineKind.TOTAL]
    if column is None or len(totals) != 1:
        return None
    value = projects.thousands(totals[0], column, money, Notes())
    return Fact(value, grid.cell(totals[0], column.place), totals[0].line) if value is not None else None


def _directions(made: Sequence[Record]) -> tuple[Direction, ...]:
    """The distinct directions; in the known order from "expand" to "abolish" where every one has a place in it."""
    texts = [text for text in dict.fromkeys(each.get("direction") for each in made) if isinstance(text, str)]
    return tuple(_direction(text) for text in sorted(texts, key=vocab.direction_rank))


def _direction(text: str) -> Direction:
    known = vocabulary.direction(text)
    return known if known.outcome else replace(known, outcome=outcome(text))
