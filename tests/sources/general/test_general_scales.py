"""Ratings in order, by legend, by a known scale or as they appear; aims, directions and published achievement."""

import pytest
from invented_tables import doubts, understood

from kpitui.report import directions
from kpitui.sources.general import scales, vocab


@pytest.mark.parametrize(
    ("values", "ordered"),
    [
        (
            ("効果がなかった", "① 地方創生に非常に効果的であった", "相当程度効果があった", "地方創生に効果があった"),
            ("① 地方創生に非常に効果的であった", "相当程度効果があった", "地方創生に効果があった", "効果がなかった"),
        ),
        (("C", "S", "B", "A"), ("S", "A", "B", "C")),
        (("C", "A", "B+", "B"), ("A", "B+", "B", "C")),
        (("×", "△", "◎", "○"), ("◎", "○", "△", "×")),
        (("3", "5", "1"), ("5", "3", "1")),
        (("Red", "Amber", "Green"), ("Green", "Amber", "Red")),
        (
            ("Red", "AMBER/RED", "Green", "Amber/Green", "Amber"),
            ("Green", "Amber/Green", "Amber", "AMBER/RED", "Red"),
        ),
        (("Blocked", "Delayed", "On Track", "Ahead"), ("Ahead", "On Track", "Delayed", "Blocked")),
        (
            ("未着手", "大幅遅れ", "やや遅れ", "概ね順調", "順調"),
            ("順調", "概ね順調", "やや遅れ", "大幅遅れ", "未着手"),
        ),
        (("未達成", "一部達成", "概ね達成", "達成"), ("達成", "概ね達成", "一部達成", "未達成")),
    ],
)
def test_a_known_scale_orders_its_values_best_first(values: tuple[str, ...], ordered: tuple[str, ...]) -> None:
    assert scales.order(values)[0] == ordered
    assert scales.order(values).strange == ()


def test_values_of_no_known_scale_stay_in_the_order_given() -> None:
    assert scales.order(["甲", "乙", "丙"]) == (("甲", "乙", "丙"), None, ())


def test_a_value_that_a_scale_does_not_know_is_told_apart() -> None:
    found = scales.order(["A", "完了予定外", "B"])
    assert (found.values, found.strange) == (("A", "B"), ("完了予定外",))


def test_an_unknown_scale_is_in_order_of_appearance_and_asked_about() -> None:
    found = understood("事業名|担当課|評価\n甲|X|松\n乙|Y|竹\n丙|X|松")
    assert [(each.rank, each.text) for each in found.ratings] == [(1, "松"), (2, "竹")]
    assert doubts(found) == ["rating: ratings are ordered by order of appearance (no scale is known): 松 > 竹"]


def test_ratings_that_differ_in_case_or_number_are_one_level() -> None:
    found = understood("Project Name|Department|RAG\nA|X|Amber\nB|Y|AMBER\nC|X|green")
    assert [each["rating"] for each in found.projects] == ["Amber", "Amber", "green"]
    assert [each["rating_raw"] for each in found.projects] == ["Amber", "AMBER", "green"]
    assert [each.text for each in found.ratings] == ["green", "Amber"]


def test_a_sentence_for_no_rating_is_a_state_and_no_level() -> None:
    text = "Project Name|Department|RAG\nA|X|Green\nB|Y|Exempt under Section 43 of an Act\nC|X|NA"
    found = understood(text)
    assert [(each["rating"], each["rating_text"]) for each in found.projects] == [
        ("Green", "Green"),
        (None, "Exempt under Section 43 of an Act"),
        (None, None),
    ]
    assert [each.text for each in found.ratings] == ["Green"]


def test_a_state_with_a_date_is_no_rating() -> None:
    found = understood("事業名|担当課|評価\n甲|X|A\n乙|Y|R5.4月供用開始予定")
    assert (found.projects[1]["rating"], found.projects[1]["rating_text"]) == (None, "R5.4月供用開始予定")


@pytest.mark.parametrize(
    "legend",
    [
        "A：よい B：ふつう C：わるい",
        "（A=よい、B=ふつう、C=わるい）",
        "A：よい\nB：ふつう\nC：わるい",
        "【評価の判断基準】\n\nA\nB\nC\n\nよい\nふつう\nわるい",
    ],
)
def test_the_documents_own_legend_goes_before_a_known_scale(legend: str) -> None:
    found = understood(f"事業名|担当課|評価\n甲|X|C\n乙|Y|A\n丙|X|B\n\n{legend}")
    assert [(each.text, each.criterion and each.criterion.value) for each in found.ratings] == [
        ("A", "よい"),
        ("B", "ふつう"),
        ("C", "わるい"),
    ]
    assert doubts(found) == []


def test_a_legend_may_turn_the_usual_order_around() -> None:
    found = understood("事業名|担当課|評価\n甲|X|1\n乙|Y|2\n丙|X|3\n1：達成 2：一部達成 3：未達成")
    assert [each.text for each in found.ratings] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("text", "aim"),
    [
        *(("増加", "increase"), ("向上", "increase"), ("↑", "increase"), ("Increase", "increase")),
        *(("減少", "decrease"), ("低減", "decrease"), ("Decrease", "decrease"), ("lower is better", "decrease")),
        *(("維持(以上)", "maintain_above"), ("maintain at or above", "maintain_above"), ("維持", "maintain_above")),
        *(("維持(以下)", "maintain_below"), ("at or below", "maintain_below"), ("以下", "maintain_below")),
        *(("マイルストーン", "increase"), ("Milestone", "increase"), ("?", None)),
    ],
)
def test_an_aim_is_read_in_either_language(text: str, aim: str | None) -> None:
    assert vocab.aim(text) == aim


def test_an_aim_that_is_not_understood_is_not_silent() -> None:
    found = understood("事業名|指標|目標|実績|目指す方向\n甲|来客|1|2|??")
    assert [(why.en, text) for _, why, text in found.notes.cells] == [("not a word for an aim", "??")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *(("達成", "met"), ("○", "met"), ("120%", "met"), ("100", "met"), ("1.2", "met"), ("Achieved", "met")),
        *(("未達成", "not_met"), ("×", "not_met"), ("99.9％", "not_met"), ("0.8", "not_met"), ("Not met", "not_met")),
        *(("概ね達成", None), ("達成見込み", None), ("△", None), ("-", None), ("調査中", None), ("A", None)),
    ],
)
def test_a_published_achievement_says_met_not_met_or_neither(text: str, said: str | None) -> None:
    assert vocab.published(text) == said


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        *(("計画通りに事業を継続する", "continue"), ("現状継続", "continue"), ("拡充", "continue")),
        *(("当初予定通り事業を終了した", "end"), ("廃止", "end"), ("継続(拡充)", "continue"), ("終了(廃止)", "end")),
        ("よく分からない", None),
    ],
)
def test_a_direction_comes_to_going_on_or_to_an_end(text: str, outcome: str | None) -> None:
    assert directions.outcome(text) == outcome
