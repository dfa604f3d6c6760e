"""Answers told without taking a text apart: each beside a text so like it that it has to be taken apart.

Both must be what taking apart would say. That most cells are not taken apart is why reading a large table is fast.
"""

import pytest
from invented_tables import understood

from kpitui.sources.general import dates, grid, missing
from kpitui.sources.general.dates import Period
from kpitui.sources.general.grid import numeric, role_of
from kpitui.sources.general.missing import is_missing
from kpitui.sources.general.roles import Role


def never(printed: str) -> None:
    raise AssertionError(f"{printed!r} was taken apart")


class Never:
    """A pattern that nothing should be held against."""

    def search(self, text: str) -> None:
        """Complain of being asked."""
        raise AssertionError(f"{text!r} was looked through")


@pytest.mark.parametrize(
    ("printed", "role"),
    [
        ("事業の名称", Role.PROJECT),  # ends as a known head does
        ("成果指標", Role.INDICATOR),
        ("実績値(R4)", Role.ACTUAL),  # a bracket at its end may be taken away
        ("実績値令和4年度", Role.ACTUAL),  # so may a date
        ("実績値時点", None),  # letters of a date without one: the whole is no known head
        ("指標ア", Role.INDICATOR),  # a letter that counts
        ("目標値増加分", Role.TARGET),  # what says which way it is to go
        ("達成", Role.PUBLISHED),  # shorter than the ends looked at
        ("指標" + " " * 498 + "協会員", Role.INDICATOR),  # what stands beyond the 500th letter is not looked at
    ],
)
def test_a_head_whose_end_may_be_known_is_taken_apart(printed: str, role: Role | None) -> None:
    assert role_of(printed) is role


@pytest.mark.parametrize(
    "printed",
    ["実績値協会", "観光協会", "指標の利用者", "成果指標協議会", "指標" + " " * 495 + "協会員", "1,234", "12.5", "-7"],
)
def test_what_ends_as_no_head_does_is_none_without_being_taken_apart(
    printed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grid, "head_word", never)
    role_of.cache_clear()
    assert role_of(printed) is None
    role_of.cache_clear()


@pytest.mark.parametrize(
    ("printed", "is_number"),
    [
        ("2021", False),  # a year
        ("1999", False),
        ("2021.5", False),  # May of a year
        ("R4.3", False),
        ("1,23", False),  # digits parted as no number is
        ("5人", True),
        ("▲5", True),
        ("１２", True),
        (".5", True),
        ("1234567890123456", True),  # longer than what is told at once
        ("1,2人", False),
        ("", False),
        ("-", False),
    ],
)
def test_what_may_be_no_number_is_taken_apart(printed: str, is_number: bool) -> None:
    assert numeric(printed) is is_number


@pytest.mark.parametrize("printed", ["20211", "1899", "-5", "0", "1,234", "1,234.5", "123456789012345", "0.25"])
def test_a_plain_number_is_one_without_being_taken_apart(printed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "weight", never)
    assert numeric(printed)


@pytest.mark.parametrize(
    ("cell", "says_nothing"),
    [
        ("数値目標の設定になじまない", True),  # why there is no value
        ("効果の把握が困難", True),
        ("令和5年度に調査予定", True),
        ("9月公表予定", True),
        ("Exempt under Section 43", True),
        ("Not available at this time", True),
        ("The department did not provide a figure", True),
        ("Early planning phase", True),
        ("利用者への調査", False),  # has the letters of such a sentence, and is none
        ("Not bad at all", False),
        ("early bird tickets sold", False),
    ],
)
def test_a_sentence_with_a_letter_of_those_for_no_value_is_heard_to_its_end(cell: str, says_nothing: bool) -> None:
    is_missing.cache_clear()
    assert is_missing(cell) is says_nothing


@pytest.mark.parametrize("cell", ["観光客の受け入れ", "利用者 120人", "visitors per day"])
def test_a_sentence_without_such_a_letter_says_something(cell: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(missing, "_SENTENCES", Never())
    is_missing.cache_clear()
    assert not is_missing(cell)
    is_missing.cache_clear()


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("令和元年度", Period(2019)),  # its only number is a letter
        ("R4.3", Period(2021, "2022-03")),
        ("令和年度", None),  # an era alone is no year
        ("元気な町", None),  # the letter without an era
        ("第3回", None),
    ],
)
def test_a_text_with_a_number_may_name_a_period(text: str, period: Period | None) -> None:
    assert dates.period(text) == period


@pytest.mark.parametrize("text", ["令和年度", "年度末時点", "FY"])
def test_a_text_without_a_number_names_none(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dates, "_PERIOD", Never())
    assert dates.period(text) is None


@pytest.mark.parametrize(
    ("note", "cost"),
    [
        ("(単位：百万円)", 5_000),
        ("単位 円", 0),  # 5 yen, in thousands
        ("※金額は千円未満を四捨五入", 5),  # names no unit: taken for thousands
        ("金額の順位は百万円の位まで", 5),  # has a letter of such a note, and is none
    ],
)
def test_a_note_on_money_says_its_unit(note: str, cost: int) -> None:
    found = understood(f"{note}|\n事業名|事業費|評価\n甲|5|A\n乙|7|B")
    assert found.projects[0]["cost"] == cost


@pytest.mark.parametrize("note", ["Costs in pounds (£m)", "Costs in pounds (￡m)"])
def test_a_note_on_pounds_says_its_unit(note: str) -> None:
    found = understood(f"{note}|\nProject|Cost|Rating\nA|5|Green\nB|7|Red")
    assert (found.projects[0]["cost"], found.currency) == (5_000, "£")


@pytest.mark.parametrize("note", ["Costs (US$m)", "Costs (US＄m)", "Costs (US﹩m)"])
def test_a_note_on_dollars_says_its_unit_in_every_form_of_the_sign(note: str) -> None:
    found = understood(f"{note}|\nProject|Cost|Rating\nA|5|Green\nB|7|Red")
    assert (found.projects[0]["cost"], found.currency) == (5_000, "$")
