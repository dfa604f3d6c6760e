import re
from pathlib import Path

import pytest
from probe import Terminal, terminal
from spoken import unmeant

JAPANESE = {"LANG": "ja_JP.UTF-8", "LC_ALL": "ja_JP.UTF-8"}
FIRST = "23 / 23件"


def _rows(running: Terminal) -> list[str]:
    """The lines that show a row of the table of KPIs."""
    return [line for line in running.lines if re.search(r"(^|\|)[>+* ]+推\d+\.\d+ ", line)]


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 36), (200, 50)])
def test_the_first_screen_tells_how_many_kpis_fell_short(size: tuple[int, int]) -> None:
    with terminal(size=size, env=JAPANESE) as running:
        running.wait_for(FIRST, "悪化 2", "未達 28", "達成 50", "未計測 2", "q 終了")


def test_the_locale_chooses_the_language_and_the_option_overrules_it() -> None:
    with terminal(env={"LC_ALL": "C.UTF-8"}) as running:
        running.wait_for("23 of 23", "worsened 2", "q quit")
    with terminal("--lang", "en", env=JAPANESE) as running:
        running.wait_for("23 of 23", "worsened 2", "q quit")


def test_the_walk_of_the_readme() -> None:
    with terminal(env=JAPANESE) as running:
        running.wait_for(FIRST)
        running.press("v")
        running.wait_for("ビューを開く", "underperforming")
        running.press("enter")
        running.wait_for("30 / 82件", "状況: 悪化, 未達")
        running.press("l" * 6, "s")
        running.wait_for("並び: 進捗")
        running.press("g")
        # The KPI that fell furthest behind: 22 ha lost where 20 should have been gained.
        running.wait_for("(-22) / 20")
        running.press("enter")
        running.wait_for("70行目", "[3 KPI]", without="30 / 82件")
        running.press("enter")
        running.wait_for("園芸品目の作付増加面積 | 0 | 20 | ha | -22")
        running.press("escape")
        running.wait_for("70行目")
        running.press("escape")
        running.wait_for("30 / 82件")
        running.press("w")
        running.wait_for("ビューを保存")
        running.press("underperforming-r3", "enter")
        running.wait_for("保存しました", "30 / 82件")
        running.press("q")
        assert running.wait_for_end() == 0
    with terminal("--view", "underperforming-r3", env=JAPANESE, size=(120, 50)) as running:
        running.wait_for("30 / 82件", "並び: 進捗")
        running.wait_until(lambda: len(_rows(running)) == 30, "30 rows")
        running.press("q")
        assert running.wait_for_end() == 0


def test_a_view_that_does_not_exist_is_said_without_a_screen() -> None:
    with terminal("--view", "underperformin", env=JAPANESE) as running:
        assert running.wait_for_end() == 3
        assert "underperforming" in running.text
        assert "1049" not in running.modes()


@pytest.mark.parametrize("words", [(), ("--no-mouse",)])
def test_the_terminal_is_left_as_it_was(words: tuple[str, ...]) -> None:
    with terminal(*words, env=JAPANESE) as running:
        running.wait_for(FIRST)
        assert running.modes()["1049"] == "h"
        assert running.modes()["25"] == "l"
        running.press("q")
        assert running.wait_for_end() == 0
        modes = running.modes()
        assert modes.pop("25") == "h"  # the cursor shows
        assert modes.pop("7", "h") == "h"  # lines wrap
        # Alternate screen, mouse, focus, paste: whatever was switched on is off.
        assert {mode for mode, state in modes.items() if state == "h"} == set()
        assert running.is_restored


def test_without_a_mouse_none_is_asked_for() -> None:
    with terminal("--no-mouse", env=JAPANESE) as running:
        running.wait_for(FIRST)
        assert not {"1000", "1002", "1003", "1006", "1015", "1016"} & set(running.modes())
        running.press("q")
        running.wait_for_end()


def test_a_terminal_made_smaller_and_larger_is_drawn_anew() -> None:
    with terminal(env=JAPANESE) as running:
        running.wait_for(FIRST)
        running.resize((30, 8))
        running.wait_for("画面が小さすぎます", without="推1 ")
        running.resize((120, 36))
        running.wait_for(FIRST, "実績額(千円)", without="画面が小さすぎます")


def test_search_takes_japanese_as_an_input_method_sends_it() -> None:
    with terminal(env=JAPANESE) as running:
        running.wait_for(FIRST)
        running.press("3")
        running.wait_for("82 / 82件")
        running.press("/")
        running.wait_for("検索する語")
        running.press("輸出", "enter")
        running.wait_for("2 / 82件", "検索: 輸出")


def test_hostile_text_cannot_speak_to_the_terminal(hostile: Path) -> None:
    with terminal(str(hostile), size=(200, 50), env=JAPANESE) as running:
        running.wait_for(FIRST, "[/][red]x[/red]")
        for key, words in (
            ("1", "[1 概要]"),
            ("2", "[2 事業]"),
            ("enter", " 3 / 82件"),
            ("enter", "差 -1,405,000"),
            ("enter", ">  49"),
            ("3", "82 / 82件"),
            ("w", "ビューを保存"),
        ):
            running.press(key)
            running.wait_for(words, without=" 3 / 82件" if words.startswith("差") else "\0")
        running.press("escape")
        running.wait_for("82 / 82件")
        running.press("q")
        assert running.wait_for_end() == 0
        assert unmeant(bytes(running.written)) == []
        # The one place where the screen may be cleared is kpitui's own beginning and end.
        assert running.written.count(b"\x1b[2J") <= 2


def test_hostile_names_of_views_cannot_speak_to_the_terminal(tmp_path: Path) -> None:
    views = tmp_path / "views"
    views.mkdir()
    note = r"\u001b]0;taken\u0007"
    text = f'schema = 1\nnote = "{note}"\n[view]\ntable = "kpis"\nsearch = "{note}"\n'
    (views / "zz\x1b]0;taken\x07.toml").write_text(text, "utf-8")
    with terminal("--views", str(views), env=JAPANESE) as running:
        running.wait_for(FIRST)
        running.press("v")
        running.wait_for("ビューを開く")
        running.press("\x1b[F", "enter")
        running.wait_for("0 / 82件")
        running.press("w")
        running.wait_for("ビューを保存")
        running.press("escape")
        running.wait_for("0 / 82件")
        running.press("q")
        running.wait_for_end()
        assert unmeant(bytes(running.written)) == []


def test_what_is_typed_ahead_is_taken_by_what_it_is_meant_for() -> None:
    with terminal(env=JAPANESE) as running:
        running.wait_for(FIRST)
        running.press("3/輸出\r")
        running.wait_for("2 / 82件", "検索: 輸出")
        running.press("0v\r")  # none of it may be left in the prompt, and Enter is the dialog's
        running.wait_for("30 / 82件", without="検索")


def test_a_search_typed_in_one_burst_leaves_the_table_alone() -> None:
    with terminal(env=JAPANESE) as running:
        running.wait_for(FIRST)
        running.press("3/jlsq0G")  # each of them means something in the table, q the end
        running.wait_for("検索: jlsq0G", " 0 / 82件")
        running.press("\x7f" * 6 + "輸出\r")
        running.wait_for("検索: 輸出", "2 / 82件")
        assert "並び" not in running.text


@pytest.mark.parametrize(
    ("burst", "words"),
    [
        ("3&target > 1000000\r", "target > 1000000"),
        ("3m何故か\ru", "取り消し"),
        ("wabq\r", "abq.toml"),
        ("fq", "q 終了"),
    ],
)
def test_other_prompts_and_dialogs_take_a_burst_too(burst: str, words: str) -> None:
    with terminal(env=JAPANESE, size=(200, 24)) as running:
        running.wait_for(FIRST)
        running.press(burst)
        if burst == "fq":  # the facets have no use for q but to leave
            assert running.wait_for_end() == 0
        else:
            running.wait_until(lambda: words in running.text or words in running.notice, words)


def test_what_is_typed_behind_a_burst_goes_on_where_it_ended() -> None:
    with terminal(env=JAPANESE) as running:
        running.wait_for(FIRST)
        running.press("/農業")
        running.wait_for("検索: 農業]")
        running.press("\x1b[D", "林")
        running.wait_for("検索: 農林業]")
