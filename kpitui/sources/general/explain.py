"""How a document was understood, in words: what a dry run prints, and what the browser shows before going on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kpitui.sources.general import account, grid
from kpitui.sources.general.model import Column, Placed, Table, Uncertain
from kpitui.sources.general.roles import Role
from kpitui.sources.general.understand import Understanding
from kpitui.sources.general.years import Choice, value_column
from kpitui.sources.lines import LineKind
from kpitui.text.cells import one_line, safe
from kpitui.text.wording import Both

_SHOWN = 20
"""Rows or cells of one kind listed at the most; how many more there are is said."""
_CLIPPED = 60

_ASIDES = (LineKind.PROSE, LineKind.TOTAL, LineKind.LEGEND, LineKind.FACT, LineKind.HEADING)


def explain(found: Understanding) -> list[Both]:
    """Everything about how a document was understood, line by line: what a dry run prints."""
    return [*told(found), account.HINT]


def told(found: Understanding, most: int = _SHOWN) -> list[Both]:
    """The same without how to change it; at the most so many rows or cells of one kind are listed."""
    return [
        account.DOCUMENT.format(path=safe(found.path)),
        *(_indented(each) for each in found.told),
        *(line for number, table in enumerate(found.tables, 1) for line in _table(number, table, found.choice)),
        *(line for table in found.unread for line in _unread(table, found.choice)),
        *_scales(found),
        *_rows(found, most),
        *_values(found, most),
        *_doubts(found),
        *summary(found),
        stated(found),
    ]


def summary(found: Understanding) -> list[Both]:
    """How many rows of each kind there are, and what they came to."""
    kinds = [account.KIND.format(kind=kind.words, count=found.counts[kind]) for kind in LineKind if found.counts[kind]]
    total = sum(found.counts.values())
    lines = [
        account.COUNTS.format(total=total, kinds=_joined(kinds, " + ")),
        account.RESULT.format(projects=len(found.projects), kpis=len(found.kpis)),
    ]
    lines += [account.SKIPPED.format(count=found.notes.skipped)] if found.notes.skipped else []
    return lines + ([account.YEARS.format(count=len(found.years))] if found.years else [])


def remarks(found: Understanding) -> list[Both]:
    """What was left out: columns, then rows and cells that were not understood, each with why. An import says it."""
    rows = [each for each in found.rows if each.kind is LineKind.UNKNOWN]
    asked = [_asked(each) for each in found.uncertain if each.weighs]
    lines = [account.LEFT_OUT.format(count=len(asked)), *asked] if asked else []
    lines += [account.DROPPED.format(count=len(rows)), *map(_row, rows)] if rows else []
    cells = [
        account.AT.format(line=line, why=_harmless(why), text=_quoted(text)) for line, why, text in found.notes.cells
    ]
    return lines + ([account.CELLS.format(count=len(cells)), *cells] if cells else [])


def layout(table: Table) -> Both:
    """The layout of a table in words."""
    indicators = table.of(Role.INDICATOR)
    across = any(len({each.year for each in table.of(role)} - {None}) > 1 for role in (Role.TARGET, Role.ACTUAL))
    if table.of(Role.KPIS):
        return account.LAYOUTS["in_cell"]
    if len(indicators) > 1:
        return account.LAYOUTS["groups"].format(count=len(indicators))
    if not table.slots:
        return account.LAYOUTS["rating_only"]
    return account.LAYOUTS["years" if across else "kpis" if indicators else "own"]


def _table(number: int, table: Table, choice: Choice) -> Iterator[Both]:
    lines = ", ".join(str(row.line) for row in table.head)
    name = f" ({safe(table.sheet)})" if table.sheet else ""
    yield account.TABLE.format(number=number, name=name, lines=lines, layout=layout(table))
    for column in table.columns:
        yield of_column(column, table, choice)


def _unread(table: Table, choice: Choice) -> Iterator[Both]:
    """A table that is not read, with its columns, so that a person can say what they are."""
    name = f" ({safe(table.sheet)})" if table.sheet else ""
    yield account.UNREAD.format(name=name, lines=", ".join(str(row.line) for row in table.head))
    for column in table.columns:
        yield of_column(column, table, choice)


def of_column(column: Column, table: Table, choice: Choice) -> Both:
    """A column on one line: its head, what it is taken for and why, and a few of its cells."""
    samples = account.SAMPLES.format(values=" / ".join(_short(each, 24) for each in column.samples))
    return account.COLUMN.format(
        place=column.place + 1,
        head=_short(column.head) or "-",
        role=column.role.words if column.role else account.NOT_UNDERSTOOD,
        more=more(column, table, choice),
        why=column.why,
        samples=samples if column.samples else account.EMPTY if not column.filled else "",
    )


def more(column: Column, table: Table, choice: Choice) -> Both:
    """The year, unit and group of a column, and whether it is the one read of several."""
    if column.role is None:
        return Both("", "")
    parts = [account.YEAR.format(year=column.year)] if column.year is not None else []
    parts += [account.UNIT.format(unit=column.unit)] if column.unit else []
    parts += [account.COMMA] if column.comma else []
    several = len(table.of(column.role, column.slot)) > 1
    parts += [account.SLOT.format(slot=column.slot)] if len(table.of(Role.INDICATOR)) > 1 and column.slot else []
    if several and column.role in (Role.BASELINE, Role.TARGET, Role.ACTUAL):
        chosen = value_column(table, column.role, column.slot, choice.year)
        parts += [account.READ] if chosen is column else []
    text = _joined(parts, ", ")
    return Both(f" ({text.ja})", f" ({text.en})") if parts else Both("", "")


def _scales(found: Understanding) -> Iterator[Both]:
    if found.scale and found.scale.ratings:
        order = " > ".join(_short(rating.text, 30) for rating in found.scale.ratings)
        yield account.SCALE.format(source=found.scale.source, order=order)
    if found.directions:
        yield account.NEXT.format(values=" / ".join(_short(each.text, 30) for each in found.directions[:_SHOWN]))


def _rows(found: Understanding, most: int) -> Iterator[Both]:
    """The rows that made neither project nor KPI nor head: each with its line, and why."""
    aside = [each for each in found.rows if each.kind in _ASIDES]
    if aside:
        yield account.ASIDE.format(count=len(aside))
        yield from _listed([_row(each) for each in aside], most)
    unknown = [each for each in found.rows if each.kind is LineKind.UNKNOWN]
    if unknown:
        yield account.DROPPED.format(count=len(unknown))
        yield from _listed([_row(each) for each in unknown], most)


def _row(each: Placed) -> Both:
    why = each.why if each.why and each.kind is LineKind.UNKNOWN else each.kind.words
    return account.AT.format(line=each.row.line, why=why, text=_quoted(grid.text(each.row)))


def _values(found: Understanding, most: int) -> Iterator[Both]:
    notes = found.notes
    if notes.marks:
        listed = [f"{_short(mark, 30)} ×{count}" for mark, count in sorted(notes.marks.items(), key=lambda x: -x[1])]
        yield account.MARKS.format(marks=", ".join(listed[:_SHOWN]))
    if notes.words:
        yield account.WORDS.format(count=len(notes.words))
        yield from _listed(
            [account.AT.format(line=line, why=Role(key).words, text=_quoted(text)) for line, key, text in notes.words],
            most,
        )
    if notes.cells:
        yield account.CELLS.format(count=len(notes.cells))
        yield from _listed(
            [account.AT.format(line=line, why=_harmless(why), text=_quoted(text)) for line, why, text in notes.cells],
            most,
        )


def _doubts(found: Understanding) -> Iterator[Both]:
    if not found.uncertain:
        yield account.NOTHING
        return
    yield account.UNCERTAIN.format(count=len(found.uncertain))
    yield from map(_asked, found.uncertain)


def _asked(each: Uncertain) -> Both:
    return account.ASK.format(about=_clipped(each.about), what=_harmless(each.what))


def stated(found: Understanding) -> Both:
    """What the report is called, who published it and for which year."""
    facts = found.facts
    inferred = _inferred(facts.inferred) if facts.inferred else ""
    year = facts.fiscal_year.value if facts.fiscal_year else account.UNKNOWN
    title, publisher = _short(str(facts.title.value)), _short(facts.publisher)
    return account.STATED.format(title=title, publisher=publisher, id=facts.id, year=year, inferred=inferred)


def _inferred(keys: Sequence[str]) -> Both:
    """Which of these nothing in the document says."""
    named = [account.FACTS[each] for each in keys]
    listed = Both("、".join(each.ja for each in named), ", ".join(each.en for each in named))
    return account.INFERRED.format(keys=listed)


def _listed(lines: Sequence[Both], most: int) -> list[Both]:
    left = len(lines) - most
    return [*lines[:most], *([account.MORE.format(count=left)] if left > 0 else [])]


def _indented(told: Both) -> Both:
    return Both(f"  {told.ja}", f"  {told.en}")


def _joined(parts: Sequence[Both], mark: str) -> Both:
    return Both(mark.join(each.ja for each in parts), mark.join(each.en for each in parts))


def _quoted(text: str) -> str:
    return f": {_short(text)}" if text.strip() else ""


def _clipped(what: Both) -> Both:
    return Both(_short(what.ja), _short(what.en))


def _harmless(what: Both) -> Both:
    return Both(safe(what.ja), safe(what.en))


def _short(text: str, most: int = _CLIPPED) -> str:
    """A text of the document on one line, harmless for a terminal, with the mark of a cut if it is long."""
    line = one_line(safe(" ".join(text.split())))
    return line if len(line) <= most else f"{line[: most - 1]}…"
