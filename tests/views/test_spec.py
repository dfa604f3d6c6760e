from kpitui.report.columns import DEFAULTS
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


def test_a_filter_is_taken_away_by_its_place() -> None:
    spec = KPIS.toggle("status", "met").toggle("unit", "件").toggle("grant", "facility")
    assert [each.column for each in spec.without_filter(1).filters] == ["status", "grant"]


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
