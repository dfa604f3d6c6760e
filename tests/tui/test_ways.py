"""Finding one's way: back, straight to a project, by the palette, and by what the browser says."""

from pathlib import Path
from time import monotonic

import pytest
from screen import HOME, LARGE, WIDE, Desk, browsing, settle

from kpitui.report.load import load
from kpitui.report.model import Report
from kpitui.text.wording import Lang
from kpitui.tui.app import KpituiApp
from kpitui.views.saved import SavedView
from kpitui.views.spec import ViewSpec
from kpitui.views.store import Store

# The previous view


async def test_an_apostrophe_goes_back_to_what_was_looked_at_before_and_forth_again(
    report: Report, store: Store
) -> None:
    async with browsing(report, store) as desk:
        await desk.press("j", "j", "3", "j", "apostrophe")
        assert "23 / 23件" in desk.lines[2]
        assert desk.cursor == "推3"
        await desk.press("apostrophe")
        assert "82 / 82件" in desk.lines[2]
        assert desk.cursor == "推1.2"


async def test_an_apostrophe_goes_back_from_an_opened_view(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("v", "enter")
        assert "30 / 82件" in desk.lines[2]
        await desk.press("apostrophe")
        assert "23 / 23件" in desk.lines[2]


# Straight to a project


async def test_o_finds_a_project_by_its_number(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("o")
        await desk.type("推12")
        await desk.press("enter")
        assert "> 推12 " in desk.lines[0]
        assert desk.ids == ["推12.1", "推12.2", "推12.3", "推12.4"]


async def test_o_finds_a_project_by_its_name_from_anywhere_and_escape_leads_to_the_projects(
    report: Report, store: Store
) -> None:
    async with browsing(report, store) as desk:
        await desk.press("4", "o")
        await desk.type("アウトドア")
        await desk.press("enter")
        assert desk.ids == ["推20.1", "推20.2", "推20.3"]
        await desk.press("escape")
        assert "[2 事業]" in desk.lines[1]


# The trail


async def test_the_trail_names_report_grant_project_and_kpi(report: Report, store: Store) -> None:
    async with browsing(report, store, WIDE) as desk:
        await desk.press("j", "j", "j", "enter", "enter")
        steps = [step.strip() for step in desk.lines[0].split(">")]
        assert steps[0] == "山口県(推定) 令和3年度"
        assert steps[1].startswith("地方創生")
        assert steps[2].startswith("推4 瀬戸内高度産業人材")
        assert steps[3].startswith("推4.1")
        await desk.press("escape")
        assert "推4.1" not in desk.lines[0]


# The palette


async def test_the_palette_shows_each_commands_key_and_names_it_for_next_time(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("l", "colon")
        await desk.type("この列を隠す")
        assert "この列を隠す  (-)" in desk.text
        await desk.press("enter")
        assert "実績額" not in desk.table[0]
        assert "隠す: 次からは -" in desk.lines[-1]
        await desk.press("j")
        assert "次からは" not in desk.lines[-1]


@pytest.mark.parametrize(("lang", "said"), [("ja", "一致する命令はありません"), ("en", "no command matches")])
async def test_the_palette_says_in_the_readers_language_that_nothing_matches(
    report: Report, store: Store, lang: Lang, said: str
) -> None:
    async with browsing(report, store, lang=lang) as desk:
        await desk.press("colon")
        await desk.type("qqq")
        end = monotonic() + 60
        while said not in desk.text and monotonic() < end:
            await desk.pilot.pause(0.05)
        assert said in desk.text
        assert "No matches" not in desk.text


@pytest.mark.parametrize("name", ["[/] x", "[KPI]達成 [red]赤[/red]", "[@click=app.quit]x[/]"])
async def test_a_project_is_found_by_the_name_it_has_however_much_it_looks_like_markup(
    copied: Path, store: Store, name: str
) -> None:
    path = copied / "projects.csv"
    printed = "瀬戸内コンビナートの強みに着目したコネクタースタートアップ・サプライヤー創出支援事業"
    path.write_text(path.read_text("utf-8").replace(f",{printed},", f",{name},", 1), "utf-8")
    async with browsing(load(copied), store) as desk:
        await desk.press("o")
        assert f"推1 {name}" in desk.text
        await desk.type(name[:5])
        await desk.press("enter")
        assert f"推1 {name}" in desk.text
        assert "3 / 82件" in desk.text


@pytest.mark.parametrize(("lang", "said"), [("ja", "一致する事業はありません"), ("en", "no project matches")])
async def test_that_no_project_matches_is_said_in_the_readers_language(
    report: Report, store: Store, lang: Lang, said: str
) -> None:
    async with browsing(report, store, lang=lang) as desk:
        await desk.press("o")
        await desk.type("qqq")
        end = monotonic() + 60
        while said not in desk.text and monotonic() < end:
            await desk.pilot.pause(0.05)
        assert said in desk.text


# The clipboard inside tmux


async def test_inside_tmux_a_copied_cell_is_handed_to_tmux(
    report: Report, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, taken = tmp_path / "said", tmp_path / "taken"
    tmux = tmp_path / "tmux"
    tmux.write_text(f'#!/bin/sh\necho "$@" > {said}\ncat > {taken}\n', "utf-8")
    tmux.chmod(0o755)
    monkeypatch.setenv("TMUX", "/tmp/tmux-0/default,1,0")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    async with browsing(report, store) as desk:
        await desk.press("l", "y")
        assert "tmux経由で端末のクリップボードへ送りました" in desk.lines[-1]
    # What was spent on the first project, in thousand yen.
    assert taken.read_text("utf-8").replace(",", "") == "43840"
    assert said.read_text("utf-8") == "load-buffer -w -\n"


# What the browser says


async def test_undo_and_redo_name_what_they_did(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("l", "s", "u")
        assert "取り消し: この列で並べ替える" in desk.lines[-1]
        assert "並び" not in desk.lines[2]
        await desk.press("ctrl+r")
        assert "やり直し: この列で並べ替える" in desk.lines[-1]
        assert "並び: 実績額" in desk.lines[2]


async def test_undo_names_filters_too_in_the_order_they_were_made(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("l", "l", "=", "!", "u")
        assert "取り消し: このセルの値の行を除く" in desk.lines[-1]
        assert "12 / 23件" in desk.lines[2]
        await desk.press("u")
        assert "取り消し: このセルの値の行だけ" in desk.lines[-1]
        assert "23 / 23件" in desk.lines[2]


async def test_after_what_may_surprise_the_way_back_is_named(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("l", "l")
        for key in ("=", "0", "!", "minus"):
            await desk.press(key)
            assert "u で元に戻せます" in desk.lines[-1], key
        await desk.press("s")
        assert "元に戻せます" not in desk.lines[-1]


async def test_the_first_start_names_five_keys_and_later_ones_none(report: Report, store: Store) -> None:
    for first in (True, False):
        app = KpituiApp(report, SavedView("", ViewSpec()), store, "ja")
        async with app.run_test(size=HOME, notifications=True) as pilot:
            await settle(pilot)
            desk = Desk(pilot)
            said = "Enter 中へ、f 絞る、/ 検索、v ビュー、? ヘルプ"
            assert (said in desk.lines[-1]) == first
            await desk.press("j")
            assert said not in desk.text


async def test_help_names_nothing_that_does_not_work_here(report: Report, store: Store) -> None:
    async with browsing(report, store, WIDE) as desk:
        await desk.press("1", "question_mark")
        assert desk.y_of("ここで使えるキー") < desk.y_of("事業の達成の数え方を替える")
        assert "この列で並べ替える" not in desk.text


async def test_a_kpi_from_the_table_of_kpis_tells_its_grant_and_project(report: Report, store: Store) -> None:
    async with browsing(report, store, LARGE) as desk:
        await desk.press("3", "enter")
        assert "地方創生推… > 推1 " in desk.lines[0]
        assert desk.lines[0].split(" > ")[-1].startswith("推1.1")
        await desk.press("2", "enter", "enter")
        assert desk.lines[0].count("推1 ") == 1
