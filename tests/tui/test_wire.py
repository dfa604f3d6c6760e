"""What goes over the line: less than Textual writes, and the same screen."""

import pyte
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from watched import COLUMNS, LINES, Watched, frame, piece
from wcwidth import wcswidth, wcwidth

from kpitui.tui.wire import Wire

BEGIN, END = "\x1b[?2026h", "\x1b[?2026l"
_PENS = ["", "1", "7", "39;49", "1;39;49", "1;7;39;49", "31", "1;4;31;44", "2;36;49", "38;2;1;2;3;48;2;250;251;252"]
_PENS += ["38;5;100", "9", "1;2", "2", "3;93;104", "4;39;49"]
_LETTERS = ["a", "b", " ", "  ", "漢", "あ", "ｱ", "①", "…", "e\u0301", "│", "～", "字字", "       "]


_TEXTS = st.lists(st.sampled_from(_LETTERS), max_size=4).map("".join)
_PIECES = st.builds(
    lambda line, column, spans: piece(line, column, *spans),
    st.integers(1, LINES),
    st.integers(1, COLUMNS),
    st.lists(st.tuples(st.sampled_from(_PENS), _TEXTS), max_size=4),
)
_CURSORS = st.tuples(st.integers(1, LINES), st.integers(1, COLUMNS))
_FRAMES = st.builds(
    lambda pieces, cursor: frame(*pieces, cursor=cursor), st.lists(_PIECES, min_size=1, max_size=4), _CURSORS
)


def whole(line: int, letters: list[str]) -> str:
    """A frame that draws all of a line, its last cell blank."""
    text = ""
    while letters and wcswidth(text + letters[0]) < COLUMNS:
        text += letters.pop(0)
    return frame(piece(line, 1, ("", text + " " * (COLUMNS - wcswidth(text)))))


_LINES_OF_TEXT = st.builds(whole, st.integers(1, LINES), st.lists(st.sampled_from(_LETTERS)))


def filled(line: int, spans: list[tuple[str, list[str]]]) -> str:
    """The piece that draws all of a line: what fits of each span, then blanks."""
    fitting: list[tuple[str, str]] = []
    left = COLUMNS
    for pen, letters in spans:
        text = ""
        while letters and wcswidth(text + letters[0]) < left:
            text += letters.pop(0)
        left -= wcswidth(text)
        fitting.append((pen, text))
    return piece(line, 1, *fitting, ("", " " * left))


_SPANS = st.lists(st.tuples(st.sampled_from(_PENS), st.lists(st.sampled_from(_LETTERS), max_size=6)), max_size=4)
_KNOWN = st.builds(
    lambda lines, cursor: frame(*(filled(line, lines[line]) for line in sorted(lines)), cursor=cursor),
    st.dictionaries(st.integers(1, LINES), _SPANS, min_size=1),
    _CURSORS,
)
"""Frames that leave no cell unknown: no line over the edge, no wide character halved, no line feed after the last."""
_OTHERS = [
    "\x07",
    "\x1b[?25l",
    "\x1b]22;text\x07",
    "\x1b]52;c;YQ==\x07",
    "\x1b[2;3Hx\x1b[31my\x1b[m",
    "\x1b[2J",
    "\x1b[m\x1b[3;2H\x1b[K",
]
_WRITES = st.one_of(_FRAMES, _FRAMES.map(lambda each: (BEGIN, each, END)), st.sampled_from(_OTHERS))


_AMBIGUOUS = ("①", "…", "│")


@given(st.lists(_WRITES, max_size=8), st.booleans())
def test_the_screen_is_what_it_would_be_without_the_wire(writes: list[str | tuple[str, ...]], entered: bool) -> None:
    wire, plain, thin = Wire(COLUMNS, LINES), Watched(), Watched()
    if entered:
        thin.feed(wire.thin("\x1b[?1049h"))
    for write in writes:
        parts = (write,) if isinstance(write, str) else write
        plain.feed("".join(parts))
        thin.feed("".join(map(wire.thin, parts)))
        assert thin.looks == plain.looks
        if parts[0][-1] == "H":
            assert thin.cursor == plain.cursor


@given(_PIECES.map(frame))
def test_a_frame_that_changes_nothing_costs_nothing(once: str) -> None:
    wire = Wire(150, LINES)  # wide enough for all that is drawn
    wire.thin("\x1b[?1049h")
    wire.thin(once)
    assert wire.thin(once) == ""
    assert [wire.thin(each) for each in (BEGIN, once, END)] == ["", "", ""]


def entered() -> Wire:
    """A wire to an empty screen whose cursor stands at the top left."""
    wire = Wire(COLUMNS, LINES)
    wire.thin("\x1b[?1049h")
    wire.thin(frame(piece(1, 1)))
    return wire


def test_only_the_cells_that_differ_are_drawn() -> None:
    wire = entered()
    assert wire.thin(frame(piece(2, 1, ("39;49", "abcdefghijklmn")))) == "\r\nabcdefghijklmn\x1b[H"
    assert wire.thin(frame(piece(2, 1, ("39;49", "abcdefghijkLmn")))) == "\x1b[2;12HL\x1b[H"


def test_a_gap_is_drawn_again_where_that_is_shorter_than_a_jump() -> None:
    wire = entered()
    wire.thin(frame(piece(1, 1, ("", "abcdefghijklmn"))))
    assert wire.thin(frame(piece(1, 1, ("", "AbcDefghijklmN")))) == "AbcD\x1b[9CN\r"


def test_a_pen_changes_by_what_differs_and_blanks_are_left_alone() -> None:
    wire = entered()
    drawn = frame(piece(1, 1, ("1;31;49", "ab   "), ("31", "  c"), ("", "d")))
    assert wire.thin(drawn) == "\x1b[1;31mab\x1b[5C\x1b[22mc\x1b[md\r"


def test_the_rest_of_a_line_is_erased_with_a_plain_pen() -> None:
    wire = entered()
    wire.thin(frame(piece(1, 1, ("31;44", "abcdefghijklmn"))))
    assert wire.thin(frame(piece(1, 1, ("31;44", "ab"), ("39;49", " " * 12)))) == "\x1b[2C\x1b[K\r"
    blanks = " " * 12
    drawn = frame(piece(1, 1, ("31;44", "ac"), ("44", blanks)))
    assert wire.thin(drawn) == f"\x1b[31;44mac{blanks}\r\x1b[m"


def test_the_pen_is_kept_over_blanks_on_which_it_does_not_show() -> None:
    wire = entered()
    assert wire.thin(frame(piece(1, 1, ("1", "a"), ("", "  "), ("1", "b"), ("1;4", "c d")))) == (
        "\x1b[1ma  b\x1b[4mc d\r\x1b[m"
    )
    assert wire.thin(frame(piece(2, 1, ("4", "a"), ("", " b")))) == "\r\n\x1b[4ma\x1b[m b\x1b[H"


def test_after_a_character_of_open_width_the_cursor_is_put_in_its_place_and_what_it_may_cover_drawn() -> None:
    wire = entered()
    assert wire.thin(frame(piece(1, 1, ("", "ab①cd")))) == "ab①\x1b[1;4Hcd\r"
    assert wire.thin(frame(piece(1, 1, ("", "ab②cd")))) == "ab②\x1b[1;4Hc\r"
    assert wire.thin(frame(piece(1, 1, ("", "aBxcD")))) == "aBxcD\r"
    assert wire.thin(frame(piece(1, 1, ("", "aBe\u0301cDefg")))) == "aBe\u0301\x1b[1;4HcDefg\r"
    assert wire.thin(frame(piece(1, 1, ("", "aBe\u0302cDefg")))) == "aBe\u0302\x1b[1;4HcDe\r"


@given(st.lists(_LINES_OF_TEXT, max_size=8))
def test_a_terminal_with_wide_ambiguous_characters_shows_all_others_where_they_belong(frames: list[str]) -> None:
    wire, meant, wide = Wire(COLUMNS, LINES), Watched(), Watched()
    for each in ["\x1b[?1049h", *frames]:
        thinned = wire.thin(each)
        meant.feed(each)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pyte.screens, "wcwidth", lambda letter: 2 if letter in _AMBIGUOUS else wcwidth(letter))
            wide.feed(thinned)
    for place, letter in meant.letters.items():
        assert letter in (*_AMBIGUOUS, "\xe9", wide.letters[place])  # what is put together is no surer


_OPEN = ["❤\ufe0f", "👩\u200d🔬", "か\u3099", "①", "─", "я", "א", "🇯🇵", "😀", "⚡", "ᄀ", "e\u0301", "\ue000", "क्"]
_SURE = ["漢", "が", "ｶ", "・", "～", "▾", "ś", "𠮷", "：", "１"]


@pytest.mark.parametrize("letter", _OPEN)
def test_what_terminals_do_not_agree_on_is_followed_by_a_movement(letter: str) -> None:
    assert f"{letter}\x1b[2;" in entered().thin(frame(piece(2, 1, ("", f"{letter}x"))))


@pytest.mark.parametrize("letter", _SURE)
def test_what_all_agree_on_is_not(letter: str) -> None:
    assert f"{letter}x" in entered().thin(frame(piece(2, 1, ("", f"{letter}x"))))


def test_half_of_a_wide_character_that_is_cut_is_drawn_again_when_its_turn_comes() -> None:
    wire = entered()
    wire.thin(frame(piece(1, 1, ("", "漢字"))))
    assert wire.thin(frame(piece(1, 2, ("", "x")))) == "\x1b[Cx\r"
    assert wire.thin(frame(piece(1, 1, ("", "漢")))) == "漢\r"


@pytest.mark.parametrize(
    "unknown",
    [
        "\x1b[2J",
        "text",
        "\x1b[31m",
        "\x1b]8;id=1;x\x1b\\link\x1b]8;;\x1b\\",
        "\x1b[5;1Hbelow\x1b[1;1H",
        "\x1b[1;12Hover\x1b[1;1H",
    ],
)
def test_what_is_not_understood_goes_as_it_is_and_nothing_is_taken_for_granted_after_it(unknown: str) -> None:
    wire, drawn = entered(), frame(piece(1, 1, ("", "abcdefghijklmn")))
    wire.thin(drawn)
    assert wire.thin(unknown) == unknown
    assert "abcdefghijklmn" in wire.thin(drawn)


@pytest.mark.parametrize("harmless", ["\x07", "\x1b]52;c;YQ==\x07", "\x1b]22;text\x07", "\x1b[?2048$p", "\x1b[>25u"])
def test_what_draws_nothing_goes_as_it_is_and_nothing_is_forgotten(harmless: str) -> None:
    wire, drawn = entered(), frame(piece(1, 1, ("", "abc")))
    wire.thin(drawn)
    assert wire.thin(harmless) == harmless
    assert wire.thin(drawn) == ""


def test_a_resize_and_a_second_start_make_it_forget() -> None:
    wire, drawn = entered(), frame(piece(1, 1, ("", "abc")))
    wire.thin(drawn)
    wire.resized(COLUMNS, LINES)
    assert wire.thin(drawn) == "\x1b[H\x1b[mabc\r"
    assert wire.thin("\x1b[?1049h") == "\x1b[?1049h\x1b[m\x1b[2J"
    assert wire.thin(drawn) == "\x1b[H\x1b[mabc\r"


def test_a_frame_is_shown_at_once_where_the_terminal_can_and_an_empty_one_not_at_all() -> None:
    wire, drawn = entered(), frame(piece(1, 1, ("", "a")))
    assert "".join(map(wire.thin, (BEGIN, drawn, END))) == f"{BEGIN}a\r{END}"
    assert "".join(map(wire.thin, (BEGIN, drawn, END))) == ""
    assert "".join(map(wire.thin, (BEGIN, "\x07", END))) == f"{BEGIN}\x07{END}"


@given(st.lists(_KNOWN, max_size=5), st.lists(st.one_of(_KNOWN, _FRAMES), max_size=5))
def test_a_picture_draws_the_screen_and_what_is_held_back_follows(before: list[str], after: list[str]) -> None:
    drawn, alone = entered(), Watched()
    for each in before:
        alone.feed(drawn.thin(each))
    picture = drawn.picture()
    assume(picture)
    again, seen = Wire(COLUMNS, LINES), Watched()
    seen.feed(picture)
    assert seen.looks == alone.looks
    again.stand(picture)
    assert again.thin("\x1b[?1049h") == ""
    expected = Watched()
    expected.feed(picture)
    for each in after:
        expected.feed(each)
        seen.feed(again.thin(each))
    seen.feed(again.release())
    assume(again.picture())
    assert seen.looks == expected.looks


def test_frames_are_held_back_until_they_come_to_the_picture() -> None:
    wire = Wire(COLUMNS, LINES)
    wire.stand("\x1b[1;1Hab\x1b[2;1Hcd\x1b[1;1H")
    assert wire.thin(frame(piece(1, 1, ("", "ab")), piece(2, 1, ("", "  ")))) == ""
    assert wire.thin(frame(piece(2, 1, ("", "cd")))) == "\x1b[H\x1b[m"
    assert wire.thin(frame(piece(2, 1, ("", "ce")))) == "\x1b[2;2He\x1b[H"


def test_a_picture_stays_where_nothing_has_been_drawn_yet() -> None:
    wire = Wire(COLUMNS, LINES)
    wire.stand("\x1b[1;1Hab\x1b[1;1H")
    assert wire.release() == "\x1b[H\x1b[m"
    assert wire.thin(frame(piece(1, 1, ("", "ac")))) == "ac\r"


def test_what_is_held_back_is_drawn_before_what_is_not_understood() -> None:
    wire = Wire(COLUMNS, LINES)
    wire.stand("\x1b[1;1Hab\x1b[1;1H")
    assert wire.thin(frame(piece(1, 1, ("", "ax")))) == ""
    assert wire.thin("\x1b[3;1Hy") == "\x1b[1;2H\x1b[mx\r\x1b[3;1Hy"


def test_what_is_not_known_is_no_picture() -> None:
    wire = Wire(COLUMNS, LINES)
    assert wire.picture() == ""
    assert entered().picture() == "\x1b[1;1H"


def test_a_picture_draws_each_line_from_its_place_on_without_its_blank_end() -> None:
    wire = entered()
    wire.thin(frame(piece(2, 1, ("1", "ab"), ("", "c  ")), piece(3, 3, ("", "①d"))))
    assert wire.picture() == "\x1b[2;1H\x1b[1mab\x1b[mc\x1b[3;1H  ①\x1b[3;4Hd\x1b[1;1H"


def test_a_screen_of_another_size_is_drawn_as_it_comes() -> None:
    wire = Wire(COLUMNS, LINES)
    wire.stand("\x1b[1;1Hab\x1b[1;1H")
    wire.resized(COLUMNS + 1, LINES)
    assert wire.thin(frame(piece(1, 1, ("", "cd")))) == "\x1b[H\x1b[mcd\r"
    assert wire.release() == ""
