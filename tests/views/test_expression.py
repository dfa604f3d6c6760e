"""Expressions over the registry's keys: what they select, where they are wrong, how they are completed."""

import pytest

from kpitui.errors import UsageError
from kpitui.report.model import Report
from kpitui.text.cells import width
from kpitui.views.expression import completion, condition


def _met(report: Report, text: str) -> list[str]:
    return report.kpis.filter(condition(text, report.kpis))["id"].to_list()


def _pointed(report: Report, text: str) -> tuple[str, str]:
    """What is wrong with an expression, and what stands from the ^ on."""
    with pytest.raises(UsageError) as caught:
        condition(text, report.kpis)
    why, told, pointer = str(caught.value.sentence.en).split("\n")
    assert told == text
    place = next(at for at in range(len(text) + 1) if width(text[:at]) == pointer.index("^"))
    return why, text[place:]


# What is selected


def test_a_condition_holds_for_rows_that_meet_it(report: Report) -> None:
    # The two that worsened are the lost land and the fallen share.
    assert _met(report, "status = 'worsened'") == ["promotion-6.3", "promotion-22.1"]


def test_conditions_join_and_brackets_group(report: Report) -> None:
    assert _met(report, "(unit = 'ha' OR unit = '品') AND actual > 0") == ["promotion-3.4"]


def test_words_of_a_scale_are_compared_as_text(report: Report) -> None:
    # 社 and 社・団体.
    found = _met(report, "unit LIKE '社%'")
    assert found == ["promotion-1.3", "promotion-2.4", "promotion-7.1", "promotion-20.3", "promotion-21.4"]


def test_a_missing_value_meets_no_comparison_and_can_be_asked_for(report: Report) -> None:
    assert "promotion-6.1" not in _met(report, "actual < 1000000000")
    assert _met(report, "actual IS NULL") == ["promotion-6.1", "promotion-18.3"]


# What is wrong, and where


def test_an_unknown_column_is_named_with_the_nearest_and_pointed_at(report: Report) -> None:
    why, rest = _pointed(report, "unit = '件' AND progrss < 0.5")
    assert "no column 'progrss'; nearest is 'progress'" in why
    assert rest == "progrss < 0.5"


def test_a_name_is_pointed_at_where_it_stands_as_a_whole_word(report: Report) -> None:
    assert _pointed(report, "rating_rank = 2 AND rank = 1")[1] == "rank = 1"


def test_an_open_bracket_is_pointed_at(report: Report) -> None:
    assert _pointed(report, "cost > 1 AND (unit = '人'")[1] == "(unit = '人'"


def test_what_cannot_be_read_is_pointed_at_where_reading_stumbles(report: Report) -> None:
    why, rest = _pointed(report, "cost > 1 AND unit = > 2")
    assert "cannot be read from here on" in why
    assert rest == " = > 2"


def test_a_number_is_no_condition(report: Report) -> None:
    assert "not true or false" in _pointed(report, "cost + 1")[0]


@pytest.mark.parametrize("text", ["MAX(cost) > 1", "1 = 1"])
def test_what_is_the_same_for_all_rows_is_no_condition_on_each(report: Report, text: str) -> None:
    assert "is not a condition on each row" in _pointed(report, text)[0]


def test_comparing_a_text_with_a_number_is_told_in_a_sentence(report: Report) -> None:
    assert _pointed(report, "name > 1 + 'x'")[0].startswith("where: ")


def test_every_error_is_told_in_japanese_too(report: Report) -> None:
    with pytest.raises(UsageError) as caught:
        condition("progrss < 1", report.kpis)
    assert "列 'progrss' はありません。近いもの: 'progress'" in caught.value.sentence.ja


@pytest.mark.parametrize("text", ["read_csv('/etc/passwd')", "(SELECT 1)", "status; DROP TABLE kpis", "'", "\x1b["])
def test_nothing_but_a_condition_is_taken(report: Report, text: str) -> None:
    with pytest.raises(UsageError):
        condition(text, report.kpis)


# Completion

COMPLETED = {
    "prog": "progress ",
    "cost > 1 AND st": "cost > 1 AND status ",
    "status = 'mis": "status = 'missed'",
    "unit IN ('件', '経": "unit IN ('件', '経営体'",
    "progress": None,
    "zzz": None,
    "": None,
    "status = 'zzz": None,
    "name = '水": None,
}
"""A finished word, an unknown one and a column of free texts complete to nothing."""


@pytest.mark.parametrize("text", COMPLETED)
def test_the_last_word_is_completed_as_a_column_or_as_a_value_of_one(report: Report, text: str) -> None:
    assert completion(text, report, "kpis") == COMPLETED[text]


def test_columns_are_those_of_the_table(report: Report) -> None:
    assert completion("met_s", report, "projects") == "met_share "
    assert completion("met_s", report, "kpis") is None
