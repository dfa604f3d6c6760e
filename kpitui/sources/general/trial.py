"""A document as it would be imported, with what a reader has said of it so far: looked at again after every word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kpitui.atomic import write_all
from kpitui.errors import InputError, KpituiError
from kpitui.sources.general import dispatch, mapping, tables
from kpitui.sources.general.importer import write
from kpitui.sources.general.model import Column, Table
from kpitui.sources.general.options import MapColumn, MapTable, Options
from kpitui.sources.general.refusal import swapped
from kpitui.sources.general.understand import Understanding, understand
from kpitui.sources.importer import ImportSummary, import_document
from kpitui.sources.raw.kinds import Kind, kind_of
from kpitui.sources.raw.model import Document
from kpitui.sources.raw.read import parse, read_file
from kpitui.text.wording import Both

_NOTHING = Both(
    "まだ読めていないので、書き出すものがありません", "nothing is understood yet, so there is nothing to write"
)
_COLUMNS_KNOWN = Both(
    "列の決まった形式として読んだので、対応表はありません",
    "it was read as a form whose columns are known, so there is no map",
)


@dataclass(frozen=True)
class Trial:
    """What a document is understood to say; exactly one of `found`, `publication` and `refused` is not None.

    `data` are its bytes; `document` is None where they could not be read as tables. `every_table` are those found in
    it, read or not, in order.
    """

    path: Path
    data: bytes
    options: Options
    document: Document | None = None
    found: Understanding | None = None
    publication: ImportSummary | None = None
    refused: KpituiError | None = None
    every_table: Sequence[Table] = ()

    @property
    def counts(self) -> tuple[int, int]:
        """How many projects and KPIs it comes to."""
        if self.publication:
            return self.publication.projects, self.publication.kpis
        return (len(self.found.projects), len(self.found.kpis)) if self.found else (0, 0)

    @property
    def sheets(self) -> list[str]:
        """The names of its sheets; none where it is a single table, or pages."""
        names = [each.name for each in self.document.tables] if self.document else []
        return [name for name in dict.fromkeys(names) if name and not name.startswith("page ")]

    @property
    def is_text(self) -> bool:
        """Whether it is a text, which has an encoding."""
        return kind_of(self.data, str(self.path)) is Kind.TEXT


def begin(path: Path) -> Trial:
    """Look at a document for the first time; InputError and UsageError where it cannot be read at all."""
    data = read_file(str(path))
    return _as_publication(path, data) or look(Trial(path, data, Options()))


def _as_publication(path: Path, data: bytes) -> Trial | None:
    """A grant publication, whose reader knows its columns; None where the document is none."""
    try:
        answer = dispatch.as_publication(path)
    except InputError:
        raise
    except KpituiError:
        return None
    return Trial(path, data, Options(), publication=answer) if answer else None


def look(trial: Trial) -> Trial:
    """The same document read as any table, as its options say."""
    try:
        document = trial.document or parse(trial.data, str(trial.path), encoding=trial.options.encoding)
    except KpituiError as error:
        return replace(trial, document=None, found=None, publication=None, refused=error, every_table=())
    return _understood(replace(trial, document=document, publication=None, refused=None))


def _understood(trial: Trial) -> Trial:
    document = _chosen(trial)
    try:
        found = understand(document, trial.options)
    except KpituiError as error:
        return replace(trial, found=None, refused=error, every_table=_tables(document, trial.options))
    return replace(trial, found=found, every_table=found.every_table)


def _chosen(trial: Trial) -> Document:
    """The document, or the one sheet of it that is wanted."""
    assert trial.document is not None
    wanted = trial.options.sheet
    there = [each for each in trial.document.tables if each.name == wanted]
    return replace(trial.document, tables=tuple(there)) if there else trial.document


def _tables(document: Document, options: Options) -> Sequence[Table]:
    """The tables with heads in a document that is refused."""
    found = tables.find(swapped(document.tables) if options.transpose else document.tables, options)
    return sorted((*found.tables, *found.unread), key=lambda table: table.number)


def changed(trial: Trial, options: Options) -> Trial:
    """The document looked at again with other options."""
    again = options.encoding != trial.options.encoding
    return look(replace(trial, options=options, document=None if again else trial.document))


def same_layout(one: Options, other: Options) -> bool:
    """Whether a column of the document as read by one is the same column as read by the other."""
    return _layout(one) == _layout(other)


def _layout(options: Options) -> tuple[object, ...]:
    heads = {(place, each.name): each.head for place, each in enumerate(options.tables) if each.head}
    return options.sheet, options.transpose, options.encoding, heads


def assigned(trial: Trial, table: Table, column: Column, said: MapColumn) -> Options:
    """The options with one column said to be something; what was said of it before stays where `said` is silent."""
    stated = trial.options.table(table.number, table.sheet) or MapTable(table.sheet)
    columns = list(stated.columns) if stated.columns else []
    missing = [each for each in table.columns if each.head == column.head and not _entry(columns, each)]
    columns = sorted([*columns, *(MapColumn(each.head, each.place) for each in missing)], key=lambda each: each.place)
    merged = [_merged(each, said) if _is(each, column) else each for each in columns]
    return _with(trial, table, replace(stated, columns=tuple(merged)))


def _entry(columns: Sequence[MapColumn], column: Column) -> MapColumn | None:
    return next((each for each in columns if _is(each, column)), None)


def _is(said: MapColumn, column: Column) -> bool:
    return said.head == column.head and said.place == column.place


def _merged(before: MapColumn, said: MapColumn) -> MapColumn:
    return replace(
        before,
        role=said.role or before.role,
        unit=said.unit if said.unit is not None else before.unit,
        year=said.year if said.year is not None else before.year,
    )


def headed(trial: Trial, table: Table | None, lines: Sequence[int]) -> Options:
    """The options with the lines of a table's head said; without a table, of the first that is wanted."""
    first = next(iter(_chosen(trial).tables), None) if trial.document else None
    number, name = (table.number, table.sheet) if table else (0, first.name if first else "")
    stated = trial.options.table(number, name) or MapTable(name)
    return _stated_table(trial, number, replace(stated, head=tuple(lines)))


def _with(trial: Trial, table: Table, stated: MapTable) -> Options:
    return _stated_table(trial, table.number, stated)


def _stated_table(trial: Trial, number: int, stated: MapTable) -> Options:
    """The options with a table said; those before it of which nothing was said stand there by their names."""
    every = list(trial.options.tables)
    names = [each.sheet for each in trial.every_table]
    every += [MapTable(name) for name in names[len(every) : number]]
    every[number : number + 1] = [stated]
    return replace(trial.options, tables=tuple(every))


def save(trial: Trial, folder: Path) -> None:
    """Write it into a report folder; errors as the readers and the folder raise them."""
    if trial.publication:
        import_document(trial.path, folder)
    elif trial.found:
        write(trial.found, trial.data, str(trial.path), folder, trial.options)
    else:
        raise trial.refused or KpituiError(_NOTHING)


def save_map(trial: Trial, path: Path, *, replace: bool) -> None:
    """Write the map of its columns; ExistsError where there is a file already, unless it is to be replaced."""
    if trial.publication:
        raise KpituiError(_COLUMNS_KNOWN)
    if trial.found is None:
        raise KpituiError(_NOTHING)
    write_all({path: mapping.dump(trial.found, trial.options).encode()}, replace=replace)
