"""Several reports on the command line: tables, overview, audit, checks, show, facets, views, exports."""

import csv
import io
import json
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from derived import NEXT_YEAR, bare, derived

from kpitui.cli import main
from kpitui.report import builtin

Captured = pytest.CaptureFixture[str]
CONSIDERABLE, EFFECTIVE = "地方創生に相当程度効果があった", "地方創生に効果があった"


@pytest.fixture
def two(tmp_path: Path) -> list[str]:
    """The options that name the built-in report and next year's."""
    return ["--report", str(builtin.folder()), "--report", str(derived(tmp_path / "r4", NEXT_YEAR))]


class Run:
    """The program, run in this process."""

    def __init__(self, capsys: Captured) -> None:
        self._capsys = capsys

    def __call__(self, *words: str, code: int = 0) -> str:
        """What it writes to stdout."""
        assert self._code(words) == code
        return self._capsys.readouterr().out

    def refused(self, *words: str, code: int = 2) -> str:
        """What it writes to stderr where it refuses."""
        assert self._code(words) == code
        return self._capsys.readouterr().err

    def _code(self, words: Sequence[str]) -> int:
        try:
            return main(words)
        except SystemExit as error:
            return int(error.code or 0)

    def rows(self, *words: str) -> list[dict[str, Any]]:
        """The rows as JSON."""
        found: list[dict[str, Any]] = json.loads(self(*words, "--format", "json"))
        return found


@pytest.fixture
def run(capsys: Captured) -> Run:
    return Run(capsys)


def test_kpis_of_both_come_with_their_report_first(run: Run, two: list[str]) -> None:
    rows = run.rows("kpis", *two)
    assert len(rows) == 164
    assert list(rows[0])[:3] == ["report", "id", "project_id"]
    assert rows[82]["id"] == "yamaguchi-r4/promotion-1.1"
    assert (rows[82]["report"], rows[82]["project_id"]) == ("yamaguchi-r4", "yamaguchi-r4/promotion-1")


@pytest.mark.parametrize("verb", ["kpis", "projects", "audit"])
def test_one_report_has_no_such_column_unless_it_is_asked_for(run: Run, verb: str) -> None:
    words = [verb, "--report", str(builtin.folder())]
    assert "report" not in csv.DictReader(io.StringIO(run(*words, "--format", "csv"))).fieldnames  # type: ignore[operator]
    assert not run(*words, "--limit", "1").startswith("報告書")
    asked = run.rows(*words, "--columns", "report,id", "--limit", "1")
    assert asked[0]["report"] == "yamaguchi-r3"


def test_a_table_for_people_has_short_ids_beside_the_report_and_whole_ones_without_it(run: Run, two: list[str]) -> None:
    beside = run("kpis", *two, "--where", "report = 'yamaguchi-r4'", "--limit", "1").splitlines()[1]
    assert beside.split()[:2] == ["yamaguchi-r4", "推1.1"]
    alone = run("kpis", *two, "--columns", "id,status", "--sort", "-report", "--limit", "1").splitlines()[1]
    assert alone.split() == ["yamaguchi-r4/推1.1", "met"]


def test_a_condition_on_the_report_selects_its_rows(run: Run, two: list[str]) -> None:
    assert len(run.rows("kpis", *two, "--where", "report = 'yamaguchi-r4' AND status = 'met'")) == 51


def test_facets_count_the_rows_of_each_report(run: Run, two: list[str]) -> None:
    assert run.rows("facets", "report", *two) == [
        {"value": "yamaguchi-r3", "count": 82},
        {"value": "yamaguchi-r4", "count": 82},
    ]
    counted = run.rows("facets", "report", *two, "--status", "missed")
    assert [each["count"] for each in counted] == [28, 27]


def test_a_built_in_view_selects_from_both(run: Run, two: list[str]) -> None:
    assert len(run.rows("kpis", *two, "--view", "underperforming")) == 30 + 29


def test_show_takes_the_whole_id_and_the_short_form(run: Run, two: list[str]) -> None:
    for wanted in ("yamaguchi-r4/promotion-1.1", "yamaguchi-r4/推1.1"):
        told = run("show", wanted, *two)
        assert "yamaguchi-r4/推1.1" in told
        assert "「0 / 1,839,000 / 千円 / 1,839,000」" in told
        assert "fiscal 2022" in told
    shown = json.loads(run("show", "yamaguchi-r4/promotion-1.1", *two, "--format", "json"))
    assert (shown["report"], shown["actual"]) == ("yamaguchi-r4", 1839000)


def test_show_asks_which_where_an_id_is_in_both(run: Run, two: list[str]) -> None:
    said = run.refused("show", "promotion-1.1", *two)
    assert "more than one report" in said
    assert "yamaguchi-r3/promotion-1.1, yamaguchi-r4/promotion-1.1" in said


def test_show_finds_what_only_one_of_them_has_without_its_name(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("id,project_id,name,target,actual\nx-1.1,x-1,来訪者数,5,6\n", "utf-8")
    told = run("show", "x-1.1", "--report", str(builtin.folder()), "--report", str(table))
    assert "own/x-1.1" in told


def test_show_of_one_report_writes_what_it_always_wrote(run: Run) -> None:
    assert "report" not in json.loads(run("show", "promotion-1.1", "--format", "json"))


def test_the_overview_counts_all_and_each(run: Run, two: list[str]) -> None:
    told = run("overview", *two)
    lines = told.splitlines()
    assert lines[0] == "2 reports"
    by_report = [line.split() for line in lines[lines.index("by report (spend in thousand yen)") + 1 :][:4]]
    assert by_report == [
        ["projects", "KPIs", "worsened", "missed", "met", "unmeasured", "cost", "met"],
        ["yamaguchi-r3", "23", "82", "2", "28", "50", "2", "981,339", "62%"],
        ["yamaguchi-r4", "23", "82", "2", "27", "51", "2", "981,340", "63%"],  # 51 of 80 measured is 63.75%
        ["all", "46", "164", "4", "55", "101", "4", "1,962,679", "63%"],  # 101 of 160 is 63.1%
    ]
    assert "disagrees yamaguchi-r4/推1 " in told
    assert "disagrees yamaguchi-r3/推1 " not in told
    assert "different scales" not in told


def test_the_overview_cuts_no_figure_however_narrow_the_terminal(
    run: Run, two: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "72")
    assert "yamaguchi-r4 23 82 2 27 51 2 981,340 63%" in " ".join(run("overview", *two).split())
    monkeypatch.setenv("COLUMNS", "40")
    told = " ".join(run("overview", *two).split())
    counts = "projects 23, KPIs 82, worsened 2, missed 27, met 51, unmeasured 2, cost 981,340, met 63%"
    assert f"yamaguchi-r4 {counts}" in told


def test_checks_cut_what_names_thousands_for_people_and_for_no_program(run: Run, tmp_path: Path) -> None:
    # Projects 1 and 3,000 of one grant: 2 to 2,999 are missing.
    rows = [f"g-{number}.1,g-{number},g,{number},P{number},n,1,2" for number in (1, 3000)]
    path = tmp_path / "far.csv"
    path.write_text("\n".join(("id,project_id,grant,project_no,project,name,target,actual", *rows, "")), "utf-8")
    (found,) = (line for line in run("checks", "--report", str(path), code=1).splitlines() if "g: 2, 3, 4, " in line)
    assert "…" in found
    assert "1000" not in found
    assert "2998, 2999" in run("checks", "--report", str(path), "--format", "csv", code=1)


def test_the_overview_says_where_scales_differ(run: Run, tmp_path: Path) -> None:
    turned = {f'rank = 2\ntext = "{CONSIDERABLE}"': f'rank = 3\ntext = "{CONSIDERABLE}"'}
    turned |= {f'rank = 3\ntext = "{EFFECTIVE}"': f'rank = 2\ntext = "{EFFECTIVE}"', "yamaguchi-r3": "turned"}
    folder = derived(tmp_path / "turned", {"report.toml": turned})
    words = ["--report", str(builtin.folder()), "--report", str(folder)]
    assert "the reports rate on different scales" in " ".join(run("overview", *words).split())
    assert "2|3 相当程度" in run("facets", "rating", *words)
    assert "rank 2 differs between the reports" in run.refused("projects", *words, "--rating", "2")
    # 12 rated "considerable" in the one are rated second there; in the other, the 7 rated "effective".
    assert len(run.rows("projects", *words, "--where", "rating_rank = 2")) == 12 + 7
    assert len(run.rows("projects", *words, "--rating", "1")) == 3 + 3


def test_a_rank_means_each_reports_own_rating_of_it(run: Run, tmp_path: Path) -> None:
    other = {CONSIDERABLE: "A", "yamaguchi-r3": "other"}
    folder = derived(tmp_path / "other", {"report.toml": other, "projects.csv": {CONSIDERABLE: "A"}})
    words = ["--report", str(builtin.folder()), "--report", str(folder)]
    rows = run.rows("projects", *words, "--rating", "2")
    assert [each["rating"] for each in rows] == [CONSIDERABLE] * 12 + ["A"] * 12


def test_the_overview_as_data_holds_each_reports_facts(run: Run, two: list[str]) -> None:
    data = json.loads(run("overview", *two, "--format", "json"))
    assert (data["projects"], data["kpis"]) == (46, 164)
    assert data["status"] == {"worsened": 4, "missed": 55, "met": 101, "unmeasured": 4}
    assert [(each["report"], each["status"]["met"]) for each in data["reports"]] == [
        ("yamaguchi-r3", 50),
        ("yamaguchi-r4", 51),
    ]
    assert data["reports"][1]["fiscal_year"]["value"] == 2022


def test_the_audit_of_both_names_the_report_and_fails_on_either(run: Run, two: list[str]) -> None:
    found = run("audit", *two, "--verdict", "disagrees", "--format", "csv", "--fail-on", "disagrees", code=1)
    ids = [row["id"] for row in csv.DictReader(io.StringIO(found))]
    assert sorted(ids) == [
        *("yamaguchi-r3/promotion-14", "yamaguchi-r3/promotion-17"),
        *("yamaguchi-r4/promotion-1", "yamaguchi-r4/promotion-14", "yamaguchi-r4/promotion-17"),
    ]


def test_the_audit_leaves_a_bare_table_without_a_verdict(run: Run, tmp_path: Path) -> None:
    words = ["--report", str(builtin.folder()), "--report", str(bare(tmp_path / "kpis.parquet"))]
    rows = run.rows("audit", *words)
    assert {(row["report"], row["verdict"] is None) for row in rows} == {("yamaguchi-r3", False), ("kpis", True)}
    assert "no audit" in run("show", "kpis/promotion-1", *words)


def test_checks_name_the_report(run: Run, two: list[str]) -> None:
    rows = json.loads(run("checks", *two, "--format", "json", code=1))
    differs = [row for row in rows if row["code"] == "total_differs"]
    assert [(row["report"], row["weight"]) for row in differs] == [("yamaguchi-r4", 3)]
    alone = json.loads(run("checks", "--format", "json", code=1))
    assert "report" not in alone[0]


def test_an_export_names_every_report_and_can_be_opened_again(run: Run, two: list[str], tmp_path: Path) -> None:
    run("kpis", *two, "--output", str(tmp_path / "out.csv"))
    source = tomllib.loads((tmp_path / "out.csv.meta.toml").read_text("utf-8"))["source"]
    assert source["report"] == "yamaguchi-r3 + yamaguchi-r4"
    assert [each.split()[0] for each in source["reports"]] == ["yamaguchi-r3", "yamaguchi-r4"]
    run("kpis", *two, "--output", str(tmp_path / "out.parquet"))
    assert pl.read_parquet(tmp_path / "out.parquet", glob=False).height == 164
    assert len(run.rows("kpis", "--report", str(tmp_path / "out.parquet"))) == 164


def test_an_export_of_one_report_says_what_it_always_said(run: Run, tmp_path: Path) -> None:
    run("kpis", "--output", str(tmp_path / "out.csv"))
    source = tomllib.loads((tmp_path / "out.csv.meta.toml").read_text("utf-8"))["source"]
    assert list(source)[:6] == ["report", "title", "publisher", "publisher_inferred", "sha256", "table"]


def test_a_report_named_twice_or_missing_is_refused_by_name(run: Run, two: list[str]) -> None:
    assert "r4: the same report is named twice" in run.refused("kpis", *two, "--report", two[-1])
    assert "nowhere: no such report folder" in run.refused("kpis", *two, "--report", "nowhere", code=3)


def test_without_a_terminal_several_reports_ask_for_a_verb(run: Run, two: list[str]) -> None:
    assert "no terminal here" in run.refused(two[1], two[3])


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_an_export_of_several_reports_opens_as_these_reports(
    run: Run, two: list[str], tmp_path: Path, form: str
) -> None:
    file = str(tmp_path / f"both.{form}")
    run("kpis", *two, "--output", file)
    keys = ["report", "id", "project_id", "status", "rating_rank", "actual"]
    columns = ["--columns", ",".join(keys)]
    assert run.rows("kpis", "--report", file, *columns) == run.rows("kpis", *two, *columns)
    assert run.rows("facets", "report", "--report", file) == [
        {"value": "yamaguchi-r3", "count": 82},
        {"value": "yamaguchi-r4", "count": 82},
    ]
    assert [each["id"] for each in run.rows("projects", "--report", file)][22:24] == [
        "yamaguchi-r3/facility-1",
        "yamaguchi-r4/promotion-1",
    ]


def test_an_export_of_one_of_several_reports_keeps_report_and_ids(run: Run, two: list[str], tmp_path: Path) -> None:
    file = str(tmp_path / "one.csv")
    run("kpis", *two, "--where", "report = 'yamaguchi-r4' AND status = 'worsened'", "--output", file)
    found = run.rows("kpis", "--report", file, "--columns", "report,id")
    assert found == [
        {"report": "yamaguchi-r4", "id": "yamaguchi-r4/promotion-6.3"},
        {"report": "yamaguchi-r4", "id": "yamaguchi-r4/promotion-22.1"},
    ]
