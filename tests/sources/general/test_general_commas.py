"""Decimal commas: what a column proves, what it leaves open; nothing is off by a thousand unsaid."""

from collections.abc import Sequence

import pytest
from invented_tables import doubts, understood, values

from kpitui.sources.general.commas import Says, evidence, pointed
from kpitui.sources.general.explain import explain


def table(*actuals: str, target: str = "10") -> str:
    rows = "\n".join(f"P{number}|k{number}|{target}|{each}" for number, each in enumerate(actuals, start=1))
    return f"Project|Indicator|Target|Actual\n{rows}"


def actuals(*cells: str) -> list[object]:
    return [actual for (actual,) in values(understood(table(*cells)), "actual")]


def test_commas_before_one_or_two_digits_are_decimal_points_and_dots_part_thousands() -> None:
    assert actuals("12,5 %", "1.234,56", "7", "-0,25") == [12.5, 1234.56, 7.0, -0.25]


def test_what_is_printed_is_kept_and_the_unit_beside_it_read() -> None:
    found = understood(table("12,5 %", "3,75 %"))
    assert [(kpi["actual_raw"], kpi["unit"]) for kpi in found.kpis] == [("12,5 %", "%"), ("3,75 %", "%")]


def test_a_dry_run_says_that_commas_are_decimal_points() -> None:
    said = [each.en for each in explain(understood(table("12,5", "1.234,56")))]
    assert any("4 Actual -> actual (decimal commas, dots part thousands)" in each for each in said)
    assert doubts(understood(table("12,5", "1.234,56"))) == []


def test_a_dot_before_three_digits_parts_thousands_beside_decimal_commas_and_is_asked_about() -> None:
    found = understood(table("12,5", "1.234"))
    assert values(found, "actual") == [(12.5,), (1234.0,)]
    assert doubts(found) == [
        "column 4 Actual: commas are read as decimal points, dots as parting thousands; by themselves these may be "
        "either: 1.234"
    ]


def test_a_comma_before_three_digits_is_a_decimal_point_beside_decimal_commas_and_is_asked_about() -> None:
    found = understood(table("12,5", "12,345"))
    assert values(found, "actual") == [(12.5,), (12.345,)]
    assert "12,345" in doubts(found)[0]


@pytest.mark.parametrize(("cell", "number"), [("1.234", 1.234), ("1,234", 1234.0), ("1,234,567", 1234567.0)])
def test_without_a_decimal_comma_in_the_column_all_stays_as_it_was(cell: str, number: float) -> None:
    found = understood(table(cell, "5"))
    assert values(found, "actual") == [(number,), (5.0,)]
    assert doubts(found) == []


@pytest.mark.parametrize("other", ["12.5", "1,234.5", "1,234,567", "0.125", "1234.567"])
def test_a_value_that_speaks_against_it_leaves_the_commas_unread_and_is_asked_about(other: str) -> None:
    found = understood(table("12,5", other, "8"))
    assert values(found, "actual")[0] == (None,)
    assert found.kpis[0]["actual_raw"] == "12,5"
    assert doubts(found) == [
        f"column 4 Actual: decimal commas (12,5) beside values without ({other}): the former are read as no numbers"
    ]


def test_one_slip_among_many_thousands_does_not_divide_them() -> None:
    found = understood(table("1,234", "5,678", "2,345", "6,789", "3,456", "7,890", "1,23"))
    assert values(found, "actual")[:2] == [(1234.0,), (5678.0,)]
    assert values(found, "actual")[-1] == (None,)
    assert "1,23" in doubts(found)[0]


def test_a_column_that_tells_nothing_beside_one_that_does_is_read_as_printed_and_asked_about() -> None:
    found = understood(table("1.100,5", "12,5", target="1.234"))
    assert values(found, "target", "actual") == [(1.234, 1100.5), (1.234, 12.5)]
    assert doubts(found) == [
        "column 3 Target: another column has decimal commas; here nothing tells, so dots are decimal points and commas "
        "part thousands: 1.234"
    ]


def test_money_and_years_side_by_side_have_decimal_commas_too() -> None:
    found = understood(
        "Project|Cost (€k)|Indicator|Target 2021|Actual 2021|Target 2022|Actual 2022\n"
        "A|1.234,5|k|1,5|1,4|2,5|2,6\nB|12,5|m|3,5|3,4|4,5|4,6"
    )
    assert [project["cost"] for project in found.projects] == [1235, 13]
    assert values(found, "target", "actual") == [(2.5, 2.6), (4.5, 4.6)]
    assert [year["actual"] for year in found.years] == [1.4, 2.6, 3.4, 4.6]


def test_a_published_rate_has_a_decimal_comma() -> None:
    found = understood("Project|Indicator|Target|Actual|Achieved\nA|k|10|9|98,5 %\nB|m|10|11|110,5 %")
    assert [kpi["published"] for kpi in found.kpis] == ["not_met", "met"]


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        (["12,5"], Says.DECIMAL),
        (["1.234.567"], Says.DECIMAL),
        (["0,125"], Says.DECIMAL),
        (["1234,567"], Says.DECIMAL),
        (["1.234,567"], Says.DECIMAL),
        (["１２，５％"], Says.DECIMAL),
        (["12,345"], Says.NOTHING),
        (["1.234"], Says.NOTHING),
        (["12.5"], Says.NOTHING),
        (["2021.4.1", "1,2号機と3,4号機"], Says.NOTHING),
        (["12,5", "12.5"], Says.BOTH),
    ],
)
def test_what_numbers_prove(cells: Sequence[str], says: Says) -> None:
    assert evidence(cells).says is says


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("12,5 %", "12.5 %"),
        ("1.234,56", "1234.56"),
        ("１２，５％", "12.5％"),
        ("1.234.567", "1234567"),
        ("5 (2021.4)", "5 (2021.4)"),
        ("approx. 3,5", "approx. 3.5"),
    ],
)
def test_a_cell_is_told_with_points(printed: str, plain: str) -> None:
    assert pointed(printed) == plain
