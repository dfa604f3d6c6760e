"""What a folder of another publisher shows when it is opened: its currency, its published words, its source rows."""

import json
from pathlib import Path

import pytest

from kpitui.cli import main
from kpitui.output.display import Display
from kpitui.output.findings import table as findings
from kpitui.output.overview import overview
from kpitui.output.source import source
from kpitui.report.columns import column
from kpitui.report.load import load
from kpitui.report.model import Report
from kpitui.text.prose import plain

POUNDS = 'Project Name,Whole Life Cost (£m),RAG\nRail,"1,234.5",Green\nShip,56,Red\nTotal,"1,290.5",\n'
ACHIEVED = "事業名,指標,目標値(R7),実績値(R5),達成状況\n道路,供用,運用開始,運用開始,達成\n,来客,100,120,未達成\n"


def imported(path: Path, *words: str) -> Report:
    folder = path.parent / "report"
    assert main(["import", str(path), "--to", str(folder), *words]) == 0
    return load(folder)


def csv_file(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "table.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_the_currency_stands_wherever_costs_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = imported(csv_file(tmp_path, POUNDS))
    assert report.metadata.currency == "£"
    assert report.projects["cost"].to_list() == [1234500, 56000]
    display = Display(report, "en")
    assert display.unit(column("projects", "cost")) == "k£"
    shown = plain(overview(display, 80))
    assert "spend by rating (thousand £)" in shown
    assert "yen" not in shown
    assert "thousand £" in " ".join(findings(report, "en")["what"])
    capsys.readouterr()
    folder = str(tmp_path / "report")
    assert main(["show", report.projects["id"][0], "--report", folder]) == 0
    assert "1,234,500 thousand £" in capsys.readouterr().out
    assert main(["projects", "--report", folder, "--format", "csv", "--words"]) == 0
    assert "cost (k£)" in capsys.readouterr().out


def test_a_report_in_yen_says_so_as_ever(report: Report) -> None:
    assert report.metadata.currency is None
    assert Display(report, "ja").unit(column("projects", "cost")) == "千円"
    assert Display(report, "en").unit(column("projects", "cost")) == "k¥"


def test_what_the_publisher_says_of_a_target_is_a_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = imported(csv_file(tmp_path, ACHIEVED))
    capsys.readouterr()
    assert main(["kpis", "--report", str(report.folder), "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["published"] for row in rows] == ["met", "not_met"]
    assert [row["published_raw"] for row in rows] == ["達成", "未達成"]
    assert [row["target_text"] for row in rows] == ["運用開始", None]
    assert [row["target_date"] for row in rows] == ["2025", "2025"]
    assert main(["kpis", "--report", str(report.folder), "--where", "published = 'not_met'", "--columns", "name"]) == 0
    assert "来客" in capsys.readouterr().out


FINAL = (
    "事業名,指標,目標最終年度,目標値,2020年度 目標値,2020年度 実績値,2021年度 目標値,2021年度 実績値\n"
    "甲,認知度,2024,70.1,50,69,,62.8\n"
    "甲,表示,2021,100,,51,,77.2\n"
    "甲,設置率,2024,55,50,,50,40\n"
    "甲,来客,2024,,,3,,4\n"
)


def test_a_target_of_another_year_is_told_and_not_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = imported(csv_file(tmp_path, FINAL))
    capsys.readouterr()
    keys = ("target", "target_text", "target_date", "status")
    assert report.kpis.select(keys).rows() == [
        (None, "70.1", "2024", "unmeasured"),
        (100.0, None, None, "missed"),
        (50.0, None, None, "missed"),
        (None, None, None, "unmeasured"),
    ]
    assert main(["show", "all-1.1", "--report", str(report.folder)]) == 0
    told = capsys.readouterr().out
    assert "target 「70.1」 to be reached 2024\n" in told
    assert "notes target in words or of another year, not comparable" in told
    assert main(["show", "all-1.4", "--report", str(report.folder)]) == 0
    assert "to be reached" not in capsys.readouterr().out


BLANKS = (
    "事業名,担当課,指標,目標値,実績値,今後の方針\n"
    '道の駅　整備 事業 ,企画部　資産経営課,"交付 団体数\nの　合計","1, 0 0 0",1 200, 計画通り に継続\n'
)


def test_blanks_within_the_cells_of_a_csv_are_the_publishers_own(tmp_path: Path) -> None:
    report = imported(csv_file(tmp_path, BLANKS))
    assert report.projects.select("name", "department", "direction").row(0) == (
        *("道の駅　整備 事業", "企画部　資産経営課", "計画通り に継続"),
    )
    assert report.kpis.select("name", "target", "actual").row(0) == ("交付 団体数の　合計", 1000.0, 1200.0)


def test_blanks_within_text_that_may_lie_on_a_page_are_the_pages(tmp_path: Path) -> None:
    path = tmp_path / "copied.txt"
    path.write_text("事業名\t今後の方針\n道の 駅\t計画通り に継続\n", "utf-8")
    assert imported(path).projects.select("name", "direction").row(0) == ("道の駅", "計画通りに継続")


def shown_source(report: Report, place: int = 0) -> str:
    lines, first = source(report.kpis.rows(named=True)[place], Display(report, "en"), 80)
    assert plain(lines[first : first + 1]).startswith(">")
    return plain(lines)


@pytest.mark.parametrize("encoding", ["cp932", "utf-16"])
def test_a_source_in_another_encoding_is_shown_by_its_rows(tmp_path: Path, encoding: str) -> None:
    report = imported(csv_file(tmp_path, ACHIEVED, encoding))
    shown = shown_source(report, 1)
    assert ">   3  | 来客 | 100 | 120 | 未達成" in shown


def test_a_workbook_is_shown_by_the_rows_of_its_sheets(tmp_path: Path) -> None:
    book = pytest.importorskip("openpyxl").Workbook()
    for number, name in enumerate(("推進", "拠点")):
        sheet = book.worksheets[0] if number == 0 else book.create_sheet()
        sheet.title = name
        sheet.append(["事業名", "指標", "目標値", "実績値"])
        sheet.append([f"{name}事業", f"{name}の来客", 10, 12])
    book.save(tmp_path / "book.xlsx")
    report = imported(tmp_path / "book.xlsx")
    shown = shown_source(report, 1)
    assert ">   2 拠点事業 | 拠点の来客 | 10 | 12" in shown
    assert "    2 推進事業 | 推進の来客 | 10 | 12" in shown
    assert shown.index("推進\n") < shown.index("推進事業") < shown.index("拠点\n")


def test_a_source_that_is_gone_is_said_to_be_missing(tmp_path: Path) -> None:
    report = imported(csv_file(tmp_path, ACHIEVED, "cp932"))
    (report.folder / report.metadata.source_file).unlink()
    lines, _ = source(report.kpis.rows(named=True)[0], Display(report, "en"), 80)
    assert plain(lines) == "the report folder holds no source text"


def test_an_encoding_can_be_said_and_is_kept_for_next_year(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = csv_file(tmp_path, "Project,Indicator,Target,Actual\nCafé,visits,1,2\n", "cp1252")
    report = imported(path, "--encoding", "cp1252")
    assert report.projects["name"].to_list() == ["Café"]
    assert 'encoding = "cp1252"' in (report.folder / "map.toml").read_text("utf-8")
    capsys.readouterr()
    assert main(["import", str(path), "--dry-run", "--encoding", "utf-8"]) == 1
    assert "damaged as utf-8" in capsys.readouterr().err
    assert main(["import", str(path), "--dry-run", "--encoding", "cp392"]) == 2
    assert "cp932" in capsys.readouterr().err
