"""Standard output and standard error that take nothing: a full disk, a closed descriptor, a reader that has gone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

FULL = Path("/dev/full")
SAID = {
    "en": "kpitui: standard output: cannot be written: No space left on device\n",
    "ja": "kpitui: 標準出力: 書き込めません: No space left on device\n",
}
pytestmark = pytest.mark.skipif(not FULL.exists(), reason="this system has no disk that is always full")


def _ran(words: str, *, out: str, err: str = "2>&1", stdout: int = subprocess.PIPE) -> tuple[int, str]:
    """The exit code of a command line, its output and its errors sent as the shell writes that, and what it said."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    line = f'"{sys.executable}" -m kpitui {words} {err} {out}'
    done = subprocess.run(["/bin/sh", "-c", line], env=env, stdout=stdout, check=False)
    return done.returncode, (done.stdout or b"").decode()


@pytest.mark.parametrize(
    "words",
    [
        "kpis",
        "kpis --format csv",
        "kpis --format json",
        "kpis --format xlsx",
        "overview",
        "show promotion-1",
        "views",
        "views show worsened",
        "config path",
        "man",
        "--help",
        "kpis --help",
        "--version",
        "kpis --lang ja",
        "--help --lang ja",
    ],
)
def test_a_full_disk_below_standard_output_is_said_in_a_sentence(words: str) -> None:
    assert _ran(words, out=f">{FULL}") == (3, SAID["ja" if "ja" in words else "en"])


@pytest.mark.parametrize("words", ["kpis", "kpis --format xlsx", "--help", "--version", "views"])
def test_standard_output_that_is_closed_is_said_to_be(words: str) -> None:
    assert _ran(words, out=">&-") == (3, "kpitui: standard output: cannot be written: it is closed\n")


@pytest.mark.parametrize("err", [f"2>{FULL}", "2>&-"])
def test_the_exit_code_alone_tells_where_there_is_no_place_for_words(err: str) -> None:
    assert _ran("kpis --report none", out="", err=err) == (3, "")


@pytest.mark.parametrize("words", ["kpis", "--help", "views"])
def test_a_reader_that_has_gone_away_is_nothing_to_speak_of(words: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    err = Path(os.devnull)
    try:
        assert _ran(words, out="", err=f"2>{err}", stdout=writing)[0] == 0
    finally:
        os.close(writing)
