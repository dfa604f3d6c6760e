from pathlib import Path
from typing import Any

import polars as pl
import pytest

from kpitui.cli import main
from kpitui.output.display import Display
from kpitui.output.explain import explanation
from kpitui.report.checks import checks
from kpitui.report.load import load
from kpitui.report.model import Report
from kpitui.text.prose import plain
from kpitui.text.wording import Lang

NOTE = "担当課に確認した"


def rule(folder: Path, kpi: str, ruling: str, note: str = NOTE) -> None:
    """Add a curator's ruling to the report folder."""
    with (folder / "report.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[[override]]\nkpi = "{kpi}"\nnote = "{note}"\n{ruling}\n')


def ruled(folder: Path, kpi: str, ruling: str, note: str = NOTE) -> tuple[Report, dict[str, Any]]:
    """The report under that ruling, and the KPI's row."""
    rule(folder, kpi, ruling, note)
    report = load(folder)
    return report, row_of(report, kpi)


def row_of(report: Report, id_: str) -> dict[str, Any]:
    frame = report.kpis if "." in id_ else report.projects
    return frame.row(by_predicate=pl.col("id") == id_, named=True)


def explained(report: Report, kpi: str, lang: Lang = "en") -> list[str]:
    return plain(explanation("kpis", row_of(report, kpi), "status", Display(report, lang), 400)).splitlines()


def show(
    folder: Path, kpi: str, lang: Lang, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> str:
    monkeypatch.setenv("COLUMNS", "120")
    capsys.readouterr()
    assert main(["show", kpi, "--report", str(folder), "--lang", lang]) == 0
    return capsys.readouterr().out


# Basis


def test_a_change_declared_a_level_is_judged_as_printed(copied: Path) -> None:
    # 22.1 goes from 40.7 to 43.0 and prints -0.6: as a level that is 43.6 short.
    _, row = ruled(copied, "promotion-22.1", 'basis = "level"')
    assert (row["basis"], row["status"], row["change"], row["gap"]) == ("level", "worsened", "down", -43.6)
    assert row["progress"] == pytest.approx((-0.6 - 40.7) / (43.0 - 40.7))
    assert row["attainment"] == pytest.approx(-0.6 / 43.0)
    assert row["notes"] == ["declared"]


def test_a_level_declared_an_increment_is_held_against_its_target_alone(copied: Path) -> None:
    # 13.2 goes from 5 to 14 and prints 13: as levels 8 of 9 of the way, as increments 13 of 14.
    _, row = ruled(copied, "promotion-13.2", 'basis = "increment"')
    assert (row["basis"], row["status"], row["change"], row["gap"]) == ("increment", "missed", "up", -1)
    assert row["progress"] == pytest.approx(13 / 14)
    assert row["notes"] == ["declared"]


def test_an_increment_declared_a_level_brings_back_the_fall(copied: Path) -> None:
    # Facility 1.3 goes from 69 to 20 and prints 20: as a level it came down by 49 and still reaches its target.
    report, row = ruled(copied, "facility-1.3", 'basis = "level"')
    assert (row["basis"], row["status"], row["change"]) == ("level", "met", "down")
    assert row["progress"] == pytest.approx(1.0)
    # Beside the increment 1.2, a level makes the bases of the project mixed.
    assert set(row["notes"]) == {"target_below_baseline", "mixed_bases", "declared"}
    assert "declared" in row_of(report, "facility-1")["notes"]


def test_an_ambiguous_kpi_can_be_decided(copied: Path) -> None:
    # Facility 1.1: 28 to 28, prints 28: as an increment it has gone all of the way.
    _, row = ruled(copied, "facility-1.1", 'basis = "increment"')
    assert (row["basis"], row["status"], row["progress"]) == ("increment", "met", 1.0)


def test_a_basis_has_its_effect_on_the_audit(copied: Path) -> None:
    # 22.1 declared an increment: -0.6 of 43.0 is below nothing, so it stays worsened and so does the verdict.
    report, row = ruled(copied, "promotion-22.1", 'basis = "increment"')
    assert row["status"] == "worsened"
    assert row_of(report, "promotion-22")["verdict"] == "depends"
    assert "actual_as_change" not in {finding.check.code for finding in checks(report)}


def test_the_working_says_that_the_basis_was_declared(copied: Path) -> None:
    report, _ = ruled(copied, "promotion-13.2", 'basis = "increment"')
    english, japanese = explained(report, "promotion-13.2"), explained(report, "promotion-13.2", "ja")
    assert "basis increment (declared in the report folder)" in english
    assert f"notes declared in the report folder: {NOTE}" in english
    assert "progress 13 / 14 = 92.8% (before rounding 0.9285714285714286)" in english
    assert "基準 増加分 (報告フォルダの指定による)" in japanese
    assert f"注記 報告フォルダの指定: {NOTE}" in japanese
    # Who says which way the KPI should move is still the table's head.
    assert any(line.startswith("aim increase (from the table's head, line 47") for line in english)


def test_a_change_declared_where_no_baseline_is_printed_says_why_it_is_not_judged(copied: Path) -> None:
    kpis = copied / "kpis.csv"
    text = kpis.read_text("utf-8")
    assert text.count("売上額,0,0,1839000") == 1
    kpis.write_text(text.replace("売上額,0,0,1839000", "売上額,,-,1839000"), "utf-8")
    report, row = ruled(copied, "promotion-1.1", 'basis = "change"')
    assert row["status"] == "unmeasured"
    assert "status no baseline that the change could be added to" in explained(report, "promotion-1.1")
    assert "状況 変化量の元になる開始値がない" in explained(report, "promotion-1.1", "ja")


# Aim


def test_a_declared_aim_decides_what_met_means(copied: Path) -> None:
    # 6.2 stands at 616 of 650: short of an increase, but within a limit not to be passed.
    report, row = ruled(copied, "promotion-6.2", 'aim = "decrease"')
    assert (row["aim"], row["status"], row["gap"]) == ("decrease", "met", -34)
    project = row_of(report, "promotion-6")
    assert (project["met"], project["missed"], project["worsened"], project["unmeasured"]) == (2, 0, 1, 1)


def test_a_declared_aim_has_its_effect_on_basis_and_verdict(copied: Path) -> None:
    # 17.4: from 13.9 down to 3.1, and 5.4 was reached: short by 2.3, so the project no longer met all.
    report, row = ruled(copied, "promotion-17.4", 'aim = "decrease"')
    assert (row["basis"], row["status"], row["change"], row["gap"]) == ("level", "missed", "down", 2.3)
    assert row["progress"] == pytest.approx((5.4 - 13.9) / (3.1 - 13.9))
    assert row_of(report, "promotion-17")["verdict"] == "consistent"


def test_a_limit_declared_can_bring_a_verdict_about(copied: Path) -> None:
    # 16.1 stands at 787 of 790. As a limit it is met, and with it all of project 16, which is rated 3.
    report, row = ruled(copied, "promotion-16.1", 'aim = "maintain_below"')
    assert (row["aim"], row["status"]) == ("maintain_below", "met")
    assert row_of(report, "promotion-16")["verdict"] == "disagrees"


def test_a_declared_aim_replaces_the_inferred_one(copied: Path) -> None:
    text = (copied / "report.toml").read_text("utf-8")
    head = '\n[grant.aim]\nvalue = "increase"\nraw = "④ 本事業における重要業績評価指標(KPI)増加分"\nline = 47\n'
    assert text.count(head) == 1
    (copied / "report.toml").write_text(text.replace(head, ""), "utf-8")
    before = row_of(load(copied), "promotion-17.4")
    assert (before["aim"], "aim_inferred" in before["notes"]) == ("decrease", True)
    report, row = ruled(copied, "promotion-17.4", 'aim = "increase"')
    assert (row["aim"], row["basis"], row["status"]) == ("increase", "increment", "met")
    assert "aim_inferred" not in row["notes"]
    assert any(line.startswith("aim increase (declared in the report folder") for line in explained(report, row["id"]))


def test_the_working_says_that_the_aim_was_declared_and_nothing_else(copied: Path) -> None:
    report, _ = ruled(copied, "promotion-6.2", 'aim = "decrease"')
    english, japanese = explained(report, "promotion-6.2"), explained(report, "promotion-6.2", "ja")
    assert f"aim decrease (declared in the report folder: {NOTE})" in english
    assert f"目指す向き 減少 (報告フォルダの指定: {NOTE})" in japanese
    assert "basis zero baseline (baseline is 0 or absent: level and increment coincide)" in english


def test_an_aim_alone_is_noted_as_declared(copied: Path) -> None:
    report, row = ruled(copied, "promotion-6.2", 'aim = "decrease"')
    assert "declared" in row["notes"]
    assert "declared" in row_of(report, "promotion-6")["notes"]


# Unit


def test_a_declared_unit_stands_wherever_the_unit_does_and_the_raw_cell_stays(copied: Path) -> None:
    report, row = ruled(copied, "promotion-6.3", 'unit = "a"')
    assert (row["unit"], row["unit_raw"], row["status"]) == ("a", "ha", "worsened")
    english = explained(report, "promotion-6.3")
    assert "as printed line 70 「0 / 20 / ha / -22」" in english
    assert "gap (-22) - 20 = -42 a" in english
    assert f"notes declared in the report folder: {NOTE}" in english
    assert any(line.startswith("aim increase (from the table's head") for line in english)
    assert not any(line.startswith("basis") and "declared" in line for line in english)


def test_a_declared_unit_fills_one_that_is_missing(copied: Path) -> None:
    kpis = (copied / "kpis.csv").read_text("utf-8")
    assert kpis.count(",20,20,ha,ha,") == 1
    (copied / "kpis.csv").write_text(kpis.replace(",20,20,ha,ha,", ",20,20,,,"), "utf-8")
    assert row_of(load(copied), "promotion-6.3")["notes"] == ["no_unit"]
    report, row = ruled(copied, "promotion-6.3", 'unit = "ha"')
    assert "no_unit" not in row["notes"]
    assert "no_unit" not in {finding.check.code for finding in checks(report)}


def test_a_unit_alone_is_noted_as_declared(copied: Path) -> None:
    _, row = ruled(copied, "promotion-6.3", 'unit = "a"')
    assert "declared" in row["notes"]


# Together, and shown


def test_all_three_can_be_declared_at_once(copied: Path) -> None:
    # 7.4 goes from 24 to 36 and prints 53; down to 36, on increments, 53 is 17 too many.
    _, row = ruled(copied, "promotion-7.4", 'basis = "increment"\naim = "decrease"\nunit = "社"')
    assert (row["basis"], row["aim"], row["unit"], row["status"]) == ("increment", "decrease", "社", "worsened")
    assert "declared" in row["notes"]


def test_a_ruling_changes_no_other_kpi(report: Report, copied: Path) -> None:
    ruled_, _ = ruled(copied, "promotion-6.2", 'basis = "level"\naim = "decrease"\nunit = "名"')
    keys = ["id", "basis", "aim", "status", "progress", "attainment", "gap", "notes"]
    others = pl.col("id") != "promotion-6.2"
    assert ruled_.kpis.filter(others).select(keys).equals(report.kpis.filter(others).select(keys))
    assert ruled_.kpis.filter(others)["unit"].cast(pl.String).equals(report.kpis.filter(others)["unit"].cast(pl.String))


@pytest.mark.parametrize(
    ("ruling", "lang", "said"),
    [
        ('basis = "increment"', "en", f"declared in the report folder: {NOTE}"),
        ('basis = "increment"', "ja", f"報告フォルダの指定: {NOTE}"),
        ('aim = "decrease"', "en", f"declared in the report folder: {NOTE}"),
        ('aim = "decrease"', "ja", f"報告フォルダの指定: {NOTE}"),
        ('unit = "社"', "en", f"declared in the report folder: {NOTE}"),
        ('unit = "社"', "ja", f"報告フォルダの指定: {NOTE}"),
    ],
)
def test_show_gives_the_curators_reason(
    copied: Path,
    ruling: str,
    lang: Lang,
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rule(copied, "promotion-7.4", ruling)
    assert said in show(copied, "promotion-7.4", lang, capsys, monkeypatch)
    assert said not in show(copied, "promotion-7.2", lang, capsys, monkeypatch)


def test_a_hostile_note_is_shown_harmlessly(copied: Path) -> None:
    report, _ = ruled(copied, "promotion-7.4", 'unit = "社"', r"\u001b[2Jx")
    assert "notes declared in the report folder: ␛[2Jx" in explained(report, "promotion-7.4")
