import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpitui.text.ambiguous import restored, same_width, widened
from kpitui.text.breaking import wrap
from kpitui.text.cells import clip, fit, safe, width
from kpitui.text.fold import find, fold

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"])).map(safe)
SIGNS = "①Ⅲ×÷±°→▲…‥※αЯ“”é"


def cells_of_a_wide_terminal(text: str) -> int:
    """Two cells for a character of ambiguous width, as East Asian Width tells it; the rest as ever."""
    return sum(2 if unicodedata.east_asian_width(char) == "A" else width(char) for char in text)


def test_what_such_a_terminal_draws_in_two_cells_is_counted_as_two() -> None:
    assert width(SIGNS) == 16
    assert width(widened(SIGNS)) == 32
    assert width(widened("達成①")) == 6


def test_the_real_characters_come_back() -> None:
    assert restored(widened(SIGNS)) == SIGNS


def test_one_character_stands_for_one() -> None:
    assert len(widened(SIGNS)) == len(SIGNS)


def test_lines_and_blocks_are_ascii_for_their_width_cannot_be_known() -> None:
    assert widened("─│┌═█▊") == "-|+=##"


def test_a_mark_that_combines_takes_no_cell() -> None:
    assert width(widened("e\u0301")) == 1
    assert restored(widened("e\u0301")) == "e\u0301"


def test_rare_kanji_of_a_ministry_stay_and_those_beyond_room_are_a_geta() -> None:
    assert restored(widened("\ue000")) == "\ue000"
    assert widened("\U000f0001") == "〓"


def test_what_everyone_draws_alike_is_left_alone() -> None:
    assert widened("達成率％ｶﾞ㎥ABC▴") == "達成率％ｶﾞ㎥ABC▴"


@given(ANY_TEXT)
def test_text_is_as_wide_as_such_a_terminal_draws_it(text: str) -> None:
    drawn = restored(widened(text))
    marks = sum(unicodedata.category(char) in ("Mn", "Me") and width(char) == 0 for char in drawn if _ambiguous(char))
    assert width(widened(text)) == cells_of_a_wide_terminal(drawn) - 2 * marks


def _ambiguous(char: str) -> bool:
    return unicodedata.east_asian_width(char) == "A"


@given(st.text(), st.text(st.characters(min_codepoint=0x3A000, max_codepoint=0x3FEFF)))
def test_no_text_from_elsewhere_is_taken_for_a_stand_in(text: str, forged: str) -> None:
    assert restored(safe(text + forged)) == safe(text) + "\ufffd" * len(forged)


def test_what_is_cut_is_never_cut_in_half() -> None:
    assert restored(clip(widened("①②③"), 5, "~")) == "①②~"
    assert fit(widened("①②③"), 4, mark="~") == f"{widened('①')}~ "


def test_lines_are_broken_where_the_real_characters_allow() -> None:
    assert [restored(line) for line in wrap(widened("達成した…未達"), 8)] == ["達成し", "た…未達"]


def test_what_is_searched_for_is_found_in_place() -> None:
    assert find(widened("達成①未達"), fold("1")) == [(2, 3)]
    assert find(widened("α①"), fold("Α１")) == [(0, 2)]


@pytest.mark.parametrize(
    ("text", "signs"), [("…", "~"), ("×", "x"), ("│──┐", "|--+"), ("▊", "#"), ("Ⅱ", "?"), ("達成", "達成")]
)
def test_a_sign_of_ours_is_drawn_in_the_one_cell_it_was_given(text: str, signs: str) -> None:
    assert same_width(text) == signs
