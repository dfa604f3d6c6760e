"""Frequencies, statistics and the matrix, each opening the rows behind it."""

from pathlib import Path

import polars as pl
import pytest
from screen import Desk, browsing

from kpitui.report.model import Report
from kpitui.report.tables import load_table
from kpitui.views.saved import SavedView
from kpitui.views.spec import Filter, ViewSpec
from kpitui.views.store import Store

KPIS = SavedView("", ViewSpec("kpis"))


def _listed(desk: Desk) -> list[list[str]]:
    """The lines of the open list, in words."""
    found = [line.strip().strip("|").split() for line in desk.lines if line.strip().startswith("|")]
    return [words for words in found if words]


# Frequencies


async def test_frequencies_count_the_values_of_a_column_the_most_frequent_first(report: Report, store: Store) -> None:
    async with browsing(report, store, view=KPIS) as desk:
        await desk.press(*["l"] * 5, "F")
        assert _listed(desk)[1:5] == [["達成", "50"], ["未達", "28"], ["悪化", "2"], ["未計測", "2"]]


async def test_a_frequency_opens_its_rows_and_escape_comes_back(report: Report, store: Store) -> None:
    async with browsing(report, store, view=KPIS) as desk:
        await desk.press(*["l"] * 5, "F", "down", "down", "enter")
        assert "> 悪化" in desk.lines[0]
        assert "1[状況: 悪化]" in desk.lines[2]
        assert desk.ids == ["推6.3", "推22.1"]
        await desk.press("escape")
        assert "82 / 82件" in desk.lines[2]
        assert desk.cursor_head == "状況"


async def test_frequencies_are_those_of_the_rows_that_show(report: Report, store: Store) -> None:
    view = SavedView("", ViewSpec("kpis", filters=(Filter("status", ("worsened",)),)))
    async with browsing(report, store, view=view) as desk:
        # 推6.3 is in hectares, 推22.1 in per cent.
        await desk.press(*["l"] * 4, "F")
        assert sorted(_listed(desk)[1:3]) == [["%", "1"], ["ha", "1"]]


async def test_rows_without_a_value_can_be_entered_too(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("l", "l", "F", "end")
        assert _listed(desk)[1:5] == [
            ["2", "相当程度", "12"],
            ["3", "効果あり", "7"],
            ["1", "非常に", "3"],
            ["(なし)", "1"],
        ]
        await desk.press("enter")
        assert desk.ids == ["拠1"]


async def test_cells_of_many_values_are_not_counted_and_it_says_so(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("4", "l", "l", "l", "F")
        assert "値では絞り込めません" in desk.text.replace("\n", "")
        assert "23 / 23件" in desk.lines[2]


# Statistics


async def test_statistics_are_told_unit_by_unit(report: Report, store: Store) -> None:
    async with browsing(report, store, view=KPIS) as desk:
        await desk.press("l", "l", "I")
        title, head, *units = _listed(desk)
        assert title == ["「目標」の分布", "(単位ごと)"]
        assert head == ["件数", "なし", "最小", "中央", "平均", "最大"]
        # 5,000, 11,000, 59,000, 243,440, 491,000 and 1,839,000 thousand yen come to 2,648,440.
        assert units[0] == ["千円", "6", "0", "5,000", "151,220", "441,406.67", "1,839,000"]
        # 33, 16, 2,300 and 2.0 companies: 45 (7.1), 33 (1.3), 2,300 (20.3), 2.0 (21.4).
        assert units[2] == ["社", "4", "0", "2", "39", "595", "2,300"]
        assert not any(words[0] == "(なし)" for words in units)


async def test_what_is_not_measured_counts_as_missing_never_as_zero(report: Report, store: Store) -> None:
    async with browsing(report, store, view=KPIS) as desk:
        await desk.press("l", "l", "l", "I")
        assert ["億円", "0", "1", "-", "-", "-", "-"] in _listed(desk)


async def test_a_unit_opens_its_rows(report: Report, store: Store) -> None:
    async with browsing(report, store, view=KPIS) as desk:
        await desk.press("l", "l", "I", "enter")
        assert "> 千円" in desk.lines[0]
        assert desk.ids == ["推1.1", "推2.1", "推3.1", "推4.1", "推11.1", "推21.2"]


async def test_texts_have_no_statistics_and_it_names_what_counts_them(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("I")
        assert "この列は数値ではありません。F で値の件数" in desk.lines[-1]


# Rating × direction


async def test_the_matrix_opens_the_projects_of_a_pair(report: Report, store: Store) -> None:
    async with browsing(report, store) as desk:
        await desk.press("M")
        found = [(" ".join(words[:-1]), words[-1]) for words in _listed(desk)[1:-1]]
        assert found == [
            ("1 非常に × 終了", "1"),
            ("1 非常に × 継続", "2"),
            ("2 相当程度 × 終了", "2"),
            ("2 相当程度 × 継続", "10"),
            ("3 効果あり × 継続", "7"),
            ("(なし) × 継続", "1"),
        ]
        await desk.press("down", "down", "enter")
        assert "> 2 相当程度 × 終了" in desk.lines[0]
        assert desk.ids == ["推1", "推3"]


@pytest.mark.parametrize("key", ["F", "I", "M"])
async def test_escape_leaves_the_list_without_a_trace(report: Report, store: Store, key: str) -> None:
    async with browsing(report, store) as desk:
        await desk.press("l")
        before = desk.lines
        await desk.press(key, "escape")
        assert desk.lines == before


async def test_thousands_are_told_apart_in_dialogs(tmp_path: Path, store: Store) -> None:
    ids = [f"p-{number}" for number in range(1500)]
    path = tmp_path / "many.parquet"
    rows = {"id": [f"{each}.1" for each in ids], "project_id": ids, "name": ids, "unit": ["件"] * 1500}
    values = {"target": [10.0] * 1500, "actual": [20.0] * 1490 + [None] * 10}
    pl.DataFrame({**rows, **values}).write_parquet(path)
    async with browsing(load_table(path), store, view=KPIS) as desk:
        while desk.cursor_head != "実績":
            await desk.press("l")
        await desk.press("I")
        assert _listed(desk)[2][:3] == ["件", "1,490", "10"]
        await desk.press("escape", "w")
        assert "全ての行 (1,500行)" in desk.text
