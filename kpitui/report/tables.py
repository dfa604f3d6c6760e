"""A table of KPIs in the registry's keys, as kpitui exports it: opened and judged without a report folder."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from kpitui.errors import InputError, KpituiError
from kpitui.report import exported, separated
from kpitui.report.big import is_big
from kpitui.report.compact import compact, same
from kpitui.text.nearest import unknown
from kpitui.text.wording import Both
from kpitui.textfile import ending

if TYPE_CHECKING:
    from kpitui.report.model import Report

SUFFIXES = (".parquet", *separated.SUFFIXES, *exported.SUFFIXES)
_OURS_ALONE = (".parquet", ".json", ".ndjson")
_NEEDED = ("id", "project_id", "name", "target", "actual")
_PRINTED = ("target_text", "target_date", "published")
_TEXTS = ("report", "id", "project_id", "grant", "project", "name", "unit", "rating", "direction", "aim", *_PRINTED)
_NUMBERS = ("baseline", "target", "actual")
_COUNTS = ("project_no", "rating_rank", "cost", "source_line")
_RAWS = ("baseline_raw", "target_raw", "actual_raw", "unit_raw", "name_raw", "published_raw")
_SCALES = ("report", "grant", "unit", "rating", "direction")
"""Text that is ordered as the file orders it."""
_CODED = ("project", "name", *_SCALES, *_RAWS, *_PRINTED)
"""Text that may repeat, and is no key."""
_LONGEST = ("id", "name", "project_id")
"""Text that stays text."""
_UNREADABLE = Both("{path}: 読めません: {error}", "{path}: {error}")
_NOT_KPIS = Both("{path}: KPIの表ではありません: {why}。{what}", "{path}: is not a table of KPIs: {why}; {what}")
_SHOWN = Both(
    "公表文書なら kpitui {path} で読み方を確かめるか、kpitui import で報告フォルダにしてください",
    "kpitui {path} shows how a published document is read, and kpitui import makes it a report folder",
)
_IMPORTED = Both(
    "公表文書なら先に kpitui import で報告フォルダにしてください",
    "a published document becomes a report folder by kpitui import first",
)
_ENDINGS = Both(
    "CSV、TSV、Parquet、JSON、NDJSON、xlsxのいずれでもありません", "none of csv, tsv, parquet, json, ndjson and xlsx"
)
_AT_ONCE = 2
"""Columns that are read at once."""
_PIECE = 4_000_000
_HALF = 0xFFFF_FFFF
_COLUMN = Both("列", "column")
_STATED_IN = {"basis_declared": "basis"}
"""Where a file states what it has no column for."""


@dataclass(frozen=True, eq=False)
class Rows:
    """The KPI rows of a file, unjudged, with its SHA-256; `distinct` is whether no id in all of it stands twice."""

    path: Path
    frame: pl.DataFrame
    distinct: bool
    fingerprint: str


def load_table(path: Path) -> Report:
    """Read and judge a table that has the registry's KPI columns; those it lacks are empty.

    Judgements in the file are not taken over: they are worked out anew. A table whose column `report` names several
    reports is read as these, each judged by itself, with the ids that it has.

    Raises InputError where the file cannot be read, KpituiError where it is no such table.
    """
    try:
        rows = _read(path)
        from kpitui.report.bare import judged  # noqa: PLC0415 - it may be imported while the rows are read

        return judged(rows)
    except OSError as error:
        raise InputError(_UNREADABLE.format(path=path, error=error.strerror or error)) from None
    except pl.exceptions.PolarsError as error:
        raise _wrong(path) or KpituiError(_UNREADABLE.format(path=path, error=str(error).splitlines()[0])) from None


def _wrong(path: Path) -> KpituiError | None:
    """What is wrong with the file that polars could not take, if that can be told better than polars does."""
    from kpitui.report import complaint  # noqa: PLC0415 - most files are as they should be

    try:
        recoded = _recoded(path)  # which polars lets nobody take for true or false
        scanned = _scanned(path) if recoded is None else recoded
        present = scanned.collect_schema()
        columns = [
            complaint.Read(key, _schema()[key], key if key in present else _STATED_IN[key], cell)
            for key, cell in _cells(present).items()
        ]
        return complaint.of(path, scanned, columns)
    except pl.exceptions.PolarsError:
        return None


def holds_kpis(path: Path) -> bool:
    """Whether a file is meant as a table of KPIs: it has all the keys that such a table needs, or is broken.

    Broken Parquet and JSON are so meant, since no document of a publisher comes in them that could be read otherwise.
    """
    if ending(path) not in SUFFIXES or not exported.may_hold(path):
        return False
    try:
        present = _scanned(path).collect_schema().names()
    except (OSError, pl.exceptions.PolarsError, KpituiError):
        return ending(path) in _OURS_ALONE
    return set(_NEEDED) <= set(present)


def _not_kpis(path: Path, why: Both) -> KpituiError:
    """The error, and what can be done with a document of that size instead."""
    what = _IMPORTED if is_big(path) else _SHOWN.format(path=path)
    return KpituiError(_NOT_KPIS.format(path=path, why=why, what=what))


def _scanned(path: Path) -> pl.LazyFrame:
    """The rows of the file, those of csv and tsv as if it were UTF-8."""
    if ending(path) in exported.SUFFIXES:
        return exported.read(path).lazy()
    if ending(path) in separated.SUFFIXES:
        return separated.scan(path)
    return pl.scan_parquet(path.absolute(), glob=False)  # as `separated.scan` does it


def _recoded(path: Path) -> pl.LazyFrame | None:
    """The rows of a csv or tsv that is not UTF-8; None for any other file; errors as `separated.recoded`."""
    return separated.recoded(path) if ending(path) in separated.SUFFIXES else None


def _read(path: Path) -> Rows:
    """The columns that judging needs and the registry shows, typed; a missing one is null throughout.

    Meanwhile the file's bytes are reckoned up.
    """
    scanned = _asked(path)
    try:
        return _gathered(path, scanned)
    except pl.exceptions.ComputeError:
        other = _recoded(path)
        if other is None:
            raise
        return _gathered(path, other)


def _gathered(path: Path, scanned: pl.LazyFrame) -> Rows:
    cells = _cells(scanned.collect_schema())
    with ThreadPoolExecutor(_AT_ONCE) as threads:  # one core alone would turn texts into codes
        some = threads.map(lambda each: _collected(scanned, each), _at_a_time(path, cells))
        fingerprint = _fingerprint(path)
        columns, apart = zip(*some, strict=True)
    found = {column.name: column for column in chain.from_iterable(columns)}
    return Rows(path, _whole(found), all(apart), fingerprint)


def _asked(path: Path) -> pl.LazyFrame:
    """The file, looked into; KpituiError if it is no such table."""
    if ending(path) not in SUFFIXES:
        raise _not_kpis(path, _ENDINGS)
    scanned = _scanned(path)
    present = scanned.collect_schema()
    for key in _NEEDED:
        if key not in present:
            raise _not_kpis(path, unknown(_COLUMN, key, present.names()))
    return scanned


def _cells(present: pl.Schema) -> dict[str, pl.Expr]:
    """What is to be read of a file with these columns, by the schema's keys."""
    return {key: _column(key, dtype) for key, dtype in _schema().items() if key in present} | _ruled(present)


def _at_a_time(path: Path, cells: Mapping[str, pl.Expr]) -> list[list[pl.Expr]]:
    """Of Parquet one column at a time, those that take longest first; other files are gone through once.

    The text of a column that becomes codes is gone then before the next but one is read: at a million rows the peak
    falls by a third.
    """
    if ending(path) != ".parquet":
        return [list(cells.values())]
    return [[cells[key]] for key in sorted(cells, key=lambda key: key not in _LONGEST)]


def _collected(scanned: pl.LazyFrame, cells: Sequence[pl.Expr]) -> tuple[list[pl.Series], bool]:
    """Columns as they are kept, and whether ids, if those are among them, are distinct."""
    columns = [_coded(each) for each in scanned.select(cells).collect()]
    return columns, all(distinct(each) for each in columns if each.name == "id")


def _whole(found: dict[str, pl.Series]) -> pl.DataFrame:
    """The columns with those that the file lacks, all in the schema's order; none is copied, as `select` would."""
    height = len(found["id"])
    for key, dtype in _schema().items():
        found.setdefault(_name(key), same("" if key in _RAWS else None, dtype, height, _name(key)))
    return pl.DataFrame([found[_name(key)] for key in _schema()])


def _coded(column: pl.Series) -> pl.Series:
    """The column as it is kept: in one piece, since to gather rows from pieces takes longer, and coded if it may be."""
    whole = column.rechunk()
    return compact(whole, sort=column.name not in _SCALES) if column.name in _CODED else whole


def distinct(texts: pl.Series) -> bool:
    """Whether no text stands twice: only texts that share half a hash, few or none, are compared themselves.

    A set of the texts would take four times the time and memory, and their whole hashes twice the memory.
    """
    halves = (texts.hash() & _HALF).cast(pl.UInt32)
    ordered = halves.sort(multithreaded=False)  # the other core is reading
    shared = ordered.filter(ordered == ordered.shift())
    return shared.is_empty() or not texts.filter(halves.is_in(shared.implode())).is_duplicated().any()


def _schema() -> dict[str, type[pl.DataType]]:
    texts, counts = dict.fromkeys((*_TEXTS, *_RAWS), pl.String), dict.fromkeys(_COUNTS, pl.Int64)
    return {**texts, **dict.fromkeys(_NUMBERS, pl.Float64), **counts, "basis_declared": pl.String}


def _column(key: str, dtype: type[pl.DataType]) -> pl.Expr:
    cell = pl.col(key).cast(dtype)
    return (pl.when(cell.is_finite()).then(cell) if dtype == pl.Float64 else cell).alias(_name(key))


def _ruled(present: pl.Schema) -> dict[str, pl.Expr]:
    """Aim and basis as its notes have them: an inferred aim was stated by nobody, and a declared basis is a ruling."""
    found: dict[str, pl.Expr] = {}
    if "notes" in present and "aim" in present:
        found["aim"] = pl.when(~_noted(present, "aim_inferred")).then(_column("aim", pl.String)).alias(_name("aim"))
    if "notes" in present and "basis" in present and "basis_declared" not in present:
        declared = pl.when(_noted(present, "declared")).then(pl.col("basis").cast(pl.String))
        found["basis_declared"] = declared.alias("basis_declared")
    return found


def _noted(present: pl.Schema, code: str) -> pl.Expr:
    """Whether the notes, a list or texts parted by blanks, hold a code."""
    notes = pl.col("notes")
    held = notes.list if isinstance(present["notes"], pl.List) else notes.cast(pl.String).str.split(" ").list
    return held.contains(code).fill_null(value=False)


def _name(key: str) -> str:
    return "aim_stated" if key == "aim" else key


def _fingerprint(path: Path) -> str:
    """The file's SHA-256, in pieces so large that other work of the interpreter need not be waited for often."""
    found, piece = hashlib.sha256(), bytearray(_PIECE)
    with path.open("rb", buffering=0) as file:
        while size := file.readinto(piece):
            found.update(memoryview(piece)[:size])
    return found.hexdigest()
