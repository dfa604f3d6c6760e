from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpitui.report import likeness
from kpitui.report.pairing import Pairs, pair_reports

Project = tuple[str, str]
Kpi = tuple[str, str, str, str, float]
WORDS = ["観光", "農業", "振興", "推進", "移住", "第1期", "第2期", "県内", "県外", "事業", "交流"]
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map("".join)


def projects(*rows: Project) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["id", "name"], orient="row")


def kpis(*rows: Kpi) -> pl.DataFrame:
    schema = {"id": pl.String, "project_id": pl.String, "name": pl.String, "unit": pl.String, "baseline": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def of_projects(ours: list[Project], theirs: list[Project]) -> list[tuple[str, str, float]]:
    """The pairs by id, in the later report's order."""
    frames = projects(*ours), projects(*theirs)
    found = pair_reports(frames, (kpis(), kpis())).projects
    return [(frames[0]["id"][a], frames[1]["id"][b], sure) for a, b, sure in found.iter_rows()]


def of_kpis(ours: list[Kpi], theirs: list[Kpi], *names: str) -> list[tuple[str, str, float]]:
    """The pairs of KPIs by id; the projects have the given names in both reports."""
    both = projects(*((f"p{place}", name) for place, name in enumerate(names, 1)))
    frames = kpis(*ours), kpis(*theirs)
    found = pair_reports((both, both), frames).kpis
    return [(frames[0]["id"][a], frames[1]["id"][b], sure) for a, b, sure in found.iter_rows()]


def test_the_same_name_is_sure_whatever_its_number() -> None:
    ours = [("p1", "観光誘客促進事業"), ("p2", "ＵＪＩターン推進事業")]
    theirs = [("p1", "UJIターン 推進事業"), ("p2", "観光誘客促進事業")]
    assert of_projects(ours, theirs) == [("p2", "p1", 1.0), ("p1", "p2", 1.0)]


def test_the_same_number_with_another_name_is_no_pair() -> None:
    assert of_projects([("p1", "観光誘客促進事業")], [("p1", "水道管路更新計画")]) == []


def test_a_name_that_changed_a_little_is_paired_with_less_than_certainty() -> None:
    ours = [("p1", "瀬戸内高度産業人材育成事業"), ("p2", "移住定住促進事業")]
    theirs = [("q1", "移住定住促進事業"), ("q2", "瀬戸内高度産業人材活用育成事業")]
    (sure, alike) = of_projects(ours, theirs)
    assert sure == ("p2", "q1", 1.0)
    assert alike[:2] == ("p1", "q2")
    assert 0.6 <= alike[2] < 1


def test_each_is_paired_once_and_the_most_alike_first() -> None:
    ours = [("p1", "農産物の海外展開支援事業")]
    theirs = [("q1", "農産物の海外展開等総合的支援事業"), ("q2", "農産物の海外展開支援事業等")]
    assert [pair[:2] for pair in of_projects(ours, theirs)] == [("p1", "q2")]


def test_terms_of_a_plan_are_not_taken_for_one_another() -> None:
    ours = [("p1", "第1期総合戦略推進事業"), ("p2", "第2期総合戦略推進事業")]
    theirs = [("q1", "第2期総合戦略推進事業"), ("q2", "第3期総合戦略推進事業")]
    assert of_projects(ours, theirs) == [("p2", "q1", 1.0)]


def test_numbers_tell_apart_what_bears_the_same_name() -> None:
    ours = [("p1", "道路改良"), ("p2", "道路改良")]
    theirs = [("p2", "道路改良"), ("p1", "道路改良")]
    assert of_projects(ours, theirs) == [("p2", "p2", 1.0), ("p1", "p1", 1.0)]


def test_twins_that_nothing_tells_apart_are_not_sure() -> None:
    ours = [("p1", "道路改良"), ("p2", "道路改良")]
    theirs = [("q1", "道路改良"), ("q2", "道路改良")]
    assert of_projects(ours, theirs) == [("p1", "q1", 0.95), ("p2", "q2", 0.95)]


def test_a_kpi_is_sought_within_its_own_project() -> None:
    ours = [("p1.1", "p1", "参加者数", "人", 0.0), ("p2.1", "p2", "参加者数", "人", 0.0)]
    theirs = [("p2.1", "p2", "参加者数", "人", 0.0), ("p1.1", "p1", "参加者数", "人", 0.0)]
    assert of_kpis(ours, theirs, "観光誘客", "水道更新") == [("p2.1", "p2.1", 1.0), ("p1.1", "p1.1", 1.0)]


def test_a_unit_tells_apart_kpis_of_the_same_name() -> None:
    ours = [("p1.1", "p1", "新規就農", "人", 0.0), ("p1.2", "p1", "新規就農", "経営体", 0.0)]
    theirs = [("p1.1", "p1", "新規就農", "経営体", 0.0), ("p1.2", "p1", "新規就農", "人", 0.0)]
    assert of_kpis(ours, theirs, "農業") == [("p1.2", "p1.1", 1.0), ("p1.1", "p1.2", 1.0)]


def test_a_kpi_of_a_name_of_its_own_is_found_in_another_project() -> None:
    ours = [("p1.1", "p1", "空き家バンク成約件数", "件", 0.0)]
    theirs = [("p2.1", "p2", "空き家バンク成約件数", "件", 3.0)]
    assert of_kpis(ours, theirs, "移住", "水道更新") == [("p1.1", "p2.1", 1.0)]


def test_a_name_that_several_projects_use_is_not_followed() -> None:
    ours = [("p1.1", "p1", "参加者数", "人", 0.0), ("p2.1", "p2", "参加者数", "人", 0.0)]
    theirs = [("p2.1", "p2", "参加者数", "人", 0.0), ("p3.1", "p3", "参加者数", "人", 0.0)]
    assert of_kpis(ours, theirs, "観光誘客", "水道更新", "移住相談") == [("p2.1", "p2.1", 1.0)]


def test_the_same_name_elsewhere_comes_before_one_that_is_alike() -> None:
    ours = [("p1.1", "p1", "空き家バンク成約件数", "件", 0.0)]
    theirs = [("p1.1", "p1", "空き家バンク登録件数", "件", 0.0), ("p2.1", "p2", "空き家バンク成約件数", "件", 0.0)]
    assert of_kpis(ours, theirs, "移住", "水道更新") == [("p1.1", "p2.1", 1.0)]


def test_a_kpi_of_a_common_name_is_no_surer_than_its_project() -> None:
    ours, theirs = (
        projects(("p1", "観光誘客促進事業"), ("p2", "水道")),
        projects(("p1", "観光誘客等促進事業"), ("p2", "水道")),
    )
    rows = [
        ("p1.1", "p1", "参加者数", "人", 0.0),
        ("p1.2", "p1", "外国人の宿泊者数", "人", 0.0),
        ("p2.1", "p2", "参加者数", "人", 0.0),
    ]
    found = pair_reports((ours, theirs), (kpis(*rows), kpis(*rows)))
    project, other = found.projects["sure"]
    assert 0.6 <= project < other == 1.0
    assert found.kpis["sure"].to_list() == [project, 1.0, 1.0]


def test_a_moved_kpi_keeps_its_unit() -> None:
    ours = [("p1.1", "p1", "空き家バンク成約", "件", 0.0)]
    theirs = [("p2.1", "p2", "空き家バンク成約", "千円", 0.0)]
    assert of_kpis(ours, theirs, "移住", "水道更新") == []


def test_projects_without_names_are_known_by_their_kpis() -> None:
    rows = [("p1.1", "p1", "参加者数", "人", 0.0), ("p2.1", "p2", "水道管路の更新延長", "km", 0.0)]
    nameless = projects(("p1", "p1"), ("p2", "p2"))
    other = projects(("q1", "水道更新"), ("q2", "観光誘客"))
    theirs = [("q1.1", "q1", "水道管路の更新延長", "km", 0.0), ("q2.1", "q2", "参加者数", "人", 0.0)]
    found = pair_reports((nameless, other), (kpis(*rows), kpis(*theirs)))
    assert found.projects.rows() == [(1, 0, 1.0), (0, 1, 1.0)]
    assert found.kpis.rows() == [(1, 0, 1.0), (0, 1, 1.0)]


def _report(names: list[str], kpi_names: list[list[str]]) -> tuple[pl.DataFrame, pl.DataFrame]:
    rows = [
        (f"p{place}.{number}", f"p{place}", name, "件", 0.0)
        for place, (_, inner) in enumerate(zip(names, kpi_names, strict=False))
        for number, name in enumerate(inner)
    ]
    return projects(*((f"p{place}", name) for place, name in enumerate(names))), kpis(*rows)


REPORTS = st.tuples(
    st.lists(NAMES, min_size=1, max_size=6), st.lists(st.lists(NAMES, max_size=3), min_size=6, max_size=6)
).map(lambda both: _report(*both))


def pairs(one: tuple[pl.DataFrame, pl.DataFrame], other: tuple[pl.DataFrame, pl.DataFrame]) -> Pairs:
    return pair_reports((one[0], other[0]), (one[1], other[1]))


@given(REPORTS)
def test_a_report_is_surely_itself(report: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    found = pairs(report, report)
    for rows, frame in zip((found.projects, found.kpis), report, strict=True):
        assert rows.rows() == [(place, place, 1.0) for place in range(frame.height)]


@given(REPORTS, REPORTS)
def test_pairs_are_the_same_from_either_side(
    one: tuple[pl.DataFrame, pl.DataFrame], other: tuple[pl.DataFrame, pl.DataFrame]
) -> None:
    there, back = pairs(one, other), pairs(other, one)
    for forth, mirrored in ((there.projects, back.projects), (there.kpis, back.kpis)):
        assert sorted(forth.rows()) == sorted((a, b, sure) for b, a, sure in mirrored.rows())
        assert forth["a"].is_unique().all()
        assert forth["b"].is_unique().all()


def test_few_names_are_compared_with_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    count, compared = 1000, 0

    def counting(*words: Any) -> float:
        nonlocal compared
        compared += 1
        return alike(*words)

    alike = likeness._alike
    monkeypatch.setattr(likeness, "_alike", counting)
    # Names of four words out of a hundred: every one ends alike, and none stands in the other report as it is.
    words = [chr(0x4E00 + 7 * place) + chr(0x5E00 + 11 * place) for place in range(100)]
    names = [
        "".join(words[number * factor % 97] for factor in (1, 31, 57)) + f"{words[number // 97]}推進事業"
        for number in range(count)
    ]
    ours = projects(*((f"p{place}", name) for place, name in enumerate(names)))
    theirs = projects(*((f"q{place}", f"{name}補助") for place, name in enumerate(names)))
    found = pair_reports((ours, theirs), (kpis(), kpis())).projects
    assert found.height > 0.99 * count
    assert compared < count * count / 10
