"""The limit: the polars operations alone that a browser cannot do without; `limits.py FILE` prints JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl
from generated import NEEDLE

from kpitui.report.open import open_report
from kpitui.views.offered import offered

_CODED = ("grant", "unit", "rating", "direction")
_TIMES = 5


def main() -> int:
    """Measure on the file that is named."""
    path = Path(sys.argv[1])
    began = time.perf_counter()
    frame = pl.read_parquet(path, glob=False)
    took = {"read": time.perf_counter() - began}
    frame = frame.with_columns(pl.col(_CODED).cast(pl.Categorical))
    text = frame.select(pl.concat_str(pl.col("project", "name"), separator="\n"))["project"]
    took["sort"] = _fastest(lambda: frame["actual"].arg_sort(descending=True, nulls_last=True))
    report = open_report(path)
    facets = [each.key for each in offered(report, "kpis")]
    took["filter"] = _fastest(lambda: _filtered(report.kpis, facets))
    took["search"] = _fastest(lambda: text.str.contains(NEEDLE, literal=True).arg_true())
    print(json.dumps(took))
    return 0


def _filtered(frame: pl.DataFrame, facets: Sequence[str]) -> list[pl.DataFrame]:
    """The rows' numbers, and the counts of each facet that is on screen: of the filter's own column, without it."""
    own, *others = facets
    query = frame.lazy().with_row_index("row")
    kept = query.filter(pl.col(own) == frame[own].dtype.categories[0])  # type: ignore[attr-defined]
    counts = [query.group_by(own).len(), *(_values(kept, key).group_by(key).len() for key in others)]
    return pl.collect_all([kept.select("row"), *counts])


def _values(query: pl.LazyFrame, key: str) -> pl.LazyFrame:
    """A column, lists as a row for each of their values."""
    column = query.select(key)
    return column.explode(key) if isinstance(column.collect_schema()[key], pl.List) else column


def _fastest(work: Callable[[], object]) -> float:
    """Seconds of the fastest of a few turns, since a limit is what can be reached."""
    return min(_once(work) for _ in range(_TIMES))


def _once(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
