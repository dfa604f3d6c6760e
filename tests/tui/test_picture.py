import io
from xml.etree import ElementTree

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from kpitui.tui.picture import unsqueeze

CELL = 12.2  # pixels, in Rich's pictures
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


def picture(*lines: str) -> str:
    console = Console(file=io.StringIO(), width=60, record=True, color_system="truecolor", force_terminal=True)
    for line in lines:
        console.print(Text(line), no_wrap=True)
    return unsqueeze(console.export_svg(title="表"))


def texts(svg: str) -> list[ElementTree.Element]:
    found = ElementTree.fromstring(svg).findall(".//{http://www.w3.org/2000/svg}text[@clip-path]")
    return [text for text in found if (text.text or "").strip()]


def text_of(svg: str, words: str) -> ElementTree.Element:
    return next(text for text in texts(svg) if text.text == words.replace(" ", NO_BREAK_SPACE))


@pytest.mark.parametrize("line", ["abc", "達成率 50%", "①→達成", "｡ｶﾞ"])
def test_a_length_is_that_of_the_cells(line: str) -> None:
    lengths = {text.text: text.get("textLength") for text in texts(picture(line))}
    assert all(
        length is None or float(length) == pytest.approx(cell_len(text or "") * CELL)
        for text, length in lengths.items()
    )


def test_a_wide_character_stands_in_the_middle_of_its_two_cells() -> None:
    positions = text_of(picture("ab達成"), "達成").get("x", "").split()
    assert [float(x) for x in positions] == pytest.approx([3 * CELL, 5 * CELL])


def test_what_follows_wide_characters_begins_at_its_own_column() -> None:
    text = text_of(picture("達成率 50%"), " 50%")
    assert float(text.get("x", "")) == pytest.approx(6 * CELL)
    assert float(text.get("textLength", "")) == pytest.approx(4 * CELL)


def test_characters_of_ambiguous_width_are_scaled_to_one_cell() -> None:
    text = text_of(picture("①未達"), "①")
    assert text.get("lengthAdjust") == "spacingAndGlyphs"
    assert float(text.get("textLength", "")) == pytest.approx(CELL)


def test_a_box_line_stays_in_one_piece() -> None:
    assert text_of(picture("┌──┐"), "┌──┐") is not None


def test_a_character_of_two_code_units_ends_its_run() -> None:
    assert [text.text for text in texts(picture("𠮷野家"))] == ["𠮷", "野家"]


def test_no_character_is_lost() -> None:
    line = '<達成> & ①→│か\u3099𠮷😀 "x"'
    shown = "".join(text.text or "" for text in texts(picture(line)))
    assert shown.replace(NO_BREAK_SPACE, " ") == line


def test_nothing_is_fetched_from_elsewhere() -> None:
    svg = picture("達成率 50%")
    assert "http" not in svg.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert "@font-face" not in svg
    assert "Noto Sans Mono CJK JP" in svg


def test_a_treated_picture_is_left_alone() -> None:
    svg = picture("達成率 50%", "abc")
    assert unsqueeze(svg) == svg


def test_japanese_alone_is_measured_too() -> None:
    assert text_of(picture("達成率"), "達成率").get("x") == "12.2 36.6 61"
