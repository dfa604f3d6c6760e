"""kpitui through a real sshd, as most readers use it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from ssh import AVAILABLE, Sshd, kpitui, logged_in

pytestmark = pytest.mark.skipif(
    not AVAILABLE and not os.environ.get("KPITUI_REQUIRE"), reason="there is no sshd, and KPITUI_REQUIRE is not set"
)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Sshd]:
    running = Sshd(tmp_path)
    try:
        yield running
    finally:
        running.close()


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36), (200, 50)])
def test_the_first_screen_stands_in_line(server: Sshd, size: tuple[int, int]) -> None:
    with logged_in(server, kpitui(), size) as running:
        running.wait_for("23 / 23件", "悪化 2", "未達 28", "達成 50", "未計測 2", "q 終了")
        running.press("q")
        assert running.wait_for_end() == 0


def test_the_walk_of_the_readme(server: Sshd) -> None:
    with logged_in(server, f"{kpitui()}; code=$?; stty -a; echo left with $code:; exit $code") as running:
        running.wait_for("23 / 23件")
        running.press("v")
        running.wait_for("ビューを開く", "underperforming")
        running.press("enter")
        running.wait_for("30 / 82件")
        running.press("l" * 6, "s")
        running.wait_for("並び: 進捗")
        running.press("g")
        running.wait_for("(-22) / 20")
        running.press("enter")
        running.wait_for("70行目", "[3 KPI]", without="30 / 82件")
        running.press("enter")
        running.wait_for("園芸品目の作付増加面積 | 0 | 20 | ha | -22")
        running.press("escape")
        running.wait_for("70行目")
        running.press("escape")
        running.wait_for("30 / 82件")
        running.press("q")
        assert running.wait_for_end() == 0
        # The far terminal has echo and lines again, the near one its own modes and its own screen.
        assert " echo " in running.text
        assert " icanon " in running.text
        assert "left with 0:" in running.text
        assert running.is_restored
        assert running.modes()["1049"] == "l"
        assert running.modes()["25"] == "h"
        assert {mode for mode, state in running.modes().items() if state == "h"} <= {"25", "7"}


def test_an_interrupt_comes_back_as_an_exit_code(server: Sshd) -> None:
    with logged_in(server, kpitui()) as running:
        running.wait_for("23 / 23件")
        running.press("\x03")
        assert running.wait_for_end() == 130


def test_the_terminal_answers_nothing_into_the_shell(server: Sshd) -> None:
    with logged_in(server, f"{kpitui()}; read -r rest; echo typed: $rest.") as running:
        running.wait_for("23 / 23件")
        running.press("j" * 15, "q")
        running.wait_until(lambda: running.modes().get("1049") == "l", "the end")
        running.press("mine", "enter")
        running.wait_for("typed: mine.")


def test_a_line_that_drops_leaves_no_process_and_can_be_resumed(server: Sshd, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    with logged_in(server, f"trap '' HUP; {kpitui()}; echo $? > {gone}") as running:
        running.wait_for("23 / 23件")
        running.press("3")
        running.wait_for("82 / 82件")
        running.press("j" * 4)
        running.wait_for("推2.2")
        running.hang_up()
    with logged_in(server, f"while [ ! -s {gone} ]; do sleep 0.1; done; cat {gone}; {kpitui('--resume')}") as running:
        running.wait_for("82 / 82件", "[3 KPI]")
        running.press("q")
        assert running.wait_for_end() == 0
    assert gone.read_text() == "129\n"


@pytest.mark.parametrize("term", ["xterm-256color", "tmux-256color", "screen", "linux", "vt100"])
def test_it_draws_on_what_the_far_side_is_told_of(server: Sshd, term: str) -> None:
    with logged_in(server, kpitui(), term=term) as running:
        running.wait_for("23 / 23件", "q 終了")
        running.press("q")
        assert running.wait_for_end() == 0


def test_a_terminal_that_promises_nothing_is_told_of_the_other_ways(server: Sshd) -> None:
    with logged_in(server, kpitui(), (160, 24), "dumb") as running:
        assert running.wait_for_end() == 2
        assert "kpitui projects" in running.text


@pytest.mark.skipif(
    shutil.which("tmux") is None and not os.environ.get("KPITUI_REQUIRE"), reason="there is no tmux on the far side"
)
def test_tmux_on_the_far_side_keeps_the_session_when_the_line_drops(server: Sshd) -> None:
    with tempfile.TemporaryDirectory(prefix="kpitui-") as folder:  # short: a socket's path has at most 107 bytes
        tmux = f"env -u TMUX LC_ALL=C.UTF-8 TMUX_TMPDIR={folder} tmux -u -L far -f /dev/null"
        try:
            with logged_in(server, f"{tmux} new-session {kpitui()!r}", (120, 36)) as running:
                running.wait_for("23 / 23件")
                running.press("down", "down")
                running.wait_for("推3 オール山口による新たな市場開拓")
                running.hang_up()
            with logged_in(server, f"{tmux} capture-pane -p", (120, 40)) as running:
                running.wait_for("23 / 23件", "推3")
                assert running.wait_for_end() == 0
            with logged_in(server, f"{tmux} send-keys 3 && exec {tmux} attach", (80, 24)) as running:
                running.wait_for("82 / 82件")
                running.press("q")
                assert running.wait_for_end() == 0
        finally:
            with logged_in(server, f"{tmux} kill-server") as running:
                running.wait_for_end()
