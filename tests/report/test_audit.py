from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import polars as pl
import pytest
from expected import PROJECTS, ExpectedProject
from hypothesis import given, settings
from hypothesis import strategies as st

from kpitui.report import folder
from kpitui.report.audit import READINGS, has_profile
from kpitui.report.load import load
from kpitui.report.model import Fact, Grant, Metadata, Rating, Report

Row = dict[str, Any]
Conditions = Sequence[tuple[str, ...]]

# Column ⑥ read down the page; the facility is under construction and has none.
RANKS = [2, 3, 2, 1, 2, 2, 1, 3, 2, 2, 2, 2, 3, 2, 3, 3, 3, 2, 2, 3, 1, 2, None]
# The report's own criteria: all met; some not met but mostly achieved; poor but better; worse or no progress.
PRINTED: Conditions = (("all_met",), ("otherwise",), ("otherwise",), ("worsened", "none_progressed"))
TOP, MIDDLE, BOTTOM = frozenset({1}), frozenset({2, 3}), frozenset({4})


class Kpi(NamedTuple):
    """One KPI's values and aim."""

    baseline: float | None
    target: float | None
    actual: float | None
    aim: str = "increase"


class Project(NamedTuple):
    """A project as published: its rating, and its KPIs."""

    rating: str | None
    kpis: tuple[Kpi, ...]


# An increase from 10 to 20: reached, half-way, stood still, fell below the start, not measured.
MET, AHEAD, STILL, WORSE, UNMEASURED = (Kpi(10, 20, actual) for actual in (20, 15, 10, 5, None))
KINDS = (MET, AHEAD, STILL, WORSE, UNMEASURED)


def metadata(conditions: Conditions) -> Metadata:
    """A report whose ratings "1", "2", … ask for these conditions."""
    ratings = [
        Rating(rank, f"{rank}", f"{rank}", f"{rank}", rank, conditions=asked)
        for rank, asked in enumerate(conditions, 1)
    ]
    return Metadata(
        id="r",
        title=Fact("実績", "実績", 1),
        publisher="県",
        fiscal_year=Fact(2021, "令和3年度", 1),
        as_of=Fact("2022-03", "R4.3", 1),
        source_file="source.txt",
        source_sha256="",
        grants=(Grant("g", "交付金", "交"),),
        ratings=tuple(ratings),
    )


def written(path: Path, projects: Sequence[Project], conditions: Conditions = PRINTED) -> Report:
    """The projects, numbered from 1, as a report folder, judged."""
    rows = [
        {"id": f"g-{no}", "grant": "g", "name": f"事業{no}", "rating": each.rating, "rating_text": each.rating}
        for no, each in enumerate(projects, 1)
    ]
    kpis = [
        {"id": f"g-{no}.{place}", "project_id": f"g-{no}", "name": "件数", "unit": "件", **kpi._asdict()}
        for no, each in enumerate(projects, 1)
        for place, kpi in enumerate(each.kpis, 1)
    ]
    folder.write(path, metadata(conditions), rows, kpis)
    return load(path)


def audited(projects: Sequence[Project], conditions: Conditions = PRINTED) -> list[Row]:
    with TemporaryDirectory() as name:
        return written(Path(name), projects, conditions).projects.rows(named=True)


def one(rating: str | None, *kpis: Kpi, conditions: Conditions = PRINTED) -> Row:
    return audited([Project(rating, kpis)], conditions)[0]


def admitted(row: Row) -> tuple[frozenset[int] | None, ...]:
    """What each reading admits, in the order of READINGS; None where a reading counts no KPI."""
    found = [row["readings"][reading.key]["admitted"] for reading in READINGS]
    return tuple(None if ranks is None else frozenset(ranks) for ranks in found)


def row_of(report: Report, id_: str) -> Row:
    return report.projects.row(by_predicate=pl.col("id") == id_, named=True)


# The built-in report, by hand


def test_the_readings_are_those_the_printed_criteria_leave_open() -> None:
    assert [(each.unmeasured, each.worsened) for each in READINGS] == [
        ("left_out", "any"),
        ("left_out", "all"),
        ("not_met", "any"),
        ("not_met", "all"),
    ]
    assert [each.key for each in READINGS] == ["left_out/any", "left_out/all", "not_met/any", "not_met/all"]


@pytest.mark.parametrize("expected", PROJECTS, ids=lambda each: each.id)
def test_each_verdict_of_the_report_is_the_one_worked_out_by_hand(report: Report, expected: ExpectedProject) -> None:
    assert row_of(report, expected.id)["verdict"] == expected.verdict, expected.why


@pytest.mark.parametrize("expected", PROJECTS, ids=lambda each: each.id)
def test_each_reading_admits_the_ranks_worked_out_by_hand(report: Report, expected: ExpectedProject) -> None:
    row = row_of(report, expected.id)
    assert admitted(row) == expected.admitted, expected.why
    assert row["admitted"] == sorted(frozenset[int]().union(*expected.admitted)), expected.why


def test_each_project_lists_its_own_kpis_as_those_used(report: Report) -> None:
    # Project 6: the profit of new techniques has a dash, 616 of 650, -22 of 20 ha, 301 of 250.
    assert row_of(report, "promotion-6")["kpis"] == [
        {"id": "promotion-6.1", "status": "unmeasured"},
        {"id": "promotion-6.2", "status": "missed"},
        {"id": "promotion-6.3", "status": "worsened"},
        {"id": "promotion-6.4", "status": "met"},
    ]
    assert sum(len(row["kpis"]) for row in report.projects.rows(named=True)) == 82


def test_the_condition_that_decides_stands_beside_the_ranks_it_admits(report: Report) -> None:
    conditions = {
        id_: [row_of(report, id_)["readings"][reading.key]["condition"] for reading in READINGS]
        for id_ in ("promotion-14", "promotion-6", "promotion-18", "promotion-12")
    }
    assert conditions == {
        "promotion-14": ["all_met"] * 4,
        "promotion-6": ["worsened", "otherwise", "worsened", "otherwise"],
        "promotion-18": ["all_met", "all_met", "otherwise", "otherwise"],
        "promotion-12": ["otherwise"] * 4,
    }


def test_a_better_rating_on_a_lower_share_is_counted_for_each_project(report: Report) -> None:
    # Rated 3 with all four met, project 17 has below it all twelve of rank 2 but 14 and 18, which met all too.
    # Rated 3 at two of three, project 20 has 6, 11, 12, 19 and 3, 5, 9, 10; 1 has the same share. Rated 3 at half,
    # 2 and 16 have 6, 11, 12, 19. At a third, 8 and 13 have 12; at a quarter, 15 has none.
    found = dict(report.projects.select("id", "outranked").iter_rows())
    expected = dict.fromkeys(found, 0) | {"promotion-17": 10, "promotion-20": 8, "promotion-2": 4, "promotion-16": 4}
    assert found == expected | {"promotion-8": 1, "promotion-13": 1, "facility-1": None}


def test_outranked_is_what_a_count_of_all_pairs_gives(report: Report) -> None:
    standing = [
        (rank, Fraction(each.met, each.met + each.missed + each.worsened))
        for rank, each in zip(RANKS, PROJECTS, strict=True)
    ]
    counted = [
        None if rank is None else sum(other is not None and other < rank and lower < share for other, lower in standing)
        for rank, share in standing
    ]
    assert report.projects["outranked"].to_list() == counted


# What never fires in the built-in report


@pytest.mark.parametrize(
    ("kpis", "expected"),
    [
        ((MET, MET), (TOP, TOP, TOP, TOP)),
        ((MET, AHEAD), (MIDDLE, MIDDLE, MIDDLE, MIDDLE)),
        ((MET, STILL), (MIDDLE, MIDDLE, MIDDLE, MIDDLE)),
        ((AHEAD, AHEAD), (MIDDLE, MIDDLE, MIDDLE, MIDDLE)),
        ((STILL, STILL), (BOTTOM, BOTTOM, BOTTOM, BOTTOM)),
        ((STILL, UNMEASURED), (BOTTOM, BOTTOM, BOTTOM, BOTTOM)),
        ((WORSE, WORSE), (BOTTOM, BOTTOM, BOTTOM, BOTTOM)),
        ((WORSE, STILL), (BOTTOM, BOTTOM, BOTTOM, BOTTOM)),
        ((WORSE, UNMEASURED), (BOTTOM, BOTTOM, BOTTOM, BOTTOM)),
        ((WORSE, AHEAD), (BOTTOM, MIDDLE, BOTTOM, MIDDLE)),
        ((WORSE, WORSE, MET), (BOTTOM, MIDDLE, BOTTOM, MIDDLE)),
        ((WORSE, MET, UNMEASURED), (BOTTOM, MIDDLE, BOTTOM, MIDDLE)),
        ((MET, UNMEASURED), (TOP, TOP, MIDDLE, MIDDLE)),
        ((AHEAD, UNMEASURED), (MIDDLE, MIDDLE, MIDDLE, MIDDLE)),
    ],
)
def test_each_reading_admits_what_the_criteria_say_of_such_kpis(
    kpis: tuple[Kpi, ...], expected: tuple[frozenset[int], ...]
) -> None:
    assert admitted(one("2", *kpis)) == expected


@pytest.mark.parametrize(
    ("kpis", "verdicts"),
    [
        ((MET, MET), ["consistent", "disagrees", "disagrees", "disagrees"]),
        ((MET, AHEAD), ["disagrees", "consistent", "consistent", "disagrees"]),
        ((STILL,), ["disagrees", "disagrees", "disagrees", "consistent"]),
        ((WORSE, WORSE), ["disagrees", "disagrees", "disagrees", "consistent"]),
        ((WORSE, AHEAD), ["disagrees", "depends", "depends", "depends"]),
        ((MET, UNMEASURED), ["depends", "depends", "depends", "disagrees"]),
    ],
)
def test_a_verdict_says_under_how_many_readings_the_published_rating_is_admitted(
    kpis: tuple[Kpi, ...], verdicts: list[str]
) -> None:
    rated = [Project(f"{rank}", kpis) for rank in (1, 2, 3, 4)]
    assert [row["verdict"] for row in audited(rated)] == verdicts


def test_where_nothing_was_measured_only_the_readings_that_count_it_speak() -> None:
    rows = audited([Project(f"{rank}", (UNMEASURED, UNMEASURED)) for rank in (1, 4)])
    assert admitted(rows[0]) == (None, None, BOTTOM, BOTTOM)
    assert rows[0]["admitted"] == [4]
    assert [row["verdict"] for row in rows] == ["disagrees", "consistent"]
    assert [row["outranked"] for row in rows] == [None, None]


def test_a_rating_without_kpis_is_outside_the_audit() -> None:
    row = one("2")
    assert admitted(row) == (None, None, None, None)
    assert (row["verdict"], row["admitted"], row["kpis"]) == ("unrated", [], None)


def test_a_kpi_without_target_is_left_out_or_not_met() -> None:
    assert admitted(one("1", MET, Kpi(10, None, 30))) == (TOP, TOP, MIDDLE, MIDDLE)


# Aims other than increase


@pytest.mark.parametrize(
    ("actual", "expected"),
    [(10, TOP), (8, TOP), (15, MIDDLE), (20, BOTTOM), (25, BOTTOM)],
)
def test_a_decrease_moves_forward_by_going_down(actual: float, expected: frozenset[int]) -> None:
    assert admitted(one("1", Kpi(20, 10, actual, "decrease"))) == (expected,) * 4


def test_a_decrease_that_went_up_and_one_that_went_down_are_read_like_increases() -> None:
    up, down = Kpi(20, 10, 25, "decrease"), Kpi(20, 10, 15, "decrease")
    assert admitted(one("4", up, down)) == (BOTTOM, MIDDLE, BOTTOM, MIDDLE)


@pytest.mark.parametrize(
    ("aim", "held", "slipped"),
    [("maintain_above", Kpi(10, 8, 9), Kpi(10, 8, 7)), ("maintain_below", Kpi(10, 12, 11), Kpi(10, 12, 13))],
)
def test_holding_the_line_is_met_and_counts_as_moving_forward(aim: str, held: Kpi, slipped: Kpi) -> None:
    held, slipped = held._replace(aim=aim), slipped._replace(aim=aim)
    assert admitted(one("1", held)) == (TOP,) * 4
    assert admitted(one("1", slipped)) == (BOTTOM,) * 4
    # The one that was held is a movement forward, so that only "any KPI worsened" leads to the lowest level.
    assert admitted(one("1", held, slipped)) == (BOTTOM, MIDDLE, BOTTOM, MIDDLE)


def test_an_increase_that_fell_does_not_move_forward_though_the_number_moved() -> None:
    assert admitted(one("4", STILL, WORSE)) == (BOTTOM,) * 4


def test_a_target_of_nothing_reached_by_standing_still_is_met() -> None:
    # 0 -> 0, stands at 0: as in projects 14, 17, 21 and 22 of the built-in report.
    assert admitted(one("1", Kpi(0, 0, 0))) == (TOP,) * 4


# Other publishers' criteria


BY_SUCCESS: Conditions = (("all_met",), ("some_met",), ("none_met",))


@pytest.mark.parametrize(
    ("kpis", "expected"),
    [
        ((MET, MET), ({1},) * 4),
        ((MET, AHEAD), ({2},) * 4),
        ((MET, WORSE), ({2},) * 4),
        ((AHEAD, STILL), ({3},) * 4),
        ((WORSE,), ({3},) * 4),
        ((MET, UNMEASURED), ({1}, {1}, {2}, {2})),
        ((UNMEASURED,), (None, None, {3}, {3})),
    ],
)
def test_criteria_of_all_some_and_none_met_need_no_worsening(
    kpis: tuple[Kpi, ...], expected: tuple[set[int] | None, ...]
) -> None:
    found = admitted(one("1", *kpis, conditions=BY_SUCCESS))
    assert [None if ranks is None else set(ranks) for ranks in found] == list(expected)


def test_levels_that_share_a_condition_are_all_admitted() -> None:
    conditions: Conditions = (("all_met", "some_met"), ("some_met",), ("otherwise",))
    assert admitted(one("1", MET, AHEAD, conditions=conditions)) == (frozenset({1, 2}),) * 4
    assert admitted(one("1", MET, conditions=conditions)) == (frozenset({1}),) * 4
    assert admitted(one("1", WORSE, conditions=conditions)) == (frozenset({3}),) * 4


def test_only_conditions_that_the_report_asks_for_decide() -> None:
    # All met is not asked for, so "otherwise" takes it in.
    conditions: Conditions = (("otherwise",), ("worsened",))
    assert admitted(one("1", MET, conditions=conditions)) == (frozenset({1}),) * 4
    assert admitted(one("1", MET, WORSE, conditions=conditions)) == (frozenset({2}), frozenset({1})) * 2


def test_without_a_profile_there_is_no_audit() -> None:
    conditions: Conditions = ((), (), (), ())
    row = one("1", MET, conditions=conditions)
    assert not has_profile(metadata(conditions))
    assert [row[key] for key in ("verdict", "readings", "admitted", "kpis")] == [None] * 4
    assert (row["met"], row["met_share"]) == (1, 1.0)


def test_a_scale_of_which_one_level_has_a_condition_is_a_profile() -> None:
    conditions: Conditions = (("all_met",), ())
    assert has_profile(metadata(conditions))
    rows = audited([Project("1", (MET,)), Project("2", (MET,))], conditions)
    assert [row["verdict"] for row in rows] == ["consistent", "disagrees"]


def test_a_rating_outside_the_scale_is_outside_the_audit_but_its_readings_are_shown() -> None:
    row = one("S", MET, MET)
    assert (row["verdict"], row["rating_rank"], row["outranked"]) == ("unrated", None, None)
    assert admitted(row) == (TOP,) * 4


def test_no_rating_yet_is_outside_the_audit() -> None:
    assert one(None, WORSE)["verdict"] == "unrated"


# Properties


kinds = st.sampled_from(KINDS)
decreases = kinds.map(lambda kpi: Kpi(20, 10, None if kpi.actual is None else 30 - kpi.actual, "decrease"))
several = st.lists(kinds | decreases, max_size=5).map(tuple)
projects = st.builds(Project, st.sampled_from(["1", "2", "3", "4", "S", None]), several)
reports = st.lists(projects, min_size=1, max_size=8)
thorough = settings(max_examples=60, deadline=None)


def kind_of(kpi: Kpi) -> Kpi:
    """The increase that a KPI is like."""
    return kpi if kpi.aim == "increase" or kpi.actual is None else Kpi(10, 20, 30 - kpi.actual)


def by_the_book(project: Project, *, left_out: bool, any_worsened: bool) -> frozenset[int] | None:
    """What the four printed criteria say, read straight from their sentences."""
    kpis = [kind_of(kpi) for kpi in project.kpis if kpi.actual is not None or not left_out]
    if not kpis:
        return None
    if all(kpi == MET for kpi in kpis):
        return TOP
    worsened = [kpi == WORSE for kpi in kpis]
    if (any(worsened) if any_worsened else all(worsened)) or not any(kpi in (MET, AHEAD) for kpi in kpis):
        return BOTTOM
    return MIDDLE


@given(reports)
@thorough
def test_each_reading_follows_the_printed_sentences(found: list[Project]) -> None:
    for project, row in zip(found, audited(found), strict=True):
        assert admitted(row) == tuple(
            by_the_book(project, left_out=left_out, any_worsened=any_worsened)
            for left_out in (True, False)
            for any_worsened in (True, False)
        )


@given(reports)
@thorough
def test_an_unmeasured_kpi_never_counts_as_met_or_missed(found: list[Project]) -> None:
    more = [Project(each.rating, (*each.kpis, UNMEASURED)) for each in found]
    for before, after in zip(audited(found), audited(more), strict=True):
        for status in ("met", "missed", "worsened", "met_share"):
            assert after[status] == before[status]
        assert after["unmeasured"] == before["unmeasured"] + 1
        assert admitted(after)[:2] == admitted(before)[:2]
        assert 1 not in (admitted(after)[2] or ())


@given(reports)
@thorough
def test_any_and_all_worsened_differ_only_where_something_worsened(found: list[Project]) -> None:
    for row in audited(found):
        left_any, left_all, not_any, not_all = admitted(row)
        if (left_any, not_any) != (left_all, not_all):
            assert row["worsened"] > 0


@given(reports)
@thorough
def test_readings_agree_where_all_is_measured_and_nothing_worsened(found: list[Project]) -> None:
    for row in audited(found):
        if row["unmeasured"] == row["worsened"] == 0:
            assert len(set(admitted(row))) == 1
            assert row["verdict"] != "depends"


@given(reports)
@settings(max_examples=25, deadline=None)
def test_a_verdict_never_depends_on_other_projects(found: list[Project]) -> None:
    together = audited(found)
    for project, row in zip(found, together, strict=True):
        alone = audited([project])[0]
        assert (alone["verdict"], alone["readings"]) == (row["verdict"], row["readings"])
    backwards = audited(found[::-1])[::-1]
    assert [row["verdict"] for row in backwards] == [row["verdict"] for row in together]


@given(st.lists(projects, min_size=1, max_size=12))
@thorough
def test_outranked_counts_each_pair_once(found: list[Project]) -> None:
    rows = audited(found)
    shares = [
        Fraction(row["met"], measured) if (measured := row["met"] + row["missed"] + row["worsened"]) else None
        for row in rows
    ]
    ranks = [int(each.rating) if each.rating in ("1", "2", "3", "4") else None for each in found]
    for row, rank, share in zip(rows, ranks, shares, strict=True):
        below = [
            other
            for other, lower in zip(ranks, shares, strict=True)
            if None not in (rank, share, other, lower) and _below(other, rank) and _below(lower, share)
        ]
        assert row["outranked"] == (None if rank is None or share is None else len(below))


def _below(low: Fraction | int | None, high: Fraction | int | None) -> bool:
    return low is not None and high is not None and low < high


def test_the_order_of_verdicts_puts_the_worst_first(report: Report) -> None:
    dtype = report.projects.schema["verdict"]
    assert isinstance(dtype, pl.Enum)
    assert dtype.categories.to_list() == ["disagrees", "depends", "consistent", "unrated"]
