"""Every size, terminal and locale that a reader may come with."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from probe import terminal

JAPANESE = {"LANG": "ja_JP.UTF-8", "LC_ALL": "ja_JP.UTF-8"}
FIRST = "23 / 23件"
_TERMS = ("xterm-256color", "tmux-256color", "screen", "linux", "vt100")
_COLOURS = re.compile(r"\x1b\[([\d;]*)m")


@pytest.mark.parametrize("size", [(39, 24), (80, 9), (30, 8), (10, 3), (2, 2), (1, 1)])
def test_a_terminal_too_small_is_no_trouble(size: tuple[int, int]) -> None:
    with terminal(size=size, env=JAPANESE) as running:
        # As much of the sentence as there is room for: two cells a character.
        running.wait_for("画面が小さすぎます"[: max(size[0] // 2, 0)].strip() if size[0] >= 18 else "")
        running.wait_until(lambda: running.modes().get("1049") == "h", "the first frame")
        running.resize((80, 24))
        running.wait_for(FIRST, "推1 ", without="画面が小さすぎます")
        running.resize(size)
        running.press("q")
        assert running.wait_for_end() == 0
        assert "Traceback" not in running.written.decode("utf-8", "replace")


def test_a_storm_of_resizes_ends_in_the_last_size() -> None:
    with terminal(env=JAPANESE) as running:
        running.wait_for(FIRST)
        for number in range(50):
            running.resize((40 + number * 3, 10 + number % 30))
        running.resize((120, 36))
        running.wait_for(FIRST, "実績額(千円)", "|> 推1 ", without="画面が小さすぎます")
        running.wait_until(lambda: running.lines[-1].rstrip().endswith("q 終了"), "the last line")
        running.wait_until(lambda: sum("23 / 23件" in line for line in running.lines) == 1, "one line of chips")
        running.press("q")
        assert running.wait_for_end() == 0


@pytest.mark.parametrize("term", _TERMS)
def test_a_terminal_gets_only_the_colours_it_has(term: str) -> None:
    with terminal(env={**JAPANESE, "TERM": term, "COLORTERM": ""}) as running:
        running.wait_for(FIRST, "q 終了")
        running.press("3", "down", "enter")
        running.wait_for("推1.2", "[3 KPI]", without=FIRST)
        running.press("q")
        assert running.wait_for_end() == 0
        codes = {code for found in _COLOURS.findall(running.written.decode()) for code in found.split(";")}
        assert codes & {"31", "32", "33", "7"}  # told apart by the sixteen colours
        assert not codes & {"38", "48"}  # and by none of 256 or more


@pytest.mark.parametrize("term", ["linux", "vt100", "vt220"])
def test_an_old_terminal_is_not_asked_what_it_would_print(term: str) -> None:
    with terminal(env={**JAPANESE, "TERM": term}) as running:
        running.wait_for(FIRST)
        running.press("q")
        assert running.wait_for_end() == 0
        assert [each for each in running.sequences() if "$p" in each] == []


@pytest.mark.parametrize("term", ["dumb", "", "unknown"])
def test_a_terminal_that_promises_nothing_is_told_of_the_other_ways(term: str) -> None:
    with terminal(size=(160, 24), env={**JAPANESE, "TERM": term}) as running:
        assert running.wait_for_end() == 2
        assert "kpitui projects" in running.text
        assert "\x1b" not in running.written.decode()


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_XX.UTF-8"])
def test_a_locale_that_names_no_character_set_is_drawn_in_utf_8(locale: str) -> None:
    with terminal("--lang", "ja", env={"LC_ALL": locale, "LANG": locale}) as running:
        running.wait_for(FIRST, "瀬戸内コンビナート")
        running.press("q")
        assert running.wait_for_end() == 0


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_character_set_without_japanese_is_refused_with_the_way_round_it(lang: str) -> None:
    with terminal("--lang", lang, env={"LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "latin-1"}) as running:
        assert running.wait_for_end() == 2
        # In the one language that latin-1 can hold.
        assert "cannot show the report's Japanese" in running.text
        assert "LC_ALL=C.UTF-8 kpitui" in running.text


def test_a_locale_of_another_character_set_is_refused_too(tmp_path: Path) -> None:
    """The same by a real locale, where the system has what it takes to make one."""
    made = shutil.which("localedef") and subprocess.run(
        ["localedef", "-f", "ISO-8859-1", "-i", "en_US", str(tmp_path / "en_US.ISO-8859-1")],
        capture_output=True,
        check=False,
        env={**os.environ, "LC_ALL": "C"},
    )
    if not made or made.returncode > 1:
        pytest.skip("the system has no sources of locales")
    with terminal(env={"LC_ALL": "en_US.ISO-8859-1", "LOCPATH": str(tmp_path)}) as running:
        assert running.wait_for_end() == 2
        assert "iso8859-1" in running.text.lower().replace("iso-", "iso")
