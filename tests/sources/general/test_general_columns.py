"""What a column holds, by its head, by the other heads, and by what stands in it."""

import pytest
from invented_tables import NAMED_GROUPS, doubts, roles, understood, values

from kpitui.sources.general.options import Options
from kpitui.sources.general.understand import understand
from kpitui.sources.raw.model import Document, RawRow, RawTable


def test_the_present_value_is_the_baseline_of_a_plan() -> None:
    found = understood("施策|指標|現状値|目標値\n緑化|本数|100|500")
    assert values(found, "baseline", "target", "actual") == [(100.0, 500.0, None)]
    assert doubts(found) == ["column 3 現状値: no column of actuals, so it is taken for a plan's baseline"]


def test_the_present_value_is_the_latest_of_a_progress_report() -> None:
    found = understood("施策|指標|基準値(H27)|現状値(R2)|目標値(R6)\n緑化|本数|100|300|500")
    assert values(found, "baseline", "target", "actual", "target_date") == [(100.0, 500.0, 300.0, "2024")]
    assert doubts(found) == []


def test_the_present_value_beside_an_actual_is_the_baseline() -> None:
    found = understood("施策|指標|現状値|目標値|実績\n緑化|本数|100|500|300")
    assert values(found, "baseline", "target", "actual") == [(100.0, 500.0, 300.0)]


def test_an_actual_amount_is_money_and_no_actual() -> None:
    found = understood("事業名|実績額(百万円)|指標|目標|実績\n甲|1.5|来客|10|12")
    assert roles(found) == ["project", "cost", "indicator", "target", "actual"]
    assert found.projects[0]["cost"] == 1500


def test_what_stands_below_a_head_of_money_is_money() -> None:
    found = understood("事業名|事業費(千円)||指標|目標|実績\n|予算|決算|||\n甲|20|15|来客|10|12")
    assert found.projects[0]["cost"] == 15
    assert values(found, "target", "actual") == [(10.0, 12.0)]


def test_of_several_amounts_what_was_spent_goes_before_what_was_planned() -> None:
    found = understood("事業名|予算額|決算額|評価\n甲|20|15|A\n乙|30|25|B")
    assert [project["cost"] for project in found.projects] == [15, 25]


@pytest.mark.parametrize(
    ("head", "cell", "cost"),
    [
        ("執行額(円)", "1,234,567", 1235),
        ("執行額(千円)", "1,234", 1234),
        ("執行額(百万円)", "12.0", 12000),
        ("実績額(千円)", "3万", 30),
        ("実績額(億円)", "9億", 900_000),
        ("執行額(億円)", "1.5", 150000),
        ("執行額", "9億円", 900000),
        ("執行額", "未定", None),
    ],
)
def test_money_is_told_in_thousand_yen(head: str, cell: str, cost: int | None) -> None:
    found = understood(f"事業名|{head}|評価\n甲|{cell}|A\n乙|{cell}|B")
    assert found.projects[0]["cost"] == cost
    assert found.projects[0]["cost_raw"] == cell


def test_a_note_beside_the_table_names_the_unit_of_money() -> None:
    found = understood("単位:百万円\n事業名|事業費|評価\n甲|2|A\n乙|3|B")
    assert [project["cost"] for project in found.projects] == [2000, 3000]
    assert doubts(found) == []


def test_money_without_a_unit_is_asked_about() -> None:
    found = understood("事業名|事業費|評価\n甲|2|A\n乙|3|B")
    assert doubts(found) == ["cost: no unit of money is named: taken for thousand yen"]


@pytest.mark.parametrize(
    ("head", "cell", "cost", "currency"),
    [
        ("Whole Life Cost (£m)", "1,234.5", 1234500, "£"),
        ("Budget ($ thousand)", "35", 35, "$"),
        ("Budget (USD)", "2,500", 3, "$"),
        ("Budget", "€1.2bn", 1200000, "€"),
        ("Budget (¥m)", "3", 3000, "円"),
    ],
)
def test_money_of_another_currency_is_told_in_its_thousands(head: str, cell: str, cost: int, currency: str) -> None:
    found = understood(f"Project Name|{head}|RAG\nA|{cell}|Green\nB|{cell}|Red")
    assert (found.projects[0]["cost"], found.currency) == (cost, currency)
    assert found.projects[0]["cost_raw"] == cell
    assert doubts(found) == []


def test_money_of_a_second_currency_is_kept_as_printed_and_never_summed_with_the_first() -> None:
    found = understood("Project Name|Cost (£m)|RAG\nA|12|Green\nB|$7m|Red")
    assert [(project["cost"], project["cost_raw"]) for project in found.projects] == [(12000, "12"), (None, "$7m")]
    assert [(line, cell) for line, _, cell in found.notes.cells] == [(3, "$7m")]


def test_a_column_of_sentences_is_no_target_though_its_head_says_so() -> None:
    found = understood("事業名|成果目標|成果指標|目標値|実績\n甲|来客を大いに増やすことを目指します。|来客|10|12")
    assert roles(found) == ["project", "", "indicator", "target", "actual"]
    assert doubts(found) == ["column 2 成果目標: it holds words, not numbers"]


def test_a_baseline_without_indicators_is_no_value_of_one() -> None:
    found = understood("Project Name|Financial Year Baseline (£m)|RAG rating\nA|12|Green\nB|7|Red")
    assert roles(found) == ["project", "", "rating"]


def test_words_for_what_happens_next_tell_a_column_whose_head_does_not() -> None:
    found = understood("事業名|事業費(千円)|ev\n甲|1|現状継続\n乙|2|拡大\n丙|3|廃止方向")
    assert roles(found)[2] == "direction"
    assert [(each.text, each.outcome) for each in found.directions] == [
        ("拡大", "continue"),
        ("現状継続", "continue"),
        ("廃止方向", "end"),
    ]


def test_a_known_scale_tells_a_column_whose_head_does_not() -> None:
    found = understood("Project Name|Department|Overall view\nA|X|Amber\nB|Y|Green")
    assert roles(found)[2] == "rating"
    assert "column 3 Overall view: its values are a known scale of ratings (Green–Red)" in doubts(found)


def test_groups_are_told_by_name_and_number_wherever_they_stand() -> None:
    found = understood(NAMED_GROUPS)
    assert values(found, "name", "actual", "unit") == [
        ("清掃の回数", 12.0, "回"),
        ("満足度", 81.5, "%"),
        ("購入冊数", 300.0, "冊"),
        ("督促状", 5.0, "通"),
        ("データなし", None, None),
    ]
    assert found.notes.skipped == 1
    assert "indicator: 1 indicators whose name says that there is none" in doubts(found)


def test_where_no_head_says_project_the_first_column_of_words_is_taken_and_asked_about() -> None:
    found = understood("もの|指標|目標|実績\n甲|来客|10|12")
    assert found.projects[0]["name"] == "甲"
    assert doubts(found) == ["column 1 もの: no head says project, so the first column of words is taken for it"]


def test_targets_and_actuals_in_rows_of_their_own_are_put_together() -> None:
    found = understood(
        "事業名|指標|単位|区分|R2|R3\n甲|来客|人|目標|10|20\n|||実績|9|18\n|売上|円|目標値|5|6\n|||実績値|4|-\n|||達成率|80%|"
    )
    assert values(found, "name", "target", "actual", "unit") == [("来客", 20.0, 18.0, "人"), ("売上", 6.0, None, "円")]
    assert found.counts == {"head": 1, "project": 1, "kpi": 4}
    assert [(each["year"], each["target"], each["actual"]) for each in found.years[:2]] == [
        (2020, 10.0, 9.0),
        (2021, 20.0, 18.0),
    ]


def test_rows_of_targets_and_actuals_may_repeat_their_names() -> None:
    found = understood("事業名|指標|区分|値\n甲|来客|目標|10\n甲|来客|実績|12\n乙|来客|目標|7\n乙|来客|実績|3")
    assert values(found, "target", "actual") == [(10.0, 12.0), (7.0, 3.0)]
    assert [project["name"] for project in found.projects] == ["甲", "乙"]


def test_a_row_of_targets_without_its_actual_keeps_to_itself() -> None:
    found = understood("事業名|指標|区分|R3\n甲|来客|目標|10\n乙|成約|目標|5\n乙|成約|実績|4\n丙|件数|実績|1")
    assert values(found, "name", "target", "actual") == [
        ("来客", 10.0, None),
        ("成約", 5.0, 4.0),
        ("件数", None, 1.0),
    ]


def test_dates_below_the_heads_belong_to_their_columns() -> None:
    found = understood("事業|指標|単位|策定時|実績|目標\n|||(H30)|(R4)|(R6)\n甲|来客|人|2|5|8\n乙|雇用|人|20|55|50")
    assert [column.year for column in found.tables[0].columns] == [None, None, None, 2018, 2022, 2024]
    assert values(found, "baseline", "target", "actual", "target_date")[0] == (2.0, 8.0, 5.0, "2024")


def test_beside_a_target_of_a_later_year_the_one_without_a_year_is_read() -> None:
    found = understood("事業|最終目標(R9)|実績|今年度目標|指標\n甲|100|40|50|来客\n乙|5|1|2|成約")
    assert values(found, "target", "actual") == [(50.0, 40.0), (2.0, 1.0)]
    assert [each["target"] for each in found.years if each["year"] == 2027] == [100.0, 5.0]


def test_heads_numbered_by_kana_below_years_are_sub_heads() -> None:
    found = understood("事業名|指標|R3年度||R4年度|\n||ア 目標|イ 実績|ア 目標|イ 実績\n甲|来客|100|90|110|115")
    assert roles(found) == ["project", "indicator", "target", "actual", "target", "actual"]
    assert values(found, "target", "actual") == [(110.0, 115.0)]


def test_money_in_thousands_of_dollars_is_not_taken_for_yen() -> None:
    found = understood("Project|Indicator|Target|Actual|Budget ($ thousand)\nA|visits|1 000|1 150|35")
    assert found.tables[0].columns[4].unit == "$ thousand"
    assert values(found, "target", "actual") == [(1000.0, 1150.0)]


@pytest.mark.parametrize(
    ("head", "cost", "told"),
    [
        ("TOTAL Baseline Whole Life Costs (£m)", None, "not read as cost"),
        ("Departmental Budget (£m)", None, "not read as cost"),
        ("Whole Life Cost (£m)", 5000, "yet it is shown as cost"),
        ("予算額(百万円)", 5000, "yet it is shown as cost"),
        ("予算額・執行額(百万円)", 5000, "the head word"),
        ("決算額(百万円)", 5000, "the head word"),
        ("Departmental Spend (£m)", 5000, "the end of the head"),
    ],
)
def test_a_budget_or_plan_is_no_silent_spend(head: str, cost: int | None, told: str) -> None:
    found = understood(f"Project Name|RAG|{head}\nA|Red|5\nB|Green|6")
    assert found.projects[0]["cost"] == cost
    column = found.tables[0].columns[2]
    assert told in column.why.en
    assert ("not what was spent" in column.why.en) == ("spent" in told or "as cost" in told)
    assert (column.doubt is not None) == (cost is None or "end" in told)


def test_sheets_read_together_are_asked_about() -> None:
    head = RawRow(1, ("事業名", "指標", "目標値"))
    sheets = tuple(RawTable(name, (head, RawRow(2, ("甲", "来客", "1")))) for name in ("R3", "R4"))
    found = understand(Document("a.xlsx", sheets, ()), Options())
    assert doubts(found) == ["sheet: these sheets are read as one report: R3, R4 (--sheet for one of them)"]
    assert [(each.key, each.name, each.short) for each in found.grants] == [("t1", "R3", "A"), ("t2", "R4", "B")]


def test_of_rate_and_status_the_status_is_what_was_published() -> None:
    found = understood(
        "事業名|指標|目標値|実績値|達成率(%)|達成状況\n甲|来客|100|120|120|達成\n乙|件数|50|40|80|未達成"
    )
    assert [(kpi["published"], kpi["published_raw"]) for kpi in found.kpis] == [("met", "達成"), ("not_met", "未達成")]
    assert doubts(found) == [
        "column 5 達成率(%): another column of its kind is used (column 6); this one says something else in 2 rows"
    ]


def test_a_rate_speaks_where_the_column_of_statuses_is_empty() -> None:
    found = understood("事業名|指標|目標値|実績値|達成率|達成状況\n甲|来客|100|120|120%|\n乙|件数|50|40|80%|")
    assert [kpi["published_raw"] for kpi in found.kpis] == ["120%", "80%"]


@pytest.mark.parametrize(
    ("text", "projects"),
    [
        ("Objective|Target|Actual|Unit\nVisitors|100|120|people\nJobs|50|40|jobs", ["table"]),
        ("Project|Objective|Target|Actual|Unit\nA|Visitors|100|120|people\nB|Jobs|50|40|jobs", ["A", "B"]),
        ("Project|Objective|Baseline|Target|Actual\nA|Visitors|90|100|120\nB|Jobs|30|50|40", ["A", "B"]),
        ("Strategic objective|Baseline|Target|Actual\nVisitors|90|100|120\nJobs|30|50|40", ["table"]),
    ],
)
def test_an_objective_is_the_kpis_name_where_nothing_else_is(text: str, projects: list[str]) -> None:
    found = understood(text)
    assert values(found, "name", "target", "actual") == [("Visitors", 100.0, 120.0), ("Jobs", 50.0, 40.0)]
    assert len(found.projects) == len(projects)
    assert any("the objective is taken for its name" in each for each in doubts(found))


def test_an_objective_beside_an_indicator_stays_what_the_project_is_for() -> None:
    found = understood("Project|Objective|Indicator|Target|Actual\nA|More guests|Visitors|100|120\nB|Work|Jobs|50|40")
    assert values(found, "name") == [("Visitors",), ("Jobs",)]
    assert [project["summary"] for project in found.projects] == ["More guests", "Work"]


def test_an_objective_in_numbers_is_the_target() -> None:
    found = understood("Project|Indicator|Baseline|Objective|Actual\nA|Visitors|90|100|120\nB|Jobs|30|50|40")
    assert values(found, "baseline", "target", "actual") == [(90.0, 100.0, 120.0), (30.0, 50.0, 40.0)]
    assert doubts(found) == ["column 4 Objective: it holds numbers, not words"]


@pytest.mark.parametrize("levels", ["Ⅰ Ⅲ Ⅱ Ⅳ", "I III II IV"])
def test_roman_ratings_of_kpis_are_published_and_the_projects_own_rating_stays(levels: str) -> None:
    one, two, three, four = levels.split()
    found = understood(
        f"No|事業名|総合評価|指標|目標値|実績値|評価\n1|甲|A|来客|100|120|{one}\n|||売上|50|40|{two}\n"
        f"2|乙|B|件数|3|2|{three}\n|||相談|10|1|{four}"
    )
    assert [kpi["published_raw"] for kpi in found.kpis] == [one, two, three, four]
    assert [kpi.get("published") for kpi in found.kpis] == [None] * 4
    assert [project["rating"] for project in found.projects] == ["A", "B"]


def test_roman_ratings_of_kpis_alone_leave_the_project_without_a_rating() -> None:
    found = understood(
        "事業名|指標|目標値|実績値|評価\n甲|来客|100|120|Ⅰ\n甲|売上|50|40|Ⅲ\n乙|件数|3|2|Ⅱ\n乙|相談|10|1|Ⅳ"
    )
    assert [kpi["published_raw"] for kpi in found.kpis] == ["Ⅰ", "Ⅲ", "Ⅱ", "Ⅳ"]
    assert [project["rating"] for project in found.projects] == [None, None]


def test_a_triangle_among_signs_is_a_rating_and_among_numbers_no_number() -> None:
    found = understood("事業名|指標|目標値|実績値|判断\n甲|来客|100|△|◎\n乙|件数|3|2|△\n丙|相談|10|△1|×")
    assert [project["rating"] for project in found.projects] == ["◎", "△", "×"]
    assert values(found, "actual") == [(None,), (2.0,), (-1.0,)]
    assert found.kpis[0]["actual_raw"] == "△"
    assert [(line, key, text) for line, key, text in found.notes.words] == [(2, "actual", "△")]


def test_signs_below_a_head_of_actuals_are_the_achievement() -> None:
    found = understood("事業名|指標|目標値|実績\n甲|来客|100|◎\n乙|件数|3|△\n丙|相談|10|×")
    assert [kpi["published_raw"] for kpi in found.kpis] == ["◎", "△", "×"]
    assert values(found, "target", "actual") == [(100.0, None), (3.0, None), (10.0, None)]
    assert doubts(found) == ["column 4 実績: it holds signs, not numbers: taken for the achievement"]


def test_a_rating_of_kpis_goes_before_a_rate_and_after_a_status() -> None:
    rows = ["甲|来客|10|12|{}|Ⅰ", "甲|売上|10|4|{}|Ⅲ", "乙|件数|10|8|{}|Ⅱ"]
    rate = understood(
        "\n".join(["事業名|指標|目標値|実績値|達成率|評価", *map(str.format, rows, ("120%", "40%", "80%"))])
    )
    assert [kpi["published_raw"] for kpi in rate.kpis] == ["Ⅰ", "Ⅲ", "Ⅱ"]
    otherwise = "another column of its kind is used (column {}); this one says something else in 3 rows"
    assert doubts(rate)[0] == f"column 5 達成率: {otherwise.format(6)}"
    said = understood(
        "\n".join(["事業名|指標|目標値|実績値|達成状況|評価", *map(str.format, rows, ("達成", "未達", "未達"))])
    )
    assert [kpi["published_raw"] for kpi in said.kpis] == ["達成", "未達", "未達"]
    assert doubts(said)[0] == f"column 6 評価: {otherwise.format(5)}"


def test_a_review_sheets_department_an_arrows_direction_and_how_a_kpi_gets_on() -> None:
    found = understood(
        "事業名|担当部局庁|指標|方向|目標値|実績値|進捗\n甲|地方課|失業率|↓|3|4|遅れ\n乙|文化課|来客|↑|5|6|順調"
    )
    assert roles(found) == ["project", "department", "indicator", "aim", "target", "actual", "published"]
    assert values(found, "aim", "published_raw") == [("decrease", "遅れ"), ("increase", "順調")]


def test_an_outturn_beside_a_target_is_what_came_of_it() -> None:
    found = understood("Project|Measure of success|Base|Target|Outturn|Met?\nA|Clean streets|88%|92%|93.4%|Yes")
    assert values(found, "name", "baseline", "target", "actual", "published_raw") == [
        ("Clean streets", 88.0, 92.0, 93.4, "Yes")
    ]
    assert doubts(found) == ["column 5 Outturn: there is a column of targets, and none of actuals"]


@pytest.mark.parametrize("head", ["Outturn (£m)", "Cost outturn"])
def test_an_outturn_of_money_is_money(head: str) -> None:
    found = understood(f"Project|{head}|Indicator|Target\nA|5|Visitors|10\nB|7|Jobs|20")
    assert "cost" in roles(found)


def test_a_fraction_in_words_is_no_number() -> None:
    found = understood("事業名|指標|目標値|実績値\n甲|割合|3分の1|30%\n乙|件数|5|6")
    assert values(found, "target", "target_text", "actual") == [(None, "3分の1", 30.0), (5.0, None, 6.0)]


def test_a_share_of_one_beside_a_percentage_is_read_as_printed_and_asked_about() -> None:
    found = understood("事業名|指標|目標値|実績値\n甲|満足度|0.85|87%\n乙|参加率|50%|0\n丙|件数|1|0.5\n丁|割合|60|61％")
    assert values(found, "target", "actual") == [(0.85, 87.0), (50.0, 0.0), (1.0, 0.5), (60.0, 61.0)]
    assert doubts(found) == [
        "unit: values of at most 1 without a percent sign beside one with it (1, such as 0.85) are read as printed"
    ]
