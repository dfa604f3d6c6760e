"""Several reports in the browser: the column, the facet, pages of the right report, reading them again."""

from pathlib import Path

import pytest
from derived import NEXT_YEAR, bare, derived
from screen import HOME, LARGE, WIDE, Desk, Size, browsing

from kpitui.report import builtin
from kpitui.report.model import Report
from kpitui.report.open import open_reports
from kpitui.views.store import Store


@pytest.fixture
def next_year(tmp_path: Path) -> Path:
    return derived(tmp_path / "r4", NEXT_YEAR)


@pytest.fixture
def both(next_year: Path) -> Report:
    return open_reports([builtin.folder(), next_year])


def _row(desk: Desk, place: int) -> list[str]:
    """The words of a row on the screen, without the marks before it."""
    return desk.rows[place].lstrip(" >*").split()


@pytest.mark.parametrize("size", [HOME, WIDE, LARGE])
async def test_the_first_screen_counts_both_and_names_the_report_of_a_row(
    both: Report, store: Store, size: Size
) -> None:
    async with browsing(both, store, size) as desk:
        assert desk.lines[0].startswith("報告書2件 ")
        for counted in ("悪化 4", "未達 55", "達成 101", "未計測 4"):
            assert counted in desk.lines[0]
        assert "評価と基準の不一致 5" in desk.text
        assert "46 / 46件" in desk.text
        assert desk.table[0].split()[:3] == ["報告書", "No", "事業"]
        assert _row(desk, 0)[:2] == ["yamaguchi-r3", "推1"]
        await desk.press("G")
        assert _row(desk, -1)[:2] == ["yamaguchi-r4", "拠1"]


@pytest.mark.parametrize(("tab", "head"), [("2", "事業"), ("3", "指標"), ("4", "事業")])
async def test_the_cursor_begins_at_the_name_as_with_one_report(
    both: Report, report: Report, store: Store, tab: str, head: str
) -> None:
    for each in (report, both):
        async with browsing(each, store, LARGE) as desk:
            await desk.press(tab)
            assert desk.cursor_head.strip() == head


async def test_the_facet_of_the_report_holds_the_table_to_it(both: Report, store: Store) -> None:
    async with browsing(both, store, LARGE) as desk:
        await desk.press("3", "f", "home")
        assert "164 / 164件" in desk.text
        await desk.press("j", "space")
        assert "82 / 164件" in desk.text
        assert "1[報告書: yamaguchi-r4]" in desk.text
        assert {_row(desk, place)[0] for place in range(len(desk.rows))} == {"yamaguchi-r4"}
        assert "[ ] yamaguchi-r3      82" in desk.text
        assert "[x] yamaguchi-r4      82" in desk.text


async def test_equals_on_the_column_and_its_sort_work_as_on_any_other(both: Report, store: Store) -> None:
    async with browsing(both, store, WIDE) as desk:
        await desk.press("3", "h", "h", "s", "s", "g")
        assert _row(desk, 0)[:2] == ["yamaguchi-r4", "推1.1"]
        await desk.press("=")
        assert "1[報告書: yamaguchi-r4]" in desk.text
        assert "82 / 164件" in desk.text


async def test_a_record_and_its_source_are_of_the_right_report(both: Report, store: Store) -> None:
    async with browsing(both, store, LARGE) as desk:
        await desk.press("3", "f", "home", "j", "space", "f", "enter")
        assert "報告書2件 > " in desk.lines[0]
        assert "yamaguchi-r4/推1.1" in desk.lines[0]
        assert "「0 / 1,839,000 / 千円 / 1,839,000」" in desk.text
        assert "報告書 yamaguchi-r4: 山口県(推定) 令和4年度" in desk.text
        await desk.press("x")
        assert "令和4年度「" in desk.text
        await desk.press("escape", "enter")
        line = desk.line(">  49 1")
        assert "瀬戸内コンビナート" in line
        assert "1,839,000 | 千円 | 1,839,000" in desk.text


async def test_a_project_goes_into_its_own_kpis(both: Report, store: Store) -> None:
    async with browsing(both, store, WIDE) as desk:
        await desk.press("/")
        await desk.type("首都圏等")
        await desk.press("enter", "G", "enter")
        assert {_row(desk, place)[0] for place in range(len(desk.rows))} == {"yamaguchi-r4"}
        assert [_row(desk, place)[1] for place in range(3)] == ["推14.1", "推14.2", "推14.3"]
        assert "3 / 164件" in desk.text


async def test_the_overview_sets_the_reports_beside_each_other(both: Report, store: Store) -> None:
    async with browsing(both, store, WIDE) as desk:
        await desk.press("1")
        assert desk.line("計  ").split() == ["計", "46", "164", "4", "55", "101", "4", "1,962,679", "63%"]
        assert "yamaguchi-r4    23   82     2    27    51       2    981,340     63%" in desk.text


async def test_the_audit_of_a_bare_table_says_that_there_is_none(store: Store, tmp_path: Path) -> None:
    whole = open_reports([builtin.folder(), bare(tmp_path / "kpis.parquet")])
    async with browsing(whole, store, WIDE) as desk:
        await desk.press("4")
        assert _row(desk, 0)[:2] == ["yamaguchi-r3", "推14"]
        await desk.press("G")
        assert _row(desk, -1)[0] == "kpis"
        assert "監査はありません" in desk.text


async def test_reading_again_reads_all_of_them(both: Report, store: Store, next_year: Path) -> None:
    async with browsing(both, store, LARGE) as desk:
        text = (next_year / "kpis.csv").read_text("utf-8")
        (next_year / "kpis.csv").write_text(text.replace(",20,20,ha,ha,-22,-22,", ",20,20,ha,ha,20,20,"), "utf-8")
        await desk.press("R")
        assert "悪化 3" in desk.lines[0]
        assert "達成 102" in desk.lines[0]
        (next_year / "kpis.csv").write_text("id\n", "utf-8")
        await desk.press("R")
        assert "r4/kpis.csv" in desk.notice
        assert "達成 102" in desk.lines[0]


def _heads(desk: Desk) -> list[str]:
    return desk.table[0].split()


async def test_the_column_is_hidden_moved_and_let_go_like_any_other(both: Report, store: Store) -> None:
    async with browsing(both, store, LARGE) as desk:
        await desk.press("h", "h", "-")
        assert _heads(desk)[:2] == ["No", "事業"]
        assert _row(desk, 0)[0] == "推1"
        await desk.press("u")
        assert _heads(desk)[:2] == ["報告書", "No"]
        await desk.press("h", "p")
        assert _heads(desk)[:3] == ["No", "事業", "報告書"]


async def test_the_chooser_offers_the_column_of_several(both: Report, report: Report, store: Store) -> None:
    async with browsing(both, store, LARGE) as desk:
        await desk.press("c")
        assert "[x] 報告書  report" in desk.text
    async with browsing(report, store, LARGE) as desk:
        await desk.press("c")
        assert "report" not in desk.text.replace("reports", "")


async def test_a_view_saved_of_both_holds_what_showed(both: Report, store: Store) -> None:
    async with browsing(both, store, LARGE) as desk:
        await desk.press("3", "f", "home", "j", "space", "f", "w")
        await desk.type("second")
        await desk.press("enter")
        view = store.find("second", both)
        assert view.report_id == "yamaguchi-r3 + yamaguchi-r4"
        assert len(view.ids) == 82
        assert view.ids[0] == "yamaguchi-r4/promotion-1.1"
