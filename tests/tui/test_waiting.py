"""A large report, whose answers come from a thread: what the reader sees and can do until they are there.

The built-in report stands for a large one; the engine is held back until the test lets an answer go.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Lock
from time import monotonic
from typing import Any

import pytest
from screen import LARGE, WIDE, Desk, Size, browsing, has_ended, screen_text

from kpitui.errors import UsageError
from kpitui.report.model import Report
from kpitui.tui import answers, engine, pages
from kpitui.tui.actions import closer, exporting
from kpitui.tui.threads import unfinished
from kpitui.views.saved import SavedView
from kpitui.views.spec import ViewSpec
from kpitui.views.store import Store

KPIS = SavedView("", ViewSpec("kpis"))
_PATIENCE = 60.0


class Slow:
    """A function that answers only when let: every call is held until its turn, or all are, by `open`."""

    def __init__(self, real: Callable[..., Any]) -> None:
        self._real = real
        self._lock = Lock()
        self.held = False
        self.calls: list[Event] = []

    def __call__(self, *words: Any) -> Any:
        with self._lock:
            turn = Event()
            self.calls.append(turn)
            if not self.held:
                turn.set()
        assert turn.wait(_PATIENCE), "never let go"
        return self._real(*words)

    def open(self) -> None:
        """Let all go, those to come, too."""
        with self._lock:
            self.held = False
            for each in self.calls:
                each.set()


def slowed(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> Slow:
    slow = Slow(getattr(module, name))
    monkeypatch.setattr(module, name, slow)
    return slow


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "LARGE", 0)


@pytest.fixture
def rows(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    slow = slowed(monkeypatch, answers, "select")
    yield slow
    slow.open()


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    slow = slowed(monkeypatch, pages, "facets")
    yield slow
    slow.open()


async def until(desk: Desk, so: Callable[[], bool]) -> None:
    """Wait until something is so, while answers may still be held."""
    end = monotonic() + _PATIENCE
    while not so():
        assert monotonic() < end, desk.text
        await desk.pilot.pause()


async def shows(desk: Desk, *words: str) -> None:
    await until(desk, lambda: all(word in "\n".join(screen_text(desk.app)) for word in words))


async def press(desk: Desk, *keys: str) -> None:
    """Press keys without waiting for what is held."""
    await desk.press(*keys, held=True)


async def to_actual(desk: Desk) -> None:
    """To the column of actuals, numbers whose order is no other's."""
    while desk.cursor_head.split()[0] != "実績":
        await desk.press("l")


def opened(report: Report, store: Store, size: Size = WIDE) -> Any:
    return browsing(report, store, size, view=KPIS)


async def test_the_answer_comes_and_is_shown(report: Report, store: Store, rows: Slow) -> None:
    async with opened(report, store) as desk:
        await to_actual(desk)
        await desk.press("s")
        assert "並び: 実績" in desk.lines[2]
        assert rows.calls  # it was the thread's


async def test_the_old_rows_can_be_read_while_others_are_sorted(report: Report, store: Store, rows: Slow) -> None:
    async with opened(report, store) as desk:
        await to_actual(desk)
        rows.held = True
        await press(desk, "s")
        await until(desk, lambda: len(rows.calls) == 1)
        await press(desk, "j", "j")
        assert desk.cursor == "推1.3"
        assert "並び" not in desk.lines[2]
        rows.open()
        await shows(desk, "並び: 実績")
        assert desk.cursor == "推1.3"  # the cursor stays with its row


@pytest.mark.parametrize(
    ("keys", "words"), [("s", "並べ替え中… Esc で中止"), ("equals_sign", "絞り込み中… Esc で中止")]
)
async def test_what_takes_long_is_named_with_the_way_to_stop_it(
    report: Report, store: Store, rows: Slow, keys: str, words: str
) -> None:
    async with opened(report, store) as desk:
        rows.held = True
        await press(desk, keys)
        await shows(desk, words)
        rows.open()
        await until(desk, lambda: words not in desk.text)


async def test_escape_stops_it_and_leaves_things_as_they_were(report: Report, store: Store, rows: Slow) -> None:
    async with opened(report, store) as desk:
        await to_actual(desk)
        before = desk.lines[:-1]
        rows.held = True
        await press(desk, "s")
        await shows(desk, "並べ替え中")
        await press(desk, "escape")
        await shows(desk, "中止しました")
        rows.open()
        await until(desk, lambda: not unfinished())
        await desk.press("u")
        assert "取り消す変更はありません" in desk.lines[-1]
        assert desk.lines[:-1] == before


async def test_an_answer_older_than_the_newest_question_is_dropped(report: Report, store: Store, rows: Slow) -> None:
    async with opened(report, store) as desk:
        rows.held = True
        await press(desk, "slash")
        await press(desk, "輸")
        await until(desk, lambda: len(rows.calls) == 1)
        await press(desk, "出")
        await until(desk, lambda: len(rows.calls) == 2)
        rows.calls[1].set()
        await shows(desk, "検索: 輸出", "2 / 82件")
        rows.calls[0].set()
        await until(desk, lambda: not unfinished())
        await desk.press("enter")
        assert "検索: 輸出" in desk.lines[2]
        assert "2 / 82件" in desk.lines[2]


async def test_typing_does_not_wait_and_the_newest_text_wins(report: Report, store: Store, rows: Slow) -> None:
    async with opened(report, store) as desk:
        rows.held = True
        await press(desk, "slash")
        await press(desk, *"abcdef")
        assert "abcdef" in desk.lines[-2]
        await until(desk, lambda: len(rows.calls) == 3)  # the first three; of the others only the last is wanted
        rows.open()
        await shows(desk, "検索: abcdef", "0 / 82件")
        await until(desk, lambda: not unfinished())
        assert len(rows.calls) == 4


async def test_escape_in_the_search_leads_back_to_all_rows(report: Report, store: Store, rows: Slow) -> None:
    async with opened(report, store) as desk:
        rows.held = True
        await press(desk, "slash")
        await press(desk, "輸")
        await press(desk, "escape")
        rows.open()
        await until(desk, lambda: not unfinished())
        await desk.press("j")
        assert "82 / 82件" in desk.lines[2]
        assert "検索" not in desk.lines[2]


async def test_enter_before_the_hits_are_there_keeps_the_search_as_one_step(
    report: Report, store: Store, rows: Slow
) -> None:
    async with opened(report, store) as desk:
        rows.held = True
        await press(desk, "slash")
        await press(desk, *"輸出", "enter")
        rows.open()
        await shows(desk, "検索: 輸出", "2 / 82件")
        await desk.press("u")
        assert "82 / 82件" in desk.lines[2]
        await desk.press("u")
        assert "取り消す変更はありません" in desk.lines[-1]


async def test_changes_made_while_waiting_are_added_and_make_one_step(report: Report, store: Store, rows: Slow) -> None:
    async with opened(report, store) as desk:
        rows.held = True
        await press(desk, "slash")
        await press(desk, *"輸出", "enter")
        await press(desk, "s")
        rows.open()
        await shows(desk, "検索: 輸出", "2 / 82件", "並び")
        await desk.press("u")
        assert "82 / 82件" in desk.lines[2]


async def test_undo_stops_a_change_that_is_still_being_worked_out(report: Report, store: Store, rows: Slow) -> None:
    async with opened(report, store) as desk:
        await desk.press("s")
        rows.held = True
        await press(desk, "l", "l", "s", "u")
        await shows(desk, "中止しました")
        rows.open()
        await until(desk, lambda: not unfinished())
        await desk.press("u")
        assert "取り消し" in desk.lines[-1]
        assert "並び" not in desk.lines[2]


async def test_another_tab_is_shown_once_its_rows_are_there(report: Report, store: Store, rows: Slow) -> None:
    async with opened(report, store) as desk:
        rows.held = True
        await press(desk, "2")
        await shows(desk, "集計中")
        assert "[3 KPI]" in desk.lines[1]
        rows.open()
        await shows(desk, "[2 事業]", "23 / 23件")


async def test_the_overview_is_shown_once_it_is_worked_out(
    report: Report, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = slowed(monkeypatch, pages, "overview")
    async with opened(report, store) as desk:
        slow.held = True
        await press(desk, "1")
        await shows(desk, "集計中", "[3 KPI]")
        slow.open()
        await shows(desk, "[1 概要]", "(62%)")
        slow.held = True
        await press(desk, "r")
        await shows(desk, "集計中", "(62%)")
        slow.open()
        await until(desk, lambda: "集計中" not in desk.text)


async def test_rows_come_first_and_the_counts_beside_them_when_they_are_there(
    report: Report, store: Store, rows: Slow, counts: Slow
) -> None:
    async with opened(report, store, LARGE) as desk:
        assert any("達成" in line and line.rstrip().endswith("50") for line in _facet_lines(desk))
        counts.held = True
        await press(desk, "slash")
        await press(desk, *"輸出", "enter")
        await shows(desk, "検索: 輸出", "2 / 82件", "件数を数えています")
        assert any("達成" in line and line.rstrip().endswith("…") for line in _facet_lines(desk))
        counts.open()
        await until(desk, lambda: "数えています" not in desk.text)
        assert not any(line.rstrip().endswith("50") for line in _facet_lines(desk))


async def test_rows_and_counts_that_come_in_the_same_moment_are_shown_in_one_frame(
    report: Report, store: Store, counts: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "MOMENT", _PATIENCE)
    async with opened(report, store, LARGE) as desk:
        shown: set[tuple[bool, str]] = set()
        monkeypatch.setattr(desk.app, "post_display_hook", lambda: shown.add(_rows_and_counts(desk)))
        counts.held, known = True, len(counts.calls)
        await press(desk, "equals_sign")
        await until(desk, lambda: len(counts.calls) > known)
        assert "82 / 82件" in desk.lines[2]  # the rows are there, and wait
        counts.open()
        await until(desk, lambda: "82 / 82件" not in desk.lines[2])
        await desk.press("j")
        # KPI 1.1 alone has its name, and is missed; of all 82, 50 are met.
        assert (True, "0") in shown
        assert shown <= {(False, "50"), (True, "0")}


def _rows_and_counts(desk: Desk) -> tuple[bool, str]:
    """Whether the rows are narrowed, and how many of them are met according to the facets."""
    met = next(line for line in _facet_lines(desk) if line.startswith("[ ] 達成"))
    return "82 / 82件" not in desk.lines[2], met.split()[-1]


async def test_escape_stops_rows_that_wait_for_their_counts(
    report: Report, store: Store, counts: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "MOMENT", _PATIENCE)
    async with opened(report, store, LARGE) as desk:
        before = desk.lines[:-1]
        counts.held, known = True, len(counts.calls)
        await press(desk, "equals_sign")
        await until(desk, lambda: len(counts.calls) > known)
        await press(desk, "escape")
        await shows(desk, "中止しました")
        counts.open()
        await until(desk, lambda: not unfinished())
        await desk.press("u")
        assert "取り消す変更はありません" in desk.lines[-1]
        assert desk.lines[:-1] == before


async def test_counts_shown_before_are_shown_again_with_their_rows(
    report: Report, store: Store, rows: Slow, counts: Slow
) -> None:
    async with opened(report, store, LARGE) as desk:
        await desk.press("equals_sign")
        assert _rows_and_counts(desk)[0]
        rows.held = counts.held = True
        await desk.press("u")
        assert _rows_and_counts(desk) == (False, "50")


def _facet_lines(desk: Desk) -> list[str]:
    return [line.partition("|")[0] for line in desk.lines]


async def test_an_error_in_the_thread_is_said_and_the_screen_stays(
    report: Report, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(report, store) as desk:

        def fails(*_: object) -> None:
            raise UsageError("no such thing")

        monkeypatch.setattr(answers, "select", fails)
        await desk.press("s")
        assert "no such thing" in desk.text
        assert "82 / 82件" in desk.lines[2]
        assert "並び" not in desk.lines[2]


async def test_a_closer_look_opens_when_it_is_there(
    report: Report, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = slowed(monkeypatch, closer, "frequencies")
    async with opened(report, store) as desk:
        slow.held = True
        await press(desk, "F")
        await shows(desk, "集計中")
        slow.open()
        await shows(desk, "値と件数")


async def test_a_closer_look_that_was_stopped_does_not_open(
    report: Report, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = slowed(monkeypatch, closer, "frequencies")
    async with opened(report, store) as desk:
        slow.held = True
        await press(desk, "F", "escape")
        slow.open()
        await until(desk, lambda: not unfinished())
        await desk.press("j")
        assert "値と件数" not in desk.text


async def test_undo_of_rows_still_known_needs_no_thread(report: Report, store: Store, rows: Slow) -> None:
    async with opened(report, store) as desk:
        await desk.press("s")
        rows.held = True
        await desk.press("u")
        assert "並び" not in desk.lines[2]
        assert "取り消し" in desk.lines[-1]


async def test_q_leaves_while_something_is_being_worked_out(report: Report, store: Store, rows: Slow) -> None:
    async with opened(report, store) as desk:
        rows.held = True
        await press(desk, "s")
        await until(desk, lambda: len(rows.calls) == 1)
        await press(desk, "q")
        await until(desk, lambda: has_ended(desk.app))
        assert unfinished()  # and nobody waits for it


async def test_counts_that_are_late_are_not_left_standing(report: Report, store: Store, counts: Slow) -> None:
    async with opened(report, store) as desk:
        assert any(line.startswith("[ ] 達成") and "50" in line[:26] for line in desk.lines)
        counts.held = True
        await press(desk, "slash", *"輸出", "enter")
        await until(desk, lambda: any(line.startswith("[ ] 達成") and "…" in line[18:26] for line in desk.lines))
        counts.open()
        await until(desk, lambda: all("…" not in line[22:26] for line in desk.lines if line.startswith("[ ]")))


async def test_values_of_another_table_are_not_left_to_be_chosen(report: Report, store: Store, counts: Slow) -> None:
    projects = SavedView("", ViewSpec("projects"))
    async with browsing(report, store, WIDE, view=projects) as desk:
        assert any(line.startswith("[ ] 不一致") for line in desk.lines)
        counts.held = True
        await press(desk, "3")
        await shows(desk, "[3 KPI]", "件数を数えています")
        assert not any(line.startswith("[ ]") for line in desk.lines)
        await press(desk, "f")
        await press(desk, "space")
        counts.open()
        await until(desk, lambda: "数えています" not in desk.text)
        assert "82 / 82件" in desk.lines[2]
        assert desk.lines[3].startswith("状況")
        assert not any(line.startswith("[ ] 不一致") for line in desk.lines)


@pytest.mark.parametrize(
    ("keys", "left"),
    [
        # At most half of their KPIs met: 2, 3, 5, 6, 8 to 13, 15, 16 and 19.
        (["b", *"..50", "enter"], "13 / 23件"),
        # Numbered 1 to 5 of the one grant, 1 of the other.
        (["ampersand", *"no < 6", "enter"], "6 / 23件"),
    ],
)
async def test_what_is_asked_of_a_table_is_of_that_table(
    report: Report, store: Store, rows: Slow, keys: list[str], left: str
) -> None:
    projects = SavedView("", ViewSpec("projects"))
    async with browsing(report, store, WIDE, view=projects) as desk:
        while desk.cursor_head != "KPI達成":
            await desk.press("l")
        rows.held = True
        await press(desk, "3", keys[0])
        assert "中止しました" in desk.lines[-1]
        rows.open()
        await until(desk, lambda: not unfinished())
        await desk.press(*keys[1:])
        assert "[2 事業]" in desk.lines[1]
        assert left in desk.lines[2]


async def test_what_is_saved_is_what_the_dialog_told(report: Report, store: Store, rows: Slow) -> None:
    async with opened(report, store) as desk:
        rows.held = True
        await press(desk, "slash", *"輸出", "enter")
        await press(desk, "w")
        await shows(desk, "全ての行 (82行)")
        rows.open()
        await until(desk, lambda: not unfinished())
        await desk.press(*"mine", "enter")
    assert store.find("mine", report).spec.search == ""


async def test_what_was_left_is_not_waited_for(report: Report, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = slowed(monkeypatch, pages, "overview")
    async with opened(report, store) as desk:
        await desk.press("1")
        slow.held = True
        await press(desk, "r")
        await shows(desk, "集計中", "[1 概要]")
        await press(desk, "3")
        await shows(desk, "[3 KPI]")
        assert "集計中" not in desk.text
        await press(desk, "escape")
        assert "中止しました" not in desk.text
        await press(desk, "1")
        await shows(desk, "集計中", "[3 KPI]")
        slow.open()
        await shows(desk, "[x] 過半")


async def test_a_file_is_written_while_the_screen_goes_on(
    report: Report, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    slow = slowed(monkeypatch, exporting, "gather")
    async with opened(report, store) as desk:
        slow.held = True
        await press(desk, "e", "enter")
        await shows(desk, "書き出し中… Esc で中止")
        await until(desk, lambda: len(slow.calls) == 1)
        await press(desk, "enter")
        assert len(slow.calls) == 1
        slow.open()
        await shows(desk, "書き出しました")
    assert (tmp_path / "yamaguchi-r3-kpis.csv").exists()


async def test_nothing_is_written_once_the_reader_has_left(
    report: Report, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    slow = slowed(monkeypatch, exporting, "gather")
    async with opened(report, store) as desk:
        slow.held = True
        await press(desk, "e", "enter")
        await shows(desk, "書き出し中")
        await press(desk, "escape")
        await until(desk, lambda: "書き出し中" not in desk.text)
        slow.open()
        await until(desk, lambda: not unfinished())
        await desk.press("j")
        assert desk.cursor == "推1.2"
    assert not list(tmp_path.glob("*.csv*"))
