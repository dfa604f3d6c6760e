import pytest
from rich.cells import cell_len
from screen import DOWN, HOME, LARGE, NARROW, UP, WIDE, Desk, Size, browsing, cell_of, end_of, screen_strips, settle

from kpitui.config import DEFAULTS
from kpitui.report import columns, declared
from kpitui.report.model import Report
from kpitui.text.wording import Lang
from kpitui.tui.themes import CONTRAST, DARK, LIGHT
from kpitui.tui.widgets.grid import Grid
from kpitui.views.saved import SavedView
from kpitui.views.spec import ViewSpec
from kpitui.views.store import Store

SIZES = [HOME, WIDE, LARGE, NARROW, (40, 10), (79, 24), (81, 23), (119, 30)]


def all_columns(*, pins: tuple[str, ...] = ("id", "name")) -> SavedView:
    """The KPIs with every column there is: far more than fit."""
    return SavedView("", ViewSpec("kpis", columns=tuple(each.key for each in declared.KPIS), pins=pins))


async def _to_column(desk: Desk, head: str) -> None:
    """Move the cursor right to a column."""
    for _ in declared.KPIS:
        if desk.cursor_head == head:
            return
        await desk.press("l")
    raise AssertionError(f"no column {head!r}:\n{desk.text}")


# Columns stand in line


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["ja", "en"])
async def test_every_line_is_as_wide_as_the_terminal(report: Report, store: Store, size: Size, lang: Lang) -> None:
    async with browsing(report, store, size, lang) as desk:
        for key in ("j", "3", "l", "f", "escape", "s", "/", "水", "escape", "1", "3", "enter", "enter"):
            await desk.press(key)
            assert {cell_len(line) for line in desk.lines} == {size[0]}, key
            assert len(desk.lines) == size[1]


# Costs in thousand yen, as printed in the third column of the page.
COSTS = ("43,840", "55,194", "58,435", "54,412", "38,182", "62,956", "73,172", "9,963")
RATINGS = (2, 3, 2, 1, 2, 2, 1, 3)


@pytest.mark.parametrize("size", [HOME, WIDE, LARGE, NARROW])
async def test_cells_of_projects_stand_under_their_heads(report: Report, store: Store, size: Size) -> None:
    async with browsing(report, store, size) as desk:
        head, *rows = desk.table
        for row, cost, rating in zip(rows, COSTS, RATINGS, strict=False):
            assert end_of(row, f" {cost} ") == end_of(head, "実績額(千円) ")
            words = ("1 非常に", "2 相当程度", "3 効果あり")[rating - 1]
            assert cell_of(row, words) == cell_of(head, "評価")
            assert cell_of(row, "推") == cell_of(head, "No")


@pytest.mark.parametrize("size", [HOME, WIDE, LARGE, NARROW])
async def test_cells_of_kpis_stand_under_their_heads(report: Report, store: Store, size: Size) -> None:
    async with browsing(report, store, size) as desk:
        await desk.press("3")
        head, *rows = desk.table
        # 推1.1 to 推1.3: target, actual, status, progress.
        printed = [("1,839,000", "434,000", "未達", "23%"), ("16", "31", "達成", "207%"), ("33", "38", "達成", "129%")]
        for row, (target, actual, status, progress) in zip(rows, printed, strict=False):
            assert end_of(row, f" {target} ") == end_of(head, "目標 ")
            assert end_of(row, f" {actual} ") == end_of(head, "実績 ")
            assert cell_of(row, status) == cell_of(head, "状況")
            assert end_of(row, progress) == end_of(head, "進捗")


def _underlined(desk: Desk, y: int) -> tuple[int, int]:
    """Where on a line the underlined cells begin and end."""
    return _span(desk, y, "underline")


def _span(desk: Desk, y: int, style: str) -> tuple[int, int]:
    start = end = at = 0
    for segment in screen_strips(desk.app)[y]:
        if segment.style and getattr(segment.style, style):
            start, end = (start if end else at), at + segment.cell_length
        at += segment.cell_length
    assert end, f"nothing in line {y} is {style}"
    return start, end


@pytest.mark.parametrize("size", [NARROW, HOME])
async def test_heads_and_cells_scroll_sideways_together(report: Report, store: Store, size: Size) -> None:
    async with browsing(report, store, size, view=all_columns()) as desk:
        y = desk.y_of(" No ")
        seen = []
        for key in ("right", *["l"] * (len(declared.KPIS) - 2), "h", "left", *["h"] * len(declared.KPIS)):
            assert {cell_len(line) for line in desk.lines} == {size[0]}
            head, cell = _span(desk, y, "underline"), _span(desk, y + 1, "reverse")
            assert head[0] == cell[0]
            assert head[1] == min(cell[1], size[0] - (desk.lines[y][-1] == ">"))
            assert desk.cursor == "推1.1"
            seen.append(desk.cursor_head)
            await desk.press(key)
        assert seen[len(declared.KPIS) - 2] == declared.KPIS[-1].label.ja
        assert desk.cursor_head == "No"


async def test_a_scrolled_cell_shows_its_value_under_its_head(report: Report, store: Store) -> None:
    async with browsing(report, store, NARROW, view=all_columns()) as desk:
        after = [each.key for each in declared.KPIS[::-1]].index("source_line")
        await desk.press(*["l"] * len(declared.KPIS), *["h"] * after)
        assert desk.cursor_head == "出典行"
        # The first three KPIs stand on lines 49 to 51 of source.txt.
        head, *rows = desk.table
        for row, number in zip(rows, ("49", "50", "51"), strict=False):
            assert end_of(row, number) == end_of(head, "出典行")
        assert desk.cursor_cell == "49"


async def test_signs_in_the_head_tell_of_columns_outside_the_screen(report: Report, store: Store) -> None:
    async with browsing(report, store, NARROW, view=all_columns()) as desk:
        assert desk.table[0].endswith(">")
        assert "<" not in desk.table[0]
        await desk.press(*["l"] * len(declared.KPIS))
        assert "<" in desk.table[0]
        assert not desk.table[0].endswith(">")


async def test_the_head_of_the_cursors_column_is_whole(report: Report, store: Store) -> None:
    async with browsing(report, store, NARROW, view=all_columns()) as desk:
        for each in ("name", *(each.key for each in declared.KPIS if each.key not in ("id", "name"))):
            about = columns.column("kpis", each)
            assert desk.cursor_head in (about.label.ja, f"{about.label.ja}({about.unit.ja})")
            await desk.press("l")


async def test_pinned_columns_stay_while_others_scroll(report: Report, store: Store) -> None:
    async with browsing(report, store, NARROW, view=all_columns()) as desk:
        start = [row[:12] for row in desk.rows]
        await desk.press(*["l"] * len(declared.KPIS))
        assert [row[:12] for row in desk.rows] == start


async def test_without_pins_everything_scrolls(report: Report, store: Store) -> None:
    async with browsing(report, store, NARROW, view=all_columns(pins=())) as desk:
        await desk.press(*["l"] * len(declared.KPIS))
        assert "推1.1" not in "\n".join(desk.lines[4:6])
        assert {cell_len(line) for line in desk.lines} == {60}


async def test_what_is_cut_ends_with_a_sign(report: Report, store: Store) -> None:
    async with browsing(report, store, NARROW) as desk:
        assert "…" in desk.row("推1 ")
        assert "瀬戸内" in desk.row("推1 ")


# Moving


async def test_keys_move_the_cursor_and_stop_at_the_edges(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("up", "k")
        assert desk.cursor == "推1"
        await desk.press("down", "j")
        assert desk.cursor == "推3"
        await desk.press("G")
        assert desk.cursor == "拠1"
        await desk.press("j", "pagedown")
        assert desk.cursor == "拠1"
        await desk.press("g")
        assert desk.cursor == "推1"
        await desk.press("end", "home")
        assert desk.cursor == "推1"


async def test_a_page_down_shows_what_was_just_below(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("3")
        last = desk.ids[-1]
        await desk.press("pagedown", "pagedown")
        assert last in desk.ids
        await desk.press("pageup", "pageup")
        assert desk.cursor == "推1.1"


async def test_the_cursor_stops_at_the_first_and_last_column(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        assert desk.cursor_head == "事業"
        await desk.press(*["l"] * 9)
        assert desk.cursor_head == "今後"
        assert desk.cursor_cell == "終了"
        await desk.press(*["h"] * 9)
        assert desk.cursor_head == "No"
        assert desk.cursor_cell == "推1"


async def test_clicks_and_the_wheel_move_the_cursor(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        y = desk.y_of("推4 ")
        x = cell_of(desk.lines[y], "54,412")
        await desk.click(x, y)
        assert desk.cursor == "推4"
        assert desk.cursor_cell == "54,412"


async def test_a_double_click_goes_in(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        y = desk.y_of("推4 ")
        await desk.click(10, y, times=2)
        assert desk.ids == ["推4.1", "推4.2", "推4.3", "推4.4"]


async def test_a_click_below_the_last_row_changes_nothing(report: Report, store: Store) -> None:
    async with browsing(report, store, LARGE) as desk:
        before = desk.lines
        await desk.click(100, 35, times=2)
        assert desk.lines == before


# Nothing of an earlier frame lives on


async def test_the_cursors_cell_is_set_off_while_keys_go_to_the_table(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        grid = desk.app.screen.query_one(Grid)
        for focused, cells in ((grid, 1), (None, 0), (grid, 1)):
            desk.app.screen.set_focus(focused)
            await settle(desk.pilot)
            assert sum(bool(each.style and each.style.reverse) for each in desk.segments) == cells


async def test_another_theme_is_worn_at_once(report: Report, store: Store) -> None:
    async with browsing(report, store, config=DEFAULTS._replace(theme="dark")) as desk:
        for theme in (LIGHT, CONTRAST, DARK):
            desk.app.register_theme(theme)
            desk.app.theme = theme.name
            await settle(desk.pilot)
            for words in (" No ", "推2 ", "推3 "):
                styles = [each.style for each in screen_strips(desk.app)[desk.y_of(words)]]
                grounds = {each.bgcolor.get_truecolor().hex for each in styles if each and each.bgcolor}
                assert grounds == {theme.background}


async def test_a_line_is_as_wide_as_the_screen_is_now(report: Report, store: Store) -> None:
    async with browsing(report, store, NARROW, view=all_columns()) as desk:
        for size in (HOME, NARROW, LARGE, HOME):
            await desk.resize(size)
            grid = desk.app.screen.query_one(Grid)
            assert {grid.render_line(y).cell_length for y in range(grid.size.height)} == {grid.size.width}
            assert {cell_len(line) for line in desk.lines} == {size[0]}


# Sorting


async def _on_progress(desk: Desk) -> None:
    await desk.press("3")
    await _to_column(desk, "進捗")


# Without progress: no actual (推6.1, 推18.3), a target of 0 from 0 (推14.3, 推17.1, 推21.1, 推22.3), and 拠1.1,
# where 28 of 28 may mean either.
WITHOUT_PROGRESS = ["推6.1", "推14.3", "推17.1", "推18.3", "推21.1", "推22.3", "拠1.1"]


async def test_s_sorts_then_reverses_then_lets_go(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await _on_progress(desk)
        printed = desk.rows
        await desk.press("s", "g")
        assert f"並び: 進捗 {UP}" in desk.lines[2]
        assert f"進捗 {UP}" in desk.table[0]
        # -22/20, then (40.1 - 40.7) / 2.3, then the two that stood still in printed order, then 106/11,000.
        assert desk.ids[:5] == ["推6.3", "推22.1", "推9.4", "推11.2", "推11.1"]
        await desk.press("s", "g")
        assert f"並び: 進捗 {DOWN}" in desk.lines[2]
        assert f"進捗 {DOWN}" in desk.table[0]
        # 335,000/59,000, 12,655/2,300, 15,811/3,300, 5,349/1,200, 44/10
        assert desk.ids[:5] == ["推4.1", "推22.2", "推22.4", "推19.3", "推17.3"]
        await desk.press("s", "g")
        assert "並び" not in desk.lines[2]
        assert desk.rows == printed


async def test_what_has_no_progress_stands_last_both_ways(report: Report, store: Store) -> None:
    async with browsing(report, store, LARGE) as desk:
        await _on_progress(desk)
        for _ in range(2):
            await desk.press("s", "G")
            assert desk.ids[-7:] == WITHOUT_PROGRESS
            assert all(row.rstrip().endswith(" -") for row in desk.rows[-7:])
            assert desk.rows[-8].rstrip().endswith("%")


async def test_sorting_keeps_the_row_under_the_cursor(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("j", "j", "l", "s")
        assert desk.cursor == "推3"
        assert desk.cursor_head == f"実績額(千円) {UP}"


async def test_numbers_sort_as_numbers(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("l", "s", "g")
        # 8,345 < 9,963 < 15,981 < 20,384 < 21,798
        assert desk.ids[:5] == ["推11", "推8", "推15", "推12", "推21"]


async def test_ids_sort_in_the_order_of_the_report(report: Report, store: Store) -> None:
    async with browsing(report, store, LARGE) as desk:
        await desk.press("h", "s", "s", "g")
        assert desk.ids == ["拠1", *(f"推{number}" for number in range(22, 0, -1))]


async def test_a_click_on_a_head_sorts_by_it(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        y = desk.y_of(" No ")
        x = cell_of(desk.lines[y], "評価")
        for order in (f"並び: 評価 {UP}", f"並び: 評価 {DOWN}"):
            await desk.click(x, y)
            assert order in desk.lines[2]
        await desk.click(x, y)
        assert "並び" not in desk.lines[2]


async def test_a_second_key_is_added_and_both_are_numbered(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("l", "l", "s", "h", "S", "S", "g")
        assert f"並び: 評価 {UP}, 実績額 {DOWN}" in desk.lines[2]
        assert f"評価 1{UP}" in desk.table[0]
        assert f"実績額(千円) 2{DOWN}" in desk.table[0]
        # Rated best, most expensive first: 73,172, 54,412, 21,798; then of the second rating 68,725.
        assert desk.ids[:4] == ["推7", "推4", "推21", "推18"]
        await desk.press("S")
        assert f"並び: 評価 {UP}" in desk.lines[2]
        assert "実績額" not in desk.lines[2]


async def test_s_on_another_column_replaces_all_keys(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("l", "l", "s", "h", "S", "s")
        assert f"並び: 実績額 {UP}" in desk.lines[2]
        assert "評価" not in desk.lines[2]


async def test_a_missing_value_is_a_dash_and_a_zero_is_a_zero(report: Report, store: Store) -> None:
    async with browsing(report, store, LARGE) as desk:
        await desk.press("3")
        head = desk.table[0]
        await desk.press("/")
        await desk.type("収益向上額")
        assert end_of(desk.row("推6.1 "), " - ") == end_of(head, "実績 ")
        await desk.press("escape", "/")
        await desk.type("資金調達達成件数")
        assert end_of(desk.row("推9.4 "), "4       0") == end_of(head, "実績")
