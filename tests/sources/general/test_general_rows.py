"""Rows: what is a project, a KPI, a total or prose, and what is not understood and why."""

import pytest
from invented_tables import understood, values

from kpitui.sources.lines import LineKind

HEAD = "No|事業名|事業費(千円)|指標|単位|目標値|実績値|評価\n1|甲|10|来客|人|5|6|A\n"


def kind(row: str) -> tuple[LineKind, str]:
    """What the third row was read as, and why it was not understood."""
    placed = next(each for each in understood(HEAD + row).rows if each.row.line == 3)
    return placed.kind, placed.why.en if placed.why else ""


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("2|乙|20|件数|件|1|2|B", LineKind.PROJECT),
        ("|||件数|件|1|2|", LineKind.KPI),
        ("〃|〃||件数|件|1|2|", LineKind.KPI),
        ("1|甲|10|件数|件|1|2|A", LineKind.KPI),
        ("|甲|10|件数|件|1|2|A", LineKind.KPI),
        ("2|甲|10|件数|件|1|2|A", LineKind.PROJECT),
        ("||10|||||", LineKind.TOTAL),
        ("|合計|10|||||", LineKind.TOTAL),
        ("合　計||10|||||", LineKind.TOTAL),
        ("|||||||", LineKind.BLANK),
        ("※ 実績値は年度末のもの|||||||", LineKind.PROSE),
        ("※ 実績値は年度末のもの", LineKind.PROSE),
        ("|||売上|", LineKind.KPI),
        ("2|乙|20|件数|件|1|2", LineKind.PROJECT),
        ("No|事業名|事業費(千円)|指標|単位|目標値|実績値|評価", LineKind.REPEATED_HEAD),
        ("|||指標|単位|目標値||", LineKind.REPEATED_HEAD),
    ],
)
def test_a_row_is_read_as(row: str, expected: LineKind) -> None:
    assert kind(row) == (expected, "")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("2|乙|20|件数|件|1|2|B|余り", "cells beyond the 8 columns of the head"),
        ("2|乙|件数|件|1|2|B", "only 7 cells, which do not fit the 8 columns"),
        ("|農業||||||", "nothing but a name: a section's heading, perhaps"),
        ("3|||||1|2|", "neither a project's name nor an indicator"),
        ("1|甲|10|||||A", "the project above again, without an indicator"),
        ("|||||5||", "a single cell in a column of values"),
    ],
)
def test_a_row_that_is_not_understood_says_why(row: str, why: str) -> None:
    assert kind(row) == (LineKind.UNKNOWN, why)


def test_a_kpi_below_a_row_not_understood_goes_to_no_project() -> None:
    found = understood(HEAD + "2|乙|20|件数|件|1|2|B|余り\n|||売上|千円|1|2|")
    assert [kpi["project_id"] for kpi in found.kpis] == ["all-1"]
    assert found.rows[-1].why is not None
    assert found.rows[-1].why.en == "a KPI without a project above it"


def test_what_a_kpis_row_says_of_its_project_otherwise_is_not_silent() -> None:
    found = understood(HEAD + "||20|件数|件|1|2|")
    assert [(line, why.en, text) for line, why, text in found.notes.cells] == [
        (3, "a KPI's row says another cost of the project", "20")
    ]


def test_a_rating_on_every_kpi_row_is_the_kpis_own() -> None:
    found = understood("事業名|指標|目標値|実績値|評価\n甲|来客|5|6|達成\n|件数|5|1|未達成\n|売上|5|5|達成")
    assert values(found, "published", "published_raw") == [("met", "達成"), ("not_met", "未達成"), ("met", "達成")]
    assert found.projects[0]["rating"] is None
    assert found.ratings == ()


def test_a_unit_as_above_is_the_one_above() -> None:
    found = understood(HEAD + "|||件数|〃|1|2|")
    assert values(found, "unit") == [("人",), ("人",)]


def test_a_value_in_another_unit_is_kept_as_printed_and_said() -> None:
    found = understood(HEAD + "|||件数|件|1|2%|")
    assert values(found, "actual", "actual_raw") == [(6.0, "6"), (None, "2%")]
    assert [(line, why.en, text) for line, why, text in found.notes.cells] == [(3, "its unit is not 件", "2%")]


def test_the_first_number_of_a_cell_in_another_unit_is_no_value() -> None:
    found = understood(HEAD + "|||待ち時間|分|1時間|75分|\n|||来場|件|3万人|1.5億円|\n|||会員|人|3万人|2,500名|")
    assert values(found, "target", "target_text", "actual")[1:] == [
        (None, "1時間", 75.0),
        (None, "3万人", None),
        (30_000.0, None, 2_500.0),
    ]
    assert [(line, text) for line, _, text in found.notes.cells] == [(3, "1時間"), (4, "3万人"), (4, "1.5億円")]


def test_several_amounts_in_a_cell_are_no_value_and_are_said() -> None:
    found = understood(HEAD + "|||所要時間|時間|1時間30分|1時間45分|\n|||所要時間||1時間30分|2時間|")
    assert values(found, "target", "target_text", "actual", "actual_raw", "unit")[1:] == [
        (None, "1時間30分", None, "1時間45分", "時間"),
        (None, "1時間30分", 2.0, "2時間", "時間"),
    ]
    why = "it holds several amounts, and so no one value"
    assert [(line, why_.en, text) for line, why_, text in found.notes.cells] == [
        (3, why, "1時間30分"),
        (3, why, "1時間45分"),
        (4, why, "1時間30分"),
    ]


def test_targets_in_words_stay_words_and_are_counted() -> None:
    found = understood(HEAD + "|||開設|-|運用開始|調査中|")
    assert values(found, "target", "target_raw", "target_text", "actual", "actual_raw")[1] == (
        None,
        "運用開始",
        "運用開始",
        None,
        "調査中",
    )
    assert found.notes.words == [(3, "target", "運用開始")]
    assert found.notes.marks == {"調査中": 1}


def test_values_without_a_name_in_a_group_are_not_silent() -> None:
    found = understood("事業名|指標①|目標値|指標②|目標値\n甲|来客|5||6")
    assert [(line, why.en, text) for line, why, text in found.notes.cells] == [(2, "values without an indicator", "6")]


def test_the_printed_number_makes_the_id_where_all_are_distinct_whole_numbers() -> None:
    found = understood("No|事業名|評価\n7|甲|A\n3|乙|B")
    assert [(each["id"], each["no"], each["no_raw"]) for each in found.projects] == [
        ("all-7", 7, "7"),
        ("all-3", 3, "3"),
    ]


@pytest.mark.parametrize("numbers", [("0036-1", "0037-1"), ("1", "1"), ("新27-0001", "2"), ("", "1")])
def test_other_numbers_are_kept_and_the_place_makes_the_id(numbers: tuple[str, str]) -> None:
    found = understood(f"No|事業名|評価\n{numbers[0]}|甲|A\n{numbers[1]}|乙|B")
    assert [each["id"] for each in found.projects] == ["all-1", "all-2"]
    assert [each["no_raw"] for each in found.projects] == list(numbers)


def test_a_column_of_grants_makes_the_grants() -> None:
    text = "No|交付金の種類|事業名|評価\n1|地方創生推進交付金|甲|A\n1|地方創生拠点整備交付金|乙|B\n2|別の交付金|丙|A"
    found = understood(text)
    assert [each["id"] for each in found.projects] == ["promotion-1", "facility-1", "grant3-2"]
    assert [each.name for each in found.grants] == ["地方創生推進交付金", "地方創生拠点整備交付金", "別の交付金"]


def test_a_department_in_brackets_is_split_off_the_name() -> None:
    found = understood("事業名|評価|番号\n甲 【農林部】|A|1\n乙|B|2")
    assert [(each["name"], each["department"]) for each in found.projects] == [("甲", "農林部"), ("乙", None)]
