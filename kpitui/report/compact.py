"""Text of few values as codes: a byte or four a cell instead of a text's sixteen and its letters."""

from __future__ import annotations

import polars as pl

_SMALL = 10_000
"""Cells below which it saves nothing that could be felt."""
_FEW = 0.2
"""The share of distinct values up to which a text column is kept as codes."""
_SAMPLE = 5_000


def compact(texts: pl.Series, *, sort: bool = True) -> pl.Series:
    """The same column, as an enum if it is long and its values repeat; any other is returned as it is.

    The enum's values are sorted, so that codes sort as the texts do, or stand as they first appear.
    """
    if texts.dtype != pl.String or len(texts) < _SMALL or not _repeats(texts):
        return texts
    values = texts.drop_nulls().unique(maintain_order=not sort)
    if len(values) > _FEW * len(texts):
        return texts
    return texts.cast(pl.Enum(values.sort() if sort else values))


def same(text: str | None, dtype: type[pl.DataType], height: int, name: str) -> pl.Series:
    """A column of one value, as `compact` keeps it."""
    codes = dtype == pl.String and height >= _SMALL
    kept = pl.Enum([] if text is None else [text]) if codes else dtype
    return pl.Series(name, [text], kept).new_from_index(0, height)


def _repeats(texts: pl.Series) -> bool:
    """Whether a sample has so few values that all may; looking at all of a column of names takes a while."""
    sample = texts.gather_every(max(1, len(texts) // _SAMPLE))
    return sample.n_unique() <= len(sample) / 2
