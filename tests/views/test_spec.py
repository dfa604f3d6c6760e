from dataclasses import replace

from kpitui.report.declared import DEFAULTS
from kpitui.views.spec import Filter, Sort, ViewSpec

KPIS = ViewSpec("kpis")


def test_a_value_toggled_twice_leaves_no_trace() -> None:
    once = KPIS.toggle("status", "missed")
    assert once.filters == (Filter("status", ("missed",)),)
    assert once.toggle("status", "missed") == KPIS


def test_a_second_value_of_a_column_joins_the_first() -> None:
    spec = KPIS.toggle("status", "missed").toggle("unit", "件").toggle("status", None)
    assert spec.filters == (Filter("status", ("missed", None)), Filter("unit", ("件",)))


def test_a_toggle_leaves_what_is_excluded_alone() -> None:
    excluded = KPIS.but("status", "met")
    assert excluded.toggle("status", "missed").toggle("status", "missed").filters == ()
    assert excluded.filters == (Filter("status", ("met",), negated=True),)


def test_only_replaces_whatever_was_asked_of_the_column() -> None:
    spec = KPIS.but("status", "met").toggle("unit", "件").only("status", ("worsened",))
    assert spec.filters == (Filter("unit", ("件",)), Filter("status", ("worsened",)))


def test_excluded_values_gather_in_one_filter_and_can_be_let_in_again() -> None:
    spec = KPIS.but("status", "met").but("status", "unmeasured")
    assert spec.filters == (Filter("status", ("met", "unmeasured"), negated=True),)
    assert spec.but("status", "met").but("status", "unmeasured") == KPIS


def test_a_chip_is_taken_away_by_its_place() -> None:
    spec = replace(KPIS.toggle("status", "met").toggle("unit", "件"), search="移住", search_in="name", where="gap < 0")
    assert [each.column for each in spec.without_chip(0).filters] == ["unit"]
    assert [each.column for each in spec.without_chip(1).filters] == ["status"]
    assert spec.without_chip(2) == replace(spec, search="", search_in="")
    assert spec.without_chip(3) == replace(spec, where="")
    assert replace(spec, search="", search_in="").without_chip(2).where == ""


def test_a_chip_is_turned_round_by_its_place() -> None:
    spec = KPIS.toggle("status", "met").toggle("unit", "件")
    turned = spec.with_chip_negated(1)
    assert [each.negated for each in turned.filters] == [False, True]
    assert turned.with_chip_negated(1) == spec
    assert spec.with_chip_negated(2) == spec


def test_an_expression_is_turned_round_and_back_and_a_search_is_not() -> None:
    spec = replace(KPIS, search="農", where="gap < 0")
    assert spec.with_chip_negated(0) == spec
    assert spec.with_chip_negated(1).where == "NOT (gap < 0)"
    assert spec.with_chip_negated(1).with_chip_negated(1) == spec
    either = replace(KPIS, where="NOT (gap < 0) OR (progress > 1)")
    assert either.with_chip_negated(0).where == "NOT (NOT (gap < 0) OR (progress > 1))"


def test_a_range_replaces_the_columns_earlier_range_and_an_open_one_goes() -> None:
    spec = KPIS.toggle("gap", 0).within("gap", -5, None).within("gap", None, 5)
    assert spec.filters == (Filter("gap", (0,)), Filter("gap", high=5))
    assert spec.within("gap", None, None).filters == (Filter("gap", (0,)),)


def test_a_value_toggled_beside_a_range_is_a_filter_of_its_own() -> None:
    assert KPIS.within("gap", -5, 5).filter_on("gap") is None


def test_columns_are_hidden_moved_sized_and_pinned() -> None:
    spec = ViewSpec("kpis", columns=("id", "name", "gap"), pins=("id",))
    assert spec.hidden("name").columns == ("id", "gap")
    assert ViewSpec("kpis", columns=("id",)).hidden("id").columns == ("id",)
    assert spec.moved("gap", -1).columns == ("id", "gap", "name")
    assert spec.moved("gap", 1) == spec.moved("id", -1) == spec
    assert spec.sized("name", 12).sized("gap", 9).sized("name", None).widths == (("gap", 9),)
    assert spec.sized("gap", 0).widths == (("gap", 1),)
    assert spec.pinned("gap").pins == ("id", "gap")
    assert spec.pinned("gap").pinned("gap") == spec


def test_pinned_columns_and_the_others_are_moved_among_their_own() -> None:
    spec = ViewSpec("kpis", columns=("gap", "id", "unit", "name"))
    assert spec.moved("unit", -1).columns == ("unit", "gap", "id", "name")
    assert spec.moved("id", 1).columns == ("gap", "unit", "name", "id")
    assert spec.moved("gap", -1) == spec.moved("name", 1) == spec


def test_a_mark_bears_a_note_and_can_be_taken_away() -> None:
    spec = KPIS.marked("promotion-6.3", "要確認").marked("promotion-1.1", "")
    assert spec.marks == (("promotion-6.3", "要確認"), ("promotion-1.1", ""))
    assert spec.marked("promotion-6.3", "済").marks[-1] == ("promotion-6.3", "済")
    assert spec.marked("promotion-6.3", None).marked("promotion-1.1", None) == KPIS


def test_clearing_keeps_order_and_columns() -> None:
    kept = ViewSpec("kpis", sorts=(Sort("gap"),), columns=("id", "gap"), widths=(("gap", 9),), pins=())
    asked = kept.toggle("status", "met")
    assert asked.narrowed
    assert asked.cleared() == kept
    assert not kept.narrowed


def test_search_and_expression_narrow_too() -> None:
    assert ViewSpec(search="移住").narrowed
    assert ViewSpec(where="cost > 1").narrowed
    assert ViewSpec(search="移住", where="cost > 1").cleared() == ViewSpec()


def test_sorting_by_a_column_goes_up_then_down_then_back_to_the_report() -> None:
    up = KPIS.sorted_by("gap")
    down = up.sorted_by("gap")
    assert (up.sorts, down.sorts) == ((Sort("gap"),), (Sort("gap", descending=True),))
    assert down.sorted_by("gap") == KPIS
    assert down.sorted_by("name").sorts == (Sort("name"),)


def test_a_further_sort_key_comes_last_turns_round_and_goes() -> None:
    first = KPIS.sorted_by("status").also_sorted_by("gap")
    assert first.sorts == (Sort("status"), Sort("gap"))
    second = first.also_sorted_by("gap")
    assert second.sorts == (Sort("status"), Sort("gap", descending=True))
    assert second.also_sorted_by("gap").sorts == (Sort("status"),)


def test_a_view_shows_its_own_columns_or_else_the_usual_ones() -> None:
    assert KPIS.shown == DEFAULTS["kpis"]
    assert ViewSpec("kpis", columns=("gap",)).shown == ("gap",)


def test_what_a_method_returns_is_new_and_the_old_is_as_it_was() -> None:
    before = ViewSpec("kpis")
    before.toggle("status", "met").sorted_by("gap").but("unit", "件")
    assert before == ViewSpec("kpis")
