"""The same walk with and without the wire leads to the same screens, letter for letter and colour for colour."""

import signal
from pathlib import Path
from statistics import median

import pytest
from probe import Terminal, terminal

from kpitui.tui.wire import OFF

_PROMPT = "検索する語"
_WALK = [
    ("", "23 / 23件"),
    ("3", "82 / 82件"),
    ("\x1b[B\x1b[B\x1b[B", "> 推2.1"),
    ("\x1b[B" * 10, "> 推4.3"),
    ("\x1b[A" * 11, "> 推1.3"),
    ("\x1b[6~", "> 推4"),
    ("\x1b[C\x1b[C", "出典"),
    ("s", "並び"),
    ("/", _PROMPT),
    ("航空", "航空"),
    ("\r", "Esc 戻る"),
    ("?", "ここで使えるキー"),
    ("\x1b", "並び"),
    ("\r", "印字"),
    ("\x1b", "並び"),
    ("1", "[1 概要]"),
    ("4", "[4 監査]"),
    ("2", "23 / 23件"),
    ("f", "[ ] 一致"),
    ("\x1b[B ", "[x]"),
]
"""What is typed, and what then stands on the screen."""


def alone(folder: Path) -> dict[str, str]:
    """An environment in which the program starts for the first time, whatever ran before."""
    return {"XDG_STATE_HOME": str(folder)}


def come_to_look_alike(plain: Terminal, thin: Terminal, after: str) -> None:
    """Wait until two terminals show the same."""

    def alike() -> bool:
        plain.drain()
        return thin.looks == plain.looks

    thin.wait_until(alike, f"the same screen after {after!r}")


@pytest.mark.parametrize(
    ("words", "env"),
    [((), {}), (("--theme", "dark"), {}), (("--ascii",), {}), ((), {"NO_COLOR": "1"})],
    ids=["terminal", "dark", "ascii", "no colour"],
)
def test_the_wire_changes_no_screen_of_a_walk(words: tuple[str, ...], env: dict[str, str], tmp_path: Path) -> None:
    words = ("--lang", "ja", *words)
    without, by = {**env, **alone(tmp_path / "a"), OFF: "0"}, {**env, **alone(tmp_path / "b")}
    with terminal(*words, env=without) as plain, terminal(*words, env=by) as thin:
        for keys, awaited in _WALK:
            for running in (plain, thin):
                running.press(keys)
                running.wait_for(awaited, without=_PROMPT if keys == "\r" else "\0")
            come_to_look_alike(plain, thin, keys)
        assert len(thin.written) * 2 < len(plain.written)


def test_a_resized_terminal_is_drawn_anew(tmp_path: Path) -> None:
    without, by = {**alone(tmp_path / "a"), OFF: "0"}, alone(tmp_path / "b")
    with terminal("--lang", "ja", env=without) as plain, terminal("--lang", "ja", env=by) as thin:
        for size, awaited in (((80, 24), "23 / 23件"), ((60, 20), "23 / 23件"), ((100, 30), "23 / 23件")):
            for running in (plain, thin):
                running.resize(size)
                running.wait_for(awaited, "ヘルプ")
            come_to_look_alike(plain, thin, str(size))


def test_a_terminal_on_which_others_drew_during_a_stop_is_drawn_anew() -> None:
    with terminal("--lang", "ja") as thin:
        thin.wait_for("23 / 23件", "推10")
        thin.press("3")
        thin.wait_for("82 / 82件", "出典 49行目", "終了する(した)", "x 根拠")
        thin.read_until_silent(0.3)
        before = thin.looks
        thin.scribble("somebody else's words")
        thin.kill(signal.SIGCONT)
        thin.wait_until(lambda: thin.looks == before, "the screen as it was")


def test_sixteen_colours_and_a_wire_make_a_light_screen() -> None:
    with terminal("--lang", "ja") as thin:
        thin.wait_for("23 / 23件", "推10", "監査 一致")
        assert len(thin.written) <= 12_000


def test_an_arrow_key_is_light_at_the_top_of_the_table_and_where_it_scrolls(tmp_path: Path) -> None:
    """Rows 1 to 10 stand on the screen; each next one pushes the table up by a line."""
    with terminal("--lang", "ja", env=alone(tmp_path)) as thin:
        thin.wait_for("23 / 23件", "推10", "監査 一致")
        thin.press("3")
        thin.wait_for("> 推1.1", "出典 49行目")
        sent = [_sent(thin, line) for line in range(50, 66)]
    assert median(sent[:7]) <= 600
    assert median(sent[9:]) <= 750


def _sent(thin: Terminal, line: int) -> int:
    """Bytes from an arrow key until the detail has followed, which tells the next line of the source."""
    before = len(thin.written)
    thin.press("\x1b[B")
    thin.wait_for(f"出典 {line}行目")
    return len(thin.written) - before
