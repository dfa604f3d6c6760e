import csv
import io
import json
import re
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import polars as pl
import pytest

from kpitui.cli import main
from kpitui.report import folder
from kpitui.report.model import Direction, Fact, Grant, Metadata, Rating, Report
from kpitui.views.saved import record
from kpitui.views.spec import Sort, ViewSpec
from kpitui.views.store import Store

KEYS = [
    *("id", "grant", "no", "name", "rating", "rating_rank", "verdict", "admitted", "met", "missed", "worsened"),
    *("unmeasured", "met_share", "outranked", "direction", "cost", "readings", "kpis", "source_line", "notes"),
]
READINGS = ["left_out/any", "left_out/all", "not_met/any", "not_met/all"]
# Worst verdict first, then the lowest share met, then the report's own order: at a quarter 12, 15; a third 8, 11, 13,
# 19; half 2, 3, 5, 9, 10, 16; two thirds 1, 20; all 4, 7, 21.
DISAGREES = ["promotion-14", "promotion-17"]
DEPENDS = ["promotion-6", "promotion-22", "promotion-18"]
CONSISTENT = [f"promotion-{no}" for no in (12, 15, 8, 11, 13, 19, 2, 3, 5, 9, 10, 16, 1, 20, 4, 7, 21)]
ORDER = [*DISAGREES, *DEPENDS, *CONSISTENT, "facility-1"]
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

Run = Callable[..., bytes]
Row = dict[str, Any]


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs the program in this process and returns what it wrote, after checking the exit code."""

    def with_words(*words: str, code: int = 0) -> bytes:
        try:
            found = main(words)
        except SystemExit as error:
            found = int(error.code or 0)
        told, said = capsysbinary.readouterr()
        assert found == code, (words, told[-500:], said)
        return told or said

    return with_words


def rows_of(run: Run, *words: str, code: int = 0) -> list[Row]:
    rows: list[Row] = json.loads(run(*words, "--format", "json", code=code))
    return rows


def ids(run: Run, *words: str, code: int = 0) -> list[str]:
    return [row["id"] for row in rows_of(run, "audit", *words, code=code)]


def without_criteria(path: Path) -> Path:
    """The report folder without what ties its ratings to conditions."""
    text = (path / "report.toml").read_text("utf-8")
    changed, count = re.subn(r"conditions = \[\n(.+\n)+?\]\n", "", text)
    assert count == 4
    (path / "report.toml").write_text(changed, "utf-8")
    return path


def sound(path: Path) -> Path:
    """A report folder in which there is nothing to find: one project that met its one KPI."""
    grant = Grant(
        "g", "交付金", "交", adopted=Fact(1, "1事業", 2), cost=Fact(500, "500千円", 3), total=Fact(500, "500", 9)
    )
    metadata = Metadata(
        id="r",
        title=Fact("実績", "実績", 1),
        publisher="県",
        fiscal_year=Fact(2021, "令和3年度", 1),
        as_of=Fact("2022-03", "R4.3", 1),
        source_file="source.txt",
        source_sha256="",
        grants=(grant,),
        ratings=(Rating(1, "良", "良", "good", 4, conditions=("all_met",)), Rating(2, "可", "可", "fair", 5)),
        directions=(Direction("継続する", "継続", "continue", "continue"),),
    )
    project = {"id": "g-1", "grant": "g", "no": 1, "name": "事業", "cost": 500, "rating": "良", "rating_text": "良"}
    kpi = {"id": "g-1.1", "project_id": "g-1", "name": "件数", "unit": "件", "baseline": 10, "target": 20, "actual": 25}
    folder.write(path, metadata, [project | {"direction": "継続する", "source_line": 8}], [kpi | {"source_line": 8}])
    return path


# The audit in each format


def test_the_audit_lists_the_worst_verdicts_first(run: Run) -> None:
    rows = rows_of(run, "audit")
    assert [row["id"] for row in rows] == ORDER
    assert [row["verdict"] for row in rows] == (["disagrees"] * 2 + ["depends"] * 3 + ["consistent"] * 17 + ["unrated"])


def test_json_has_the_readings_and_the_kpis_used(run: Run) -> None:
    rows = {row["id"]: row for row in rows_of(run, "audit")}
    assert all(list(row) == KEYS for row in rows.values())
    six = rows["promotion-6"]
    assert list(six["readings"]) == READINGS
    assert six["readings"]["left_out/any"] == {"condition": "worsened", "admitted": [4]}
    assert six["readings"]["not_met/all"] == {"condition": "otherwise", "admitted": [2, 3]}
    assert six["admitted"] == [2, 3, 4]
    assert six["kpis"] == [
        {"id": "promotion-6.1", "status": "unmeasured"},
        {"id": "promotion-6.2", "status": "missed"},
        {"id": "promotion-6.3", "status": "worsened"},
        {"id": "promotion-6.4", "status": "met"},
    ]
    facility = rows["facility-1"]
    assert (facility["rating"], facility["rating_rank"], facility["outranked"]) == (None, None, None)
    assert rows["promotion-17"]["outranked"] == 10


def test_ndjson_is_the_same_line_by_line(run: Run) -> None:
    lines = run("audit", "--format", "ndjson").decode().splitlines()
    assert [json.loads(line) for line in lines] == rows_of(run, "audit")


@pytest.mark.parametrize(("form", "separator"), [("csv", ","), ("tsv", "\t")])
def test_separated_text_has_every_key_and_nested_values_as_json(run: Run, form: str, separator: str) -> None:
    text = run("audit", "--format", form).decode()
    rows = list(csv.DictReader(io.StringIO(text), delimiter=separator))
    assert list(rows[0]) == KEYS
    assert [row["id"] for row in rows] == ORDER
    assert json.loads(rows[0]["readings"])["not_met/any"] == {"condition": "all_met", "admitted": [1]}
    assert json.loads(rows[0]["kpis"])[2] == {"id": "promotion-14.3", "status": "met"}
    assert rows[1]["notes"] == "target_equals_baseline target_below_baseline"
    assert rows[-1]["rating_rank"] == ""


def test_markdown_is_a_table_with_the_usual_columns(run: Run) -> None:
    lines = run("audit", "--format", "md", "--lang", "ja").decode().splitlines()
    assert lines[0] == "| No | 事業 | 監査 | 評価 | 基準では | KPI達成 | 逆転 | 今後 |"
    assert lines[1] == "| --- | --- | --- | --- | --- | --- | ---: | --- |"
    assert lines[2].startswith("| 推14 | ")
    assert "| 不一致 | 2 相当程度 | 1 | 3/3 | 0 | 継続 |" in lines[2]
    # Where readings differ they are parted by a bar, which must not end the cell.
    assert r"| 解釈次第 | 2 相当程度 | 4 \| 2,3 | 1/3 悪化1 | 0 | 継続 |" in lines[4]
    assert len([line for line in lines[2:] if line.startswith("|")]) == 23


def test_toml_has_a_table_for_each_project(run: Run) -> None:
    rows = tomllib.loads(run("audit", "--format", "toml").decode())["row"]
    assert [row["id"] for row in rows] == ORDER
    assert set(rows[0]) == set(KEYS)
    assert rows[2]["readings"]["left_out/any"] == {"condition": "worsened", "admitted": [4]}
    # TOML has no null: the facility has neither rating nor rank, and nothing to be outranked by.
    assert set(KEYS) - set(rows[-1]) == {"rating", "rating_rank", "outranked"}


def test_parquet_keeps_the_nested_columns(run: Run) -> None:
    frame = pl.read_parquet(io.BytesIO(run("audit", "--format", "parquet")))
    assert frame.columns == KEYS
    assert frame["id"].to_list() == ORDER
    row = frame.row(2, named=True)
    assert row["readings"]["left_out/all"] == {"condition": "otherwise", "admitted": [2, 3]}
    assert [kpi["status"] for kpi in row["kpis"]] == ["unmeasured", "missed", "worsened", "met"]


def test_a_workbook_has_a_row_for_each_project(run: Run) -> None:
    with zipfile.ZipFile(io.BytesIO(run("audit", "--format", "xlsx"))) as book:
        strings = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    texts = ["".join(part.text or "" for part in item.iter(f"{SHEET}t")) for item in strings]
    rows = [
        [texts[int(cell.findtext(f"{SHEET}v") or 0)] for cell in row if cell.get("t") == "s"]
        for row in sheet.iter(f"{SHEET}row")
    ]
    assert [text.partition(" (")[0] for text in rows[0]] == KEYS
    assert [row[0] for row in rows[1:]] == ORDER
    assert any('"left_out/any": {"condition": "all_met", "admitted": [1]}' in text for text in rows[1])


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "ndjson", "md", "toml", "parquet", "xlsx", "table"])
def test_projects_without_kpis_or_rating_can_be_written_in_any_format(run: Run, copied: Path, form: str) -> None:
    kpis = (copied / "kpis.csv").read_text("utf-8").split("\n")
    kept = [line for line in kpis if not line.startswith("promotion-16.")]
    assert len(kept) == len(kpis) - 2
    (copied / "kpis.csv").write_text("\n".join(kept), "utf-8")
    assert run("audit", "--report", str(copied), "--format", form)


def test_the_table_for_people_says_verdicts_in_words(run: Run) -> None:
    assert "  disagrees   2 相当程度  1 " in run("audit").decode().splitlines()[1]
    assert "解釈次第" in run("audit", "--lang", "ja").decode().splitlines()[3]


def test_columns_can_be_chosen(run: Run) -> None:
    told = run("audit", "--columns", "id,outranked", "--format", "csv", "--limit", "2").decode()
    assert told == "id,outranked\npromotion-14,0\npromotion-17,10\n"


def test_sorting_by_outranked_puts_the_most_surprising_first(run: Run) -> None:
    assert ids(run, "--sort=-outranked", "--limit", "2") == ["promotion-17", "promotion-20"]


def test_a_saved_view_brings_its_own_order(run: Run, report: Report) -> None:
    Store.usual().save(record(report, ViewSpec("audit", sorts=(Sort("cost", descending=True),)), "costly"))
    assert ids(run, "--view", "costly", "--limit", "2") == ["facility-1", "promotion-7"]  # 92,500 and 73,172
    assert ids(run, "--view", "costly", "--sort", "verdict,met_share") == ORDER


# Filters


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("--verdict", "disagrees"), DISAGREES),
        (("--verdict", "不一致"), DISAGREES),
        (("--verdict", "depends,disagrees"), [*DISAGREES, *DEPENDS]),
        (("--verdict", "depends", "--verdict", "unrated"), [*DEPENDS, "facility-1"]),
        (("--rating", "1"), ["promotion-4", "promotion-7", "promotion-21"]),
        (("--rating", "3", "--verdict", "disagrees"), ["promotion-17"]),
        (("--direction", "終了"), ["promotion-3", "promotion-1", "promotion-4"]),
        (("--grant", "facility"), ["facility-1"]),
        (("--search", "アウトドア"), ["promotion-20"]),
        (("--where", "outranked > 5"), ["promotion-17", "promotion-20"]),
        (("--view", "disagrees"), DISAGREES),
        (("--view", "depends"), DEPENDS),
    ],
)
def test_filters_narrow_the_audit(run: Run, words: tuple[str, ...], found: list[str]) -> None:
    assert ids(run, *words) == found


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("--status", "met"), "status"),
        (("--verdict", "wrong"), "disagrees"),
        (("--fail-on", "wrong"), "disagrees"),
        (("--view", "worsened"), "kpitui kpis --view worsened"),
        (("--sort", "progress"), "progress"),
    ],
)
def test_what_the_audit_does_not_have_is_a_usage_error(run: Run, words: tuple[str, ...], part: str) -> None:
    assert part in run("audit", *words, code=2).decode()


# Failing on a verdict


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), 0),
        (("--fail-on", "disagrees"), 1),
        (("--fail-on", "depends"), 1),
        (("--fail-on", "unrated"), 1),
        (("--fail-on", "対象外"), 1),
        (("--fail-on", "unrated,disagrees"), 1),
        (("--view", "disagrees", "--fail-on", "disagrees"), 1),
        (("--view", "disagrees", "--fail-on", "unrated"), 0),
        (("--view", "disagrees", "--fail-on", "depends, unrated"), 0),
        (("--rating", "1", "--fail-on", "disagrees,depends"), 0),
        (("--rating", "2", "--fail-on", "disagrees"), 1),
        (("--grant", "facility", "--fail-on", "unrated"), 1),
    ],
)
def test_the_exit_code_says_whether_such_a_verdict_is_among_the_rows(
    run: Run, words: tuple[str, ...], code: int
) -> None:
    assert run("audit", *words, code=code)


def test_rows_that_a_limit_cuts_off_still_count(run: Run) -> None:
    assert len(ids(run, "--limit", "1", "--fail-on", "depends", code=1)) == 1


def test_the_table_is_written_though_it_fails(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "audit.csv"
    run("audit", "--fail-on", "disagrees", "--format", "csv", "--output", str(target), code=1)
    assert len(list(csv.DictReader(io.StringIO(target.read_text("utf-8"))))) == 23


# A report without criteria


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("ja", "この報告書は評価と基準を結びつけていないため、監査はありません"),
        ("en", "this report ties no criteria to its ratings, so there is no audit"),
    ],
)
def test_a_report_without_criteria_has_no_audit_and_says_so(run: Run, copied: Path, lang: str, said: str) -> None:
    told = run("audit", "--report", str(without_criteria(copied)), "--lang", lang, code=1).decode()
    assert told == f"kpitui: {said}\n"


def test_a_report_without_criteria_has_all_the_rest(run: Run, copied: Path) -> None:
    path = str(without_criteria(copied))
    assert "disagree" not in run("overview", "--report", path).decode()
    assert "there is no audit" in run("show", "promotion-14", "--report", path).decode()
    assert len(rows_of(run, "projects", "--report", path)) == 23
    assert json.loads(run("overview", "--report", path, "--format", "json"))["verdicts"] == {}
    run("checks", "--report", path, code=1)


# Checks


def test_checks_find_something_in_the_built_in_report(run: Run) -> None:
    rows = rows_of(run, "checks", code=1)
    assert list(rows[0]) == ["weight", "level", "code", "what", "detail", "ids", "lines", "why"]
    assert [row["weight"] for row in rows] == [2] * 7 + [1] * 7 + [0] * 7
    assert rows[0]["code"] == "duplicated_summary"
    assert rows[0]["ids"] == ["promotion-18", "promotion-19"]
    assert rows[0]["lines"] == "117 121"


def test_checks_are_told_in_either_language(run: Run) -> None:
    english = run("checks", code=1).decode()
    japanese = run("checks", "--lang", "ja", code=1).decode()
    assert "summary is word for word another project's" in english
    assert "概要が他の事業と一字一句同じ" in japanese
    assert "888,839 / 888,839" in english
    assert "888,839 / 888,839" in japanese
    assert len(english.splitlines()) == len(japanese.splitlines()) == 1 + 21


def test_checks_that_find_nothing_end_with_0(run: Run, tmp_path: Path) -> None:
    rows = rows_of(run, "checks", "--report", str(sound(tmp_path)))
    assert [(row["code"], row["lines"]) for row in rows] == [
        ("total_agrees", "9"),
        ("spend_agrees", "3"),
        ("count_agrees", "2"),
        ("numbers_complete", "8"),
    ]
    assert {row["weight"] for row in rows} == {0}


def test_a_sound_report_passes_the_audit_too(run: Run, tmp_path: Path) -> None:
    path = str(sound(tmp_path))
    assert [row["verdict"] for row in rows_of(run, "audit", "--report", path, "--fail-on", "disagrees")] == [
        "consistent"
    ]


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "ndjson", "md", "toml", "parquet", "xlsx"])
def test_checks_can_be_written_in_any_format(run: Run, form: str) -> None:
    assert run("checks", "--format", form, code=1)


# Overview


def marked(run: Run, *words: str) -> list[str]:
    """The rules of the overview with a mark before them."""
    return [line for line in run("overview", *words).decode().splitlines() if line.startswith("[")]


@pytest.mark.parametrize(
    ("words", "chosen"),
    [((), 0), (("--rollup", "all"), 0), (("--rollup", "majority"), 1), (("--rollup", "any"), 2)],
)
def test_the_overview_shows_all_rules_and_marks_the_chosen_one(run: Run, words: tuple[str, ...], chosen: int) -> None:
    lines = marked(run, *words)
    assert [line[4:] for line in lines] == [
        "all KPIs met: 7 of 23 projects (30%)",
        "most KPIs met: 10 of 23 projects (43%)",
        "at least one KPI met: 23 of 23 projects (100%)",
    ]
    assert [place for place, line in enumerate(lines) if line.startswith("[x]")] == [chosen]


def test_the_overview_says_it_in_japanese(run: Run) -> None:
    assert marked(run, "--rollup", "any", "--lang", "ja") == [
        "[ ] 全てのKPIを達成: 23事業中 7 (30%)",
        "[ ] 過半のKPIを達成: 23事業中 10 (43%)",
        "[x] 一つ以上のKPIを達成: 23事業中 23 (100%)",
    ]


@pytest.mark.parametrize("rule", ["all", "majority", "any"])
def test_plain_has_no_bars(run: Run, rule: str) -> None:
    assert "#" in run("overview", "--rollup", rule).decode()
    told = run("overview", "--rollup", rule, "--plain").decode()
    assert "#" not in told
    for part in ("7 of 23", "10 of 23", "23 of 23", "149,382", "529,159", "210,298"):
        assert part in told


def test_the_yardsticks_stand_beside_the_figures_they_are_for(run: Run) -> None:
    lines = run("overview", "--lang", "ja", "--plain").decode().splitlines()
    share = next(place for place, line in enumerate(lines) if "80件中 50件達成 (62%)" in line)
    assert lines[share + 1].startswith("参考: 全国の6,174 KPI 47%")
    any_met = next(place for place, line in enumerate(lines) if "一つ以上のKPIを達成" in line)
    assert lines[any_met + 1].startswith("参考: 全国の1,788事業 76%")


def test_spend_by_rating_is_the_sum_of_the_projects_costs(run: Run) -> None:
    # Best: 4, 7, 21: 54,412 + 73,172 + 21,798. Third: 2, 8, 13, 15, 16, 17, 20: 55,194 + 9,963 + 41,554 + 15,981
    # + 38,999 + 23,760 + 24,847. The rest of 888,839 is the second's; the facility's 92,500 have no rating.
    assert 54412 + 73172 + 21798 == 149382
    assert 55194 + 9963 + 41554 + 15981 + 38999 + 23760 + 24847 == 210298
    assert 888839 - 149382 - 210298 == 529159
    lines = run("overview", "--plain").decode().splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith("spend by rating"))
    amounts = [line.split()[-1] for line in lines[start + 1 : start + 5]]
    assert amounts == ["149,382", "529,159", "210,298", "92,500"]


def test_the_overview_names_what_disagrees_or_depends(run: Run) -> None:
    told = run("overview", "--plain").decode()
    lines = [line.split()[:2] for line in told.splitlines() if line.startswith(("disagrees", "depends"))]
    assert lines == [
        *(["disagrees", "推14"], ["disagrees", "推17"]),
        *(["depends", "推6"], ["depends", "推22"], ["depends", "推18"]),
    ]


def test_the_overview_as_json_has_every_rule_and_yardstick(run: Run) -> None:
    told = json.loads(run("overview", "--format", "json"))
    assert told["rollup"] == [
        {"rule": "all", "successes": 7, "projects": 23},
        {"rule": "majority", "successes": 10, "projects": 23},
        {"rule": "any", "successes": 23, "projects": 23},
    ]
    assert told["verdicts"] == {"consistent": 17, "depends": 3, "disagrees": 2, "unrated": 1}
    assert [(each["ratio"], each["rule"], each["date"]) for each in told["yardsticks"]] == [
        (0.76, "any", "2024-12-03"),
        (0.47, None, "2024"),
    ]
    assert told["status"] == {"worsened": 2, "missed": 28, "met": 50, "unmeasured": 2}


# Showing one


def test_showing_a_project_shows_the_working_of_its_verdict(run: Run) -> None:
    told = run("show", "promotion-17").decode()
    assert "the published rating disagrees with the printed criteria under every" in told
    assert "projects with a lower share met and a better rating: 10" in told
    assert "(line 146)" in told


def test_showing_a_kpi_shows_what_its_status_rests_on(run: Run) -> None:
    told = run("show", "promotion-22.1").decode()
    assert "line 131 「40.7 / 43.0 / % / -0.6」" in told
    assert "(40.1 - 40.7) / (43 - 40.7) = -26.1%" in told
