import pytest
from screen import HOME, LARGE, NARROW, UP, WIDE, Desk, Size, browsing, cell_of

from kpitui.report.model import Report
from kpitui.views.store import Store

# Of 23 projects: rated 非常に 3 (推4, 推7, 推21), 相当程度 12, 効果あり 7 (推2, 推8, 推13, 推15, 推16, 推17, 推20),
# none 1 (拠1); to end 3 (推1, 推3, 推4), to continue 20.


def _counts(desk: Desk) -> dict[str, tuple[str, int]]:
    """Mark and count of each value among the facets."""
    found = {}
    for line in desk.lines:
        shown = line.partition("|")[0].rstrip(" ^v")
        if shown[:4] in ("[ ] ", "[x] "):
            words, count = shown[4:].rsplit(maxsplit=1)
            found[words.strip()] = (shown[1], int(count.replace(",", "")))
    return found


async def _to(desk: Desk, words: str) -> None:
    """Move the highlight to a value."""
    await desk.press("home")
    for _ in range(60):
        if any(words in text for text in _highlighted(desk)):
            return
        await desk.press("j")
    raise AssertionError(f"{words!r} is not among the facets:\n{desk.text}")


def _highlighted(desk: Desk) -> list[str]:
    return [each.text for each in desk.segments if each.style and each.style.reverse]


async def test_facets_count_every_value_and_the_missing(report: Report, store: Store) -> None:
    async with browsing(report, store, LARGE) as desk:
        counts = _counts(desk)
        assert counts["1 非常に"] == (" ", 3)
        assert counts["2 相当程度"] == (" ", 12)
        assert counts["3 効果あり"] == (" ", 7)
        assert counts["4 効果なし"] == (" ", 0)
        assert counts["終了"] == (" ", 3)
        assert counts["継続"] == (" ", 20)


async def test_a_sign_tells_that_there_are_more_facets_above_and_below(report: Report, store: Store) -> None:
    # 20 lines of body: the last is the 20th of the list, and after End the first is no longer the list's own.
    async with browsing(report, store, HOME) as desk:
        await desk.press("3", "f")
        pane = [line.partition("|")[0].rstrip() for line in desk.lines[3:23]]
        assert pane[0] == "状況"
        assert [line[-2:] for line in pane if line.endswith((" ^", " v"))] == [" v"]
        assert pane[-1].endswith(" v")
        await desk.press("end")
        pane = [line.partition("|")[0].rstrip() for line in desk.lines[3:23]]
        assert [line[-2:] for line in pane if line.endswith((" ^", " v"))] == [" ^"]
        assert pane[0].endswith(" ^")


async def test_facets_of_kpis_count_the_statuses(report: Report, store: Store) -> None:
    async with browsing(report, store, LARGE) as desk:
        await desk.press("3")
        counts = _counts(desk)
        found = {status: counts[status] for status in ("悪化", "未達", "達成", "未計測")}
        assert found == {"悪化": (" ", 2), "未達": (" ", 28), "達成": (" ", 50), "未計測": (" ", 2)}


@pytest.mark.parametrize("size", [HOME, NARROW])
async def test_on_a_narrow_screen_f_opens_and_closes_them(report: Report, store: Store, size: Size) -> None:
    async with browsing(report, store, size) as desk:
        before = desk.lines
        assert _counts(desk) == {}
        await desk.press("f")
        assert _counts(desk)["2 相当程度"] == (" ", 12)
        await desk.press("f")
        assert desk.lines == before
        await desk.press("f", "escape")
        assert desk.lines == before


async def test_on_a_wide_screen_they_stay(report: Report, store: Store) -> None:
    async with browsing(report, store, WIDE) as desk:
        before = desk.lines
        await desk.press("f", "escape")
        assert desk.lines == before
        assert _counts(desk)["2 相当程度"] == (" ", 12)


@pytest.mark.parametrize("size", [HOME, WIDE])
async def test_two_values_of_a_facet_mean_either(report: Report, store: Store, size: Size) -> None:
    async with browsing(report, store, size) as desk:
        await desk.press("f")
        await _to(desk, "1 非常に")
        await desk.press("space")
        assert "3 / 23件" in desk.lines[2]
        assert desk.ids == ["推4", "推7", "推21"]
        await _to(desk, "3 効果あり")
        await desk.press("space")
        assert "1[評価: 1 非常に, 3 効果あり]" in desk.lines[2]
        assert "10 / 23件" in desk.lines[2]
        assert desk.ids == ["推2", "推4", "推7", "推8", "推13", "推15", "推16", "推17", "推20", "推21"]


async def test_counts_follow_the_other_facets_but_not_their_own(report: Report, store: Store) -> None:
    async with browsing(report, store, WIDE) as desk:
        await desk.press("f")
        await _to(desk, "1 非常に")
        await desk.press("space")
        await _to(desk, "3 効果あり")
        await desk.press("space")
        counts = _counts(desk)
        assert counts["1 非常に"] == ("x", 3)
        assert counts["3 効果あり"] == ("x", 7)
        assert counts["2 相当程度"] == (" ", 12)
        # Of these ten projects only 推4 ends.
        assert counts["終了"] == (" ", 1)
        assert counts["継続"] == (" ", 9)
        await _to(desk, "終了")
        await desk.press("space")
        assert desk.ids == ["推4"]
        # Of the three projects that end, 推4 is rated best and two are rated second.
        counts = _counts(desk)
        assert (counts["1 非常に"], counts["2 相当程度"], counts["3 効果あり"]) == (("x", 1), (" ", 2), ("x", 0))


async def test_space_again_takes_the_value_out(report: Report, store: Store) -> None:
    async with browsing(report, store, WIDE) as desk:
        before = desk.lines[2]
        await desk.press("f")
        await _to(desk, "継続")
        await desk.press("space")
        assert "20 / 23件" in desk.lines[2]
        assert _counts(desk)["継続"] == ("x", 20)
        await desk.press("space")
        assert desk.lines[2] == before


async def test_the_highlight_stays_on_the_value(report: Report, store: Store) -> None:
    async with browsing(report, store, WIDE) as desk:
        await desk.press("f")
        await _to(desk, "継続")
        await desk.press("space")
        assert any("継続" in text for text in _highlighted(desk))


async def test_a_click_takes_a_value_in(report: Report, store: Store) -> None:
    async with browsing(report, store, WIDE) as desk:
        y = next(y for y, line in enumerate(desk.lines) if "] 継続" in line)
        await desk.click(cell_of(desk.lines[y], "継続"), y)
        assert "20 / 23件" in desk.lines[2]


async def test_only_projects_without_a_rating(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("G", "l", "l", "=")
        assert "[評価: (なし)]" in desk.lines[2]
        assert desk.ids == ["拠1"]


async def test_equals_keeps_only_the_cells_value(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("l", "l", "=")
        assert "1[評価: 2 相当程度]" in desk.lines[2]
        assert "12 / 23件" in desk.lines[2]
        await desk.press("l", "l", "=")
        # Rated second and to end: 推1 and 推3.
        assert "2[今後: 終了]" in desk.lines[2]
        assert desk.ids == ["推1", "推3"]


async def test_an_exclamation_mark_leaves_the_cells_value_out(report: Report, store: Store) -> None:
    async with browsing(report, store, WIDE) as desk:
        await desk.press("l", "l", "!")
        assert "[評価: 除く 2 相当程度]" in desk.lines[2]
        assert "11 / 23件" in desk.lines[2]
        assert "拠1" in desk.ids
        await desk.press("g", "!")
        # 推2 is rated 効果あり: without both, the three best and the one without a rating are left.
        assert desk.ids == ["推4", "推7", "推21", "拠1"]


async def test_0_clears_all_filters_and_keeps_the_order(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("l", "s", "l", "=", "0")
        assert "23 / 23件" in desk.lines[2]
        assert "評価:" not in desk.lines[2]
        assert f"並び: 実績額 {UP}" in desk.lines[2]


async def test_the_row_stays_under_the_cursor_when_a_filter_comes_and_goes(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press(*"jjjjj", "l", "l")
        assert desk.cursor == "推6"
        await desk.press("=")
        assert desk.cursor == "推6"
        await desk.press("0")
        assert desk.cursor == "推6"
        assert desk.cursor_head == "評価"


@pytest.mark.parametrize("key", ["=", "!"])
async def test_filtering_by_any_column_leaves_the_browser_running(report: Report, store: Store, key: str) -> None:
    async with browsing(report, store) as desk:
        await desk.press("3", "G", "h", "h")
        for _ in range(8):
            await desk.press(key)
            await desk.hush()
            assert "/ 82件" in desk.lines[2]
            assert "82 / 82件" not in desk.lines[2]
            await desk.press("u", "l")


async def test_equals_on_an_exact_rate_finds_its_row(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("3", *["l"] * 7)
        assert desk.cursor_head == "進捗"
        await desk.press("=")
        assert desk.ids == ["推1.1"]


async def test_filters_on_no_row_at_all_do_nothing(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("/")
        await desk.type("zzz")
        await desk.press("enter", "=", "!")
        assert "1[検索: zzz]" in desk.lines[2]
        assert "0 / 23件" in desk.lines[2]


async def test_every_column_of_few_values_can_be_chosen_from(report: Report, store: Store) -> None:
    # By the table worked out by hand, 56 of 82 start from zero, 20 are levels and 4 increments, one is printed as
    # a change and one is ambiguous.
    async with browsing(report, store, (200, 90)) as desk:
        await desk.press("3")
        for head in ("状況", "評価", "今後", "増減", "交付金", "単位", "注記", "基準", "目指す向き", "事業"):
            assert any(line.startswith(head) for line in desk.lines), head
        counts = _counts(desk)
        assert [counts[basis][1] for basis in ("水準", "増加分", "ゼロ開始", "変化量", "両義")] == [20, 4, 56, 1, 1]
