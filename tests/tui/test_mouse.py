"""Everything a mouse does: heads, edges, wheel, chips, facets, rows."""

import pytest
from screen import DOWN, UP, WIDE, Desk, browsing, cell_of, settle
from textual.events import MouseScrollDown, MouseScrollUp

from kpitui.report.model import Report
from kpitui.tui.widgets.grid import Grid
from kpitui.views.saved import SavedView
from kpitui.views.spec import Filter, ViewSpec
from kpitui.views.store import Store

NARROWED = SavedView("", ViewSpec("kpis", filters=(Filter("status", ("missed",)), Filter("unit", ("件",)))))


async def _drag(desk: Desk, start: int, end: int, y: int) -> None:
    await desk.pilot.mouse_down(offset=(start, y))
    await desk.pilot.hover(offset=(end, y))
    await desk.pilot.mouse_up(offset=(end, y))
    await settle(desk.pilot)


async def _wheel(desk: Desk, kind: type[MouseScrollDown | MouseScrollUp]) -> None:
    grid = desk.app.screen.query_one(Grid)
    grid.post_message(kind(grid, 5, 5, 0, 1 if kind is MouseScrollDown else -1, 0, False, False, False))
    await settle(desk.pilot)


async def test_clicks_on_a_head_sort_by_it_turn_it_round_and_let_go(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        y = desk.y_of(" No ")
        x = cell_of(desk.lines[y], "実績額")
        for sign in (UP, DOWN):
            await desk.click(x, y)
            assert f"並び: 実績額 {sign}" in desk.lines[2]
        await desk.click(x, y)
        assert "並び" not in desk.lines[2]


@pytest.mark.parametrize("by", [4, -3])
async def test_dragging_the_edge_of_a_head_resizes_the_column_and_nothing_else(
    report: Report, store: Store, by: int
) -> None:
    async with browsing(report, store) as desk:
        y = desk.y_of(" No ")
        edge = cell_of(desk.lines[y], "KPI達成") - 1
        wide = edge - cell_of(desk.lines[y], "評価")
        await _drag(desk, edge, edge + by, y)
        head = desk.table[0]
        assert cell_of(head, "KPI達成") - 1 - cell_of(head, "評価") == wide + by
        assert "並び" not in desk.lines[2]
        await desk.press("u")
        assert cell_of(desk.table[0], "KPI達成") - 1 - cell_of(desk.table[0], "評価") == wide


async def test_the_wheel_goes_three_lines_a_notch(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await _wheel(desk, MouseScrollDown)
        assert desk.cursor == "推4"
        await _wheel(desk, MouseScrollDown)
        assert desk.cursor == "推7"
        await _wheel(desk, MouseScrollUp)
        assert desk.cursor == "推4"


async def test_a_click_on_a_chip_takes_the_filter_away(report: Report, store: Store) -> None:
    async with browsing(report, store, view=NARROWED) as desk:
        await desk.click(cell_of(desk.lines[2], "単位"), 2)
        assert "単位" not in desk.lines[2]
        assert "28 / 82件" in desk.lines[2]


async def test_the_other_button_turns_a_chip_round(report: Report, store: Store) -> None:
    async with browsing(report, store, view=NARROWED) as desk:
        await desk.click(cell_of(desk.lines[2], "単位"), 2)
        await desk.pilot.click(offset=(cell_of(desk.lines[2], "状況"), 2), button=3)
        await settle(desk.pilot)
        assert "1[状況: 除く 未達]" in desk.lines[2]
        assert "54 / 82件" in desk.lines[2]


async def test_a_click_on_a_facet_takes_a_value_in_and_out(report: Report, store: Store) -> None:
    async with browsing(report, store, WIDE) as desk:
        y = desk.y_of("] 終了")
        await desk.click(cell_of(desk.lines[y], "終了"), y)
        assert "1[今後: 終了]" in desk.lines[2]
        assert desk.ids == ["推1", "推3", "推4"]
        await desk.click(cell_of(desk.lines[y], "終了"), y)
        assert "23 / 23件" in desk.lines[2]


async def test_a_double_click_on_a_row_drills_in_and_a_single_one_does_not(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        y = desk.y_of("推2 ")
        await desk.click(10, y)
        assert desk.cursor == "推2"
        await desk.click(10, y, times=2)
        assert desk.ids == ["推2.1", "推2.2", "推2.3", "推2.4"]
