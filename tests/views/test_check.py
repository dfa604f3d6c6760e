from dataclasses import replace
from pathlib import Path

import pytest

from kpitui.report.load import load
from kpitui.report.model import Report
from kpitui.text.wording import Lang
from kpitui.views.check import differences
from kpitui.views.saved import SavedView, record
from kpitui.views.spec import Filter, ViewSpec

FELL_SHORT = ViewSpec("kpis", filters=(Filter("status", ("missed", "worsened")),))
# 1.1 reaches its 1,839,000 after all, 1.2 falls to 10 of 16, and 2.1 gains a thousand thousand yen.
CORRECTIONS = (
    ('434000,"434,000"', '1839000,"1,839,000"'),
    ("件,件,31,31", "件,件,10,10"),
    ('351000,"351,000"', '352000,"352,000"'),
)


@pytest.fixture
def corrected(copied: Path) -> Report:
    for old, new in CORRECTIONS:
        edit(copied, old, new)
    return load(copied)


def edit(folder: Path, old: str, new: str) -> None:
    text = (folder / "kpis.csv").read_text("utf-8")
    assert text.count(old) == 1
    (folder / "kpis.csv").write_text(text.replace(old, new), "utf-8")


def told(view: SavedView, report: Report, lang: Lang = "en") -> list[str]:
    return [finding.text for finding in differences(view, report, lang)]


def test_nothing_to_tell_where_nothing_changed(report: Report) -> None:
    (finding,) = differences(record(report, FELL_SHORT, "short"), report, "en")
    assert (finding.text, finding.changed) == ("short: the same 30 rows as recorded", False)


def test_rows_that_left_came_or_changed_are_told(report: Report, corrected: Report) -> None:
    view = record(report, FELL_SHORT, "short")
    assert told(view, corrected) == [
        "short: promotion-1.1 left",
        "short: promotion-1.2 came",
        "short: promotion-2.1 actual: 351000 -> 352000",
        "short: promotion-2.1 progress: 0.6929 -> 0.6951",
    ]
    assert all(finding.changed for finding in differences(view, corrected, "en"))


def test_what_changed_is_told_also_where_more_rows_came_than_left(report: Report, copied: Path) -> None:
    for old, new in CORRECTIONS[1:]:
        edit(copied, old, new)
    assert told(record(report, FELL_SHORT, "short"), load(copied)) == [
        "short: promotion-1.2 came",
        "short: promotion-2.1 actual: 351000 -> 352000",
        "short: promotion-2.1 progress: 0.6929 -> 0.6951",
    ]


def test_they_are_told_in_japanese(report: Report, corrected: Report) -> None:
    found = told(record(report, FELL_SHORT, "未達"), corrected, "ja")
    assert found[0] == "未達: promotion-1.1 は外れた"
    assert found[2] == "未達: promotion-2.1 の actual: 351000 -> 352000"


def test_only_shown_columns_are_compared(report: Report, corrected: Report) -> None:
    view = record(report, ViewSpec("kpis", filters=(Filter("id", ("promotion-2.1",)),), columns=("status",)), "one")
    (finding,) = differences(view, corrected, "en")
    assert not finding.changed


def test_without_rows_only_ids_are_compared(report: Report, corrected: Report) -> None:
    view = record(report, FELL_SHORT, "short", most_rows=0)
    assert told(view, corrected) == ["short: promotion-1.1 left", "short: promotion-1.2 came"]


def test_a_value_that_appears_is_told(report: Report, copied: Path) -> None:
    edit(copied, "億円,億円,,-,,68", "億円,億円,6,6,,68")
    spec = ViewSpec("kpis", filters=(Filter("id", ("promotion-6.1",)),), columns=("actual", "status", "gap"))
    assert told(record(report, spec, "one"), load(copied)) == [
        "one: promotion-6.1 status: unmeasured -> met",
        "one: promotion-6.1 actual: - -> 6",
        "one: promotion-6.1 gap: - -> 1",
    ]


def test_a_view_without_record_says_so_and_finds_nothing(report: Report) -> None:
    (finding,) = differences(SavedView("short", FELL_SHORT), report, "en")
    assert (finding.text, finding.changed) == ("short: nothing recorded; 30 rows now", False)


def test_another_order_of_the_same_rows_is_no_change(report: Report) -> None:
    view = record(report, FELL_SHORT, "short")
    turned = replace(view, ids=view.ids[::-1], rows=view.rows[::-1])
    assert told(turned, report) == ["short: the same 30 rows as recorded"]


def test_a_row_that_comes_into_an_empty_view_is_told(report: Report, copied: Path) -> None:
    nothing = ViewSpec("kpis", filters=(Filter("status", ("worsened",)), Filter("unit", ("件",))))
    view = record(report, nothing, "none")
    edit(copied, "件,件,31,31", "件,件,1,1")
    assert told(view, load(copied)) == ["none: promotion-1.2 came"]
