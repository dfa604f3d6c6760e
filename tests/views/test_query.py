import dataclasses

import polars as pl
import pytest

from kpitui.errors import UsageError
from kpitui.report.model import Report, Table
from kpitui.views.counted import Count, facet
from kpitui.views.query import Records, RowSet, gather, resolve, select
from kpitui.views.spec import Filter, Scalar, Sort, ViewSpec

VERY, CONSIDERABLY, EFFECTIVE, NOT_EFFECTIVE = (
    "地方創生に非常に効果的だった",
    "地方創生に相当程度効果があった",
    "地方創生に効果があった",
    "地方創生に効果がなかった",
)
# Column ⑥ read down the page.
RATED_VERY = [4, 7, 21]
RATED_CONSIDERABLY = [1, 3, 5, 6, 9, 10, 11, 12, 14, 18, 19, 22]
RATED_EFFECTIVE = [2, 8, 13, 15, 16, 17, 20]
# Unmeasured, or from 0 to 0, or from 28 to 28: no progress can be told.
NO_PROGRESS = [
    *("promotion-6.1", "promotion-14.3", "promotion-17.1", "promotion-18.3", "promotion-21.1", "promotion-22.3"),
    "facility-1.1",
]


def ids(report: Report, spec: ViewSpec) -> list[str]:
    return gather(report, select(report, spec))["id"].to_list()


def kpis(report: Report, *filters: Filter, search: str = "", where: str = "") -> list[str]:
    return ids(report, ViewSpec("kpis", search=search, where=where, filters=filters))


def by(report: Report, table: Table, column: str, *, descending: bool = False) -> list[str]:
    return ids(report, ViewSpec(table, sorts=(Sort(column, descending),)))


def promotion(*numbers: float) -> list[str]:
    return [f"promotion-{number}" for number in numbers]


def test_a_view_without_choices_is_the_report_in_its_own_order(report: Report) -> None:
    rowset = select(report, ViewSpec("kpis"))
    assert rowset.rows.to_list() == list(range(82))
    assert (len(rowset), rowset.total, rowset.table) == (82, 82, "kpis")


def test_missed_and_worsened_are_the_30_that_fell_short(report: Report) -> None:
    rowset = select(report, ViewSpec("kpis", filters=(Filter("status", ("missed", "worsened")),)))
    assert (len(rowset), rowset.total) == (30, 82)


def test_the_two_that_worsened_are_the_lost_land_and_the_fallen_share(report: Report) -> None:
    assert kpis(report, Filter("status", ("worsened",))) == promotion(6.3, 22.1)


def test_seven_projects_are_rated_third(report: Report) -> None:
    spec = ViewSpec("projects", filters=(Filter("rating_rank", (3,)),))
    assert ids(report, spec) == promotion(*RATED_EFFECTIVE)


def test_filters_on_two_columns_must_both_hold(report: Report) -> None:
    found = kpis(report, Filter("status", ("missed",)), Filter("unit", ("%",)))
    assert found == promotion(10.3, 10.4)


def test_negation_keeps_everything_else_the_missing_included(report: Report) -> None:
    assert len(kpis(report, Filter("status", ("met",), negated=True))) == 82 - 50
    assert len(kpis(report, Filter("rating", (VERY,), negated=True))) == 82 - 12
    assert len(kpis(report, Filter("rating", (VERY, None), negated=True))) == 82 - 12 - 3


def test_missing_is_a_value_like_any_other(report: Report) -> None:
    assert kpis(report, Filter("actual", (None,))) == promotion(6.1, 18.3)
    unrated = Filter("rating", (None, VERY))
    assert ids(report, ViewSpec("projects", filters=(unrated,))) == [*promotion(*RATED_VERY), "facility-1"]


def test_a_filter_on_notes_asks_for_one_among_several(report: Report) -> None:
    equal, mixed = Filter("notes", ("target_equals_baseline",)), Filter("notes", ("mixed_bases",))
    assert kpis(report, equal) == [*promotion(14.3, 17.1, 21.1, 22.3), "facility-1.1"]
    assert kpis(report, mixed) == promotion(7.2, 7.4)


def test_without_notes_is_a_choice_too(report: Report) -> None:
    noted = [*promotion(7.2, 7.4, 14.3, 17.1, 17.4, 21.1, 22.1, 22.3), *(f"facility-1.{n}" for n in (1, 2, 3))]
    assert kpis(report, Filter("notes", (None,), negated=True)) == noted
    assert len(kpis(report, Filter("notes", (None,)))) == 82 - len(noted)


def test_a_value_of_another_reports_scale_selects_nothing(report: Report) -> None:
    assert kpis(report, Filter("rating", ("S",))) == []
    assert len(kpis(report, Filter("rating", ("S",), negated=True))) == 82


def test_settling_is_found_in_names_of_kpis_and_of_projects(report: Report) -> None:
    assert kpis(report, search="移住") == promotion(5.1, 14.3, 15.1, 15.2, 15.3, 15.4)


@pytest.mark.parametrize("typed", ["RPA", "rpa", "ＲＰＡ", "ｒｐａ"])
def test_full_width_and_case_do_not_matter(report: Report, typed: str) -> None:
    assert kpis(report, search=typed) == promotion(13.1)


@pytest.mark.parametrize("typed", ["サテライト", "ｻﾃﾗｲﾄ", "さてらいと"])
def test_katakana_may_be_typed_half_width_or_as_hiragana(report: Report, typed: str) -> None:
    assert kpis(report, search=typed) == promotion(5.3)


@pytest.mark.parametrize("typed", [".", "*", "(年間", "移住.*就業"])
def test_a_search_is_text_and_no_pattern(report: Report, typed: str) -> None:
    assert kpis(report, search=typed) == (promotion(12.2) if typed == "(年間" else [])


def test_a_search_does_not_reach_across_cells(report: Report) -> None:
    assert kpis(report, search="推進事業高校生等") == []


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("progress < 0", promotion(6.3, 22.1)),
        ("unit = 'ha'", promotion(6.3)),
        ("unit = '%' AND status = 'missed'", promotion(10.3, 10.4)),
        ("cost > 70000 AND actual IS NOT NULL", [*promotion(7.1, 7.2, 7.3, 7.4), *(f"facility-1.{n}" for n in "123")]),
        ("progress IS NULL", NO_PROGRESS),
        ("gap BETWEEN -3 AND -1 AND unit = '件'", promotion(5.2, 12.3, 13.2)),
    ],
)
def test_an_expression_selects_rows(report: Report, where: str, found: list[str]) -> None:
    assert kpis(report, where=where) == found


def test_less_than_half_the_way_is_fifteen_kpis(report: Report) -> None:
    assert kpis(report, where="progress < 0.5") == promotion(
        *(1.1, 5.4, 6.3, 8.1, 8.2, 9.4, 10.4, 11.1, 11.2, 12.3, 15.1, 15.2, 15.4, 20.1, 22.1)
    )


@pytest.mark.parametrize(
    "where",
    ["progress <", "nosuch > 1", "1", "name", "gap + 1", "SELECT 1", "gap < 'a'", "gap > 1; drop", "name ~ '('"],
)
def test_an_expression_that_cannot_be_read_is_a_usage_error(report: Report, where: str) -> None:
    with pytest.raises(UsageError, match=r"^where: ") as caught:
        kpis(report, where=where)
    assert where in str(caught.value)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Filter("cost", low=70_000, high=73_172), promotion(7.1, 7.2, 7.3, 7.4)),
        (Filter("progress", low=4.4), promotion(4.1, 17.3, 19.3, 22.2, 22.4)),
        (Filter("progress", high=-0.26), promotion(6.3, 22.1)),
        (Filter("gap", low=-1, high=-0.5), promotion(5.2, 13.2)),
        (Filter("gap", low=5, high=-5), []),
    ],
)
def test_a_range_holds_both_its_ends_and_nothing_missing(report: Report, asked: Filter, found: list[str]) -> None:
    assert kpis(report, asked) == found


def test_outside_a_range_lie_the_missing_too(report: Report) -> None:
    inside, outside = Filter("progress", low=0), Filter("progress", low=0, negated=True)
    assert len(kpis(report, inside)) == 82 - 2 - len(NO_PROGRESS)
    assert set(kpis(report, outside)) == {*promotion(6.3, 22.1), *NO_PROGRESS}


def test_a_search_may_look_into_one_column_only(report: Report) -> None:
    names = ids(report, ViewSpec("kpis", search="移住", search_in="name"))
    projects = ids(report, ViewSpec("kpis", search="移住", search_in="project"))
    assert names == promotion(5.1, 14.3, 15.1, 15.2, 15.3)  # 15.3 本移住支援事業に基づく起業家数
    assert projects == promotion(15.1, 15.2, 15.3, 15.4)


def test_an_expression_that_fails_on_a_later_row_is_a_usage_error(report: Report) -> None:
    with pytest.raises(UsageError, match=r"^where: "):
        kpis(report, where="CAST(baseline_raw AS DOUBLE) > 1")  # 0 on the first row, 35,000 on the fourth


def test_a_search_may_look_into_the_notes(report: Report) -> None:
    assert ids(report, ViewSpec("kpis", search="mixed", search_in="notes")) == promotion(7.2, 7.4)


def test_kpis_of_one_project_are_equals_to_a_sort_by_project(report: Report) -> None:
    sorts = (Sort("project_id"), Sort("actual", descending=True))
    assert ids(report, ViewSpec("kpis", sorts=sorts))[:3] == promotion(1.1, 1.3, 1.2)


def test_search_filter_and_expression_all_hold_at_once(report: Report) -> None:
    found = kpis(report, Filter("status", ("missed",)), search="移住", where="progress < 0.45")
    assert found == promotion(15.1, 15.4)


def test_progress_sorts_with_the_unknown_last_both_ways(report: Report) -> None:
    up, down = by(report, "kpis", "progress"), by(report, "kpis", "progress", descending=True)
    assert up[:5] == promotion(6.3, 22.1, 9.4, 11.2, 11.1)
    assert down[:4] == promotion(4.1, 22.2, 22.4, 19.3)
    assert up[-7:] == down[-7:] == NO_PROGRESS


def test_ratings_sort_by_rank_with_equals_in_the_reports_order_and_the_unrated_last(report: Report) -> None:
    up, down = by(report, "projects", "rating"), by(report, "projects", "rating", descending=True)
    assert up == [*promotion(*RATED_VERY, *RATED_CONSIDERABLY, *RATED_EFFECTIVE), "facility-1"]
    assert down == [*promotion(*RATED_EFFECTIVE, *RATED_CONSIDERABLY, *RATED_VERY), "facility-1"]


def test_ids_sort_as_the_report_counts_and_not_by_their_letters(report: Report) -> None:
    assert by(report, "projects", "id") == [*promotion(*range(1, 23)), "facility-1"]
    assert by(report, "projects", "id", descending=True)[:3] == ["facility-1", *promotion(22, 21)]


def test_statuses_sort_worst_first(report: Report) -> None:
    statuses = gather(report, select(report, ViewSpec("kpis", sorts=(Sort("status"),))))["status"].to_list()
    assert statuses == ["worsened"] * 2 + ["missed"] * 28 + ["met"] * 50 + ["unmeasured"] * 2


def test_a_second_sort_key_decides_among_equals(report: Report) -> None:
    sorts = (Sort("rating"), Sort("cost", descending=True))
    assert ids(report, ViewSpec("projects", sorts=sorts))[:6] == promotion(7, 4, 21, 18, 9, 6)


def test_numbers_sort_as_numbers(report: Report) -> None:
    assert by(report, "projects", "cost")[:3] == promotion(11, 8, 15)  # 8,345 and 9,963 before 15,981


def test_gathering_copies_one_stretch_of_rows(report: Report) -> None:
    rowset = select(report, ViewSpec("kpis", filters=(Filter("status", ("worsened",)),)))
    assert gather(report, rowset, 1, 2)["id"].to_list() == promotion(22.1)
    assert gather(report, rowset, 0, 0).height == 0
    assert gather(report, rowset, 0, 99).height == 2


def test_rows_that_lie_together_are_gathered_in_the_order_asked_for(report: Report) -> None:
    # In the report's order; the other way round; and the first three of the table with 1.2 and 1.3 exchanged.
    assert gather(report, select(report, ViewSpec("kpis")), 0, 3)["id"].to_list() == promotion(1.1, 1.2, 1.3)
    back = select(report, ViewSpec("kpis", sorts=(Sort("id", descending=True),)))
    assert gather(report, back, len(back) - 3)["id"].to_list() == promotion(1.3, 1.2, 1.1)
    exchanged = RowSet("kpis", pl.Series([0, 2, 1], dtype=pl.UInt32), 82)
    assert gather(report, exchanged)["id"].to_list() == promotion(1.1, 1.3, 1.2)


def counted(report: Report, spec: ViewSpec, key: str) -> list[tuple[Scalar, int, bool]]:
    return [(each.value, each.count, each.chosen) for each in facet(report, spec, key)]


def test_statuses_are_counted_worst_first(report: Report) -> None:
    assert facet(report, ViewSpec("kpis"), "status") == [
        Count("worsened", 2, chosen=False),
        Count("missed", 28, chosen=False),
        Count("met", 50, chosen=False),
        Count("unmeasured", 2, chosen=False),
    ]


def test_a_facet_follows_the_other_filters_but_not_its_own(report: Report) -> None:
    spec = ViewSpec("kpis", filters=(Filter("status", ("missed",)), Filter("rating", (EFFECTIVE,))))
    assert counted(report, spec, "status") == [
        ("worsened", 0, False),
        ("missed", 11, True),
        ("met", 12, False),
        ("unmeasured", 0, False),
    ]
    assert counted(report, spec, "rating") == [
        (VERY, 0, False),
        (CONSIDERABLY, 17, False),
        (EFFECTIVE, 11, True),
        (NOT_EFFECTIVE, 0, False),
        (None, 0, False),
    ]


def test_what_is_excluded_counts_as_a_filter_of_its_own_column_too(report: Report) -> None:
    spec = ViewSpec("kpis", filters=(Filter("status", ("met",), negated=True),))
    assert ("met", 0, False) in counted(report, spec, "status")


def test_the_missing_are_counted_last(report: Report) -> None:
    found = counted(report, ViewSpec("kpis"), "change")
    assert found == [("up", 72, False), ("flat", 6, False), ("down", 2, False), (None, 2, False)]
    assert counted(report, ViewSpec("projects"), "rating")[-1] == (None, 1, False)


def test_the_missing_can_be_chosen(report: Report) -> None:
    spec = ViewSpec("projects", filters=(Filter("rating", (None,)),))
    assert counted(report, spec, "rating")[-1] == (None, 1, True)


def test_each_note_of_a_row_is_counted(report: Report) -> None:
    found = {value: count for value, count, _ in counted(report, ViewSpec("kpis"), "notes")}
    assert found == {
        "target_equals_baseline": 5,
        "target_below_baseline": 4,
        "mixed_bases": 2,
        "actual_as_change": 1,
        None: 71,
    }


def test_a_note_that_a_row_has_twice_is_counted_twice(report: Report) -> None:
    kept = report.kpis.head(3).with_columns(notes=pl.Series([["declared", "declared"], ["declared"], []]))
    few = dataclasses.replace(report, kpis=kept)
    found = {value: count for value, count, _ in counted(few, ViewSpec("kpis"), "notes")}
    assert found == {"declared": 3, None: 1}
    # Of these rows the first and the last ask for nothing else: 1.1 and 1.3.
    some = ViewSpec("kpis", filters=(Filter("id", ("promotion-1.1", "promotion-1.3")),))
    assert {value: count for value, count, _ in counted(few, some, "notes")} == {"declared": 2, None: 1}


def test_a_facet_follows_search_and_expression(report: Report) -> None:
    spec = ViewSpec("kpis", search="移住", where="unit = '人'")
    found = {value: count for value, count, _ in counted(report, spec, "status") if count}
    assert found == {"met": 2, "missed": 2}  # 5.1 and 15.3, 15.1 and 15.2


@pytest.mark.parametrize(
    ("table", "key", "text", "meant"),
    [
        ("kpis", "status", "missed", "missed"),
        ("kpis", "status", "未達", "missed"),
        ("kpis", "rating", "3", EFFECTIVE),
        ("kpis", "rating", "効果あり", EFFECTIVE),
        ("kpis", "rating", EFFECTIVE, EFFECTIVE),
        ("projects", "direction", "終了", "当初予定通り事業を終了する(した)"),
        ("projects", "grant", "拠", "facility"),
        ("projects", "grant", "地方創生拠点整備交付金", "facility"),
        ("projects", "grant", "facility", "facility"),
        ("kpis", "unit", "社・団体", "社・団体"),
        ("kpis", "rating", "null", None),
        ("kpis", "cost", "43840", 43840),
    ],
)
def test_a_value_may_be_given_by_code_word_short_form_or_rank(
    report: Report, table: Table, key: str, text: str, meant: Scalar
) -> None:
    assert resolve(table, key, text, report) == meant


def test_an_unknown_value_is_answered_with_those_there_are(report: Report) -> None:
    with pytest.raises(UsageError) as caught:
        resolve("kpis", "status", "misssed", report)
    assert str(caught.value) == "status: no value 'misssed'; there are worsened, missed, met, unmeasured, null"


# Rows one by one


def test_records_are_the_rows_of_the_view_in_its_order(report: Report) -> None:
    records = Records(report, select(report, ViewSpec("kpis", filters=(Filter("status", ("worsened",)),))))
    # The lost land is printed before the fallen share.
    assert [(records.record(row) or {})["id"] for row in (0, 1)] == promotion(6.3, 22.1)


def test_where_there_is_no_row_there_is_no_record(report: Report) -> None:
    records = Records(report, select(report, ViewSpec("kpis")))
    assert records.record(-1) is None
    assert records.record(82) is None
    assert records.record(1000) is None
    nothing = Records(report, select(report, ViewSpec("kpis", search="nowhere to be found")))
    assert nothing.record(0) is None


def test_records_are_the_same_however_one_comes_to_them(report: Report) -> None:
    rowset = select(report, ViewSpec("kpis", sorts=(Sort("cost", True),)))
    forward, backward = Records(report, rowset), Records(report, rowset)
    last_first = [backward.record(row) for row in range(81, -1, -1)]
    assert [forward.record(row) for row in range(82)] == last_first[::-1] == gather(report, rowset).rows(named=True)


def test_a_record_is_gathered_once(report: Report) -> None:
    records = Records(report, select(report, ViewSpec("kpis")))
    assert records.record(40) is records.record(40)
