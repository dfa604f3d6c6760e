"""Text of few values as codes: a byte or four a cell instead of a text's sixteen and its letters."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

_SMALL = 10_000
"""Cells below which it saves nothing that could be felt."""
_FEW = 0.2
"""The share of distinct values up to which a text column is kept as codes."""
_SAMPLE = 5_000
_TELLING = 20_000
"""Evenly spaced cells that mostly hold every value of a column of few: to ask all of a million takes 20 ms more."""


def compact(texts: pl.Series, *, sort: bool = True) -> pl.Series:
    """The same column, as an enum if it is long and its values repeat; any other is returned as it is.

    The enum's values are sorted, so that codes sort as the texts do, or stand as they first appear.
    """
    if texts.dtype != pl.String or len(texts) < _SMALL or not _repeats(texts):
        return texts
    for some in (texts.gather_every(max(1, len(texts) // _TELLING)), texts):
        values = some.unique().drop_nulls()
        if len(values) > _FEW * len(texts):
            break
        found = _coded(texts, values)
        if found.null_count() == texts.null_count():
            return found if sort else recoded(found, first_seen(found))
    return texts


def _coded(texts: pl.Series, values: pl.Series) -> pl.Series:
    """The texts as an enum of those values, sorted; missing where they are none of them."""
    return texts.cast(pl.Enum(values.sort()), strict=False)


def first_seen(column: pl.Series) -> list[str]:
    """The different texts of a column as they first appear; the first rows alone tell it where all are among them."""
    known = len(column.dtype.categories) if isinstance(column.dtype, pl.Enum) else None
    found = column.head(_SAMPLE).unique(maintain_order=True).drop_nulls()
    return (found if len(found) == known else column.unique(maintain_order=True).drop_nulls()).to_list()


def recoded(column: pl.Series, values: Sequence[str]) -> pl.Series:
    """A column of texts as an enum of those values, which are all that it has.

    Where it is one already, only its codes are counted anew: to compare a million texts takes ten times as long.
    """
    kept = pl.Enum(values)
    if not isinstance(column.dtype, pl.Enum) or column.dtype == kept:
        return column.cast(kept)
    places = column.dtype.categories.cast(kept, strict=False)
    return places.gather(column.to_physical()).alias(column.name)


def same(text: str | None, dtype: type[pl.DataType], height: int, name: str) -> pl.Series:
    """A column of one value, as `compact` keeps it."""
    codes = dtype == pl.String and height >= _SMALL
    kept = pl.Enum([] if text is None else [text]) if codes else dtype
    return pl.Series(name, [text], kept).new_from_index(0, height)


def _repeats(texts: pl.Series) -> bool:
    """Whether a sample has so few values that all may; looking at all of a column of names takes a while."""
    sample = texts.gather_every(max(1, len(texts) // _SAMPLE))
    return sample.n_unique() <= len(sample) / 2
