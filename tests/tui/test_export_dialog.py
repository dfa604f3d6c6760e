import csv
import io
import tomllib
from pathlib import Path

import polars as pl
import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]
from screen import HOME, NARROW, Size, browsing

from kpitui.report.model import Report
from kpitui.text.wording import Lang
from kpitui.views.spec import ViewSpec
from kpitui.views.store import Store

# Of 82 KPIs 2 worsened; the table of KPIs opens with 8 of its 26 columns.
WORSENED = ["promotion-6.3", "promotion-22.1"]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which kpitui was started."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


@pytest.mark.parametrize("size", [HOME, NARROW])
@pytest.mark.parametrize("lang", ["ja", "en"])
async def test_it_asks_for_all_that_there_is_to_choose(report: Report, store: Store, size: Size, lang: Lang) -> None:
    async with browsing(report, store, size, lang) as desk:
        await desk.press("3", "e")
        shown = "表示中の8列" if lang == "ja" else "the 8 shown"
        assert f"< {shown} >" in desk.text
        assert "< csv" in desk.text
        assert "BOM" in desk.text
        assert "yamaguchi-r3-kpis.csv" in desk.text
        assert "Esc" in desk.text


async def test_enter_writes_the_rows_that_show_and_tells_where(report: Report, store: Store, here: Path) -> None:
    async with browsing(report, store, lang="ja") as desk:
        await desk.press("3", "slash", *"農業中核", "enter", "e", "enter")
        assert names(here) == ["yamaguchi-r3-kpis.csv", "yamaguchi-r3-kpis.csv.meta.toml"]
        assert "書き出しました" in desk.notice
        assert "kpis.csv.meta.toml" in desk.notice
    data = (here / "yamaguchi-r3-kpis.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(data.decode("utf-8-sig").splitlines())
    assert head == ["No", "指標", "開始", "目標", "実績", "単位", "状況", "進捗"]
    assert [(row[0], row[6]) for row in rows] == [("promotion-6.3", "悪化")]
    about = tomllib.loads((here / "yamaguchi-r3-kpis.csv.meta.toml").read_text("utf-8"))
    assert about["source"]["view_ja"] == ["検索: 農業中核"]


async def test_another_format_gives_the_file_another_ending(report: Report, store: Store, here: Path) -> None:
    async with browsing(report, store, lang="en") as desk:
        await desk.press("3", "e", "right")
        assert "yamaguchi-r3-kpis.xlsx" in desk.text
        assert "BOM" not in desk.text
        await desk.press("left", "left")
        assert "yamaguchi-r3-kpis.parquet" in desk.text
        assert "as on screen" not in desk.text
        await desk.press("enter")
    assert pl.read_parquet(here / "yamaguchi-r3-kpis.parquet", glob=False).columns == list(ViewSpec("kpis").shown)


async def test_a_name_of_the_readers_own_stays(report: Report, store: Store, here: Path) -> None:
    async with browsing(report, store) as desk:
        await desk.press("3", "e", "up")
        await desk.press("end", *["backspace"] * len("yamaguchi-r3-kpis.csv"), *"表", "enter")
        assert names(here) == ["表", "表.meta.toml"]
        await desk.press(
            "e", "up", "end", *["backspace"] * len("yamaguchi-r3-kpis.csv"), *"b", "down", "right", "enter"
        )
    assert "b" in names(here)
    assert load_workbook(io.BytesIO((here / "b").read_bytes())).sheetnames == ["kpis", "about"]


async def test_all_columns_and_keys_can_be_chosen(report: Report, store: Store, here: Path) -> None:
    async with browsing(report, store) as desk:
        await desk.press("3", "e", "down", "right", "down", "space", "down", "l", "enter")
    data = (here / "yamaguchi-r3-kpis.csv").read_text("utf-8")
    head, first = data.splitlines()[:2]
    assert len(head.split(",")) == 26
    assert head.startswith("id,project_id,grant,")
    assert first.startswith("promotion-1.1,promotion-1,promotion,1,")


async def test_a_click_takes_the_next_choice(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("3", "e")
        y = desk.lines.index(desk.line("< csv"))
        await desk.click(20, y)
        assert "< xlsx" in desk.text


async def test_an_existing_file_is_replaced_by_a_second_enter_alone(report: Report, store: Store, here: Path) -> None:
    path = here / "yamaguchi-r3-kpis.csv"
    path.write_text("mine")
    async with browsing(report, store, lang="ja") as desk:
        await desk.press("3", "e", "enter")
        assert "yamaguchi-r3-kpis.csv は既にあります" in desk.text
        assert path.read_text() == "mine"
        assert names(here) == [path.name]
        await desk.press("right", "left", "enter")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


async def test_another_name_asks_again(report: Report, store: Store, here: Path) -> None:
    for form in ("csv", "xlsx"):
        (here / f"yamaguchi-r3-kpis.{form}").write_text("mine")
    async with browsing(report, store, lang="en") as desk:
        await desk.press("3", "e", "enter", "right", "enter")
        assert "yamaguchi-r3-kpis.xlsx exists" in desk.text
    assert (here / "yamaguchi-r3-kpis.xlsx").read_text() == "mine"


@pytest.mark.parametrize(
    ("typed", "told"),
    [("", "give the file a name"), ("none/a.csv", "No such file"), (".", "is a folder")],
)
async def test_what_cannot_be_written_is_told_and_the_dialog_stays(
    report: Report, store: Store, here: Path, typed: str, told: str
) -> None:
    async with browsing(report, store, lang="en") as desk:
        await desk.press("3", "e", "up", "end", *["backspace"] * len("yamaguchi-r3-kpis.csv"), *typed, "enter")
        assert told in " ".join(desk.text.replace("|", " ").split())
        assert "< csv" in desk.text
    assert names(here) == []


async def test_escape_leaves_without_a_file(report: Report, store: Store, here: Path) -> None:
    async with browsing(report, store) as desk:
        await desk.press("3", "e", "right", "escape")
        assert "< xlsx" not in desk.text
    assert names(here) == []


async def test_a_view_that_has_a_name_gives_it_to_the_file(report: Report, store: Store, here: Path) -> None:
    view = store.find("worsened", report)
    async with browsing(report, store, view=view) as desk:
        await desk.press("e")
        assert "yamaguchi-r3-worsened.csv" in desk.text
        await desk.press("enter")
    about = tomllib.loads((here / "yamaguchi-r3-worsened.csv.meta.toml").read_text("utf-8"))
    assert about["source"]["view"] == "worsened"
    assert about["source"]["rows"] == len(WORSENED)


async def test_a_page_has_nothing_to_export(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("1", "e")
        assert "< csv" not in desk.text
