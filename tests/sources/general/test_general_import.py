"""`kpitui import` of any table: what it writes, what a dry run prints, and what is read from the folder again."""

import csv
import hashlib
import io
import sys
import tomllib
from pathlib import Path

import polars as pl
import pytest
from invented_tables import BLANKS_BELOW, ON_ITS_SIDE, RATING_ONLY, YEARS_ACROSS, understood

from kpitui.cli import main
from kpitui.report import builtin, folder
from kpitui.report.checks import checks
from kpitui.report.load import load
from kpitui.sources.general.explain import explain, remarks


def tsv(path: Path, text: str) -> Path:
    path.write_text(text.strip("\n").replace("|", "\t") + "\n", "utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["import", *words])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_a_table_becomes_a_folder_that_opens(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tsv(tmp_path / "ある市 R4.tsv", BLANKS_BELOW)
    code, out, said = run(capsys, str(source), "--to", str(tmp_path / "out"))
    assert (code, out) == (0, "")
    assert "rows: 9 = 1 blank + 3 prose + 1 head + 2 project + 1 kpi + 1 total" in said
    assert "result: 2 projects, 3 KPIs" in said
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        *("source.tsv", "report.toml", "projects.csv", "kpis.csv", "map.toml")
    }
    report = load(tmp_path / "out")
    assert report.kpis["status"].to_list() == ["met", "worsened", "unmeasured"]
    assert report.projects["rating_rank"].to_list() == [1, 2]
    assert report.metadata.source_sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
    assert (report.metadata.id, report.metadata.publisher) == ("ある市-r4", "ある市 R4")
    assert report.metadata.inferred == ("publisher", "id")


def test_importing_again_gives_the_same_bytes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tsv(tmp_path / "a.tsv", YEARS_ACROSS)
    for name in ("one", "two"):
        assert run(capsys, str(source), "--to", str(tmp_path / name))[0] == 0
    files = [{path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two")]
    assert files[0] == files[1]


def test_every_year_is_kept_in_a_file_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tsv(tmp_path / "a.tsv", YEARS_ACROSS)
    _, _, said = run(capsys, str(source), "--to", str(tmp_path / "out"))
    assert "values of other years: 9 rows (years.csv)" in said
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out" / "years.csv").read_text("utf-8"))))
    assert [(row["kpi_id"], row["year"], row["target"], row["actual_raw"]) for row in rows[:3]] == [
        ("all-1.1", "2020", "100", "90"),
        ("all-1.1", "2021", "110", "120"),
        ("all-1.1", "2022", "130", ""),
    ]
    tsv(source, RATING_ONLY)
    run(capsys, str(source), "--to", str(tmp_path / "out"))
    assert not (tmp_path / "out" / "years.csv").exists()


@pytest.mark.parametrize("year", ["2020", "R2", "令和2年度"])
def test_a_year_may_be_asked_for(year: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tsv(tmp_path / "a.tsv", YEARS_ACROSS)
    assert run(capsys, str(source), "--to", str(tmp_path / "out"), "--year", year)[0] == 0
    assert folder.read(tmp_path / "out").kpis["actual"].to_list() == [90.0, 4800.0, 2.0]
    assert tomllib.loads((tmp_path / "out" / "map.toml").read_text("utf-8"))["year"] == 2020


def test_a_dry_run_says_everything_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tsv(tmp_path / "a.tsv", BLANKS_BELOW.replace("※", "3|丙|x\n※"))
    code, out, said = run(capsys, str(source), "--dry-run")
    assert (code, said) == (0, "")
    for words in (
        "encoding: UTF-8",
        "table 1: head on line 4; a KPI per row",
        "  1 No -> number  [the head word]  e.g. 1 / 2",
        "  5 単位 -> unit  [the head word]  e.g. 人 / 千円 / 件",
        "ratings, best first (letters S–F): A > B",
        "  line 1: prose: 令和4年度 事業の実績",
        "  line 8: total: 合計 | 1,500",
        "rows not understood: 1",
        "  line 9: only 3 cells, which do not fit the 9 columns: 3 | 丙 | x",
        "marks for missing values: - ×1",
        "uncertain: nothing",
        "rows: 10 = 1 blank + 3 prose + 1 head + 2 project + 1 kpi + 1 total + 1 unknown",
        "title 令和4年度事業の実績; publisher a; id a; fiscal year 2022 (inferred: publisher, id)",
        "--map-to map.toml",
    ):
        assert words in out, words
    assert [path.name for path in tmp_path.iterdir()] == ["a.tsv"]


def test_what_a_map_names_and_the_file_lacks_is_said_by_the_import(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = tsv(tmp_path / "old.tsv", RATING_ONLY), tsv(tmp_path / "new.tsv", "事業名|評価\n甲|A\n乙|B")
    assert run(capsys, str(old), "--to", str(tmp_path / "old"))[0] == 0
    code, _, said = run(capsys, str(new), "--to", str(tmp_path / "out"), "--map", str(tmp_path / "old" / "map.toml"))
    assert code == 0
    lacking = ["No", "担当課"]
    assert [line for line in said.splitlines() if "not in this file" in line] == [
        f"  map: the map's column '{head}' is not in this file" for head in lacking
    ]
    assert f"to be checked: {len(lacking)}" in said.splitlines()


@pytest.mark.parametrize("to", [("--to", "out"), ("--dry-run",)])
def test_the_map_of_another_document_is_refused(
    to: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    tsv(tmp_path / "a.tsv", "指標|目標値\n来客|5")
    (tmp_path / "map.toml").write_text('[[table]]\n[[table.column]]\nplace = 1\nhead = "Project"\nrole = "project"\n')
    code, out, said = run(capsys, "a.tsv", "--map", "map.toml", *to)
    assert (code, out) == (1, "")
    assert "a.tsv: none of the map's columns (Project) is in it: this is the map of another document" in said
    assert not (tmp_path / "out").exists()


def test_a_dry_run_speaks_japanese(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tsv(tmp_path / "a.tsv", YEARS_ACROSS)
    _, out, _ = run(capsys, str(source), "--dry-run", "--lang", "ja")
    assert "表1: 見出し 1, 2行目、一行一KPI、年度が横に並ぶ" in out
    assert "令和3年度 / 目標値 → 目標値 (2021年度, 読む列)" in out
    assert "年度が複数あります (2020, 2021, 2022)" in out
    assert "(推定: 題名、公表者、識別名)" in out


def test_a_map_is_written_edited_and_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, maps = tsv(tmp_path / "a.tsv", BLANKS_BELOW), tmp_path / "map.toml"
    assert run(capsys, str(source), "--dry-run", "--map-to", str(maps))[0] == 0
    text = maps.read_text("utf-8").replace('head = "開始前"\nrole = "baseline"', 'head = "開始前"\nrole = "ignore"')
    maps.write_text(text, "utf-8")
    assert run(capsys, str(source), "--to", str(tmp_path / "out"), "--map", str(maps))[0] == 0
    assert folder.read(tmp_path / "out").kpis["baseline"].to_list() == [None, None, None]
    kept = tmp_path / "out" / "map.toml"
    assert run(capsys, str(source), "--to", str(tmp_path / "again"), "--map", str(kept))[0] == 0
    assert (tmp_path / "again" / "kpis.csv").read_bytes() == (tmp_path / "out" / "kpis.csv").read_bytes()


def test_a_map_that_exists_is_not_replaced_unless_it_was_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, maps = tsv(tmp_path / "a.tsv", BLANKS_BELOW), tmp_path / "map.toml"
    maps.write_text('title = "edited"\n', "utf-8")
    assert run(capsys, str(source), "--dry-run", "--map-to", str(maps))[0] == 1
    assert maps.read_text("utf-8") == 'title = "edited"\n'
    assert run(capsys, str(source), "--dry-run", "--map", str(maps), "--map-to", str(maps))[0] == 0
    assert 'title = "edited"' in maps.read_text("utf-8")


def test_a_year_that_is_not_there_is_a_usage_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tsv(tmp_path / "a.tsv", YEARS_ACROSS)
    code, _, said = run(capsys, str(source), "--dry-run", "--year", "2031")
    assert (code, said) == (2, "kpitui: no values for fiscal 2031; there are 2020, 2021, 2022\n")


def test_options_name_the_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tsv(tmp_path / "a.tsv", RATING_ONLY)
    words = ("--title", "行政評価", "--publisher", "甲市", "--id", "kou-r4")
    assert run(capsys, str(source), "--to", str(tmp_path / "out"), *words)[0] == 0
    metadata = folder.read(tmp_path / "out").metadata
    assert (metadata.title.value, metadata.publisher, metadata.id) == ("行政評価", "甲市", "kou-r4")
    assert metadata.inferred == ()
    assert metadata.fiscal_year is None


def test_a_table_on_its_side_is_offered_and_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tsv(tmp_path / "a.tsv", ON_ITS_SIDE)
    code, _, said = run(capsys, str(source), "--to", str(tmp_path / "out"))
    assert code == 1
    assert "to swap rows and columns, add --transpose" in said
    assert not (tmp_path / "out").exists()
    assert run(capsys, str(source), "--to", str(tmp_path / "out"), "--transpose")[0] == 0
    assert folder.read(tmp_path / "out").kpis["actual"].to_list() == [12.0, 3.0]


def test_standard_input_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = RATING_ONLY.strip().replace("|", "\t").encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert run(capsys, "-", "--to", str(tmp_path / "out"))[0] == 0
    assert folder.read(tmp_path / "out").projects.height == 4
    assert (tmp_path / "out" / "source.txt").read_bytes() == data


def test_without_a_dry_run_a_folder_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["import", "a.tsv"])
    assert caught.value.code == 2
    assert "--to" in capsys.readouterr().err


def test_the_reader_of_grant_publications_comes_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = builtin.folder() / "source.txt"
    code, out, _ = run(capsys, str(source), "--dry-run")
    assert code == 0
    assert "it has the structure of a publication of grant projects" in out
    assert "155 source lines: " in out
    assert run(capsys, str(source), "--to", str(tmp_path / "out"))[0] == 0
    assert not (tmp_path / "out" / "map.toml").exists()
    assert run(capsys, str(source), "--to", str(tmp_path / "other"), "--title", "別の題")[0] == 0
    assert folder.read(tmp_path / "other").kpis.height == 82


def test_a_publication_that_its_own_reader_refuses_is_read_as_any_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (builtin.folder() / "source.txt").read_text("utf-8").replace("山口県", "本県").replace("山口", "本")
    (tmp_path / "a.txt").write_text(text, "utf-8")
    code, _, said = run(capsys, str(tmp_path / "a.txt"), "--to", str(tmp_path / "out"))
    assert code == 0
    assert "not read as a publication of grant projects but as any table" in said
    assert "no prefecture is named" in said
    assert "result: 23 projects, 82 KPIs" in said


def test_a_curators_overrides_are_not_dropped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tsv(tmp_path / "a.tsv", BLANKS_BELOW)
    run(capsys, str(source), "--to", str(tmp_path / "out"))
    path = tmp_path / "out" / "report.toml"
    path.write_text(path.read_text("utf-8") + '\n[[override]]\nkpi = "all-1.1"\nnote = "x"\n', "utf-8")
    code, _, said = run(capsys, str(source), "--to", str(tmp_path / "out"))
    assert code == 1
    assert "holds overrides" in said


def test_a_published_achievement_is_held_against_ours(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = """
事業名|指標|目標値|実績値|単位|達成状況
甲|来客|10|12|人|達成
|売上|5|4|千円|達成
|件数|5|6|件|未達成
|開設|運用開始|運用開始|館|達成
|満足度|80|調査中|%|達成
"""
    run(capsys, str(tsv(tmp_path / "a.tsv", text)), "--to", str(tmp_path / "out"))
    report = load(tmp_path / "out")
    assert report.kpis["published"].to_list() == ["met", "met", "not_met", "met", "met"]
    noted = report.kpis.with_columns(differs=pl.col("notes").list.contains("published_differs"))
    assert noted["differs"].to_list() == [False, True, True, False, False]
    assert ["not_comparable" in notes for notes in report.kpis["notes"]] == [False, False, False, True, False]
    found = {finding.check.code: finding.ids for finding in checks(report)}
    assert found["published_differs"] == ("all-1.3",)
    assert found["not_comparable"] == ("all-1.4",)


def test_hostile_text_does_not_reach_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tsv(tmp_path / "a.tsv", "事業名|担当\x1b[2J|評価\n\x1b]0;x\x07甲|X|A\x9b7m\n乙|Y|B")
    _, out, _ = run(capsys, str(source), "--dry-run")
    assert not {"\x1b", "\x07", "\x9b"} & set(out)


def test_a_unit_cannot_speak_to_the_terminal() -> None:
    """The unit of a column stands in the sentence about a cell that counts something else."""
    found = understood("事業名|指標|単位|目標値|実績値\n甲|来客|\x1b[2J|5人|6人")
    said = [line.ja + line.en for line in (*explain(found), *remarks(found))]
    assert any("its unit is not" in line for line in said)
    assert all("\x1b" not in line for line in said)
