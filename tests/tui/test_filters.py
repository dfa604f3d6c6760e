"""What narrows the rows: expressions, ranges, searches; and the chips that tell of them."""

import pytest
from screen import UP, browsing, cell_of

from kpitui.report.model import Report
from kpitui.text.wording import Lang
from kpitui.views.saved import SavedView
from kpitui.views.spec import Filter, ViewSpec
from kpitui.views.store import Store

MISSED, PIECES = Filter("status", ("missed",)), Filter("unit", ("件",))


def _kpis(*filters: Filter, search: str = "", where: str = "") -> SavedView:
    return SavedView("", ViewSpec("kpis", filters=filters, search=search, where=where))


# Expressions


async def test_an_expression_narrows_and_is_a_chip(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("3", "ampersand")
        await desk.type("progress < 0.5 AND unit = '件'")
        await desk.press("enter")
        assert "1[式: progress < 0.5 AND unit = '件']" in desk.lines[2]
        assert "4 / 82件" in desk.lines[2]
        # 0 of 4, 0 of 15, 1 of 4 and 258 of 600 pieces.
        assert desk.ids == ["推9.4", "推11.2", "推12.3", "推15.4"]


async def test_the_right_arrow_completes_names_and_values(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("3", "ampersand")
        await desk.type("uni")
        await desk.press("right")
        await desk.type("= '経")
        await desk.press("right", "enter")
        assert "1[式: unit = '経営体']" in desk.lines[2]
        assert desk.ids == ["推6.4"]


async def test_an_error_points_at_the_place_and_the_prompt_stays(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("3", "ampersand")
        await desk.type("unit = '件' AND progrss < 1")
        await desk.press("enter")
        said = [line.partition("▌")[2] for line in desk.lines if "▌" in line]
        text = next(line for line in said if "progrss <" in line)
        pointer = next(line for line in said if line.strip() == "^")
        assert cell_of(pointer, "^") == cell_of(text, "progrss")
        assert "近いもの: 'progress'" in desk.text
        assert "82 / 82件" in desk.lines[2]
        await desk.hush()
        assert "progrss < 1" in desk.lines[-2]
        await desk.press("escape")
        assert "progrss" not in desk.text


async def test_an_empty_expression_takes_it_away(report: Report, store: Store) -> None:
    async with browsing(report, store, view=_kpis(where="cost > 1")) as desk:
        await desk.press("ampersand", *["backspace"] * len("cost > 1"), "enter")
        assert "82 / 82件" in desk.lines[2]
        assert "式" not in desk.lines[2]


# Ranges

# Targets from 40 to 50: 45, 40 and 43.0. Progress of at most 0: -22/20, 0/4, 0/15, -0.6/2.3.
# Progress from a half to 0.6: 34/57, 1/2, 4/8, 1,703/3,000.
RANGES = {
    "40..50": (2, "目標: 40 .. 50", ["推7.1", "推19.1", "推22.1"]),
    "300,000..": (2, "目標: 300,000 ..", ["推1.1", "推2.1", "推12.2"]),
    "..0": (6, "進捗: .. 0%", ["推6.3", "推9.4", "推11.2", "推22.1"]),
    "50..60": (6, "進捗: 50% .. 60%", ["推3.2", "推5.2", "推12.1", "推13.3"]),
    "50%~60%": (6, "進捗: 50% .. 60%", ["推3.2", "推5.2", "推12.1", "推13.3"]),
}


@pytest.mark.parametrize("typed", RANGES)
async def test_a_range_of_numbers_or_percentages_narrows(report: Report, store: Store, typed: str) -> None:
    column, chip, ids = RANGES[typed]
    async with browsing(report, store, view=_kpis()) as desk:
        await desk.press(*["l"] * column, "b")
        await desk.type(typed)
        await desk.press("enter")
        assert f"1[{chip}]" in desk.lines[2]
        assert desk.ids == ids


async def test_what_is_no_range_is_said_and_asked_again(report: Report, store: Store) -> None:
    async with browsing(report, store, view=_kpis()) as desk:
        await desk.press("l", "b")
        await desk.type("12")
        await desk.press("enter")
        assert "範囲は 10..50 のように書いてください" in desk.text
        await desk.hush()
        await desk.type("..")
        await desk.press("enter")
        # Baselines of 12 and more.
        assert "1[開始: 12 ..]" in desk.lines[2]


async def test_a_column_of_texts_has_no_range(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("b")
        assert "範囲は数値の列で使えます" in desk.text


# Values


@pytest.mark.parametrize("key", ["equals_sign", "exclamation_mark"])
async def test_a_cell_of_many_values_is_no_filter_and_says_so(report: Report, store: Store, key: str) -> None:
    async with browsing(report, store) as desk:
        await desk.press("4", "l", "l", "l")
        assert desk.cursor_head == "基準では"
        await desk.press(key)
        assert "値では絞り込めません" in desk.text.replace("\n", "")
        assert "23 / 23件" in desk.lines[2]


# Chips


async def test_chips_are_turned_round_and_taken_away_by_key_and_number(report: Report, store: Store) -> None:
    async with browsing(report, store, view=_kpis(MISSED, PIECES)) as desk:
        await desk.press("C")
        assert "1 状況: 未達" in desk.text
        assert "2 単位: 件" in desk.text
        await desk.press("!")
        assert "1 状況: 除く 未達" in desk.text
        await desk.press("2")
        assert "単位" not in desk.line("除く 未達")
        await desk.press("escape")
        # All but the 28 that missed.
        assert "1[状況: 除く 未達]" in desk.lines[2]
        assert "54 / 82件" in desk.lines[2]


async def test_the_last_chip_taken_away_closes_the_list(report: Report, store: Store) -> None:
    async with browsing(report, store, view=_kpis(search="水素")) as desk:
        await desk.press("C")
        assert "1 検索: 水素" in desk.text
        await desk.press("x")
        assert "82 / 82件" in desk.lines[2]
        await desk.press("C")
        assert "絞り込みはありません" in desk.lines[-1]


async def test_0_clears_filters_ranges_search_and_expression_at_once(report: Report, store: Store) -> None:
    view = _kpis(PIECES, Filter("target", low=1), search="件数", where="progress < 1")
    async with browsing(report, store, view=view) as desk:
        for chip in ("1[単位: 件]", "2[目標: 1 ..]", "3[検索: 件数]", "4[式: progress"):
            assert chip in desk.lines[2]
        await desk.press("0")
        assert "82 / 82件" in desk.lines[2]
        assert "u で元に戻せます" in desk.lines[-1]
        await desk.press("u")
        assert "4[式: progress" in desk.lines[2]


async def test_the_same_row_stays_under_the_cursor_when_a_chip_goes(report: Report, store: Store) -> None:
    async with browsing(report, store, view=_kpis(MISSED)) as desk:
        await desk.press("G")
        assert desk.cursor == "推20.1"
        await desk.press("C", "1")
        assert "82 / 82件" in desk.lines[2]
        assert desk.cursor == "推20.1"


async def test_a_filter_that_leaves_nothing_tells_the_way_back(report: Report, store: Store) -> None:
    async with browsing(report, store, view=_kpis()) as desk:
        await desk.press("l", "b")
        await desk.type("..-1")
        await desk.press("enter")
        assert "0 / 82件" in desk.lines[2]
        assert "u で元に戻せます" in desk.lines[-1]


# Searching


async def test_a_search_folds_kana_counts_hits_and_can_be_held_to_a_column(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("3", "/")
        await desk.type("あぷり")
        assert "2 / 82件" in desk.lines[2]
        assert desk.ids == ["推22.2", "推22.4"]
        await desk.press("tab")
        assert "1[検索 (指標): あぷり]" in desk.lines[2]
        assert desk.hits
        await desk.press("enter", "n", "n")
        assert desk.cursor == "推22.2"
        await desk.press("N")
        assert desk.cursor == "推22.4"


async def test_clearing_keeps_the_order(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("3", "s", "l", "=", "0")
        assert f"並び: 指標 {UP}" in desk.lines[2]
        assert "82 / 82件" in desk.lines[2]


async def test_a_filter_is_turned_round_by_its_number(report: Report, store: Store) -> None:
    async with browsing(report, store, (120, 36)) as desk:
        await desk.press("l", "l", "=", "l", "l", "=", "C", "n", "2")
        assert "除く 終了" in desk.text
        await desk.press("2", "escape")
        # Rated 相当程度, as the first row is: twelve of 23.
        assert "12 / 23件" in desk.lines[2]


async def test_an_expression_is_turned_round_and_a_search_says_that_it_has_no_opposite(
    report: Report, store: Store
) -> None:
    async with browsing(report, store, (120, 36)) as desk:
        await desk.press("ampersand")
        await desk.type("cost > 100000")
        await desk.press("enter", "C", "exclamation_mark", "escape")
        assert "NOT (cost > 100000)" in desk.lines[2]
        await desk.press("0", "slash")
        await desk.type("農")
        await desk.press("enter", "C", "exclamation_mark", "escape")
        assert "検索は逆にできません" in desk.lines[-1]


async def test_tab_in_a_search_from_a_column_of_numbers_says_that_all_are_searched(
    report: Report, store: Store
) -> None:
    async with browsing(report, store, (120, 36)) as desk:
        await desk.press("l", "slash", "tab")
        assert "「実績額」は文字列の列ではないので" in desk.lines[-1]


async def test_a_chip_clicked_away_while_a_condition_is_typed_stays_away(report: Report, store: Store) -> None:
    async with browsing(report, store, (120, 36)) as desk:
        await desk.press("l", "l", "=", "ampersand")
        await desk.type("cost > 1")
        await desk.click(cell_of(desk.lines[2], "1[評価"), 2)
        await desk.press("enter")
        assert "1[式: cost > 1]" in desk.lines[2]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(("key", "start"), [("&", ("条件式", "condition")), ("/", ("検索", "text"))])
async def test_what_a_prompt_asks_stands_whole_on_a_small_screen(
    report: Report, store: Store, lang: Lang, key: str, start: tuple[str, str]
) -> None:
    words = start[lang == "en"]
    async with browsing(report, store, lang=lang) as desk:
        await desk.press(key)
        assert desk.lines[-2].startswith(words)
        assert desk.lines[-2].rstrip().endswith(")")
