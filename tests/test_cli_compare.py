import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from later import later_report, replaced

from kpitui.cli import main
from kpitui.report import builtin
from kpitui.report.difference import CODES
from kpitui.text.cells import plain_ascii, width

Run = Callable[..., str]
KEYS = [
    *("kind", "table", "id_a", "id_b", "name_a", "name_b", "sure", "column", "value_a", "value_b", "line_a", "line_b")
]
EARLIER = str(builtin.folder())
# What the later report was made of, in the order of the kinds.
FOUND = [
    *("scale", "scale", "rating", "direction", "status", "target", "restated", "unit", "spend", "renamed", "moved"),
    *("dropped",) * 5,
    *("new",) * 3,
]


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(later_report(tmp_path_factory.mktemp("later") / "r4"))


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs `kpitui compare` and returns what it wrote, or said on standard error, after checking the exit code."""

    def with_words(*words: str, code: int = 0) -> str:
        try:
            found = main(["compare", *words])
        except SystemExit as error:
            found = int(error.code or 0)
        told, said = capsysbinary.readouterr()
        assert found == code, (words, told[-500:], said)
        return (told or said).decode()

    return with_words


def test_the_page_begins_with_a_summary(run: Run, later: str) -> None:
    summary = " ".join(run(EARLIER, later).split("earlier ")[0].split())
    assert summary == (
        "22 of 23 projects paired (21 surely), 78 of 82 and 80 KPIs paired (78 surely), 2 levels of rating differ, "
        "1 rating changed, 1 direction changed, 1 status changed, 1 target moved, 1 figure restated, 1 unit changed, "
        "1 project's spend differs, 1 name changed, 1 KPI moved, 1 project and 4 KPIs dropped, 1 project and 2 KPIs new"
    )


def test_thousands_are_counted_with_commas(run: Run, tmp_path: Path) -> None:
    for name, target in (("a.csv", 1), ("b.csv", 2)):
        rows = (f"a-{row},a,P,k{row},{target},5" for row in range(1200))
        (tmp_path / name).write_text("\n".join(("id,project_id,project,name,target,actual", *rows, "")), "utf-8")
    page = run(str(tmp_path / "a.csv"), str(tmp_path / "b.csv"))
    counted = "1 of 1 projects paired (1 surely), 1,200 of 1,200 KPIs paired (1,200 surely), 1,200 targets moved "
    assert " ".join(page.split()).startswith(counted)
    assert "\ntargets moved (1,200)\n" in page


def test_the_summary_in_japanese(run: Run, later: str) -> None:
    summary = "".join(run(EARLIER, later, "--lang", "ja").split("\n前 ")[0].split())
    assert summary == (
        "事業23件中22件を対応づけ(うち確実21件)、KPI82件・80件中78件を対応づけ(うち確実78件)、評価の尺度の違い2件、"
        "評価の変更1件、今後の方針の変更1件、状況の変化1件、目標の変更1件、過去の値の訂正1件、単位の変更1件、"
        "実績額の増減1件、名称の変更1件、他の事業へ移ったKPI1件、なくなった事業1件とKPI4件、新しい事業1件とKPI2件"
    )


def test_a_section_gives_both_values_with_their_units_and_lines(run: Run, later: str) -> None:
    page = run(EARLIER, later)
    assert (
        "targets moved (1)\n"
        "- 推1.1 水素分野におけるコネクタースタートアップ・サプライヤー企業の売上額\n"
        "    1,839,000 千円 -> 2,000,000 千円 (line 49 / 49)\n"
    ) in page
    assert "    missed (57 of 64 件) -> met (70 of 64 件) (line 54 / 54)\n" in page
    assert "- 推2.3 -> 推3.3 山口県宇宙航空クラスターの展示会等における新規商談件数\n" in page
    assert "    1 非常に (very effective) -> 3 効果あり (effective) (line 60 / 60)\n" in page


def test_a_pair_that_is_not_certain_is_marked(run: Run, later: str) -> None:
    lines = run(EARLIER, later).splitlines()
    at = lines.index("pairs that are not certain, changed names among them (1)")
    assert lines[at + 1] == "? 推5"
    assert "".join(line.strip() for line in lines[at + 2 :]).startswith(
        "人口減少社会を生き抜く中山間地域の実現事業 -> 人口減少社会を生き抜く中山間地域の実現事業(広域連携)"
    )
    assert sum(line.startswith("?") for line in lines) == 1


def test_a_dropped_project_takes_its_kpis_with_it(run: Run, later: str) -> None:
    page = run(EARLIER, later)
    # 258 of 1,000 and all of 5 and 2,300 had been reached.
    name = "アウトドアアクティビティの推進による地域産業の振興"
    assert f"- 推20 {name} (with 3 KPIs: missed 1, met 2) (line 124) " in " ".join(page.split())
    assert "推20.1" not in page


def test_a_dropped_or_new_kpi_says_how_it_stands_where_it_is(run: Run, later: str) -> None:
    page = run(EARLIER, later)
    assert "- 推1.2 水素分野における県内企業の事業化件数\n    met (31 of 16 件) (line 50)\n" in page
    assert "- 推6.5 スマート農機の導入台数\n    worsened (-22 of 20 ha) (line 72)\n" in page


def test_a_changed_unit_is_told_with_the_figures_in_both_and_beside_a_status(run: Run, copied: Path) -> None:
    replaced(copied / "kpis.csv", '3440,"3,440",243440,"243,440",千円,千円,288140,', "3.44,,243.44,,百万円,,200,")
    page = " ".join(run(EARLIER, str(copied), "--lang", "ja").split())
    assert "単位の変更 (1) - 推3.1 地域商社の売上額 千円 (開始 3,440、目標 243,440、実績 288,140) -> " in page
    assert "百万円 (開始 3.44、目標 243.44、実績 200) (56 / 56行目)" in page
    assert "状況の変化 (1) - 推3.1 地域商社の売上額: 単位が変わった 達成" in page
    assert "目標の変更" not in page
    assert "訂正 1件" not in page


def test_reports_named_the_wrong_way_round_are_told(run: Run, later: str) -> None:
    mind = "mind: the report named first is of the later year"
    assert mind in " ".join(run(later, EARLIER).split())
    assert mind not in " ".join(run(EARLIER, later).split())


def test_the_page_says_what_was_not_compared(run: Run, later: str, tmp_path: Path) -> None:
    none = "no year's actuals stand in both reports, so none could be found restated"
    assert none in " ".join(run(EARLIER, later).split())
    table = tmp_path / "bare.csv"
    main(["kpis", "--columns", "id,project_id,project,name,target,actual", "--output", str(table)])
    page = " ".join(run(EARLIER, str(table)).split())
    assert "not compared, since one report has no rating, next, cost, baseline, unit" in page
    assert "rating scales not compared, since one report has none" in page
    assert "the rating scales do not differ" in " ".join(run(EARLIER, EARLIER).split())
    main(["kpis", "--output", str(tmp_path / "rated.csv")])
    page = " ".join(run(EARLIER, str(tmp_path / "rated.csv")).split())
    assert "rating scales compared by the ranks of ratings given alone, which do not differ" in page


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_no_line_is_wider_than_the_terminal(
    run: Run, later: str, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    assert max(map(width, run(EARLIER, later).splitlines())) <= min(columns, 120)


def test_ascii_mode_has_no_character_of_ambiguous_width(run: Run, hostile: Path) -> None:
    for lang in ("ja", "en"):
        page = run(EARLIER, str(hostile), "--ascii", "--lang", lang)
        assert plain_ascii(page) == page


def test_json_has_a_row_for_each_difference(run: Run, later: str) -> None:
    rows = json.loads(run(EARLIER, later, "--format", "json"))
    assert [row["kind"] for row in rows] == FOUND
    assert all(list(row) == KEYS for row in rows)
    (target,) = (row for row in rows if row["kind"] == "target")
    name = "水素分野におけるコネクタースタートアップ・サプライヤー企業の売上額"
    values = ("target", "kpis", "promotion-1.1", "promotion-1.1", name, name, 1.0, "target", "1839000", "2000000")
    assert tuple(target.values()) == (*values, 49, 49)


@pytest.mark.parametrize(("form", "separator"), [("csv", ","), ("tsv", "\t")])
def test_delimited_rows_leave_missing_values_empty(run: Run, later: str, form: str, separator: str) -> None:
    head, *rows = csv.reader(io.StringIO(run(EARLIER, later, "--format", form)), delimiter=separator)
    assert head == KEYS
    assert [row[0] for row in rows] == FOUND
    assert rows[-1][KEYS.index("id_a")] == ""
    assert rows[-1][KEYS.index("id_b")] == "promotion-23.1"


def test_ndjson_has_a_line_for_each_difference(run: Run, later: str) -> None:
    lines = run(EARLIER, later, "--format", "ndjson").splitlines()
    assert [json.loads(line)["kind"] for line in lines] == FOUND


def test_markdown_has_a_table_for_each_section(run: Run, later: str) -> None:
    text = run(EARLIER, later, "--format", "md")
    assert text.startswith("22 of 23 projects paired (21 surely), ")
    assert "\n## statuses changed (1)\n\n| no | name | earlier | later | lines |\n" in text
    assert "| missed (57 of 64 件) | met (70 of 64 件) | 54 / 54 |\n" in text
    assert "(yamaguchi-r3 -> yamaguchi-r4, sha256 " in text


def test_the_ending_of_the_file_names_the_format(run: Run, later: str, tmp_path: Path) -> None:
    book = tmp_path / "differences.xlsx"
    run(EARLIER, later, "--output", str(book))
    assert "xl/workbook.xml" in zipfile.ZipFile(book).namelist()
    beside = tmp_path / "differences.csv.meta.toml"
    run(EARLIER, later, "--output", str(tmp_path / "differences.csv"))
    assert 'report = "yamaguchi-r3 -> yamaguchi-r4"' in beside.read_text("utf-8")
    assert "exists" in run(EARLIER, later, "--output", str(book), code=1)


def test_whatever_is_found_the_exit_code_is_0_unless_asked(run: Run, later: str) -> None:
    run(EARLIER, later, code=0)
    run(EARLIER, later, "--fail-on", "target", code=1)
    run(EARLIER, later, "--fail-on", "aim", code=0)
    run(EARLIER, later, "--fail-on", "aim,dropped", "--format", "json", code=1)
    run(EARLIER, EARLIER, "--fail-on", ",".join(CODES), code=0)


def test_a_report_compared_with_itself(run: Run) -> None:
    told = " ".join(run(EARLIER, EARLIER).split("earlier ")[0].split())
    assert told == "23 of 23 projects paired (23 surely), 82 of 82 KPIs paired (82 surely), nothing differs"
    assert run(EARLIER, EARLIER, "--format", "json") == "[]\n"


def test_what_cannot_be_compared_is_said_with_its_exit_code(run: Run, later: str) -> None:
    assert "nearest is 'target'" in run(EARLIER, later, "--fail-on", "targets", code=2)
    assert "no such report folder" in run(EARLIER, "missing", code=3)
    assert "--bom is for csv, tsv" in run(EARLIER, later, "--bom", code=2)
    run(EARLIER, code=2)


def test_hostile_text_is_shown_harmlessly(run: Run, hostile: Path) -> None:
    for form in ("table", "md"):
        told = run(EARLIER, str(hostile), "--format", form)
        assert "\x1b" not in told
        assert "\x9b" not in told


def test_another_year_of_the_same_document_fails_on_no_moved_target(run: Run, tmp_path: Path) -> None:
    head = "事業番号,事業名,成果指標,単位"
    head += "".join(f",{year}年度 目標値,{year}年度 成果実績" for year in (2019, 2020, 2021))
    rows = "1,観光誘客,観光客数,人,,,20,21,30,33", "2,移住相談,相談件数,件,30,31,40,39,50,52"
    source = tmp_path / "source.csv"
    source.write_text("\n".join((head, *rows, "")), "utf-8")
    for year in ("2019", "2021"):
        assert main(["import", str(source), "--to", str(tmp_path / year), "--year", year]) == 0
    both = str(tmp_path / "2019"), str(tmp_path / "2021")
    run(*both)
    page = run(*both, "--fail-on", "target", code=0)
    assert "target moved" not in page
    assert "yearly targets compared, since both tell them: 2019, 2020, 2021" in page
