"""Frequencies of a column and statistics of its numbers, unit by unit."""

from kpitui.report.model import Report
from kpitui.views.spec import Filter, ViewSpec
from kpitui.views.statistics import Frequency, Statistics, frequencies, statistics

YEN = ViewSpec("kpis", filters=(Filter("unit", ("千円",)),))


def _of(report: Report, key: str, unit: str) -> Statistics:
    return next(each for each in statistics(report, ViewSpec("kpis"), key) if each.unit == unit)


# Frequencies


def test_values_are_counted_the_most_frequent_first_and_equals_in_the_columns_order(report: Report) -> None:
    assert frequencies(report, ViewSpec("kpis"), "status") == [
        Frequency("met", 50),
        Frequency("missed", 28),
        Frequency("worsened", 2),
        Frequency("unmeasured", 2),
    ]


def test_missing_values_are_counted_as_a_value_of_their_own(report: Report) -> None:
    # Of 23 projects one, the facility under construction, has no rating.
    found = frequencies(report, ViewSpec("projects"), "rating")
    assert [each.count for each in found] == [12, 7, 3, 1]
    assert found[-1].value is None


def test_counts_add_up_to_the_rows_of_the_view(report: Report) -> None:
    found = frequencies(report, YEN, "status")
    # Of six amounts of money three fell short: 434,000, 351,000 and 106 thousand yen.
    assert found == [Frequency("missed", 3), Frequency("met", 3)]


def test_each_code_of_a_list_is_counted(report: Report) -> None:
    counted = {each.value: each.count for each in frequencies(report, ViewSpec("kpis"), "notes")}
    # 推7.2 and 推17.4 have targets below their baselines, and so do two rows of the facility's table.
    assert counted["target_below_baseline"] == 4


def test_only_so_many_values_are_listed(report: Report) -> None:
    assert len(frequencies(report, ViewSpec("kpis"), "name", most=5)) == 5


# Statistics


def test_numbers_of_a_unit_are_reckoned_by_themselves(report: Report) -> None:
    # 5,000, 11,000, 59,000, 243,440, 491,000 and 1,839,000 thousand yen.
    assert statistics(report, YEN, "target") == [
        Statistics("千円", 6, 0, 5_000, (59_000 + 243_440) / 2, 2_648_440 / 6, 1_839_000)
    ]


def test_there_is_an_entry_for_each_of_the_fourteen_units_and_none_across_them(report: Report) -> None:
    found = statistics(report, ViewSpec("kpis"), "target")
    assert len({each.unit for each in found}) == len(found) == 14
    assert sum(each.count for each in found) == 82


def test_what_is_missing_is_counted_apart_and_never_as_zero(report: Report) -> None:
    # No amount in hundred million yen was measured, and one number of people was not.
    assert _of(report, "actual", "億円") == Statistics("億円", 0, 1, None, None, None, None)
    people = _of(report, "actual", "人")
    assert (people.count, people.missing, people.low) == (20, 1, 0)


def test_a_table_without_units_has_one_entry(report: Report) -> None:
    [found] = statistics(report, ViewSpec("projects"), "cost")
    # 888,839 thousand yen are printed as spent on the 22, and 92,500 on the facility.
    assert (found.unit, found.count, found.missing) == (None, 23, 0)
    assert found.mean is not None
    assert round(found.mean * 23) == 888_839 + 92_500
    assert (found.low, found.high) == (8_345, 92_500)


def test_no_rows_have_no_statistics(report: Report) -> None:
    assert statistics(report, ViewSpec("kpis", search="zzz"), "target") == []
