import re
import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from expected import PROJECTS, ExpectedProject
from hypothesis import given
from hypothesis import strategies as st

from kpitui.errors import InputError, KpituiError
from kpitui.report import builtin
from kpitui.report.load import load
from kpitui.report.model import Report

RATINGS = [
    "地方創生に非常に効果的だった",
    "地方創生に相当程度効果があった",
    "地方創生に効果があった",
    "地方創生に効果がなかった",
]
DIRECTIONS = ["当初予定通り事業を終了する(した)", "計画通りに事業を継続する"]
# Column ⑥ read down the page; the facility is under construction and has none.
RANKS = [2, 3, 2, 1, 2, 2, 1, 3, 2, 2, 2, 2, 3, 2, 3, 3, 3, 2, 2, 3, 1, 2, None]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def rule(folder: Path, kpi: str, ruling: str) -> None:
    """Add a curator's ruling to the report folder."""
    with (folder / "report.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[[override]]\nkpi = "{kpi}"\nnote = "理由"\n{ruling}\n')


def categories(frame: pl.DataFrame, key: str) -> list[str]:
    dtype = frame.schema[key]
    assert isinstance(dtype, pl.Enum)
    return dtype.categories.to_list()


def kpi(report: Report, id_: str) -> dict[str, object]:
    return report.kpis.row(by_predicate=pl.col("id") == id_, named=True)


def test_the_report_has_23_projects_and_82_kpis_half_of_them_judged_as_met(report: Report) -> None:
    assert (report.projects.height, report.kpis.height) == (22 + 1, 79 + 3)
    statuses = dict(report.kpis["status"].value_counts().iter_rows())
    assert statuses == {"met": 50, "missed": 28, "worsened": 2, "unmeasured": 2}


@pytest.mark.parametrize("expected", PROJECTS, ids=lambda each: each.id)
def test_each_project_counts_its_kpis_by_status(report: Report, expected: ExpectedProject) -> None:
    row = report.projects.row(by_predicate=pl.col("id") == expected.id, named=True)
    found = (row["met"], row["missed"], row["worsened"], row["unmeasured"])
    assert found == (expected.met, expected.missed, expected.worsened, expected.unmeasured)
    assert row["kpi_count"] == sum(found)
    assert row["met_share"] == expected.met / (sum(found) - expected.unmeasured)


def test_ratings_have_the_rank_that_the_report_gives_them(report: Report) -> None:
    assert report.projects["rating_rank"].to_list() == RANKS
    ranked = report.projects.filter(pl.col("rating").is_not_null())
    assert [RATINGS.index(rating) + 1 for rating in ranked["rating"]] == RANKS[:22]


def test_the_facility_under_construction_has_no_rating_but_keeps_what_was_printed(report: Report) -> None:
    facility = report.projects.row(by_predicate=pl.col("id") == "facility-1", named=True)
    assert (facility["rating"], facility["rating_rank"]) == (None, None)
    assert facility["rating_text"] == "施設整備中 R5.4月供用開始予定"
    assert facility["department"] == "農林水産部"
    assert facility["direction_reason"] == "計画通りの進捗であるため"


@pytest.mark.parametrize("table", ["projects", "kpis"])
def test_grants_ratings_and_directions_are_ordered_as_in_the_report(report: Report, table: str) -> None:
    frame = report.projects if table == "projects" else report.kpis
    assert categories(frame, "grant") == ["promotion", "facility"]
    assert categories(frame, "rating") == RATINGS
    assert categories(frame, "direction") == DIRECTIONS


def test_units_are_ordered_as_they_first_appear(report: Report) -> None:
    assert categories(report.kpis, "unit") == [
        *("千円", "件", "社", "社・団体", "品", "人", "億円", "ha", "経営体", "%"),
        *("団体", "店舗", "事業所", "地域"),
    ]


def test_a_kpi_knows_what_is_said_of_its_project(report: Report) -> None:
    row = kpi(report, "promotion-6.3")
    assert row["project"] == "担い手の減少・高齢化に立ち向かう農林水産業技術イノベーション実現プロジェクト"
    assert (row["project_no"], row["grant"], row["cost"]) == (6, "promotion", 62956)
    assert (row["rating"], row["rating_rank"], row["direction"]) == (RATINGS[1], 2, DIRECTIONS[1])


def test_the_costs_of_a_grant_add_up_to_its_printed_spend(report: Report) -> None:
    costs = dict(report.projects.group_by("grant").agg(pl.col("cost").sum()).iter_rows())
    assert costs == {"promotion": 888839, "facility": 92500}


def test_a_rating_outside_the_scale_is_kept_after_it_without_a_rank(copied: Path) -> None:
    edit(copied / "projects.csv", f"{RATINGS[1]},{RATINGS[1]}", "特に優れた,特に優れた")
    loaded = load(copied)
    assert loaded.projects.row(0, named=True)["rating"] == "特に優れた"
    assert loaded.projects["rating_rank"].to_list() == [None, *RANKS[1:]]
    assert categories(loaded.projects, "rating") == [*RATINGS, "特に優れた"]


def test_a_curator_may_declare_the_basis(copied: Path) -> None:
    rule(copied, "promotion-22.1", 'basis = "level"')
    row = kpi(load(copied), "promotion-22.1")
    assert (row["basis"], row["gap"], row["notes"]) == ("level", -43.6, ["declared"])


def test_a_curator_may_declare_the_aim(copied: Path) -> None:
    rule(copied, "promotion-7.2", 'aim = "decrease"')
    row = kpi(load(copied), "promotion-7.2")
    assert (row["aim"], row["basis"], row["status"]) == ("decrease", "level", "missed")
    assert row["progress"] == 0.75  # 0.9 of the 1.2 points from 10.1 down to 8.9


def test_a_curator_may_declare_the_unit(copied: Path) -> None:
    rule(copied, "promotion-6.3", 'unit = "ヘクタール"')
    row = kpi(load(copied), "promotion-6.3")
    assert (row["unit"], row["unit_raw"]) == ("ヘクタール", "ha")


def test_the_aim_of_a_kpi_goes_before_that_of_its_table(copied: Path) -> None:
    edit(copied / "kpis.csv", "%,%,9.2,9.2,,73", "%,%,9.2,9.2,decrease,73")
    loaded = load(copied)
    assert kpi(loaded, "promotion-7.2")["aim"] == "decrease"
    assert kpi(loaded, "promotion-7.1")["aim"] == "increase"


def test_without_an_aim_in_the_head_every_aim_is_inferred(copied: Path) -> None:
    text = (copied / "report.toml").read_text("utf-8")
    without, removed = re.subn(r"\[grant\.aim\]\n(?:\w+ = .*\n){3}", "", text)
    assert removed == 2
    (copied / "report.toml").write_text(without, "utf-8")
    kpis = load(copied).kpis
    assert all("aim_inferred" in notes for notes in kpis["notes"])
    below = kpis.filter(pl.col("aim") == "decrease")["id"].to_list()
    assert below == ["promotion-7.2", "promotion-17.4", "facility-1.2", "facility-1.3"]


def test_a_report_without_kpis_has_projects_without_counts(copied: Path) -> None:
    head = (copied / "kpis.csv").read_text("utf-8").split("\n", 1)[0]
    (copied / "kpis.csv").write_text(f"{head}\n", "utf-8")
    loaded = load(copied)
    assert loaded.kpis.height == 0
    assert set(loaded.projects["kpi_count"]) == {0}
    assert set(loaded.projects["met_share"]) == {None}


def test_bad_data_are_refused_by_file_line_and_column(copied: Path) -> None:
    edit(copied / "kpis.csv", ",35000,", ",many,")
    with pytest.raises(KpituiError, match=r"kpis\.csv:5, column baseline: 'many' is not a number"):
        load(copied)


def test_a_missing_folder_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        load(tmp_path / "nowhere")


@st.composite
def damages(draw: st.DrawFn) -> tuple[str, int, int, bytes]:
    """A file, where in it, how many bytes are lost there, and what stands there instead."""
    name = draw(st.sampled_from(["kpis.csv", "projects.csv", "report.toml"]))
    size = (builtin.folder() / name).stat().st_size
    junk = st.binary(max_size=6) | st.sampled_from([b",", b'"', b"\n", b"-", b"1e308", b"1e-320", "達".encode()])
    return name, draw(st.integers(0, size)), draw(st.integers(0, 12)), draw(junk)


@given(st.lists(damages(), min_size=1, max_size=3))
def test_a_damaged_folder_loads_or_says_what_is_wrong(several: list[tuple[str, int, int, bytes]]) -> None:
    with TemporaryDirectory() as place:
        folder = Path(shutil.copytree(builtin.folder(), Path(place) / "report"))
        for name, start, lost, junk in several:
            data = (folder / name).read_bytes()
            (folder / name).write_bytes(data[:start] + junk + data[start + lost :])
        with suppress(KpituiError):
            assert load(folder).projects.height > 0
