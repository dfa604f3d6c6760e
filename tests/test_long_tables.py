"""A table long enough that its text is kept as codes says the same as a short one."""

import sys
from pathlib import Path

import polars as pl
import pytest

sys.path.append(str(Path(__file__).parent / "tui"))

from screen import browsing

from kpitui.cli import main
from kpitui.report.model import Report
from kpitui.report.tables import load_table
from kpitui.views.counted import facets
from kpitui.views.query import gather, select
from kpitui.views.saved import SavedView
from kpitui.views.spec import Filter, Sort, ViewSpec
from kpitui.views.statistics import Frequency, frequencies
from kpitui.views.store import Store

ROWS = 12_000
"""Three projects of 4,000 KPIs each; every fourth KPI is unmeasured, the others reach 0 to 2 of a target of 1."""


@pytest.fixture(scope="module", params=["csv", "parquet"])
def path(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    place = pl.int_range(ROWS, eager=True)
    project = place // 4_000
    frame = pl.DataFrame(
        {
            "id": [f"x-{number}" for number in range(ROWS)],
            "project_id": project.replace_strict({0: "x-1", 1: "x-2", 2: "x-3"}),
            "project": project.replace_strict({0: "観光ガイド", 1: "移住", 2: "ｶﾞｲﾄﾞ"}),
            "name": [f"件数{number}" for number in range(ROWS)],
            "unit": (place % 2).replace_strict({0: "人", 1: "件"}),
            "actual_raw": (place % 4).cast(pl.String),
            "target": pl.repeat(1.0, ROWS, eager=True),
            "actual": (place % 4).replace_strict({0: 0.0, 1: 1.0, 2: 2.0, 3: None}, return_dtype=pl.Float64),
        }
    )
    written = tmp_path_factory.mktemp("long") / f"long.{request.param}"
    (frame.write_csv if request.param == "csv" else frame.write_parquet)(written)
    return written


@pytest.fixture(scope="module")
def long(path: Path) -> Report:
    return load_table(path)


def test_text_of_few_values_is_codes_and_ids_and_names_are_text(long: Report) -> None:
    kinds = {key: isinstance(long.kpis.schema[key], pl.Enum) for key in ("id", "project_id", "name")}
    assert kinds == dict.fromkeys(kinds, False)
    coded = ("project", "unit", "actual_raw", "baseline_raw", "status", "aim", "rating", "grant")
    assert all(isinstance(long.kpis.schema[key], pl.Enum) for key in coded)


def test_it_sorts_by_text_as_text_sorts(long: Report) -> None:
    rows = gather(long, select(long, ViewSpec("kpis", sorts=(Sort("project"),))))
    # By code point: 移 U+79FB, 観 U+89B3, ｶ U+FF76; equals in the report's order.
    assert rows["id"][0] == "x-4000"
    assert rows["id"][4_000] == "x-0"
    assert rows["id"][8_000] == "x-8000"


def test_it_is_searched_as_text_is(long: Report) -> None:
    assert len(select(long, ViewSpec("kpis", search="がいど"))) == 8_000
    assert len(select(long, ViewSpec("kpis", search="ｲﾄﾞ", search_in="project"))) == 8_000
    assert len(select(long, ViewSpec("kpis", search="移住"))) == 4_000
    assert len(select(long, ViewSpec("kpis", search="件数1199"))) == 11  # 1199 and 11990 to 11999


def test_its_facets_are_counted_together(long: Report) -> None:
    spec = ViewSpec("kpis", filters=(Filter("unit", ("人",)),))
    found = {key: {each.value: each.count for each in counts} for key, counts in facets(long, spec, KEYS).items()}
    # Of four in a row the first and the third are counted in 人: one short of 1, one beyond.
    assert found["status"] == {"worsened": 0, "missed": 3_000, "met": 3_000, "unmeasured": 0}
    assert found["unit"] == {"人": 6_000, "件": 6_000}
    assert found["project"] == {"移住": 2_000, "観光ガイド": 2_000, "ｶﾞｲﾄﾞ": 2_000}
    assert found["notes"] == {"aim_inferred": 6_000}


KEYS = ("status", "unit", "project", "notes")


def test_the_first_of_very_many_equals_are_listed(long: Report) -> None:
    found = frequencies(long, ViewSpec("kpis"), "name", most=2)
    assert found == [Frequency("件数0", 1), Frequency("件数1", 1)]


def test_an_expression_compares_codes_as_text(long: Report) -> None:
    where = "project LIKE '移%' AND actual_raw = '3'"
    assert len(select(long, ViewSpec("kpis", where=where))) == 1_000


def test_it_is_written_as_text(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["kpis", "--report", str(path), "--limit", "1", "--columns", "id,project,actual_raw,target_raw"]
    assert main([*words, "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[1] == "x-0,観光ガイド,0,"


async def test_reading_a_kpi_of_it_works_no_projects_out(path: Path, store: Store) -> None:
    report = load_table(path)
    async with browsing(report, store, view=SavedView("", ViewSpec("kpis"))) as desk:
        await desk.press("down", "enter")
        assert "件数1" in desk.text
    assert "projects" not in vars(report)
