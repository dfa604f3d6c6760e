"""A report so large that it is read while the screen already stands."""

import gc
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

import pytest
from screen import HOME, Desk, has_ended, screen_text, settle
from textual.screen import Screen

from kpitui.config import DEFAULTS
from kpitui.errors import InputError
from kpitui.report import builtin
from kpitui.report.big import is_big
from kpitui.text.wording import Lang
from kpitui.tui import loading, start
from kpitui.tui.loading import LoadingApp
from kpitui.tui.started import first_start
from kpitui.views import resume

_PATIENCE = 60.0


@asynccontextmanager
async def reading(
    path: Path, turn: Event, monkeypatch: pytest.MonkeyPatch, lang: Lang = "ja", last: resume.Kept | None = None
) -> AsyncIterator[Desk]:
    """The app while a thread reads, held back until its turn."""
    name = "_read" if last is None else "_read_on"
    real = getattr(loading, name)

    def held(*words: Any) -> Any:
        assert turn.wait(_PATIENCE)
        return real(*words)

    monkeypatch.setattr(loading, name, held)
    first_start()
    app = LoadingApp([path], None, DEFAULTS._replace(lang=lang), last)
    try:
        async with app.run_test(size=HOME, notifications=True) as pilot:
            await settle(pilot, held=True)
            yield Desk(pilot)
    finally:
        turn.set()


async def until(desk: Desk, so: Callable[[], bool]) -> None:
    end = monotonic() + _PATIENCE
    while not so():
        assert monotonic() < end, "\n".join(screen_text(desk.app))
        await desk.pilot.pause()


@pytest.mark.parametrize(
    ("lang", "words", "keys"),
    [("ja", "読み込み中… yamaguchi-r3", "q 終了"), ("en", "loading… yamaguchi-r3", "q quit")],
)
async def test_it_says_what_it_reads_and_fills_in_when_that_is_read(
    monkeypatch: pytest.MonkeyPatch, lang: Lang, words: str, keys: str
) -> None:
    turn = Event()
    async with reading(builtin.folder(), turn, monkeypatch, lang) as desk:
        assert words in desk.text
        assert keys in desk.lines[-1]
        turn.set()
        await until(desk, lambda: "23" in desk.lines[2])
        await settle(desk.pilot)
        assert words not in desk.text
        await desk.press("j")
        assert "推2" in desk.text


async def test_nothing_is_looked_at_for_garbage_before_the_browser_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    turn = Event()
    gc.disable()
    try:
        async with reading(builtin.folder(), turn, monkeypatch) as desk:
            assert not gc.isenabled()
            turn.set()
            await until(desk, gc.isenabled)
            assert "23 / 23件" in desk.lines[2]
    finally:
        gc.enable()
        gc.unfreeze()


async def test_keys_that_need_a_report_do_nothing_until_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    turn = Event()
    async with reading(builtin.folder(), turn, monkeypatch) as desk:
        before = desk.lines
        await desk.press("1", "3", "tab", "s", "slash", "enter", "j", "v", "w", held=True)
        assert desk.lines == before
        turn.set()
        await until(desk, lambda: "23 / 23件" in desk.lines[2])


@pytest.mark.parametrize("key", ["q", "escape"])
async def test_it_can_be_left_while_it_reads(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    async with reading(builtin.folder(), Event(), monkeypatch) as desk:
        await desk.press(key, held=True)
        await until(desk, lambda: has_ended(desk.app))
        assert desk.app.return_code == 0


async def test_it_can_be_left_in_the_moment_in_which_the_browser_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    turn = Event()
    async with reading(builtin.folder(), turn, monkeypatch) as desk:
        push = desk.app.push_screen

        def push_and_leave(screen: Screen[None]) -> None:
            push(screen)
            desk.app.exit(0)

        monkeypatch.setattr(desk.app, "push_screen", push_and_leave)
        turn.set()
        await until(desk, lambda: has_ended(desk.app))
    assert isinstance(desk.app, LoadingApp)
    assert desk.app.error is None


async def test_help_opens_while_it_reads_and_the_report_waits_behind_it(monkeypatch: pytest.MonkeyPatch) -> None:
    turn = Event()
    async with reading(builtin.folder(), turn, monkeypatch) as desk:
        await desk.press("question_mark", held=True)
        await until(desk, lambda: "ここで使えるキー" in desk.text)
        turn.set()
        await settle(desk.pilot)
        assert "ここで使えるキー" in desk.text
        await desk.press("escape", held=True)
        await until(desk, lambda: "23 / 23件" in desk.lines[2])


async def test_what_cannot_be_read_ends_it_with_the_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    turn = Event()
    async with reading(tmp_path / "gone", turn, monkeypatch) as desk:
        turn.set()
        await until(desk, lambda: has_ended(desk.app))
        assert isinstance(desk.app, LoadingApp)
        assert isinstance(desk.app.error, InputError)
        assert desk.app.error.exit_code == 3
        assert "gone" in str(desk.app.error)


async def test_a_name_cannot_speak_to_the_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(shutil.copytree(builtin.folder(), tmp_path / "[red]x\x1b]0;taken\x07"))
    async with reading(folder, Event(), monkeypatch) as desk:
        assert "[red]x" in desk.text
        assert "\x1b" not in desk.text


def test_a_small_report_is_read_before_the_screen_and_a_large_file_behind_it(tmp_path: Path) -> None:
    big, small = tmp_path / "big.parquet", tmp_path / "small.parquet"
    with big.open("wb") as file:
        file.truncate(5_000_000)
    small.touch()
    assert is_big(big)
    assert not is_big(small)
    assert not is_big(builtin.folder())
    assert not is_big(tmp_path / "gone.parquet")


async def test_where_the_reader_was_in_a_large_report_is_kept_too(monkeypatch: pytest.MonkeyPatch) -> None:
    turn = Event()
    turn.set()
    async with reading(builtin.folder(), turn, monkeypatch) as desk:
        await until(desk, lambda: "23" in desk.lines[2])
        await settle(desk.pilot)
        await desk.press("3", "q")
    kept = resume.read(resume.location())
    assert (kept.tab, kept.reports) == ("kpis", (str(builtin.folder().absolute()),))


async def test_a_session_over_a_large_report_goes_on_behind_the_line_that_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    turn = Event()
    turn.set()
    async with reading(builtin.folder(), turn, monkeypatch) as desk:
        await until(desk, lambda: "23" in desk.lines[2])
        await settle(desk.pilot)
        await desk.press("3", "j", "q")
    turn.clear()
    async with reading(builtin.folder(), turn, monkeypatch, last=resume.read(resume.location())) as desk:
        assert "読み込み中… yamaguchi-r3" in desk.text
        turn.set()
        await until(desk, lambda: "82 / 82件" in desk.text)
        await settle(desk.pilot)
        assert any(line.startswith("> 推1.2") for line in desk.lines)


@pytest.mark.parametrize(
    ("name", "head", "is_report"),
    [
        ("kpis.csv", "id,project_id,name,target,actual\n", True),
        ("table.csv", "事業名,指標,目標値,実績値\n", False),
        ("table.tsv", "id\tproject_id\n", False),
        ("kpis.tsv", "id\tproject_id\tname\ttarget\tactual\n", True),
    ],
)
def test_a_large_text_that_does_not_begin_as_a_table_of_kpis_is_a_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, head: str, *, is_report: bool
) -> None:
    monkeypatch.setattr(start, "is_big", lambda path: True)
    (tmp_path / name).write_text(head, "utf-8")
    assert start._is_document([tmp_path / name]) is not is_report
