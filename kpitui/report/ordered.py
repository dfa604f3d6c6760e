"""The columns that a report orders or names itself: its grants, ratings and directions, and the report of each row."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from kpitui.report.compact import first_seen, recoded
from kpitui.report.model import Metadata


def belonging(metadata: Metadata) -> pl.Expr:
    """The column that names the report on each of its rows."""
    return pl.lit(metadata.id, pl.Enum([metadata.id])).alias("report")


def scales(projects: pl.DataFrame, metadata: Metadata) -> list[pl.Series]:
    """Order grants, ratings and directions as the report does; values outside a scale are kept, after it."""
    scales = {
        "grant": [grant.key for grant in metadata.grants],
        "rating": [rating.text for rating in metadata.ratings],
        "direction": [direction.text for direction in metadata.directions],
    }
    return [ordered(projects[key], scale) for key, scale in scales.items()]


def ordered(column: pl.Series, scale: Iterable[str] = ()) -> pl.Series:
    """A column as an enum: the scale's values in its order, then others as they first appear."""
    return recoded(column, list(dict.fromkeys([*scale, *first_seen(column)])))
