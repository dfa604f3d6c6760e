"""Saved views of several reports read together."""

import dataclasses
import tomllib
from pathlib import Path

import pytest
from derived import NEXT_YEAR, derived, renamed

from kpitui.errors import KpituiError
from kpitui.report import builtin
from kpitui.report.load import load
from kpitui.report.model import Report
from kpitui.report.open import open_reports
from kpitui.views.check import differences
from kpitui.views.query import select
from kpitui.views.reader import read
from kpitui.views.saved import SavedView, dump, record
from kpitui.views.spec import Filter, Sort, ViewSpec

WORSENED = ViewSpec("kpis", filters=(Filter("status", ("worsened",)), Filter("report", ("yamaguchi-r4",))))


@pytest.fixture
def next_year(tmp_path: Path) -> Path:
    return derived(tmp_path / "r4", NEXT_YEAR)


@pytest.fixture
def both(next_year: Path) -> Report:
    return open_reports([builtin.folder(), next_year])


def test_a_view_records_both_reports_and_whole_ids(both: Report) -> None:
    found = tomllib.loads(dump(record(both, WORSENED, "worse")))
    assert found["report"] == {"id": "yamaguchi-r3 + yamaguchi-r4", "sha256": both.fingerprint}
    assert found["expect"]["ids"] == ["yamaguchi-r4/promotion-6.3", "yamaguchi-r4/promotion-22.1"]
    assert [row["report"] for row in found["row"]] == ["yamaguchi-r4", "yamaguchi-r4"]


def test_a_view_of_one_report_says_nothing_of_the_column(report: Report) -> None:
    text = dump(record(report, ViewSpec("kpis", filters=(Filter("status", ("worsened",)),)), "worse"))
    assert tomllib.loads(text)["report"] == {"id": "yamaguchi-r3", "sha256": report.fingerprint}
    assert "report" not in tomllib.loads(text)["row"][0]


def test_a_saved_view_is_read_again_as_it_was(both: Report, tmp_path: Path) -> None:
    spec = dataclasses.replace(WORSENED, columns=("report", "id", "gap"), pins=("report",), sorts=(Sort("report"),))
    view = record(both, spec, "worse")
    (tmp_path / "worse.toml").write_text(dump(view), "utf-8")
    assert read(tmp_path / "worse.toml", both) == view


def test_a_view_of_a_report_that_is_not_there_is_refused_by_the_nearest_name(both: Report, tmp_path: Path) -> None:
    (tmp_path / "worse.toml").write_text(dump(record(both, WORSENED, "worse")), "utf-8")
    alone = open_reports([builtin.folder()])
    with pytest.raises(KpituiError, match=r"worse\.toml: filter\.values of report: .*nearest is 'yamaguchi-r3'"):
        read(tmp_path / "worse.toml", alone)


def test_a_check_finds_the_same_rows_and_then_what_changed_in_one_report(both: Report, next_year: Path) -> None:
    view = record(both, dataclasses.replace(WORSENED, filters=WORSENED.filters[:1]), "worse")
    (same,) = differences(view, both, "en")
    assert (same.text, same.changed) == ("worse: the same 4 rows as recorded", False)
    text = (next_year / "kpis.csv").read_text("utf-8")
    # KPI 6.3 of the second report: 20 ha were reached, and not 22 lost.
    assert text.count(",20,20,ha,ha,-22,-22,") == 1
    (next_year / "kpis.csv").write_text(text.replace(",20,20,ha,ha,-22,-22,", ",20,20,ha,ha,20,20,"), "utf-8")
    again = open_reports(both.folders)
    assert [each.text for each in differences(view, again, "en")] == ["worse: yamaguchi-r4/promotion-6.3 left"]


def test_ids_sort_in_the_order_of_the_reports(both: Report) -> None:
    rows = select(both, ViewSpec("projects", sorts=(Sort("id", descending=True),))).rows
    assert both.projects["id"][rows[0]] == "yamaguchi-r4/facility-1"
    assert both.projects["id"][rows[-1]] == "yamaguchi-r3/promotion-1"


def test_columns_are_spelled_out_before_one_is_moved_or_hidden(both: Report, report: Report) -> None:
    spec = ViewSpec("kpis")
    assert spec.settled(both).hidden("report").columns == spec.shown
    assert spec.settled(both).pins == ("report", "id", "name")
    assert spec.settled(report) is spec
    assert spec.shown_in(both) == ("report", *spec.shown)
    assert spec.shown_in(report) == spec.shown


def lines(view: SavedView, report: Report) -> list[str]:
    return [str(each) for each in differences(view, report, "en")]


def test_a_view_of_one_report_finds_its_rows_among_several(report: Report, both: Report) -> None:
    view = record(report, ViewSpec("kpis", filters=(Filter("status", ("worsened",)),)), "worse")
    # The later report has the same two rows, which the view selects now, too.
    assert lines(view, both) == [
        "worse: yamaguchi-r4/promotion-6.3 came",
        "worse: yamaguchi-r4/promotion-22.1 came",
    ]


def test_a_view_of_several_reports_finds_its_rows_in_one(report: Report, both: Report) -> None:
    view = record(both, ViewSpec("kpis", filters=(Filter("status", ("worsened",)),)), "worse")
    assert lines(view, report) == [
        "worse: yamaguchi-r4/promotion-6.3 left",
        "worse: yamaguchi-r4/promotion-22.1 left",
    ]


def test_an_id_that_several_reports_have_is_said_to_be_unclear(report: Report, both: Report) -> None:
    recorded = record(report, ViewSpec("kpis", filters=(Filter("status", ("worsened",)),)), "worse")
    elsewhere = dataclasses.replace(recorded, report_id="another")
    assert lines(elsewhere, both) == [
        "worse: promotion-6.3 may be any of yamaguchi-r3/promotion-6.3, yamaguchi-r4/promotion-6.3",
        "worse: promotion-22.1 may be any of yamaguchi-r3/promotion-22.1, yamaguchi-r4/promotion-22.1",
    ]


def test_two_recorded_ids_that_could_be_one_row_are_said_to_be_unclear(both: Report, tmp_path: Path) -> None:
    view = record(both, ViewSpec("kpis", filters=(Filter("status", ("worsened",)),)), "worse")
    other = load(renamed(tmp_path / "r9", "yamaguchi-r9"))
    # Neither row has left and neither has come, since either may be the one there is.
    assert lines(view, other) == [
        "worse: promotion-6.3 may be any of yamaguchi-r3/promotion-6.3, yamaguchi-r4/promotion-6.3",
        "worse: promotion-22.1 may be any of yamaguchi-r3/promotion-22.1, yamaguchi-r4/promotion-22.1",
    ]
