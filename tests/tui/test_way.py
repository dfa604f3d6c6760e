"""The way from place to place and from view to view, without a screen.

The built-in report has 82 KPIs, of which 50 are met, 28 missed, 2 worsened and 2 not measured.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from threading import Event

import pytest
from stand_in import StandIn

from kpitui.report.model import Report
from kpitui.text.wording import Both
from kpitui.tui import answers, engine
from kpitui.tui.saying import STOPPED
from kpitui.tui.way import UNDO_HINT, Way
from kpitui.views.history import Place, Reading
from kpitui.views.query import RowSet, select
from kpitui.views.spec import ViewSpec

KPIS = ViewSpec("kpis")
MISSED = KPIS.toggle("status", "missed")
SORTED = KPIS.sorted_by("actual")
_PATIENCE = 60.0


class Walk:
    """A way over the built-in report that begins at its KPIs, and all that was told on it."""

    def __init__(self, report: Report) -> None:
        self.screen = StandIn(Reading.start(KPIS))
        self.answers = self.screen.answers(report)
        self.words: list[Both] = []
        self.steps: list[str | None] = []
        self.way = Way(self.screen, self.answers, self.screen.engine, self.words.append)

    @property
    def place(self) -> Place:
        return self.screen.reading.place

    @property
    def rows(self) -> int:
        return len(self.answers.rowset)

    def undo(self) -> str | None:
        self.way.undo(self.steps.append)
        return self.steps[-1]

    def redo(self) -> str | None:
        self.way.redo(self.steps.append)
        return self.steps[-1]


@pytest.fixture
def walk(report: Report) -> Walk:
    return Walk(report)


@pytest.fixture
def go_on(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """The report is a large one, and its rows are not found before this is set."""
    go, real = Event(), select

    def held(report: Report, spec: ViewSpec) -> RowSet:
        assert go.wait(_PATIENCE), "never let go"
        return real(report, spec)

    monkeypatch.setattr(engine, "LARGE", 0)
    monkeypatch.setattr(answers, "select", held)
    yield go
    go.set()


def test_where_the_reader_was_is_kept_with_the_cursor(walk: Walk) -> None:
    walk.screen.row = "promotion-1.2"
    walk.way.go(walk.screen.reading.at("projects"))
    assert (walk.screen.reading.tab, walk.rows) == ("projects", 23)
    assert walk.screen.reading.at("kpis").place.row_id == "promotion-1.2"


def test_going_back_twice_leads_forth_again(walk: Walk) -> None:
    walk.way.go(walk.screen.reading.at("projects"))
    walk.way.go_back()
    assert (walk.screen.reading.tab, walk.rows) == ("kpis", 82)
    walk.way.go_back()
    assert (walk.screen.reading.tab, walk.rows) == ("projects", 23)


def test_a_change_of_the_view_is_taken_back_and_done_again(walk: Walk) -> None:
    walk.way.shape("toggle", MISSED)
    assert (walk.place.spec, walk.rows) == (MISSED, 28)
    assert (walk.undo(), walk.place.spec, walk.rows) == ("toggle", KPIS, 82)
    assert walk.undo() is None
    assert (walk.redo(), walk.place.spec, walk.rows) == ("toggle", MISSED, 28)
    assert walk.redo() is None


def test_no_change_is_no_step(walk: Walk) -> None:
    walk.way.shape("toggle", KPIS)
    assert walk.undo() is None


@pytest.mark.parametrize(
    ("command", "spec", "hints"),
    [
        ("toggle", MISSED, []),
        ("only", MISSED, [UNDO_HINT]),
        ("toggle", replace(MISSED, search="no such text"), [UNDO_HINT]),
    ],
)
def test_the_way_back_is_named_where_rows_went_surprisingly(
    walk: Walk, command: str, spec: ViewSpec, hints: list[Both]
) -> None:
    walk.way.shape(command, spec)
    assert walk.words == hints


def test_a_view_tried_several_times_and_then_decided_on_is_one_step(walk: Walk) -> None:
    before = walk.screen.remembered()
    walk.way.attempt(replace(KPIS, search="輸"), before)
    walk.way.attempt(replace(KPIS, search="輸出"), before)
    walk.way.keep("search", before)
    assert walk.rows == 2
    assert (walk.undo(), walk.place.spec, walk.rows) == ("search", KPIS, 82)
    assert walk.undo() is None


def test_a_view_tried_and_left_is_no_step_and_the_cursor_comes_back(walk: Walk) -> None:
    walk.screen.row = "promotion-1.2"
    before = walk.screen.remembered()
    walk.way.attempt(replace(KPIS, search="輸出"), before)
    walk.screen.row = ""
    walk.way.restore(before)
    assert (walk.place.row_id, walk.rows) == ("promotion-1.2", 82)
    assert walk.undo() is None


def test_a_view_that_is_opened_is_a_step_and_what_was_read_the_way_back(walk: Walk) -> None:
    opened: list[int] = []
    walk.way.go(walk.screen.reading.at("projects"))
    walk.way.open(MISSED, lambda: opened.append(walk.rows))
    assert opened == [28]
    assert (walk.screen.reading.tab, walk.place.spec) == ("kpis", MISSED)
    walk.way.go_back()
    assert walk.screen.reading.tab == "projects"
    walk.way.go_back()
    assert (walk.undo(), walk.screen.reading.tab) == ("open", "projects")


def test_a_filter_is_turned_round_but_a_search_has_no_opposite(walk: Walk) -> None:
    walk.way.shape("toggle", MISSED)
    walk.way.turn_round(0)
    assert walk.rows == 82 - 28
    walk.way.shape("search", replace(KPIS, search="輸出"))
    walk.way.turn_round(0)
    assert [words.en for words in walk.words] == ["a search has no opposite"]
    assert walk.rows == 2


async def test_changes_made_while_rows_are_awaited_are_wanted_together_and_one_step(go_on: Event, walk: Walk) -> None:
    walk.way.shape("toggle", MISSED)
    assert (walk.place.spec, walk.way.wanted) == (KPIS, MISSED)
    await walk.screen.begin()
    both = walk.way.wanted.sorted_by("actual")
    walk.way.shape("sort", both)
    assert (walk.place.spec, walk.way.wanted) == (KPIS, both)
    go_on.set()
    await walk.screen.end()
    assert (walk.place.spec, walk.rows) == (both, 28)
    assert (walk.undo(), walk.place.spec) == ("sort", KPIS)
    assert walk.undo() is None


async def test_undo_stops_a_change_whose_rows_are_awaited(go_on: Event, walk: Walk) -> None:
    walk.way.shape("sort", SORTED)
    await walk.screen.begin()
    walk.way.undo(walk.steps.append)
    go_on.set()
    await walk.screen.end()
    assert (walk.place.spec, walk.way.wanted) == (KPIS, KPIS)
    assert walk.words == [STOPPED]
    assert not walk.steps


async def test_a_search_decided_on_before_its_rows_are_there_is_a_step_once_they_are(go_on: Event, walk: Walk) -> None:
    before = walk.screen.remembered()
    walk.way.attempt(replace(KPIS, search="輸出"), before)
    walk.way.keep("search", before)
    go_on.set()
    await walk.screen.end()
    assert walk.rows == 2
    assert (walk.undo(), walk.place.spec) == ("search", KPIS)


async def test_a_change_of_a_search_whose_rows_are_awaited_is_one_step_from_where_the_search_began(
    go_on: Event, walk: Walk
) -> None:
    walk.screen.row = "promotion-1.2"
    before = walk.screen.remembered()
    walk.way.attempt(replace(KPIS, search="輸出"), before)
    walk.way.keep("search", before)
    await walk.screen.begin()
    walk.screen.row = "promotion-1.3"
    walk.way.shape("sort", walk.way.wanted.sorted_by("actual"))
    go_on.set()
    await walk.screen.end()
    assert (walk.place.spec.search, walk.rows) == ("輸出", 2)
    assert (walk.undo(), walk.place.row_id) == ("sort", "promotion-1.2")
    assert walk.undo() is None


async def test_going_elsewhere_gives_a_change_up(go_on: Event, walk: Walk) -> None:
    walk.way.shape("sort", SORTED)
    await walk.screen.begin()
    record = Place(KPIS, "record", "promotion-1.2")
    walk.way.go(walk.screen.reading.into(record))
    assert walk.place == record
    go_on.set()
    await walk.screen.end()
    assert walk.place == record
    assert walk.undo() is None
