"""Marks with notes, and the questions made of them."""

import tomllib

import pytest
from screen import Desk, browsing

from kpitui.cli import main
from kpitui.report.model import Report
from kpitui.views.saved import SavedView
from kpitui.views.spec import ViewSpec
from kpitui.views.store import Store

KPIS = SavedView("", ViewSpec("kpis"))
MARKED = SavedView("", ViewSpec("kpis", marks=(("promotion-6.3", "なぜ減ったのか"), ("promotion-9.4", ""))))


async def _mark(desk: Desk, note: str) -> None:
    await desk.press("m")
    await desk.type(note)
    await desk.press("enter")


async def test_m_marks_the_row_with_a_note_and_m_again_takes_the_mark_away(report: Report, store: Store) -> None:
    async with browsing(report, store, view=KPIS) as desk:
        await desk.press("j")
        await _mark(desk, "要確認")
        assert desk.row("推1.2").startswith(">+")
        assert not desk.row("推1.1").startswith(" +")
        await desk.press("m")
        assert desk.row("推1.2").startswith("> ")


async def test_escape_leaves_the_row_unmarked(report: Report, store: Store) -> None:
    async with browsing(report, store, view=KPIS) as desk:
        before = desk.lines
        await desk.press("m", "a", "escape")
        assert desk.lines == before


async def test_an_asterisk_shows_only_the_marked_rows(report: Report, store: Store) -> None:
    async with browsing(report, store, view=MARKED) as desk:
        await desk.press("asterisk")
        assert desk.ids == ["推6.3", "推9.4"]
        assert "1[No: 推6.3, 推9.4]" in desk.lines[2]
        assert "2 / 82件" in desk.lines[2]


@pytest.mark.parametrize("key", ["asterisk", "Q"])
async def test_without_a_mark_it_says_how_to_set_one(report: Report, store: Store, key: str) -> None:
    async with browsing(report, store, view=KPIS) as desk:
        await desk.press(key)
        assert "印のある行はありません。m で印を付けます" in desk.lines[-1]
        assert "82 / 82件" in desk.lines[2]


async def test_marks_can_be_undone_under_their_name(report: Report, store: Store) -> None:
    async with browsing(report, store, view=KPIS) as desk:
        await _mark(desk, "x")
        await desk.press("u")
        assert "取り消し: 行に印と覚え書きを付ける・外す" in desk.lines[-1]
        assert desk.row("推1.1").startswith("> ")


async def test_marked_rows_are_questions_with_citations(report: Report, store: Store) -> None:
    async with browsing(report, store, view=MARKED) as desk:
        await desk.press("Q")
        assert "# 質問: 地方創生推進交付金" in desk.text
        assert "1. なぜ減ったのか" in desk.text
        assert "- 推6.3 農業中核経営体の園芸品目の作付増加面積" in desk.text
        assert "2. (質問未記入)" in desk.text
        assert "- 推9.4 資金調達達成件数" in desk.text
        # Line 70 of source.txt prints 0, 20, ha and -22.
        flat = "".join(line.strip() for line in desk.lines)
        assert "70行目" in flat
        assert "「0 / 20 / ha / -22」" in flat
        await desk.press("escape")
        assert "82 / 82件" in desk.lines[2]


async def test_marks_are_saved_with_the_view_and_the_command_line_makes_questions_of_them(
    report: Report, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    async with browsing(report, store, view=KPIS) as desk:
        await _mark(desk, "売上額が二割に留まる理由は")
        await desk.press("w")
        await desk.type("議会")
        await desk.press("enter")
    path = store.folders[0] / "議会.toml"
    assert "売上額が二割に留まる理由は" in path.read_text("utf-8")
    assert "promotion-1.1" in str(tomllib.loads(path.read_text("utf-8")))
    assert main(["views", "questions", str(path), "--lang", "ja"]) == 0
    told = capsys.readouterr().out
    assert "1. 売上額が二割に留まる理由は" in told
    assert "- 推1.1 水素分野におけるコネクタースタートアップ・サプライヤー企業の売上額" in told
    assert "49行目" in told
    async with browsing(report, store, view=store.find("議会", report, "ja")) as desk:
        assert desk.row("推1.1").startswith(">+")


async def test_a_mark_made_inside_a_project_is_there_on_the_table_of_all_kpis(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("enter")
        await _mark(desk, "要確認")
        await desk.press("escape", "3")
        assert desk.row("推1.1").startswith(">+")
        assert desk.row("推1.2").startswith("  ")


async def test_a_mark_on_the_table_of_all_kpis_is_there_inside_its_project(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("3")
        await _mark(desk, "")
        await desk.press("2", "enter")
        assert desk.row("推1.1").startswith(">+")
