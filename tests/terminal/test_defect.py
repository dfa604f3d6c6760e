"""An error of kpitui's own: one sentence, the terminal as it was, and a file with what whoever mends it needs."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from probe import Terminal

BROKEN = """
def broken(*_, **__):
    secret = 'the value of a variable'
    raise ValueError('\\x1b[31mred\\udcff')
"""
FAULTS = {
    "while it draws": "import kpitui.tui.browse\nkpitui.tui.browse.Browse.on_mount = broken",
    "before the screen": "import kpitui.tui.opening\nkpitui.tui.opening.open_reports = broken",
    "in a thread": """
import kpitui.tui.browse
def mounted(screen):
    screen.engine.ask('look', kpitui.tui.engine.Asked('', kpitui.tui.saying.READING, print), panics, threaded=True)
def panics():
    import polars
    raise polars.exceptions.PanicException('red')
kpitui.tui.browse.Browse.on_mount = mounted""",
}


def _code(fault: str, *words: str) -> tuple[str, ...]:
    start = f"import sys\nsys.argv = ['kpitui', *{words!r}]\nfrom kpitui.start import main\nsys.exit(main())"
    return (sys.executable, "-c", f"{BROKEN}\n{fault}\n{start}")


@pytest.mark.parametrize("fault", FAULTS)
def test_the_screen_ends_with_a_sentence_that_names_the_file_and_the_terminal_as_it_was(
    fault: str, tmp_path: Path
) -> None:
    env = {"PYTHONPATH": os.pathsep.join(sys.path), "XDG_STATE_HOME": str(tmp_path)}
    running = Terminal(_code(FAULTS[fault], "--lang", "en"), (200, 24), env)
    try:
        assert running.wait_for_end() == 70
        said = running.written.decode()
        assert f"kpitui: an error inside kpitui ended it; {tmp_path}/kpitui/error.txt tells what happened" in said
        assert not [each for each in ("Traceback", ".py", "\x1b[31mred", "the value") if each in said]
        assert running.is_restored
    finally:
        running.close()
    told = (tmp_path / "kpitui" / "error.txt").read_text("utf-8")
    assert "kpitui ['--lang', 'en']" in told
    assert "Traceback (most recent call last):" in told
    assert "red" in told
    assert "the value of a variable" not in told.replace("secret = 'the value of a variable'", "")
    assert stat.S_IMODE((tmp_path / "kpitui" / "error.txt").stat().st_mode) == 0o600


def _run(state: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "XDG_STATE_HOME": str(state)}
    fault = "import kpitui.verbs\nkpitui.verbs.RUN['kpis'] = broken"
    return subprocess.run(_code(fault, *words), env=env, capture_output=True, text=True, check=False)


def test_a_verb_ends_with_a_sentence_on_the_error_output_in_the_readers_language(tmp_path: Path) -> None:
    ended = _run(tmp_path, "kpis", "--lang", "ja")
    assert (ended.returncode, ended.stdout) == (70, "")
    file = f"{tmp_path}/kpitui/error.txt"
    assert ended.stderr == f"kpitui: kpitui の中で誤りが起きたため終わりました。起きたことは {file} に書いてあります\n"


def test_where_no_file_can_be_written_the_sentence_says_what_happened(tmp_path: Path) -> None:
    (tmp_path / "kpitui").write_text("a file where the folder would be", "utf-8")
    ended = _run(tmp_path, "kpis", "--lang", "en")
    assert ended.returncode == 70
    assert ended.stderr.startswith("kpitui: an error inside kpitui ended it: ")
    assert "\x1b" not in ended.stderr
