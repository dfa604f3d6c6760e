import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpitui.text.cells import clip, fit, one_line, plain_ascii, safe, width

ANY_TEXT = st.text(st.characters(exclude_categories=[]))
FIELD_TEXT = st.text("アカサ工事達成率①→※％ABC123 、。ｶﾞか゛\u3099")
WIDTHS = st.integers(0, 40)


def test_kanji_take_two_cells_and_latin_one() -> None:
    assert width("達成率A") == 7
    assert width("") == 0


def test_text_that_fits_is_not_touched() -> None:
    assert clip("達成率", 6) == "達成率"


def test_a_cut_ends_with_the_mark() -> None:
    assert clip("達成率", 5) == "達成…"
    assert clip("abcdef", 4) == "abc…"


def test_a_wide_character_cut_in_half_is_left_out() -> None:
    assert clip("達成率", 4) == "達…"


def test_a_mark_is_cut_when_it_does_not_fit() -> None:
    assert clip("達成率", 1, mark="~~") == "~"
    assert clip("達成率", 0) == ""


def test_a_voiced_mark_stays_with_its_kana() -> None:
    assert clip("か\u3099き", 3) == "か\u3099…"


@given(ANY_TEXT, WIDTHS)
def test_clipped_text_is_never_too_wide(text: str, cells: int) -> None:
    assert width(clip(text, cells)) <= cells


@given(FIELD_TEXT, WIDTHS)
def test_clipped_text_is_a_beginning_of_the_whole(text: str, cells: int) -> None:
    clipped = clip(text, cells)
    assert clipped == text or (text.startswith(clipped[:-1]) and clipped[-1:] in {"…", ""})


@given(FIELD_TEXT, st.integers(2, 40))
def test_clipping_loses_at_most_one_cell(text: str, cells: int) -> None:
    assert width(clip(text, cells)) >= min(width(text), cells) - 1


@given(FIELD_TEXT, WIDTHS, st.sampled_from(["left", "right"]))
def test_fitted_text_has_exactly_the_width(text: str, cells: int, align: str) -> None:
    assert width(fit(text, cells, "right" if align == "right" else "left")) == cells


def test_text_is_aligned_by_blanks_on_the_other_side() -> None:
    assert fit("円", 4) == "円  "
    assert fit("120", 5, "right") == "  120"
    assert fit("達成率", 4, "right") == " 達…"


def test_more_lines_show_as_a_mark() -> None:
    assert one_line("一行目\n二行目") == "一行目…"
    assert one_line("一行目\n") == "一行目"
    assert one_line("\n\n一行目\r\n二行目", mark="~") == "一行目~"
    assert one_line("") == ""


def test_tabs_and_wide_blanks_become_blanks() -> None:
    assert one_line("a\tb\u3000c") == "a b c"


@given(ANY_TEXT)
def test_one_line_is_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1


def test_escape_sequences_are_shown_not_obeyed() -> None:
    assert safe("赤\x1b[31m字\x07") == "赤␛[31m字␇"
    assert safe("\x9b31m\x7f") == "\ufffd31m␡"


def test_newlines_and_tabs_are_kept() -> None:
    assert safe("a\tb\r\nc\rd\u2028e\n") == "a\tb\nc\nd\ne\n"


def test_text_cannot_be_turned_round() -> None:
    assert safe("\u202e達成\u2069") == "\ufffd達成\ufffd"


def test_characters_without_a_look_are_dropped() -> None:
    assert safe("達\u200b成\ufeff率\u00ad\ufe0f辻\U000e0100") == "達成率辻"


def test_of_marks_heaped_on_a_character_a_few_are_shown_and_a_sign_that_there_are_more() -> None:
    assert safe("か" + "\u3099" * 8) == "か" + "\u3099" * 8
    assert safe("か" + "\u3099" * 9 + "き") == "か" + "\u3099" * 8 + "…き"
    assert safe("a" + "\u0300\u0301" * 500_000 + "\tb\nc") == "a" + "\u0300\u0301" * 4 + "…\tb\nc"
    assert safe("e\u0301" * 20) == "e\u0301" * 20


def test_marks_with_something_invisible_between_them_are_one_heap() -> None:
    assert safe("a" + "\u0302\u200d\ufe0f" * 100) == "a" + "\u0302" * 8 + "…"


def test_marks_are_few_whatever_character_takes_no_cell() -> None:
    drawn = [
        each for each in map(chr, range(0x110000)) if width(each) == 0 and safe(each) == each and each not in "\n\t"
    ]
    assert len(drawn) > 2000
    assert [each for each in drawn if safe("a" + each * 50) != "a" + each * 8 + "…"] == []


def test_half_a_surrogate_pair_is_replaced() -> None:
    safe("a\ud800b").encode()
    assert safe("a\ud800b") == "a\ufffdb"


@given(st.text("達成①→Ⅱ㎥％ガｶﾞ辻𠮷éα△"))
def test_ordinary_text_is_left_as_it_is(text: str) -> None:
    assert safe(text) == text


@given(ANY_TEXT)
def test_nothing_harmful_is_left(text: str) -> None:
    assert not {unicodedata.category(character) for character in safe(text) if character not in "\n\t"} & {
        "Cc",
        "Cf",
        "Cs",
        "Zl",
        "Zp",
    }


@given(ANY_TEXT)
def test_safe_text_is_safe_already(text: str) -> None:
    assert safe(safe(text)) == safe(text)


@pytest.mark.parametrize(
    ("text", "ascii_text"),
    [
        ("①⑳❶⓫ⓐ", "(1)(20)(1)(11)(a)"),
        ("増加→減少…", "増加->減少~"),
        ("※○△▲×±℃", "*o^^x+/-C"),
        ("“達成”―", '"達成"-'),
        ("┌─│═┼█", "+-|=+#"),
        ("Ⅱ é ½ α Σ", "II e 1/2 alpha Sigma"),
        ("Д ≮", "? ?"),
        ("㈱ ％ ㎥ 達成", "㈱ ％ ㎥ 達成"),
    ],
)
def test_ambiguous_characters_become_ascii(text: str, ascii_text: str) -> None:
    assert plain_ascii(text) == ascii_text


def test_no_character_of_ambiguous_width_is_left() -> None:
    everything = "".join(map(chr, range(0x110000)))
    assert "A" not in {unicodedata.east_asian_width(character) for character in plain_ascii(everything)}
