"""Every end of a session: the terminal is given back, the view is kept, and nothing stays behind."""

import os
import signal
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from probe import Terminal, terminal

JAPANESE = {"LANG": "ja_JP.UTF-8", "LC_ALL": "ja_JP.UTF-8"}


def _state() -> Path:
    return Path(os.environ["XDG_STATE_HOME"]) / "kpitui"


def _read_on(running: Terminal) -> None:
    """Go to the KPIs that fell short, then to the fifth of them and into it."""
    running.wait_for("23 / 23件")
    running.press("v")
    running.wait_for("ビューを開く")
    running.press("enter")
    running.wait_for("30 / 82件")
    running.press("l" * 6, "s")
    running.wait_for("並び: 進捗")
    running.press("g", "j" * 4)
    # By progress: 推6.3, 推22.1, 推9.4, 推11.2, 推11.1.
    running.wait_for("106 / 11,000")


def _is_as_before(running: Terminal) -> None:
    modes = running.modes()
    assert modes.pop("25") == "h"
    assert modes.pop("7", "h") == "h"
    assert {mode for mode, state in modes.items() if state == "h"} == set()
    assert running.is_restored
    assert "Traceback" not in running.written.decode("utf-8", "replace")


def _comes_back(where: str = "106 / 11,000") -> None:
    with terminal("--resume", env=JAPANESE) as running:
        running.wait_for("30 / 82件", "並び: 進捗", where)
        # One row up lies 推11.2, with nothing of 15 reached.
        running.press("k")
        running.wait_for("0 / 15", without=where)
        running.press("q")
        assert running.wait_for_end() == 0


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGHUP, 129), (signal.SIGTERM, 143), (signal.SIGINT, 130)], ids=str
)
def test_a_signal_ends_it_in_order(number: signal.Signals, code: int) -> None:
    with terminal(env=JAPANESE) as running:
        _read_on(running)
        running.kill(number)
        assert running.wait_for_end() == code
        _is_as_before(running)
        assert running.is_gone()
    assert {each.name for each in _state().iterdir()} == {"resume.toml", "started"}
    _comes_back()


@pytest.mark.parametrize("before", ["", "/", "w", "?"], ids=["table", "prompt", "dialog", "help"])
def test_an_interrupt_leaves_at_once_from_anywhere(before: str) -> None:
    words = {"": "106 / 11,000", "/": "検索する語", "w": "ビューを保存", "?": "ここで使えるキー"}
    with terminal(env=JAPANESE) as running:
        _read_on(running)
        running.press(before)
        running.wait_for(words[before])
        running.press("\x03")
        assert running.wait_for_end() == 130
        _is_as_before(running)


_LETS_GO = b"\x1b[?1003l"
"""Lets go of the mouse: the first that is written on leaving."""
_LEFT = b"\x1b[?1049l"
"""Shows what stood before: the last."""


@contextmanager
def _patient() -> Iterator[Terminal]:
    """kpitui that waits for the terminal's last answers for as long as this test takes to give them."""
    code = (
        "import sys; from kpitui.tui import driver; driver._LAST_ANSWERS = 600.0; sys.argv = ['kpitui']; "
        "from kpitui.start import main; sys.exit(main())"
    )
    running = Terminal((sys.executable, "-c", code), (80, 24), JAPANESE)
    try:
        yield running
    finally:
        running.close()


def test_answers_that_come_while_it_leaves_are_not_typed_into_the_shell() -> None:
    with _patient() as running:
        _read_on(running)
        running.hold_answers()
        running.press("j", "q")
        running.wait_until(lambda: _LETS_GO in running.written, "the mouse let go")
        running.read_until_silent(0.3)
        assert _LEFT not in running.written
        assert running.release_answers() >= 1
        assert running.wait_for_end() == 0
        assert running.left_to_read() == b""


def test_the_answer_to_the_last_question_is_waited_for_too() -> None:
    with _patient() as running:
        _read_on(running)
        show = running.show

        def show_and_hold(data: bytes) -> None:
            if _LETS_GO in running.written + data:
                running.hold_answers()
            show(data)

        running.show = show_and_hold  # type: ignore[method-assign]
        running.press("q")
        running.wait_until(lambda: _LETS_GO in running.written, "the mouse let go")
        running.read_until_silent(0.3)
        running.show = show  # type: ignore[method-assign]
        running.release_answers()
        assert running.wait_for_end() == 0
        assert running.left_to_read() == b""


def test_what_is_typed_for_the_shell_once_it_has_left_is_kept() -> None:
    with terminal(env=JAPANESE) as running:
        _read_on(running)
        running.press("q")
        running.wait_until(lambda: _LEFT in running.written, "what stood before")
        running.press("ls")
        assert running.wait_for_end() == 0
        assert running.left_to_read() == b"ls"


def test_a_line_that_drops_ends_it_and_loses_nothing() -> None:
    with terminal(env=JAPANESE) as running:
        _read_on(running)
        assert running.hang_up() == 129
        assert running.is_gone()
    _comes_back()


def test_a_line_that_drops_ends_it_where_the_signal_is_not_heard() -> None:
    with terminal(env=JAPANESE, deaf_to=signal.SIGHUP) as running:
        _read_on(running)
        assert running.hang_up() == 129
    _comes_back()


def test_a_reader_who_stalls_does_not_make_it_deaf() -> None:
    with terminal(size=(200, 50), env=JAPANESE) as running:
        running.wait_for("23 / 23件")
        for tab in "1234" * 200:  # none of what this draws is read
            running.press(tab)
        running.kill(signal.SIGTERM)
        assert running.wait_in_silence() == 143
        assert running.is_restored
        assert running.is_gone()


def test_a_process_killed_outright_loses_a_few_seconds_at_most() -> None:
    with terminal(env=JAPANESE) as running:
        _read_on(running)
        kept = _state() / "resume.toml"
        running.wait_until(lambda: kept.exists() and "promotion-11.1" in kept.read_text("utf-8"), "what is kept")
        running.kill(signal.SIGKILL)
        assert running.wait_for_end() == -signal.SIGKILL
    _comes_back()


def test_leaving_keeps_the_place_as_well() -> None:
    with terminal(env=JAPANESE) as running:
        _read_on(running)
        running.press("enter")
        running.wait_for("[3 KPI]", without="30 / 82件")
        running.press("q")
        assert running.wait_for_end() == 0
    with terminal("--resume", env=JAPANESE) as running:
        running.wait_for("106 / 11,000 = 0.9%", "[3 KPI]", without="30 / 82件")
        running.press("escape")
        running.wait_for("30 / 82件", "106 / 11,000")
    mode = stat.S_IMODE((_state() / "resume.toml").stat().st_mode)
    assert mode == 0o600


def test_without_anything_to_resume_a_sentence_says_so() -> None:
    with terminal("--resume", env=JAPANESE) as running:
        assert running.wait_for_end() == 3
        assert "続ける所がありません" in running.text
        assert "1049" not in running.modes()


def test_without_a_shell_there_is_no_way_out_for_a_while() -> None:
    with terminal(env=JAPANESE) as running:
        running.wait_for("23 / 23件")
        running.press("\x1a")
        running.wait_for("戻り先のシェルがない")
        running.press("q")
        assert running.wait_for_end() == 0


def test_resuming_goes_without_another_report_or_view() -> None:
    with terminal("--resume", "--view", "underperforming", env=JAPANESE) as running:
        assert running.wait_for_end() == 2
        assert "--resume" in running.text


def test_a_report_that_is_gone_is_told_of(copied: Path) -> None:
    with terminal(str(copied), env=JAPANESE) as running:
        _read_on(running)
        running.press("q")
        assert running.wait_for_end() == 0
    copied.rename(copied.with_name("elsewhere"))
    with terminal("--resume", env=JAPANESE, size=(200, 24)) as running:
        assert running.wait_for_end() == 3
        assert f"前回の報告書を開けません: {copied}" in running.text
    copied.with_name("elsewhere").rename(copied)
    _comes_back()
