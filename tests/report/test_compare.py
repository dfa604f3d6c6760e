import shutil
from pathlib import Path

import pytest
from later import later_report, replaced

from kpitui.report.compare import Comparison, compare
from kpitui.report.difference import CODES, Difference
from kpitui.report.load import load
from kpitui.report.model import Report
from kpitui.report.open import open_report
from kpitui.sources.general.importer import import_general
from kpitui.sources.general.options import Options

RENAMED = "人口減少社会を生き抜く中山間地域の実現事業"


@pytest.fixture(scope="module")
def found(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return compare(report, load(later_report(tmp_path_factory.mktemp("later") / "r4")))


def told(differences: list[Difference]) -> list[tuple[object, ...]]:
    return [(each.id_a, each.id_b, each.column, each.value_a, each.value_b) for each in differences]


def test_projects_are_paired_by_name_and_not_by_number(found: Comparison, report: Report) -> None:
    names = found.b.projects["name"]
    pairs = [(report.projects["id"][a], found.b.projects["id"][b], sure) for a, b, sure in found.pairs.projects.rows()]
    assert len(pairs) == 22
    assert ("promotion-2", "promotion-3", 1.0) in pairs
    assert ("promotion-3", "promotion-2", 1.0) in pairs
    unsure = [pair for pair in pairs if pair[2] < 1]
    assert [pair[:2] for pair in unsure] == [("promotion-5", "promotion-5")]
    assert f"{RENAMED}(広域連携)" in names


def test_kpis_are_paired_within_their_projects(found: Comparison) -> None:
    # 82 in the earlier report, of which four are gone; 80 in the later one, of which two are new.
    assert found.a.kpis.height == 82
    assert found.b.kpis.height == 80
    assert found.pairs.kpis.height == 78
    assert found.pairs.kpis["sure"].min() == 1.0


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (
            "rating",
            [("promotion-4", "promotion-4", "rating", "地方創生に非常に効果的だった", "地方創生に効果があった")],
        ),
        (
            "direction",
            [
                (
                    "promotion-1",
                    "promotion-1",
                    "direction",
                    "当初予定通り事業を終了する(した)",
                    "計画通りに事業を継続する",
                )
            ],
        ),
        ("spend", [("promotion-1", "promotion-1", "cost", 43840, 50000)]),
        ("status", [("promotion-2.3", "promotion-3.3", "status", "missed", "met")]),
        ("target", [("promotion-1.1", "promotion-1.1", "target", "1839000", "2000000")]),
        ("restated", [("promotion-1.3", "promotion-1.3", "baseline", 16.0, 17.0)]),
        ("unit", [("promotion-3.1", "promotion-2.1", "unit", "千円", "百万円")]),
        ("aim", []),
        ("renamed", [("promotion-5", "promotion-5", "name", RENAMED, f"{RENAMED}(広域連携)")]),
        ("moved", [("promotion-22.1", "promotion-21.5", "project_id", "promotion-22", "promotion-21")]),
        (
            "scale",
            [
                (None, None, "rating", "4 地方創生に効果がなかった", None),
                (None, None, "rating", None, "4 地方創生の効果は認められなかった"),
            ],
        ),
    ],
)
def test_each_change_is_found_and_nothing_else(
    found: Comparison, kind: str, expected: list[tuple[object, ...]]
) -> None:
    assert told(found.of(kind)) == expected


def test_what_stands_in_one_report_only_is_dropped_or_new(found: Comparison) -> None:
    dropped = [each.id_a for each in found.of("dropped")]
    assert dropped == ["promotion-20", "promotion-1.2", "promotion-20.1", "promotion-20.2", "promotion-20.3"]
    assert [each.id_b for each in found.of("new")] == ["promotion-23", "promotion-6.5", "promotion-23.1"]
    assert {each.sure for each in [*found.of("dropped"), *found.of("new")]} == {None}


def test_differences_come_in_the_order_of_their_kinds(found: Comparison) -> None:
    places = [CODES.index(each.kind) for each in found.differences]
    assert places == sorted(places)


def test_each_difference_names_the_source_lines_of_both(found: Comparison) -> None:
    (target,) = found.of("target")
    assert (target.line_a, target.line_b) == (49, 49)
    (status,) = found.of("status")
    assert (status.line_a, status.line_b) == (54, 54)
    assert [each.line_b for each in found.of("new")] == [134, 72, 70]


def test_actuals_of_different_years_are_not_called_restated(found: Comparison) -> None:
    assert found.years == ()


def test_a_report_does_not_differ_from_itself(report: Report) -> None:
    found = compare(report, report)
    assert found.differences == ()
    assert found.silent == ()
    assert found.years == (2021,)
    assert found.pairs.projects["sure"].to_list() == [1.0] * 23
    assert found.pairs.kpis["sure"].to_list() == [1.0] * 82


def test_what_is_dropped_one_way_is_new_the_other_way(found: Comparison) -> None:
    back = compare(found.b, found.a)
    assert {each.id_a for each in found.of("dropped")} == {each.id_b for each in back.of("new")}
    assert {each.id_b for each in found.of("new")} == {each.id_a for each in back.of("dropped")}
    for kind in ("rating", "target", "unit", "status", "restated", "moved", "renamed"):
        forth = {(each.id_a, each.id_b, each.value_a, each.value_b) for each in found.of(kind)}
        assert forth == {(each.id_b, each.id_a, each.value_b, each.value_a) for each in back.of(kind)}


def test_another_edition_of_the_same_year_restates_its_actuals(report: Report, copied: Path) -> None:
    replaced(copied / "kpis.csv", "31,31,,50", "30,30,,50")
    found = compare(report, load(copied))
    assert told(found.of("restated")) == [("promotion-1.2", "promotion-1.2", "actual 2021", 31.0, 30.0)]


def test_an_actual_that_the_later_report_tells_of_the_earlier_year_is_compared(report: Report, copied: Path) -> None:
    replaced(copied / "report.toml", "value = 2021", "value = 2022")
    head = "kpi_id,year,label,baseline,baseline_raw,target,target_raw,actual,actual_raw,source_line\n"
    rows = "promotion-1.2,2021,,,,,,29,29,50\npromotion-1.3,2021,,,,,,38,38,51\npromotion-1.3,2020,,,,,,1,1,51\n"
    (copied / "years.csv").write_text(head + rows, "utf-8")
    found = compare(report, load(copied))
    assert found.years == (2021,)
    assert told(list(found.differences)) == [("promotion-1.2", "promotion-1.2", "actual 2021", 31.0, 29.0)]


def test_the_same_text_written_otherwise_is_no_change(report: Report, copied: Path) -> None:
    text = (copied / "kpis.csv").read_text("utf-8")
    assert ",%,%," in text
    (copied / "kpis.csv").write_text(text.replace(",%,%,", ",％,％,"), "utf-8")
    assert compare(report, load(copied)).differences == ()


def test_a_column_that_one_report_leaves_out_is_not_compared_but_named(report: Report, tmp_path: Path) -> None:
    table = tmp_path / "kpis.csv"
    report.kpis.select("id", "project_id", "project", "name", "target", "actual", "unit").write_csv(table)
    found = compare(report, open_report(table))
    assert found.silent == ("rating", "direction", "cost", "baseline")
    assert {each.kind for each in found.differences} <= {"status"}
    assert found.pairs.projects["sure"].to_list() == [1.0] * 23


def test_a_scale_met_in_a_bare_table_is_not_taken_for_the_whole_scale(report: Report, tmp_path: Path) -> None:
    table = tmp_path / "kpis.parquet"
    report.kpis.write_parquet(table)
    # Nobody was rated 4, so the table has three levels of the four; and it has no place for a state such as 施設整備中.
    assert compare(open_report(table), report).differences == ()


RATED = """No,事業名,指標,目標値,実績値,評価
1,道の駅,来場者,9,9,{}
2,観光,相談,9,8,{}
3,移住,移住者,9,7,{}
"""


@pytest.mark.parametrize("ratings", ["ABA", "ACC", "BBC"], ids=["none below", "none between", "none above"])
def test_a_scale_put_together_by_an_import_is_not_taken_for_the_whole_scale(tmp_path: Path, ratings: str) -> None:
    reports = []
    for name, given in (("r3", ratings), ("r4", "ABC")):
        (tmp_path / f"{name}.csv").write_text(RATED.format(*given), "utf-8")
        import_general(str(tmp_path / f"{name}.csv"), tmp_path / name, Options())
        reports.append(load(tmp_path / name))
    assert told(compare(*reports).of("scale")) == []


def test_ratings_met_in_another_order_are_of_another_scale(tmp_path: Path) -> None:
    head = "id,project_id,project,name,target,actual,rating,rating_rank"
    tables = {"a": "1 2", "b": "2 1"}
    for name, ranks in tables.items():
        first, second = ranks.split()
        rows = f"a.1,a,港,指標,1,1,良,{first}\nb.1,b,道,指標,1,1,可,{second}\n"
        (tmp_path / f"{name}.csv").write_text(f"{head}\n{rows}", "utf-8")
    found = compare(*(open_report(tmp_path / f"{name}.csv") for name in tables))
    assert told(found.of("scale")) == [(None, None, "rating", "1 良", "2 良"), (None, None, "rating", "2 可", "1 可")]


def test_a_target_in_words_is_compared_as_words(copied: Path, tmp_path: Path) -> None:
    lines = (copied / "kpis.csv").read_text("utf-8").splitlines()
    head, *rows = lines
    (copied / "kpis.csv").write_text("\n".join([f"{head},target_text", *(f"{row}," for row in rows)]), "utf-8")
    other = Path(shutil.copytree(copied, tmp_path / "other"))
    replaced(other / "kpis.csv", ",2,2,16,16,件,件,31,31,,50,", ",2,2,,,件,件,31,31,,50,検討中")
    found = compare(load(copied), load(other))
    assert told(found.of("target")) == [("promotion-1.2", "promotion-1.2", "target", "16", "検討中")]
    assert told(found.of("status")) == [("promotion-1.2", "promotion-1.2", "status", "met", "unmeasured")]


@pytest.mark.parametrize(
    ("unit", "kinds"),
    [("百万円", ["unit"]), ("千円", ["target", *["restated"] * 2]), ("千 円", ["target", *["restated"] * 2])],
)
def test_numbers_in_another_unit_are_no_moved_targets(
    report: Report, copied: Path, unit: str, kinds: list[str]
) -> None:
    # Met before and after: 288,140 of 243,440 and 300 of 243.44. A blank within a unit makes no other one; in the same
    # unit the target has moved, and baseline and actual of the one year that both are of are restated.
    figures = '3440,"3,440",243440,"243,440",千円,千円,288140,'
    replaced(copied / "kpis.csv", figures, f"3.44,,243.44,,{unit},,300,")
    found = compare(report, load(copied))
    assert [each.kind for each in found.differences] == kinds


def test_a_target_in_words_is_compared_whatever_the_unit(tmp_path: Path) -> None:
    def one(name: str, unit: str, target: str) -> Report:
        path = tmp_path / name
        path.write_text(f"id,project_id,name,unit,target,actual,target_text\na.1,a,苦情,{unit},,3,{target}\n", "utf-8")
        return open_report(path)

    found = compare(one("a.csv", "件", "減らす"), one("b.csv", "人", "なくす"))
    assert told(list(found.differences)) == [
        ("a.1", "a.1", "target", "減らす", "なくす"),
        ("a.1", "a.1", "unit", "件", "人"),
    ]


def test_actuals_of_a_year_in_another_unit_are_not_restated(tmp_path: Path) -> None:
    a = of_years(tmp_path, 2019, "1,観光誘客,観光客数,千人,10,9,20,21,30,")
    b = of_years(tmp_path, 2020, "1,観光誘客,観光客数,人,20000,21000,35000,33000,40000,")
    assert told(compare(a, b).of("unit")) == [("all-1.1", "all-1.1", "unit", "千人", "人")]
    assert compare(a, b).of("restated") == compare(a, b).of("target") == []


def of_years(folder: Path, first: int, *rows: str, read_for: int | None = None) -> Report:
    """A report that tells three fiscal years side by side, the last without an actual; read as of the second."""
    head = "事業番号,事業名,成果指標,単位"
    for year in range(first, first + 3):
        head += f",{year}年度 目標値,{year}年度 成果実績"
    folder.mkdir(exist_ok=True)
    source = folder / f"from-{first}.csv"
    source.write_text("\n".join((head, *rows, "")), "utf-8")
    import_general(str(source), folder / str(first), Options(publisher="山口市", year=read_for))
    report = load(folder / str(first))
    assert report.metadata.fiscal_year
    assert report.metadata.fiscal_year.value == (read_for or first + 1)
    return report


def test_targets_and_actuals_are_compared_with_those_of_the_same_year(tmp_path: Path) -> None:
    a = of_years(tmp_path, 2019, "1,観光誘客,観光客数,人,10,9,20,21,30,", "2,移住相談,相談件数,件,30,31,40,39,50,")
    b = of_years(tmp_path, 2020, "1,観光誘客,観光客数,人,20,19,35,33,40,", "2,移住相談,相談件数,件,40,39,50,45,60,")
    found = compare(a, b)
    # 2020: targets 20 and 40 stand; one actual, 21, is 19 now. 2021: 30 has become 35, and 50 stands. The reports' own
    # targets, 20 of 2020 and 35 of 2021, are of two years, and neither has moved.
    assert (found.years, found.target_years) == ((2020,), (2020, 2021))
    kinds = [(each.kind, each.column, each.value_a, each.value_b) for each in found.differences]
    assert kinds == [
        ("status", "status", "met", "missed"),
        ("target", "target 2021", 30.0, 35.0),
        ("restated", "actual 2020", 21.0, 19.0),
    ]
    assert {each.name_a for each in found.differences} == {"観光客数"}


@pytest.mark.parametrize(("without", "other"), [(2020, 2021), (2021, 2020)])
def test_no_target_in_the_own_year_of_one_reading_is_none_that_moved(tmp_path: Path, without: int, other: int) -> None:
    # One and the same row, read as of 2020 and as of 2021: what it says of each year's target is the same in both.
    targets = {without: "", other: "30"}
    row = f"1,観光誘客,観光客数,人,10,9,{targets[2020]},21,{targets[2021]},"
    visits = "2,移住相談,相談件数,件,30,31,40,39,50,"  # has a target each year, so that neither column is empty
    a, b = (of_years(tmp_path / str(year), 2019, row, visits, read_for=year) for year in (2020, 2021))
    found = compare(a, b)
    assert [row["target"] for row in (a.kpis.row(0, named=True), b.kpis.row(0, named=True))].count(None) == 1
    assert found.of("target") == []
    assert other in found.target_years


def test_a_target_that_only_one_of_two_editions_of_a_year_has_is_a_moved_one(tmp_path: Path) -> None:
    visits = "2,移住相談,相談件数,件,30,31,40,39,50,"
    a = of_years(tmp_path / "a", 2019, "1,観光誘客,観光客数,人,10,9,,21,30,", visits)
    b = of_years(tmp_path / "b", 2019, "1,観光誘客,観光客数,人,10,9,25,21,30,", visits)
    assert told(compare(a, b).of("target")) == [("all-1.1", "all-1.1", "target", None, "25")]


def test_a_year_that_one_report_prints_alone_is_held_against_the_years_of_the_other(tmp_path: Path) -> None:
    a = of_years(tmp_path, 2019, "1,観光誘客,観光客数,人,10,9,20,21,30,")
    (tmp_path / "2019" / "years.csv").unlink()  # as if that report printed 20 and 21 of 2020 alone
    b = of_years(tmp_path, 2020, "1,観光誘客,観光客数,人,22,21,35,33,40,")
    found = compare(a, b)
    assert told(found.of("target")) == [("all-1.1", "all-1.1", "target 2020", 20.0, 22.0)]
    assert found.of("restated") == []


def test_two_editions_of_one_year_tell_a_moved_target_once(tmp_path: Path) -> None:
    a = of_years(tmp_path / "a", 2019, "1,観光誘客,観光客数,人,10,9,20,21,30,")
    b = of_years(tmp_path, 2019, "1,観光誘客,観光客数,人,10,9,25,21,33,")
    assert told(compare(a, b).of("target")) == [
        ("all-1.1", "all-1.1", "target", "20", "25"),
        ("all-1.1", "all-1.1", "target 2021", 30.0, 33.0),
    ]


def test_targets_that_no_report_tells_year_by_year_are_compared_as_ever(report: Report, copied: Path) -> None:
    replaced(copied / "report.toml", "value = 2021", "value = 2022")
    text = (copied / "kpis.csv").read_text("utf-8")
    (copied / "kpis.csv").write_text(text.replace(",1839000,", ",2000000,", 1), "utf-8")
    found = compare(report, load(copied))
    assert told(found.of("target")) == [("promotion-1.1", "promotion-1.1", "target", "1839000", "2000000")]
    assert found.target_years == ()
