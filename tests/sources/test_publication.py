import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpitui.errors import KpituiError
from kpitui.report.model import Direction, Fact, Grant
from kpitui.sources import prefectures, publication
from kpitui.sources.eras import fiscal_year, month
from kpitui.sources.lines import LineKind, Remark
from kpitui.sources.numbers import is_missing, parse_number, parse_whole
from kpitui.sources.publication import Publication
from kpitui.sources.text import clean, clean_amount, split_department
from kpitui.sources.vocabulary import Role
from kpitui.text.wording import Both

SOURCE = Path(__file__).parents[2] / "data" / "yamaguchi-r3" / "source.txt"
TEXT = SOURCE.read_bytes().decode()
LINES = TEXT.split("\n")


def read(text: str) -> Publication:
    return publication.read(text, Path("source.txt"))


REPORT = read(TEXT)
PROJECTS = {str(project["id"]): project for project in REPORT.projects}
KPIS = {str(kpi["id"]): kpi for kpi in REPORT.kpis}


def values(kpi: str) -> tuple[object, object, object, object]:
    """Baseline, target, unit and actual, in the order of the printed row."""
    row = KPIS[kpi]
    return row["baseline"], row["target"], row["unit"], row["actual"]


def grant(key: str) -> Grant:
    return next(grant for grant in REPORT.grants if grant.key == key)


# What the built-in report holds


def test_it_holds_22_and_1_projects_and_79_and_3_kpis() -> None:
    assert [key for key in PROJECTS if key.startswith("promotion-")] == [f"promotion-{no}" for no in range(1, 23)]
    assert [key for key in PROJECTS if not key.startswith("promotion-")] == ["facility-1"]
    assert sum(key.startswith("promotion-") for key in KPIS) == 79
    assert [key for key in KPIS if key.startswith("facility-")] == [f"facility-1.{no}" for no in (1, 2, 3)]


def test_every_line_is_understood_and_counted_once() -> None:
    assert REPORT.remarks == ()
    assert REPORT.lines == {
        LineKind.BLANK: 31,
        LineKind.HEADING: 13,
        LineKind.FACT: 10,
        LineKind.HEAD: 4,
        LineKind.REPEATED_HEAD: 5,
        LineKind.PROJECT: 23,
        LineKind.KPI: 59,
        LineKind.TOTAL: 1,
        LineKind.LEGEND: 9,
    }
    assert sum(REPORT.lines.values()) == len(LINES) == 155


def test_project_numbers_restart_with_each_grant() -> None:
    assert PROJECTS["promotion-1"]["no"] == PROJECTS["facility-1"]["no"] == 1
    assert (PROJECTS["promotion-1"]["source_line"], PROJECTS["facility-1"]["source_line"]) == (49, 153)


def test_a_row_with_empty_project_cells_is_a_kpi_of_the_project_above() -> None:
    below = [kpi for kpi in REPORT.kpis if kpi["project_id"] == "promotion-1"]
    assert [(kpi["no"], kpi["source_line"]) for kpi in below] == [(1, 49), (2, 50), (3, 51)]


def test_the_first_project_reads_as_printed() -> None:
    project = PROJECTS["promotion-1"]
    assert project["name"] == ("瀬戸内コンビナートの強みに着目したコネクタースタートアップ・サプライヤー創出支援事業")
    assert (project["cost"], project["cost_raw"]) == (43840, "43,840")
    assert project["rating"] == project["rating_text"] == "地方創生に相当程度効果があった"
    assert project["direction"] == "当初予定通り事業を終了する(した)"
    assert project["direction_reason"] is None
    assert values("promotion-1.1") == (0, 1839000, "千円", 434000)


@pytest.mark.parametrize(
    ("kpi", "printed"),
    [
        ("promotion-8.1", (0, 40000, "人", 11272)),
        ("promotion-15.4", (0, 600, "件", 258)),
        ("promotion-16.2", (0, 200, "事業所", 280)),
        ("promotion-22.4", (0, 3300, "件", 15811)),
    ],
)
def test_heads_of_later_pages_are_shuffled_and_change_nothing(
    kpi: str, printed: tuple[object, object, object, object]
) -> None:
    assert values(kpi) == printed


def test_the_second_table_has_columns_of_its_own() -> None:
    assert values("facility-1.2") == (260, 5, "件", 5)
    assert PROJECTS["facility-1"]["direction"] == "計画通りに事業を継続する"
    assert PROJECTS["facility-1"]["direction_reason"] == "計画通りの進捗であるため"
    assert PROJECTS["facility-1"]["direction_reason_raw"] == "計画通りの進捗 であるため"


@pytest.mark.parametrize(
    ("kpi", "column", "printed", "value"),
    [
        ("promotion-1.1", "target", "1,839,000", 1839000.0),
        ("promotion-7.2", "baseline", "10.1", 10.1),
        ("promotion-20.3", "target", "2,300.0", 2300.0),
        ("promotion-6.3", "actual", "-22", -22.0),
        ("promotion-22.1", "actual", "-0.6", -0.6),
        ("promotion-6.1", "actual", "-", None),
        ("promotion-18.3", "actual", "-", None),
        ("promotion-20.3", "baseline", "0.0", 0.0),
    ],
)
def test_values_are_read_and_kept_as_printed(kpi: str, column: str, printed: str, value: float | None) -> None:
    assert (KPIS[kpi][f"{column}_raw"], KPIS[kpi][column]) == (printed, value)


def test_only_two_values_are_missing_and_zero_is_a_value() -> None:
    missing = [key for key, kpi in KPIS.items() if None in (kpi["baseline"], kpi["target"], kpi["actual"])]
    assert missing == ["promotion-6.1", "promotion-18.3"]
    assert values("promotion-14.3") == (0, 0, "件", 0)


def test_the_units_are_fourteen_words() -> None:
    units = {str(kpi["unit"]) for kpi in REPORT.kpis}
    assert " ".join(sorted(units)) == "% ha 事業所 人 件 億円 千円 品 団体 地域 店舗 社 社・団体 経営体"


def test_a_state_in_place_of_a_rating_is_kept_as_text_and_its_rating_is_null() -> None:
    project = PROJECTS["facility-1"]
    assert project["rating"] is None
    assert project["rating_text"] == "施設整備中 R5.4月供用開始予定"
    assert project["rating_raw"] == "施設整備中 R5.4月供用 開始予定"


def test_every_other_project_has_a_rating_of_the_scale() -> None:
    scale = {rating.text for rating in REPORT.ratings}
    assert {key for key, project in PROJECTS.items() if project["rating"] not in scale} == {"facility-1"}


def test_blanks_of_line_breaks_go_and_the_raw_text_keeps_them() -> None:
    project = PROJECTS["facility-1"]
    assert project["direction_raw"] == "計画通り に事業を 継続する"
    assert project["direction"] == "計画通りに事業を継続する"
    assert str(PROJECTS["promotion-16"]["summary"]).endswith("包括的な支援等")
    assert str(PROJECTS["promotion-16"]["summary_raw"]).endswith("包括的な支援 等")
    assert KPIS["facility-1.1"]["name"] == "6次産業化・地産地消法に基づく総合化事業計画"


def test_the_department_is_split_off_the_name() -> None:
    project = PROJECTS["facility-1"]
    assert project["name"] == "農林業の知と技の拠点連携・交流館整備事業"
    assert project["department"] == "農林水産部"
    assert project["name_raw"] == "農林業の知と技の拠点 連携・交流館 整備事業 【農林水産部】"
    assert [key for key, value in PROJECTS.items() if value["department"]] == ["facility-1"]


def test_the_lone_total_ends_the_first_table_and_is_no_project() -> None:
    assert grant("promotion").total == Fact(888839, "888,839", 135)
    assert grant("facility").total is None


def test_a_summary_printed_twice_is_kept_twice() -> None:
    assert PROJECTS["promotion-18"]["summary"] == PROJECTS["promotion-19"]["summary"]


def test_criteria_are_paired_with_ratings_in_order() -> None:
    paired = [(rating.rank, rating.line, rating.criterion and rating.criterion.line) for rating in REPORT.ratings]
    assert paired == [(1, 139, 144), (2, 140, 145), (3, 141, 146), (4, 142, 147)]
    assert [(rating.text, rating.short, rating.gloss) for rating in REPORT.ratings] == [
        ("地方創生に非常に効果的だった", "非常に", "very effective"),
        ("地方創生に相当程度効果があった", "相当程度", "considerably effective"),
        ("地方創生に効果があった", "効果あり", "effective"),
        ("地方創生に効果がなかった", "効果なし", "not effective"),
    ]
    assert REPORT.ratings[1].criterion == Fact(
        "一部のKPIが目標値に達しなかったものの、概ね成果が得られたとみなせる場合",
        " 一部のKPIが目標値に達しなかったものの、概ね成果が得られたとみなせる場合",
        145,
    )


def test_directions_are_listed_as_they_first_appear() -> None:
    assert REPORT.directions == (
        Direction("当初予定通り事業を終了する(した)", "終了", "end as planned", "end"),
        Direction("計画通りに事業を継続する", "継続", "continue as planned", "continue"),
    )


def test_the_grants_state_purpose_budget_number_and_spend() -> None:
    assert grant("promotion") == Grant(
        key="promotion",
        name="地方創生推進交付金",
        short="推",
        purpose=Fact(LINES[10], "地方版総合戦略の推進に向け、地方創生の深化に資する事業", 11),
        budget=Fact("1,000億円", "1, 0 0 0 億円", 15),
        adopted=Fact(22, "採択事業：2 2 事業", 19),
        cost=Fact(888839, "実績額：8 8 8, 8 3 9 千円", 21),
        table=Fact("令和3年度 地方創生推進交付金事業", "令和3年度 地方創生推進交付金事業", 45),
        aim=Fact("increase", "④ 本事業における重要業績評価指標(KPI)増加分", 47),
        total=Fact(888839, "888,839", 135),
    )
    facility = grant("facility")
    assert (facility.name, facility.short) == ("地方創生拠点整備交付金", "拠")
    assert facility.budget == Fact("70億円", "7 0 億円", 31)
    assert facility.adopted == Fact(1, "採択事業：1 事業", 35)
    assert facility.cost == Fact(92500, "実績額：9 2, 5 0 0 千円", 37)


def test_title_year_month_and_evaluation_are_found_in_the_prose() -> None:
    title = "地方創生推進交付金及び地方創生拠点整備交付金活用事業の実績について"
    assert REPORT.title == Fact(title, title, 3)
    assert REPORT.fiscal_year == Fact(2021, "令和3年度 地方創生推進交付金事業", 45)
    assert REPORT.as_of == Fact("2022-03", "⑤ 実績値 (R4.3)", 47)
    assert REPORT.inferred == ()
    assert [fact.value for fact in REPORT.evaluation] == [
        "事業ごとに重要業績評価指標（KPI）を設定",
        "年度ごとに、住民や産官学金労言の関係者の意見を聞き、各事業の効果検証を行うことが求められている",
    ]
    assert REPORT.evaluation[0].raw == "○ 事業ごとに重要業績評価指標（K P I）を設定"


def test_every_raw_cell_stands_on_the_line_that_its_record_names() -> None:
    for record in (*REPORT.projects, *REPORT.kpis):
        cells = LINES[int(str(record["source_line"])) - 1].split("\t")
        assert {value for key, value in record.items() if key.endswith("_raw") and value} <= set(cells)


def test_every_cell_of_every_row_is_kept_in_some_record() -> None:
    kept = [(record["source_line"], value) for record in (*REPORT.projects, *REPORT.kpis) for value in record.values()]
    for number in [*range(49, 76), *range(80, 108), *range(111, 135), *range(153, 156)]:
        assert {(number, cell) for cell in LINES[number - 1].split("\t") if cell} <= set(kept)


# Changed and damaged documents


def change(old: str, new: str) -> Publication:
    assert old in TEXT
    return read(TEXT.replace(old, new, 1))


def test_the_place_on_the_page_does_not_matter() -> None:
    moved = read("\n\n\n" + TEXT.replace("\n", "\r\n"))
    assert [kpi["source_line"] for kpi in moved.kpis] == [int(str(kpi["source_line"])) + 3 for kpi in REPORT.kpis]
    assert [kpi["actual"] for kpi in moved.kpis] == [kpi["actual"] for kpi in REPORT.kpis]


def test_the_columns_follow_the_head() -> None:
    head, subs, *rows = (line.split("\t") for line in [*LINES[46:48], *LINES[48:75], *LINES[48:50]][:-2])
    subs[4], subs[10] = subs[10], subs[4]
    swapped = [[*row[:4], row[7], *row[5:7], row[4], *row[8:]] for row in rows]
    page = "\n".join("\t".join(line) for line in [head, subs, *swapped])
    moved = read(f"令和3年度 地方創生推進交付金事業\n{page}")
    assert [kpi["unit"] for kpi in moved.kpis] == [kpi["unit"] for kpi in REPORT.kpis[:27]]
    assert [kpi["name"] for kpi in moved.kpis] == [kpi["name"] for kpi in REPORT.kpis[:27]]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("目標値 (R4.3時点)\t\t\t\t単位", "単位\t\t\t\t目標値", "source.txt:49: column"),
        ("\t指標\t事業開始期\t", "\t\t事業開始期\t", "49: 11 cells where the head names 10 columns"),
        (
            "指標\t事業開始期",
            "指標\t事業開始ごろ",
            "48: the head '事業開始ごろ' is unknown; the nearest known is '事業開始期'",
        ),
        ("③ 実績額 (千円)", "③ 実績額 (円)", "'③ 実績額 (円)' is not in 千円"),
        ("⑥ 事業効果", "⑥ 事業の効能", "source.txt:47: the head '⑥ 事業の効能' is unknown; the nearest known is"),
        ("⑥ 事業効果", "⑤ 実績値", "source.txt:47: two columns for the same thing: actual"),
        ("No\t① 交付金", "整理\t① 交付金", "source.txt:47: the head '整理' is unknown"),
        ("令和3年度 地方創生推進交付金事業", "事業の一覧", "source.txt:47: the head of a table without a title"),
        ("\n2\tそらへ", "\n1\tそらへ", "source.txt:52: promotion-1 already stands on line 49"),
        (" 地方創生に効果がなかった\n", "", "source.txt:137: 3 ratings, but 4 criteria"),
    ],
)
def test_a_head_that_does_not_fit_is_refused_by_line(old: str, new: str, message: str) -> None:
    with pytest.raises(KpituiError, match=re.escape(message)):
        change(old, new)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "目標値 (R4.3時点)\t\t\t\t単位",
            "単位\t\t\t\t目標値",
            "source.txt:49: 第7列 (見出し '単位') の '1,839,000' は単位ではありません",
        ),
        (
            "⑥ 事業効果",
            "⑥ 事業の効能",
            "source.txt:47: 見出し '⑥ 事業の効能' は不明です。近いもの: '事業効果'",
        ),
        ("⑥ 事業効果", "⑤ 実績値", "source.txt:47: 同じものの列が二つあります: 実績値"),
        ("\n2\tそらへ", "\n1\tそらへ", "source.txt:52: promotion-1 は49行目に既にあります"),
        (" 地方創生に効果がなかった\n", "", "source.txt:137: 評価が3個に対し基準が4個あります"),
    ],
)
def test_it_is_refused_in_japanese_too(old: str, new: str, message: str) -> None:
    with pytest.raises(KpituiError) as caught:
        change(old, new)
    assert caught.value.say("ja") == message


def test_every_kind_of_line_and_column_has_a_word_of_its_own() -> None:
    for words in ([kind.words for kind in LineKind], [role.words for role in Role]):
        assert len({word.ja for word in words}) == len({word.en for word in words}) == len(words)


def test_text_without_tabs_is_refused_with_advice() -> None:
    with pytest.raises(KpituiError, match=r"source\.txt: no table with a head and tab-separated columns"):
        read(TEXT.replace("\t", " "))


def test_a_row_of_another_width_is_listed_and_its_kpis_join_no_other_project() -> None:
    found = change("\n2\tそらへ", "\n2\t\tそらへ")
    assert [remark.line for remark in found.remarks] == [52, 53, 54, 55]
    assert found.remarks[0].why == Both(
        "見出しの11列に対しセルが12個あります", "12 cells where the head names 11 columns"
    )
    assert found.lines[LineKind.UNKNOWN] == 4
    assert [kpi["project_id"] for kpi in found.kpis][2:4] == ["promotion-1", "promotion-3"]


def test_a_value_that_is_no_number_is_listed_and_left_open() -> None:
    found = change("\t434,000\t", "\t約434,000\t")
    assert found.remarks == (Remark(49, Both("実績値が数値ではありません", "actual is not a number"), "約434,000"),)
    assert (found.kpis[0]["actual"], found.kpis[0]["actual_raw"]) == (None, "約434,000")


def test_text_right_below_a_row_is_not_understood() -> None:
    found = change("\n2\tそらへ", "\nの続き\n2\tそらへ")
    why = Both("表の行のすぐ下の文", "text right below a row of a table")
    assert found.remarks == (Remark(52, why, "の続き"),)


def test_cells_before_any_table_are_not_understood() -> None:
    found = change("1 交付金の概要", "1\t交付金の概要")
    assert found.remarks == (Remark(5, Both("表の外のセル", "cells outside any table"), "1\t交付金の概要"),)


def test_an_amount_in_another_unit_is_not_understood() -> None:
    found = change("8 8 8, 8 3 9 千円", "8 8 9 百万円")
    why = Both("千円を単位とする整数ではありません", "not a whole number of 千円")
    assert found.remarks == (Remark(21, why, "実績額：8 8 9 百万円"),)
    assert found.grants[0].cost is None


def test_a_grant_and_a_direction_of_another_kind_stand_for_themselves() -> None:
    found = read(TEXT.replace("地方創生推進交付金", "復興交付金").replace("計画通りに事業を継続する", "廃止"))
    assert [(grant.key, grant.short) for grant in found.grants] == [("grant1", "復"), ("facility", "拠")]
    assert found.projects[0]["id"] == "grant1-1"
    assert found.directions[1] == Direction("廃止", "廃止", "")


def test_a_month_that_no_head_names_is_inferred_from_the_fiscal_year() -> None:
    found = read(TEXT.replace("⑤ 実績値 (R4.3)", "⑤ 実績値"))
    assert (found.as_of.value, found.as_of.line, found.inferred) == ("2022-03", 45, ("as_of",))


@given(st.lists(st.integers(0, 154), max_size=6), st.sampled_from(["", "\t", "-\t-", "地方", "○", "No\t事業名\t単位"]))
def test_a_damaged_document_is_read_or_refused_and_no_line_is_lost(cut: Sequence[int], junk: str) -> None:
    lines = [junk if number in cut else line for number, line in enumerate(LINES)]
    try:
        found = read("\n".join(lines))
    except KpituiError:
        return
    assert sum(found.lines.values()) == (155 if lines[-1] else 154)
    assert found.lines.get(LineKind.UNKNOWN, 0) <= len(found.remarks)


# Text and numbers


@pytest.mark.parametrize(
    ("printed", "cleaned"),
    [
        ("計画通り に事業を 継続する", "計画通りに事業を継続する"),
        ("施設整備中 R5.4月供用 開始予定", "施設整備中 R5.4月供用開始予定"),
        ("重要業績評価指標（K P I）", "重要業績評価指標（KPI）"),
        (" 地方創生に\u3000効果があった ", "地方創生に効果があった"),
        ("Society 5.0", "Society 5.0"),
        ("Plan A B", "Plan A B"),
        ("", ""),
    ],
)
def test_text_is_cleaned(printed: str, cleaned: str) -> None:
    assert clean(printed) == cleaned


@pytest.mark.parametrize(
    ("printed", "cleaned"),
    [("1, 0 0 0 億円", "1,000億円"), ("7 0 億円", "70億円"), ("2 2", "22"), ("9 2, 5 0 0 千円", "92,500千円")],
)
def test_amounts_are_cleaned(printed: str, cleaned: str) -> None:
    assert clean_amount(printed) == cleaned


pieces = st.lists(st.sampled_from(["漢", "字", "（", "A", "KPI", "1", ",", " ", "\u3000", "\n", "ｶ"]), max_size=12)


@given(st.text(max_size=30) | pieces.map("".join))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_amount(clean_amount(text)) == clean_amount(text)


@given(st.text(max_size=30) | pieces.map("".join))
def test_cleaning_takes_blanks_alone(text: str) -> None:
    assert "".join(clean(text).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("整備事業 【農林水産部】", ("整備事業", "農林水産部")),
        ("【新規】整備事業", ("【新規】整備事業", None)),
        ("【農林水産部】", ("【農林水産部】", None)),
    ],
)
def test_a_department_stands_in_brackets_at_the_end(cell: str, parts: tuple[str, str | None]) -> None:
    assert split_department(cell) == parts


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1,839,000", 1839000.0),
        ("１，２３４", 1234.0),
        ("1 0 0 0", 1000.0),
        ("▲ 50,724", -50724.0),
        ("△10", -10.0),
        ("−0.6", -0.6),
        ("1,2", None),
        ("12%", None),
        ("1e3", None),
        ("件", None),
        ("-", None),
        ("9" * 400, None),
        ("43¹", None),
        ("5①", None),
        ("①5", None),
        ("①", 1.0),
    ],
)
def test_numbers_are_read_as_tables_print_them(cell: str, number: float | None) -> None:
    assert parse_number(cell) == number


@pytest.mark.parametrize("mark", ["", "-", "－", "ー", "―", "−", "–", " - ", "--"])
def test_dashes_and_nothing_mean_missing(mark: str) -> None:
    assert is_missing(mark)
    assert parse_number(mark) is None


@pytest.mark.parametrize("cell", ["0", "-22", "調査中"])
def test_anything_else_does_not(cell: str) -> None:
    assert not is_missing(cell)


def test_a_fraction_is_no_whole_number() -> None:
    assert parse_whole("2,300.0") == 2300
    assert parse_whole("10.1") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("実績値 (R4.3)", "2022-03"), ("令和4年3月", "2022-03"), ("H31.4", "2019-04"), ("R4.13", None), ("4.3", None)],
)
def test_months_are_read_in_japanese_years(text: str, value: str | None) -> None:
    assert month(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("令和3年度補正", (2021, "r3")), ("平成30年度", (2018, "h30")), ("令和元年度", (2019, "r1")), ("3年度", None)],
)
def test_fiscal_years_are_read_in_japanese_years(text: str, value: tuple[int, str] | None) -> None:
    assert fiscal_year(text) == value


def test_the_prefecture_named_most_often_is_meant() -> None:
    assert prefectures.most_named(TEXT) == ("山口県", "yamaguchi")
    assert prefectures.most_named("広島県と山口県、山口県") == ("山口県", "yamaguchi")
    assert prefectures.most_named("広島県と山口県") == ("広島県", "hiroshima")
    assert prefectures.most_named("東京圏") is None
