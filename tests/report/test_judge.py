import math
import random
from fractions import Fraction
from typing import Any

import polars as pl
import pytest
from expected import KPIS, ExpectedKpi
from hypothesis import assume, given
from hypothesis import strategies as st

from kpitui.report.judge import judge
from kpitui.report.model import Report

Row = dict[str, Any]
SCHEMA = {
    "project_id": pl.String,
    "baseline": pl.Float64,
    "target": pl.Float64,
    "actual": pl.Float64,
    "unit": pl.String,
    "aim_stated": pl.String,
    "basis_declared": pl.String,
}
OPPOSITE = {"increase": "decrease", "decrease": "increase"}


def kpi(
    baseline: float | None,
    target: float | None,
    actual: float | None,
    aim: str | None = "increase",
    unit: str | None = "件",
    basis_declared: str | None = None,
) -> Row:
    values = {"baseline": baseline, "target": target, "actual": actual, "unit": unit}
    return values | {"project_id": "promotion-1", "aim_stated": aim, "basis_declared": basis_declared}


def judged(*rows: Row) -> list[Row]:
    return judge(pl.DataFrame(list(rows), schema=SCHEMA)).rows(named=True)


def one(baseline: float | None, target: float | None, actual: float | None, **stated: str | None) -> Row:
    (row,) = judged(kpi(baseline, target, actual, **stated))
    return row


def close(found: float | None, expected: Fraction | None) -> bool:
    if found is None or expected is None:
        return found is None and expected is None
    return abs(Fraction(found) - expected) <= abs(expected) * Fraction(1, 10**12)


@pytest.mark.parametrize("expected", KPIS, ids=lambda each: each.id)
def test_each_kpi_of_the_report_is_judged_as_by_hand(report: Report, expected: ExpectedKpi) -> None:
    row = report.kpis.row(by_predicate=pl.col("id") == expected.id, named=True)
    found = (row["basis"], row["status"], row["change"], tuple(row["notes"]))
    assert found == (expected.basis, expected.status, expected.change, expected.notes), expected.why
    assert close(row["attainment"], expected.attainment), expected.why
    assert close(row["progress"], expected.progress), expected.why
    assert close(row["gap"], None if expected.gap is None else Fraction(expected.gap)), expected.why


# Numbers as reports print them: up to nine digits, at most two of them after the point.
printed = st.builds(lambda whole, places: whole / 10**places, st.integers(-(10**9), 10**9), st.integers(0, 2))
small = st.integers(-30, 30).map(float)
values = st.none() | printed | small
aims = st.sampled_from(["increase", "decrease", "maintain_above", "maintain_below"]) | st.none()
rows = st.builds(kpi, values, values, values, aims)
powers = st.integers(0, 20).map(lambda power: 2.0**power)


def scaled(row: Row, by: float) -> Row:
    return row | {key: None if row[key] is None else row[key] * by for key in ("baseline", "target", "actual")}


@given(rows, powers)
def test_a_larger_unit_changes_no_status(row: Row, power: float) -> None:
    before, after = judged(row, scaled(row, power))
    # A printed change is added to its baseline, and the sum is rounded to nine decimals.
    assume(before["basis"] != "change" or abs(row["baseline"] + row["actual"] - (row["target"] or 0)) > 1e-6)
    assert (after["basis"], after["status"]) == (before["basis"], before["status"])


@given(st.builds(kpi, values, values, values, st.sampled_from(sorted(OPPOSITE))))
def test_a_decrease_is_an_increase_seen_in_a_mirror(row: Row) -> None:
    mirrored = scaled(row, -1) | {"aim_stated": OPPOSITE[row["aim_stated"]]}
    here, there = judged(row, mirrored)
    assume("change" not in (here["basis"], there["basis"]))
    assert (there["basis"], there["status"], there["progress"]) == (here["basis"], here["status"], here["progress"])


@given(st.lists(rows, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_no_kpi_is_judged_by_the_others(several: list[Row], chance: random.Random) -> None:
    order = list(range(len(several)))
    chance.shuffle(order)
    together = judged(*(several[place] | {"unit": str(place)} for place in order))
    for row in together:
        alone = one(row["baseline"], row["target"], row["actual"], aim=several[int(row["unit"])]["aim_stated"])
        for key in ("aim", "basis", "status", "attainment", "progress", "gap", "change"):
            assert row[key] == alone[key], key


@given(rows)
def test_unmeasured_is_what_lacks_an_actual_or_a_target_and_nothing_else(row: Row) -> None:
    lacking = row["actual"] is None or row["target"] is None
    assert (judged(row)[0]["status"] == "unmeasured") == lacking


@given(rows)
def test_what_is_unmeasured_has_no_rate_and_no_gap(row: Row) -> None:
    found = judged(row)[0]
    assume(found["status"] == "unmeasured")
    assert (found["attainment"], found["progress"], found["gap"]) == (None, None, None)


@given(rows)
def test_a_rate_is_a_number_or_missing(row: Row) -> None:
    found = judged(row)[0]
    assert all(found[key] is None or math.isfinite(found[key]) for key in ("attainment", "progress", "gap"))


@given(printed.filter(lambda value: value > 0), st.sampled_from([0.0, None]))
def test_the_least_shortfall_is_a_miss_although_the_rate_rounds_to_all(target: float, baseline: float | None) -> None:
    just_short = math.nextafter(target, 0.0)
    assert one(baseline, target, just_short)["status"] == "missed"
    assert one(baseline, target, target)["status"] == "met"


@pytest.mark.parametrize(
    ("aim", "baseline", "actual", "status"),
    [
        ("maintain_above", 90, 95.0, "met"),
        ("maintain_above", 97, 96.0, "met"),
        ("maintain_above", 95, 95.0, "met"),
        ("maintain_above", 90, 94.9, "missed"),
        ("maintain_above", 95, 94.9, "worsened"),
        ("maintain_below", 99, 95.0, "met"),
        ("maintain_below", 90, 94.0, "met"),
        ("maintain_below", 99, 95.1, "missed"),
        ("maintain_below", 95, 95.1, "worsened"),
    ],
)
def test_to_maintain_is_to_stand_on_the_right_side_of_95(aim: str, baseline: float, actual: float, status: str) -> None:
    found = one(baseline, 95, actual, aim=aim)
    assert (found["basis"], found["status"]) == ("level", status)


@pytest.mark.parametrize(
    ("actual", "status", "progress"), [(80, "met", 1.0), (90, "missed", 0.5), (110, "worsened", -0.5)]
)
def test_a_decrease_from_100_to_80(actual: float, status: str, progress: float) -> None:
    found = one(100, 80, actual, aim="decrease")
    assert (found["basis"], found["status"], found["progress"]) == ("level", status, progress)


@pytest.mark.parametrize(
    ("baseline", "target", "aim"), [(100, 80, "decrease"), (80, 100, "increase"), (80, 80, "increase")]
)
def test_an_aim_that_nobody_states_is_inferred_and_noted(baseline: float, target: float, aim: str) -> None:
    found = one(baseline, target, 90, aim=None)
    assert found["aim"] == aim
    assert "aim_inferred" in found["notes"]


def test_a_stated_aim_is_not_noted_as_inferred() -> None:
    assert one(80, 100, 90)["notes"] == []


def test_a_target_below_baseline_is_an_increment_only_where_the_table_is_of_increases() -> None:
    stated, inferred = one(10.1, 8.9, 9.2), one(10.1, 8.9, 9.2, aim=None)
    assert (stated["basis"], stated["status"], stated["notes"]) == ("increment", "met", ["target_below_baseline"])
    assert (inferred["basis"], inferred["status"], inferred["notes"]) == ("level", "missed", ["aim_inferred"])


def test_a_declared_basis_is_followed_and_noted() -> None:
    found = one(28, 28, 20, basis_declared="level")
    assert (found["basis"], found["status"], found["change"]) == ("level", "worsened", "down")
    assert found["notes"] == ["target_equals_baseline", "declared"]


def test_an_absent_baseline_is_a_zero_one() -> None:
    found = one(None, 10, 8)
    assert (found["basis"], found["status"], found["progress"], found["change"]) == ("zero", "missed", 0.8, "up")


def test_what_is_missing_is_noted() -> None:
    assert one(5, None, 7, unit=None)["notes"] == ["no_target", "no_unit"]


def test_an_ambiguous_kpi_fell_only_where_a_loss_was_printed() -> None:
    held, lost = one(28, 28, 4), one(28, 28, -4)
    assert (held["status"], held["change"], held["progress"]) == ("missed", "up", None)
    assert (lost["status"], lost["change"], lost["progress"]) == ("worsened", "down", None)


def test_bases_are_mixed_only_inside_one_project() -> None:
    increment, level = kpi(10.1, 8.9, 9.2), kpi(24, 36, 53)
    apart = judged(increment, level | {"project_id": "promotion-2"})
    together = judged(increment, level, kpi(0, 10, 11))
    assert ["mixed_bases" in row["notes"] for row in apart] == [False, False]
    assert ["mixed_bases" in row["notes"] for row in together] == [True, True, False]


def test_decimals_that_binary_cannot_hold_leave_no_trace_in_the_gap() -> None:
    assert one(81.1, 83.6, 83.9)["gap"] == 0.3
    assert one(40.7, 43.0, -0.6)["gap"] == -2.9


@pytest.mark.parametrize("values", [(0, 1e-300, 1e300), (-1e308, 1e308, 1e308)])
def test_no_rate_is_infinite_however_far_apart_the_values_are(values: tuple[float, float, float]) -> None:
    found = one(*values)
    assert all(found[key] is None or math.isfinite(found[key]) for key in ("attainment", "progress"))


def test_a_declared_change_without_a_baseline_is_unmeasured() -> None:
    assert one(None, 43.0, -0.6, basis_declared="change")["status"] == "unmeasured"
