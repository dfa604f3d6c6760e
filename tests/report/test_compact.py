"""Text of few values is kept as codes."""

import polars as pl

from kpitui.report.compact import compact, first_seen, recoded, same

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


def test_a_value_that_no_sample_sees_is_kept_in_its_place() -> None:
    # Of 60,000 cells every third is looked at first: the 30,001st, which alone is x, is not.
    texts = pl.Series(["b", "a", None] * 20_000).scatter(30_001, "x")
    kept = compact(texts)
    assert kept.dtype == pl.Enum(["a", "b", "x"])
    assert kept[30_000:30_003].to_list() == ["b", "x", None]
    assert kept.null_count() == 20_000
    assert compact(texts, sort=False).dtype == pl.Enum(["b", "a", "x"])


def test_values_are_found_in_the_order_of_the_rows_however_late_they_come() -> None:
    texts = ["b"] * MANY + ["a"] + ["b"] * MANY
    for column in (
        pl.Series(texts),
        pl.Series(texts, dtype=pl.Enum(["a", "b"])),
        pl.Series(texts).cast(pl.Enum("cba")),
    ):
        assert first_seen(column) == ["b", "a"]
    assert first_seen(pl.Series([None, "a"])) == ["a"]


def test_codes_are_counted_anew_in_the_order_that_is_asked_for() -> None:
    kept = recoded(pl.Series("unit", ["b", None, "a", "b"], pl.Enum(["a", "b", "c"])), ["b", "x", "a"])
    assert (kept.name, kept.dtype) == ("unit", pl.Enum(["b", "x", "a"]))
    assert kept.to_list() == ["b", None, "a", "b"]
    assert kept.to_physical().to_list() == [0, None, 2, 0]
    assert recoded(pl.Series(["a"]), ["b", "a"]).to_physical().to_list() == [1]


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
