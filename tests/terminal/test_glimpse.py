"""What stood first last time is shown before the program is there, and only where it would stand again."""

import os
import re
import shutil
import signal
import sys
from pathlib import Path

import pytest
from probe import Terminal, terminal
from spoken import unmeant

from kpitui import atomic
from kpitui.changeover import PENDING
from kpitui.errors import InputError
from kpitui.glimpse import Glimpse, digests
from kpitui.report import builtin

JAPANESE = {"LANG": "ja_JP.UTF-8", "LC_ALL": "ja_JP.UTF-8"}
FIRST = "瀬戸内コンビナート"
"""What the first project's name begins with."""
_MOUSE = b"\x1b[?1000h"
"""What Textual writes when it takes a terminal."""
_SHOW = """
import os, signal, sys
from kpitui.glimpse import glimpsed
sys.argv = ["kpitui"]
seen = glimpsed()
try:
    {what}
finally:
    seen.leave()
print("was here", flush=True)
"""


def _kept() -> list[Path]:
    return sorted((Path(os.environ["XDG_CACHE_HOME"]) / "kpitui" / "first").glob("*"))


def _stands(running: Terminal) -> None:
    """Wait until the program itself has drawn the first project in the table and, below it, in the detail."""
    running.wait_until(lambda: running.text.count(FIRST) == 2 and _MOUSE in running.written, "table and detail")
    running.read_until_silent(0.5)


def _read(*words: str, env: dict[str, str] = JAPANESE, size: tuple[int, int] = (80, 24)) -> Terminal:
    """Read once, to the end; the program with all that it wrote."""
    with terminal(*words, env=env, size=size) as running:
        _stands(running)
        running.press("q")
        assert running.wait_for_end() == 0
        assert running.is_restored
        assert unmeant(bytes(running.written)) == []
        return running


def _before_the_program(running: Terminal) -> str:
    """What was written before Textual took the terminal."""
    return running.written[: running.written.index(_MOUSE)].decode()


def test_the_first_screen_stands_before_the_program_is_there() -> None:
    first, second = _read(), _read()
    assert FIRST not in _before_the_program(first)
    assert _before_the_program(second).count(FIRST) == 2
    assert "23 / 23件" in _before_the_program(second)


def test_what_already_stands_is_not_drawn_again() -> None:
    _read()
    second = _read()
    assert second.written.decode().count(FIRST) == 2
    assert second.written.count(b"\x1b[?1049h") == 1


def test_the_program_draws_the_same_screen() -> None:
    _read()  # the first time of all there is a hint
    looks = []
    for _ in range(2):
        with terminal(env=JAPANESE) as running:
            _stands(running)
            looks.append(running.looks)
            running.press("q")
            assert running.wait_for_end() == 0
    assert looks[0] == looks[1]


def test_keys_typed_on_it_are_obeyed() -> None:
    _read()
    with terminal(env=JAPANESE) as running:
        running.wait_until(lambda: FIRST in running.text, "the first project")
        running.press("3", "j")
        running.wait_for("82 / 82件", "推1.2")
        running.press("q")
        assert running.wait_for_end() == 0


def test_it_is_kept_for_the_reader_alone() -> None:
    _read()
    assert [path.stat().st_mode & 0o777 for path in _kept()] == [0o600]


@pytest.mark.parametrize(
    ("env", "size"),
    [
        (JAPANESE | {"KPITUI_LANG": "en"}, (80, 24)),
        (JAPANESE | {"NO_COLOR": "1"}, (80, 24)),
        (JAPANESE | {"TERM": "screen"}, (80, 24)),
        (JAPANESE, (100, 24)),
        (JAPANESE | {"KPITUI_GLIMPSE": "0"}, (80, 24)),
        (JAPANESE | {"KPITUI_WIRE": "0"}, (80, 24)),
    ],
    ids=str,
)
def test_another_language_terminal_or_size_is_not_taken_for_it(env: dict[str, str], size: tuple[int, int]) -> None:
    _read()
    with terminal(env=env, size=size) as running:
        running.wait_until(lambda: _MOUSE in running.written, "Textual")
        assert FIRST not in _before_the_program(running)


def test_a_report_that_has_changed_is_not_shown_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    shutil.copytree(builtin.folder(), folder)
    _read(str(folder))
    projects = folder / "projects.csv"
    projects.write_text(projects.read_text("utf-8").replace(FIRST, "内海コンビナート", 1), "utf-8")
    with terminal(str(folder), env=JAPANESE) as running:
        running.wait_for("内海コンビナート")
        assert FIRST not in running.written.decode()


def test_an_import_that_is_still_to_be_moved_into_its_place_counts(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    shutil.copytree(builtin.folder(), folder)
    before = digests([str(folder)])
    (folder / PENDING).mkdir()
    (folder / PENDING / "projects.csv").write_text("id\n", "utf-8")
    assert digests([str(folder)]) != before


def test_settings_that_have_changed_are_heeded_at_once(tmp_path: Path) -> None:
    env = JAPANESE | {"KPITUI_CONFIG": str(tmp_path / "config.toml")}
    _read(env=env)
    (tmp_path / "config.toml").write_text('lang = "en"\n', "utf-8")
    with terminal(env=env) as running:
        running.wait_for("23 of 23")
        assert "件" not in _before_the_program(running)


@pytest.mark.parametrize(
    "harm",
    ["\x1b]52;c;YQ==\x07", "\x1b[2J", "\x1b[1;1H\x1bc", "\x07", "\x9d52;c;YQ==\x9c", "\x1b[?1049l", "\x1b[6n"],
    ids=ascii,
)
def test_a_picture_that_holds_anything_but_text_pens_and_places_is_not_shown(harm: str) -> None:
    _read()
    (kept,) = _kept()
    kept.write_text(kept.read_text("utf-8") + harm + "\x1b[1;1H", "utf-8")
    assert FIRST not in _before_the_program(_read())


def test_a_picture_that_others_could_have_written_is_not_shown() -> None:
    _read()
    (kept,) = _kept()
    kept.chmod(0o666)
    assert FIRST not in _before_the_program(_read())


def test_a_damaged_picture_is_not_shown() -> None:
    _read()
    (kept,) = _kept()
    kept.write_bytes(kept.read_bytes()[:-100] + b"\xff\xfe")
    assert FIRST not in _before_the_program(_read())


def test_where_nothing_can_be_kept_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    _read(env=JAPANESE | {"XDG_CACHE_HOME": str(tmp_path / "file")})


def test_a_full_disk_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **settings: object) -> None:
        raise InputError("no space left on device")

    monkeypatch.setattr(atomic, "write_all", full)
    Glimpse("key").keep("\x1b[1;1Ha", "\x1b[1;1Ha", [])
    assert _kept() == []


def test_a_folder_that_is_gone_is_no_trouble() -> None:
    words = "import os, sys, tempfile; at = tempfile.mkdtemp(); os.chdir(at); os.rmdir(at); sys.argv = ['kpitui']; "
    running = Terminal(
        (sys.executable, "-c", words + "from kpitui.start import main; sys.exit(main())"), (80, 24), JAPANESE
    )
    try:
        _stands(running)
        running.press("q")
        assert running.wait_for_end() == 0
        assert _kept() == []
    finally:
        running.close()


def test_only_so_many_are_kept() -> None:
    _read()
    (kept,) = _kept()
    for number in range(60):
        (kept.parent / f"{number:08x}").write_bytes(b"")
    _read(size=(90, 24))
    assert len(_kept()) == 40


def _shown(what: str) -> Terminal:
    """Show what is kept, then do something while nobody has taken the terminal over."""
    return Terminal((sys.executable, "-c", _SHOW.format(what=what)), (80, 24), JAPANESE)


@pytest.mark.parametrize(
    ("what", "code", "afterwards"),
    [
        ("pass", 0, True),
        ("raise SystemExit(2)", 2, False),
        ("os.kill(os.getpid(), signal.SIGTERM)", 143, False),
        ("raise KeyboardInterrupt", -signal.SIGINT, False),
    ],
)
def test_a_start_that_ends_on_the_way_gives_the_terminal_back(what: str, code: int, *, afterwards: bool) -> None:
    with terminal(env=JAPANESE) as running:  # the same command line as in `_SHOW`: no words at all
        _stands(running)
        running.press("q")
        assert running.wait_for_end() == 0
    running = _shown(what)
    try:
        assert running.wait_for_end() == code
        assert FIRST in running.written.decode()
        assert running.is_restored
        assert {mode: running.modes()[mode] for mode in ("1049", "25", "7")} == {"1049": "l", "25": "h", "7": "h"}
        assert ("was here" in running.written.decode()) == afterwards
        assert not re.search(r"was here.*\x1b\[\?1049l", running.written.decode(), re.DOTALL)
    finally:
        running.close()
