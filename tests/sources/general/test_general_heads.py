"""Heads: words reduced, several rows, heads not in the first row, repeated and shuffled ones, and equal ones."""

import pytest
from invented_tables import doubts, roles, understood, values

from kpitui.sources.general.explain import remarks
from kpitui.sources.general.headword import read
from kpitui.sources.general.options import Options
from kpitui.sources.general.understand import understand
from kpitui.sources.lines import LineKind
from kpitui.sources.raw.model import Document, RawRow, RawTable


@pytest.mark.parametrize(
    ("head", "word"),
    [
        ("No.", "no"),
        ("① 交付金事業の名称", "交付金事業の名称"),
        ("今後の 事業展開方針", "今後の事業展開方針"),
        ("交付金の種\n類", "交付金の種類"),
        ("③ 実績額\n（千円）", "実績額"),
        ("２０２１年度 目標値", "目標値"),
        ("目標(指標)名", "目標名"),
        ("Description / Aims", "descriptionaims"),
        ("【所管課】", "所管課"),
    ],
)
def test_a_head_is_reduced_to_its_word(head: str, word: str) -> None:
    assert read(head).word == word


def test_a_head_carries_unit_date_ordinal_family_and_aim() -> None:
    assert read("執行額(百万円)").unit == "百万円"
    assert read("目標値 (R4.3時点)").period == (2021, "2022-03")
    assert (read("output_name3").family, read("output_name3").ordinal) == ("output", 3)
    assert (read("指標②").ordinal, read("活動指標ウ").ordinal) == (2, 3)
    assert (read("目標値(増加分)").aim, read("削減量 減少分").aim) == ("increase", "decrease")


def test_the_head_need_not_be_the_first_row() -> None:
    found = understood("ある市の報告\n\n事業名|指標|目標値|実績値\n甲|来客|10|12")
    assert [row.line for row in found.tables[0].head] == [3]
    assert found.facts.title.value == "ある市の報告"


def test_group_heads_stand_over_the_unnamed_columns_to_their_right() -> None:
    found = understood("No|事業名|重要業績評価指標(KPI)|||評価\n||指標名|目標|実績|\n1|甲|来客|10|12|A")
    assert roles(found) == ["number", "project", "indicator", "target", "actual", "rating"]
    assert values(found, "name", "target", "actual") == [("来客", 10.0, 12.0)]


def test_sub_heads_that_lost_their_places_replace_their_group() -> None:
    text = """
No|① 事業の名称|③ 実績額 (千円)|④ 本事業における重要業績評価指標(KPI)増加分|||⑤ 実績値 (R4.3)|⑥ 事業効果
|||指標|事業開始前|目標値 (R4.3時点)||単位
1|甲事業|10|来客|5|7|人|8|A
2|乙事業|20|件数|0|3|件|2|B
"""
    found = understood(text)
    expected = ["number", "project", "cost", "indicator", "baseline", "target", "unit", "actual", "rating"]
    assert roles(found) == expected
    assert values(found, "baseline", "target", "actual", "unit") == [(5.0, 7.0, 8.0, "人"), (0.0, 3.0, 2.0, "件")]
    assert found.grants[0].aim is not None
    assert found.grants[0].aim.value == "increase"


def test_a_repeated_head_is_passed_over_though_shuffled() -> None:
    text = """
No|事業名|指標|開始前|目標値|単位|実績値
1|甲|来客|5|7|人|8
No|事業名|指標|目標値|単位|実績値|
|||開始前|目標値|単位|
2|乙|件数|0|3|件|2
"""
    found = understood(text)
    assert found.counts[LineKind.REPEATED_HEAD] == 2
    assert values(found, "baseline", "target", "actual") == [(5.0, 7.0, 8.0), (0.0, 3.0, 2.0)]


def test_a_second_table_with_other_columns_is_read_by_its_own_head() -> None:
    text = """
事業名|指標|目標値|実績値
甲|来客|10|12

施設の整備
施設整備計画の名称|指標|目標値|実績値|今後の方針|左記の理由
乙館|利用者|20|5|継続|計画どおり
"""
    found = understood(text)
    assert len(found.tables) == 2
    assert [project["id"] for project in found.projects] == ["t1-1", "t2-1"]
    assert found.projects[1]["direction_reason"] == "計画どおり"
    assert found.tables[1].title is not None
    assert found.tables[1].title.cells == ("施設の整備",)


def test_pages_of_one_table_are_one_table() -> None:
    first = RawTable("page 1 table 1", (RawRow(1, ("事業名", "指標", "目標値")), RawRow(2, ("甲", "来客", "1"))))
    second = RawTable("page 2 table 1", (RawRow(1, ("", "売上", "2")), RawRow(2, ("乙", "件数", "3"))))
    found = understand(Document("a.pdf", (first, second), ()), Options())
    assert [kpi["id"] for kpi in found.kpis] == ["all-1.1", "all-1.2", "all-2.1"]


def test_equal_heads_are_told_apart_by_their_place_and_asked_about() -> None:
    text = """
事業名|指標|目標|実績|目標|実績|目標|実績
甲|来客|1|2|3|4|5|
"""
    found = understood(text)
    assert values(found, "target", "actual") == [(3.0, 4.0)]
    assert [(year["target"], year.get("actual")) for year in found.years] == [(1.0, 2.0), (3.0, 4.0), (5.0, None)]
    assert len([each for each in doubts(found) if "told apart by their place" in each]) == 6


def test_of_two_columns_of_ratings_the_first_is_read_and_the_other_asked_about() -> None:
    found = understood("Project Name|Department|colour_rating|colour_rating\nA|X|Green|Red\nB|Y|Amber|Red")
    assert [project["rating"] for project in found.projects] == ["Green", "Amber"]
    assert doubts(found) == [
        "column 4 colour_rating: another column of its kind is used (column 3); this one says something else in 2 rows"
    ]


def test_a_second_column_of_ratings_is_said_by_what_is_lost_with_it() -> None:
    head = "Project Name|Department|IPA rating|SRO rating"
    found = understood(f"{head}\nA|X|Green|Red\nB|Y|NA|Red\nC|Y|Red|Red\nD|Y|Amber|NA")
    assert [project["rating"] for project in found.projects] == ["Green", None, "Red", "Amber"]
    assert [each for each in doubts(found) if "column 4" in each] == [
        "column 4 SRO rating: another column of its kind is used (column 3); this one says something else in 2 rows, "
        "in 1 of which column 3 says nothing"
    ]
    assert any("in 1 of which column 3 says nothing" in line.en for line in remarks(found))


def test_a_second_column_that_says_the_same_is_no_loss() -> None:
    found = understood("Project Name|Department|colour_rating|colour_rating\nA|X|Green|Green\nB|Y|Amber|NA")
    assert doubts(found) == ["column 4 colour_rating: another column holds the same (column 3 is used)"]
    assert remarks(found) == []
