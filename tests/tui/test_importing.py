"""A document of any publisher opened in the browser: how it is read, what the reader says to that, and going on."""

import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from screen import HOME, NARROW, TINY, Desk, Size, has_ended, settle

from kpitui.cli import main
from kpitui.config import DEFAULTS, Config
from kpitui.report import builtin
from kpitui.report.load import load
from kpitui.sources.general.trial import begin
from kpitui.text.wording import Lang
from kpitui.tui.app import KpituiApp
from kpitui.tui.commands import COMMANDS
from kpitui.tui.importing.actions import ACTIONS
from kpitui.tui.importing.commands import OWN, SHARED
from kpitui.tui.importing.run import Goal, starting
from kpitui.tui.importing.screen import Importing
from kpitui.tui.started import first_start
from kpitui.views.saved import SavedView
from kpitui.views.spec import ViewSpec
from kpitui.views.store import Store

TABLE = """\
No,事業名,事業費(千円),指標,目標値,実績値,備考
1,道の駅,1200,来場者数,100,120,A
,,,売上額,50,40,
2,空き家,300,成約件数,3,-,B
"""
YEARS = """\
事業名,指標,令和3年度目標値,令和3年度実績値,令和4年度目標値,令和4年度実績値
道の駅,来場者数,100,90,110,120
"""
UNKNOWN_HEADS = "項目,甲,乙\nあ,1,2\nい,3,4\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(TABLE, "utf-8")
    return path


@asynccontextmanager
async def importing(
    path: Path, store: Store, size: Size = HOME, lang: Lang = "en", config: Config = DEFAULTS
) -> AsyncIterator[Desk]:
    """The import screen over a document, its report held beside the views of the test."""
    first_start()
    place = store.folders[0].parent / "held"
    start = starting(begin(path), Goal(place, store, "", config))
    app = KpituiApp(start, SavedView("", ViewSpec()), store, lang, config)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        yield Desk(pilot)


async def choose(desk: Desk, words: str) -> None:
    """In a list that is open: go down to the line with these words, and take it."""
    for _ in range(30):
        chosen = [each.text for each in desk.segments if each.style and each.style.reverse]
        if any(words in text for text in chosen):
            await desk.press("enter")
            return
        await desk.press("down")
    raise AssertionError(f"no {words!r} to choose:\n{desk.text}")


async def test_each_column_stands_with_what_it_is_taken_for(table: Path, store: Store) -> None:
    async with importing(table, store) as desk:
        assert "importing table.csv" in desk.lines[0]
        assert "2 projects, 3 KPIs" in desk.lines[0]
        assert "table 1, head on line 1: a KPI per row" in desk.text
        assert desk.line(" 3 事業費").split()[2:4] == ["cost", "1200"]
        assert desk.line(" 5 目標値").split()[2:] == ["target", "100", "/", "50", "/", "3"]


async def test_the_column_under_the_cursor_stands_below_with_the_reason(table: Path, store: Store) -> None:
    async with importing(table, store) as desk:
        await desk.press("down", "down", "enter")
        assert "cost  (as it is now read)" in desk.text
        await desk.press("escape")
        assert "head    事業費(千円)" in desk.text
        assert "read as cost (unit 千円)  [the head word]" in desk.text
        assert "(2 cells filled)" in desk.text


async def test_another_role_is_understood_at_once_and_can_be_taken_back(table: Path, store: Store) -> None:
    async with importing(table, store) as desk:
        await desk.press("end")
        before = desk.line(" 7 備考")
        await desk.press("enter")
        assert "what does 備考 hold?" in desk.text
        assert "as it is now read" not in desk.text
        await choose(desk, "summary")
        assert "summary" in desk.line(" 7 備考")
        assert "[the map says so]" in desk.text
        await desk.press("u")
        assert desk.line(" 7 備考") == before
        await desk.press("u")
        assert "nothing to undo" in desk.lines[-1]


async def test_a_role_that_leaves_nothing_to_read_says_why(table: Path, store: Store) -> None:
    """Without projects and without indicators a table is about nothing that a report has."""
    async with importing(table, store) as desk:
        await desk.press("g", "down", "down", "enter")
        await choose(desk, "not used")
        assert "2 projects" not in desk.lines[0]
        await desk.press("down", "down", "enter")
        await choose(desk, "not used")
        assert "not readable" in desk.lines[0]
        assert "neither a column of projects nor one of indicators" in " ".join(desk.text.split())


async def test_the_account_tells_every_row(table: Path, store: Store) -> None:
    async with importing(table, store) as desk:
        await desk.press("2", "end")
        assert "rows: 4 = 1 head + 2 project + 1 kpi" in desk.text
        assert "result: 2 projects, 3 KPIs" in desk.text
        await desk.press("escape")
        assert "[1 columns]" in desk.text


async def test_going_on_opens_the_browser_and_keeps_nothing(table: Path, store: Store) -> None:
    async with importing(table, store) as desk:
        await desk.press("o", "enter", "3")
        assert desk.row("1.1").lstrip(">* ").split()[:2] == ["1.1", "来場者数"]
        assert "met 1" in desk.lines[0]
        assert "missed 1" in desk.lines[0]
        assert "unmeasured 1" in desk.lines[0]
    assert {each.name for each in table.parent.iterdir()} <= {"table.csv", "held", "views"}


async def test_going_on_can_keep_the_folder_with_the_map(table: Path, store: Store) -> None:
    folder = table.parent / "kept"
    async with importing(table, store) as desk:
        await desk.press("end", "enter")
        await choose(desk, "summary")
        await desk.press("o", "down", "enter", "ctrl+u")
        await desk.type(str(folder))
        await desk.press("enter")
        assert "saved:" in desk.text
    assert load(folder).projects["summary"].to_list() == ["A", "B"]
    columns = tomllib.loads((folder / "map.toml").read_text("utf-8"))["table"][0]["column"]
    assert (columns[6]["head"], columns[6]["role"]) == ("備考", "summary")


async def test_a_home_that_nobody_has_is_a_folder_like_any_other(
    table: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(table.parent)
    async with importing(table, store) as desk:
        await desk.press("w", "ctrl+u")
        await desk.type("~nobody-at-all/map.toml")
        await desk.press("enter")
        assert "cannot be written" in desk.text


async def test_a_folder_that_holds_a_report_is_replaced_only_when_said_twice(table: Path, store: Store) -> None:
    folder = table.parent / "kept"
    folder.mkdir()
    (folder / "kpis.csv").write_text("mine", "utf-8")
    async with importing(table, store) as desk:
        await desk.press("o", "down", "enter", "ctrl+u")
        await desk.type(str(folder))
        await desk.press("enter")
        assert "Enter again replaces it" in desk.text
        assert (folder / "kpis.csv").read_text("utf-8") == "mine"
        await desk.press("enter")
    assert load(folder).kpis.height == 3


async def test_the_map_alone_is_saved_and_no_file_is_lost(table: Path, store: Store) -> None:
    path = table.parent / "my map.toml"
    async with importing(table, store) as desk:
        await desk.press("w", "ctrl+u")
        await desk.type(str(path))
        await desk.press("enter")
        first = path.read_text("utf-8")
        assert 'head = "指標"\nrole = "indicator"' in first
        path.write_text("mine", "utf-8")
        await desk.press("w", "ctrl+u")
        await desk.type(str(path))
        await desk.press("enter")
        assert path.read_text("utf-8") == "mine"
        await desk.press("enter")
        assert path.read_text("utf-8") == first


async def test_the_year_is_chosen_where_years_stand_side_by_side(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "years.csv"
    path.write_text(YEARS, "utf-8")
    async with importing(path, store) as desk:
        assert "fiscal 2022" in desk.lines[1]
        await desk.press("y")
        await choose(desk, "2021")
        assert "fiscal 2021" in desk.lines[1]
        await desk.press("o", "enter", "3")
        assert desk.row("1.1").lstrip(">* ").split()[3:5] == ["100", "90"]


async def test_rows_and_columns_are_swapped(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "side.csv"
    path.write_text("事業名,甲,乙\n指標,来客,件数\n目標値,10,20\n実績値,12,3\n", "utf-8")
    async with importing(path, store) as desk:
        assert "not readable" in desk.lines[0]
        assert "--transpose" in desk.text
        await desk.press("t")
        assert "2 projects, 2 KPIs" in desk.lines[0]
        assert "[1 columns]" in desk.text


async def test_what_is_refused_says_why_and_leaves_with_the_code_of_an_import(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "lost.txt"
    path.write_text("一覧\n来場者数 目標 100 実績 120\n", "utf-8")
    async with importing(path, store) as desk:
        assert "no column separators" in " ".join(desk.text.split())
        await desk.press("o")
        assert "not readable" in desk.lines[0]
        await desk.press("q")
        assert has_ended(desk.app)
        assert desk.app.return_value == 1


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_a_reader_can_leave(table: Path, store: Store, key: str) -> None:
    async with importing(table, store) as desk:
        await desk.press(key)
        assert has_ended(desk.app)
        assert desk.app.return_value == 0


async def test_a_unit_of_money_that_changes_nothing_is_told_of(table: Path, store: Store) -> None:
    async with importing(table, store) as desk:
        await desk.press("c")
        await desk.type("円")
        await desk.press("enter")
        assert desk.lines[-1].startswith("the heads name the unit, 千円, and that counts; U on the column says another")


async def test_a_unit_of_money_that_counts_is_not(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "bare.csv"
    path.write_text("事業名,事業費,指標,目標値,実績値\n道の改良,1200,延長,10,12\n", "utf-8")
    async with importing(path, store) as desk:
        await desk.press("c")
        await desk.type("円")
        await desk.press("enter")
        assert "the heads name" not in desk.text


async def test_a_stray_escape_does_not_lose_what_was_said(table: Path, store: Store) -> None:
    async with importing(table, store) as desk:
        await desk.press("c")
        await desk.type("円")
        await desk.press("enter", "escape")
        assert not has_ended(desk.app)
        assert "Esc again leaves" in desk.lines[-1]
        await desk.press("escape")
        assert has_ended(desk.app)


async def test_the_head_can_be_said_and_then_the_columns(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(UNKNOWN_HEADS, "utf-8")
    async with importing(path, store) as desk:
        assert "1 項目 | 甲 | 乙" in desk.text
        await desk.press("h", "1", "enter")
        await desk.press("1", "g", "down", "enter")
        await choose(desk, "indicator")
        await desk.press("1")
        assert "1 project" in desk.lines[0]
        assert "2 KPIs" in desk.lines[0]


async def test_lines_that_are_no_numbers_are_complained_of(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(UNKNOWN_HEADS, "utf-8")
    async with importing(path, store) as desk:
        await desk.press("h", "x", "enter")
        assert "lines are written as 3 or 3,4" in desk.text


async def test_a_wrong_encoding_can_be_chosen_and_undone(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "sjis.csv"
    path.write_bytes(TABLE.encode("cp932"))
    async with importing(path, store) as desk:
        assert "来場者数" in desk.text
        await desk.press("e")
        await choose(desk, "latin-1")
        assert "来場者数" not in desk.text
        await desk.press("u", "1")
        assert "2 projects, 3 KPIs" in desk.lines[0]


async def test_a_publication_of_grants_can_be_read_as_any_table(store: Store) -> None:
    async with importing(builtin.folder() / "source.txt", store, lang="ja") as desk:
        assert "事業23件 KPI 82件" in desk.lines[0]
        assert "交付金の公表文書の形式です" in desk.text
        assert "原文155行: 空行 31" in desk.text
        await desk.press("a")
        assert "[1 列]" in desk.text
        assert "② 事業の概要" in desk.text


@pytest.mark.parametrize("size", [HOME, NARROW])
@pytest.mark.parametrize("lang", ["ja", "en"])
async def test_every_key_leaves_the_screen_standing(table: Path, store: Store, size: Size, lang: Lang) -> None:
    async with importing(table, store, size, lang) as desk:
        for command in (*OWN, *(each for each in COMMANDS if each.id in SHARED)):
            if command.id in ("quit", "out"):
                continue
            await desk.press(command.keys[0])
            assert not has_ended(desk.app), command.id
            screen = desk.app.screen_stack[0]
            assert isinstance(screen, Importing)
            if len(desk.app.screen_stack) > 1 or screen.prompt.asked:
                await desk.press("escape")
            await desk.press("1")
            assert "table.csv" in desk.text, command.id


async def test_a_click_on_a_column_asks_for_its_role(table: Path, store: Store) -> None:
    async with importing(table, store) as desk:
        await desk.click(8, desk.y_of(" 4 指標"))
        assert "what does 指標 hold?" in desk.text


async def test_help_lists_the_keys_of_this_screen(table: Path, store: Store) -> None:
    async with importing(table, store, (100, 40)) as desk:
        await desk.press("?")
        for command in OWN:
            assert command.help.en in desk.text


async def test_a_tiny_terminal_gets_a_sentence(table: Path, store: Store) -> None:
    async with importing(table, store, TINY) as desk:
        assert "too small" in desk.text


async def test_hostile_text_is_shown_harmlessly(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "bad[red].csv"
    path.write_text("事業名,指標,[/]\x9b7m目標値,実績値\n[red]甲[/red],a\u202eb[@click=app.quit]c,1,2\n", "utf-8")
    async with importing(path, store) as desk:
        if "not readable" in desk.lines[0]:
            assert "which is no character" in " ".join(desk.text.split())
            return
        assert "[red]甲[/red]" in desk.text
        assert "\u202e" not in desk.text
        assert "\x9b" not in desk.text


async def test_markup_in_cells_is_text(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "bad[red].csv"
    path.write_text("事業名,指標[/],目標値,実績値\n[red]甲[/red],a\u202eb[@click=app.quit]c,1,2\n", "utf-8")
    async with importing(path, store) as desk:
        assert "importing bad[red].csv" in desk.text
        assert "[red]甲[/red]" in desk.text
        assert "a\ufffdb[@click=app.quit]c" in desk.text
        await desk.press("g", "down", "down", "enter")
        assert "what does 指標[/] hold?" in desk.text
        await desk.press("escape", "2")
        assert "指標[/]" in desk.text


def test_every_command_of_the_screen_has_an_action() -> None:
    assert {each.id for each in OWN} | set(SHARED) == set(ACTIONS)


@pytest.mark.parametrize("name", ["table.csv", "table.tsv"])
def test_verbs_without_a_screen_send_a_document_to_the_import(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_text(TABLE, "utf-8")
    assert main(["kpis", "--report", str(path)]) == 1
    assert "kpitui import" in capsys.readouterr().err


async def test_a_long_table_is_read_again_after_a_word_about_it(tmp_path: Path, store: Store) -> None:
    path = tmp_path / "long.csv"
    rows = (f"事業{number},来客,{number},1" for number in range(3_100))
    path.write_text("事業名,指標,目標値,備考\n" + "\n".join(rows), "utf-8")
    async with importing(path, store) as desk:
        assert "3100 projects, 3100 KPIs" in desk.lines[0]
        await desk.press("end", "enter")
        await choose(desk, "actual")
        assert "actual" in desk.line(" 4 備考")
        assert "being read again" not in desk.text


# The reader's own keys


def keyed(**keys: tuple[str, ...]) -> Config:
    return DEFAULTS._replace(keys=keys)


async def test_its_commands_have_the_keys_that_the_reader_gave_them(table: Path, store: Store) -> None:
    async with importing(table, store, config=keyed(import_account=("x",), import_columns=("F6",))) as desk:
        assert "x account" in desk.lines[1]
        await desk.press("x")
        assert "[x account]" in desk.lines[1]
        await desk.press("2")
        assert "[x account]" in desk.lines[1]
        await desk.press("f6")
        assert "[F6 columns]" in desk.lines[1]


async def test_one_key_may_mean_one_thing_here_and_another_in_the_browser(table: Path, store: Store) -> None:
    """By default `2` shows the account here, and the projects there."""
    async with importing(table, store) as desk:
        await desk.press("2")
        assert "[2 account]" in desk.lines[1]
        await desk.press("o", "enter", "3", "2")
        assert "[2 projects]" in desk.lines[1]


async def test_a_key_that_the_reader_gave_to_a_shared_command_is_taken_from_ours(table: Path, store: Store) -> None:
    async with importing(table, store, config=keyed(down=("t",))) as desk:
        await desk.press("home", "down", "t")
        assert "read as project" in desk.text
        assert "t swap" not in desk.lines[-1]


async def test_a_command_chosen_in_the_palette_is_done_and_names_its_key(table: Path, store: Store) -> None:
    async with importing(table, store) as desk:
        await desk.press(":")
        await desk.type("rows left out")
        await desk.press("enter")
        assert "[2 account]" in desk.lines[1]
        assert "2 does it next time" in desk.lines[-1]
