"""A report of very many projects: its pages stay short, and say how much they leave out and how to see it."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from kpitui.output.display import Display
from kpitui.output.overview import overview
from kpitui.report.checks import checks, tally
from kpitui.report.model import Report
from kpitui.report.tables import load_table
from kpitui.text.prose import plain

_PROJECTS = 1000


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A thousand projects of one KPI each, every other met, none with a target below its baseline but each tenth."""
    numbers = range(1, _PROJECTS + 1)
    frame = pl.DataFrame(
        {
            "id": [f"p-{number}.1" for number in numbers],
            "project_id": [f"p-{number}" for number in numbers],
            "name": [f"n{number}" for number in numbers],
            "unit": ["件"] * _PROJECTS,
            "baseline": [5.0] * _PROJECTS,
            "target": [5.0 if number % 10 == 0 else 10.0 for number in numbers],
            "actual": [20.0 if number % 2 else 7.0 for number in numbers],
        }
    )
    path: Path = tmp_path_factory.mktemp("many") / "many.parquet"
    frame.write_parquet(path)
    return load_table(path)


def test_the_list_by_share_ends_with_how_many_more_there_are(many: Report) -> None:
    text = plain(overview(Display(many, "en"), 100))
    assert "… and 700 more; all of them: kpitui projects --sort met_share" in text
    assert "p-2 " in text
    assert "p-999 " not in text


def test_thousands_are_told_apart_in_sentences_too(many: Report) -> None:
    text = plain(overview(Display(many, "en"), 100))
    assert "of 1,000 measured" in text
    assert "of 1,000 in all" in text
    assert "at least one KPI met: 600 of 1,000 projects (60%)" in text


def test_findings_are_counted_without_being_made(many: Report) -> None:
    assert tally(many)["target_equals_baseline"] == 100
    assert len([each for each in checks(many) if each.check.code == "target_equals_baseline"]) == 100


def test_only_the_first_findings_of_each_check_are_made_if_so_wanted(many: Report) -> None:
    found = [each for each in checks(many, 3) if each.check.code == "target_equals_baseline"]
    assert [each.ids for each in found] == [("p-10.1",), ("p-20.1",), ("p-30.1",)]


def test_counts_and_findings_agree(report: Report) -> None:
    found = [each.check.code for each in checks(report)]
    assert tally(report) == {code: found.count(code) for code in found}
