import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from kpitui.report.check_words import CHECKS
from kpitui.report.checks import KPI_LEVEL, Finding, checks
from kpitui.report.column import NOTES
from kpitui.report.load import load
from kpitui.report.model import Report
from kpitui.sources.general.importer import import_general
from kpitui.sources.general.options import Options

PROMOTION, FACILITY = "地方創生推進交付金", "地方創生拠点整備交付金"
END, CONTINUE = "当初予定通り事業を終了する(した)", "計画通りに事業を継続する"
KANA = re.compile("[\u3041-\u30ff]")
AGREEMENTS = {"total_agrees", "spend_agrees", "count_agrees", "numbers_complete"}

# Everything there is to find in the built-in report, read off the page: the check, the records, the source lines.
# Projects 18 and 19 print the same summary. 22.1 prints -0.6 for a share. 7.2 is an increment beside the level 7.4.
# 7.2, 17.4 and two KPIs of the facility have targets below their baselines, four KPIs ask for 0 and start from 0,
# one for 28 and starts from 28. The facility is under construction; project 4 is rated best and ends.
FOUND = {
    ("duplicated_summary", ("promotion-18", "promotion-19"), (117, 121)),
    ("actual_as_change", ("promotion-22.1",), (131,)),
    ("mixed_bases", ("promotion-7.2", "promotion-7.4"), (73, 75)),
    ("target_below_baseline", ("promotion-7.2",), (73,)),
    ("target_below_baseline", ("promotion-17.4",), (116,)),
    ("target_below_baseline", ("facility-1.2",), (154,)),
    ("target_below_baseline", ("facility-1.3",), (155,)),
    ("state_for_rating", ("facility-1",), (153,)),
    ("ended_though_best", ("promotion-4",), (60,)),
    ("target_equals_baseline", ("promotion-14.3",), (103,)),
    ("target_equals_baseline", ("promotion-17.1",), (113,)),
    ("target_equals_baseline", ("promotion-21.1",), (127,)),
    ("target_equals_baseline", ("promotion-22.3",), (133,)),
    ("target_equals_baseline", ("facility-1.1",), (153,)),
}
# What is compared and agrees: printed spend 888,839 (line 21) and total (line 135), 92,500 (line 37) and no total,
# 22 projects (line 19) and 1 (line 35), numbered from 1 on lines 49 and 153.
AGREEING = [
    ("total_agrees", f"{PROMOTION}: 888,839 / 888,839", (135,)),
    ("spend_agrees", f"{PROMOTION}: 888,839 / 888,839", (21,)),
    ("count_agrees", f"{PROMOTION}: 22 / 22", (19,)),
    ("numbers_complete", f"{PROMOTION}: 1-22", (49,)),
    ("spend_agrees", f"{FACILITY}: 92,500 / 92,500", (37,)),
    ("count_agrees", f"{FACILITY}: 1 / 1", (35,)),
    ("numbers_complete", f"{FACILITY}: 1-1", (153,)),
]


def edit(path: Path, old: str, new: str) -> None:
    """Replace the only place where a text stands."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{text.count(old)} times {old!r}"
    path.write_text(text.replace(old, new), "utf-8")


def put(path: Path, id_: str, **cells: object) -> None:
    """Write other values into cells of the record of that id."""
    frame = pl.read_csv(path, glob=False, infer_schema=False)
    other = pl.col("id") != id_
    changed = frame.with_columns(
        pl.when(other).then(pl.col(key)).otherwise(pl.lit(None if value is None else str(value))).alias(key)
        for key, value in cells.items()
    )
    assert not changed.equals(frame)
    changed.write_csv(path)


def of(code: str, found: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in found if finding.check.code == code]


def codes(found: Sequence[Finding]) -> set[str]:
    return {finding.check.code for finding in found}


def notes(report: Report, id_: str) -> list[str]:
    frame = report.kpis if "." in id_ else report.projects
    row: dict[str, Any] = frame.row(by_predicate=pl.col("id") == id_, named=True)
    return list(row["notes"])


# The built-in report


def test_what_is_printed_agrees_with_what_the_tables_come_to(report: Report) -> None:
    found = [(each.check.code, each.detail.ja, each.lines) for each in checks(report) if each.weight == 0]
    assert found == AGREEING


def test_every_remark_on_the_report_is_found_with_its_records_and_source_lines(report: Report) -> None:
    found = [(each.check.code, each.ids, each.lines) for each in checks(report) if each.weight > 0]
    assert len(found) == len(FOUND) == 14
    assert set(found) == FOUND


def test_findings_come_heaviest_first_and_agreement_last(report: Report) -> None:
    weights = [finding.weight for finding in checks(report)]
    # 1 summary, 1 change, 1 mixture, 4 targets below; 1 state, 1 end, 5 targets equal to the baseline; 7 agreements.
    assert weights == [2] * 7 + [1] * 7 + [0] * 7


def test_the_lines_that_findings_name_hold_the_records(report: Report) -> None:
    source = (report.folder / "source.txt").read_text("utf-8").split("\n")
    values = {73: "10.1\t8.9\t%\t9.2", 75: "24\t36\t件\t53", 131: "40.7\t43.0\t%\t-0.6", 154: "260\t5\t件\t5"}
    for number, printed in values.items():
        assert printed in source[number - 1]
    assert source[117 - 1].split("\t")[2] == source[121 - 1].split("\t")[2]


def test_findings_of_records_are_told_by_their_names(report: Report) -> None:
    found = checks(report)
    assert of("actual_as_change", found)[0].detail == ("意識して県産品を購入する人の割合",) * 2
    assert of("mixed_bases", found)[0].detail.ja == "中小企業のIoT導入率 / ICT活用工事の実施企業数"


# Printed figures that do not agree


def test_a_cost_that_is_off_by_one_differs_from_total_and_spend(copied: Path) -> None:
    put(copied / "projects.csv", "promotion-1", cost=43841)
    found = checks(load(copied))
    for code, line in (("total_differs", 135), ("spend_differs", 21)):
        (finding,) = of(code, found)
        assert (finding.weight, finding.lines) == (3, (line,))
        assert finding.detail == (f"{PROMOTION}: 888,839 / 888,840",) * 2
    assert not of("total_agrees", found)
    # The other grant still agrees with its own figure.
    assert [each.detail.ja for each in of("spend_agrees", found)] == [f"{FACILITY}: 92,500 / 92,500"]


def test_a_printed_total_that_is_off_differs_alone(copied: Path) -> None:
    edit(copied / "report.toml", '888839\nraw = "888,839"', '888840\nraw = "888,840"')
    found = checks(load(copied))
    assert [each.detail.ja for each in of("total_differs", found)] == [f"{PROMOTION}: 888,840 / 888,839"]
    assert not of("spend_differs", found)


def test_a_printed_spend_that_is_off_differs_alone(copied: Path) -> None:
    edit(copied / "report.toml", "value = 92500", "value = 92000")
    found = checks(load(copied))
    assert [(each.detail.en, each.lines) for each in of("spend_differs", found)] == [
        (f"{FACILITY}: 92,000 / 92,500", (37,))
    ]
    assert len(of("total_agrees", found)) == 1


def test_a_printed_count_that_is_off_differs(copied: Path) -> None:
    edit(copied / "report.toml", "value = 22\n", "value = 23\n")
    (finding,) = of("count_differs", checks(load(copied)))
    assert (finding.weight, finding.detail.ja, finding.lines) == (3, f"{PROMOTION}: 23 / 22", (19,))


def test_a_figure_that_is_not_printed_is_not_compared(copied: Path) -> None:
    text = (copied / "report.toml").read_text("utf-8")
    for name in ("adopted", "cost", "total"):
        text = re.sub(rf"\[grant\.{name}\]\n(.+\n)+\n", "", text)
    (copied / "report.toml").write_text(text, "utf-8")
    assert not codes(checks(load(copied))) & {"total_agrees", "spend_agrees", "count_agrees"}


def test_a_missing_cost_is_no_cost_and_makes_the_sum_differ(copied: Path) -> None:
    # 888,839 less the 43,840 of project 1
    put(copied / "projects.csv", "promotion-1", cost=None)
    (finding,) = of("total_differs", checks(load(copied)))
    assert finding.detail.en == f"{PROMOTION}: 888,839 / 844,999"


@pytest.mark.parametrize(
    ("total", "code"),
    [(4200, "total_agrees"), (4900, "total_agrees"), (5600, "total_differs"), (400, "total_differs")],
)
def test_amounts_that_were_rounded_to_thousands_need_not_add_up_to_the_last(
    tmp_path: Path, total: int, code: str
) -> None:
    # Three times 1,400 yen are three times 1 thousand; with 4,200 yen, told as 4 thousand, that is no contradiction.
    # Rounding makes each of the four amounts half a thousand wrong at most, so that 2 thousand are the bound: 5,600 yen
    # are told as 6 thousand, 400 as none.
    rows = "".join(f"{number},P{number},1400,n,1,2\n" for number in (1, 2, 3))
    (tmp_path / "y.csv").write_text(f"番号,事業名,事業費(円),指標,目標値,実績値\n{rows},合計,{total},,,\n", "utf-8")
    import_general(str(tmp_path / "y.csv"), tmp_path / "y", Options())
    found = [each for each in checks(load(tmp_path / "y")) if each.check.code.startswith("total")]
    assert [each.check.code for each in found] == [code]
    assert ("apart by rounding" in found[0].detail.en) == (code == "total_agrees")


# Numbering


def test_numbers_that_are_left_out_are_named(copied: Path) -> None:
    put(copied / "projects.csv", "promotion-22", no=25)
    found = checks(load(copied))
    (finding,) = of("numbers_missing", found)
    assert (finding.weight, finding.detail.ja) == (3, f"{PROMOTION}: 22, 23, 24")
    # The facility's own numbering begins at 1 again.
    assert [each.detail.ja for each in of("numbers_complete", found)] == [f"{FACILITY}: 1-1"]


def test_very_many_numbers_that_are_left_out_are_ranges(copied: Path) -> None:
    # Some publishers number by codes of ten digits: the billions before one are not counted one by one.
    put(copied / "projects.csv", "promotion-3", no=2021000123)
    put(copied / "projects.csv", "promotion-22", no=27)
    (finding,) = of("numbers_missing", checks(load(copied)))
    assert finding.detail.ja == f"{PROMOTION}: 3, 22-26, 28-2021000122"


def test_a_number_that_stands_twice_names_both_projects(copied: Path) -> None:
    put(copied / "projects.csv", "promotion-22", no=21)
    report = load(copied)
    found = of("number_twice", checks(report))
    assert {id_ for finding in found for id_ in finding.ids} == {"promotion-21", "promotion-22"}
    assert {line for finding in found for line in finding.lines} == {127, 131}
    assert {finding.weight for finding in found} == {3}
    assert "number_twice" in notes(report, "promotion-21")


def test_the_same_number_in_another_grant_is_no_remark(report: Report) -> None:
    # Both grants have a project 1.
    assert "number_twice" not in codes(checks(report))


def test_projects_without_numbers_have_no_numbering_to_check(copied: Path) -> None:
    for number in range(1, 23):
        put(copied / "projects.csv", f"promotion-{number}", no=None)
    found = checks(load(copied))
    assert not of("numbers_missing", found)
    assert not of("number_twice", found)
    assert [each.detail.ja for each in of("numbers_complete", found)] == [f"{FACILITY}: 1-1"]


# Projects


def test_summaries_copied_within_two_pairs_are_two_findings(copied: Path) -> None:
    put(copied / "projects.csv", "promotion-3", summary="同じ文")
    put(copied / "projects.csv", "promotion-9", summary="同じ文")
    found = of("duplicated_summary", checks(load(copied)))
    assert [finding.ids for finding in found] == [("promotion-3", "promotion-9"), ("promotion-18", "promotion-19")]


def test_missing_summaries_are_not_duplicates(copied: Path) -> None:
    for id_ in ("promotion-3", "promotion-9"):
        put(copied / "projects.csv", id_, summary=None)
    assert len(of("duplicated_summary", checks(load(copied)))) == 1


def test_a_summary_of_its_own_is_no_remark(copied: Path) -> None:
    put(copied / "projects.csv", "promotion-19", summary="別の文")
    assert "duplicated_summary" not in codes(checks(load(copied)))


def test_a_rating_outside_the_scale_is_found_and_kept(copied: Path) -> None:
    put(copied / "projects.csv", "promotion-2", rating="効果は不明", rating_text="効果は不明")
    report = load(copied)
    (finding,) = of("rating_outside_scale", checks(report))
    assert (finding.weight, finding.ids, finding.lines) == (3, ("promotion-2",), (52,))
    assert report.projects["rating"].to_list()[1] == "効果は不明"


def test_a_direction_outside_the_list_is_found(copied: Path) -> None:
    put(copied / "projects.csv", "promotion-2", direction="見直す")
    (finding,) = of("direction_outside_list", checks(load(copied)))
    assert (finding.weight, finding.ids, finding.lines) == (2, ("promotion-2",), (52,))


def test_no_direction_is_not_one_outside_the_list(copied: Path) -> None:
    put(copied / "projects.csv", "promotion-2", direction=None)
    assert "direction_outside_list" not in codes(checks(load(copied)))


def test_a_project_without_effect_that_continues_is_at_odds(copied: Path) -> None:
    put(copied / "projects.csv", "promotion-2", rating="地方創生に効果がなかった")
    (finding,) = of("continued_without_effect", checks(load(copied)))
    assert (finding.weight, finding.ids, finding.lines) == (3, ("promotion-2",), (52,))


def test_the_lowest_and_the_best_of_the_ratings_met_are_not_those_of_the_scale(copied: Path) -> None:
    # Without the criteria, whoever reads the report knows the ratings given and not what may lie below or above them.
    toml = (copied / "report.toml").read_text("utf-8")
    for each in re.findall(r"\n\[rating\.criterion\]\n[^\[]*", toml):
        toml = toml.replace(each, "")
    (copied / "report.toml").write_text(toml, "utf-8")
    put(copied / "projects.csv", "promotion-2", rating="地方創生に効果がなかった")
    found = codes(checks(load(copied)))
    assert "continued_without_effect" not in found
    assert "ended_though_best" not in found


def test_a_project_without_effect_that_ends_is_not_at_odds(copied: Path) -> None:
    # Project 1 ends.
    put(copied / "projects.csv", "promotion-1", rating="地方創生に効果がなかった")
    assert "continued_without_effect" not in codes(checks(load(copied)))


def test_a_very_effective_project_that_continues_is_not_at_odds(copied: Path) -> None:
    put(copied / "projects.csv", "promotion-4", direction=CONTINUE)
    assert "ended_though_best" not in codes(checks(load(copied)))


def test_a_state_is_found_only_in_the_place_of_a_rating(copied: Path) -> None:
    put(copied / "projects.csv", "facility-1", rating_text=None)
    assert "state_for_rating" not in codes(checks(load(copied)))


@pytest.mark.parametrize("key", ["direction", "rating"])
def test_a_report_without_a_scale_has_nothing_outside_it(copied: Path, key: str) -> None:
    text = (copied / "report.toml").read_text("utf-8")
    text = re.sub(rf"\[\[{key}\]\]\n(.+\n)+(\n\[{key}\.\w+\]\n(.+\n)+)*", "", text)
    assert f"[[{key}]]" not in text
    (copied / "report.toml").write_text(text, "utf-8")
    found = codes(checks(load(copied)))
    assert not found & {"rating_outside_scale", "direction_outside_list"}


# KPIs


def test_a_missing_target_is_found(copied: Path) -> None:
    put(copied / "kpis.csv", "promotion-2.1", target=None)
    (finding,) = of("no_target", checks(load(copied)))
    assert (finding.weight, finding.ids, finding.lines) == (2, ("promotion-2.1",), (52,))


def test_a_missing_unit_is_found(copied: Path) -> None:
    put(copied / "kpis.csv", "promotion-2.1", unit=None)
    (finding,) = of("no_unit", checks(load(copied)))
    assert (finding.weight, finding.ids, finding.lines) == (1, ("promotion-2.1",), (52,))


def test_another_actual_printed_as_change_is_found(copied: Path) -> None:
    # Project 10's first KPI goes from 81.1 to 83.6.
    put(copied / "kpis.csv", "promotion-10.1", actual="-0.2")
    found = of("actual_as_change", checks(load(copied)))
    assert [finding.ids for finding in found] == [("promotion-10.1",), ("promotion-22.1",)]


def test_a_level_and_an_increment_in_one_project_are_one_finding(copied: Path) -> None:
    # Project 1: 1.1 starts from 0, 1.2 is a level; from 16 to 12 would make 1.3 an increment.
    put(copied / "kpis.csv", "promotion-1.3", target=12)
    found = of("mixed_bases", checks(load(copied)))
    assert [finding.ids for finding in found] == [
        ("promotion-1.2", "promotion-1.3"),
        ("promotion-7.2", "promotion-7.4"),
    ]
    assert [finding.lines for finding in found] == [(50, 51), (73, 75)]


def test_a_target_below_baseline_in_a_table_of_decreases_is_no_remark(copied: Path) -> None:
    put(copied / "kpis.csv", "promotion-17.4", aim="decrease")
    ids = [finding.ids for finding in of("target_below_baseline", checks(load(copied)))]
    assert ("promotion-17.4",) not in ids
    assert len(ids) == 3


# Notes


def test_notes_of_a_project_are_its_own_and_its_kpis(report: Report) -> None:
    expected = {
        "promotion-4": ["ended_though_best"],
        "promotion-7": ["target_below_baseline", "mixed_bases"],
        "promotion-14": ["target_equals_baseline"],
        "promotion-17": ["target_equals_baseline", "target_below_baseline"],
        "promotion-18": ["duplicated_summary"],
        "promotion-19": ["duplicated_summary"],
        "promotion-21": ["target_equals_baseline"],
        "promotion-22": ["actual_as_change", "target_equals_baseline"],
        "facility-1": ["state_for_rating", "target_equals_baseline", "target_below_baseline"],
    }
    noted = {row["id"]: set(row["notes"]) for row in report.projects.rows(named=True) if row["notes"]}
    assert noted == {id_: set(codes_) for id_, codes_ in expected.items()}


def test_no_note_of_a_project_stands_twice(report: Report) -> None:
    # Two KPIs of the facility have a target below the baseline.
    assert sorted(notes(report, "facility-1")) == [
        "state_for_rating",
        "target_below_baseline",
        "target_equals_baseline",
    ]


def test_notes_that_an_edit_brings_stand_on_kpi_and_project(copied: Path) -> None:
    put(copied / "kpis.csv", "promotion-2.1", unit=None, target=None)
    report = load(copied)
    assert notes(report, "promotion-2.1") == ["no_target", "no_unit"]
    assert set(notes(report, "promotion-2")) == {"no_target", "no_unit"}


# The words


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_every_check_says_what_and_why_in_both_languages(check: Any) -> None:
    for words in (check.what, check.why):
        assert words.ja.strip()
        assert words.en.strip()
        assert KANA.search(words.ja)
        assert words.en.isascii()
        assert words.ja != words.en


def test_checks_are_told_apart_by_words_and_listed_heaviest_first() -> None:
    whats = [check.what for check in CHECKS.values()]
    assert len(set(whats)) == len(whats)
    weights = [check.weight for check in CHECKS.values()]
    assert weights == sorted(weights, reverse=True)
    assert {code for code, check in CHECKS.items() if check.weight == 0} == AGREEMENTS


def test_every_check_of_a_record_is_also_a_note() -> None:
    known = {note.code for note in NOTES}
    of_grants = {"total_differs", "spend_differs", "count_differs", "numbers_missing"} | AGREEMENTS
    assert set(CHECKS) - of_grants <= known
    assert set(KPI_LEVEL) <= set(CHECKS)
