"""kpitui in a real tmux: the terminal most readers over SSH have."""

import os
import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest
from probe import KPITUI, PATIENCE

FOUND = shutil.which("tmux")
pytestmark = pytest.mark.skipif(
    FOUND is None and not os.environ.get("KPITUI_REQUIRE"), reason="there is no tmux, and KPITUI_REQUIRE is not set"
)
_POLL = 0.05
"""Seconds between two looks at the screen."""


class Tmux:
    """A tmux server of its own with one window."""

    def __init__(self) -> None:
        assert FOUND, "KPITUI_REQUIRE is set, and there is no tmux"
        self._folder = tempfile.mkdtemp(prefix="kpitui-")  # short, for a socket's path has at most 107 bytes
        self._command = [FOUND, "-u", "-L", "kpitui", "-f", "/dev/null"]
        self._env = {name: value for name, value in os.environ.items() if name not in ("TMUX", "TMUX_PANE")}
        self._env |= {"LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "TMUX_TMPDIR": self._folder}

    def _run(self, *words: str) -> str:
        done = subprocess.run(
            [*self._command, *words], env=self._env, capture_output=True, encoding="utf-8", timeout=PATIENCE, check=True
        )
        return done.stdout

    def start(self, size: tuple[int, int], *words: str, interactive: bool = False) -> None:
        """Begin a session of that size and start kpitui from its shell, as a reader would.

        In an `interactive` one the command is kpitui alone, which the shell can stop and bring back.
        """
        columns, rows = map(str, size)
        self._run("new-session", "-d", "-c", "/", "-x", columns, "-y", rows, "env PS1=ready:: sh")
        self._run("set-option", "-g", "status", "off")
        self.resize(size)
        self.wait_for("ready::")
        command = shlex.join((*KPITUI, "--lang", "ja", *words))
        self.type(command if interactive else f"clear; {command}; echo left with $?:")
        self.press("Enter")

    @property
    def lines(self) -> list[str]:
        """What the window shows, without blanks at the ends of lines."""
        return self._run("capture-pane", "-p").split("\n")

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names."""
        self._run("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type a text as it is."""
        self._run("send-keys", "-l", text)

    def resize(self, size: tuple[int, int]) -> None:
        """Make the window another size."""
        self._run("resize-window", "-x", str(size[0]), "-y", str(size[1]))

    def wait_for(self, *words: str, without: str = "\0") -> None:
        """Look until all the words, and not the last ones, are on the screen; fail after PATIENCE seconds."""
        end = monotonic() + PATIENCE
        text = "\n".join(self.lines)
        while not (all(each in text for each in words) and without not in text):
            assert monotonic() < end, f"{words} never came:\n{text}"
            sleep(_POLL)
            text = "\n".join(self.lines)

    def wait_for_end(self) -> int:
        """Wait until kpitui has ended and the shell is back; the exit code."""
        self.wait_for("ready::", without=" 終了")
        found = [said[1] for line in self.lines if (said := re.match(r"left with (\d+):", line))]
        assert len(found) == 1, "\n".join(self.lines)
        return int(found[0])

    def mode(self, name: str) -> str:
        """What tmux knows of the window's state, such as `alternate_on`."""
        return self._run("display-message", "-p", f"#{{{name}}}").strip()

    def wait_for_cursor(self, column: int, row: int) -> None:
        """Look until the cursor stands in a cell, counted from 0; fail after PATIENCE seconds."""
        end, wanted = monotonic() + PATIENCE, f"{column} {row}"
        while (found := self.mode("cursor_x} #{cursor_y")) != wanted:
            assert monotonic() < end, f"the cursor is at {found}, not at {wanted}"
            sleep(_POLL)

    def close(self) -> None:
        """End the server and all in it."""
        subprocess.run([*self._command, "kill-server"], env=self._env, capture_output=True, check=False)
        shutil.rmtree(self._folder, ignore_errors=True)


@pytest.fixture
def tmux() -> Iterator[Tmux]:
    running = Tmux()
    try:
        yield running
    finally:
        running.close()


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 36)])
def test_the_first_screen_stands_in_line(tmux: Tmux, size: tuple[int, int]) -> None:
    tmux.start(size)
    tmux.wait_for("23 / 23件", "悪化 2", "未達 28", "達成 50", "未計測 2", "q 終了")
    lines = tmux.lines
    assert "[2 事業]" in lines[1]
    assert lines[2].endswith("23 / 23件")
    assert sum(bool(re.search(r"(^|\|)[>+* ]+推\d+ ", line)) for line in lines) >= 5


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 36)])
def test_the_walk_of_the_readme(tmux: Tmux, size: tuple[int, int], tmp_path: Path) -> None:
    tmux.start(size, "--views", str(tmp_path / "views"))
    tmux.wait_for("23 / 23件")
    tmux.press("v")
    tmux.wait_for("ビューを開く", "underperforming")
    tmux.press("Enter")
    tmux.wait_for("30 / 82件")
    tmux.press(*["l"] * 12, "s", "g")
    # The KPI that fell furthest behind: 22 ha lost where 20 should have been gained.
    tmux.wait_for("並び: 進捗", "推6.3", "-22 ha" if size[0] == 120 else "-110%")
    tmux.press("Enter")
    tmux.wait_for("農業中核経営体の園芸品目の作付増加面積", without="30 / 82件")
    tmux.press("Enter")
    tmux.wait_for(">  70")
    tmux.press("Escape")
    tmux.wait_for("(-22) / 20", without=">  70")
    tmux.press("Escape")
    tmux.wait_for("30 / 82件")
    tmux.press("w")
    tmux.wait_for("ビューを保存")
    tmux.type("未達-r3")
    tmux.press("Enter")
    tmux.wait_for("30 / 82件", without="ビューを保存")
    tmux.press("q")
    assert tmux.wait_for_end() == 0
    assert (tmp_path / "views" / "未達-r3.toml").is_file()
    assert tmux.mode("alternate_on") == "0"
    assert tmux.mode("cursor_flag") == "1"
    assert tmux.mode("mouse_any_flag") == "0"


def test_a_window_made_smaller_and_larger_is_drawn_anew(tmux: Tmux) -> None:
    tmux.start((120, 36))
    tmux.wait_for("23 / 23件")
    tmux.resize((30, 8))
    tmux.wait_for("画面が小さすぎます", without="推1 ")
    tmux.resize((60, 20))
    tmux.wait_for("23 / 23件", "推1 ", without="画面が小さすぎます")


def test_escape_means_escape_and_not_the_beginning_of_a_key(tmux: Tmux) -> None:
    tmux.start((80, 24))
    tmux.wait_for("23 / 23件")
    tmux.press("/")
    tmux.wait_for("検索する語")
    tmux.type("水素")
    tmux.wait_for("1 / 23件", "検索: 水素")
    tmux.press("Escape")
    tmux.wait_for("23 / 23件", without="検索: 水素")
    tmux.press("j")
    tmux.wait_for("推2 そらへ羽ばたけ！宇宙・航空機産業創出・振興プロジェクト")


def test_arrows_and_function_keys_arrive(tmux: Tmux) -> None:
    tmux.start((80, 24))
    tmux.wait_for("23 / 23件")
    tmux.press("Down", "Down")
    tmux.wait_for("推3 オール山口による新たな市場開拓")
    tmux.press("F1")
    tmux.wait_for("ここで使えるキー")
    tmux.press("Escape")
    tmux.wait_for("23 / 23件", without="ここで使えるキー")
    tmux.press("NPage", "End")
    tmux.wait_for("拠1 農林業の知と技の拠点")


def test_it_stops_for_the_shell_and_comes_back(tmux: Tmux) -> None:
    tmux.start((80, 24), interactive=True)
    tmux.wait_for("23 / 23件")
    tmux.press("j", "j")
    tmux.wait_for("推3 オール山口による新たな市場開拓")
    tmux.press("C-z")
    tmux.wait_for("ready::", without="23 / 23件")
    assert (tmux.mode("alternate_on"), tmux.mode("cursor_flag"), tmux.mode("mouse_any_flag")) == ("0", "1", "0")
    tmux.type("fg")
    tmux.press("Enter")
    tmux.wait_for("23 / 23件", "推3 オール山口による新たな市場開拓", "q 終了")
    tmux.press("j")
    tmux.wait_for("推4 瀬戸内高度産業人材を活用した")
    tmux.press("q")
    tmux.wait_for("ready::", without="23 / 23件")
    assert tmux.mode("alternate_on") == "0"


def test_the_cursor_stands_where_an_input_method_is_to_open_its_window(tmux: Tmux) -> None:
    tmux.start((80, 24))
    tmux.wait_for("23 / 23件")
    tmux.press("/")
    tmux.wait_for("検索する語")
    tmux.wait_for_cursor(0, 22)
    tmux.type("農林")
    tmux.wait_for_cursor(4, 22)
    tmux.press("Left")
    tmux.wait_for_cursor(2, 22)
    tmux.resize((60, 20))
    tmux.wait_for_cursor(2, 18)
    tmux.press("Escape")
    tmux.wait_for("23 / 23件", without="農林\n")
    tmux.press("w")
    tmux.wait_for("ビューを保存")
    line = next(y for y, line in enumerate(tmux.lines) if line.strip("| ") == "名前") + 1
    start = tmux.lines[line - 1].index("名前")
    tmux.wait_for_cursor(start, line)
    tmux.type("農林")
    tmux.wait_for_cursor(start + 4, line)
    tmux.press("Left")
    tmux.wait_for_cursor(start + 2, line)
