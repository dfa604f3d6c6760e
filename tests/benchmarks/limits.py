"""The limit: the polars operations alone that a browser cannot do without; `limits.py FILE` prints JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl
from generated import NEEDLE

_FACETS = ("grant", "unit", "rating", "direction")
_TIMES = 5


def main() -> int:
    """Measure on the file that is named."""
    path = Path(sys.argv[1])
    began = time.perf_counter()
    frame = pl.read_parquet(path)
    took = {"read": time.perf_counter() - began}
    frame = frame.with_columns(pl.col(_FACETS).cast(pl.Categorical))
    text = frame.select(pl.concat_str(pl.col("project", "name"), separator="\n"))["project"]
    chosen = pl.col("rating") == frame["rating"][0]
    took["sort"] = _fastest(lambda: frame["actual"].arg_sort(descending=True, nulls_last=True))
    took["filter"] = _fastest(lambda: _filtered(frame, chosen))
    took["search"] = _fastest(lambda: text.str.contains(NEEDLE, literal=True).arg_true())
    print(json.dumps(took))
    return 0


def _filtered(frame: pl.DataFrame, chosen: pl.Expr) -> list[pl.DataFrame]:
    """The rows' numbers, and the counts of each facet under the filter: of its own column, without it."""
    query = frame.lazy().with_row_index("row")
    kept = query.filter(chosen)
    counts = [(query if key == "rating" else kept).group_by(key).len() for key in _FACETS]
    return pl.collect_all([kept.select("row"), *counts])


def _fastest(work: Callable[[], object]) -> float:
    """Seconds of the fastest of a few turns, since a limit is what can be reached."""
    return min(_once(work) for _ in range(_TIMES))


def _once(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
