"""Several reports read as one: rows, ids, scales, audit and checks."""

import hashlib
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from derived import NEXT_YEAR, bare, derived, renamed
from hypothesis import given
from hypothesis import strategies as st

from kpitui.cli import main
from kpitui.errors import InputError, KpituiError, UsageError
from kpitui.report import builtin
from kpitui.report.audit import has_profile
from kpitui.report.checks import checks
from kpitui.report.columns import column, facets, registry, usual
from kpitui.report.model import Report, Table
from kpitui.report.open import open_report, open_reports
from kpitui.report.scales import ranks, scales_differ
from kpitui.report.together import together

TABLES: tuple[Table, Table] = ("projects", "kpis")
CONSIDERABLE, EFFECTIVE = "地方創生に相当程度効果があった", "地方創生に効果があった"


@pytest.fixture
def next_year(tmp_path: Path) -> Path:
    return derived(tmp_path / "r4", NEXT_YEAR)


@pytest.fixture
def both(next_year: Path) -> Report:
    return open_reports([builtin.folder(), next_year])


def words(series: pl.Series) -> list[str]:
    assert isinstance(series.dtype, pl.Enum)
    return series.dtype.categories.to_list()


def statuses(rows: pl.DataFrame) -> dict[str, int]:
    return dict(rows["status"].value_counts().iter_rows())


def test_two_reports_have_the_rows_of_both(both: Report) -> None:
    assert (both.projects.height, both.kpis.height) == (46, 164)
    # 50, 28, 2, 2 twice, and in the second report one missed KPI is met.
    assert statuses(both.kpis) == {"met": 101, "missed": 55, "worsened": 4, "unmeasured": 4}


def test_an_export_of_several_beside_another_report_stands_as_these_reports(next_year: Path, tmp_path: Path) -> None:
    export = tmp_path / "both.parquet"
    assert main(["kpis", "--report", str(builtin.folder()), "--report", str(next_year), "--output", str(export)]) == 0
    third = renamed(tmp_path / "r5", "yamaguchi-r5")
    found = open_reports([export, third])
    assert [part.key for part in found.parts] == ["yamaguchi-r3", "yamaguchi-r4", "yamaguchi-r5"]
    assert found.kpis["id"][82] == "yamaguchi-r4/promotion-1.1"
    assert found.folders == (export, third)
    twice = open_reports([builtin.folder(), export])
    assert [part.key for part in twice.parts] == [
        "yamaguchi-r3:yamaguchi-r3",
        "yamaguchi-r3:both.parquet",
        "yamaguchi-r4",
    ]


def test_the_report_column_tells_them_apart_in_the_order_given(both: Report, next_year: Path) -> None:
    assert words(both.kpis["report"]) == ["yamaguchi-r3", "yamaguchi-r4"]
    assert both.kpis["report"].cast(pl.String).to_list() == ["yamaguchi-r3"] * 82 + ["yamaguchi-r4"] * 82
    turned = open_reports([next_year, builtin.folder()])
    assert words(turned.projects["report"]) == ["yamaguchi-r4", "yamaguchi-r3"]


def test_ids_are_told_apart_by_the_report_and_lead_to_the_project(both: Report) -> None:
    assert both.kpis["id"].is_unique().all()
    assert both.projects["id"].is_unique().all()
    row = both.kpis.row(by_predicate=pl.col("id") == "yamaguchi-r4/promotion-1.1", named=True)
    assert (row["project_id"], row["actual"], row["status"]) == ("yamaguchi-r4/promotion-1", 1839000, "met")
    assert set(both.kpis["project_id"]) <= set(both.projects["id"])


def test_each_report_is_audited_by_itself(both: Report) -> None:
    verdicts = both.projects.select(pl.col("report", "verdict").cast(pl.String)).group_by("report", "verdict").len()
    found = {row[:2]: row[2] for row in verdicts.iter_rows()}
    # Of project 1 all KPIs are met in the second report, which only "very effective" admits; it is rated second.
    assert found["yamaguchi-r3", "disagrees"] == 2
    assert found["yamaguchi-r4", "disagrees"] == 3
    first = both.projects.row(by_predicate=pl.col("id") == "yamaguchi-r4/promotion-1", named=True)
    assert [each["id"] for each in first["kpis"]] == [f"yamaguchi-r4/promotion-1.{number}" for number in (1, 2, 3)]


def test_one_report_alone_keeps_its_ids_columns_and_fingerprint(report: Report) -> None:
    alone = open_reports([builtin.folder()])
    assert not alone.several
    assert alone.kpis["id"][0] == "promotion-1.1"
    assert alone.fingerprint == report.fingerprint
    assert words(alone.kpis["report"]) == ["yamaguchi-r3"]
    assert open_reports([]).metadata == report.metadata


def test_the_column_is_first_where_there_are_several_and_known_where_there_is_one() -> None:
    for table in TABLES:
        assert "report" not in [each.key for each in registry(table)]
        assert registry(table, several=True)[0].key == "report"
        assert facets(table, several=True)[0].key == "report"
        assert usual(table, several=True)[0] == "report"
        assert "report" not in usual(table)
        assert tuple(column(table, "report").label) == ("報告書", "report")


def test_what_both_state_is_said_of_both_and_what_differs_of_none(both: Report) -> None:
    metadata = both.metadata
    assert metadata.id == "yamaguchi-r3 + yamaguchi-r4"
    assert metadata.publisher == "山口県"
    assert metadata.fiscal_year is None  # 2021 and 2022
    assert metadata.as_of is not None
    assert metadata.as_of.value == "2022-03"
    assert [grant.key for grant in metadata.grants] == ["promotion", "facility"]
    assert len(metadata.ratings) == 4
    assert len(metadata.directions) == 2


def test_the_fingerprint_is_that_of_all_in_their_order(both: Report) -> None:
    one, two = (part.report.fingerprint for part in both.parts)
    assert one != two
    assert both.fingerprint == hashlib.sha256((one + two).encode()).hexdigest()


def test_reports_of_one_id_are_told_apart_by_the_folders_name(tmp_path: Path) -> None:
    one, two, other = (tmp_path / name for name in ("before", "after", "other"))
    found = open_reports([derived(one, {}), derived(two, {}), renamed(other, "other")])
    assert words(found.kpis["report"]) == ["yamaguchi-r3:before", "yamaguchi-r3:after", "other"]


def test_folders_of_one_name_are_told_apart_by_what_they_lie_in(tmp_path: Path) -> None:
    found = open_reports([derived(tmp_path / year / "report", {}) for year in ("2021", "2022")])
    assert words(found.kpis["report"]) == ["yamaguchi-r3:2021", "yamaguchi-r3:2022"]


def test_a_key_never_holds_what_parts_it_from_the_id(tmp_path: Path) -> None:
    found = open_reports([renamed(tmp_path / "a", "r/3"), renamed(tmp_path / "b", "r-3")])
    assert words(found.kpis["report"]) == ["r-3:a", "r-3:b"]


def test_the_same_report_twice_is_refused_by_name(tmp_path: Path) -> None:
    folder = derived(tmp_path / "r", {})
    (tmp_path / "link").symlink_to(folder)
    for again in (folder, tmp_path / "link", tmp_path / "x" / ".." / "r"):
        with pytest.raises(UsageError, match="named twice") as raised:
            open_reports([folder, again])
        assert str(again) in raised.value.say("en")


def test_an_error_names_the_file_that_is_wrong(tmp_path: Path, next_year: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        open_reports([next_year, tmp_path / "nowhere"])
    (next_year / "kpis.csv").write_text("id\n", "utf-8")
    with pytest.raises(KpituiError, match=r"r4/kpis\.csv"):
        open_reports([builtin.folder(), next_year])


@pytest.mark.parametrize("name", ["kpis.csv", "kpis.parquet"])
def test_a_folder_and_a_bare_table_are_read_together(tmp_path: Path, name: str) -> None:
    found = open_reports([builtin.folder(), bare(tmp_path / name)])
    table = found.kpis.filter(pl.col("report") == "kpis")
    assert (table.height, found.kpis.height, found.projects.height) == (82, 164, 46)
    # A bare table has no cost and no rating, and so no verdict; its judgement is that of the same figures.
    assert statuses(table) == {"met": 50, "missed": 28, "worsened": 2, "unmeasured": 2}
    projects = found.projects.filter(pl.col("report") == "kpis")
    for key in ("cost", "rating", "verdict", "admitted"):
        assert projects[key].null_count() == 23
    assert found.projects["cost"].sum() == 888839 + 92500
    assert has_profile(found.metadata)
    # The grant that the folder names goes before the one of which the table knows the key.
    assert [grant.name for grant in found.metadata.grants] == ["地方創生推進交付金", "地方創生拠点整備交付金"]


def test_the_same_scale_is_one(both: Report) -> None:
    assert words(both.projects["rating"]) == words(open_report(builtin.folder()).projects["rating"])
    assert not scales_differ(both)


def test_ratings_of_other_words_stand_by_rank_and_then_by_report(tmp_path: Path) -> None:
    other = {CONSIDERABLE: "A", "yamaguchi-r3": "other"}
    folder = derived(tmp_path / "other", {"report.toml": other, "projects.csv": {CONSIDERABLE: "A"}})
    found = open_reports([builtin.folder(), folder])
    assert words(found.projects["rating"]) == [
        "地方創生に非常に効果的だった",
        CONSIDERABLE,
        "A",
        EFFECTIVE,
        "地方創生に効果がなかった",
    ]
    assert scales_differ(found)
    assert found.projects.filter(pl.col("rating") == "A")["rating_rank"].to_list() == [2] * 12


def test_each_report_keeps_its_own_rank_of_a_rating(tmp_path: Path) -> None:
    turned = {f'rank = 2\ntext = "{CONSIDERABLE}"': f'rank = 3\ntext = "{CONSIDERABLE}"'}
    turned |= {f'rank = 3\ntext = "{EFFECTIVE}"': f'rank = 2\ntext = "{EFFECTIVE}"', "yamaguchi-r3": "turned"}
    found = open_reports([builtin.folder(), derived(tmp_path / "turned", {"report.toml": turned})])
    assert ranks(found)[CONSIDERABLE] == (2, 3)
    assert ranks(found)["地方創生に非常に効果的だった"] == (1,)
    assert scales_differ(found)
    rows = found.projects.filter(pl.col("rating") == CONSIDERABLE)
    assert rows["rating_rank"].to_list() == [2] * 12 + [3] * 12
    assert words(found.projects["rating"])[1:3] == [CONSIDERABLE, EFFECTIVE]


def test_checks_are_those_of_each_report_and_name_it(both: Report, report: Report) -> None:
    found = checks(both)
    alone = [(each.check.code, each.ids, each.lines) for each in checks(report)]
    ours = [each for each in found if each.report == "yamaguchi-r3"]
    own = [(each.check.code, tuple(i.removeprefix("yamaguchi-r3/") for i in each.ids), each.lines) for each in ours]
    assert own == alone
    weights = [each.weight for each in found]
    assert weights == sorted(weights, reverse=True)
    # The second report spends 1 thousand yen more than it prints: 888,840 against 888,839, in total and as spend.
    differ = [each for each in found if each.check.code in ("total_differs", "spend_differs")]
    assert {(each.report, each.detail.en.partition(": ")[2]) for each in differ} == {
        ("yamaguchi-r4", "888,839 / 888,840")
    }


def test_projects_of_large_tables_are_worked_out_only_when_asked_for(tmp_path: Path) -> None:
    found = open_reports([builtin.folder(), bare(tmp_path / "kpis.parquet")])
    assert "projects" not in found.__dict__
    assert "projects" not in found.parts[1].report.__dict__


def test_columns_that_stay_as_they_are_are_not_copied(both: Report) -> None:
    assert both.kpis["actual"].n_chunks() == 2


def test_texts_kept_as_codes_in_one_report_sort_as_texts_in_all(report: Report) -> None:
    coded = report.kpis.with_columns(pl.col("unit_raw").cast(pl.Enum(sorted(set(report.kpis["unit_raw"])))))
    other = Report(report.metadata, coded, "", Path("coded"), lambda: report.projects)
    texts = together([report, other]).kpis["unit_raw"]
    assert texts.to_list() == [*report.kpis["unit_raw"], *report.kpis["unit_raw"]]
    assert texts.sort().to_list() == sorted(texts.to_list())


# Any reports together, held to one of them, are that report.

_CELLS = st.fixed_dictionaries(
    {"project_id": st.sampled_from(["p-1", "p-2", "q/3"]), "name": st.sampled_from(["来訪者数", "雇用者数"])},
    optional={
        "grant": st.sampled_from(["p", "q", None]),
        "unit": st.sampled_from(["人", "千円", "%", None]),
        "rating": st.sampled_from(["A", "B", "良", None]),
        "rating_rank": st.sampled_from([1, 2, None]),
        "direction": st.sampled_from(["継続", "終了", None]),
        "cost": st.integers(0, 9) | st.none(),
        "target": st.integers(-9, 9) | st.none(),
        "actual": st.integers(-9, 9) | st.none(),
        "baseline": st.integers(-9, 9) | st.none(),
        "unit_raw": st.sampled_from(["人", ""]),
    },
)
_TYPES = {"rating_rank": pl.Int64, "cost": pl.Int64, "target": pl.Int64, "actual": pl.Int64, "baseline": pl.Int64}


def _plain(frame: pl.DataFrame, key: str) -> pl.DataFrame:
    """Words as text, ids without the key, and without the column that tells reports apart."""
    ids = [pl.col(name).str.strip_prefix(f"{key}/") for name in ("id", "project_id") if name in frame.columns]
    enums = [pl.col(name).cast(pl.String) for name, dtype in frame.schema.items() if isinstance(dtype, pl.Enum)]
    return frame.with_columns(enums).with_columns(ids).drop("report")


@given(st.lists(st.lists(_CELLS, min_size=1, max_size=5), min_size=2, max_size=4))
def test_all_together_held_to_one_report_are_that_report(tables: list[list[dict[str, object]]]) -> None:
    with TemporaryDirectory() as place:
        paths = []
        for number, rows in enumerate(tables):
            frame = pl.DataFrame(
                [{"id": f"k.{place_}", **row} for place_, row in enumerate(rows)], infer_schema_length=9
            )
            lacking = [name for name in ("target", "actual") if name not in frame.columns]
            cast = [pl.col(name).cast(dtype) for name, dtype in _TYPES.items() if name in frame.columns]
            nulls = [pl.lit(None, pl.Int64).alias(name) for name in lacking]
            path = Path(place) / f"t{number}.parquet"
            frame.with_columns(*cast).with_columns(nulls).write_parquet(path)
            paths.append(path)
        whole = open_reports(paths)
        assert whole.kpis.height == sum(map(len, tables))
        for path in paths:
            alone = open_report(path)
            for table in TABLES:
                own = _plain(alone.frame(table), path.stem).drop("kpis", strict=False)
                ours = whole.frame(table).filter(pl.col("report") == path.stem)
                assert _plain(ours, path.stem).select(own.columns).equals(own, null_equal=True)


def test_folders_and_tables_together_held_to_one_are_that_one(tmp_path: Path, next_year: Path) -> None:
    paths = [next_year, bare(tmp_path / "kpis.csv"), builtin.folder()]
    whole = open_reports(paths)
    for part, path in zip(whole.parts, paths, strict=True):
        alone = open_report(path)
        for table in TABLES:
            own = _plain(alone.frame(table), part.key).drop("kpis", strict=False)
            ours = whole.frame(table).filter(pl.col("report") == part.key)
            assert _plain(ours, part.key).select(own.columns).equals(own, null_equal=True)


def test_reports_in_different_currencies_are_refused_since_their_costs_cannot_be_added_up(report: Report) -> None:
    abroad = replace(report, metadata=replace(report.metadata, id="abroad", currency="£"))
    with pytest.raises(UsageError, match="円, £"):
        together([report, abroad])
