"""A Report of the rows of a bare table: told apart, judged, and with the scales that its values make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import polars as pl

from kpitui.errors import KpituiError
from kpitui.report.compact import first_seen
from kpitui.report.judge import judge
from kpitui.report.model import WITHIN, Direction, Fact, Grant, Metadata, Rating, Report
from kpitui.report.ordered import belonging, ordered, scales
from kpitui.report.tables import Rows, distinct
from kpitui.report.together import together
from kpitui.text.wording import Both

_MOST_REPORTS = 200
"""Reports that a table may name to be read as so many; each costs its own judging."""
_EMPTY = Both("{at}: 列 {key!r} に空のセルがあります", "{at}: an empty cell in the column {key!r}")
_TWICE = Both("{at}: id {id!r} の行が二つ以上あります", "{at}: more than one row has the id {id!r}")


def judged(rows: Rows) -> Report:
    """The report that the rows are of; where their column `report` names several, these, each judged by itself.

    Raises KpituiError where rows cannot be told apart, PolarsError where a cell is none of a closed list's values.
    """
    keys = _reports(rows.frame)
    _told_apart(rows, keys)
    parts = [_report(each, key) for key, each in _parts(rows, keys)]
    return parts[0] if len(keys) < 2 and not _within(rows.frame, keys) else together(parts)


def _report(rows: Rows, key: str) -> Report:
    """The rows of one report, judged; `key` is what the file calls it, if it does."""
    own = _own(rows.frame, key)
    with ThreadPoolExecutor(1) as aside:
        judging = aside.submit(judge, own)
        metadata = _metadata(rows.path, own, key)
        words = [*scales(own, metadata), ordered(own["unit"])]
        kpis = judging.result().with_columns(*words, belonging(metadata))
    return Report(metadata, kpis, rows.fingerprint, rows.path, lambda: _projects(kpis, metadata))


def _told_apart(rows: Rows, keys: Sequence[str]) -> None:
    """KpituiError, with the place in the file, unless each row has a name, and in its report an id of its own."""
    for key in ("id", "project_id", "name"):
        if rows.frame[key].null_count():
            raise KpituiError(_EMPTY.format(at=_place(rows, pl.col(key).is_null()), key=key))
    parts = () if rows.distinct else _parts(rows, keys)
    if not all(distinct(each.frame["id"]) for _, each in parts):
        again = ~pl.struct(["id"] if len(keys) < 2 else ["report", "id"]).is_first_distinct()
        raise KpituiError(_TWICE.format(at=_place(rows, again), id=rows.frame.filter(again)["id"][0]))


def _place(rows: Rows, wrong: pl.Expr) -> Both:
    """Where the first row that is wrong stands in the file."""
    from kpitui.report.complaint import place  # noqa: PLC0415 - most files are as they should be

    return place(rows.path, rows.frame.select(wrong.arg_true().first()).item())


# Several reports in one table, as an export of several writes them


def _reports(rows: pl.DataFrame) -> list[str]:
    """What the column of reports names, as it first appears; none where it is empty, has gaps or too many names."""
    named = rows["report"]
    if named.null_count():
        return []
    keys = [str(key) for key in named.unique(maintain_order=True)]
    return keys if len(keys) <= _MOST_REPORTS and not any(WITHIN in key for key in keys) else []


def _parts(rows: Rows, keys: Sequence[str]) -> Iterator[tuple[str, Rows]]:
    """The rows of each report in the file's order, with what it is called; all of them where it has no name."""
    if len(keys) < 2:
        yield (keys[0] if keys else ""), rows
    else:
        for key in keys:
            yield key, replace(rows, frame=rows.frame.filter(pl.col("report") == key))


def _within(rows: pl.DataFrame, keys: Sequence[str]) -> bool:
    """Whether the ids of the rows begin with the name of the one report that they are of."""
    return bool(keys) and len(rows) > 0 and bool(rows["id"].str.starts_with(f"{keys[0]}{WITHIN}").all())


def _own(rows: pl.DataFrame, key: str) -> pl.DataFrame:
    """The rows with the ids that the report itself has, if all of them begin with its name."""
    if not key or not _within(rows, [key]):
        return rows
    return rows.with_columns(pl.col("id", "project_id").str.strip_prefix(f"{key}{WITHIN}"))


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
        grants=tuple(Grant(key, key, key[:1]) for key in first_seen(kpis["grant"])),
        ratings=tuple(Rating(rank, text, text, "", 0) for text, rank in ratings),
        directions=tuple(Direction(text, text, "") for text in first_seen(kpis["direction"])),
    )


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
    from kpitui.report.load import judged_projects  # noqa: PLC0415 - of a large table projects are asked for later

    projects = rows.rename({"project_id": "id"}).with_columns(*texts, **absent)
    return judged_projects(projects, kpis, metadata)
