import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from kpitui.text.fold import find, fold, fold_expr

FIELD_TEXT = st.text("かがカガｶｷﾞﾟ゙ぱパーｰアｧァヵヽヾヴKkＫｋΣσς①㈱㌔㎥％Ⅱé達成 \u3000\u3099İ1１")


def test_half_width_full_width_and_case_are_one() -> None:
    assert fold("ＫＰＩ①ｶﾞ㈱") == "kpi1が(株)"


def test_katakana_and_hiragana_are_one() -> None:
    assert fold("カフェ") == fold("かふぇ") == fold("ｶﾌｪ") == "かふぇ"


def test_the_long_vowel_mark_is_kept() -> None:
    assert fold("センター") == "せんたー"


def test_voiced_and_plain_kana_differ() -> None:
    assert fold("ガ") != fold("カ")


@given(st.lists(FIELD_TEXT | st.none(), max_size=5))
def test_a_column_folds_as_its_cells_do(texts: list[str | None]) -> None:
    column = pl.Series("text", texts, dtype=pl.String)
    folded = pl.select(fold_expr(pl.lit(column))).to_series().to_list()
    assert folded == [None if text is None else fold(text) for text in texts]


def test_a_hit_is_found_in_the_original_text() -> None:
    assert find("ＫＰＩ㈱", "kpi") == [(0, 3)]
    assert find("地域センター", fold("ｾﾝﾀｰ")) == [(2, 6)]


def test_a_hit_inside_one_character_covers_it() -> None:
    assert find("県㈱庁", "株") == [(1, 2)]
    assert find("㌔", "き") == [(0, 1)]


def test_a_hit_covers_the_voiced_mark() -> None:
    assert find("ｶﾞｽ", "が") == [(0, 2)]
    assert find("ｶﾞｽ", "か") == []
    assert find("か\u3099", "が") == [(0, 2)]


def test_hits_that_share_a_character_are_one() -> None:
    assert find("㏙", "m") == [(0, 1)]
    assert find("㎜㎜", "m") == [(0, 1), (1, 2)]


def test_every_hit_is_found() -> None:
    assert find("kpi KPI", "kpi") == [(0, 3), (4, 7)]


def test_an_empty_needle_is_found_nowhere() -> None:
    assert find("達成", "") == []


@given(FIELD_TEXT, st.integers(0, 5), st.integers(1, 5))
def test_there_is_a_hit_exactly_when_the_folded_text_has_the_needle(text: str, at: int, size: int) -> None:
    needle = fold(text)[at : at + size]
    assert bool(find(text, needle)) == bool(needle)


@given(FIELD_TEXT, st.text("かがkぱー達", min_size=1, max_size=2))
def test_hits_are_ordered_and_hold_the_needle(text: str, needle: str) -> None:
    spans = find(text, needle)
    bounds = [bound for span in spans for bound in span]
    assert bounds == sorted(bounds)
    assert all(needle in fold(text[start:end]) for start, end in spans)
