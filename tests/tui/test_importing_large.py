"""A large document: a thread reads it, while the reader goes on, changes their mind, stops it, or leaves.

A small one stands for a large one; the thread is held back until the test lets it go.
"""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event, Lock
from time import monotonic
from typing import Any

import pytest
from screen import HOME, Desk, has_ended, settle

from kpitui.config import DEFAULTS
from kpitui.errors import InputError
from kpitui.sources.general.trial import begin
from kpitui.text.wording import Lang
from kpitui.tui.app import KpituiApp
from kpitui.tui.importing import run, trials
from kpitui.tui.importing.run import Goal, starting, waiting
from kpitui.tui.started import first_start
from kpitui.tui.threads import unfinished
from kpitui.views.saved import SavedView
from kpitui.views.spec import ViewSpec
from kpitui.views.store import Store

TABLE = """\
No,事業名,指標,目標値,実績値,甲,乙
1,道の駅,来場者数,100,120,A,x
2,空き家,成約件数,3,-,B,y
"""
_PATIENCE = 60.0


class Held:
    """A function whose calls are each held back until the test lets that one go."""

    def __init__(self, real: Callable[..., Any]) -> None:
        self._real = real
        self._lock = Lock()
        self.turns: list[Event] = []
        self.ended = 0

    def __call__(self, *words: Any) -> Any:
        with self._lock:
            self.turns.append(turn := Event())
        assert turn.wait(_PATIENCE), "never let go"
        try:
            return self._real(*words)
        finally:
            with self._lock:
                self.ended += 1


@pytest.fixture
def changes(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    """Every reading anew, which is done in a thread."""
    monkeypatch.setattr(trials, "MANY", 0)
    yield from _held(monkeypatch, trials, "changed")


@pytest.fixture
def begins(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    """Every first reading."""
    yield from _held(monkeypatch, run, "begin")


@pytest.fixture
def saves(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    """Every writing of the report, which is done in a thread."""
    monkeypatch.setattr(trials, "MANY", 0)
    yield from _held(monkeypatch, run, "save")


def _held(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> Iterator[Held]:
    held = Held(getattr(module, name))
    monkeypatch.setattr(module, name, held)
    yield held
    for turn in held.turns:
        turn.set()


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(TABLE, "utf-8")
    return path


@asynccontextmanager
async def importing(path: Path, store: Store, *, is_read: bool = True, lang: Lang = "en") -> AsyncIterator[Desk]:
    """The import screen over a document that has been read, or what stands until a thread has read it."""
    first_start()
    goal = Goal(store.folders[0].parent / "held", store, "", DEFAULTS._replace(lang=lang))
    start = starting(begin(path), goal) if is_read else waiting(path, goal)
    app = KpituiApp(start, SavedView("", ViewSpec()), store, lang, goal.config)
    async with app.run_test(size=HOME, notifications=True) as pilot:
        await settle(pilot, held=True)
        yield Desk(pilot)


async def until(desk: Desk, so: Callable[[], bool]) -> None:
    """Wait until something is so, while threads may still be held."""
    end = monotonic() + _PATIENCE
    while not so():
        assert monotonic() < end, desk.text
        await desk.pilot.pause()


async def say(desk: Desk, column: int, role: str, held: Held) -> None:
    """Say of a column, by its number, what it holds, and wait until a thread has begun to read."""
    before = len(held.turns)
    await desk.press("home", *["down"] * column, "enter", held=True)
    for _ in range(30):
        if any(role in part.text for part in desk.segments if part.style and part.style.reverse):
            break
        await desk.press("down", held=True)
    await desk.press("enter", held=True)
    await until(desk, lambda: len(held.turns) > before)


# Reading it for the first time


@pytest.mark.parametrize(
    ("lang", "words", "tab"), [("ja", "読み込み中… table.csv", "1 列"), ("en", "loading… table.csv", "1 columns")]
)
async def test_a_line_says_what_is_read_until_it_has_been_read(
    table: Path, store: Store, begins: Held, lang: Lang, words: str, tab: str
) -> None:
    async with importing(table, store, is_read=False, lang=lang) as desk:
        await until(desk, lambda: len(begins.turns) == 1)
        assert words in desk.text
        assert tab in desk.lines[1]
        begins.turns[0].set()
        await until(desk, lambda: "事業名" in desk.text)
        assert words not in desk.text
        await settle(desk.pilot)
        await desk.press("2")
        assert "[2 " in desk.lines[1]


@pytest.mark.parametrize("key", ["q", "escape"])
async def test_it_can_be_left_while_it_is_read(table: Path, store: Store, begins: Held, key: str) -> None:
    async with importing(table, store, is_read=False) as desk:
        await until(desk, lambda: len(begins.turns) == 1)
        await desk.press(key, held=True)
        await until(desk, lambda: has_ended(desk.app))
        assert desk.app.return_code == 0
        assert not begins.turns[0].is_set()


async def test_help_opens_meanwhile_and_what_was_read_waits_behind_it(table: Path, store: Store, begins: Held) -> None:
    async with importing(table, store, is_read=False) as desk:
        await until(desk, lambda: len(begins.turns) == 1)
        await desk.press("o", "2", "y", "?", held=True)
        await until(desk, lambda: "choose the fiscal year to read" in desk.text)
        begins.turns[0].set()
        await until(desk, lambda: begins.ended == 1)
        await settle(desk.pilot)
        assert "choose the fiscal year to read" in desk.text
        await desk.press("escape", held=True)
        await until(desk, lambda: "2 projects, 2 KPIs" in desk.lines[0])


async def test_what_cannot_be_read_at_all_ends_it_with_the_error(tmp_path: Path, store: Store, begins: Held) -> None:
    async with importing(tmp_path / "gone.csv", store, is_read=False) as desk:
        await until(desk, lambda: len(begins.turns) == 1)
        begins.turns[0].set()
        await until(desk, lambda: has_ended(desk.app))
        assert isinstance(desk.app, KpituiApp)
        assert isinstance(desk.app.error, InputError)
        assert "gone.csv" in desk.app.error.say("en")
        assert desk.app.error.exit_code == 3


# Reading it again


async def test_a_word_about_a_column_is_said_to_be_read_and_keys_are_answered(
    table: Path, store: Store, changes: Held
) -> None:
    async with importing(table, store) as desk:
        await say(desk, 6, "summary", changes)
        assert "reading again… Esc stops" in desk.lines[-1]
        assert "summary" not in desk.line(" 6 甲")
        await desk.press("2", held=True)
        await until(desk, lambda: "[2 account]" in desk.lines[1])
        await desk.press("1", held=True)
        await until(desk, lambda: "[1 columns]" in desk.lines[1])
        assert "reading again" in desk.lines[-1]
        changes.turns[0].set()
        await until(desk, lambda: "summary" in desk.line(" 6 甲"))
        assert "reading again" not in desk.text


async def test_of_two_words_the_first_answer_is_dropped_and_both_words_count(
    table: Path, store: Store, changes: Held
) -> None:
    async with importing(table, store) as desk:
        await say(desk, 6, "summary", changes)
        await say(desk, 7, "grant", changes)
        changes.turns[0].set()
        await until(desk, lambda: changes.ended == 1)
        await desk.pilot.pause()
        assert "summary" not in desk.line(" 6 甲")
        assert "reading again" in desk.lines[-1]
        changes.turns[1].set()
        await until(desk, lambda: "grant" in desk.line(" 7 乙"))
        assert "summary" in desk.line(" 6 甲")


async def test_an_older_answer_that_comes_last_changes_nothing(table: Path, store: Store, changes: Held) -> None:
    async with importing(table, store) as desk:
        await say(desk, 6, "summary", changes)
        await say(desk, 6, "grant", changes)
        changes.turns[1].set()
        await until(desk, lambda: "grant" in desk.line(" 6 甲"))
        changes.turns[0].set()
        await until(desk, lambda: changes.ended == 2 and not unfinished())
        await settle(desk.pilot)
        assert "grant" in desk.line(" 6 甲")


@pytest.mark.parametrize("key", ["escape", "u"])
async def test_reading_again_is_stopped_and_all_stays_as_it_was(
    table: Path, store: Store, changes: Held, key: str
) -> None:
    async with importing(table, store) as desk:
        before = desk.line(" 6 甲")
        await say(desk, 6, "summary", changes)
        await desk.press(key, held=True)
        await until(desk, lambda: "stopped" in desk.lines[-1])
        changes.turns[0].set()
        await until(desk, lambda: changes.ended == 1)
        await settle(desk.pilot)
        assert desk.line(" 6 甲").replace("*", "") == before
        assert not has_ended(desk.app)
        await desk.press("u", held=True)
        await until(desk, lambda: "nothing to undo" in desk.lines[-1])


async def test_what_is_about_to_change_is_neither_opened_nor_saved(table: Path, store: Store, changes: Held) -> None:
    async with importing(table, store) as desk:
        await say(desk, 6, "summary", changes)
        await desk.press("o", held=True)
        await until(desk, lambda: "not before it has been read again" in desk.lines[-1])
        assert "open it, keep nothing" not in desk.text


async def test_a_column_of_a_layout_that_is_given_up_cannot_be_spoken_of(
    table: Path, store: Store, changes: Held
) -> None:
    async with importing(table, store) as desk:
        await desk.press("home", "down", "t", held=True)
        await until(desk, lambda: len(changes.turns) == 1)
        await desk.press("enter", held=True)
        await until(desk, lambda: "its columns are being read again" in desk.lines[-1])
        assert len(changes.turns) == 1


# Opening the report


async def test_opening_is_said_and_can_be_stopped(table: Path, store: Store, saves: Held) -> None:
    async with importing(table, store) as desk:
        await desk.press("o", "enter", held=True)
        await until(desk, lambda: len(saves.turns) == 1)
        await until(desk, lambda: "opening the report… Esc stops" in desk.lines[-1])
        await desk.press("escape", held=True)
        await until(desk, lambda: "stopped" in desk.lines[-1])
        saves.turns[0].set()
        await until(desk, lambda: saves.ended == 1 and not unfinished())
        await settle(desk.pilot)
        assert "importing table.csv" in desk.lines[0]


async def test_the_report_opens_when_a_thread_has_written_it(table: Path, store: Store, saves: Held) -> None:
    async with importing(table, store) as desk:
        await desk.press("o", "enter", held=True)
        await until(desk, lambda: len(saves.turns) == 1)
        saves.turns[0].set()
        await until(desk, lambda: "met 1" in desk.lines[0])
        assert "unmeasured 1" in desk.lines[0]
