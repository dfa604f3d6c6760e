"""A table of KPIs in the registry's keys, as kpitui exports it: opened and judged without a report folder."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl

from kpitui.errors import InputError, KpituiError
from kpitui.report import exported
from kpitui.report.big import is_big
from kpitui.report.compact import compact, same
from kpitui.report.judge import judge
from kpitui.report.load import belonging, judged_projects, ordered, scales
from kpitui.report.model import WITHIN, Direction, Fact, Grant, Metadata, Rating, Report
from kpitui.report.together import together
from kpitui.text.nearest import unknown
from kpitui.text.wording import Both

SUFFIXES = (".parquet", ".csv", *exported.SUFFIXES)
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
_MOST_REPORTS = 200
"""Reports that a table may name to be read as so many; each costs its own judging."""
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
_ENDINGS = Both("CSV、Parquet、JSON、NDJSON、xlsxのいずれでもありません", "none of csv, parquet, json, ndjson and xlsx")
_AT_ONCE = 2
"""Columns that are read at once."""
_EMPTY = Both("{path}: 列 {key!r} に空のセルがあります", "{path}: an empty cell in the column {key!r}")
_TWICE = Both("{path}: id {id!r} の行が二つ以上あります", "{path}: more than one row has the id {id!r}")
_COLUMN = Both("列", "column")


def load_table(path: Path) -> Report:
    """Read and judge a table that has the registry's KPI columns; those it lacks are empty.

    Judgements in the file are not taken over: they are worked out anew. A table whose column `report` names several
    reports is read as these, each judged by itself, with the ids that it has.

    Raises InputError where the file cannot be read, KpituiError where it is no such table.
    """
    try:
        rows = _read(path)
        keys = _reports(rows)
        parts = [_report(path, rows, keys[0] if keys else "")] if len(keys) < 2 else _parts(path, rows, keys)
    except OSError as error:
        raise InputError(_UNREADABLE.format(path=path, error=error.strerror or error)) from None
    except pl.exceptions.PolarsError as error:
        raise KpituiError(_UNREADABLE.format(path=path, error=str(error).splitlines()[0])) from None
    return parts[0] if len(keys) < 2 and not _within(rows, keys) else together(parts)


def _report(path: Path, rows: pl.DataFrame, key: str) -> Report:
    """The rows of one report, judged; `key` is what the file calls it, if it does."""
    kpis = judge(_told_apart(_own(rows, key), path))
    metadata = _metadata(path, kpis, key)
    kpis = kpis.with_columns(*scales(kpis, metadata), ordered("unit", (), kpis["unit"]), belonging(metadata))
    return Report(metadata, kpis, _fingerprint(path), path, lambda: _projects(kpis, metadata))


# Several reports in one table, as an export of several writes them


def _reports(rows: pl.DataFrame) -> list[str]:
    """What the column of reports names, as it first appears; none where it is empty, has gaps or too many names."""
    named = rows["report"]
    if named.null_count():
        return []
    keys = [str(key) for key in named.unique(maintain_order=True)]
    return keys if len(keys) <= _MOST_REPORTS and not any(WITHIN in key for key in keys) else []


def _parts(path: Path, rows: pl.DataFrame, keys: Sequence[str]) -> list[Report]:
    """A report for each name, its rows in the file's order."""
    return [_report(path, rows.filter(pl.col("report") == key), key) for key in keys]


def _within(rows: pl.DataFrame, keys: Sequence[str]) -> bool:
    """Whether the ids of the rows begin with the name of the one report that they are of."""
    return bool(keys) and len(rows) > 0 and bool(rows["id"].str.starts_with(f"{keys[0]}{WITHIN}").all())


def _own(rows: pl.DataFrame, key: str) -> pl.DataFrame:
    """The rows with the ids that the report itself has, if all of them begin with its name."""
    if not key or not _within(rows, [key]):
        return rows
    return rows.with_columns(pl.col("id", "project_id").str.strip_prefix(f"{key}{WITHIN}"))


def holds_kpis(path: Path) -> bool:
    """Whether a file is meant as a table of KPIs: it has all the keys that such a table needs, or is broken.

    Broken Parquet and JSON are so meant, since no document of a publisher comes in them that could be read otherwise.
    """
    if path.suffix not in SUFFIXES or not exported.may_hold(path):
        return False
    try:
        present = _scanned(path).collect_schema().names()
    except (OSError, pl.exceptions.PolarsError, KpituiError):
        return path.suffix in _OURS_ALONE
    return set(_NEEDED) <= set(present)


def _not_kpis(path: Path, why: Both) -> KpituiError:
    """The error, and what can be done with a document of that size instead."""
    what = _IMPORTED if is_big(path) else _SHOWN.format(path=path)
    return KpituiError(_NOT_KPIS.format(path=path, why=why, what=what))


def _scanned(path: Path) -> pl.LazyFrame:
    if path.suffix in exported.SUFFIXES:
        return exported.read(path).lazy()
    return pl.scan_parquet(path) if path.suffix == ".parquet" else pl.scan_csv(path, infer_schema=False)


def _read(path: Path) -> pl.DataFrame:
    """The columns that judging needs and the registry shows, typed; a missing one is null throughout.

    Of Parquet two columns at a time, for then the text of one that becomes codes is gone before the next is read: at a
    million rows the peak falls by a third.
    """
    if path.suffix not in SUFFIXES:
        raise _not_kpis(path, _ENDINGS)
    parquet, scanned = path.suffix == ".parquet", _scanned(path)
    present = scanned.collect_schema()
    for key in _NEEDED:
        if key not in present:
            raise _not_kpis(path, unknown(_COLUMN, key, present.names()))
    cells = {key: _column(key, dtype) for key, dtype in _schema().items() if key in present} | _ruled(present)
    read = [[cell] for cell in cells.values()] if parquet else [list(cells.values())]
    with ThreadPoolExecutor(_AT_ONCE) as threads:  # one core alone would turn texts into codes
        columns = threads.map(lambda some: [_coded(each) for each in scanned.select(some).collect()], read)
        return _whole([column for some in columns for column in some])


def _whole(columns: list[pl.Series]) -> pl.DataFrame:
    """The columns with those that the file lacks, all in the schema's order; none is copied, as `select` would."""
    height, found = len(columns[0]), {column.name: column for column in columns}
    for key, dtype in _schema().items():
        found.setdefault(_name(key), same("" if key in _RAWS else None, dtype, height, _name(key)))
    return pl.DataFrame([found[_name(key)] for key in _schema()])


def _coded(column: pl.Series) -> pl.Series:
    """The column as it is kept: in one piece, since to gather rows from pieces takes longer, and coded if it may be."""
    whole = column.rechunk()
    return compact(whole, sort=column.name not in _SCALES) if column.name in _CODED else whole


def _told_apart(rows: pl.DataFrame, path: Path) -> pl.DataFrame:
    """The rows, each with a name and an id of its own; KpituiError where that is not so."""
    for key in ("id", "project_id", "name"):
        if rows[key].null_count():
            raise KpituiError(_EMPTY.format(path=path, key=key))
    # Ids of one hash are few or none; sorting hashes takes a quarter of the time and memory of a set of texts.
    hashes = rows["id"].hash().sort()
    if (hashes == hashes.shift()).any():
        twice = rows.filter(rows["id"].is_duplicated())["id"]
        if len(twice):
            raise KpituiError(_TWICE.format(path=path, id=twice[0]))
    return rows


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


def _metadata(path: Path, kpis: pl.DataFrame, key: str) -> Metadata:
    """What can be known of a bare table: its scales, from the values in it, and the name it gives the report."""
    title = Fact(key or path.stem, path.name, 0)
    ranked = (
        kpis.lazy()
        .select("rating", "rating_rank")
        .unique()
        .drop_nulls("rating")
        .sort("rating_rank", "rating", nulls_last=True)
    )
    ratings = [(text, rank) for text, rank in ranked.collect().iter_rows() if rank is not None]
    return Metadata(
        id=key or path.stem,
        title=title,
        publisher="",
        fiscal_year=None,
        as_of=None,
        source_file=path.name,
        source_sha256="",
        inferred=("id", "title"),
        grants=tuple(Grant(key, key, key[:1]) for key in _distinct(kpis, "grant")),
        ratings=tuple(Rating(rank, text, text, "", 0) for text, rank in ratings),
        directions=tuple(Direction(text, text, "") for text in _distinct(kpis, "direction")),
    )


def _distinct(kpis: pl.DataFrame, key: str) -> list[str]:
    return kpis[key].drop_nulls().unique(maintain_order=True).to_list()


def _projects(kpis: pl.DataFrame, metadata: Metadata) -> pl.DataFrame:
    """A row for each project, from what its first KPI's row says of it."""
    said = {
        "grant": "grant",
        "no": "project_no",
        "name": "project",
        "cost": "cost",
        "rating": "rating",
        "direction": "direction",
    }
    firsts = [pl.col(key).first().alias(name) for name, key in said.items()]
    # Ordered afterwards by where each begins: to keep the order while grouping takes four times as long.
    grouped = (
        kpis.lazy().with_row_index("row").group_by("project_id").agg(*firsts, pl.col("row", "source_line").first())
    )
    rows = grouped.sort("row").drop("row").collect()
    rows = rows.with_columns(pl.coalesce(pl.col("name").cast(pl.String), "project_id").alias("name"))
    texts = [pl.col(key).cast(pl.String) for key in ("grant", "rating", "direction")]
    absent = {key: pl.lit(None, pl.String) for key in ("department", "summary", "direction_reason", "rating_text")}
    projects = rows.rename({"project_id": "id"}).with_columns(*texts, **absent)
    return judged_projects(projects, kpis, metadata)


def _fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
