import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from uniseg.linebreak import line_break, line_break_units  # type: ignore[import-untyped]

from kpitui.text.breaking import IDEOGRAPHS, MOST_PROSE, simple_units, units, wrap
from kpitui.text.cells import safe, width

NEVER_FIRST = "、。，．）」』】！？・ーっょァ々％"
NEVER_LAST = "（「『【"
MARKS = f"{NEVER_FIRST}{NEVER_LAST}()\"'-,. "
JAPANESE = st.text(f"達成率カアいうKPI12{MARKS}")
# at most one mark between two letters, so that every bad line end can be avoided in four cells
SENTENCES = st.lists(st.tuples(st.sampled_from("達成カい"), st.sampled_from(["", *NEVER_FIRST]))).map(
    lambda pairs: "".join(letter + mark for letter, mark in pairs)
)
QUOTES = st.lists(st.tuples(st.sampled_from(["", *NEVER_LAST]), st.sampled_from("達成カい"))).map(
    lambda pairs: "".join(mark + letter for mark, letter in pairs)
)
WIDTHS = st.integers(2, 30)


def test_a_sentence_breaks_between_kanji() -> None:
    assert wrap("達成率を見る", 6) == ["達成率", "を見る"]


def test_a_comma_never_begins_a_line() -> None:
    assert wrap("達成率、未達", 6) == ["達成", "率、未", "達"]


def test_an_opening_bracket_never_ends_a_line() -> None:
    assert wrap("達成（見込）", 6) == ["達成", "（見", "込）"]


def test_latin_words_and_numbers_stay_whole() -> None:
    assert wrap("the 12,345 kpi", 7) == ["the", "12,345", "kpi"]


def test_blanks_at_a_line_end_are_dropped() -> None:
    assert wrap("ab   cd  ", 4) == ["ab", "cd"]
    assert wrap("達成\u3000率", 4) == ["達成", "率"]


def test_newlines_are_kept() -> None:
    assert wrap("一\n\n二\r\n三", 10) == ["一", "", "二", "三"]


def test_empty_text_is_one_empty_line() -> None:
    assert wrap("", 10) == [""]
    assert wrap("       ", 3) == [""]


def test_a_word_wider_than_the_line_is_split() -> None:
    assert wrap("abcdefgh", 3) == ["abc", "def", "gh"]


def test_a_split_word_takes_a_letter_along_rather_than_begin_with_a_comma() -> None:
    assert wrap("abcdef、", 6) == ["abcde", "f、"]


@pytest.mark.parametrize("cells", [-3, 0, 1])
def test_a_line_has_at_least_one_character(cells: int) -> None:
    assert wrap("a達b", cells) == ["a", "達", "b"]


def test_a_tab_is_one_blank() -> None:
    assert wrap("a\tb", 9) == ["a b"]


def test_callers_may_change_the_answer() -> None:
    wrap("達成率", 4).clear()
    assert wrap("達成率", 4) == ["達成", "率"]


@given(st.text(), WIDTHS)
def test_no_line_is_too_wide(text: str, cells: int) -> None:
    assert all(width(line) <= cells for line in wrap(safe(text), cells))


@given(st.text(), st.integers(-1, 30))
def test_no_character_is_lost_but_blanks(text: str, cells: int) -> None:
    text = safe(text)
    assert "".join("".join(wrap(text, cells)).split()) == "".join(text.split())


@given(SENTENCES, st.integers(4, 30))
def test_no_line_begins_with_a_closing_mark(text: str, cells: int) -> None:
    assert not [line for line in wrap(text, cells)[1:] if line[0] in NEVER_FIRST]


@given(QUOTES, st.integers(4, 30))
def test_no_line_ends_with_an_opening_mark(text: str, cells: int) -> None:
    assert not [line for line in wrap(text, cells)[:-1] if line[-1] in NEVER_LAST]


@given(JAPANESE | st.text().map(safe))
def test_breaking_in_stretches_keeps_to_the_full_rules(text: str) -> None:
    assert list(units(text)) == list(line_break_units(text))


def test_the_sure_breaks_lie_between_characters_of_class_id() -> None:
    letters = re.findall(f"[{IDEOGRAPHS}]", "".join(map(chr, range(0x10000))))
    assert {line_break(letter).value for letter in letters} == {"ID"}


def test_a_long_text_is_broken_by_simple_rules_that_keep_marks_and_numbers_where_they_belong() -> None:
    sentence = "達成率、未達（見込）12,345円です。"
    lines = wrap(sentence * (MOST_PROSE // len(sentence) + 1), 20)
    assert lines[:4] == ["達成率、未達（見込）", "12,345円です。達成", "率、未達（見込）", "12,345円です。達成"]


@given(st.text(f"達成率カアいうKPI12{MARKS}"))
def test_the_simple_rules_lose_nothing_and_begin_no_line_with_a_mark(text: str) -> None:
    found = list(simple_units(text))
    assert "".join(found) == text
    after_letters = [unit for before, unit in pairwise(found) if not before.endswith(" ")]
    assert all(unit[:1] not in NEVER_FIRST for unit in after_letters if unit)


@pytest.mark.parametrize("char", ["x", "、", "(", "あ\u3099", "1,", "x ", "達成、", "Ж"])
def test_a_million_characters_are_broken_in_steps_that_grow_with_their_number(char: str) -> None:
    """What takes steps by the square of their number would never come to its end here."""
    text = char * (1_000_000 // len(char))
    lines = wrap(text, 80)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert max(map(width, lines[:100] + lines[-100:])) <= 80
