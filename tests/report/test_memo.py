"""What a report keeps of what was worked out of it."""

import pytest

from kpitui.report.memo import Memo
from kpitui.report.model import Report


def _never() -> str:
    raise AssertionError("was kept")


def test_a_result_is_worked_out_once_for_each_kind_and_key() -> None:
    memo = Memo()
    assert memo.get("rows", 1, lambda: "one") == "one"
    assert memo.get("rows", 1, _never) == "one"
    assert memo.get("rows", 2, lambda: "two") == "two"
    assert memo.get("order", 1, lambda: "other") == "other"


def test_only_the_latest_few_of_a_kind_are_kept() -> None:
    memo = Memo()
    for key in ("a", "b", "a", "c"):
        memo.get("rows", key, key.upper, most=2)
    # b was used longest ago.
    assert [memo.kept("rows", key) for key in ("a", "b", "c")] == ["A", None, "C"]


def test_the_latest_is_the_one_used_last() -> None:
    memo = Memo()
    assert memo.latest("search") is None
    for key in ("a", "b", "a"):
        memo.get("search", key, key.upper)
    assert memo.latest("search") == ("a", "A")


def test_an_error_is_not_kept() -> None:
    memo = Memo()
    with pytest.raises(AssertionError):
        memo.get("rows", 1, _never)
    assert memo.get("rows", 1, lambda: "one") == "one"


def test_each_report_has_its_own(report: Report) -> None:
    other = Report(report.metadata, report.kpis, "", report.folder, lambda: report.projects)
    other.memo.get("own", 1, lambda: "one")
    assert report.memo.kept("own", 1) is None
