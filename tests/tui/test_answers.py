"""What a report answers and what of it is known, without a screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from threading import Event
from typing import Any

import polars as pl
import pytest
from stand_in import StandIn

from kpitui.output.display import Display
from kpitui.report.model import Report
from kpitui.text.prose import Line
from kpitui.tui import engine, pages
from kpitui.tui.answers import KnownRows, counted, question
from kpitui.tui.saying import WORKING_OUT
from kpitui.views.history import Place, Reading
from kpitui.views.query import RowSet
from kpitui.views.spec import ViewSpec

KPIS = ViewSpec("kpis")
MISSED = KPIS.toggle("status", "missed")
_PATIENCE = 60.0


def _nothing() -> None:
    """Where nothing is done with an answer."""


@pytest.fixture
def screen() -> StandIn:
    return StandIn(Reading.start(KPIS))


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "LARGE", 0)


def test_widths_ask_for_no_other_rows_and_an_order_for_no_other_counts() -> None:
    assert question(KPIS.sized("actual", 9)) == question(KPIS)
    assert question(KPIS.sorted_by("actual")) != question(KPIS)
    assert counted(KPIS.sorted_by("actual")) == counted(KPIS)
    assert counted(MISSED) != counted(KPIS)


def test_rows_of_the_four_views_shown_last_are_known() -> None:
    known, rows = KnownRows(), RowSet("kpis", pl.Series([0], dtype=pl.UInt32), 82)
    views = [replace(KPIS, search=text) for text in "abcd"]
    for view in views:
        known.keep(view, rows)
    known.keep(views[0], rows)
    known.keep(replace(KPIS, search="e"), rows)
    assert [known.of(view) is rows for view in views] == [True, False, True, True]
    assert known.of(views[0].sized("actual", 9)) is rows


def test_the_record_of_a_page_and_the_row_of_a_record(report: Report, screen: StandIn) -> None:
    answers = screen.answers(report)
    record = answers.record(Place(KPIS, "record", "promotion-1.2"))
    assert record is not None
    assert record["id"] == "promotion-1.2"
    assert answers.record(Place(KPIS, "overview")) is None
    assert answers.record(Place(KPIS, "record", "gone")) is None
    assert (answers.row_of("promotion-1.2"), answers.row_of("gone"), answers.row_of("")) == (1, 0, 0)


def test_successes_are_counted_by_one_rule_after_the_other(report: Report, screen: StandIn) -> None:
    overview = screen.answers(report).overview
    rules = []
    for _ in range(4):
        rules.append(overview.rule)
        overview.next_rule()
    assert rules == ["all", "majority", "any", "all"]


def test_a_report_read_again_keeps_the_rule_and_has_the_rows_of_the_view(report: Report, screen: StandIn) -> None:
    answers = screen.answers(report)
    answers.overview.next_rule()
    found: list[int] = []
    answers.read_again(MISSED, lambda: found.append(len(answers.rowset)))
    assert found == [28]
    assert answers.report is not report
    assert answers.overview.rule == "majority"


@pytest.mark.usefixtures("large")
async def test_counts_of_a_large_report_that_were_shown_are_not_counted_again(
    report: Report, screen: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[ViewSpec] = []
    real = pages.facets

    def facets(report: Report, spec: ViewSpec, keys: list[str]) -> Mapping[str, Any]:
        calls.append(spec)
        return real(report, spec, keys)

    monkeypatch.setattr(pages, "facets", facets)
    screen.display = True
    counts = screen.answers(report).counts
    for view in (KPIS, MISSED):
        counts.show(view)
        await screen.end()
    counts.show(KPIS.sorted_by("actual"))
    assert calls == [KPIS, MISSED]
    assert len(screen.counted) == 3
    assert screen.counted[2] is screen.counted[0]
    assert counts.beside(MISSED) is None


@pytest.mark.usefixtures("large")
def test_facets_that_do_not_show_are_not_counted(report: Report, screen: StandIn) -> None:
    counts = screen.answers(report).counts
    assert counts.beside(KPIS) is None
    screen.display = True
    assert counts.beside(KPIS) is not None


@pytest.mark.usefixtures("large")
async def test_a_large_reports_overview_is_waited_for_once(report: Report, screen: StandIn) -> None:
    answers, arrived = screen.answers(report), []
    overview = Place(ViewSpec(), "overview")
    assert answers.overview.lines(80, _nothing) == []
    await screen.end()
    answers.arrive(overview, WORKING_OUT, lambda: arrived.append(1))
    assert arrived == [1]
    assert answers.overview.lines(80, _nothing) != []
    answers.overview.next_rule()
    answers.arrive(overview, WORKING_OUT, lambda: arrived.append(2))
    assert arrived == [1]
    await screen.end()
    assert arrived == [1, 2]


@pytest.mark.usefixtures("large")
async def test_an_overview_of_the_report_before_is_not_taken_for_that_of_the_one_read_again(
    report: Report, screen: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Report] = []
    again = Event()

    def overview(display: Display, *_: object) -> list[Line]:
        told.append(display.report)
        assert again.wait(_PATIENCE), "never read again"
        return []

    def read_again() -> None:
        answers.overview.lines(80, _nothing)
        again.set()

    monkeypatch.setattr(pages, "overview", overview)
    answers = screen.answers(report)
    answers.overview.lines(80, _nothing)
    answers.read_again(KPIS, read_again)
    await screen.end()
    await screen.end()
    assert told == [report, answers.report]
    assert answers.report is not report
