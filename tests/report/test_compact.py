"""Text of few values is kept as codes."""

import polars as pl

from kpitui.report.compact import compact, same

MANY = 10_000


def _column(*texts: str | None) -> pl.Series:
    """The texts over and over, as often as makes a column long."""
    return pl.Series("text", list(texts) * (MANY // len(texts)), pl.String)


def test_a_long_column_of_few_texts_becomes_codes_that_sort_as_the_texts_do() -> None:
    kept = compact(_column("b", "a", None, "c"))
    assert kept.dtype == pl.Enum(["a", "b", "c"])
    assert kept[:4].to_list() == ["b", "a", None, "c"]
    assert kept.to_physical()[:4].to_list() == [1, 0, None, 2]


def test_a_scale_stands_as_its_values_first_appear() -> None:
    assert compact(_column("b", "a", None, "c"), sort=False).dtype == pl.Enum(["b", "a", "c"])


def test_a_column_of_names_stays_text() -> None:
    names = pl.Series([f"name {number}" for number in range(MANY)])
    assert compact(names).dtype == pl.String


def test_one_whose_sample_alone_repeats_stays_text() -> None:
    # Every second cell is the same, and those are what a sample of 5,000 of 10,000 sees.
    half = pl.Series([text for number in range(MANY // 2) for text in ("same", f"name {number}")])
    assert compact(half).dtype == pl.String


def test_a_short_column_stays_as_it_is() -> None:
    assert compact(pl.Series(["a", "a", "a"])).dtype == pl.String


def test_a_long_column_without_any_text_is_missing_throughout() -> None:
    assert compact(_column(None)).null_count() == MANY
    assert same(None, pl.String, MANY, "text").null_count() == MANY
    assert same("", pl.String, MANY, "text").unique().to_list() == [""]
