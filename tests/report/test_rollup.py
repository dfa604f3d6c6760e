from collections.abc import Sequence
from fractions import Fraction

import polars as pl
import pytest
from expected import PROJECTS

from kpitui.report.model import Report
from kpitui.report.rollup import RULES, WORDS, YARDSTICKS, Rollup, Rule, rollup


def sharing(shares: Sequence[float | None]) -> pl.DataFrame:
    return pl.DataFrame({"met_share": list(shares)}, schema={"met_share": pl.Float64})


def test_the_rules_are_all_majority_and_any() -> None:
    assert RULES == ("all", "majority", "any")


@pytest.mark.parametrize(
    ("rule", "successes"),
    [
        # All measured KPIs met: 4, 7, 14, 17, 18 (three of three, one not measured), 21 and the facility.
        ("all", 7),
        # And more than half: 1 and 20 (two of three), 22 (three of four). Five projects at exactly half are not.
        ("majority", 7 + 3),
        # Every project has met at least one.
        ("any", 23),
    ],
)
def test_how_many_of_the_23_projects_succeed_depends_on_the_rule(report: Report, rule: Rule, successes: int) -> None:
    assert rollup(report.projects, rule) == Rollup(rule, successes, 23)


def test_the_successes_are_those_of_the_table_worked_out_by_hand(report: Report) -> None:
    shares = [Fraction(each.met, each.met + each.missed + each.worsened) for each in PROJECTS]
    assert rollup(report.projects, "all").successes == sum(share == 1 for share in shares)
    assert rollup(report.projects, "majority").successes == sum(share > Fraction(1, 2) for share in shares)
    assert rollup(report.projects, "any").successes == sum(share > 0 for share in shares)


def test_half_is_no_majority() -> None:
    assert rollup(sharing([0.5, 2 / 3, 1.0]), "majority").successes == 2


def test_a_project_without_a_measured_kpi_is_left_out_of_both_numbers() -> None:
    for rule, successes in (("all", 1), ("majority", 1), ("any", 1)):
        assert rollup(sharing([None, 0.0, 1.0]), rule) == Rollup(rule, successes, 2)  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", RULES)
def test_no_projects_are_no_successes(rule: Rule) -> None:
    assert rollup(sharing([]), rule) == Rollup(rule, 0, 0)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_its_words_in_both_languages(rule: Rule) -> None:
    assert WORDS[rule].ja != WORDS[rule].en
    assert "KPI" in WORDS[rule].ja


def test_the_national_yardsticks_are_those_of_the_cabinet_office() -> None:
    projects, kpis = YARDSTICKS
    assert (projects.ratio, projects.rule, projects.date) == (0.76, "any", "2024-12-03")
    assert (kpis.ratio, kpis.rule, kpis.date) == (0.47, None, "2024")
    assert projects.of == ("全国の1,788事業", "1,788 projects nationwide")
    assert kpis.of == ("全国の6,174 KPI", "6,174 KPIs nationwide")
    assert projects.source.ja == "経済財政諮問会議 令和6年第15回 参考資料3 7頁"
    assert "Council on Economic and Fiscal Policy, 15th meeting of 2024" in projects.source.en
    assert "国会" in kpis.source.ja
    assert "Diet" in kpis.source.en


def test_every_yardstick_says_where_it_is_from_and_when() -> None:
    for each in YARDSTICKS:
        assert each.source.ja
        assert each.source.en
        assert each.date.startswith("2024")
