"""Finding folded text in texts as they stand."""

import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpitui.text.fold import fold
from kpitui.text.scan import classes, knotty, literal, pattern, plain

KNOTTY = st.text(
    st.sampled_from(
        list(
            "カかｶﾞガがﾊﾟぱパァぁAaＡａ㈱(株)①1１ﬁfi㌢センヂ゙゚^-[]\\&~.*+?|{}$ ハ゜ヴｳée\u0301\u0323가각ㄱİßΣςσワヷ神神🈚無"
        )
    ),
    max_size=8,
)


def _found(regex: str, text: str) -> bool:
    return bool(pl.Series([text]).str.contains(regex)[0])


@given(KNOTTY, KNOTTY)
def test_the_pattern_of_a_needle_finds_every_text_whose_fold_holds_it(text: str, needle: str) -> None:
    folded = fold(needle)
    if folded in fold(text):
        assert re.search(pattern(folded), text)


@given(KNOTTY, KNOTTY.filter(bool))
def test_classes_find_just_the_texts_that_hold_it_among_the_simple_and_all_for_a_plain_needle(
    text: str, needle: str
) -> None:
    folded = fold(needle)
    if plain(folded) or not _found(knotty(), text):
        assert _found(classes(folded), text) == (folded in fold(text))


@given(KNOTTY, st.text("移住宇宙", min_size=1, max_size=2))
def test_a_literal_needle_stands_where_its_fold_does(text: str, needle: str) -> None:
    assert literal(needle)
    for each in (text, text + needle, needle + text):
        assert (needle in each) == (needle in fold(each))


@pytest.mark.parametrize("needle", ["株", "か", "が", "a", "1", "é", "각", "m"])
def test_what_marks_or_compounds_can_change_is_not_plain(needle: str) -> None:
    # ㈱ holds 株, か and a mark are が, á begins with a, ⑫ holds 1, é may be two characters, and so on.
    assert not plain(needle)


@pytest.mark.parametrize("text", ["ｶﾞ", "か\u3099", "e\u0301", "㈱", "㎡", "⑫", "ㄱ"])
def test_compounds_and_marks_make_a_text_knotty(text: str) -> None:
    assert _found(knotty(), f"移住{text}")


@pytest.mark.parametrize("text", ["移住がガｶ", "ＫＰＩ①％", "é", "(第1期)"])
def test_characters_that_fold_to_one_do_not(text: str) -> None:
    assert not _found(knotty(), text)


def test_polars_reads_the_pattern_as_python_does() -> None:
    texts = pl.Series(["ＫＰＩ［甲］", "a-b", "x^y", "ｶﾞ", "㈱山口", "none"])
    for needle, hits in (("kpi[", [0]), ("a-b", [1]), ("x^y", [2]), ("が", [3]), ("(株", [4])):
        assert texts.str.contains(pattern(fold(needle))).arg_true().to_list() == hits
