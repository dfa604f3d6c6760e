"""kpitui for guests: nothing of the server is read or written for them, and what they take goes to their terminal."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from probe import Terminal, terminal

from kpitui.guest import variables
from kpitui.tui.commands import COMMANDS

GUEST = ("--guest", "--lang", "ja")
FIRST = "23 / 23件"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder that a guest's variables name, and in which nothing may come to lie."""
    for name in ("data", "config", "state", "cache", "work"):
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.fixture
def believed(home: Path) -> dict[str, str]:
    """Variables by which a guest would reach files and programs, were they believed."""
    (home / "config" / "kpitui").mkdir()
    (home / "config" / "kpitui" / "config.toml").write_text('clipboard = "file"\nlang = "en"\n', "utf-8")
    (home / "evil.toml").write_text('theme = "light"\n', "utf-8")
    return {
        **{f"XDG_{name.upper()}_HOME": str(home / name) for name in ("data", "config", "state", "cache")},
        "KPITUI_CONFIG": str(home / "evil.toml"),
        "KPITUI_CLIPBOARD": "file",
        "KPITUI_VIEWS": str(home / "work"),
        "HOME": str(home / "work"),
        "PATH": str(home / "work"),
        "TMUX": str(home / "socket"),
        "TEXTUAL": "devtools,debug",
        "TEXTUAL_LOG": str(home / "work" / "textual.log"),
        "TEXTUAL_DRIVER": "os:system",
        "TEXTUAL_SCREENSHOT": "1",
        "TEXTUAL_SCREENSHOT_LOCATION": str(home / "work"),
        "POLARS_TEMP_DIR": str(home / "work"),
        "TMPDIR": str(home / "work"),
        "BROWSER": "touch",
        "SSH_ORIGINAL_COMMAND": "/bin/sh -i",
    }


def _files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.fixture
def reading(home: Path, believed: dict[str, str]) -> Iterator[Terminal]:
    before = _files(home)
    with terminal(*GUEST, env=believed) as running:
        running.wait_for(FIRST)
        yield running
    assert _files(home) == before


def test_of_a_guests_variables_only_the_terminal_and_the_language_are_kept() -> None:
    told = {
        "TERM": "xterm-256color",
        "LANG": "ja_JP.UTF-8",
        "LC_ALL": "../../etc/passwd",
        "LC_TIME": "/tmp/locale",
        "COLORTERM": "true\ncolor",
        "KPITUI_CONFIG": "/tmp/x",
        "LD_PRELOAD": "/tmp/x.so",
        "XDG_DATA_HOME": "/tmp",
    }
    kept = variables(told, "/home/guest")
    assert {name: kept[name] for name in ("TERM", "LANG", "HOME")} == {
        "TERM": "xterm-256color",
        "LANG": "ja_JP.UTF-8",
        "HOME": "/home/guest",
    }
    assert kept["_RJEM_MALLOC_CONF"] == "dirty_decay_ms:50,muzzy_decay_ms:0"  # for guests, too
    assert not {"LC_ALL", "LC_TIME", "COLORTERM", "KPITUI_CONFIG", "LD_PRELOAD", "XDG_DATA_HOME"} & set(kept)
    assert all("/tmp" not in value for value in kept.values())


def test_a_guest_walks_through_the_report_and_leaves_no_file(reading: Terminal) -> None:
    reading.press("3")
    reading.wait_for("82 / 82件")
    reading.press("enter")
    reading.wait_for("49行目")
    reading.press("enter")
    reading.wait_for("> 原文", "水素分野における")
    reading.press("q")
    assert reading.wait_for_end() == 0
    assert reading.is_restored


def test_what_a_guest_exports_stands_in_the_terminal_afterwards(reading: Terminal) -> None:
    reading.press("e")
    reading.wait_for("終了後にこの端末に表示する", without="ファイル  ")
    reading.press("enter")
    reading.wait_for("終了後にこの端末に表示します")
    reading.press("q")
    assert reading.wait_for_end() == 0
    written = reading.written.decode().rpartition("\x1b[?1049l")[2]
    assert "----- yamaguchi-r3-projects.csv -----" in written
    assert "瀬戸内コンビナートの強みに着目した" in written
    assert 'table = "projects"' in written


def test_a_view_that_a_guest_saves_stands_in_the_terminal_afterwards(reading: Terminal) -> None:
    reading.press("w")
    reading.wait_for("ビューを保存")
    reading.press("mine", "enter")
    reading.wait_for("終了後にこの端末に表示します: mine.toml")
    reading.press("q")
    assert reading.wait_for_end() == 0
    written = reading.written.decode().rpartition("\x1b[?1049l")[2]
    assert "----- mine.toml -----" in written
    assert 'name = "mine"' in written


def test_a_view_of_a_guest_is_named_and_never_a_path(reading: Terminal) -> None:
    reading.press("w")
    reading.wait_for("ビューを保存")
    reading.press("../../mine", "enter")
    reading.wait_for("ビューの名前にできません")


def test_a_guest_copies_by_the_terminal_and_never_by_a_file_or_a_program(reading: Terminal) -> None:
    reading.press("y")
    reading.wait_for("リップボードへ送りました (端末が")
    assert b"\x1b]52;" in reading.written


@pytest.mark.parametrize("key", ["R", "\x1a", "\x1c"], ids=["reading again", "suspending", "killing"])
def test_keys_that_might_lead_out_do_nothing(reading: Terminal, key: str) -> None:
    reading.press(key, "3")
    reading.wait_for("82 / 82件", without="読み直しました")
    reading.press("q")
    assert reading.wait_for_end() == 0


ESCAPES = {
    "an expression that reads a file": ("&", "(SELECT 1 FROM read_csv('/etc/passwd')) = 1", "式:"),
    "an expression that is a query": ("&", "name IN (SELECT name FROM read_ndjson('/etc/passwd'))", "式:"),
    "an expression of Python": ("&", "__import__('os').system('sh')", "式:"),
    "a command that takes a picture": (":", "screenshot", "一致する命令はありません"),
    "a project named by a path": ("o", "../../etc/passwd", "一致する事業はありません"),
}
OPENS = {"&": "条件式", ":": "命令を探す", "o": "番号か名前で探す"}


@pytest.mark.parametrize("attempt", ESCAPES)
def test_what_might_lead_out_is_refused(reading: Terminal, attempt: str) -> None:
    key, typed, seen = ESCAPES[attempt]
    reading.press(key)
    reading.wait_for(OPENS[key])
    reading.press(typed, *(["enter"] if key == "&" else []))
    reading.wait_for(seen)
    assert "root:" not in reading.written.decode()


def test_a_guest_cannot_have_the_report_read_again_nor_is_offered_it(reading: Terminal) -> None:
    reading.press(":")
    reading.wait_for("命令を探す")
    reading.press("読み直す")
    reading.wait_for("読み直す", "一致する命令はありません")
    assert next(each.help.ja for each in COMMANDS if each.id == "reload") not in reading.text


def test_an_idle_guest_is_told_so_and_leaves() -> None:
    with terminal(*GUEST, "--guest-idle", "0.02") as running:
        assert running.wait_for_end() == 0
        assert "キーが押されなかったので終わりました" in running.written.decode()
        assert running.is_restored


def _program(body: str) -> Terminal:
    """Python that runs something for a guest."""
    code = f"import os, sys\nfrom kpitui.guest import Guest, watched\n{body}"
    return Terminal((sys.executable, "-c", code), (80, 24), {"PYTHONPATH": os.pathsep.join(sys.path)})


def test_beyond_its_memory_it_ends_and_the_terminal_is_put_right() -> None:
    body = """
def much():
    print("\\x1b[?1049h\\x1b[?1000h\\x1b[?25l", end="", flush=True)
    return len(bytearray(2_000_000_000))
sys.exit(watched(much, Guest(1, 512), "en"))
"""
    running = _program(body)
    try:
        assert running.wait_for_end() == 1
        assert "it may have met the limit of 512 MB of memory" in running.written.decode()
        assert {mode: running.modes()[mode] for mode in ("1049", "1000", "25")} == {"1049": "l", "1000": "l", "25": "h"}
        assert running.is_restored
    finally:
        running.close()


MUCH = {
    "in Python": "bytearray(2_000_000_000)",
    "in Python, bit by bit": "[bytearray(1000) for _ in range(2_000_000)]",
    "in polars, which ends the process": "pl.zeros(500_000_000, pl.Float64, eager=True).sum()",
    "in a thread": "browse.run_worker(lambda: bytearray(2_000_000_000), thread=True)",
    "in a thread, in polars": "browse.run_worker(lambda: pl.zeros(500_000_000, pl.Float64, eager=True), thread=True)",
}


@pytest.mark.parametrize("way", MUCH)
def test_a_key_that_needs_more_memory_than_there_is_ends_it_with_a_sentence_and_the_terminal_as_it_was(
    way: str,
) -> None:
    body = f"""
import polars as pl
from kpitui.tui.actions import ACTIONS
ACTIONS["frequency"] = lambda browse: {MUCH[way]}
sys.argv = ["kpitui", "--guest", "--lang", "en", "--guest-memory", "512"]
from kpitui.start import main
sys.exit(main())
"""
    running = _program(body)
    try:
        running.wait_for("23 of 23")
        running.press("F")
        assert running.wait_for_end() == 1
        written = running.written.decode()
        assert "it may have met the limit of 512 MB of memory" in written.rpartition("\x1b[?1049l")[2]
        assert not [each for each in ("Traceback", ".py", "panicked") if each in written]
        on = {mode for mode, state in running.modes().items() if state == "h"}
        assert on == {"7", "25"}  # lines wrap, and the cursor shows
        assert running.is_restored
    finally:
        running.close()


def test_a_guest_sees_no_first_screen_that_was_kept_and_leaves_none(home: Path) -> None:
    env = {"XDG_CACHE_HOME": str(home / "cache"), "XDG_STATE_HOME": str(home / "state")}
    with terminal("--lang", "ja", env=env) as reader:
        reader.wait_until(lambda: reader.text.count("瀬戸内コンビナート") == 2, "table and detail")
        reader.read_until_silent(0.5)
        reader.press("q")
        assert reader.wait_for_end() == 0
    kept = _files(home / "cache")
    assert len([each for each in kept if each.startswith("kpitui/first/")]) == 1  # a reader's start does keep one
    for _ in range(2):
        with terminal("--lang", "ja", "--guest", env=env) as guest:
            guest.wait_for(FIRST)
            before = guest.written.partition(b"\x1b[?1000h")[0]  # what Textual writes when it takes the terminal
            assert before != guest.written
            assert "瀬戸内" not in before.decode()
            guest.press("q")
            assert guest.wait_for_end() == 0
        assert _files(home / "cache") == kept


@pytest.mark.parametrize("guest", [True, False])
def test_a_first_screen_that_lies_where_a_guests_variable_says_is_not_shown(guest: bool) -> None:
    words = ["kpitui", "--lang", "en", *(["--guest"] if guest else [])]
    body = f"""
from kpitui import glimpse
sys.argv = {words!r}
picture = "\\x1b[1;1HPLANTED\\x1b[1;1H"
glimpse.Glimpse(*glimpse._situation()).keep(picture, picture, [])
from kpitui.start import main
sys.exit(main())
"""
    running = _program(body)
    try:
        running.wait_for("23 of 23")
        assert (b"PLANTED" in running.written) != guest  # a reader's own is shown, until the program stands
    finally:
        running.close()


def test_no_byte_reaches_a_file_whoever_writes_it(tmp_path: Path) -> None:
    target = tmp_path / "file"
    body = f"""
def write():
    try:
        with open({str(target)!r}, "wb", buffering=0) as file:
            file.write(b"x")
    except OSError as error:
        print("refused:", error.errno, flush=True)
    return 7
sys.exit(watched(write, Guest(1, 512), "en"))
"""
    running = _program(body)
    try:
        assert running.wait_for_end() == 7
        assert "refused: 27" in running.written.decode()  # EFBIG: beyond the size that a file may have, which is none
        assert not target.exists() or target.read_bytes() == b""
    finally:
        running.close()


def test_beyond_its_computing_it_ends_and_says_so() -> None:
    body = """
def much():
    while True:
        pass
sys.exit(watched(much, Guest(1, 512, 1), "en"))
"""
    running = _program(body)
    try:
        assert running.wait_for_end() == 1
        assert "it met the limit of 1 seconds of computing" in running.written.decode()
        assert running.is_restored
    finally:
        running.close()


FAULTS = {
    "on the screen": "kpitui.tui.drawing.Drawing.draw = broken",
    "before it": "kpitui.tui.opening.open_reports = broken",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_sentence_that_tells_nothing_of_the_server(fault: str) -> None:
    body = f"""
import kpitui.tui.browse, kpitui.tui.opening
def broken(*_, **__):
    secret = "/srv/secret/file"
    raise ValueError(secret)
{FAULTS[fault]}
sys.argv = ["kpitui", "--guest", "--lang", "en"]
from kpitui.start import main
sys.exit(main())
"""
    running = _program(body)
    try:
        assert running.wait_for_end() == 1
        said = running.written.decode()
        assert "an error inside kpitui ended it" in said
        assert not [each for each in ("Traceback", "secret", ".py") if each in said]
        assert running.is_restored
    finally:
        running.close()


def test_a_report_that_is_not_there_is_told_of_without_its_folders(tmp_path: Path) -> None:
    with terminal(*GUEST, str(tmp_path / "gone"), size=(200, 24)) as running:
        assert running.wait_for_end() == 3
        assert "gone" in running.text
        assert tmp_path.name not in running.written.decode()


def test_a_document_that_is_no_report_yet_is_refused(tmp_path: Path) -> None:
    document = tmp_path / "published.csv"
    document.write_text("事業名,指標,目標値,実績値\nあ,い,1,2\n", "utf-8")
    with terminal(*GUEST, str(document), size=(200, 24)) as running:
        assert running.wait_for_end() == 2
        assert "published.csv: 公表文書は客に見せる前に kpitui import で" in running.text
        assert tmp_path.name not in running.written.decode()
    assert _files(tmp_path) == {"published.csv"}


def test_the_last_session_is_not_gone_on_with() -> None:
    with terminal(*GUEST, "--resume") as running:
        assert running.wait_for_end() == 2
        assert "--resume" in running.text


def test_python_goes_on_to_no_prompt_of_its_own() -> None:
    with terminal(*GUEST, env={"PYTHONINSPECT": "1"}) as running:
        assert running.wait_for_end() == 2
        assert ">>>" not in running.text


def test_a_hostile_commands_the_guests_terminal_neither_inside_nor_afterwards(hostile: Path) -> None:
    with terminal(*GUEST, str(hostile)) as running:
        running.wait_for(FIRST)
        running.press("e")
        running.wait_for("終了後にこの端末に表示する", without="ファイル  ")
        running.press("enter")
        running.wait_for("終了後にこの端末に表示します")
        running.press("q")
        assert running.wait_for_end() == 0
        assert "␛]0;taken" in running.written.decode()
        assert "\x1b]0;" not in running.written.decode()
        assert running.unknown_escapes() == []


def test_a_terminal_that_takes_nothing_holds_no_guest() -> None:
    with terminal(*GUEST, "--guest-idle", "0.03") as running:
        running.wait_for(FIRST)
        for tab in "1234" * 50:  # none of what this draws is read
            running.press(tab)
        running.wait_in_silence()
        assert running.is_gone()


@pytest.mark.parametrize("words", [("--guest-idle", "0"), ("--guest-memory", "1"), ("--guest-cpu", "0")])
def test_limits_that_make_no_sense_are_refused(words: tuple[str, str]) -> None:
    with terminal(*GUEST, *words) as running:
        assert running.wait_for_end() == 2
