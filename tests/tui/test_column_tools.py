"""Columns: chosen, hidden, moved, sized and pinned; and all of that in a saved view."""

import tomllib

from screen import Desk, browsing, cell_of

from kpitui.report.model import Report
from kpitui.views.saved import SavedView
from kpitui.views.spec import ViewSpec
from kpitui.views.store import Store

RATING_WIDTH = 11
"""Cells from the head of the rating to the next: 「2 相当程度」 takes ten, and one blank parts columns."""


def _rating_width(desk: Desk) -> int:
    return cell_of(desk.table[0], "KPI達成") - cell_of(desk.table[0], "評価")


def _heads(desk: Desk) -> list[str]:
    return desk.table[0].split()


async def test_the_chooser_finds_previews_and_takes_in_a_column(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("3", "c", "tab")
        await desk.type("出典")
        assert "[ ] 出典行  source_line" in desk.text
        assert "progress" not in desk.text
        # The first three KPIs stand on lines 49 to 51 of source.txt.
        assert "原文の行番号" in desk.text
        assert "49 | 50 | 51" in desk.text
        await desk.press("tab", "space")
        assert "[x] 出典行" in desk.text
        await desk.press("enter")
        assert _heads(desk)[-1] == "出典行"
        assert desk.row("推1.1").split()[-1] == "49"


async def test_the_chooser_finds_a_column_by_kana_of_either_kind_and_by_its_key(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("3", "c", "tab")
        await desk.type("kpi")
        assert "name" not in desk.text
        await desk.press(*["backspace"] * 3)
        await desk.type("SOURCE")
        assert "source_line" in desk.text


async def test_the_chooser_takes_a_column_out_and_escape_changes_nothing(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        before = desk.lines
        await desk.press("c", *["down"] * 6, "space")
        assert "[ ] 実績額  cost" in desk.text
        await desk.press("escape")
        assert desk.lines == before
        await desk.press("c", *["down"] * 6, "space", "enter")
        assert _heads(desk) == ["No", "事業", "評価", "KPI達成", "今後"]


async def test_without_any_column_chosen_the_table_stays(report: Report, store: Store) -> None:
    view = SavedView("", ViewSpec(columns=("id",)))
    async with browsing(report, store, view=view) as desk:
        await desk.press("c", "space", "enter")
        assert _heads(desk) == ["No"]


async def test_a_hidden_column_goes_with_a_word_on_how_it_comes_back(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("l", "minus")
        assert _heads(desk) == ["No", "事業", "評価", "KPI達成", "今後"]
        assert desk.cursor_head == "評価"
        assert "u で元に戻せます" in desk.lines[-1]
        await desk.press("u")
        assert "実績額(千円)" in _heads(desk)


async def test_a_column_moves_right_and_left(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("l", "L")
        assert _heads(desk) == ["No", "事業", "評価", "実績額(千円)", "KPI達成", "今後"]
        assert desk.cursor_head == "実績額(千円)"
        await desk.press("H")
        assert _heads(desk) == ["No", "事業", "実績額(千円)", "評価", "KPI達成", "今後"]


async def test_a_column_is_widened_narrowed_and_fitted(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("l", "l")
        assert _rating_width(desk) == RATING_WIDTH
        await desk.press("greater_than_sign")
        assert _rating_width(desk) == RATING_WIDTH + 2
        await desk.press("less_than_sign", "less_than_sign")
        assert _rating_width(desk) == RATING_WIDTH - 2
        assert "2 相当…" in desk.row("推1 ")
        await desk.press("underscore")
        assert _rating_width(desk) == RATING_WIDTH
        assert "2 相当程度" in desk.row("推1 ")


async def test_a_pinned_column_stands_at_the_left_until_it_is_let_go(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("l", "l", "p")
        assert _heads(desk)[:4] == ["No", "事業", "評価", "実績額(千円)"]
        assert desk.cursor_head == "評価"
        await desk.press("p")
        assert _heads(desk)[:4] == ["No", "事業", "実績額(千円)", "評価"]


async def test_order_width_and_pins_are_saved_with_the_view_and_come_back(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("l", "minus", "greater_than_sign", "l", "L", "p", "w")
        await desk.type("mine")
        await desk.press("enter")
        heads = desk.table
    columns = tomllib.loads((store.folders[0] / "mine.toml").read_text("utf-8"))["columns"]
    assert columns["shown"] == ["id", "name", "rating", "direction", "met_share"]
    assert columns["pins"] == ["id", "name", "met_share"]
    assert columns["widths"] == {"rating": 12}
    async with browsing(report, store, view=store.find("mine", report, "ja")) as desk:
        assert desk.table == heads
        assert _heads(desk) == ["No", "事業", "KPI達成", "評価", "今後"]


async def test_a_move_is_undone_by_its_name_and_ends_at_the_edge(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        before = _heads(desk)
        await desk.press("l", "L")
        assert _heads(desk) == ["No", "事業", "評価", "実績額(千円)", "KPI達成", "今後"]
        await desk.press("u")
        assert "取り消し: この列を右へ移す" in desk.lines[-1]
        assert _heads(desk) == before
        await desk.press("H")
        assert "この列はもう端にあります" in desk.lines[-1]
        assert _heads(desk) == before


async def test_hiding_a_column_on_a_narrow_screen_brings_no_other_back(report: Report, store: Store) -> None:
    async with browsing(report, store, (60, 20)) as desk:
        await desk.press("3")
        before = _heads(desk)
        assert "開始" not in before
        await desk.press("G", "l", "l", "minus")
        assert _heads(desk) == [head for head in before if head != "実績"]


async def test_a_pinned_column_made_to_fit_leaves_room_for_the_others(report: Report, store: Store) -> None:
    async with browsing(report, store, (80, 24)) as desk:
        await desk.press("underscore")
        assert "実績額(千円)" in desk.table[0]
