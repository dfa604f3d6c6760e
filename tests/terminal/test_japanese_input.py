"""Japanese typed and pasted into a real terminal: whole characters, and nothing in them obeyed."""

import os
from collections.abc import Iterator
from tempfile import TemporaryDirectory

import pytest
from probe import Terminal, terminal

ENGLISH = {"LC_ALL": "C.UTF-8"}
ROWS = 24
PROMPT = ROWS - 2
"""The line of the prompt, counted from 0: above the footer."""


@pytest.fixture
def asked() -> Iterator[Terminal]:
    """A browser that asks for a text to search for."""
    with terminal(env=ENGLISH) as running:
        running.wait_for("23 of 23")
        running.press("3")
        running.wait_for("82 of 82")
        running.press("/")
        running.wait_for("text to search for")
        yield running


def stands(running: Terminal, text: str) -> None:
    """Wait until the prompt holds the text."""
    running.wait_until(lambda: running.lines[PROMPT].rstrip() == text, f"{text!r} in the prompt")


def test_wide_characters_are_typed(asked: Terminal) -> None:
    asked.press("達成a")
    stands(asked, "達成a")


def test_a_character_whose_bytes_come_in_two_reads_is_whole(asked: Terminal) -> None:
    data = "達成".encode()
    for cut in (1, 2, 4, 5):
        asked.read_until_silent(0.3)  # the screen's answers, which come as the terminal's own bytes, are over
        asked.send(data[:cut])
        asked.read_until_silent(0.3)
        asked.send(data[cut:])
        stands(asked, "達成")
        asked.press("backspace", "backspace")
        asked.wait_for("text to search for")


def test_backspace_deletes_one_wide_character_at_a_time(asked: Terminal) -> None:
    asked.press("県産品")
    stands(asked, "県産品")
    asked.press("backspace")
    stands(asked, "県産")
    asked.press("\x1b[D", "backspace")
    stands(asked, "産")


def test_backspace_takes_a_kana_with_the_mark_that_combines_with_it(asked: Terminal) -> None:
    asked.press("あか\u3099")
    asked.wait_until(lambda: "search: あが" in asked.text.replace("か\u3099", "が"), "two kana")
    asked.press("backspace")
    stands(asked, "あ")


def test_backspace_takes_half_width_kana_and_their_marks_one_by_one(asked: Terminal) -> None:
    asked.press("ｶﾞ")
    stands(asked, "ｶﾞ")
    asked.press("backspace")
    stands(asked, "ｶ")


def test_the_lines_of_a_paste_become_one(asked: Terminal) -> None:
    asked.press("\x1b[200~達成\r\n未達\n悪化\r\x1b[201~")
    stands(asked, "達成 未達 悪化")


def test_what_is_pasted_is_text_and_never_a_key(asked: Terminal) -> None:
    asked.press("\x1b[200~a\x1b[31mb\x07\x00\x1b\r:q\x1b[A\x1b]52;c;AAAA\x07\x9bc\x1b[201~")
    stands(asked, "a[31mb :q[A]52;c;AAAAc")


def test_a_paste_cut_anywhere_is_the_same_paste(asked: Terminal) -> None:
    paste = "\x1b[200~達成\x1b[201~".encode()
    for cut in (3, 5, 7, 10, 13, 15, 17):
        asked.read_until_silent(0.3)
        asked.send(paste[:cut])
        asked.read_until_silent(0.02)
        asked.send(paste[cut:])
        stands(asked, "達成")
        asked.press("backspace", "backspace")
        asked.wait_for("text to search for")


def test_the_terminals_own_answers_are_no_part_of_a_paste(asked: Terminal) -> None:
    asked.send("\x1b[200~達\x1b[12;40R成\x1b[201~".encode())
    stands(asked, "達成")


def test_a_huge_paste_is_cut_and_typing_goes_on(asked: Terminal) -> None:
    asked.send(b"\x1b[200~")
    for _ in range(256):
        asked.send(b"x" * 4000)
        asked.read_until_silent(0.001)
    asked.send(b"\x1b[201~")
    asked.wait_until(lambda: "0 of 82" in asked.text, "no row with that")
    asked.press("\x15")
    asked.wait_for("82 of 82")
    asked.press("達成")
    stands(asked, "達成")


def test_bytes_that_are_no_character_do_no_harm(asked: Terminal) -> None:
    asked.send(b"\xff\x82\xa0")
    asked.read_until_silent(0.3)
    asked.press("\x15")
    asked.wait_for("text to search for")
    asked.press("達")
    stands(asked, "達")


def test_sequences_that_no_terminal_sends_do_no_harm(asked: Terminal) -> None:
    asked.press("\x1b[99999999999u")
    asked.read_until_silent(0.3)
    asked.press("達")
    stands(asked, "達")


def test_a_dialog_takes_a_japanese_name(asked: Terminal) -> None:
    asked.press("escape")
    asked.wait_for("82 of 82", without="text to search for")
    asked.press("w")
    asked.wait_for("save this view")
    asked.press("県産品①")
    asked.wait_for("県産品①")
    asked.press("backspace")
    asked.wait_for("県産品", without="県産品①")
    asked.press("\x1b[200~\x1b[2J一\n二\x1b[201~")
    asked.wait_for("県産品[2J一 二")


@pytest.fixture
def short() -> Iterator[str]:
    """A folder whose path leaves room for a file's name on one line of a notice."""
    with TemporaryDirectory(dir="/tmp") as folder:
        yield folder


def test_a_name_typed_where_ambiguous_characters_are_wide_is_saved_as_typed(short: str) -> None:
    with terminal("--ambiguous-width", "2", env={**ENGLISH, "XDG_DATA_HOME": short}, ambiguous=2) as running:
        running.wait_for("23 of 23")
        running.press("w")
        running.wait_for("save this view")
        running.press("①α達")
        running.wait_for("①α達")
        running.press("enter")
        running.wait_for("①α達.toml")
    found = [name for _, _, names in os.walk(short) for name in names]
    assert "①α達.toml" in found


BURST = "達成x\x7f\x1b[200~y件\x1b[201~\x7f数z\x1b[D\x1b[200~!\x1b[201~?"
"""Typed 達成x, x deleted, y件 pasted, 件 deleted, 数z typed, one to the left, ! pasted, ? typed."""


def test_keys_and_pastes_of_one_burst_keep_their_order_in_the_prompt(asked: Terminal) -> None:
    asked.press(BURST)
    stands(asked, "達成y数!?z")


def test_keys_and_pastes_of_one_burst_keep_their_order_in_a_dialog_and_before_it_is_open(asked: Terminal) -> None:
    asked.press("escape")
    asked.wait_for("82 of 82", without="text to search for")
    asked.press(f"w{BURST}")
    asked.wait_for("save this view", "達成y数!?z")
    asked.press(f"\t{BURST}")
    asked.wait_until(lambda: asked.text.count("達成y数!?z") == 2, "the same in the second field")


def test_what_is_typed_or_pasted_right_behind_a_slash_replaces_the_last_search(asked: Terminal) -> None:
    asked.press("達成\r")
    asked.wait_for("of 82", without="text to search for")
    asked.press("/\x1b[200~未達\x1b[201~件")
    stands(asked, "未達件")
    asked.press("\r")
    asked.wait_for("of 82", without="text to search for")
    asked.press("/悪化")
    stands(asked, "悪化")
