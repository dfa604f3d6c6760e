from typing import Literal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpitui.output import working
from kpitui.output.display import Display, Row
from kpitui.output.judgement import judgement
from kpitui.report.judge import judge
from kpitui.report.model import Report
from kpitui.text.cells import width as cells
from kpitui.text.prose import plain

RATES: tuple[Literal["progress", "attainment"], ...] = ("progress", "attainment")


def kpi(report: Report, id_: str) -> Row:
    return report.kpis.row(by_predicate=pl.col("id") == id_, named=True)


@pytest.mark.parametrize(
    ("id_", "progress", "attainment", "gap"),
    [
        ("promotion-7.2", "9.2 / 8.9 = 103.3%", "9.2 / 8.9 = 103.3%", "9.2 - 8.9 = 0.3 %"),
        ("promotion-22.1", "(40.1 - 40.7) / (43 - 40.7) = -26.1%", "40.1 / 43 = 93.2%", "40.1 - 43 = -2.9 %"),
        ("promotion-10.4", "(46.4 - 39.3) / (59.3 - 39.3) = 35.5%", "46.4 / 59.3 = 78.2%", "46.4 - 59.3 = -12.9 %"),
        ("promotion-6.3", "(-22) / 20 = -110.0%", "(-22) / 20 = -110.0%", "(-22) - 20 = -42 ha"),
        (
            "promotion-1.1",
            "434,000 / 1,839,000 = 23.5%",
            "434,000 / 1,839,000 = 23.5%",
            "434,000 - 1,839,000 = -1,405,000 千円",
        ),
        ("facility-1.1", "-", "28 / 28 = 100.0%", "28 - 28 = 0 件"),
        ("promotion-14.3", "-", "-", "0 - 0 = 0 件"),
        ("promotion-6.1", "-", "-", "-"),
    ],
)
def test_the_formulas_stand_with_their_numbers(
    report: Report, id_: str, progress: str, attainment: str, gap: str
) -> None:
    row = kpi(report, id_)
    assert (working.progress(row), working.attainment(row), working.gap(row)) == (progress, attainment, gap)


@pytest.mark.parametrize(
    ("id_", "sentence"),
    [
        ("promotion-7.2", "actual 9.2 reaches target 8.9"),
        ("promotion-10.4", "actual 46.4 falls short of target 59.3"),
        ("promotion-6.1", "no actual, or no target"),
    ],
)
def test_the_status_is_said_with_the_numbers_compared(report: Report, id_: str, sentence: str) -> None:
    assert working.status(kpi(report, id_), Display(report, "en")) == sentence


@pytest.mark.parametrize(
    ("id_", "numbers"), [("promotion-22.1", ("40.1", "43", "40.7")), ("promotion-6.3", ("-22", "20", "0"))]
)
def test_what_worsened_is_held_against_where_it_began(report: Report, id_: str, numbers: tuple[str, ...]) -> None:
    for lang in ("ja", "en"):
        sentence = working.status(kpi(report, id_), Display(report, lang))
        places = [sentence.index(f" {each}") for each in numbers]
        assert places == sorted(places)


@pytest.mark.parametrize(
    ("id_", "word", "reason"),
    [
        ("promotion-7.2", "increment", "target below baseline"),
        ("promotion-22.1", "printed as change", "only the actual is negative"),
        ("promotion-10.4", "level", "levels"),
        ("facility-1.1", "ambiguous", "target equals baseline"),
        ("promotion-6.1", "zero baseline", "baseline is 0"),
    ],
)
def test_the_basis_is_said_with_its_reason(report: Report, id_: str, word: str, reason: str) -> None:
    told = working.basis(kpi(report, id_), Display(report, "en"))
    assert told.startswith(f"{word} (")
    assert reason in told


@pytest.mark.parametrize(
    ("id_", "ja", "en"),
    [
        ("promotion-7.2", "73行目「10.1 / 8.9 / % / 9.2」", "line 73「10.1 / 8.9 / % / 9.2」"),
        ("promotion-20.3", "126行目「0.0 / 2,300.0 / 社 / 2,300.0」", "line 126「0.0 / 2,300.0 / 社 / 2,300.0」"),
        ("promotion-6.1", "68行目「0 / 5 / 億円 / -」", "line 68「0 / 5 / 億円 / -」"),
    ],
)
def test_the_printed_cells_stand_as_printed_with_their_line(report: Report, id_: str, ja: str, en: str) -> None:
    row = kpi(report, id_)
    assert working.printed(row, Display(report, "ja")) == ja
    assert working.printed(row, Display(report, "en")) == en


@pytest.mark.parametrize(
    ("known", "quoted"),
    [
        ({}, "「0 / 1,839,000 / 千円 / 434,000」"),
        ({"unit_raw": "(千円)"}, "「0 / 1,839,000 / (千円) / 434,000」"),
        ({"unit_raw": ""}, "「0 / 1,839,000 / 千円 / 434,000」"),  # an export keeps the unit, not how it was printed
        ({"unit_raw": "", "unit": None}, "「0 / 1,839,000 / 434,000」"),
        ({"baseline_raw": ""}, "「 / 1,839,000 / 千円 / 434,000」"),  # which of the numbers is missing is seen
        (dict.fromkeys(("baseline_raw", "target_raw", "unit_raw", "actual_raw"), ""), ""),
    ],
)
def test_no_empty_place_is_quoted_for_a_unit_that_is_not_known_as_printed(
    report: Report, known: dict[str, str | None], quoted: str
) -> None:
    assert working.cells({**kpi(report, "promotion-1.1"), **known}) == quoted


def test_a_printed_change_leads_to_a_level(report: Report) -> None:
    assert working.reached(kpi(report, "promotion-22.1")) == 40.1
    assert working.reached(kpi(report, "promotion-10.4")) == 46.4
    assert working.reached(kpi(report, "promotion-6.1")) is None


@pytest.mark.parametrize(
    ("progress", "drawn"),
    [
        (0.0, "[..........]"),
        (0.355, "[###.......]"),
        (0.9996, "[#########.]"),
        (1.0, "[##########]"),
        (1.12, "[#########>]"),
        (5.67, "[#########>]"),
        (-0.26, "[<.........]"),
        (-1.1, "[<.........]"),
        (None, ""),
    ],
)
def test_a_bar_is_full_only_at_the_target_and_marked_beyond_it(progress: float | None, drawn: str) -> None:
    assert working.bar(progress, 12) == drawn


@given(st.floats(-1e9, 1e9), st.integers(-3, 200))
def test_a_bar_has_the_width_it_is_given_or_none(progress: float, width: int) -> None:
    drawn = working.bar(progress, width)
    assert cells(drawn) == (width if width >= 4 else 0)
    assert (">" in drawn, "<" in drawn) == (width >= 4 and progress > 1, width >= 4 and progress < 0)


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "aim", "less"),
    [
        (10, 5, 7, "decrease", ("attainment",)),  # 140% of the target is short of it; 60% of the way is, too
        (10, 5, 4, "decrease", ("attainment",)),
        (None, 5, 7, "decrease", ("progress", "attainment")),  # of an unknown way, progress is 140% as well
        (4, 5, 7, "maintain_below", ("attainment",)),
        (5, 10, 7, "increase", ()),
        (None, 5, 7, "increase", ()),
        (-10, -5, -7, "increase", ("attainment",)),  # 140% of a loss of 5 is a loss of 7
        (-5, -10, -7, "decrease", ()),
    ],
)
def test_where_less_is_better_a_rate_above_100_percent_falls_short(
    baseline: float | None, target: float, actual: float, aim: str, less: tuple[str, ...]
) -> None:
    row = judged(baseline, target, actual, aim)
    found = [key for key in RATES if working.less_is_better(key, row)]
    assert tuple(found) == less
    for key in found:
        if row[key] is not None:
            assert (row[key] <= 1) == (row["status"] == "met")


def test_the_working_says_that_less_is_better(report: Report) -> None:
    row = {**kpi(report, "promotion-7.2"), **judged(10, 5, 7, "decrease")}
    lines = plain(judgement(row, Display(report, "en"), 100)).splitlines()
    assert "progress (7 - 10) / (5 - 10) = 60.0% (before rounding 0.6)" in lines
    assert "attained 7 / 5 = 140.0% (before rounding 1.4) (less is better: met at 100% or below)" in lines


def judged(baseline: float | None, target: float, actual: float, aim: str) -> Row:
    values = {"baseline": baseline, "target": target, "actual": actual}
    said = {"unit": "件", "project_id": "promotion-7", "aim_stated": aim, "basis_declared": None}
    schema = dict.fromkeys(values, pl.Float64) | dict.fromkeys(said, pl.String)
    return judge(pl.DataFrame([values | said], schema=schema)).row(0, named=True)
